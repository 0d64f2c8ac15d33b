/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-serial-bus.h"
#include "fl-sim-world.h"

G_BEGIN_DECLS

/**
 * FlSimSerialBus:
 *
 * The serial ports of a simulated world's computer: one for each device that is plugged in and not
 * in its bootloader, and that shows one (scenario key "serial-port").
 */
#define FL_TYPE_SIM_SERIAL_BUS (fl_sim_serial_bus_get_type ())
G_DECLARE_FINAL_TYPE (FlSimSerialBus, fl_sim_serial_bus, FL, SIM_SERIAL_BUS, GObject)

FlSerialBus *fl_sim_serial_bus_new (FlSimWorld *world, FlClock *clock);

G_END_DECLS
