/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-info"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-jobs.h"
#include "fl-cli-options.h"
#include "fl-error.h"

static void
on_state (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state =
      fl_driver_read_state_finish (FL_DRIVER (source), result, &error);

  /* Who it is is worth telling, whatever it keeps to itself. */
  if (g_error_matches (error, FL_ERROR, FL_ERROR_PROTECTED) ||
      g_error_matches (error, FL_ERROR, FL_ERROR_UNSUPPORTED))
    g_clear_error (&error);
  if (error == NULL)
    fl_cli_event_info (job->output, fl_setup_get_info (job->setup), state);
  fl_cli_job_end (job, g_steal_pointer (&error));
}

static void
begin (FlCliJob *job)
{
  fl_driver_read_state_async (fl_cli_job_get_driver (job), job->cli->cancellable, on_state, job);
}

gboolean
fl_cli_info (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_auto (FlCliTargets) targets = { 0 };
  const FlCliTask task = { .begin = begin };

  return fl_cli_options_parse_devices (cli, command, entries, NULL, &targets, args, error) &&
         fl_cli_start (cli, error) && fl_cli_jobs_run (cli, &task, &targets, error);
}
