/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-computer-wifi.h"

G_BEGIN_DECLS

/* Pure readers of NetworkManager's settings, "a{sa{sv}}" as GetSettings gives them. */

/* NULL: not a Wi-Fi network with logins. (transfer full) (nullable) */
FlComputerLogin *fl_nm_login_read (const char *id, GVariant *settings);
/* The key file of nm-settings-keyfile(5), as far as a login needs it. @secrets: (nullable)
 * "a{sa{sv}}" as GetSecrets gives it. (transfer full) */
FlSecret *fl_nm_login_to_key_file (GVariant *settings, GVariant *secrets);

G_END_DECLS
