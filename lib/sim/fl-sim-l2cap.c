/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-l2cap.h"

#include <string.h>

#define HEADER_SIZE 4   /* volume 3, part A, 3.1: length and channel */
#define MAX_PAYLOAD 517 /* the largest ATT_MTU of the device; the other channels have less */
#define MAX_REFUSED 16  /* answers to somebody who does not listen to them */

/* Fixed channels of LE, 2.1 */
#define CHANNEL_ATTRIBUTES 0x0004
#define CHANNEL_SIGNALLING 0x0005
#define CHANNEL_SECURITY   0x0006

/* 4: codes of the signalling channel that want no answer from whoever asked nothing */
#define SIGNAL_REJECT            0x01
#define SIGNAL_UPDATE_RESPONSE   0x13
#define SIGNAL_CREDIT_RESPONSE   0x15
#define SIGNAL_CREDIT            0x16
#define SIGNAL_ENHANCED_RESPONSE 0x18
#define SIGNAL_HEADER_SIZE       4
#define NOT_UNDERSTOOD           0x0000 /* 4.1 */

/* Volume 3, part H, 3.5 */
#define SECURITY_PAIRING_REQUEST 0x01
#define SECURITY_PAIRING_FAILED  0x05
#define PAIRING_NOT_SUPPORTED    0x05

struct _FlSimL2cap
{
  GByteArray *partial; /* a frame that is not whole yet */
  gboolean skips;      /* the rest of a frame that nobody wants */
  GQueue received;     /* of GBytes: attribute PDUs */

  GQueue frames; /* of GBytes, with their headers */
  gsize sent;    /* bytes of the first one that are out */
};

static guint
read_u16 (const guint8 *data)
{
  return (guint) (data[0] | data[1] << 8);
}

static void
send_frame (FlSimL2cap *self, guint16 channel, const guint8 *data, gsize size_bytes)
{
  g_autofree guint8 *frame = g_malloc (HEADER_SIZE + size_bytes);

  frame[0] = (guint8) size_bytes;
  frame[1] = (guint8) (size_bytes >> 8);
  frame[2] = (guint8) channel;
  frame[3] = (guint8) (channel >> 8);
  if (size_bytes > 0)
    memcpy (frame + HEADER_SIZE, data, size_bytes);
  g_queue_push_tail (&self->frames,
                     g_bytes_new_take (g_steal_pointer (&frame), HEADER_SIZE + size_bytes));
}

static gboolean
wants_answer (guint8 signal)
{
  return signal != SIGNAL_REJECT && signal != SIGNAL_UPDATE_RESPONSE &&
         signal != SIGNAL_CREDIT_RESPONSE && signal != SIGNAL_CREDIT &&
         signal != SIGNAL_ENHANCED_RESPONSE;
}

/* There is one command in a frame (4). Identifier 0 is never used. */
static void
handle_signal (FlSimL2cap *self, const guint8 *data, gsize size_bytes)
{
  guint8 reject[6] = { SIGNAL_REJECT, 0, 2, 0, NOT_UNDERSTOOD, NOT_UNDERSTOOD >> 8 };

  if (size_bytes < SIGNAL_HEADER_SIZE || data[1] == 0 || !wants_answer (data[0]) ||
      self->frames.length >= MAX_REFUSED)
    return;
  reject[1] = data[1];
  send_frame (self, CHANNEL_SIGNALLING, reject, sizeof reject);
}

static void
handle_security (FlSimL2cap *self, const guint8 *data, gsize size_bytes)
{
  static const guint8 failed[2] = { SECURITY_PAIRING_FAILED, PAIRING_NOT_SUPPORTED };

  if (size_bytes > 0 && data[0] == SECURITY_PAIRING_REQUEST && self->frames.length < MAX_REFUSED)
    send_frame (self, CHANNEL_SECURITY, failed, sizeof failed);
}

static void
handle_frame (FlSimL2cap *self, guint channel, const guint8 *data, gsize size_bytes)
{
  if (channel == CHANNEL_ATTRIBUTES)
    g_queue_push_tail (&self->received, g_bytes_new (data, size_bytes));
  else if (channel == CHANNEL_SIGNALLING)
    handle_signal (self, data, size_bytes);
  else if (channel == CHANNEL_SECURITY)
    handle_security (self, data, size_bytes);
}

FlSimL2cap *
fl_sim_l2cap_new (void)
{
  FlSimL2cap *self = g_new0 (FlSimL2cap, 1);

  self->partial = g_byte_array_new ();
  self->skips = TRUE; /* a frame begins with its beginning */
  return self;
}

void
fl_sim_l2cap_free (FlSimL2cap *self)
{
  g_byte_array_unref (self->partial);
  g_queue_clear_full (&self->received, (GDestroyNotify) g_bytes_unref);
  g_queue_clear_full (&self->frames, (GDestroyNotify) g_bytes_unref);
  g_free (self);
}

void
fl_sim_l2cap_receive (FlSimL2cap *self, gboolean starts, const guint8 *data, gsize size_bytes)
{
  gsize length;

  g_return_if_fail (self != NULL);

  if (starts)
    {
      g_byte_array_set_size (self->partial, 0);
      self->skips = FALSE;
    }
  if (self->skips || size_bytes == 0)
    return;
  if (size_bytes > HEADER_SIZE + MAX_PAYLOAD - self->partial->len)
    {
      self->skips = TRUE;
      return;
    }
  g_byte_array_append (self->partial, data, (guint) size_bytes);
  if (self->partial->len < HEADER_SIZE)
    return;
  length = read_u16 (self->partial->data);
  if (length > MAX_PAYLOAD || self->partial->len > HEADER_SIZE + length)
    self->skips = TRUE;
  else if (self->partial->len == HEADER_SIZE + length)
    {
      self->skips = TRUE; /* until the next one starts */
      handle_frame (self, read_u16 (self->partial->data + 2), self->partial->data + HEADER_SIZE,
                    length);
    }
}

GBytes *
fl_sim_l2cap_take_pdu (FlSimL2cap *self)
{
  return g_queue_pop_head (&self->received);
}

void
fl_sim_l2cap_send_pdu (FlSimL2cap *self, GBytes *pdu)
{
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (pdu, &size_bytes);

  g_return_if_fail (size_bytes <= MAX_PAYLOAD);

  send_frame (self, CHANNEL_ATTRIBUTES, data, size_bytes);
}

GBytes *
fl_sim_l2cap_take_fragment (FlSimL2cap *self, gsize max_bytes, gboolean *starts)
{
  GBytes *frame = g_queue_peek_head (&self->frames);
  GBytes *fragment;
  gsize size_bytes;

  g_return_val_if_fail (max_bytes > 0, NULL);

  if (frame == NULL)
    return NULL;
  *starts = self->sent == 0;
  size_bytes = MIN (max_bytes, g_bytes_get_size (frame) - self->sent);
  fragment = g_bytes_new_from_bytes (frame, self->sent, size_bytes);
  self->sent += size_bytes;
  if (self->sent == g_bytes_get_size (frame))
    {
      g_bytes_unref (g_queue_pop_head (&self->frames));
      self->sent = 0;
    }
  return fragment;
}
