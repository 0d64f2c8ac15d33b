/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-setup-open"
#include "config.h"

#include "fl-setup-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* The driver ends its own operations; these are for a driver that does not (PROTOCOL.md, "Requests
 * in flight"). */
#define CONNECTING_MS 75000
#define SECURING_MS   20000
#define READING_MS    20000
/* A console that was left in the middle of a question, and whose device cannot be asked to end it,
 * is led out of it answer by answer. */
#define TALKING_MS 120000

/* A link lost while it is being opened is common and usually cured by another try. */
#define MAX_RECONNECTS 3

/* Losses of an open session that are mended without asking; more has another reason than bad luck.
 */
#define MAX_RECOVERIES 4

static void
on_limit (gpointer data)
{
  FlSetup *self = data;

  self->limit_id = 0;
  fl_setup_drop_driver (self);
  fl_setup_take_failure (self, g_error_new (FL_ERROR, FL_ERROR_DEVICE_SILENT,
                                            "No end of %s in the time allowed",
                                            fl_stage_to_string (self->stage)));
}

static gboolean
is_link_loss (const GError *error)
{
  return g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST) ||
         g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
}

/* Something went wrong between connecting and reading. */
static void
open_failed (FlSetup *self, GError *error) /* (transfer full) */
{
  fl_setup_drop_driver (self);

  if (is_link_loss (error))
    fl_setup_lose_road (self);
  if (is_link_loss (error) && self->reconnects < MAX_RECONNECTS)
    {
      self->reconnects++;
      g_error_free (error);
      if (fl_setup_note (self, "retry", _ ("The connection was lost. Connecting again.")))
        fl_setup_find (self);
      return;
    }

  if (fl_setup_try_other_road (self, error) || fl_setup_await_serial (self, error))
    {
      g_error_free (error);
      return;
    }
  /* Its Bluetooth takes a network, and may only not have been heard yet. */
  if ((g_error_matches (error, FL_ERROR, FL_ERROR_PROTECTED) ||
       g_error_matches (error, FL_ERROR, FL_ERROR_USB_CLAIMED)) &&
      !self->road_fixed && fl_setup_get_secret (self) != NULL &&
      fl_road_get_kind (self->road) == FL_ROAD_USB)
    {
      g_error_free (error);
      fl_setup_find (self);
      return;
    }
  fl_setup_take_failure (self, error);
}

static void
on_driver_closed (FlDriver *driver, const GError *reason, FlSetup *self)
{
  g_autoptr (GError) error = reason != NULL ? g_error_copy (reason) : NULL;

  if (driver != self->driver || self->closing)
    return;

  /* A running operation ends with the same news, and knows better what it means. */
  if (self->op != NULL)
    {
      fl_setup_set_link_open (self, FALSE);
      return;
    }

  if (self->stage == FL_STAGE_FAILED || self->stage == FL_STAGE_ONLINE)
    {
      fl_setup_drop_driver (self);
      return;
    }

  g_debug ("Link lost in %s: %s", fl_stage_to_string (self->stage),
           error != NULL ? error->message : "closed");
  fl_setup_recover (self, self->stage == FL_STAGE_CHOOSING  ? FL_GOAL_CHOOSE
                          : (self->proof & FL_PROOF_STORED) ? FL_GOAL_RESUME
                                                            : self->goal);
}

static gboolean
has_networks (FlSetup *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->networks)) > 0;
}

static void
reached_goal (FlSetup *self)
{
  fl_clock_clear (self->clock, &self->limit_id);
  self->recovering = FALSE;

  switch (self->goal)
    {
    case FL_GOAL_CHOOSE:
      if (fl_setup_enter (self, FL_STAGE_CHOOSING) && self->scan_error != NULL)
        fl_setup_take_choice_error (self, g_steal_pointer (&self->scan_error));
      break;
    case FL_GOAL_JOIN:
    case FL_GOAL_SAVE:
      fl_setup_send (self);
      break;
    case FL_GOAL_RESUME:
      fl_setup_resume (self);
      break;
    }
}

/* It may make two rows one. */
static void
learn_identity (FlSetup *self, const FlDeviceInfo *info)
{
  if (info->device_id != NULL && self->device != NULL)
    fl_device_set_device_id (self->device, info->device_id);
  if (info->serial != NULL && self->device != NULL)
    fl_device_set_serial (self->device, info->serial);
  fl_setup_follow_device (self);
}

/* (transfer full) (nullable) Over a cable it is known only now whether it is the device of the
 * label, which Bluetooth proves by the secret; and a protected device takes a network over
 * Bluetooth alone (PROTOCOL.md, "Protected devices"). */
static GError *
check_info (FlSetup *self)
{
  gboolean wants_network =
      (self->scan_wanted || self->goal != FL_GOAL_CHOOSE) && self->goal != FL_GOAL_RESUME;
  FlRoadKind kind = fl_road_get_kind (self->road);

  if (kind != FL_ROAD_USB && kind != FL_ROAD_SERIAL)
    return NULL;
  if (self->device != NULL && !fl_setup_label_fits (self, self->device))
    return g_error_new (FL_ERROR, FL_ERROR_LABEL_OTHER_DEVICE,
                        "The label belongs to another device than the one at the cable");
  if (wants_network && self->info->is_protected)
    return g_error_new (FL_ERROR, FL_ERROR_PROTECTED, "A protected device refuses cables");
  if (!wants_network || (fl_driver_get_capabilities (self->driver) & FL_CAN_JOIN) != 0)
    return NULL;
  self->usb_refused = kind == FL_ROAD_USB;
  return g_error_new (FL_ERROR, FL_ERROR_OTHER_ROAD,
                      "This firmware takes networks by its serial port or its own access point");
}

/* (transfer full) (nullable) A visit may come to make it listen; a set-up may not, nor does it
 * write to a program's port to find that out. */
static FlDeviceInfo *
excuse_running (FlSetup *self, GError **error)
{
  FlDeviceInfo *info = NULL;

  if (!g_error_matches (*error, FL_ERROR, FL_ERROR_NOT_LISTENING) || self->scan_wanted ||
      self->goal != FL_GOAL_CHOOSE || fl_road_get_kind (self->road) != FL_ROAD_SERIAL)
    return NULL;
  g_clear_error (error);
  info = fl_device_info_new ();
  info->device_id = g_strdup (fl_road_get_device_id (self->road));
  return info;
}

static void
on_info (GObject *source, GAsyncResult *result, gpointer data)
{
  FlSetup *self = g_object_ref (((FlSetupOp *) data)->setup);
  g_autoptr (FlSetup) owned = self;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = fl_driver_read_info_finish (FL_DRIVER (source), result, &error);

  if (!fl_setup_end_op (data, &error))
    return;
  if (info == NULL)
    info = excuse_running (self, &error);
  if (error != NULL)
    {
      open_failed (self, g_steal_pointer (&error));
      return;
    }

  learn_identity (self, info);
  fl_setup_take_info (self, g_steal_pointer (&info));
  error = check_info (self);
  if (error != NULL)
    {
      open_failed (self, g_steal_pointer (&error));
      return;
    }
  self->reconnects = 0;
  self->awaits_serial = FALSE;
  self->road_fixed = FALSE;
  self->leaving_update = FALSE;
  g_hash_table_remove_all (self->failed_roads);
  reached_goal (self);
}

/* The device answers in order, so its networks are asked for in the same breath as its identity:
 * the scan is the longest wait of a set-up, and runs while the person reads. */
static void
read_all (FlSetup *self)
{
  FlSetupOp *op = fl_setup_begin_op (self);

  fl_driver_read_info_async (self->driver, op->cancellable, on_info, op);
  if (self->goal == FL_GOAL_CHOOSE && self->scan_wanted &&
      !(self->recovering && has_networks (self)))
    fl_setup_scan (self);
  if (self->goal == FL_GOAL_CHOOSE)
    fl_setup_read_known (self);
}

static void
on_secured (GObject *source, GAsyncResult *result, gpointer data)
{
  FlSetup *self = g_object_ref (((FlSetupOp *) data)->setup);
  g_autoptr (FlSetup) owned = self;
  g_autoptr (GError) error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_setup_end_op (data, &error))
    return;
  if (error != NULL)
    {
      open_failed (self, g_steal_pointer (&error));
      return;
    }

  if (fl_road_get_kind (self->road) == FL_ROAD_BLUETOOTH)
    self->secret_proven = TRUE;
  fl_setup_set_link_open (self, TRUE);
  if (!fl_setup_enter (self, FL_STAGE_READING))
    return;
  fl_setup_arm_limit (self,
                      fl_road_get_kind (self->road) == FL_ROAD_SERIAL ? TALKING_MS : READING_MS,
                      on_limit);
  read_all (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  FlSetup *self = g_object_ref (((FlSetupOp *) data)->setup);
  g_autoptr (FlSetup) owned = self;
  g_autoptr (GError) error = NULL;
  FlSetupOp *op;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_setup_end_op (data, &error))
    return;
  if (error != NULL)
    {
      open_failed (self, g_steal_pointer (&error));
      return;
    }

  if (!fl_setup_enter (self, FL_STAGE_SECURING))
    return;
  fl_setup_arm_limit (self, SECURING_MS, on_limit);
  op = fl_setup_begin_op (self);
  fl_driver_secure_async (self->driver, fl_setup_get_secret (self), op->cancellable, on_secured,
                          op);
}

/* Opens self->road: connect, secure, read, then the goal. */
void
fl_setup_open (FlSetup *self)
{
  g_autoptr (GError) error = NULL;
  FlSetupOp *op;

  fl_setup_drop_driver (self);
  g_clear_error (&self->scan_error);
  if (!fl_setup_enter (self, FL_STAGE_CONNECTING))
    return;

  if (fl_setup_get_secret (self) == NULL && fl_road_get_kind (self->road) == FL_ROAD_BLUETOOTH)
    {
      fl_setup_take_failure (self,
                             g_error_new (FL_ERROR, FL_ERROR_WRONG_SECRET,
                                          "The mobile secret is missing, which Bluetooth needs"));
      return;
    }

  self->driver = fl_engine_create_driver (self->engine, self->road, &error);
  if (self->driver == NULL)
    {
      open_failed (self, g_steal_pointer (&error));
      return;
    }

  g_signal_connect (self->driver, "closed", G_CALLBACK (on_driver_closed), self);
  fl_setup_arm_limit (self, CONNECTING_MS, on_limit);
  op = fl_setup_begin_op (self);
  fl_driver_connect_async (self->driver, op->cancellable, on_connected, op);
}

void
fl_setup_drop_driver (FlSetup *self)
{
  g_autoptr (FlDriver) driver = g_steal_pointer (&self->driver);

  fl_setup_stop_scan (self);
  fl_setup_forget_known (self);
  fl_setup_stop_request (self);
  fl_setup_stop_op (self);
  fl_setup_stop_polling (self);
  fl_clock_clear (self->clock, &self->limit_id);
  fl_setup_set_link_open (self, FALSE);
  if (driver == NULL)
    return;
  g_signal_handlers_disconnect_by_data (driver, self);
  fl_driver_close (driver);
}

/* The link is gone and wanted again: the stage a person sees stays, the device is looked for once
 * more. */
void
fl_setup_recover (FlSetup *self, FlSetupGoal goal)
{
  if (self->driver != NULL)
    fl_setup_lose_road (self);
  fl_setup_drop_driver (self);
  self->goal = goal;
  if (++self->recoveries > MAX_RECOVERIES)
    {
      self->recovering = TRUE;
      fl_setup_take_failure (self, g_error_new (FL_ERROR, FL_ERROR_LINK_LOST,
                                                "The link was lost again and again"));
      return;
    }
  if (!self->recovering)
    {
      self->recovering = TRUE;
      fl_setup_note (self, "searching-again",
                     _ ("The connection was lost. Looking for the device again."));
    }
  if (self->recovering) /* else whoever heard that cancelled */
    fl_setup_find (self);
}
