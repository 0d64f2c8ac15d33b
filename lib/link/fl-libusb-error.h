/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <libusb.h>

#include "fl-error.h"

G_BEGIN_DECLS

/* (transfer full) FL_ERROR for a device at @location that could not be opened. @code: enum
 * libusb_error */
GError *fl_libusb_error_from_open (int code, const char *location);
/* (transfer full) FL_ERROR for a transfer that could not begin. @code: enum libusb_error */
GError *fl_libusb_error_from_submit (int code, const char *location);
/* (transfer full) (nullable) FL_ERROR for the end of a transfer; NULL for those that are none:
 * done, stalled. */
GError *fl_libusb_error_from_status (enum libusb_transfer_status status, const char *location);

G_END_DECLS
