/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-error.h"
#include "fl-usb-bus.h"

G_BEGIN_DECLS

/* What is plugged in, and how it answers. */
typedef struct
{
  const char *location;
  guint16 product_id;
  const char *serial_text; /* string descriptors */
  const char *product;
  const char *serial; /* to request 21; NULL: it does not know */
  const char *firmware;
  int mode;            /* to request 72 */
  int refusal;         /* instead of all answers: a result code; 0: none */
  gboolean is_silent;  /* requests never end */
  FlErrorCode refused; /* opening fails with this; 0: none */
} ScriptUsbDevice;

/**
 * ScriptUsbBus:
 *
 * A bus on which the test plugs and unplugs. A transfer takes a millisecond.
 */
#define SCRIPT_TYPE_USB_BUS (script_usb_bus_get_type ())
G_DECLARE_FINAL_TYPE (ScriptUsbBus, script_usb_bus, SCRIPT, USB_BUS, GObject)

struct _ScriptUsbBus
{
  GObject parent_instance;

  FlClock *clock;
  GListStore *ports;
  GPtrArray *sockets;
  GError *problem;
  guint n_starts, n_stops, n_rechecks;
  guint n_open;    /* links open at present */
  guint most_open; /* at the same time */
  guint n_opened;  /* since the beginning */
  guint n_transfers;
};

ScriptUsbBus *script_usb_bus_new (FlClock *clock);
/* @device: borrowed, kept until it is unplugged. */
FlUsbPort *script_usb_bus_plug (ScriptUsbBus *self, const ScriptUsbDevice *device);
void script_usb_bus_unplug (ScriptUsbBus *self, const char *location);
void script_usb_bus_take_problem (ScriptUsbBus *self, GError *problem);

G_END_DECLS
