/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-bluez-error.h"

static void
assert_code (const char *name, const char *message, FlErrorCode expected)
{
  g_autoptr (GError) error = g_dbus_error_new_for_dbus_error (name, message);
  g_autoptr (GError) translated = fl_bluez_error_translate (error, FL_ERROR_CONNECT_FAILED);

  g_assert_error (translated, FL_ERROR, (int) expected);
}

static void
test_translate_names (void)
{
  static const struct
  {
    const char *name;
    FlErrorCode code;
  } cases[] = {
    { "org.bluez.Error.NotReady", FL_ERROR_BLUETOOTH_OFF },
    { "org.bluez.Error.Blocked", FL_ERROR_BLUETOOTH_BLOCKED },
    { "org.bluez.Error.InProgress", FL_ERROR_BLUETOOTH_BUSY },
    { "org.bluez.Error.NotAuthorized", FL_ERROR_BLUETOOTH_PERMISSION },
    { "org.freedesktop.DBus.Error.AccessDenied", FL_ERROR_BLUETOOTH_PERMISSION },
    { "org.freedesktop.DBus.Error.ServiceUnknown", FL_ERROR_BLUETOOTH_SERVICE },
    { "org.freedesktop.DBus.Error.NoReply", FL_ERROR_BLUETOOTH_SERVICE },
    { "org.freedesktop.DBus.Error.NameHasNoOwner", FL_ERROR_BLUETOOTH_SERVICE },
    { "org.bluez.Error.Failed", FL_ERROR_CONNECT_FAILED },
    { "org.example.Nobody.Knows", FL_ERROR_CONNECT_FAILED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_code (cases[i].name, "text", cases[i].code);
}

static void
test_translate_rfkill_text (void)
{
  assert_code ("org.bluez.Error.Failed", "Blocked through rfkill", FL_ERROR_BLUETOOTH_BLOCKED);
}

static void
test_translate_way_to_the_bus (void)
{
  g_autoptr (GError) refused =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "socket");
  g_autoptr (GError) absent = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "socket");
  g_autoptr (GError) a = fl_bluez_error_translate (refused, FL_ERROR_CONNECT_FAILED);
  g_autoptr (GError) b = fl_bluez_error_translate (absent, FL_ERROR_CONNECT_FAILED);

  g_assert_error (a, FL_ERROR, FL_ERROR_BLUETOOTH_PERMISSION);
  g_assert_error (b, FL_ERROR, FL_ERROR_BLUETOOTH_SERVICE);
}

static void
test_translate_keeps_cancelled (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) kept = fl_bluez_error_translate (cancelled, FL_ERROR_CONNECT_FAILED);

  g_assert_error (kept, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_is_by_name (void)
{
  g_autoptr (GError) error =
      g_dbus_error_new_for_dbus_error ("org.bluez.Error.AlreadyConnected", "text");

  g_assert_true (fl_bluez_error_is (error, "AlreadyConnected"));
  g_assert_false (fl_bluez_error_is (error, "Already"));
  g_assert_false (fl_bluez_error_is (NULL, "AlreadyConnected"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bluez-error/translate/names", test_translate_names);
  g_test_add_func ("/bluez-error/translate/rfkill-text", test_translate_rfkill_text);
  g_test_add_func ("/bluez-error/translate/way-to-the-bus", test_translate_way_to_the_bus);
  g_test_add_func ("/bluez-error/translate/keeps-cancelled", test_translate_keeps_cancelled);
  g_test_add_func ("/bluez-error/is/by-name", test_is_by_name);
  return g_test_run ();
}
