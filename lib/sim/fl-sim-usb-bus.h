/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-sim-world.h"
#include "fl-usb-bus.h"

G_BEGIN_DECLS

/**
 * FlSimUsbBus:
 *
 * The USB of a simulated world's computer. A control transfer takes one frame of a millisecond.
 */
#define FL_TYPE_SIM_USB_BUS (fl_sim_usb_bus_get_type ())
G_DECLARE_FINAL_TYPE (FlSimUsbBus, fl_sim_usb_bus, FL, SIM_USB_BUS, GObject)

FlUsbBus *fl_sim_usb_bus_new (FlSimWorld *world, FlClock *clock);
/* Control transfers made since the beginning, for measurements. */
guint fl_sim_usb_bus_get_n_transfers (FlSimUsbBus *self);

G_END_DECLS
