/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-serial-server-line.h"

#include "fl-secret.h"

#define COUNTER_MAX 255
#define BACKSPACE   0x08
#define DELETE      0x7f

void
fl_serial_line_init (FlSerialLine *self)
{
  /* Never grows, so that no copy of a password stays behind. */
  *self = (FlSerialLine){ .bytes = g_byte_array_sized_new (COUNTER_MAX + 1) };
}

void
fl_serial_line_clear (FlSerialLine *self)
{
  fl_wipe (self->bytes->data, self->bytes->len);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

void
fl_serial_line_begin (FlSerialLine *self, gsize max_bytes)
{
  fl_wipe (self->bytes->data, self->bytes->len);
  g_byte_array_set_size (self->bytes, 0);
  self->max_bytes = max_bytes;
  self->count = 0;
}

static FlSerialLineResult
erase (FlSerialLine *self)
{
  if (self->count == 0)
    return FL_SERIAL_LINE_IGNORED;
  g_byte_array_set_size (self->bytes, self->bytes->len - 1);
  self->count--;
  return FL_SERIAL_LINE_TAKEN;
}

FlSerialLineResult
fl_serial_line_feed (FlSerialLine *self, guint8 byte)
{
  if (self->count == self->max_bytes || byte == '\r' || byte == '\n')
    return FL_SERIAL_LINE_ENDED;
  if (byte == BACKSPACE || byte == DELETE)
    return erase (self);
  if (self->count < COUNTER_MAX)
    {
      g_byte_array_append (self->bytes, &byte, 1);
      self->count++;
    }
  return FL_SERIAL_LINE_TAKEN;
}

const char *
fl_serial_line_get_text (FlSerialLine *self)
{
  g_byte_array_append (self->bytes, (const guint8 *) "", 1);
  g_byte_array_set_size (self->bytes, self->bytes->len - 1);
  return (const char *) self->bytes->data;
}
