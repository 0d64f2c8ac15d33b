/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-station.h"

G_BEGIN_DECLS

/* What is to be made of the things that wpa_supplicant tells while it tries to join a network; it
 * never says outright what is wrong. Heard from version 2.10 with hostapd as the other side. Pure.
 */
typedef struct
{
  FlSecurity security;
  gboolean has_begun;   /* an access point was found that fits */
  gboolean shows_keys;  /* in the four-way handshake */
  gboolean is_doubtful; /* the server's certificate */
  guint n_refusals;     /* of the password */
  guint n_scans;        /* before anything began */
} FlSimWpaVerdict;

typedef enum
{
  FL_SIM_WPA_WAITS,
  FL_SIM_WPA_TRIES_AGAIN, /* it has to be told to */
  FL_SIM_WPA_IS_LOST,     /* nothing of that name and security is to be found */
  FL_SIM_WPA_IS_DECIDED,
} FlSimWpaStep;

void fl_sim_wpa_verdict_begin (FlSimWpaVerdict *self, FlSecurity security);
/* Each of these: *@outcome (out) if it is decided. */
FlSimWpaStep
fl_sim_wpa_verdict_hear_state (FlSimWpaVerdict *self, const char *state, FlSimJoinOutcome *outcome);
/* DisconnectReason: IEEE 802.11-2020, 9.4.1.7; negative: our own doing. */
FlSimWpaStep
fl_sim_wpa_verdict_hear_disconnect (FlSimWpaVerdict *self, int reason, FlSimJoinOutcome *outcome);
/* AuthStatusCode and AssocStatusCode: IEEE 802.11-2020, 9.4.1.9 */
FlSimWpaStep
fl_sim_wpa_verdict_hear_status (FlSimWpaVerdict *self, int status, FlSimJoinOutcome *outcome);
/* The signal EAP. */
FlSimWpaStep fl_sim_wpa_verdict_hear_eap (FlSimWpaVerdict *self,
                                          const char *status,
                                          const char *parameter,
                                          FlSimJoinOutcome *outcome);
FlSimWpaStep fl_sim_wpa_verdict_hear_scan (FlSimWpaVerdict *self);
/* When it has lasted too long. @is_in_sight: something of that name is on the air */
FlSimJoinOutcome fl_sim_wpa_verdict_end (FlSimWpaVerdict *self, gboolean is_in_sight);

G_END_DECLS
