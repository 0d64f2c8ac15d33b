/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "fl-announce.h"
#include "fl-label-page-private.h"
#include "fl-product-loader.h"
#include "ui-camera.h"
#include "ui-fixture.h"

#define MODEM "490154203237518" /* an IMEI: a square beside the right one */
#define OTHER "P046AD342ZZ99ZZ HARB0URLIGHT123"

typedef struct
{
  UiCamera *camera;
  FlClock *clock;
  FlProduct *product;
  GtkWindow *window;
  FlPage *page;
  FlLabelPage *label_page;
  guint n_read;
  guint n_other;
  guint n_entered;
  FlLabel *label;
} Fixture;

static void
on_read (Fixture *f, FlLabel *label)
{
  f->n_read++;
}

static void
on_entered (Fixture *f, FlLabel *label)
{
  f->n_entered++;
  g_clear_pointer (&f->label, fl_label_unref);
  f->label = fl_label_ref (label);
}

static void
on_other (Fixture *f, FlLabel *label)
{
  f->n_other++;
}

static void
set_up (Fixture *f, gconstpointer problem)
{
  f->camera = ui_camera_new (GPOINTER_TO_INT (problem));
  f->clock = ui_clock_new ();
  f->product = fl_product_new_factory ();
  f->page = fl_label_page_new (f->clock);
  f->label_page = FL_LABEL_PAGE (f->page);
  fl_label_page_set_product (f->label_page, f->product, NULL);
  fl_label_page_set_cameras (f->label_page, f->camera->list);
  g_signal_connect_swapped (f->page, "read", G_CALLBACK (on_read), f);
  g_signal_connect_swapped (f->page, "entered", G_CALLBACK (on_entered), f);
  g_signal_connect_swapped (f->page, "other-device", G_CALLBACK (on_other), f);
  f->window = ui_window_new (f->page, 680, 720);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_clear_pointer (&f->label, fl_label_unref);
  ui_window_finish (f->window, f->page);
  ui_camera_free (f->camera);
  g_object_unref (f->product);
  g_object_unref (f->clock);
}

static void
wait_picture (Fixture *f)
{
  FlCameraView *view = fl_camera_box_get_view (f->label_page->camera_box);

  while (!fl_camera_view_has_preview (view))
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_problem (Fixture *f)
{
  while (fl_camera_feed_get_problem (f->label_page->feed) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static const GError *
told (Fixture *f)
{
  return fl_error_box_get_error (f->label_page->told_box);
}

static int
hold (Fixture *f, const char *text)
{
  g_autoptr (FlLabelText) label_text = ui_label_text (text);

  return fl_label_page_take_text (f->label_page, label_text);
}

/* As long as it takes to be sure. */
static void
hold_wrong (Fixture *f, const char *text)
{
  hold (f, text);
  ui_clock_advance_ms (f->clock, FL_JUDGE_SURE_MS);
  hold (f, text);
}

static const char *
said (Fixture *f)
{
  return fl_live_region_get_words (
      FL_LIVE_REGION (ui_find (GTK_WIDGET (f->window), FL_TYPE_LIVE_REGION, NULL)));
}

static void
test_camera_is_the_page (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  g_assert_cmpstr (fl_page_get_title (f->page), ==, "Scan the Label");
  g_assert_null (fl_page_get_action_label (f->page)); /* nothing to press, nothing to fill */
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (f->label_page->typed)));
  g_assert_true (gtk_widget_get_mapped (f->label_page->enter_button));
  g_assert_true (gtk_widget_get_mapped (f->label_page->photo_button));
  g_assert_cmpstr (fl_camera_box_get_line (f->label_page->camera_box), ==,
                   "Hold the small square code in the frame.");
}

/* What can be done without seeing comes first for who listens. */
static void
test_camera_comes_after_enter_code_for_readers (Fixture *f, gconstpointer unused)
{
  GtkWidget *buttons = gtk_widget_get_parent (f->label_page->enter_button);
  GtkWidget *sibling = GTK_WIDGET (f->label_page->camera_box);
  gboolean before = FALSE;

  while ((sibling = gtk_widget_get_prev_sibling (sibling)) != NULL)
    before = before || sibling == buttons;
  g_assert_true (before);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == f->label_page->enter_button);
}

static void
test_camera_enter_code_shows_the_fields (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  ui_click (GTK_WIDGET (f->page), "_Enter Code");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->label_page->typed)));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->label_page->camera_box)));
  g_assert_nonnull (fl_page_get_action_label (f->page));
  g_assert_false (gtk_widget_get_visible (f->label_page->enter_button));
}

static void
collect_mnemonics (GtkWidget *root, GString *keys)
{
  guint key =
      GTK_IS_LABEL (root) ? gtk_label_get_mnemonic_keyval (GTK_LABEL (root)) : GDK_KEY_VoidSymbol;

  if (!gtk_widget_get_mapped (root))
    return;
  if (key != GDK_KEY_VoidSymbol)
    g_string_append_unichar (keys, gdk_keyval_to_unicode (gdk_keyval_to_lower (key)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_mnemonics (child, keys);
}

static void
assert_mnemonics_differ (Fixture *f)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  ui_wait_frames (GTK_WIDGET (f->window), 2);
  collect_mnemonics (GTK_WIDGET (f->window), keys);
  g_assert_cmpuint (keys->len, >, 2);
  for (gsize i = 0; i < keys->len; i++)
    if (strchr (keys->str + i + 1, keys->str[i]) != NULL)
      g_error ("“%c” is there twice in “%s”", keys->str[i], keys->str);
}

static void
test_mnemonics_differ (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = g_error_new_literal (FL_ERROR, FL_ERROR_WRONG_SECRET, "Differs");

  fl_label_page_set_cable (f->label_page, TRUE);
  wait_picture (f);
  assert_mnemonics_differ (f);
  hold_wrong (f, MODEM);
  assert_mnemonics_differ (f);
  fl_label_judge_set_wanted (f->label_page->judge, FL_LABEL_USE_FIND, UI_LABEL_ENDING);
  hold_wrong (f, OTHER);
  assert_mnemonics_differ (f);
  fl_label_page_scan_again (f->label_page);
  ui_clock_advance_ms (f->clock, FL_LABEL_PAGE_HELP_MS);
  assert_mnemonics_differ (f);
  fl_label_page_enter_code (f->label_page);
  assert_mnemonics_differ (f);
  fl_label_page_scan_again (f->label_page);
  fl_page_set_actions (f->page, G_MAXUINT64);
  fl_page_set_error (f->page, error);
  assert_mnemonics_differ (f);
}

static void
test_read_goes_on_after_a_moment (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  g_assert_cmpint (hold (f, UI_LABEL_SERIAL " " UI_LABEL_SECRET), ==, FL_CAMERA_MARK_READ);
  g_assert_cmpuint (f->n_read, ==, 1); /* the session begins now */
  g_assert_cmpuint (f->n_entered, ==, 0);
  g_assert_cmpstr (fl_camera_box_get_line (f->label_page->camera_box), ==,
                   "Label read. Serial ending " UI_LABEL_ENDING ".");
  g_assert_cmpstr (said (f), ==, "Label read. Serial ending " UI_LABEL_ENDING ".");

  ui_clock_advance_ms (f->clock, FL_LABEL_PAGE_SHOW_MS - 1);
  g_assert_cmpuint (f->n_entered, ==, 0);
  ui_clock_advance_ms (f->clock, 1);
  g_assert_cmpuint (f->n_entered, ==, 1);
  g_assert_cmpstr (fl_label_get_setup_code (f->label), ==, UI_LABEL_ENDING);
  g_assert_cmpstr (fl_secret_get_text (fl_label_get_secret (f->label)), ==, UI_LABEL_SECRET);
}

static gboolean
shows_secret (GtkWidget *root)
{
  if (GTK_IS_EDITABLE (root) &&
      strstr (gtk_editable_get_text (GTK_EDITABLE (root)), UI_LABEL_SECRET) != NULL)
    return TRUE;
  if (GTK_IS_LABEL (root) &&
      strstr (gtk_label_get_label (GTK_LABEL (root)), UI_LABEL_SECRET) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_secret (child))
      return TRUE;
  return FALSE;
}

static void
test_read_secret_is_nowhere (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  ui_click (GTK_WIDGET (f->page), "_Enter Code");
  hold (f, UI_LABEL_SERIAL " " UI_LABEL_SECRET);
  g_assert_false (shows_secret (GTK_WIDGET (f->window)));
  ui_clock_advance_ms (f->clock, FL_LABEL_PAGE_SHOW_MS);
  g_assert_false (shows_secret (GTK_WIDGET (f->window)));
}

static void
test_read_screen_reader_waits_for_continue (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  fl_label_page_set_patient (f->label_page, TRUE);
  hold (f, UI_LABEL_SERIAL " " UI_LABEL_SECRET);
  ui_clock_advance_ms (f->clock, 60000);
  g_assert_cmpuint (f->n_entered, ==, 0);
  g_assert_true (fl_page_get_complete (f->page));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) ==
                 fl_wizard_get_main_button (ui_window_get_wizard (f->window)));
  fl_page_activate (f->page);
  g_assert_cmpuint (f->n_entered, ==, 1);
}

/* The screen reader is turned on, and off again, just then. */
static void
test_read_screen_reader_comes_and_goes (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  hold (f, UI_LABEL_SERIAL " " UI_LABEL_SECRET);
  fl_label_page_set_patient (f->label_page, TRUE);
  ui_clock_advance_ms (f->clock, 60000);
  g_assert_cmpuint (f->n_entered, ==, 0);
  g_assert_nonnull (fl_page_get_action_label (f->page));
  fl_label_page_set_patient (f->label_page, FALSE);
  ui_clock_advance_ms (f->clock, FL_LABEL_PAGE_SHOW_MS);
  g_assert_cmpuint (f->n_entered, ==, 1);
}

static void
test_read_then_left_does_not_go_on (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  hold (f, UI_LABEL_SERIAL " " UI_LABEL_SECRET);
  gtk_widget_set_visible (GTK_WIDGET (f->window), FALSE);
  ui_clock_advance_ms (f->clock, 10000);
  g_assert_cmpuint (f->n_entered, ==, 0);
}

/* The secret was wrong, and the label is still before the camera: no second try by itself. */
static void
test_read_then_refused_by_the_device (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = g_error_new_literal (FL_ERROR, FL_ERROR_WRONG_SECRET, "Differs");

  wait_picture (f);
  hold (f, UI_LABEL_SERIAL " " UI_LABEL_SECRET);
  fl_page_set_error (f->page, error);
  ui_clock_advance_ms (f->clock, 1000);
  g_assert_cmpuint (f->n_entered, ==, 0);
  hold (f, UI_LABEL_SERIAL " " UI_LABEL_SECRET);
  g_assert_cmpuint (f->n_read, ==, 1);

  fl_label_page_scan_again (f->label_page); /* the person asks for it */
  hold (f, UI_LABEL_SERIAL " " UI_LABEL_SECRET);
  g_assert_cmpuint (f->n_read, ==, 2);
}

static void
test_wrong_code_is_told_once_while_held (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  g_assert_cmpint (hold (f, MODEM), !=, FL_CAMERA_MARK_READ);
  g_assert_null (told (f)); /* it may only pass by */
  ui_clock_advance_ms (f->clock, FL_JUDGE_SURE_MS);
  g_assert_cmpint (hold (f, MODEM), ==, FL_CAMERA_MARK_WRONG);
  g_assert_error (told (f), FL_ERROR, FL_ERROR_LABEL_OTHER_CODE);
  g_assert_true (ui_shows (GTK_WIDGET (f->window), told (f)->message)); /* what it is instead */
  g_assert_true (fl_camera_feed_is_running (f->label_page->feed));

  ui_click (GTK_WIDGET (f->page), "_Scan Again");
  g_assert_null (told (f));
  ui_clock_advance_ms (f->clock, FL_JUDGE_AWAY_MS - 1);
  hold (f, MODEM);
  g_assert_null (told (f));

  ui_clock_advance_ms (f->clock, FL_JUDGE_AWAY_MS);
  hold_wrong (f, MODEM); /* it was away */
  g_assert_nonnull (told (f));
}

static void
test_wrong_code_example (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  hold_wrong (f, MODEM);
  ui_click (GTK_WIDGET (f->page), "Show E_xample");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->label_page->example)));
}

static void
test_right_label_beside_a_wrong_code (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  hold_wrong (f, MODEM);
  hold (f, UI_LABEL_SERIAL " " UI_LABEL_SECRET);
  g_assert_null (told (f));
  g_assert_cmpuint (f->n_read, ==, 1);
}

static void
test_other_device_can_be_looked_for (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  fl_label_judge_set_wanted (f->label_page->judge, FL_LABEL_USE_FIND | FL_LABEL_USE_PROVE,
                             UI_LABEL_ENDING);
  hold_wrong (f, OTHER);
  g_assert_error (told (f), FL_ERROR, FL_ERROR_LABEL_OTHER_DEVICE);
  ui_click (GTK_WIDGET (f->page), "_Look for That Device");
  g_assert_cmpuint (f->n_other, ==, 1);
  g_assert_null (told (f));
}

static void
test_help_after_15_s (Fixture *f, gconstpointer unused)
{
  wait_picture (f);
  ui_clock_advance_ms (f->clock, FL_LABEL_PAGE_HELP_MS - 1);
  g_assert_null (told (f));
  ui_clock_advance_ms (f->clock, 1);
  g_assert_error (told (f), FL_ERROR, FL_ERROR_LABEL_UNREADABLE);
  g_assert_true (ui_shows (GTK_WIDGET (f->window),
                           "Small codes are hard for some cameras. Take a photo with a phone and "
                           "open it here, or enter the code."));
  /* Each button is there once: no two mnemonics are alike. */
  g_assert_false (gtk_widget_get_mapped (f->label_page->enter_button));
  g_assert_false (gtk_widget_get_mapped (f->label_page->photo_button));
  ui_click (GTK_WIDGET (f->label_page->told_box), "_Enter Code");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->label_page->typed)));
}

static void
test_hints_are_said_every_4_s_at_most (Fixture *f, gconstpointer unused)
{
  FlCameraBox *box = f->label_page->camera_box;

  wait_picture (f);
  fl_camera_box_set_hint (box, FL_HINT_CLOSER);
  ui_clock_advance_ms (f->clock, 0);
  g_assert_cmpstr (said (f), ==, "Move closer");
  fl_camera_box_set_hint (box, FL_HINT_TOO_DARK);
  ui_clock_advance_ms (f->clock, 1000);
  g_assert_cmpstr (fl_camera_box_get_line (box), ==, "Too dark");
  g_assert_cmpstr (said (f), ==, "Move closer");
  fl_camera_box_set_hint (box, FL_HINT_HOLD_STILL);
  ui_clock_advance_ms (f->clock, FL_CAMERA_BOX_QUIET_MS - 1000);
  g_assert_cmpstr (said (f), ==, "Hold still"); /* as it is now */
}

static void
test_no_camera_is_the_typed_page (Fixture *f, gconstpointer unused)
{
  wait_problem (f);
  g_assert_cmpstr (fl_page_get_title (f->page), ==, "Enter the Code");
  g_assert_null (told (f)); /* no error: there never was one */
  g_assert_true (gtk_widget_get_mapped (f->label_page->no_camera_label));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->label_page->typed)));
  g_assert_true (gtk_widget_get_mapped (f->label_page->photo_button));
}

static void
test_problem_is_told_and_tried_again (Fixture *f, gconstpointer problem)
{
  wait_problem (f);
  g_assert_error (told (f), FL_ERROR, GPOINTER_TO_INT (problem));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (f->label_page->typed)));

  ui_camera_set_problem (f->camera, 0);
  ui_click (GTK_WIDGET (f->page),
            GPOINTER_TO_INT (problem) == FL_ERROR_CAMERA_REFUSED ? "As_k Again" : "_Try Again");
  wait_picture (f);
  g_assert_null (told (f));
  g_assert_cmpstr (fl_page_get_title (f->page), ==, "Scan the Label");
}

/* Somebody types: the fields and what is in them stay. */
static void
test_unplugged_while_typing (Fixture *f, gconstpointer unused)
{
  GtkEditable *code;

  wait_picture (f);
  ui_click (GTK_WIDGET (f->page), "_Enter Code");
  code = GTK_EDITABLE (ui_find (GTK_WIDGET (f->page), GTK_TYPE_ENTRY, NULL));
  gtk_editable_set_text (code, "AB1");
  ui_camera_set_problem (f->camera, FL_ERROR_NO_CAMERA);
  wait_problem (f);
  g_assert_error (told (f), FL_ERROR, FL_ERROR_NO_CAMERA);
  g_assert_cmpstr (gtk_editable_get_text (code), ==, "AB1");
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (f->window)),
                                         GTK_WIDGET (f->label_page->typed)));
}

static void
test_light_is_off_when_nobody_looks (Fixture *f, gconstpointer unused)
{
  FlCamera *camera;

  wait_picture (f);
  camera = ui_camera_get (f->camera);
  gtk_widget_set_visible (GTK_WIDGET (f->window), FALSE);
  ui_settle ();
  g_assert_cmpint (fl_camera_get_state (camera), ==, FL_CAMERA_CLOSED);
  gtk_widget_set_visible (GTK_WIDGET (f->window), TRUE);
  wait_picture (f);
  g_assert_cmpint (g_atomic_int_get (&f->camera->n_opened), >=, 2);
}

/* Its code is printed in letters only. */
static void
test_no_square_no_camera (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "products",
                                                 "particle-fixed-secret.product", NULL);
  g_autoptr (FlProduct) product = fl_product_load (path, &error);
  FlCamera *camera;

  g_assert_no_error (error);
  wait_picture (f);
  camera = ui_camera_get (f->camera);
  fl_label_page_set_product (f->label_page, product, NULL);
  g_assert_cmpint (fl_camera_get_state (camera), ==, FL_CAMERA_CLOSED);
  g_assert_cmpstr (fl_page_get_title (f->page), ==, "Enter the Code");
  g_assert_false (gtk_widget_get_mapped (f->label_page->photo_button));

  fl_label_page_set_product (f->label_page, f->product, NULL);
  wait_picture (f);
}

#define ADD_WITH(path, problem, test)                                                              \
  g_test_add (path, Fixture, GINT_TO_POINTER (problem), set_up, test, tear_down)
#define ADD(path, test) ADD_WITH (path, 0, test)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/label-camera/page/is-the-camera", test_camera_is_the_page);
  ADD ("/label-camera/page/enter-code-is-read-before-it",
       test_camera_comes_after_enter_code_for_readers);
  ADD ("/label-camera/page/enter-code-shows-the-fields", test_camera_enter_code_shows_the_fields);
  ADD ("/label-camera/page/mnemonics-differ", test_mnemonics_differ);
  ADD ("/label-camera/read/goes-on-after-a-moment", test_read_goes_on_after_a_moment);
  ADD ("/label-camera/read/secret-is-nowhere", test_read_secret_is_nowhere);
  ADD ("/label-camera/read/screen-reader-waits-for-continue",
       test_read_screen_reader_waits_for_continue);
  ADD ("/label-camera/read/screen-reader-comes-and-goes", test_read_screen_reader_comes_and_goes);
  ADD ("/label-camera/read/left-does-not-go-on", test_read_then_left_does_not_go_on);
  ADD ("/label-camera/read/refused-is-not-tried-by-itself", test_read_then_refused_by_the_device);
  ADD ("/label-camera/wrong/told-once-while-held", test_wrong_code_is_told_once_while_held);
  ADD ("/label-camera/wrong/example-is-shown", test_wrong_code_example);
  ADD ("/label-camera/wrong/right-one-beside-it", test_right_label_beside_a_wrong_code);
  ADD ("/label-camera/wrong/other-device-is-looked-for", test_other_device_can_be_looked_for);
  ADD ("/label-camera/help/after-15-s", test_help_after_15_s);
  ADD ("/label-camera/hints/said-every-4-s-at-most", test_hints_are_said_every_4_s_at_most);
  ADD_WITH ("/label-camera/problem/none-is-the-typed-page", FL_ERROR_NO_CAMERA,
            test_no_camera_is_the_typed_page);
  ADD_WITH ("/label-camera/problem/refused-asks-again", FL_ERROR_CAMERA_REFUSED,
            test_problem_is_told_and_tried_again);
  ADD_WITH ("/label-camera/problem/busy-tries-again", FL_ERROR_CAMERA_BUSY,
            test_problem_is_told_and_tried_again);
  ADD ("/label-camera/problem/unplugged-while-typing", test_unplugged_while_typing);
  ADD ("/label-camera/light/off-for-a-label-without-a-square", test_no_square_no_camera);
  ADD ("/label-camera/light/off-when-nobody-looks", test_light_is_off_when_nobody_looks);
  return g_test_run ();
}
