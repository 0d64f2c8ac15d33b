/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-reset"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-jobs.h"
#include "fl-cli-options.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *name;
  FlResetKind kind;
} modes[] = {
  { "normal", FL_RESET_NORMAL },
  { "safe", FL_RESET_SAFE_MODE },
  { "dfu", FL_RESET_BOOTLOADER },
};

static gboolean
parse_mode (const char *text, FlResetKind *kind, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (strcmp (modes[i].name, text) == 0)
      {
        *kind = modes[i].kind;
        return TRUE;
      }
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                       _ ("--mode takes normal, safe or dfu"));
  return FALSE;
}

static void
on_reset (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *job = data;

  if (!fl_cli_job_check (job, FL_DRIVER (source), result))
    return;
  fl_cli_event_note (job->output, "reset", _ ("The device starts anew."));
  fl_cli_job_end (job, NULL);
}

static void
begin (FlCliJob *job)
{
  const FlResetKind *kind = job->task->options;

  /* It was in update mode and has just started anew. */
  if (job->mark != NULL)
    {
      fl_cli_event_note (job->output, "left-update-mode",
                         _ ("The device has left update mode and is back."));
      fl_cli_job_end (job, NULL);
      return;
    }
  fl_cli_job_expect_loss (job);
  fl_driver_reset_async (fl_cli_job_get_driver (job), *kind, job->cli->cancellable, on_reset, job);
}

/* A device in update mode knows one order: to leave it. */
static gboolean
leave_update_mode (FlCliJob *job, const GError *error)
{
  const FlResetKind *kind = job->task->options;

  if (*kind != FL_RESET_NORMAL || job->mark != NULL ||
      !g_error_matches (error, FL_ERROR, FL_ERROR_UPDATE_MODE))
    return FALSE;
  job->mark = error;
  fl_setup_leave_update_mode (job->setup);
  return TRUE;
}

gboolean
fl_cli_reset (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  g_autofree char *mode = NULL;
  const GOptionEntry entries[] = { { "mode", 0, 0, G_OPTION_ARG_STRING, &mode,
                                     N_ ("How it starts: normal, safe or dfu (update mode)"),
                                     N_ ("M") },
                                   { NULL } };
  g_auto (FlCliTargets) targets = { 0 };
  FlResetKind kind = FL_RESET_NORMAL;
  const FlCliTask task = { .begin = begin, .mend = leave_update_mode, .options = &kind };

  return fl_cli_options_parse_devices (cli, command, entries, NULL, &targets, args, error) &&
         (mode == NULL || parse_mode (mode, &kind, error)) && fl_cli_start (cli, error) &&
         fl_cli_jobs_run (cli, &task, &targets, error);
}
