/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "service-fixture.h"

#include "fl-announce.h"
#include "fl-sim-finder.h"
#include "fl-sim-usb-bus.h"
#include "fl-system-random.h"
#include "fl-usb-finder.h"

const char service_two_devices[] =
    "[World]\nadvert-loss=0\n"
    "[Device Board]\nplatform=p2\nserial=P046AD342AB12CD\nsecret=HARB0URLIGHT123\n"
    "usb=yes\nlocation=1-2\nbluetooth=no\nknown=Home\n"
    "[Device Other]\nplatform=photon2\nserial=P051AF40751F00D\nsecret=SEAGULLSEAGULL2\n"
    "[Network Home]\npassword=lighthouse7\nrssi=-50\n"
    "[Network Shed]\npassword=barnacle99\nrssi=-60\n";

static void
on_toast (ServiceFixture *f, const char *words)
{
  g_free (f->toast);
  f->toast = g_strdup (words);
}

static FlEngine *
create_engine (ServiceFixture *f)
{
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (FlProduct) product = fl_product_new_factory ();
  g_autoptr (FlMetaFinder) meta = fl_meta_finder_new (clock);
  g_autoptr (FlSimFinder) radio = fl_sim_finder_new (f->world, clock, product);
  g_autoptr (FlUsbBus) bus = fl_sim_usb_bus_new (f->world, clock);
  g_autoptr (FlUsbFinder) cables = fl_usb_finder_new (bus, clock, product);

  fl_meta_finder_add (meta, FL_FINDER (radio));
  fl_meta_finder_add (meta, FL_FINDER (cables));
  return fl_engine_new (clock, meta, product, fl_system_random, NULL);
}

void
service_fixture_set_up (ServiceFixture *f, gconstpointer scenario)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  f->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 1, &error);
  g_assert_no_error (error);
  f->engine = create_engine (f);
  f->window = GTK_WINDOW (adw_window_new ());
  f->wizard = FL_WIZARD (fl_wizard_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (f->wizard), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (f->wizard));
  gtk_box_append (GTK_BOX (box), g_object_new (FL_TYPE_LIVE_REGION, NULL));
  adw_window_set_content (ADW_WINDOW (f->window), box);
  gtk_window_set_default_size (f->window, 680, 720);
  f->guide = fl_service_guide_new (f->engine, f->wizard);
  g_signal_connect_swapped (f->guide, "toast", G_CALLBACK (on_toast), f);
  gtk_window_present (f->window);
  service_fixture_settle (f);
  fl_service_guide_start (f->guide);
}

void
service_fixture_tear_down (ServiceFixture *f, gconstpointer unused)
{
  gpointer wizard = f->wizard, guide = f->guide;

  g_object_add_weak_pointer (wizard, &wizard);
  g_object_add_weak_pointer (guide, &guide);
  fl_meta_finder_stop (fl_engine_get_finder (f->engine));
  g_object_unref (f->guide);
  gtk_window_destroy (f->window);
  while (guide != NULL) /* an order that was cancelled still has to end */
    g_main_context_iteration (NULL, TRUE);
  ui_settle ();
  g_assert_null (wizard);
  g_object_unref (f->engine);
  ui_settle ();
  g_object_unref (f->world);
  g_free (f->toast);
}

/* Time stands still meanwhile: the world never has nothing to do. */
void
service_fixture_settle (ServiceFixture *f)
{
  FlClock *clock = fl_engine_get_clock (f->engine);

  fl_clock_hold (clock);
  ui_wait_frames (GTK_WIDGET (f->window), 3);
  fl_clock_release (clock);
}

void
service_fixture_click (ServiceFixture *f, gpointer root, const char *label)
{
  FlClock *clock = fl_engine_get_clock (f->engine);

  fl_clock_hold (clock);
  ui_click (root, label);
  fl_clock_release (clock);
}

static FlVisit *
find_visit (ServiceFixture *f, const char *ending)
{
  GListModel *visits = G_LIST_MODEL (f->guide->visits);

  for (guint i = 0; i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (FlVisit) visit = g_list_model_get_item (visits, i);

      if (g_str_equal (fl_device_get_ending (fl_visit_get_device (visit)), ending))
        return visit; /* the list keeps it */
    }
  return NULL;
}

FlVisit *
service_fixture_wait_visit (ServiceFixture *f, const char *ending)
{
  while (find_visit (f, ending) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return find_visit (f, ending);
}

static gboolean
is_read (FlVisit *visit)
{
  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    {
      FlBlockStatus status = fl_visit_get_status (visit, (FlVisitBlock) i);

      if (status == FL_BLOCK_EMPTY || status == FL_BLOCK_READING)
        return FALSE;
    }
  return TRUE;
}

FlVisit *
service_fixture_open (ServiceFixture *f, const char *ending)
{
  FlVisit *visit = service_fixture_wait_visit (f, ending);

  g_signal_emit_by_name (f->guide->devices_page, "chosen", visit);
  service_fixture_wait_page (f, f->guide->device_page);
  while (!is_read (visit))
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
  return visit;
}

/* Meson's time limit ends a page that never comes. */
void
service_fixture_wait_page (ServiceFixture *f, gpointer page)
{
  while (fl_wizard_get_page (f->wizard) != FL_PAGE (page))
    g_main_context_iteration (NULL, TRUE);
}

void
service_fixture_wait_idle (ServiceFixture *f)
{
  while (fl_service_guide_is_busy (f->guide))
    g_main_context_iteration (NULL, TRUE);
  service_fixture_settle (f);
}

static gboolean
says (GtkWidget *root, const char *words)
{
  if (!gtk_widget_get_mapped (root))
    return FALSE;
  if (GTK_IS_LABEL (root) && strstr (gtk_label_get_label (GTK_LABEL (root)), words) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

gboolean
service_fixture_says (ServiceFixture *f, const char *words)
{
  return says (GTK_WIDGET (fl_wizard_get_page (f->wizard)), words);
}

void
service_fixture_confirm (ServiceFixture *f, const char *label)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *dialog = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        dialog = window;
    }
  g_assert_nonnull (dialog);
  g_assert_nonnull (ui_find (dialog, GTK_TYPE_BUTTON, label));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_destroy (GTK_WINDOW (dialog));
  service_fixture_settle (f);
}
