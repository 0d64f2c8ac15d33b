/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "screenshots.h"

#include "fl-check.h"
#include "fl-connecting-page.h"
#include "fl-doctor-page.h"
#include "fl-old-networks-page.h"
#include "fl-password-page.h"
#include "fl-report-page.h"
#include "fl-save-switch.h"
#include "fl-service-device-page.h"
#include "fl-service-devices-page.h"
#include "fl-sim-finder.h"
#include "fl-sim-loader.h"
#include "fl-sim-usb-bus.h"
#include "fl-system-random.h"
#include "fl-usb-finder.h"
#include "fl-visit-list.h"

#define DESK 9 /* devices in the scenario */

struct _ServiceStage
{
  FlSimWorld *world;
  FlEngine *engine;
  FlVisitList *visits;
  GPtrArray *findings;
};

static ServiceStage *
stage_new (void)
{
  ServiceStage *self = g_new0 (ServiceStage, 1);
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (FlProduct) product = fl_product_new_factory ();
  g_autoptr (FlMetaFinder) meta = fl_meta_finder_new (clock);
  g_autoptr (FlSimFinder) radio = NULL;
  g_autoptr (FlUsbBus) bus = NULL;
  g_autoptr (FlUsbFinder) cables = NULL;
  g_autoptr (GError) error = NULL;

  self->world = fl_sim_world_load ("service-desk", 1, &error);
  g_assert_no_error (error);
  radio = fl_sim_finder_new (self->world, clock, product);
  bus = fl_sim_usb_bus_new (self->world, clock);
  cables = fl_usb_finder_new (bus, clock, product);
  fl_meta_finder_add (meta, FL_FINDER (radio));
  fl_meta_finder_add (meta, FL_FINDER (cables));
  self->engine = fl_engine_new (clock, meta, product, fl_system_random, NULL);
  self->visits = fl_visit_list_new (self->engine);
  fl_meta_finder_start (meta);
  return self;
}

void
service_stage_free (ServiceStage *self)
{
  FlClock *clock = fl_engine_get_clock (self->engine);

  fl_meta_finder_stop (fl_engine_get_finder (self->engine));
  fl_clock_release (clock);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_object (&self->visits);
  g_clear_object (&self->engine);
  ui_settle ();
  g_object_unref (self->world);
  g_free (self);
}

static void
stop_time (Stage *stage)
{
  fl_clock_hold (fl_engine_get_clock (stage->service->engine));
}

/* Until all of the desk is there and those on a cable were glanced at. */
static void
wait_desk (ServiceStage *self)
{
  GListModel *visits = G_LIST_MODEL (self->visits);
  gint64 end_us;

  while (g_list_model_get_n_items (visits) < DESK)
    g_main_context_iteration (NULL, TRUE);
  end_us = fl_clock_now_us (fl_engine_get_clock (self->engine)) + 20 * G_USEC_PER_SEC;
  while (fl_clock_now_us (fl_engine_get_clock (self->engine)) < end_us)
    g_main_context_iteration (NULL, TRUE);
}

static FlVisit *
find_visit (ServiceStage *self, const char *ending)
{
  GListModel *visits = G_LIST_MODEL (self->visits);

  for (guint i = 0; i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (FlVisit) visit = g_list_model_get_item (visits, i);

      if (g_str_has_suffix (fl_device_get_ending (fl_visit_get_device (visit)), ending))
        return visit; /* the list keeps it */
    }
  g_error ("no device that ends in %s", ending);
}

GListModel *
service_stage_get_visits (Stage *stage)
{
  if (stage->service == NULL)
    {
      stage->service = stage_new ();
      wait_desk (stage->service);
      stop_time (stage);
    }
  return G_LIST_MODEL (stage->service->visits);
}

FlPage *
service_devices (Stage *stage)
{
  FlPage *page;

  service_stage_get_visits (stage);
  page = fl_service_devices_page_new (fl_engine_get_clock (stage->service->engine));
  fl_service_devices_page_set_visits (FL_SERVICE_DEVICES_PAGE (page),
                                      G_LIST_MODEL (stage->service->visits));
  return page;
}

FlPage *
service_filter_none (Stage *stage)
{
  FlPage *page = service_devices (stage);

  gtk_editable_set_text (GTK_EDITABLE (ui_find (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY, NULL)),
                         "no such device");
  g_signal_emit_by_name (ui_find (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY, NULL),
                         "search-changed");
  return page;
}

FlPage *
service_nothing (Stage *stage)
{
  FlPage *page = fl_service_devices_page_new (stage->clock);
  g_autoptr (GListStore) none = g_list_store_new (FL_TYPE_VISIT);

  fl_service_devices_page_set_visits (FL_SERVICE_DEVICES_PAGE (page), G_LIST_MODEL (none));
  ui_clock_advance_ms (stage->clock, 6000);
  return page;
}

static FlVisit *
open_visit (Stage *stage, const char *ending)
{
  FlVisit *visit;
  gint64 end_us;
  FlClock *clock;

  stage->service = stage_new ();
  clock = fl_engine_get_clock (stage->service->engine);
  wait_desk (stage->service);
  visit = find_visit (stage->service, ending);
  fl_visit_open (visit);
  end_us = fl_clock_now_us (clock) + 20 * G_USEC_PER_SEC;
  while (fl_clock_now_us (clock) < end_us)
    g_main_context_iteration (NULL, TRUE);
  return visit;
}

static FlPage *
device_page (Stage *stage, const char *ending)
{
  FlPage *page = fl_service_device_page_new ();
  FlVisit *visit = open_visit (stage, ending);

  stop_time (stage);
  fl_service_device_page_set_visit (FL_SERVICE_DEVICE_PAGE (page), visit);
  fl_page_set_actions (page, G_MAXUINT64);
  return page;
}

FlPage *
service_window (Stage *stage)
{
  return device_page (stage, "901");
}

FlPage *
service_full (Stage *stage)
{
  return device_page (stage, "903");
}

FlPage *
service_update (Stage *stage)
{
  return device_page (stage, "904");
}

FlPage *
service_locked (Stage *stage)
{
  return device_page (stage, "905");
}

FlPage *
service_broken (Stage *stage)
{
  return device_page (stage, "906");
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  ServiceStage *self = data;

  self->findings = fl_check_run_finish (result, NULL);
}

FlPage *
service_checked (Stage *stage)
{
  FlPage *page = fl_service_device_page_new ();
  FlVisit *visit = open_visit (stage, "909");

  fl_check_run_async (visit, NULL, on_checked, stage->service);
  while (stage->service->findings == NULL)
    g_main_context_iteration (NULL, TRUE);
  stop_time (stage);
  fl_service_device_page_set_visit (FL_SERVICE_DEVICE_PAGE (page), visit);
  fl_service_device_page_set_findings (FL_SERVICE_DEVICE_PAGE (page), stage->service->findings,
                                       NULL);
  return page;
}

FlPage *
service_password (Stage *stage)
{
  FlPage *page = fl_password_page_new ();
  GtkWidget *save = fl_save_switch_new ();
  GtkWidget *content = NULL;

  fl_password_page_set_network (FL_PASSWORD_PAGE (page), NULL, FL_CAN_HIDDEN);
  g_object_get (page, "content", &content, NULL);
  gtk_box_append (GTK_BOX (content), save);
  g_object_unref (content);
  fl_save_switch_set_active (FL_SAVE_SWITCH (save), TRUE);
  fl_page_set_subtitle (page, "For a network that is not here, or does not show its name.");
  fl_page_set_action_label (page, "_Save");
  return page;
}

FlPage *
service_joined (Stage *stage)
{
  FlPage *page = fl_old_networks_page_new ();
  g_autoptr (GListModel) known = ui_networks_new ();
  g_autoptr (FlNetwork) home = g_list_model_get_item (known, 1);
  g_autoptr (FlCredentials) proven =
      fl_credentials_new (fl_network_get_ssid (home), FL_SECURITY_WPA2, NULL, FALSE, NULL);

  fl_old_networks_page_set_known (FL_OLD_NETWORKS_PAGE (page), known, proven);
  return page;
}

FlPage *
service_failed (Stage *stage)
{
  FlPage *page = fl_connecting_page_new (stage->clock);
  g_autoptr (GError) error =
      g_error_new_literal (FL_ERROR, FL_ERROR_NO_ADDRESS, "Associated, no address in time");

  fl_connecting_page_set_network (FL_CONNECTING_PAGE (page), "Harbour Lane 12");
  fl_connecting_page_set_stage (FL_CONNECTING_PAGE (page), FL_STAGE_ADDRESSING, TRUE);
  fl_connecting_page_set_light (FL_CONNECTING_PAGE (page),
                                fl_light_get (FL_LIGHT_STATE_WIFI_ADDRESS), TRUE);
  fl_page_set_subtitle (page, "The device still has the networks that it had.");
  fl_page_set_actions (page, G_MAXUINT64);
  fl_page_set_error (page, error);
  return page;
}

static void
add_finding (GListStore *findings,
             const char *id,
             const char *title,
             FlVerdict verdict,
             const char *sentence)
{
  g_autoptr (FlFinding) finding =
      fl_finding_new (id, title, verdict, sentence, NULL, FL_BLAME_COMPUTER, TRUE);

  g_list_store_append (findings, finding);
}

static FlPage *
doctor_page (Stage *stage, gboolean good)
{
  FlPage *page = fl_doctor_page_new (stage->finder);
  g_autoptr (GListStore) findings = g_list_store_new (FL_TYPE_FINDING);

  add_finding (findings, "bluetooth", "Bluetooth", FL_VERDICT_GOOD, "The adapter hci0 is on.");
  add_finding (findings, "usb-rule", "Right to Use USB Devices",
               good ? FL_VERDICT_GOOD : FL_VERDICT_BROKEN,
               good ? "The rule for the devices is in place."
                    : "The rule that lets you open the devices is missing.");
  add_finding (findings, "modem-manager", "ModemManager",
               good ? FL_VERDICT_GOOD : FL_VERDICT_DOUBTFUL,
               good ? "It keeps off the devices." : "It may hold a device for up to 20 seconds.");
  add_finding (findings, "sandbox", "Sandbox", FL_VERDICT_UNKNOWN, "The program runs in none.");
  fl_doctor_page_set_findings (FL_DOCTOR_PAGE (page), G_LIST_MODEL (findings));
  if (!good)
    g_signal_emit_by_name (ui_find (GTK_WIDGET (page), GTK_TYPE_BUTTON, "Show _How"), "clicked");
  return page;
}

FlPage *
service_doctor_bad (Stage *stage)
{
  return doctor_page (stage, FALSE);
}

FlPage *
service_doctor_good (Stage *stage)
{
  return doctor_page (stage, TRUE);
}

FlPage *
service_report (Stage *stage)
{
  FlPage *page = fl_report_page_new ();
  FlVisit *visit = open_visit (stage, "901");
  g_autoptr (FlReportSource) source = fl_report_source_new_visit (stage->service->engine, visit);

  stop_time (stage);
  fl_report_page_set_source (FL_REPORT_PAGE (page), source);
  return page;
}
