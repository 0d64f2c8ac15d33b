/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-setup"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-jobs.h"
#include "fl-cli-options.h"
#include "fl-cli-plan.h"
#include "fl-cli-scan.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

static gboolean
parse (FlCliPlan *plan,
       FlCliTargets *targets,
       FlCli *cli,
       const FlCliCommand *command,
       char ***args,
       GError **error)
{
  const GOptionEntry entries[] = {
    { "network", 0, 0, G_OPTION_ARG_FILENAME, &plan->network,
      N_ ("Name of the network, every byte of it counts"), N_ ("NAME") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &plan->password_file,
      N_ ("Read the password from a file, “-” for standard input"), N_ ("F") },
    { "security", 0, 0, G_OPTION_ARG_STRING, &plan->security_nick,
      N_ ("open, wep, wpa, wpa2, wpa-wpa2, wpa3, wpa2-wpa3; else what the device sees"), N_ ("S") },
    { "hidden", 0, 0, G_OPTION_ARG_NONE, &plan->hidden, N_ ("The network does not show its name"),
      NULL },
    { "bssid", 0, 0, G_OPTION_ARG_STRING, &plan->bssid_text, N_ ("Only this access point"),
      N_ ("B") },
    { "save-only", 0, 0, G_OPTION_ARG_NONE, &plan->save_only,
      N_ ("Store the network without trying it"), NULL },
    { "no-wait", 0, 0, G_OPTION_ARG_NONE, &plan->no_wait,
      N_ ("End when the device has joined, without waiting until it is online"), NULL },
    { NULL }
  };

  return fl_cli_options_parse_devices (cli, command, entries,
                                       fl_cli_login_create_group (&plan->login), targets, args,
                                       error) &&
         fl_cli_plan_load (plan, targets, cli, error);
}

static gboolean
is_followed (FlCliJob *job)
{
  if (fl_cli_job_has_ended (job))
    return TRUE;
  if (fl_setup_get_stage (job->setup) == FL_STAGE_CHOOSING &&
      fl_setup_get_error (job->setup) != NULL)
    return TRUE;
  return job->enough != 0 && (fl_setup_get_proof (job->setup) & job->enough) == job->enough;
}

static void
on_followed (FlCliJob *job)
{
  fl_cli_progress_finish (job->progress);
  fl_cli_job_end (job, NULL);
}

/* What this very device takes. */
static gboolean
check_login (FlCliJob *job, GError **error)
{
  const FlCliPlan *plan = job->task->options;
  FlDriver *driver = fl_setup_get_driver (job->setup);
  const FlEnterpriseLimits *limits =
      driver != NULL ? fl_driver_get_enterprise_limits (driver) : NULL;

  return plan->login.draft == NULL || limits == NULL ||
         fl_cli_login_check (&plan->login, limits, job->output, NULL, error);
}

static void
submit (FlCliJob *job)
{
  const FlCliPlan *plan = job->task->options;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlNetwork) seen =
      fl_cli_plan_needs_scan (plan) ? fl_cli_scan_find (job, plan->ssid) : NULL;
  g_autoptr (FlCredentials) credentials =
      fl_cli_plan_create_credentials (plan, fl_setup_get_capabilities (job->setup), seen, &error);

  if (credentials == NULL || !check_login (job, &error))
    {
      fl_cli_job_end (job, g_steal_pointer (&error));
      return;
    }

  fl_cli_job_set_network_name (job, fl_credentials_get_name (credentials));
  job->enough = plan->save_only || plan->no_wait ? FL_PROOF_STORED : 0;
  if (plan->save_only)
    fl_setup_save (job->setup, credentials);
  else
    fl_setup_join (job->setup, credentials);
  fl_cli_job_wait (job, is_followed, 0, on_followed);
}

static void
begin (FlCliJob *job)
{
  const FlCliPlan *plan = job->task->options;

  if (fl_cli_plan_needs_scan (plan))
    fl_cli_scan_wait (job, plan->ssid, plan->has_security, submit);
  else
    submit (job);
}

gboolean
fl_cli_setup (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  g_auto (FlCliTargets) targets = { 0 };
  g_auto (FlCliPlan) plan = { 0 };
  FlCliTask task = { .flags = FL_CLI_JOB_STORY, .begin = begin, .options = &plan };

  if (!parse (&plan, &targets, cli, command, args, error))
    return FALSE;
  if (fl_cli_plan_needs_scan (&plan))
    task.flags |= FL_CLI_JOB_SCAN;
  return fl_cli_start (cli, error) && fl_cli_jobs_run (cli, &task, &targets, error);
}
