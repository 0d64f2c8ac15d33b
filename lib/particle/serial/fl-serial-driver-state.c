/* SPDX-License-Identifier: Apache-2.0 */
/* What came of a network: by the companion, and by what the device's log says on its port. */
#define G_LOG_DOMAIN "fl-serial-driver"
#include "config.h"

#include "fl-serial-driver-private.h"

#include "fl-serial-answer.h"
#include "fl-wiced-result.h"

/* Listening mode ends at the next turn of the device's own loop. */
#define LEFT_BY_NOW_US (10 * G_USEC_PER_SEC)

/* particle-iot/device-os, hal/src/photon/wlan_hal.cpp, wlan_connect_finalize(): it tries three
 * times. */
#define JOIN_TRIES 3

/* (transfer full) @code: 0 unknown. */
static GError *
explain_join (FlSerialDriver *self, int code)
{
  gboolean enterprise = fl_credentials_get_security (self->credentials) == FL_SECURITY_ENTERPRISE;
  const char *name = code != 0 ? fl_wiced_result_get_name (code) : NULL;
  const char *sentence = code != 0 ? fl_wiced_result_get_sentence (code) : NULL;

  if (name == NULL || sentence == NULL)
    return g_error_new_literal (FL_ERROR,
                                enterprise ? FL_ERROR_LOGIN_REJECTED : FL_ERROR_JOIN_UNCLEAR,
                                "Back in set-up mode: the network did not work");
  return g_error_new (FL_ERROR, (int) fl_wiced_result_get_error (code, enterprise), "%s (%d %s)",
                      sentence, code, name);
}

/* The network is stored, and is of no use: the next one may be sent. */
static void
end_in_vain (FlSerialDriver *self, int code)
{
  self->is_saved = FALSE;
  fl_serial_driver_end (self, explain_join (self, code));
}

static void
on_diagnostics (FlSerialDriver *self, FlSerialEvent *event)
{
  int code = 0;

  if (event->kind != FL_SERIAL_EVENT_ANSWER && event->kind != FL_SERIAL_EVENT_FAILED)
    return;
  if (event->kind == FL_SERIAL_EVENT_ANSWER && event->text != NULL)
    fl_serial_read_network_error (event->text, &code, NULL);
  end_in_vain (self, fl_wiced_result_get_name (code) != NULL ? code : self->log_code);
}

static void
end_without_diagnostics (FlSerialDriver *self)
{
  end_in_vain (self, self->log_code);
}

/* It listens again, and can say why. */
static void
ask_why (FlSerialDriver *self)
{
  if (!self->is_open)
    {
      end_without_diagnostics (self);
      return;
    }
  fl_serial_driver_renew_session (self);
  self->on_lost = end_without_diagnostics;
  fl_serial_driver_ask (self, FL_SERIAL_ASK_DIAGNOSTICS, on_diagnostics);
}

static gboolean
has_come_back (FlSerialDriver *self, const FlDeviceState *state)
{
  gint64 spent_us = fl_clock_now_us (self->clock) - self->saved_us;

  if (!self->is_saved || fl_serial_driver_tells_wifi (self))
    return FALSE;
  if (state->mode == FL_MODE_RUNNING || state->mode == FL_MODE_SAFE)
    self->was_running = TRUE;
  return state->mode == FL_MODE_LISTENING && (self->was_running || spent_us >= LEFT_BY_NOW_US);
}

static void
return_state (FlSerialDriver *self, FlDeviceState *state) /* (transfer full) */
{
  g_autoptr (GTask) task = fl_serial_driver_steal_task (self);

  g_task_return_pointer (task, state, (GDestroyNotify) fl_device_state_free);
}

/* Nobody to ask: what its console told, until it left. */
static void
return_little (FlSerialDriver *self)
{
  FlDeviceState *state = fl_device_state_new ();

  state->mode = self->mode;
  return_state (self, state);
}

static void
on_companion_state (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlSerialDriver *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state =
      fl_driver_read_state_finish (FL_DRIVER (source), result, &error);

  if (!fl_serial_driver_is_wanted (self, task))
    return;
  if (state == NULL)
    {
      /* Photon and P1 answer little while they try to connect. */
      g_debug ("State: %s", error->message);
      if (g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST) && !self->is_open)
        fl_serial_driver_end (self, g_steal_pointer (&error));
      else
        return_little (self);
      return;
    }
  if (state->mode != FL_MODE_UNKNOWN)
    self->mode = state->mode;
  if (has_come_back (self, state))
    ask_why (self);
  else
    return_state (self, g_steal_pointer (&state));
}

static void
do_nothing (FlSerialDriver *self)
{
}

void
fl_serial_driver_read_state_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  FlSerialDriver *self = FL_SERIAL_DRIVER (driver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_serial_driver_read_state_async);
  if (!fl_serial_driver_begin (self, task))
    return;
  if (fl_serial_driver_has_companion (self))
    {
      self->on_lost = do_nothing;
      fl_driver_read_state_async (self->companion, cancellable, on_companion_state,
                                  g_object_ref (task));
    }
  else if (self->is_saved && self->n_fails >= JOIN_TRIES)
    end_without_diagnostics (self);
  else
    return_little (self);
}

void
fl_serial_driver_take_log (FlSerialDriver *self, const char *line)
{
  int code = self->is_saved ? fl_wiced_result_find (line) : 0;

  if (code == 0)
    return;
  g_debug ("Its log tells of join result %d", code);
  self->log_code = code;
  self->n_fails++;
}
