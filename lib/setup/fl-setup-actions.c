/* SPDX-License-Identifier: Apache-2.0 */
/* What the owner of a journey can do with it: the public verbs and getters. */
#define G_LOG_DOMAIN "fl-setup-actions"
#include "config.h"

#include "fl-setup-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

void
fl_setup_set_device (FlSetup *self, FlDevice *device)
{
  g_return_if_fail (FL_IS_SETUP (self));

  fl_setup_set_found_device (self, device);
}

void
fl_setup_set_label (FlSetup *self, FlLabel *label)
{
  g_return_if_fail (FL_IS_SETUP (self));

  if (label != NULL)
    fl_label_ref (label);
  g_clear_pointer (&self->label, fl_label_unref);
  self->label = label;
}

void
fl_setup_set_target (FlSetup *self, const char *text)
{
  g_return_if_fail (FL_IS_SETUP (self));

  g_free (self->target);
  self->target = g_strdup (text);
}

void
fl_setup_set_scan (FlSetup *self, gboolean scan)
{
  g_return_if_fail (FL_IS_SETUP (self));

  self->scan_wanted = scan;
}

void
fl_setup_begin (FlSetup *self)
{
  fl_setup_clear_error (self);
  self->road_fixed = FALSE;
  self->leaving_update = FALSE;
  self->awaits_serial = FALSE;
  self->recovering = FALSE;
  self->recoveries = 0;
  self->reconnects = 0;
  g_hash_table_remove_all (self->failed_roads);
}

void
fl_setup_start (FlSetup *self)
{
  g_return_if_fail (FL_IS_SETUP (self));

  fl_setup_begin (self);
  fl_setup_drop_driver (self);
  self->usb_refused = FALSE;
  self->goal = FL_GOAL_CHOOSE;
  self->stage_seen[FL_STAGE_FINDING] = TRUE;
  fl_setup_find (self);
}

void
fl_setup_search_again (FlSetup *self)
{
  g_return_if_fail (FL_IS_SETUP (self));

  if (self->stage != FL_STAGE_CHOOSING || self->recovering)
    return;
  fl_setup_clear_error (self);
  fl_setup_scan (self);
}

static void
submit (FlSetup *self, FlCredentials *credentials, FlSetupGoal goal)
{
  /* A second press while the first is under way changes nothing. */
  if (self->stage > FL_STAGE_CHOOSING && self->stage < FL_STAGE_FAILED)
    return;
  if (self->stage == FL_STAGE_CANCELLED || self->closing)
    return;

  fl_credentials_ref (credentials);
  g_clear_pointer (&self->credentials, fl_credentials_unref);
  self->credentials = credentials;

  self->proof = 0;
  self->cloud_tried = FALSE;
  self->join_sent = FALSE;
  self->light_is_reported = FALSE;
  self->goal = goal;
  fl_setup_forget_reply (self);
  g_object_notify (G_OBJECT (self), "proof");

  /* While the link is opened again the new wish simply waits for it. */
  if (self->recovering && (self->op != NULL || self->devices_handler != 0))
    {
      self->recoveries = 0;
      fl_setup_clear_error (self);
      return;
    }
  fl_setup_begin (self);
  if (self->driver != NULL && self->link_open)
    {
      fl_setup_send (self);
      return;
    }
  if (fl_setup_enter (self, FL_STAGE_SENDING))
    fl_setup_recover (self, goal);
}

void
fl_setup_join (FlSetup *self, FlCredentials *credentials)
{
  g_return_if_fail (FL_IS_SETUP (self));
  g_return_if_fail (credentials != NULL);

  submit (self, credentials, FL_GOAL_JOIN);
}

void
fl_setup_save (FlSetup *self, FlCredentials *credentials)
{
  g_return_if_fail (FL_IS_SETUP (self));
  g_return_if_fail (credentials != NULL);

  submit (self, credentials, FL_GOAL_SAVE);
}

static FlSetupGoal
get_wish (FlSetup *self)
{
  return self->goal == FL_GOAL_SAVE ? FL_GOAL_SAVE : FL_GOAL_JOIN;
}

void
fl_setup_retry (FlSetup *self)
{
  g_return_if_fail (FL_IS_SETUP (self));

  if (self->stage == FL_STAGE_CHOOSING)
    {
      if (self->credentials != NULL && self->failed_stage > FL_STAGE_CHOOSING)
        submit (self, self->credentials, get_wish (self));
      else
        fl_setup_search_again (self);
      return;
    }
  if (self->stage != FL_STAGE_FAILED)
    return;

  if (self->failed_stage < FL_STAGE_CHOOSING)
    fl_setup_start (self);
  else if (self->failed_stage == FL_STAGE_CHOOSING)
    fl_setup_choose_again (self);
  else if (self->proof & FL_PROOF_STORED)
    fl_setup_keep_waiting (self);
  else
    submit (self, self->credentials, get_wish (self));
}

void
fl_setup_keep_waiting (FlSetup *self)
{
  g_return_if_fail (FL_IS_SETUP (self));

  if (self->stage != FL_STAGE_FAILED || self->credentials == NULL)
    return;

  fl_setup_begin (self);
  self->goal = FL_GOAL_RESUME;
  if (!fl_setup_enter (self, MAX (self->failed_stage, FL_STAGE_JOINING)))
    return;
  if (self->driver != NULL && self->link_open)
    fl_setup_resume (self);
  else
    fl_setup_recover (self, FL_GOAL_RESUME);
}

void
fl_setup_choose_again (FlSetup *self)
{
  g_return_if_fail (FL_IS_SETUP (self));

  if (self->stage == FL_STAGE_CHOOSING)
    {
      self->goal = FL_GOAL_CHOOSE; /* a network that waits for the link is not wanted any more */
      fl_setup_clear_error (self);
      return;
    }
  if (self->stage < FL_STAGE_CHOOSING || self->stage == FL_STAGE_CANCELLED || self->closing)
    return;
  fl_setup_begin (self);
  fl_setup_stop_polling (self);
  fl_setup_stop_request (self);
  fl_setup_stop_op (self);
  self->send_waits = FALSE;
  self->goal = FL_GOAL_CHOOSE;
  self->light_is_reported = FALSE;
  if (!fl_setup_enter (self, FL_STAGE_CHOOSING))
    return;
  if (self->driver == NULL || !self->link_open)
    fl_setup_recover (self, FL_GOAL_CHOOSE);
}

static const char *
describe_what_stays (FlSetup *self)
{
  if (self->proof & FL_PROOF_STORED)
    return _ ("Cancelled. The device has the network and keeps it.");
  if (self->proof & FL_PROOF_IN_VAIN)
    return _ ("Cancelled. The device has stored the network that did not work.");
  if (self->join_sent)
    return _ ("Cancelled. The device may have the network already.");
  return _ ("Cancelled. The device keeps what it has.");
}

void
fl_setup_cancel (FlSetup *self)
{
  GError *error;

  g_return_if_fail (FL_IS_SETUP (self));

  if (self->stage == FL_STAGE_CANCELLED || self->stage == FL_STAGE_ONLINE)
    return;

  error = g_error_new_literal (FL_ERROR, FL_ERROR_CANCELLED, describe_what_stays (self));
  fl_setup_stop_finding (self);
  fl_setup_drop_driver (self);
  self->recovering = FALSE;
  if (self->stage != FL_STAGE_FAILED)
    self->failed_stage = self->stage;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify (G_OBJECT (self), "error");
  fl_setup_enter (self, FL_STAGE_CANCELLED);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlSetup) self = data;
  g_autoptr (GError) error = NULL;

  if (!fl_driver_finish (FL_DRIVER (source), result, &error))
    g_debug ("Leaving at the end: %s", error->message);
  fl_setup_drop_driver (self);
}

void
fl_setup_close (FlSetup *self)
{
  g_return_if_fail (FL_IS_SETUP (self));

  if (self->closing)
    return;

  self->closing = TRUE;
  fl_setup_stop_finding (self);
  fl_setup_stop_polling (self);
  fl_setup_stop_scan (self);
  fl_setup_stop_request (self);
  fl_setup_stop_op (self);
  fl_clock_clear (self->clock, &self->limit_id);

  /* A device that keeps a network goes on by itself once it is let go. One that got nothing stays
   * in set-up mode: it was in it when the person came. */
  if (self->driver != NULL && self->link_open && self->stage != FL_STAGE_ONLINE &&
      (self->proof & FL_PROOF_STORED))
    fl_driver_leave_async (self->driver, NULL, on_closed, g_object_ref (self));
  else
    fl_setup_drop_driver (self);
}

FlStage
fl_setup_get_stage (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), FL_STAGE_FAILED);

  return self->stage;
}

FlStage
fl_setup_get_failed_stage (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), FL_STAGE_FAILED);

  return self->failed_stage;
}

const GError *
fl_setup_get_error (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), NULL);

  return self->error;
}

FlDevice *
fl_setup_get_device (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), NULL);

  return self->device;
}

FlLabel *
fl_setup_get_label (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), NULL);

  return self->label;
}

FlDriver *
fl_setup_get_driver (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), NULL);

  return self->link_open ? self->driver : NULL;
}

FlCapabilities
fl_setup_get_capabilities (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), 0);

  return self->driver != NULL ? fl_driver_get_capabilities (self->driver) : 0;
}

FlDeviceInfo *
fl_setup_get_info (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), NULL);

  return self->info;
}

FlDeviceState *
fl_setup_get_state (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), NULL);

  return self->state;
}

GListModel *
fl_setup_get_networks (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), NULL);

  return G_LIST_MODEL (self->networks);
}

gboolean
fl_setup_get_scanning (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), FALSE);

  return self->scan_op != NULL;
}

FlCredentials *
fl_setup_get_credentials (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), NULL);

  return self->credentials;
}

const FlLight *
fl_setup_get_light (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), NULL);

  return self->light;
}

gboolean
fl_setup_get_light_is_reported (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), FALSE);

  return self->light_is_reported;
}

FlProof
fl_setup_get_proof (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), 0);

  return self->proof;
}

gboolean
fl_setup_get_slow (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), FALSE);

  return self->slow;
}

gint64
fl_setup_get_stage_ms (FlSetup *self, FlStage stage)
{
  gint64 spent_us;

  g_return_val_if_fail (FL_IS_SETUP (self), -1);
  g_return_val_if_fail (stage <= FL_STAGE_CANCELLED, -1);

  if (!self->stage_seen[stage])
    return -1;
  spent_us = self->stage_us[stage];
  if (self->stage == stage)
    spent_us += fl_clock_now_us (self->clock) - self->stage_started_us;
  return spent_us / 1000;
}
