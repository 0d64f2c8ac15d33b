/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-usb-link.h"

G_BEGIN_DECLS

/**
 * FlUsbPort:
 *
 * One USB device that is plugged in, as its bus shows it. The bus makes a new one whenever
 * something is plugged in or comes back after a reset. Property: "problem".
 */
#define FL_TYPE_USB_PORT (fl_usb_port_get_type ())
G_DECLARE_FINAL_TYPE (FlUsbPort, fl_usb_port, FL, USB_PORT, GObject)

/* @location: bus and ports, "1-2.3": stays the same over a reset. @serial, @product: (nullable)
 * string descriptors as UTF-8. */
FlUsbPort *fl_usb_port_new (const char *location,
                            guint16 vendor_id,
                            guint16 product_id,
                            const char *serial,
                            const char *product);
const char *fl_usb_port_get_location (FlUsbPort *self);
guint16 fl_usb_port_get_vendor_id (FlUsbPort *self);
guint16 fl_usb_port_get_product_id (FlUsbPort *self);
const char *fl_usb_port_get_serial (FlUsbPort *self);    /* (nullable) */
const char *fl_usb_port_get_product (FlUsbPort *self);   /* (nullable) */
const GError *fl_usb_port_get_problem (FlUsbPort *self); /* (nullable) why it cannot be opened */
void fl_usb_port_take_problem (FlUsbPort *self, GError *problem); /* (transfer full) (nullable) */

/**
 * FlUsbBus:
 *
 * What is plugged into this computer, by hot-plug, without polling. Property: "problem" (GError,
 * (nullable), notified): FL_ERROR_USB_PERMISSION when there is no USB to be seen at all.
 */
#define FL_TYPE_USB_BUS (fl_usb_bus_get_type ())
G_DECLARE_INTERFACE (FlUsbBus, fl_usb_bus, FL, USB_BUS, GObject)

struct _FlUsbBusInterface
{
  GTypeInterface g_iface;

  void (*start) (FlUsbBus *self);
  void (*stop) (FlUsbBus *self);
  GListModel *(*get_ports) (FlUsbBus *self);
  FlUsbLink *(*create_link) (FlUsbBus *self, FlUsbPort *port);
  const GError *(*get_problem) (FlUsbBus *self);
  void (*recheck) (FlUsbBus *self);
};

/* Both idempotent; nothing blocks. Links stay usable after stop. */
void fl_usb_bus_start (FlUsbBus *self);
void fl_usb_bus_stop (FlUsbBus *self);
GListModel *fl_usb_bus_get_ports (FlUsbBus *self); /* borrowed, of FlUsbPort */
/* (transfer full) */
FlUsbLink *fl_usb_bus_create_link (FlUsbBus *self, FlUsbPort *port);
const GError *fl_usb_bus_get_problem (FlUsbBus *self); /* (nullable), borrowed */
/* Looks again whether the ports with a problem can be opened now (a rule was added). */
void fl_usb_bus_recheck (FlUsbBus *self);

G_END_DECLS
