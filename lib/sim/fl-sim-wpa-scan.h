/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-sim-wpa-bus.h"

G_BEGIN_DECLS

/**
 * FlSimWpaScan:
 *
 * One look around, with what is on the air at that time. Always ends, within half a minute.
 */
typedef struct _FlSimWpaScan FlSimWpaScan;

/* @networks: (transfer full) of FlSimNetworkSpec. Called once; it may free the scan. */
typedef void (*FlSimWpaScanFunc) (GPtrArray *networks, gpointer data);

/* @bus: borrowed. */
FlSimWpaScan *
fl_sim_wpa_scan_new (const FlSimWpaBus *bus, FlClock *clock, FlSimWpaScanFunc func, gpointer data);
/* Not heard of any more. */
void fl_sim_wpa_scan_free (FlSimWpaScan *self);

G_END_DECLS
