/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-device.h"

#include <string.h>

#include "fl-error.h"

#define SERIAL    "P046AB12C4F2A1C"
#define DEVICE_ID "0a10aced202194944a4f2a1c"

static FlRoad *
make_bluetooth (const char *name, const char *code, int platform_id)
{
  FlRoad *road = fl_road_new (FL_ROAD_BLUETOOTH, "AA:BB:CC:DD:EE:FF");

  fl_road_set_name (road, name);
  fl_road_set_setup_code (road, code);
  fl_road_set_platform_id (road, platform_id);
  return road;
}

static FlRoad *
make_usb (const char *serial, const char *device_id, int platform_id)
{
  FlRoad *road = fl_road_new (FL_ROAD_USB, "1-2");

  fl_road_set_serial (road, serial);
  fl_road_set_device_id (road, device_id);
  fl_road_set_platform_id (road, platform_id);
  return road;
}

static FlDevice *
make_device (FlRoad *road)
{
  FlDevice *device = fl_device_new ();

  fl_device_add_road (device, road);
  return device;
}

static void
test_device_without_roads_has_a_name (void)
{
  FlDevice *device = fl_device_new ();

  g_assert_cmpstr (fl_device_get_name (device), ==, "Device");
  g_assert_cmpstr (fl_device_get_product (device), ==, "Device");
  g_assert_cmpstr (fl_device_get_family (device), ==, "particle");
  g_assert_cmpstr (fl_device_get_ending (device), ==, "");
  g_assert_false (fl_device_get_reachable (device));
  g_assert_null (fl_device_get_best_road (device));
  g_assert_finalize_object (device);
}

static void
test_device_product_from_serial_then_platform (void)
{
  static const struct
  {
    const char *serial;
    int platform_id;
    const char *product;
  } rows[] = {
    { NULL, 32, "P2 / Photon 2" },
    { "P046AB12C4F2A1C", 32, "P2" },
    { "p051ab12c4f2a1c", 32, "Photon 2" },
    { "P054AB12C4F2A1C", 0, "M-SoM" },
    { "ARNKAB12C4F2A1C", 0, "Argon" },
    { "PHHTAB12C4F2A1C", 0, "Photon" },
    { "ZZZZAB12C4F2A1C", 12, "Argon" }, /* prefixes to come */
    { "P046", 12, "Argon" },
    { NULL, 35, "M-SoM" },
    { NULL, 6, "Photon" },
    { NULL, 8, "P1" },
    { NULL, 9999, "Device" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlRoad) road = make_usb (rows[i].serial, NULL, rows[i].platform_id);
      g_autoptr (FlDevice) device = make_device (road);

      g_assert_cmpstr (fl_device_get_product (device), ==, rows[i].product);
    }
}

static void
test_device_name_and_ending (void)
{
  g_autoptr (FlRoad) bluetooth = make_bluetooth ("P2-4f2a1c", "4f2a1c", 32);
  g_autoptr (FlRoad) usb = make_usb (SERIAL, NULL, 32);
  g_autoptr (FlDevice) by_name = make_device (bluetooth);
  g_autoptr (FlDevice) by_serial = make_device (usb);

  g_assert_cmpstr (fl_device_get_name (by_name), ==, "P2-4f2a1c");
  g_assert_cmpstr (fl_device_get_ending (by_name), ==, "4F2A1C");
  g_assert_cmpstr (fl_device_get_name (by_serial), ==, "P2-4F2A1C");
  g_assert_cmpstr (fl_device_get_ending (by_serial), ==, "4F2A1C");
}

static void
test_device_owns_roads_of_the_same_identity (void)
{
  static const struct
  {
    const char *code;
    int platform_id;
    const char *serial, *device_id;
    int usb_platform_id;
    gboolean owns;
  } rows[] = {
    { "4F2A1C", 32, SERIAL, NULL, 32, TRUE },
    { "4f2a1c", 32, SERIAL, NULL, 0, TRUE },
    { "4F2A1C", 0, SERIAL, NULL, 32, TRUE },
    { "4F2A1C", 12, SERIAL, NULL, 32, FALSE },
    { "4F2A1D", 32, SERIAL, NULL, 32, FALSE },
    { "4F2A1C", 32, NULL, DEVICE_ID, 32, TRUE },
    { "4F2A1C", 35, NULL, DEVICE_ID, 35, TRUE },
    { "4F2A1C", 12, NULL, DEVICE_ID, 12, FALSE }, /* the end of an Argon's ID is no code */
    { "XXXXXX", 32, "P046AB12CXXXXXX", NULL, 32, FALSE },
    { NULL, 32, NULL, NULL, 32, FALSE },
    { "4F2A1", 32, SERIAL, NULL, 32, FALSE }, /* cut off */
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlRoad) bluetooth = make_bluetooth (NULL, rows[i].code, rows[i].platform_id);
      g_autoptr (FlRoad) usb =
          make_usb (rows[i].serial, rows[i].device_id, rows[i].usb_platform_id);
      g_autoptr (FlDevice) device = make_device (bluetooth);
      g_autoptr (FlDevice) reverse = make_device (usb);

      g_test_message ("row %u", i);
      g_assert_cmpint (fl_device_owns_road (device, usb), ==, rows[i].owns);
      g_assert_cmpint (fl_device_owns_road (reverse, bluetooth), ==, rows[i].owns);
      g_assert_true (fl_device_owns_road (device, bluetooth));
    }
}

static void
test_device_serial_settles_it (void)
{
  g_autoptr (FlRoad) first = make_usb (SERIAL, NULL, 32);
  g_autoptr (FlRoad) lower = make_usb ("p046ab12c4f2a1c", "another id", 12);
  g_autoptr (FlRoad) other = make_usb ("P046AB13C4F2A1C", DEVICE_ID, 32); /* the same ending */
  g_autoptr (FlDevice) device = make_device (first);

  fl_device_set_device_id (device, DEVICE_ID);
  g_assert_true (fl_device_owns_road (device, lower));
  g_assert_false (fl_device_owns_road (device, other));
}

static void
test_device_of_a_fixed_name_owns_no_other (void)
{
  g_autoptr (FlRoad) first = make_bluetooth ("aabbcc", NULL, 0);
  g_autoptr (FlRoad) second = make_bluetooth ("aabbcc", NULL, 0);
  g_autoptr (FlDevice) device = make_device (first);

  g_assert_false (fl_device_owns_road (device, second));
}

static void
test_device_name_ending_meets_a_known_code (void)
{
  g_autoptr (FlRoad) cut = make_bluetooth ("Photon 2-4F2A1C", "4F2A1", 32);
  g_autoptr (FlRoad) usb = make_usb ("P051AB12C4F2A1C", NULL, 32);
  g_autoptr (FlDevice) device = make_device (cut);

  g_assert_cmpstr (fl_device_get_ending (device), ==, "4F2A1C");
  g_assert_true (fl_device_owns_road (device, usb));
}

static void
test_device_families_never_mix (void)
{
  g_autoptr (FlRoad) bluetooth = make_bluetooth (NULL, "4F2A1C", 0);
  g_autoptr (FlRoad) other = make_bluetooth (NULL, "4F2A1C", 0);
  g_autoptr (FlDevice) device = make_device (bluetooth);

  fl_road_set_family (other, "blynk");
  g_assert_false (fl_device_owns_road (device, other));
}

static void
test_device_learns_its_serial (void)
{
  g_autoptr (FlRoad) bluetooth = make_bluetooth (NULL, NULL, 32);
  g_autoptr (FlRoad) usb = make_usb (SERIAL, NULL, 32);
  g_autoptr (FlDevice) device = make_device (bluetooth);

  g_assert_false (fl_device_owns_road (device, usb));
  fl_device_set_serial (device, SERIAL);
  g_assert_cmpstr (fl_device_get_serial (device), ==, SERIAL);
  g_assert_cmpstr (fl_device_get_ending (device), ==, "4F2A1C");
  g_assert_cmpstr (fl_device_get_product (device), ==, "P2");
  g_assert_true (fl_device_owns_road (device, usb));
}

static void
test_device_best_road_is_usable_then_usb_then_strong (void)
{
  g_autoptr (FlRoad) far = make_bluetooth (NULL, NULL, 0);
  g_autoptr (FlRoad) near = make_bluetooth (NULL, NULL, 0);
  g_autoptr (FlRoad) usb = make_usb (NULL, NULL, 0);
  g_autoptr (FlDevice) device = make_device (far);

  fl_road_set_signal_dbm (far, -90);
  fl_road_set_signal_dbm (near, -40);
  fl_device_add_road (device, near);
  g_assert_true (fl_device_get_best_road (device) == near);
  g_assert_true (fl_device_get_road (device, FL_ROAD_BLUETOOTH) == near);
  fl_device_add_road (device, usb);
  g_assert_true (fl_device_get_best_road (device) == usb);
  fl_road_take_problem (usb, g_error_new_literal (FL_ERROR, FL_ERROR_USB_ACCESS, "no rule"));
  g_assert_true (fl_device_get_best_road (device) == near);
  fl_road_set_reachable (near, FALSE);
  g_assert_true (fl_device_get_best_road (device) == far);
  g_assert_true (fl_device_get_road (device, FL_ROAD_USB) == usb);
  g_assert_null (fl_device_get_road (device, FL_ROAD_SERIAL));
}

static void
append_name (FlDevice *device, GParamSpec *pspec, GString *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_device_tells_what_changed_only (void)
{
  g_autoptr (FlRoad) road = make_bluetooth ("P2-4F2A1C", "4F2A1C", 32);
  FlDevice *device = make_device (road);
  g_autoptr (GString) names = g_string_new (NULL);

  g_signal_connect (device, "notify", G_CALLBACK (append_name), names);
  fl_road_set_last_seen_us (road, 1);
  g_assert_cmpstr (names->str, ==, "");
  fl_road_set_signal_dbm (road, -50);
  g_assert_cmpstr (names->str, ==, "signal-dbm ");
  g_string_truncate (names, 0);
  fl_road_set_reachable (road, FALSE);
  g_assert_cmpstr (names->str, ==, "reachable signal-dbm ");
  g_assert_cmpint (fl_device_get_signal_dbm (device), ==, 0);
  g_string_truncate (names, 0);
  fl_road_set_serial (road, SERIAL);
  g_assert_cmpstr (names->str, ==, "serial product ");
  g_string_truncate (names, 0);
  fl_device_remove_road (device, road);
  g_assert_cmpstr (names->str, ==, "best-road n-roads ");
  g_assert_cmpstr (fl_device_get_name (device), ==, "P2-4F2A1C"); /* while it goes */
  fl_road_set_name (road, "other");
  g_assert_cmpstr (fl_device_get_name (device), ==, "P2-4F2A1C");
  g_assert_finalize_object (device);
}

/* While another road leads to it, a problem of one is none of the device's. */
static void
test_device_problem_of_its_only_road (void)
{
  g_autoptr (FlRoad) usb = fl_road_new (FL_ROAD_USB, "1-2");
  g_autoptr (FlRoad) bluetooth = make_bluetooth ("P2-4F2A1C", "4F2A1C", 32);
  g_autoptr (FlDevice) device = make_device (usb);
  g_autoptr (GString) names = g_string_new (NULL);

  g_signal_connect (device, "notify", G_CALLBACK (append_name), names);
  fl_road_take_problem (usb, g_error_new_literal (FL_ERROR, FL_ERROR_UPDATE_MODE, "bootloader"));
  g_assert_cmpstr (names->str, ==, "problem ");
  g_assert_error (fl_device_get_problem (device), FL_ERROR, FL_ERROR_UPDATE_MODE);

  g_string_truncate (names, 0);
  fl_device_add_road (device, bluetooth);
  g_assert_no_error (fl_device_get_problem (device));
  g_assert_nonnull (strstr (names->str, "best-road problem "));

  g_string_truncate (names, 0);
  fl_road_set_reachable (bluetooth, FALSE);
  g_assert_error (fl_device_get_problem (device), FL_ERROR, FL_ERROR_UPDATE_MODE);
  g_assert_cmpstr (names->str, ==, "best-road problem ");

  fl_road_set_reachable (usb, FALSE);
  g_assert_no_error (fl_device_get_problem (device));
}

/* What it calls itself over Bluetooth is its name, whichever road came first. */
static void
test_device_name_does_not_depend_on_the_order (void)
{
  for (int usb_first = 0; usb_first < 2; usb_first++)
    {
      g_autoptr (FlRoad) usb = fl_road_new (FL_ROAD_USB, "1-2");
      g_autoptr (FlRoad) bluetooth = make_bluetooth ("Kitchen-4F2A1C", "4F2A1C", 32);
      g_autoptr (FlDevice) device = make_device (usb_first ? usb : bluetooth);

      fl_road_set_name (usb, "P2-4F2A1C");
      fl_device_add_road (device, usb_first ? bluetooth : usb);
      g_assert_cmpstr (fl_device_get_name (device), ==, "Kitchen-4F2A1C");
      fl_device_remove_road (device, bluetooth);
      g_assert_cmpstr (fl_device_get_name (device), ==, "P2-4F2A1C");
    }
}

static void
test_device_road_is_added_once (void)
{
  g_autoptr (FlRoad) road = make_bluetooth ("P2-4F2A1C", "4F2A1C", 32);
  g_autoptr (FlDevice) device = make_device (road);
  guint n_roads;

  fl_device_add_road (device, road);
  g_object_get (device, "n-roads", &n_roads, NULL);
  g_assert_cmpuint (n_roads, ==, 1);
  fl_device_remove_road (device, road);
  fl_device_remove_road (device, road);
  g_assert_cmpuint (g_list_model_get_n_items (fl_device_get_roads (device)), ==, 0);
}

static void
test_device_matches_what_a_person_types (void)
{
  static const char *const good[] = { "4f2a1c",  "4F2A1C",
                                      SERIAL,    "p046ab12c4f2a1c",
                                      DEVICE_ID, "aa:bb:cc:dd:ee:ff",
                                      "1-2",     "p2-4f2a1c" };
  static const char *const bad[] = { "", "2A1C", "4F2A1D", "1-2.3", "P2" };
  g_autoptr (FlRoad) bluetooth = make_bluetooth ("P2-4F2A1C", "4F2A1C", 32);
  g_autoptr (FlRoad) usb = make_usb (SERIAL, DEVICE_ID, 32);
  g_autoptr (FlDevice) device = make_device (bluetooth);

  fl_device_add_road (device, usb);
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (fl_device_matches (device, good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (fl_device_matches (device, bad[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device/without-roads/has-a-name", test_device_without_roads_has_a_name);
  g_test_add_func ("/device/product/from-serial-then-platform",
                   test_device_product_from_serial_then_platform);
  g_test_add_func ("/device/name/with-ending", test_device_name_and_ending);
  g_test_add_func ("/device/owns/roads-of-the-same-identity",
                   test_device_owns_roads_of_the_same_identity);
  g_test_add_func ("/device/owns/serial-settles-it", test_device_serial_settles_it);
  g_test_add_func ("/device/owns/no-other-of-a-fixed-name",
                   test_device_of_a_fixed_name_owns_no_other);
  g_test_add_func ("/device/owns/name-ending-meets-a-known-code",
                   test_device_name_ending_meets_a_known_code);
  g_test_add_func ("/device/owns/families-never-mix", test_device_families_never_mix);
  g_test_add_func ("/device/serial/is-learned", test_device_learns_its_serial);
  g_test_add_func ("/device/best-road/is-usable-then-usb-then-strong",
                   test_device_best_road_is_usable_then_usb_then_strong);
  g_test_add_func ("/device/notify/tells-what-changed-only", test_device_tells_what_changed_only);
  g_test_add_func ("/device/roads/are-added-once", test_device_road_is_added_once);
  g_test_add_func ("/device/matches/what-a-person-types", test_device_matches_what_a_person_types);
  g_test_add_func ("/device/problem/of-its-only-road", test_device_problem_of_its_only_road);
  g_test_add_func ("/device/name/does-not-depend-on-the-order",
                   test_device_name_does_not_depend_on_the_order);
  return g_test_run ();
}
