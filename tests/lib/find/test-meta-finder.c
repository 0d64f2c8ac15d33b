/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-meta-finder.h"

#include "hand-finder.h"

#include <string.h>

#define SERIAL    "P046AB12C4F2A1C"
#define DEVICE_ID "0a10aced202194944a4f2a1c"
#define SECONDS   G_USEC_PER_SEC

typedef struct
{
  FlClock *clock;
  FlHandFinder *bluetooth, *usb;
  FlMetaFinder *meta;
  GListModel *devices;
  GString *changes; /* "position-removed+added " */
} Fixture;

static void
append_change (GListModel *model, guint position, guint removed, guint added, Fixture *f)
{
  g_string_append_printf (f->changes, "%u-%u+%u ", position, removed, added);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->clock = fl_virtual_clock_new ();
  f->bluetooth = g_object_new (FL_TYPE_HAND_FINDER, NULL);
  f->usb = g_object_new (FL_TYPE_HAND_FINDER, NULL);
  f->usb->kind = FL_ROAD_USB;
  f->meta = fl_meta_finder_new (f->clock);
  fl_meta_finder_add (f->meta, FL_FINDER (f->bluetooth));
  fl_meta_finder_add (f->meta, FL_FINDER (f->usb));
  f->devices = fl_meta_finder_get_devices (f->meta);
  f->changes = g_string_new (NULL);
  g_signal_connect (f->devices, "items-changed", G_CALLBACK (append_change), f);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_signal_handlers_disconnect_by_data (f->devices, f);
  g_assert_finalize_object (f->meta);
  g_assert_finalize_object (f->bluetooth);
  g_assert_finalize_object (f->usb);
  g_assert_finalize_object (f->clock);
  g_string_free (f->changes, TRUE);
}

static guint
count (Fixture *f)
{
  return g_list_model_get_n_items (f->devices);
}

/* Borrowed: the list keeps it. */
static FlDevice *
device_at (Fixture *f, guint index)
{
  g_autoptr (FlDevice) device = g_list_model_get_item (f->devices, index);

  return device;
}

static guint
count_roads (FlDevice *device)
{
  return g_list_model_get_n_items (fl_device_get_roads (device));
}

static void
set_true (gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Lets virtual time pass with everything that falls due in it. */
static void
wait_us (Fixture *f, gint64 time_us)
{
  gboolean is_over = FALSE;

  fl_clock_add_at (f->clock, fl_clock_now_us (f->clock) + time_us, set_true, &is_over);
  while (!is_over)
    g_main_context_iteration (NULL, TRUE);
}

static FlRoad *
see_bluetooth (Fixture *f, const char *address, const char *name, const char *code, int platform_id)
{
  FlRoad *road = fl_road_new (FL_ROAD_BLUETOOTH, address);

  fl_road_set_name (road, name);
  fl_road_set_setup_code (road, code);
  fl_road_set_platform_id (road, platform_id);
  g_list_store_append (f->bluetooth->roads, road);
  return road;
}

static FlRoad *
see_usb (Fixture *f, const char *address, const char *serial, int platform_id)
{
  FlRoad *road = fl_road_new (FL_ROAD_USB, address);

  fl_road_set_serial (road, serial);
  fl_road_set_platform_id (road, platform_id);
  g_list_store_append (f->usb->roads, road);
  return road;
}

static void
unsee (FlHandFinder *finder, FlRoad *road)
{
  guint position;

  g_assert_true (g_list_store_find (finder->roads, road, &position));
  g_list_store_remove (finder->roads, position);
}

static void
test_meta_two_roads_are_one_row (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) bluetooth = see_bluetooth (f, "AA", "P2-4F2A1C", "4f2a1c", 32);
  g_autoptr (FlRoad) usb = see_usb (f, "1-2", SERIAL, 32);

  g_assert_cmpuint (count (f), ==, 1);
  g_assert_cmpuint (count_roads (device_at (f, 0)), ==, 2);
  g_assert_true (fl_device_get_best_road (device_at (f, 0)) == usb);
  g_assert_cmpstr (f->changes->str, ==, "0-0+1 ");
}

static void
test_meta_device_id_meets_the_code (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) bluetooth = see_bluetooth (f, "AA", NULL, "4F2A1C", 32);
  g_autoptr (FlRoad) usb = see_usb (f, "1-2", NULL, 32);

  g_assert_cmpuint (count (f), ==, 2);
  fl_road_set_device_id (usb, DEVICE_ID);
  g_assert_cmpuint (count (f), ==, 1);
}

static void
test_meta_serial_learned_later_merges_into_the_earlier_row (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) usb = see_usb (f, "1-2", NULL, 32);
  g_autoptr (FlRoad) other = see_bluetooth (f, "BB", "P2-000001", "000001", 32);
  g_autoptr (FlRoad) bluetooth = see_bluetooth (f, "AA", "P2-4F2A1C", "4F2A1C", 32);
  g_autoptr (FlDevice) first = g_object_ref (device_at (f, 0));
  g_autoptr (FlDevice) last = g_object_ref (device_at (f, 2));

  g_string_truncate (f->changes, 0);
  fl_road_set_serial (usb, SERIAL);
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_true (device_at (f, 0) == first);
  g_assert_cmpuint (count_roads (first), ==, 2);
  g_assert_cmpstr (f->changes->str, ==, "2-1+0 ");
  g_assert_cmpuint (count_roads (last), ==, 1); /* a journey that holds it goes on */
}

static void
test_meta_serial_learned_by_the_device_merges (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) fixed = see_bluetooth (f, "AA", "Lamp", NULL, 0);
  g_autoptr (FlRoad) usb = see_usb (f, "1-2", SERIAL, 32);

  g_assert_cmpuint (count (f), ==, 2);
  fl_device_set_serial (device_at (f, 0), SERIAL);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_cmpuint (count_roads (device_at (f, 0)), ==, 2);
}

static void
test_meta_equal_fixed_names_stay_apart (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) first = see_bluetooth (f, "AA", "aabbcc", NULL, 0);
  g_autoptr (FlRoad) second = see_bluetooth (f, "BB", "aabbcc", NULL, 0);
  g_autoptr (FlRoad) third = see_bluetooth (f, "CC", "Lamp", "XXXXXX", 32);
  g_autoptr (FlRoad) fourth = see_bluetooth (f, "DD", "Lamp", "XXXXXX", 32);

  g_assert_cmpuint (count (f), ==, 4);
}

static void
test_meta_platforms_keep_equal_codes_apart (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) p2 = see_bluetooth (f, "AA", NULL, "4F2A1C", 32);
  g_autoptr (FlRoad) argon = see_bluetooth (f, "BB", NULL, "4F2A1C", 12);

  g_assert_cmpuint (count (f), ==, 2);
}

static void
test_meta_road_that_turns_out_to_be_another_gets_its_row (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) usb = see_usb (f, "1-2", SERIAL, 32);
  g_autoptr (FlRoad) bluetooth = see_bluetooth (f, "AA", NULL, "4F2A1C", 32);

  g_assert_cmpuint (count (f), ==, 1);
  fl_road_set_serial (bluetooth, "P046AB13C4F2A1C"); /* the same ending, another device */
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_cmpuint (count_roads (device_at (f, 0)), ==, 1);
  g_assert_true (fl_device_get_best_road (device_at (f, 1)) == bluetooth);
  g_assert_cmpstr (fl_device_get_serial (device_at (f, 0)), ==, SERIAL);
}

static void
test_meta_unreachable_row_lingers_30_s (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) road = see_bluetooth (f, "AA", NULL, "4F2A1C", 32);

  fl_road_set_reachable (road, FALSE);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_false (fl_device_get_reachable (device_at (f, 0)));
  wait_us (f, 30 * SECONDS - 1);
  g_assert_cmpuint (count (f), ==, 1);
  wait_us (f, 1);
  g_assert_cmpuint (count (f), ==, 0);
  g_assert_cmpstr (f->changes->str, ==, "0-0+1 0-1+0 ");
}

static void
test_meta_row_that_comes_back_in_time_stays (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) road = see_bluetooth (f, "AA", NULL, "4F2A1C", 32);

  fl_road_set_reachable (road, FALSE);
  wait_us (f, 20 * SECONDS);
  fl_road_set_reachable (road, TRUE);
  wait_us (f, 20 * SECONDS);
  fl_road_set_reachable (road, FALSE);
  wait_us (f, 29 * SECONDS);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_cmpstr (f->changes->str, ==, "0-0+1 ");
}

static void
test_meta_row_that_comes_back_late_is_the_same_device (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) road = see_bluetooth (f, "AA", NULL, "4F2A1C", 32);
  g_autoptr (FlRoad) other = see_bluetooth (f, "BB", NULL, "000001", 32);
  g_autoptr (FlDevice) device = g_object_ref (device_at (f, 0));

  fl_road_set_reachable (road, FALSE);
  wait_us (f, 40 * SECONDS);
  g_assert_cmpuint (count (f), ==, 1);
  fl_road_set_reachable (road, TRUE);
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_true (device_at (f, 1) == device);
  g_assert_true (fl_device_get_reachable (device));
}

static void
test_meta_one_road_away_leaves_the_row (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) bluetooth = see_bluetooth (f, "AA", NULL, "4F2A1C", 32);
  g_autoptr (FlRoad) usb = see_usb (f, "1-2", SERIAL, 32);

  unsee (f->usb, usb);
  g_assert_true (fl_device_get_reachable (device_at (f, 0)));
  g_assert_true (fl_device_get_best_road (device_at (f, 0)) == bluetooth);
  wait_us (f, 31 * SECONDS);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_cmpuint (count_roads (device_at (f, 0)), ==, 1);
}

static void
test_meta_removed_road_lingers_and_its_successor_takes_over (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) usb = see_usb (f, "1-2", SERIAL, 32);
  g_autoptr (FlDevice) device = g_object_ref (device_at (f, 0));
  g_autoptr (FlRoad) again = NULL;

  unsee (f->usb, usb);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_false (fl_device_get_reachable (device));
  wait_us (f, 10 * SECONDS);
  again = see_usb (f, "1-4", SERIAL, 32);
  g_assert_true (device_at (f, 0) == device);
  g_assert_cmpuint (count_roads (device), ==, 1);
  g_assert_true (fl_device_get_best_road (device) == again);
  wait_us (f, 31 * SECONDS);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_cmpstr (f->changes->str, ==, "0-0+1 ");
}

static void
test_meta_removed_road_is_forgotten_after_30_s (Fixture *f, gconstpointer unused)
{
  FlRoad *road = see_bluetooth (f, "AA", NULL, "4F2A1C", 32);
  FlDevice *device = g_object_ref (device_at (f, 0));

  unsee (f->bluetooth, road);
  wait_us (f, 30 * SECONDS);
  g_assert_cmpuint (count (f), ==, 0);
  g_assert_finalize_object (device);
  g_assert_finalize_object (road);
}

static void
test_meta_road_removed_long_after_it_went_leaves_nothing (Fixture *f, gconstpointer unused)
{
  FlRoad *road = see_bluetooth (f, "AA", NULL, "4F2A1C", 32);

  fl_road_set_reachable (road, FALSE);
  wait_us (f, 40 * SECONDS);
  unsee (f->bluetooth, road);
  g_assert_finalize_object (road);
}

static void
test_meta_nameless_bluetooth_road_is_known_by_address (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) first = see_bluetooth (f, "AA:BB", "Lamp", NULL, 0);
  g_autoptr (FlRoad) again = NULL, unlike = NULL;

  unsee (f->bluetooth, first);
  again = see_bluetooth (f, "aa:bb", "Lamp", NULL, 0);
  g_assert_cmpuint (count (f), ==, 1);
  unlike = see_bluetooth (f, "AA:BC", "Lamp", NULL, 0);
  g_assert_cmpuint (count (f), ==, 2);
}

static void
test_meta_model_that_resets_keeps_its_rows (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) kept = see_bluetooth (f, "AA", NULL, "4F2A1C", 32);
  g_autoptr (FlRoad) gone = see_bluetooth (f, "BB", NULL, "000001", 32);
  gpointer content[] = { kept };

  g_string_truncate (f->changes, 0);
  g_list_store_splice (f->bluetooth->roads, 0, 2, content, 1);
  g_assert_true (fl_road_get_reachable (kept));
  g_assert_false (fl_road_get_reachable (gone));
  g_assert_cmpstr (f->changes->str, ==, "");
  wait_us (f, 31 * SECONDS);
  g_assert_cmpuint (count (f), ==, 1);
}

static void
test_meta_signal_changes_move_no_rows (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) first = see_bluetooth (f, "AA", NULL, "000001", 32);
  g_autoptr (FlRoad) second = see_bluetooth (f, "BB", NULL, "000002", 32);

  g_string_truncate (f->changes, 0);
  fl_road_set_signal_dbm (first, -90);
  fl_road_set_signal_dbm (second, -20);
  fl_road_set_last_seen_us (first, 7);
  fl_road_set_name (first, "Lamp");
  g_assert_cmpstr (f->changes->str, ==, "");
  g_assert_cmpstr (fl_device_get_name (device_at (f, 0)), ==, "Lamp");
}

static void
test_meta_unreachable_road_makes_no_row_yet (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) road = fl_road_new (FL_ROAD_BLUETOOTH, "AA");

  fl_road_set_reachable (road, FALSE);
  g_list_store_append (f->bluetooth->roads, road);
  g_assert_cmpuint (count (f), ==, 0);
  fl_road_set_reachable (road, TRUE);
  g_assert_cmpuint (count (f), ==, 1);
}

static void
test_meta_finders_start_and_stop_together (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlHandFinder) late = g_object_new (FL_TYPE_HAND_FINDER, NULL);
  g_autoptr (FlRoad) road = fl_road_new (FL_ROAD_BLUETOOTH, "AA");

  fl_meta_finder_start (f->meta);
  g_assert_cmpuint (f->bluetooth->starts, ==, 1);
  g_assert_cmpuint (f->usb->starts, ==, 1);
  g_list_store_append (late->roads, road);
  fl_meta_finder_add (f->meta, FL_FINDER (late));
  g_assert_cmpuint (late->starts, ==, 1);
  g_assert_cmpuint (count (f), ==, 1); /* what it knew before */
  g_assert_cmpuint (g_list_model_get_n_items (fl_meta_finder_get_finders (f->meta)), ==, 3);
  fl_meta_finder_stop (f->meta);
  g_assert_cmpuint (f->usb->stops, ==, 1);
  g_assert_cmpuint (late->stops, ==, 1);
}

static void
test_meta_link_comes_from_the_finder_of_the_road (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) usb = see_usb (f, "1-2", SERIAL, 32);
  g_autoptr (FlRoad) unseen = fl_road_new (FL_ROAD_BLUETOOTH, "AA");

  g_assert_null (fl_meta_finder_create_link (f->meta, usb));
  g_assert_true (f->usb->linked == usb);
  g_assert_null (f->bluetooth->linked);
  g_assert_null (fl_meta_finder_create_link (f->meta, unseen));
  g_assert_true (f->bluetooth->linked == unseen);
  g_assert_true (f->usb->linked == usb);
}

static void
test_meta_lookup_by_what_a_person_types (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) bluetooth = see_bluetooth (f, "AA", NULL, "000001", 32);
  g_autoptr (FlRoad) usb = see_usb (f, "1-2", SERIAL, 32);

  g_assert_true (fl_meta_finder_lookup (f->meta, "4f2a1c") == device_at (f, 1));
  g_assert_true (fl_meta_finder_lookup (f->meta, "aa") == device_at (f, 0));
  g_assert_null (fl_meta_finder_lookup (f->meta, "nobody"));
}

static void
test_meta_500_devices_on_two_roads_are_500_rows (Fixture *f, gconstpointer unused)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *code = g_strdup_printf ("%06X", i);
      g_autofree char *serial = g_strdup_printf ("P046AB12C%s", code);
      g_autoptr (FlRoad) bluetooth = see_bluetooth (f, serial, NULL, code, 32);
      g_autoptr (FlRoad) usb = see_usb (f, code, serial, 32);
    }
  g_assert_cmpuint (count (f), ==, 500);
  for (guint i = 0; i < 500; i++)
    g_assert_cmpuint (count_roads (device_at (f, i)), ==, 2);
  g_list_store_remove_all (f->bluetooth->roads);
  g_list_store_remove_all (f->usb->roads);
  g_assert_cmpuint (count (f), ==, 500);
  wait_us (f, 31 * SECONDS);
  g_assert_cmpuint (count (f), ==, 0);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/meta-finder/two-roads/are-one-row", test_meta_two_roads_are_one_row);
  ADD ("/meta-finder/device-id/meets-the-code", test_meta_device_id_meets_the_code);
  ADD ("/meta-finder/serial-learned-later/merges-into-the-earlier-row",
       test_meta_serial_learned_later_merges_into_the_earlier_row);
  ADD ("/meta-finder/serial-learned-by-the-device/merges",
       test_meta_serial_learned_by_the_device_merges);
  ADD ("/meta-finder/equal-fixed-names/stay-apart", test_meta_equal_fixed_names_stay_apart);
  ADD ("/meta-finder/platforms/keep-equal-codes-apart", test_meta_platforms_keep_equal_codes_apart);
  ADD ("/meta-finder/road-of-another/gets-its-row",
       test_meta_road_that_turns_out_to_be_another_gets_its_row);
  ADD ("/meta-finder/unreachable/lingers-30-s", test_meta_unreachable_row_lingers_30_s);
  ADD ("/meta-finder/back-in-time/stays", test_meta_row_that_comes_back_in_time_stays);
  ADD ("/meta-finder/back-late/is-the-same-device",
       test_meta_row_that_comes_back_late_is_the_same_device);
  ADD ("/meta-finder/one-road-away/leaves-the-row", test_meta_one_road_away_leaves_the_row);
  ADD ("/meta-finder/removed-road/lingers-until-its-successor",
       test_meta_removed_road_lingers_and_its_successor_takes_over);
  ADD ("/meta-finder/removed-road/is-forgotten-after-30-s",
       test_meta_removed_road_is_forgotten_after_30_s);
  ADD ("/meta-finder/removed-long-after/leaves-nothing",
       test_meta_road_removed_long_after_it_went_leaves_nothing);
  ADD ("/meta-finder/bluetooth-address/tells-who-it-was",
       test_meta_nameless_bluetooth_road_is_known_by_address);
  ADD ("/meta-finder/model-reset/keeps-its-rows", test_meta_model_that_resets_keeps_its_rows);
  ADD ("/meta-finder/signal-changes/move-no-rows", test_meta_signal_changes_move_no_rows);
  ADD ("/meta-finder/unreachable-road/makes-no-row-yet",
       test_meta_unreachable_road_makes_no_row_yet);
  ADD ("/meta-finder/finders/start-and-stop-together", test_meta_finders_start_and_stop_together);
  ADD ("/meta-finder/link/comes-from-the-finder-of-the-road",
       test_meta_link_comes_from_the_finder_of_the_road);
  ADD ("/meta-finder/lookup/by-what-a-person-types", test_meta_lookup_by_what_a_person_types);
  ADD ("/meta-finder/500-devices-on-two-roads/are-500-rows",
       test_meta_500_devices_on_two_roads_are_500_rows);
  return g_test_run ();
}
