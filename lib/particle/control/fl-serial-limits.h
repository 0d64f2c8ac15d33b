/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-enterprise-limits.h"

G_BEGIN_DECLS

/* What Photon and P1 (Device OS 0.7.0 to 3.3.1) take of a login by their console. Static. Other
 * platforms have no logins. */
const FlEnterpriseLimits *fl_serial_enterprise_limits (void);

G_END_DECLS
