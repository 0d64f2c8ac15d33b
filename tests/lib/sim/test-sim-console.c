/* SPDX-License-Identifier: Apache-2.0 */
#include "console-client.h"

#include <string.h>

#define SECOND_US G_TIME_SPAN_SECOND
#define REALM     "@harbour-school.example"

static const ConsoleAnswers peap = { .ssid = "eduroam",
                                     .eap_type = "0",
                                     .username = "ann" REALM,
                                     .password = "tide-table",
                                     .ca = "ca.pem" };
static const ConsoleAnswers home = { .ssid = "Harbour Workshop", .password = "drill-and-file" };

typedef struct
{
  const char *name; /* of the test */
  const char *device;
  ConsoleAnswers answers;
  gboolean is_stored, is_online;
  int network_error; /* that it tells afterwards */
} Case;

static const Case cases[] = {
  { "peap-with-ca",
    "Library",
    { .ssid = "eduroam",
      .eap_type = "0",
      .username = "ann" REALM,
      .password = "tide-table",
      .ca = "ca.pem" },
    TRUE,
    TRUE,
    0 },
  { "peap-without-ca",
    "Laboratory",
    { .ssid = "eduroam", .eap_type = "0", .username = "ann" REALM, .password = "tide-table" },
    TRUE,
    TRUE,
    0 },
  { "peap-with-outer-identity",
    "Library",
    { .ssid = "Harbour Office",
      .eap_type = "0",
      .username = "desk" REALM,
      .password = "seagull",
      .outer = "desk" REALM },
    TRUE,
    TRUE,
    0 },
  { "outer-identity-missing",
    "Library",
    { .ssid = "Harbour Office", .eap_type = "0", .username = "desk" REALM, .password = "seagull" },
    TRUE,
    FALSE,
    1006 },
  { "wrong-password",
    "Library",
    { .ssid = "eduroam", .eap_type = "0", .username = "ann" REALM, .password = "tide" },
    TRUE,
    FALSE,
    1006 },
  { "empty-password",
    "Library",
    { .ssid = "eduroam", .eap_type = "0", .username = "ann" REALM },
    TRUE,
    FALSE,
    1006 },
  { "wrong-ca",
    "Library",
    { .ssid = "eduroam",
      .eap_type = "0",
      .username = "ann" REALM,
      .password = "tide-table",
      .ca = "other-ca.pem" },
    TRUE,
    FALSE,
    1007 },
  { "unreadable-ca-is-dropped",
    "Library",
    { .ssid = "eduroam",
      .eap_type = "0",
      .username = "ann" REALM,
      .password = "tide-table",
      .ca = "make-certificates" },
    TRUE,
    TRUE,
    0 },
  { "tls",
    "Library",
    { .ssid = "eduroam",
      .eap_type = "1",
      .ca = "ca.pem",
      .certificate = "keeper.pem",
      .key = "keeper-key.pem" },
    TRUE,
    TRUE,
    0 },
  { "tls-with-outer-identity",
    "Laboratory",
    { .ssid = "Harbour Staff",
      .eap_type = "1",
      .outer = "device" REALM,
      .ca = "ca.pem",
      .certificate = "device.pem",
      .key = "device-key.pem" },
    TRUE,
    TRUE,
    0 },
  { "tls-expired",
    "Library",
    { .ssid = "eduroam", .eap_type = "1", .certificate = "expired.pem", .key = "expired-key.pem" },
    TRUE,
    FALSE,
    1006 },
  { "tls-encrypted-key",
    "Library",
    { .ssid = "eduroam",
      .eap_type = "1",
      .certificate = "keeper.pem",
      .key = "keeper-key-encrypted.pem" },
    FALSE,
    FALSE,
    0 },
  { "tls-key-given-as-certificate",
    "Library",
    { .ssid = "eduroam", .eap_type = "1", .certificate = "keeper-key.pem", .key = "keeper.pem" },
    FALSE,
    FALSE,
    0 },
  { "tls-without-key",
    "Library",
    { .ssid = "eduroam", .eap_type = "1", .certificate = "keeper.pem" },
    FALSE,
    FALSE,
    0 },
  { "wpa2",
    "Library",
    { .ssid = "Harbour Workshop", .password = "drill-and-file" },
    TRUE,
    TRUE,
    0 },
  { "wpa2-wrong-password",
    "Library",
    { .ssid = "Harbour Workshop", .password = "drill-and-drill" },
    TRUE,
    FALSE,
    1007 },
  { "wpa2-password-too-short",
    "Library",
    { .ssid = "Harbour Workshop", .password = "drill" },
    FALSE,
    FALSE,
    0 },
  { "wpa2-hidden",
    "Library",
    { .ssid = "Boathouse", .security = "3", .cipher = "1", .password = "barnacle99" },
    TRUE,
    TRUE,
    0 },
  { "wpa2-hidden-named-wrongly",
    "Library",
    { .ssid = "Boathouse", .security = "1", .cipher = "1", .password = "barnacle9" },
    TRUE,
    FALSE,
    1058 },
  { "not-in-sight",
    "Library",
    { .ssid = "Lighthouse", .security = "3", .cipher = "1", .password = "barnacle99" },
    TRUE,
    FALSE,
    1024 },
  { "open-is-stored-in-vain", /* what it asks for the cipher spoils the entry */
    "Library",
    { .ssid = "Harbour Guest", .cipher = "1" },
    TRUE,
    FALSE,
    1044 },
  { "old-firmware",
    "Attic",
    { .ssid = "Harbour Workshop", .security = "3", .password = "drill-and-file" },
    TRUE,
    TRUE,
    0 },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (ConsoleClient) client = console_client_new ("campus", test->device);
  g_autofree char *text = NULL;
  g_autofree char *expected = g_strdup_printf ("\"net:err\":%d,", test->network_error);

  g_assert_cmpint (console_client_set_up (client, &test->answers), ==, test->is_stored);
  g_assert_cmpint (console_client_is_online (client), ==, test->is_online);
  g_assert_cmpint (fl_sim_device_is_listening (client->device), ==, !test->is_online);
  if (test->is_online)
    return;
  text = console_client_ask (client, "d");
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, expected));
}

/* In a login by certificate all is kept that was typed, and nothing else. */
static void
test_stored (void)
{
  g_autoptr (ConsoleClient) client = console_client_new ("campus", "Library");
  const FlSimKnown *known;

  g_assert_true (console_client_set_up (client, &cases[7].answers));
  known = fl_sim_device_get_known (client->device, 0);
  g_assert_null (fl_enterprise_get_ca_certificate (known->enterprise));
  g_assert_cmpstr (fl_enterprise_get_identity (known->enterprise), ==, "ann" REALM);
  g_assert_null (fl_enterprise_get_anonymous_identity (known->enterprise));
}

/* There is one place for logins, and five for networks; the newest is tried first. */
static void
test_places (void)
{
  g_autoptr (ConsoleClient) client = console_client_new ("campus", "Library");
  ConsoleAnswers office = peap;

  g_assert_true (console_client_set_up (client, &home));
  g_assert_true (console_client_is_online (client));
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name = g_strdup_printf ("Far away %u", i);
      ConsoleAnswers far = {
        .ssid = name, .security = "3", .cipher = "1", .password = "any-password"
      };

      fl_sim_device_hold_button (client->device, client->now_us);
      g_assert_true (console_client_set_up (client, &far));
      console_client_is_online (client);
    }
  g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==, 5);
  fl_sim_device_hold_button (client->device, client->now_us);
  g_assert_true (console_client_set_up (client, &peap));
  g_assert_true (console_client_is_online (client));
  fl_sim_device_hold_button (client->device, client->now_us);
  office.ssid = "Harbour Office";
  g_assert_true (console_client_set_up (client, &office));
  g_assert_cmpuint (fl_sim_device_get_n_known (client->device), ==, 5);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (fl_sim_device_get_known (client->device, i)->enterprise != NULL, ==, i == 0);
}

/* Argon, P2, M-SoM keep ten, and do not come back to blue. */
static void
test_gen4 (void)
{
  g_autoptr (ConsoleClient) client = console_client_new ("campus", "Gatehouse");
  ConsoleAnswers wrong = home;

  wrong.password = "drill-and-drill";
  g_assert_true (console_client_set_up (client, &wrong));
  console_client_wait (client, 30 * SECOND_US);
  g_assert_false (fl_sim_device_is_listening (client->device));
  g_assert_cmpint (fl_sim_device_get_wifi (client->device), ==, FL_SIM_WIFI_CONNECTING);
  fl_sim_device_hold_button (client->device, client->now_us);
  g_assert_true (console_client_set_up (client, &home));
  g_assert_true (console_client_is_online (client));
}

static void
test_letters (void)
{
  static const struct
  {
    const char *device, *letter, *expected;
  } letters[] = {
    { "Attic", "i", "Your device id is 2d003100" },
    { "Attic", "v", "system firmware version: 0.6.3\n\r\n" },
    { "Attic", "m", "Your device MAC address is\r\n94:94:4a:5b:05:13\r\n" },
    { "Attic", "c", "Device claimed: no\r\n" },
    { "Attic", "s", "\"d\":[{\"f\":\"s\",\"n\":\"1\",\"v\":109,\"_\":\"\"}]" },
    { "Reading room", "i", "Serial Number: PHHTAB6205B0514\r\n" },
    { "Library", "s", "{\"p\":6,\"m\":[{\"s\":16384,\"l\":\"m\",\"vc\":30,\"vv\":30,\"f\":\"b\"" },
    { "Library", "d", "\"net:rssi\":{\"err\":-210}" },
    { "Laboratory", "s", "{\"p\":8," },
    { "Gatehouse", "i", "Device Secret: GATEH0USEGATE15\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autoptr (ConsoleClient) client = console_client_new ("campus", letters[i].device);
      g_autofree char *text = console_client_ask (client, letters[i].letter);

      g_test_message ("%s %s: %s", letters[i].device, letters[i].letter, text);
      g_assert_nonnull (strstr (text, letters[i].expected));
    }
}

/* Old firmware does not know what came later, and says nothing. */
static void
test_letter_unknown (void)
{
  g_autoptr (ConsoleClient) client = console_client_new ("campus", "Attic");
  g_autofree char *text = console_client_ask (client, "d");

  g_assert_cmpstr (text, ==, "");
}

/* 'x' with nothing stored: Gen 2 is back in listening mode at once. */
static void
test_leave (void)
{
  g_autoptr (ConsoleClient) client = console_client_new ("campus", "Library");

  console_client_type (client, "x");
  console_client_wait (client, SECOND_US);
  g_assert_true (fl_sim_device_is_listening (client->device));
  g_assert_true (console_client_set_up (client, &home));
  g_assert_true (console_client_is_online (client));
  fl_sim_device_hold_button (client->device, client->now_us);
  console_client_type (client, "x");
  g_assert_true (console_client_is_online (client));
}

/* 'L' starts it again, and the port is another one then. */
static void
test_restart (void)
{
  g_autoptr (ConsoleClient) client = console_client_new ("campus", "Library");
  guint attachment = fl_sim_console_get_attachment (client->device, client->now_us);

  g_assert_true (console_client_set_up (client, &home));
  g_assert_true (console_client_is_online (client));
  fl_sim_device_hold_button (client->device, client->now_us);
  console_client_type (client, "L");
  console_client_wait (client, 100000);
  g_assert_true (fl_sim_console_is_closed (client->console, client->now_us));
  g_assert_cmpuint (fl_sim_console_get_attachment (client->device, client->now_us), ==, 0);
  console_client_wait (client, 5 * SECOND_US);
  g_assert_cmpuint (fl_sim_console_get_attachment (client->device, client->now_us), >, attachment);
  g_assert_true (fl_sim_device_is_listening (client->device));
  console_client_close (client);
  console_client_open (client);
  console_client_type (client, "w");
  g_assert_true (console_client_expect (client, "SSID: ", SECOND_US));
  /* once only */
  fl_sim_device_press_reset (client->device, client->now_us);
  console_client_wait (client, 5 * SECOND_US);
  g_assert_false (fl_sim_device_is_listening (client->device));
}

static void
test_rate_dfu (void)
{
  g_autoptr (ConsoleClient) client = console_client_new ("campus", "Library");
  FlSimUsbIdentity identity;

  fl_sim_console_set_rate (client->console, 14400, client->now_us);
  console_client_wait (client, 2 * SECOND_US);
  g_assert_true (fl_sim_console_is_closed (client->console, client->now_us));
  g_assert_cmpuint (fl_sim_console_get_attachment (client->device, client->now_us), ==, 0);
  fl_sim_usb_get_identity (client->device, &identity);
  g_assert_cmphex (identity.product_id, ==, 0xd006);
}

static void
test_rate_listen (void)
{
  static const struct
  {
    const char *device;
    gboolean listens;
  } devices[] = {
    { "platform=photon\nfirmware=2.3.1\n", TRUE },
    { "platform=p2\nfirmware=5.9.0\n", TRUE },
    { "platform=p2\nfirmware=6.2.0\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autofree char *scenario = g_strdup_printf (
          "[Device a]\n%susb=yes\nmode=running\nknown=Home\n[Network Home]\npassword=12345678\n",
          devices[i].device);
      g_autoptr (ConsoleClient) client = console_client_new (scenario, NULL);
      g_autofree char *silence = console_client_ask (client, "w");

      g_assert_cmpstr (silence, ==, "");
      g_assert_false (fl_sim_device_is_listening (client->device));
      fl_sim_console_set_rate (client->console, 28800, client->now_us);
      g_assert_cmpint (fl_sim_device_is_listening (client->device), ==, devices[i].listens);
    }
}

/* The light of a protected device is blue, and its console is dead. */
static void
test_protected (void)
{
  g_autoptr (ConsoleClient) client =
      console_client_new ("[Device a]\nplatform=p2\nusb=yes\nprotected=yes\n", NULL);
  g_autofree char *silence = console_client_ask (client, "w");

  g_assert_true (fl_sim_device_is_listening (client->device));
  g_assert_cmpstr (silence, ==, "");
}

/* The application's log, with the radio's code; not while it listens. */
static void
test_log (void)
{
  g_autoptr (ConsoleClient) client = console_client_new (
      "[Device a]\nplatform=photon\nfirmware=2.3.1\nusb=yes\nmode=running\nlog=yes\nknown=Home\n"
      "[Network Home]\npassword=12345678\nrssi=-110\n",
      NULL);

  g_assert_true (
      console_client_expect (client, "[hal.wlan] INFO: Joining Home\r\n", 20 * SECOND_US));
  g_assert_nonnull (
      strstr (client->said->str, "[hal.wlan] ERROR: wiced_join_ap_specific(), result: 1024\r\n"));
  fl_sim_device_hold_button (client->device, client->now_us);
  g_string_truncate (client->said, 0);
  console_client_wait (client, 20 * SECOND_US);
  g_assert_cmpstr (client->said->str, ==, "");
}

/* Firmware before 0.8.0 knows no requests over USB; its console is all there is. */
static void
test_no_requests (void)
{
  g_autoptr (ConsoleClient) client = console_client_new ("campus", "Attic");
  FlUsbSetup setup = { .request_type = 0xc0, .request = 'P', .index = 30, .length = 64 };
  g_autoptr (GBytes) reply = NULL;
  guint attachment = fl_sim_usb_get_attachment (client->device, client->now_us);
  FlSimUsbIdentity identity;

  g_assert_cmpint (fl_sim_usb_control (client->device, attachment, &setup, NULL, 0, client->now_us,
                                       &reply),
                   ==, FL_SIM_USB_STALLED);
  fl_sim_usb_get_identity (client->device, &identity);
  g_assert_cmpstr (identity.serial, !=, fl_sim_device_get_spec (client->device)->device_id);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/sim-console/set-up/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/sim-console/stored/dropped-ca-is-none", test_stored);
  g_test_add_func ("/sim-console/stored/places", test_places);
  g_test_add_func ("/sim-console/gen4/keeps-trying", test_gen4);
  g_test_add_func ("/sim-console/letters/texts", test_letters);
  g_test_add_func ("/sim-console/letters/unknown", test_letter_unknown);
  g_test_add_func ("/sim-console/letters/leave", test_leave);
  g_test_add_func ("/sim-console/letters/restart", test_restart);
  g_test_add_func ("/sim-console/rate/bootloader", test_rate_dfu);
  g_test_add_func ("/sim-console/rate/listen", test_rate_listen);
  g_test_add_func ("/sim-console/silence/protected", test_protected);
  g_test_add_func ("/sim-console/log/while-running", test_log);
  g_test_add_func ("/sim-console/old-firmware/no-requests", test_no_requests);

  return g_test_run ();
}
