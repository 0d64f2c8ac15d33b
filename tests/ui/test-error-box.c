/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "fl-announce.h"
#include "fl-error-box.h"
#include "fl-page.h"
#include "ui-fixture.h"

typedef struct
{
  GtkWindow *window;
  FlErrorBox *box;
  int action;
} Fixture;

static void
on_action (Fixture *f, int action)
{
  f->action = action;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->window = GTK_WINDOW (gtk_window_new ());
  f->box = FL_ERROR_BOX (fl_error_box_new ());
  f->action = FL_ACTION_NONE;
  g_signal_connect_swapped (f->box, "action", G_CALLBACK (on_action), f);
  gtk_window_set_child (f->window, GTK_WIDGET (f->box));
  gtk_window_present (f->window);
  ui_settle ();
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  gpointer alive = f->box;

  g_object_add_weak_pointer (G_OBJECT (f->box), &alive);
  gtk_window_destroy (f->window);
  ui_settle ();
  g_assert_null (alive);
}

static void
show (Fixture *f, FlErrorCode code, guint64 actions)
{
  g_autoptr (GError) error = g_error_new_literal (FL_ERROR, (int) code, "Result -1202");

  fl_error_box_set_actions (f->box, actions);
  fl_error_box_set_error (f->box, error);
  ui_wait_frames (GTK_WIDGET (f->window), 2);
}

static void
test_error_box_hidden_without_error (Fixture *f, gconstpointer unused)
{
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->box)));
  show (f, FL_ERROR_WRONG_PASSWORD, 0);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (f->box)));
  fl_error_box_set_error (f->box, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (f->box)));
  g_assert_null (fl_error_box_dup_details (f->box));
}

static void
test_error_box_only_buttons_that_act (Fixture *f, gconstpointer unused)
{
  show (f, FL_ERROR_DEVICE_SILENT, fl_action_bit (FL_ACTION_TRY_AGAIN));
  g_assert_nonnull (ui_find (GTK_WIDGET (f->box), GTK_TYPE_BUTTON, "_Try Again"));
  g_assert_null (ui_find (GTK_WIDGET (f->box), GTK_TYPE_BUTTON, "_Use a USB Cable"));

  ui_click (GTK_WIDGET (f->box), "_Try Again");
  g_assert_cmpint (f->action, ==, FL_ACTION_TRY_AGAIN);
}

/* Every error of the catalogue can be shown, and says so to a screen reader. */
static void
test_error_box_shows_the_whole_catalogue (Fixture *f, gconstpointer unused)
{
  g_autoptr (GEnumClass) codes = g_type_class_ref (FL_TYPE_ERROR_CODE);

  gtk_test_accessible_assert_role (f->box, GTK_ACCESSIBLE_ROLE_ALERT);
  for (guint i = 0; i < codes->n_values; i++)
    {
      g_autoptr (GError) error =
          g_error_new_literal (FL_ERROR, codes->values[i].value, "For the log");
      FlErrorText text = { 0 };

      fl_error_describe (error, &text);
      fl_error_box_set_actions (f->box, G_MAXUINT64);
      fl_error_box_set_error (f->box, error);
      g_assert_nonnull (ui_find (GTK_WIDGET (f->box), GTK_TYPE_LABEL, text.title));
      gtk_test_accessible_assert_property (f->box, GTK_ACCESSIBLE_PROPERTY_LABEL, text.title);
      for (guint b = 0; b < FL_ERROR_MAX_ACTIONS && text.buttons[b].action != FL_ACTION_NONE; b++)
        if (text.buttons[b].action != FL_ACTION_SHOW_DETAILS)
          g_assert_nonnull (ui_find (GTK_WIDGET (f->box), GTK_TYPE_BUTTON, text.buttons[b].label));
    }
}

static GtkWidget *
find_expander (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_EXPANDER (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_expander (child);
  return found;
}

/* GTK would call it "GtkExpander". */
static void
test_error_box_details_are_named (Fixture *f, gconstpointer unused)
{
  show (f, FL_ERROR_WRONG_PASSWORD, 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_expander (GTK_WIDGET (f->box))),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Details");
}

static void
test_error_box_details_have_id_and_message (Fixture *f, gconstpointer unused)
{
  g_autofree char *details = NULL;

  show (f, FL_ERROR_WRONG_PASSWORD, 0);
  details = fl_error_box_dup_details (f->box);
  g_assert_nonnull (strstr (details, "E34"));
  g_assert_nonnull (strstr (details, "Result -1202"));
}

static void
test_error_box_first_button_takes_focus (Fixture *f, gconstpointer unused)
{
  GtkWidget *button;

  g_assert_false (fl_error_box_focus_button (f->box));
  show (f, FL_ERROR_DEVICE_SILENT, G_MAXUINT64);
  g_assert_true (fl_error_box_focus_button (f->box));
  button = ui_find (GTK_WIDGET (f->box), GTK_TYPE_BUTTON, "_Try Again");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == button);
}

/* What happens to one page does not interrupt somebody who is on another. */
static void
test_error_box_heard_when_seen (Fixture *f, gconstpointer unused)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *layers = gtk_overlay_new ();
  FlLiveRegion *region = g_object_new (FL_TYPE_LIVE_REGION, NULL);
  g_autoptr (FlErrorBox) box = g_object_ref (f->box);

  gtk_window_set_child (f->window, layers);
  gtk_overlay_set_child (GTK_OVERLAY (layers), stack);
  gtk_overlay_add_overlay (GTK_OVERLAY (layers), GTK_WIDGET (region));
  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("Another page"), "other");
  gtk_stack_add_named (GTK_STACK (stack), GTK_WIDGET (box), "own");
  ui_settle ();

  show (f, FL_ERROR_BLUETOOTH_OFF, 0);
  g_assert_cmpstr (fl_live_region_get_words (region), ==, "");
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "own");
  ui_settle ();
  g_assert_nonnull (strstr (fl_live_region_get_words (region), "Bluetooth Is Off. "));
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/error-box/no-error/hidden", test_error_box_hidden_without_error);
  ADD ("/error-box/buttons/only-those-that-act", test_error_box_only_buttons_that_act);
  ADD ("/error-box/catalogue/all-shown", test_error_box_shows_the_whole_catalogue);
  ADD ("/error-box/details/named-for-screen-readers", test_error_box_details_are_named);
  ADD ("/error-box/details/id-and-message", test_error_box_details_have_id_and_message);
  ADD ("/error-box/focus/first-button", test_error_box_first_button_takes_focus);
  ADD ("/error-box/announced/when-its-page-shows", test_error_box_heard_when_seen);
  return g_test_run ();
}
