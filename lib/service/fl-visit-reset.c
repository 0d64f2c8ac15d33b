/* SPDX-License-Identifier: Apache-2.0 */
/* A reset ends when the device is back: first the link must go, then it is looked for. */
#define G_LOG_DOMAIN "fl-visit-reset"
#include "config.h"

#include "fl-visit-private.h"

#include "fl-error.h"

#define WHOLE_MS 60000
/* Device OS resets a second after its answer (PROTOCOL.md, "Reset"). */
#define LOSS_MS 10000
#define LOOK_MS 250

enum
{
  PHASE_SENDING,
  PHASE_GOING,  /* the link has to go */
  PHASE_COMING, /* and the device to be back */
};

static GError *
explain_limit (FlVisitOrder *order)
{
  FlRoad *road = fl_device_get_best_road (order->visit->device);

  if (order->phase != PHASE_COMING)
    return g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_SILENT, "The device did not restart");
  if (road != NULL && fl_road_get_kind (road) == FL_ROAD_BLUETOOTH)
    return g_error_new_literal (FL_ERROR, FL_ERROR_NOT_LISTENING,
                                "The device restarted and did not come back to set-up mode");
  return g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH,
                              "The device did not come back");
}

/* The journey gives up sooner than a device is back. */
static void
look_again (FlVisitOrder *order)
{
  FlVisit *self = order->visit;

  if (fl_setup_get_stage (self->setup) == FL_STAGE_FAILED &&
      fl_device_get_reachable (self->device) && fl_visit_get_update_road (self) == NULL)
    fl_setup_start (self->setup);
}

static void
look (FlVisitOrder *order)
{
  FlVisit *self = order->visit;

  if (order->phase == PHASE_GOING && !fl_setup_is_live (self->setup))
    order->phase = PHASE_COMING;
  if (order->phase != PHASE_COMING)
    return;

  if (order->kind == FL_RESET_BOOTLOADER ? fl_visit_get_update_road (self) != NULL
                                         : self->is_open && fl_setup_is_ready (self->setup))
    fl_visit_order_end (order, NULL);
}

static void
on_look (gpointer data)
{
  g_autoptr (FlVisitOrder) order = fl_visit_order_ref (data);
  gint64 now_us = fl_clock_now_us (order->visit->clock);

  order->timer_id = 0;
  if (now_us >= order->until_us || (order->phase == PHASE_GOING && now_us >= order->phase_until_us))
    {
      fl_visit_order_end (order, explain_limit (order));
      return;
    }
  fl_visit_order_arm (order, LOOK_MS, on_look);
  order->settle (order);
  if (!order->ended && order->phase == PHASE_COMING)
    look_again (order);
}

static void
wait_for_it (FlVisitOrder *order)
{
  order->phase = PHASE_GOING;
  order->outlasts = TRUE;
  order->phase_until_us = fl_clock_now_us (order->visit->clock) + (gint64) LOSS_MS * 1000;
  fl_visit_order_arm (order, LOOK_MS, on_look);
  look (order);
}

static void
on_reset (GObject *source, GAsyncResult *result, gpointer data)
{
  FlVisitOrder *order = data;
  GError *error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_visit_order_heard (order, &error))
    return;
  if (error != NULL && !g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST))
    {
      fl_visit_order_end (order, error);
      return;
    }
  g_clear_error (&error); /* it may go before it has answered */
  wait_for_it (order);
}

static void
start_reset (FlVisitOrder *order)
{
  order->until_us = fl_clock_now_us (order->visit->clock) + (gint64) WHOLE_MS * 1000;
  fl_driver_reset_async (fl_visit_order_get_driver (order), order->kind, order->op, on_reset,
                         fl_visit_order_ref (order));
}

/* A device in update mode: its journey fails for that reason, and knows the way out. */
static void
look_update (FlVisitOrder *order)
{
  FlSetup *setup = order->visit->setup;
  const GError *error = fl_setup_get_error (setup);
  gboolean is_there = fl_setup_get_stage (setup) == FL_STAGE_FAILED &&
                      g_error_matches (error, FL_ERROR, FL_ERROR_UPDATE_MODE);

  if (fl_setup_is_ready (setup) && order->visit->is_open)
    fl_visit_order_end (order, NULL);
  else if (!is_there)
    return; /* it is on its way */
  else if (order->asked)
    fl_visit_order_end (order, g_error_copy (error));
  else
    {
      order->asked = TRUE;
      fl_setup_leave_update_mode (setup);
    }
}

static void
start_leave_update (FlVisitOrder *order)
{
  FlVisit *self = order->visit;

  order->until_us = fl_clock_now_us (self->clock) + (gint64) WHOLE_MS * 1000;
  order->phase = PHASE_COMING;
  fl_visit_order_arm (order, LOOK_MS, on_look);
  fl_visit_set_presence (self, FL_PRESENCE_STAY);
}

void
fl_visit_reset_async (FlVisit *self, FlResetKind kind, FL_VISIT_ARGS)
{
  FlVisitOrder *order;

  g_return_if_fail (FL_IS_VISIT (self));

  order =
      fl_visit_order_new (self, fl_visit_reset_async, "reset", cancellable, callback, user_data);
  order->kind = kind;
  order->works_closed = kind == FL_RESET_NORMAL && fl_visit_get_update_road (self) != NULL;
  order->start = order->works_closed ? start_leave_update : start_reset;
  order->settle = order->works_closed ? look_update : look;
  order->reread = FL_VISIT_ALL;
  fl_visit_order_queue (order);
}
