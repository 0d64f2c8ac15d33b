/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-serial-session-input.h"

#include <string.h>

#define ESCAPE 0x1b
/* Ours. No terminal has longer sequences; what follows is text again. */
#define ESCAPE_MAX_BYTES 32
/* Ours: application text beyond an echo that is held at most. */
#define MAX_BYTES 16384

void
fl_serial_input_init (FlSerialInput *self)
{
  /* Never grows, so that no copy of an echo stays behind. */
  *self = (FlSerialInput){ .bytes = g_byte_array_sized_new (MAX_BYTES) };
}

void
fl_serial_input_clear (FlSerialInput *self)
{
  fl_serial_input_drop_all (self);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

/* Whether @byte is part of an escape sequence: ECMA-48, 5.4. */
static gboolean
is_escape (FlSerialInput *self, guint8 byte)
{
  if (self->escape_bytes == 0)
    {
      self->escape_bytes = byte == ESCAPE ? 1 : 0;
      self->in_csi = FALSE;
      return byte == ESCAPE;
    }
  if (self->escape_bytes == 1)
    {
      self->in_csi = byte == '[';
      self->escape_bytes = self->in_csi ? 2 : 0;
      return self->in_csi || (byte >= 0x20 && byte < 0x7f);
    }
  if (byte >= 0x20 && byte < 0x40 && self->escape_bytes < ESCAPE_MAX_BYTES)
    {
      self->escape_bytes++;
      return TRUE;
    }
  self->escape_bytes = 0;
  return byte >= 0x40 && byte < 0x7f;
}

void
fl_serial_input_drop (FlSerialInput *self, gsize size_bytes)
{
  const gsize left_bytes = self->bytes->len - size_bytes;

  g_return_if_fail (size_bytes <= self->bytes->len);

  memmove (self->bytes->data, self->bytes->data + size_bytes, left_bytes);
  fl_wipe (self->bytes->data + left_bytes, size_bytes);
  g_byte_array_set_size (self->bytes, (guint) left_bytes);
}

void
fl_serial_input_feed (FlSerialInput *self, const guint8 *data, gsize size_bytes)
{
  for (gsize i = 0; i < size_bytes; i++)
    {
      if (is_escape (self, data[i]))
        continue;
      if (self->bytes->len == MAX_BYTES)
        fl_serial_input_drop (self, MAX_BYTES / 4);
      g_byte_array_append (self->bytes, data + i, 1);
    }
}

void
fl_serial_input_drop_all (FlSerialInput *self)
{
  fl_serial_input_drop (self, self->bytes->len);
  g_clear_pointer (&self->echo, fl_secret_unref);
  self->escape_bytes = 0;
}

/* Each LF comes back as CR LF. */
void
fl_serial_input_expect (FlSerialInput *self, FlSecret *answer)
{
  const guint8 *data = fl_secret_get_data (answer);
  const gsize size_bytes = fl_secret_get_size (answer);

  fl_serial_input_drop_all (self);
  for (gsize i = 0; i < size_bytes; i++)
    {
      if (data[i] == '\n')
        fl_serial_input_feed (self, (const guint8 *) "\r", 1);
      fl_serial_input_feed (self, data + i, 1);
    }
  self->echo = fl_secret_new (self->bytes->data, self->bytes->len);
  fl_serial_input_drop (self, self->bytes->len);
  self->escape_bytes = 0;
}

/* An echo begins where a line does, for applications print lines; so a short one is not found in
 * the middle of their words. After a deletion, too: fl_serial_session_join(). */
static gboolean
is_line_start (FlSerialInput *self, gsize position)
{
  const guint8 before = position > 0 ? self->bytes->data[position - 1] : '\n';

  return before == '\n' || before == 0x7f;
}

gboolean
fl_serial_input_settle (FlSerialInput *self)
{
  gsize size_bytes = 0;

  if (self->echo == NULL)
    return TRUE;
  size_bytes = fl_secret_get_size (self->echo);
  for (gsize i = 0; i + size_bytes <= self->bytes->len; i++)
    {
      if (!is_line_start (self, i) ||
          memcmp (self->bytes->data + i, fl_secret_get_data (self->echo), size_bytes) != 0)
        continue;
      fl_serial_input_drop (self, i + size_bytes);
      g_clear_pointer (&self->echo, fl_secret_unref);
      return TRUE;
    }
  return FALSE;
}

gboolean
fl_serial_input_is_echoing (FlSerialInput *self)
{
  const gsize size_bytes = self->echo != NULL ? fl_secret_get_size (self->echo) : 0;

  for (gsize i = 0; i < self->bytes->len; i++)
    {
      const gsize left_bytes = self->bytes->len - i;

      if (left_bytes < size_bytes && is_line_start (self, i) &&
          memcmp (self->bytes->data + i, fl_secret_get_data (self->echo), left_bytes) == 0)
        return TRUE;
    }
  return FALSE;
}
