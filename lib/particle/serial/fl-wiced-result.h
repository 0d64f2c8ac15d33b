/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-error.h"

G_BEGIN_DECLS

/* Result codes of the Wi-Fi driver of Photon and P1: particle-iot/device-os,
 * hal/src/photon/wiced/WWD/include/wwd_constants.h; PROTOCOL.md, "Join result codes". */

/* Static: "NOT_AUTHENTICATED", "TLS error", NULL: no such code. */
const char *fl_wiced_result_get_name (int code);
/* What it means, a translated sentence for people; NULL: no such code. */
const char *fl_wiced_result_get_sentence (int code);
/* The catalogue's entry for a join that ended so. @enterprise: the network has logins. */
FlErrorCode fl_wiced_result_get_error (int code, gboolean enterprise);
/* The code in a line of an application's log; 0: none. */
int fl_wiced_result_find (const char *line);

G_END_DECLS
