/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-stream.h"

#include <string.h>

#include "fl-sim-world-private.h"

/* particle-iot/device-os, system/src/ble_control_request_channel.cpp: a handshake message is its
 * size and the payload; later ones have 6 more bytes of header and 8 of tag. */
#define SIZE_BYTES      2
#define SESSION_EXTRA   14
#define TRUNCATED_BYTES 8
#define LOST_BYTES      20

typedef struct
{
  GByteArray *bytes;
  gsize sent;
  gint64 ready_us;
} Message;

struct _FlSimOutput
{
  FlSimDevice *device;
  GQueue messages;
  Message *held; /* waits for the next one to go first */
};

gsize
fl_sim_reader_advance (FlSimReader *self, const guint8 *data, gsize size_bytes, gboolean *ends)
{
  gsize used = 0, total;

  *ends = FALSE;
  while (self->have < SIZE_BYTES && used < size_bytes)
    self->header[self->have++] = data[used++];
  if (self->have < SIZE_BYTES)
    return used;

  total = SIZE_BYTES + (self->header[0] | self->header[1] << 8) +
          (self->n_messages < FL_SIM_HANDSHAKE_MESSAGES ? 0 : SESSION_EXTRA);
  if (total - self->have > size_bytes - used)
    {
      self->have += size_bytes - used;
      return size_bytes;
    }
  used += total - self->have;
  self->have = 0;
  self->n_messages++;
  *ends = TRUE;
  return used;
}

static void
message_free (Message *message)
{
  g_byte_array_unref (message->bytes);
  g_free (message);
}

static Message *
message_new (const guint8 *data, gsize size_bytes, gint64 ready_us)
{
  Message *message = g_new0 (Message, 1);

  message->bytes = g_byte_array_sized_new ((guint) size_bytes);
  g_byte_array_append (message->bytes, data, (guint) size_bytes);
  message->ready_us = ready_us;
  return message;
}

/* Faults that change the bytes of a message. */
static void
spoil (FlSimOutput *self, GByteArray *bytes, FlSimPlace place)
{
  GRand *random = fl_sim_world_get_rand (self->device->world);

  if (fl_sim_device_fire_at (self->device, FL_SIM_FAULT_GARBAGE_AT, place) != NULL)
    for (guint i = SIZE_BYTES; i < bytes->len; i++)
      bytes->data[i] = (guint8) g_rand_int_range (random, 0, 256);
  if (fl_sim_device_fire_at (self->device, FL_SIM_FAULT_OVERSIZE_AT, place) != NULL)
    bytes->data[0] = bytes->data[1] = 0xff;
  if (fl_sim_device_fire_at (self->device, FL_SIM_FAULT_TRUNCATE_AT, place) != NULL)
    g_byte_array_set_size (bytes, bytes->len - TRUNCATED_BYTES);
  if (fl_sim_device_fire_at (self->device, FL_SIM_FAULT_LOSE_AT, place) != NULL)
    g_byte_array_remove_range (bytes, bytes->len / 2, MIN (LOST_BYTES, bytes->len / 2));
}

FlSimOutput *
fl_sim_output_new (FlSimDevice *device)
{
  FlSimOutput *self = g_new0 (FlSimOutput, 1);

  self->device = device;
  g_queue_init (&self->messages);
  return self;
}

void
fl_sim_output_free (FlSimOutput *self)
{
  g_queue_clear_full (&self->messages, (GDestroyNotify) message_free);
  g_clear_pointer (&self->held, message_free);
  g_free (self);
}

void
fl_sim_output_add (FlSimOutput *self,
                   const guint8 *data,
                   gsize size_bytes,
                   FlSimPlace place,
                   gint64 ready_us)
{
  Message *message = message_new (data, size_bytes, ready_us);

  spoil (self, message->bytes, place);
  if (self->held == NULL &&
      fl_sim_device_fire_at (self->device, FL_SIM_FAULT_REORDER_AT, place) != NULL)
    {
      self->held = message;
      return;
    }
  g_queue_push_tail (&self->messages, message);
  if (fl_sim_device_fire_at (self->device, FL_SIM_FAULT_REPLAY_AT, place) != NULL)
    g_queue_push_tail (&self->messages,
                       message_new (message->bytes->data, message->bytes->len, ready_us));
  if (self->held != NULL)
    g_queue_push_tail (&self->messages, g_steal_pointer (&self->held));
}

gint64
fl_sim_output_get_ready (FlSimOutput *self)
{
  const Message *first = g_queue_peek_head (&self->messages);

  return first != NULL ? first->ready_us : G_MAXINT64;
}

GBytes *
fl_sim_output_take (FlSimOutput *self,
                    gsize max_bytes,
                    guint max_ends,
                    gint64 now_us,
                    guint *n_ended)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();

  *n_ended = 0;
  while (packet->len < max_bytes && *n_ended < max_ends && fl_sim_output_get_ready (self) <= now_us)
    {
      Message *message = g_queue_peek_head (&self->messages);
      gsize size = MIN (max_bytes - packet->len, message->bytes->len - message->sent);

      g_byte_array_append (packet, message->bytes->data + message->sent, (guint) size);
      message->sent += size;
      if (message->sent < message->bytes->len)
        break;
      message_free (g_queue_pop_head (&self->messages));
      (*n_ended)++;
    }
  if (packet->len == 0)
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&packet));
}
