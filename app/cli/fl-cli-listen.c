/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-listen"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-jobs.h"
#include "fl-cli-options.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The words left are DEVICE… on|off, or on|off alone. */
static gboolean
parse_on (const char *word, gboolean *on, GError **error)
{
  *on = strcmp (word, "on") == 0;
  if (*on || strcmp (word, "off") == 0)
    return TRUE;
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("Say “on” or “off”, not “%s”"), word);
  return FALSE;
}

static void
on_listening (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *job = data;
  const gboolean *on = job->task->options;

  if (!fl_cli_job_check (job, FL_DRIVER (source), result))
    return;
  fl_cli_event_note (job->output, *on ? "listening" : "not-listening",
                     *on ? _ ("The device waits for set-up now.")
                         : _ ("The device has left set-up mode."));
  fl_cli_job_end (job, NULL);
}

static void
begin (FlCliJob *job)
{
  const gboolean *on = job->task->options;

  fl_cli_job_expect_loss (job);
  fl_driver_listen_async (fl_cli_job_get_driver (job), *on, job->cli->cancellable, on_listening,
                          job);
}

gboolean
fl_cli_listen (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_auto (FlCliTargets) targets = { 0 };
  gboolean on = FALSE;
  const FlCliTask task = { .begin = begin, .options = &on };
  GOptionGroup *more[] = { fl_cli_targets_create_group (&targets), NULL };
  guint n_words;

  if (!fl_cli_options_parse_command (cli, command, entries, more, args, 1, FL_CLI_MAX_DEVICES + 1,
                                     error))
    return FALSE;
  n_words = g_strv_length (*args) - 1;
  return parse_on ((*args)[n_words], &on, error) &&
         fl_cli_targets_load (&targets, cli, *args + 1, n_words - 1, error) &&
         fl_cli_start (cli, error) && fl_cli_jobs_run (cli, &task, &targets, error);
}
