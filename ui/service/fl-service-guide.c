/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-service-guide"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-guide-private.h"

#include "fl-need.h"
#include "fl-open.h"

G_DEFINE_FINAL_TYPE (FlServiceGuide, fl_service_guide, G_TYPE_OBJECT)

enum
{
  SIGNAL_TOAST,
  SIGNAL_LEFT,
  SIGNAL_CLOSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
fl_service_guide_show (FlServiceGuide *self, gpointer page)
{
  fl_wizard_show (self->wizard, FL_PAGE (page));
}

void
fl_service_guide_toast (FlServiceGuide *self, const char *words)
{
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, words);
}

void
fl_service_guide_listen (FlServiceGuide *self, gpointer page, const char *name, GCallback callback)
{
  g_signal_connect_object (page, name, callback, self, G_CONNECT_SWAPPED);
}

GCancellable *
fl_service_guide_renew_cancellable (FlServiceGuide *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

gboolean
fl_service_guide_can (FlServiceGuide *self, FlCapabilities needed)
{
  return self->visit != NULL && (fl_visit_get_capabilities (self->visit) & needed) == needed;
}

static gboolean
update (gpointer data)
{
  FlServiceGuide *self = data;

  self->update_id = 0;
  if (self->visit == NULL)
    return G_SOURCE_REMOVE;

  fl_service_guide_update_network (self);
  fl_service_guide_update_join (self);
  return G_SOURCE_REMOVE;
}

/* One journey changes several properties at once; the pages see them together. */
static void
queue_update (FlServiceGuide *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_DEFAULT, update, self, NULL);
}

static void
show_visit (FlServiceGuide *self)
{
  guint64 actions = fl_action_bit (FL_ACTION_TRY_AGAIN) | fl_action_bit (FL_ACTION_SEARCH_AGAIN) |
                    fl_action_bit (FL_ACTION_RECONNECT) | fl_action_bit (FL_ACTION_WAIT) |
                    fl_action_bit (FL_ACTION_LEAVE_UPDATE_MODE) |
                    fl_action_bit (FL_ACTION_CHECK_COMPUTER) | fl_action_bit (FL_ACTION_ADD_RULE) |
                    fl_action_bit (FL_ACTION_SAVE_REPORT);

  if (fl_visit_get_need (self->visit) != FL_NEED_NOTHING)
    actions |= fl_action_bit (FL_ACTION_ENTER_CODE);
  if (fl_visit_get_need (self->visit) != FL_NEED_NOTHING &&
      fl_label_page_has_camera (self->label_page))
    actions |= fl_action_bit (FL_ACTION_SCAN_LABEL);
  if (fl_product_get_contact_uri (fl_engine_get_product (self->engine)) != NULL)
    actions |= fl_action_bit (FL_ACTION_CONTACT);
  fl_page_set_actions (FL_PAGE (self->device_page), actions);
  fl_service_device_page_set_visit (self->device_page, self->visit);
  fl_visit_open (self->visit);
  fl_service_guide_show (self, self->device_page);
}

static void
ask_label (FlServiceGuide *self)
{
  fl_label_page_set_product (self->label_page, fl_engine_get_product (self->engine),
                             fl_visit_get_device (self->visit));
  fl_service_guide_show (self, self->label_page);
}

/* Without a cable the label is the proof; with one that cannot be used it would prove nothing. */
static gboolean
needs_label (FlVisit *visit)
{
  FlDevice *device = fl_visit_get_device (visit);

  return fl_visit_get_need (visit) != FL_NEED_NOTHING && !fl_visit_get_open (visit) &&
         fl_setup_get_label (fl_visit_get_setup (visit)) == NULL &&
         fl_device_get_road (device, FL_ROAD_BLUETOOTH) != NULL &&
         fl_service_get_mode_of (visit) != FL_MODE_UPDATE;
}

static void
on_chosen (FlServiceGuide *self, FlVisit *visit)
{
  if (self->visit != visit)
    fl_label_page_clear (self->label_page);
  g_set_object (&self->visit, visit);
  g_signal_group_set_target (self->visit_signals, visit);
  g_signal_group_set_target (self->setup_signals, fl_visit_get_setup (visit));
  fl_service_guide_use_labels (self, visit);
  if (needs_label (visit))
    ask_label (self);
  else
    show_visit (self);
}

static void
set_label (FlServiceGuide *self, FlLabel *label)
{
  if (fl_setup_get_label (fl_visit_get_setup (self->visit)) != label)
    fl_visit_set_label (self->visit, label);
}

/* The link is opened while the page still shows the label. */
static void
on_label_read (FlServiceGuide *self, FlLabel *label)
{
  set_label (self, label);
  fl_visit_open (self->visit);
}

static void
on_label (FlServiceGuide *self, FlLabel *label)
{
  set_label (self, label);
  show_visit (self);
}

/* The label of a device that is in the table, too. */
static void
on_other_device (FlServiceGuide *self, FlLabel *label)
{
  GListModel *visits = G_LIST_MODEL (self->visits);

  for (guint i = 0; visits != NULL && i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (FlVisit) visit = g_list_model_get_item (visits, i);
      const char *ending = fl_device_get_ending (fl_visit_get_device (visit));

      if (g_strcmp0 (ending, fl_label_get_setup_code (label)) == 0)
        {
          fl_visit_set_label (visit, label);
          on_chosen (self, visit);
          return;
        }
    }
  fl_service_guide_toast (self, _ ("That device is not nearby."));
}

static void
on_search (FlServiceGuide *self)
{
  FlMetaFinder *finder = fl_engine_get_finder (self->engine);

  fl_meta_finder_stop (finder);
  fl_meta_finder_start (finder);
}

static void
on_leave (FlServiceGuide *self)
{
  g_signal_emit (self, signals[SIGNAL_LEFT], 0);
}

static void
show_devices (FlServiceGuide *self)
{
  fl_service_guide_show (self, self->devices_page);
}

/* What was open stays open: several devices may be in service at a time. */
static void
on_doctor_back (FlServiceGuide *self)
{
  if (self->report_from != NULL)
    fl_service_guide_show (self, self->report_from);
  else
    show_devices (self);
}

void
fl_service_guide_show_doctor (FlServiceGuide *self)
{
  self->report_from = fl_wizard_get_page (self->wizard);
  fl_service_guide_show (self, self->doctor_page);
}

static void
on_report_back (FlServiceGuide *self)
{
  fl_report_page_set_source (self->report_page, NULL);
  fl_service_guide_show (self, self->report_from);
}

void
fl_service_guide_show_report (FlServiceGuide *self)
{
  g_autoptr (FlReportSource) source = fl_report_source_new_visit (self->engine, self->visit);

  fl_report_source_set_check (source, fl_service_device_page_get_findings (self->device_page));
  fl_report_source_set_notes (source, fl_visit_get_notes (self->visit));
  fl_report_source_look_at_computer (source);
  fl_report_page_set_source (self->report_page, source);
  self->report_from = fl_wizard_get_page (self->wizard);
  fl_service_guide_show (self, self->report_page);
}

static void
try_again (FlServiceGuide *self)
{
  if (!fl_visit_get_open (self->visit))
    fl_visit_open (self->visit);
  else
    fl_service_guide_do (self, self->wish, self->wish_network);
}

static void
on_error_action (FlServiceGuide *self, int action)
{
  switch (action)
    {
    case FL_ACTION_TRY_AGAIN:
    case FL_ACTION_SEARCH_AGAIN:
    case FL_ACTION_RECONNECT:
    case FL_ACTION_WAIT:
      try_again (self);
      break;
    case FL_ACTION_LEAVE_UPDATE_MODE:
      fl_service_guide_do (self, FL_WISH_LEAVE_UPDATE_MODE, NULL);
      break;
    case FL_ACTION_CHECK_COMPUTER:
    case FL_ACTION_ADD_RULE:
      fl_service_guide_show_doctor (self);
      break;
    case FL_ACTION_ENTER_CODE:
      ask_label (self);
      fl_label_page_enter_code (self->label_page);
      break;
    case FL_ACTION_SCAN_LABEL:
      ask_label (self);
      fl_label_page_scan_again (self->label_page);
      break;
    case FL_ACTION_CONTACT:
      fl_open_uri (fl_product_get_contact_uri (fl_engine_get_product (self->engine)));
      break;
    case FL_ACTION_SAVE_REPORT:
      fl_service_guide_show_report (self);
      break;
    default: /* the rest never gets a button: show_visit() */
      break;
    }
}

static void
on_wish (FlServiceGuide *self, int wish, FlNetwork *network)
{
  fl_service_guide_do (self, (FlWish) wish, network);
}

static void
create_pages (FlServiceGuide *self)
{
  FlClock *clock = fl_engine_get_clock (self->engine);

  self->devices_page = FL_SERVICE_DEVICES_PAGE (fl_service_devices_page_new (clock));
  fl_service_guide_create_labels (self);
  self->doctor_page = FL_DOCTOR_PAGE (fl_doctor_page_new (fl_engine_get_finder (self->engine)));
  self->label_page = FL_LABEL_PAGE (fl_label_page_new (clock));
  self->device_page = FL_SERVICE_DEVICE_PAGE (fl_service_device_page_new ());
  self->network_page = FL_NETWORK_PAGE (fl_network_page_new (clock));
  self->password_page = FL_PASSWORD_PAGE (fl_password_page_new ());
  self->enterprise_page = FL_ENTERPRISE_PAGE (fl_enterprise_page_new (clock));
  self->replace_page = FL_REPLACE_PAGE (fl_replace_page_new ());
  self->connecting_page = FL_CONNECTING_PAGE (fl_connecting_page_new (clock));
  self->old_page = FL_OLD_NETWORKS_PAGE (fl_old_networks_page_new ());
  self->report_page = FL_REPORT_PAGE (fl_report_page_new ());
}

static void
add_pages (FlServiceGuide *self)
{
  fl_wizard_add (self->wizard, FL_PAGE (self->devices_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->doctor_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->labels_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->label_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->device_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->network_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->password_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->enterprise_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->replace_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->connecting_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->old_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->report_page));
}

static void
connect_pages (FlServiceGuide *self)
{
  fl_service_guide_listen (self, self->devices_page, "chosen", G_CALLBACK (on_chosen));
  fl_service_guide_listen (self, self->devices_page, "search-again", G_CALLBACK (on_search));
  fl_service_guide_listen (self, self->devices_page, "check-computer",
                           G_CALLBACK (fl_service_guide_show_doctor));
  fl_service_guide_listen (self, self->devices_page, "go-back", G_CALLBACK (on_leave));
  fl_service_guide_listen (self, self->doctor_page, "go-back", G_CALLBACK (on_doctor_back));
  fl_service_guide_listen (self, self->doctor_page, "toast", G_CALLBACK (fl_service_guide_toast));
  fl_service_guide_listen (self, self->label_page, "read", G_CALLBACK (on_label_read));
  fl_service_guide_listen (self, self->label_page, "entered", G_CALLBACK (on_label));
  fl_service_guide_listen (self, self->label_page, "other-device", G_CALLBACK (on_other_device));
  fl_service_guide_listen (self, self->label_page, "go-back", G_CALLBACK (show_devices));
  fl_service_guide_listen (self, self->device_page, "wish", G_CALLBACK (on_wish));
  fl_service_guide_listen (self, self->device_page, "go-back", G_CALLBACK (show_devices));
  fl_service_guide_listen (self, self->device_page, "error-action", G_CALLBACK (on_error_action));
  fl_service_guide_listen (self, self->report_page, "go-back", G_CALLBACK (on_report_back));
  fl_service_guide_listen (self, self->report_page, "toast", G_CALLBACK (fl_service_guide_toast));
  fl_service_guide_connect_labels (self);
  fl_service_guide_connect_network (self);
  fl_service_guide_connect_join (self);
  fl_service_guide_connect_failure (self);
  fl_service_guide_connect_old (self);
  fl_service_guide_connect_full (self);
}

static void
fl_service_guide_dispose (GObject *object)
{
  FlServiceGuide *self = FL_SERVICE_GUIDE (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->setup_signals != NULL)
    {
      g_signal_group_set_target (self->setup_signals, NULL);
      g_signal_group_set_target (self->visit_signals, NULL);
    }
  g_clear_object (&self->setup_signals);
  g_clear_object (&self->visit_signals);
  if (self->engine != NULL)
    {
      fl_clock_clear (fl_engine_get_clock (self->engine), &self->close_id);
      fl_service_guide_close_visits (self);
    }
  if (self->labels != NULL)
    fl_label_stream_clear (self->labels);
  g_clear_object (&self->labels);
  g_clear_object (&self->visit);
  g_clear_object (&self->visits);
  g_clear_object (&self->wish_network);
  g_clear_pointer (&self->replaced, g_bytes_unref);
  g_clear_pointer (&self->tried, g_bytes_unref);
  g_clear_pointer (&self->credentials, fl_credentials_unref);
  g_clear_pointer (&self->leaving, g_ptr_array_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (fl_service_guide_parent_class)->dispose (object);
}

static void
fl_service_guide_class_init (FlServiceGuideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_service_guide_dispose;

  signals[SIGNAL_TOAST] = g_signal_new ("toast", FL_TYPE_SERVICE_GUIDE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_LEFT] = g_signal_new ("left", FL_TYPE_SERVICE_GUIDE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", FL_TYPE_SERVICE_GUIDE, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fl_service_guide_init (FlServiceGuide *self)
{
  self->setup_signals = g_signal_group_new (FL_TYPE_SETUP);
  g_signal_group_connect_swapped (self->setup_signals, "notify", G_CALLBACK (queue_update), self);
  self->visit_signals = g_signal_group_new (FL_TYPE_VISIT);
  g_signal_group_connect_swapped (self->visit_signals, "notify", G_CALLBACK (queue_update), self);
}

FlServiceGuide *
fl_service_guide_new (FlEngine *engine, FlWizard *wizard)
{
  FlServiceGuide *self = g_object_new (FL_TYPE_SERVICE_GUIDE, NULL);

  self->engine = g_object_ref (engine);
  self->wizard = wizard;
  create_pages (self);
  add_pages (self);
  connect_pages (self);
  /* A product may have this part only. */
  fl_page_set_can_go_back (FL_PAGE (self->devices_page),
                           fl_product_get_door (fl_engine_get_product (engine)) == NULL);
  show_devices (self);
  return self;
}

void
fl_service_guide_set_cameras (FlServiceGuide *self, FlCameraList *cameras)
{
  g_return_if_fail (FL_IS_SERVICE_GUIDE (self));
  g_return_if_fail (FL_IS_CAMERA_LIST (cameras));

  fl_label_page_set_cameras (self->label_page, cameras);
  fl_labels_page_set_cameras (self->labels_page, cameras);
}

void
fl_service_guide_start (FlServiceGuide *self)
{
  g_return_if_fail (FL_IS_SERVICE_GUIDE (self));

  if (self->visits != NULL)
    return;

  fl_meta_finder_start (fl_engine_get_finder (self->engine));
  self->visits = fl_visit_list_new (self->engine);
  fl_service_devices_page_set_visits (self->devices_page, G_LIST_MODEL (self->visits));
  fl_labels_page_set_visits (self->labels_page, G_LIST_MODEL (self->visits));
  fl_service_devices_page_restart (self->devices_page);
  fl_page_enter (FL_PAGE (self->devices_page));
}

gboolean
fl_service_guide_is_busy (FlServiceGuide *self)
{
  g_return_val_if_fail (FL_IS_SERVICE_GUIDE (self), FALSE);

  return self->visit != NULL && fl_visit_get_busy (self->visit);
}

void
fl_service_guide_set_wifi (FlServiceGuide *self, FlComputerWifi *wifi)
{
  g_return_if_fail (FL_IS_SERVICE_GUIDE (self));

  fl_network_page_set_wifi (self->network_page, wifi);
  fl_enterprise_page_set_wifi (self->enterprise_page, wifi);
}
