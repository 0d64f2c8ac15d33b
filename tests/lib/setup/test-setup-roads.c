/* SPDX-License-Identifier: Apache-2.0 */
/* Two roads to one device: which one a journey takes, and how it goes on over the other. */
#include "config.h"

#include "journey.h"

#include <string.h>

static guint
count_networks (Journey *journey)
{
  return g_list_model_get_n_items (fl_setup_get_networks (journey->setup));
}

static FlRoadKind
get_kind (Journey *journey)
{
  g_assert_nonnull (fl_setup_get_road (journey->setup));
  return fl_road_get_kind (fl_setup_get_road (journey->setup));
}

static guint
count_devices (Journey *journey)
{
  return g_list_model_get_n_items (
      fl_meta_finder_get_devices (fl_engine_get_finder (journey->engine)));
}

static gboolean
is_open (Journey *journey)
{
  gboolean is_open = FALSE;

  g_object_get (journey->setup, "link-open", &is_open, NULL);
  return is_open;
}

static void
run_to_link (Journey *journey)
{
  for (guint i = 0; i < 600 && !is_open (journey); i++)
    journey_run_ms (journey, 100);
  g_assert_true (is_open (journey));
}

static void
finish (Journey *journey)
{
  journey_run_to_networks (journey);
  if (!journey_join_home (journey))
    g_error ("Not on line: %s", journey->story->str);
  journey_free (journey);
}

/* A cable goes first, and needs no label. */
static void
test_both (gconstpointer data)
{
  g_autofree char *device = g_strconcat ((const char *) data, "usb=yes\n", NULL);
  Journey *journey = journey_new (device, NULL);

  fl_meta_finder_start (fl_engine_get_finder (journey->engine));
  journey_run_ms (journey, 5000);
  g_assert_cmpuint (count_devices (journey), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (
                        fl_device_get_roads (journey_get_device (journey, 0))),
                    ==, 2);
  journey_start_chosen (journey);
  journey_run_to_networks (journey);
  g_assert_cmpint ((int) get_kind (journey), ==, FL_ROAD_USB);
  finish (journey);
}

static const FlStage early_stages[] = {
  FL_STAGE_FINDING, FL_STAGE_CONNECTING, FL_STAGE_SECURING, FL_STAGE_READING, FL_STAGE_CHOOSING,
};

/* Plugged in while Bluetooth is at it: what is not open yet goes on over the cable, what is open
 * stays. */
static void
test_cable_appears (gconstpointer data)
{
  FlStage stage = *(const FlStage *) data;
  Journey *journey = journey_new ("usb=later 60min\nfaults=connect-slow=5s\n", NULL);

  journey_start (journey, JOURNEY_LABEL);
  g_assert_true (journey_run_to (journey, stage));
  journey_plug (journey);
  journey_run_to_networks (journey);
  g_assert_cmpuint (count_networks (journey), ==, 2);
  g_assert_cmpint ((int) get_kind (journey), ==,
                   stage < FL_STAGE_READING ? FL_ROAD_USB : FL_ROAD_BLUETOOTH);
  g_assert_cmpuint (count_devices (journey), ==, 1);
  finish (journey);
}

/* "Use a USB Cable" at each stage, the cable in before and after it. */
static void
use_cable (FlStage stage, gboolean is_in)
{
  Journey *journey = journey_new ("usb=later 60min\n", NULL);
  guint n_networks;

  journey_start (journey, JOURNEY_LABEL);
  g_assert_true (journey_run_to (journey, stage));
  if (stage == FL_STAGE_CHOOSING)
    journey_run_to_networks (journey);
  n_networks = count_networks (journey);
  if (is_in)
    {
      journey_plug (journey);
      if (stage == FL_STAGE_CHOOSING)
        journey_run_ms (journey, 1000);
    }
  fl_setup_use_road (journey->setup, FL_ROAD_USB);
  g_assert_cmpuint (count_networks (journey), ==, n_networks);
  if (!is_in)
    {
      journey_run_ms (journey, 5000);
      g_assert_nonnull (strstr (journey->story->str, "[waiting-for-cable]"));
      g_assert_false (is_open (journey));
      journey_plug (journey);
    }
  run_to_link (journey);
  g_assert_cmpint ((int) get_kind (journey), ==, FL_ROAD_USB);
  if (stage == FL_STAGE_CHOOSING)
    {
      g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
      g_assert_cmpuint (count_networks (journey), ==, 2);
    }
  journey_assert_nothing_lost (journey);
  finish (journey);
}

static void
test_use_cable (gconstpointer data)
{
  use_cable (*(const FlStage *) data, TRUE);
  use_cable (*(const FlStage *) data, FALSE);
}

static void
test_use_bluetooth (gconstpointer data)
{
  FlStage stage = *(const FlStage *) data;
  Journey *journey = journey_new ("usb=yes\n", NULL);

  journey_start (journey, JOURNEY_LABEL);
  g_assert_true (journey_run_to (journey, stage));
  journey_run_ms (journey, 2000);
  fl_setup_use_road (journey->setup, FL_ROAD_BLUETOOTH);
  journey_run_ms (journey, 100);
  run_to_link (journey);
  g_assert_cmpint ((int) get_kind (journey), ==, FL_ROAD_BLUETOOTH);
  journey_assert_nothing_lost (journey);
  finish (journey);
}

/* The cable is pulled while Bluetooth is there, and the label known. */
static void
test_cable_pulled (gconstpointer data)
{
  FlStage stage = *(const FlStage *) data;
  Journey *journey = journey_new ("usb=yes\n", NULL);

  journey_start (journey, JOURNEY_LABEL);
  g_assert_true (journey_run_to (journey, stage));
  if (stage == FL_STAGE_CHOOSING)
    journey_run_to_networks (journey);
  journey_unplug (journey);
  journey_run_ms (journey, 3000);
  journey_run_to_networks (journey);
  run_to_link (journey);
  g_assert_cmpint ((int) get_kind (journey), ==, FL_ROAD_BLUETOOTH);
  g_assert_cmpuint (count_networks (journey), ==, 2);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  finish (journey);
}

/* At each control transfer of a whole set-up, for good: Bluetooth takes over, also while joining.
 */
static void
test_cable_pulled_at_each_transfer (void)
{
  guint n_over_bluetooth = 0;

  for (guint n = 15; n <= 150; n += 3)
    {
      g_autofree char *device = g_strdup_printf ("usb=yes\nfaults=usb-unplug=%u x1\n", n);
      Journey *journey = journey_new (device, NULL);

      if (!journey_run_whole (journey))
        g_error ("Transfer %u: %s (%s)", n, journey->story->str,
                 fl_setup_get_error (journey->setup) != NULL
                     ? fl_setup_get_error (journey->setup)->message
                     : "");
      journey_assert_nothing_lost (journey);
      n_over_bluetooth += get_kind (journey) == FL_ROAD_BLUETOOTH;
      journey_free (journey);
    }
  g_assert_cmpuint (n_over_bluetooth, >, 20);
}

/* And the other way round: Bluetooth is lost at each message, with a cable in. */
static void
test_bluetooth_lost_while_cable_is_in (void)
{
  guint n_over_cable = 0;

  for (guint n = 1; n <= 24; n++)
    {
      g_autofree char *device =
          g_strdup_printf ("usb=later 60min\nfaults=drop-link-at=%u; connect-slow=3s\n", n);
      Journey *journey = journey_new (device, NULL);

      journey_start (journey, JOURNEY_LABEL);
      g_assert_true (journey_run_to (journey, FL_STAGE_SECURING) ||
                     fl_setup_get_stage (journey->setup) == FL_STAGE_FAILED);
      journey_run_ms (journey, 1000);
      journey_plug (journey);
      if (fl_setup_get_stage (journey->setup) == FL_STAGE_FAILED)
        fl_setup_use_road (journey->setup, FL_ROAD_USB);
      journey_run_to_networks (journey);
      if (!journey_join_home (journey))
        g_error ("Message %u: %s", n, journey->story->str);
      n_over_cable += get_kind (journey) == FL_ROAD_USB;
      journey_free (journey);
    }
  g_assert_cmpuint (n_over_cable, >, 12);
}

/* Without the label nothing but the cable leads to it. */
static void
test_cable_pulled_without_label (void)
{
  Journey *journey = journey_new ("usb=yes\n", NULL);

  journey_start_chosen (journey);
  journey_run_to_networks (journey);
  journey_unplug (journey);
  journey_run_ms (journey, 10000);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  g_assert_no_error (fl_setup_get_error (journey->setup));
  g_assert_cmpuint (count_networks (journey), ==, 2);

  /* Back in time: nobody has to do anything. */
  journey_plug (journey);
  run_to_link (journey);
  g_assert_cmpint (fl_setup_get_stage (journey->setup), ==, FL_STAGE_CHOOSING);
  g_assert_cmpuint (count_networks (journey), ==, 2);

  journey_unplug (journey);
  journey_run_ms (journey, 20000);
  journey_assert_error (journey, FL_ERROR_LINK_LOST, FL_STAGE_CHOOSING);
  g_assert_cmpuint (count_networks (journey), ==, 2);
  fl_setup_use_road (journey->setup, FL_ROAD_USB);
  journey_plug (journey);
  run_to_link (journey);
  finish (journey);
}

static void
test_nothing_plugged_in (void)
{
  Journey *journey = journey_new ("usb=later 60min\n", NULL);
  gint64 begun_us;

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  begun_us = fl_clock_now_us (journey->clock);
  fl_setup_use_road (journey->setup, FL_ROAD_USB);
  g_assert_false (journey_run_to (journey, FL_STAGE_ONLINE));
  journey_assert_error (journey, FL_ERROR_USB_NOTHING, FL_STAGE_CHOOSING);
  g_assert_cmpint ((fl_clock_now_us (journey->clock) - begun_us) / 1000, >=, 15000);
  g_assert_cmpint ((fl_clock_now_us (journey->clock) - begun_us) / 1000, <, 16000);
  g_assert_cmpuint (count_networks (journey), ==, 2);

  fl_setup_use_road (journey->setup, FL_ROAD_BLUETOOTH);
  run_to_link (journey);
  g_assert_cmpint ((int) get_kind (journey), ==, FL_ROAD_BLUETOOTH);
  finish (journey);
}

static void
test_bluetooth_without_label (void)
{
  Journey *journey = journey_new ("usb=yes\n", NULL);

  journey_start_chosen (journey);
  journey_run_to_networks (journey);
  fl_setup_use_road (journey->setup, FL_ROAD_BLUETOOTH);
  journey_run_ms (journey, 3000);
  journey_assert_error (journey, FL_ERROR_WRONG_SECRET, FL_STAGE_CHOOSING);
  fl_setup_use_road (journey->setup, FL_ROAD_USB);
  run_to_link (journey);
  finish (journey);
}

/* Nobody said which one; what is plugged in when a cable is asked for is meant. */
static void
test_any_cable (void)
{
  Journey *journey = journey_new ("usb=later 3s\n", NULL);

  fl_setup_use_road (journey->setup, FL_ROAD_USB);
  journey_run_to_networks (journey);
  finish (journey);
}

static void
test_two_cables_need_a_choice (void)
{
  Journey *journey = journey_new ("usb=yes\n", "[Device two]\nplatform=argon\nusb=yes\n");

  fl_setup_use_road (journey->setup, FL_ROAD_USB);
  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  g_assert_null (fl_setup_get_device (journey->setup));
  fl_setup_set_device (journey->setup, journey_get_device (journey, 0));
  fl_setup_use_road (journey->setup, FL_ROAD_USB);
  finish (journey);
}

/* It refuses over USB and takes a network over Bluetooth. */
static void
test_protected (void)
{
  Journey *journey = journey_new ("protected=yes\nmode=provisioning\nusb=yes\n", NULL);

  journey_start (journey, JOURNEY_LABEL);
  journey_run_to_networks (journey);
  g_assert_cmpint ((int) get_kind (journey), ==, FL_ROAD_BLUETOOTH);
  g_assert_cmpuint (count_networks (journey), ==, 2);
  journey_free (journey);
}

/* A typing error in the secret does not matter to a cable. */
static void
test_wrong_secret_then_cable (void)
{
  Journey *journey = journey_new ("usb=later 60min\nfaults=wrong-secret\n", NULL);

  journey_start (journey, JOURNEY_LABEL);
  g_assert_false (journey_run_to (journey, FL_STAGE_CHOOSING));
  journey_assert_error (journey, FL_ERROR_WRONG_SECRET, FL_STAGE_SECURING);
  journey_plug (journey);
  fl_setup_use_road (journey->setup, FL_ROAD_USB);
  journey_run_to_networks (journey);
  g_assert_cmpint ((int) get_kind (journey), ==, FL_ROAD_USB);
  finish (journey);
}

static void
test_bluetooth_off (void)
{
  Journey *journey = journey_new ("usb=yes\n", "faults=adapter-off-at=0s\n");

  journey_start_chosen (journey);
  finish (journey);

  /* Nothing plugged in: what is wrong is said soon. */
  journey = journey_new ("usb=later 60min\n", "faults=adapter-off-at=0s\n");
  journey_start (journey, JOURNEY_LABEL);
  journey_run_ms (journey, 3000);
  journey_assert_error (journey, FL_ERROR_BLUETOOTH_OFF, FL_STAGE_FINDING);
  journey_plug (journey);
  fl_setup_use_road (journey->setup, FL_ROAD_USB);
  finish (journey);
}

/* Two boards that say the same serial number are still two. */
static void
test_same_serial_twice (void)
{
  static const char twin[] = "[Device two]\nplatform=p2\nserial=" JOURNEY_SERIAL
                             "\ndevice-id=0a10aced20210123456789ab\nbluetooth=no\nusb=yes\n";
  Journey *journey =
      journey_new ("device-id=0a10aced20210123456789ab\nbluetooth=no\nusb=yes\n", twin);
  FlDevice *second;

  fl_meta_finder_start (fl_engine_get_finder (journey->engine));
  journey_run_ms (journey, 3000);
  g_assert_cmpuint (count_devices (journey), ==, 2);
  journey_start_chosen (journey);
  journey_run_to_networks (journey);
  g_assert_cmpuint (count_devices (journey), ==, 2);
  second = journey_get_device (journey, 1);
  g_assert_true (fl_setup_get_device (journey->setup) != second);

  /* Nobody's password goes to the other one, however long this one is away. */
  journey_unplug (journey);
  journey_run_ms (journey, 20000);
  journey_assert_error (journey, FL_ERROR_LINK_LOST, FL_STAGE_CHOOSING);
  journey_run_ms (journey, 40000);
  fl_setup_retry (journey->setup);
  journey_run_ms (journey, 20000);
  g_assert_false (is_open (journey));
  g_assert_true (fl_setup_get_device (journey->setup) != second);
  journey_free (journey);
}

#define HUB 8

/* Eight at once, one of which never ends a transfer: the others finish. */
static void
test_hub_of_eight (void)
{
  Journey *journey =
      journey_new ("bluetooth=no\nusb=yes\nfaults=usb-silent=20; silent-at=request\n",
                   "[Device hub]\nplatform=p2\nbluetooth=no\nusb=yes\ncount=7\n");
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Home", 4);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("correct horse");
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);
  FlSetup *setups[HUB];
  guint n_online = 0;

  fl_meta_finder_start (fl_engine_get_finder (journey->engine));
  journey_run_ms (journey, 2000);
  g_assert_cmpuint (count_devices (journey), ==, HUB);
  for (guint i = 0; i < HUB; i++)
    {
      setups[i] = fl_setup_new (journey->engine);
      fl_setup_set_device (setups[i], journey_get_device (journey, i));
      fl_setup_start (setups[i]);
    }
  journey_run_ms (journey, 20000);
  for (guint i = 0; i < HUB; i++)
    fl_setup_join (setups[i], credentials);
  journey_run_ms (journey, 60000);
  for (guint i = 0; i < HUB; i++)
    {
      n_online += fl_setup_get_stage (setups[i]) == FL_STAGE_ONLINE;
      fl_setup_close (setups[i]);
    }
  g_assert_cmpuint (n_online, ==, HUB - 1);
  journey_run_ms (journey, 8000);
  for (guint i = 0; i < HUB; i++)
    g_assert_finalize_object (setups[i]);
  journey_free (journey);
}

static void
add_stages (const char *name, GTestDataFunc func)
{
  for (gsize i = 0; i < G_N_ELEMENTS (early_stages); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/setup-roads/%s/%s", name, fl_stage_to_string (early_stages[i]));

      g_test_add_data_func (path, &early_stages[i], func);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/setup-roads/both/p2", "", test_both);
  g_test_add_data_func ("/setup-roads/both/argon", "platform=argon\nserial=ARNKAB245AB12CD\n",
                        test_both);
  add_stages ("cable-appears", test_cable_appears);
  add_stages ("use-cable", test_use_cable);
  add_stages ("use-bluetooth", test_use_bluetooth);
  add_stages ("cable-pulled", test_cable_pulled);
  g_test_add_func ("/setup-roads/cable-pulled/at-each-transfer",
                   test_cable_pulled_at_each_transfer);
  g_test_add_func ("/setup-roads/cable-pulled/without-label", test_cable_pulled_without_label);
  g_test_add_func ("/setup-roads/bluetooth-lost/while-cable-is-in",
                   test_bluetooth_lost_while_cable_is_in);
  g_test_add_func ("/setup-roads/use-cable/nothing-plugged-in", test_nothing_plugged_in);
  g_test_add_func ("/setup-roads/use-cable/any", test_any_cable);
  g_test_add_func ("/setup-roads/use-cable/two-need-a-choice", test_two_cables_need_a_choice);
  g_test_add_func ("/setup-roads/use-cable/after-a-wrong-secret", test_wrong_secret_then_cable);
  g_test_add_func ("/setup-roads/use-bluetooth/without-label", test_bluetooth_without_label);
  g_test_add_func ("/setup-roads/bluetooth-off", test_bluetooth_off);
  g_test_add_func ("/setup-roads/protected", test_protected);
  g_test_add_func ("/setup-roads/same-serial-twice", test_same_serial_twice);
  g_test_add_func ("/setup-roads/hub-of-eight", test_hub_of_eight);
  return g_test_run ();
}
