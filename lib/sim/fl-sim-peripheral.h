/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-sim-shell.h"

G_BEGIN_DECLS

/**
 * FlSimPeripheral:
 *
 * A simulated device on a real Bluetooth adapter, through BlueZ: its GATT services and adverts, for
 * phones, other computers and other adapters of this one. One central at a time; while it is
 * connected there are no adverts. A device that ends the link, is carried away or loses its power
 * cannot vanish from the air: BlueZ ends the link, which takes it 2 s.
 *
 * Its place is the address of the adapter. It fails when it cannot begin: no BlueZ, no such
 * adapter, which is off, blocked, taken or no peripheral, no permission. Later it waits until the
 * adapter is back. @clock: of real time.
 */
#define FL_TYPE_SIM_PERIPHERAL (fl_sim_peripheral_get_type ())
G_DECLARE_FINAL_TYPE (FlSimPeripheral, fl_sim_peripheral, FL, SIM_PERIPHERAL, FlSimShell)

/* @bus: where BlueZ is, the system bus. @adapter: (nullable) as "hci1"; NULL: the first. */
FlSimPeripheral *fl_sim_peripheral_new (FlSimWorld *world,
                                        FlSimDevice *device,
                                        FlClock *clock,
                                        GDBusConnection *bus,
                                        const char *adapter);

G_END_DECLS
