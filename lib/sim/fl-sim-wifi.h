/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device-private.h"
#include "fl-sim-station.h"

G_BEGIN_DECLS

/* The device's radio against the world's access points. */

/* dBm at the place of the device. */
int fl_sim_wifi_get_rssi (FlSimDevice *device, const FlSimNetworkSpec *network);
/* On the air, near enough, and on a band that the device has. */
gboolean fl_sim_wifi_can_see (FlSimDevice *device, const FlSimNetworkSpec *network, gint64 now_us);

/* Gen 4's scan leaves out what its own settings cannot name. */
gboolean fl_sim_wifi_is_in_gen4_scan (const FlSimNetworkSpec *network);

/* (nullable), borrowed: the access points around it, FlSimNetworkSpec; of a real radio those of its
 * latest scan */
GPtrArray *fl_sim_wifi_get_networks (FlSimDevice *device);
/* dBm as a scan has it: the same place is not always the same */
int fl_sim_wifi_measure (FlSimDevice *device, const FlSimNetworkSpec *network);

/* What the firmware makes of @wanted before it asks a real radio. FL_SIM_JOIN_OK: *@real
 * (transfer full) is what it asks for; everything else is how the attempt ends. */
FlSimJoinOutcome fl_sim_wifi_prepare (FlSimDevice *device,
                                      const FlSimKnown *wanted,
                                      FlSimKnown **real,
                                      gint64 now_us);
/* Firmware that looks around before it joins. */
gboolean fl_sim_wifi_scans_to_join (FlSimDevice *device);

/* Tries to associate; @network: (out) (optional): the access point, if there is one. */
FlSimJoinOutcome fl_sim_wifi_try (FlSimDevice *device,
                                  const FlSimKnown *wanted,
                                  const FlSimNetworkSpec **network,
                                  gint64 now_us);
/* What the firmware answers, what the radio of Gen 2 says, and how long the attempt takes. */
int fl_sim_wifi_get_result (FlSimDevice *device, FlSimJoinOutcome outcome);
int fl_sim_wifi_get_wiced_result (FlSimJoinOutcome outcome, FlSecurity security);
gint64 fl_sim_wifi_get_duration (FlSimDevice *device, FlSimJoinOutcome outcome);

/* A network of that name is on the air, does not hide, and can be heard. */
gboolean fl_sim_wifi_is_in_sight (FlSimDevice *device, GBytes *ssid, gint64 now_us);
/* (nullable): the one of them that is heard best */
const FlSimNetworkSpec *
fl_sim_wifi_find_in_sight (FlSimDevice *device, GBytes *ssid, gint64 now_us);

/* Reply to a scan: a packed message. Empty: NULL. (transfer full) */
FlSecret *fl_sim_wifi_pack_scan (FlSimDevice *device, gint64 now_us);
FlSecret *fl_sim_wifi_pack_old_scan (FlSimDevice *device, gint64 now_us); /* of Gen 2 */

/* fl-sim-course.c: from stored networks to the cloud, by itself. */
void fl_sim_course_start (FlSimDevice *device, gint64 now_us); /* network up, if any is stored */
void fl_sim_course_stop (FlSimDevice *device);                 /* network and cloud down */
/* Associated, the address comes next. */
void fl_sim_course_associated (FlSimDevice *device, const FlSimNetworkSpec *network, gint64 now_us);
void fl_sim_course_want_cloud (FlSimDevice *device, gboolean wanted, gint64 now_us);
/* As after a long time: connected, if it can. */
void fl_sim_course_settle (FlSimDevice *device, gint64 now_us);
/* What a real radio tells: it is in none of the stored networks, was in one, has an address. */
void fl_sim_course_failed (FlSimDevice *device, gint64 now_us);
void fl_sim_course_lost (FlSimDevice *device, gint64 now_us);
void fl_sim_course_addressed (FlSimDevice *device, gint64 now_us);
void fl_sim_course_served (FlSimDevice *device, gboolean is_reached, gint64 now_us);
void fl_sim_course_run_wifi (FlSimDevice *device, gint64 now_us);
void fl_sim_course_run_cloud (FlSimDevice *device, gint64 now_us);

G_END_DECLS
