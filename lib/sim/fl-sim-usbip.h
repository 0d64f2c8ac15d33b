/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-shell.h"
#include "fl-sim-usbip-host.h"

G_BEGIN_DECLS

/**
 * FlSimUsbip:
 *
 * An FlSimShell: a simulated device on a real USB stack, by USB/IP through a pair of sockets: all
 * of its descriptors and requests, and its console as a serial port. It comes and goes with the
 * device's own attachments, on the same port if that is free. Its place is the name of the port.
 * Fails when the computer ends it (somebody detached the port) or no port is free any more.
 * @clock: of real time.
 */
#define FL_TYPE_SIM_USBIP (fl_sim_usbip_get_type ())
G_DECLARE_FINAL_TYPE (FlSimUsbip, fl_sim_usbip, FL, SIM_USBIP, FlSimShell)

/* (nullable): it could not be plugged in. Errors: of fl_sim_usbip_host_attach(). */
FlSimUsbip *fl_sim_usbip_new (FlSimWorld *world,
                              FlSimDevice *device,
                              FlClock *clock,
                              FlSimUsbipHost *host,
                              GError **error);

G_END_DECLS
