/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "ui-fixture.h"

/* A page that counts what the wizard asks of it. */
#define FAKE_TYPE_PAGE (fake_page_get_type ())
G_DECLARE_FINAL_TYPE (FakePage, fake_page, FAKE, PAGE, FlPage)

struct _FakePage
{
  FlPage parent_instance;

  guint activated, entered, backed, cancelled, refreshed;
  gboolean keeps_back;
};

G_DEFINE_FINAL_TYPE (FakePage, fake_page, FL_TYPE_PAGE)

static void
fake_activate (FlPage *page)
{
  FAKE_PAGE (page)->activated++;
}

static void
fake_enter (FlPage *page)
{
  FAKE_PAGE (page)->entered++;
}

static gboolean
fake_go_back (FlPage *page)
{
  FAKE_PAGE (page)->backed++;
  return FAKE_PAGE (page)->keeps_back;
}

static void
fake_refresh (FlPage *page)
{
  FAKE_PAGE (page)->refreshed++;
}

static void
fake_page_class_init (FakePageClass *klass)
{
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  page_class->activate = fake_activate;
  page_class->enter = fake_enter;
  page_class->go_back = fake_go_back;
  page_class->refresh = fake_refresh;
}

static void
fake_page_init (FakePage *self)
{
}

typedef struct
{
  GtkWindow *window;
  FlWizard *wizard;
  FakePage *page;
  guint signals;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->page = g_object_new (FAKE_TYPE_PAGE, "title", "One Question", "action-label", "_Go", NULL);
  f->window = ui_window_new (FL_PAGE (f->page), 400, 400);
  f->wizard = ui_window_get_wizard (f->window);
  f->signals = 0;
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  ui_window_finish (f->window, FL_PAGE (f->page));
}

static void
on_signal (Fixture *f)
{
  f->signals++;
}

static void
test_wizard_main_button_follows_complete_and_busy (Fixture *f, gconstpointer unused)
{
  GtkWidget *button = fl_wizard_get_main_button (f->wizard);

  g_assert_false (gtk_widget_is_sensitive (button));
  fl_page_set_complete (FL_PAGE (f->page), TRUE);
  g_assert_true (gtk_widget_is_sensitive (button));
  fl_page_set_busy (FL_PAGE (f->page), TRUE);
  g_assert_false (gtk_widget_is_sensitive (button));
  fl_page_activate (FL_PAGE (f->page));
  g_assert_cmpuint (f->page->activated, ==, 0);

  fl_page_set_busy (FL_PAGE (f->page), FALSE);
  ui_click (GTK_WIDGET (f->window), "_Go");
  g_assert_cmpuint (f->page->activated, ==, 1);
}

static void
test_wizard_enter_presses_main_button (Fixture *f, gconstpointer unused)
{
  g_assert_true (gtk_window_get_default_widget (f->window) ==
                 fl_wizard_get_main_button (f->wizard));
  fl_page_set_complete (FL_PAGE (f->page), TRUE);
  g_signal_emit_by_name (f->window, "activate-default");
  while (f->page->activated == 0) /* the button shows that it is pressed first */
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (f->page->activated, ==, 1);
}

static void
test_wizard_no_label_no_button (Fixture *f, gconstpointer unused)
{
  fl_page_set_action_label (FL_PAGE (f->page), NULL);
  fl_page_set_complete (FL_PAGE (f->page), TRUE);
  g_assert_false (gtk_widget_get_visible (fl_wizard_get_main_button (f->wizard)));
  g_signal_emit_by_name (f->window, "activate-default");
  g_assert_cmpuint (f->page->activated, ==, 0);
}

static void
test_wizard_back_only_where_there_is_a_way (Fixture *f, gconstpointer unused)
{
  g_signal_connect_swapped (f->page, "go-back", G_CALLBACK (on_signal), f);
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  g_assert_cmpuint (f->page->backed, ==, 0);

  fl_page_set_can_go_back (FL_PAGE (f->page), TRUE);
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  g_assert_cmpuint (f->signals, ==, 1);

  f->page->keeps_back = TRUE; /* the page closed something of its own */
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  g_assert_cmpuint (f->page->backed, ==, 2);
  g_assert_cmpuint (f->signals, ==, 1);
}

static void
test_wizard_escape_cancels_what_runs (Fixture *f, gconstpointer unused)
{
  g_signal_connect_swapped (f->page, "cancelled", G_CALLBACK (on_signal), f);
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  g_assert_cmpuint (f->signals, ==, 0); /* no Cancel, nothing to cancel */

  fl_page_set_cancel_label (FL_PAGE (f->page), "C_ancel");
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  g_assert_cmpuint (f->signals, ==, 1);
  ui_click (GTK_WIDGET (f->window), "C_ancel");
  g_assert_cmpuint (f->signals, ==, 2);
}

static void
test_wizard_shows_the_other_page (Fixture *f, gconstpointer unused)
{
  FakePage *other = g_object_new (FAKE_TYPE_PAGE, "title", "Another", NULL);

  fl_wizard_add (f->wizard, FL_PAGE (other));
  fl_wizard_show (f->wizard, FL_PAGE (other));
  ui_wait_frames (GTK_WIDGET (f->window), 2);
  g_assert_true (fl_wizard_get_page (f->wizard) == FL_PAGE (other));
  g_assert_cmpuint (other->entered, ==, 1);
  g_assert_true (ui_shows (GTK_WIDGET (f->window), "Another"));
  g_assert_false (gtk_widget_get_visible (fl_wizard_get_main_button (f->wizard)));

  fl_page_set_complete (FL_PAGE (f->page), TRUE); /* not shown: changes nothing */
  g_assert_false (gtk_widget_get_visible (fl_wizard_get_main_button (f->wizard)));
  fl_wizard_show (f->wizard, FL_PAGE (f->page));
  g_assert_true (gtk_widget_is_sensitive (fl_wizard_get_main_button (f->wizard)));
}

static void
test_wizard_keys_reach_the_page (Fixture *f, gconstpointer unused)
{
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.refresh", NULL);
  g_assert_cmpuint (f->page->refreshed, ==, 1);
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer text)
{
  *(char **) text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_wizard_copies_the_error (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_SILENT, "No answer");
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (f->window));
  g_autofree char *text = NULL;

  fl_page_set_error (FL_PAGE (f->page), error);
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.copy", NULL);
  gdk_clipboard_read_text_async (clipboard, NULL, on_text, &text);
  while (text == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (text, "E23"));
  g_assert_nonnull (strstr (text, "No answer"));
}

static void
test_wizard_names_its_buttons (Fixture *f, gconstpointer unused)
{
  GtkWidget *title = ui_find (GTK_WIDGET (f->page), GTK_TYPE_LABEL, "One Question");
  GtkWidget *menu = ui_find (GTK_WIDGET (f->wizard), GTK_TYPE_MENU_BUTTON, NULL);

  gtk_test_accessible_assert_role (title, GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_test_accessible_assert_property (menu, GTK_ACCESSIBLE_PROPERTY_LABEL, "Main Menu");
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/wizard/main-button/follows-complete-and-busy",
       test_wizard_main_button_follows_complete_and_busy);
  ADD ("/wizard/main-button/enter-presses-it", test_wizard_enter_presses_main_button);
  ADD ("/wizard/main-button/none-without-label", test_wizard_no_label_no_button);
  ADD ("/wizard/back/only-where-there-is-a-way", test_wizard_back_only_where_there_is_a_way);
  ADD ("/wizard/back/cancels-what-runs", test_wizard_escape_cancels_what_runs);
  ADD ("/wizard/pages/shows-the-other-one", test_wizard_shows_the_other_page);
  ADD ("/wizard/keys/reach-the-page", test_wizard_keys_reach_the_page);
  ADD ("/wizard/error/copied-without-focus-in-it", test_wizard_copies_the_error);
  ADD ("/wizard/accessible/names", test_wizard_names_its_buttons);
  return g_test_run ();
}
