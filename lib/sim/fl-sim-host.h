/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device.h"

G_BEGIN_DECLS

typedef enum
{
  FL_SIM_HOST_ON,
  FL_SIM_HOST_CUT,    /* the device fell silent in a connection: its controller has to go, too */
  FL_SIM_HOST_FAILED, /* the controller is of no use */
} FlSimHostState;

/**
 * FlSimHost:
 *
 * A simulated device's Bluetooth from its radio up: it sets up one controller, advertises what the
 * device gives at each moment, and lets one central at a time have the device's attributes. Pure:
 * bytes of the controller and time in, bytes for the controller out.
 *
 * What a central asks in one connection event is answered in the next one, as the rest of a
 * FlSimConnection; when the device goes there is no farewell.
 */
typedef struct _FlSimHost FlSimHost;

FlSimHost *fl_sim_host_new (FlSimDevice *device);
void fl_sim_host_free (FlSimHost *self);

void fl_sim_host_feed (FlSimHost *self, const guint8 *data, gsize size_bytes, gint64 now_us);
/* Nobody listens at present, or there is more to do already: what comes has to wait. */
gboolean fl_sim_host_is_busy (FlSimHost *self, gint64 now_us);
void fl_sim_host_tick (FlSimHost *self, gint64 now_us);
gint64 fl_sim_host_get_deadline (FlSimHost *self, gint64 now_us);
/* One packet for the controller. (transfer full) (nullable) */
GBytes *fl_sim_host_take (FlSimHost *self);

FlSimHostState fl_sim_host_get_state (FlSimHost *self);
gboolean fl_sim_host_is_connected (FlSimHost *self);
/* Running, with a radio, and near enough. */
gboolean fl_sim_host_can_be_heard (FlSimDevice *device, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimHost, fl_sim_host_free)

G_END_DECLS
