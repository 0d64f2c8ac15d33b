/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-secure-session"
#include "config.h"

#include "fl-secure-session.h"

#include <string.h>

#include "fl-error.h"
#include "fl-secure-frame.h"
#include "fl-secure-handshake.h"
#include "fl-secure-pacer.h"

#define HANDSHAKE_HEADER 2

struct _FlSecureSession
{
  FlSecureRole role;
  FlSecureState state;
  GError *error;

  FlSecureHandshake *handshake; /* until open */
  FlSecureFrames *sending;      /* when open */
  FlSecureFrames *receiving;

  GByteArray *input;  /* less than one whole message, but while feeding */
  GByteArray *outbox; /* may go, from @taken on */
  gsize taken;
  GQueue *waiting;  /* Waiting; client: sealed, but not yet allowed to start */
  GQueue *received; /* FlSecureMessage */

  FlSecurePacer *pacer; /* client */
  gint64 limit_us;      /* client: of the handshake; runs from the first packet */
  gint64 resume_us;     /* pacing: when take is worth calling again */
};

typedef struct
{
  guint16 id;
  GBytes *frame;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_bytes_unref (waiting->frame);
  g_free (waiting);
}

/* The one place where the state changes. */
static void
enter (FlSecureSession *self, FlSecureState state)
{
  static const char *const names[] = { "handshake", "open", "failed" };

  g_debug ("%s: %s", self->role == FL_SECURE_CLIENT ? "client" : "device", names[state]);
  self->state = state;
  self->limit_us = G_MAXINT64;
  g_clear_pointer (&self->handshake, fl_secure_handshake_free);
}

static void
fail (FlSecureSession *self, GError *error) /* (transfer full) */
{
  enter (self, FL_SECURE_FAILED);
  self->error = error;
  self->resume_us = G_MAXINT64;
  self->taken = 0;
  g_byte_array_set_size (self->outbox, 0);
  g_queue_clear_full (self->waiting, waiting_free);
  g_clear_pointer (&self->sending, fl_secure_frames_free);
  g_clear_pointer (&self->receiving, fl_secure_frames_free);
}

static void
open_session (FlSecureSession *self)
{
  FlSecret *premaster = fl_secure_handshake_get_premaster (self->handshake);
  const FlSecureRole peer = self->role == FL_SECURE_CLIENT ? FL_SECURE_DEVICE : FL_SECURE_CLIENT;

  self->sending = fl_secure_frames_new (self->role, premaster);
  self->receiving = fl_secure_frames_new (peer, premaster);
  enter (self, FL_SECURE_OPEN);
}

/* Takes one handshake message from the front of @data; its size, or 0: not all there, or failed. */
static gsize
consume_handshake (FlSecureSession *self, const guint8 *data, gsize available, gint64 now_us)
{
  GError *error = NULL;
  gsize size_bytes;

  if (available < HANDSHAKE_HEADER)
    return 0;

  size_bytes = data[0] | data[1] << 8;
  if (size_bytes == 0 || size_bytes > FL_SECURE_HANDSHAKE_MAX_PAYLOAD)
    {
      fail (self, g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED,
                               "Handshake message of %" G_GSIZE_FORMAT " bytes", size_bytes));
      return 0;
    }
  if (available - HANDSHAKE_HEADER < size_bytes)
    return 0;

  if (self->pacer != NULL)
    fl_secure_pacer_drained (self->pacer, now_us); /* each of its messages answers all of ours */
  if (!fl_secure_handshake_receive (self->handshake, data + HANDSHAKE_HEADER, size_bytes,
                                    self->outbox, &error))
    fail (self, error);
  else if (fl_secure_handshake_get_premaster (self->handshake) != NULL)
    open_session (self);
  return HANDSHAKE_HEADER + size_bytes;
}

/* The same for an encrypted message. */
static gsize
consume_frame (FlSecureSession *self, const guint8 *data, gsize available, gint64 now_us)
{
  GError *error = NULL;
  FlSecureMessage *message;
  gsize size_bytes;

  if (available < FL_SECURE_FRAME_SIZE_FIELD)
    return 0;

  size_bytes = fl_secure_frames_measure (data);
  if (available < size_bytes)
    return 0;

  message = fl_secure_frames_open (self->receiving, data, size_bytes, &error);
  if (message == NULL)
    {
      fail (self, error);
      return 0;
    }
  if (self->pacer != NULL)
    fl_secure_pacer_answered (self->pacer, message->id, now_us);
  g_queue_push_tail (self->received, message);
  return size_bytes;
}

static gsize
consume (FlSecureSession *self, const guint8 *data, gsize available, gint64 now_us)
{
  switch (self->state)
    {
    case FL_SECURE_HANDSHAKE:
      return consume_handshake (self, data, available, now_us);
    case FL_SECURE_OPEN:
      return consume_frame (self, data, available, now_us);
    case FL_SECURE_FAILED:
      break;
    }
  return 0;
}

/* Moves waiting requests to the outbox until a packet is full or pacing says no. */
static void
release (FlSecureSession *self, gsize packet_size, gint64 now_us)
{
  Waiting *waiting;

  while (self->outbox->len - self->taken < packet_size &&
         (waiting = g_queue_peek_head (self->waiting)) != NULL)
    {
      gsize size_bytes;
      const guint8 *data = g_bytes_get_data (waiting->frame, &size_bytes);
      const gint64 start_us =
          fl_secure_pacer_next_request (self->pacer, size_bytes, packet_size, now_us);

      if (start_us > now_us)
        {
          self->resume_us = start_us;
          return;
        }
      fl_secure_pacer_started_request (self->pacer, waiting->id, size_bytes, packet_size, now_us);
      g_byte_array_append (self->outbox, data, size_bytes);
      waiting_free (g_queue_pop_head (self->waiting));
    }
}

static GBytes *
take_packet (FlSecureSession *self, gsize size_bytes)
{
  GBytes *packet = g_bytes_new (self->outbox->data + self->taken, size_bytes);

  self->taken += size_bytes;
  if (self->taken == self->outbox->len)
    {
      g_byte_array_set_size (self->outbox, 0);
      self->taken = 0;
    }
  return packet;
}

static gboolean
send_message (FlSecureSession *self, const FlSecureMessage *message)
{
  GError *error = NULL;
  Waiting *waiting;
  GBytes *frame;

  if (self->state != FL_SECURE_OPEN)
    return FALSE;
  if (message->payload != NULL &&
      fl_secret_get_size (message->payload) > FL_SECURE_FRAME_MAX_PAYLOAD)
    return FALSE;

  frame = fl_secure_frames_seal (self->sending, message, &error);
  if (frame == NULL)
    {
      fail (self, error);
      return FALSE;
    }
  if (self->role == FL_SECURE_DEVICE)
    {
      g_byte_array_append (self->outbox, g_bytes_get_data (frame, NULL), g_bytes_get_size (frame));
      g_bytes_unref (frame);
      return TRUE;
    }

  waiting = g_new0 (Waiting, 1);
  waiting->id = message->id;
  waiting->frame = frame;
  g_queue_push_tail (self->waiting, waiting);
  return TRUE;
}

FlSecureSession *
fl_secure_session_new (FlSecureRole role,
                       FlSecret *secret,
                       FlRandomFunc random,
                       gpointer random_data,
                       gint64 now_us)
{
  FlSecureSession *self = g_new0 (FlSecureSession, 1);
  GError *error = NULL;

  g_return_val_if_fail (secret != NULL, NULL);
  g_return_val_if_fail (random != NULL, NULL);

  self->role = role;
  self->state = FL_SECURE_HANDSHAKE;
  self->limit_us = G_MAXINT64;
  self->resume_us = G_MAXINT64;
  self->input = g_byte_array_new ();
  self->outbox = g_byte_array_new ();
  self->waiting = g_queue_new ();
  self->received = g_queue_new ();
  if (role == FL_SECURE_CLIENT)
    self->pacer = fl_secure_pacer_new (now_us);

  self->handshake = fl_secure_handshake_new (role, secret, random, random_data, &error);
  if (self->handshake == NULL || !fl_secure_handshake_start (self->handshake, self->outbox, &error))
    fail (self, error);
  return self;
}

void
fl_secure_session_free (FlSecureSession *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->handshake, fl_secure_handshake_free);
  g_clear_pointer (&self->sending, fl_secure_frames_free);
  g_clear_pointer (&self->receiving, fl_secure_frames_free);
  g_clear_pointer (&self->pacer, fl_secure_pacer_free);
  g_byte_array_unref (self->input);
  g_byte_array_unref (self->outbox);
  g_queue_free_full (self->waiting, waiting_free);
  g_queue_free_full (self->received, (GDestroyNotify) fl_secure_message_free);
  g_clear_error (&self->error);
  g_free (self);
}

void
fl_secure_session_feed (FlSecureSession *self, const guint8 *data, gsize size_bytes, gint64 now_us)
{
  gsize used = 0;
  gsize step;

  fl_secure_session_tick (self, now_us);
  if (self->state == FL_SECURE_FAILED || size_bytes == 0)
    return;

  self->resume_us = G_MAXINT64; /* an answer may let the next request go */
  g_byte_array_append (self->input, data, size_bytes);
  while ((step = consume (self, self->input->data + used, self->input->len - used, now_us)) > 0)
    used += step;

  if (self->state == FL_SECURE_FAILED)
    g_byte_array_set_size (self->input, 0);
  else if (used > 0)
    g_byte_array_remove_range (self->input, 0, used);
}

GBytes *
fl_secure_session_take (FlSecureSession *self, gsize max_bytes, gint64 now_us)
{
  gsize size_bytes;
  gint64 next_us;

  g_return_val_if_fail (max_bytes > 0, NULL);

  self->resume_us = G_MAXINT64;
  if (self->state == FL_SECURE_FAILED)
    return NULL;

  release (self, max_bytes, now_us);
  size_bytes = MIN (self->outbox->len - self->taken, max_bytes);
  if (size_bytes == 0)
    return NULL;
  if (self->pacer == NULL)
    return take_packet (self, size_bytes);

  next_us = fl_secure_pacer_next_packet (self->pacer, size_bytes, now_us);
  if (next_us > now_us)
    {
      self->resume_us = next_us;
      return NULL;
    }

  if (self->state == FL_SECURE_HANDSHAKE && self->limit_us == G_MAXINT64)
    self->limit_us = now_us + FL_SECURE_HANDSHAKE_LIMIT_US;
  fl_secure_pacer_sent_packet (self->pacer, size_bytes, now_us);
  return take_packet (self, size_bytes);
}

void
fl_secure_session_tick (FlSecureSession *self, gint64 now_us)
{
  if (self->state == FL_SECURE_HANDSHAKE && now_us >= self->limit_us)
    fail (self,
          g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_SILENT, "The handshake took too long"));
}

gint64
fl_secure_session_get_deadline (FlSecureSession *self)
{
  return MIN (self->limit_us, self->resume_us);
}

FlSecureState
fl_secure_session_get_state (FlSecureSession *self)
{
  return self->state;
}

const GError *
fl_secure_session_get_error (FlSecureSession *self)
{
  return self->error;
}

GError *
fl_secure_session_explain_disconnect (FlSecureSession *self)
{
  if (self->error != NULL)
    return g_error_copy (self->error);

  /* The device checks the client's confirmation first and says nothing when it is wrong. */
  if (self->handshake != NULL && fl_secure_handshake_awaits_confirmation (self->handshake) &&
      self->outbox->len == 0)
    return g_error_new_literal (FL_ERROR, FL_ERROR_WRONG_SECRET,
                                "The device hung up on our confirmation");
  return g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST,
                              self->state == FL_SECURE_OPEN
                                  ? "The device hung up"
                                  : "The device hung up in the handshake");
}

gboolean
fl_secure_session_send_request (FlSecureSession *self, guint16 id, guint16 type, FlSecret *payload)
{
  const FlSecureMessage message = { .id = id, .type = type, .payload = payload };

  g_return_val_if_fail (self->role == FL_SECURE_CLIENT, FALSE);

  return send_message (self, &message);
}

gboolean
fl_secure_session_send_reply (FlSecureSession *self, guint16 id, gint32 result, FlSecret *payload)
{
  const FlSecureMessage message = { .id = id, .result = result, .payload = payload };

  g_return_val_if_fail (self->role == FL_SECURE_DEVICE, FALSE);

  return send_message (self, &message);
}

FlSecureMessage *
fl_secure_session_pop (FlSecureSession *self)
{
  return g_queue_pop_head (self->received);
}

void
fl_secure_message_free (FlSecureMessage *message)
{
  if (message == NULL)
    return;

  g_clear_pointer (&message->payload, fl_secret_unref);
  g_free (message);
}
