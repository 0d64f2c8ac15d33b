/* SPDX-License-Identifier: Apache-2.0 */
/* One device in service: what its blocks show, what is offered, and what the orders do. */
#include "config.h"

#include <string.h>

#include "fl-error-box.h"
#include "fl-known-block.h"
#include "fl-overview-block.h"
#include "service-fixture.h"

static const char three_networks[] =
    "[World]\nadvert-loss=0\n"
    "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
    "usb=yes\nbluetooth=no\nmode=running\nknown=Home;Shed;Attic\n"
    "[Network Home]\npassword=lighthouse7\nrssi=-50\n"
    "[Network Shed]\npassword=barnacle99\nrssi=-60\n"
    "[Network Attic]\npassword=cobwebs123\nrssi=-70\n";

static const char broken_modules[] =
    "[World]\nadvert-loss=0\n"
    "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
    "usb=yes\nbluetooth=no\nmodules=broken\nmode=safe\n"
    "[Network Home]\npassword=lighthouse7\n";

static const char in_update_mode[] =
    "[World]\nadvert-loss=0\n"
    "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
    "usb=yes\nbluetooth=no\nmode=dfu\n"
    "[Network Home]\npassword=lighthouse7\n";

/* The stored networks cannot be read the first times. */
static const char stubborn[] =
    "[World]\nadvert-loss=0\n"
    "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
    "usb=yes\nbluetooth=no\nknown=Home\nfaults=answer=502:-270 x2\n"
    "[Network Home]\npassword=lighthouse7\n";

/* Somebody pulls the cable, and puts it back. */
static const char pulled[] =
    "[World]\nadvert-loss=0\n"
    "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
    "usb=yes\nbluetooth=no\nmode=running\nknown=Home\n"
    "faults=usb-unplug-at=60s;usb-replug-after=5s\n"
    "[Network Home]\npassword=lighthouse7\n";

static const char refused[] =
    "[World]\nadvert-loss=0\n"
    "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
    "usb=yes\nbluetooth=no\nfaults=usb-refused\n"
    "[Network Home]\npassword=lighthouse7\n";

static GtkWidget *
page_of (ServiceFixture *f)
{
  return GTK_WIDGET (f->guide->device_page);
}

static gboolean
offers (ServiceFixture *f, const char *label)
{
  GtkWidget *button = ui_find (page_of (f), GTK_TYPE_BUTTON, label);

  return button != NULL && gtk_widget_get_visible (button);
}

static void
test_device_blocks_fill (ServiceFixture *f, gconstpointer unused)
{
  service_fixture_open (f, "AB12CD");
  g_assert_true (service_fixture_says (f, "P046AD342AB12CD"));
  g_assert_true (service_fixture_says (f, "Home"));
  g_assert_true (service_fixture_says (f, "3 of 10"));
  g_assert_true (service_fixture_says (f, "Device OS"));
  g_assert_null (fl_page_get_error (FL_PAGE (f->guide->device_page)));
}

static void
test_device_copies_mac (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");
  GtkWidget *row = ui_find (page_of (f), FL_TYPE_OVERVIEW_BLOCK, NULL);

  g_assert_nonnull (fl_visit_get_state (visit)->mac);
  g_assert_true (service_fixture_says (f, fl_visit_get_state (visit)->mac));
  service_fixture_click (f, row, "_Copy");
  g_assert_cmpstr (f->toast, ==, "The hardware address was copied.");
}

static void
test_device_blinks_and_stops (ServiceFixture *f, gconstpointer unused)
{
  service_fixture_open (f, "AB12CD");
  g_assert_false (offers (f, "Stop _Blinking"));
  service_fixture_click (f, page_of (f), "_Blink");
  service_fixture_wait_idle (f);
  g_assert_cmpstr (f->toast, ==, "The light of the device blinks.");
  g_assert_false (offers (f, "_Blink"));
  service_fixture_click (f, page_of (f), "Stop _Blinking");
  service_fixture_wait_idle (f);
  g_assert_true (offers (f, "_Blink"));
}

static void
test_device_set_up_mode_on_and_off (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  service_fixture_click (f, page_of (f), "Set-_Up Mode");
  service_fixture_wait_idle (f);
  g_assert_cmpint (fl_service_get_mode_of (visit), ==, FL_MODE_LISTENING);
  service_fixture_click (f, page_of (f), "Leave Set-_Up Mode");
  service_fixture_wait_idle (f);
  g_assert_cmpint (fl_service_get_mode_of (visit), !=, FL_MODE_LISTENING);
}

static void
test_device_restarts_and_is_back (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  service_fixture_click (f, page_of (f), "Re_start");
  service_fixture_wait_idle (f);
  g_assert_no_error (fl_visit_get_error (visit));
  g_assert_cmpstr (f->toast, ==, "The device was restarted.");
  g_assert_true (fl_visit_get_open (visit));
  g_assert_null (fl_page_get_error (FL_PAGE (f->guide->device_page)));
}

static void
test_device_leaves_update_mode (ServiceFixture *f, gconstpointer unused)
{
  GListModel *visits = G_LIST_MODEL (f->guide->visits);
  g_autoptr (FlVisit) visit = NULL;

  while (g_list_model_get_n_items (visits) == 0)
    g_main_context_iteration (NULL, TRUE);
  visit = g_list_model_get_item (visits, 0);
  g_signal_emit_by_name (f->guide->devices_page, "chosen", visit);
  service_fixture_wait_page (f, f->guide->device_page);
  while (!offers (f, "Leave Update _Mode"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (offers (f, "_Blink"));
  fl_service_guide_do (f->guide, FL_WISH_LEAVE_UPDATE_MODE, NULL);
  service_fixture_wait_idle (f);
  g_assert_cmpstr (f->toast, ==, "The device runs as usual.");
  g_assert_cmpint (fl_service_get_mode_of (visit), !=, FL_MODE_UPDATE);
}

static void
test_device_broken_module_in_words (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  g_assert_true (service_fixture_says (f, "Broken"));
  while (fl_service_get_mode_of (visit) != FL_MODE_SAFE) /* follows from the modules */
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
  g_assert_true (service_fixture_says (f, "Safe mode"));
}

static void
test_device_remove_asks_once (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");
  GListModel *known = fl_visit_get_known (visit);
  g_autoptr (FlNetwork) shed = g_list_model_get_item (known, 1);

  fl_service_guide_do (f->guide, FL_WISH_REMOVE, shed);
  g_assert_cmpuint (g_list_model_get_n_items (known), ==, 3);
  service_fixture_confirm (f, "_Remove");
  service_fixture_wait_idle (f);
  g_assert_cmpuint (g_list_model_get_n_items (known), ==, 2);
  g_assert_true (service_fixture_says (f, "2 of 10"));
}

static void
test_device_clear_names_the_count (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  service_fixture_click (f, page_of (f), "C_lear All Networks…");
  service_fixture_confirm (f, "_Clear");
  service_fixture_wait_idle (f);
  g_assert_cmpuint (g_list_model_get_n_items (fl_visit_get_known (visit)), ==, 0);
  g_assert_true (service_fixture_says (f, "The device knows no network."));
  g_assert_nonnull (fl_visit_get_notes (visit)[0]); /* for the report */
}

static void
test_device_block_has_its_own_try_again (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");
  GtkWidget *block = ui_find (page_of (f), FL_TYPE_KNOWN_BLOCK, NULL);

  g_assert_cmpint (fl_visit_get_status (visit, FL_VISIT_NETWORKS), ==, FL_BLOCK_FAILED);
  g_assert_cmpint (fl_visit_get_status (visit, FL_VISIT_OVERVIEW), ==, FL_BLOCK_READY);
  service_fixture_click (f, block, "_Try Again");
  while (fl_visit_get_status (visit, FL_VISIT_NETWORKS) != FL_BLOCK_READY)
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
  g_assert_true (service_fixture_says (f, "1 of 10"));
}

static void
test_device_stays_open_behind_the_table (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  fl_page_go_back (FL_PAGE (f->guide->device_page));
  service_fixture_wait_page (f, f->guide->devices_page);
  g_assert_true (fl_visit_get_open (visit));
}

static void
on_closed (gboolean *closed)
{
  *closed = TRUE;
}

/* Nobody would know any more why it blinks. */
static void
test_device_stops_blinking_when_left (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");
  gboolean closed = FALSE;

  g_signal_connect_swapped (f->guide, "closed", G_CALLBACK (on_closed), &closed);
  service_fixture_click (f, page_of (f), "_Blink");
  service_fixture_wait_idle (f);
  g_assert_false (fl_service_guide_close (f->guide));
  while (!closed)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (fl_visit_get_open (visit));
}

static void
test_device_pulled_cable_loses_nothing (ServiceFixture *f, gconstpointer unused)
{
  FlVisit *visit = service_fixture_open (f, "AB12CD");

  while (fl_visit_get_open (visit))
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
  g_assert_true (service_fixture_says (f, "P046AD342AB12CD"));
  g_assert_true (service_fixture_says (f, "1 of 10"));
  g_assert_false (gtk_widget_is_sensitive (ui_find (page_of (f), GTK_TYPE_BUTTON, "Re_start")));

  /* What was true a moment ago is not said of a device that nobody can ask. */
  while (fl_device_get_reachable (fl_visit_get_device (visit)))
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
  g_assert_false (service_fixture_says (f, "The light should look like this"));
  g_assert_true (service_fixture_says (f, "There is no way to the device"));

  while (!fl_visit_get_open (visit)) /* by itself */
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
  g_assert_null (fl_page_get_error (FL_PAGE (f->guide->device_page)));
  g_assert_true (service_fixture_says (f, "The light should look like this"));
}

static void
test_device_refused_leads_to_the_rule (ServiceFixture *f, gconstpointer unused)
{
  GListModel *visits = G_LIST_MODEL (f->guide->visits);
  FlPage *page = FL_PAGE (f->guide->device_page);
  g_autoptr (FlVisit) visit = NULL;

  while (g_list_model_get_n_items (visits) == 0)
    g_main_context_iteration (NULL, TRUE);
  visit = g_list_model_get_item (visits, 0);
  g_signal_emit_by_name (f->guide->devices_page, "chosen", visit);
  while (fl_page_get_error (page) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (fl_page_get_error (page), FL_ERROR, FL_ERROR_USB_ACCESS);
  service_fixture_click (f, page, "_Add Rule"); /* asked for there, with the other way */
  service_fixture_wait_page (f, f->guide->doctor_page);
}

static void
add (const char *path, const char *scenario, void (*test) (ServiceFixture *, gconstpointer))
{
  g_test_add (path, ServiceFixture, scenario, service_fixture_set_up, test,
              service_fixture_tear_down);
}

int
main (int argc, char **argv)
{
  if (!ui_init (&argc, &argv))
    {
      g_test_skip ("no display");
      return 0;
    }

  add ("/service/device/blocks/fill-by-themselves", three_networks, test_device_blocks_fill);
  add ("/service/device/overview/copies-the-hardware-address", three_networks,
       test_device_copies_mac);
  add ("/service/device/actions/blinks-and-stops", three_networks, test_device_blinks_and_stops);
  add ("/service/device/actions/set-up-mode-on-and-off", three_networks,
       test_device_set_up_mode_on_and_off);
  add ("/service/device/actions/restarts-and-is-back", three_networks,
       test_device_restarts_and_is_back);
  add ("/service/device/actions/leaves-update-mode", in_update_mode,
       test_device_leaves_update_mode);
  add ("/service/device/modules/broken-in-words", broken_modules,
       test_device_broken_module_in_words);
  add ("/service/device/networks/remove-asks-once", three_networks, test_device_remove_asks_once);
  add ("/service/device/networks/clear-names-the-count", three_networks,
       test_device_clear_names_the_count);
  add ("/service/device/blocks/have-their-own-try-again", stubborn,
       test_device_block_has_its_own_try_again);
  add ("/service/device/back/stays-open", three_networks, test_device_stays_open_behind_the_table);
  add ("/service/device/close/stops-blinking", three_networks,
       test_device_stops_blinking_when_left);
  add ("/service/device/cable/pulled-loses-nothing", pulled,
       test_device_pulled_cable_loses_nothing);
  add ("/service/device/cable/refused-leads-to-the-rule", refused,
       test_device_refused_leads_to_the_rule);
  return g_test_run ();
}
