/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-wpa.h"

#include <string.h>

#include "fl-sim-device-private.h"
#include "fl-sim-known.h"
#include "fl-sim-serial-private.h"
#include "fl-sim-wpa-verdict.h"
#include "mock-clock.h"
#include "mock-supplicant.h"
#include "wait.h"

#define P2     "[Device Board]\nplatform=p2\nfirmware=6.2.0\n"
#define PHOTON "[Device Board]\nplatform=photon\nfirmware=2.3.1\nusb=yes\n"

static MockSupplicant mock;

/* A device that is only asked by hand, so that every step is the test's. */
typedef struct
{
  FlSimWorld *world;
  FlSimDevice *device;
  MockClock *clock;
  FlSimWpa *station;
  char *failure; /* (nullable) */
} Test;

static void
on_failed (FlSimWpa *station, const GError *error, Test *test)
{
  g_free (test->failure);
  test->failure = g_strdup (error->message);
}

static Test *
test_new (const char *scenario)
{
  g_autoptr (GError) error = NULL;
  Test *test = g_new0 (Test, 1);

  test->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_assert_no_error (error);
  test->device = fl_sim_world_get_device (test->world, 0);
  test->clock = mock_clock_new ();
  test->station =
      fl_sim_wpa_new (test->device, MOCK_SUPPLICANT_RADIO, NULL, FL_CLOCK (test->clock), &error);
  g_assert_no_error (error);
  g_signal_connect (test->station, "failed", G_CALLBACK (on_failed), test);
  fl_sim_world_tick (test->world, fl_clock_now_us (FL_CLOCK (test->clock)));
  return test;
}

static void
test_free (Test *test)
{
  gpointer station = test->station;

  g_object_add_weak_pointer (G_OBJECT (test->station), &station);
  g_assert_finalize_object (test->world);
  WAIT_FOR (station == NULL);
  g_assert_cmpuint (mock_clock_get_n_timers (test->clock), ==, 0);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (test->clock);
  g_free (test->failure);
  mock_supplicant_clear (&mock);
  g_free (test);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Test, test_free)

static void
pass (Test *test, gint64 ms)
{
  mock_clock_advance (test->clock, ms);
  fl_sim_world_tick (test->world, fl_clock_now_us (FL_CLOCK (test->clock)));
}

static FlSimKnown *
add_known (Test *test, const char *ssid, FlSecurity security, const char *password)
{
  g_autoptr (GBytes) name = g_bytes_new (ssid, strlen (ssid));
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;
  FlSimKnown *known = fl_sim_known_new (name, security, secret, FALSE);

  g_ptr_array_add (test->device->known, known);
  return known;
}

/* Out of listening mode, to what is stored. */
static void
connect (Test *test)
{
  guint n_selected = mock.n_selected;

  fl_sim_device_leave_listening (test->device, fl_clock_now_us (FL_CLOCK (test->clock)));
  pass (test, 1);
  WAIT_FOR (mock.n_selected == n_selected + 1);
}

static const char *
get_string (const char *key)
{
  const char *value = NULL;

  g_variant_lookup (mock.network, key, "&s", &value);
  return value;
}

static void
assert_bytes (const char *key, const char *data, gsize size_bytes)
{
  g_autoptr (GVariant) value =
      g_variant_lookup_value (mock.network, key, G_VARIANT_TYPE_BYTESTRING);

  g_assert_nonnull (value);
  g_assert_cmpmem (g_variant_get_data (value), g_variant_get_size (value), data, size_bytes);
}

static int
get_number (const char *key)
{
  gint32 value = -1;

  g_variant_lookup (mock.network, key, "i", &value);
  return value;
}

static FlSimWifiState
get_wifi (Test *test)
{
  return fl_sim_device_get_wifi (test->device);
}

static void
test_scan (void)
{
  g_autoptr (Test) test = NULL;
  GPtrArray *found;
  const FlSimNetworkSpec *network;

  mock.knows_radio = FALSE;
  test = test_new (P2);
  mock_supplicant_add_point (&mock, "Quay", "wpa-psk", 2437, -45, 0);
  mock_supplicant_add_point (&mock, "Mixed", "sae wpa-psk", 5180, -60, 1);
  mock_supplicant_add_point (&mock, "", "wpa-psk", 2412, -50, 0);
  mock_supplicant_add_point (&mock, "Gone", "wpa-psk", 2412, -50, 60);
  mock_supplicant_add_point (&mock, "Elsewhere", "sae", 5955, -50, 0); /* 6 GHz */
  fl_sim_device_begin_request (test->device, FL_SIM_BY_BLUETOOTH, 506, NULL, 0,
                               fl_clock_now_us (FL_CLOCK (test->clock)));
  WAIT_FOR (mock.n_scans == 1);
  g_assert_cmpuint (mock.n_created, ==, 1);
  mock_supplicant_end_scan (&mock, TRUE);
  WAIT_FOR (test->device->request.done);

  found = test->device->wifi_radio.found;
  g_assert_cmpuint (found->len, ==, 3);
  network = found->pdata[0];
  g_assert_cmpmem (g_bytes_get_data (network->ssid, NULL), g_bytes_get_size (network->ssid), "Quay",
                   4);
  g_assert_cmpint (network->security, ==, FL_SECURITY_WPA2);
  g_assert_cmpint (network->channel, ==, 6);
  g_assert_cmpint (network->rssi_dbm, ==, -45);
  network = found->pdata[1];
  g_assert_cmpint (network->security, ==, FL_SECURITY_WPA2_WPA3);
  g_assert_cmpint (network->channel, ==, 36);
  g_assert_true (((FlSimNetworkSpec *) found->pdata[2])->hidden);
}

/* It tries again while wpa_supplicant is busy, and in the end takes what there is. */
static void
test_scan_refused (void)
{
  g_autoptr (Test) test = test_new (P2);

  mock.refuses_scan = TRUE;
  mock_supplicant_add_point (&mock, "Quay", "wpa-psk", 2437, -45, 0);
  fl_sim_device_begin_request (test->device, FL_SIM_BY_BLUETOOTH, 506, NULL, 0,
                               fl_clock_now_us (FL_CLOCK (test->clock)));
  WAIT_FOR (mock.n_scans == 1);
  WAIT_FOR (mock_clock_get_n_timers (test->clock) == 2);
  mock_supplicant_end_scan (&mock, TRUE); /* of its own */
  mock_clock_advance (test->clock, 500);
  WAIT_FOR (mock.n_scans == 2);
  mock_clock_advance (test->clock, 30000);
  WAIT_FOR (test->device->request.done);
  g_assert_cmpuint (test->device->wifi_radio.found->len, ==, 1);
}

/* What was broken off says nothing of the air. */
static void
test_scan_broken_off (void)
{
  g_autoptr (Test) test = test_new (P2);

  fl_sim_device_begin_request (test->device, FL_SIM_BY_BLUETOOTH, 506, NULL, 0,
                               fl_clock_now_us (FL_CLOCK (test->clock)));
  WAIT_FOR (mock.n_scans == 1);
  mock_supplicant_end_scan (&mock, FALSE);
  WAIT_FOR (mock_clock_get_n_timers (test->clock) == 2);
  mock_clock_advance (test->clock, 500);
  WAIT_FOR (mock.n_scans == 2);
  mock_supplicant_add_point (&mock, "Quay", "wpa-psk", 2437, -45, 0);
  mock_supplicant_end_scan (&mock, TRUE);
  WAIT_FOR (test->device->request.done);
  g_assert_cmpuint (test->device->wifi_radio.found->len, ==, 1);
}

static void
test_psk (void)
{
  g_autoptr (Test) test = test_new (P2);

  add_known (test, "Quay", FL_SECURITY_WPA2, "correct horse");
  mock_supplicant_add_point (&mock, "Quay", "wpa-psk", 2437, -45, 0);
  connect (test);
  assert_bytes ("ssid", "Quay", 4);
  g_assert_cmpstr (get_string ("key_mgmt"), ==, "WPA-PSK");
  g_assert_cmpstr (get_string ("proto"), ==, "RSN");
  g_assert_cmpstr (get_string ("psk"), ==, "correct horse");
  g_assert_cmpint (get_number ("scan_ssid"), ==, 1);
  mock_supplicant_set_state (&mock, "associating");
  mock_supplicant_set_state (&mock, "4way_handshake");
  mock_supplicant_set_state (&mock, "completed");
  WAIT_FOR (get_wifi (test) == FL_SIM_WIFI_ADDRESSING);
  g_assert_cmpint (fl_sim_device_get_network (test->device)->channel, ==, 6);
  /* the address of "lo" was there before, and stays */
  mock_clock_advance (test->clock, 3000);
  pass (test, 1);
  g_assert_cmpint (get_wifi (test), ==, FL_SIM_WIFI_READY);
  g_assert_cmpuint (test->device->wifi_radio.address, ==, GUINT32_TO_BE (0x7f000001));

  mock_supplicant_set_state (&mock, "group_handshake");
  mock_supplicant_set_state (&mock, "disconnected");
  WAIT_FOR (get_wifi (test) == FL_SIM_WIFI_CONNECTING);
}

static void
test_keys (void)
{
  g_autoptr (Test) test = test_new (P2);
  guint8 raw[32];

  memset (raw, 0x5a, sizeof raw);
  add_known (test, "Quay", FL_SECURITY_WPA2,
             "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5A");
  connect (test);
  assert_bytes ("psk", (const char *) raw, sizeof raw);
  g_ptr_array_set_size (test->device->known, 0);
  add_known (test, "Quay", FL_SECURITY_WPA3, "sae password");
  mock_supplicant_set_number (&mock, "AuthStatusCode", 1);
  WAIT_FOR (test->device->wifi_us != G_MAXINT64);
  mock_clock_advance (test->clock, 5000);
  pass (test, 1);
  WAIT_FOR (mock.n_selected == 2);
  g_assert_cmpstr (get_string ("key_mgmt"), ==, "SAE");
  g_assert_cmpstr (get_string ("sae_password"), ==, "sae password");
  g_assert_cmpint (get_number ("ieee80211w"), ==, 2);
}

static void
test_login (void)
{
  g_autoptr (Test) test = test_new (PHOTON);
  g_autoptr (GBytes) ca = g_bytes_new_static ("a CA", 4);
  g_autoptr (GBytes) certificate = g_bytes_new_static ("mine", 4);
  g_autoptr (FlSecret) key = fl_secret_new_from_string ("my key");
  FlSimKnown *known = add_known (test, "Office", FL_SECURITY_ENTERPRISE, "right-password");

  known->enterprise = fl_enterprise_new (FL_EAP_PEAP, "anna", NULL, ca, NULL, NULL);
  connect (test);
  g_assert_cmpstr (get_string ("eap"), ==, "PEAP");
  g_assert_cmpstr (get_string ("identity"), ==, "anna");
  g_assert_cmpstr (get_string ("anonymous_identity"), ==, "anonymous");
  g_assert_cmpstr (get_string ("password"), ==, "right-password");
  g_assert_cmpstr (get_string ("ca_cert"), ==, "blob://firstlight-ca");
  g_assert_cmpuint (g_hash_table_size (mock.blobs), ==, 1);

  g_ptr_array_set_size (test->device->known, 0);
  known = add_known (test, "Office", FL_SECURITY_ENTERPRISE, NULL);
  known->enterprise = fl_enterprise_new (FL_EAP_TLS, NULL, "who", NULL, certificate, key);
  mock_supplicant_say_eap (&mock, "completion", "failure");
  WAIT_FOR (test->device->wifi_us != G_MAXINT64 || test->device->listening);
  pass (test, 5000);
  WAIT_FOR (mock.n_selected == 2);
  g_assert_cmpstr (get_string ("eap"), ==, "TLS");
  g_assert_cmpstr (get_string ("identity"), ==, "who");
  g_assert_null (get_string ("ca_cert"));
  g_assert_cmpuint (g_hash_table_size (mock.blobs), ==, 2);
  g_assert_nonnull (g_hash_table_lookup (mock.blobs, "firstlight-key"));
}

/* One attempt of a Photon, which tells how it ended by the number of its radio. */
typedef struct
{
  const char *what;
  FlSecurity security;
  void (*play) (Test *test);
  int number;
} Case;

static void
play_wrong_key (Test *test)
{
  for (guint i = 0; i < 2; i++)
    {
      WAIT_FOR (mock.n_selected == i + 1);
      mock_supplicant_set_state (&mock, "4way_handshake");
      mock_supplicant_set_number (&mock, "DisconnectReason", 15);
    }
}

static void
play_rejected (Test *test)
{
  mock_supplicant_set_state (&mock, "authenticating");
  mock_supplicant_set_number (&mock, "AuthStatusCode", 37);
}

static void
play_login_refused (Test *test)
{
  mock_supplicant_say_eap (&mock, "remote certificate verification", "success");
  mock_supplicant_say_eap (&mock, "completion", "failure");
}

static void
play_server_doubtful (Test *test)
{
  mock_supplicant_say_eap (&mock, "remote certificate verification", "self-signed certificate");
  mock_supplicant_say_eap (&mock, "local TLS alert", "unknown CA");
  mock_supplicant_say_eap (&mock, "completion", "failure");
}

/* Two scans, and nothing of that name. */
static void
play_not_there (Test *test)
{
  mock_supplicant_add_point (&mock, "Other", "wpa-psk", 2437, -45, 0);
  mock_supplicant_end_scan (&mock, TRUE);
  mock_supplicant_end_scan (&mock, TRUE);
  WAIT_FOR (mock_clock_get_n_timers (test->clock) == 2);
  mock_clock_advance (test->clock, 2000);
}

static void
play_other_security (Test *test)
{
  mock_supplicant_add_point (&mock, "Office", "sae", 2437, -45, 0);
  mock_supplicant_end_scan (&mock, TRUE);
  mock_supplicant_end_scan (&mock, TRUE);
  WAIT_FOR (mock_clock_get_n_timers (test->clock) == 2);
  mock_clock_advance (test->clock, 2000);
}

static const Case cases[] = {
  { "wrong-key", FL_SECURITY_WPA2, play_wrong_key, 1007 },
  { "rejected", FL_SECURITY_WPA2, play_rejected, 1007 },
  { "login-refused", FL_SECURITY_ENTERPRISE, play_login_refused, 1006 },
  { "server-doubtful", FL_SECURITY_ENTERPRISE, play_server_doubtful, 1007 },
  { "not-there", FL_SECURITY_WPA2, play_not_there, 1024 },
  { "other-security", FL_SECURITY_WPA2, play_other_security, 1007 },
};

static void
test_outcome (gconstpointer data)
{
  const Case *is = data;
  g_autoptr (Test) test = test_new (PHOTON);
  FlSimKnown *known = add_known (test, "Office", is->security, "right-password");

  if (is->security == FL_SECURITY_ENTERPRISE)
    known->enterprise = fl_enterprise_new (FL_EAP_PEAP, "anna", NULL, NULL, NULL, NULL);
  test->device->stored_while_listening = TRUE;
  connect (test);
  is->play (test);
  WAIT_FOR (fl_sim_device_is_listening (test->device));
  g_assert_cmpint (test->device->serial->network_error, ==, is->number);
}

/* What belongs to an attempt that was given up is not heard of any more. */
static void
test_replaced (void)
{
  g_autoptr (Test) test = test_new (P2);

  add_known (test, "Quay", FL_SECURITY_WPA2, "correct horse");
  connect (test);
  fl_sim_device_hold_button (test->device, fl_clock_now_us (FL_CLOCK (test->clock)));
  mock_supplicant_set_state (&mock, "completed");
  connect (test);
  mock_supplicant_say_eap (&mock, "nothing", "at all");
  WAIT_FOR (mock.n_removed >= 3);
  g_assert_cmpint (get_wifi (test), ==, FL_SIM_WIFI_CONNECTING);
  mock_supplicant_set_state (&mock, "completed");
  WAIT_FOR (get_wifi (test) == FL_SIM_WIFI_ADDRESSING);
}

static void
test_gone (void)
{
  g_autoptr (Test) test = test_new (P2);

  fl_sim_station_scan (FL_SIM_STATION (test->station));
  WAIT_FOR (mock.n_scans == 1);
  g_assert_null (test->failure);
  mock_supplicant_leave (&mock);
  WAIT_FOR (test->failure != NULL);
  g_assert_nonnull (strstr (test->failure, "wpa_supplicant"));
}

/* One that was there and never answered; one that was never there. */
static void
test_over_time (void)
{
  FlSimWpaVerdict verdict;
  FlSimJoinOutcome outcome;

  fl_sim_wpa_verdict_begin (&verdict, FL_SECURITY_WPA2);
  g_assert_cmpint (fl_sim_wpa_verdict_hear_scan (&verdict), ==, FL_SIM_WPA_WAITS);
  g_assert_cmpint (fl_sim_wpa_verdict_hear_state (&verdict, "associating", &outcome), ==,
                   FL_SIM_WPA_WAITS);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (fl_sim_wpa_verdict_hear_scan (&verdict), ==, FL_SIM_WPA_WAITS);
  g_assert_cmpint (fl_sim_wpa_verdict_hear_disconnect (&verdict, -3, &outcome), ==,
                   FL_SIM_WPA_WAITS);
  g_assert_cmpint (fl_sim_wpa_verdict_end (&verdict, TRUE), ==, FL_SIM_JOIN_NO_ANSWER);
  g_assert_cmpint (fl_sim_wpa_verdict_end (&verdict, FALSE), ==, FL_SIM_JOIN_NOT_FOUND);
}

static void
test_no_interface (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSimWorld) world = fl_sim_world_parse (P2, strlen (P2), "test", 0, NULL);
  g_autoptr (FlClock) clock = FL_CLOCK (mock_clock_new ());

  g_assert_null (
      fl_sim_wpa_new (fl_sim_world_get_device (world, 0), "no-such-one", NULL, clock, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_supplicant_start (&mock);
  g_test_add_func ("/wpa/scan/what-is-on-the-air", test_scan);
  g_test_add_func ("/wpa/scan/refused-and-over-time", test_scan_refused);
  g_test_add_func ("/wpa/scan/broken-off", test_scan_broken_off);
  g_test_add_func ("/wpa/join/password-address-loss", test_psk);
  g_test_add_func ("/wpa/join/keys-of-all-kinds", test_keys);
  g_test_add_func ("/wpa/join/logins", test_login);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/wpa/outcome/", cases[i].what, NULL);

      g_test_add_data_func (path, &cases[i], test_outcome);
    }
  g_test_add_func ("/wpa/outcome/over-time", test_over_time);
  g_test_add_func ("/wpa/replaced/not-heard-of", test_replaced);
  g_test_add_func ("/wpa/interface/not-there", test_no_interface);
  g_test_add_func ("/wpa/gone/is-told", test_gone); /* the last one */
  status = g_test_run ();
  mock_supplicant_stop (&mock);
  return status;
}
