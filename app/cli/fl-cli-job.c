/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-job"
#include "config.h"

#include "fl-cli-job.h"

#include "fl-cli-events.h"
#include "fl-error.h"

/* The device's last answer may never come, because its radio goes with it. */
#define LEAVE_MS 6000

static gboolean
is_told (FlCliJob *self)
{
  return (self->flags & FL_CLI_JOB_STORY) || fl_cli_output_get_json (self->output);
}

static void
on_stage (FlSetup *setup, GParamSpec *pspec, FlCliJob *self)
{
  FlStage stage = fl_setup_get_stage (setup);

  if (self->quiet)
    return;
  fl_cli_event_stage (self->output, stage);
  if (stage == FL_STAGE_CHOOSING && !fl_setup_get_scanning (setup) &&
      !((self->flags & FL_CLI_JOB_SCAN) && self->network_name == NULL))
    fl_cli_progress_finish (self->progress);
  else
    fl_cli_progress_set_stage (self->progress, stage, self->network_name);
}

static void
on_light (FlSetup *setup, GParamSpec *pspec, FlCliJob *self)
{
  const FlLight *light = fl_setup_get_light (setup);
  gboolean reported = fl_setup_get_light_is_reported (setup);

  if (self->quiet)
    return;
  fl_cli_event_light (self->output, light, reported);
  fl_cli_progress_set_light (self->progress, light, reported);
}

static void
on_slow (FlSetup *setup, GParamSpec *pspec, FlCliJob *self)
{
  if (!self->quiet)
    fl_cli_progress_set_slow (self->progress, fl_setup_get_slow (setup));
}

static void
on_note (FlSetup *setup, const char *id, const char *text, FlCliJob *self)
{
  if (!self->quiet)
    fl_cli_event_note (self->output, id, text);
}

static void
on_device (FlSetup *setup, GParamSpec *pspec, FlCliJob *self)
{
  FlDevice *device = fl_setup_get_device (setup);

  if (device != NULL && !self->quiet && is_told (self))
    fl_cli_event_found (self->output, device);
}

static gboolean
on_look (gpointer data)
{
  FlCliJob *self = data;

  self->look_id = 0;
  fl_cli_job_look (self);
  return G_SOURCE_REMOVE;
}

/* Before anything else happens, but not in the middle of what just did. */
void
fl_cli_job_poke (FlCliJob *self)
{
  if (self->look_id == 0 && !self->done)
    self->look_id = g_idle_add_full (G_PRIORITY_HIGH, on_look, self, NULL);
}

static void
on_change (FlSetup *setup, GParamSpec *pspec, FlCliJob *self)
{
  fl_cli_job_poke (self);
}

/* People get the sorted list at the end, and only when they asked for it; a visit may keep it. */
static void
on_networks (GListModel *networks, guint position, guint removed, guint added, FlCliJob *self)
{
  fl_cli_job_poke (self);
  if (self->ending || (self->flags & FL_CLI_JOB_VISIT) || !fl_cli_output_get_json (self->output))
    return;

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (networks, i);

      fl_cli_event_network (self->output, network, 0);
    }
}

void
fl_cli_job_watch (FlCliJob *self, FlSetup *setup)
{
  g_set_object (&self->setup, setup);
  g_signal_connect (setup, "notify::stage", G_CALLBACK (on_stage), self);
  g_signal_connect (setup, "notify::light", G_CALLBACK (on_light), self);
  g_signal_connect (setup, "notify::slow", G_CALLBACK (on_slow), self);
  g_signal_connect (setup, "notify::device", G_CALLBACK (on_device), self);
  g_signal_connect (setup, "note", G_CALLBACK (on_note), self);
  g_signal_connect (setup, "notify", G_CALLBACK (on_change), self);
  g_signal_connect (fl_setup_get_networks (setup), "items-changed", G_CALLBACK (on_networks), self);
}

void
fl_cli_job_tell_beginning (FlCliJob *self)
{
  if (self->label != NULL)
    fl_cli_event_label (self->output, self->label);
  fl_cli_event_stage (self->output, FL_STAGE_FINDING);
  fl_cli_progress_set_stage (self->progress, FL_STAGE_FINDING, NULL);
  if (self->setup != NULL)
    on_light (self->setup, NULL, self);
}

/* "cancelled" may come in the middle of an event that nobody reads. */
static void
on_cancelled (GCancellable *cancellable, FlCliJob *self)
{
  fl_cli_job_poke (self);
}

FlCliJob *
fl_cli_job_new (FlCli *cli,
                const FlCliTask *task,
                const FlCliTargets *targets,
                const FlCliTarget *target,
                FlCliOutput *output)
{
  FlCliJob *self = g_new0 (FlCliJob, 1);

  self->cli = cli;
  self->task = task;
  self->targets = targets;
  self->target = target;
  self->output = output;
  self->flags = task->flags;
  self->label = target->label != NULL ? fl_label_ref (target->label) : NULL;
  self->progress = fl_cli_progress_new (output, fl_engine_get_clock (cli->engine),
                                        (task->flags & FL_CLI_JOB_STORY) != 0);
  g_signal_connect (cli->cancellable, "cancelled", G_CALLBACK (on_cancelled), self);
  return self;
}

/* Nothing calls the job any more. */
static void
detach (FlCliJob *self)
{
  if (self->setup != NULL)
    {
      g_signal_handlers_disconnect_by_data (fl_setup_get_networks (self->setup), self);
      g_signal_handlers_disconnect_by_data (self->setup, self);
    }
  g_signal_handlers_disconnect_by_data (self->cli->cancellable, self);
  g_clear_handle_id (&self->look_id, g_source_remove);
  fl_clock_clear (fl_engine_get_clock (self->cli->engine), &self->timer_id);
  g_clear_pointer (&self->progress, fl_cli_progress_free);
}

void
fl_cli_job_free (FlCliJob *self)
{
  detach (self);
  g_clear_object (&self->setup);
  g_clear_object (&self->kept);
  g_clear_object (&self->device);
  g_clear_pointer (&self->label, fl_label_unref);
  g_clear_pointer (&self->reply, g_bytes_unref);
  g_clear_pointer (&self->awaited_ssid, g_bytes_unref);
  g_clear_error (&self->error);
  fl_cli_output_free (self->output);
  g_free (self->network_name);
  g_free (self->report);
  g_free (self->report_text);
  g_free (self);
}

static FlStage
get_stage (FlCliJob *self)
{
  return self->setup != NULL ? fl_setup_get_stage (self->setup) : FL_STAGE_FINDING;
}

static void
finish (FlCliJob *self)
{
  detach (self);
  self->done = TRUE;
  self->on_done (self, self->done_data);
}

static gboolean
link_is_closed (FlCliJob *self)
{
  gboolean open = FALSE;

  if (self->setup != NULL)
    g_object_get (self->setup, "link-open", &open, NULL);
  return !open;
}

static void
on_timer (gpointer data)
{
  FlCliJob *self = data;
  FlCliNext next = g_steal_pointer (&self->next);

  self->timer_id = 0;
  self->test = NULL;
  next (self);
}

static void
set_timer (FlCliJob *self, guint ms)
{
  FlClock *clock = fl_engine_get_clock (self->cli->engine);

  fl_clock_clear (clock, &self->timer_id);
  self->timer_id = fl_clock_add_ms (clock, ms, on_timer, self);
}

/* (transfer full) (nullable) @error */
static void
end (FlCliJob *self, GError *error)
{
  self->ending = TRUE;
  self->error = error;
  if (self->setup != NULL)
    fl_setup_close (self->setup);
  set_timer (self, LEAVE_MS);
  fl_cli_job_wait (self, link_is_closed, FL_CLI_FORGIVE_ALL, finish);
}

void
fl_cli_job_end (FlCliJob *self, GError *error)
{
  if (error != NULL && fl_cli_is_stopped (self->cli))
    {
      g_clear_error (&error);
      if (!self->cli->timed_out || !(self->flags & FL_CLI_JOB_ENDLESS))
        error = fl_cli_dup_stop (self->cli, get_stage (self));
    }
  end (self, error);
}

gboolean
fl_cli_job_check (FlCliJob *self, FlDriver *driver, GAsyncResult *result)
{
  GError *error = NULL;

  if (fl_driver_finish (driver, result, &error))
    return TRUE;
  fl_cli_job_end (self, error);
  return FALSE;
}

/* The command was stopped while the journey was on its way: says what the device keeps. */
static void
take_stop (FlCliJob *self)
{
  g_autoptr (GError) error = fl_cli_dup_stop (self->cli, get_stage (self));
  const GError *kept;

  if (self->setup != NULL)
    fl_setup_cancel (self->setup);
  kept = self->setup != NULL ? fl_setup_get_error (self->setup) : NULL;
  if (g_error_matches (error, FL_ERROR, FL_ERROR_CANCELLED) && kept != NULL)
    end (self, g_error_copy (kept));
  else
    end (self, g_steal_pointer (&error));
}

/* Neither a test nor a timer: an operation is under way, and ends by its cancellable. */
static gboolean
look_for_stop (FlCliJob *self)
{
  if (self->ending || !fl_cli_is_stopped (self->cli))
    return FALSE;
  if (self->test != NULL)
    take_stop (self);
  else if (self->timer_id != 0)
    fl_cli_job_end (self, fl_cli_dup_stop (self->cli, get_stage (self)));
  return TRUE;
}

void
fl_cli_job_look (FlCliJob *self)
{
  const GError *error;
  FlCliNext next = self->next;

  if (look_for_stop (self) || self->test == NULL || !self->test (self))
    return;

  self->test = NULL;
  self->next = NULL;
  fl_clock_clear (fl_engine_get_clock (self->cli->engine), &self->timer_id);
  error = self->setup != NULL ? fl_setup_get_error (self->setup) : NULL;
  if (error == NULL || self->forgiven == FL_CLI_FORGIVE_ALL ||
      g_error_matches (error, FL_ERROR, self->forgiven))
    next (self);
  else
    fl_cli_job_end (self, g_error_copy (error));
}

void
fl_cli_job_wait (FlCliJob *self, FlCliTest test, int forgiven, FlCliNext next)
{
  self->test = test;
  self->forgiven = forgiven;
  self->next = next;
  fl_cli_job_look (self);
}

void
fl_cli_job_wait_ms (FlCliJob *self, guint ms, FlCliNext next)
{
  self->next = next;
  set_timer (self, ms);
  look_for_stop (self);
}

FlDriver *
fl_cli_job_get_driver (FlCliJob *self)
{
  return fl_setup_get_driver (self->setup);
}

void
fl_cli_job_expect_loss (FlCliJob *self)
{
  self->quiet = TRUE;
}

void
fl_cli_job_set_network_name (FlCliJob *self, const char *name)
{
  g_free (self->network_name);
  self->network_name = g_strdup (name);
}

gboolean
fl_cli_job_has_ended (FlCliJob *self)
{
  FlStage stage = fl_setup_get_stage (self->setup);

  return stage == FL_STAGE_ONLINE || stage == FL_STAGE_FAILED || stage == FL_STAGE_CANCELLED;
}
