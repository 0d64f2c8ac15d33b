/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-libusb-thread.h"
#include "fl-usb-bus.h"

G_BEGIN_DECLS

/**
 * FlLibusbLink:
 *
 * An FlUsbLink over libusb. It can be opened again and again as long as the device stays plugged
 * in; after that another port has come, or will. A transfer that is cancelled, or that
 * fl_link_close() cuts off, ends with G_IO_ERROR_CANCELLED.
 */
#define FL_TYPE_LIBUSB_LINK (fl_libusb_link_get_type ())
G_DECLARE_FINAL_TYPE (FlLibusbLink, fl_libusb_link, FL, LIBUSB_LINK, GObject)

FlLibusbLink *
fl_libusb_link_new (FlLibusbThread *thread, libusb_device *device, const char *location);

G_END_DECLS
