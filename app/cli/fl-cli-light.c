/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-light"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-jobs.h"
#include "fl-cli-options.h"
#include "fl-cli-words.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

#define FOLLOW_MS 1000

static void
tell (FlCliJob *job, const FlLight *light)
{
  g_autofree char *words = fl_cli_words_light (light, TRUE);
  const char *advice = fl_light_get_stuck_advice (light);

  fl_cli_event_light (job->output, light, TRUE);
  /* Translators: the light in words, then what it means */
  fl_cli_output_say (job->output, _ ("%s (%s)"), words, fl_light_get_meaning (light));
  if (*advice != '\0')
    fl_cli_output_say (job->output, "  %s", advice);
}

static void begin (FlCliJob *job);

static void
on_state (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *job = data;
  const gboolean *following = job->task->options;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state =
      fl_driver_read_state_finish (FL_DRIVER (source), result, &error);
  const FlLight *light = state != NULL ? fl_light_from_state (state) : NULL;

  if (light == NULL)
    {
      fl_cli_job_end (job, g_steal_pointer (&error));
      return;
    }
  if (light != job->mark)
    tell (job, light);
  job->mark = light;
  if (!*following)
    {
      fl_cli_job_end (job, NULL);
      return;
    }
  job->flags |= FL_CLI_JOB_ENDLESS;
  fl_cli_job_wait_ms (job, FOLLOW_MS, begin);
}

static void
begin (FlCliJob *job)
{
  FlDriver *driver = fl_cli_job_get_driver (job);

  if (driver != NULL)
    fl_driver_read_state_async (driver, job->cli->cancellable, on_state, job);
  else
    fl_cli_job_end (job, g_error_new (FL_ERROR, FL_ERROR_LINK_LOST, "The link was lost meanwhile"));
}

gboolean
fl_cli_light (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  gboolean following = FALSE;
  const GOptionEntry entries[] = { { "follow", 0, 0, G_OPTION_ARG_NONE, &following,
                                     N_ ("Go on until --timeout or Ctrl+C"), NULL },
                                   { NULL } };
  g_auto (FlCliTargets) targets = { 0 };
  const FlCliTask task = { .begin = begin, .options = &following };

  return fl_cli_options_parse_devices (cli, command, entries, NULL, &targets, args, error) &&
         fl_cli_start (cli, error) && fl_cli_jobs_run (cli, &task, &targets, error);
}
