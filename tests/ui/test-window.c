/* SPDX-License-Identifier: Apache-2.0 */
/* The whole window over a simulated world: the journey, a wrong password, closing in the middle. */
#include "config.h"

#include <string.h>

#include "fl-guide-private.h"
#include "fl-item-list.h"
#include "fl-network-item.h"
#include "fl-sim-finder.h"
#include "fl-sim-loader.h"
#include "fl-system-random.h"
#include "fl-window.h"
#include "ui-fixture.h"

/* The Photon 2 of the default scenario. */
#define SECOND_LABEL "P051AF40751F00D SEAGULLSEAGULL2"

typedef struct
{
  FlSimWorld *world;
  FlEngine *engine;
  GtkWindow *window;
  FlGuide *guide;
  FlWizard *wizard;
} Fixture;

/* A device that has no room for one more network. */
static const char full[] = "[World]\nadvert-loss=0\n"
                           "[Device Board]\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
                           "known=O 1;O 2;O 3;O 4;O 5;O 6;O 7;O 8;O 9;O 10\n"
                           "[Network Home]\npassword=lighthouse7\n"
                           "[Network O]\ncount=10\npassword=somewhere else\nrssi=-99\n";

/* A network from which the service cannot be reached. */
static const char walled[] = "[World]\nadvert-loss=0\n"
                             "[Device Board]\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
                             "faults=no-cloud\n"
                             "[Network Home]\npassword=lighthouse7\n";

/* @scenario (nullable): its text. */
static void
set_up (Fixture *f, gconstpointer scenario)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (FlProduct) product = fl_product_new_factory ();
  g_autoptr (FlMetaFinder) finder = fl_meta_finder_new (clock);
  g_autoptr (FlSimFinder) radio = NULL;

  f->world = scenario != NULL ? fl_sim_world_parse (scenario, strlen (scenario), "test", 1, &error)
                              : fl_sim_world_load (NULL, 1, &error);
  g_assert_no_error (error);
  radio = fl_sim_finder_new (f->world, clock, product);
  fl_meta_finder_add (finder, FL_FINDER (radio));
  f->engine = fl_engine_new (clock, finder, product, fl_system_random, NULL);
  f->window = GTK_WINDOW (fl_window_new (NULL, f->engine));
  f->guide = fl_window_get_guide (FL_WINDOW (f->window));
  f->wizard = ui_window_get_wizard (f->window);
  gtk_window_present (f->window);
  while (f->guide->done_page == NULL) /* all pages but the first come after the first frame */
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  if (f->window != NULL)
    {
      gpointer alive = f->window;

      g_object_add_weak_pointer (G_OBJECT (f->window), &alive);
      gtk_window_destroy (f->window);
      ui_settle ();
      g_assert_null (alive);
    }
  g_object_unref (f->engine);
  ui_settle ();
  g_object_unref (f->world);
}

/* Meson's time limit ends a page that never comes. */
static void
wait_page (Fixture *f, gpointer page)
{
  while (fl_wizard_get_page (f->wizard) != FL_PAGE (page))
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_error (FlPage *page)
{
  while (fl_page_get_error (page) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static GtkEditable *
entry_of (gpointer page, GType type)
{
  return GTK_EDITABLE (ui_find (GTK_WIDGET (page), type, NULL));
}

static void
enter_label (Fixture *f, const char *text)
{
  wait_page (f, f->guide->find_page);
  fl_page_activate (FL_PAGE (f->guide->find_page));
  wait_page (f, f->guide->label_page);
  gtk_editable_set_text (entry_of (f->guide->label_page, GTK_TYPE_ENTRY), text);
  g_assert_true (fl_page_get_complete (FL_PAGE (f->guide->label_page)));
  fl_page_activate (FL_PAGE (f->guide->label_page));
  wait_page (f, f->guide->network_page);
}

static FlNetworkItem *
find_item (Fixture *f, const char *name)
{
  GtkWidget *view = ui_find (GTK_WIDGET (f->guide->network_page), GTK_TYPE_LIST_VIEW, NULL);
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FlNetworkItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (fl_network_get_name (fl_network_item_get_network (item)), name))
        return item; /* the model keeps it */
    }
  return NULL;
}

static void
choose_network (Fixture *f, const char *name)
{
  GtkWidget *list = ui_find (GTK_WIDGET (f->guide->network_page), FL_TYPE_ITEM_LIST, NULL);

  while (find_item (f, name) == NULL)
    g_main_context_iteration (NULL, TRUE);
  fl_item_list_select (FL_ITEM_LIST (list), find_item (f, name));
  while (!fl_page_get_complete (FL_PAGE (f->guide->network_page)))
    g_main_context_iteration (NULL, TRUE);
  fl_page_activate (FL_PAGE (f->guide->network_page));
  wait_page (f, f->guide->password_page);
}

static void
enter_password (Fixture *f, const char *password)
{
  gtk_editable_set_text (entry_of (f->guide->password_page, GTK_TYPE_PASSWORD_ENTRY), password);
  fl_page_activate (FL_PAGE (f->guide->password_page));
}

static void
to_password (Fixture *f)
{
  g_autofree char *label = fl_sim_world_get_label (f->world);
  g_autofree char *network = fl_sim_world_get_network_name (f->world);

  enter_label (f, label);
  choose_network (f, network);
}

static void
test_window_to_online (Fixture *f, gconstpointer unused)
{
  g_autofree char *password = fl_sim_world_get_network_password (f->world);

  to_password (f);
  enter_password (f, password);
  wait_page (f, f->guide->connecting_page);
  wait_page (f, f->guide->done_page);
  g_assert_cmpstr (fl_page_get_title (FL_PAGE (f->guide->done_page)), ==, "Your Device Is Online");
}

static void
test_window_wrong_password_comes_back_to_it (Fixture *f, gconstpointer unused)
{
  g_autofree char *password = fl_sim_world_get_network_password (f->world);
  FlPage *page = FL_PAGE (f->guide->password_page);
  GtkEditable *entry = entry_of (page, GTK_TYPE_PASSWORD_ENTRY);

  to_password (f);
  enter_password (f, "wrong horse");
  wait_page (f, f->guide->connecting_page);
  wait_page (f, page);
  wait_error (page);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "wrong horse"); /* nothing lost */
  g_assert_true (gtk_editable_get_selection_bounds (entry, NULL, NULL));

  enter_password (f, password);
  wait_page (f, f->guide->done_page);
}

static void
test_window_wrong_secret_comes_back_to_the_label (Fixture *f, gconstpointer unused)
{
  g_autofree char *label = fl_sim_world_get_label (f->world);
  FlPage *page = FL_PAGE (f->guide->label_page);

  memcpy (label + strlen (label) - 3, "ZZZ", 3);
  enter_label (f, label);
  wait_page (f, page);
  g_assert_error (fl_page_get_error (page), FL_ERROR, FL_ERROR_WRONG_SECRET);
  g_assert_true (fl_page_get_complete (page)); /* both fields still there */
}

static void
test_window_another_asks_only_for_the_label (Fixture *f, gconstpointer unused)
{
  g_autofree char *password = fl_sim_world_get_network_password (f->world);

  to_password (f);
  enter_password (f, password);
  wait_page (f, f->guide->done_page);
  g_signal_emit_by_name (f->guide->done_page, "another");
  wait_page (f, f->guide->find_page);
  enter_label (f, SECOND_LABEL);
  wait_page (f, f->guide->done_page);
}

/* The device that was just set up is not the one to go on with. */
static void
test_window_another_starts_with_nothing_chosen (Fixture *f, gconstpointer unused)
{
  g_autofree char *password = fl_sim_world_get_network_password (f->world);
  FlItemList *list =
      FL_ITEM_LIST (ui_find (GTK_WIDGET (f->guide->find_page), FL_TYPE_ITEM_LIST, NULL));
  FlMetaFinder *finder = fl_engine_get_finder (f->engine);
  g_autoptr (FlDevice) device = NULL;

  to_password (f);
  enter_password (f, password);
  wait_page (f, f->guide->done_page);
  device = g_list_model_get_item (fl_meta_finder_get_devices (finder), 0);
  fl_item_list_select (list, device);
  g_assert_true (fl_item_list_get_selected (list) == device);
  g_signal_emit_by_name (f->guide->done_page, "another");
  wait_page (f, f->guide->find_page);
  g_assert_null (fl_item_list_get_selected (list));
}

/* Nobody went on to the networks, so nothing may be sent behind their back. */
static void
test_window_another_waits_on_the_label_page (Fixture *f, gconstpointer unused)
{
  g_autofree char *password = fl_sim_world_get_network_password (f->world);

  to_password (f);
  enter_password (f, password);
  wait_page (f, f->guide->done_page);
  g_signal_emit_by_name (f->guide->done_page, "another");
  enter_label (f, SECOND_LABEL);
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  wait_page (f, f->guide->label_page);
  while (fl_setup_get_stage (fl_guide_get_setup (f->guide)) < FL_STAGE_CHOOSING ||
         fl_setup_get_scanning (fl_guide_get_setup (f->guide)))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (fl_setup_get_stage (fl_guide_get_setup (f->guide)), ==, FL_STAGE_CHOOSING);
  g_assert_true (fl_wizard_get_page (f->wizard) == FL_PAGE (f->guide->label_page));

  fl_page_activate (FL_PAGE (f->guide->label_page));
  wait_page (f, f->guide->done_page);
}

static void
test_window_focus_on_the_main_button (Fixture *f, gconstpointer unused)
{
  g_autofree char *label = fl_sim_world_get_label (f->world);
  GtkWidget *main_button = fl_wizard_get_main_button (f->wizard);

  enter_label (f, label);
  choose_network (f, "Harbour Guest"); /* open: nothing to type */
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == main_button);
  fl_page_activate (FL_PAGE (f->guide->password_page));
  wait_page (f, f->guide->done_page);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == main_button);
}

static GListModel *
known_networks (Fixture *f)
{
  GtkWidget *view = ui_find (GTK_WIDGET (f->guide->replace_page), GTK_TYPE_LIST_VIEW, NULL);

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
}

static void
test_window_full_device_replaces_one (Fixture *f, gconstpointer unused)
{
  g_autofree char *password = fl_sim_world_get_network_password (f->world);
  FlItemList *list =
      FL_ITEM_LIST (ui_find (GTK_WIDGET (f->guide->replace_page), FL_TYPE_ITEM_LIST, NULL));
  g_autoptr (FlNetworkItem) item = NULL;

  to_password (f);
  enter_password (f, password);
  wait_page (f, f->guide->replace_page);
  g_assert_cmpuint (g_list_model_get_n_items (known_networks (f)), ==, 10);
  g_assert_false (fl_page_get_complete (FL_PAGE (f->guide->replace_page)));
  g_assert_cmpuint (fl_setup_get_proof (fl_guide_get_setup (f->guide)) & FL_PROOF_STORED, ==, 0);

  item = g_list_model_get_item (known_networks (f), 3);
  fl_item_list_select (list, item);
  fl_page_activate (FL_PAGE (f->guide->replace_page));
  wait_page (f, f->guide->done_page);
  g_assert_cmpstr (fl_page_get_title (FL_PAGE (f->guide->done_page)), ==, "Your Device Is Online");
}

/* Nothing is removed when somebody thinks better of it. */
static void
test_window_full_device_and_back (Fixture *f, gconstpointer unused)
{
  g_autofree char *password = fl_sim_world_get_network_password (f->world);
  GtkEditable *entry = entry_of (f->guide->password_page, GTK_TYPE_PASSWORD_ENTRY);

  to_password (f);
  enter_password (f, password);
  wait_page (f, f->guide->replace_page);
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  wait_page (f, f->guide->password_page);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, password);
  fl_page_activate (FL_PAGE (f->guide->password_page));
  wait_page (f, f->guide->replace_page);
  g_assert_cmpuint (g_list_model_get_n_items (known_networks (f)), ==, 10);
}

/* Without waiting: virtual time would go on. */
static void
press (GtkWidget *root, const char *label)
{
  GtkWidget *button = ui_find (root, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* The device has joined and nothing more can be done here: there is a way out, and it is honest. */
static void
test_window_no_service_can_be_left (Fixture *f, gconstpointer unused)
{
  g_autofree char *password = fl_sim_world_get_network_password (f->world);
  FlPage *page = FL_PAGE (f->guide->connecting_page);

  to_password (f);
  enter_password (f, password);
  wait_page (f, page);
  wait_error (page);
  g_assert_error (fl_page_get_error (page), FL_ERROR, FL_ERROR_CLOUD_UNREACHABLE);
  while (gtk_root_get_focus (GTK_ROOT (f->window)) !=
         ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "_Wait Longer"))
    g_main_context_iteration (NULL, TRUE);
  press (GTK_WIDGET (page), "_Wait Longer");
  while (fl_page_get_error (page) != NULL)
    g_main_context_iteration (NULL, TRUE);
  wait_error (page);
  press (GTK_WIDGET (page), "_Done");
  wait_page (f, f->guide->done_page);
  g_assert_cmpstr (fl_page_get_title (FL_PAGE (f->guide->done_page)), ==,
                   "The Device Has Joined “⁨Home⁩”");
}

static void
test_window_no_service_back_to_the_networks (Fixture *f, gconstpointer unused)
{
  g_autofree char *password = fl_sim_world_get_network_password (f->world);

  to_password (f);
  enter_password (f, password);
  wait_page (f, f->guide->connecting_page);
  wait_error (FL_PAGE (f->guide->connecting_page));
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  wait_page (f, f->guide->network_page);
  choose_network (f, "Home");
}

static void
test_window_back_keeps_values (Fixture *f, gconstpointer unused)
{
  GtkEditable *entry = entry_of (f->guide->password_page, GTK_TYPE_PASSWORD_ENTRY);
  g_autofree char *network = fl_sim_world_get_network_name (f->world);

  to_password (f);
  gtk_editable_set_text (entry, "half of it");
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  wait_page (f, f->guide->network_page);
  choose_network (f, network);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "half of it");
}

/* Back among the devices, a journey that nobody waits for any more cannot call the person away. */
static void
test_window_back_leaves_the_device (Fixture *f, gconstpointer unused)
{
  enter_label (f, "P046AB245ZZ99ZZ AAAAAAAAAAAAAAA"); /* of a device that is not here */
  g_assert_nonnull (f->guide->setup);
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  wait_page (f, f->guide->label_page);
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  wait_page (f, f->guide->find_page);
  g_assert_null (f->guide->setup);
  g_assert_cmpstr (gtk_editable_get_text (entry_of (f->guide->label_page, GTK_TYPE_ENTRY)), !=, "");
}

static GtkWidget *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (GTK_WIDGET (window)))
        return GTK_WIDGET (window);
    }
  return NULL;
}

static void
wait_mapped (GtkWidget *widget)
{
  while (!gtk_widget_get_mapped (widget))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_window_closed_in_the_middle_asks (Fixture *f, gconstpointer unused)
{
  g_autofree char *password = fl_sim_world_get_network_password (f->world);
  gpointer alive = f->window;

  to_password (f);
  enter_password (f, password);
  wait_page (f, f->guide->connecting_page);
  g_assert_true (fl_guide_is_sending (f->guide));
  gtk_window_close (f->window);
  g_assert_nonnull (find_question ());
  wait_mapped (find_question ());
  press (find_question (), "_Keep Going");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (f->window)));
  g_assert_true (fl_guide_is_sending (f->guide));

  gtk_window_close (f->window);
  wait_mapped (find_question ());
  g_object_add_weak_pointer (G_OBJECT (f->window), &alive);
  press (find_question (), "_Close");
  while (alive != NULL)
    g_main_context_iteration (NULL, TRUE);
  f->window = NULL;
}

static void
test_window_cancel_says_what_stays (Fixture *f, gconstpointer unused)
{
  g_autofree char *password = fl_sim_world_get_network_password (f->world);

  to_password (f);
  enter_password (f, password);
  wait_page (f, f->guide->connecting_page);
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL); /* Esc asks */
  wait_mapped (find_question ());
  press (find_question (), "_Cancel Set-Up");
  wait_page (f, f->guide->find_page);
  g_assert_null (fl_guide_get_setup (f->guide));
  /* Nothing that was typed is lost. */
  g_assert_true (fl_page_get_complete (FL_PAGE (f->guide->label_page)));
  g_assert_true (fl_page_get_complete (FL_PAGE (f->guide->password_page)));
}

static void
test_window_closes_at_once_before_sending (Fixture *f, gconstpointer unused)
{
  gpointer alive = f->window;

  to_password (f);
  g_object_add_weak_pointer (G_OBJECT (f->window), &alive);
  gtk_window_close (f->window);
  while (alive != NULL)
    g_main_context_iteration (NULL, TRUE);
  f->window = NULL;
}

/* Who went back to the label is not called away from it when the search ends; going on searches
 * again. */
static void
test_window_back_at_the_label_stays_there (Fixture *f, gconstpointer unused)
{
  FlSetup *setup;

  enter_label (f, "P046AB245ZZ99ZZ AAAAAAAAAAAAAAA"); /* of a device that is not here */
  gtk_widget_activate_action (GTK_WIDGET (f->wizard), "wizard.back", NULL);
  wait_page (f, f->guide->label_page);
  setup = f->guide->setup;
  while (fl_setup_get_error (setup) == NULL)
    g_main_context_iteration (NULL, TRUE);
  while (f->guide->update_id != 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (fl_wizard_get_page (f->wizard) == FL_PAGE (f->guide->label_page));
  g_assert_null (fl_page_get_error (FL_PAGE (f->guide->label_page)));

  fl_page_activate (FL_PAGE (f->guide->label_page));
  wait_page (f, f->guide->network_page);
  wait_error (FL_PAGE (f->guide->network_page));
  g_assert_error (fl_page_get_error (FL_PAGE (f->guide->network_page)), FL_ERROR,
                  FL_ERROR_DEVICE_NOT_FOUND);
}

#define ADD(path, test)        g_test_add (path, Fixture, NULL, set_up, test, tear_down)
#define ADD_WALLED(path, test) g_test_add (path, Fixture, walled, set_up, test, tear_down)
#define ADD_FULL(path, test)   g_test_add (path, Fixture, full, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/window/journey/to-online", test_window_to_online);
  ADD ("/window/wrong-password/comes-back-to-it", test_window_wrong_password_comes_back_to_it);
  ADD ("/window/wrong-secret/comes-back-to-it", test_window_wrong_secret_comes_back_to_the_label);
  ADD ("/window/another/asks-only-for-the-label", test_window_another_asks_only_for_the_label);
  ADD ("/window/another/starts-with-nothing-chosen",
       test_window_another_starts_with_nothing_chosen);
  ADD ("/window/another/waits-on-the-label-page", test_window_another_waits_on_the_label_page);
  ADD ("/window/focus/on-the-main-button", test_window_focus_on_the_main_button);
  ADD_FULL ("/window/full/replaces-one", test_window_full_device_replaces_one);
  ADD_FULL ("/window/full/and-back", test_window_full_device_and_back);
  ADD_WALLED ("/window/no-service/can-be-left", test_window_no_service_can_be_left);
  ADD_WALLED ("/window/no-service/back-to-networks", test_window_no_service_back_to_the_networks);
  ADD ("/window/back/keeps-values", test_window_back_keeps_values);
  ADD ("/window/back/leaves-the-device", test_window_back_leaves_the_device);
  ADD ("/window/back/stays-at-the-label", test_window_back_at_the_label_stays_there);
  ADD ("/window/cancel/says-what-stays", test_window_cancel_says_what_stays);
  ADD ("/window/close/asks-in-the-middle", test_window_closed_in_the_middle_asks);
  ADD ("/window/close/at-once-before-sending", test_window_closes_at_once_before_sending);
  return g_test_run ();
}
