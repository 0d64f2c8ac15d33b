/* SPDX-License-Identifier: Apache-2.0 */
/* The orders that are one request each. */
#define G_LOG_DOMAIN "fl-visit-orders"
#include "config.h"

#include "fl-visit-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* An answer that says only whether it worked. */
static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  FlVisitOrder *order = data;
  GError *error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (fl_visit_order_heard (order, &error))
    fl_visit_order_end (order, error);
}

static void
on_identified (GObject *source, GAsyncResult *result, gpointer data)
{
  FlVisitOrder *order = data;
  GError *error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_visit_order_heard (order, &error))
    return;
  if (error == NULL)
    {
      order->visit->identifying = order->on;
      fl_visit_status_changed (order->visit); /* the light */
    }
  fl_visit_order_end (order, error);
}

static void
start_identify (FlVisitOrder *order)
{
  fl_driver_identify_async (fl_visit_order_get_driver (order), order->on, order->op, on_identified,
                            fl_visit_order_ref (order));
}

void
fl_visit_identify_async (FlVisit *self, gboolean on, FL_VISIT_ARGS)
{
  FlVisitOrder *order;

  g_return_if_fail (FL_IS_VISIT (self));

  order = fl_visit_order_new (self, fl_visit_identify_async, "identify", cancellable, callback,
                              user_data);
  order->on = on;
  order->start = start_identify;
  order->repeatable = TRUE;
  fl_visit_order_queue (order);
}

static void
on_listening (GObject *source, GAsyncResult *result, gpointer data)
{
  FlVisitOrder *order = data;
  g_autoptr (FlVisit) self = g_object_ref (order->visit);
  GError *error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_visit_order_heard (order, &error))
    return;

  /* Some devices shut their Bluetooth down with set-up mode: that is the answer (PROTOCOL.md,
   * "Leaving"). */
  if (!order->on && g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST))
    {
      g_clear_error (&error);
      fl_visit_order_end (order, NULL);
      fl_visit_close (self);
      return;
    }
  fl_visit_order_end (order, error);
}

static void
start_listen (FlVisitOrder *order)
{
  fl_driver_listen_async (fl_visit_order_get_driver (order), order->on, order->op, on_listening,
                          fl_visit_order_ref (order));
}

void
fl_visit_listen_async (FlVisit *self, gboolean on, FL_VISIT_ARGS)
{
  FlVisitOrder *order;

  g_return_if_fail (FL_IS_VISIT (self));

  order =
      fl_visit_order_new (self, fl_visit_listen_async, "listen", cancellable, callback, user_data);
  order->on = on;
  order->start = start_listen;
  order->reread = FL_VISIT_SET (FL_VISIT_STATE);
  order->repeatable = on;
  fl_visit_order_queue (order);
}

static void
start_set_setup_done (FlVisitOrder *order)
{
  fl_driver_set_setup_done_async (fl_visit_order_get_driver (order), order->on, order->op, on_done,
                                  fl_visit_order_ref (order));
}

void
fl_visit_set_setup_done_async (FlVisit *self, gboolean done, FL_VISIT_ARGS)
{
  FlVisitOrder *order;

  g_return_if_fail (FL_IS_VISIT (self));

  order = fl_visit_order_new (self, fl_visit_set_setup_done_async, "setup-done", cancellable,
                              callback, user_data);
  order->on = done;
  order->start = start_set_setup_done;
  order->reread = FL_VISIT_SET (FL_VISIT_OVERVIEW);
  order->repeatable = TRUE;
  fl_visit_order_queue (order);
}

static void
note_cleared (FlVisitOrder *order)
{
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "cleared: %u network",
                                                        "cleared: %u networks", order->count),
                                           order->count);

  fl_visit_note (order->visit, "cleared", text);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  FlVisitOrder *order = data;
  GError *error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_visit_order_heard (order, &error))
    return;
  if (error == NULL && order->ssid == NULL)
    note_cleared (order);
  fl_visit_order_end (order, error);
}

static void
start_remove (FlVisitOrder *order)
{
  if (order->n_repeats == 0)
    order->count = g_list_model_get_n_items (G_LIST_MODEL (order->visit->known));
  /* The first try may have worked, and only its answer was lost. */
  else if (order->ssid != NULL && fl_visit_find_known (order->visit, order->ssid) == NULL)
    {
      fl_visit_order_end (order, NULL);
      return;
    }
  fl_driver_remove_known_async (fl_visit_order_get_driver (order), order->ssid, order->op,
                                on_removed, fl_visit_order_ref (order));
}

void
fl_visit_remove_async (FlVisit *self, GBytes *ssid, FL_VISIT_ARGS)
{
  FlVisitOrder *order;

  g_return_if_fail (FL_IS_VISIT (self));

  order =
      fl_visit_order_new (self, fl_visit_remove_async, "remove", cancellable, callback, user_data);
  order->ssid = ssid != NULL ? g_bytes_ref (ssid) : NULL;
  order->start = start_remove;
  order->needs = FL_VISIT_SET (FL_VISIT_NETWORKS);
  order->reread = FL_VISIT_SET (FL_VISIT_NETWORKS) | FL_VISIT_SET (FL_VISIT_STATE);
  order->repeatable = TRUE;
  fl_visit_order_queue (order);
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer data)
{
  FlVisitOrder *order = data;
  GError *error = NULL;
  int code = 0;
  g_autoptr (GBytes) reply = fl_driver_request_finish (FL_DRIVER (source), result, &code, &error);

  if (!fl_visit_order_heard (order, &error))
    return;
  order->reply = g_steal_pointer (&reply);
  order->code = code;
  fl_visit_order_end (order, error);
}

static void
start_request (FlVisitOrder *order)
{
  fl_driver_request_async (fl_visit_order_get_driver (order), order->type, order->payload,
                           order->op, on_reply, fl_visit_order_ref (order));
}

void
fl_visit_request_async (FlVisit *self, guint16 type, FlSecret *payload, FL_VISIT_ARGS)
{
  FlVisitOrder *order;

  g_return_if_fail (FL_IS_VISIT (self));

  order = fl_visit_order_new (self, fl_visit_request_async, "request", cancellable, callback,
                              user_data);
  order->type = type;
  order->payload = payload != NULL ? fl_secret_ref (payload) : NULL;
  order->start = start_request;
  fl_visit_order_queue (order); /* never twice: nobody knows what it does */
}

GBytes *
fl_visit_request_finish (FlVisit *self, GAsyncResult *result, int *code, GError **error)
{
  GBytes *reply;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  reply = g_task_propagate_pointer (G_TASK (result), error);
  if (code != NULL)
    *code = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  return reply;
}
