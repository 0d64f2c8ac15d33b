/* SPDX-License-Identifier: Apache-2.0 */
/* "Try Now": a stored network is joined and followed until the device is on line, or not. */
#define G_LOG_DOMAIN "fl-visit-try"
#include "config.h"

#include "fl-visit-private.h"

#include "fl-error.h"

/* As for a set-up: limits that people bear. */
#define JOINING_MS    30000
#define ADDRESSING_MS 20000
#define REACHING_MS   60000
#define WHOLE_MS      (JOINING_MS + ADDRESSING_MS + REACHING_MS)

#define POLL_MS 500

/* Below this an access point is heard but hardly understood. */
#define WEAK_DBM -80

static guint
get_limit_ms (FlStage stage)
{
  switch ((int) stage)
    {
    case FL_STAGE_JOINING:
      return JOINING_MS;
    case FL_STAGE_ADDRESSING:
      return ADDRESSING_MS;
    default:
      return REACHING_MS;
    }
}

static void
enter (FlVisitOrder *order, FlStage stage)
{
  if (order->phase == (int) stage)
    return;

  order->phase = (int) stage;
  order->phase_until_us =
      fl_clock_now_us (order->visit->clock) + (gint64) get_limit_ms (stage) * 1000;
  g_debug ("Trying: %s", fl_stage_to_string (stage));
}

/* (nullable), borrowed: the list keeps it. */
static FlNetwork *
find_heard (FlVisitOrder *order)
{
  GListModel *networks = fl_setup_get_networks (order->visit->setup);

  for (guint i = 0; i < g_list_model_get_n_items (networks); i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (networks, i);

      if (g_bytes_equal (fl_network_get_ssid (network), order->ssid))
        return network;
    }
  return NULL;
}

/* A device says only that it could not join; what it has heard before tells why that may be. */
static GError *
weigh_signal (FlVisitOrder *order, GError *error) /* (transfer full) both */
{
  FlNetwork *heard = find_heard (order);

  if (!g_error_matches (error, FL_ERROR, FL_ERROR_JOIN_UNCLEAR) &&
      !g_error_matches (error, FL_ERROR, FL_ERROR_JOIN_TIMEOUT))
    return error;

  if (heard != NULL && fl_network_get_rssi (heard) < WEAK_DBM)
    error->code = FL_ERROR_JOIN_WEAK;
  else if (heard == NULL &&
           g_list_model_get_n_items (fl_setup_get_networks (order->visit->setup)) > 0)
    error->code = FL_ERROR_NETWORK_TOO_FAR;
  return error;
}

static GError *
explain_limit (FlVisitOrder *order)
{
  switch (order->phase)
    {
    case FL_STAGE_JOINING:
      return g_error_new_literal (FL_ERROR, FL_ERROR_JOIN_TIMEOUT, "Not associated in time");
    case FL_STAGE_ADDRESSING:
      return g_error_new_literal (FL_ERROR, FL_ERROR_NO_ADDRESS, "Associated, no address in time");
    default:
      if (order->was_tried)
        return g_error_new_literal (FL_ERROR, FL_ERROR_CLOUD_UNREACHABLE,
                                    "The device tried its service in vain");
      return g_error_new_literal (FL_ERROR, FL_ERROR_NOT_REPORTED,
                                  "The device has not tried its service");
    }
}

static gboolean
has_address (const FlDeviceState *state)
{
  return state->has_ipv4 || (state->addresses != NULL && state->addresses[0] != NULL);
}

/* TRUE: on line. */
static gboolean
weigh (FlVisitOrder *order, const FlDeviceState *state)
{
  if (state->cloud == FL_CLOUD_CONNECTING)
    order->was_tried = TRUE;

  if (!state->wifi_link || state->ssid == NULL || !g_bytes_equal (state->ssid, order->ssid))
    enter (order, FL_STAGE_JOINING);
  else if (!has_address (state))
    enter (order, FL_STAGE_ADDRESSING);
  else if (state->cloud != FL_CLOUD_CONNECTED)
    enter (order, FL_STAGE_REACHING);
  else
    return TRUE;
  return FALSE;
}

static void on_time (gpointer data);

static void
on_state (GObject *source, GAsyncResult *result, gpointer data)
{
  FlVisitOrder *order = data;
  GError *error = NULL;
  g_autoptr (FlDeviceState) state =
      fl_driver_read_state_finish (FL_DRIVER (source), result, &error);

  if (!fl_visit_order_heard (order, &error))
    return;

  if (state != NULL)
    {
      gboolean is_online = weigh (order, state);

      fl_visit_take_state (order->visit, g_steal_pointer (&state));
      if (is_online)
        {
          fl_visit_order_end (order, NULL);
          return;
        }
    }
  else if (g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST) ||
           g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_BUSY) ||
           g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_SILENT))
    g_clear_error (&error); /* the link comes back, or its end ends the order */
  else
    {
      fl_visit_order_end (order, error);
      return;
    }
  fl_visit_order_arm (order, POLL_MS, on_time);
}

static void
on_time (gpointer data)
{
  FlVisitOrder *order = data;
  FlVisit *self = order->visit;
  gint64 now_us = fl_clock_now_us (self->clock);

  order->timer_id = 0;
  if (now_us >= order->phase_until_us || now_us >= order->until_us)
    fl_visit_order_end (order, weigh_signal (order, explain_limit (order)));
  else if (!fl_setup_is_ready (self->setup))
    fl_visit_order_arm (order, POLL_MS, on_time);
  else
    fl_driver_read_state_async (fl_visit_order_get_driver (order), order->op, on_state,
                                fl_visit_order_ref (order));
}

static void
on_joining (GObject *source, GAsyncResult *result, gpointer data)
{
  FlVisitOrder *order = data;
  GError *error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_visit_order_heard (order, &error))
    return;
  if (error != NULL)
    {
      fl_visit_order_end (order, weigh_signal (order, error));
      return;
    }
  order->until_us = fl_clock_now_us (order->visit->clock) + (gint64) WHOLE_MS * 1000;
  enter (order, FL_STAGE_JOINING);
  fl_visit_order_arm (order, POLL_MS, on_time);
}

static void
start_try (FlVisitOrder *order)
{
  fl_driver_join_known_async (fl_visit_order_get_driver (order), order->ssid, order->op, on_joining,
                              fl_visit_order_ref (order));
}

void
fl_visit_try_async (FlVisit *self, GBytes *ssid, FL_VISIT_ARGS)
{
  FlVisitOrder *order;

  g_return_if_fail (FL_IS_VISIT (self));
  g_return_if_fail (ssid != NULL);

  order = fl_visit_order_new (self, fl_visit_try_async, "try", cancellable, callback, user_data);
  order->ssid = g_bytes_ref (ssid);
  order->start = start_try;
  order->reread = FL_VISIT_SET (FL_VISIT_NETWORKS) | FL_VISIT_SET (FL_VISIT_STATE);
  order->repeatable = TRUE;
  fl_visit_order_queue (order);
}
