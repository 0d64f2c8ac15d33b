/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-item-list.h"
#include "fl-network-item.h"
#include "fl-network-page.h"
#include "fl-network-row.h"
#include "fl-sim-computer.h"
#include "fl-steady-list.h"
#include "ui-fixture.h"

typedef struct
{
  GtkWindow *window;
  FlPage *page;
  FlNetworkPage *networks;
  FlItemList *list;
  GListStore *seen;
  FlClock *clock;
  FlNetwork *chosen;
  guint searched;
  guint other;
} Fixture;

static void
on_chosen (Fixture *f, FlNetwork *network)
{
  f->chosen = network;
}

static void
on_search (Fixture *f)
{
  f->searched++;
}

static void
on_other (Fixture *f)
{
  f->other++;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->clock = ui_clock_new ();
  f->seen = g_list_store_new (FL_TYPE_NETWORK);
  f->chosen = NULL;
  f->searched = f->other = 0;
  f->page = fl_network_page_new (f->clock);
  f->networks = FL_NETWORK_PAGE (f->page);
  fl_network_page_set_networks (f->networks, G_LIST_MODEL (f->seen), FL_CAN_SCAN | FL_CAN_HIDDEN);
  g_signal_connect_swapped (f->page, "chosen", G_CALLBACK (on_chosen), f);
  g_signal_connect_swapped (f->page, "search-again", G_CALLBACK (on_search), f);
  g_signal_connect_swapped (f->page, "other-network", G_CALLBACK (on_other), f);
  f->window = ui_window_new (f->page, 500, 700);
  f->list = FL_ITEM_LIST (ui_find (GTK_WIDGET (f->page), FL_TYPE_ITEM_LIST, NULL));
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  ui_window_finish (f->window, f->page);
  g_assert_finalize_object (f->seen);
  g_assert_finalize_object (f->clock);
}

static void
see (Fixture *f, const char *name, FlSecurity security, int channel, int dbm)
{
  g_autoptr (FlNetwork) network = ui_network_new (name, security, channel, dbm);

  g_list_store_append (f->seen, network);
}

static FlNetworkItem *
item_at (Fixture *f, guint position)
{
  GtkWidget *view = ui_find (GTK_WIDGET (f->list), GTK_TYPE_LIST_VIEW, NULL);
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (view)));
  g_autoptr (FlNetworkItem) item = g_list_model_get_item (model, position);

  g_assert_nonnull (item);
  return item; /* the model keeps it */
}

static const char *
name_at (Fixture *f, guint position)
{
  return fl_network_get_name (fl_network_item_get_network (item_at (f, position)));
}

static void
test_network_waiting_has_a_name (Fixture *f, gconstpointer unused)
{
  GtkSpinner *spinner = GTK_SPINNER (ui_find (GTK_WIDGET (f->page), GTK_TYPE_SPINNER, NULL));

  fl_network_page_set_stage (f->networks, FL_STAGE_SECURING, FALSE);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), "Opening a secure connection…"));
  g_assert_false (gtk_spinner_get_spinning (spinner));
  ui_clock_advance_ms (f->clock, 3000);
  g_assert_true (gtk_spinner_get_spinning (spinner));
  g_assert_null (fl_page_get_action_label (f->page));
}

static void
test_network_slow_search_is_told (Fixture *f, gconstpointer unused)
{
  see (f, "Home 2", FL_SECURITY_WPA2, 6, -50);
  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, TRUE);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_false (ui_shows (GTK_WIDGET (f->page), "The device is still searching."));
  ui_clock_advance_ms (f->clock, 10000);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), "The device is still searching."));
}

static void
test_network_empty_offers_ways_on (Fixture *f, gconstpointer unused)
{
  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, FALSE);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), "The Device Sees No Networks"));
  ui_click (GTK_WIDGET (f->page), "_Search Again");
  g_assert_cmpuint (f->searched, ==, 1);
  ui_click (GTK_WIDGET (f->page), "Other _Network…");
  g_assert_cmpuint (f->other, ==, 1);
}

static void
test_network_strongest_first_unusable_last (Fixture *f, gconstpointer unused)
{
  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, TRUE);
  see (f, "Weak", FL_SECURITY_WPA2, 1, -80);
  see (f, "Fast", FL_SECURITY_WPA2, 44, -30);
  see (f, "Strong", FL_SECURITY_WPA2, 6, -40);
  g_assert_cmpstr (name_at (f, 0), ==, "Strong");
  g_assert_cmpstr (name_at (f, 1), ==, "Weak");
  g_assert_cmpstr (name_at (f, 2), ==, "Fast");
  g_assert_error (fl_network_item_get_problem (item_at (f, 2)), FL_ERROR, FL_ERROR_NETWORK_5_GHZ);
}

static void
test_network_order_stands_still_when_chosen (Fixture *f, gconstpointer unused)
{
  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, TRUE);
  see (f, "First", FL_SECURITY_WPA2, 1, -70);
  fl_item_list_select (f->list, item_at (f, 0));
  g_signal_emit_by_name (f->list, "pointed", TRUE);
  see (f, "Stronger", FL_SECURITY_WPA2, 1, -30);
  g_assert_cmpstr (name_at (f, 0), ==, "First");
  g_assert_true (fl_item_list_get_selected (f->list) == item_at (f, 0));
  fl_network_page_set_networks (f->networks, G_LIST_MODEL (f->seen), FL_CAN_SCAN | FL_CAN_HIDDEN);
  g_assert_true (fl_item_list_get_selected (f->list) == item_at (f, 0));

  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, FALSE);
  fl_page_refresh (f->page); /* Search Again sorts anew */
  g_assert_cmpuint (f->searched, ==, 1);
  g_assert_cmpstr (name_at (f, 0), ==, "Stronger");
}

static FlNetworkItem *
focused_item (Fixture *f)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (f->window));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;
  g_autoptr (FlNetworkItem) item = NULL;

  g_assert_true (FL_IS_NETWORK_ROW (row));
  g_object_get (row, "item", &item, NULL);
  return item; /* the model keeps it */
}

/* The first to arrive may be the weakest; it must not keep the focus. */
static void
test_network_focus_is_on_the_top_row (Fixture *f, gconstpointer unused)
{
  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, TRUE);
  see (f, "Weak", FL_SECURITY_WPA2, 1, -80);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_true (focused_item (f) == item_at (f, 0));

  see (f, "Strong", FL_SECURITY_WPA2, 6, -40);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_cmpstr (name_at (f, 0), ==, "Strong");
  g_assert_true (focused_item (f) == item_at (f, 0));

  /* Somebody moves: down to the weak one. */
  fl_item_list_select (f->list, item_at (f, 1));
  fl_item_list_focus (f->list);
  see (f, "Stronger", FL_SECURITY_WPA2, 6, -30);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_cmpstr (fl_network_get_name (
                       fl_network_item_get_network (fl_item_list_get_selected (f->list))),
                   ==, "Weak");
}

/* What the space bar does. */
static void
test_network_space_keeps_the_choice (Fixture *f, gconstpointer unused)
{
  GtkWidget *view = ui_find (GTK_WIDGET (f->list), GTK_TYPE_LIST_VIEW, NULL);

  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, FALSE);
  see (f, "Home 2", FL_SECURITY_WPA2, 6, -50);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  for (guint i = 0; i < 2; i++)
    {
      gtk_widget_activate_action (view, "list.select-item", "(ubb)", 0, TRUE, FALSE);
      g_assert_true (fl_item_list_get_selected (f->list) == item_at (f, 0));
    }
}

static void
test_network_only_usable_ones_go_on (Fixture *f, gconstpointer unused)
{
  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, FALSE);
  see (f, "Home 2", FL_SECURITY_WPA2, 6, -50);
  see (f, "Campus", FL_SECURITY_ENTERPRISE, 6, -40);
  fl_item_list_select (f->list, item_at (f, 1));
  g_assert_false (fl_page_get_complete (f->page));
  fl_item_list_select (f->list, item_at (f, 0));
  g_assert_true (fl_page_get_complete (f->page));
  fl_page_activate (f->page);
  g_assert_cmpstr (fl_network_get_name (f->chosen), ==, "Home 2");
}

static void
test_network_unusable_row_explains_itself (Fixture *f, gconstpointer unused)
{
  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, FALSE);
  see (f, "Home 5G", FL_SECURITY_WPA2, 44, -50);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_signal_emit_by_name (f->list, "activated", item_at (f, 0));
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_null (f->chosen);
  g_assert_nonnull (ui_find (GTK_WIDGET (f->page), GTK_TYPE_LABEL, "The Device Cannot Use 5 GHz"));
}

static void
test_network_filter_narrows (Fixture *f, gconstpointer unused)
{
  GtkWidget *entry = ui_find (GTK_WIDGET (f->page), GTK_TYPE_SEARCH_ENTRY, NULL);

  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, FALSE);
  see (f, "Home 2", FL_SECURITY_WPA2, 6, -50);
  see (f, "Attic", FL_SECURITY_WPA2, 6, -60);
  fl_page_find (f->page);
  gtk_editable_set_text (GTK_EDITABLE (entry), "ATT");
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_cmpuint (fl_item_list_get_n_shown (f->list), ==, 1);
  g_assert_cmpstr (name_at (f, 0), ==, "Attic");

  fl_page_go_back (f->page); /* first closes the filter */
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_cmpuint (fl_item_list_get_n_shown (f->list), ==, 2);
}

static void
test_network_rows_speak (void)
{
  static const struct
  {
    const char *name;
    FlSecurity security;
    int channel;
    int dbm;
    const char *words;
  } rows[] = {
    { "Campus", FL_SECURITY_WPA2, 6, -50, "Campus, strong, password needed" },
    { "Café", FL_SECURITY_OPEN, 6, -50, "Café, strong, open" },
    { "Attic", FL_SECURITY_WPA2, 0, 0, "Attic" }, /* stored in the device */
    { "Home 5G", FL_SECURITY_WPA2, 44, -50, "Home 5G, not usable. The device cannot use 5 GHz." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlNetwork) network =
          ui_network_new (rows[i].name, rows[i].security, rows[i].channel, rows[i].dbm);
      g_autoptr (FlNetworkItem) item = fl_network_item_new (network, 0);
      g_autofree char *words = fl_network_item_dup_words (item);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* A serial port takes a name, but shows none. */
static void
test_network_without_a_list_asks_for_the_name (Fixture *f, gconstpointer unused)
{
  fl_network_page_set_networks (f->networks, G_LIST_MODEL (f->seen), FL_CAN_JOIN);
  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, FALSE);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), "The Name Has to Be Typed"));
  g_assert_false (ui_shows (GTK_WIDGET (f->page), "The Device Sees No Networks"));
  g_assert_false (ui_shows (GTK_WIDGET (f->page), "_Search Again"));
  g_assert_cmpstr (fl_page_get_action_label (f->page), ==, "Other _Network…");
  g_assert_true (fl_page_get_complete (f->page));
  fl_page_activate (f->page);
  g_assert_cmpuint (f->other, ==, 1);
  fl_page_refresh (f->page); /* F5 */
  g_assert_cmpuint (f->searched, ==, 0);
}

/* Names that come from elsewhere are chosen as any. */
static void
test_network_without_a_scan_takes_other_names (Fixture *f, gconstpointer unused)
{
  fl_network_page_set_networks (f->networks, G_LIST_MODEL (f->seen), FL_CAN_JOIN);
  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, FALSE);
  see (f, "Home 2", FL_SECURITY_WPA2, 6, -50);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_false (ui_shows (GTK_WIDGET (f->page), "The Name Has to Be Typed"));
  g_assert_cmpstr (fl_page_get_action_label (f->page), ==, "C_ontinue");
  g_assert_true (
      gtk_widget_get_mapped (ui_find (GTK_WIDGET (f->page), GTK_TYPE_BUTTON, "Other _Network…")));
}

static FlComputerWifi *
create_computer (void)
{
  static const char scenario[] =
      "[World]\ntitle=A desk\n"
      "[Network Home]\nssid=Home 2\npassword=lighthouse7\n"
      "[Network Far]\nssid=Home 5G\npassword=x2345678\nchannel=44\n"
      "[Network Office]\nssid=Office\nsecurity=enterprise\naccounts=a:b\n"
      "[Network Campus]\nssid=Campus\nsecurity=enterprise\naccounts=a:b\n"
      "[Network Hidden]\nssid=Cove\npassword=x2345678\nhidden=yes\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSimWorld) world =
      fl_sim_world_parse (scenario, sizeof scenario - 1, "test", 1, &error);

  g_assert_no_error (error);
  return fl_sim_computer_new (world);
}

/* What this computer sees stands in, and stays while the device is being set up with it. */
static void
test_network_without_a_list_shows_the_computers (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlComputerWifi) wifi = create_computer ();
  GListModel *networks = fl_computer_wifi_get_networks (wifi);

  fl_network_page_set_networks (f->networks, G_LIST_MODEL (f->seen), FL_CAN_JOIN);
  fl_network_page_set_wifi (f->networks, wifi);
  g_assert_cmpuint (g_list_model_get_n_items (networks), ==, 0); /* nobody needs it yet */
  fl_network_page_set_stage (f->networks, FL_STAGE_READING, FALSE);
  g_assert_cmpuint (fl_network_page_get_n_networks (f->networks), ==, 0);

  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, FALSE);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_cmpuint (fl_network_page_get_n_networks (f->networks), ==, 4);
  g_assert_true (ui_shows (GTK_WIDGET (f->page), "Home 2"));
  g_assert_true (
      ui_shows (GTK_WIDGET (f->page),
                "This computer sees these networks. The device lists none over this cable."));
  g_assert_cmpstr (name_at (f, 0), ==, "Home 2"); /* the device has no 5 GHz */

  fl_network_page_set_stage (f->networks, FL_STAGE_SENDING, FALSE);
  g_assert_cmpuint (fl_network_page_get_n_networks (f->networks), ==, 4);

  fl_network_page_set_networks (f->networks, G_LIST_MODEL (f->seen),
                                FL_CAN_JOIN | FL_CAN_SCAN | FL_CAN_ENTERPRISE);
  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, FALSE);
  g_assert_cmpuint (fl_network_page_get_n_networks (f->networks), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (networks), ==, 0);
}

/* Devices that cannot log in leave such networks out of their lists, or do not know what they are:
 * this computer knows, and the row says why not. */
static void
test_network_with_logins_is_explained (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlComputerWifi) wifi = create_computer ();

  fl_network_page_set_wifi (f->networks, wifi);
  fl_network_page_set_networks (f->networks, G_LIST_MODEL (f->seen), FL_CAN_JOIN | FL_CAN_SCAN);
  fl_network_page_set_stage (f->networks, FL_STAGE_CHOOSING, FALSE);
  g_assert_cmpuint (fl_network_page_get_n_networks (f->networks), ==, 0); /* E31, not a list */

  see (f, "Home 2", FL_SECURITY_WPA2, 6, -50);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_cmpuint (fl_network_page_get_n_networks (f->networks), ==, 3);
  g_assert_cmpstr (name_at (f, 0), ==, "Home 2");
  for (guint i = 1; i < 3; i++)
    g_assert_error (fl_network_item_get_problem (item_at (f, i)), FL_ERROR,
                    FL_ERROR_NETWORK_ENTERPRISE);

  see (f, "Office", FL_SECURITY_UNKNOWN, 6, -40); /* what the device makes of it */
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  g_assert_cmpuint (fl_network_page_get_n_networks (f->networks), ==, 3);
  see (f, "Cellar", FL_SECURITY_UNKNOWN, 6, -40);
  g_assert_cmpuint (fl_network_page_get_n_networks (f->networks), ==, 4);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    return 77;

  ADD ("/network-page/waiting/has-a-name", test_network_waiting_has_a_name);
  ADD ("/network-page/slow/is-told", test_network_slow_search_is_told);
  ADD ("/network-page/empty/offers-ways-on", test_network_empty_offers_ways_on);
  ADD ("/network-page/order/strongest-first", test_network_strongest_first_unusable_last);
  ADD ("/network-page/order/stands-still", test_network_order_stands_still_when_chosen);
  ADD ("/network-page/focus/on-the-top-row", test_network_focus_is_on_the_top_row);
  ADD ("/network-page/choice/space-keeps-it", test_network_space_keeps_the_choice);
  ADD ("/network-page/choice/only-usable", test_network_only_usable_ones_go_on);
  ADD ("/network-page/unusable/explains-itself", test_network_unusable_row_explains_itself);
  ADD ("/network-page/filter/narrows", test_network_filter_narrows);
  g_test_add_func ("/network-page/accessible/rows-speak", test_network_rows_speak);
  ADD ("/network/no-list/asks-for-the-name", test_network_without_a_list_asks_for_the_name);
  ADD ("/network/no-list/takes-other-names", test_network_without_a_scan_takes_other_names);
  ADD ("/network/logins/are-explained", test_network_with_logins_is_explained);
  ADD ("/network/no-list/shows-the-computers", test_network_without_a_list_shows_the_computers);

  return g_test_run ();
}
