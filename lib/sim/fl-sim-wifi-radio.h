/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device-private.h"

G_BEGIN_DECLS

/* A device's use of the real radio below it. Without one these do nothing and give FALSE: the
 * device is in the scenario's air. */

void fl_sim_wifi_radio_clear (FlSimWifiRadio *self);
void fl_sim_wifi_radio_power_off (FlSimDevice *device);

gboolean fl_sim_wifi_radio_scan (FlSimDevice *device); /* for the console */
/* The request under way is done when that is heard. */
gboolean fl_sim_wifi_radio_scan_for_request (FlSimDevice *device);
gboolean fl_sim_wifi_radio_try (FlSimDevice *device); /* what the request wants to join */
/* To the stored networks, the first one first. */
gboolean fl_sim_wifi_radio_connect (FlSimDevice *device);
/* Not connected any more; what a request does goes on. */
void fl_sim_wifi_radio_leave (FlSimDevice *device);
gboolean fl_sim_wifi_radio_reach (FlSimDevice *device);
void fl_sim_wifi_radio_part (FlSimDevice *device);

G_END_DECLS
