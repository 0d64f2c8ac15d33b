/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-link.h"
#include "fl-secret.h"

G_BEGIN_DECLS

/**
 * FlUsbSetup:
 *
 * The setup packet of one control transfer: USB 2.0, 9.3. Numbers in the computer's byte order.
 */
typedef struct
{
  guint8 request_type; /* bmRequestType; bit 7 set: device to host */
  guint8 request;      /* bRequest */
  guint16 value;       /* wValue */
  guint16 index;       /* wIndex */
  guint16 length;      /* wLength: bytes to send, or at most to receive */
} FlUsbSetup;

#define FL_USB_IN 0x80 /* of request_type: USB 2.0, table 9-2 */

/* usbfs takes no more in one control transfer: libusb, os/linux_usbfs.h, MAX_CTRL_BUFFER_LENGTH */
#define FL_USB_MAX_TRANSFER 4096

typedef enum
{
  FL_USB_DONE,
  FL_USB_STALLED, /* the device refuses this request; it can take others */
} FlUsbOutcome;

/**
 * FlUsbLink:
 *
 * A link whose only words are control transfers on endpoint 0. It is an FlLink for opening, closing
 * and "closed"; it takes no fl_link_send_async() (FL_ERROR_UNSUPPORTED) and never emits "received".
 * Opening claims no interface. Errors of opening: FL_ERROR_USB_ACCESS, FL_ERROR_USB_CLAIMED,
 * FL_ERROR_USB_PERMISSION, FL_ERROR_DEVICE_OUT_OF_REACH when it was unplugged.
 */
#define FL_TYPE_USB_LINK (fl_usb_link_get_type ())
G_DECLARE_INTERFACE (FlUsbLink, fl_usb_link, FL, USB_LINK, FlLink)

struct _FlUsbLinkInterface
{
  GTypeInterface g_iface;

  void (*transfer_async) (FlUsbLink *self,
                          const FlUsbSetup *setup,
                          FlSecret *data,
                          guint limit_ms,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
  GBytes *(*transfer_finish) (FlUsbLink *self,
                              GAsyncResult *result,
                              FlUsbOutcome *outcome,
                              GError **error);
};

/* One transfer at a time. @data: the setup's length in bytes for host-to-device, else NULL; an
 * FlSecret because some carry passwords. Without an end in @limit_ms: FL_ERROR_DEVICE_SILENT, the
 * link stays open. Unplugged or reset meanwhile: FL_ERROR_LINK_LOST, the link is closed. */
void fl_usb_link_transfer_async (FlUsbLink *self,
                                 const FlUsbSetup *setup,
                                 FlSecret *data,
                                 guint limit_ms,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* (transfer full) What the device sent, possibly less than asked for; empty for host-to-device and
 * after a stall, which is no error. */
GBytes *fl_usb_link_transfer_finish (FlUsbLink *self,
                                     GAsyncResult *result,
                                     FlUsbOutcome *outcome,
                                     GError **error);

G_END_DECLS
