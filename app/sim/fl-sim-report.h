/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device.h"

G_BEGIN_DECLS

/* What is to be seen of a simulated device, and what it has stored; no secrets. One line without
 * its end. @port: (nullable) where its console is at present. (transfer full) */
char *fl_sim_report_text (FlSimDevice *device, const char *port);
char *fl_sim_report_json (FlSimDevice *device, const char *port);

G_END_DECLS
