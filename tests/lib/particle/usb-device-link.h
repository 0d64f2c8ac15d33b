/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-usb-link.h"
#include "fl-usb-server.h"

G_BEGIN_DECLS

/**
 * UsbDeviceLink:
 *
 * A USB link with a device's server at its other end, in virtual time: each transfer takes 1 ms.
 * The server lives on when the link closes, as a device does.
 */
#define USB_DEVICE_TYPE_LINK (usb_device_link_get_type ())
G_DECLARE_FINAL_TYPE (UsbDeviceLink, usb_device_link, USB_DEVICE, LINK, GObject)

typedef enum
{
  USB_DEVICE_ANSWERS,
  USB_DEVICE_HANGS,   /* the transfer never ends */
  USB_DEVICE_STALLS,  /* the transfer is refused */
  USB_DEVICE_UNPLUGS, /* the device goes away instead */
} UsbDeviceFault;

/* (nullable): anything but the service protocol. FL_USB_STALLED unless it takes the transfer. */
typedef FlUsbOutcome (*UsbDeviceControl) (UsbDeviceLink *self,
                                          const FlUsbSetup *setup,
                                          GBytes **reply);

struct _UsbDeviceLink
{
  GObject parent_instance;

  FlClock *clock;
  FlUsbServer *server;
  GTask *transfer; /* (nullable) under way */
  guint end_id, limit_id;
  gboolean open;

  int open_error;      /* 0: opening works */
  const char *version; /* (nullable) of the raw request; NULL: it is refused */
  UsbDeviceControl control;
  gpointer control_data;
  UsbDeviceFault fault; /* of the transfers from @fault_at on */
  int fault_at;         /* counted from 0; -1 never */
  int n_transfers;      /* since the link was made */
  guint n_openings;
  guint answer_ms;  /* how long the handler takes; it sends the data back */
  gboolean is_mute; /* it never answers */
  GQueue *answers;
  guint answer_id;
};

UsbDeviceLink *usb_device_link_new (FlClock *clock);
/* As when the cable is pulled. */
void usb_device_link_unplug (UsbDeviceLink *self);

G_END_DECLS
