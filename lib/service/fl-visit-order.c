/* SPDX-License-Identifier: Apache-2.0 */
/* The queue of a visit's orders: one at a time, and each has one end. */
#define G_LOG_DOMAIN "fl-visit-order"
#include "config.h"

#include "fl-visit-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

#define MAX_REPEATS 1

/* What a journal says of them. */
static const struct
{
  const char *name;
  const char *words;
} names[] = {
  { "add", N_ ("The device is given a network.") },
  { "identify", N_ ("The device is asked to show itself by its light.") },
  { "listen", N_ ("Set-up mode is turned on or off.") },
  { "remove", N_ ("Stored networks are removed.") },
  { "replace", N_ ("A stored network is replaced.") },
  { "request", N_ ("The application is sent a request.") },
  { "reset", N_ ("The device is asked to restart.") },
  { "setup-done", N_ ("What the device remembers of its set-up is changed.") },
  { "try", N_ ("A stored network is tried.") },
};

static void
order_clear (gpointer data)
{
  FlVisitOrder *order = data;

  g_clear_object (&order->op);
  g_clear_object (&order->task);
  g_clear_error (&order->error);
  g_clear_pointer (&order->ssid, g_bytes_unref);
  g_clear_pointer (&order->credentials, fl_credentials_unref);
  g_clear_pointer (&order->payload, fl_secret_unref);
  g_clear_pointer (&order->reply, g_bytes_unref);
}

FlVisitOrder *
fl_visit_order_ref (FlVisitOrder *order)
{
  return g_rc_box_acquire (order);
}

void
fl_visit_order_unref (FlVisitOrder *order)
{
  g_rc_box_release_full (order, order_clear);
}

FlVisitOrder *
fl_visit_order_new (FlVisit *self, gpointer tag, const char *name, FL_VISIT_ARGS)
{
  FlVisitOrder *order = g_rc_box_new0 (FlVisitOrder);

  order->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (order->task, tag);
  g_task_set_name (order->task, name);
  g_task_set_check_cancellable (order->task, FALSE); /* says what was done by then */
  order->visit = self;
  order->name = name;
  order->op = g_cancellable_new ();
  return order;
}

static void
write_down (FlVisitOrder *order)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, order->name))
      fl_journal_add (order->visit->journal, "note", order->name, _ (names[i].words));
}

/* Errors of a journey are written down by it. */
static void
write_down_error (FlVisitOrder *order)
{
  const char *id = fl_error_get_id (order->error);
  FlErrorText text;

  if (order->credentials != NULL && fl_journal_get_last_error_id (order->visit->journal) != NULL &&
      g_str_equal (id, fl_journal_get_last_error_id (order->visit->journal)))
    return;
  fl_error_describe (order->error, &text);
  fl_journal_add (order->visit->journal, "error", id, text.title);
}

static void
notify_busy (FlVisit *self)
{
  g_object_notify (G_OBJECT (self), "busy");
}

/* Tells whoever gave it. */
static void
complete (FlVisitOrder *finished) /* (transfer full) */
{
  g_autoptr (FlVisitOrder) order = finished;
  g_autoptr (FlVisit) self = g_object_ref (order->visit);

  if (self->current == order)
    self->current = NULL;
  if (order->error != NULL && !g_error_matches (order->error, FL_ERROR, FL_ERROR_CANCELLED))
    {
      g_debug ("%s failed: %s", order->name, order->error->message);
      write_down_error (order);
      fl_visit_take_error (self, g_error_copy (order->error));
    }
  notify_busy (self);
  if (order->error != NULL)
    g_task_return_error (order->task, g_steal_pointer (&order->error));
  else if (order->reply != NULL)
    {
      g_task_set_task_data (order->task, GINT_TO_POINTER (order->code), NULL);
      g_task_return_pointer (order->task, g_steal_pointer (&order->reply),
                             (GDestroyNotify) g_bytes_unref);
    }
  else
    g_task_return_boolean (order->task, TRUE);
}

static void
stop_waiting (FlVisitOrder *order)
{
  fl_clock_clear (order->visit->clock, &order->timer_id);
  g_cancellable_cancel (order->op);
  if (order->cancel_source != NULL)
    {
      g_source_destroy (order->cancel_source);
      g_clear_pointer (&order->cancel_source, g_source_unref);
    }
}

static gboolean
is_worth_repeating (FlVisitOrder *order, const GError *error)
{
  return order->repeatable && order->n_repeats < MAX_REPEATS &&
         g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST);
}

void
fl_visit_order_end (FlVisitOrder *order, GError *error)
{
  g_autoptr (FlVisit) self = g_object_ref (order->visit);

  if (order->ended)
    {
      g_clear_error (&error);
      return;
    }
  if (is_worth_repeating (order, error))
    {
      g_debug ("%s once more", order->name);
      g_error_free (error);
      order->n_repeats++;
      order->started = FALSE;
      fl_visit_pause (self);
      return;
    }

  order->ended = TRUE;
  order->error = error;
  stop_waiting (order);
  if (order->started && order->reread != 0)
    {
      fl_setup_known_changed (self->setup);
      self->to_read |= order->reread;
    }
  fl_visit_go_on (self);
}

gboolean
fl_visit_order_heard (FlVisitOrder *order, GError **error)
{
  gboolean wanted = !order->ended;

  if (!wanted)
    g_clear_error (error);
  fl_visit_order_unref (order);
  return wanted;
}

FlDriver *
fl_visit_order_get_driver (FlVisitOrder *order)
{
  return fl_setup_get_driver (order->visit->setup);
}

void
fl_visit_order_arm (FlVisitOrder *order, guint delay_ms, GSourceOnceFunc on_time)
{
  fl_clock_clear (order->visit->clock, &order->timer_id);
  order->timer_id = fl_clock_add_ms (order->visit->clock, delay_ms, on_time, order);
}

/* Ends before its time; the queue goes on without it. */
static void
abort_order (FlVisitOrder *order, GError *error) /* (transfer full) */
{
  FlVisit *self = order->visit;

  if (order == self->current)
    {
      order->repeatable = FALSE;
      if (order->stop != NULL && order->started && !order->ended)
        order->stop (order);
      fl_visit_order_end (order, error);
      return;
    }
  g_queue_remove (&self->orders, order);
  order->ended = TRUE;
  order->error = error;
  stop_waiting (order);
  complete (order);
}

static GError *
new_cancelled (FlVisitOrder *order)
{
  gboolean is_stored = order->started && order->credentials != NULL &&
                       (fl_setup_get_proof (order->visit->setup) & FL_PROOF_STORED) != 0;

  return g_error_new_literal (FL_ERROR, FL_ERROR_CANCELLED,
                              is_stored ? _ ("Cancelled. The device has the network and keeps it.")
                                        : _ ("Cancelled. The device keeps what it has."));
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  g_autoptr (FlVisitOrder) order = fl_visit_order_ref (data);

  if (!order->ended)
    abort_order (order, new_cancelled (order));
  return G_SOURCE_REMOVE;
}

void
fl_visit_order_queue (FlVisitOrder *order)
{
  g_autoptr (FlVisit) self = g_object_ref (order->visit);
  GCancellable *cancellable = g_task_get_cancellable (order->task);

  if (cancellable != NULL)
    {
      order->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (order->cancel_source, G_SOURCE_FUNC (on_cancelled), order, NULL);
      g_source_attach (order->cancel_source, g_main_context_get_thread_default ());
    }
  if (order->ssid != NULL)
    fl_visit_remember_name (self, order->ssid);
  if (order->credentials != NULL)
    fl_visit_remember_name (self, fl_credentials_get_ssid (order->credentials));
  g_queue_push_tail (&self->orders, order);
  notify_busy (self);
  if (!order->works_closed)
    fl_visit_set_presence (self, FL_PRESENCE_STAY);
  fl_visit_go_on (self);
}

static gboolean
is_ready (FlVisit *self)
{
  return self->is_open && fl_setup_is_ready (self->setup);
}

static void
take_next (FlVisit *self)
{
  FlVisitOrder *order = g_queue_peek_head (&self->orders);

  if (order == NULL || (!order->works_closed && !is_ready (self)))
    return;

  self->current = g_queue_pop_head (&self->orders);
  for (guint i = 0; i < FL_VISIT_N_BLOCKS; i++)
    if ((order->needs & FL_VISIT_SET (i)) && self->blocks[i].status != FL_BLOCK_READY)
      self->to_read |= FL_VISIT_SET (i);
}

gboolean
fl_visit_orders_next (FlVisit *self)
{
  FlVisitOrder *order;

  if (self->current == NULL)
    take_next (self);
  order = self->current;
  if (order == NULL)
    return FALSE;

  if (!order->started && !order->ended)
    {
      if (!order->works_closed && (!is_ready (self) || (self->to_read & order->needs) != 0))
        return FALSE;
      order->started = TRUE;
      g_debug ("%s begins", order->name);
      write_down (order);
      fl_visit_take_error (self, NULL);
      order->start (order);
      return TRUE;
    }
  if (!order->ended || (is_ready (self) && (self->to_read & order->reread) != 0))
    return FALSE;

  complete (order);
  fl_visit_go_on (self);
  return TRUE;
}

void
fl_visit_orders_settle (FlVisit *self)
{
  FlVisitOrder *order = self->current;

  if (order != NULL && order->started && !order->ended && order->settle != NULL)
    order->settle (order);
}

void
fl_visit_orders_fail (FlVisit *self, const GError *error)
{
  gboolean is_closing = g_error_matches (error, FL_ERROR, FL_ERROR_CANCELLED);
  g_autoptr (GPtrArray) victims =
      g_ptr_array_new_with_free_func ((GDestroyNotify) fl_visit_order_unref);

  if (self->current != NULL && !self->current->ended &&

      (is_closing || !(self->current->works_closed || self->current->outlasts)))
    g_ptr_array_add (victims, fl_visit_order_ref (self->current));
  for (GList *l = self->orders.head; l != NULL; l = l->next)
    g_ptr_array_add (victims, fl_visit_order_ref (l->data));

  /* From the last: none of them begins because the one before it ends. */
  for (guint i = victims->len; i > 0; i--)
    abort_order (victims->pdata[i - 1],
                 error != NULL ? g_error_copy (error)
                               : g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST,
                                                      "The device could not be reached"));
}

gboolean
fl_visit_finish (FlVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
