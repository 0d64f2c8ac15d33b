/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-serial-link.h"

G_BEGIN_DECLS

/**
 * FlSerialPort:
 *
 * One serial port that is there. Immutable but for "problem". Its bus makes a new one whenever one
 * appears.
 */
#define FL_TYPE_SERIAL_PORT (fl_serial_port_get_type ())
G_DECLARE_FINAL_TYPE (FlSerialPort, fl_serial_port, FL, SERIAL_PORT, GObject)

/* @path: "/dev/ttyACM0". @stable_path: (nullable) its link under /dev/serial/by-id. @location:
 * (nullable) of the USB device behind it, as FlUsbPort has it: "1-2.3". @serial: (nullable) the
 * USB string. */
FlSerialPort *fl_serial_port_new (const char *path,
                                  const char *stable_path,
                                  const char *location,
                                  guint16 vendor_id,
                                  guint16 product_id,
                                  const char *serial);
const char *fl_serial_port_get_path (FlSerialPort *self);
const char *fl_serial_port_get_stable_path (FlSerialPort *self); /* (nullable) */
const char *fl_serial_port_get_location (FlSerialPort *self);    /* (nullable) */
guint16 fl_serial_port_get_vendor_id (FlSerialPort *self);       /* 0: not a USB port */
guint16 fl_serial_port_get_product_id (FlSerialPort *self);
const char *fl_serial_port_get_serial (FlSerialPort *self); /* (nullable) */
/* A person said that a device is at this port, whatever the port says of itself. */
gboolean fl_serial_port_get_is_named (FlSerialPort *self);
void fl_serial_port_set_is_named (FlSerialPort *self);         /* for its bus, before it is shown */
const GError *fl_serial_port_get_problem (FlSerialPort *self); /* (nullable) cannot be opened */
void fl_serial_port_take_problem (FlSerialPort *self, GError *problem); /* (transfer full) */

/**
 * FlSerialBus:
 *
 * The serial ports of this computer, by hot-plug, without polling. Property: "problem" (GError,
 * (nullable), notified).
 */
#define FL_TYPE_SERIAL_BUS (fl_serial_bus_get_type ())
G_DECLARE_INTERFACE (FlSerialBus, fl_serial_bus, FL, SERIAL_BUS, GObject)

struct _FlSerialBusInterface
{
  GTypeInterface g_iface;

  void (*start) (FlSerialBus *self);
  void (*stop) (FlSerialBus *self);
  GListModel *(*get_ports) (FlSerialBus *self);
  FlSerialLink *(*create_link) (FlSerialBus *self, FlSerialPort *port);
  const GError *(*get_problem) (FlSerialBus *self);
  void (*recheck) (FlSerialBus *self);
};

/* Both idempotent; nothing blocks. Links stay usable after stop. */
void fl_serial_bus_start (FlSerialBus *self);
void fl_serial_bus_stop (FlSerialBus *self);
GListModel *fl_serial_bus_get_ports (FlSerialBus *self);                         /* borrowed */
FlSerialLink *fl_serial_bus_create_link (FlSerialBus *self, FlSerialPort *port); /* full */
const GError *fl_serial_bus_get_problem (FlSerialBus *self); /* (nullable), borrowed */
/* Looks again whether ports with a problem can be opened now. */
void fl_serial_bus_recheck (FlSerialBus *self);

G_END_DECLS
