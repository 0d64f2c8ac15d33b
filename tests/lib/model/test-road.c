/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-road.h"

#include "fl-error.h"

static void
test_road_new_is_reachable_and_unknown (void)
{
  g_autoptr (FlRoad) road = fl_road_new (FL_ROAD_USB, "1-2.3");

  g_assert_cmpint (fl_road_get_kind (road), ==, FL_ROAD_USB);
  g_assert_cmpstr (fl_road_get_address (road), ==, "1-2.3");
  g_assert_cmpstr (fl_road_get_family (road), ==, "particle");
  g_assert_true (fl_road_get_reachable (road));
  g_assert_null (fl_road_get_name (road));
  g_assert_null (fl_road_get_problem (road));
  g_assert_cmpint (fl_road_get_signal_dbm (road), ==, 0);
}

static void
append_name (FlRoad *road, GParamSpec *pspec, GString *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
set_all (FlRoad *road)
{
  fl_road_set_family (road, "blynk");
  fl_road_set_name (road, "P2-4F2A1C");
  fl_road_set_setup_code (road, "4F2A1C");
  fl_road_set_serial (road, "P046AB12C4F2A1C");
  fl_road_set_device_id (road, "0a10aced202194944a4f2a1c");
  fl_road_set_platform_id (road, 32);
  fl_road_set_signal_dbm (road, -60);
  fl_road_set_last_seen_us (road, 5);
  fl_road_set_reachable (road, FALSE);
}

static void
test_road_setters_notify_changes_only (void)
{
  FlRoad *road = fl_road_new (FL_ROAD_BLUETOOTH, "AA:BB:CC:DD:EE:FF");
  g_autoptr (GString) names = g_string_new (NULL);

  g_signal_connect (road, "notify", G_CALLBACK (append_name), names);
  set_all (road);
  g_assert_cmpstr (names->str, ==,
                   "family name setup-code serial device-id platform-id signal-dbm last-seen-us "
                   "reachable ");
  g_string_truncate (names, 0);
  set_all (road);
  g_assert_cmpstr (names->str, ==, "");
  fl_road_set_name (road, NULL);
  g_assert_cmpstr (names->str, ==, "name ");
  g_assert_finalize_object (road);
}

static void
test_road_properties_give_what_getters_give (void)
{
  g_autoptr (FlRoad) road = fl_road_new (FL_ROAD_SERIAL, "/dev/ttyACM0");
  g_autofree char *address = NULL, *name = NULL, *code = NULL, *serial = NULL, *id = NULL;
  gboolean reachable;
  gint64 last_seen_us;
  FlRoadKind kind;
  int platform_id, dbm;

  set_all (road);
  g_object_get (road, "kind", &kind, "address", &address, "name", &name, "setup-code", &code,
                "serial", &serial, "device-id", &id, "platform-id", &platform_id, "signal-dbm",
                &dbm, "last-seen-us", &last_seen_us, "reachable", &reachable, NULL);
  g_assert_cmpint (kind, ==, FL_ROAD_SERIAL);
  g_assert_cmpstr (address, ==, "/dev/ttyACM0");
  g_assert_cmpstr (name, ==, fl_road_get_name (road));
  g_assert_cmpstr (code, ==, fl_road_get_setup_code (road));
  g_assert_cmpstr (serial, ==, fl_road_get_serial (road));
  g_assert_cmpstr (id, ==, fl_road_get_device_id (road));
  g_assert_cmpint (platform_id, ==, 32);
  g_assert_cmpint (dbm, ==, -60);
  g_assert_cmpint (last_seen_us, ==, 5);
  g_assert_false (reachable);
}

static void
test_road_problem_is_taken_and_cleared (void)
{
  g_autoptr (FlRoad) road = fl_road_new (FL_ROAD_USB, "1-1");
  g_autoptr (GString) names = g_string_new (NULL);

  g_signal_connect (road, "notify", G_CALLBACK (append_name), names);
  fl_road_take_problem (road, NULL);
  g_assert_cmpstr (names->str, ==, "");
  fl_road_take_problem (road, g_error_new_literal (FL_ERROR, FL_ERROR_USB_ACCESS, "no rule"));
  g_assert_error (fl_road_get_problem (road), FL_ERROR, FL_ERROR_USB_ACCESS);
  fl_road_take_problem (road, NULL);
  g_assert_null (fl_road_get_problem (road));
  g_assert_cmpstr (names->str, ==, "problem problem ");
}

static void
test_road_name_from_the_air_becomes_valid (void)
{
  g_autoptr (FlRoad) road = fl_road_new (FL_ROAD_BLUETOOTH, "AA");

  fl_road_set_name (road, "P2-\xff");
  g_assert_true (g_utf8_validate (fl_road_get_name (road), -1, NULL));
  g_assert_true (g_str_has_prefix (fl_road_get_name (road), "P2-"));
}

static void
test_road_matches_code_by_data_or_name (void)
{
  static const struct
  {
    const char *code, *name, *asked;
    gboolean matches;
  } rows[] = {
    { "4F2A1C", NULL, "4F2A1C", TRUE },
    { "4F2A1C", NULL, "4f2a1c", TRUE },
    { "4f2a1c", "Lamp", "4F2A1C", TRUE },
    { NULL, "P2-4F2A1C", "4f2a1c", TRUE },
    { NULL, "Photon 2-4F2A1C", "4F2A1C", TRUE },
    { "4F2A1", "Photon 2-4F2A1C", "4F2A1C", TRUE }, /* data cut off at 31 bytes */
    { NULL, "aabbcc", "AABBCC", TRUE },
    { NULL, "4F2A1C-P2", "4F2A1C", FALSE },
    { NULL, "2A1C", "4F2A1C", FALSE },
    { "4F2A1D", "P2-4F2A1D", "4F2A1C", FALSE },
    { NULL, NULL, "4F2A1C", FALSE },
    { "4F2A1C", "P2-4F2A1C", "", FALSE },
    { "4F2A1C", "P2-4F2A1C", NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlRoad) road = fl_road_new (FL_ROAD_BLUETOOTH, "AA");

      fl_road_set_setup_code (road, rows[i].code);
      fl_road_set_name (road, rows[i].name);
      g_assert_cmpint (fl_road_matches_code (road, rows[i].asked), ==, rows[i].matches);
    }
}

static void
test_road_kind_has_nick_and_label (void)
{
  g_assert_cmpstr (fl_road_kind_to_string (FL_ROAD_BLUETOOTH), ==, "bluetooth");
  g_assert_cmpstr (fl_road_kind_to_string (FL_ROAD_ACCESS_POINT), ==, "access-point");
  g_assert_cmpstr (fl_road_kind_get_label (FL_ROAD_USB), ==, "USB cable");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/road/new/is-reachable-and-unknown", test_road_new_is_reachable_and_unknown);
  g_test_add_func ("/road/setters/notify-changes-only", test_road_setters_notify_changes_only);
  g_test_add_func ("/road/properties/give-what-getters-give",
                   test_road_properties_give_what_getters_give);
  g_test_add_func ("/road/problem/is-taken-and-cleared", test_road_problem_is_taken_and_cleared);
  g_test_add_func ("/road/name/from-the-air-becomes-valid",
                   test_road_name_from_the_air_becomes_valid);
  g_test_add_func ("/road/code/matches-by-data-or-name", test_road_matches_code_by_data_or_name);
  g_test_add_func ("/road/kind/has-nick-and-label", test_road_kind_has_nick_and_label);
  return g_test_run ();
}
