/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-scan"
#include "config.h"

#include "fl-cli-scan.h"

#include "fl-error.h"

FlNetwork *
fl_cli_scan_find (FlCliJob *job, GBytes *ssid)
{
  GListModel *networks = fl_setup_get_networks (job->setup);

  for (guint i = 0; i < g_list_model_get_n_items (networks); i++)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (networks, i);

      if (g_bytes_equal (fl_network_get_ssid (network), ssid))
        return g_steal_pointer (&network);
    }
  return NULL;
}

static gboolean
is_enough (FlCliJob *job)
{
  g_autoptr (FlNetwork) network =
      job->awaited_ssid != NULL ? fl_cli_scan_find (job, job->awaited_ssid) : NULL;
  FlStage stage = fl_setup_get_stage (job->setup);

  if (network != NULL || fl_cli_job_has_ended (job))
    return TRUE;
  return stage == FL_STAGE_CHOOSING && !fl_setup_get_scanning (job->setup) &&
         (fl_setup_get_driver (job->setup) != NULL || fl_setup_get_error (job->setup) != NULL);
}

static void
on_enough (FlCliJob *job)
{
  fl_cli_progress_finish (job->progress);
  job->then (job);
}

void
fl_cli_scan_wait (FlCliJob *job, GBytes *ssid, gboolean may_be_empty, FlCliNext next)
{
  g_clear_pointer (&job->awaited_ssid, g_bytes_unref);
  job->awaited_ssid = ssid != NULL ? g_bytes_ref (ssid) : NULL;
  job->then = next;
  fl_cli_job_wait (job, is_enough, may_be_empty ? FL_ERROR_SCAN_EMPTY : 0, on_enough);
}
