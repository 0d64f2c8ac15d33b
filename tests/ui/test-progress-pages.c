/* SPDX-License-Identifier: Apache-2.0 */
/* Connecting, done and the list of what a full device knows. */
#include "config.h"

#include "fl-connecting-page.h"
#include "fl-done-page.h"
#include "fl-fact-row.h"
#include "fl-item-list.h"
#include "fl-light-finder.h"
#include "fl-light-view.h"
#include "fl-replace-page.h"
#include "fl-stage-row.h"
#include "ui-fixture.h"

typedef struct
{
  GtkWindow *window;
  FlPage *page;
  FlClock *clock;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->clock = ui_clock_new ();
  f->page = fl_connecting_page_new (f->clock);
  fl_connecting_page_set_network (FL_CONNECTING_PAGE (f->page), "Home 2");
  f->window = ui_window_new (f->page, 500, 800);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  ui_window_finish (f->window, f->page);
  g_assert_finalize_object (f->clock);
}

static FlStageRow *
row_of (Fixture *f, guint n)
{
  GtkWidget *row = ui_find (GTK_WIDGET (f->page), FL_TYPE_STAGE_ROW, NULL);

  while (n-- > 0)
    row = gtk_widget_get_next_sibling (row);
  return FL_STAGE_ROW (row);
}

static guint
count_spinning (GtkWidget *root)
{
  guint n = GTK_IS_SPINNER (root) && gtk_spinner_get_spinning (GTK_SPINNER (root));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_spinning (child);
  return n;
}

static void
test_connecting_list_shows_what_is_proven (Fixture *f, gconstpointer unused)
{
  fl_connecting_page_set_stage (FL_CONNECTING_PAGE (f->page), FL_STAGE_ADDRESSING, FALSE);
  g_assert_cmpint (fl_stage_row_get_state (row_of (f, 0)), ==, FL_STAGE_ROW_DONE);
  g_assert_cmpint (fl_stage_row_get_state (row_of (f, 1)), ==, FL_STAGE_ROW_DONE);
  g_assert_cmpint (fl_stage_row_get_state (row_of (f, 2)), ==, FL_STAGE_ROW_RUNNING);
  g_assert_cmpint (fl_stage_row_get_state (row_of (f, 3)), ==, FL_STAGE_ROW_PENDING);
  g_assert_nonnull (fl_page_get_cancel_label (f->page));
  g_assert_null (fl_page_get_action_label (f->page)); /* Enter does nothing in the middle */
}

static void
test_connecting_one_spinner_after_3_s (Fixture *f, gconstpointer unused)
{
  fl_connecting_page_set_stage (FL_CONNECTING_PAGE (f->page), FL_STAGE_JOINING, FALSE);
  ui_clock_advance_ms (f->clock, 2900);
  g_assert_cmpuint (count_spinning (GTK_WIDGET (f->page)), ==, 0);
  ui_clock_advance_ms (f->clock, 1200);
  g_assert_cmpuint (count_spinning (GTK_WIDGET (f->page)), ==, 1);
}

static void
test_connecting_seconds_after_8_s (Fixture *f, gconstpointer unused)
{
  fl_connecting_page_set_stage (FL_CONNECTING_PAGE (f->page), FL_STAGE_JOINING, FALSE);
  ui_clock_advance_ms (f->clock, 7000);
  g_assert_null (ui_find (GTK_WIDGET (f->page), GTK_TYPE_LABEL, "7 seconds"));
  ui_clock_advance_ms (f->clock, 2000);
  g_assert_nonnull (ui_find (GTK_WIDGET (f->page), GTK_TYPE_LABEL, "9 seconds"));
  fl_connecting_page_set_slow (FL_CONNECTING_PAGE (f->page), TRUE);
  g_assert_nonnull (ui_find (GTK_WIDGET (f->page), GTK_TYPE_LABEL,
                             "This is taking longer than usual: 9 seconds."));
}

/* The page is made long before there is something to send. */
static void
test_connecting_seconds_begin_with_the_page (Fixture *f, gconstpointer unused)
{
  ui_clock_advance_ms (f->clock, 20000);
  fl_connecting_page_set_stage (FL_CONNECTING_PAGE (f->page), FL_STAGE_SENDING, FALSE);
  fl_page_enter (f->page);
  ui_clock_advance_ms (f->clock, 7000);
  g_assert_null (ui_find (GTK_WIDGET (f->page), GTK_TYPE_LABEL, "27 seconds"));
  ui_clock_advance_ms (f->clock, 2000);
  g_assert_nonnull (ui_find (GTK_WIDGET (f->page), GTK_TYPE_LABEL, "9 seconds"));
}

static void
test_connecting_failure_marks_its_stage (Fixture *f, gconstpointer unused)
{
  fl_connecting_page_set_stage (FL_CONNECTING_PAGE (f->page), FL_STAGE_REACHING, TRUE);
  g_assert_cmpint (fl_stage_row_get_state (row_of (f, 3)), ==, FL_STAGE_ROW_FAILED);
  g_assert_null (fl_page_get_cancel_label (f->page));
  g_assert_cmpuint (count_spinning (GTK_WIDGET (f->page)), ==, 0);
}

static void
test_connecting_light_says_usually_until_reported (Fixture *f, gconstpointer unused)
{
  const FlLight *light = fl_light_get (FL_LIGHT_STATE_WIFI_CONNECTING);
  g_autofree char *sentence = fl_light_dup_sentence (light);

  fl_connecting_page_set_light (FL_CONNECTING_PAGE (f->page), light, FALSE);
  g_assert_null (ui_find (GTK_WIDGET (f->page), GTK_TYPE_LABEL, sentence));
  fl_connecting_page_set_light (FL_CONNECTING_PAGE (f->page), light, TRUE);
  g_assert_nonnull (ui_find (GTK_WIDGET (f->page), GTK_TYPE_LABEL, sentence));
}

static void
test_light_finder_lists_every_light (Fixture *f, gconstpointer unused)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (FL_TYPE_LIGHT_STATE);
  g_autoptr (GListModel) windows = NULL;
  g_autoptr (GtkWindow) finder = NULL;

  ui_wait_frames (GTK_WIDGET (f->window), 2);
  ui_click (GTK_WIDGET (f->page), "_Something Else");
  windows = g_object_ref (gtk_window_get_toplevels ());
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (window) == f->window)
        g_set_object (&finder, window);
    }
  g_assert_nonnull (finder);

  for (guint i = 0; i < states->n_values; i++)
    {
      const FlLight *light = fl_light_get ((FlLightState) states->values[i].value);
      g_autofree char *sentence = fl_light_dup_sentence (light);

      if (light->state != FL_LIGHT_STATE_UNKNOWN)
        g_assert_nonnull (ui_find (GTK_WIDGET (finder), GTK_TYPE_LABEL, sentence));
    }
  gtk_window_destroy (finder);
}

static const char *
fact (GtkWidget *page, guint n)
{
  GtkWidget *row = ui_find (page, FL_TYPE_FACT_ROW, NULL);

  while (n-- > 0)
    row = gtk_widget_get_next_sibling (row);
  return gtk_widget_get_visible (row) ? fl_fact_row_get_value (FL_FACT_ROW (row)) : NULL;
}

static void
test_done_says_only_what_is_known (void)
{
  FlPage *page = fl_done_page_new ();
  GtkWindow *window = ui_window_new (page, 500, 700);
  g_autoptr (FlDeviceState) state = fl_device_state_new ();
  g_autoptr (FlDeviceInfo) info = fl_device_info_new ();

  fl_done_page_set_result (FL_DONE_PAGE (page), TRUE, "Home 2", NULL, NULL);
  g_assert_cmpstr (fl_page_get_title (page), ==, "Your Device Is Online");
  g_assert_cmpstr (fact (GTK_WIDGET (page), 0), ==, "Home 2");
  g_assert_null (fact (GTK_WIDGET (page), 1));

  fl_done_page_set_result (FL_DONE_PAGE (page), FALSE, "Home 2", state, NULL);
  g_assert_cmpstr (fl_page_get_title (page), ==,
                   "The Device Has the Network “\u2068Home 2\u2069”"); /* who knows more? */

  state->addresses = g_strsplit ("192.168.1.27", " ", -1);
  state->rssi_dbm = -50;
  info->firmware = g_strdup ("6.2.0");
  fl_done_page_set_result (FL_DONE_PAGE (page), FALSE, "Home 2", state, info);
  g_assert_cmpstr (fl_page_get_title (page), ==, "The Device Has Joined “\u2068Home 2\u2069”");
  g_assert_cmpstr (fact (GTK_WIDGET (page), 1), ==, "192.168.1.27");
  g_assert_cmpstr (fact (GTK_WIDGET (page), 2), ==, "strong");
  g_assert_cmpstr (fact (GTK_WIDGET (page), 3), ==, "6.2.0");

  g_assert_null (fact (GTK_WIDGET (page), 5));
  fl_done_page_set_reply (FL_DONE_PAGE (page), "{\"registered\": <b>true</b>}");
  g_assert_cmpstr (fact (GTK_WIDGET (page), 5), ==, "{\"registered\": <b>true</b>}");
  {
    g_autofree char *long_reply = g_strnfill (4096, 'x');

    fl_done_page_set_reply (FL_DONE_PAGE (page), long_reply);
    g_assert_cmpint (g_utf8_strlen (fact (GTK_WIDGET (page), 5), -1), ==, 401);
  }
  fl_done_page_set_reply (FL_DONE_PAGE (page), "");
  g_assert_null (fact (GTK_WIDGET (page), 5));
  ui_window_finish (window, page);
}

static void
on_chosen (FlNetwork **chosen, FlNetwork *network)
{
  *chosen = network;
}

static void
test_replace_chooses_one (void)
{
  FlPage *page = fl_replace_page_new ();
  GtkWindow *window = ui_window_new (page, 500, 700);
  GListModel *networks = ui_networks_new ();
  FlItemList *list = FL_ITEM_LIST (ui_find (GTK_WIDGET (page), FL_TYPE_ITEM_LIST, NULL));
  GtkWidget *view = ui_find (GTK_WIDGET (list), GTK_TYPE_LIST_VIEW, NULL);
  FlNetwork *chosen = NULL;

  g_signal_connect_swapped (page, "chosen", G_CALLBACK (on_chosen), &chosen);
  fl_replace_page_set_known (FL_REPLACE_PAGE (page), networks);
  g_assert_false (fl_page_get_complete (page));
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (view)), 1, TRUE);
  g_assert_true (fl_page_get_complete (page));
  fl_page_activate (page);
  g_assert_cmpstr (fl_network_get_name (chosen), ==, "Home 2");
  ui_window_finish (window, page);
  g_assert_finalize_object (networks);
}

static void
test_done_reminds_of_a_certificate (void)
{
  FlPage *page = fl_done_page_new ();
  GtkWindow *window = ui_window_new (page, 500, 700);
  GtkWidget *button = ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "Add _Reminder");

  fl_done_page_set_result (FL_DONE_PAGE (page), TRUE, "Campus", NULL, NULL);
  fl_done_page_set_expiry (FL_DONE_PAGE (page), 0);
  g_assert_null (fact (GTK_WIDGET (page), 4));
  g_assert_false (gtk_widget_get_visible (button));

  fl_done_page_set_expiry (FL_DONE_PAGE (page), 1809345600); /* 2027-05-03T12:00:00Z */
  g_assert_cmpstr (fact (GTK_WIDGET (page), 4), ==, "Valid until 3 May 2027");
  g_assert_true (gtk_widget_get_visible (button));

  ui_window_finish (window, page);
}

/* Only the light tells how far a device is that cannot report. */
static void
test_connecting_silent_device_has_words_to_compare (Fixture *f, gconstpointer unused)
{
  static const char words[] = "This device cannot tell how far it is. If its light blinks slowly "
                              "in blue again, it could not join.";
  FlConnectingPage *page = FL_CONNECTING_PAGE (f->page);

  fl_connecting_page_set_reports (page, FALSE);
  fl_connecting_page_set_stage (page, FL_STAGE_SENDING, FALSE);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_false (ui_shows (GTK_WIDGET (f->page), words)); /* it still blinks so */
  fl_connecting_page_set_stage (page, FL_STAGE_JOINING, FALSE);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), words));
  fl_connecting_page_set_reports (page, TRUE);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_false (ui_shows (GTK_WIDGET (f->page), words));
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/connecting-page/list/what-is-proven", test_connecting_list_shows_what_is_proven);
  ADD ("/connecting-page/spinner/one-after-3-s", test_connecting_one_spinner_after_3_s);
  ADD ("/connecting-page/elapsed/after-8-s", test_connecting_seconds_after_8_s);
  ADD ("/connecting-page/elapsed/begins-with-the-page",
       test_connecting_seconds_begin_with_the_page);
  ADD ("/connecting-page/failure/marks-its-stage", test_connecting_failure_marks_its_stage);
  ADD ("/connecting-page/light/usually-until-reported",
       test_connecting_light_says_usually_until_reported);
  ADD ("/light-finder/list/every-light", test_light_finder_lists_every_light);
  ADD ("/connecting-page/light/words-to-compare",
       test_connecting_silent_device_has_words_to_compare);
  g_test_add_func ("/done-page/certificate/reminder", test_done_reminds_of_a_certificate);
  g_test_add_func ("/done-page/facts/only-what-is-known", test_done_says_only_what_is_known);
  g_test_add_func ("/replace-page/choice/one", test_replace_chooses_one);
  return g_test_run ();
}
