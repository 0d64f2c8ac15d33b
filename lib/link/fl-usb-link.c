/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-link"
#include "config.h"

#include "fl-usb-link.h"

G_DEFINE_INTERFACE (FlUsbLink, fl_usb_link, FL_TYPE_LINK)

static void
fl_usb_link_default_init (FlUsbLinkInterface *iface)
{
}

void
fl_usb_link_transfer_async (FlUsbLink *self,
                            const FlUsbSetup *setup,
                            FlSecret *data,
                            guint limit_ms,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (FL_IS_USB_LINK (self));
  g_return_if_fail (setup != NULL);
  g_return_if_fail (setup->length <= FL_USB_MAX_TRANSFER);

  FL_USB_LINK_GET_IFACE (self)->transfer_async (self, setup, data, limit_ms, cancellable, callback,
                                                user_data);
}

GBytes *
fl_usb_link_transfer_finish (FlUsbLink *self,
                             GAsyncResult *result,
                             FlUsbOutcome *outcome,
                             GError **error)
{
  g_return_val_if_fail (FL_IS_USB_LINK (self), NULL);

  return FL_USB_LINK_GET_IFACE (self)->transfer_finish (self, result, outcome, error);
}
