/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-identify"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-jobs.h"
#include "fl-cli-options.h"

#include <glib/gi18n-lib.h>

static void
on_identified (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *job = data;
  const gboolean *stop = job->task->options;

  if (!fl_cli_job_check (job, FL_DRIVER (source), result))
    return;
  fl_cli_event_note (job->output, *stop ? "identify-off" : "identify-on",
                     *stop ? _ ("The light is back to normal.")
                           : _ ("The light of the device shows all colours now."));
  fl_cli_job_end (job, NULL);
}

static void
begin (FlCliJob *job)
{
  const gboolean *stop = job->task->options;

  fl_driver_identify_async (fl_cli_job_get_driver (job), !*stop, job->cli->cancellable,
                            on_identified, job);
}

gboolean
fl_cli_identify (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  gboolean stop = FALSE;
  const GOptionEntry entries[] = {
    { "stop", 0, 0, G_OPTION_ARG_NONE, &stop, N_ ("Go back to the usual light"), NULL }, { NULL }
  };
  g_auto (FlCliTargets) targets = { 0 };
  const FlCliTask task = { .begin = begin, .options = &stop };

  return fl_cli_options_parse_devices (cli, command, entries, NULL, &targets, args, error) &&
         fl_cli_start (cli, error) && fl_cli_jobs_run (cli, &task, &targets, error);
}
