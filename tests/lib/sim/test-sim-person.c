/* SPDX-License-Identifier: Apache-2.0 */
#include "sim-client.h"

#include "fl-sim-usb.h"

#define BOARD                                                                                      \
  "[Device Board]\nusb=yes\nhandshake-time=0\nboot-time=2s\nassociate-time=1s\naddress-time=1s\n"  \
  "cloud-time=1s\n"

/* What a person does to a device, and what others notice of it. */

static gboolean
is_heard (SimClient *client)
{
  guint8 payload[2][31];
  gsize size[2];

  return fl_sim_device_advertise (client->device, payload[0], &size[0], payload[1], &size[1],
                                  client->now_us);
}

static void
assert_closed (SimClient *client, FlSimClosed how)
{
  fl_sim_connection_tick (client->connection, client->now_us);
  g_assert_cmpint (fl_sim_connection_is_closed (client->connection), ==, how);
}

static void
test_power_cut (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);

  sim_client_open (client);
  fl_sim_device_power_off (client->device, client->now_us);
  g_assert_false (fl_sim_device_has_power (client->device));
  g_assert_cmpuint (fl_sim_usb_get_attachment (client->device, client->now_us), ==, 0);
  g_assert_false (is_heard (client));
  assert_closed (client, FL_SIM_OPEN);
  sim_client_wait (client, SECONDS (4));
  assert_closed (client, FL_SIM_OPEN);
  sim_client_wait (client, SECONDS (2));
  assert_closed (client, FL_SIM_CLOSED_TIMEOUT);
}

static void
test_power_back (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD TEST_NETWORKS);
  guint attachment;

  attachment = fl_sim_usb_get_attachment (client->device, client->now_us);
  fl_sim_device_power_off (client->device, client->now_us);
  sim_client_wait (client, SECONDS (60));
  g_assert_false (is_heard (client));
  fl_sim_device_power_on (client->device, client->now_us);
  g_assert_true (fl_sim_device_has_power (client->device));
  g_assert_false (fl_sim_device_is_running (client->device));
  sim_client_wait (client, SECONDS (3));
  g_assert_true (is_heard (client));
  g_assert_cmpuint (fl_sim_usb_get_attachment (client->device, client->now_us), ==, attachment + 1);
  sim_client_open (client);
  g_assert_cmpint (sim_client_join (client, "Home", 3, "lighthouse7"), ==, 0);
}

/* The old link ends by its own time-out, even when the device has started again meanwhile. */
static void
test_power_back_at_once (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);

  sim_client_open (client);
  fl_sim_device_power_off (client->device, client->now_us);
  fl_sim_device_power_on (client->device, client->now_us);
  sim_client_wait (client, SECONDS (3));
  assert_closed (client, FL_SIM_OPEN);
  sim_client_wait (client, SECONDS (3));
  assert_closed (client, FL_SIM_CLOSED_TIMEOUT);
}

static void
test_known_survives_power_cut (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD TEST_NETWORKS);

  sim_client_open (client);
  g_assert_cmpint (sim_client_join (client, "Home", 3, "lighthouse7"), ==, 0);
  fl_sim_device_power_off (client->device, client->now_us);
  sim_client_wait (client, SECONDS (10));
  g_assert_cmpint (fl_sim_device_get_cloud (client->device), ==, FL_SIM_CLOUD_DISCONNECTED);
  fl_sim_device_power_on (client->device, client->now_us);
  sim_client_wait (client, SECONDS (10));
  g_assert_cmpint (fl_sim_device_get_cloud (client->device), ==, FL_SIM_CLOUD_CONNECTED);
}

static void
test_away (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);

  sim_client_open (client);
  fl_sim_device_carry_away (client->device, client->now_us);
  g_assert_true (fl_sim_device_is_away (client->device, client->now_us));
  sim_client_wait (client, SECONDS (6));
  assert_closed (client, FL_SIM_CLOSED_TIMEOUT);
  sim_client_disconnect (client);
  g_assert_false (is_heard (client));
  fl_sim_device_carry_back (client->device, client->now_us);
  g_assert_true (is_heard (client));
  sim_client_open (client);
}

/* Back before the link has noticed: it goes on. */
static void
test_away_for_a_moment (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);

  sim_client_open (client);
  fl_sim_device_carry_away (client->device, client->now_us);
  sim_client_wait (client, SECONDS (2));
  fl_sim_device_carry_back (client->device, client->now_us);
  sim_client_wait (client, SECONDS (20));
  assert_closed (client, FL_SIM_OPEN);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_GET_DEVICE_MODE, NULL), ==, 0);
}

/* A cable that is still in says nothing of Bluetooth's range. */
static void
test_away_on_cable (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);

  fl_sim_device_carry_away (client->device, client->now_us);
  g_assert_cmpuint (fl_sim_usb_get_attachment (client->device, client->now_us), !=, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim-person/power/cut", test_power_cut);
  g_test_add_func ("/sim-person/power/back", test_power_back);
  g_test_add_func ("/sim-person/power/back-at-once", test_power_back_at_once);
  g_test_add_func ("/sim-person/power/known-survives", test_known_survives_power_cut);
  g_test_add_func ("/sim-person/away/for-good", test_away);
  g_test_add_func ("/sim-person/away/for-a-moment", test_away_for_a_moment);
  g_test_add_func ("/sim-person/away/on-cable", test_away_on_cable);
  return g_test_run ();
}
