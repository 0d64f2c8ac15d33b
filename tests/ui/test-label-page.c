/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-label-page-private.h"
#include "ui-fixture.h"

#define SERIAL "P046AD342AB12CD"
#define CODE   "AB12CD"
#define SECRET "HARB0URLIGHT123"

typedef struct
{
  FlClock *clock;
  GtkWindow *window;
  FlPage *page;
  GtkEditable *code;
  GtkEditable *secret;
  FlLabel *label;
} Fixture;

static void
on_entered (Fixture *f, FlLabel *label)
{
  g_clear_pointer (&f->label, fl_label_unref);
  f->label = fl_label_ref (label);
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlProduct) product = fl_product_new_factory ();

  f->label = NULL;
  f->clock = ui_clock_new ();
  f->page = fl_label_page_new (f->clock);
  fl_label_page_set_product (FL_LABEL_PAGE (f->page), product, NULL);
  g_signal_connect_swapped (f->page, "entered", G_CALLBACK (on_entered), f);
  f->window = ui_window_new (f->page, 500, 600);
  f->code = GTK_EDITABLE (ui_find (GTK_WIDGET (f->page), GTK_TYPE_ENTRY, NULL));
  f->secret = GTK_EDITABLE (ui_find (GTK_WIDGET (f->page), GTK_TYPE_PASSWORD_ENTRY, NULL));
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->label, fl_label_unref);
  ui_window_finish (f->window, f->page);
  g_object_unref (f->clock);
}

static const GError *
told (Fixture *f)
{
  return fl_error_box_get_error (FL_LABEL_PAGE (f->page)->told_box);
}

static void
test_label_typed_by_hand (Fixture *f, gconstpointer unused)
{
  gtk_editable_set_text (f->code, "ab12cd");
  g_assert_false (fl_page_get_complete (f->page));
  gtk_editable_set_text (f->secret, SECRET);
  g_assert_true (fl_page_get_complete (f->page));
  fl_page_activate (f->page);
  g_assert_nonnull (f->label);
  g_assert_cmpstr (fl_label_get_setup_code (f->label), ==, CODE);
  g_assert_cmpstr (fl_secret_get_text (fl_label_get_secret (f->label)), ==, SECRET);
}

static void
test_label_whole_text_fills_both (Fixture *f, gconstpointer field)
{
  GtkEditable *into = GPOINTER_TO_INT (field) == 0 ? f->code : f->secret;

  gtk_editable_set_text (into, SERIAL " \t" SECRET);
  g_assert_cmpstr (gtk_editable_get_text (f->code), ==, SERIAL);
  g_assert_cmpstr (gtk_editable_get_text (f->secret), ==, SECRET);
  g_assert_true (fl_page_get_complete (f->page));
}

/* A scanner types one character after the other and ends with Enter. */
static void
test_label_scanner_types_and_enters (Fixture *f, gconstpointer unused)
{
  const char *text = SERIAL " " SECRET;
  GtkEditable *delegate = gtk_editable_get_delegate (f->code);
  int position = 0;

  for (const char *p = text; *p != 0; p++)
    gtk_editable_insert_text (delegate, p, 1, &position);
  g_signal_emit_by_name (f->code, "activate");
  g_assert_nonnull (f->label);
  g_assert_cmpstr (fl_label_get_serial (f->label), ==, SERIAL);
}

static void
test_label_scanner_after_something_typed (Fixture *f, gconstpointer unused)
{
  gtk_editable_set_text (f->code, "4F2" SERIAL " " SECRET);
  g_assert_cmpstr (gtk_editable_get_text (f->code), ==, SERIAL);
  g_assert_cmpstr (gtk_editable_get_text (f->secret), ==, SECRET);
}

static void
test_label_short_secret_is_told (Fixture *f, gconstpointer unused)
{
  gtk_editable_set_text (f->code, CODE);
  gtk_editable_set_text (f->secret, "HARB0URLIGHT12");
  fl_page_activate (f->page);
  g_assert_null (f->label);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (f->secret), "error"));
  g_assert_cmpstr (gtk_editable_get_text (f->secret), ==, "HARB0URLIGHT12"); /* nothing lost */

  gtk_editable_set_text (f->secret, SECRET);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (f->secret), "error"));
}

static void
test_label_bad_code_is_told (Fixture *f, gconstpointer unused)
{
  gtk_editable_set_text (f->code, "AB1");
  gtk_editable_set_text (f->secret, SECRET);
  fl_page_activate (f->page);
  g_assert_null (f->label);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (f->code), "error"));
}

static void
test_label_other_code_is_an_error (Fixture *f, gconstpointer unused)
{
  gtk_editable_set_text (f->code, "https://example.com/a b");
  g_signal_emit_by_name (f->code, "activate");
  g_assert_error (told (f), FL_ERROR, FL_ERROR_LABEL_OTHER_CODE);
}

static void
test_label_cleared (Fixture *f, gconstpointer unused)
{
  gtk_editable_set_text (f->code, CODE);
  gtk_editable_set_text (f->secret, SECRET);
  fl_label_page_clear (FL_LABEL_PAGE (f->page));
  g_assert_cmpstr (gtk_editable_get_text (f->code), ==, "");
  g_assert_cmpstr (gtk_editable_get_text (f->secret), ==, "");
  g_assert_false (fl_page_get_complete (f->page));
}

#define ADD(path, data, test)                                                                      \
  g_test_add (path, Fixture, GINT_TO_POINTER (data), set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/label-page/typed/by-hand", 0, test_label_typed_by_hand);
  ADD ("/label-page/pasted/code-field-fills-both", 0, test_label_whole_text_fills_both);
  ADD ("/label-page/pasted/secret-field-fills-both", 1, test_label_whole_text_fills_both);
  ADD ("/label-page/scanner/types-and-enters", 0, test_label_scanner_types_and_enters);
  ADD ("/label-page/scanner/after-something-typed", 0, test_label_scanner_after_something_typed);
  ADD ("/label-page/check/short-secret-told-and-kept", 0, test_label_short_secret_is_told);
  ADD ("/label-page/check/bad-code-told", 0, test_label_bad_code_is_told);
  ADD ("/label-page/check/other-code-is-an-error", 0, test_label_other_code_is_an_error);
  ADD ("/label-page/clear/both-empty", 0, test_label_cleared);
  return g_test_run ();
}
