/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-computer-wifi.h"

G_BEGIN_DECLS

/**
 * FlNmWifi:
 *
 * This computer's Wi-Fi by NetworkManager. Without NetworkManager it is not available, and that is
 * no error.
 */
#define FL_TYPE_NM_WIFI (fl_nm_wifi_get_type ())
G_DECLARE_FINAL_TYPE (FlNmWifi, fl_nm_wifi, FL, NM_WIFI, GObject)

/* @bus: (nullable): the system bus. */
FlComputerWifi *fl_nm_wifi_new (GDBusConnection *bus);

G_END_DECLS
