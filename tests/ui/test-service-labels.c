/* SPDX-License-Identifier: Apache-2.0 */
/* Many labels, one after another: what is told, counted and kept, and what they unlock. */
#include "config.h"

#include <string.h>

#include "fl-announce.h"
#include "fl-labels-list.h"
#include "service-fixture.h"

#define BOARD   "P046AD342AB12CD HARB0URLIGHT123"
#define OTHER   "P051AF40751F00D SEAGULLSEAGULL2"
#define FAR     "P054AG415C0FFEE BREAKWATER99XYZ"
#define FOREIGN "https://example.com/box/0815"

static FlStreamNews
take (ServiceFixture *f, const char *text)
{
  g_autoptr (FlSecret) secret = fl_secret_new (text, strlen (text));
  g_autoptr (FlLabelText) label = fl_label_text_new (secret);
  FlStreamNews news = fl_labels_page_take (f->guide->labels_page, label);

  service_fixture_settle (f);
  return news;
}

static void
pass_ms (ServiceFixture *f, guint ms)
{
  FlClock *clock = fl_engine_get_clock (f->engine);
  const gint64 end_us = fl_clock_now_us (clock) + ms * 1000;

  while (fl_clock_now_us (clock) < end_us)
    g_main_context_iteration (NULL, TRUE);
}

/* It is on the empty page, too, which does not show. */
static GtkWidget *
find_scan_button (GtkWidget *root)
{
  if (GTK_IS_BUTTON (root) && gtk_widget_get_mapped (root) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), "Scan _Labels") == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_scan_button (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
open_page (ServiceFixture *f)
{
  service_fixture_wait_visit (f, "AB12CD");
  service_fixture_wait_visit (f, "51F00D");
  service_fixture_settle (f);
  g_signal_emit_by_name (find_scan_button (GTK_WIDGET (f->guide->devices_page)), "clicked");
  service_fixture_wait_page (f, f->guide->labels_page);
  service_fixture_settle (f);
}

static const char *
get_said (ServiceFixture *f)
{
  return fl_live_region_get_words (
      FL_LIVE_REGION (ui_find (GTK_WIDGET (f->window), FL_TYPE_LIVE_REGION, NULL)));
}

static GtkListBox *
get_list (ServiceFixture *f)
{
  return GTK_LIST_BOX (ui_find (GTK_WIDGET (f->guide->labels_page), GTK_TYPE_LIST_BOX, NULL));
}

static gboolean
row_says (ServiceFixture *f, int index, const char *words)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (get_list (f), index);

  return row != NULL && ui_shows (GTK_WIDGET (row), words);
}

static void
test_labels_counted (ServiceFixture *f, gconstpointer unused)
{
  open_page (f);
  g_assert_true (service_fixture_says (f, "0 labels"));

  g_assert_cmpint (take (f, OTHER), ==, FL_STREAM_NEW);
  g_assert_true (service_fixture_says (f, "1 label"));
  g_assert_true (row_says (f, 0, "P051AF40751F00D"));
  g_assert_true (row_says (f, 0, "New"));
  g_assert_cmpstr (get_said (f), ==, "Label 1. Serial ending 51F00D.");

  g_assert_cmpint (take (f, FAR), ==, FL_STREAM_NEW);
  g_assert_true (service_fixture_says (f, "2 labels"));
  g_assert_true (row_says (f, 0, "P054AG415C0FFEE"));
  g_assert_true (row_says (f, 0, "2"));
  g_assert_true (row_says (f, 0, "Not seen nearby yet"));
  g_assert_true (row_says (f, 1, "Nearby"));
  g_assert_cmpstr (get_said (f), ==, "Label 2. Serial ending C0FFEE.");
}

/* Held: silence. Away and back: told, with the number it has. */
static void
test_labels_duplicate (ServiceFixture *f, gconstpointer unused)
{
  open_page (f);
  take (f, OTHER);
  take (f, FAR);
  g_assert_cmpint (take (f, FAR), ==, FL_STREAM_SAME);
  pass_ms (f, FL_STREAM_AWAY_MS + 100);
  g_assert_cmpint (take (f, OTHER), ==, FL_STREAM_DUPLICATE);
  g_assert_true (service_fixture_says (f, "2 labels"));
  g_assert_true (row_says (f, 1, "Already scanned"));
  g_assert_cmpstr (get_said (f), ==, "Already scanned: label 1, serial ending 51F00D.");
  take (f, BOARD);
  g_assert_true (row_says (f, 2, "Nearby"));
}

static void
test_labels_foreign (ServiceFixture *f, gconstpointer unused)
{
  g_autofree char *said = NULL;

  open_page (f);
  take (f, OTHER);
  g_assert_cmpint (take (f, FOREIGN), ==, FL_STREAM_REFUSED);
  said = g_strdup (get_said (f));
  g_assert_cmpstr (said, !=, "Label 1. Serial ending 51F00D.");
  g_assert_null (strstr (said, "example.com"));
  g_assert_true (service_fixture_says (f, "1 label"));
  g_assert_cmpint (take (f, FOREIGN), ==, FL_STREAM_SAME);
}

static void
test_labels_undo (ServiceFixture *f, gconstpointer unused)
{
  GtkWidget *undo;

  open_page (f);
  undo = ui_find (GTK_WIDGET (f->guide->labels_page), GTK_TYPE_BUTTON, "_Undo");
  g_assert_false (gtk_widget_get_mapped (undo));
  take (f, OTHER);
  take (f, FAR);
  service_fixture_click (f, f->guide->labels_page, "_Undo");
  g_assert_true (service_fixture_says (f, "1 label"));
  g_assert_true (row_says (f, 0, "P051AF40751F00D"));
  g_assert_cmpstr (get_said (f), ==, "Label 2 was removed.");
  g_assert_cmpint (take (f, FAR), ==, FL_STREAM_SAME); /* it is still held there */
  pass_ms (f, FL_STREAM_AWAY_MS + 100);
  g_assert_cmpint (take (f, FAR), ==, FL_STREAM_NEW);
  service_fixture_click (f, f->guide->labels_page, "_Undo");
  service_fixture_click (f, f->guide->labels_page, "_Undo");
  g_assert_false (gtk_widget_get_mapped (undo));
  g_assert_true (service_fixture_says (f, "0 labels"));
}

/* Thirty and more: all are counted, the last ones shown. */
static void
test_labels_many (ServiceFixture *f, gconstpointer unused)
{
  open_page (f);
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("P046AD342AB1%03u HARB0URLIGHT123", i);

      g_assert_cmpint (take (f, text), ==, FL_STREAM_NEW);
    }
  g_assert_true (service_fixture_says (f, "40 labels"));
  g_assert_true (row_says (f, 0, "40"));
  g_assert_null (gtk_list_box_get_row_at_index (get_list (f), FL_LABELS_LIST_MAX));
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_labels_copy (ServiceFixture *f, gconstpointer unused)
{
  g_autofree char *text = NULL;

  open_page (f);
  take (f, OTHER);
  take (f, FAR);
  service_fixture_click (f, f->guide->labels_page, "_Copy List");
  g_assert_cmpstr (f->toast, ==, "The serial numbers were copied.");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (f->window)), NULL, on_text,
                                 &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (text, ==, "P051AF40751F00D\nP054AG415C0FFEE\n");
}

static void
assert_unsaid (GtkWidget *root, const char *secret)
{
  if (GTK_IS_LABEL (root))
    g_assert_null (strstr (gtk_label_get_label (GTK_LABEL (root)), secret));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_unsaid (child, secret);
}

static void
test_labels_secret (ServiceFixture *f, gconstpointer unused)
{
  open_page (f);
  take (f, OTHER);
  assert_unsaid (GTK_WIDGET (f->window), "SEAGULL");
  g_assert_null (strstr (get_said (f), "SEAGULL"));
}

static void
choose (ServiceFixture *f, const char *ending)
{
  g_signal_emit_by_name (f->guide->devices_page, "chosen", service_fixture_wait_visit (f, ending));
}

static void
test_labels_unlock (ServiceFixture *f, gconstpointer unused)
{
  open_page (f);
  take (f, OTHER);
  fl_page_activate (FL_PAGE (f->guide->labels_page));
  service_fixture_wait_page (f, f->guide->devices_page);
  choose (f, "51F00D");
  g_assert_true (fl_wizard_get_page (f->wizard) == FL_PAGE (f->guide->device_page));
  while (!fl_visit_get_open (service_fixture_wait_visit (f, "51F00D")))
    g_main_context_iteration (NULL, TRUE);
}

/* Without the secret, or of another device: the person is asked. */
static void
test_labels_no_unlock (ServiceFixture *f, gconstpointer unused)
{
  open_page (f);
  take (f, FAR);
  take (f, "P051AF40751F00D");
  fl_page_go_back (FL_PAGE (f->guide->labels_page));
  service_fixture_wait_page (f, f->guide->devices_page);
  choose (f, "51F00D");
  g_assert_true (fl_wizard_get_page (f->wizard) == FL_PAGE (f->guide->label_page));
}

/* Whoever still holds the list finds nothing in it. */
static void
test_labels_forgotten (ServiceFixture *f, gconstpointer unused)
{
  g_autoptr (FlLabelStream) stream = g_object_ref (f->guide->labels);

  open_page (f);
  take (f, OTHER);
  take (f, FAR);
  g_object_run_dispose (G_OBJECT (f->guide));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (stream)), ==, 0);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/service-labels/" path, ServiceFixture, service_two_devices,                        \
              service_fixture_set_up, func, service_fixture_tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 0;

  ADD ("each-once/counted", test_labels_counted);
  ADD ("each-once/duplicate-is-told", test_labels_duplicate);
  ADD ("each-once/many", test_labels_many);
  ADD ("foreign/told-once", test_labels_foreign);
  ADD ("undo/the-last-one", test_labels_undo);
  ADD ("list/copied-without-secrets", test_labels_copy);
  ADD ("secret/never-shown", test_labels_secret);
  ADD ("unlock/nobody-types", test_labels_unlock);
  ADD ("unlock/not-without-secret", test_labels_no_unlock);
  ADD ("leave/all-is-forgotten", test_labels_forgotten);
  return g_test_run ();
}
