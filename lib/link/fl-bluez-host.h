/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What files of this computer say about Bluetooth. @root: "" or a folder in place of "/". */

/* Whether a Bluetooth kill switch named @name ("hci0"; NULL: any) is on. Source:
 * Documentation/ABI/stable/sysfs-class-rfkill of Linux (type, name, soft, hard). */
gboolean fl_bluez_host_is_blocked (const char *root, const char *name);
/* Whether this is a sandbox whose rights do not contain org.bluez. Source: flatpak-metadata(5),
 * "System Bus Policy". */
gboolean fl_bluez_host_is_forbidden (const char *root);

G_END_DECLS
