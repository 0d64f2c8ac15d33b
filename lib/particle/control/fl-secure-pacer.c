/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-secure-pacer.h"

#include "fl-secure-session.h"

/* The client's largest message of the handshake in packets of 20 bytes takes 740 bytes and must go
 * at once; the rest of the pool takes up what arrives while the device's loop is late. */
#define BUDGET_BYTES (FL_SECURE_POOL_SIZE / 4 * 3)
/* The device empties its pool on each loop, normally every few milliseconds; at this rate and
 * budget it may be 32 ms late. It is also what one packet of 244 bytes in a connection interval of
 * 30 ms makes, so that longer messages lose little. */
#define DRAINED_BYTES_PER_MS 8
/* No request takes longer (a join: 90 s). After that the device has read it or will never answer.
 */
#define FORGET_US (90 * G_USEC_PER_SEC)

typedef struct
{
  guint16 id;
  gsize cost_bytes;
  gint64 started_us;
} Request;

struct _FlSecurePacer
{
  gsize pool_bytes;  /* what the pool may hold */
  gint64 updated_us; /* as of then */
  GQueue *unanswered;
  gsize unanswered_bytes;
};

static gsize
cost_of (gsize size_bytes, gsize packet_size)
{
  const gsize packets = (size_bytes + packet_size - 1) / packet_size;

  return size_bytes + packets * FL_SECURE_POOL_PACKET_OVERHEAD;
}

static gint64
drain_time (gsize size_bytes)
{
  return ((gint64) size_bytes * 1000 + DRAINED_BYTES_PER_MS - 1) / DRAINED_BYTES_PER_MS;
}

static void
drain (FlSecurePacer *self, gint64 now_us)
{
  const gint64 elapsed_us = now_us - self->updated_us;
  gsize drained;

  if (elapsed_us <= 0)
    return;

  if (elapsed_us >= drain_time (self->pool_bytes))
    {
      fl_secure_pacer_drained (self, now_us);
      return;
    }
  /* Time that drains less than a byte is kept for the next call. */
  drained = elapsed_us * DRAINED_BYTES_PER_MS / 1000;
  self->pool_bytes -= drained;
  self->updated_us += (gint64) drained * 1000 / DRAINED_BYTES_PER_MS;
}

static void
forget_first (FlSecurePacer *self)
{
  Request *request = g_queue_pop_head (self->unanswered);

  self->unanswered_bytes -= request->cost_bytes;
  g_free (request);
}

FlSecurePacer *
fl_secure_pacer_new (gint64 now_us)
{
  FlSecurePacer *self = g_new0 (FlSecurePacer, 1);

  self->updated_us = now_us;
  self->unanswered = g_queue_new ();
  return self;
}

void
fl_secure_pacer_free (FlSecurePacer *self)
{
  if (self == NULL)
    return;

  g_queue_free_full (self->unanswered, g_free);
  g_free (self);
}

gint64
fl_secure_pacer_next_packet (FlSecurePacer *self, gsize size_bytes, gint64 now_us)
{
  const gsize cost_bytes = MIN (cost_of (size_bytes, size_bytes), BUDGET_BYTES);

  drain (self, now_us);
  if (self->pool_bytes + cost_bytes <= BUDGET_BYTES)
    return now_us;
  return MAX (now_us, self->updated_us + drain_time (self->pool_bytes + cost_bytes - BUDGET_BYTES));
}

void
fl_secure_pacer_sent_packet (FlSecurePacer *self, gsize size_bytes, gint64 now_us)
{
  drain (self, now_us);
  self->pool_bytes += cost_of (size_bytes, size_bytes);
}

void
fl_secure_pacer_drained (FlSecurePacer *self, gint64 now_us)
{
  self->pool_bytes = 0;
  self->updated_us = now_us;
}

gint64
fl_secure_pacer_next_request (FlSecurePacer *self,
                              gsize size_bytes,
                              gsize packet_size,
                              gint64 now_us)
{
  const gsize cost_bytes = cost_of (size_bytes, packet_size);
  Request *oldest;

  while ((oldest = g_queue_peek_head (self->unanswered)) != NULL &&
         now_us - oldest->started_us >= FORGET_US)
    forget_first (self);

  if (oldest == NULL || self->unanswered_bytes + cost_bytes <= BUDGET_BYTES)
    return now_us;
  return oldest->started_us + FORGET_US;
}

void
fl_secure_pacer_started_request (FlSecurePacer *self,
                                 guint16 id,
                                 gsize size_bytes,
                                 gsize packet_size,
                                 gint64 now_us)
{
  Request *request = g_new0 (Request, 1);

  request->id = id;
  request->cost_bytes = cost_of (size_bytes, packet_size);
  request->started_us = now_us;
  g_queue_push_tail (self->unanswered, request);
  self->unanswered_bytes += request->cost_bytes;
}

void
fl_secure_pacer_answered (FlSecurePacer *self, guint16 id, gint64 now_us)
{
  GList *answered = self->unanswered->head;

  while (answered != NULL && ((Request *) answered->data)->id != id)
    answered = answered->next;
  if (answered == NULL)
    return;

  while (self->unanswered->head != answered)
    forget_first (self);
  forget_first (self);
  if (self->unanswered->head == NULL)
    fl_secure_pacer_drained (self, now_us);
}
