/* SPDX-License-Identifier: Apache-2.0 */
/* Journeys of a Photon whose firmware takes networks by its console alone. */
#include "config.h"

#include "journey.h"

#include <string.h>

#include "fl-error.h"
#include "fl-sim-console.h"
#include "fl-sim-device.h"
#include "fl-sim-usb.h"

#define PHOTON     "platform=photon\nserial=PHHTAB245AB12CD\nusb=yes\n"
#define LATER      "platform=photon\nserial=PHHTAB245AB12CD\nusb=later 500ms\nfirmware=2.3.1\n"
#define FIRMWARE_2 PHOTON "firmware=2.3.1\n"
#define SCHOOL     "[Network school]\nssid=School\nsecurity=enterprise\naccounts=me@school:secret12\n"

static Journey *
start (const char *device)
{
  Journey *journey = journey_new (device, SCHOOL);

  journey_add_serial (journey);
  fl_setup_set_target (journey->setup, "AB12CD");
  journey_start (journey, NULL);
  return journey;
}

static Journey *
start_with (const char *more)
{
  g_autofree char *device = g_strconcat (FIRMWARE_2, more, NULL);

  return start (device);
}

static void
fail_with_story (Journey *journey)
{
  const GError *error = fl_setup_get_error (journey->setup);

  g_error ("Story: %s (%s: %s)", journey->story->str, error != NULL ? fl_error_get_id (error) : "",
           error != NULL ? error->message : "");
}

static void
run_to_choosing (Journey *journey)
{
  if (!journey_run_to (journey, FL_STAGE_CHOOSING))
    fail_with_story (journey);
  g_assert_cmpint (fl_road_get_kind (fl_setup_get_road (journey->setup)), ==, FL_ROAD_SERIAL);
}

static void
join_school (Journey *journey, const char *text)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("School", 6);
  g_autoptr (FlSecret) password = fl_secret_new_from_string (text);
  g_autoptr (FlEnterprise) login =
      fl_enterprise_new (FL_EAP_PEAP, "me@school", NULL, NULL, NULL, NULL);

  g_clear_pointer (&journey->credentials, fl_credentials_unref);
  journey->credentials = fl_credentials_new_enterprise (ssid, login, password);
  fl_setup_join (journey->setup, journey->credentials);
}

static void
run_online (Journey *journey)
{
  if (!journey_run_to (journey, FL_STAGE_ONLINE))
    fail_with_story (journey);
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==, FL_PROOF_STORED | FL_PROOF_CLOUD);
}

static FlSimDevice *
get_device (Journey *journey)
{
  return fl_sim_world_get_device (journey->world, 0);
}

static void
test_home (gconstpointer data)
{
  Journey *journey = start_with (data);

  run_to_choosing (journey);
  g_assert_nonnull (strstr (journey->story->str, "[fall-back]"));
  g_assert_no_error (fl_setup_get_error (journey->setup));
  g_assert_false (fl_setup_get_scanning (journey->setup));
  g_assert_cmpuint (g_list_model_get_n_items (fl_setup_get_networks (journey->setup)), ==, 0);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  run_online (journey);
  g_assert_true (g_str_has_suffix (journey->story->str, "sending joining reaching online "));
  journey_free (journey);
}

/* The console of a device that was just plugged in is listed first: its USB, which can say how it
 * goes on, is waited for. */
static void
test_usb_is_listed_later (void)
{
  Journey *journey = start (LATER);

  fl_setup_set_target (journey->setup, "/dev/ttyACM0"); /* its code is not known without USB */
  fl_usb_bus_stop (journey->bus);
  journey_run_ms (journey, 4000); /* others are being set up, too */
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_FINDING);
  fl_usb_bus_start (journey->bus);
  run_to_choosing (journey);
  g_assert_nonnull (strstr (journey->story->str, "[fall-back]"));
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  run_online (journey);
  journey_free (journey);
}

/* But not for ever. */
static void
test_usb_is_never_listed (void)
{
  Journey *journey = start (LATER);

  fl_setup_set_target (journey->setup, "/dev/ttyACM0");
  fl_usb_bus_stop (journey->bus);
  run_to_choosing (journey);
  g_assert_null (strstr (journey->story->str, "[fall-back]"));
  journey_free (journey);
}

static void
test_school (gconstpointer data)
{
  Journey *journey = start_with (data);

  run_to_choosing (journey);
  g_assert_true (fl_setup_get_capabilities (journey->setup) & FL_CAN_ENTERPRISE);
  join_school (journey, "secret12");
  run_online (journey);
  journey_free (journey);
}

/* While it joins it only says that it runs: its light is what it should be. */
static void
test_light (void)
{
  Journey *journey = start_with ("");
  guint n_expected = 0;

  run_to_choosing (journey);
  join_school (journey, "secret12");
  while (fl_setup_get_stage (journey->setup) < FL_STAGE_ONLINE)
    {
      const FlDeviceState *state = fl_setup_get_state (journey->setup);
      FlLightState light = fl_setup_get_light (journey->setup)->state;
      gboolean is_running = state != NULL && state->mode == FL_MODE_RUNNING;

      g_assert_cmpint (light, !=, FL_LIGHT_STATE_UNKNOWN);
      if (is_running && fl_setup_get_stage (journey->setup) == FL_STAGE_JOINING)
        {
          g_assert_cmpint (light, ==, FL_LIGHT_STATE_WIFI_CONNECTING);
          g_assert_false (fl_setup_get_light_is_reported (journey->setup));
          n_expected++;
        }
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (n_expected, >, 0);
  journey_free (journey);
}

/* Later firmware stores an open network so that it never joins it: said before it is sent, and
 * true.
 */
static void
test_open_network_is_doubted (void)
{
  Journey *journey = start_with ("");

  run_to_choosing (journey);
  journey_join (journey, "Guests", NULL, FL_SECURITY_OPEN);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  g_assert_nonnull (strstr (journey->story->str, "sending [open-doubtful]"));
  journey_assert_error (journey, FL_ERROR_JOIN_SECURITY, FL_STAGE_JOINING);
  journey_free (journey);
}

/* Blinking blue again: a login that was wrong, and nothing typed is lost. */
static void
test_wrong_login_then_right (void)
{
  Journey *journey = start_with ("");

  run_to_choosing (journey);
  join_school (journey, "wrong");
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_LOGIN_REJECTED, FL_STAGE_JOINING);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  g_assert_true (fl_setup_get_credentials (journey->setup) == journey->credentials);
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==, FL_PROOF_IN_VAIN); /* it is said */
  join_school (journey, "secret12");
  run_online (journey);
  journey_free (journey);
}

static void
test_wrong_password (void)
{
  Journey *journey = start_with ("");
  const GError *error = NULL;

  run_to_choosing (journey);
  journey_join (journey, "Home", "wrong password", FL_SECURITY_WPA2);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  error = fl_setup_get_error (journey->setup);
  g_assert_true (g_error_matches (error, FL_ERROR, FL_ERROR_JOIN_UNCLEAR) ||
                 g_error_matches (error, FL_ERROR, FL_ERROR_WRONG_PASSWORD));
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  journey_free (journey);
}

/* Something else has the port: that is waited for, and then a person says whether longer. */
static void
test_port_busy (void)
{
  Journey *journey = start (LATER "faults=serial-busy=30s\n");

  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_cmpstr (fl_error_get_id (fl_setup_get_error (journey->setup)), ==, "E10");
  fl_setup_retry (journey->setup);
  run_to_choosing (journey);
  journey_free (journey);
}

static void
test_port_busy_for_a_moment (void)
{
  Journey *journey = start (LATER "faults=serial-busy=10s\n");

  run_to_choosing (journey);
  journey_free (journey);
}

static void
test_no_permission (void)
{
  Journey *journey = start_with ("faults=serial-permission\n");

  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_cmpstr (fl_error_get_id (fl_setup_get_error (journey->setup)), ==, "E08");
  journey_free (journey);
}

/* Its USB numbers alone do not say that it is the one. */
static void
test_silent (void)
{
  Journey *journey = start_with ("faults=serial-silent\n");

  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_cmpstr (fl_error_get_id (fl_setup_get_error (journey->setup)), ==, "E26");
  journey_free (journey);
}

/* Two searches of the device, of half a minute each. */
static void
test_slow_search (void)
{
  Journey *journey = start_with ("scan-time=30s\n");

  run_to_choosing (journey);
  join_school (journey, "secret12");
  run_online (journey);
  g_assert_cmpint (fl_setup_get_stage_ms (journey->setup, FL_STAGE_SENDING), >, 29000);
  journey_free (journey);
}

/* The cable is pulled at a question and put back: it goes on by itself. */
static void
test_unplugged (gconstpointer data)
{
  g_autofree char *fault = g_strdup_printf ("faults=serial-close-at=%s x1\n", (const char *) data);
  Journey *journey = start_with (fault);

  run_to_choosing (journey);
  join_school (journey, "secret12");
  while (fl_sim_usb_has_cable (get_device (journey)) &&
         fl_setup_get_stage (journey->setup) == FL_STAGE_SENDING &&
         strstr (journey->story->str, "[searching-again]") == NULL)
    g_main_context_iteration (NULL, TRUE);
  journey_run_ms (journey, 3000);
  journey_plug (journey);
  run_online (journey);
  journey_free (journey);
}

static void
test_unplugged_for_good (void)
{
  Journey *journey = start_with ("faults=serial-close-at=username\n");

  run_to_choosing (journey);
  join_school (journey, "secret12");
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_LINK_LOST, FL_STAGE_SENDING);
  journey_free (journey);
}

/* It stored the network, and was not heard any more. */
static void
test_unplugged_after (gconstpointer data)
{
  g_autofree char *fault = g_strdup_printf ("faults=%s x1\n", (const char *) data);
  Journey *journey = start_with (fault);

  run_to_choosing (journey);
  join_school (journey, "secret12");
  journey_run_ms (journey, 8000);
  journey_plug (journey);
  if (!journey_run_to (journey, FL_STAGE_ONLINE))
    fail_with_story (journey);
  journey_free (journey);
}

static void
test_cancelled (void)
{
  Journey *journey = start_with ("scan-time=20s\n");

  run_to_choosing (journey);
  join_school (journey, "secret12");
  journey_run_ms (journey, 5000);
  fl_setup_cancel (journey->setup);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CANCELLED);
  journey_run_ms (journey, 20000);
  g_assert_true (fl_sim_device_is_listening (get_device (journey))); /* as it was */
  g_assert_cmpuint (fl_sim_device_get_n_known (get_device (journey)), ==, 0);
  fl_setup_start (journey->setup);
  run_to_choosing (journey);
  join_school (journey, "secret12");
  run_online (journey);
  journey_free (journey);
}

static void
test_stuck (void)
{
  Journey *journey = start_with ("faults=serial-stuck=password\n");

  run_to_choosing (journey);
  join_school (journey, "secret12");
  run_online (journey);
  journey_free (journey);
}

/* Only the port may be used, and nothing is written to it to find out more: the person compares the
 * light. */
static void
test_alone (void)
{
  Journey *journey = journey_new (FIRMWARE_2 "faults=usb-claimed\n", NULL);

  journey_add_serial (journey);
  journey_start_chosen (journey);
  run_to_choosing (journey);
  g_assert_false (fl_setup_get_capabilities (journey->setup) & FL_CAN_PROVE_CLOUD);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_true (journey_run_to (journey, FL_STAGE_JOINING));
  journey_run_ms (journey, 10000);
  g_assert_true (fl_setup_get_light (journey->setup) ==
                 fl_light_get (FL_LIGHT_STATE_WIFI_CONNECTING));
  g_assert_false (fl_setup_get_light_is_reported (journey->setup));
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_NOT_REPORTED, FL_STAGE_JOINING);
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==, FL_PROOF_STORED);
  journey_free (journey);
}

/* A person may choose that road where USB would do. */
static void
test_chosen_road (void)
{
  Journey *journey = start (PHOTON "firmware=1.5.4\n");

  g_assert_true (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_cmpint (fl_road_get_kind (fl_setup_get_road (journey->setup)), ==, FL_ROAD_USB);
  fl_setup_use_road (journey->setup, FL_ROAD_SERIAL);
  while (fl_road_get_kind (fl_setup_get_road (journey->setup)) != FL_ROAD_SERIAL ||
         fl_setup_get_driver (journey->setup) == NULL)
    g_main_context_iteration (NULL, TRUE);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  run_online (journey);
  journey_free (journey);
}

/* Looked at over USB by support staff, and then given a network. */
static void
test_given_a_network_later (void)
{
  Journey *journey = journey_new (FIRMWARE_2, SCHOOL);

  journey_add_serial (journey);
  fl_setup_set_target (journey->setup, "AB12CD");
  fl_setup_set_scan (journey->setup, FALSE);
  journey_start (journey, NULL);
  g_assert_true (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_cmpint (fl_road_get_kind (fl_setup_get_road (journey->setup)), ==, FL_ROAD_USB);
  join_school (journey, "secret12");
  run_online (journey);
  g_assert_cmpint (fl_road_get_kind (fl_setup_get_road (journey->setup)), ==, FL_ROAD_SERIAL);
  journey_free (journey);
}

int
main (int argc, char *argv[])
{
  static const char *const prompts[] = { "ssid",     "eap-type",       "username",
                                         "password", "outer-identity", "root-ca" };

  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/setup/serial/home/from-set-up-mode", "", test_home);
  g_test_add_data_func ("/setup/serial/home/while-it-runs", "mode=running\nknown=guests\n",
                        test_home);
  g_test_add_data_func ("/setup/serial/home/no-id-on-usb", "usb-serial=no\n", test_home);
  g_test_add_func ("/setup/serial/usb/listed-later", test_usb_is_listed_later);
  g_test_add_func ("/setup/serial/usb/never-listed", test_usb_is_never_listed);
  g_test_add_data_func ("/setup/serial/school/joins", "", test_school);
  g_test_add_data_func ("/setup/serial/school/byte-by-byte", "faults=serial-chunk\n", test_school);
  g_test_add_data_func ("/setup/serial/school/noise", "faults=serial-noise\n", test_school);
  g_test_add_func ("/setup/serial/school/light", test_light);
  g_test_add_func ("/setup/serial/school/wrong-login-then-right", test_wrong_login_then_right);
  g_test_add_func ("/setup/serial/home/wrong-password", test_wrong_password);
  g_test_add_func ("/setup/serial/open/is-doubted", test_open_network_is_doubted);
  g_test_add_func ("/setup/serial/port/busy", test_port_busy);
  g_test_add_func ("/setup/serial/port/busy-for-a-moment", test_port_busy_for_a_moment);
  g_test_add_func ("/setup/serial/port/no-permission", test_no_permission);
  g_test_add_func ("/setup/serial/silent", test_silent);
  g_test_add_func ("/setup/serial/slow-search", test_slow_search);
  for (gsize i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup/serial/unplugged/at-%s", prompts[i]);

      g_test_add_data_func (path, prompts[i], test_unplugged);
    }
  g_test_add_func ("/setup/serial/unplugged/for-good", test_unplugged_for_good);
  g_test_add_data_func ("/setup/serial/unplugged/after-thanks", "serial-close-after-thanks",
                        test_unplugged_after);
  g_test_add_data_func ("/setup/serial/unplugged/after-awesome", "serial-close-after-awesome",
                        test_unplugged_after);
  g_test_add_func ("/setup/serial/cancelled/is-as-it-was", test_cancelled);
  g_test_add_func ("/setup/serial/stuck", test_stuck);
  g_test_add_func ("/setup/serial/alone/claims-no-more", test_alone);
  g_test_add_func ("/setup/serial/chosen-road", test_chosen_road);
  g_test_add_func ("/setup/serial/given-a-network-later", test_given_a_network_later);
  return g_test_run ();
}
