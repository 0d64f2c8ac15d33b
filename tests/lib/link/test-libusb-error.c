/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-libusb-error.h"

static void
test_open (void)
{
  static const struct
  {
    int code;
    FlErrorCode expected;
  } cases[] = {
    { LIBUSB_ERROR_ACCESS, FL_ERROR_USB_ACCESS },
    { LIBUSB_ERROR_BUSY, FL_ERROR_USB_CLAIMED },
    { LIBUSB_ERROR_NO_DEVICE, FL_ERROR_DEVICE_OUT_OF_REACH },
    { LIBUSB_ERROR_NOT_FOUND, FL_ERROR_DEVICE_OUT_OF_REACH },
    { LIBUSB_ERROR_NOT_SUPPORTED, FL_ERROR_USB_PERMISSION },
    { LIBUSB_ERROR_IO, FL_ERROR_CONNECT_FAILED },
    { LIBUSB_ERROR_NO_MEM, FL_ERROR_CONNECT_FAILED },
    { LIBUSB_ERROR_OTHER, FL_ERROR_CONNECT_FAILED },
    { -1000, FL_ERROR_CONNECT_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = fl_libusb_error_from_open (cases[i].code, "1-2.3");

      g_assert_error (error, FL_ERROR, (int) cases[i].expected);
      g_assert_nonnull (strstr (error->message, "1-2.3"));
    }
}

static void
test_submit (void)
{
  static const struct
  {
    int code;
    FlErrorCode expected;
  } cases[] = {
    { LIBUSB_ERROR_BUSY, FL_ERROR_USB_CLAIMED },
    { LIBUSB_ERROR_NO_DEVICE, FL_ERROR_LINK_LOST },
    { LIBUSB_ERROR_IO, FL_ERROR_LINK_LOST },
    { LIBUSB_ERROR_INVALID_PARAM, FL_ERROR_UNEXPECTED },
    { LIBUSB_ERROR_NO_MEM, FL_ERROR_UNEXPECTED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = fl_libusb_error_from_submit (cases[i].code, "1-2");

      g_assert_error (error, FL_ERROR, (int) cases[i].expected);
    }
}

static void
test_status (void)
{
  static const struct
  {
    int status;
    FlErrorCode expected;
  } cases[] = {
    { LIBUSB_TRANSFER_TIMED_OUT, FL_ERROR_DEVICE_SILENT },
    { LIBUSB_TRANSFER_NO_DEVICE, FL_ERROR_LINK_LOST },
    { LIBUSB_TRANSFER_ERROR, FL_ERROR_LINK_LOST },
    { LIBUSB_TRANSFER_CANCELLED, FL_ERROR_LINK_LOST },
    { LIBUSB_TRANSFER_OVERFLOW, FL_ERROR_UNEXPECTED },
    { 99, FL_ERROR_UNEXPECTED },
  };

  g_assert_no_error (fl_libusb_error_from_status (LIBUSB_TRANSFER_COMPLETED, "1-2"));
  g_assert_no_error (fl_libusb_error_from_status (LIBUSB_TRANSFER_STALL, "1-2"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
          fl_libusb_error_from_status ((enum libusb_transfer_status) cases[i].status, "1-2");

      g_assert_error (error, FL_ERROR, (int) cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/libusb/error/open", test_open);
  g_test_add_func ("/libusb/error/submit", test_submit);
  g_test_add_func ("/libusb/error/status", test_status);
  return g_test_run ();
}
