/* SPDX-License-Identifier: Apache-2.0 */
/* Into listening mode, out of it, and out of a question that nobody answers. */
#define G_LOG_DOMAIN "fl-serial-driver"
#include "config.h"

#include "fl-serial-driver-private.h"

/* As the device has them with its control requests; PROTOCOL.md there, "Gen 2". */
#define LISTEN_POLL_MS   500
#define LISTEN_POLLS     10
#define LISTEN_SETTLE_MS 1500

/* How long the device's own loop takes to see a line coding or a letter. */
#define RATE_MS  1500
#define LEAVE_MS 300

/* Nobody waits for a farewell. */
#define FAREWELL_MS 5000

static void poll_mode (FlSerialDriver *self);

static void
go_on (FlSerialDriver *self)
{
  FlSerialStep after = g_steal_pointer (&self->after);

  after (self);
}

/* What it could say while it waited is not for the one who asks now. */
static void
settle (FlSerialDriver *self)
{
  self->mode = FL_MODE_LISTENING;
  self->is_stuck = FALSE;
  fl_serial_driver_renew_session (self);
  fl_serial_driver_wait (self, LISTEN_SETTLE_MS, go_on);
}

static void
on_mode (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlSerialDriver *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state =
      fl_driver_read_state_finish (FL_DRIVER (source), result, &error);
  gboolean listens = state != NULL && state->mode == FL_MODE_LISTENING;
  /* Device OS before 1.1 does not tell. */
  gboolean tells = state != NULL && state->mode != FL_MODE_UNKNOWN;

  if (!fl_serial_driver_is_wanted (self, task))
    return;
  if (!listens && ++self->n_asked < LISTEN_POLLS)
    fl_serial_driver_wait (self, LISTEN_POLL_MS, poll_mode);
  else if (listens || !tells)
    settle (self);
  else
    fl_serial_driver_end (self, g_error_new_literal (FL_ERROR, FL_ERROR_NOT_LISTENING,
                                                     "It does not go to set-up mode"));
}

static void
poll_mode (FlSerialDriver *self)
{
  fl_driver_read_state_async (self->companion, g_task_get_cancellable (self->task), on_mode,
                              g_object_ref (self->task));
}

static void
on_listening (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlSerialDriver *self = g_task_get_source_object (task);
  GError *error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_serial_driver_is_wanted (self, task))
    {
      g_clear_error (&error);
      return;
    }
  if (error != NULL)
    {
      g_prefix_error (&error, "It does not go to set-up mode: ");
      error->code = FL_ERROR_NOT_LISTENING;
      fl_serial_driver_end (self, error);
      return;
    }
  self->n_asked = 0;
  poll_mode (self);
}

static void
start_listening (FlSerialDriver *self)
{
  fl_driver_listen_async (self->companion, TRUE, g_task_get_cancellable (self->task), on_listening,
                          g_object_ref (self->task));
}

static void
on_present_mode (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlSerialDriver *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state =
      fl_driver_read_state_finish (FL_DRIVER (source), result, &error);

  if (!fl_serial_driver_is_wanted (self, task))
    return;
  if (state != NULL && state->mode == FL_MODE_LISTENING)
    {
      self->mode = FL_MODE_LISTENING;
      go_on (self);
    }
  else if (error != NULL && self->mode == FL_MODE_LISTENING)
    go_on (self); /* its console answered, and is the better witness */
  else
    {
      self->led_to_listening = self->led_to_listening || self->n_freed == 0;
      start_listening (self);
    }
}

void
fl_serial_driver_make_listen (FlSerialDriver *self, FlSerialStep next)
{
  if (!fl_serial_driver_has_companion (self))
    {
      next (self);
      return;
    }
  self->after = next;
  fl_driver_read_state_async (self->companion, g_task_get_cancellable (self->task), on_present_mode,
                              g_object_ref (self->task));
}

static void
talk_again (FlSerialDriver *self)
{
  GError *error = NULL;

  if (fl_serial_link_set_rate (self->link, FL_SERIAL_RATE_TALK, &error))
    go_on (self);
  else
    fl_serial_driver_end (self, error);
}

/* particle-iot/device-os, system/src/system_setup.cpp: the rate of the YMODEM flasher, until it
 * went with 6.0. One that listens already goes on with that. */
static gboolean
ask_by_rate (FlSerialDriver *self, FlSerialStep next, GError **error)
{
  self->after = next;
  if (!fl_serial_link_set_rate (self->link, FL_SERIAL_RATE_TALK, error) ||
      !fl_serial_link_set_rate (self->link, FL_SERIAL_RATE_LISTEN, error))
    return FALSE;
  fl_serial_driver_wait (self, RATE_MS, talk_again);
  return TRUE;
}

static gboolean
knows_rate (FlSerialDriver *self)
{
  return !fl_firmware_version_at_least (&self->version, 6, 0, 0);
}

/* The last answer may have ended listening mode as well, as after a dialogue that was meant. */
static void
listen_on (FlSerialDriver *self)
{
  FlSerialStep after = g_steal_pointer (&self->after);
  GError *error = NULL;

  self->is_stuck = FALSE;
  self->on_event = NULL;
  if (fl_serial_driver_has_companion (self))
    {
      self->mode = FL_MODE_UNKNOWN;
      fl_serial_driver_make_listen (self, after);
    }
  else if (!knows_rate (self))
    after (self);
  else if (!ask_by_rate (self, after, &error))
    fl_serial_driver_end (self, error);
}

static void
on_recovered (FlSerialDriver *self, FlSerialEvent *event)
{
  if (event->kind == FL_SERIAL_EVENT_FREE)
    listen_on (self);
  else if (event->kind == FL_SERIAL_EVENT_FAILED)
    fl_serial_driver_end (self, g_steal_pointer (&event->error));
}

static void
recover (FlSerialDriver *self)
{
  fl_serial_driver_renew_session (self);
  self->on_event = on_recovered;
  fl_serial_session_recover (self->session, fl_clock_now_us (self->clock));
  fl_serial_driver_pump (self);
}

/* Whether it heard that or not, answers lead out of a question as well. */
static void
on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlSerialDriver *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_serial_driver_is_wanted (self, task))
    return;
  if (error == NULL)
    {
      start_listening (self);
      return;
    }
  g_debug ("Out of the question: %s", error->message);
  recover (self);
}

gboolean
fl_serial_driver_can_free (FlSerialDriver *self)
{
  return self->n_freed < (fl_serial_driver_has_companion (self) ? 2 : 1);
}

void
fl_serial_driver_free_console (FlSerialDriver *self, FlSerialStep next)
{
  gboolean by_request = fl_serial_driver_has_companion (self) && self->n_freed == 0;

  self->n_freed++;
  self->after = next;
  self->on_event = NULL;
  if (by_request)
    fl_driver_listen_async (self->companion, FALSE, g_task_get_cancellable (self->task), on_stopped,
                            g_object_ref (self->task));
  else
    recover (self);
}

static void
on_companion_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlSerialDriver *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!fl_driver_finish (FL_DRIVER (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->mode = GPOINTER_TO_INT (g_task_get_task_data (task)) ? FL_MODE_LISTENING : FL_MODE_RUNNING;
  g_task_return_boolean (task, TRUE);
}

static void
on_answer_there (FlSerialDriver *self, FlSerialEvent *event)
{
  if (event->kind == FL_SERIAL_EVENT_ANSWER)
    {
      self->mode = FL_MODE_LISTENING;
      fl_serial_driver_end (self, NULL);
    }
  else if (event->kind == FL_SERIAL_EVENT_FAILED)
    {
      event->error->code = FL_ERROR_NOT_LISTENING;
      fl_serial_driver_end (self, g_steal_pointer (&event->error));
    }
}

static void
look_whether_it_listens (FlSerialDriver *self)
{
  fl_serial_driver_ask (self, FL_SERIAL_ASK_VERSION, on_answer_there);
}

static void
listen_by_rate (FlSerialDriver *self)
{
  GError *error = NULL;

  if (!self->is_open)
    error = g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST, "The port is not open");
  else if (!knows_rate (self))
    error = g_error_new_literal (FL_ERROR, FL_ERROR_UNSUPPORTED,
                                 "Device OS 6.0 and later listens by its button, or over USB");
  else
    ask_by_rate (self, look_whether_it_listens, &error);
  if (error != NULL)
    fl_serial_driver_end (self, error);
}

static void
on_left (FlSerialDriver *self)
{
  self->mode = FL_MODE_RUNNING;
  fl_serial_driver_end (self, NULL);
}

/* A port that goes with it is no fault. */
static void
leave_by_letter (FlSerialDriver *self)
{
  self->on_lost = on_left;
  fl_serial_session_leave (self->session, fl_clock_now_us (self->clock));
  fl_serial_driver_pump (self);
  fl_serial_driver_wait (self, LEAVE_MS, on_left);
}

void
fl_serial_driver_listen_async (FlDriver *driver, gboolean on, FL_DRIVER_ARGS)
{
  FlSerialDriver *self = FL_SERIAL_DRIVER (driver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_serial_driver_listen_async);
  if (fl_serial_driver_has_companion (self))
    {
      g_task_set_task_data (task, GINT_TO_POINTER (on), NULL);
      fl_driver_listen_async (self->companion, on, cancellable, on_companion_done, task);
    }
  else if (!fl_serial_driver_begin (self, task))
    return;
  else if (on)
    listen_by_rate (self);
  else if (self->mode != FL_MODE_LISTENING || !self->is_open)
    fl_serial_driver_end (self, NULL);
  else
    leave_by_letter (self);
}

/* A device that took a network has left by itself. */
void
fl_serial_driver_leave_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  FlSerialDriver *self = FL_SERIAL_DRIVER (driver);

  if (!self->is_saved && self->mode == FL_MODE_LISTENING)
    {
      fl_serial_driver_listen_async (driver, FALSE, cancellable, callback, user_data);
      return;
    }
  {
    g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

    g_task_return_boolean (task, TRUE);
  }
}

typedef struct
{
  FlDriver *companion;
  FlClock *clock;
  GCancellable *cancellable;
  guint limit_id;
  gboolean listens_after;
} Farewell;

static void
end_farewell (Farewell *farewell)
{
  fl_clock_clear (farewell->clock, &farewell->limit_id);
  fl_driver_close (farewell->companion);
  g_object_unref (farewell->companion);
  g_object_unref (farewell->clock);
  g_object_unref (farewell->cancellable);
  g_free (farewell);
}

static void
on_farewell_limit (gpointer data)
{
  Farewell *farewell = data;

  farewell->limit_id = 0;
  g_cancellable_cancel (farewell->cancellable);
}

static void
on_farewell (GObject *source, GAsyncResult *result, gpointer data)
{
  Farewell *farewell = data;
  g_autoptr (GError) error = NULL;

  if (!fl_driver_finish (FL_DRIVER (source), result, &error))
    g_debug ("Farewell: %s", error->message);
  if (error != NULL || !farewell->listens_after)
    {
      end_farewell (farewell);
      return;
    }
  farewell->listens_after = FALSE;
  fl_driver_listen_async (farewell->companion, TRUE, farewell->cancellable, on_farewell, farewell);
}

/* A console in the middle of a question gets free with the end of listening mode. A device that ran
 * when somebody came runs again; one that listened does that again. */
void
fl_serial_driver_bid_farewell (FlSerialDriver *self)
{
  Farewell *farewell = NULL;

  if (!fl_serial_driver_has_companion (self) || self->is_saved ||
      (!self->is_stuck && !self->led_to_listening))
    return;

  farewell = g_new0 (Farewell, 1);
  farewell->companion = g_object_ref (self->companion);
  farewell->clock = g_object_ref (self->clock);
  farewell->cancellable = g_cancellable_new ();
  farewell->listens_after = !self->led_to_listening;
  farewell->limit_id = fl_clock_add_ms (self->clock, FAREWELL_MS, on_farewell_limit, farewell);
  g_clear_object (&self->companion); /* its end closes it, not ours */
  self->companion_is_open = FALSE;
  fl_driver_listen_async (farewell->companion, FALSE, farewell->cancellable, on_farewell, farewell);
}
