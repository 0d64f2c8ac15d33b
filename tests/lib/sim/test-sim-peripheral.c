/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-peripheral.h"

#include <string.h>

#include "bluez-fixture.h"
#include "fl-error.h"
#include "fl-requests.h"
#include "fl-secure-session.h"
#include "fl-sim-broadcast.h"
#include "fl-sim-device.h"
#include "mock-managers.h"

#define P2 "[Device P2]\nplatform=p2\ncode=AB12CD\nboot-time=50ms\nhandshake-time=0\n"

typedef struct
{
  GDBusConnection *server, *client;
  MockManagers *mock;
  FlSimWorld *world;
  FlSimDevice *device;
  FlClock *clock;
  FlSimPeripheral *peripheral;
  GError *failure;
  FlSecureSession *session;
  GRand *random;
} Fixture;

static GDBusConnection *
connect_to_bus (const char *address)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection =
      g_dbus_connection_new_for_address_sync (address,
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
disconnect_from_bus (GDBusConnection *connection)
{
  g_dbus_connection_close_sync (connection, NULL, NULL);
  g_object_unref (connection);
}

static void
on_failed (FlSimShell *shell, const GError *error, Fixture *f)
{
  g_assert_null (f->failure);
  f->failure = g_error_copy (error);
}

static void
set_up (Fixture *f, gconstpointer bus)
{
  f->server = connect_to_bus (bus);
  f->client = connect_to_bus (bus);
  f->mock = mock_managers_new (f->server);
  f->clock = fl_clock_new ();
  f->random = g_rand_new_with_seed (1);
}

static void
tear_down (Fixture *f, gconstpointer bus)
{
  g_clear_object (&f->peripheral);
  g_clear_pointer (&f->session, fl_secure_session_free);
  g_clear_error (&f->failure);
  g_clear_object (&f->world);
  g_object_unref (f->clock);
  g_rand_free (f->random);
  mock_managers_free (f->mock);
  disconnect_from_bus (f->client);
  disconnect_from_bus (f->server);
}

static void
create (Fixture *f, const char *scenario, const char *adapter)
{
  g_autoptr (GError) error = NULL;

  f->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_assert_no_error (error);
  f->device = fl_sim_world_get_device (f->world, 0);
  f->peripheral = fl_sim_peripheral_new (f->world, f->device, f->clock, f->client, adapter);
  g_signal_connect (f->peripheral, "failed", G_CALLBACK (on_failed), f);
}

static const char *
get_place (Fixture *f)
{
  return fl_sim_shell_get_place (FL_SIM_SHELL (f->peripheral));
}

static void
start (Fixture *f, const char *scenario)
{
  mock_managers_start (f->mock);
  create (f, scenario, "hci0");
  WAIT_FOR (get_place (f) != NULL);
  g_assert_nonnull (f->mock->advert);
}

static gint64
get_now (Fixture *f)
{
  return fl_clock_now_us (f->clock);
}

/* --- What is on the air. */

static void
test_advert (Fixture *f, gconstpointer bus)
{
  g_autoptr (GVariant) makers = NULL;
  g_autoptr (GVariant) data = NULL;
  g_autofree const char **uuids = NULL;
  const char *name, *type;
  gboolean is_discoverable;
  static const guint8 content[] = { 32, 0, 'A', 'B', '1', '2', 'C', 'D' };

  start (f, P2);
  g_assert_cmpstr (get_place (f), ==, MOCK_ADDRESS);
  g_assert_true (g_variant_lookup (f->mock->advert, "Type", "&s", &type));
  g_assert_cmpstr (type, ==, "peripheral");
  g_assert_true (g_variant_lookup (f->mock->advert, "LocalName", "&s", &name));
  g_assert_cmpstr (name, ==, "P2-AB12CD");
  g_assert_true (g_variant_lookup (f->mock->advert, "ServiceUUIDs", "^a&s", &uuids));
  g_assert_cmpuint (g_strv_length ((GStrv) uuids), ==, 1);
  g_assert_cmpstr (uuids[0], ==, fl_sim_device_get_spec (f->device)->service);
  /* 18 and 12 bytes: with flags it would be two more than the air takes. */
  g_assert_true (g_variant_lookup (f->mock->advert, "Discoverable", "b", &is_discoverable));
  g_assert_false (is_discoverable);
  makers = g_variant_lookup_value (f->mock->advert, "ManufacturerData", G_VARIANT_TYPE ("a{qv}"));
  g_assert_cmpuint (g_variant_n_children (makers), ==, 1);
  g_assert_cmpuint (fl_sim_device_get_spec (f->device)->company_id, ==, 0x0662);
  g_variant_get_child (makers, 0, "{qv}", NULL, &data);
  g_assert_cmpmem (g_variant_get_data (data), g_variant_get_size (data), content, sizeof content);
}

static void
test_payload_short (void)
{
  static const guint8 advert[] = { 2, 0x01, 6, 5, 0x03, 0x1a, 0x18, 0x0f, 0x18, 3, 0x09, 'H', 'i' };
  g_autoptr (GVariant) properties = fl_sim_broadcast_read (advert, sizeof advert, NULL, 0);
  g_autofree const char **uuids = NULL;
  gboolean is_discoverable;
  const char *name;

  g_assert_true (g_variant_lookup (properties, "ServiceUUIDs", "^a&s", &uuids));
  g_assert_cmpuint (g_strv_length ((GStrv) uuids), ==, 2);
  g_assert_cmpstr (uuids[0], ==, "0000181a-0000-1000-8000-00805f9b34fb");
  g_assert_cmpstr (uuids[1], ==, "0000180f-0000-1000-8000-00805f9b34fb");
  g_assert_true (g_variant_lookup (properties, "LocalName", "&s", &name));
  g_assert_cmpstr (name, ==, "Hi");
  g_assert_true (g_variant_lookup (properties, "Discoverable", "b", &is_discoverable));
  g_assert_true (is_discoverable);
  g_assert_false (fl_sim_broadcast_is_tight (properties));
}

/* A Photon 2's name is so long that the last character of its code does not fit. */
static void
test_payload_cut (Fixture *f, gconstpointer bus)
{
  g_autoptr (GVariant) makers = NULL;
  g_autoptr (GVariant) data = NULL;

  start (f, "[Device P]\nplatform=photon2\ncode=AB12CD\n");
  makers = g_variant_lookup_value (f->mock->advert, "ManufacturerData", G_VARIANT_TYPE ("a{qv}"));
  g_variant_get_child (makers, 0, "{qv}", NULL, &data);
  g_assert_cmpuint (g_variant_get_size (data), ==, 7);
}

static void
test_payload_hostile (void)
{
  static const guint8 broken[][4] = { { 0 }, { 1, 0xff }, { 2, 0xff, 1 }, { 255, 0x07, 1, 2 } };

  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    for (gsize size = 0; size <= 4; size++)
      {
        g_autoptr (GVariant) properties = fl_sim_broadcast_read (broken[i], size, NULL, 0);
        g_autoptr (GVariant) makers =
            g_variant_lookup_value (properties, "ManufacturerData", G_VARIANT_TYPE ("a{qv}"));

        g_assert_cmpuint (g_variant_n_children (makers), ==, 0);
      }
}

static void
test_mode_change (Fixture *f, gconstpointer bus)
{
  mock_managers_start (f->mock);
  create (f, P2 "mode=running\n", NULL);
  WAIT_FOR (f->mock->application != NULL);
  g_assert_null (mock_managers_find (f->mock, fl_sim_device_get_spec (f->device)->rx));
  g_assert_null (f->mock->advert);
  g_assert_null (get_place (f));
  fl_sim_device_hold_button (f->device, get_now (f));
  WAIT_FOR (get_place (f) != NULL);
  {
    g_autofree char *rx = mock_managers_find (f->mock, fl_sim_device_get_spec (f->device)->rx);

    g_assert_nonnull (rx);
  }
  fl_sim_device_power_off (f->device, get_now (f));
  WAIT_FOR (f->mock->advert == NULL);
  WAIT_FOR (get_place (f) == NULL);
}

/* --- A central. */

static gboolean
make_random (gpointer data, guint8 *out, gsize size_bytes)
{
  for (gsize i = 0; i < size_bytes; i++)
    out[i] = (guint8) g_rand_int_range (data, 0, 256);
  return TRUE;
}

static gboolean
write_bytes (Fixture *f, const char *central, guint16 mtu, GBytes *bytes, GError **error)
{
  return mock_managers_write (f->mock, fl_sim_device_get_spec (f->device)->rx, central, mtu, bytes,
                              error);
}

static void
notify (Fixture *f, gboolean on)
{
  mock_managers_notify (f->mock, fl_sim_device_get_spec (f->device)->tx, on);
}

static void
transmit (Fixture *f, guint16 mtu)
{
  GBytes *packet;

  while ((packet = fl_secure_session_take (f->session, mtu - 3, get_now (f))) != NULL)
    {
      g_autoptr (GError) error = NULL;

      write_bytes (f, MOCK_CENTRAL, mtu, packet, &error);
      g_assert_no_error (error);
      g_bytes_unref (packet);
    }
}

static void
begin_session (Fixture *f)
{
  f->session = fl_secure_session_new (FL_SECURE_CLIENT, fl_sim_device_get_spec (f->device)->secret,
                                      make_random, f->random, get_now (f));
}

/* One notification into the session; what it answers goes out. Returns the size. */
static gsize
receive (Fixture *f, guint16 mtu)
{
  g_autoptr (GBytes) packet = NULL;
  const guint8 *data;
  gsize size;

  WAIT_FOR ((packet = mock_managers_take (f->mock)) != NULL);
  data = g_bytes_get_data (packet, &size);
  g_assert_cmpuint (size, <=, mtu - 3);
  fl_secure_session_feed (f->session, data, size, get_now (f));
  transmit (f, mtu);
  return size;
}

static void
shake_hands (Fixture *f, guint16 mtu)
{
  begin_session (f);
  transmit (f, mtu);
  while (fl_secure_session_get_state (f->session) == FL_SECURE_HANDSHAKE)
    receive (f, mtu);
  g_assert_cmpint (fl_secure_session_get_state (f->session), ==, FL_SECURE_OPEN);
}

static void
ask_mode (Fixture *f, guint16 mtu)
{
  g_autoptr (FlSecureMessage) reply = NULL;

  g_assert_true (fl_secure_session_send_request (f->session, 1, FL_REQUEST_GET_DEVICE_MODE, NULL));
  transmit (f, mtu);
  while ((reply = fl_secure_session_pop (f->session)) == NULL)
    receive (f, mtu);
  g_assert_cmpint (reply->result, ==, 0);
}

static void
test_session (Fixture *f, gconstpointer bus)
{
  g_autoptr (GVariant) version = NULL;
  g_autoptr (GError) error = NULL;

  start (f, P2);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  version = mock_managers_read (f->mock, fl_sim_device_get_spec (f->device)->version_uuid,
                                MOCK_CENTRAL, 185, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_variant_get_size (version), ==, 1);
  notify (f, TRUE);
  shake_hands (f, 185);
  ask_mode (f, 185);
}

/* BlueZ agrees on 517 with most centrals; the device has less. */
static void
test_long_writes (Fixture *f, gconstpointer bus)
{
  start (f, P2 "mtu=100\n");
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  notify (f, TRUE);
  begin_session (f);
  transmit (f, 517);
  while (fl_secure_session_get_state (f->session) == FL_SECURE_HANDSHAKE)
    g_assert_cmpuint (receive (f, 517), <=, 97);
  ask_mode (f, 517);
}

static void
test_write_before_notify (Fixture *f, gconstpointer bus)
{
  start (f, P2);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  begin_session (f);
  transmit (f, 247);
  WAIT_FOR (f->mock->advert == NULL);
  g_assert_null (mock_managers_take (f->mock));
  notify (f, TRUE);
  while (fl_secure_session_get_state (f->session) == FL_SECURE_HANDSHAKE)
    receive (f, 247);
  ask_mode (f, 247);
}

/* Calls overtake what BlueZ tells of its objects. */
static void
test_use_before_connected (Fixture *f, gconstpointer bus)
{
  start (f, P2);
  notify (f, TRUE);
  shake_hands (f, 247);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  ask_mode (f, 247);
}

static void
test_adverts_rest (Fixture *f, gconstpointer bus)
{
  start (f, P2);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  WAIT_FOR (f->mock->advert == NULL);
  g_assert_cmpstr (get_place (f), ==, MOCK_ADDRESS);
  mock_managers_disconnect (f->mock, MOCK_CENTRAL);
  WAIT_FOR (f->mock->advert != NULL);
  g_assert_cmpuint (f->mock->n_adverts, ==, 2);
  g_assert_cmpuint (f->mock->n_disconnects, ==, 0);
}

static void
test_one_central (Fixture *f, gconstpointer bus)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  start (f, P2);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  notify (f, TRUE);
  shake_hands (f, 247);
  g_assert_false (write_bytes (f, MOCK_OTHER, 247, bytes, &error));
  name = g_dbus_error_get_remote_error (error);
  g_assert_cmpstr (name, ==, "org.bluez.Error.Failed");
  ask_mode (f, 247);
}

/* A second visit starts from the beginning. */
static void
test_again (Fixture *f, gconstpointer bus)
{
  start (f, P2);
  for (int i = 0; i < 2; i++)
    {
      mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
      notify (f, TRUE);
      shake_hands (f, 247);
      g_clear_pointer (&f->session, fl_secure_session_free);
      notify (f, FALSE);
      mock_managers_disconnect (f->mock, MOCK_CENTRAL);
      WAIT_FOR (f->mock->advert == NULL);
      WAIT_FOR (f->mock->advert != NULL);
    }
}

static void
test_own_mouse (Fixture *f, gconstpointer bus)
{
  start (f, P2);
  mock_managers_connect (f->mock, MOCK_OTHER, TRUE);
  mock_managers_disconnect (f->mock, MOCK_OTHER);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  WAIT_FOR (f->mock->advert == NULL);
  g_assert_cmpuint (f->mock->n_adverts, ==, 1);
}

static void
test_refusals (Fixture *f, gconstpointer bus)
{
  const FlSimDeviceSpec *spec;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;

  start (f, P2);
  spec = fl_sim_device_get_spec (f->device);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  g_assert_null (mock_managers_read (f->mock, spec->rx, MOCK_CENTRAL, 23, 0, &error));
  g_clear_error (&error);
  g_assert_null (mock_managers_read (f->mock, spec->version_uuid, MOCK_CENTRAL, 23, 2, &error));
  g_clear_error (&error);
  value = mock_managers_read (f->mock, spec->version_uuid, MOCK_CENTRAL, 23, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_variant_get_size (value), ==, 0);
  g_assert_false (mock_managers_write (f->mock, spec->tx, MOCK_CENTRAL, 23, bytes, &error));
}

/* --- The device. */

static void
test_power_off (Fixture *f, gconstpointer bus)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  start (f, P2);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  notify (f, TRUE);
  shake_hands (f, 247);
  fl_sim_device_power_off (f->device, get_now (f));
  WAIT_FOR (f->mock->n_disconnects == 1);
  WAIT_FOR (get_place (f) == NULL);
  g_assert_false (write_bytes (f, MOCK_CENTRAL, 247, bytes, &error));
  g_assert_null (f->mock->advert);
  g_assert_cmpuint (f->mock->n_adverts, ==, 1);
  fl_sim_device_power_on (f->device, get_now (f));
  WAIT_FOR (get_place (f) != NULL);
  g_assert_cmpuint (f->mock->n_adverts, ==, 2);
}

static void
test_does_not_take (Fixture *f, gconstpointer bus)
{
  start (f, P2 "faults=connect-fails=1\n");
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  WAIT_FOR (f->mock->n_disconnects == 1);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  notify (f, TRUE);
  shake_hands (f, 247);
  g_assert_cmpuint (f->mock->n_disconnects, ==, 1);
}

/* --- The adapter. */

static void
expect_failure (Fixture *f, FlErrorCode code, const char *word)
{
  create (f, P2, "hci0");
  WAIT_FOR (f->failure != NULL);
  g_assert_error (f->failure, FL_ERROR, (int) code);
  g_assert_nonnull (strstr (f->failure->message, word));
  g_assert_null (get_place (f));
}

static void
test_no_service (Fixture *f, gconstpointer bus)
{
  expect_failure (f, FL_ERROR_BLUETOOTH_SERVICE, "bluetoothd");
}

static void
test_no_adapter (Fixture *f, gconstpointer bus)
{
  f->mock->has_adapter = FALSE;
  mock_managers_start (f->mock);
  expect_failure (f, FL_ERROR_NO_BLUETOOTH, "hci0");
}

static void
test_other_adapter (Fixture *f, gconstpointer bus)
{
  mock_managers_start (f->mock);
  create (f, P2, "hci7");
  WAIT_FOR (f->failure != NULL);
  g_assert_error (f->failure, FL_ERROR, FL_ERROR_NO_BLUETOOTH);
  g_assert_nonnull (strstr (f->failure->message, "hci7"));
  g_assert_null (f->mock->application);
}

static void
test_adapter_off (Fixture *f, gconstpointer bus)
{
  f->mock->powered = FALSE;
  f->mock->power_state = "off";
  mock_managers_start (f->mock);
  expect_failure (f, FL_ERROR_BLUETOOTH_OFF, "off");
}

static void
test_adapter_blocked (Fixture *f, gconstpointer bus)
{
  f->mock->powered = FALSE;
  f->mock->power_state = "off-blocked";
  mock_managers_start (f->mock);
  expect_failure (f, FL_ERROR_BLUETOOTH_BLOCKED, "rfkill");
}

static void
test_no_role (Fixture *f, gconstpointer bus)
{
  static const char *const roles[] = { "central", NULL };

  f->mock->roles = roles;
  mock_managers_start (f->mock);
  expect_failure (f, FL_ERROR_UNSUPPORTED, "peripheral");
}

static void
test_no_managers (Fixture *f, gconstpointer bus)
{
  f->mock->roles = NULL;
  f->mock->has_managers = FALSE;
  mock_managers_start (f->mock);
  expect_failure (f, FL_ERROR_UNSUPPORTED, "peripheral");
}

static void
test_denied (Fixture *f, gconstpointer bus)
{
  f->mock->gatt_error = "org.freedesktop.DBus.Error.AccessDenied";
  mock_managers_start (f->mock);
  expect_failure (f, FL_ERROR_BLUETOOTH_PERMISSION, "may not");
}

/* BlueZ's answer when all instances of adverts are taken. */
static void
test_taken (Fixture *f, gconstpointer bus)
{
  f->mock->advert_error = "org.bluez.Error.NotPermitted";
  mock_managers_start (f->mock);
  expect_failure (f, FL_ERROR_BLUETOOTH_BUSY, "hci0");
}

static void
test_refused (Fixture *f, gconstpointer bus)
{
  f->mock->advert_error = "org.bluez.Error.Failed";
  mock_managers_start (f->mock);
  expect_failure (f, FL_ERROR_UNEXPECTED, "Refused by the mock");
}

static void
test_too_tight (Fixture *f, gconstpointer bus)
{
  f->mock->is_discoverable = TRUE;
  mock_managers_start (f->mock);
  expect_failure (f, FL_ERROR_UNEXPECTED, "discoverable");
}

static void
test_restart (Fixture *f, gconstpointer bus)
{
  start (f, P2);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  notify (f, TRUE);
  shake_hands (f, 247);
  mock_managers_stop (f->mock);
  WAIT_FOR (get_place (f) == NULL);
  g_clear_pointer (&f->session, fl_secure_session_free);
  mock_managers_start (f->mock);
  WAIT_FOR (get_place (f) != NULL);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  notify (f, TRUE);
  shake_hands (f, 247);
  g_assert_no_error (f->failure);
}

static void
test_off_and_on (Fixture *f, gconstpointer bus)
{
  start (f, P2);
  mock_managers_set_powered (f->mock, FALSE);
  WAIT_FOR (get_place (f) == NULL);
  mock_managers_set_powered (f->mock, TRUE);
  WAIT_FOR (get_place (f) != NULL);
  g_assert_no_error (f->failure);
}

/* Later refusals are tried again for a while. */
static void
test_later_refusal (Fixture *f, gconstpointer bus)
{
  start (f, P2);
  f->mock->advert_error = "org.bluez.Error.InProgress";
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  WAIT_FOR (f->mock->advert == NULL);
  mock_managers_disconnect (f->mock, MOCK_CENTRAL);
  WAIT_FOR (get_place (f) == NULL);
  f->mock->advert_error = NULL;
  WAIT_FOR (get_place (f) != NULL);
  g_assert_no_error (f->failure);
}

/* It lets go at once, not when the program leaves the bus. */
static void
test_nothing_left (Fixture *f, gconstpointer bus)
{
  start (f, P2);
  mock_managers_connect (f->mock, MOCK_CENTRAL, FALSE);
  notify (f, TRUE);
  shake_hands (f, 247);
  g_assert_finalize_object (g_steal_pointer (&f->peripheral));
  WAIT_FOR (f->mock->application == NULL);
  g_assert_null (f->mock->advert);
  WAIT_FOR (f->mock->n_disconnects == 1);
}

static void
add_tests (const char *bus)
{
#define ADD(path, function)                                                                        \
  g_test_add ("/sim-peripheral/" path, Fixture, bus, set_up, function, tear_down)

  ADD ("advert/from-device/is-what-it-says", test_advert);
  g_test_add_func ("/sim-peripheral/advert/short-uuids/has-flags", test_payload_short);
  ADD ("advert/cut-code/stays-cut", test_payload_cut);
  g_test_add_func ("/sim-peripheral/advert/hostile/is-skipped", test_payload_hostile);
  ADD ("advert/mode-changes/follows", test_mode_change);
  ADD ("central/session/works", test_session);
  ADD ("central/long-writes/are-several", test_long_writes);
  ADD ("central/writes-before-notify/waits", test_write_before_notify);
  ADD ("central/uses-before-connected/is-there", test_use_before_connected);
  ADD ("central/connected/adverts-rest", test_adverts_rest);
  ADD ("central/second/is-refused", test_one_central);
  ADD ("central/again/starts-anew", test_again);
  ADD ("central/own-mouse/is-none", test_own_mouse);
  ADD ("central/wrong-access/is-refused", test_refusals);
  ADD ("device/power-off/ends-link", test_power_off);
  ADD ("device/does-not-take/ends-link", test_does_not_take);
  ADD ("adapter/no-service/fails", test_no_service);
  ADD ("adapter/none/fails", test_no_adapter);
  ADD ("adapter/other-name/fails", test_other_adapter);
  ADD ("adapter/off/fails", test_adapter_off);
  ADD ("adapter/blocked/fails", test_adapter_blocked);
  ADD ("adapter/no-role/fails", test_no_role);
  ADD ("adapter/no-managers/fails", test_no_managers);
  ADD ("adapter/denied/fails", test_denied);
  ADD ("adapter/taken/fails", test_taken);
  ADD ("adapter/refused/tells-why", test_refused);
  ADD ("adapter/discoverable/tells-why", test_too_tight);
  ADD ("adapter/service-restarts/is-back", test_restart);
  ADD ("adapter/off-and-on/is-back", test_off_and_on);
  ADD ("adapter/refuses-later/tries-again", test_later_refusal);
  ADD ("end/connected/nothing-left", test_nothing_left);
#undef ADD
}

int
main (int argc, char **argv)
{
  return bluez_fixture_run (argc, argv, add_tests);
}
