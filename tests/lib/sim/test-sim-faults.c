/* SPDX-License-Identifier: Apache-2.0 */
#include "sim-client.h"

#include <string.h>

#include "fl-error.h"
#include "fl-result.h"

#define BOARD    "[Device Board]\nhandshake-time=0\n"
#define NETWORKS "[Network Home]\npassword=lighthouse7\n"

static SimClient *
create (const char *faults)
{
  g_autofree char *text = g_strdup_printf (BOARD "faults=%s\n" NETWORKS, faults);

  return sim_client_new (text);
}

/* Handshake: messages 1 to 6; then a request and its reply each. */
static void
test_drop_link_at (void)
{
  for (guint n = 0; n <= 8; n++)
    {
      g_autofree char *fault = g_strdup_printf ("drop-link-at=%u x1", n);
      g_autoptr (SimClient) client = create (fault);
      gboolean secured, answered = FALSE;

      sim_client_connect (client, 247);
      secured = sim_client_secure (client);
      g_assert_cmpint (secured, ==, n >= 6);
      if (secured && sim_client_is_open (client))
        answered = sim_client_request (client, 30, NULL, SECONDS (5), NULL);
      g_assert_cmpint (answered, ==, n == 8);
      sim_client_wait (client, SECONDS (1));
      g_assert_cmpint (fl_sim_connection_is_closed (client->connection), ==,
                       FL_SIM_CLOSED_BY_DEVICE);

      sim_client_disconnect (client); /* once only */
      sim_client_open (client);
      g_assert_cmpint (sim_client_ask (client, 30, NULL), ==, 0);
    }
}

static void
test_drop_link_after (void)
{
  g_autoptr (SimClient) client = create ("drop-link-after=2s");

  sim_client_open (client);
  sim_client_wait (client, SECONDS (1.5));
  g_assert_true (sim_client_is_open (client));
  sim_client_wait (client, SECONDS (1));
  g_assert_false (sim_client_is_open (client));
}

static void
test_silent (void)
{
  static const char *const in_handshake[] = { "handshake-1", "handshake-2", "confirmation" };
  g_autoptr (SimClient) scanner = create ("silent-at=scan");

  for (guint i = 0; i < G_N_ELEMENTS (in_handshake); i++)
    {
      g_autofree char *fault = g_strdup_printf ("silent-at=%s", in_handshake[i]);
      g_autoptr (SimClient) client = create (fault);

      sim_client_connect (client, 247);
      g_assert_false (sim_client_secure (client));
      g_assert_true (sim_client_is_open (client));
      g_assert_error (fl_secure_session_get_error (client->session), FL_ERROR,
                      FL_ERROR_DEVICE_SILENT);
    }

  sim_client_open (scanner);
  g_assert_cmpint (sim_client_ask (scanner, 30, NULL), ==, 0);
  g_assert_false (sim_client_request (scanner, 506, NULL, SECONDS (60), NULL));
  g_assert_false (sim_client_request (scanner, 30, NULL, SECONDS (60), NULL));
  g_assert_true (sim_client_is_open (scanner));
}

/* None of these ever makes a secure session or a reply. */
static void
test_spoiled_handshake (void)
{
  static const char *const kinds[] = { "garbage-at", "truncate-at", "lose-at", "oversize-at",
                                       "reorder-at" };
  static const char *const places[] = { "handshake-1", "handshake-2", "confirmation" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint j = 0; j < G_N_ELEMENTS (places); j++)
      {
        g_autofree char *fault = g_strdup_printf ("%s=%s x1", kinds[i], places[j]);
        g_autoptr (SimClient) client = create (fault);

        sim_client_connect (client, 247);
        g_assert_false (sim_client_secure (client));
        sim_client_disconnect (client);
        sim_client_open (client);
      }
}

static void
test_spoiled_reply (void)
{
  static const struct
  {
    const char *kind;
    gboolean is_noticed; /* otherwise the client waits for the rest */
  } cases[] = { { "garbage-at", TRUE },
                { "truncate-at", FALSE },
                { "lose-at", FALSE },
                { "oversize-at", FALSE },
                { "reorder-at", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fault = g_strdup_printf ("%s=request:30", cases[i].kind);
      g_autoptr (SimClient) client = create (fault);

      sim_client_open (client);
      g_assert_cmpint (sim_client_ask (client, 72, NULL), ==, 0);
      g_assert_false (sim_client_request (client, 30, NULL, SECONDS (15), NULL));
      g_assert_cmpint (fl_secure_session_get_state (client->session) == FL_SECURE_FAILED, ==,
                       cases[i].is_noticed);
    }
}

/* The message itself is good; its copy has a used counter. */
static void
test_replay (void)
{
  g_autoptr (SimClient) client = create ("replay-at=request:30");

  sim_client_open (client);
  g_assert_cmpint (sim_client_ask (client, 30, NULL), ==, 0);
  sim_client_wait (client, SECONDS (0.1));
  g_assert_error (fl_secure_session_get_error (client->session), FL_ERROR, FL_ERROR_UNEXPECTED);
}

static void
test_wrong_secret (void)
{
  g_autoptr (SimClient) client = create ("wrong-secret x1");
  g_autoptr (GError) error = NULL;

  sim_client_connect (client, 247);
  g_assert_false (sim_client_secure (client));
  g_assert_false (sim_client_is_open (client));
  g_assert_cmpuint (client->n_notifications, ==, 3); /* no confirmation */
  error = fl_secure_session_explain_disconnect (client->session);
  g_assert_error (error, FL_ERROR, FL_ERROR_WRONG_SECRET);
  sim_client_disconnect (client);
  sim_client_open (client);
}

static void
test_no_secret (void)
{
  g_autoptr (SimClient) client = create ("no-secret");

  sim_client_connect (client, 247);
  sim_client_wait (client, SECONDS (0.1));
  g_assert_false (sim_client_is_open (client));
}

static void
test_gatt (void)
{
  static const char *const words[] = { "rx", "tx", "version" };
  g_autoptr (SimClient) old = create ("wrong-version=1");
  g_autoptr (GBytes) version = NULL;

  for (int i = 0; i < (int) G_N_ELEMENTS (words); i++)
    {
      g_autofree char *fault = g_strdup_printf ("missing=%s", words[i]);
      g_autoptr (SimClient) client = create (fault);
      FlSimService services[FL_SIM_MAX_SERVICES];

      sim_client_connect (client, 247);
      g_assert_cmpuint (fl_sim_connection_list_services (client->connection, services), ==, 2);
      g_assert_cmpuint (services[1].n_characteristics, ==, 2);
      for (guint j = 0; j < 2; j++)
        g_assert_cmpint (services[1].characteristics[j].role, !=, i);
    }
  sim_client_connect (old, 247);
  version = fl_sim_connection_read_version (old->connection);
  g_assert_cmpuint (*(const guint8 *) g_bytes_get_data (version, NULL), ==, 1);
}

static void
test_connect (void)
{
  g_autoptr (SimClient) client = create ("connect-fails=3; connect-slow=5s x1");

  g_assert_cmpint (fl_sim_device_get_connect_time (client->device), ==, SECONDS (5));
  g_assert_cmpint (fl_sim_device_get_connect_time (client->device), ==, SECONDS (0.2));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fl_sim_device_connect (client->device, client->now_us, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_CONNECT_FAILED);
    }
  sim_client_open (client);
}

static void
test_answers (void)
{
  g_autoptr (SimClient) client = create ("busy=3; answer=30:-260 x1; answer=300:-100");

  sim_client_open (client);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (sim_client_ask (client, 506, NULL), ==, FL_RESULT_BUSY);
  g_assert_cmpint (sim_client_ask (client, 506, NULL), ==, 0);
  g_assert_cmpint (sim_client_ask (client, 30, NULL), ==, -260);
  g_assert_cmpint (sim_client_ask (client, 30, NULL), ==, 0);
  g_assert_cmpint (sim_client_ask (client, 300, NULL), ==, -100);
  g_assert_cmpint (sim_client_ask (client, 300, NULL), ==, -100);
}

/* Empty, then busy for three seconds, then well again. */
static void
test_scan_empty (void)
{
  g_autoptr (SimClient) client = create ("scan-empty=1");
  g_autoptr (FlSecureMessage) reply = NULL;

  sim_client_open (client);
  g_assert_true (sim_client_request (client, 506, NULL, SECONDS (30), &reply));
  g_assert_cmpint (reply->result, ==, 0);
  g_assert_cmpuint (fl_secret_get_size (reply->payload), ==, 0);
  g_assert_cmpint (sim_client_ask (client, 506, NULL), ==, FL_RESULT_BUSY);
  g_assert_cmpint (sim_client_join (client, "Home", FL_SECURITY_WPA2, "lighthouse7"), ==,
                   FL_RESULT_BUSY);
  sim_client_wait (client, SECONDS (3));
  g_clear_pointer (&reply, fl_secure_message_free);
  g_assert_true (sim_client_request (client, 506, NULL, SECONDS (30), &reply));
  g_assert_cmpuint (fl_secret_get_size (reply->payload), >, 0);
}

static void
test_slow (void)
{
  g_autoptr (SimClient) client = create ("scan-slow=20s; join-slow=40s; cloud-slow=30s");
  gint64 started_us;

  sim_client_open (client);
  started_us = client->now_us;
  g_assert_cmpint (sim_client_ask (client, 506, NULL), ==, 0);
  g_assert_cmpint (client->now_us - started_us, >=, SECONDS (20));
  started_us = client->now_us;
  g_assert_cmpint (sim_client_join (client, "Home", FL_SECURITY_WPA2, "lighthouse7"), ==, 0);
  g_assert_cmpint (client->now_us - started_us, >=, SECONDS (40));
  sim_client_wait (client, SECONDS (30));
  g_assert_cmpint (fl_sim_device_get_cloud (client->device), ==, FL_SIM_CLOUD_CONNECTING);
  sim_client_wait (client, SECONDS (4));
  g_assert_cmpint (fl_sim_device_get_cloud (client->device), ==, FL_SIM_CLOUD_CONNECTED);
}

static void
test_network_gone (void)
{
  g_autoptr (SimClient) client = create ("network-gone");

  sim_client_open (client);
  g_assert_cmpint (sim_client_ask (client, 506, NULL), ==, 0);
  g_assert_cmpint (sim_client_join (client, "Home", FL_SECURITY_WPA2, "lighthouse7"), ==,
                   FL_RESULT_NOT_FOUND);
}

static void
test_disconnect_after_join (void)
{
  g_autoptr (SimClient) client = create ("disconnect-after-join");

  sim_client_open (client);
  g_assert_cmpint (sim_client_join (client, "Home", FL_SECURITY_WPA2, "lighthouse7"), ==, 0);
  sim_client_wait (client, SECONDS (0.1));
  g_assert_false (sim_client_is_open (client));
  sim_client_wait (client, SECONDS (8));
  g_assert_cmpint (fl_sim_device_get_cloud (client->device), ==, FL_SIM_CLOUD_CONNECTED);
}

/* Nothing is stored, and the device comes back in set-up mode. */
static void
test_reset_at (void)
{
  g_autoptr (SimClient) client = create ("reset-at=join x1");
  g_autoptr (GBytes) ssid = g_bytes_new ("Home", 4);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("lighthouse7");
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);
  g_autoptr (FlSecret) payload = fl_request_pack_join (credentials, 3, FALSE);

  sim_client_open (client);
  g_assert_false (sim_client_request (client, 500, payload, SECONDS (30), NULL));
  g_assert_false (sim_client_is_open (client));
  sim_client_disconnect (client);
  sim_client_wait (client, SECONDS (4));
  g_assert_true (fl_sim_device_is_listening (client->device));
  g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==, 0);
  sim_client_open (client);
}

/* The link dies of its supervision time-out, five seconds later. */
static void
test_vanish (void)
{
  g_autoptr (SimClient) client = create ("vanish-at=3s");
  guint8 advert[31], response[31];
  gsize sizes[2];

  sim_client_open (client);
  sim_client_wait (client, SECONDS (4));
  g_assert_false (sim_client_request (client, 30, NULL, SECONDS (1), NULL));
  g_assert_true (sim_client_is_open (client));
  sim_client_wait (client, SECONDS (5));
  g_assert_cmpint (fl_sim_connection_is_closed (client->connection), ==, FL_SIM_CLOSED_TIMEOUT);
  sim_client_disconnect (client);
  g_assert_false (fl_sim_device_advertise (client->device, advert, &sizes[0], response, &sizes[1],
                                           client->now_us));
}

static void
test_adverts (void)
{
  g_autoptr (SimClient) cut = create ("advert-truncated");
  g_autoptr (SimClient) turns = create ("alternate-adverts");
  guint8 advert[31], response[31];
  gsize size, response_size;
  guint n_control = 0;

  g_assert_true (
      fl_sim_device_advertise (cut->device, advert, &size, response, &response_size, cut->now_us));
  g_assert_cmpuint (size, ==, 26 - 4);
  for (guint i = 0; i < 10; i++)
    {
      g_assert_true (fl_sim_device_advertise (turns->device, advert, &size, response,
                                              &response_size, turns->now_us + SECONDS (i)));
      n_control += response_size > 0;
    }
  g_assert_cmpuint (n_control, ==, 5);
}

static void
test_adapter (void)
{
  g_autoptr (SimClient) client =
      sim_client_new ("[World]\nfaults=adapter-off-at=1s; adapter-back-at=2s; "
                      "adapter-removed-at=3s; adapter-off-at=2500ms\n" BOARD);
  gint64 start_us = client->now_us;

  g_assert_cmpint (fl_sim_world_get_adapter (client->world, start_us), ==, FL_SIM_ADAPTER_ON);
  g_assert_cmpint (fl_sim_world_get_adapter_deadline (client->world, start_us), ==,
                   start_us + SECONDS (1));
  g_assert_cmpint (fl_sim_world_get_adapter (client->world, start_us + SECONDS (1)), ==,
                   FL_SIM_ADAPTER_OFF);
  g_assert_cmpint (fl_sim_world_get_adapter (client->world, start_us + SECONDS (2)), ==,
                   FL_SIM_ADAPTER_ON);
  g_assert_cmpint (fl_sim_world_get_adapter (client->world, start_us + SECONDS (2.6)), ==,
                   FL_SIM_ADAPTER_OFF);
  fl_sim_world_turn_on_adapter (client->world);
  g_assert_cmpint (fl_sim_world_get_adapter (client->world, start_us + SECONDS (2.6)), ==,
                   FL_SIM_ADAPTER_ON);
  g_assert_cmpint (fl_sim_world_get_adapter (client->world, start_us + SECONDS (9)), ==,
                   FL_SIM_ADAPTER_REMOVED);
}

/* Every fault is in the manual. */
static void
test_documented (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "data", "scenarios", "README.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (int i = 0; i < FL_SIM_N_FAULTS; i++)
    {
      g_autofree char *word = g_strdup_printf ("| `%s", fl_sim_fault_get_word ((FlSimFaultKind) i));

      if (strstr (text, word) == NULL)
        g_error ("%s is not in README.md", word);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faults/drop-link-at/after-each-message", test_drop_link_at);
  g_test_add_func ("/faults/drop-link-after/in-time", test_drop_link_after);
  g_test_add_func ("/faults/silent-at/says-nothing-more", test_silent);
  g_test_add_func ("/faults/handshake/spoiled-is-not-accepted", test_spoiled_handshake);
  g_test_add_func ("/faults/reply/spoiled-is-not-accepted", test_spoiled_reply);
  g_test_add_func ("/faults/replay-at/is-noticed", test_replay);
  g_test_add_func ("/faults/wrong-secret/at-the-confirmation", test_wrong_secret);
  g_test_add_func ("/faults/no-secret/disconnects-at-once", test_no_secret);
  g_test_add_func ("/faults/services/missing-or-of-another-version", test_gatt);
  g_test_add_func ("/faults/connect/fails-or-takes-long", test_connect);
  g_test_add_func ("/faults/answer/is-scripted", test_answers);
  g_test_add_func ("/faults/scan-empty/then-busy", test_scan_empty);
  g_test_add_func ("/faults/slow/takes-long", test_slow);
  g_test_add_func ("/faults/network-gone/after-the-scan", test_network_gone);
  g_test_add_func ("/faults/disconnect-after-join/goes-on-alone", test_disconnect_after_join);
  g_test_add_func ("/faults/reset-at/starts-again", test_reset_at);
  g_test_add_func ("/faults/vanish-at/times-out", test_vanish);
  g_test_add_func ("/faults/adverts/cut-or-in-turn", test_adverts);
  g_test_add_func ("/faults/adapter/off-back-and-removed", test_adapter);
  g_test_add_func ("/faults/all/are-documented", test_documented);
  return g_test_run ();
}
