/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-connection.h"

G_BEGIN_DECLS

/**
 * FlSimVisit:
 *
 * A central that is connected to the adapter of a simulated device: the device's connection below
 * BlueZ's idea of one. Pure.
 */
typedef struct _FlSimVisit FlSimVisit;

/* @central: the path of its org.bluez.Device1. Where the device does not take it, it is over from
 * the start. */
FlSimVisit *fl_sim_visit_new (FlSimDevice *device, const char *central, gint64 now_us);
void fl_sim_visit_free (FlSimVisit *self); /* the link is gone */
const char *fl_sim_visit_get_central (FlSimVisit *self);
/* The device has ended it; the link may stay for a while. */
gboolean fl_sim_visit_is_over (FlSimVisit *self);

void fl_sim_visit_subscribe (FlSimVisit *self, gboolean on);
/* BlueZ negotiates ATT_MTU by itself and tells it only with what is read and written. A write that
 * is longer than the device's own MTU is more than one for the device. FALSE: it is over. */
gboolean fl_sim_visit_write (FlSimVisit *self, guint mtu, GBytes *value, gint64 now_us);
GBytes *fl_sim_visit_read_version (FlSimVisit *self, guint mtu); /* (nullable): it is over */

/* Time passes; then take until NULL. (transfer full) */
void fl_sim_visit_tick (FlSimVisit *self, gint64 now_us);
GBytes *fl_sim_visit_take (FlSimVisit *self);
gint64 fl_sim_visit_get_deadline (FlSimVisit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimVisit, fl_sim_visit_free)

G_END_DECLS
