/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FlSimL2cap:
 *
 * The logical link of one LE connection: Core Specification 5.3, volume 3, part A. Pure. Fragments
 * become attribute PDUs and the reverse; commands on the signalling channel and pairing are refused
 * here, as a device without either does it.
 */
typedef struct _FlSimL2cap FlSimL2cap;

FlSimL2cap *fl_sim_l2cap_new (void);
void fl_sim_l2cap_free (FlSimL2cap *self);

/* What came in one packet of the controller. @starts: the first of a frame. What makes no sense is
 * dropped. */
void fl_sim_l2cap_receive (FlSimL2cap *self, gboolean starts, const guint8 *data, gsize size_bytes);
/* The next whole attribute PDU. (transfer full) (nullable) */
GBytes *fl_sim_l2cap_take_pdu (FlSimL2cap *self);

void fl_sim_l2cap_send_pdu (FlSimL2cap *self, GBytes *pdu);
/* The next fragment of at most @max_bytes, which is not 0. (transfer full) (nullable) */
GBytes *fl_sim_l2cap_take_fragment (FlSimL2cap *self, gsize max_bytes, gboolean *starts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimL2cap, fl_sim_l2cap_free)

G_END_DECLS
