/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-networks"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-jobs.h"
#include "fl-cli-options.h"
#include "fl-cli-scan.h"

/* The strongest first; an unknown signal last. */
static int
compare_signal (gconstpointer a, gconstpointer b)
{
  FlNetwork *left = *(FlNetwork *const *) a, *right = *(FlNetwork *const *) b;
  int left_dbm = fl_network_get_rssi (left), right_dbm = fl_network_get_rssi (right);

  if (left_dbm == 0 || right_dbm == 0)
    return (left_dbm == 0) - (right_dbm == 0);
  return right_dbm - left_dbm;
}

/* With --json each network was told as soon as it was found. */
static void
say_sorted (FlCliJob *job)
{
  GListModel *networks = fl_setup_get_networks (job->setup);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);

  if (fl_cli_output_get_json (job->output))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (networks); i++)
    g_ptr_array_add (sorted, g_list_model_get_item (networks, i));
  g_ptr_array_sort (sorted, compare_signal);
  for (guint i = 0; i < sorted->len; i++)
    fl_cli_event_network (job->output, sorted->pdata[i], 0);
}

static void
on_scanned (FlCliJob *job)
{
  say_sorted (job);
  fl_cli_job_end (job, NULL);
}

static void
begin (FlCliJob *job)
{
  fl_cli_scan_wait (job, NULL, FALSE, on_scanned);
}

gboolean
fl_cli_networks (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  const GOptionEntry entries[] = { { NULL } };
  g_auto (FlCliTargets) targets = { 0 };
  const FlCliTask task = { .flags = FL_CLI_JOB_SCAN, .begin = begin };

  return fl_cli_options_parse_devices (cli, command, entries, NULL, &targets, args, error) &&
         fl_cli_start (cli, error) && fl_cli_jobs_run (cli, &task, &targets, error);
}
