/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device-private.h"
#include "fl-sim-stream.h"

G_BEGIN_DECLS

/**
 * FlSimChannel:
 *
 * The device's end of one connection: the input pool, the system thread that empties it, the secure
 * session, and requests one after another. It knows nothing of the radio.
 */
typedef struct _FlSimChannel FlSimChannel;

FlSimChannel *fl_sim_channel_new (FlSimDevice *device, gint64 now_us);
void fl_sim_channel_free (FlSimChannel *self);

/* A packet for the pool. (transfer full) @packet */
void fl_sim_channel_receive (FlSimChannel *self, GBytes *packet, gint64 now_us);
/* The system thread does what is due. */
void fl_sim_channel_run (FlSimChannel *self, gint64 now_us);
gint64 fl_sim_channel_get_deadline (FlSimChannel *self);
/* The device wants the connection to end. */
gboolean fl_sim_channel_is_over (FlSimChannel *self);

/* What the device has to send from then on; G_MAXINT64: nothing. */
gint64 fl_sim_channel_get_ready (FlSimChannel *self);
/* One packet of at most @max_bytes. (transfer full) (nullable) */
GBytes *fl_sim_channel_take (FlSimChannel *self, gsize max_bytes, gint64 now_us);

G_END_DECLS
