/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-connection.h"

G_BEGIN_DECLS

/**
 * FlSimAtt:
 *
 * The attribute server of one connection to a simulated device: Core Specification 5.3, volume 3,
 * part F. Pure. Requests are answered from the device's services as they were when the connection
 * began; what is written to RX goes to the connection, and what the device sends comes from there.
 */
typedef struct _FlSimAtt FlSimAtt;

/* @connection: borrowed, lives longer; it is the caller who ticks it. */
FlSimAtt *fl_sim_att_new (FlSimDevice *device, FlSimConnection *connection, gint64 now_us);
void fl_sim_att_free (FlSimAtt *self);

/* One PDU from the client. Returns the answer, if there is one. (transfer full) (nullable) */
GBytes *fl_sim_att_receive (FlSimAtt *self, const guint8 *data, gsize size_bytes, gint64 now_us);
/* The next PDU that the device sends unasked. (transfer full) (nullable) */
GBytes *fl_sim_att_take (FlSimAtt *self, gint64 now_us);
/* When there may be one, besides what the connection has. */
gint64 fl_sim_att_get_deadline (FlSimAtt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimAtt, fl_sim_att_free)

G_END_DECLS
