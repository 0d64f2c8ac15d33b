/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-guide"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-guide-private.h"

#include "fl-need.h"

G_DEFINE_FINAL_TYPE (FlGuide, fl_guide, G_TYPE_OBJECT)

enum
{
  SIGNAL_FINISHED,
  SIGNAL_TOAST,
  SIGNAL_CLOSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
fl_guide_toast (FlGuide *self, const char *words)
{
  g_signal_emit (self, signals[SIGNAL_TOAST], 0, words);
}

void
fl_guide_show (FlGuide *self, gpointer page)
{
  fl_wizard_show (self->wizard, FL_PAGE (page));
}

gboolean
fl_guide_is_following (FlStage stage)
{
  return stage >= FL_STAGE_SENDING && stage < FL_STAGE_ONLINE;
}

static void
update_network_page (FlGuide *self)
{
  fl_network_page_set_networks (self->network_page, fl_setup_get_networks (self->setup),
                                fl_setup_get_capabilities (self->setup));
  fl_network_page_set_stage (self->network_page, fl_setup_get_stage (self->setup),
                             fl_setup_get_scanning (self->setup));
}

static void
update_connecting_page (FlGuide *self)
{
  FlCredentials *credentials = fl_setup_get_credentials (self->setup);
  FlStage stage = fl_setup_get_stage (self->setup);
  gboolean failed = stage == FL_STAGE_FAILED;
  FlStage shown = failed ? fl_setup_get_failed_stage (self->setup) : stage;

  if (shown < FL_STAGE_SENDING || shown > FL_STAGE_ONLINE)
    return;

  if (credentials != NULL)
    fl_connecting_page_set_network (self->connecting_page, fl_credentials_get_name (credentials));
  fl_connecting_page_set_state (self->connecting_page, fl_setup_get_state (self->setup));
  fl_connecting_page_set_stage (self->connecting_page, shown, failed);
  fl_connecting_page_set_light (self->connecting_page, fl_setup_get_light (self->setup),
                                fl_setup_get_light_is_reported (self->setup));
  fl_connecting_page_set_slow (self->connecting_page, fl_setup_get_slow (self->setup));
  if (fl_setup_get_driver (self->setup) != NULL)
    fl_connecting_page_set_reports (self->connecting_page,
                                    (fl_setup_get_capabilities (self->setup) & FL_CAN_REPORT) != 0);
}

void
fl_guide_show_result (FlGuide *self, gboolean online)
{
  FlCredentials *credentials = fl_setup_get_credentials (self->setup);

  fl_done_page_set_result (self->done_page, online,
                           credentials != NULL ? fl_credentials_get_name (credentials) : NULL,
                           fl_setup_get_state (self->setup), fl_setup_get_info (self->setup));
  fl_done_page_set_expiry (self->done_page, fl_guide_get_expiry (self));
  fl_done_page_set_reply (self->done_page, fl_setup_get_reply (self->setup));
  fl_guide_show (self, self->done_page);
}

static void
drop_setup (FlGuide *self)
{
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_cancellable_cancel (self->replacing);
  g_clear_object (&self->replacing);
  if (self->setup == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->setup, self);
  fl_setup_close (self->setup);
  g_clear_object (&self->setup);
  if (self->wifi != NULL)
    fl_computer_wifi_stop (self->wifi); /* it searches as long as somebody wants to know */
}

static void
on_cancelled (FlGuide *self)
{
  const GError *error = fl_setup_get_error (self->setup);

  fl_guide_toast (self, error != NULL ? error->message : _ ("Cancelled."));
  drop_setup (self);
  fl_guide_clear_errors (self);
  fl_guide_show (self, self->find_page);
}

/* In choosing, the person chooses; unless they said before what it shall be. */
static void
update_choosing (FlGuide *self)
{
  g_autoptr (FlCredentials) credentials = NULL;

  /* Who went back to the label has not gone on yet. */
  if (fl_wizard_get_page (self->wizard) != FL_PAGE (self->network_page))
    return;

  credentials = g_steal_pointer (&self->remembered);
  if (credentials != NULL)
    fl_guide_join (self, credentials);
}

static gboolean
update (gpointer data)
{
  FlGuide *self = data;
  FlStage stage = fl_setup_get_stage (self->setup);
  const GError *error = fl_setup_get_error (self->setup);

  self->update_id = 0;
  update_network_page (self);
  update_connecting_page (self);
  if (fl_guide_update_cable (self))
    return G_SOURCE_REMOVE;

  if (stage == FL_STAGE_CANCELLED)
    {
      on_cancelled (self);
      return G_SOURCE_REMOVE;
    }
  if (error == NULL)
    fl_guide_clear_errors (self);
  else if (self->error_is_new)
    fl_guide_show_error (self, error);
  self->error_is_new = FALSE;

  if (fl_guide_is_following (stage))
    fl_guide_show (self, self->connecting_page);
  else if (stage == FL_STAGE_ONLINE)
    fl_guide_show_result (self, TRUE);
  else if (stage == FL_STAGE_CHOOSING && error == NULL)
    update_choosing (self);
  return G_SOURCE_REMOVE;
}

void
fl_guide_queue_update (FlGuide *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_DEFAULT, update, self, NULL);
}

/* One journey changes several properties at once; the pages see them together. */
static void
on_setup_notify (FlGuide *self, GParamSpec *pspec)
{
  if (g_str_equal (pspec->name, "error"))
    self->error_is_new = TRUE;
  fl_guide_queue_update (self);
}

static void
on_setup_note (FlGuide *self, const char *id, const char *text)
{
  fl_connecting_page_set_note (self->connecting_page, text);
}

void
fl_guide_make_setup (FlGuide *self, FlDevice *device, FlLabel *label)
{
  drop_setup (self);
  fl_guide_clear_errors (self);
  self->setup = fl_setup_new (self->engine);
  fl_guide_write_journal (self);
  self->error_is_new = self->went_back = FALSE;
  g_signal_connect_swapped (self->setup, "notify", G_CALLBACK (on_setup_notify), self);
  g_signal_connect_swapped (self->setup, "note", G_CALLBACK (on_setup_note), self);
  if (device != NULL)
    fl_setup_set_device (self->setup, device);
  if (label != NULL)
    fl_setup_set_label (self->setup, label);
  fl_connecting_page_set_note (self->connecting_page, NULL);
}

void
fl_guide_begin (FlGuide *self, FlDevice *device, FlLabel *label)
{
  fl_guide_make_setup (self, device, label);
  fl_setup_start (self->setup);
  update_network_page (self);
  fl_guide_show (self, self->network_page);
}

void
fl_guide_join (FlGuide *self, FlCredentials *credentials)
{
  fl_guide_clear_errors (self);
  fl_connecting_page_set_note (self->connecting_page, NULL);
  fl_setup_join (self->setup, credentials);
}

static void
on_device_chosen (FlGuide *self, FlDevice *device)
{
  FlProduct *product = fl_engine_get_product (self->engine);

  fl_guide_add_other_pages (self); /* the code may be asked for before the search begins */
  g_set_object (&self->device, device);
  /* What is wrong with its only road has to be mended before anything else. */
  if (fl_need_of (product, device) == FL_NEED_NOTHING ||
      (device != NULL && fl_device_get_problem (device) != NULL))
    {
      fl_guide_begin (self, device, NULL);
      return;
    }
  fl_label_page_set_product (self->label_page, product, device);
  fl_guide_show (self, self->label_page);
}

void
fl_guide_show_password (FlGuide *self, FlNetwork *network)
{
  self->types_name = network == NULL;
  fl_password_page_set_network (self->password_page, network,
                                fl_setup_get_capabilities (self->setup));
  fl_guide_show (self, self->password_page);
}

static void
on_network_chosen (FlGuide *self, FlNetwork *network)
{
  if (fl_network_get_security (network) == FL_SECURITY_ENTERPRISE)
    fl_guide_show_login (self, network);
  else
    fl_guide_show_password (self, network);
}

static void
on_other_network (FlGuide *self)
{
  fl_guide_show_password (self, NULL);
}

static void
on_search_networks (FlGuide *self)
{
  fl_setup_search_again (self->setup);
}

static void
on_search_devices (FlGuide *self)
{
  FlMetaFinder *finder = fl_engine_get_finder (self->engine);

  fl_meta_finder_stop (finder);
  fl_meta_finder_start (finder);
}

/* A device without a list is told every name; it has no other way for those that hide. */
static FlCredentials *
dup_fitting (FlGuide *self, FlCredentials *credentials)
{
  FlCapabilities can = fl_setup_get_capabilities (self->setup);

  if (!fl_credentials_get_hidden (credentials) || (can & (FL_CAN_HIDDEN | FL_CAN_SCAN)) != 0)
    return fl_credentials_ref (credentials);

  return fl_credentials_new (fl_credentials_get_ssid (credentials),
                             fl_credentials_get_security (credentials),
                             fl_credentials_get_password (credentials), FALSE, NULL);
}

static void
on_credentials (FlGuide *self, FlCredentials *credentials)
{
  g_autoptr (FlCredentials) fitting = dup_fitting (self, credentials);

  fl_guide_join (self, fitting);
}

static void
on_finished (FlGuide *self)
{
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
}

/* The next device, the same network: only the label is asked for. */
static void
on_another (FlGuide *self)
{
  FlCredentials *credentials = fl_setup_get_credentials (self->setup);

  g_clear_pointer (&self->remembered, fl_credentials_unref);
  if (credentials != NULL)
    self->remembered = fl_credentials_ref (credentials);
  drop_setup (self);
  g_clear_object (&self->device);
  fl_label_page_clear (self->label_page);
  fl_find_page_unselect (self->find_page);
  fl_find_page_restart (self->find_page);
  fl_guide_show (self, self->find_page);
}

/* Back among the devices nobody waits for the one that was chosen; what was typed stays. */
void
fl_guide_leave_device (FlGuide *self)
{
  drop_setup (self);
  fl_guide_clear_errors (self);
  fl_guide_show (self, self->find_page);
}

static void
on_network_back (FlGuide *self)
{
  if (fl_need_of (fl_engine_get_product (self->engine), self->device) == FL_NEED_NOTHING)
    fl_guide_leave_device (self);
  else
    {
      self->went_back = TRUE;
      fl_guide_show (self, self->label_page);
    }
}

static void
on_password_back (FlGuide *self)
{
  fl_guide_show (self, self->network_page);
}

/* A second cable asks for a choice. */
static void
on_devices_changed (FlGuide *self)
{
  if (self->waits_for_cable && self->setup != NULL)
    fl_guide_queue_update (self);
}

static void
listen (FlGuide *self, gpointer page, const char *name, GCallback callback)
{
  g_signal_connect_object (page, name, callback, self, G_CONNECT_SWAPPED);
}

static void
add_first_page (FlGuide *self)
{
  self->find_page = FL_FIND_PAGE (fl_find_page_new ());
  fl_wizard_add (self->wizard, FL_PAGE (self->find_page));
  fl_find_page_set_product (self->find_page, fl_engine_get_product (self->engine));
  fl_find_page_set_finder (self->find_page, fl_engine_get_finder (self->engine),
                           fl_engine_get_clock (self->engine));
  listen (self, self->find_page, "chosen", G_CALLBACK (on_device_chosen));
  listen (self, self->find_page, "search-again", G_CALLBACK (on_search_devices));
  listen (self, self->find_page, "use-cable", G_CALLBACK (fl_guide_use_cable));
  listen (self, fl_meta_finder_get_devices (fl_engine_get_finder (self->engine)), "items-changed",
          G_CALLBACK (on_devices_changed));
  fl_guide_connect_errors (self, FL_PAGE (self->find_page));
}

static void
connect_pages (FlGuide *self)
{
  listen (self, self->network_page, "chosen", G_CALLBACK (on_network_chosen));
  listen (self, self->network_page, "other-network", G_CALLBACK (on_other_network));
  listen (self, self->network_page, "search-again", G_CALLBACK (on_search_networks));
  listen (self, self->network_page, "go-back", G_CALLBACK (on_network_back));
  listen (self, self->password_page, "entered", G_CALLBACK (on_credentials));
  listen (self, self->password_page, "go-back", G_CALLBACK (on_password_back));
  listen (self, self->connecting_page, "cancelled", G_CALLBACK (fl_guide_ask_cancel));
  listen (self, self->connecting_page, "go-back", G_CALLBACK (fl_guide_choose_again));
  listen (self, self->done_page, "finished", G_CALLBACK (on_finished));
  listen (self, self->done_page, "another", G_CALLBACK (on_another));
  listen (self, self->cable_page, "use-bluetooth", G_CALLBACK (fl_guide_use_bluetooth));
  listen (self, self->cable_page, "go-back", G_CALLBACK (fl_guide_use_bluetooth));
  fl_guide_connect_errors (self, FL_PAGE (self->cable_page));
  fl_guide_connect_label (self);
  fl_guide_connect_errors (self, FL_PAGE (self->label_page));
  fl_guide_connect_errors (self, FL_PAGE (self->network_page));
  fl_guide_connect_errors (self, FL_PAGE (self->password_page));
  fl_guide_connect_errors (self, FL_PAGE (self->connecting_page));
  fl_guide_connect_login (self);
  fl_guide_connect_replace (self);
}

/* All but the first page, which must not wait for them. */
void
fl_guide_add_other_pages (FlGuide *self)
{
  FlClock *clock = fl_engine_get_clock (self->engine);
  FlProduct *product = fl_engine_get_product (self->engine);

  if (self->label_page != NULL)
    return;

  self->label_page = FL_LABEL_PAGE (fl_label_page_new (clock));
  self->network_page = FL_NETWORK_PAGE (fl_network_page_new (clock));
  if (self->wifi != NULL)
    fl_network_page_set_wifi (self->network_page, self->wifi);
  self->password_page = FL_PASSWORD_PAGE (fl_password_page_new ());
  self->enterprise_page = FL_ENTERPRISE_PAGE (fl_enterprise_page_new (clock));
  if (self->wifi != NULL)
    fl_enterprise_page_set_wifi (self->enterprise_page, self->wifi);
  self->replace_page = FL_REPLACE_PAGE (fl_replace_page_new ());
  self->connecting_page = FL_CONNECTING_PAGE (fl_connecting_page_new (clock));
  self->done_page = FL_DONE_PAGE (fl_done_page_new ());
  self->cable_page = FL_CABLE_PAGE (fl_cable_page_new (clock));

  fl_wizard_add (self->wizard, FL_PAGE (self->label_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->network_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->password_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->enterprise_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->replace_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->connecting_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->done_page));
  fl_wizard_add (self->wizard, FL_PAGE (self->cable_page));

  fl_label_page_set_product (self->label_page, product, NULL);
  fl_label_page_set_cable (self->label_page, fl_guide_find_finder (self, FL_ROAD_USB) != NULL);
  fl_done_page_set_product (self->done_page, product);
  connect_pages (self);
}

static void
fl_guide_dispose (GObject *object)
{
  FlGuide *self = FL_GUIDE (object);

  if (self->engine != NULL)
    {
      fl_clock_clear (fl_engine_get_clock (self->engine), &self->close_id);
      fl_meta_finder_stop (fl_engine_get_finder (self->engine));
    }
  drop_setup (self);
  g_clear_object (&self->device);
  g_clear_object (&self->journal);
  g_clear_object (&self->cameras);
  g_clear_object (&self->wifi);
  g_clear_pointer (&self->remembered, fl_credentials_unref);
  g_clear_object (&self->engine);

  G_OBJECT_CLASS (fl_guide_parent_class)->dispose (object);
}

static void
fl_guide_class_init (FlGuideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_guide_dispose;

  signals[SIGNAL_FINISHED] = g_signal_new ("finished", FL_TYPE_GUIDE, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TOAST] = g_signal_new ("toast", FL_TYPE_GUIDE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", FL_TYPE_GUIDE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
}

static void
fl_guide_init (FlGuide *self)
{
}

FlGuide *
fl_guide_new (FlEngine *engine, FlWizard *wizard)
{
  FlGuide *self = g_object_new (FL_TYPE_GUIDE, NULL);

  self->engine = g_object_ref (engine);
  self->wizard = wizard;
  add_first_page (self);
  fl_guide_show (self, self->find_page);
  return self;
}

void
fl_guide_start (FlGuide *self)
{
  g_return_if_fail (FL_IS_GUIDE (self));

  fl_guide_add_other_pages (self);
  fl_meta_finder_start (fl_engine_get_finder (self->engine));
  fl_find_page_restart (self->find_page);
}

FlSetup *
fl_guide_get_setup (FlGuide *self)
{
  g_return_val_if_fail (FL_IS_GUIDE (self), NULL);

  return self->setup;
}

void
fl_guide_set_wifi (FlGuide *self, FlComputerWifi *wifi)
{
  g_return_if_fail (FL_IS_GUIDE (self));
  g_return_if_fail (self->wifi == NULL);

  self->wifi = g_object_ref (wifi);
  if (self->network_page != NULL)
    {
      fl_network_page_set_wifi (self->network_page, wifi);
      fl_enterprise_page_set_wifi (self->enterprise_page, wifi);
    }
}
