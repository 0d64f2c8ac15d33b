/* SPDX-License-Identifier: Apache-2.0 */
#include "bluez-fixture.h"
#include "fl-ble-finder.h"

#include <string.h>

#define SECOND_ADDRESS "AA:BB:CC:DD:EE:02"
#define PROVISIONING   "6e400021-b5a3-f393-e0a9-e50e24dcca9e"

typedef struct
{
  BluezFixture base;
  FlFinder *finder;
  guint n_problems; /* notifications */
} FinderFixture;

static void
on_problem (FlFinder *finder, GParamSpec *pspec, FinderFixture *f)
{
  f->n_problems++;
}

static void
set_up (FinderFixture *f, gconstpointer bus)
{
  g_autoptr (FlProduct) product = fl_product_new_factory ();

  bluez_fixture_set_up (&f->base, bus);
  f->finder = FL_FINDER (fl_ble_finder_new (f->base.bluez, FL_CLOCK (f->base.clock), product));
  g_signal_connect (f->finder, "notify::problem", G_CALLBACK (on_problem), f);
}

static void
tear_down (FinderFixture *f, gconstpointer bus)
{
  g_assert_finalize_object (f->finder);
  bluez_fixture_tear_down (&f->base, bus);
}

static guint
count (FinderFixture *f)
{
  return g_list_model_get_n_items (fl_finder_get_sightings (f->finder));
}

/* Borrowed. */
static FlRoad *
get_road (FinderFixture *f, guint position)
{
  g_autoptr (FlRoad) road = g_list_model_get_item (fl_finder_get_sightings (f->finder), position);

  g_assert_nonnull (road);
  return road;
}

static gboolean
has_problem (FinderFixture *f, FlErrorCode code)
{
  return g_error_matches (fl_finder_get_problem (f->finder), FL_ERROR, code);
}

static void
start (FinderFixture *f)
{
  mock_bluez_start (f->base.mock);
  fl_finder_start (f->finder);
}

static void
start_and_find (FinderFixture *f)
{
  start (f);
  WAIT_FOR (count (f) == 1);
  bluez_fixture_settle (&f->base);
}

static void
advertise (FinderFixture *f)
{
  mock_device_advertise (f->base.device);
  bluez_fixture_settle (&f->base);
}

static void
test_finds (FinderFixture *f, gconstpointer bus)
{
  FlRoad *road;

  start_and_find (f);
  road = get_road (f, 0);
  g_assert_cmpint (fl_road_get_kind (road), ==, FL_ROAD_BLUETOOTH);
  g_assert_cmpstr (fl_road_get_address (road), ==, FIXTURE_ADDRESS);
  g_assert_cmpstr (fl_road_get_name (road), ==, "P2-AB12CD");
  g_assert_cmpstr (fl_road_get_setup_code (road), ==, "AB12CD");
  g_assert_cmpint (fl_road_get_platform_id (road), ==, 32);
  g_assert_cmpint (fl_road_get_signal_dbm (road), ==, -60);
  g_assert_true (fl_road_get_reachable (road));
  g_assert_cmpint (fl_road_get_last_seen_us (road), ==, fl_clock_now_us (FL_CLOCK (f->base.clock)));
  g_assert_null (fl_finder_get_problem (f->finder));
  g_assert_cmpuint (f->n_problems, ==, 0);
}

static void
test_visited (FinderFixture *f, gconstpointer bus)
{
  f->base.device->visited = TRUE;
  start_and_find (f);
  g_assert_cmpuint (f->base.device->n_removed, ==, 1);
  advertise (f);
  g_assert_cmpuint (f->base.device->n_removed, ==, 1);
  g_assert_cmpstr (fl_road_get_setup_code (get_road (f, 0)), ==, "AB12CD");
}

static void
test_left_early (FinderFixture *f, gconstpointer bus)
{
  f->base.device->left_early = TRUE;
  start_and_find (f);
  g_assert_cmpuint (f->base.device->n_removed, ==, 1);
  g_assert_cmpstr (fl_road_get_setup_code (get_road (f, 0)), ==, "AB12CD");
}

/* What somebody paired is not ours to forget. */
static void
test_visited_paired (FinderFixture *f, gconstpointer bus)
{
  f->base.device->visited = f->base.device->paired = TRUE;
  start (f);
  WAIT_FOR (f->base.adapter->listener != NULL);
  advertise (f);
  advertise (f);
  g_assert_cmpuint (f->base.device->n_removed, ==, 0);
  g_assert_cmpuint (count (f), ==, 0);
}

/* Two seconds at a time, as the finder looks. */
static void
pass (FinderFixture *f, guint seconds)
{
  for (guint i = 0; i < seconds; i += 2)
    {
      mock_clock_advance (f->base.clock, 2000);
      bluez_fixture_settle (&f->base);
    }
}

/* A program that was killed has left the link, and the device cannot be heard. */
static void
test_orphan (FinderFixture *f, gconstpointer bus)
{
  mock_bluez_start (f->base.mock);
  mock_device_occupy (f->base.device, f->base.adapter, FALSE);
  fl_finder_start (f->finder);
  WAIT_FOR (f->base.adapter->listener != NULL);
  pass (f, 6);
  g_assert_true (mock_device_is_connected (f->base.device));
  pass (f, 4);
  WAIT_FOR (f->base.device->n_removed == 1);
  WAIT_FOR (count (f) == 1);
  g_assert_cmpstr (fl_road_get_setup_code (get_road (f, 0)), ==, "AB12CD");
}

static void
expect_left_alone (FinderFixture *f, gboolean notifying)
{
  mock_bluez_start (f->base.mock);
  mock_device_occupy (f->base.device, f->base.adapter, notifying);
  fl_finder_start (f->finder);
  WAIT_FOR (f->base.adapter->listener != NULL);
  pass (f, 30);
  g_assert_true (mock_device_is_connected (f->base.device));
  g_assert_cmpuint (f->base.device->n_removed, ==, 0);
}

static void
test_used_by_other (FinderFixture *f, gconstpointer bus)
{
  expect_left_alone (f, TRUE);
}

static void
test_orphan_paired (FinderFixture *f, gconstpointer bus)
{
  f->base.device->paired = TRUE;
  expect_left_alone (f, FALSE);
}

static void
test_orphan_strange (FinderFixture *f, gconstpointer bus)
{
  g_free (f->base.device->service);
  f->base.device->service = g_strdup ("0000180d-0000-1000-8000-00805f9b34fb");
  expect_left_alone (f, FALSE);
}

/* bluetoothd was killed while it wrote the file of that device. */
static void
test_half_stored (FinderFixture *f, gconstpointer bus)
{
  f->base.device->half_stored = TRUE;
  mock_bluez_start (f->base.mock);
  mock_device_remember (f->base.device, f->base.adapter);
  fl_finder_start (f->finder);
  WAIT_FOR (f->base.adapter->listener != NULL);
  pass (f, 10);
  WAIT_FOR (f->base.device->n_removed == 1);
  WAIT_FOR (count (f) == 1);
}

static void
test_half_stored_blocked (FinderFixture *f, gconstpointer bus)
{
  f->base.device->half_stored = f->base.device->blocked = TRUE;
  mock_bluez_start (f->base.mock);
  mock_device_remember (f->base.device, f->base.adapter);
  fl_finder_start (f->finder);
  WAIT_FOR (f->base.adapter->listener != NULL);
  pass (f, 30);
  g_assert_cmpuint (f->base.device->n_removed, ==, 0);
}

static void
test_follows_signal (FinderFixture *f, gconstpointer bus)
{
  start_and_find (f);
  f->base.device->rssi[0] = -41;
  advertise (f);
  g_assert_cmpint (fl_road_get_signal_dbm (get_road (f, 0)), ==, -41);
  g_assert_cmpuint (count (f), ==, 1);
}

static void
test_cut_manufacturer (FinderFixture *f, gconstpointer bus)
{
  /* Photon 2: the name leaves no room for the last character of the code. */
  g_free (f->base.device->name);
  f->base.device->name = g_strdup ("Photon 2-XY34ZW");
  g_bytes_unref (f->base.device->manufacturer);
  f->base.device->manufacturer = g_bytes_new_static ("\x20\x00XY34Z", 7);
  start_and_find (f);
  g_assert_cmpstr (fl_road_get_setup_code (get_road (f, 0)), ==, "XY34ZW");
  g_assert_cmpint (fl_road_get_platform_id (get_road (f, 0)), ==, 32);
}

static void
test_no_manufacturer (FinderFixture *f, gconstpointer bus)
{
  f->base.device->company_id = -1;
  start_and_find (f);
  g_assert_cmpstr (fl_road_get_setup_code (get_road (f, 0)), ==, "AB12CD");
  g_assert_cmpint (fl_road_get_platform_id (get_road (f, 0)), ==, 0);
}

static void
test_others (FinderFixture *f, gconstpointer bus)
{
  MockDevice *company = mock_bluez_add_device (f->base.mock, SECOND_ADDRESS, "AAAAAA");
  MockDevice *service = mock_bluez_add_device (f->base.mock, "AA:BB:CC:DD:EE:03", "BBBBBB");

  company->company_id = 0x1234;
  g_free (service->service);
  service->service = g_strdup (PROVISIONING);
  mock_bluez_start (f->base.mock);
  mock_device_remember (service, f->base.adapter);
  fl_finder_start (f->finder);
  WAIT_FOR (count (f) == 1);
  bluez_fixture_settle (&f->base);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_cmpstr (fl_road_get_address (get_road (f, 0)), ==, FIXTURE_ADDRESS);
}

static const char provisioning_profile[] = "[Product]\n"
                                           "id=custom\n"
                                           "name=Custom\n"
                                           "families=particle\n"
                                           "[Bluetooth]\n"
                                           "service=" PROVISIONING "\n"
                                           "rx=6e400022-b5a3-f393-e0a9-e50e24dcca9e\n"
                                           "tx=6e400023-b5a3-f393-e0a9-e50e24dcca9e\n"
                                           "version=6e400024-b5a3-f393-e0a9-e50e24dcca9e\n"
                                           "version-value=2\n"
                                           "company-id=any\n"
                                           "name-rule=suffix\n"
                                           "provisioning=true\n"
                                           "[Code]\n"
                                           "source=scan\n"
                                           "[Secret]\n"
                                           "source=label\n";

static void
test_second_product (FinderFixture *f, gconstpointer bus)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProduct) product =
      fl_product_parse (provisioning_profile, strlen (provisioning_profile), "x", NULL, &error);
  MockDevice *second = mock_bluez_add_device (f->base.mock, SECOND_ADDRESS, "EF34GH");

  g_assert_no_error (error);
  g_free (second->service);
  second->service = g_strdup (PROVISIONING);
  fl_ble_finder_add_product (FL_BLE_FINDER (f->finder), product);
  start (f);
  WAIT_FOR (count (f) == 2);
  g_assert_cmpuint (g_strv_length (f->base.adapter->filter_services), ==, 2);
}

static void
test_memory_is_no_sighting (FinderFixture *f, gconstpointer bus)
{
  f->base.device->advertising = FALSE;
  mock_bluez_start (f->base.mock);
  mock_device_remember (f->base.device, f->base.adapter);
  fl_finder_start (f->finder);
  WAIT_FOR (f->base.adapter->listener != NULL);
  bluez_fixture_settle (&f->base);
  g_assert_true (fl_bluez_has (f->base.bluez, FIXTURE_PATH, FL_BLUEZ_DEVICE));
  g_assert_cmpuint (count (f), ==, 0);
  f->base.device->advertising = TRUE;
  advertise (f);
  g_assert_cmpuint (count (f), ==, 1);
}

static void
test_goes_silent (FinderFixture *f, gconstpointer bus)
{
  FlRoad *road;

  start_and_find (f);
  road = get_road (f, 0);
  mock_clock_advance (f->base.clock, 8000);
  g_assert_true (fl_road_get_reachable (road));
  advertise (f);
  mock_clock_advance (f->base.clock, 9000);
  g_assert_true (fl_road_get_reachable (road));
  mock_clock_advance (f->base.clock, 4000);
  g_assert_false (fl_road_get_reachable (road));
  g_assert_cmpstr (fl_road_get_setup_code (road), ==, "AB12CD"); /* kept */
  advertise (f);
  g_assert_true (fl_road_get_reachable (road));
}

static void
test_silent_for_long (FinderFixture *f, gconstpointer bus)
{
  start_and_find (f);
  mock_clock_advance (f->base.clock, 14000);
  g_assert_cmpuint (count (f), ==, 1);
  bluez_fixture_settle (&f->base);
  mock_clock_advance (f->base.clock, 64000);
  g_assert_cmpuint (count (f), ==, 0);
}

static void
test_silence_while_held (FinderFixture *f, gconstpointer bus)
{
  FlBluezRadio *radio;

  start_and_find (f);
  radio = bluez_fixture_get_radio (&f->base);
  fl_bluez_radio_hold (radio, 1);
  WAIT_FOR (fl_bluez_radio_is_quiet (radio));
  mock_clock_advance (f->base.clock, 30000);
  g_assert_true (fl_road_get_reachable (get_road (f, 0)));
  f->base.device->advertising = FALSE;
  fl_bluez_radio_hold (radio, -1);
  WAIT_FOR (fl_bluez_radio_get_listening (radio));
  mock_clock_advance (f->base.clock, 9000);
  g_assert_true (fl_road_get_reachable (get_road (f, 0)));
  mock_clock_advance (f->base.clock, 4000);
  g_assert_false (fl_road_get_reachable (get_road (f, 0)));
}

static void
test_forgotten (FinderFixture *f, gconstpointer bus)
{
  start_and_find (f);
  mock_device_forget (f->base.device);
  WAIT_FOR (!fl_road_get_reachable (get_road (f, 0)));
  g_assert_cmpuint (count (f), ==, 1);
  advertise (f);
  g_assert_true (fl_road_get_reachable (get_road (f, 0)));
  g_assert_cmpuint (count (f), ==, 1);
}

static void
test_two_adapters (FinderFixture *f, gconstpointer bus)
{
  mock_bluez_add_adapter (f->base.mock, TRUE);
  f->base.device->rssi[1] = -40;
  start (f);
  WAIT_FOR (count (f) == 1 && fl_road_get_signal_dbm (get_road (f, 0)) == -40);
  bluez_fixture_settle (&f->base);
  g_assert_cmpuint (count (f), ==, 1);

  f->base.device->rssi[1] = -80;
  advertise (f);
  g_assert_cmpint (fl_road_get_signal_dbm (get_road (f, 0)), ==, -60);
}

static void
test_two_adapters_one_unplugged (FinderFixture *f, gconstpointer bus)
{
  mock_bluez_add_adapter (f->base.mock, TRUE);
  f->base.device->rssi[1] = -40;
  start (f);
  WAIT_FOR (count (f) == 1 && fl_road_get_signal_dbm (get_road (f, 0)) == -40);
  mock_adapter_remove (f->base.adapter);
  WAIT_FOR (fl_bluez_get_radios (f->base.bluez)->len == 1);
  g_assert_true (fl_road_get_reachable (get_road (f, 0)));
  g_assert_null (fl_finder_get_problem (f->finder));
}

static void
test_no_adapter (FinderFixture *f, gconstpointer bus)
{
  mock_adapter_remove (f->base.adapter);
  start (f);
  WAIT_FOR (fl_bluez_get_state (f->base.bluez) == FL_BLUEZ_READY);
  g_assert_null (fl_finder_get_problem (f->finder)); /* it may be about to come */
  mock_clock_advance (f->base.clock, 1000);
  g_assert_true (has_problem (f, FL_ERROR_NO_BLUETOOTH));
  mock_bluez_add_adapter (f->base.mock, TRUE);
  WAIT_FOR (fl_finder_get_problem (f->finder) == NULL);
  WAIT_FOR (count (f) == 1);
}

static void
test_no_adapter_blocked (FinderFixture *f, gconstpointer bus)
{
  mock_adapter_remove (f->base.adapter);
  bluez_fixture_write_rfkill (&f->base, "tpacpi_bluetooth_sw", TRUE);
  start (f);
  WAIT_FOR (fl_bluez_get_state (f->base.bluez) == FL_BLUEZ_READY);
  mock_clock_advance (f->base.clock, 1000);
  g_assert_true (has_problem (f, FL_ERROR_BLUETOOTH_BLOCKED));
}

static void
test_unplugged (FinderFixture *f, gconstpointer bus)
{
  start_and_find (f);
  mock_adapter_remove (f->base.adapter);
  WAIT_FOR (!fl_road_get_reachable (get_road (f, 0)));
  WAIT_FOR (fl_bluez_get_radios (f->base.bluez)->len == 0);
  mock_clock_advance (f->base.clock, 1000);
  g_assert_true (has_problem (f, FL_ERROR_NO_BLUETOOTH));
}

static void
test_off (FinderFixture *f, gconstpointer bus)
{
  start_and_find (f);
  mock_adapter_set_powered (f->base.adapter, FALSE);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_OFF));
  g_assert_false (fl_road_get_reachable (get_road (f, 0)));
  g_assert_cmpuint (f->n_problems, ==, 1);

  fl_finder_repair (f->finder, FL_ACTION_TURN_ON_BLUETOOTH);
  WAIT_FOR (fl_finder_get_problem (f->finder) == NULL);
  WAIT_FOR (fl_road_get_reachable (get_road (f, 0)));
}

static void
test_one_of_two_off (FinderFixture *f, gconstpointer bus)
{
  mock_bluez_add_adapter (f->base.mock, FALSE);
  start_and_find (f);
  g_assert_null (fl_finder_get_problem (f->finder));
}

static void
test_off_and_blocked (FinderFixture *f, gconstpointer bus)
{
  MockAdapter *second = mock_bluez_add_adapter (f->base.mock, FALSE);

  mock_adapter_set_blocked (f->base.adapter, TRUE);
  start (f);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_OFF)); /* this one can be mended here */
  mock_adapter_set_blocked (second, TRUE);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_BLOCKED));
}

static void
test_service_restarts (FinderFixture *f, gconstpointer bus)
{
  start_and_find (f);
  mock_bluez_stop (f->base.mock);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_SERVICE));
  g_assert_false (fl_road_get_reachable (get_road (f, 0)));
  mock_bluez_start (f->base.mock);
  WAIT_FOR (fl_finder_get_problem (f->finder) == NULL);
  WAIT_FOR (fl_road_get_reachable (get_road (f, 0)));
  g_assert_cmpuint (count (f), ==, 1);
}

static void
test_service_absent (FinderFixture *f, gconstpointer bus)
{
  fl_finder_start (f->finder);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_SERVICE));
}

static void
test_denied (FinderFixture *f, gconstpointer bus)
{
  mock_bluez_set_denied (f->base.mock, TRUE);
  start (f);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_PERMISSION));
  mock_bluez_set_denied (f->base.mock, FALSE);
  fl_finder_repair (f->finder, FL_ACTION_TRY_AGAIN);
  WAIT_FOR (fl_finder_get_problem (f->finder) == NULL && count (f) == 1);
}

static void
test_busy (FinderFixture *f, gconstpointer bus)
{
  f->base.adapter->start_error = "org.bluez.Error.InProgress";
  start (f);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_BUSY));
  f->base.adapter->start_error = NULL;
  mock_clock_advance (f->base.clock, 1000);
  WAIT_FOR (fl_finder_get_problem (f->finder) == NULL && count (f) == 1);
}

static void
test_deaf (FinderFixture *f, gconstpointer bus)
{
  f->base.device->advertising = FALSE;
  start (f);
  WAIT_FOR (fl_bluez_get_radios (f->base.bluez)->len == 1 &&
            fl_bluez_radio_get_listening (bluez_fixture_get_radio (&f->base)));
  mock_clock_advance (f->base.clock, 20000);
  WAIT_FOR (f->base.adapter->n_starts == 2 &&
            fl_bluez_radio_get_listening (bluez_fixture_get_radio (&f->base)));
  mock_clock_advance (f->base.clock, 20000);
  g_assert_true (has_problem (f, FL_ERROR_BLUETOOTH_DEAF));

  f->base.device->advertising = TRUE;
  fl_finder_repair (f->finder, FL_ACTION_RESTART_BLUETOOTH);
  WAIT_FOR (f->base.adapter->n_power == 2 && count (f) == 1);
  g_assert_null (fl_finder_get_problem (f->finder));
}

static void
test_stop (FinderFixture *f, gconstpointer bus)
{
  g_autoptr (FlLink) link = NULL;

  start_and_find (f);
  fl_finder_stop (f->finder);
  fl_finder_stop (f->finder);
  WAIT_FOR (f->base.adapter->listener == NULL);
  link = fl_finder_create_link (f->finder, get_road (f, 0));
  g_assert_nonnull (link);
  fl_finder_start (f->finder);
  WAIT_FOR (f->base.adapter->listener != NULL);
  g_assert_cmpuint (count (f), ==, 1);
}

static void
on_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fl_link_open_finish (FL_LINK (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
test_link (FinderFixture *f, gconstpointer bus)
{
  g_autoptr (FlRoad) unknown = fl_road_new (FL_ROAD_BLUETOOTH, SECOND_ADDRESS);
  g_autoptr (FlLink) link = NULL;
  gboolean open = FALSE;

  start_and_find (f);
  g_assert_null (fl_finder_create_link (f->finder, unknown));
  link = fl_finder_create_link (f->finder, get_road (f, 0));
  fl_link_open_async (link, NULL, on_open, &open);
  WAIT_FOR (open);

  /* Connected, it is silent, and yet in reach. */
  mock_clock_advance (f->base.clock, 30000);
  g_assert_true (fl_road_get_reachable (get_road (f, 0)));
  fl_link_close (link);
  WAIT_FOR (f->base.device->n_removed == 1);
  g_assert_true (fl_road_get_reachable (get_road (f, 0)));
}

static void
test_link_over_the_better_adapter (FinderFixture *f, gconstpointer bus)
{
  g_autoptr (FlLink) link = NULL;
  gboolean open = FALSE;

  mock_bluez_add_adapter (f->base.mock, TRUE);
  f->base.device->rssi[1] = -40;
  start (f);
  WAIT_FOR (count (f) == 1 && fl_road_get_signal_dbm (get_road (f, 0)) == -40);
  link = fl_finder_create_link (f->finder, get_road (f, 0));
  fl_link_open_async (link, NULL, on_open, &open);
  WAIT_FOR (open);
  g_assert_true (fl_bluez_get_boolean (f->base.bluez, "/org/bluez/hci1/dev_AA_BB_CC_DD_EE_01",
                                       FL_BLUEZ_DEVICE, "Connected"));
  fl_link_close (link);
}

static void
add_tests (const char *bus)
{
#define ADD(path, function) g_test_add (path, FinderFixture, bus, set_up, function, tear_down)
  ADD ("/ble-finder/found/as-advertised", test_finds);
  ADD ("/ble-finder/found/signal-follows", test_follows_signal);
  ADD ("/ble-finder/found/visited-by-another-program", test_visited);
  ADD ("/ble-finder/found/visited-and-left-early", test_left_early);
  ADD ("/ble-finder/found/visited-but-paired-stays", test_visited_paired);
  ADD ("/ble-finder/found/orphan-of-a-killed-program", test_orphan);
  ADD ("/ble-finder/found/in-use-by-another-program-stays", test_used_by_other);
  ADD ("/ble-finder/found/orphan-but-paired-stays", test_orphan_paired);
  ADD ("/ble-finder/found/orphan-of-another-kind-stays", test_orphan_strange);
  ADD ("/ble-finder/found/half-stored-by-bluetoothd", test_half_stored);
  ADD ("/ble-finder/found/half-stored-but-blocked-stays", test_half_stored_blocked);
  ADD ("/ble-finder/found/cut-manufacturer-data", test_cut_manufacturer);
  ADD ("/ble-finder/found/no-manufacturer-data", test_no_manufacturer);
  ADD ("/ble-finder/found/nobody-else", test_others);
  ADD ("/ble-finder/found/second-product", test_second_product);
  ADD ("/ble-finder/found/memory-of-bluez-is-no-sighting", test_memory_is_no_sighting);
  ADD ("/ble-finder/lost/silent-for-10-s", test_goes_silent);
  ADD ("/ble-finder/lost/silent-for-a-minute-is-dropped", test_silent_for_long);
  ADD ("/ble-finder/lost/silence-counts-only-while-listening", test_silence_while_held);
  ADD ("/ble-finder/lost/forgotten-by-bluez", test_forgotten);
  ADD ("/ble-finder/adapters/two-are-one-road", test_two_adapters);
  ADD ("/ble-finder/adapters/one-of-two-unplugged", test_two_adapters_one_unplugged);
  ADD ("/ble-finder/adapters/none-is-e01", test_no_adapter);
  ADD ("/ble-finder/adapters/none-and-switch-off-is-e03", test_no_adapter_blocked);
  ADD ("/ble-finder/adapters/unplugged-is-e01", test_unplugged);
  ADD ("/ble-finder/adapters/off-is-e02-until-turned-on", test_off);
  ADD ("/ble-finder/adapters/one-of-two-off-is-no-problem", test_one_of_two_off);
  ADD ("/ble-finder/adapters/off-before-blocked", test_off_and_blocked);
  ADD ("/ble-finder/service/restarts-is-e04", test_service_restarts);
  ADD ("/ble-finder/service/absent-is-e04", test_service_absent);
  ADD ("/ble-finder/service/denied-is-e05", test_denied);
  ADD ("/ble-finder/service/busy-is-e06", test_busy);
  ADD ("/ble-finder/service/deaf-is-e07-until-restart", test_deaf);
  ADD ("/ble-finder/stop/ends-discovery", test_stop);
  ADD ("/ble-finder/link/known-roads-only", test_link);
  ADD ("/ble-finder/link/over-the-better-adapter", test_link_over_the_better_adapter);
#undef ADD
}

int
main (int argc, char **argv)
{
  return bluez_fixture_run (argc, argv, add_tests);
}
