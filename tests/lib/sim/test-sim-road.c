/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-ble-channel.h"
#include "fl-control-driver.h"
#include "fl-error.h"
#include "fl-product-loader.h"
#include "fl-sim-device.h"
#include "fl-sim-finder.h"
#include "fl-sim-loader.h"
#include "fl-system-random.h"

#include <string.h>

/* Finder and link with a virtual clock, as --simulate uses them. */
typedef struct
{
  FlClock *clock;
  FlSimWorld *world;
  FlProduct *product;
  FlFinder *finder;
  GAsyncResult *result; /* of the last operation */
  guint n_found;
  guint n_closed;
  GError *closed;
} Fixture;

static void
set_up (Fixture *f, gconstpointer scenario)
{
  g_autoptr (GError) error = NULL;

  f->clock = fl_virtual_clock_new ();
  f->product = fl_product_new_factory ();
  f->world = strchr (scenario, '[') != NULL
                 ? fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error)
                 : fl_sim_world_load (scenario, 0, &error);
  g_assert_no_error (error);
  f->finder = FL_FINDER (fl_sim_finder_new (f->world, f->clock, f->product));
  fl_finder_start (f->finder);
}

static void
tear_down (Fixture *f, gconstpointer scenario)
{
  fl_finder_stop (f->finder);
  g_clear_object (&f->result);
  g_clear_error (&f->closed);
  g_assert_finalize_object (f->finder);
  g_assert_finalize_object (f->world);
  g_assert_finalize_object (f->product);
  g_assert_finalize_object (f->clock);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;

  g_set_object (&f->result, result);
}

static void
on_closed (gpointer object, const GError *reason, Fixture *f)
{
  f->n_closed++;
  g_clear_error (&f->closed);
  f->closed = reason != NULL ? g_error_copy (reason) : NULL;
}

static void
on_network (FlDriver *driver, FlNetwork *network, Fixture *f)
{
  f->n_found++;
}

static GAsyncResult *
wait_result (Fixture *f)
{
  while (f->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return f->result;
}

/* Runs the main loop until then; something always happens while the finder runs. */
static void
wait_time (Fixture *f, gint64 time_us)
{
  gint64 end_us = fl_clock_now_us (f->clock) + time_us;

  while (fl_clock_now_us (f->clock) < end_us)
    g_main_context_iteration (NULL, TRUE);
}

static FlRoad *
find_road (Fixture *f, const char *code)
{
  GListModel *sightings = fl_finder_get_sightings (f->finder);

  for (guint i = 0; i < g_list_model_get_n_items (sightings); i++)
    {
      g_autoptr (FlRoad) road = g_list_model_get_item (sightings, i);

      if (fl_road_matches_code (road, code))
        return road; /* the list keeps it */
    }
  return NULL;
}

static FlRoad *
wait_road (Fixture *f, const char *code)
{
  while (find_road (f, code) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return find_road (f, code);
}

static void
test_found (Fixture *f, gconstpointer scenario)
{
  GListModel *sightings = fl_finder_get_sightings (f->finder);
  FlRoad *road;

  wait_time (f, 3 * G_USEC_PER_SEC);
  g_assert_cmpuint (g_list_model_get_n_items (sightings), ==, 4);
  road = find_road (f, "AB12CD");
  g_assert_nonnull (road);
  g_assert_cmpstr (fl_road_get_name (road), ==, "P2-AB12CD");
  g_assert_cmpint (fl_road_get_platform_id (road), ==, 32);
  g_assert_cmpint (fl_road_get_signal_dbm (road), <, -40);
  g_assert_true (fl_road_get_reachable (road));
  road = find_road (f, "51F00D"); /* the cut advertisement: by its name */
  g_assert_nonnull (road);
  g_assert_null (fl_road_get_setup_code (road));
}

/* From the air to the cloud, with the real driver. */
static void
test_journey (Fixture *f, gconstpointer scenario)
{
  FlRoad *road = wait_road (f, "AB12CD");
  FlSimDevice *device = fl_sim_world_find_device (f->world, "AB12CD");
  g_autoptr (FlLink) link = fl_finder_create_link (f->finder, road);
  g_autoptr (FlControlChannel) channel =
      fl_ble_channel_new (link, f->clock, fl_system_random, NULL);
  g_autoptr (FlDriver) driver = fl_control_driver_new (channel, f->clock, 32, FALSE);
  g_autofree char *name = fl_sim_world_get_network_name (f->world);
  g_autofree char *text = fl_sim_world_get_network_password (f->world);
  g_autoptr (GBytes) ssid = g_bytes_new (name, strlen (name));
  g_autoptr (FlSecret) password = fl_secret_new_from_string (text);
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);
  g_autoptr (FlDeviceState) state = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (driver, "network-found", G_CALLBACK (on_network), f);
  fl_driver_connect_async (driver, NULL, on_result, f);
  g_assert_true (fl_driver_finish (driver, wait_result (f), &error));
  g_clear_object (&f->result);
  fl_driver_secure_async (driver, fl_sim_device_get_spec (device)->secret, NULL, on_result, f);
  fl_driver_finish (driver, wait_result (f), &error);
  g_assert_no_error (error);
  g_clear_object (&f->result);
  fl_driver_scan_async (driver, NULL, on_result, f);
  fl_driver_finish (driver, wait_result (f), &error);
  g_assert_no_error (error);
  g_clear_object (&f->result);
  g_assert_cmpuint (f->n_found, >=, 7);
  fl_driver_join_async (driver, credentials, NULL, on_result, f);
  fl_driver_finish (driver, wait_result (f), &error);
  g_assert_no_error (error);
  g_clear_object (&f->result);
  wait_time (f, 6 * G_USEC_PER_SEC);
  fl_driver_read_state_async (driver, NULL, on_result, f);
  state = fl_driver_read_state_finish (driver, wait_result (f), &error);
  g_assert_no_error (error);
  g_assert_cmpint (state->cloud, ==, FL_CLOUD_CONNECTED);
  g_assert_true (state->has_ipv4);
  g_assert_true (g_bytes_equal (state->ssid, ssid));
  fl_driver_close (driver);
}

static FlLink *
create_link (Fixture *f)
{
  FlLink *link = fl_finder_create_link (f->finder, wait_road (f, "AB12CD"));

  g_signal_connect (link, "closed", G_CALLBACK (on_closed), f);
  return link;
}

#define ONE "[World]\nadvert-loss=0\n[Device Board]\nserial=P046AD342AB12CD\n"

static void
test_open (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlLink) link = create_link (f);
  g_autoptr (GError) error = NULL;
  gint64 started_us = fl_clock_now_us (f->clock);

  fl_link_open_async (link, NULL, on_result, f);
  g_assert_true (fl_link_open_finish (link, wait_result (f), &error));
  g_assert_no_error (error);
  g_assert_cmpint (fl_clock_now_us (f->clock) - started_us, ==, 200 * 1000);
  g_assert_cmpuint (fl_link_get_max_send (link), ==, 244);
  fl_link_close (link);
  fl_link_close (link);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_no_error (f->closed);
}

static void
test_open_fails (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlLink) link = create_link (f);
  g_autoptr (GError) error = NULL;

  fl_link_open_async (link, NULL, on_result, f);
  g_assert_false (fl_link_open_finish (link, wait_result (f), &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_CONNECT_FAILED);
  g_assert_cmpuint (f->n_closed, ==, 0);
  g_clear_object (&f->result); /* the eighth try of all works */
  g_clear_error (&error);
  fl_link_open_async (link, NULL, on_result, f);
  g_assert_true (fl_link_open_finish (link, wait_result (f), &error));
  g_assert_no_error (error);
}

static void
test_open_refused (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlLink) link = create_link (f);
  g_autoptr (GError) error = NULL;

  fl_link_open_async (link, NULL, on_result, f);
  g_assert_false (fl_link_open_finish (link, wait_result (f), &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED_SERVICES);
}

static void
test_open_cancelled (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlLink) link = create_link (f);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  fl_link_open_async (link, cancellable, on_result, f);
  g_cancellable_cancel (cancellable);
  g_assert_false (fl_link_open_finish (link, wait_result (f), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  wait_time (f, G_USEC_PER_SEC);
  g_assert_cmpuint (f->n_closed, ==, 0);
}

static void
test_link_lost (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlLink) link = create_link (f);
  g_autoptr (GError) error = NULL;

  fl_link_open_async (link, NULL, on_result, f);
  g_assert_true (fl_link_open_finish (link, wait_result (f), &error));
  wait_time (f, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_error (f->closed, FL_ERROR, FL_ERROR_LINK_LOST);
}

static void
test_adapter_removed (Fixture *f, gconstpointer scenario)
{
  g_autoptr (FlLink) link = create_link (f);
  FlRoad *road = find_road (f, "AB12CD");
  g_autoptr (GError) error = NULL;

  fl_link_open_async (link, NULL, on_result, f);
  g_assert_true (fl_link_open_finish (link, wait_result (f), &error));
  g_assert_no_error (fl_finder_get_problem (f->finder));
  wait_time (f, 3 * G_USEC_PER_SEC);
  g_assert_error (f->closed, FL_ERROR, FL_ERROR_NO_BLUETOOTH);
  g_assert_error (fl_finder_get_problem (f->finder), FL_ERROR, FL_ERROR_NO_BLUETOOTH);
  g_assert_false (fl_road_get_reachable (road));
  wait_time (f, 3 * G_USEC_PER_SEC);
  g_assert_no_error (fl_finder_get_problem (f->finder));
  g_assert_true (fl_road_get_reachable (road));
}

static void
test_adapter_off (Fixture *f, gconstpointer scenario)
{
  wait_time (f, 2 * G_USEC_PER_SEC);
  g_assert_error (fl_finder_get_problem (f->finder), FL_ERROR, FL_ERROR_BLUETOOTH_OFF);
  fl_finder_repair (f->finder, FL_ACTION_TURN_ON_BLUETOOTH);
  g_assert_no_error (fl_finder_get_problem (f->finder));
}

static void
test_vanished (Fixture *f, gconstpointer scenario)
{
  FlRoad *road = wait_road (f, "AB12CD");

  wait_time (f, 10 * G_USEC_PER_SEC);
  g_assert_true (fl_road_get_reachable (road));
  wait_time (f, 10 * G_USEC_PER_SEC);
  g_assert_false (fl_road_get_reachable (road));
}

static void
test_crowd (Fixture *f, gconstpointer scenario)
{
  wait_time (f, 3 * G_USEC_PER_SEC);
  g_assert_cmpuint (g_list_model_get_n_items (fl_finder_get_sightings (f->finder)), ==, 500);
}

/* Each shipped profile finds its own device of the scenario and gets through to it. */
static void
test_methods (void)
{
  static const struct
  {
    const char *product;
    const char *device;
    guint n_found;
  } cases[] = {
    { "particle-factory", "Factory", 1 },
    { "particle-provisioning", "Provisioning", 3 },
    { "particle-fixed-secret", "Fixed secret", 3 },
    { "particle-fixed-id", "Fixed ID", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture f = { .clock = fl_virtual_clock_new () };
      g_autoptr (FlLink) link = NULL;
      g_autoptr (GError) error = NULL;
      FlSimDevice *device;
      GListModel *sightings;

      f.product = fl_product_load (cases[i].product, &error);
      g_assert_no_error (error);
      f.world = fl_sim_world_load ("four-methods", 0, &error);
      g_assert_no_error (error);
      f.finder = FL_FINDER (fl_sim_finder_new (f.world, f.clock, f.product));
      fl_finder_start (f.finder);
      wait_time (&f, 2 * G_USEC_PER_SEC);
      sightings = fl_finder_get_sightings (f.finder);
      g_assert_cmpuint (g_list_model_get_n_items (sightings), ==, cases[i].n_found);

      device = fl_sim_world_find_device (f.world, cases[i].device);
      link =
          fl_finder_create_link (f.finder, wait_road (&f, fl_sim_device_get_spec (device)->code));
      fl_link_open_async (link, NULL, on_result, &f);
      g_assert_true (fl_link_open_finish (link, wait_result (&f), &error));
      g_assert_no_error (error);
      g_assert_finalize_object (g_steal_pointer (&f.result));
      g_assert_finalize_object (g_steal_pointer (&link));
      tear_down (&f, NULL);
    }
}

static void
test_built_in (void)
{
  g_auto (GStrv) names = fl_sim_scenario_list ();

  g_assert_cmpuint (g_strv_length (names), ==, 15);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FlSimWorld) world = fl_sim_world_load (names[i], 5, &error);
      g_autofree char *text = NULL;
      g_autofree char *label = NULL;
      g_autofree char *network = NULL;
      g_autofree char *password = NULL;

      g_assert_no_error (error);
      text = fl_sim_world_describe (world);
      label = fl_sim_world_get_label (world);
      network = fl_sim_world_get_network_name (world);
      password = fl_sim_world_get_network_password (world);
      g_assert_nonnull (strstr (text, label));
      g_assert_nonnull (strstr (text, network));
      g_assert_nonnull (strstr (text, password));
    }
}

static void
test_not_there (void)
{
  static const char *const names[] = { "nonsense", "/nowhere/x.scenario", "../default", "/" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fl_sim_world_load (names[i], 0, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
    }
}

static void
add (const char *path, const char *scenario, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, scenario, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/road/default/four-devices-are-found", "default", test_found);
  add ("/road/default/reaches-the-cloud", "default", test_journey);
  add ("/road/link/opens-and-closes", ONE, test_open);
  add ("/road/link/gives-up-after-five-tries", ONE "faults=connect-fails=7\n", test_open_fails);
  add ("/road/link/other-version-is-refused", ONE "faults=wrong-version=3\n", test_open_refused);
  add ("/road/link/lacking-characteristic-is-refused", ONE "faults=missing=tx\n",
       test_open_refused);
  add ("/road/link/opening-is-cancelled", ONE, test_open_cancelled);
  add ("/road/link/is-lost", ONE "faults=drop-link-after=1s\n", test_link_lost);
  add ("/road/adapter/is-removed-and-comes-back",
       "[World]\nadvert-loss=0\nfaults=adapter-removed-at=3s; adapter-back-at=5s\n"
       "[Device Board]\nserial=P046AD342AB12CD\n",
       test_adapter_removed);
  add ("/road/adapter/is-turned-on-again",
       "[World]\nfaults=adapter-off-at=1s\n[Device Board]\nserial=P046AD342AB12CD\n",
       test_adapter_off);
  add ("/road/device/vanishes", ONE "faults=vanish-at=5s\n", test_vanished);
  add ("/road/crowd/all-are-found", "crowd", test_crowd);
  g_test_add_func ("/road/methods/each-profile-finds-its-device", test_methods);
  g_test_add_func ("/road/built-in/all-can-be-loaded", test_built_in);
  g_test_add_func ("/road/loader/not-there-is-refused", test_not_there);
  return g_test_run ();
}
