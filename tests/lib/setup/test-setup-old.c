/* SPDX-License-Identifier: Apache-2.0 */
/* Journeys of a Photon on its cable: what it takes, and what it tells. */
#include "config.h"

#include "journey.h"

#include <string.h>

#include "fl-error.h"
#include "fl-sim-device.h"

#define PHOTON "platform=photon\nserial=PHHTAB245AB12CD\nusb=yes\n"
#define SCHOOL "[Network school]\nssid=School\nsecurity=enterprise\naccounts=me@school:secret12\n"

static Journey *
start (const char *device)
{
  g_autofree char *text = g_strconcat (PHOTON, device, NULL);
  Journey *journey = journey_new (text, SCHOOL);

  fl_setup_set_target (journey->setup, "AB12CD");
  journey_start (journey, NULL);
  return journey;
}

static void
test_online (gconstpointer device)
{
  Journey *journey = start (device);

  journey_run_to_networks (journey);
  g_assert_true (fl_setup_get_capabilities (journey->setup) & FL_CAN_ENTERPRISE);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  if (!journey_run_to (journey, FL_STAGE_ONLINE))
    g_error ("Story: %s (%s)", journey->story->str,
             fl_setup_get_error (journey->setup) != NULL
                 ? fl_setup_get_error (journey->setup)->message
                 : "");
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==, FL_PROOF_STORED | FL_PROOF_CLOUD);
  g_assert_true (g_str_has_suffix (journey->story->str, "sending joining reaching online "));
  journey_free (journey);
}

static void
test_wrong_password_then_right (void)
{
  Journey *journey = start ("firmware=1.5.4\n");

  journey_run_to_networks (journey);
  journey_join (journey, "Home", "wrong password", FL_SECURITY_WPA2);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_JOIN_UNCLEAR, FL_STAGE_JOINING);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  g_assert_nonnull (fl_setup_get_driver (journey->setup)); /* the link is still open */
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
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
test_enterprise (void)
{
  Journey *journey = start ("firmware=1.5.4\n");

  journey_run_to_networks (journey);
  join_school (journey, "secret12");
  if (!journey_run_to (journey, FL_STAGE_ONLINE))
    g_error ("Story: %s", journey->story->str);
  journey_free (journey);
}

/* The device says no more than that it could not join; where there is a login it is that. */
static void
test_wrong_login_then_right (void)
{
  Journey *journey = start ("firmware=1.5.4\n");

  journey_run_to_networks (journey);
  join_school (journey, "wrong");
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_LOGIN_REJECTED, FL_STAGE_JOINING);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  join_school (journey, "secret12");
  g_assert_true (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_free (journey);
}

/* A login is not given to a device that has no use for it. */
static void
test_no_login_for_others (void)
{
  Journey *journey = journey_new (NULL, SCHOOL);

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  join_school (journey, "secret12");
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_NETWORK_ENTERPRISE, FL_STAGE_SENDING);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  g_assert_cmpuint (fl_sim_device_get_n_known (fl_sim_world_get_device (journey->world, 0)), ==, 0);
  journey_free (journey);
}

/* Before 1.1.0 it tells neither its mode nor its cloud: no more is claimed than that it has it. */
static void
test_tells_nothing (void)
{
  Journey *journey = start ("firmware=1.0.1\nfaults=answer=72:-120; answer=300:-120\n");

  journey_run_to_networks (journey);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_NOT_REPORTED, FL_STAGE_JOINING);
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==, FL_PROOF_STORED);
  journey_free (journey);
}

static void
test_no_service (void)
{
  Journey *journey = start ("firmware=1.5.4\nfaults=no-cloud\n");

  journey_run_to_networks (journey);
  journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  g_assert_cmpuint (fl_setup_get_proof (journey->setup), ==, FL_PROOF_STORED);
  journey_free (journey);
}

static void
test_firmware_2_names_the_roads (void)
{
  Journey *journey = start ("firmware=2.3.1\n");
  const GError *error = NULL;

  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  error = fl_setup_get_error (journey->setup);
  g_assert_nonnull (error);
  g_assert_cmpstr (fl_error_get_id (error), ==, "E29a");
  g_assert_nonnull (strstr (error->message, "serial"));
  g_assert_cmpstr (fl_setup_get_info (journey->setup)->firmware, ==, "2.3.1");
  journey_free (journey);
}

/* To look at it is no set-up. */
static void
test_firmware_2_can_be_looked_at (void)
{
  Journey *journey = journey_new (PHOTON "firmware=2.3.1\n", NULL);

  fl_setup_set_target (journey->setup, "AB12CD");
  fl_setup_set_scan (journey->setup, FALSE);
  journey_start (journey, NULL);
  g_assert_true (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_no_error (fl_setup_get_error (journey->setup));
  journey_free (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/setup/old/online/from-set-up-mode", "firmware=1.5.4\n", test_online);
  g_test_add_data_func ("/setup/old/online/while-it-runs",
                        "firmware=1.5.4\nmode=running\nknown=guests\n", test_online);
  g_test_add_data_func ("/setup/old/online/first-that-tells", "firmware=1.1.0\n", test_online);
  g_test_add_func ("/setup/old/wrong-password/then-right", test_wrong_password_then_right);
  g_test_add_func ("/setup/old/enterprise/joins", test_enterprise);
  g_test_add_func ("/setup/old/enterprise/wrong-login-then-right", test_wrong_login_then_right);
  g_test_add_func ("/setup/enterprise/no-login-for-others", test_no_login_for_others);
  g_test_add_func ("/setup/old/before-1.1/claims-no-more", test_tells_nothing);
  g_test_add_func ("/setup/old/no-service/claims-no-more", test_no_service);
  g_test_add_func ("/setup/old/firmware-2/names-the-roads", test_firmware_2_names_the_roads);
  g_test_add_func ("/setup/old/firmware-2/can-be-looked-at", test_firmware_2_can_be_looked_at);
  return g_test_run ();
}
