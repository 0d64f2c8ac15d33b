/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-sim-scenario.h"

G_BEGIN_DECLS

/* Access points as wpa_supplicant has them: a{sv} of fi.w1.wpa_supplicant1.BSS
 * (w1.fi/wpa_supplicant/ devel/dbus.html). Pure; what comes is only half trusted. */

/* (transfer full) (nullable): broken, or on a band that no device has */
FlSimNetworkSpec *fl_sim_wpa_bss_read (GVariant *properties);
/* Seconds since it was heard. */
guint32 fl_sim_wpa_bss_get_age (GVariant *properties);
gboolean fl_sim_wpa_bss_has_ssid (GVariant *properties, GBytes *ssid);

G_END_DECLS
