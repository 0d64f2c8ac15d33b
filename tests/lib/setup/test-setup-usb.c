/* SPDX-License-Identifier: Apache-2.0 */
/* Whole set-ups over a cable, and everything that can go wrong with it. */
#include "config.h"

#include "journey.h"

#include <string.h>

#define CABLE "bluetooth=no\nusb=yes\n"

static gboolean
run_chosen (Journey *journey)
{
  journey_start_chosen (journey);
  if (!journey_run_to (journey, FL_STAGE_CHOOSING))
    return FALSE;
  journey_run_to_networks (journey);
  return fl_setup_get_stage (journey->setup) == FL_STAGE_CHOOSING && journey_join_home (journey);
}

static void
assert_online (Journey *journey, const char *what)
{
  const GError *error = fl_setup_get_error (journey->setup);

  if (fl_setup_get_stage (journey->setup) != FL_STAGE_ONLINE)
    g_error ("%s: not on line: %s (%s)", what, journey->story->str,
             error != NULL ? error->message : "no error");
}

static void
assert_credentials_kept (Journey *journey)
{
  g_assert_nonnull (fl_setup_get_device (journey->setup));
  if (journey->credentials != NULL)
    g_assert_true (fl_setup_get_credentials (journey->setup) == journey->credentials);
}

static const char *const platforms[] = {
  "platform=p2\nserial=P046AB245AB12CD\n",
  "platform=photon2\nserial=P051AB245AB12CD\n",
  "platform=argon\nserial=ARNKAB245AB12CD\n",
  "platform=m-som\nserial=P055AB245AB12CD\n",
  "platform=p2\nserial=P046AB245AB12CD\nmode=running\n",
  "platform=argon\nserial=ARNKAB245AB12CD\nmode=running\n",
  "platform=p2\nserial=P046AB245AB12CD\nfirmware=5.3.1\n",
  "platform=photon\nfirmware=1.5.2\n",
  "platform=p1\nfirmware=1.5.2\n",
};

/* No label, no secret: the cable is its own proof. */
static void
test_platform (gconstpointer data)
{
  g_autofree char *device = g_strconcat (data, CABLE, NULL);
  Journey *journey = journey_new (device, NULL);

  run_chosen (journey);
  assert_online (journey, data);
  g_assert_cmpint ((int) fl_road_get_kind (fl_setup_get_road (journey->setup)), ==, FL_ROAD_USB);
  g_assert_null (fl_setup_get_label (journey->setup));
  g_assert_cmpuint (fl_setup_get_proof (journey->setup) & FL_PROOF_CLOUD, !=, 0);
  journey_free (journey);
}

/* Later firmware of Gen 2 answers no more than who it is: the error says which way serves it. */
static void
test_photon_with_later_firmware (void)
{
  Journey *journey = journey_new ("platform=photon\nfirmware=2.3.1\n" CABLE, NULL);

  g_assert_false (run_chosen (journey));
  journey_assert_error (journey, FL_ERROR_OTHER_ROAD, FL_STAGE_READING);
  g_assert_nonnull (fl_setup_get_info (journey->setup));
  g_assert_cmpstr (fl_setup_get_info (journey->setup)->firmware, ==, "2.3.1");
  assert_credentials_kept (journey);
  journey_free (journey);
}

static guint
count_transfers (const char *device)
{
  Journey *journey = journey_new (device, NULL);
  guint n_transfers;

  run_chosen (journey);
  assert_online (journey, "counting");
  n_transfers = fl_sim_usb_bus_get_n_transfers (FL_SIM_USB_BUS (journey->bus));
  journey_free (journey);
  return n_transfers;
}

/* At each control transfer of a whole set-up, one after the other: out and in again. */
static void
test_unplugged_and_back (void)
{
  guint n_transfers = count_transfers (CABLE), n_noticed = 0;

  g_assert_cmpuint (n_transfers, >, 40);
  for (guint n = 1; n <= n_transfers; n++)
    {
      g_autofree char *device =
          g_strdup_printf (CABLE "faults=usb-unplug=%u x1; usb-replug-after=2s\n", n);
      Journey *journey = journey_new (device, NULL);

      run_chosen (journey);
      assert_online (journey, device);
      n_noticed += strstr (journey->story->str, "[") != NULL;
      assert_credentials_kept (journey);
      journey_free (journey);
    }
  g_assert_cmpuint (n_noticed, >, n_transfers / 2);
}

/* And stays out until the person has read what is wrong. */
static void
test_unplugged_and_plugged_in_by_hand (void)
{
  guint n_transfers = count_transfers (CABLE), n_failed = 0;

  for (guint n = 1; n <= n_transfers; n += 3)
    {
      g_autofree char *device = g_strdup_printf (CABLE "faults=usb-unplug=%u x1\n", n);
      Journey *journey = journey_new (device, NULL);

      for (guint tries = 0; !run_chosen (journey) && tries == 0; tries++)
        {
          const GError *error = fl_setup_get_error (journey->setup);

          n_failed++;
          if (!g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST) &&
              !g_error_matches (error, FL_ERROR, FL_ERROR_NOT_REPORTED) &&
              !g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH))
            g_error ("%s: %s (%s)", device, journey->story->str,
                     error != NULL ? error->message : "no error");
          assert_credentials_kept (journey);
          journey_plug (journey);
          journey_run_ms (journey, 5000);
          fl_setup_retry (journey->setup);
          if (journey->credentials == NULL)
            {
              journey_run_to_networks (journey);
              journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
            }
          journey_run_to (journey, FL_STAGE_ONLINE);
          break;
        }
      assert_online (journey, device);
      journey_free (journey);
    }
  g_assert_cmpuint (n_failed, >, 10);
}

static void
test_reset (void)
{
  guint n_transfers = count_transfers (CABLE);

  for (guint n = 1; n <= n_transfers; n += 2)
    {
      g_autofree char *device = g_strdup_printf (CABLE "faults=usb-reset=%u x1\n", n);
      Journey *journey = journey_new (device, NULL);

      run_chosen (journey);
      assert_online (journey, device);
      journey_free (journey);
    }
}

/* Each spoils one transfer, or the first few requests: it ends on line, or with an error that says
 * what was seen, after which another try works. */
static const char *const spoilers[] = { "short", "garbage", "long", "stall", "silent" };

static void
test_spoiled (gconstpointer data)
{
  const char *spoiler = data;

  for (guint n = 1; n <= 60; n += 4)
    {
      g_autofree char *device = g_strdup_printf (CABLE "faults=usb-%s=%u x1\n", spoiler, n);
      Journey *journey = journey_new (device, NULL);

      if (!run_chosen (journey))
        {
          g_assert_nonnull (fl_setup_get_error (journey->setup));
          assert_credentials_kept (journey);
          fl_setup_retry (journey->setup);
          if (journey->credentials == NULL)
            {
              journey_run_to_networks (journey);
              journey_join (journey, "Home", "correct horse", FL_SECURITY_WPA2);
            }
          journey_run_to (journey, FL_STAGE_ONLINE);
        }
      assert_online (journey, device);
      journey_free (journey);
    }
}

/* Once the device has the network, a bad transfer is no more than a question to be asked again. */
static void
test_spoiled_while_following (gconstpointer data)
{
  const char *spoiler = data;
  guint n_transfers = count_transfers (CABLE), n_tried = 0;

  for (guint n = n_transfers; n > 0; n -= 2)
    {
      g_autofree char *device = g_strdup_printf (CABLE "faults=usb-%s=%u x1\n", spoiler, n);
      Journey *journey = journey_new (device, NULL);

      if (!run_chosen (journey) && (fl_setup_get_proof (journey->setup) & FL_PROOF_STORED) == 0)
        {
          journey_free (journey);
          break;
        }
      /* Only the last request of all, to leave set-up mode, is not made again. */
      if ((fl_setup_get_proof (journey->setup) & FL_PROOF_CLOUD) == 0)
        assert_online (journey, device);
      n_tried++;
      journey_free (journey);
    }
  g_assert_cmpuint (n_tried, >, 10);
}

typedef struct
{
  const char *name; /* test path */
  const char *faults;
  FlErrorCode code; /* 0: it goes on line all the same */
  FlStage stage;    /* in which it failed */
} Fault;

static const Fault faults[] = {
  { "status/busy", "usb-busy=3", 0, 0 },
  { "status/no-memory", "usb-no-memory=1", 0, 0 },
  { "status/not-found", "usb-not-found=1", 0, 0 },
  { "status/wrong-id", "usb-wrong-id=1", 0, 0 },
  { "request/silent", "silent-at=request:30", FL_ERROR_DEVICE_SILENT, FL_STAGE_READING },
  { "request/busy-join", "answer=500:-110 x2", 0, 0 },
  { "request/always-busy-join", "answer=500:-110", FL_ERROR_DEVICE_BUSY, FL_STAGE_JOINING },
  { "request/join-resets", "reset-at=join x1", 0, 0 },
  { "request/no-address", "no-address", FL_ERROR_NO_ADDRESS, FL_STAGE_ADDRESSING },
};

static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autofree char *device = g_strdup_printf (CABLE "faults=%s\n", fault->faults);
  Journey *journey = journey_new (device, NULL);

  run_chosen (journey);
  if (fault->code == 0)
    assert_online (journey, fault->name);
  else
    journey_assert_error (journey, fault->code, fault->stage);
  assert_credentials_kept (journey);
  journey_free (journey);
}

/* The rule is missing; once it was added the same journey goes on. */
static void
test_access_refused (void)
{
  Journey *journey = journey_new (CABLE "faults=usb-refused x1\n", NULL);

  g_assert_false (run_chosen (journey));
  journey_assert_error (journey, FL_ERROR_USB_ACCESS, FL_STAGE_FINDING);
  fl_finder_repair (journey_get_finder (journey, FL_ROAD_USB), FL_ACTION_ADD_RULE);
  fl_setup_retry (journey->setup);
  journey_run_to_networks (journey);
  g_assert_true (journey_join_home (journey));
  journey_free (journey);
}

static void
test_claimed_elsewhere (void)
{
  Journey *journey = journey_new (CABLE "faults=usb-claimed x2\n", NULL);

  g_assert_false (run_chosen (journey));
  g_assert_error (fl_setup_get_error (journey->setup), FL_ERROR, FL_ERROR_USB_CLAIMED);
  for (guint i = 0; i < 3 && fl_setup_get_stage (journey->setup) == FL_STAGE_FAILED; i++)
    {
      fl_finder_repair (journey_get_finder (journey, FL_ROAD_USB), FL_ACTION_TRY_AGAIN);
      journey_run_ms (journey, 1000);
      fl_setup_retry (journey->setup);
      journey_run_to (journey, FL_STAGE_CHOOSING);
    }
  journey_run_to_networks (journey);
  g_assert_true (journey_join_home (journey));
  journey_free (journey);
}

static void
test_no_usb_at_all (void)
{
  Journey *journey = journey_new ("bluetooth=no\nusb=yes\n", "faults=usb-permission\n");

  journey_start (journey, JOURNEY_LABEL);
  fl_setup_use_road (journey->setup, FL_ROAD_USB);
  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  journey_assert_error (journey, FL_ERROR_USB_PERMISSION, FL_STAGE_FINDING);
  journey_free (journey);
}

static void
test_update_mode (gconstpointer data)
{
  g_autofree char *device = g_strconcat ((const char *) data, "mode=dfu\n" CABLE, NULL);
  Journey *journey = journey_new (device, NULL);

  g_assert_false (run_chosen (journey));
  journey_assert_error (journey, FL_ERROR_UPDATE_MODE, FL_STAGE_FINDING);
  fl_setup_leave_update_mode (journey->setup);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  if (!journey_run_to (journey, FL_STAGE_CHOOSING))
    g_error ("%s", journey->story->str);
  g_assert_nonnull (strstr (journey->story->str, "[leaving-update-mode]"));
  journey_run_to_networks (journey);
  g_assert_true (journey_join_home (journey));
  journey_free (journey);
}

/* Unplugged instead of leaving: it says what it is when it is back. */
static void
test_update_mode_unplugged (void)
{
  Journey *journey = journey_new ("mode=dfu\n" CABLE, NULL);

  g_assert_false (run_chosen (journey));
  journey_unplug (journey);
  fl_setup_leave_update_mode (journey->setup);
  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_FAILED);
  g_assert_nonnull (fl_setup_get_error (journey->setup));
  journey_free (journey);
}

static void
test_protected (void)
{
  Journey *journey = journey_new ("protected=yes\n" CABLE, NULL);

  g_assert_false (run_chosen (journey));
  journey_assert_error (journey, FL_ERROR_PROTECTED, FL_STAGE_READING);
  g_assert_true (fl_setup_get_info (journey->setup)->is_protected);
  journey_free (journey);
}

static void
test_protected_in_service_mode (void)
{
  Journey *journey = journey_new ("protected=yes\nservice-mode=yes\n" CABLE, NULL);

  run_chosen (journey);
  assert_online (journey, "service mode");
  journey_free (journey);
}

/* A device that waits for nobody: running already, it needs no set-up mode by cable. */
static void
test_wrong_password (void)
{
  Journey *journey = journey_new (CABLE, NULL);

  journey_start_chosen (journey);
  journey_run_to_networks (journey);
  journey_join (journey, "Home", "wrong horse", FL_SECURITY_WPA2);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  g_assert_nonnull (fl_setup_get_driver (journey->setup));
  g_assert_true (journey_join_home (journey));
  journey_free (journey);
}

/* Another device's label: over a cable only the serial number tells. */
static void
test_label_of_another (void)
{
  Journey *journey = journey_new (CABLE, NULL);
  g_autoptr (FlLabel) label = fl_label_parse ("P046AB245AB99XX " JOURNEY_SECRET, -1, NULL);

  fl_setup_set_label (journey->setup, label);
  journey_start_chosen (journey);
  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_error (fl_setup_get_error (journey->setup), FL_ERROR, FL_ERROR_LABEL_OTHER_DEVICE);
  journey_free (journey);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (platforms); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup-usb/platform/%zu", i);

      g_test_add_data_func (path, platforms[i], test_platform);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup-usb/fault/%s", faults[i].name);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (spoilers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/setup-usb/spoiled-transfer/%s", spoilers[i]);

      g_autofree char *later =
          g_strdup_printf ("/setup-usb/spoiled-transfer/while-following/%s", spoilers[i]);

      g_test_add_data_func (path, spoilers[i], test_spoiled);
      g_test_add_data_func (later, spoilers[i], test_spoiled_while_following);
    }
  g_test_add_func ("/setup-usb/platform/photon-with-later-firmware",
                   test_photon_with_later_firmware);
  g_test_add_func ("/setup-usb/unplugged-at-each-transfer/and-back", test_unplugged_and_back);
  g_test_add_func ("/setup-usb/unplugged-at-each-transfer/plugged-in-by-hand",
                   test_unplugged_and_plugged_in_by_hand);
  g_test_add_func ("/setup-usb/reset-at-each-transfer", test_reset);
  g_test_add_func ("/setup-usb/access/refused", test_access_refused);
  g_test_add_func ("/setup-usb/access/claimed-elsewhere", test_claimed_elsewhere);
  g_test_add_func ("/setup-usb/access/no-usb-at-all", test_no_usb_at_all);
  g_test_add_data_func ("/setup-usb/update-mode/p2", "", test_update_mode);
  g_test_add_data_func ("/setup-usb/update-mode/argon", "platform=argon\nserial=ARNKAB245AB12CD\n",
                        test_update_mode);
  g_test_add_func ("/setup-usb/update-mode/unplugged", test_update_mode_unplugged);
  g_test_add_func ("/setup-usb/protected/refuses", test_protected);
  g_test_add_func ("/setup-usb/protected/service-mode", test_protected_in_service_mode);
  g_test_add_func ("/setup-usb/wrong-password", test_wrong_password);
  g_test_add_func ("/setup-usb/label-of-another", test_label_of_another);
  return g_test_run ();
}
