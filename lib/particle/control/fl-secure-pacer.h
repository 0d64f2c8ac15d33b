/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FlSecurePacer:
 *
 * Keeps the client from overflowing the device's input pool (FL_SECURE_POOL_SIZE), which makes the
 * device disconnect. The pool is drained on each loop of the device's system thread, but not while
 * that thread works on a long request, such as a join. So:
 *
 * - packets go as long as what the pool may hold stays within a budget; it is taken to drain at a
 *   fixed rate, and to be empty when an answer shows that all was read;
 * - requests that follow an unanswered one start only when all unanswered ones together fit the
 *   budget. One request alone may be of any size.
 *
 * PROTOCOL.md, "Pacing".
 */
typedef struct _FlSecurePacer FlSecurePacer;

FlSecurePacer *fl_secure_pacer_new (gint64 now_us);
void fl_secure_pacer_free (FlSecurePacer *self);

/* When a packet of @size_bytes may go: @now_us or later. */
gint64 fl_secure_pacer_next_packet (FlSecurePacer *self, gsize size_bytes, gint64 now_us);
void fl_secure_pacer_sent_packet (FlSecurePacer *self, gsize size_bytes, gint64 now_us);
/* The device has read all that was sent. */
void fl_secure_pacer_drained (FlSecurePacer *self, gint64 now_us);

/* When a request of @size_bytes, cut into packets of @packet_size, may start if no answer comes
 * before: @now_us or later. */
gint64 fl_secure_pacer_next_request (FlSecurePacer *self,
                                     gsize size_bytes,
                                     gsize packet_size,
                                     gint64 now_us);
void fl_secure_pacer_started_request (FlSecurePacer *self,
                                      guint16 id,
                                      gsize size_bytes,
                                      gsize packet_size,
                                      gint64 now_us);
/* The device read this request and so all that were sent before it. Unknown ids do nothing. */
void fl_secure_pacer_answered (FlSecurePacer *self, guint16 id, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSecurePacer, fl_secure_pacer_free)

G_END_DECLS
