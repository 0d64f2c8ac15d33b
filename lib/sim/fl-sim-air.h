/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-scenario.h"

G_BEGIN_DECLS

#define FL_SIM_AIR_SIZE 31 /* Core Specification 5.3, volume 6, part B, 2.3.1 */

/* The name that the device advertises. (transfer full) */
char *fl_sim_air_get_name (const FlSimDeviceSpec *spec);

/* Payload of ADV_IND in listening or provisioning mode. What does not fit is cut off, as the
 * firmware does it: a Photon 2's set-up code loses its last character. Returns the size. */
gsize fl_sim_air_build_advert (const FlSimDeviceSpec *spec, guint8 out[FL_SIM_AIR_SIZE]);
/* Payload of SCAN_RSP: only here is the service. */
gsize fl_sim_air_build_response (const FlSimDeviceSpec *spec, guint8 out[FL_SIM_AIR_SIZE]);
/* Payload of ADV_IND of an application that uses Bluetooth itself; its scan response is empty. */
gsize fl_sim_air_build_app_advert (const FlSimDeviceSpec *spec, guint8 out[FL_SIM_AIR_SIZE]);

/* Text, 128-bit and dashed, to bytes as on the air: 2 for a 16-bit UUID, otherwise 16. */
gsize fl_sim_air_encode_uuid (const char *uuid, guint8 out[16]);

G_END_DECLS
