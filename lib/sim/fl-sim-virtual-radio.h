/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-shell.h"

G_BEGIN_DECLS

#define FL_SIM_VIRTUAL_RADIO_SOCKET "/tmp/bt-server-le" /* BlueZ 5.66, emulator/main.c */

/**
 * FlSimVirtualRadio:
 *
 * Puts a simulated device on a virtual radio, BlueZ's btvirt -s, as a controller of its own that
 * this program is the host of; so BlueZ is on the other side only. When the device falls silent,
 * its controller goes, and the central's link dies of its supervision time-out.
 *
 * Its place is the device's Bluetooth address, as long as its radio is on.
 */
#define FL_TYPE_SIM_VIRTUAL_RADIO (fl_sim_virtual_radio_get_type ())
G_DECLARE_FINAL_TYPE (FlSimVirtualRadio, fl_sim_virtual_radio, FL, SIM_VIRTUAL_RADIO, FlSimShell)

/* @path: the radio's socket; (nullable): FL_SIM_VIRTUAL_RADIO_SOCKET. A radio that is not there is
 * an error of #GIOErrorEnum. */
FlSimVirtualRadio *fl_sim_virtual_radio_new (FlSimWorld *world,
                                             FlSimDevice *device,
                                             FlClock *clock,
                                             const char *path,
                                             GError **error);

G_END_DECLS
