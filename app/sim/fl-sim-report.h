/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device.h"
#include "fl-sim-shell.h"

G_BEGIN_DECLS

/* What is to be seen of a simulated device, and what it has stored; no secrets. One line without
 * its end. @shells: of FlSimShell; @roads: their names. (transfer full) */
char *fl_sim_report_text (FlSimDevice *device, GPtrArray *shells);
char *fl_sim_report_json (FlSimDevice *device, char **roads, GPtrArray *shells);

G_END_DECLS
