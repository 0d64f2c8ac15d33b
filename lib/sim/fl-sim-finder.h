/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-finder.h"
#include "fl-product.h"
#include "fl-sim-world.h"

G_BEGIN_DECLS

/**
 * FlSimFinder:
 *
 * Hears the devices of a simulated world as a Bluetooth adapter would: each about as often as the
 * scenario says, with losses, and only those that @product accepts.
 */
#define FL_TYPE_SIM_FINDER (fl_sim_finder_get_type ())
G_DECLARE_FINAL_TYPE (FlSimFinder, fl_sim_finder, FL, SIM_FINDER, GObject)

FlSimFinder *fl_sim_finder_new (FlSimWorld *world, FlClock *clock, FlProduct *product);

G_END_DECLS
