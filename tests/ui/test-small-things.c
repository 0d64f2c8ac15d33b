/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages are made of: order, accent, announcements, names in sentences. */
#include "config.h"

#include <string.h>

#include "fl-announce.h"
#include "fl-branding.h"
#include "fl-simulation-bar.h"
#include "fl-steady-list.h"
#include "fl-text.h"
#include "fl-wrap-box.h"
#include "ui-fixture.h"

static int
compare_names (gconstpointer a, gconstpointer b, gpointer unused)
{
  return g_strcmp0 (gtk_string_object_get_string ((gpointer) a),
                    gtk_string_object_get_string ((gpointer) b));
}

static char *
join (GListModel *model)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      g_string_append (all, gtk_string_object_get_string (item));
    }
  return g_string_free (all, FALSE);
}

static void
assert_order (FlSteadyList *list, const char *expected)
{
  g_autofree char *order = join (G_LIST_MODEL (list));

  g_assert_cmpstr (order, ==, expected);
}

static void
test_steady_list_never_moves_what_is_there (void)
{
  GtkStringList *source = gtk_string_list_new ((const char *[]){ "d", "b", NULL });
  FlSteadyList *list = fl_steady_list_new (compare_names, NULL);

  fl_steady_list_set_source (list, G_LIST_MODEL (source), NULL, NULL);
  assert_order (list, "bd");
  gtk_string_list_append (source, "c");
  assert_order (list, "bcd");
  fl_steady_list_set_frozen (list, TRUE);
  gtk_string_list_append (source, "a");
  assert_order (list, "bcda");
  gtk_string_list_remove (source, 1);
  assert_order (list, "cda");
  fl_steady_list_sort (list);
  assert_order (list, "acd");
  fl_steady_list_set_source (list, NULL, NULL, NULL);
  assert_order (list, "");
  g_assert_finalize_object (list);
  g_assert_finalize_object (source);
}

static void
test_branding_accent_is_readable (void)
{
  g_autofree char *light = fl_branding_to_css ("#ffee00", FALSE);
  g_autofree char *dark = fl_branding_to_css ("#ffee00", TRUE);
  g_autofree char *deep = fl_branding_to_css ("#101080", FALSE);
  g_autofree char *none = fl_branding_to_css (NULL, FALSE);
  g_autofree char *broken = fl_branding_to_css ("}; window { color: red", FALSE);

  g_assert_nonnull (strstr (light, "accent_bg_color rgb(255,238,0)"));
  g_assert_nonnull (strstr (light, "accent_fg_color rgb(0,0,0)"));
  g_assert_null (strstr (light, "accent_color rgb(255,238,0)")); /* too pale for text on white */
  g_assert_nonnull (strstr (dark, "accent_color rgb(255,238,0)"));
  g_assert_nonnull (strstr (deep, "accent_fg_color white"));
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (broken, ==, "");
}

static void
test_announce_reaches_the_live_region (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  FlLiveRegion *region = g_object_new (FL_TYPE_LIVE_REGION, NULL);

  gtk_window_set_child (window, GTK_WIDGET (region));
  gtk_test_accessible_assert_role (gtk_widget_get_first_child (GTK_WIDGET (region)),
                                   GTK_ACCESSIBLE_ROLE_STATUS);
  fl_announce (GTK_WIDGET (window), FL_ANNOUNCE_MEDIUM, "Getting an address.");
  g_assert_cmpstr (fl_live_region_get_words (region), ==, "Getting an address.");
  gtk_window_destroy (window);
}

static void
test_text_isolates_names (void)
{
  g_autofree char *text = fl_text_name ("Joining “%s”", "בית %s");

  g_assert_cmpstr (text, ==, "Joining “\u2068בית %s\u2069”");
}

static void
test_simulation_bar_copies (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *bar = fl_simulation_bar_new ("P046 SECRET", "Home 2", "lighthouse7");

  gtk_window_set_child (window, bar);
  gtk_window_present (window);
  ui_wait_frames (GTK_WIDGET (window), 2);
  ui_click (bar, "Copy Pass_word");
  g_assert_true (gdk_clipboard_is_local (gtk_widget_get_clipboard (bar)));
  g_assert_true (ui_shows (bar, "Network: \u2068Home 2\u2069"));
  gtk_window_destroy (window);
}

static void
test_wrap_box_wraps (void)
{
  FlWrapBox *box = g_object_ref_sink (g_object_new (FL_TYPE_WRAP_BOX, NULL));
  int one_line, two_lines, narrow, wide;

  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *child = g_object_new (GTK_TYPE_LABEL, NULL);

      gtk_widget_set_size_request (child, 100, 20);
      fl_wrap_box_append (box, child);
    }
  gtk_widget_measure (GTK_WIDGET (box), GTK_ORIENTATION_HORIZONTAL, -1, &narrow, &wide, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (box), GTK_ORIENTATION_VERTICAL, wide, &one_line, NULL, NULL,
                      NULL);
  gtk_widget_measure (GTK_WIDGET (box), GTK_ORIENTATION_VERTICAL, narrow, &two_lines, NULL, NULL,
                      NULL);
  g_assert_cmpint (narrow, ==, 100);
  g_assert_cmpint (wide, ==, 206);
  g_assert_cmpint (one_line, ==, 20);
  g_assert_cmpint (two_lines, ==, 46);
  g_assert_finalize_object (box);
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  g_test_add_func ("/steady-list/order/never-moves", test_steady_list_never_moves_what_is_there);
  g_test_add_func ("/branding/accent/readable", test_branding_accent_is_readable);
  g_test_add_func ("/announce/live-region/hears", test_announce_reaches_the_live_region);
  g_test_add_func ("/text/names/isolated", test_text_isolates_names);
  g_test_add_func ("/simulation-bar/copy/is-local", test_simulation_bar_copies);
  g_test_add_func ("/wrap-box/narrow/wraps", test_wrap_box_wraps);
  return g_test_run ();
}
