/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-channel.h"

#include "fl-requests.h"
#include "fl-secure-session.h"
#include "fl-sim-usb-private.h"
#include "fl-sim-world-private.h"

#define LOOP_US G_GINT64_CONSTANT (1000) /* until the system thread looks at new packets */
/* Of the handshake's work, what comes before the device's first two messages, in per cent. */
#define FIRST_WORK 60

struct _FlSimChannel
{
  FlSimDevice *device;
  FlSecureSession *session;
  gboolean over;
  gboolean mute;   /* by fault: it reads, and says nothing more */
  guint n_crossed; /* whole messages, both directions */
  guint stop_at;   /* the link drops when so many have crossed; G_MAXUINT: never */

  GQueue pool; /* of GBytes: received, not yet looked at */
  gsize pool_bytes;
  gint64 loop_us; /* when the system thread looks next */
  FlSimReader reader;

  GQueue requests; /* of FlSecureMessage: understood, not yet begun */
  gboolean in_flight;
  guint16 id, type; /* of the one in flight */

  FlSimReader out_reader; /* finds the messages in what the session gives */
  guint n_handshake_out;
  FlSimOutput *output;
};

static gboolean
make_random (gpointer data, guint8 *out, gsize size_bytes)
{
  GRand *random = data;

  for (gsize i = 0; i < size_bytes; i++)
    out[i] = (guint8) g_rand_int_range (random, 0, 256);
  return TRUE;
}

/* One message crossed. */
static void
count_message (FlSimChannel *self)
{
  if (++self->n_crossed == self->stop_at)
    {
      fl_sim_device_fire (self->device, FL_SIM_FAULT_DROP_LINK_AT);
      self->over = TRUE;
    }
}

/* The device is about to send what belongs to @place. FALSE: it does not come to that. */
static gboolean
reach (FlSimChannel *self, FlSimPlace place, gint64 now_us)
{
  if (fl_sim_device_fire_at (self->device, FL_SIM_FAULT_SILENT_AT, place) != NULL)
    self->mute = TRUE;
  if (fl_sim_device_fire_at (self->device, FL_SIM_FAULT_RESET_AT, place) != NULL)
    {
      fl_sim_device_reset_at (self->device, FL_SIM_RESET_NORMAL, now_us);
      self->mute = TRUE;
    }
  return !self->mute;
}

static void
output_handshake (FlSimChannel *self, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  static const FlSimPlaceKind kinds[] = { FL_SIM_PLACE_HANDSHAKE_1, FL_SIM_PLACE_HANDSHAKE_2,
                                          FL_SIM_PLACE_CONFIRMATION };
  static const int work[] = { FIRST_WORK, 0, 100 - FIRST_WORK };
  guint n = self->n_handshake_out++;
  FlSimPlace place = { kinds[n], 0 };

  self->loop_us = MAX (self->loop_us, now_us + self->device->spec->handshake_us * work[n] / 100);
  if (reach (self, place, now_us))
    fl_sim_output_add (self->output, data, size_bytes, place, self->loop_us);
}

/* Moves what the session has to say into the output, message by message. */
static void
collect_output (FlSimChannel *self, gint64 now_us)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  gsize at = 0, size;
  gboolean ends;
  GBytes *bytes;

  while ((bytes = fl_secure_session_take (self->session, G_MAXUINT16, now_us)) != NULL)
    {
      g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
      g_bytes_unref (bytes);
    }
  for (; at < all->len; at += size)
    {
      FlSimPlace place = { FL_SIM_PLACE_REQUEST, self->type };

      size = fl_sim_reader_advance (&self->out_reader, all->data + at, all->len - at, &ends);
      if (self->out_reader.n_messages <= FL_SIM_HANDSHAKE_MESSAGES)
        output_handshake (self, all->data + at, size, now_us);
      else
        fl_sim_output_add (self->output, all->data + at, size, place, now_us);
    }
}

static void
collect_requests (FlSimChannel *self, gint64 now_us)
{
  FlSecureMessage *message;

  while ((message = fl_secure_session_pop (self->session)) != NULL)
    {
      FlSimPlace place = { FL_SIM_PLACE_REQUEST, message->type };

      if (reach (self, place, now_us))
        g_queue_push_tail (&self->requests, message);
      else
        fl_secure_message_free (message);
    }
}

/* The system thread reads one packet of the pool. */
static void
read_packet (FlSimChannel *self, GBytes *packet, gint64 now_us)
{
  gsize size, used;
  const guint8 *data = g_bytes_get_data (packet, &size);

  for (; size > 0 && !self->over; data += used, size -= used)
    {
      gboolean ends;

      used = fl_sim_reader_advance (&self->reader, data, size, &ends);
      if (ends)
        count_message (self);
      if (self->mute || self->over)
        continue;
      fl_secure_session_feed (self->session, data, used, now_us);
      collect_output (self, now_us);
      collect_requests (self, now_us);
      if (fl_secure_session_get_state (self->session) == FL_SECURE_FAILED)
        self->over = TRUE;
    }
}

static void
finish_request (FlSimChannel *self, gint64 now_us)
{
  FlSimReply reply;

  if (!fl_sim_device_take_reply (self->device, FL_SIM_BY_BLUETOOTH, &reply))
    return;
  fl_sim_usb_wake (self->device, now_us);
  if (self->in_flight && !self->mute)
    {
      fl_secure_session_send_reply (self->session, self->id, reply.result, reply.payload);
      collect_output (self, now_us);
      if (self->type == FL_REQUEST_JOIN_NEW_NETWORK && reply.result == 0 &&
          fl_sim_device_fire (self->device, FL_SIM_FAULT_DISCONNECT_AFTER_JOIN) != NULL)
        self->stop_at = self->n_crossed + 1;
    }
  self->in_flight = FALSE;
  fl_sim_reply_clear (&reply);
}

static void
begin_request (FlSimChannel *self, gint64 now_us)
{
  g_autoptr (FlSecureMessage) message = g_queue_pop_head (&self->requests);

  self->in_flight = TRUE;
  self->id = message->id;
  self->type = message->type;
  fl_sim_device_begin_request (self->device, FL_SIM_BY_BLUETOOTH, message->type,
                               fl_secret_get_data (message->payload),
                               fl_secret_get_size (message->payload), now_us);
}

FlSimChannel *
fl_sim_channel_new (FlSimDevice *device, gint64 now_us)
{
  const FlSimFault *stop = fl_sim_device_get_fault (device, FL_SIM_FAULT_DROP_LINK_AT);
  FlSimChannel *self = g_new0 (FlSimChannel, 1);
  g_autoptr (FlSecret) secret = NULL;

  self->device = device;
  self->output = fl_sim_output_new (device);
  secret = fl_sim_device_fire (device, FL_SIM_FAULT_WRONG_SECRET) != NULL
               ? fl_secret_new_from_string ("NOTTHESAMEATALL")
               : fl_secret_ref (device->spec->secret);
  self->session = fl_secure_session_new (FL_SECURE_DEVICE, secret, make_random,
                                         fl_sim_world_get_rand (device->world), now_us);
  self->stop_at = stop != NULL ? (guint) stop->value : G_MAXUINT;
  if (self->stop_at == 0)
    fl_sim_device_fire (device, FL_SIM_FAULT_DROP_LINK_AT);
  self->over = self->stop_at == 0 || fl_sim_device_fire (device, FL_SIM_FAULT_NO_SECRET) != NULL;
  return self;
}

void
fl_sim_channel_free (FlSimChannel *self)
{
  if (self->in_flight)
    fl_sim_device_forget_request (self->device, FL_SIM_BY_BLUETOOTH);
  fl_secure_session_free (self->session);
  g_queue_clear_full (&self->pool, (GDestroyNotify) g_bytes_unref);
  g_queue_clear_full (&self->requests, (GDestroyNotify) fl_secure_message_free);
  fl_sim_output_free (self->output);
  g_free (self);
}

void
fl_sim_channel_receive (FlSimChannel *self, GBytes *packet, gint64 now_us)
{
  gsize limit = (gsize) self->device->spec->pool_bytes;

  if (self->pool.length == 0)
    self->loop_us = MAX (self->loop_us, now_us + LOOP_US);
  self->pool_bytes += g_bytes_get_size (packet) + FL_SECURE_POOL_PACKET_OVERHEAD;
  g_queue_push_tail (&self->pool, packet);
  if (limit > 0 && self->pool_bytes > limit)
    self->over = TRUE;
}

void
fl_sim_channel_run (FlSimChannel *self, gint64 now_us)
{
  finish_request (self, now_us);
  while (!self->device->request.active && self->loop_us <= now_us && !self->over)
    {
      if (self->requests.length > 0)
        begin_request (self, now_us);
      else if (self->pool.length > 0)
        {
          g_autoptr (GBytes) packet = g_queue_pop_head (&self->pool);

          self->pool_bytes -= g_bytes_get_size (packet) + FL_SECURE_POOL_PACKET_OVERHEAD;
          read_packet (self, packet, now_us);
        }
      else
        break;
    }
}

gint64
fl_sim_channel_get_deadline (FlSimChannel *self)
{
  gboolean has_work = self->pool.length > 0 || self->requests.length > 0;
  const FlSimRequest *request = &self->device->request;

  if (request->active && request->done && request->way == FL_SIM_BY_BLUETOOTH)
    return request->done_us;
  return has_work && !self->over && !self->device->request.active ? self->loop_us : G_MAXINT64;
}

gboolean
fl_sim_channel_is_over (FlSimChannel *self)
{
  return self->over;
}

gint64
fl_sim_channel_get_ready (FlSimChannel *self)
{
  return fl_sim_output_get_ready (self->output);
}

GBytes *
fl_sim_channel_take (FlSimChannel *self, gsize max_bytes, gint64 now_us)
{
  guint n_ended;
  GBytes *packet = fl_sim_output_take (self->output, max_bytes, self->stop_at - self->n_crossed,
                                       now_us, &n_ended);

  while (n_ended-- > 0)
    count_message (self);
  return packet;
}
