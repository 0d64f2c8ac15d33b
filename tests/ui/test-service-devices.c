/* SPDX-License-Identifier: Apache-2.0 */
/* The table of devices: rows, filter, order, narrow windows, and what an empty one offers. */
#include "config.h"

#include <string.h>

#include "fl-item-list.h"
#include "fl-service-cells.h"
#include "fl-service-row.h"
#include "fl-service-sort.h"
#include "service-fixture.h"

static const char nobody[] = "[World]\nadvert-loss=0\n"
                             "[Device Far]\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
                             "bluetooth=no\n[Network Home]\npassword=lighthouse7\n";

static const char updating[] = "[World]\nadvert-loss=0\n"
                               "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\n"
                               "secret=HARB0URLIGHT123\nusb=yes\nbluetooth=no\nmode=dfu\n"
                               "[Network Home]\npassword=lighthouse7\n";

static const char locked[] = "[World]\nadvert-loss=0\n"
                             "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\n"
                             "secret=HARB0URLIGHT123\nusb=yes\nbluetooth=no\nprotected=yes\n"
                             "[Network Home]\npassword=lighthouse7\n";

static const char late[] = "[World]\nadvert-loss=0\n"
                           "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\nusb=yes\n"
                           "bluetooth=no\n"
                           "[Device Old]\nplatform=argon\nserial=ARNKAB04251F00D\nusb=later 3s\n"
                           "bluetooth=no\n[Network Home]\npassword=lighthouse7\n";

static FlItemList *
list_of (ServiceFixture *f)
{
  return FL_ITEM_LIST (ui_find (GTK_WIDGET (f->guide->devices_page), FL_TYPE_ITEM_LIST, NULL));
}

static GtkWidget *
wait_row (ServiceFixture *f, const char *ending)
{
  FlVisit *visit = service_fixture_wait_visit (f, ending);
  GtkWidget *row;

  while ((row = fl_item_list_get_row (list_of (f), visit)) == NULL || !gtk_widget_get_mapped (row))
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
  return row;
}

static char *
dup_words (GtkWidget *row)
{
  char *words = NULL;

  g_object_get (row, "words", &words, NULL);
  return words;
}

static const char *
first_ending (ServiceFixture *f)
{
  GtkWidget *view = ui_find (GTK_WIDGET (list_of (f)), GTK_TYPE_LIST_VIEW, NULL);
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
  g_autoptr (FlVisit) visit = g_list_model_get_item (model, 0);

  return fl_device_get_ending (fl_visit_get_device (visit)); /* the list keeps it */
}

static void
test_devices_empty_offers_check (ServiceFixture *f, gconstpointer unused)
{
  while (!service_fixture_says (f, "No Devices Found"))
    g_main_context_iteration (NULL, TRUE);
  fl_page_enter (FL_PAGE (f->guide->devices_page));
  service_fixture_click (f, f->guide->devices_page, "_Check This Computer");
  service_fixture_wait_page (f, f->guide->doctor_page);
  fl_page_go_back (FL_PAGE (f->guide->doctor_page));
  service_fixture_wait_page (f, f->guide->devices_page);
}

static void
test_devices_row_says_all (ServiceFixture *f, gconstpointer unused)
{
  GtkWidget *row = wait_row (f, "AB12CD");
  FlVisit *visit = service_fixture_wait_visit (f, "AB12CD");
  g_autofree char *words = NULL;

  while (fl_visit_get_state (visit) == NULL) /* glanced at by itself */
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
  words = dup_words (row);
  g_assert_nonnull (strstr (words, "P046AD342AB12CD"));
  g_assert_nonnull (strstr (words, "USB cable"));
  g_assert_nonnull (strstr (words, "Firmware "));
  g_assert_nonnull (strstr (words, "Service "));
}

static void
test_devices_update_mode_in_words (ServiceFixture *f, gconstpointer unused)
{
  GListModel *visits = G_LIST_MODEL (f->guide->visits);
  g_autoptr (FlVisit) visit = NULL;
  g_autofree char *words = NULL;

  while (g_list_model_get_n_items (visits) == 0)
    g_main_context_iteration (NULL, TRUE);
  visit = g_list_model_get_item (visits, 0);
  words = fl_service_dup_words (visit);
  g_assert_nonnull (strstr (words, "Update mode"));
}

static void
test_devices_locked_in_words (ServiceFixture *f, gconstpointer unused)
{
  GListModel *visits = G_LIST_MODEL (f->guide->visits);
  g_autoptr (FlVisit) visit = NULL;
  g_autofree char *words = NULL;

  while (g_list_model_get_n_items (visits) == 0)
    g_main_context_iteration (NULL, TRUE);
  visit = g_list_model_get_item (visits, 0);
  while (fl_visit_get_info (visit) == NULL)
    g_main_context_iteration (NULL, TRUE);
  words = fl_service_dup_words (visit);
  g_assert_nonnull (strstr (words, "Locked"));
}

static void
test_devices_filter_any_column (ServiceFixture *f, gconstpointer unused)
{
  GtkEditable *entry =
      GTK_EDITABLE (ui_find (GTK_WIDGET (f->guide->devices_page), GTK_TYPE_SEARCH_ENTRY, NULL));
  FlPage *page = FL_PAGE (f->guide->devices_page);

  wait_row (f, "AB12CD");
  wait_row (f, "51F00D");
  gtk_editable_set_text (entry, "usb CABLE");
  while (fl_service_devices_page_get_n_shown (f->guide->devices_page) != 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (first_ending (f), ==, "AB12CD");
  gtk_editable_set_text (entry, "no such thing");
  while (fl_service_devices_page_get_n_shown (f->guide->devices_page) != 0)
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
  g_assert_true (service_fixture_says (f, "No device matches the filter."));

  fl_page_go_back (page); /* the first Esc empties the filter */
  g_assert_true (fl_wizard_get_page (f->wizard) == page);
  g_assert_cmpuint (fl_service_devices_page_get_n_shown (f->guide->devices_page), ==, 2);
}

static void
on_left (gboolean *left)
{
  *left = TRUE;
}

static void
test_devices_escape_leaves (ServiceFixture *f, gconstpointer unused)
{
  gboolean left = FALSE;

  g_signal_connect_swapped (f->guide, "left", G_CALLBACK (on_left), &left);
  fl_page_go_back (FL_PAGE (f->guide->devices_page));
  g_assert_true (left);
}

static void
test_devices_sorted_both_ways (ServiceFixture *f, gconstpointer unused)
{
  wait_row (f, "AB12CD");
  wait_row (f, "51F00D");
  fl_service_devices_page_sort (f->guide->devices_page, FL_SERVICE_SERIAL);
  g_assert_cmpstr (first_ending (f), ==, "51F00D");
  fl_service_devices_page_sort (f->guide->devices_page, FL_SERVICE_SERIAL);
  g_assert_cmpstr (first_ending (f), ==, "AB12CD");
}

/* The first row has the focus, but nobody has touched the list yet. */
static void
test_devices_late_one_is_sorted_in (ServiceFixture *f, gconstpointer unused)
{
  wait_row (f, "AB12CD");
  wait_row (f, "51F00D");
  g_assert_cmpstr (first_ending (f), ==, "51F00D"); /* Argon before P2 */
}

static void
test_devices_narrow_and_wide (ServiceFixture *f, gconstpointer unused)
{
  GtkWidget *row = wait_row (f, "51F00D");
  FlServiceCells *cells = FL_SERVICE_CELLS (ui_find (row, FL_TYPE_SERVICE_CELLS, NULL));

  g_assert_false (fl_service_cells_get_is_wide (cells));
  gtk_window_set_default_size (f->window, 1280, 720);
  while (!fl_service_cells_get_is_wide (cells))
    g_main_context_iteration (NULL, TRUE);
  gtk_window_set_default_size (f->window, 360, 640);
  while (fl_service_cells_get_is_wide (cells))
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (f->window)), <=, 360);
}

/* Where there is no room for headings one list of them stands beside the filter. */
static void
test_devices_narrow_sorts_by_a_list (ServiceFixture *f, gconstpointer unused)
{
  GtkWidget *page = GTK_WIDGET (f->guide->devices_page);
  GtkWidget *sort = ui_find (page, FL_TYPE_SERVICE_SORT, NULL);
  GtkWidget *entry = ui_find (page, GTK_TYPE_SEARCH_ENTRY, NULL);
  graphene_point_t origin = GRAPHENE_POINT_INIT (0, 0), place;

  wait_row (f, "AB12CD");
  wait_row (f, "51F00D");
  g_assert_true (gtk_widget_get_mapped (sort));
  g_assert_true (gtk_widget_compute_point (sort, entry, &origin, &place));
  g_assert_cmpfloat (place.x, >, gtk_widget_get_width (entry)); /* in one line */
  g_assert_cmpint (gtk_widget_get_width (sort), <, gtk_widget_get_width (entry));

  gtk_drop_down_set_selected (GTK_DROP_DOWN (ui_find (sort, GTK_TYPE_DROP_DOWN, NULL)),
                              FL_SERVICE_SERIAL);
  g_assert_cmpstr (first_ending (f), ==, "51F00D");

  gtk_window_set_default_size (f->window, 1280, 720);
  while (gtk_widget_get_mapped (sort))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_devices_bluetooth_asks_label (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_wait_visit (f, "51F00D");
  GtkWidget *entry;

  g_signal_emit_by_name (f->guide->devices_page, "chosen", visit);
  service_fixture_wait_page (f, f->guide->label_page);
  entry = ui_find (GTK_WIDGET (f->guide->label_page), GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "P051AF40751F00D SEAGULLSEAGULL2");
  fl_page_activate (FL_PAGE (f->guide->label_page));
  service_fixture_wait_page (f, f->guide->device_page);
  while (fl_visit_get_info (visit) == NULL || !fl_visit_get_open (visit))
    g_main_context_iteration (NULL, TRUE);
}

/* The label in the hand belongs to another row of the table: that one is opened. */
static void
test_devices_label_of_another_device (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_wait_visit (f, "51F00D");
  FlVisit *other = service_fixture_wait_visit (f, "AB12CD");
  g_autoptr (FlLabel) right = fl_label_new_typed ("51F00D", "SEAGULLSEAGULL2", NULL);
  g_autoptr (FlLabel) strange = fl_label_new_typed ("ZZZZZZ", "SEAGULLSEAGULL2", NULL);

  g_signal_emit_by_name (f->guide->devices_page, "chosen", other);
  fl_service_guide_show (f->guide, f->guide->label_page);
  g_signal_emit_by_name (f->guide->label_page, "other-device", strange);
  g_assert_true (fl_wizard_get_page (f->wizard) == FL_PAGE (f->guide->label_page));

  g_signal_emit_by_name (f->guide->label_page, "other-device", right);
  service_fixture_wait_page (f, f->guide->device_page);
  g_assert_true (f->guide->visit == visit);
  while (fl_visit_get_info (visit) == NULL || !fl_visit_get_open (visit))
    g_main_context_iteration (NULL, TRUE);
}

static void
add (const char *path, const char *scenario, void (*test) (ServiceFixture *, gconstpointer))
{
  g_test_add (path, ServiceFixture, scenario, service_fixture_set_up, test,
              service_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    {
      g_test_skip ("no display");
      return 0;
    }

  add ("/service/devices/empty/offers-the-check", nobody, test_devices_empty_offers_check);
  add ("/service/devices/row/says-all-that-is-known", service_two_devices,
       test_devices_row_says_all);
  add ("/service/devices/row/update-mode-in-words", updating, test_devices_update_mode_in_words);
  add ("/service/devices/row/locked-in-words", locked, test_devices_locked_in_words);
  add ("/service/devices/filter/looks-into-any-column", service_two_devices,
       test_devices_filter_any_column);
  add ("/service/devices/escape/leaves", service_two_devices, test_devices_escape_leaves);
  add ("/service/devices/sort/both-ways", service_two_devices, test_devices_sorted_both_ways);
  add ("/service/devices/sort/late-one-is-sorted-in", late, test_devices_late_one_is_sorted_in);
  add ("/service/devices/sort/narrow-by-a-list", service_two_devices,
       test_devices_narrow_sorts_by_a_list);
  add ("/service/devices/width/narrow-and-wide", service_two_devices, test_devices_narrow_and_wide);
  add ("/service/devices/bluetooth/asks-for-the-label", service_two_devices,
       test_devices_bluetooth_asks_label);
  add ("/service/devices/label/of-another-device", service_two_devices,
       test_devices_label_of_another_device);
  return g_test_run ();
}
