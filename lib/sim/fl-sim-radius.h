/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-scenario.h"
#include "fl-enterprise.h"

G_BEGIN_DECLS

/* How a login at a simulated enterprise network ends. */
typedef enum
{
  FL_SIM_LOGIN_ACCEPTED,
  FL_SIM_LOGIN_REJECTED,        /* by the server: unknown, wrong, or a method it does not do */
  FL_SIM_LOGIN_SERVER_DOUBTFUL, /* by the device: the server's certificate does not lead to its CA
                                 */
  FL_SIM_LOGIN_OUTER_REFUSED,   /* the server wants the true name outside, too */
  FL_SIM_LOGIN_EXPIRED,         /* the client's certificate */
} FlSimLogin;

/* Pure. The network's server: its accounts, its own certificate, whose clients it trusts
 * (scenario keys in data/scenarios/README.md). The CA of @enterprise is the one that the device
 * stored, which may be none. */
FlSimLogin fl_sim_radius_log_in (const FlSimNetworkSpec *network,
                                 FlEnterprise *enterprise,
                                 FlSecret *password);

G_END_DECLS
