/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bluez-fixture.h"
#include "fl-ble-finder.h"
#include "fl-setup.h"
#include "fl-system-random.h"
#include "mock-bluez-sim.h"

#define SERIAL   "P046AB245AB12CD"
#define SECRET   "ABCDEFGHJKLMNPQ"
#define PASSWORD "correct horse"

/* Quick: this runs in real time. */
static const char scenario[] = "[World]\n"
                               "title=Over the bus\n"
                               "seed=5\n"
                               "[Network home]\n"
                               "ssid=Home\n"
                               "security=wpa2\n"
                               "password=" PASSWORD "\n"
                               "channel=6\n"
                               "rssi=-50\n"
                               "[Device lamp]\n"
                               "platform=p2\n"
                               "firmware=6.2.0\n"
                               "serial=" SERIAL "\n"
                               "secret=" SECRET "\n"
                               "handshake-time=20ms\n"
                               "scan-time=100ms\n"
                               "join-time=100ms\n"
                               "associate-time=50ms\n"
                               "address-time=50ms\n"
                               "cloud-time=100ms\n";

typedef struct
{
  GDBusConnection *server, *client;
  MockBluez *mock;
  MockAdapter *adapter;
  MockBluezSim *sim;
  FlSimWorld *world;
  FlClock *clock;
  FlBluez *bluez;
  FlEngine *engine;
  FlSetup *setup;
} Journey;

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
set_up (Journey *f, gconstpointer bus)
{
  g_autoptr (FlProduct) product = fl_product_new_factory ();
  g_autoptr (FlFinder) finder = NULL;
  g_autoptr (FlMetaFinder) meta = NULL;
  g_autoptr (GError) error = NULL;

  f->server = connect_to_bus (bus);
  f->client = connect_to_bus (bus);
  f->clock = fl_clock_new ();
  f->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_assert_no_error (error);
  f->mock = mock_bluez_new (f->server);
  f->adapter = mock_bluez_add_adapter (f->mock, TRUE);
  f->sim = mock_bluez_sim_new (f->mock, f->adapter, f->world, f->clock);
  mock_bluez_start (f->mock);

  f->bluez = fl_bluez_new (f->client, f->clock);
  finder = FL_FINDER (fl_ble_finder_new (f->bluez, f->clock, product));
  meta = fl_meta_finder_new (f->clock);
  fl_meta_finder_add (meta, finder);
  f->engine = fl_engine_new (f->clock, meta, product, fl_system_random, NULL);
  f->setup = fl_setup_new (f->engine);
}

static void
on_shut_down (GObject *source, GAsyncResult *result, gpointer user_data)
{
  fl_bluez_shutdown_finish (FL_BLUEZ (source), result);
  *(gboolean *) user_data = TRUE;
}

static void
tear_down (Journey *f, gconstpointer bus)
{
  gpointer bluez = f->bluez;
  gboolean done = FALSE;

  fl_setup_close (f->setup);
  g_clear_object (&f->setup);
  fl_meta_finder_stop (fl_engine_get_finder (f->engine));
  g_clear_object (&f->engine);
  fl_bluez_shutdown_async (f->bluez, on_shut_down, &done);
  WAIT_FOR (done);
  g_object_add_weak_pointer (G_OBJECT (f->bluez), &bluez);
  g_clear_object (&f->bluez);
  WAIT_FOR (bluez == NULL);
  g_assert_false (mock_bluez_get_device (f->mock, 0)->socket_open_at_disconnect);
  mock_bluez_sim_free (f->sim);
  mock_bluez_free (f->mock);
  g_assert_finalize_object (f->world);
  g_object_unref (f->clock);
  g_dbus_connection_close_sync (f->client, NULL, NULL);
  g_dbus_connection_close_sync (f->server, NULL, NULL);
  g_object_unref (f->client);
  g_object_unref (f->server);
}

static void
start (Journey *f, const char *label_text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlLabel) label = fl_label_parse (label_text, -1, &error);

  g_assert_no_error (error);
  fl_setup_set_label (f->setup, label);
  fl_setup_start (f->setup);
}

static gboolean
is_at (Journey *f, FlStage stage)
{
  FlStage now = fl_setup_get_stage (f->setup);

  if (now == FL_STAGE_FAILED && stage != FL_STAGE_FAILED)
    g_error ("failed: %s", fl_setup_get_error (f->setup)->message);
  return now == stage;
}

static void
wait_for_networks (Journey *f)
{
  WAIT_FOR (is_at (f, FL_STAGE_CHOOSING));
  WAIT_FOR (g_list_model_get_n_items (fl_setup_get_networks (f->setup)) == 1);
}

static void
join (Journey *f, const char *password)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Home", 4);
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (password);
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, secret, FALSE, NULL);

  fl_setup_join (f->setup, credentials);
}

static void
test_online (Journey *f, gconstpointer bus)
{
  start (f, SERIAL " " SECRET);
  wait_for_networks (f);
  join (f, PASSWORD);
  WAIT_FOR (is_at (f, FL_STAGE_ONLINE));
  g_assert_cmpint (fl_setup_get_proof (f->setup) & FL_PROOF_CLOUD, ==, FL_PROOF_CLOUD);
  g_assert_false (f->adapter->connected_while_listening);
}

/* After a crash of bluetoothd the kernel listens for it for a while, and nobody else may. */
static void
test_busy_for_a_while (Journey *f, gconstpointer bus)
{
  f->adapter->start_error = "org.bluez.Error.InProgress";
  start (f, SERIAL " " SECRET);
  WAIT_FOR (f->adapter->n_starts == 3); /* after one second and two more */
  g_assert_cmpint (fl_setup_get_stage (f->setup), ==, FL_STAGE_FINDING);
  f->adapter->start_error = NULL;
  wait_for_networks (f);
}

static void
test_online_without_sockets (Journey *f, gconstpointer bus)
{
  mock_bluez_get_device (f->mock, 0)->no_sockets = TRUE;
  test_online (f, bus);
  g_assert_cmpuint (mock_bluez_get_device (f->mock, 0)->n_packets, ==, 0);
}

static void
test_online_after_bad_connects (Journey *f, gconstpointer bus)
{
  mock_bluez_get_device (f->mock, 0)->connect_failures = 2;
  test_online (f, bus);
}

static void
test_wrong_password (Journey *f, gconstpointer bus)
{
  start (f, SERIAL " " SECRET);
  wait_for_networks (f);
  join (f, "wrong horse");
  WAIT_FOR (fl_setup_get_error (f->setup) != NULL);
  g_assert_true (is_at (f, FL_STAGE_CHOOSING));
  join (f, PASSWORD);
  WAIT_FOR (is_at (f, FL_STAGE_ONLINE));
  g_assert_cmpuint (mock_bluez_get_device (f->mock, 0)->n_connects, ==, 1); /* the same link */
}

static void
test_wrong_secret (Journey *f, gconstpointer bus)
{
  start (f, SERIAL " ABCDEFGHJKLMNPX");
  WAIT_FOR (is_at (f, FL_STAGE_FAILED));
  g_assert_error (fl_setup_get_error (f->setup), FL_ERROR, FL_ERROR_WRONG_SECRET);
}

static void
test_adapter_off (Journey *f, gconstpointer bus)
{
  start (f, SERIAL " " SECRET);
  wait_for_networks (f);
  mock_adapter_set_powered (f->adapter, FALSE);
  join (f, PASSWORD);
  WAIT_FOR (is_at (f, FL_STAGE_FAILED));
  g_assert_error (fl_setup_get_error (f->setup), FL_ERROR, FL_ERROR_BLUETOOTH_OFF);

  mock_adapter_set_powered (f->adapter, TRUE);
  fl_setup_retry (f->setup);
  WAIT_FOR (fl_setup_get_stage (f->setup) == FL_STAGE_ONLINE);
}

static void
add_tests (const char *bus)
{
#define ADD(path, function) g_test_add (path, Journey, bus, set_up, function, tear_down)
  ADD ("/bluez-journey/online/through-sockets", test_online);
  ADD ("/bluez-journey/online/without-sockets", test_online_without_sockets);
  ADD ("/bluez-journey/online/busy-for-a-while", test_busy_for_a_while);
  ADD ("/bluez-journey/online/third-connection", test_online_after_bad_connects);
  ADD ("/bluez-journey/password/wrong-then-right-on-the-same-link", test_wrong_password);
  ADD ("/bluez-journey/secret/wrong-is-e22", test_wrong_secret);
  ADD ("/bluez-journey/adapter/off-in-choosing-is-e02", test_adapter_off);
#undef ADD
}

int
main (int argc, char **argv)
{
  return bluez_fixture_run (argc, argv, add_tests);
}
