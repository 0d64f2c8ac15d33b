/* SPDX-License-Identifier: Apache-2.0 */
#include "fake-station.h"

#include <string.h>

#include "fl-reply-body.h"
#include "fl-request-body.h"
#include "fl-requests.h"
#include "fl-result.h"
#include "fl-sim-device-private.h"

#define SECONDS(n) ((gint64) ((n) *1000000))

#define P2    "[Device Board]\nplatform=p2\nfirmware=6.2.0\n"
#define P2_56 "[Device Board]\nplatform=p2\nfirmware=5.6.0\n"
#define ARGON "[Device Board]\nplatform=argon\nfirmware=3.3.0\n"
#define TWO   "mode=running\nknown=Home;Work\n"
/* The air of the scenario, which a device with a radio of its own does not breathe. */
#define AIR "[Network Home]\npassword=lighthouse7\n[Network Work]\npassword=foghorn88\n"

typedef struct
{
  FlSimWorld *world;
  FlSimDevice *device;
  FakeStation *station;
  gint64 now_us;
  guint n_wakes;
} Test;

static void
on_changed (FlSimWorld *world, Test *test)
{
  test->n_wakes++;
}

static Test *
test_new (const char *scenario)
{
  g_autofree char *text = g_strconcat (scenario, AIR, NULL);
  g_autoptr (GError) error = NULL;
  Test *test = g_new0 (Test, 1);

  test->world = fl_sim_world_parse (text, strlen (text), "test", 0, &error);
  g_assert_no_error (error);
  test->device = fl_sim_world_get_device (test->world, 0);
  test->station = fake_station_new ();
  fl_sim_device_set_station (test->device, FL_SIM_STATION (test->station));
  g_signal_connect (test->world, "changed", G_CALLBACK (on_changed), test);
  test->now_us = SECONDS (1000);
  fl_sim_world_tick (test->world, test->now_us);
  return test;
}

static void
test_free (Test *test)
{
  g_assert_finalize_object (test->world);
  g_assert_finalize_object (test->station); /* the device held on to it until then */
  g_free (test);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Test, test_free)

static void
pass (Test *test, gint64 time_us)
{
  test->now_us += time_us;
  fl_sim_world_tick (test->world, test->now_us);
}

static void
ask (Test *test, guint16 type, FlSecret *payload)
{
  fl_sim_device_begin_request (test->device, FL_SIM_BY_BLUETOOTH, type,
                               payload != NULL ? fl_secret_get_data (payload) : NULL,
                               payload != NULL ? fl_secret_get_size (payload) : 0, test->now_us);
  pass (test, SECONDS (0.1));
}

static void
ask_to_join (Test *test, const char *ssid, FlSecurity security, const char *password)
{
  g_autoptr (GBytes) name = g_bytes_new (ssid, strlen (ssid));
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;
  g_autoptr (FlCredentials) credentials = fl_credentials_new (name, security, secret, FALSE, NULL);
  g_autoptr (FlSecret) payload =
      fl_request_pack_join (credentials, fl_security_to_particle (security), FALSE);

  ask (test, FL_REQUEST_JOIN_NEW_NETWORK, payload);
}

static gboolean
is_answered (Test *test)
{
  return test->device->request.done;
}

static int
take_result (Test *test)
{
  FlSimReply reply;
  int result;

  g_assert_true (fl_sim_device_take_reply (test->device, FL_SIM_BY_BLUETOOTH, &reply));
  result = reply.result;
  fl_sim_reply_clear (&reply);
  return result;
}

/* (nullable): nothing was found */
static GPtrArray *
take_scan (Test *test, FlWifiKind kind)
{
  FlSimReply reply;
  GPtrArray *networks = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fl_sim_device_take_reply (test->device, FL_SIM_BY_BLUETOOTH, &reply));
  g_assert_cmpint (reply.result, ==, 0);
  if (reply.payload != NULL)
    networks = fl_reply_unpack_scan (fl_secret_get_data (reply.payload),
                                     fl_secret_get_size (reply.payload), kind, &error);
  g_assert_no_error (error);
  fl_sim_reply_clear (&reply);
  return networks;
}

static const char *
find_security (GPtrArray *networks, const char *name)
{
  for (guint i = 0; i < networks->len; i++)
    if (strcmp (fl_network_get_name (networks->pdata[i]), name) == 0)
      return fl_security_to_string (fl_network_get_security (networks->pdata[i]));
  return NULL;
}

static GPtrArray *
create_air (void)
{
  FlSimNetworkSpec *hidden = fake_network_new ("Cellar", FL_SECURITY_WPA2, 1);

  hidden->hidden = TRUE;
  return fake_networks_new (fake_network_new ("Quay", FL_SECURITY_WPA2, 1),
                            fake_network_new ("Mixed", FL_SECURITY_WPA2_WPA3, 6),
                            fake_network_new ("New", FL_SECURITY_WPA3, 6),
                            fake_network_new ("Office", FL_SECURITY_ENTERPRISE, 11),
                            fake_network_new ("Fast", FL_SECURITY_WPA2, 36), hidden, NULL);
}

static void
hear_scan (Test *test)
{
  fl_sim_device_hear_scan (test->device, create_air (), test->now_us);
}

static void
hear_join (Test *test, FlSimJoinOutcome outcome, const char *ssid)
{
  FlSimNetworkSpec *network =
      outcome == FL_SIM_JOIN_OK ? fake_network_new (ssid, FL_SECURITY_WPA2, 6) : NULL;

  fl_sim_device_hear_join (test->device, outcome, network, test->now_us);
}

static guint32
get_address (guint8 last)
{
  guint8 bytes[4] = { 10, 9, 0, last };
  guint32 address;

  memcpy (&address, bytes, sizeof address);
  return address;
}

static void
hear_address (Test *test, guint8 last)
{
  fl_sim_device_hear_address (test->device, last != 0 ? get_address (last) : 0, 24, test->now_us);
}

static void
assert_state (Test *test, FlSimWifiState wifi, FlSimCloudState cloud)
{
  g_assert_cmpint (fl_sim_device_get_wifi (test->device), ==, wifi);
  g_assert_cmpint (fl_sim_device_get_cloud (test->device), ==, cloud);
  g_assert_cmpint (fl_sim_device_get_network (test->device) != NULL, ==,
                   wifi >= FL_SIM_WIFI_ADDRESSING);
}

/* A device in use, with both networks stored, in the first one. */
static Test *
go_online (void)
{
  Test *test = test_new (P2 TWO);

  hear_join (test, FL_SIM_JOIN_OK, "Home");
  hear_address (test, 7);
  fl_sim_device_hear_service (test->device, TRUE, test->now_us);
  assert_state (test, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTED);
  return test;
}

static void
test_scan (void)
{
  g_autoptr (Test) test = test_new (P2);
  g_autoptr (GPtrArray) found = NULL;
  guint n_wakes;

  ask (test, FL_REQUEST_SCAN_NETWORKS, NULL);
  pass (test, SECONDS (50));
  g_assert_false (is_answered (test));
  g_assert_cmpuint (test->station->n_scans, ==, 1);
  n_wakes = test->n_wakes;
  hear_scan (test);
  g_assert_cmpuint (test->n_wakes, >, n_wakes);

  found = take_scan (test, FL_WIFI_GEN4);
  g_assert_cmpuint (found->len, ==, 3); /* without WPA3, enterprise, and the one that hides */
  g_assert_cmpstr (find_security (found, "Quay"), ==, "wpa2");
  g_assert_cmpstr (find_security (found, "Mixed"), ==, "wpa2");
  g_assert_cmpstr (find_security (found, "Fast"), ==, "wpa2");
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpint (fl_network_get_rssi (found->pdata[i]), ==, -45);
}

static void
test_scan_argon (void)
{
  g_autoptr (Test) test = test_new (ARGON);
  g_autoptr (GPtrArray) found = NULL;

  ask (test, FL_REQUEST_SCAN_NETWORKS, NULL);
  hear_scan (test);
  found = take_scan (test, FL_WIFI_ARGON);
  g_assert_cmpuint (found->len, ==, 4); /* without that on 5 GHz, and the one that hides */
  g_assert_cmpstr (find_security (found, "New"), ==, "unknown");
  g_assert_cmpstr (find_security (found, "Mixed"), ==, "unknown");
  g_assert_cmpstr (find_security (found, "Office"), ==, "unknown");
}

static void
test_scan_empty (void)
{
  g_autoptr (Test) test = test_new (P2);

  ask (test, FL_REQUEST_SCAN_NETWORKS, NULL);
  fl_sim_device_hear_scan (test->device, fake_networks_new (NULL, NULL), test->now_us);
  g_assert_null (take_scan (test, FL_WIFI_GEN4));
  ask (test, FL_REQUEST_SCAN_NETWORKS, NULL);
  g_assert_cmpint (take_result (test), ==, FL_RESULT_BUSY);
  pass (test, SECONDS (3));
  ask (test, FL_REQUEST_SCAN_NETWORKS, NULL);
  hear_scan (test);
  g_ptr_array_unref (take_scan (test, FL_WIFI_GEN4));
}

static void
test_outcomes (void)
{
  static const struct
  {
    const char *device;
    FlSimJoinOutcome outcome;
    int result;
  } cases[] = {
    { P2, FL_SIM_JOIN_OK, 0 },
    { P2, FL_SIM_JOIN_NOT_FOUND, FL_RESULT_NOT_FOUND },
    { P2, FL_SIM_JOIN_REFUSED, FL_RESULT_INTERNAL },
    { P2, FL_SIM_JOIN_LOGIN_REFUSED, FL_RESULT_INTERNAL },
    { P2, FL_SIM_JOIN_SERVER_DOUBTFUL, FL_RESULT_INTERNAL },
    { P2, FL_SIM_JOIN_NO_ANSWER, FL_RESULT_TIMEOUT },
    { ARGON, FL_SIM_JOIN_OK, 0 },
    { ARGON, FL_SIM_JOIN_NOT_FOUND, FL_RESULT_NOT_FOUND },
    { ARGON, FL_SIM_JOIN_REFUSED, FL_RESULT_NOT_FOUND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Test) test = test_new (cases[i].device);

      ask_to_join (test, "Quay", FL_SECURITY_WPA2, "lighthouse7");
      g_assert_cmpstr (test->station->ssid, ==, "Quay");
      g_assert_cmpstr (test->station->password, ==, "lighthouse7");
      g_assert_cmpint (test->station->security, ==, FL_SECURITY_WPA2);
      pass (test, SECONDS (40));
      g_assert_false (is_answered (test));
      hear_join (test, cases[i].outcome, "Quay");
      g_assert_cmpint (take_result (test), ==, cases[i].result);
      g_assert_cmpuint (fl_sim_device_get_n_known (test->device), ==, cases[i].result == 0);
    }
}

/* What the firmware knows by itself is answered without the radio. */
static void
test_short_key (void)
{
  g_autoptr (Test) test = test_new (P2);

  ask_to_join (test, "Quay", FL_SECURITY_WPA2, "short");
  g_assert_cmpint (take_result (test), ==, FL_RESULT_INVALID_ARGUMENT);
  g_assert_cmpuint (test->station->n_joins, ==, 0);
}

/* It takes the security of its scan, not of the request. */
static void
test_security (void)
{
  g_autoptr (Test) test = test_new (P2);

  ask (test, FL_REQUEST_SCAN_NETWORKS, NULL);
  hear_scan (test);
  g_ptr_array_unref (take_scan (test, FL_WIFI_GEN4));
  ask_to_join (test, "Mixed", FL_SECURITY_WPA3, "lighthouse7");
  g_assert_cmpint (test->station->security, ==, FL_SECURITY_WPA2);
  hear_join (test, FL_SIM_JOIN_REFUSED, NULL);
  take_result (test);
  ask_to_join (test, "New", FL_SECURITY_WPA3, "lighthouse7");
  g_assert_cmpint (test->station->security, ==, FL_SECURITY_WPA3);
}

/* Before 5.7 what it has not seen is not there. */
static void
test_scans_first (void)
{
  g_autoptr (Test) test = test_new (P2_56);

  ask (test, FL_REQUEST_SCAN_NETWORKS, NULL); /* and now the radio is on */
  hear_scan (test);
  g_ptr_array_unref (take_scan (test, FL_WIFI_GEN4));
  ask_to_join (test, "Quay", FL_SECURITY_WPA2, "lighthouse7");
  g_assert_cmpuint (test->station->n_scans, ==, 2);
  g_assert_cmpuint (test->station->n_joins, ==, 0);
  hear_scan (test);
  g_assert_cmpuint (test->station->n_joins, ==, 1);
  hear_join (test, FL_SIM_JOIN_REFUSED, NULL);
  g_assert_cmpint (take_result (test), ==, FL_RESULT_NOT_FOUND);
  ask_to_join (test, "Nowhere", FL_SECURITY_WPA2, "lighthouse7");
  hear_scan (test);
  g_assert_cmpint (take_result (test), ==, FL_RESULT_NOT_FOUND);
  g_assert_cmpuint (test->station->n_joins, ==, 1);
}

static void
assert_interface (Test *test, const guint8 *address)
{
  const FlSimPlatformInfo *info =
      fl_sim_platform_get_info ((FlSimPlatform) fl_sim_device_get_spec (test->device)->platform);
  g_autoptr (FlSecret) payload = fl_request_pack_interface (info->wifi_index);
  g_autoptr (GError) error = NULL;
  FlSimReply reply;
  FlInterface iface;

  ask (test, FL_REQUEST_GET_INTERFACE, payload);
  g_assert_true (fl_sim_device_take_reply (test->device, FL_SIM_BY_BLUETOOTH, &reply));
  g_assert_true (fl_reply_unpack_interface (fl_secret_get_data (reply.payload),
                                            fl_secret_get_size (reply.payload), &iface, &error));
  fl_sim_reply_clear (&reply);
  g_assert_cmpuint (iface.n_addresses, ==, address != NULL);
  if (address != NULL)
    g_assert_cmpmem (iface.addresses[0], 4, address, 4);
}

/* From a request to the service: a trial, and then the stored network by itself. */
static void
test_online (void)
{
  static const guint8 address[] = { 10, 9, 0, 7 };
  g_autoptr (Test) test = test_new (P2);

  ask_to_join (test, "Quay", FL_SECURITY_WPA2, "lighthouse7");
  hear_join (test, FL_SIM_JOIN_OK, "Quay");
  g_assert_cmpint (take_result (test), ==, 0);
  assert_state (test, FL_SIM_WIFI_CONNECTING, FL_SIM_CLOUD_DISCONNECTED);
  g_assert_cmpuint (test->station->n_joins, ==, 2);
  hear_address (test, 99); /* of the trial */
  hear_join (test, FL_SIM_JOIN_OK, "Quay");
  pass (test, SECONDS (60));
  assert_state (test, FL_SIM_WIFI_ADDRESSING, FL_SIM_CLOUD_DISCONNECTED);
  assert_interface (test, NULL);
  hear_address (test, 7);
  assert_state (test, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTING);
  assert_interface (test, address);
  g_assert_cmpstr (test->station->device_id, ==, fl_sim_device_get_spec (test->device)->device_id);
  pass (test, SECONDS (60));
  assert_state (test, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTING);
  fl_sim_device_hear_service (test->device, TRUE, test->now_us);
  assert_state (test, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTED);
  g_assert_cmpuint (test->station->n_reaches, ==, 1);
}

/* Old firmware stays in the network it has tried. */
static void
test_old (void)
{
  g_autoptr (Test) test = test_new (ARGON);

  ask_to_join (test, "Quay", FL_SECURITY_WPA2, "lighthouse7");
  hear_join (test, FL_SIM_JOIN_OK, "Quay");
  g_assert_cmpint (take_result (test), ==, 0);
  assert_state (test, FL_SIM_WIFI_ADDRESSING, FL_SIM_CLOUD_DISCONNECTED);
  hear_address (test, 7);
  assert_state (test, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTING);
  g_assert_cmpuint (test->station->n_joins, ==, 1);
}

static void
power_off (Test *test)
{
  fl_sim_device_reset_at (test->device, FL_SIM_RESET_DFU, test->now_us);
  pass (test, SECONDS (0.1));
}

static void
reset (Test *test)
{
  fl_sim_device_press_reset (test->device, test->now_us);
}

static void
hold_button (Test *test)
{
  fl_sim_device_hold_button (test->device, test->now_us);
}

/* What is heard too late does nothing. */
static void
test_late (void)
{
  static void (*const ends[]) (Test * test) = { power_off, reset, hold_button };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (Test) joining = test_new (P2 TWO);
      g_autoptr (Test) online = go_online ();
      guint n_leaves = online->station->n_leaves;

      ends[i](joining);
      hear_join (joining, FL_SIM_JOIN_OK, "Home");
      hear_address (joining, 7);
      fl_sim_device_hear_service (joining->device, TRUE, joining->now_us);
      assert_state (joining, FL_SIM_WIFI_OFF, FL_SIM_CLOUD_DISCONNECTED);
      hear_scan (joining);
      assert_state (joining, FL_SIM_WIFI_OFF, FL_SIM_CLOUD_DISCONNECTED);

      ends[i](online);
      g_assert_cmpuint (online->station->n_leaves, >, n_leaves);
      g_assert_cmpuint (online->station->n_parts, >, 0);
      fl_sim_device_hear_loss (online->device, online->now_us);
      fl_sim_device_hear_service (online->device, FALSE, online->now_us);
      assert_state (online, FL_SIM_WIFI_OFF, FL_SIM_CLOUD_DISCONNECTED);
    }
}

/* After a reset it finds its way by itself. */
static void
test_reset (void)
{
  g_autoptr (Test) test = go_online ();
  guint n_joins = test->station->n_joins;

  reset (test);
  pass (test, SECONDS (4));
  assert_state (test, FL_SIM_WIFI_CONNECTING, FL_SIM_CLOUD_DISCONNECTED);
  g_assert_cmpuint (test->station->n_joins, ==, n_joins + 1);
  hear_join (test, FL_SIM_JOIN_OK, "Home");
  hear_address (test, 7);
  assert_state (test, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTING);
}

/* A request that is under way ends with its device. */
static void
test_reset_while_trying (void)
{
  g_autoptr (Test) test = test_new (P2);

  ask_to_join (test, "Quay", FL_SECURITY_WPA2, "lighthouse7");
  reset (test);
  hear_join (test, FL_SIM_JOIN_OK, "Quay");
  pass (test, SECONDS (10));
  assert_state (test, FL_SIM_WIFI_OFF, FL_SIM_CLOUD_DISCONNECTED);
  g_assert_cmpuint (fl_sim_device_get_n_known (test->device), ==, 0);
  g_assert_true (fl_sim_device_is_listening (test->device));
}

static void
test_loss (void)
{
  g_autoptr (Test) test = go_online ();
  guint n_joins = test->station->n_joins;

  fl_sim_device_hear_loss (test->device, test->now_us);
  assert_state (test, FL_SIM_WIFI_CONNECTING, FL_SIM_CLOUD_DISCONNECTED);
  g_assert_cmpuint (test->station->n_parts, ==, 1);
  pass (test, SECONDS (5));
  g_assert_cmpuint (test->station->n_joins, ==, n_joins + 1);
  hear_join (test, FL_SIM_JOIN_OK, "Home");
  assert_state (test, FL_SIM_WIFI_ADDRESSING, FL_SIM_CLOUD_DISCONNECTED);
}

static void
test_address_lost (void)
{
  g_autoptr (Test) test = go_online ();

  hear_address (test, 0);
  assert_state (test, FL_SIM_WIFI_ADDRESSING, FL_SIM_CLOUD_DISCONNECTED);
  g_assert_cmpuint (test->station->n_parts, ==, 1);
  pass (test, SECONDS (60));
  hear_address (test, 8);
  assert_state (test, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTING);
  g_assert_cmpuint (test->station->n_reaches, ==, 2);
}

static void
test_service_refused (void)
{
  g_autoptr (Test) test = go_online ();

  for (guint i = 2; i < 5; i++)
    {
      fl_sim_device_hear_service (test->device, FALSE, test->now_us);
      assert_state (test, FL_SIM_WIFI_READY, FL_SIM_CLOUD_DISCONNECTED);
      pass (test, SECONDS (5));
      assert_state (test, FL_SIM_WIFI_READY, FL_SIM_CLOUD_CONNECTING);
      g_assert_cmpuint (test->station->n_reaches, ==, i);
    }
}

/* One thing at a time: the radio looks around when it knows how the attempt ended. */
static void
test_scan_during_join (void)
{
  g_autoptr (Test) test = test_new (P2 TWO);
  g_autoptr (GPtrArray) found = NULL;

  ask (test, FL_REQUEST_SCAN_NETWORKS, NULL);
  pass (test, SECONDS (10));
  g_assert_cmpuint (test->station->n_scans, ==, 0);
  hear_join (test, FL_SIM_JOIN_NOT_FOUND, NULL);
  g_assert_cmpuint (test->station->n_scans, ==, 1);
  g_assert_cmpuint (test->station->n_joins, ==, 1);
  hear_scan (test);
  found = take_scan (test, FL_WIFI_GEN4);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpuint (test->station->n_joins, ==, 2);
  g_assert_cmpstr (test->station->ssid, ==, "Work");
}

/* The button ends the attempt that a scan waits for. */
static void
test_scan_after_button (void)
{
  g_autoptr (Test) test = test_new (P2 TWO);

  ask (test, FL_REQUEST_SCAN_NETWORKS, NULL);
  hold_button (test);
  g_assert_cmpuint (test->station->n_scans, ==, 1);
  hear_scan (test);
  g_ptr_array_unref (take_scan (test, FL_WIFI_GEN4));
  g_assert_cmpuint (test->station->n_joins, ==, 1);
}

static void
test_two_stored (void)
{
  g_autoptr (Test) test = test_new (P2 TWO);
  const FlSimKnown *first;

  g_assert_cmpstr (test->station->ssid, ==, "Home");
  hear_join (test, FL_SIM_JOIN_REFUSED, NULL);
  g_assert_cmpstr (test->station->ssid, ==, "Work");
  g_assert_cmpstr (test->station->password, ==, "foghorn88");
  hear_join (test, FL_SIM_JOIN_NOT_FOUND, NULL);
  assert_state (test, FL_SIM_WIFI_CONNECTING, FL_SIM_CLOUD_DISCONNECTED);
  g_assert_cmpuint (test->station->n_joins, ==, 2);
  pass (test, SECONDS (5));
  g_assert_cmpstr (test->station->ssid, ==, "Home");
  hear_join (test, FL_SIM_JOIN_NOT_FOUND, NULL);
  hear_join (test, FL_SIM_JOIN_OK, "Work");
  assert_state (test, FL_SIM_WIFI_ADDRESSING, FL_SIM_CLOUD_DISCONNECTED);
  first = fl_sim_device_get_known (test->device, 0);
  g_assert_cmpmem (g_bytes_get_data (first->ssid, NULL), 4, "Work", 4);
}

/* While the radio is at it, the list is taken away. */
static void
test_known_cleared (void)
{
  g_autoptr (Test) test = test_new (P2 TWO);

  ask (test, FL_REQUEST_CLEAR_KNOWN_NETWORKS, NULL);
  g_assert_cmpint (take_result (test), ==, 0);
  hear_join (test, FL_SIM_JOIN_NOT_FOUND, NULL);
  pass (test, SECONDS (20));
  g_assert_cmpuint (test->station->n_joins, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station/scan/answered-when-heard", test_scan);
  g_test_add_func ("/station/scan/numbers-of-an-argon", test_scan_argon);
  g_test_add_func ("/station/scan/empty-makes-busy", test_scan_empty);
  g_test_add_func ("/station/scan/waits-for-join", test_scan_during_join);
  g_test_add_func ("/station/scan/button-ends-join", test_scan_after_button);
  g_test_add_func ("/station/join/number-of-each-outcome", test_outcomes);
  g_test_add_func ("/station/join/short-key-needs-no-radio", test_short_key);
  g_test_add_func ("/station/join/security-of-the-scan", test_security);
  g_test_add_func ("/station/join/old-firmware-scans-first", test_scans_first);
  g_test_add_func ("/station/join/online-as-heard", test_online);
  g_test_add_func ("/station/join/old-firmware-stays", test_old);
  g_test_add_func ("/station/late/nothing-happens", test_late);
  g_test_add_func ("/station/reset/connects-by-itself", test_reset);
  g_test_add_func ("/station/reset/request-is-gone", test_reset_while_trying);
  g_test_add_func ("/station/loss/connects-again", test_loss);
  g_test_add_func ("/station/address/lost-and-back", test_address_lost);
  g_test_add_func ("/station/service/refused-and-tried-again", test_service_refused);
  g_test_add_func ("/station/known/one-after-another", test_two_stored);
  g_test_add_func ("/station/known/cleared-meanwhile", test_known_cleared);
  return g_test_run ();
}
