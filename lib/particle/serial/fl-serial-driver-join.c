/* SPDX-License-Identifier: Apache-2.0 */
/* A network through the dialogue: into listening mode, question by question, until the device has
 * it. */
#define G_LOG_DOMAIN "fl-serial-driver"
#include "config.h"

#include "fl-serial-driver-private.h"

/* PROTOCOL.md, "Time limits": a port that went while the device stored. */
#define UNKNOWN_POLL_MS 1000
#define UNKNOWN_POLLS   10

static void talk (FlSerialDriver *self);

/* (transfer full) (nullable) What the session cannot know: the device. */
static GError *
check_credentials (FlSerialDriver *self, FlCredentials *credentials)
{
  FlCapabilities can = fl_driver_get_capabilities (FL_DRIVER (self));
  FlSecurity security = fl_credentials_get_security (credentials);

  if (security == FL_SECURITY_ENTERPRISE && (can & FL_CAN_ENTERPRISE) == 0)
    return g_error_new_literal (FL_ERROR, FL_ERROR_NETWORK_ENTERPRISE,
                                "This device has no networks with user names");
  if (security == FL_SECURITY_WPA3 && (can & FL_CAN_WPA3) == 0)
    return g_error_new_literal (FL_ERROR, FL_ERROR_NETWORK_WPA3, "This device has no WPA3");
  return NULL;
}

static void
succeed (FlSerialDriver *self)
{
  self->is_saved = TRUE;
  self->was_running = FALSE;
  self->saved_us = fl_clock_now_us (self->clock);
  self->mode = FL_MODE_UNKNOWN;
  fl_serial_driver_end (self, NULL);
}

static void
fail (FlSerialDriver *self, GError *error) /* (transfer full) */
{
  /* Its questions have no logins among them. */
  if (g_error_matches (error, FL_ERROR, FL_ERROR_UNSUPPORTED) &&
      fl_credentials_get_security (self->credentials) == FL_SECURITY_ENTERPRISE)
    error->code = FL_ERROR_NETWORK_ENTERPRISE;
  fl_serial_driver_end (self, error);
}

/* Before anything was asked: the console says so, or its device listens and it says nothing. */
static gboolean
waits_in_old_question (FlSerialDriver *self, const GError *error)
{
  if (self->was_asked || !fl_serial_driver_can_free (self))
    return FALSE;
  return fl_serial_session_is_stuck (self->session) ||
         (g_error_matches (error, FL_ERROR, FL_ERROR_NOT_LISTENING) &&
          fl_serial_driver_has_companion (self) && self->n_freed == 0);
}

static void
on_event (FlSerialDriver *self, FlSerialEvent *event)
{
  switch (event->kind)
    {
    case FL_SERIAL_EVENT_QUESTION:
      g_debug ("Question %d", event->saying);
      self->was_asked = TRUE;
      break;
    case FL_SERIAL_EVENT_SAVING:
      fl_driver_emit_sent (FL_DRIVER (self));
      break;
    case FL_SERIAL_EVENT_SAVED:
      succeed (self);
      break;
    case FL_SERIAL_EVENT_FAILED:
      if (waits_in_old_question (self, event->error))
        fl_serial_driver_free_console (self, talk);
      else
        fail (self, g_steal_pointer (&event->error));
      break;
    case FL_SERIAL_EVENT_ANSWER:
    case FL_SERIAL_EVENT_FREE:
    case FL_SERIAL_EVENT_LOG:
      break;
    }
}

static void poll_unknown (FlSerialDriver *self);

static void
lose (FlSerialDriver *self)
{
  fl_serial_driver_end (self, g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST,
                                                   "The device was disconnected"));
}

/* A device that left listening mode did so with the network. */
static void
on_unknown_state (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlSerialDriver *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state =
      fl_driver_read_state_finish (FL_DRIVER (source), result, &error);

  if (!fl_serial_driver_is_wanted (self, task))
    return;
  if (state != NULL && (state->mode == FL_MODE_RUNNING || state->mode == FL_MODE_SAFE))
    succeed (self);
  else if (++self->n_asked < UNKNOWN_POLLS &&
           !g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST))
    fl_serial_driver_wait (self, UNKNOWN_POLL_MS, poll_unknown);
  else
    lose (self);
}

static void
poll_unknown (FlSerialDriver *self)
{
  if (fl_serial_driver_has_companion (self))
    fl_driver_read_state_async (self->companion, g_task_get_cancellable (self->task),
                                on_unknown_state, g_object_ref (self->task));
  else
    lose (self);
}

/* The port went. Before the device had all of it, it has nothing; after that, who knows? */
static void
on_lost (FlSerialDriver *self)
{
  if (!fl_serial_session_is_saving (self->session))
    {
      lose (self);
      return;
    }
  self->n_asked = 0;
  poll_unknown (self);
}

static void
talk (FlSerialDriver *self)
{
  GError *error = NULL;

  self->on_event = on_event;
  self->on_lost = on_lost;
  self->was_asked = FALSE;
  if (fl_serial_session_join (self->session, self->credentials, fl_clock_now_us (self->clock),
                              &error))
    fl_serial_driver_pump (self);
  else
    fl_serial_driver_end (self, error);
}

/* What an earlier dialogue left behind comes first. */
static void
free_then_talk (FlSerialDriver *self)
{
  if (self->is_stuck)
    fl_serial_driver_free_console (self, talk);
  else
    talk (self);
}

void
fl_serial_driver_join_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS)
{
  FlSerialDriver *self = FL_SERIAL_DRIVER (driver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, fl_serial_driver_join_async);
  if (!fl_serial_driver_begin (self, task))
    return;
  error = check_credentials (self, credentials);
  if (error == NULL && !self->is_open)
    error = g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST, "The port is not open");
  if (error != NULL)
    {
      fl_serial_driver_end (self, error);
      return;
    }
  fl_credentials_ref (credentials);
  g_clear_pointer (&self->credentials, fl_credentials_unref);
  self->credentials = credentials;
  self->is_saved = FALSE;
  self->log_code = 0;
  self->n_fails = 0;
  fl_serial_driver_renew_session (self);
  fl_serial_driver_make_listen (self, free_then_talk);
}
