/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-libusb-watch.h"
#include "fl-usb-bus.h"

G_BEGIN_DECLS

/**
 * FlLibusbBus:
 *
 * This computer's USB, by libusb and its hot-plug. Only devices that the filter lets through are
 * shown, and no interface is ever claimed. Everything is reported in the thread-default context of
 * its making. The list of ports stays as it was while the bus is stopped. After the last reference
 * to the bus, its ports and its links the thread of libusb ends; that is waited for, at most 2 s.
 */
#define FL_TYPE_LIBUSB_BUS (fl_libusb_bus_get_type ())
G_DECLARE_FINAL_TYPE (FlLibusbBus, fl_libusb_bus, FL, LIBUSB_BUS, GObject)

/* Nothing blocks; libusb starts with the first fl_usb_bus_start(). */
FlUsbBus *fl_libusb_bus_new (FlLibusbFilter filter);

G_END_DECLS
