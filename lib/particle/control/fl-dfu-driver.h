/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-driver.h"
#include "fl-usb-link.h"

G_BEGIN_DECLS

/**
 * FlDfuDriver:
 *
 * A device in its bootloader (update mode): all it can do is leave it: FL_CAN_RESET,
 * FL_RESET_NORMAL. Anything else ends with FL_ERROR_UPDATE_MODE. USB Device Firmware Upgrade 1.1
 * with ST's extension, as the vendor's bootloader speaks it.
 */
#define FL_TYPE_DFU_DRIVER (fl_dfu_driver_get_type ())
G_DECLARE_FINAL_TYPE (FlDfuDriver, fl_dfu_driver, FL, DFU_DRIVER, GObject)

FlDriver *fl_dfu_driver_new (FlUsbLink *link, FlClock *clock);

G_END_DECLS
