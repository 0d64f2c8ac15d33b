/* SPDX-License-Identifier: Apache-2.0 */
/* Journeys over the console into which something breaks at any moment: whatever it is, they end as
 * they should, and nothing of them is left over. */
#include "config.h"

#include "journey.h"

#include "fl-error.h"
#include "fl-sim-console.h"
#include "fl-sim-device.h"
#include "fl-sim-usb.h"

#include <string.h>

#define SCHOOL                                                                                     \
  "[Network "                                                                                      \
  "school]\nssid=School\nsecurity=enterprise\naccounts=me@school:secret12\neap=peap;tls\n"
#define STEP_MS 137 /* falls between all that happens in whole tenths */

typedef struct
{
  const char *name, *device;
  guint end_ms;        /* when the journey is over */
  gboolean runs;       /* its program runs before */
  gboolean tells_less; /* only that it stored the network */
  gboolean logs_in;    /* with a certificate: the longest dialogue there is */
} World;

static const World worlds[] = {
  { .name = "photon-2.3.1",
    .device = "platform=photon\nserial=PHHTAB245AB12CD\nusb=yes\nfirmware=2.3.1\n",
    .end_ms = 12000 },
  { .name = "photon-2.3.1-running",
    .device = "platform=photon\nserial=PHHTAB245AB12CD\nusb=yes\nfirmware=2.3.1\nmode=running\n"
              "known=guests\n",
    .end_ms = 16000,
    .runs = TRUE },
  { .name = "photon-0.6.3",
    .device = "platform=photon\nserial=PHHTAB245AB12CD\nusb=yes\nusb-serial=no\nfirmware=0.6.3\n",
    .end_ms = 12000,
    .tells_less = TRUE },
  { .name = "photon-2.3.1-login",
    .device = "platform=photon\nserial=PHHTAB245AB12CD\nusb=yes\nfirmware=2.3.1\n",
    .end_ms = 16000,
    .logs_in = TRUE },
};

static FlSimDevice *
get_device (Journey *journey)
{
  return fl_sim_world_get_device (journey->world, 0);
}

static Journey *
start (const World *world)
{
  Journey *journey = journey_new (world->device, SCHOOL);

  journey_add_serial (journey);
  if (strstr (world->device, "usb-serial=no") != NULL)
    {
      journey_start_chosen (journey);
      return journey;
    }
  fl_setup_set_target (journey->setup, "AB12CD");
  journey_start (journey, NULL);
  return journey;
}

static GBytes *
read_file (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "certificates", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  gsize size_bytes;

  g_file_get_contents (path, &text, &size_bytes, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, size_bytes);
}

static FlCredentials *
create_login (void)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("School", 6);
  g_autoptr (GBytes) client = read_file ("client.pem");
  g_autoptr (GBytes) key_bytes = read_file ("client-key.pem");
  g_autoptr (FlSecret) key =
      fl_secret_new (g_bytes_get_data (key_bytes, NULL), g_bytes_get_size (key_bytes));
  g_autoptr (FlEnterprise) login =
      fl_enterprise_new (FL_EAP_TLS, "me@school", NULL, NULL, client, key);

  return fl_credentials_new_enterprise (ssid, login, NULL);
}

static void
join (Journey *journey, const World *world)
{
  if (!world->logs_in)
    {
      journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
      return;
    }
  g_clear_pointer (&journey->credentials, fl_credentials_unref);
  journey->credentials = create_login ();
  fl_setup_join (journey->setup, journey->credentials);
}

static void
on_time_up (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static gboolean
can_join (Journey *journey)
{
  return fl_setup_get_stage (journey->setup) == FL_STAGE_CHOOSING &&
         fl_setup_get_driver (journey->setup) != NULL && !fl_setup_get_scanning (journey->setup);
}

/* Joins as soon as it can be done. */
static void
run_until (Journey *journey, const World *world, guint ms, gboolean *has_joined)
{
  gboolean is_up = FALSE;

  fl_clock_add_ms (journey->clock, ms, on_time_up, &is_up);
  while (!is_up)
    {
      if (!*has_joined && can_join (journey))
        {
          *has_joined = TRUE;
          join (journey, world);
        }
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
fail_with_story (Journey *journey, guint ms)
{
  const GError *error = fl_setup_get_error (journey->setup);

  g_error ("At %u ms: %s (%s: %s)", ms, journey->story->str,
           error != NULL ? fl_error_get_id (error) : "no error",
           error != NULL ? error->message : "");
}

static void
run_to_the_end (Journey *journey, const World *world, guint ms, gboolean has_joined)
{
  if (!has_joined)
    {
      if (!journey_run_to (journey, FL_STAGE_CHOOSING))
        fail_with_story (journey, ms);
      journey_run_to_networks (journey);
      join (journey, world);
    }
  if (journey_run_to (journey, FL_STAGE_ONLINE))
    return;
  if (!world->tells_less || !(fl_setup_get_proof (journey->setup) & FL_PROOF_STORED))
    fail_with_story (journey, ms);
  journey_assert_error (journey, FL_ERROR_NOT_REPORTED, FL_STAGE_JOINING);
}

/* The device is as it was, or has the network; and all can be done again at once. */
static void
test_cancelled (gconstpointer data)
{
  const World *world = data;

  for (guint ms = 0; ms < world->end_ms; ms += STEP_MS)
    {
      Journey *journey = start (world);
      gboolean has_joined = FALSE, is_stored;

      run_until (journey, world, ms, &has_joined);
      if (fl_setup_get_stage (journey->setup) == FL_STAGE_ONLINE)
        {
          journey_free (journey);
          return;
        }
      fl_setup_cancel (journey->setup);
      is_stored = (fl_setup_get_proof (journey->setup) & FL_PROOF_STORED) != 0;
      g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CANCELLED);
      journey_run_ms (journey, 30000);
      g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CANCELLED);
      if (!is_stored && fl_sim_device_get_n_known (get_device (journey)) != (world->runs ? 1 : 0))
        g_test_message ("%u ms: has it all the same: %s", ms, journey->story->str);
      if (!is_stored && fl_sim_device_is_listening (get_device (journey)) == world->runs)
        fail_with_story (journey, ms);
      fl_setup_start (journey->setup);
      if (!is_stored || !world->tells_less)
        run_to_the_end (journey, world, ms, FALSE);
      else if (journey_run_to (journey, FL_STAGE_CHOOSING)) /* it runs, and needs its button */
        fail_with_story (journey, ms);
      journey_free (journey);
    }
}

static void
test_unplugged (gconstpointer data)
{
  const World *world = data;

  for (guint ms = 500; ms < world->end_ms; ms += STEP_MS)
    {
      Journey *journey = start (world);
      gboolean has_joined = FALSE;

      run_until (journey, world, ms, &has_joined);
      journey_unplug (journey);
      run_until (journey, world, 2000, &has_joined);
      journey_plug (journey);
      run_to_the_end (journey, world, ms, has_joined);
      journey_free (journey);
    }
}

/* Its button, or a program that crashed. */
static void
test_reset (gconstpointer data)
{
  const World *world = data;

  for (guint ms = 500; ms < world->end_ms; ms += STEP_MS)
    {
      Journey *journey = start (world);
      gboolean has_joined = FALSE;

      run_until (journey, world, ms, &has_joined);
      fl_sim_device_press_reset (get_device (journey), fl_clock_now_us (journey->clock));
      run_to_the_end (journey, world, ms, has_joined);
      journey_free (journey);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (worlds); i++)
    {
      g_autofree char *cancelled =
          g_strdup_printf ("/setup/serial-moments/cancelled/%s", worlds[i].name);
      g_autofree char *unplugged =
          g_strdup_printf ("/setup/serial-moments/unplugged/%s", worlds[i].name);
      g_autofree char *reset = g_strdup_printf ("/setup/serial-moments/reset/%s", worlds[i].name);

      g_test_add_data_func (cancelled, &worlds[i], test_cancelled);
      g_test_add_data_func (unplugged, &worlds[i], test_unplugged);
      g_test_add_data_func (reset, &worlds[i], test_reset);
    }
  return g_test_run ();
}
