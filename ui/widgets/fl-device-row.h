/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <adwaita.h>

#include "fl-device.h"

G_BEGIN_DECLS

/**
 * FlDeviceRow:
 *
 * One device in a list. Properties: "item" (FlDevice, nullable), "words" (what a screen reader
 * says).
 */
#define FL_TYPE_DEVICE_ROW (fl_device_row_get_type ())
G_DECLARE_FINAL_TYPE (FlDeviceRow, fl_device_row, FL, DEVICE_ROW, AdwBin)

/* "USB cable and Bluetooth". (transfer full) */
char *fl_device_dup_roads (FlDevice *device);

G_END_DECLS
