/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-clock.h"
#include "fl-sim-station.h"

G_BEGIN_DECLS

/**
 * FlSimWpa:
 *
 * A radio of this computer as the station of a simulated device, by wpa_supplicant on the system
 * bus (it may run in another network namespace; this program has to be in that of the radio). Only
 * the device joins networks with it: those that wpa_supplicant knows of that radio are forgotten.
 * Whoever configures the interface gives it its address.
 *
 * Signal: "failed" (a #GError): wpa_supplicant is not there, has not that radio, or went away.
 */
#define FL_TYPE_SIM_WPA (fl_sim_wpa_get_type ())
G_DECLARE_FINAL_TYPE (FlSimWpa, fl_sim_wpa, FL, SIM_WPA, GObject)

/* The station of @device from now on, and as long as there is one; borrowed. @service: (nullable)
 * "HOST:PORT" that the device reaches when it is on line; without one it reaches nothing.
 * (nullable): there is no such interface here */
FlSimWpa *fl_sim_wpa_new (FlSimDevice *device,
                          const char *interface,
                          const char *service,
                          FlClock *clock,
                          GError **error);

G_END_DECLS
