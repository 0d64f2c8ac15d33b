/* SPDX-License-Identifier: Apache-2.0 */
#include "bluez-fixture.h"
#include "fl-bluez-error.h"

static void
count (gpointer source, gpointer a, gpointer data)
{
  (*(guint *) data)++;
}

static gboolean
is_gone (BluezFixture *f, FlErrorCode code)
{
  return fl_bluez_get_state (f->bluez) == FL_BLUEZ_GONE &&
         g_error_matches (fl_bluez_get_error (f->bluez), FL_ERROR, code);
}

static void
test_start_lists_objects (BluezFixture *f, gconstpointer bus)
{
  bluez_fixture_start (f);
  g_assert_true (fl_bluez_has (f->bluez, FIXTURE_ADAPTER, FL_BLUEZ_ADAPTER));
  g_assert_true (fl_bluez_get_boolean (f->bluez, FIXTURE_ADAPTER, FL_BLUEZ_ADAPTER, "Powered"));
  g_assert_cmpuint (fl_bluez_get_radios (f->bluez)->len, ==, 1);
}

static void
test_absent (BluezFixture *f, gconstpointer bus)
{
  fl_bluez_start (f->bluez);
  WAIT_FOR (is_gone (f, FL_ERROR_BLUETOOTH_SERVICE));
}

static void
test_absent_in_sandbox (BluezFixture *f, gconstpointer bus)
{
  bluez_fixture_write_file (f, ".flatpak-info",
                            "[Application]\nname=x\n[System Bus Policy]\n"
                            "org.freedesktop.NetworkManager=talk\n");
  fl_bluez_start (f->bluez);
  WAIT_FOR (is_gone (f, FL_ERROR_BLUETOOTH_PERMISSION));
}

static void
test_absent_in_sandbox_with_right (BluezFixture *f, gconstpointer bus)
{
  bluez_fixture_write_file (f, ".flatpak-info", "[System Bus Policy]\norg.bluez=talk\n");
  fl_bluez_start (f->bluez);
  WAIT_FOR (is_gone (f, FL_ERROR_BLUETOOTH_SERVICE));
}

static void
test_denied (BluezFixture *f, gconstpointer bus)
{
  mock_bluez_set_denied (f->mock, TRUE);
  mock_bluez_start (f->mock);
  fl_bluez_start (f->bluez);
  WAIT_FOR (is_gone (f, FL_ERROR_BLUETOOTH_PERMISSION));

  mock_bluez_set_denied (f->mock, FALSE);
  fl_bluez_retry (f->bluez);
  WAIT_FOR (fl_bluez_get_state (f->bluez) == FL_BLUEZ_READY);
  g_assert_null (fl_bluez_get_error (f->bluez));
}

static void
test_restart (BluezFixture *f, gconstpointer bus)
{
  guint n_added = 0, n_removed = 0;

  bluez_fixture_start (f);
  g_signal_connect (f->bluez, "radio-added", G_CALLBACK (count), &n_added);
  g_signal_connect (f->bluez, "radio-removed", G_CALLBACK (count), &n_removed);

  mock_bluez_stop (f->mock);
  WAIT_FOR (is_gone (f, FL_ERROR_BLUETOOTH_SERVICE));
  g_assert_false (fl_bluez_has (f->bluez, FIXTURE_ADAPTER, FL_BLUEZ_ADAPTER));
  g_assert_cmpuint (fl_bluez_get_radios (f->bluez)->len, ==, 0);

  mock_bluez_start (f->mock);
  WAIT_FOR (fl_bluez_get_state (f->bluez) == FL_BLUEZ_READY);
  g_assert_true (fl_bluez_has (f->bluez, FIXTURE_ADAPTER, FL_BLUEZ_ADAPTER));
  g_assert_cmpuint (n_added, ==, 1);
  g_assert_cmpuint (n_removed, ==, 1);
}

static void
test_adapters_come_and_go (BluezFixture *f, gconstpointer bus)
{
  bluez_fixture_start (f);
  mock_bluez_add_adapter (f->mock, FALSE);
  WAIT_FOR (fl_bluez_get_radios (f->bluez)->len == 2);
  mock_adapter_remove (f->adapter);
  WAIT_FOR (fl_bluez_get_radios (f->bluez)->len == 1);
  g_assert_nonnull (fl_bluez_get_radio (f->bluez, "/org/bluez/hci1"));
}

static void
test_bus_closes (BluezFixture *f, gconstpointer bus)
{
  bluez_fixture_start (f);
  g_dbus_connection_close_sync (f->client, NULL, NULL);
  WAIT_FOR (is_gone (f, FL_ERROR_BLUETOOTH_SERVICE));
  g_clear_object (&f->client);
  f->client = g_object_ref (f->server); /* for tear-down */
  g_dbus_connection_set_exit_on_close (f->client, FALSE);
}

static void
test_foreign_signals (BluezFixture *f, gconstpointer bus)
{
  GVariantBuilder builder;

  bluez_fixture_start (f);
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "Powered", g_variant_new_boolean (FALSE));
  /* From the client's own connection: it is not the owner of org.bluez. */
  g_dbus_connection_emit_signal (f->client, g_dbus_connection_get_unique_name (f->client),
                                 FIXTURE_ADAPTER, "org.freedesktop.DBus.Properties",
                                 "PropertiesChanged",
                                 g_variant_new ("(sa{sv}@as)", FL_BLUEZ_ADAPTER, &builder,
                                                g_variant_new_strv (NULL, 0)),
                                 NULL);
  bluez_fixture_settle (f);
  g_assert_true (fl_bluez_get_boolean (f->bluez, FIXTURE_ADAPTER, FL_BLUEZ_ADAPTER, "Powered"));
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (FL_BLUEZ (source), result, NULL, error);

  g_assert_null (reply);
}

static void
test_call_when_absent (BluezFixture *f, gconstpointer bus)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) translated = NULL;

  fl_bluez_call_async (f->bluez, FIXTURE_PATH, FL_BLUEZ_DEVICE, "Connect", NULL, -1, NULL,
                       on_called, &error);
  WAIT_FOR (error != NULL);
  translated = fl_bluez_error_translate (error, FL_ERROR_CONNECT_FAILED);
  g_assert_error (translated, FL_ERROR, FL_ERROR_BLUETOOTH_SERVICE);
}

static void
add_tests (const char *bus)
{
#define ADD(path, function)                                                                        \
  g_test_add (path, BluezFixture, bus, bluez_fixture_set_up, function, bluez_fixture_tear_down)
  ADD ("/bluez/start/lists-objects", test_start_lists_objects);
  ADD ("/bluez/absent/is-e04", test_absent);
  ADD ("/bluez/absent/in-a-sandbox-without-right-is-e05", test_absent_in_sandbox);
  ADD ("/bluez/absent/in-a-sandbox-with-right-is-e04", test_absent_in_sandbox_with_right);
  ADD ("/bluez/denied/is-e05-until-retry", test_denied);
  ADD ("/bluez/restart/objects-go-and-come", test_restart);
  ADD ("/bluez/adapters/come-and-go", test_adapters_come_and_go);
  ADD ("/bluez/bus/closes", test_bus_closes);
  ADD ("/bluez/signals/of-others-count-nothing", test_foreign_signals);
  ADD ("/bluez/call/when-absent-is-e04", test_call_when_absent);
#undef ADD
}

int
main (int argc, char **argv)
{
  return bluez_fixture_run (argc, argv, add_tests);
}
