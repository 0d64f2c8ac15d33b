/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-sim-station.h"
#include "fl-sim-wpa-bus.h"

G_BEGIN_DECLS

/**
 * FlSimWpaJoin:
 *
 * One attempt to join a network, which becomes the only one that wpa_supplicant knows. Always ends,
 * within a minute; after a vain attempt it knows none.
 */
typedef struct _FlSimWpaJoin FlSimWpaJoin;

/* @network: (transfer full) (nullable) with FL_SIM_JOIN_OK. Called once; it may free the attempt.
 */
typedef void (*FlSimWpaJoinFunc) (FlSimJoinOutcome outcome,
                                  FlSimNetworkSpec *network,
                                  gpointer data);

/* @bus: borrowed. */
FlSimWpaJoin *fl_sim_wpa_join_new (const FlSimWpaBus *bus,
                                   FlClock *clock,
                                   const FlSimKnown *wanted,
                                   FlSimWpaJoinFunc func,
                                   gpointer data);
/* Not heard of any more; what was begun is left as it is. */
void fl_sim_wpa_join_free (FlSimWpaJoin *self);

G_END_DECLS
