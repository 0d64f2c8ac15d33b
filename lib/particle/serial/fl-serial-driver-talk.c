/* SPDX-License-Identifier: Apache-2.0 */
/* The one operation of the driver, and what moves between its session and the port. */
#define G_LOG_DOMAIN "fl-serial-driver"
#include "config.h"

#include "fl-serial-driver-private.h"

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  GError *error = NULL;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  fl_serial_driver_end (data, error);
  return G_SOURCE_REMOVE;
}

gboolean
fl_serial_driver_begin (FlSerialDriver *self, GTask *task)
{
  g_autoptr (GTask) owned = task;
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (g_task_return_error_if_cancelled (task))
    return FALSE;
  if (self->task != NULL)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_BUSY, "One thing at a time");
      return FALSE;
    }

  self->task = g_steal_pointer (&owned);
  self->n_asked = 0;
  self->n_freed = 0;
  if (cancellable != NULL)
    {
      self->cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancel, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_attach (self->cancel, g_task_get_context (task));
    }
  return TRUE;
}

/* A dialogue that is left now stays open on the device. One that is complete ends by itself. */
static void
note_end_of_dialogue (FlSerialDriver *self)
{
  gboolean is_stuck = FALSE;

  if (self->session == NULL || self->is_saved)
    return;
  is_stuck =
      fl_serial_session_is_stuck (self->session) && !fl_serial_session_is_saving (self->session);
  self->is_stuck = self->is_stuck || is_stuck;
  if (is_stuck || fl_serial_session_is_busy (self->session))
    fl_serial_driver_renew_session (self);
}

GTask *
fl_serial_driver_steal_task (FlSerialDriver *self)
{
  if (self->cancel != NULL)
    g_source_destroy (self->cancel);
  g_clear_pointer (&self->cancel, g_source_unref);
  fl_clock_clear (self->clock, &self->wait_id);
  self->on_event = NULL;
  self->on_lost = NULL;
  self->next = NULL;
  self->after = NULL;
  note_end_of_dialogue (self);
  g_clear_pointer (&self->info, fl_device_info_free);
  g_clear_pointer (&self->state, fl_device_state_free);
  return g_steal_pointer (&self->task);
}

void
fl_serial_driver_end (FlSerialDriver *self, GError *error)
{
  g_autoptr (GTask) task = fl_serial_driver_steal_task (self);

  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
fl_serial_driver_is_wanted (FlSerialDriver *self, GTask *task)
{
  return self->task == task;
}

static void
on_waited (gpointer data)
{
  FlSerialDriver *self = data;
  FlSerialStep next = g_steal_pointer (&self->next);

  self->wait_id = 0;
  next (self);
}

void
fl_serial_driver_wait (FlSerialDriver *self, guint delay_ms, FlSerialStep next)
{
  fl_clock_clear (self->clock, &self->wait_id);
  self->next = next;
  self->wait_id = fl_clock_add_ms (self->clock, delay_ms, on_waited, self);
}

void
fl_serial_driver_renew_session (FlSerialDriver *self)
{
  g_clear_pointer (&self->session, fl_serial_session_free);
  g_clear_pointer (&self->out, fl_secret_unref);
  fl_clock_clear (self->clock, &self->deadline_id);
  self->session = fl_serial_session_new ();
}

typedef struct
{
  FlSerialDriver *driver;
  guint generation;
} Sending;

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Sending *sending = data;
  g_autoptr (FlSerialDriver) self = sending->driver;
  g_autoptr (GError) error = NULL;
  gboolean ok = fl_link_send_finish (FL_LINK (source), result, &error);

  if (sending->generation != self->generation)
    return;
  self->sending = FALSE;
  if (ok)
    fl_serial_driver_pump (self);
  else
    g_debug ("Sending: %s", error->message); /* "closed" says the same */
}

/* The bytes stay in the memory that is wiped. */
static GBytes *
take_chunk (FlSerialDriver *self)
{
  gsize size_bytes = fl_secret_get_size (self->out) - self->out_bytes;
  gsize n = MIN (size_bytes, MAX (fl_link_get_max_send (FL_LINK (self->link)), 1));
  GBytes *chunk =
      g_bytes_new_with_free_func (fl_secret_get_data (self->out) + self->out_bytes, n,
                                  (GDestroyNotify) fl_secret_unref, fl_secret_ref (self->out));

  self->out_bytes += n;
  if (self->out_bytes == fl_secret_get_size (self->out))
    g_clear_pointer (&self->out, fl_secret_unref);
  return chunk;
}

static void
send_next (FlSerialDriver *self)
{
  g_autoptr (GBytes) chunk = NULL;
  Sending *sending = NULL;

  if (!self->is_open || self->sending)
    return;
  if (self->out == NULL)
    {
      self->out = fl_serial_session_take (self->session);
      self->out_bytes = 0;
    }
  if (self->out == NULL || fl_secret_get_size (self->out) == 0)
    {
      g_clear_pointer (&self->out, fl_secret_unref);
      return;
    }

  sending = g_new0 (Sending, 1);
  sending->driver = g_object_ref (self);
  sending->generation = self->generation;
  self->sending = TRUE;
  chunk = take_chunk (self);
  fl_link_send_async (FL_LINK (self->link), chunk, NULL, on_sent, sending);
}

static void
on_deadline (gpointer data)
{
  FlSerialDriver *self = data;

  self->deadline_id = 0;
  fl_serial_session_tick (self->session, fl_clock_now_us (self->clock));
  fl_serial_driver_pump (self);
}

static void
tell (FlSerialDriver *self, FlSerialEvent *event)
{
  if (event->kind == FL_SERIAL_EVENT_LOG)
    {
      if (event->text != NULL)
        fl_serial_driver_take_log (self, fl_secret_get_text (event->text));
    }
  else if (self->on_event != NULL)
    self->on_event (self, event);
}

void
fl_serial_driver_pump (FlSerialDriver *self)
{
  G_GNUC_UNUSED g_autoptr (FlSerialDriver) alive = g_object_ref (self);
  gint64 deadline_us = 0;
  gboolean more = TRUE;

  while (more)
    {
      g_auto (FlSerialEvent) event = { 0 };

      more = self->session != NULL && fl_serial_session_next_event (self->session, &event);
      if (more)
        tell (self, &event);
    }
  if (self->session == NULL)
    return;

  send_next (self);
  fl_clock_clear (self->clock, &self->deadline_id);
  deadline_us = fl_serial_session_get_deadline (self->session);
  if (deadline_us != G_MAXINT64)
    self->deadline_id = fl_clock_add_at (self->clock, deadline_us, on_deadline, self);
}

void
fl_serial_driver_ask (FlSerialDriver *self, FlSerialAsk what, FlSerialOnEvent on_event)
{
  self->on_event = on_event;
  fl_serial_session_ask (self->session, what, fl_clock_now_us (self->clock));
  fl_serial_driver_pump (self);
}

void
fl_serial_driver_on_received (FlLink *link, GBytes *chunk, FlSerialDriver *self)
{
  gsize size_bytes = 0;
  const guint8 *data = g_bytes_get_data (chunk, &size_bytes);

  if (!self->is_open || self->session == NULL)
    return;
  fl_serial_session_feed (self->session, data, size_bytes, fl_clock_now_us (self->clock));
  fl_serial_driver_pump (self);
}

static GError *
explain_loss (const GError *reason)
{
  return g_error_new (FL_ERROR, FL_ERROR_LINK_LOST, "The device was disconnected%s%s",
                      reason != NULL ? ": " : "", reason != NULL ? reason->message : "");
}

/* The port may go with the last word of the dialogue; who follows the device by its companion does
 * not need it. */
void
fl_serial_driver_on_closed (FlLink *link, const GError *reason, FlSerialDriver *self)
{
  G_GNUC_UNUSED g_autoptr (FlSerialDriver) alive = g_object_ref (self);
  FlSerialStep on_lost = g_steal_pointer (&self->on_lost);

  if (!self->is_open)
    return;
  self->is_open = FALSE;
  self->sending = FALSE;
  self->generation++;
  g_clear_pointer (&self->out, fl_secret_unref);
  fl_clock_clear (self->clock, &self->deadline_id);
  self->on_event = NULL;
  if (on_lost != NULL)
    on_lost (self);
  else
    fl_serial_driver_end (self, explain_loss (reason));
  self->is_stuck = FALSE; /* as far as this port is concerned */
  if (!self->is_saved)
    fl_driver_emit_closed (FL_DRIVER (self), reason);
}
