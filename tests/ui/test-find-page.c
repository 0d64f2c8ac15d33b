/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-find-page.h"
#include "fl-item-list.h"
#include "ui-fixture.h"

typedef struct
{
  GtkWindow *window;
  FlPage *page;
  FlFindPage *find;
  FlClock *clock;
  FlMetaFinder *finder;
  UiFinder *radio, *cables;
  FlProduct *product;
  FlDevice *chosen;
  guint n_chosen;
} Fixture;

static void
on_chosen (Fixture *f, FlDevice *device)
{
  f->chosen = device;
  f->n_chosen++;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->clock = ui_clock_new ();
  f->radio = ui_finder_new ();
  f->cables = ui_finder_new_for (FL_ROAD_USB);
  f->finder = fl_meta_finder_new (f->clock);
  f->product = fl_product_new_factory ();
  f->chosen = NULL;
  f->n_chosen = 0;
  fl_meta_finder_add (f->finder, FL_FINDER (f->radio));
  f->page = fl_find_page_new ();
  f->find = FL_FIND_PAGE (f->page);
  fl_find_page_set_product (f->find, f->product);
  fl_find_page_set_finder (f->find, f->finder, f->clock);
  fl_meta_finder_start (f->finder);
  g_signal_connect_swapped (f->page, "chosen", G_CALLBACK (on_chosen), f);
  f->window = ui_window_new (f->page, 600, 700);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  ui_window_finish (f->window, f->page);
  fl_meta_finder_stop (f->finder);
  g_assert_finalize_object (f->finder);
  g_assert_finalize_object (f->radio);
  g_assert_finalize_object (f->cables);
  g_assert_finalize_object (f->product);
  g_assert_finalize_object (f->clock);
}

static void
test_find_empty_page_tells_more_with_time (Fixture *f, gconstpointer unused)
{
  GtkWidget *spinner = ui_find (GTK_WIDGET (f->page), GTK_TYPE_SPINNER, NULL);

  g_assert_cmpint (fl_find_page_get_state (f->find), ==, FL_FIND_QUIET);
  g_assert_false (gtk_widget_get_visible (spinner));
  ui_clock_advance_ms (f->clock, 3000);
  g_assert_cmpint (fl_find_page_get_state (f->find), ==, FL_FIND_LOOKING);
  g_assert_true (gtk_widget_get_visible (spinner));
  ui_clock_advance_ms (f->clock, 2000);
  g_assert_cmpint (fl_find_page_get_state (f->find), ==, FL_FIND_HINTS);
  ui_clock_advance_ms (f->clock, 14999);
  g_assert_cmpint (fl_find_page_get_state (f->find), ==, FL_FIND_HINTS);
  ui_clock_advance_ms (f->clock, 1);
  g_assert_cmpint (fl_find_page_get_state (f->find), ==, FL_FIND_NOTHING);

  ui_wait_frames (GTK_WIDGET (f->window), 3);
  ui_click (GTK_WIDGET (f->page), "_Search Again");
  g_assert_cmpint (fl_find_page_get_state (f->find), ==, FL_FIND_QUIET);
}

static void
test_find_device_row_goes_on (Fixture *f, gconstpointer unused)
{
  GtkWidget *list = ui_find (GTK_WIDGET (f->page), FL_TYPE_ITEM_LIST, NULL);
  g_autoptr (FlDevice) device = NULL;

  ui_finder_add (f->radio, FL_ROAD_BLUETOOTH, "4F2A1B", -50);
  ui_settle ();
  g_assert_cmpint (fl_find_page_get_state (f->find), ==, FL_FIND_SOMETHING);
  g_assert_cmpstr (fl_page_get_action_label (f->page), ==, "_Enter Code");

  device = g_list_model_get_item (fl_meta_finder_get_devices (f->finder), 0);
  fl_item_list_select (FL_ITEM_LIST (list), device);
  g_assert_cmpstr (fl_page_get_action_label (f->page), ==, "C_ontinue");
  fl_page_activate (f->page);
  g_assert_true (f->chosen == device);
}

static void
test_find_without_row_asks_for_the_code (Fixture *f, gconstpointer unused)
{
  g_assert_true (fl_page_get_complete (f->page));
  fl_page_activate (f->page);
  g_assert_cmpuint (f->n_chosen, ==, 1);
  g_assert_null (f->chosen);
}

static void
test_find_row_says_who_and_how (Fixture *f, gconstpointer unused)
{
  GtkWidget *list = ui_find (GTK_WIDGET (f->page), FL_TYPE_ITEM_LIST, NULL);
  g_autoptr (FlDevice) device = NULL;
  g_autofree char *words = NULL;
  GtkWidget *row;

  ui_finder_add (f->radio, FL_ROAD_BLUETOOTH, "4F2A1B", -50);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  device = g_list_model_get_item (fl_meta_finder_get_devices (f->finder), 0);
  row = fl_item_list_get_row (FL_ITEM_LIST (list), device);
  g_assert_nonnull (row);
  g_object_get (row, "words", &words, NULL);
  g_assert_true (g_str_has_prefix (words, fl_device_get_name (device)));
  g_assert_nonnull (g_strrstr (words, "Bluetooth"));
  gtk_test_accessible_assert_property (gtk_widget_get_parent (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       words);
}

static gboolean
is_focused (Fixture *f, GType type)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (f->window));

  return focus != NULL && G_TYPE_CHECK_INSTANCE_TYPE (focus, type);
}

static gboolean
is_focus_in_list (Fixture *f)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (f->window));
  GtkWidget *list = ui_find (GTK_WIDGET (f->page), FL_TYPE_ITEM_LIST, NULL);

  return focus != NULL && gtk_widget_is_ancestor (focus, list);
}

static void
test_find_first_device_takes_the_focus (Fixture *f, gconstpointer unused)
{
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) ==
                 fl_wizard_get_main_button (ui_window_get_wizard (f->window)));
  ui_finder_add (f->radio, FL_ROAD_BLUETOOTH, "4F2A1B", -50);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_true (is_focus_in_list (f));
}

static void
test_find_focus_stays_where_somebody_put_it (Fixture *f, gconstpointer unused)
{
  GtkWidget *menu = ui_find (GTK_WIDGET (f->window), GTK_TYPE_MENU_BUTTON, NULL);
  g_autoptr (GMenu) model = g_menu_new ();

  g_menu_append (model, "Help", "win.help");
  g_object_set (ui_window_get_wizard (f->window), "menu-model", model, NULL);
  g_assert_true (gtk_widget_grab_focus (menu));
  g_assert_true (is_focused (f, GTK_TYPE_TOGGLE_BUTTON));
  ui_finder_add (f->radio, FL_ROAD_BLUETOOTH, "4F2A1B", -50);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_true (is_focused (f, GTK_TYPE_TOGGLE_BUTTON));
}

static void
test_find_problem_comes_and_goes (Fixture *f, gconstpointer unused)
{
  ui_finder_take_problem (f->radio, g_error_new_literal (FL_ERROR, FL_ERROR_BLUETOOTH_OFF, "off"));
  g_assert_error (fl_page_get_error (f->page), FL_ERROR, FL_ERROR_BLUETOOTH_OFF);
  g_assert_true (fl_find_page_get_stopped (f->find) == FL_FINDER (f->radio));
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_false (ui_shows (GTK_WIDGET (f->page), "Looking for devices…"));
  ui_finder_take_problem (f->radio, NULL);
  g_assert_no_error (fl_page_get_error (f->page));
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), "Looking for devices…"));
}

static void
test_find_links_of_the_product (Fixture *f, gconstpointer unused)
{
  GtkWidget *link = ui_find (GTK_WIDGET (f->page), GTK_TYPE_LINK_BUTTON, NULL);

  if (fl_product_get_help_uri (f->product) != NULL)
    g_assert_cmpstr (gtk_link_button_get_uri (GTK_LINK_BUTTON (link)), ==,
                     fl_product_get_help_uri (f->product));
  else
    g_assert_null (link);
}

/* Most computers have USB; the tests above are of one that has not. */
static void
set_up_usb (Fixture *f, gconstpointer unused)
{
  set_up (f, unused);
  fl_meta_finder_add (f->finder, FL_FINDER (f->cables));
  fl_find_page_set_finder (f->find, f->finder, f->clock);
}

static FlDevice *
get_selected (Fixture *f)
{
  return fl_item_list_get_selected (
      FL_ITEM_LIST (ui_find (GTK_WIDGET (f->page), FL_TYPE_ITEM_LIST, NULL)));
}

static FlDevice *
get_device (Fixture *f, guint index)
{
  g_autoptr (FlDevice) device =
      g_list_model_get_item (fl_meta_finder_get_devices (f->finder), index);

  return device; /* the list keeps it */
}

static void
test_find_one_cable_is_selected (Fixture *f, gconstpointer unused)
{
  ui_finder_add (f->radio, FL_ROAD_BLUETOOTH, "9K3M2P", -50);
  g_assert_null (get_selected (f));
  ui_finder_add (f->cables, FL_ROAD_USB, "4F2A1B", 0);
  ui_settle ();
  g_assert_true (get_selected (f) == get_device (f, 1));
  g_assert_cmpstr (fl_page_get_action_label (f->page), ==, "C_ontinue");
  g_assert_true (fl_page_get_complete (f->page));
  fl_page_activate (f->page);
  g_assert_true (f->chosen == get_device (f, 1));
}

static void
test_find_second_cable_asks (Fixture *f, gconstpointer unused)
{
  GtkWidget *list = ui_find (GTK_WIDGET (f->page), FL_TYPE_ITEM_LIST, NULL);
  FlRoad *second;

  ui_finder_add (f->cables, FL_ROAD_USB, "4F2A1B", 0);
  g_assert_nonnull (get_selected (f));
  second = ui_finder_add (f->cables, FL_ROAD_USB, "9K3M2P", 0);
  g_assert_null (get_selected (f));

  /* The second goes: the first is the only one again. */
  fl_road_set_reachable (second, FALSE);
  g_assert_true (get_selected (f) == get_device (f, 0));
  fl_road_set_reachable (second, TRUE);
  g_assert_null (get_selected (f));

  /* What a person chose is left alone. */
  fl_item_list_select (FL_ITEM_LIST (list), get_device (f, 1));
  ui_finder_add (f->cables, FL_ROAD_USB, "AAAAAA", 0);
  g_assert_true (get_selected (f) == get_device (f, 1));
}

/* What was selected is still selected when its row becomes one with another. */
static void
test_find_selection_follows_the_device (Fixture *f, gconstpointer unused)
{
  GtkWidget *list = ui_find (GTK_WIDGET (f->page), FL_TYPE_ITEM_LIST, NULL);
  FlRoad *cable;

  ui_finder_add (f->radio, FL_ROAD_BLUETOOTH, "4F2A1B", -50);
  cable = ui_finder_add (f->cables, FL_ROAD_USB, "", 0);
  ui_finder_add (f->cables, FL_ROAD_USB, "9K3M2P", 0);
  fl_item_list_select (FL_ITEM_LIST (list), fl_meta_finder_get_device (f->finder, cable));
  g_assert_true (get_selected (f) != get_device (f, 0));
  fl_road_set_serial (cable, "P046AB12C4F2A1B");
  ui_settle ();
  g_assert_true (get_selected (f) == get_device (f, 0));
  g_assert_cmpuint (g_list_model_get_n_items (fl_device_get_roads (get_device (f, 0))), ==, 2);
}

static char *
dup_words (Fixture *f, FlDevice *device)
{
  GtkWidget *list = ui_find (GTK_WIDGET (f->page), FL_TYPE_ITEM_LIST, NULL);
  GtkWidget *row;
  char *words = NULL;

  ui_wait_frames (GTK_WIDGET (f->window), 3);
  row = fl_item_list_get_row (FL_ITEM_LIST (list), device);
  g_assert_nonnull (row);
  g_object_get (row, "words", &words, NULL);
  return words;
}

static void
test_find_row_names_both_roads (Fixture *f, gconstpointer unused)
{
  g_autofree char *both = NULL, *alone = NULL, *update = NULL;
  FlRoad *cable;

  ui_finder_add (f->radio, FL_ROAD_BLUETOOTH, "4F2A1B", -50);
  cable = ui_finder_add (f->cables, FL_ROAD_USB, "4F2A1B", 0);
  both = dup_words (f, get_device (f, 0));
  g_assert_nonnull (g_strrstr (both, "USB cable and Bluetooth · Ready"));
  fl_road_set_reachable (cable, FALSE);
  alone = dup_words (f, get_device (f, 0));
  g_assert_nonnull (g_strrstr (alone, "4F2A1B, Bluetooth · Ready"));

  cable = ui_finder_add (f->cables, FL_ROAD_USB, "9K3M2P", 0);
  fl_road_take_problem (cable, g_error_new_literal (FL_ERROR, FL_ERROR_UPDATE_MODE, "DFU"));
  update = dup_words (f, get_device (f, 1));
  g_assert_nonnull (g_strrstr (update, "USB cable · Update mode"));
  g_assert_true (get_selected (f) != get_device (f, 1));
}

/* Bluetooth that is off is said above, and the cable goes on. */
static void
test_find_bluetooth_off_hides_nothing (Fixture *f, gconstpointer unused)
{
  ui_finder_take_problem (f->radio, g_error_new_literal (FL_ERROR, FL_ERROR_BLUETOOTH_OFF, "off"));
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_error (fl_page_get_error (f->page), FL_ERROR, FL_ERROR_BLUETOOTH_OFF);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), "Looking for devices…"));
  ui_finder_add (f->cables, FL_ROAD_USB, "4F2A1B", 0);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), "P2-4F2A1B"));
  g_assert_true (fl_page_get_complete (f->page));
}

static void
test_find_no_usb_is_no_problem (Fixture *f, gconstpointer unused)
{
  ui_finder_take_problem (f->cables,
                          g_error_new_literal (FL_ERROR, FL_ERROR_USB_PERMISSION, "sandbox"));
  g_assert_no_error (fl_page_get_error (f->page));
  ui_clock_advance_ms (f->clock, 16000);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_false (ui_shows (GTK_WIDGET (f->page), "Some cables only charge. Try another cable."));
}

static void
count (guint *n)
{
  (*n)++;
}

static void
test_find_cables_that_only_charge (Fixture *f, gconstpointer unused)
{
  const char *hint = "Some cables only charge. Try another cable.";
  guint n_asked = 0;

  g_signal_connect_swapped (f->page, "use-cable", G_CALLBACK (count), &n_asked);
  ui_clock_advance_ms (f->clock, 14999);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_false (ui_shows (GTK_WIDGET (f->page), hint));
  ui_clock_advance_ms (f->clock, 1);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), hint));
  ui_clock_advance_ms (f->clock, 5000);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  ui_click (GTK_WIDGET (f->page), "_Use a USB Cable");
  g_assert_cmpuint (n_asked, ==, 1);
}

#define ADD_USB(path, test) g_test_add (path, Fixture, NULL, set_up_usb, test, tear_down)
#define ADD(path, test)     g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/find-page/empty/tells-more-with-time", test_find_empty_page_tells_more_with_time);
  ADD ("/find-page/device/row-goes-on", test_find_device_row_goes_on);
  ADD ("/find-page/no-row/asks-for-the-code", test_find_without_row_asks_for_the_code);
  ADD ("/find-page/accessible/row-says-who-and-how", test_find_row_says_who_and_how);
  ADD ("/find-page/focus/first-device-takes-it", test_find_first_device_takes_the_focus);
  ADD ("/find-page/focus/stays-where-it-was-put", test_find_focus_stays_where_somebody_put_it);
  ADD ("/find-page/problem/comes-and-goes", test_find_problem_comes_and_goes);
  ADD ("/find-page/links/of-the-product", test_find_links_of_the_product);
  ADD_USB ("/find-page/cable/one-is-selected", test_find_one_cable_is_selected);
  ADD_USB ("/find-page/cable/second-one-asks", test_find_second_cable_asks);
  ADD_USB ("/find-page/cable/selection-follows-the-device", test_find_selection_follows_the_device);
  ADD_USB ("/find-page/cable/row-names-both-roads", test_find_row_names_both_roads);
  ADD_USB ("/find-page/cable/bluetooth-off-hides-nothing", test_find_bluetooth_off_hides_nothing);
  ADD_USB ("/find-page/cable/no-usb-is-no-problem", test_find_no_usb_is_no_problem);
  ADD_USB ("/find-page/cable/some-only-charge", test_find_cables_that_only_charge);
  return g_test_run ();
}
