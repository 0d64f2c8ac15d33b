/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-jobs"
#include "config.h"

#include "fl-cli-jobs.h"

#include "fl-cli-result.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* Sessions that a common adapter holds well at a time. */
#define BLUETOOTH_MAX 3

struct _FlCliJobs
{
  GPtrArray *jobs; /* of FlCliJob */
  guint n_running;
};

/* Which way the journey will take, or takes. */
static gboolean
needs_bluetooth (FlCliJob *job)
{
  FlRoad *road = job->device != NULL ? fl_device_get_best_road (job->device) : NULL;

  return road != NULL && fl_road_get_kind (road) == FL_ROAD_BLUETOOTH;
}

static void
on_done (FlCliJob *job, gpointer data)
{
  FlCliJobs *self = data;

  self->n_running--;
  if (self->jobs->len > 1 && job->error != NULL)
    fl_cli_result_tell_job (job);
  for (guint i = 0; i < self->jobs->len; i++)
    fl_cli_job_poke (self->jobs->pdata[i]);
}

static FlCliJobs *
jobs_new (FlCli *cli, const FlCliTask *task, const FlCliTargets *targets)
{
  FlCliJobs *self = g_new0 (FlCliJobs, 1);

  self->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_cli_job_free);
  for (guint i = 0; i < targets->list->len; i++)
    {
      const FlCliTarget *target = targets->list->pdata[i];
      const char *tag = targets->list->len > 1 ? target->device : NULL;
      FlCliJob *job =
          fl_cli_job_new (cli, task, targets, target, fl_cli_output_new_part (cli->output, tag, i));

      job->on_done = on_done;
      job->done_data = self;
      g_ptr_array_add (self->jobs, job);
    }
  self->n_running = self->jobs->len;
  return self;
}

void
fl_cli_jobs_free (FlCliJobs *self)
{
  g_ptr_array_unref (self->jobs);
  g_free (self);
}

gboolean
fl_cli_jobs_run (FlCli *cli, const FlCliTask *task, const FlCliTargets *targets, GError **error)
{
  FlCliJobs *self = cli->jobs = jobs_new (cli, task, targets);

  for (guint i = 0; i < self->jobs->len; i++)
    fl_cli_job_start (self->jobs->pdata[i]);
  while (self->n_running > 0)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < self->jobs->len; i++)
    {
      FlCliJob *job = self->jobs->pdata[i];

      if (job->error == NULL)
        continue;
      g_propagate_error (error, g_error_copy (job->error));
      return FALSE;
    }
  return TRUE;
}

guint
fl_cli_jobs_get_n (FlCliJobs *self)
{
  return self->jobs->len;
}

FlCliJob *
fl_cli_jobs_get (FlCliJobs *self, guint i)
{
  return self->jobs->pdata[i];
}

gboolean
fl_cli_jobs_check_twins (FlCliJobs *self, FlCliJob *job, GError **error)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      FlCliJob *other = self->jobs->pdata[i];

      if (other == job || other->device == NULL || other->device != job->device)
        continue;
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                   /* Translators: both placeholders are how a device was named */
                   _ ("“%s” and “%s” are the same device"),
                   fl_cli_output_get_device (other->output),
                   fl_cli_output_get_device (job->output));
      return FALSE;
    }
  return TRUE;
}

static gboolean
has_turn (FlCliJob *job)
{
  FlCliJobs *self = job->cli->jobs;
  guint n_ahead = 0;

  if (!needs_bluetooth (job))
    return TRUE;
  for (guint i = 0; i < self->jobs->len; i++)
    {
      FlCliJob *other = self->jobs->pdata[i];

      if (other->admitted && !other->done && needs_bluetooth (other))
        n_ahead++;
    }
  return n_ahead < BLUETOOTH_MAX;
}

static void
enter (FlCliJob *job)
{
  job->admitted = TRUE;
  job->then (job);
}

void
fl_cli_jobs_admit (FlCliJobs *self, FlCliJob *job, FlCliNext next)
{
  job->then = next;
  fl_cli_job_wait (job, has_turn, 0, enter);
}
