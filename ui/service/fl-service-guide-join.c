/* SPDX-License-Identifier: Apache-2.0 */
/* The safe order: the new network is added and proven; fl-service-guide-old.c lets old ones go only
 * then. */
#define G_LOG_DOMAIN "fl-service-guide-join"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-guide-private.h"

#include "fl-confirm.h"
#include "fl-text.h"

static char *
dup_name (GBytes *ssid)
{
  return fl_ssid_to_name (g_bytes_get_data (ssid, NULL), g_bytes_get_size (ssid));
}

static gboolean
is_following (FlStage stage)
{
  return stage >= FL_STAGE_SENDING && stage <= FL_STAGE_ONLINE;
}

/* A stored network is tried without the journey: what the device reports tells how far it is. */
static FlStage
weigh (FlServiceGuide *self)
{
  const FlDeviceState *state = fl_visit_get_state (self->visit);

  if (state == NULL || !state->wifi_link || state->ssid == NULL ||
      !g_bytes_equal (state->ssid, self->tried))
    return FL_STAGE_JOINING;
  if (!state->has_ipv4 && (state->addresses == NULL || state->addresses[0] == NULL))
    return FL_STAGE_ADDRESSING;
  return state->cloud == FL_CLOUD_CONNECTED ? FL_STAGE_ONLINE : FL_STAGE_REACHING;
}

void
fl_service_guide_update_join (FlServiceGuide *self)
{
  FlSetup *setup = fl_visit_get_setup (self->visit);
  FlStage stage = self->tried != NULL ? weigh (self) : fl_setup_get_stage (setup);

  if (!self->joining || !is_following (stage))
    return;

  self->stage = stage;
  fl_connecting_page_set_stage (self->connecting_page, stage, FALSE);
  if (self->tried != NULL)
    {
      fl_connecting_page_set_state (self->connecting_page, fl_visit_get_state (self->visit));
      fl_connecting_page_set_light (self->connecting_page, fl_visit_get_light (self->visit), TRUE);
      return;
    }
  fl_connecting_page_set_state (self->connecting_page, fl_setup_get_state (setup));
  fl_connecting_page_set_light (self->connecting_page, fl_setup_get_light (setup),
                                fl_setup_get_light_is_reported (setup));
  fl_connecting_page_set_slow (self->connecting_page, fl_setup_get_slow (setup));
}

void
fl_service_guide_back_to_device (FlServiceGuide *self, const char *words)
{
  if (words != NULL)
    fl_service_guide_toast (self, words);
  fl_service_guide_show (self, self->device_page);
}

static void
show_success (FlServiceGuide *self, gboolean tested)
{
  g_autofree char *words = NULL;
  g_autofree char *tried = self->tried != NULL ? dup_name (self->tried) : NULL;
  const char *name = tried != NULL ? tried : fl_credentials_get_name (self->credentials);

  fl_page_set_busy (FL_PAGE (self->password_page), FALSE);
  fl_password_page_clear (self->password_page);
  fl_enterprise_page_clear (self->enterprise_page);
  self->joining = FALSE;
  if (!tested)
    /* Translators: %s is the name of a network */
    words = fl_text_name (_ ("“%s” was stored. It was not tested."), name);
  else if (self->replaced != NULL)
    words = fl_text_name (_ ("The device is online with “%s”. The old network was removed."), name);
  else
    words = fl_text_name (_ ("The device is online with “%s”."), name);

  if (tested && self->replaced == NULL && self->tried == NULL &&
      fl_service_guide_can (self, FL_CAN_REMOVE_KNOWN) &&
      fl_old_networks_page_set_known (self->old_page, fl_visit_get_known (self->visit),
                                      self->credentials) > 0)
    {
      /* It says so, too, and a toast would cover its button. */
      fl_service_guide_show (self, self->old_page);
      return;
    }
  fl_service_guide_back_to_device (self, words);
}

static void
on_tested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlServiceGuide) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = fl_visit_finish (FL_VISIT (source), result, &error);

  if (FL_VISIT (source) != self->visit)
    return;
  if (done)
    show_success (self, TRUE);
  else
    fl_service_guide_show_failure (self, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlServiceGuide) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = fl_visit_finish (FL_VISIT (source), result, &error);

  if (FL_VISIT (source) != self->visit)
    return;
  if (done)
    show_success (self, FALSE);
  else
    fl_service_guide_show_failure (self, error);
}

static void
begin (FlServiceGuide *self, const char *name)
{
  self->joining = TRUE;
  self->stage = self->tried != NULL ? FL_STAGE_JOINING : FL_STAGE_SENDING;
  fl_page_set_error (FL_PAGE (self->password_page), NULL);
  fl_page_set_error (FL_PAGE (self->enterprise_page), NULL);
  fl_page_set_error (FL_PAGE (self->connecting_page), NULL);
  fl_connecting_page_set_network (self->connecting_page, name);
  fl_connecting_page_set_state (self->connecting_page, NULL);
  fl_page_set_subtitle (FL_PAGE (self->connecting_page), NULL);
  fl_connecting_page_set_stage (self->connecting_page, self->stage, FALSE);
  fl_connecting_page_set_light (self->connecting_page,
                                fl_light_from_stage (FL_STAGE_JOINING, FALSE), FALSE);
  fl_service_guide_show (self, self->connecting_page);
}

void
fl_service_guide_join (FlServiceGuide *self)
{
  gboolean test = !fl_save_switch_get_active (self->save_switch);
  GCancellable *cancellable = fl_service_guide_renew_cancellable (self);
  GAsyncReadyCallback callback = test ? on_tested : on_saved;

  self->n_before = g_list_model_get_n_items (fl_visit_get_known (self->visit));
  if (test)
    begin (self, fl_credentials_get_name (self->credentials));
  else
    fl_page_set_busy (FL_PAGE (self->password_page), TRUE);

  if (self->replaced != NULL)
    fl_visit_replace_async (self->visit, self->replaced, self->credentials, test, cancellable,
                            callback, g_object_ref (self));
  else
    fl_visit_add_async (self->visit, self->credentials, test, cancellable, callback,
                        g_object_ref (self));
}

void
fl_service_guide_try (FlServiceGuide *self, FlNetwork *network)
{
  g_clear_pointer (&self->replaced, g_bytes_unref);
  g_clear_pointer (&self->tried, g_bytes_unref);
  self->tried = g_bytes_ref (fl_network_get_ssid (network));
  self->n_before = g_list_model_get_n_items (fl_visit_get_known (self->visit));
  begin (self, fl_network_get_name (network));
  fl_visit_try_async (self->visit, self->tried, fl_service_guide_renew_cancellable (self),
                      on_tested, g_object_ref (self));
}

static void
on_cancel_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlServiceGuide) self = data;

  if (fl_confirm_finish (GTK_WINDOW (source), result, NULL) && self->joining)
    g_cancellable_cancel (self->cancellable);
}

static void
on_cancelled (FlServiceGuide *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->wizard));

  if (GTK_IS_WINDOW (root))
    fl_confirm_async (GTK_WINDOW (root), _ ("Cancel This?"),
                      _ ("The device keeps the networks that it has."), _ ("_Cancel It"),
                      _ ("_Keep Going"), on_cancel_confirmed, g_object_ref (self));
}

static void
on_connecting_back (FlServiceGuide *self)
{
  fl_service_guide_back_to_device (self, NULL);
}

void
fl_service_guide_connect_join (FlServiceGuide *self)
{
  fl_service_guide_listen (self, self->connecting_page, "cancelled", G_CALLBACK (on_cancelled));
  fl_service_guide_listen (self, self->connecting_page, "go-back", G_CALLBACK (on_connecting_back));
}
