/* SPDX-License-Identifier: Apache-2.0 */
/* The whole window over a simulated world with cables: by the shortest path, from Bluetooth to a
 * cable and back, out of update mode. */
#include "config.h"

#include <string.h>

#include "fl-guide-private.h"
#include "fl-item-list.h"
#include "fl-network-item.h"
#include "fl-sim-finder.h"
#include "fl-sim-usb-bus.h"
#include "fl-sim-usb.h"
#include "fl-system-random.h"
#include "fl-usb-finder.h"
#include "fl-window.h"
#include "ui-fixture.h"

#define LABEL "P046AD342AB12CD HARB0URLIGHT123"

typedef struct
{
  FlClock *clock;
  FlSimWorld *world;
  FlEngine *engine;
  GtkWindow *window;
  FlGuide *guide;
  FlWizard *wizard;
} Fixture;

#define WORLD                                                                                      \
  "[World]\nadvert-loss=0\n[Network Home]\npassword=lighthouse7\n"                                 \
  "[Device Board]\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"

static const char cable[] = WORLD "usb=yes\n";
static const char later[] = WORLD "usb=later 60min\n";
static const char nowhere[] = WORLD "bluetooth=no\nusb=later 60min\n";
static const char bootloader[] = WORLD "bluetooth=no\nusb=yes\nmode=dfu\n";
static const char refused[] = WORLD "bluetooth=no\nusb=yes\nfaults=usb-refused x1\n";

static void
set_up (Fixture *f, gconstpointer scenario)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProduct) product = fl_product_new_factory ();
  g_autoptr (FlMetaFinder) finder = NULL;
  g_autoptr (FlFinder) radio = NULL, cables = NULL;
  g_autoptr (FlUsbBus) bus = NULL;

  f->clock = fl_virtual_clock_new ();
  finder = fl_meta_finder_new (f->clock);
  f->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 1, &error);
  g_assert_no_error (error);
  radio = FL_FINDER (fl_sim_finder_new (f->world, f->clock, product));
  bus = fl_sim_usb_bus_new (f->world, f->clock);
  cables = FL_FINDER (fl_usb_finder_new (bus, f->clock, product));
  fl_meta_finder_add (finder, radio);
  fl_meta_finder_add (finder, cables);
  f->engine = fl_engine_new (f->clock, finder, product, fl_system_random, NULL);
  f->window = GTK_WINDOW (fl_window_new (NULL, f->engine));
  f->guide = fl_window_get_guide (FL_WINDOW (f->window));
  f->wizard = ui_window_get_wizard (f->window);
  gtk_window_present (f->window);
  while (f->guide->cable_page == NULL) /* all pages but the first come after the first frame */
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
  g_object_unref (f->clock);
}

/* Meson's time limit ends what never comes. */
static void
wait_page (Fixture *f, gpointer page)
{
  while (fl_wizard_get_page (f->wizard) != FL_PAGE (page))
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_error (gpointer page)
{
  while (fl_page_get_error (FL_PAGE (page)) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_complete (gpointer page)
{
  while (!fl_page_get_complete (FL_PAGE (page)))
    g_main_context_iteration (NULL, TRUE);
}

static FlRoadKind
get_kind (Fixture *f)
{
  return fl_road_get_kind (fl_setup_get_road (f->guide->setup));
}

static void
plug (Fixture *f)
{
  fl_sim_usb_plug (fl_sim_world_get_device (f->world, 0), fl_clock_now_us (f->clock));
}

/* Virtual time goes on while it waits, so there is never nothing pending. */
static void
click (Fixture *f, gpointer page, const char *label)
{
  GtkWidget *button = NULL;

  while (button == NULL || !gtk_widget_get_mapped (button))
    {
      g_main_context_iteration (NULL, TRUE);
      button = ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, label);
    }
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static FlNetworkItem *
find_home (Fixture *f)
{
  GtkWidget *view = ui_find (GTK_WIDGET (f->guide->network_page), GTK_TYPE_LIST_VIEW, NULL);
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FlNetworkItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (fl_network_get_name (fl_network_item_get_network (item)), "Home"))
        return item; /* the model keeps it */
    }
  return NULL;
}

static void
to_networks (Fixture *f)
{
  wait_page (f, f->guide->network_page);
  while (find_home (f) == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
to_online (Fixture *f)
{
  GtkWidget *list = ui_find (GTK_WIDGET (f->guide->network_page), FL_TYPE_ITEM_LIST, NULL);
  GtkWidget *entry;

  to_networks (f);
  fl_item_list_select (FL_ITEM_LIST (list), find_home (f));
  wait_complete (f->guide->network_page);
  fl_page_activate (FL_PAGE (f->guide->network_page));
  wait_page (f, f->guide->password_page);
  entry = ui_find (GTK_WIDGET (f->guide->password_page), GTK_TYPE_PASSWORD_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "lighthouse7");
  fl_page_activate (FL_PAGE (f->guide->password_page));
  wait_page (f, f->guide->done_page);
}

static void
enter_label (Fixture *f)
{
  GtkWidget *entry;

  fl_page_activate (FL_PAGE (f->guide->find_page));
  wait_page (f, f->guide->label_page);
  entry = ui_find (GTK_WIDGET (f->guide->label_page), GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), LABEL);
  fl_page_activate (FL_PAGE (f->guide->label_page));
}

/* Continue, network, password: nothing is asked that a cable answers. */
static void
test_shortest_path (Fixture *f, gconstpointer unused)
{
  FlPage *page = FL_PAGE (f->guide->find_page);

  while (g_strcmp0 (fl_page_get_action_label (page), "C_ontinue") != 0)
    g_main_context_iteration (NULL, TRUE);
  fl_page_activate (page);
  g_assert_true (fl_wizard_get_page (f->wizard) == FL_PAGE (f->guide->network_page));
  to_online (f);
  g_assert_cmpint ((int) get_kind (f), ==, FL_ROAD_USB);
}

/* Networks are on the screen, then Bluetooth is given up for a cable. */
static void
test_to_a_cable_and_back (Fixture *f, gconstpointer unused)
{
  enter_label (f);
  to_networks (f);
  fl_guide_use_cable (f->guide);
  wait_page (f, f->guide->cable_page);
  /* Nothing comes. */
  wait_error (f->guide->cable_page);
  g_assert_error (fl_page_get_error (FL_PAGE (f->guide->cable_page)), FL_ERROR,
                  FL_ERROR_USB_NOTHING);
  click (f, f->guide->cable_page, "Use _Bluetooth");
  wait_page (f, f->guide->network_page);
  g_assert_nonnull (find_home (f)); /* nothing lost */

  fl_guide_use_cable (f->guide);
  wait_error (f->guide->cable_page);
  click (f, f->guide->cable_page, "Try Another _Cable");
  g_assert_no_error (fl_page_get_error (FL_PAGE (f->guide->cable_page)));
  plug (f);
  wait_page (f, f->guide->network_page);
  g_assert_nonnull (find_home (f));
  g_assert_cmpint ((int) get_kind (f), ==, FL_ROAD_USB);
  to_online (f);
}

/* Nobody has said which device; the one that is plugged in is meant. */
static void
test_cable_from_the_first_page (Fixture *f, gconstpointer unused)
{
  while (fl_find_page_get_state (f->guide->find_page) != FL_FIND_NOTHING)
    g_main_context_iteration (NULL, TRUE);
  click (f, f->guide->find_page, "_Use a USB Cable");
  wait_page (f, f->guide->cable_page);
  fl_page_go_back (FL_PAGE (f->guide->cable_page));
  wait_page (f, f->guide->find_page);

  fl_guide_use_cable (f->guide);
  wait_page (f, f->guide->cable_page);
  plug (f);
  to_online (f);
}

/* Instead of typing what stands on the label; what was typed stays for Bluetooth. */
static void
test_cable_instead_of_the_label (Fixture *f, gconstpointer unused)
{
  GtkWidget *list = ui_find (GTK_WIDGET (f->guide->find_page), FL_TYPE_ITEM_LIST, NULL);
  GListModel *devices = fl_meta_finder_get_devices (fl_engine_get_finder (f->engine));
  g_autoptr (FlDevice) device = NULL;

  while (g_list_model_get_n_items (devices) == 0)
    g_main_context_iteration (NULL, TRUE);
  device = g_list_model_get_item (devices, 0);
  fl_item_list_select (FL_ITEM_LIST (list), device);
  fl_page_activate (FL_PAGE (f->guide->find_page));
  wait_page (f, f->guide->label_page);
  click (f, f->guide->label_page, "Use a USB _Cable");
  wait_page (f, f->guide->cable_page);
  fl_page_go_back (FL_PAGE (f->guide->cable_page));
  wait_page (f, f->guide->label_page);
  click (f, f->guide->label_page, "Use a USB _Cable");
  wait_page (f, f->guide->cable_page);
  plug (f);
  to_online (f);
  g_assert_cmpint ((int) get_kind (f), ==, FL_ROAD_USB);
  g_assert_true (fl_setup_get_device (f->guide->setup) == device);
}

/* The label is asked for only when Bluetooth needs it. */
static void
test_bluetooth_asks_for_the_label (Fixture *f, gconstpointer unused)
{
  GtkWidget *entry;

  wait_complete (f->guide->find_page);
  while (g_strcmp0 (fl_page_get_action_label (FL_PAGE (f->guide->find_page)), "C_ontinue") != 0)
    g_main_context_iteration (NULL, TRUE);
  fl_page_activate (FL_PAGE (f->guide->find_page));
  to_networks (f);
  fl_guide_use_bluetooth (f->guide);
  wait_page (f, f->guide->label_page);
  entry = ui_find (GTK_WIDGET (f->guide->label_page), GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), LABEL);
  fl_page_activate (FL_PAGE (f->guide->label_page));
  to_networks (f);
  while (fl_setup_get_driver (f->guide->setup) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint ((int) get_kind (f), ==, FL_ROAD_BLUETOOTH);
  to_online (f);
}

static void
choose_first (Fixture *f)
{
  GListModel *devices = fl_meta_finder_get_devices (fl_engine_get_finder (f->engine));
  GtkWidget *list = ui_find (GTK_WIDGET (f->guide->find_page), FL_TYPE_ITEM_LIST, NULL);
  g_autoptr (FlDevice) device = NULL;

  while (g_list_model_get_n_items (devices) == 0)
    g_main_context_iteration (NULL, TRUE);
  device = g_list_model_get_item (devices, 0);
  fl_item_list_select (FL_ITEM_LIST (list), device);
  fl_page_activate (FL_PAGE (f->guide->find_page));
  wait_page (f, f->guide->network_page);
  wait_error (f->guide->network_page);
}

static void
test_update_mode (Fixture *f, gconstpointer unused)
{
  choose_first (f);
  g_assert_error (fl_page_get_error (FL_PAGE (f->guide->network_page)), FL_ERROR,
                  FL_ERROR_UPDATE_MODE);
  click (f, f->guide->network_page, "_Leave Update Mode");
  to_online (f);
}

/* As after the rule was added: the bus looks again, and the journey goes on. */
static void
test_access_refused (Fixture *f, gconstpointer unused)
{
  GtkWidget *page = GTK_WIDGET (f->guide->network_page);
  guint n_dialogs = 0;

  choose_first (f);
  g_assert_error (fl_page_get_error (FL_PAGE (page)), FL_ERROR, FL_ERROR_USB_ACCESS);
  click (f, page, "Show _How");
  g_assert_nonnull (ui_find (page, GTK_TYPE_BUTTON, "_Add Rule"));
  for (guint i = 0; i < g_list_model_get_n_items (gtk_window_get_toplevels ()); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (gtk_window_get_toplevels (), i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        {
          g_assert_nonnull (ui_find (GTK_WIDGET (window), GTK_TYPE_BUTTON, "_Copy Command"));
          gtk_window_destroy (window);
          n_dialogs++;
          break;
        }
    }
  g_assert_cmpuint (n_dialogs, ==, 1);
  fl_finder_repair (fl_guide_find_finder (f->guide, FL_ROAD_USB), FL_ACTION_ADD_RULE);
  fl_setup_retry (f->guide->setup);
  to_online (f);
}

#define ADD(path, world, test) g_test_add (path, Fixture, world, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/window-roads/cable/shortest-path", cable, test_shortest_path);
  ADD ("/window-roads/cable/instead-of-the-label", later, test_cable_instead_of_the_label);
  ADD ("/window-roads/cable/from-bluetooth-and-back", later, test_to_a_cable_and_back);
  ADD ("/window-roads/cable/from-the-first-page", nowhere, test_cable_from_the_first_page);
  ADD ("/window-roads/bluetooth/asks-for-the-label", cable, test_bluetooth_asks_for_the_label);
  ADD ("/window-roads/update-mode/leaves-it", bootloader, test_update_mode);
  ADD ("/window-roads/access/refused", refused, test_access_refused);
  return g_test_run ();
}
