/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-known"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-jobs.h"
#include "fl-cli-options.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *remove; /* (nullable) */
  GBytes *ssid; /* (nullable) the same */
  gboolean clear;
} Options;

static void
tell (FlCliJob *job, GPtrArray *known)
{
  for (guint i = 0; i < known->len; i++)
    fl_cli_event_network (job->output, known->pdata[i], i + 1);
  if (known->len == 0)
    fl_cli_event_note (job->output, "none-stored", _ ("The device has no networks stored."));
}

static gboolean
contains (GPtrArray *known, GBytes *ssid)
{
  for (guint i = 0; i < known->len; i++)
    if (g_bytes_equal (fl_network_get_ssid (known->pdata[i]), ssid))
      return TRUE;
  return FALSE;
}

/* No newer firmware keeps them where a cable reaches; an older one did. */
static GError *
explain (FlDriver *driver, GError *error) /* (transfer full) both, (nullable) */
{
  if (g_error_matches (error, FL_ERROR, FL_ERROR_UNSUPPORTED) &&
      (fl_driver_get_capabilities (driver) & FL_CAN_JOIN) == 0)
    error->code = FL_ERROR_OTHER_ROAD;
  return error;
}

static void
on_list (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) known = fl_driver_list_known_finish (FL_DRIVER (source), result, &error);

  if (known != NULL)
    tell (job, known);
  fl_cli_job_end (job, explain (FL_DRIVER (source), g_steal_pointer (&error)));
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *job = data;

  if (fl_cli_job_check (job, FL_DRIVER (source), result))
    fl_driver_list_known_async (FL_DRIVER (source), job->cli->cancellable, on_list, job);
}

/* What is there, before some of it goes. */
static void
on_list_before (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *job = data;
  const Options *options = job->task->options;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) known = fl_driver_list_known_finish (FL_DRIVER (source), result, &error);

  if (known != NULL && options->ssid != NULL && !contains (known, options->ssid))
    g_set_error (&error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                 _ ("The device has no network “%s” stored"), options->remove);
  if (error != NULL)
    {
      fl_cli_job_end (job, explain (FL_DRIVER (source), g_steal_pointer (&error)));
      return;
    }
  fl_driver_remove_known_async (FL_DRIVER (source), options->ssid, job->cli->cancellable,
                                on_removed, job);
}

static void
begin (FlCliJob *job)
{
  const Options *options = job->task->options;

  fl_driver_list_known_async (fl_cli_job_get_driver (job), job->cli->cancellable,
                              options->clear || options->ssid != NULL ? on_list_before : on_list,
                              job);
}

static gboolean
run (FlCli *cli, Options *options, const FlCliTargets *targets, GError **error)
{
  const FlCliTask task = { .begin = begin, .options = options };
  gboolean ok;

  if (options->remove != NULL && options->clear)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                           _ ("--remove and --clear exclude each other"));
      return FALSE;
    }
  if (options->remove != NULL)
    options->ssid = g_bytes_new (options->remove, strlen (options->remove));
  ok = fl_cli_start (cli, error) && fl_cli_jobs_run (cli, &task, targets, error);
  g_clear_pointer (&options->ssid, g_bytes_unref);
  return ok;
}

gboolean
fl_cli_known (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  Options options = { 0 };
  const GOptionEntry entries[] = { { "remove", 0, 0, G_OPTION_ARG_FILENAME, &options.remove,
                                     N_ ("Forget this network"), N_ ("NAME") },
                                   { "clear", 0, 0, G_OPTION_ARG_NONE, &options.clear,
                                     N_ ("Forget all networks"), NULL },
                                   { NULL } };
  g_auto (FlCliTargets) targets = { 0 };
  gboolean ok = fl_cli_options_parse_devices (cli, command, entries, NULL, &targets, args, error) &&
                run (cli, &options, &targets, error);

  g_free (options.remove);
  return ok;
}
