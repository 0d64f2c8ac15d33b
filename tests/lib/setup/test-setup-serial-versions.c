/* SPDX-License-Identifier: Apache-2.0 */
/* Journeys over the console of every firmware that has one, with every kind of network. */
#include "config.h"

#include "journey.h"

#include "fl-error.h"
#include "fl-sim-device.h"

#include <string.h>

#define NETWORKS                                                                                   \
  "[Network old]\nssid=Old\nsecurity=wep\npassword=abcde\n"                                        \
  "[Network new]\nssid=New\nsecurity=wpa3\npassword=correct horse\n"                               \
  "[Network first]\nssid=First\nsecurity=wpa\npassword=correct horse\n"                            \
  "[Network school]\nssid=School\nsecurity=enterprise\naccounts=me@school:secret12\n"

typedef struct
{
  const char *platform, *firmware;
  gboolean alone;      /* knows no requests over USB */
  gboolean tells_less; /* nor whether it has joined */
  gboolean logs_in, knows_wpa3;
  gboolean spoils_open; /* PROTOCOL.md, "Order per generation": what it stores it does not know */
} Version;

static const Version versions[] = {
  { .platform = "photon", .firmware = "0.4.5", .alone = TRUE, .tells_less = TRUE },
  { .platform = "photon", .firmware = "0.4.9", .alone = TRUE, .tells_less = TRUE },
  { .platform = "photon", .firmware = "0.6.3", .alone = TRUE, .tells_less = TRUE },
  { .platform = "photon", .firmware = "0.7.0", .alone = TRUE, .tells_less = TRUE, .logs_in = TRUE },
  { .platform = "photon", .firmware = "0.8.0", .tells_less = TRUE, .logs_in = TRUE },
  { .platform = "photon", .firmware = "1.5.2", .logs_in = TRUE, .spoils_open = TRUE },
  { .platform = "photon", .firmware = "2.3.1", .logs_in = TRUE, .spoils_open = TRUE },
  { .platform = "photon", .firmware = "3.3.1", .logs_in = TRUE, .spoils_open = TRUE },
  { .platform = "p1", .firmware = "0.6.3", .alone = TRUE, .tells_less = TRUE },
  { .platform = "p1", .firmware = "3.3.1", .logs_in = TRUE, .spoils_open = TRUE },
  { .platform = "argon", .firmware = "3.3.0" },
  { .platform = "p2", .firmware = "5.8.2", .knows_wpa3 = TRUE },
  { .platform = "p2", .firmware = "6.2.0", .knows_wpa3 = TRUE },
  { .platform = "m-som", .firmware = "6.2.0", .knows_wpa3 = TRUE },
};

static Journey *
start (const Version *version)
{
  g_autofree char *device =
      g_strdup_printf ("platform=%s\nserial=PHHTAB245AB12CD\nusb=yes\n"
                       "%sfirmware=%s\n",
                       version->platform, version->alone ? "usb-serial=no\n" : "",
                       version->firmware);
  Journey *journey = journey_new (device, NETWORKS);

  journey_add_serial (journey);
  journey_start_chosen (journey);
  return journey;
}

static void
fail_with_story (Journey *journey, const char *what)
{
  const GError *error = fl_setup_get_error (journey->setup);

  g_error ("%s: %s (%s: %s)", what, journey->story->str,
           error != NULL ? fl_error_get_id (error) : "no error",
           error != NULL ? error->message : "");
}

static void
run_to_console (Journey *journey)
{
  gint64 end_us = fl_clock_now_us (journey->clock) + 120 * G_USEC_PER_SEC;

  if (!journey_run_to (journey, FL_STAGE_CHOOSING))
    fail_with_story (journey, "start");
  if (fl_road_get_kind (fl_setup_get_road (journey->setup)) != FL_ROAD_SERIAL)
    fl_setup_use_road (journey->setup, FL_ROAD_SERIAL);
  while (fl_setup_get_stage (journey->setup) != FL_STAGE_CHOOSING ||
         fl_setup_get_driver (journey->setup) == NULL ||
         fl_road_get_kind (fl_setup_get_road (journey->setup)) != FL_ROAD_SERIAL)
    {
      if (fl_clock_now_us (journey->clock) > end_us ||
          fl_setup_get_stage (journey->setup) == FL_STAGE_FAILED)
        fail_with_story (journey, "console");
      g_main_context_iteration (NULL, TRUE);
    }
}

/* It has the network, and says so as far as it can. */
static void
run_to_the_end (Journey *journey, const Version *version, const char *what)
{
  if (journey_run_to (journey, FL_STAGE_ONLINE))
    return;
  if (!version->tells_less || !(fl_setup_get_proof (journey->setup) & FL_PROOF_STORED))
    fail_with_story (journey, what);
  journey_assert_error (journey, FL_ERROR_NOT_REPORTED, FL_STAGE_JOINING);
  g_assert_cmpint (fl_sim_device_get_n_known (fl_sim_world_get_device (journey->world, 0)), ==, 1);
}

static void
test_personal (gconstpointer data)
{
  static const struct
  {
    const char *name, *password;
    FlSecurity security;
  } networks[] = {
    { "Home", "correct horse", FL_SECURITY_WPA2 },
    { "Guests", NULL, FL_SECURITY_OPEN },
    { "Old", "abcde", FL_SECURITY_WEP },
    { "First", "correct horse", FL_SECURITY_WPA },
  };
  const Version *version = data;

  for (gsize i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      Journey *journey = start (version);

      run_to_console (journey);
      journey_join (journey, networks[i].name, networks[i].password, networks[i].security);
      if (networks[i].security != FL_SECURITY_OPEN || !version->spoils_open)
        run_to_the_end (journey, version, networks[i].name);
      else if (journey_run_to (journey, FL_STAGE_ONLINE))
        fail_with_story (journey, networks[i].name);
      else
        journey_assert_error (journey, FL_ERROR_JOIN_SECURITY, FL_STAGE_JOINING);
      journey_free (journey);
    }
}

/* What does not know it is told so before anything is sent. */
static void
test_wpa3 (gconstpointer data)
{
  const Version *version = data;
  Journey *journey = start (version);

  run_to_console (journey);
  journey_join (journey, "New", "correct horse", FL_SECURITY_WPA3);
  if (version->knows_wpa3)
    run_to_the_end (journey, version, "New");
  else if (journey_run_to (journey, FL_STAGE_ONLINE))
    fail_with_story (journey, "New");
  else
    {
      journey_assert_error (journey, FL_ERROR_NETWORK_WPA3, FL_STAGE_SENDING);
      g_assert_cmpint (fl_sim_device_get_n_known (fl_sim_world_get_device (journey->world, 0)), ==,
                       0);
    }
  journey_free (journey);
}

static void
test_login (gconstpointer data)
{
  const Version *version = data;
  Journey *journey = start (version);
  g_autoptr (GBytes) ssid = g_bytes_new_static ("School", 6);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("secret12");
  g_autoptr (FlEnterprise) login =
      fl_enterprise_new (FL_EAP_PEAP, "me@school", NULL, NULL, NULL, NULL);
  g_autoptr (FlCredentials) credentials = fl_credentials_new_enterprise (ssid, login, password);

  run_to_console (journey);
  g_assert_cmpint ((fl_setup_get_capabilities (journey->setup) & FL_CAN_ENTERPRISE) != 0, ==,
                   version->logs_in);
  fl_setup_join (journey->setup, credentials);
  if (version->logs_in)
    run_to_the_end (journey, version, "School");
  else if (journey_run_to (journey, FL_STAGE_ONLINE))
    fail_with_story (journey, "School");
  if (!version->logs_in)
    g_assert_cmpstr (fl_error_get_id (fl_setup_get_error (journey->setup)), ==, "E33");
  journey_free (journey);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } tests[] = { { "personal", test_personal }, { "wpa3", test_wpa3 }, { "login", test_login } };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (tests); k++)
      {
        g_autofree char *path = g_strdup_printf ("/setup/serial-versions/%s/%s-%s", tests[k].name,
                                                 versions[i].platform, versions[i].firmware);

        g_test_add_data_func (path, &versions[i], tests[k].func);
      }
  return g_test_run ();
}
