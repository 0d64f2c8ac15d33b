/* SPDX-License-Identifier: Apache-2.0 */
#include "sim-client.h"

#include <string.h>

#include "fl-reply-body.h"
#include "fl-result.h"
#include "particle-wifi.pb-c.h"

#define P2_620   "[Device Board]\nplatform=p2\nfirmware=6.2.0\n"
#define P2_582   "[Device Board]\nplatform=p2\nfirmware=5.8.2\n"
#define P2_531   "[Device Board]\nplatform=p2\nfirmware=5.3.1\n"
#define P2_550   "[Device Board]\nplatform=p2\nfirmware=5.5.0\n"
#define P2_600   "[Device Board]\nplatform=p2\nfirmware=6.0.0\n"
#define ARGON    "[Device Board]\nplatform=argon\nfirmware=3.3.0\n"
#define ARGON_62 "[Device Board]\nplatform=argon\nfirmware=6.2.0\n"

#define NETWORKS                                                                                   \
  "[Network Home]\npassword=lighthouse7\n"                                                         \
  "[Network Open]\nsecurity=open\n"                                                                \
  "[Network Five]\npassword=lighthouse7\nchannel=44\n"                                             \
  "[Network Sae]\nsecurity=wpa3\npassword=lighthouse7\n"                                           \
  "[Network Mixed]\nsecurity=wpa2-wpa3\npassword=lighthouse7\n"                                    \
  "[Network Office]\nsecurity=enterprise\npassword=lighthouse7\n"                                  \
  "[Network Wep]\nsecurity=wep\npassword=ABCDE\n"                                                  \
  "[Network Far]\npassword=lighthouse7\nrssi=-92\n"                                                \
  "[Network Beyond]\npassword=lighthouse7\nrssi=-97\n"                                             \
  "[Network Strict]\npassword=lighthouse7\nmac-filter=Board\n"                                     \
  "[Network Quiet]\npassword=lighthouse7\nhidden=yes\n"                                            \
  "[Network Comma]\nssid=a,b\npassword=lighthouse7\n"                                              \
  "[Network Gone]\npassword=lighthouse7\nleaves-at=2s\n"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* "Home:3": name and security of each entry, sorted; hidden ones as "-". */
static char *
scan (SimClient *client)
{
  g_autoptr (ProtobufCMessage) reply = sim_client_read (client, FL_REQUEST_SCAN_NETWORKS, NULL);
  const Particle__Ctrl__Wifi__ScanNetworksReply *message =
      (const Particle__Ctrl__Wifi__ScanNetworksReply *) reply;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < message->n_networks; i++)
    {
      const Particle__Ctrl__Wifi__ScanNetworksReply__Network *entry = message->networks[i];
      g_autofree char *name = entry->ssid.len > 0
                                  ? g_strndup ((const char *) entry->ssid.data, entry->ssid.len)
                                  : g_strdup ("-");

      g_assert_cmpuint (entry->bssid.len, ==, 6);
      g_assert_cmpint (entry->rssi, <, 0);
      g_ptr_array_add (names, g_strdup_printf ("%s:%d", name, (int) entry->security));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static void
test_scan (void)
{
  static const struct
  {
    const char *device;
    const char *expected;
  } cases[] = {
    { P2_620, "-:3 Far:3 Five:3 Home:3 Mixed:3 Open:0 Strict:3 Wep:1 a,b:3" },
    { ARGON, "-:3 Far:3 Home:3 Mixed:7 Office:5 Open:0 Sae:6 Strict:3 Wep:1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (cases[i].device, NETWORKS, NULL);
      g_autoptr (SimClient) client = sim_client_new (text);
      g_autofree char *names = NULL;
      gint64 started_us;

      sim_client_open (client);
      started_us = client->now_us;
      names = scan (client);
      g_assert_cmpstr (names, ==, cases[i].expected);
      g_assert_cmpint (client->now_us - started_us, >=, SECONDS (2.5));
    }
}

static void
test_join (void)
{
  static const struct
  {
    const char *device;
    const char *ssid;
    int security;
    const char *password;
    int result;
  } cases[] = {
    { P2_620, "Home", FL_SECURITY_WPA2, "lighthouse7", 0 },
    { P2_620, "Home", FL_SECURITY_WPA, "lighthouse7", 0 }, /* the scan knows better */
    { P2_620, "Home", FL_SECURITY_WPA2, "wrong password", -250 },
    { P2_620, "Home", FL_SECURITY_WPA2, "short", -270 },
    { P2_620, "Home", FL_SECURITY_WPA2, NULL, -270 },
    { P2_620, "Nowhere", FL_SECURITY_WPA2, "lighthouse7", -170 },
    { P2_620, "Beyond", FL_SECURITY_WPA2, "lighthouse7", -170 },
    { P2_620, "Far", FL_SECURITY_WPA2, "lighthouse7", -160 },
    { P2_620, "Strict", FL_SECURITY_WPA2, "lighthouse7", -250 },
    { P2_620, "Open", FL_SECURITY_OPEN, NULL, 0 },
    { P2_620, "Open", FL_SECURITY_WPA2, "lighthouse7", -250 },
    { P2_620, "Five", FL_SECURITY_WPA2, "lighthouse7", 0 },
    { P2_620, "Sae", FL_SECURITY_WPA3, "lighthouse7", 0 },
    { P2_620, "Sae", FL_SECURITY_WPA2, "lighthouse7", -250 },
    { P2_620, "Mixed", FL_SECURITY_WPA2_WPA3, "lighthouse7", 0 },
    { P2_620, "Office", FL_SECURITY_WPA2, "lighthouse7", -250 },
    { P2_620, "Wep", FL_SECURITY_WEP, "ABCDE", 0 },
    { P2_620, "Wep", FL_SECURITY_WEP, "ABCD", -270 },
    { P2_620, "Quiet", FL_SECURITY_WPA2, "lighthouse7", 0 },
    { P2_582, "Home", FL_SECURITY_WPA2, "wrong password", -250 },
    { P2_600, "Home", FL_SECURITY_WPA2, "wrong password", -170 },
    { P2_531, "Home", FL_SECURITY_WPA2, "lighthouse7", 0 },
    { P2_531, "Home", FL_SECURITY_WPA2, "wrong password", -170 },
    { P2_531, "Home", FL_SECURITY_WPA2, "short", -170 },
    { P2_531, "Quiet", FL_SECURITY_WPA2, "lighthouse7", -170 },
    { P2_550, "Sae", FL_SECURITY_WPA3, "lighthouse7", -170 },
    { ARGON, "Home", FL_SECURITY_WPA2, "lighthouse7", 0 },
    { ARGON, "Home", FL_SECURITY_WPA3, "lighthouse7", 0 },
    { ARGON, "Home", FL_SECURITY_WPA2, "wrong password", -170 },
    { ARGON, "Five", FL_SECURITY_WPA2, "lighthouse7", -170 },
    { ARGON, "Quiet", FL_SECURITY_WPA2, "lighthouse7", 0 },
    { ARGON_62, "Home", FL_SECURITY_WPA2, "wrong password", -1200 },
    { ARGON_62, "Five", FL_SECURITY_WPA2, "lighthouse7", -1200 },
    { ARGON_62, "Sae", FL_SECURITY_WPA3, "lighthouse7", -1200 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (cases[i].device, NETWORKS, NULL);
      g_autoptr (SimClient) client = sim_client_new (text);

      sim_client_open (client);
      g_assert_cmpint (sim_client_ask (client, FL_REQUEST_SCAN_NETWORKS, NULL), ==, 0);
      g_assert_cmpint (sim_client_join (client, cases[i].ssid, cases[i].security,
                                        cases[i].password),
                       ==, cases[i].result);
      g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==,
                        cases[i].result == 0 ? 1 : 0);
      g_assert_true (fl_sim_device_is_listening (client->device));
    }
}

/* The radio is off until the first scan. */
static void
test_join_without_scan (void)
{
  static const struct
  {
    const char *device;
    int result;
  } cases[] = { { P2_531, -210 }, { P2_600, -210 }, { P2_582, 0 }, { P2_620, 0 }, { ARGON, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (cases[i].device, NETWORKS, NULL);
      g_autoptr (SimClient) client = sim_client_new (text);

      sim_client_open (client);
      g_assert_cmpint (sim_client_join (client, "Home", FL_SECURITY_WPA2, "lighthouse7"), ==,
                       cases[i].result);
    }
}

static void
test_join_in_5_8_0 (void)
{
  g_autoptr (SimClient) client =
      sim_client_new ("[Device Board]\nplatform=p2\nfirmware=5.8.0\n" NETWORKS);

  sim_client_open (client);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_SCAN_NETWORKS, NULL), ==, 0);
  g_assert_cmpint (sim_client_join (client, "Home", FL_SECURITY_WPA2, "lighthouse7"), ==,
                   FL_RESULT_INVALID_STATE);
}

static void
test_join_blocks (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2_620 NETWORKS);
  g_autoptr (GBytes) ssid = g_bytes_new ("Home", 4);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("lighthouse7");
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);
  g_autoptr (FlSecret) payload = fl_request_pack_join (credentials, 3, FALSE);
  g_autoptr (FlSecureMessage) first = NULL;

  sim_client_open (client);
  g_assert_true (fl_secure_session_send_request (client->session, 100, 500, payload));
  g_assert_true (fl_secure_session_send_request (client->session, 101, 72, NULL));
  sim_client_wait (client, SECONDS (2.9));
  g_assert_null (fl_secure_session_pop (client->session));
  sim_client_wait (client, SECONDS (0.3));
  first = fl_secure_session_pop (client->session);
  g_assert_nonnull (first);
  g_assert_cmpuint (first->id, ==, 100);
  g_clear_pointer (&first, fl_secure_message_free);
  first = fl_secure_session_pop (client->session);
  g_assert_nonnull (first);
  g_assert_cmpuint (first->id, ==, 101);
}

/* The device goes on with a join when nobody listens any more. */
static void
test_join_alone (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2_620 NETWORKS);
  g_autoptr (GBytes) ssid = g_bytes_new ("Open", 4);
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_OPEN, NULL, FALSE, NULL);
  g_autoptr (FlSecret) payload = fl_request_pack_join (credentials, 0, FALSE);

  sim_client_open (client);
  g_assert_false (sim_client_request (client, 500, payload, SECONDS (1), NULL));
  sim_client_disconnect (client);
  sim_client_wait (client, SECONDS (10));
  g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==, 1);
  g_assert_cmpint (fl_sim_device_get_cloud (client->device), ==, FL_SIM_CLOUD_CONNECTED);
  sim_client_open (client);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_GET_DEVICE_MODE, NULL), ==, 0);
}

static void
assert_known (SimClient *client, guint index, const char *name)
{
  const FlSimKnown *known = fl_sim_device_get_known (client->device, index);
  gsize size;
  const char *ssid = g_bytes_get_data (known->ssid, &size);

  g_assert_cmpmem (ssid, size, name, strlen (name));
}

static int
save (SimClient *client, const char *name, const char *password)
{
  g_autoptr (GBytes) ssid = g_bytes_new (name, strlen (name));
  g_autoptr (FlSecret) secret = fl_secret_new_from_string (password);
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, secret, FALSE, NULL);
  g_autoptr (FlSecret) payload = fl_request_pack_join (credentials, 3, FALSE);

  return sim_client_ask (client, FL_REQUEST_SET_NETWORK_CREDENTIALS, payload);
}

static void
test_storage (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2_620 NETWORKS);
  g_autoptr (GBytes) ssid = g_bytes_new ("net 3", 5);
  g_autoptr (FlSecret) payload = fl_request_pack_ssid (ssid);

  sim_client_open (client);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("net %u", i);

      g_assert_cmpint (save (client, name, "lighthouse7"), ==, 0);
    }
  g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==, 10);
  g_assert_cmpint (fl_sim_device_get_wifi (client->device), ==, FL_SIM_WIFI_OFF);

  g_assert_cmpint (save (client, "net 4", "another one"), ==, 0); /* in its place */
  g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==, 10);
  assert_known (client, 4, "net 4");
  g_assert_cmpstr (fl_secret_get_text (fl_sim_device_get_known (client->device, 4)->password), ==,
                   "another one");

  g_assert_cmpint (save (client, "eleventh", "lighthouse7"), ==, 0); /* replaces the last */
  g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==, 10);
  assert_known (client, 8, "net 8");
  assert_known (client, 9, "eleventh");

  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_REMOVE_KNOWN_NETWORK, payload), ==, 0);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_REMOVE_KNOWN_NETWORK, payload), ==, 0);
  g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==, 9);

  g_assert_cmpint (sim_client_join (client, "Home", FL_SECURITY_WPA2, "lighthouse7"), ==, 0);
  assert_known (client, 0, "Home"); /* it connected: the first from then on */
  assert_known (client, 1, "net 0");

  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_CLEAR_KNOWN_NETWORKS, NULL), ==, 0);
  g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==, 0);
}

static void
test_known_list (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2_620 "known=Home;Open\n" NETWORKS);
  g_autoptr (FlSecureMessage) reply = NULL;
  g_autoptr (GPtrArray) networks = NULL;

  sim_client_open (client);
  g_assert_true (sim_client_request (client, 502, NULL, SECONDS (5), &reply));
  networks = fl_reply_unpack_known (fl_secret_get_data (reply->payload),
                                    fl_secret_get_size (reply->payload), NULL);
  g_assert_cmpuint (networks->len, ==, 2);
  g_assert_cmpstr (fl_network_get_name (networks->pdata[0]), ==, "Home");
  g_assert_cmpint (fl_network_get_security (networks->pdata[1]), ==, FL_SECURITY_OPEN);
}

static void
test_join_known (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2_620 "known=Home;Open\n" NETWORKS);
  g_autoptr (GBytes) open = g_bytes_new ("Open", 4);
  g_autoptr (GBytes) other = g_bytes_new ("Five", 4);
  g_autoptr (FlSecret) good = fl_request_pack_ssid (open);
  g_autoptr (FlSecret) bad = fl_request_pack_ssid (other);

  sim_client_open (client);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_JOIN_KNOWN_NETWORK, bad), ==,
                   FL_RESULT_NOT_FOUND);
  g_assert_cmpint (sim_client_ask (client, FL_REQUEST_JOIN_KNOWN_NETWORK, good), ==, 0);
  assert_known (client, 0, "Open");
}

static void
test_network_leaves (void)
{
  g_autoptr (SimClient) client = sim_client_new (P2_620 NETWORKS);

  sim_client_open (client);
  sim_client_wait (client, SECONDS (2));
  g_assert_cmpint (sim_client_join (client, "Gone", FL_SECURITY_WPA2, "lighthouse7"), ==,
                   FL_RESULT_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wifi/scan/shows-what-the-radio-shows", test_scan);
  g_test_add_func ("/wifi/join/result-by-firmware", test_join);
  g_test_add_func ("/wifi/join/some-firmware-must-scan-first", test_join_without_scan);
  g_test_add_func ("/wifi/join/is-broken-in-5.8.0", test_join_in_5_8_0);
  g_test_add_func ("/wifi/join/blocks-other-requests", test_join_blocks);
  g_test_add_func ("/wifi/join/goes-on-without-a-link", test_join_alone);
  g_test_add_func ("/wifi/storage/ten-networks", test_storage);
  g_test_add_func ("/wifi/storage/is-listed", test_known_list);
  g_test_add_func ("/wifi/storage/can-be-joined", test_join_known);
  g_test_add_func ("/wifi/network/goes-off-the-air", test_network_leaves);
  return g_test_run ();
}
