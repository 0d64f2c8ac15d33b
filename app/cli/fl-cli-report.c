/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-report"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-check.h"
#include "fl-cli-doctor.h"
#include "fl-cli-events.h"
#include "fl-cli-jobs.h"
#include "fl-cli-options.h"
#include "fl-cli-search.h"
#include "fl-error.h"
#include "fl-report.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *out; /* (nullable) */
  gboolean hide_names;
  GListModel *computer; /* (nullable) of FlFinding */
} Options;

static void
take_report (FlCliJob *job, const FlReportFacts *facts)
{
  job->report = fl_report_to_json (facts);
  job->report_text = fl_report_to_text (facts);
}

/* What is the same in all reports of one call. */
static FlReportFacts
begin_facts (FlCli *cli, const Options *options, GDateTime *now, const char *system)
{
  return (FlReportFacts){
    .written = now,
    .version = FL_VERSION,
    .system = system,
    .product = fl_product_get_id (fl_engine_get_product (cli->engine)),
    .setup_done = -1,
    .computer = options->computer,
    .hide_names = options->hide_names,
  };
}

static void
write_report (FlCliJob *job, FlVisit *visit, GPtrArray *findings)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  FlReportFacts facts = begin_facts (job->cli, job->task->options, now, system);

  fl_report_fill (&facts, visit);
  facts.check = findings;
  take_report (job, &facts);
}

/* A device that cannot be opened has a report, too: it tells why. */
static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *job = data;
  FlVisit *visit = FL_VISIT (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = fl_check_run_finish (result, &error);

  if (error == NULL)
    fl_cli_search_check_only (job->cli, job->target, job->device, &error);
  if (error == NULL && findings != NULL)
    write_report (job, visit, findings);
  if (error == NULL && !fl_visit_get_open (visit) && fl_visit_get_error (visit) != NULL)
    error = g_error_copy (fl_visit_get_error (visit));
  fl_cli_job_end (job, g_steal_pointer (&error));
}

static void
begin (FlCliJob *job)
{
  FlVisit *visit = fl_visit_new (job->cli->engine, job->device);

  job->kept = G_OBJECT (visit);
  if (job->label != NULL)
    fl_visit_set_label (visit, job->label);
  fl_cli_job_watch (job, fl_visit_get_setup (visit));
  fl_check_run_async (visit, job->cli->cancellable, on_checked, job);
}

/* All of them, in the order of the arguments. */
static char *
join_texts (FlCliJobs *jobs)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fl_cli_jobs_get_n (jobs); i++)
    {
      const char *one = fl_cli_jobs_get (jobs, i)->report_text;

      if (one == NULL)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, one);
    }
  return g_string_free (text, FALSE);
}

static gboolean
hand_over (FlCli *cli, const Options *options, const char *text, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *name = options->out != NULL ? g_filename_display_name (options->out) : NULL;
  g_autofree char *note = NULL;

  if (*text == '\0')
    return TRUE;
  if (options->out == NULL)
    {
      fl_cli_output_say_lines (cli->output, text);
      return TRUE;
    }
  if (!g_file_set_contents (options->out, text, -1, &local))
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "%s: %s", name, local->message);
      return FALSE;
    }
  /* Translators: the placeholder is a file */
  note = g_strdup_printf (_ ("The report is in “%s”."), name);
  fl_cli_event_note (cli->output, "report-written", note);
  return TRUE;
}

static gboolean
report_computer (FlCli *cli, const Options *options, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  FlReportFacts facts = begin_facts (cli, options, now, system);
  g_autofree char *text = fl_report_to_text (&facts);

  cli->report = fl_report_to_json (&facts);
  return hand_over (cli, options, text, error);
}

static gboolean
report_devices (FlCli *cli, const Options *options, const FlCliTargets *targets, GError **error)
{
  const FlCliTask task = { .flags = FL_CLI_JOB_VISIT, .begin = begin, .options = options };
  g_autoptr (GError) failure = NULL;
  gboolean ok = fl_cli_jobs_run (cli, &task, targets, &failure);
  g_autofree char *text = join_texts (cli->jobs);

  if (!hand_over (cli, options, text, error))
    return FALSE;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&failure));
  return ok;
}

static gboolean
run (FlCli *cli, Options *options, const FlCliTargets *targets, GError **error)
{
  const FlCliTarget *first = targets->list->pdata[0];
  gboolean has_device = first->device != NULL || first->label != NULL;

  /* A simulated device has nothing to do with this computer. */
  if (!has_device || !cli->wiring.simulate)
    {
      options->computer = fl_cli_doctor_look (cli, NULL, error);
      if (options->computer == NULL)
        return FALSE;
    }
  return has_device ? report_devices (cli, options, targets, error)
                    : report_computer (cli, options, error);
}

gboolean
fl_cli_report (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  Options options = { 0 };
  const GOptionEntry entries[] = { { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.out,
                                     N_ ("Write the report to a file instead of standard output"),
                                     N_ ("F") },
                                   { "hide-names", 0, 0, G_OPTION_ARG_NONE, &options.hide_names,
                                     N_ ("Call networks A, B, C… instead of their names"), NULL },
                                   { NULL } };
  g_auto (FlCliTargets) targets = { 0 };
  gboolean ok = fl_cli_options_parse_devices (cli, command, entries, NULL, &targets, args, error) &&
                fl_cli_start (cli, error) && run (cli, &options, &targets, error);

  g_clear_object (&options.computer);
  g_free (options.out);
  return ok;
}
