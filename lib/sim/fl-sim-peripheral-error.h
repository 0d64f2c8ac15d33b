/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-error.h"

G_BEGIN_DECLS

/* FL_ERROR in words for whoever starts a simulated device on a real adapter. @adapter: (nullable)
 * its name. @detail: (nullable) what BlueZ said. (transfer full) */
GError *fl_sim_peripheral_error_new (FlErrorCode code, const char *adapter, const char *detail);
/* @error: as it came from a call of BlueZ's managers of services and adverts. (transfer full) */
GError *fl_sim_peripheral_error_translate (const GError *error, const char *adapter);

G_END_DECLS
