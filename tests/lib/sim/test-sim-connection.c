/* SPDX-License-Identifier: Apache-2.0 */
#include "sim-client.h"

#include <string.h>

#include "fl-error.h"

#define BOARD "[Device Board]\nhandshake-time=0\n"

static void
test_handshake (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);
  gint64 started_us;

  sim_client_connect (client, 247);
  started_us = client->now_us;
  g_assert_true (sim_client_secure (client));
  /* Two questions of two intervals each, and the first event in between. */
  g_assert_cmpint (client->now_us - started_us, <=, 5 * 30000);
  g_assert_cmpuint (client->largest, ==, 244);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_GET_DEVICE_MODE, NULL), ==, 0);
}

static void
test_small_packets (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);

  sim_client_connect (client, 0);
  g_assert_cmpuint (fl_sim_connection_get_mtu (client->connection), ==, 23);
  g_assert_true (sim_client_secure (client));
  g_assert_cmpuint (client->largest, ==, 20);
}

/* Messages 2 and 3 of the handshake share packets: 332 + 170 bytes in three of 244. */
static void
test_coalesced (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);

  sim_client_connect (client, 247);
  g_assert_true (sim_client_secure (client));
  g_assert_cmpuint (client->n_notifications, ==, 3 + 1);
}

static void
test_mtu (void)
{
  g_autoptr (SimClient) client = sim_client_new ("[Device Board]\nmtu=185\n");
  guint8 data[200] = { 0 };

  sim_client_connect (client, 517);
  g_assert_cmpuint (fl_sim_connection_get_mtu (client->connection), ==, 185);
  g_assert_false (fl_sim_connection_write (client->connection, data, 183, client->now_us));
  g_assert_true (fl_sim_connection_write (client->connection, data, 182, client->now_us));
}

static void
test_cccd (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);

  sim_client_connect (client, 247);
  fl_sim_connection_subscribe (client->connection, FALSE);
  g_assert_false (sim_client_secure (client));
  g_assert_cmpuint (client->n_notifications, ==, 0);
  g_assert_true (sim_client_is_open (client));
  fl_sim_connection_subscribe (client->connection, TRUE);
  sim_client_wait (client, SECONDS (1));
  g_assert_cmpuint (client->n_notifications, ==, 3);
}

/* Four full packets are more than 1024 bytes with their bookkeeping, when nobody empties the pool.
 */
static void
test_pool (void)
{
  static const char *const scenarios[] = { BOARD, BOARD "pool=0\n", BOARD "pool=4096\n" };

  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autoptr (SimClient) client = sim_client_new (scenarios[i]);
      guint8 data[244] = { 0 };

      sim_client_open (client);
      g_assert_false (
          sim_client_request (client, FL_REQUEST_SCAN_NETWORKS, NULL, SECONDS (0.1), NULL));
      for (guint j = 0; j < 4; j++)
        g_assert_true (fl_sim_connection_write (client->connection, data, 244, client->now_us));
      sim_client_wait (client, SECONDS (0.1));
      g_assert_cmpint (sim_client_is_open (client), ==, i > 0);
    }
}

/* A device with nothing else to do empties it between the packets of one event. */
static void
test_pool_drained (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);
  g_autoptr (FlSecret) payload = fl_secret_new_zeroed (6000);

  sim_client_open (client);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_ECHO, payload), ==, 0);
}

static void
test_one_at_a_time (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);
  g_autoptr (GError) error = NULL;
  guint8 advert[31], response[31];
  gsize sizes[2];

  sim_client_open (client);
  g_assert_false (fl_sim_device_advertise (client->device, advert, &sizes[0], response, &sizes[1],
                                           client->now_us));
  g_assert_null (fl_sim_device_connect (client->device, client->now_us, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_CONNECT_FAILED);
  sim_client_disconnect (client);
  g_assert_true (fl_sim_device_advertise (client->device, advert, &sizes[0], response, &sizes[1],
                                          client->now_us));
  sim_client_open (client);
}

static void
test_adapter_links (void)
{
  g_autoptr (SimClient) client =
      sim_client_new ("[World]\nlinks=1\n[Device Board]\n[Device Other]\n");
  g_autoptr (GError) error = NULL;
  FlSimDevice *other = fl_sim_world_get_device (client->world, 1);

  sim_client_connect (client, 247);
  g_assert_null (fl_sim_device_connect (other, client->now_us, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_BLUETOOTH_BUSY);
}

static void
test_services (void)
{
  g_autoptr (SimClient) client = sim_client_new ("[Device Board]\nbluetooth-app=yes\n");
  FlSimService services[FL_SIM_MAX_SERVICES];
  g_autoptr (GBytes) version = NULL;

  sim_client_connect (client, 247);
  g_assert_cmpuint (fl_sim_connection_list_services (client->connection, services), ==, 3);
  g_assert_cmpstr (services[2].uuid, ==, "6fa90001-5c4e-48a8-94f4-8030546f36fc");
  g_assert_cmpstr (services[2].characteristics[0].uuid, ==, "6fa90002-5c4e-48a8-94f4-8030546f36fc");
  g_assert_cmpuint (services[2].characteristics[0].properties, ==, 0x02);
  g_assert_cmpstr (services[2].characteristics[1].uuid, ==, "6fa90003-5c4e-48a8-94f4-8030546f36fc");
  g_assert_cmpuint (services[2].characteristics[1].properties, ==, 0x10);
  g_assert_cmpstr (services[2].characteristics[2].uuid, ==, "6fa90004-5c4e-48a8-94f4-8030546f36fc");
  g_assert_cmpuint (services[2].characteristics[2].properties, ==, 0x0c);
  version = fl_sim_connection_read_version (client->connection);
  g_assert_cmpuint (g_bytes_get_size (version), ==, 1);
  g_assert_cmpuint (*(const guint8 *) g_bytes_get_data (version, NULL), ==, 2);
}

/* It does not matter how often the shell looks. */
static void
test_coarse_time (void)
{
  g_autoptr (SimClient) client = sim_client_new (BOARD);
  guint8 data[2] = { 0, 0 }; /* a handshake message of no bytes: the device disconnects */

  sim_client_connect (client, 247);
  g_assert_true (fl_sim_connection_write (client->connection, data, 2, client->now_us));
  g_assert_cmpint (fl_sim_connection_get_deadline (client->connection), ==, client->now_us + 30000);
  fl_sim_connection_tick (client->connection, client->now_us + SECONDS (60));
  g_assert_cmpint (fl_sim_connection_is_closed (client->connection), ==, FL_SIM_CLOSED_BY_DEVICE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connection/handshake/takes-the-least-number-of-events", test_handshake);
  g_test_add_func ("/connection/mtu/20-bytes-before-the-exchange", test_small_packets);
  g_test_add_func ("/connection/packets/are-filled-up", test_coalesced);
  g_test_add_func ("/connection/mtu/is-the-smaller-one", test_mtu);
  g_test_add_func ("/connection/cccd/holds-output-back", test_cccd);
  g_test_add_func ("/connection/pool/overflow-disconnects", test_pool);
  g_test_add_func ("/connection/pool/is-emptied-between-packets", test_pool_drained);
  g_test_add_func ("/connection/central/one-at-a-time", test_one_at_a_time);
  g_test_add_func ("/connection/adapter/holds-so-many-links", test_adapter_links);
  g_test_add_func ("/connection/services/as-the-firmware-lists-them", test_services);
  g_test_add_func ("/connection/time/may-be-coarse", test_coarse_time);
  return g_test_run ();
}
