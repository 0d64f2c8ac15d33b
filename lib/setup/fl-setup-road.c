/* SPDX-License-Identifier: Apache-2.0 */
/* Which of its roads the journey takes to a device, and what changes that. */
#define G_LOG_DOMAIN "fl-setup-road"
#include "config.h"

#include "fl-setup-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* Opening a road and asking a bootloader to go are done in well under a second. */
#define LEAVING_MS 10000

/* A link ends before the computer hears that the cable is out; nor is one that ended for another
 * reason better at once. */
#define LOST_US G_USEC_PER_SEC

/* How much later than its USB a device's console may be listed. */
#define SERIAL_FIRST_US (3 * G_USEC_PER_SEC)

/* And how much later its USB, the more so while others are being set up: a console that is spoken
 * to without it says less. */
#define USB_LATER_US (5 * G_USEC_PER_SEC)

/* Which road goes first; all are as good for a set-up. */
static const int ranks[] = {
  [FL_ROAD_USB] = 0,
  [FL_ROAD_BLUETOOTH] = 1,
  [FL_ROAD_SERIAL] = 2,
  [FL_ROAD_ACCESS_POINT] = 3,
};

FlSecret *
fl_setup_get_secret (FlSetup *self)
{
  FlProduct *product = fl_engine_get_product (self->engine);

  if (fl_product_get_secret_source (product) == FL_SECRET_CONSTANT)
    return fl_product_get_secret (product);
  return self->label != NULL ? fl_label_get_secret (self->label) : NULL;
}

/* Borrowed: the list keeps it. */
static FlRoad *
peek_road (FlDevice *device, guint index)
{
  g_autoptr (FlRoad) road = g_list_model_get_item (fl_device_get_roads (device), index);

  return road;
}

static guint
count_roads (FlDevice *device)
{
  return g_list_model_get_n_items (fl_device_get_roads (device));
}

static gboolean
has_road_without_secret (FlDevice *device)
{
  for (guint i = 0; i < count_roads (device); i++)
    if (fl_road_get_kind (peek_road (device, i)) != FL_ROAD_BLUETOOTH &&
        fl_road_get_problem (peek_road (device, i)) == NULL)
      return TRUE;
  return FALSE;
}

/* Without its secret a device is asked for over Bluetooth only where there is no other way, and the
 * person is asked for the label then. */
static gboolean
may_ask_for_secret (FlSetup *self, FlDevice *device)
{
  if (fl_setup_get_secret (self) != NULL || self->road_fixed)
    return TRUE;
  return !self->recovering && !has_road_without_secret (device);
}

void
fl_setup_lose_road (FlSetup *self)
{
  g_set_object (&self->lost_road, self->road);
  self->lost_us = fl_clock_now_us (self->clock);
}

static gboolean
is_cable (FlRoad *road)
{
  return fl_road_get_kind (road) == FL_ROAD_USB || fl_road_get_kind (road) == FL_ROAD_SERIAL;
}

static gboolean
is_lost (FlSetup *self, FlRoad *road)
{
  return road == self->lost_road && is_cable (road) &&
         fl_road_get_last_seen_us (road) <= self->lost_us &&
         fl_clock_now_us (self->clock) < self->lost_us + LOST_US;
}

/* A device that is spoken to by its console has nothing to say over USB but what is asked there
 * anyway, and its roads come back one after the other. */
static gboolean
stays_serial (FlSetup *self)
{
  return self->recovering && self->road != NULL && fl_road_get_kind (self->road) == FL_ROAD_SERIAL;
}

static gboolean
is_early (FlSetup *self, FlRoad *road)
{
  return stays_serial (self) && fl_road_get_kind (road) == FL_ROAD_USB &&
         fl_clock_now_us (self->clock) < self->find_started_us + SERIAL_FIRST_US;
}

/* Of a device that was just plugged in only the console is listed yet. */
static gboolean
is_half_listed (FlSetup *self, FlDevice *device, FlRoad *road)
{
  FlRoad *usb = fl_device_get_road (device, FL_ROAD_USB);

  return fl_road_get_kind (road) == FL_ROAD_SERIAL && fl_road_get_location (road) != NULL &&
         (usb == NULL || !fl_road_get_reachable (usb)) &&
         fl_clock_now_us (self->clock) < fl_road_get_last_seen_us (road) + USB_LATER_US;
}

/* To look at the device, or after it, that road is as good as ever. */
static gboolean
is_useless (FlSetup *self, FlRoad *road)
{
  return self->usb_refused && fl_road_get_kind (road) == FL_ROAD_USB &&
         self->goal != FL_GOAL_RESUME && (self->scan_wanted || self->goal != FL_GOAL_CHOOSE);
}

static gboolean
is_open (FlSetup *self, FlDevice *device, FlRoad *road)
{
  FlRoadKind kind = fl_road_get_kind (road);

  if (!fl_road_get_reachable (road) || fl_road_get_problem (road) != NULL ||
      g_hash_table_contains (self->failed_roads, road))
    return FALSE;
  if (is_lost (self, road) || is_early (self, road) || is_useless (self, road) ||
      is_half_listed (self, device, road) || (self->road_fixed && kind != self->road_kind))
    return FALSE;
  return kind != FL_ROAD_BLUETOOTH || may_ask_for_secret (self, device);
}

static int
get_rank (FlSetup *self, FlRoad *road)
{
  FlRoadKind kind = fl_road_get_kind (road);

  return kind == FL_ROAD_SERIAL && stays_serial (self) ? -1 : ranks[kind];
}

static gboolean
is_better (FlSetup *self, FlRoad *road, FlRoad *than)
{
  int rank = get_rank (self, road), other_rank = get_rank (self, than);
  int dbm = fl_road_get_signal_dbm (road), other_dbm = fl_road_get_signal_dbm (than);

  if (rank != other_rank)
    return rank < other_rank;
  return dbm != 0 && (other_dbm == 0 || dbm > other_dbm);
}

FlRoad *
fl_setup_pick_road (FlSetup *self, FlDevice *device)
{
  FlRoad *best = NULL;

  for (guint i = 0; i < count_roads (device); i++)
    {
      FlRoad *road = peek_road (device, i);

      if (is_open (self, device, road) && (best == NULL || is_better (self, road, best)))
        best = road;
    }
  return best;
}

gboolean
fl_setup_try_other_road (FlSetup *self, const GError *error)
{
  FlRoad *road;

  if (self->road == NULL || self->device == NULL)
    return FALSE;

  g_debug ("No further on this road: %s", error->message);
  g_hash_table_add (self->failed_roads, g_object_ref (self->road));
  fl_setup_follow_device (self);
  road = fl_setup_pick_road (self, self->device);
  /* The wrong code is wrong on every road that asks for it. */
  if (road == NULL || (g_error_matches (error, FL_ERROR, FL_ERROR_WRONG_SECRET) &&
                       fl_road_get_kind (road) == FL_ROAD_BLUETOOTH))
    return FALSE;

  g_set_object (&self->road, road);
  if (fl_setup_note (self, "fall-back", _ ("Trying the other way to the device.")))
    fl_setup_open (self);
  return TRUE;
}

/* Rows that turn out to be one device become one, and a cable may go over to another row. */
void
fl_setup_follow_device (FlSetup *self)
{
  FlMetaFinder *finder = fl_engine_get_finder (self->engine);
  FlDevice *now = NULL;

  if (self->device == NULL)
    return;
  if (self->road != NULL && fl_device_owns_road (self->device, self->road))
    now = fl_meta_finder_get_device (finder, self->road);
  for (guint i = 0; i < count_roads (self->device) && now == NULL; i++)
    now = fl_meta_finder_get_device (finder, peek_road (self->device, i));
  if (now != NULL)
    fl_setup_set_found_device (self, now);
}

/* A device in its bootloader is on no other road, whatever was heard of it a moment ago. */
const GError *
fl_setup_get_block (FlSetup *self, FlDevice *device)
{
  FlRoad *road = fl_device_get_road (device, FL_ROAD_USB);
  const GError *problem =
      road != NULL && fl_road_get_reachable (road) ? fl_road_get_problem (road) : NULL;

  return g_error_matches (problem, FL_ERROR, FL_ERROR_UPDATE_MODE) ? problem : NULL;
}

/* A cable was plugged in while Bluetooth is still trying. */
void
fl_setup_on_roads_changed (FlSetup *self)
{
  FlRoad *road;

  if ((self->stage != FL_STAGE_CONNECTING && self->stage != FL_STAGE_SECURING) ||
      self->driver == NULL || self->link_open || self->road == NULL || self->leaving_update ||
      fl_road_get_kind (self->road) != FL_ROAD_BLUETOOTH)
    return;
  road = fl_setup_pick_road (self, self->device);
  if (road == NULL || fl_road_get_kind (road) != FL_ROAD_USB)
    return;

  g_set_object (&self->road, road);
  fl_setup_drop_driver (self);
  if (fl_setup_note (self, "fall-back", _ ("The cable is faster. Going on over it.")))
    fl_setup_open (self);
}

static FlSetupGoal
find_goal (FlSetup *self)
{
  if (self->stage != FL_STAGE_FAILED || self->failed_stage <= FL_STAGE_CHOOSING ||
      self->credentials == NULL)
    return FL_GOAL_CHOOSE;
  if ((self->proof & FL_PROOF_STORED) || self->join_sent)
    return self->goal == FL_GOAL_SAVE ? FL_GOAL_SAVE : FL_GOAL_RESUME;
  return self->goal == FL_GOAL_SAVE ? FL_GOAL_SAVE : FL_GOAL_JOIN;
}

/* What a person sees stays while the device is looked for, unless nothing was seen yet. */
static gboolean
enter_for (FlSetup *self, FlSetupGoal goal, FlStage from)
{
  FlStage stage = goal == FL_GOAL_CHOOSE   ? FL_STAGE_CHOOSING
                  : goal == FL_GOAL_RESUME ? MAX (from, FL_STAGE_JOINING)
                                           : FL_STAGE_SENDING;

  self->goal = goal;
  if (goal == FL_GOAL_CHOOSE && from < FL_STAGE_CHOOSING)
    return TRUE;
  self->recovering = fl_setup_enter (self, stage);
  return self->recovering;
}

void
fl_setup_use_road (FlSetup *self, FlRoadKind kind)
{
  FlSetupGoal goal;
  FlStage from;

  g_return_if_fail (FL_IS_SETUP (self));

  if (self->closing || (self->stage >= FL_STAGE_SENDING && self->stage != FL_STAGE_FAILED))
    return;
  if (self->link_open && self->road != NULL && fl_road_get_kind (self->road) == kind &&
      self->stage != FL_STAGE_FAILED)
    return;

  goal = find_goal (self);
  from = self->stage == FL_STAGE_FAILED ? self->failed_stage : self->stage;
  fl_setup_drop_driver (self);
  fl_setup_begin (self);
  self->road_fixed = TRUE;
  self->road_kind = kind;
  if (!enter_for (self, goal, from))
    return;
  if ((kind == FL_ROAD_USB || kind == FL_ROAD_SERIAL) &&
      (self->device == NULL || fl_setup_pick_road (self, self->device) == NULL) &&
      !fl_setup_note (self, "waiting-for-cable", _ ("Waiting for a USB cable.")))
    return;
  fl_setup_find (self);
}

static void
leaving_failed (FlSetup *self, GError *error) /* (transfer full) */
{
  fl_setup_drop_driver (self);
  self->leaving_update = FALSE;
  fl_setup_take_failure (self, error);
}

static void
on_limit (gpointer data)
{
  FlSetup *self = data;

  self->limit_id = 0;
  leaving_failed (self, g_error_new (FL_ERROR, FL_ERROR_UPDATE_MODE,
                                     "The bootloader did not answer in the time allowed"));
}

/* The bootloader has no way to say that it went. */
static void
on_reset (GObject *source, GAsyncResult *result, gpointer data)
{
  FlSetup *self = g_object_ref (((FlSetupOp *) data)->setup);
  g_autoptr (FlSetup) owned = self;
  g_autoptr (GError) error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_setup_end_op (data, &error))
    return;
  if (error != NULL && !g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST))
    {
      leaving_failed (self, g_steal_pointer (&error));
      return;
    }
  fl_setup_drop_driver (self);
  fl_setup_find (self);
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
      leaving_failed (self, g_steal_pointer (&error));
      return;
    }
  op = fl_setup_begin_op (self);
  fl_driver_reset_async (self->driver, FL_RESET_NORMAL, op->cancellable, on_reset, op);
}

void
fl_setup_leave_update_mode (FlSetup *self)
{
  FlRoad *road = NULL;
  FlSetupGoal goal;
  FlSetupOp *op;
  GError *error = NULL;

  g_return_if_fail (FL_IS_SETUP (self));

  if (self->closing || self->stage != FL_STAGE_FAILED || self->device == NULL ||
      !g_error_matches (self->error, FL_ERROR, FL_ERROR_UPDATE_MODE))
    return;

  goal = find_goal (self);
  fl_setup_follow_device (self);
  road = fl_device_get_road (self->device, FL_ROAD_USB);
  fl_setup_drop_driver (self);
  fl_setup_begin (self);
  self->goal = goal;
  self->leaving_update = TRUE;
  /* Somebody pressed the button on the device meanwhile: it is back by itself. */
  if (road == NULL || fl_setup_get_block (self, self->device) == NULL)
    {
      fl_setup_find (self);
      return;
    }

  g_set_object (&self->road, road);
  if (!fl_setup_enter (self, FL_STAGE_CONNECTING) ||
      !fl_setup_note (self, "leaving-update-mode", _ ("Asking the device to leave update mode.")))
    return;
  self->driver = fl_engine_create_driver (self->engine, road, &error);
  if (self->driver == NULL)
    {
      leaving_failed (self, error);
      return;
    }
  fl_setup_arm_limit (self, LEAVING_MS, on_limit);
  op = fl_setup_begin_op (self);
  fl_driver_connect_async (self->driver, op->cancellable, on_connected, op);
}

FlRoad *
fl_setup_get_road (FlSetup *self)
{
  g_return_val_if_fail (FL_IS_SETUP (self), NULL);

  return self->road;
}
