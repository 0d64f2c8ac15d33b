/* SPDX-License-Identifier: Apache-2.0 */
#include "sim-client.h"

#include "fl-result.h"

/* Times of the default: to associate 1 s, address 1.5 s, cloud 3 s. */
#define P2       "[Device Board]\nplatform=p2\nfirmware=6.2.0\n"
#define MANUAL   P2 "application=manual\n"
#define NETWORKS "[Network Home]\npassword=lighthouse7\n"

static void
assert_state (SimClient *client, FlSimWifiState wifi, FlSimCloudState cloud)
{
  g_assert_cmpint (fl_sim_device_get_wifi (client->device), ==, wifi);
  g_assert_cmpint (fl_sim_device_get_cloud (client->device), ==, cloud);
  g_assert_cmpint (fl_sim_device_get_network (client->device) != NULL, ==,
                   wifi >= FL_SIM_WIFI_ADDRESSING);
}

static SimClient *
join (const char *scenario)
{
  SimClient *client = sim_client_new (scenario);

  sim_client_open (client);
  g_assert_cmpint (sim_client_join (client, "Home", FL_SECURITY_WPA2, "lighthouse7"), ==, 0);
  return client;
}

/* In set-up mode all the way: the light goes on blinking blue. */
static void
test_normal (void)
{
  g_autoptr (SimClient) client = join (P2 NETWORKS);

  assert_state (client, FL_SIM_WIFI_CONNECTING, FL_SIM_CLOUD_DISCONNECTED);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_GET_CURRENT_NETWORK, NULL), ==,
                   FL_RESULT_INVALID_STATE);
  sim_client_wait (client, SECONDS (1));
  assert_state (client, FL_SIM_WIFI_ADDRESSING, FL_SIM_CLOUD_DISCONNECTED);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_GET_CURRENT_NETWORK, NULL), ==, 0);
  sim_client_wait (client, SECONDS (1.5));
  assert_state (client, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTING);
  sim_client_wait (client, SECONDS (3));
  assert_state (client, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTED);
  g_assert_true (fl_sim_device_is_listening (client->device));
}

/* Before 5.8 the trial connection is kept. */
static void
test_old (void)
{
  g_autoptr (SimClient) client =
      sim_client_new ("[Device Board]\nplatform=argon\nfirmware=3.3.0\n" NETWORKS);

  sim_client_open (client);
  g_assert_cmpint (sim_client_join (client, "Home", FL_SECURITY_WPA2, "lighthouse7"), ==, 0);
  assert_state (client, FL_SIM_WIFI_ADDRESSING, FL_SIM_CLOUD_DISCONNECTED);
}

static void
test_manual (void)
{
  g_autoptr (SimClient) client = join (MANUAL NETWORKS);

  sim_client_wait (client, SECONDS (60));
  assert_state (client, FL_SIM_WIFI_READY, FL_SIM_CLOUD_DISCONNECTED);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_CLOUD_CONNECT, NULL), ==, 0);
  assert_state (client, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTING);
  sim_client_wait (client, SECONDS (3));
  assert_state (client, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTED);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_CLOUD_DISCONNECT, NULL), ==, 0);
  assert_state (client, FL_SIM_WIFI_READY, FL_SIM_CLOUD_DISCONNECTED);
}

static void
test_no_address (void)
{
  static const char *const scenarios[] = {
    P2 "[Network Home]\npassword=lighthouse7\ndhcp=no\n",
    P2 "faults=no-address\n" NETWORKS,
  };

  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autoptr (SimClient) client = join (scenarios[i]);

      sim_client_wait (client, SECONDS (120));
      assert_state (client, FL_SIM_WIFI_ADDRESSING, FL_SIM_CLOUD_DISCONNECTED);
    }
}

/* It tries, pauses, and tries again for ever. */
static void
test_no_cloud (void)
{
  static const char *const scenarios[] = {
    P2 "[Network Home]\npassword=lighthouse7\ninternet=no\n",
    P2 "[Network Home]\npassword=lighthouse7\ncloud=no\n",
    P2 "faults=no-cloud\n" NETWORKS,
    "[Cloud]\nup=no\n" P2 NETWORKS,
  };

  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autoptr (SimClient) client = join (scenarios[i]);
      guint n_connecting = 0, n_pauses = 0;

      sim_client_wait (client, SECONDS (3));
      for (guint j = 0; j < 60; j++)
        {
          FlSimCloudState state = fl_sim_device_get_cloud (client->device);

          g_assert_cmpint (state, !=, FL_SIM_CLOUD_CONNECTED);
          n_connecting += state == FL_SIM_CLOUD_CONNECTING;
          n_pauses += state == FL_SIM_CLOUD_DISCONNECTED;
          sim_client_wait (client, SECONDS (1));
        }
      g_assert_cmpuint (n_connecting, >, 30);
      g_assert_cmpuint (n_pauses, >, 10);
    }
}

static void
test_leaves (void)
{
  g_autoptr (SimClient) client = join (P2 "[Network Home]\npassword=lighthouse7\nleaves-at=30s\n");

  sim_client_wait (client, SECONDS (15));
  assert_state (client, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTED);
  sim_client_wait (client, SECONDS (30));
  assert_state (client, FL_SIM_WIFI_CONNECTING, FL_SIM_CLOUD_DISCONNECTED);
}

/* A device that is in use: on line from the beginning, and again after a reset. */
static void
test_running (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2 "mode=running\nknown=Home\n" NETWORKS);

  assert_state (client, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTED);
  fl_sim_device_press_reset (client->device, client->now_us);
  assert_state (client, FL_SIM_WIFI_OFF, FL_SIM_CLOUD_DISCONNECTED);
  sim_client_wait (client, SECONDS (3));
  assert_state (client, FL_SIM_WIFI_CONNECTING, FL_SIM_CLOUD_DISCONNECTED);
  sim_client_wait (client, SECONDS (6));
  assert_state (client, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTED);
}

/* Set-up mode takes everything down; leaving it brings it back. */
static void
test_button (void)
{
  g_autoptr (SimClient) client =
      sim_client_new (P2 "mode=running\nknown=Home\nbluetooth-app=yes\n" NETWORKS);

  fl_sim_device_hold_button (client->device, client->now_us);
  g_assert_true (fl_sim_device_is_listening (client->device));
  assert_state (client, FL_SIM_WIFI_OFF, FL_SIM_CLOUD_DISCONNECTED);
  sim_client_open (client);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_STOP_LISTENING, NULL), ==, 0);
  assert_state (client, FL_SIM_WIFI_CONNECTING, FL_SIM_CLOUD_DISCONNECTED);
  sim_client_wait (client, SECONDS (6));
  assert_state (client, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/course/join/address-and-cloud-follow", test_normal);
  g_test_add_func ("/course/old-firmware/stays-associated", test_old);
  g_test_add_func ("/course/manual/cloud-when-asked", test_manual);
  g_test_add_func ("/course/no-address/waits-for-ever", test_no_address);
  g_test_add_func ("/course/no-cloud/tries-for-ever", test_no_cloud);
  g_test_add_func ("/course/network-leaves/connects-again", test_leaves);
  g_test_add_func ("/course/running/is-on-line", test_running);
  g_test_add_func ("/course/button/starts-set-up-mode", test_button);
  return g_test_run ();
}
