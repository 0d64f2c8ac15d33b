/* SPDX-License-Identifier: Apache-2.0 */

/* Photon and P1 over a cable: requests 112 to 115. */

#include "control-fixture.h"

#include <string.h>

#include "fl-error.h"
#include "fl-old-wifi.h"
#include "fl-reply-body.h"

#define LISTENING fl_reply_pack_number (72, 1)
#define RUNNING   NULL /* a default value: empty */

static void
start (ControlFixture *fixture, int mode)
{
  control_fixture_start_usb_with_version (fixture, PHOTON, "1.5.4", mode);
  script_channel_forget (fixture->channel, 72);
}

static void
join (ControlFixture *fixture, FlCredentials *credentials, gboolean only_save, int expected)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (only_save)
    fl_driver_save_async (fixture->driver, credentials, NULL, control_fixture_on_result, &result);
  else
    fl_driver_join_async (fixture->driver, credentials, NULL, control_fixture_on_result, &result);
  control_fixture_finish (fixture, &result, expected);
}

static FlSecret *
pack_networks (void)
{
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) home = g_bytes_new_static ("Home", 4);
  g_autoptr (GBytes) school = g_bytes_new_static ("School", 6);

  g_ptr_array_add (networks, fl_network_new (home, FL_SECURITY_WPA2, 6, -40));
  g_ptr_array_add (networks, fl_network_new (school, FL_SECURITY_ENTERPRISE, 11, -60));
  return fl_old_wifi_pack_networks (networks);
}

static void
test_capabilities (void)
{
  static const struct
  {
    const char *version;
    gboolean served, setup_done;
  } rows[] = {
    { "0.8.0", TRUE, TRUE },    { "1.5.4", TRUE, TRUE },  { "2.0.0-rc.1", TRUE, TRUE },
    { "2.0.0", FALSE, TRUE },   { "3.3.1", FALSE, TRUE }, { "4.0.0", FALSE, FALSE },
    { "nothing", TRUE, FALSE },
  };
  FlCapabilities served = FL_CAN_SCAN | FL_CAN_JOIN | FL_CAN_SAVE | FL_CAN_ENTERPRISE |
                          FL_CAN_LIST_KNOWN | FL_CAN_HIDDEN;
  FlCapabilities never = FL_CAN_5GHZ | FL_CAN_WPA3 | FL_CAN_WEP | FL_CAN_REMOVE_KNOWN |
                         FL_CAN_JOIN_KNOWN | FL_CAN_PROVE_ADDRESS | FL_CAN_READ_MODULES;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (ControlFixture) fixture = { 0 };
      FlCapabilities can = 0;

      control_fixture_start_usb_with_version (&fixture, PHOTON, rows[i].version, 0);
      can = fl_driver_get_capabilities (fixture.driver);
      g_assert_cmpint (can & served, ==, rows[i].served ? served : 0);
      g_assert_cmpint ((can & FL_CAN_SETUP_DONE) != 0, ==, rows[i].setup_done);
      g_assert_cmpint (can & never, ==, 0);
      g_assert_cmpint (fl_driver_get_max_known (fixture.driver), ==, 5);
    }
}

static void
test_info (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  control_fixture_start_usb (&fixture, PHOTON);
  script_channel_answer (fixture.channel, 20, 0,
                         fl_reply_pack_text (20, "2a0030000447343337373739"));
  script_channel_answer (fixture.channel, 30, 0, fl_reply_pack_text (30, "1.0.1"));
  info = control_fixture_read_info (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture.channel->log->str, ==, "20 21 30 72 76 201"); /* no co-processor */
  g_assert_cmpstr (info->product, ==, "Photon");
  g_assert_cmpstr (info->firmware, ==, "1.0.1");
  g_assert_null (info->serial); /* since 1.5.0 */
  g_assert_cmpint (info->mode, ==, FL_MODE_UNKNOWN);
  g_assert_false (info->is_protected);
}

static void
test_scan_and_known (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) known = NULL;

  start (&fixture, 1);
  script_channel_answer (fixture.channel, 112, 0, pack_networks ());
  script_channel_answer (fixture.channel, 114, 0, pack_networks ());
  control_fixture_scan (&fixture, 0);
  g_assert_cmpuint (fixture.found->len, ==, 2);
  g_assert_cmpint (fl_network_get_security (fixture.found->pdata[1]), ==, FL_SECURITY_ENTERPRISE);
  fl_driver_list_known_async (fixture.driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  known = fl_driver_list_known_finish (fixture.driver, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (known->len, ==, 2);
  g_assert_cmpstr (fixture.channel->log->str, ==, "112 114");
}

static void
remove_known (ControlFixture *fixture, GBytes *ssid, int expected)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_driver_remove_known_async (fixture->driver, ssid, NULL, control_fixture_on_result, &result);
  control_fixture_finish (fixture, &result, expected);
}

static void
test_remove_all_or_none (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Home", 4);

  start (&fixture, 1);
  script_channel_answer (fixture.channel, 115, 0, NULL);
  remove_known (&fixture, ssid, FL_ERROR_UNSUPPORTED);
  g_assert_cmpstr (fixture.channel->log->str, ==, "");
  remove_known (&fixture, NULL, 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "115");
}

static FlCredentials *
new_home (FlSecurity security, const char *text, gboolean hidden)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Home", 4);
  g_autoptr (FlSecret) password = text != NULL ? fl_secret_new_from_string (text) : NULL;

  return fl_credentials_new (ssid, security, password, hidden, NULL);
}

static void
test_join_from_listening (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = new_home (FL_SECURITY_WPA2, "password", FALSE);

  start (&fixture, 1);
  script_channel_answer (fixture.channel, 113, 0, NULL);
  script_channel_answer (fixture.channel, 71, 0, NULL);
  script_channel_answer (fixture.channel, 72, 0, LISTENING); /* still */
  script_channel_answer (fixture.channel, 72, 0, RUNNING);
  script_channel_answer (fixture.channel, 300, 0, NULL);
  script_channel_answer (fixture.channel, 300, 0, NULL);
  script_channel_answer (fixture.channel, 300, 0, fl_reply_pack_number (300, 1));
  join (&fixture, home, FALSE, 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "113 71 72 300 72 300 72 300");
  g_assert_cmpuint (fixture.n_sent, ==, 1);
  control_fixture_assert_sent (&fixture, 113, "\x0a\x12\x0a\x04Home\x18\x03\x42\x08password", 20);
}

static void
test_join_of_a_running_device (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = new_home (FL_SECURITY_WPA2, "password", FALSE);

  start (&fixture, 0);
  script_channel_answer (fixture.channel, 113, 0, NULL);
  script_channel_answer (fixture.channel, 70, 0, NULL);
  script_channel_answer (fixture.channel, 71, 0, NULL);
  script_channel_answer (fixture.channel, 72, 0, RUNNING); /* not yet */
  script_channel_answer (fixture.channel, 72, 0, LISTENING);
  script_channel_answer (fixture.channel, 72, 0, RUNNING);
  script_channel_answer (fixture.channel, 300, 0, fl_reply_pack_number (300, 2));
  join (&fixture, home, FALSE, 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "113 70 72 72 113 71 72 300");
}

static void
test_wrong_password_comes_back (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = new_home (FL_SECURITY_WPA2, "wrong password", FALSE);

  start (&fixture, 1);
  script_channel_answer (fixture.channel, 113, 0, NULL);
  script_channel_answer (fixture.channel, 71, 0, NULL);
  script_channel_answer (fixture.channel, 72, 0, RUNNING);
  script_channel_answer (fixture.channel, 72, 0, RUNNING);
  script_channel_answer (fixture.channel, 72, 0, LISTENING);
  script_channel_answer (fixture.channel, 300, 0, NULL);
  join (&fixture, home, FALSE, FL_ERROR_JOIN_UNCLEAR);
}

/* Its system thread is the one that connects: it may answer only when all is over. */
static void
test_silent_while_it_connects (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = new_home (FL_SECURITY_WPA2, "password", FALSE);
  g_autoptr (FlCredentials) wrong = new_home (FL_SECURITY_WPA2, "wrong password", FALSE);

  start (&fixture, 1);
  script_channel_answer (fixture.channel, 113, 0, NULL);
  script_channel_answer (fixture.channel, 71, 0, NULL);
  script_channel_answer (fixture.channel, 72, SCRIPT_SILENT, NULL);
  script_channel_answer (fixture.channel, 72, 0, LISTENING);
  script_channel_answer (fixture.channel, 300, SCRIPT_SILENT, NULL);
  script_channel_answer (fixture.channel, 300, 0, NULL);
  join (&fixture, wrong, FALSE, FL_ERROR_JOIN_UNCLEAR);

  script_channel_forget (fixture.channel, 72);
  script_channel_forget (fixture.channel, 300);
  script_channel_answer (fixture.channel, 72, SCRIPT_SILENT, NULL);
  script_channel_answer (fixture.channel, 300, SCRIPT_SILENT, NULL);
  join (&fixture, home, FALSE, 0); /* stored; the rest is for who follows */
}

static void
test_older_than_1_1 (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = new_home (FL_SECURITY_WPA2, "password", FALSE);

  start (&fixture, 0);
  script_channel_answer (fixture.channel, 113, 0, NULL);
  script_channel_answer (fixture.channel, 70, 0, NULL);
  script_channel_answer (fixture.channel, 71, 0, NULL);
  join (&fixture, home, FALSE, 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "113 70 72 113 71 72 300");
}

static void
test_link_lost_while_it_connects (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = new_home (FL_SECURITY_WPA2, "password", FALSE);

  start (&fixture, 1);
  script_channel_answer (fixture.channel, 113, 0, NULL);
  script_channel_answer (fixture.channel, 71, 0, NULL);
  script_channel_answer (fixture.channel, 72, SCRIPT_LOST, NULL);
  script_channel_answer (fixture.channel, 300, 0, NULL);
  join (&fixture, home, FALSE, FL_ERROR_LINK_LOST);
}

static void
on_lap (gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancelled_while_it_connects (void)
{
  for (guint ms = 5; ms < 4000; ms += 331)
    {
      g_auto (ControlFixture) fixture = { 0 };
      g_autoptr (FlCredentials) home = new_home (FL_SECURITY_WPA2, "password", FALSE);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      start (&fixture, 0);
      script_channel_answer (fixture.channel, 113, 0, NULL);
      script_channel_answer (fixture.channel, 70, 0, NULL);
      script_channel_answer (fixture.channel, 71, 0, NULL);
      script_channel_answer (fixture.channel, 72, 0, RUNNING);
      script_channel_answer (fixture.channel, 72, 0, LISTENING);
      script_channel_answer (fixture.channel, 72, 0, RUNNING);
      script_channel_answer (fixture.channel, 300, 0, NULL);
      fl_clock_add_ms (fixture.clock, ms, on_lap, cancellable);
      fl_driver_join_async (fixture.driver, home, cancellable, control_fixture_on_result, &result);
      control_fixture_wait (&result);
      g_assert_false (fl_driver_finish (fixture.driver, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_cipher_of_a_network_out_of_sight (void)
{
  static const struct
  {
    FlSecurity security;
    gboolean hidden;
    const char *log, *bytes;
    gsize size_bytes;
  } rows[] = {
    { FL_SECURITY_WPA2, FALSE, "113 113", "\x0a\x14\x0a\x04Home\x18\x03\x20\x01\x42\x08password",
      22 },
    { FL_SECURITY_WPA2, TRUE, "113", "\x0a\x14\x0a\x04Home\x18\x03\x20\x01\x42\x08password", 22 },
    { FL_SECURITY_WPA, TRUE, "113", "\x0a\x14\x0a\x04Home\x18\x02\x20\x03\x42\x08password", 22 },
    { FL_SECURITY_UNKNOWN, FALSE, "113", "\x0a\x13\x0a\x04Home\x18\xff\x01\x42\x08password", 21 },
    { FL_SECURITY_OPEN, TRUE, "113", "\x0a\x06\x0a\x04Home", 8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (ControlFixture) fixture = { 0 };
      g_autoptr (FlCredentials) home = new_home (rows[i].security, "password", rows[i].hidden);

      start (&fixture, 1);
      if (strcmp (rows[i].log, "113 113") == 0)
        script_channel_answer (fixture.channel, 113, -100, NULL);
      script_channel_answer (fixture.channel, 113, 0, NULL);
      join (&fixture, home, TRUE, 0);
      g_assert_cmpstr (fixture.channel->log->str, ==, rows[i].log);
      control_fixture_assert_sent (&fixture, 113, rows[i].bytes, rows[i].size_bytes);
    }
}

static void
test_refused_by_the_device (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = new_home (FL_SECURITY_WPA2, "password", FALSE);

  start (&fixture, 1);
  script_channel_answer (fixture.channel, 113, -100, NULL);
  join (&fixture, home, FALSE, FL_ERROR_JOIN_UNCLEAR);
  g_assert_cmpstr (fixture.channel->log->str, ==, "113 113");
}

static void
test_refuses_before_sending (void)
{
  static const struct
  {
    FlSecurity security;
    const char *password;
    int expected;
  } rows[] = {
    { FL_SECURITY_WPA3, "password", FL_ERROR_NETWORK_WPA3 },
    { FL_SECURITY_WEP, "12345", FL_ERROR_UNSUPPORTED },
    { FL_SECURITY_WPA2, NULL, FL_ERROR_INVALID_INPUT },
    { FL_SECURITY_ENTERPRISE, "password", FL_ERROR_INVALID_INPUT },
  };
  g_auto (ControlFixture) fixture = { 0 };

  start (&fixture, 1);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlCredentials) home = new_home (rows[i].security, rows[i].password, FALSE);

      join (&fixture, home, FALSE, rows[i].expected);
    }
  g_assert_cmpstr (fixture.channel->log->str, ==, "");
}

static void
save_enterprise (FlEapMethod method,
                 const char *identity,
                 const char *password,
                 gboolean with_certificate,
                 int expected)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (GBytes) ssid = g_bytes_new_static ("School", 6);
  g_autoptr (GBytes) certificate = g_bytes_new_static ("CERT", 4);
  g_autoptr (FlSecret) key = fl_secret_new_from_string ("KEY");
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;
  g_autoptr (FlEnterprise) enterprise =
      fl_enterprise_new (method, identity, NULL, NULL, with_certificate ? certificate : NULL,
                         with_certificate ? key : NULL);
  g_autoptr (FlCredentials) school = fl_credentials_new_enterprise (ssid, enterprise, secret);

  start (&fixture, 1);
  script_channel_answer (fixture.channel, 113, 0, NULL);
  join (&fixture, school, TRUE, expected);
  g_assert_cmpstr (fixture.channel->log->str, ==, expected == 0 ? "113" : "");
}

static void
test_enterprise (void)
{
  g_autofree char *long_text = g_strnfill (65, 'x');

  save_enterprise (FL_EAP_PEAP, "me@school", "password", FALSE, 0);
  save_enterprise (FL_EAP_PEAP, NULL, "password", FALSE, FL_ERROR_INVALID_INPUT);
  save_enterprise (FL_EAP_PEAP, "", "password", FALSE, FL_ERROR_INVALID_INPUT);
  save_enterprise (FL_EAP_PEAP, long_text, "password", FALSE, FL_ERROR_INVALID_INPUT);
  save_enterprise (FL_EAP_PEAP, "me@school", NULL, FALSE, FL_ERROR_INVALID_INPUT);
  save_enterprise (FL_EAP_PEAP, "me@school", long_text, FALSE, FL_ERROR_INVALID_INPUT);
  save_enterprise (FL_EAP_TLS, NULL, NULL, TRUE, 0);
  save_enterprise (FL_EAP_TLS, "me@school", "password", FALSE, FL_ERROR_INVALID_INPUT);
}

static void
assert_names_roads (ControlFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fl_driver_scan_async (fixture->driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  g_assert_false (fl_driver_finish (fixture->driver, result, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "serial"));
  g_assert_nonnull (strstr (error->message, "access point"));
}

static void
test_firmware_2_names_the_roads (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = new_home (FL_SECURITY_WPA2, "password", FALSE);

  control_fixture_start_usb_with_version (&fixture, PHOTON, "2.3.1", 1);
  assert_names_roads (&fixture);
  join (&fixture, home, FALSE, FL_ERROR_UNSUPPORTED);
  remove_known (&fixture, NULL, FL_ERROR_UNSUPPORTED);
  g_assert_cmpstr (fixture.channel->log->str, ==, "");
}

/* A version that is not known is told by its answer. */
static void
test_refusal_names_the_roads (void)
{
  g_auto (ControlFixture) fixture = { 0 };

  control_fixture_start_usb (&fixture, PHOTON);
  g_assert_true (fl_driver_get_capabilities (fixture.driver) & FL_CAN_JOIN);
  assert_names_roads (&fixture);
  g_assert_false (fl_driver_get_capabilities (fixture.driver) & FL_CAN_JOIN);
  g_assert_cmpstr (fixture.channel->log->str, ==, "112");
}

static void
test_state (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state = NULL;

  start (&fixture, 1);
  fl_driver_read_state_async (fixture.driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  g_assert_null (fl_driver_read_state_finish (fixture.driver, result, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNSUPPORTED); /* before 1.1.0 */
  g_clear_error (&error);
  g_clear_object (&result);

  script_channel_answer (fixture.channel, 72, 0, RUNNING);
  script_channel_answer (fixture.channel, 300, 0, fl_reply_pack_number (300, 2));
  fl_driver_read_state_async (fixture.driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  state = fl_driver_read_state_finish (fixture.driver, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state->mode, ==, FL_MODE_RUNNING);
  g_assert_cmpint (state->cloud, ==, FL_CLOUD_CONNECTED);
  g_assert_false (state->wifi_known); /* nothing is claimed that was not told */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/control-old/capabilities/by-version", test_capabilities);
  g_test_add_func ("/control-old/info/what-it-has", test_info);
  g_test_add_func ("/control-old/scan/and-known", test_scan_and_known);
  g_test_add_func ("/control-old/remove/all-or-none", test_remove_all_or_none);
  g_test_add_func ("/control-old/join/from-listening", test_join_from_listening);
  g_test_add_func ("/control-old/join/of-a-running-device", test_join_of_a_running_device);
  g_test_add_func ("/control-old/join/wrong-password-comes-back", test_wrong_password_comes_back);
  g_test_add_func ("/control-old/join/silent-while-it-connects", test_silent_while_it_connects);
  g_test_add_func ("/control-old/join/older-than-1.1", test_older_than_1_1);
  g_test_add_func ("/control-old/join/link-lost", test_link_lost_while_it_connects);
  g_test_add_func ("/control-old/join/cancelled-at-any-time", test_cancelled_while_it_connects);
  g_test_add_func ("/control-old/join/cipher-of-a-network-out-of-sight",
                   test_cipher_of_a_network_out_of_sight);
  g_test_add_func ("/control-old/join/refused-by-the-device", test_refused_by_the_device);
  g_test_add_func ("/control-old/join/refuses-before-sending", test_refuses_before_sending);
  g_test_add_func ("/control-old/join/enterprise", test_enterprise);
  g_test_add_func ("/control-old/firmware-2/names-the-roads", test_firmware_2_names_the_roads);
  g_test_add_func ("/control-old/refusal/names-the-roads", test_refusal_names_the_roads);
  g_test_add_func ("/control-old/state/mode-and-cloud", test_state);
  return g_test_run ();
}
