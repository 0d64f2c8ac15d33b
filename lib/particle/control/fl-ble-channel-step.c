/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-ble-channel"
#include "config.h"

#include "fl-ble-channel-private.h"

/* One step of the handshake, carried to a thread and back with the session in it. */
typedef struct
{
  FlSecureSession *session; /* NULL: make it */
  FlSecret *secret;         /* for that */
  GByteArray *input;        /* (nullable) */
  FlRandomFunc random;
  gpointer random_data;
  gint64 now_us;
  guint generation;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_clear_pointer (&step->session, fl_secure_session_free);
  g_clear_pointer (&step->secret, fl_secret_unref);
  g_clear_pointer (&step->input, g_byte_array_unref);
  g_free (step);
}

static void
run_step (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Step *step = task_data;

  if (step->session == NULL)
    step->session = fl_secure_session_new (FL_SECURE_CLIENT, step->secret, step->random,
                                           step->random_data, step->now_us);
  if (step->input != NULL)
    fl_secure_session_feed (step->session, step->input->data, step->input->len, step->now_us);
  g_task_return_boolean (task, TRUE);
}

static void
on_step_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlBleChannel) self = data;
  Step *step = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) reason = NULL;

  fl_clock_release (self->clock);
  if (step->generation != self->generation)
    return; /* closed meanwhile: the session goes with the step */

  self->computing = FALSE;
  self->session = g_steal_pointer (&step->session);
  fl_ble_channel_pump (self);
  if (step->generation != self->generation || self->computing || !self->link_closed)
    return;

  self->link_closed = FALSE;
  reason = g_steal_pointer (&self->link_reason);
  fl_ble_channel_handle_link_closed (self, reason);
}

void
fl_ble_channel_start_step (FlBleChannel *self, FlSecret *secret)
{
  /* The thread may be the last to let go of the task, so the channel is not its source object. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_step_done, g_object_ref (self));
  Step *step = g_new0 (Step, 1);

  step->session = g_steal_pointer (&self->session);
  step->secret = secret != NULL ? fl_secret_ref (secret) : NULL;
  step->random = self->random;
  step->random_data = self->random_data;
  step->now_us = fl_clock_now_us (self->clock);
  step->generation = self->generation;
  if (self->inbox->len > 0)
    {
      step->input = g_steal_pointer (&self->inbox);
      self->inbox = g_byte_array_new ();
    }
  self->computing = TRUE;
  fl_clock_hold (self->clock);
  fl_clock_clear (self->clock, &self->deadline_id);
  g_task_set_source_tag (task, fl_ble_channel_start_step);
  g_task_set_task_data (task, step, step_free);
  g_task_run_in_thread (task, run_step);
}
