/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-serial-bus.h"

G_BEGIN_DECLS

/**
 * FlUdevSerialBus:
 *
 * The serial ports of USB devices as udev tells them.
 */
#define FL_TYPE_UDEV_SERIAL_BUS (fl_udev_serial_bus_get_type ())
G_DECLARE_FINAL_TYPE (FlUdevSerialBus, fl_udev_serial_bus, FL, UDEV_SERIAL_BUS, GObject)

/* @extra: (nullable) a port that a person named, which is there whatever udev says ("/dev/pts/3",
 * a port behind an adapter); it comes and goes with its file. */
FlSerialBus *fl_udev_serial_bus_new (FlClock *clock, const char *extra);
/* Only @path, as a person named it; udev is not asked. */
FlSerialBus *fl_udev_serial_bus_new_for_port (FlClock *clock, const char *path);

G_END_DECLS
