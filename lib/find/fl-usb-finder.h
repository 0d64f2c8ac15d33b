/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-finder.h"
#include "fl-product.h"
#include "fl-usb-bus.h"

G_BEGIN_DECLS

/**
 * FlUsbFinder:
 *
 * Particle devices among what is plugged in. A device shows at once by what its descriptors say;
 * who it is in full (serial number, mode) is then asked of the device, so that it is one row with
 * the same device's Bluetooth. A device in update mode, or that may not be opened, is a road with
 * a problem.
 */
#define FL_TYPE_USB_FINDER (fl_usb_finder_get_type ())
G_DECLARE_FINAL_TYPE (FlUsbFinder, fl_usb_finder, FL, USB_FINDER, GObject)

FlUsbFinder *fl_usb_finder_new (FlUsbBus *bus, FlClock *clock, FlProduct *product);

G_END_DECLS
