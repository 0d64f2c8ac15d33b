/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device.h"
#include "fl-usb-link.h"

G_BEGIN_DECLS

/**
 * FlSimUsb:
 *
 * The USB side of a simulated device, as the host sees it: what it shows when it is plugged in, and
 * control transfers on endpoint 0. Pure; shells (FlSimUsbBus, the mock below libusb,
 * firstlight-sim) move the transfers. Owned by the device.
 */

typedef struct
{
  guint16 vendor_id, product_id;
  const char *serial;   /* string descriptor: the device ID, if it tells it; borrowed */
  const char *product;  /* (nullable) string descriptor; borrowed */
  const char *location; /* "1-2.3" */
  gboolean is_refused;  /* by fault: this computer may not open it */
  gboolean is_claimed;  /* by fault: something else on this computer has it open */
} FlSimUsbIdentity;

/* A cable is in it, or will be. */
gboolean fl_sim_usb_has_cable (FlSimDevice *device);
/* Counts up with each attach; 0: not plugged in at the moment. A transfer belongs to one. */
guint fl_sim_usb_get_attachment (FlSimDevice *device, gint64 now_us);
/* Valid while attached. */
void fl_sim_usb_get_identity (FlSimDevice *device, FlSimUsbIdentity *identity);

typedef enum
{
  FL_SIM_USB_DONE,
  FL_SIM_USB_STALLED,
  FL_SIM_USB_PENDING, /* by fault: never ends; the host's limit does */
  FL_SIM_USB_GONE,    /* unplugged or reset before the end */
} FlSimUsbEnd;

/* A vendor, class or standard request; standard descriptors are served, too. @data: of
 * host-to-device. @reply: (out) (transfer full), with FL_SIM_USB_DONE and device-to-host. */
FlSimUsbEnd fl_sim_usb_control (FlSimDevice *device,
                                guint attachment,
                                const FlUsbSetup *setup,
                                const guint8 *data,
                                gsize size_bytes,
                                gint64 now_us,
                                GBytes **reply);

/* The computer tries to open it. FALSE: not now, as the identity says. */
gboolean fl_sim_usb_open (FlSimDevice *device, gint64 now_us);
/* Somebody did something about not being allowed to open it. */
void fl_sim_usb_recheck (FlSimDevice *device);
/* The computer misses the device's latest coming or going, by fault. */
gboolean fl_sim_usb_misses_event (FlSimDevice *device);

/* What a person can do to it. */
void fl_sim_usb_plug (FlSimDevice *device, gint64 now_us);
void fl_sim_usb_unplug (FlSimDevice *device, gint64 now_us);

G_END_DECLS
