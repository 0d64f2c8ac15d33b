/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-libusb-error"
#include "config.h"

#include "fl-libusb-error.h"

static const struct
{
  int code;
  FlErrorCode of_open, of_submit;
} codes[] = {
  { LIBUSB_ERROR_ACCESS, FL_ERROR_USB_ACCESS, FL_ERROR_USB_ACCESS },
  { LIBUSB_ERROR_BUSY, FL_ERROR_USB_CLAIMED, FL_ERROR_USB_CLAIMED },
  { LIBUSB_ERROR_NO_DEVICE, FL_ERROR_DEVICE_OUT_OF_REACH, FL_ERROR_LINK_LOST },
  { LIBUSB_ERROR_NOT_FOUND, FL_ERROR_DEVICE_OUT_OF_REACH, FL_ERROR_LINK_LOST },
  { LIBUSB_ERROR_NOT_SUPPORTED, FL_ERROR_USB_PERMISSION, FL_ERROR_UNEXPECTED },
  { LIBUSB_ERROR_IO, FL_ERROR_CONNECT_FAILED, FL_ERROR_LINK_LOST },
  { LIBUSB_ERROR_TIMEOUT, FL_ERROR_CONNECT_FAILED, FL_ERROR_DEVICE_SILENT },
};

GError *
fl_libusb_error_from_open (int code, const char *location)
{
  FlErrorCode translated = FL_ERROR_CONNECT_FAILED;

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == code)
      translated = codes[i].of_open;
  return g_error_new (FL_ERROR, translated, "Opening USB %s: %s", location,
                      libusb_error_name (code));
}

GError *
fl_libusb_error_from_submit (int code, const char *location)
{
  FlErrorCode translated = FL_ERROR_UNEXPECTED;

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (codes[i].code == code)
      translated = codes[i].of_submit;
  return g_error_new (FL_ERROR, translated, "Transfer to USB %s: %s", location,
                      libusb_error_name (code));
}

GError *
fl_libusb_error_from_status (enum libusb_transfer_status status, const char *location)
{
  switch (status)
    {
    case LIBUSB_TRANSFER_COMPLETED:
    case LIBUSB_TRANSFER_STALL:
      return NULL;
    case LIBUSB_TRANSFER_TIMED_OUT:
      return g_error_new (FL_ERROR, FL_ERROR_DEVICE_SILENT, "USB %s did not answer", location);
    case LIBUSB_TRANSFER_NO_DEVICE:
      return g_error_new (FL_ERROR, FL_ERROR_LINK_LOST, "USB %s was unplugged", location);
    /* Broken packets: what a plug gives on its way out, before the hub notices. */
    case LIBUSB_TRANSFER_ERROR:
    case LIBUSB_TRANSFER_CANCELLED:
      return g_error_new (FL_ERROR, FL_ERROR_LINK_LOST, "The transfer to USB %s broke off",
                          location);
    case LIBUSB_TRANSFER_OVERFLOW:
      return g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED, "USB %s sent more than was asked for",
                          location);
    }
  return g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED, "USB %s: status %d", location, (int) status);
}
