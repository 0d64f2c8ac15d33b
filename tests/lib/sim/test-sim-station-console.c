/* SPDX-License-Identifier: Apache-2.0 */
#include "console-client.h"
#include "fake-station.h"

#include <string.h>

#include "fl-old-wifi.h"
#include "fl-requests.h"
#include "fl-result.h"
#include "fl-sim-device-private.h"

#define SECOND_US G_TIME_SPAN_SECOND
#define PHOTON    "[Device Board]\nplatform=photon\nfirmware=1.5.2\nusb=yes\nlog=yes\n"

typedef struct
{
  ConsoleClient *client;
  FakeStation *station;
} Test;

static Test *
test_new (void)
{
  Test *test = g_new0 (Test, 1);

  test->client = console_client_new (PHOTON, NULL);
  test->station = fake_station_new ();
  fl_sim_device_set_station (test->client->device, FL_SIM_STATION (test->station));
  return test;
}

static void
test_free (Test *test)
{
  console_client_free (test->client);
  g_assert_finalize_object (test->station);
  g_free (test);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Test, test_free)

static void
hear_scan (Test *test)
{
  fl_sim_device_hear_scan (
      test->client->device,
      fake_networks_new (fake_network_new ("Quay", FL_SECURITY_WPA2, 6),
                         fake_network_new ("Office", FL_SECURITY_ENTERPRISE, 1), NULL),
      test->client->now_us);
}

static void
hear_join (Test *test, FlSimJoinOutcome outcome)
{
  fl_sim_device_hear_join (test->client->device, outcome,
                           outcome == FL_SIM_JOIN_OK
                               ? fake_network_new ("Quay", FL_SECURITY_WPA2, 6)
                               : NULL,
                           test->client->now_us);
}

static void
answer (Test *test, const char *question, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  g_assert_true (console_client_expect (test->client, question, 5 * SECOND_US));
  console_client_type (test->client, line);
}

static void
store_quay (Test *test)
{
  console_client_type (test->client, "w");
  answer (test, "SSID: ", "Quay");
  g_assert_false (console_client_expect (test->client, "Password: ", 30 * SECOND_US));
  hear_scan (test);
  answer (test, "Password: ", "lighthouse7");
  g_assert_true (console_client_expect (test->client, "Awesome", 5 * SECOND_US));
  console_client_wait (test->client, SECOND_US);
}

/* The search lasts until the radio is done; then the rest of the dialogue goes on as ever. */
static void
test_search (void)
{
  g_autoptr (Test) test = test_new ();

  store_quay (test);
  g_assert_cmpuint (test->station->n_scans, ==, 1);
  g_assert_false (fl_sim_device_is_listening (test->client->device));
  g_assert_cmpuint (test->station->n_joins, ==, 1);
  g_assert_cmpstr (test->station->password, ==, "lighthouse7");
  hear_join (test, FL_SIM_JOIN_OK);
  g_assert_cmpint (fl_sim_device_get_wifi (test->client->device), ==, FL_SIM_WIFI_ADDRESSING);
}

/* What it says when the attempt with what was just typed ends: the light blinks blue again, and
 * the log has the number of the radio. */
static void
test_vain (void)
{
  static const struct
  {
    FlSimJoinOutcome outcome;
    const char *number;
  } cases[] = {
    { FL_SIM_JOIN_NOT_FOUND, "result: 1024\r\n" },
    { FL_SIM_JOIN_REFUSED, "result: 1007\r\n" },
    { FL_SIM_JOIN_NO_ANSWER, "result: 1025\r\n" },
    { FL_SIM_JOIN_LOGIN_REFUSED, "result: 1006\r\n" },
    { FL_SIM_JOIN_SERVER_DOUBTFUL, "result: 1007\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Test) test = test_new ();

      store_quay (test);
      hear_join (test, cases[i].outcome);
      g_assert_true (console_client_expect (test->client, cases[i].number, SECOND_US));
      g_assert_true (fl_sim_device_is_listening (test->client->device));
    }
}

static void
test_login (void)
{
  g_autoptr (Test) test = test_new ();

  console_client_type (test->client, "w");
  answer (test, "SSID: ", "Office");
  console_client_wait (test->client, SECOND_US);
  hear_scan (test);
  answer (test, "EAP Type", "0");
  answer (test, "Username: ", "anna");
  answer (test, "Password: ", "right-password");
  answer (test, "Outer identity", "someone");
  answer (test, "Root CA", "");
  g_assert_true (console_client_expect (test->client, "Awesome", 5 * SECOND_US));
  console_client_wait (test->client, SECOND_US);
  g_assert_cmpint (test->station->security, ==, FL_SECURITY_ENTERPRISE);
  g_assert_cmpstr (test->station->password, ==, "right-password");
  g_assert_cmpstr (fl_enterprise_get_identity (test->station->enterprise), ==, "anna");
  g_assert_cmpstr (fl_enterprise_get_anonymous_identity (test->station->enterprise), ==, "someone");
}

/* Somebody resets it in the middle of the search. */
static void
test_reset (void)
{
  g_autoptr (Test) test = test_new ();

  console_client_type (test->client, "w");
  answer (test, "SSID: ", "Quay");
  fl_sim_device_press_reset (test->client->device, test->client->now_us);
  hear_scan (test);
  console_client_close (test->client);
  console_client_wait (test->client, 4 * SECOND_US);
  console_client_open (test->client);
  store_quay (test);
  g_assert_cmpuint (test->station->n_joins, ==, 1);
}

/* Old Wi-Fi requests: without a cipher it looks for the network before it stores it. */
static void
test_store_by_request (void)
{
  static const char *const names[] = { "Quay", "Nowhere" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (Test) test = test_new ();
      FlSimDevice *device = test->client->device;
      g_autoptr (GBytes) ssid = g_bytes_new (names[i], strlen (names[i]));
      g_autoptr (FlSecret) password = fl_secret_new_from_string ("lighthouse7");
      g_autoptr (FlCredentials) credentials =
          fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);
      g_autoptr (FlSecret) payload = fl_old_wifi_pack_credentials (credentials, FL_OLD_CIPHER_NONE);
      FlSimReply reply;

      fl_sim_device_begin_request (device, FL_SIM_BY_BLUETOOTH, FL_REQUEST_OLD_SET_CREDENTIALS,
                                   fl_secret_get_data (payload), fl_secret_get_size (payload),
                                   test->client->now_us);
      console_client_wait (test->client, SECOND_US);
      g_assert_false (fl_sim_device_take_reply (device, FL_SIM_BY_BLUETOOTH, &reply));
      hear_scan (test);
      g_assert_true (fl_sim_device_take_reply (device, FL_SIM_BY_BLUETOOTH, &reply));
      g_assert_cmpint (reply.result, ==, i == 0 ? 0 : FL_RESULT_UNKNOWN);
      fl_sim_reply_clear (&reply);
      g_assert_cmpuint (fl_sim_device_get_n_known (device), ==, i == 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/station-console/search/goes-on-when-heard", test_search);
  g_test_add_func ("/station-console/join/vain-leads-back", test_vain);
  g_test_add_func ("/station-console/login/reaches-the-radio", test_login);
  g_test_add_func ("/station-console/reset/begins-anew", test_reset);
  g_test_add_func ("/station-console/request/looks-before-it-stores", test_store_by_request);
  return g_test_run ();
}
