/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-error.h"

G_BEGIN_DECLS

/* Whether @error came over the bus with the name org.bluez.Error.@name. */
gboolean fl_bluez_error_is (const GError *error, const char *name);
/* Whether the object of a call is not there (any more). */
gboolean fl_bluez_error_is_vanished (const GError *error);
/**
 * fl_bluez_error_translate:
 * @error: what a D-Bus call ended with
 * @fallback: code for failures that say nothing about this computer's Bluetooth
 *
 * Returns: (transfer full): an FL_ERROR, or G_IO_ERROR_CANCELLED as it is
 */
GError *fl_bluez_error_translate (const GError *error, FlErrorCode fallback);

G_END_DECLS
