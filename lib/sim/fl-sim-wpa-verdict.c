/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-wpa-verdict.h"

#include <string.h>

/* A beacon or an answer may get lost once. */
#define ENOUGH_SCANS    2
#define ENOUGH_REFUSALS 2

/* Reasons with which an access point ends a four-way handshake: IEEE 802.11-2020, table 9-49 */
#define REASON_NOT_VALID         2
#define REASON_MIC_FAILURE       14
#define REASON_HANDSHAKE_TIMEOUT 15

/* Status codes that are part of a normal SAE exchange: IEEE 802.11-2020, table 9-50 */
#define STATUS_ANTI_CLOGGING   76
#define STATUS_GROUP           77
#define STATUS_HASH_TO_ELEMENT 126

void
fl_sim_wpa_verdict_begin (FlSimWpaVerdict *self, FlSecurity security)
{
  *self = (FlSimWpaVerdict){ .security = security };
}

static FlSimWpaStep
decide (FlSimJoinOutcome is, FlSimJoinOutcome *outcome)
{
  *outcome = is;
  return FL_SIM_WPA_IS_DECIDED;
}

FlSimWpaStep
fl_sim_wpa_verdict_hear_state (FlSimWpaVerdict *self, const char *state, FlSimJoinOutcome *outcome)
{
  static const char *const busy[] = { "authenticating", "associating",     "associated",
                                      "4way_handshake", "group_handshake", NULL };

  if (strcmp (state, "completed") == 0)
    return decide (FL_SIM_JOIN_OK, outcome);
  self->has_begun |= g_strv_contains (busy, state);
  self->shows_keys |= strcmp (state, "4way_handshake") == 0;
  return FL_SIM_WPA_WAITS;
}

FlSimWpaStep
fl_sim_wpa_verdict_hear_disconnect (FlSimWpaVerdict *self, int reason, FlSimJoinOutcome *outcome)
{
  gboolean is_refused = ABS (reason) == REASON_HANDSHAKE_TIMEOUT;

  if (self->shows_keys)
    is_refused |= reason == REASON_NOT_VALID || reason == REASON_MIC_FAILURE;
  self->shows_keys = FALSE;
  if (!is_refused || self->security == FL_SECURITY_ENTERPRISE)
    return FL_SIM_WPA_WAITS;
  if (++self->n_refusals < ENOUGH_REFUSALS)
    return FL_SIM_WPA_TRIES_AGAIN;
  return decide (FL_SIM_JOIN_REFUSED, outcome);
}

FlSimWpaStep
fl_sim_wpa_verdict_hear_status (FlSimWpaVerdict *self, int status, FlSimJoinOutcome *outcome)
{
  if (status == 0 || status == STATUS_ANTI_CLOGGING || status == STATUS_GROUP ||
      status == STATUS_HASH_TO_ELEMENT)
    return FL_SIM_WPA_WAITS;
  return decide (FL_SIM_JOIN_REFUSED, outcome);
}

/* src/eap_peer/eap.c, eap_tls_common.c: the certificate comes first, the end last. */
FlSimWpaStep
fl_sim_wpa_verdict_hear_eap (FlSimWpaVerdict *self,
                             const char *status,
                             const char *parameter,
                             FlSimJoinOutcome *outcome)
{
  if (strcmp (status, "remote certificate verification") == 0)
    self->is_doubtful |= strcmp (parameter, "success") != 0;
  else if (strcmp (status, "local TLS alert") == 0)
    self->is_doubtful = TRUE;
  else if (strcmp (status, "completion") == 0 && strcmp (parameter, "failure") == 0)
    return decide (self->is_doubtful ? FL_SIM_JOIN_SERVER_DOUBTFUL : FL_SIM_JOIN_LOGIN_REFUSED,
                   outcome);
  return FL_SIM_WPA_WAITS;
}

FlSimWpaStep
fl_sim_wpa_verdict_hear_scan (FlSimWpaVerdict *self)
{
  if (self->has_begun || ++self->n_scans < ENOUGH_SCANS)
    return FL_SIM_WPA_WAITS;
  return FL_SIM_WPA_IS_LOST;
}

FlSimJoinOutcome
fl_sim_wpa_verdict_end (FlSimWpaVerdict *self, gboolean is_in_sight)
{
  if (!is_in_sight)
    return FL_SIM_JOIN_NOT_FOUND;
  return self->has_begun ? FL_SIM_JOIN_NO_ANSWER : FL_SIM_JOIN_REFUSED;
}
