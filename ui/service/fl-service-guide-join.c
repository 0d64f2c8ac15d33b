/* SPDX-License-Identifier: Apache-2.0 */
/* The safe order: the new network is added and proven, and only then old ones may go. */
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

static void
back_to_device (FlServiceGuide *self, const char *words)
{
  if (words != NULL)
    fl_service_guide_toast (self, words);
  fl_service_guide_show (self, self->device_page);
}

static guint64
find_actions (FlServiceGuide *self, const GError *error)
{
  guint64 actions = fl_action_bit (FL_ACTION_TRY_AGAIN) | fl_action_bit (FL_ACTION_RECONNECT) |
                    fl_action_bit (FL_ACTION_SEARCH_AGAIN) | fl_action_bit (FL_ACTION_WAIT) |
                    fl_action_bit (FL_ACTION_CANCEL) | fl_action_bit (FL_ACTION_SAVE_REPORT);

  if (self->tried == NULL)
    actions |= fl_action_bit (FL_ACTION_CHOOSE_ANOTHER) | fl_action_bit (FL_ACTION_CHECK_PASSWORD);
  if (fl_service_guide_can (self, FL_CAN_LIST_KNOWN | FL_CAN_REMOVE_KNOWN))
    actions |= fl_action_bit (FL_ACTION_REPLACE_NETWORK);
  return actions;
}

/* Where the person acts next: on what was typed when that may be wrong, else where it went. */
static FlPage *
find_page (FlServiceGuide *self, const GError *error)
{
  gboolean typed = g_error_matches (error, FL_ERROR, FL_ERROR_WRONG_PASSWORD) ||
                   g_error_matches (error, FL_ERROR, FL_ERROR_JOIN_UNCLEAR);

  if (self->tried == NULL && (typed || !self->joining))
    return FL_PAGE (self->password_page);
  return FL_PAGE (self->connecting_page);
}

/* What the device has now, as it was read after the failure; (nullable): nothing to say. */
static const char *
get_what_stays (FlServiceGuide *self)
{
  guint n = g_list_model_get_n_items (fl_visit_get_known (self->visit));

  if (self->n_before == 0)
    return NULL;
  if (fl_visit_get_status (self->visit, FL_VISIT_NETWORKS) != FL_BLOCK_READY)
    return self->replaced != NULL ? NULL : _ ("Nothing was removed from the device.");
  if (n < self->n_before)
    return _ ("The device has one network less than before: it was full.");
  return _ ("The device still has the networks that it had.");
}

static void
mark_failure (FlServiceGuide *self, FlPage *page, const GError *error)
{
  const char *note = get_what_stays (self);

  fl_connecting_page_set_stage (self->connecting_page, self->stage, TRUE);
  fl_page_set_subtitle (page, note);
  fl_page_set_actions (page, find_actions (self, error));
  fl_page_set_error (page, error);
}

void
fl_service_guide_show_failure (FlServiceGuide *self, const GError *error)
{
  FlPage *page = find_page (self, error);

  self->joining = FALSE;
  fl_page_set_busy (FL_PAGE (self->password_page), FALSE);
  if (g_error_matches (error, FL_ERROR, FL_ERROR_CANCELLED))
    {
      back_to_device (self, error->message);
      return;
    }

  mark_failure (self, page, error);
  fl_service_guide_show (self, page);
  if (page == FL_PAGE (self->password_page))
    fl_password_page_focus_password (self->password_page);
  else
    fl_page_focus_error (page);
}

static void
show_success (FlServiceGuide *self, gboolean tested)
{
  g_autofree char *words = NULL;
  g_autofree char *tried = self->tried != NULL ? dup_name (self->tried) : NULL;
  const char *name = tried != NULL ? tried : fl_credentials_get_name (self->credentials);

  fl_page_set_busy (FL_PAGE (self->password_page), FALSE);
  fl_password_page_clear (self->password_page);
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
      fl_service_guide_toast (self, words);
      fl_service_guide_show (self, self->old_page);
      return;
    }
  back_to_device (self, words);
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

static void remove_next (FlServiceGuide *self);

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlServiceGuide) self = data;

  fl_page_set_busy (FL_PAGE (self->old_page), FALSE);
  if (FL_VISIT (source) != self->visit)
    return;
  /* Why it failed is the visit's error, which its page shows. */
  if (fl_visit_finish (FL_VISIT (source), result, NULL))
    remove_next (self);
  else
    back_to_device (self, NULL);
}

static void
remove_next (FlServiceGuide *self)
{
  g_autoptr (GBytes) ssid = NULL;

  if (self->leaving == NULL || self->leaving->len == 0)
    {
      back_to_device (self, _ ("The old networks were removed."));
      return;
    }

  ssid = g_ptr_array_steal_index (self->leaving, self->leaving->len - 1);
  fl_page_set_busy (FL_PAGE (self->old_page), TRUE);
  fl_visit_remove_async (self->visit, ssid, fl_service_guide_renew_cancellable (self), on_removed,
                         g_object_ref (self));
}

static void
on_old_chosen (FlServiceGuide *self, GPtrArray *chosen)
{
  g_clear_pointer (&self->leaving, g_ptr_array_unref);
  self->leaving = g_ptr_array_ref (chosen);
  remove_next (self);
}

static void
on_old_kept (FlServiceGuide *self)
{
  back_to_device (self, NULL);
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
again (FlServiceGuide *self)
{
  if (self->tried != NULL)
    fl_service_guide_do (self, FL_WISH_TRY, self->wish_network);
  else
    fl_service_guide_join (self);
}

static void
on_error_action (FlServiceGuide *self, int action)
{
  switch (action)
    {
    case FL_ACTION_TRY_AGAIN:
    case FL_ACTION_RECONNECT:
    case FL_ACTION_SEARCH_AGAIN:
    case FL_ACTION_WAIT:
      again (self);
      break;
    case FL_ACTION_CHOOSE_ANOTHER:
      fl_service_guide_show (self, self->network_page);
      break;
    case FL_ACTION_CHECK_PASSWORD:
      fl_service_guide_show (self, self->password_page);
      fl_password_page_focus_password (self->password_page);
      break;
    case FL_ACTION_REPLACE_NETWORK:
      fl_service_guide_ask_replace (self);
      break;
    case FL_ACTION_CANCEL:
      back_to_device (self, NULL);
      break;
    case FL_ACTION_SAVE_REPORT:
      fl_service_guide_show_report (self);
      break;
    default: /* the rest never gets a button: find_actions() */
      break;
    }
}

static void
on_connecting_back (FlServiceGuide *self)
{
  back_to_device (self, NULL);
}

void
fl_service_guide_connect_join (FlServiceGuide *self)
{
  fl_service_guide_listen (self, self->connecting_page, "cancelled", G_CALLBACK (on_cancelled));
  fl_service_guide_listen (self, self->connecting_page, "go-back", G_CALLBACK (on_connecting_back));
  fl_service_guide_listen (self, self->connecting_page, "error-action",
                           G_CALLBACK (on_error_action));
  fl_service_guide_listen (self, self->password_page, "error-action", G_CALLBACK (on_error_action));
  fl_service_guide_listen (self, self->old_page, "chosen", G_CALLBACK (on_old_chosen));
  fl_service_guide_listen (self, self->old_page, "cancelled", G_CALLBACK (on_old_kept));
}
