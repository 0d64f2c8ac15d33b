/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The udev rule that lets whoever sits at the computer open Particle devices, and keeps
 * ModemManager off them. Packages install it; otherwise it can be added once, with the system's
 * permission. */

/* Whether a rule file for the devices is where udev looks. @root: (nullable) as in FlDoctorContext.
 * Reads the rule files. */
gboolean fl_usb_rule_is_installed (const char *root);
/* The command a person could type instead, one line, for "Show How". (transfer full) */
char *fl_usb_rule_dup_command (void);
/* Asks polkit (pkexec) and copies the rule. FL_ERROR_CANCELLED when the person said no,
 * FL_ERROR_USB_PERMISSION in a sandbox or without pkexec. Devices are usable right after. */
void
fl_usb_rule_add_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean fl_usb_rule_add_finish (GAsyncResult *result, GError **error);

G_END_DECLS
