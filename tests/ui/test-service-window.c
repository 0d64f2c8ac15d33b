/* SPDX-License-Identifier: Apache-2.0 */
/* Two doors of one window, and what helps in the wizard. */
#include "config.h"

#include <string.h>

#include "fl-guide-private.h"
#include "fl-service-guide-private.h"
#include "fl-sim-finder.h"
#include "fl-sim-loader.h"
#include "fl-system-random.h"
#include "fl-window.h"
#include "ui-fixture.h"

typedef struct
{
  FlSimWorld *world;
  FlEngine *engine;
  GtkWindow *window;
  FlGuide *guide;
} Fixture;

static const char service_only[] = "[Product]\nid=desk\nname=Desk\ndoor=service\n";

/* @profile (nullable): text of a product profile. */
static void
set_up (Fixture *f, gconstpointer profile)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (FlProduct) product =
      profile != NULL ? fl_product_parse (profile, strlen (profile), "test", NULL, &error)
                      : fl_product_new_factory ();
  g_autoptr (FlMetaFinder) finder = fl_meta_finder_new (clock);
  g_autoptr (FlSimFinder) radio = NULL;

  g_assert_no_error (error);
  f->world = fl_sim_world_load (NULL, 1, &error);
  g_assert_no_error (error);
  radio = fl_sim_finder_new (f->world, clock, product);
  fl_meta_finder_add (finder, FL_FINDER (radio));
  f->engine = fl_engine_new (clock, finder, product, fl_system_random, NULL);
  f->window = GTK_WINDOW (fl_window_new (NULL, f->engine));
  f->guide = fl_window_get_guide (FL_WINDOW (f->window));
  gtk_window_present (f->window);
  while (f->guide->done_page == NULL) /* all pages but the first come after the first frame */
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  gpointer alive = f->window;

  g_object_add_weak_pointer (G_OBJECT (f->window), &alive);
  gtk_window_destroy (f->window);
  ui_settle ();
  g_assert_null (alive);
  g_object_unref (f->engine);
  ui_settle ();
  g_object_unref (f->world);
}

static void
settle (Fixture *f)
{
  FlClock *clock = fl_engine_get_clock (f->engine);

  fl_clock_hold (clock);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  fl_clock_release (clock);
}

static FlWizard *
shown_wizard (Fixture *f)
{
  GtkWidget *stack = ui_find (GTK_WIDGET (f->window), GTK_TYPE_STACK, NULL);

  return FL_WIZARD (gtk_stack_get_visible_child (GTK_STACK (stack)));
}

static void
test_door_there_and_back (Fixture *f, gconstpointer unused)
{
  GtkWidget *door = ui_find (GTK_WIDGET (f->window), GTK_TYPE_BUTTON, "Service a _Device");
  FlWizard *customer = shown_wizard (f);
  gpointer service;

  g_assert_nonnull (door);
  g_assert_true (gtk_widget_is_sensitive (door));
  gtk_widget_activate_action (door, "win.service", NULL);
  g_assert_cmpint (fl_window_get_door (FL_WINDOW (f->window)), ==, FL_DOOR_SERVICE);
  service = shown_wizard (f);
  g_assert_true (service != customer);
  g_assert_cmpstr (fl_page_get_title (fl_wizard_get_page (service)), ==, "Service a Device");
  g_object_add_weak_pointer (service, &service);

  fl_page_go_back (fl_wizard_get_page (service));
  g_assert_cmpint (fl_window_get_door (FL_WINDOW (f->window)), ==, FL_DOOR_SET_UP);
  g_assert_true (shown_wizard (f) == customer);
  while (service != NULL) /* nothing of it is left */
    g_main_context_iteration (NULL, TRUE);
}

static void
test_door_fixed_by_product (Fixture *f, gconstpointer unused)
{
  FlWindow *window = FL_WINDOW (f->window);

  fl_window_restore_door (window);
  g_assert_cmpint (fl_window_get_door (window), ==, FL_DOOR_SERVICE);
  g_assert_false (fl_page_get_can_go_back (fl_wizard_get_page (shown_wizard (f))));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.set-up", NULL);
  g_assert_cmpint (fl_window_get_door (window), ==, FL_DOOR_SERVICE);
}

/* Enter belongs to the part that shows. */
static void
test_door_default_button (Fixture *f, gconstpointer unused)
{
  FlWizard *customer = shown_wizard (f);

  fl_window_set_door (FL_WINDOW (f->window), FL_DOOR_SERVICE);
  settle (f);
  g_assert_true (gtk_window_get_default_widget (f->window) != fl_wizard_get_main_button (customer));
  fl_service_guide_show_doctor (fl_window_get_service (FL_WINDOW (f->window)));
  settle (f);
  g_assert_true (gtk_window_get_default_widget (f->window) ==
                 fl_wizard_get_main_button (shown_wizard (f)));
  fl_window_set_door (FL_WINDOW (f->window), FL_DOOR_SET_UP);
  settle (f);
  g_assert_true (gtk_window_get_default_widget (f->window) == fl_wizard_get_main_button (customer));
}

static void
test_help_computer_and_back (Fixture *f, gconstpointer unused)
{
  FlPage *find_page = FL_PAGE (f->guide->find_page);

  g_signal_emit_by_name (find_page, "error-action", FL_ACTION_CHECK_COMPUTER);
  g_assert_true (fl_wizard_get_page (f->guide->wizard) == FL_PAGE (f->guide->doctor_page));
  fl_page_go_back (FL_PAGE (f->guide->doctor_page));
  g_assert_true (fl_wizard_get_page (f->guide->wizard) == find_page);
}

static void
test_help_report_of_a_journey (Fixture *f, gconstpointer unused)
{
  FlPage *page = FL_PAGE (f->guide->connecting_page);
  GtkTextBuffer *buffer;
  GtkWidget *view;

  fl_guide_begin (f->guide, NULL, NULL);
  fl_guide_show (f->guide, page);
  g_signal_emit_by_name (page, "error-action", FL_ACTION_SAVE_REPORT);
  g_assert_true (fl_wizard_get_page (f->guide->wizard) == FL_PAGE (f->guide->report_page));
  view = ui_find (GTK_WIDGET (f->guide->report_page), GTK_TYPE_TEXT_VIEW, NULL);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), >, 100);
  fl_page_go_back (FL_PAGE (f->guide->report_page));
  g_assert_true (fl_wizard_get_page (f->guide->wizard) == page);
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    {
      g_test_skip ("no display");
      return 0;
    }

  g_test_add ("/service/door/there-and-back", Fixture, NULL, set_up, test_door_there_and_back,
              tear_down);
  g_test_add ("/service/door/enter-belongs-to-what-shows", Fixture, NULL, set_up,
              test_door_default_button, tear_down);
  g_test_add ("/service/door/fixed-by-the-product", Fixture, service_only, set_up,
              test_door_fixed_by_product, tear_down);
  g_test_add ("/service/help/computer-and-back", Fixture, NULL, set_up, test_help_computer_and_back,
              tear_down);
  g_test_add ("/service/help/report-of-a-journey", Fixture, NULL, set_up,
              test_help_report_of_a_journey, tear_down);
  return g_test_run ();
}
