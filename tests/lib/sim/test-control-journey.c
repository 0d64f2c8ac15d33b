/* SPDX-License-Identifier: Apache-2.0 */

/* The Particle driver over its secure channel against the simulated device of each firmware, from
 * the open link to the cloud. */

#include <string.h>

#include "fl-ble-channel.h"
#include "fl-control-driver.h"
#include "fl-error.h"
#include "fl-product.h"
#include "fl-sim-link.h"
#include "fl-sim-loader.h"
#include "fl-system-random.h"

typedef struct
{
  const char *scenario;
  int platform_id;
  const char *firmware;
} Row;

static const Row rows[] = {
  { "argon-3.3.0", 12, "3.3.0" }, { "p2-5.3.1", 32, "5.3.1" },    { "p2-5.8.2", 32, "5.8.2" },
  { "p2-6.2.0", 32, "6.2.0" },    { "m-som-6.2.0", 35, "6.2.0" },
};

typedef struct
{
  FlClock *clock;
  FlSimWorld *world;
  FlSimDevice *device;
  FlDriver *driver;
  FlNetwork *network; /* the best one with the name that the world advises */
  char *name;
} Journey;

static void
on_found (FlDriver *driver, FlNetwork *network, Journey *journey)
{
  if (strcmp (fl_network_get_name (network), journey->name) == 0)
    g_set_object (&journey->network, network);
}

static void
set_up (Journey *journey, gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProduct) product = fl_product_new_factory ();
  g_autoptr (FlSimLink) link = NULL;
  g_autoptr (FlControlChannel) channel = NULL;

  journey->clock = fl_virtual_clock_new ();
  journey->world = fl_sim_world_load (row->scenario, 0, &error);
  g_assert_no_error (error);
  journey->name = fl_sim_world_get_network_name (journey->world);
  journey->device = fl_sim_world_get_device (journey->world, 0);
  fl_sim_world_tick (journey->world, fl_clock_now_us (journey->clock));
  link = fl_sim_link_new (journey->device, journey->clock, product);
  channel = fl_ble_channel_new (FL_LINK (link), journey->clock, fl_system_random, NULL);
  journey->driver = fl_control_driver_new (channel, journey->clock, row->platform_id, FALSE);
  g_signal_connect (journey->driver, "network-found", G_CALLBACK (on_found), journey);
}

static void
tear_down (Journey *journey, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (journey->driver, journey);
  fl_driver_close (journey->driver);
  g_clear_object (&journey->network);
  g_clear_pointer (&journey->name, g_free);
  g_assert_finalize_object (journey->driver);
  g_clear_object (&journey->world);
  g_clear_object (&journey->clock);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
finish (Journey *journey, GAsyncResult **result, int expected)
{
  g_autoptr (GError) error = NULL;

  wait_for (result);
  fl_driver_finish (journey->driver, *result, &error);
  g_clear_object (result);
  if (expected == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, FL_ERROR, expected);
}

static void
open_session (Journey *journey)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *label = fl_sim_device_get_label (journey->device);
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (strchr (label, ' ') + 1);

  fl_driver_connect_async (journey->driver, NULL, on_result, &result);
  finish (journey, &result, 0);
  fl_driver_secure_async (journey->driver, secret, NULL, on_result, &result);
  finish (journey, &result, 0);
}

static void
read_info (Journey *journey, const Row *row)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  fl_driver_read_info_async (journey->driver, NULL, on_result, &result);
  wait_for (&result);
  info = fl_driver_read_info_finish (journey->driver, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->firmware, ==, row->firmware);
  g_assert_cmpint (info->platform_id, ==, row->platform_id);
  g_assert_nonnull (info->serial);
  g_assert_nonnull (info->device_id);
  g_assert_cmpint (info->mode, ==, FL_MODE_LISTENING);
  g_assert_true (info->protected_known && !info->is_protected);
}

static void
join (Journey *journey, const char *password, FlSecurity security, int expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) ssid = g_bytes_new (journey->name, strlen (journey->name));
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (password);
  g_autoptr (FlCredentials) credentials = fl_credentials_new (ssid, security, secret, FALSE, NULL);

  fl_driver_join_async (journey->driver, credentials, NULL, on_result, &result);
  finish (journey, &result, expected);
}

static FlDeviceState *
read_state (Journey *journey)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FlDeviceState *state = NULL;

  fl_driver_read_state_async (journey->driver, NULL, on_result, &result);
  wait_for (&result);
  state = fl_driver_read_state_finish (journey->driver, result, &error);
  g_assert_no_error (error);
  return state;
}

static void
on_second (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
wait_a_second (Journey *journey)
{
  gboolean over = FALSE;

  fl_clock_add_ms (journey->clock, 1000, on_second, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

/* Until the device says that it is associated, has an address and is connected to the cloud. */
static void
wait_until_online (Journey *journey)
{
  for (int i = 0; i < 120; i++)
    {
      g_autoptr (FlDeviceState) state = read_state (journey);
      g_autofree char *name = NULL;

      if (state->cloud == FL_CLOUD_CONNECTED)
        {
          name = fl_ssid_to_name (g_bytes_get_data (state->ssid, NULL),
                                  g_bytes_get_size (state->ssid));
          g_assert_cmpstr (name, ==, journey->name);
          g_assert_true (state->wifi_known && state->wifi_link && state->has_ipv4);
          g_assert_nonnull (state->mac);
          return;
        }
      wait_a_second (journey);
    }
  g_assert_not_reached ();
}

static void
test_journey (Journey *journey, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *password = fl_sim_world_get_network_password (journey->world);
  g_autoptr (GPtrArray) known = NULL;
  FlSecurity security = FL_SECURITY_OPEN;

  open_session (journey);
  read_info (journey, data);
  fl_driver_scan_async (journey->driver, NULL, on_result, &result);
  finish (journey, &result, 0);
  g_assert_nonnull (journey->network);
  security = fl_network_get_security (journey->network);

  join (journey, "wrong password", security, FL_ERROR_JOIN_UNCLEAR);
  join (journey, password, security, 0); /* the session is still open */
  wait_until_online (journey);

  fl_driver_list_known_async (journey->driver, NULL, on_result, &result);
  wait_for (&result);
  known = fl_driver_list_known_finish (journey->driver, result, NULL);
  g_clear_object (&result);
  g_assert_cmpuint (known->len, ==, 1);
  g_assert_cmpstr (fl_network_get_name (known->pdata[0]), ==, journey->name);

  fl_driver_leave_async (journey->driver, NULL, on_result, &result);
  finish (journey, &result, 0);
  g_assert_false (fl_sim_device_is_listening (journey->device));
  g_assert_cmpint (fl_sim_device_get_cloud (journey->device), ==, FL_SIM_CLOUD_CONNECTED);
}

/* Nobody scanned: the driver does where the firmware needs it. */
static void
test_join_without_scan (Journey *journey, gconstpointer data)
{
  g_autofree char *password = fl_sim_world_get_network_password (journey->world);

  open_session (journey);
  read_info (journey, data);
  join (journey, password, FL_SECURITY_WPA2, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *journey =
          g_strdup_printf ("/control-journey/%s/label-to-cloud", rows[i].scenario);
      g_autofree char *join_path =
          g_strdup_printf ("/control-journey/%s/join-without-scan", rows[i].scenario);

      g_test_add (journey, Journey, &rows[i], set_up, test_journey, tear_down);
      g_test_add (join_path, Journey, &rows[i], set_up, test_join_without_scan, tear_down);
    }
  return g_test_run ();
}
