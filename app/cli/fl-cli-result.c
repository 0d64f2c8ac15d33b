/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-result"
#include "config.h"

#include "fl-cli-result.h"

#include "fl-cli-jobs.h"
#include "fl-cli-text.h"
#include "fl-cli-words.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* In all of this @job is NULL when the command did not get to a device. */

/* Where the journey ended, or where it failed. NULL: this command makes no journey. */
static const char *
get_stage (FlCliJob *job)
{
  FlStage stage;

  if (job == NULL)
    return NULL;
  if (job->setup == NULL)
    return fl_stage_to_string (FL_STAGE_FINDING);

  stage = fl_setup_get_stage (job->setup);
  if (stage == FL_STAGE_FAILED || stage == FL_STAGE_CANCELLED ||
      fl_setup_get_error (job->setup) != NULL)
    stage = fl_setup_get_failed_stage (job->setup);
  return fl_stage_to_string (stage);
}

static FlCredentials *
get_credentials (FlCliJob *job)
{
  return job != NULL && job->setup != NULL ? fl_setup_get_credentials (job->setup) : NULL;
}

static char *
dup_title (FlCliJob *job, const GError *error)
{
  FlCredentials *credentials = get_credentials (job);

  return fl_error_dup_title (error,
                             credentials != NULL ? fl_credentials_get_name (credentials) : NULL);
}

/* @file: (nullable) what it is about. */
static void
write_error_json (FlCliOutput *output, FlCliJob *job, const char *file, const GError *error)
{
  JsonBuilder *json = fl_cli_output_begin (output, "error");
  g_autofree char *title = dup_title (job, error);
  FlErrorText text;

  if (json == NULL)
    return;

  fl_error_describe (error, &text);
  if (file != NULL)
    fl_cli_json_string (json, "file", file);
  fl_cli_json_string (json, "error", fl_error_get_id (error));
  fl_cli_json_string (json, "stage", get_stage (job));
  fl_cli_json_string (json, "title", title);
  fl_cli_json_string (json, "advice", text.advice);
  fl_cli_json_boolean (json, "sure", text.sure);
  fl_cli_json_string (json, "detail", error->message);
  fl_cli_output_end (output, json);
}

static void
write_timings (FlCliJob *job, JsonBuilder *json)
{
  gboolean has_journey = job != NULL && job->setup != NULL;

  json_builder_set_member_name (json, "timings_ms");
  json_builder_begin_object (json);
  for (FlStage stage = FL_STAGE_FINDING; has_journey && stage < FL_STAGE_FAILED; stage++)
    {
      gint64 spent_ms = fl_setup_get_stage_ms (job->setup, stage);

      if (spent_ms >= 0)
        fl_cli_json_int (json, fl_stage_to_string (stage), spent_ms);
    }
  json_builder_end_object (json);
}

static void
write_proof (FlCliJob *job, JsonBuilder *json)
{
  static const struct
  {
    FlProof proof;
    const char *name;
  } proofs[] = {
    { FL_PROOF_STORED, "stored" },
    { FL_PROOF_JOINED, "joined" },
    { FL_PROOF_ADDRESS, "address" },
    { FL_PROOF_CLOUD, "cloud" },
  };
  FlProof proof = job != NULL && job->setup != NULL ? fl_setup_get_proof (job->setup) : 0;

  json_builder_set_member_name (json, "proof");
  json_builder_begin_array (json);
  for (gsize i = 0; i < G_N_ELEMENTS (proofs); i++)
    if (proof & proofs[i].proof)
      json_builder_add_string_value (json, proofs[i].name);
  json_builder_end_array (json);
}

/* What the product profile asks for on the way comes as text, … */
static void
write_product_reply (FlCliJob *job, JsonBuilder *json)
{
  if (job != NULL && job->setup != NULL && fl_setup_get_reply (job->setup) != NULL)
    fl_cli_json_string (json, "reply", fl_setup_get_reply (job->setup));
}

/* … and what "request" asks for as anything. */
static void
write_reply (FlCliJob *job, JsonBuilder *json)
{
  g_autofree char *text = NULL;

  if (job != NULL && job->reply == NULL && job->setup != NULL &&
      fl_setup_get_reply (job->setup) != NULL)
    fl_cli_json_string (json, "reply", fl_setup_get_reply (job->setup));
  if (job == NULL || job->reply == NULL)
    return;
  text = fl_cli_dup_bytes_text (job->reply);
  fl_cli_json_string (json, "reply", text);
  fl_cli_json_hex (json, "reply_hex", job->reply);
  fl_cli_json_int (json, "result", job->reply_code);
}

/* @text: (nullable) */
static void
write_report (const char *text, JsonBuilder *json)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  if (node == NULL)
    return;
  json_builder_set_member_name (json, "report");
  json_builder_add_value (json, g_steal_pointer (&node));
}

/* What is the same for the whole result and for each of several devices. */
static void
write_end (FlCliJob *job, const GError *error, JsonBuilder *json)
{
  fl_cli_json_boolean (json, "ok", error == NULL);
  fl_cli_json_string (json, "stage", get_stage (job));
  fl_cli_json_string (json, "error", error != NULL ? fl_error_get_id (error) : NULL);
  fl_cli_json_int (json, "exit_status", fl_error_get_exit_status (error));
}

static void
write_journey (FlCliJob *job, JsonBuilder *json)
{
  write_proof (job, json);
  write_timings (job, json);
  write_product_reply (job, json);
  write_reply (job, json);
  write_report (job != NULL ? job->report : NULL, json);
}

static void
write_devices (FlCliJobs *jobs, JsonBuilder *json)
{
  json_builder_set_member_name (json, "devices");
  json_builder_begin_array (json);
  for (guint i = 0; i < fl_cli_jobs_get_n (jobs); i++)
    {
      FlCliJob *job = fl_cli_jobs_get (jobs, i);

      json_builder_begin_object (json);
      fl_cli_json_string (json, "device", fl_cli_output_get_device (job->output));
      write_end (job, job->error, json);
      write_journey (job, json);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
tell_title (FlCliOutput *output, FlCliJob *job, const GError *error)
{
  g_autofree char *title = dup_title (job, error);
  FlErrorText text;

  fl_error_describe (error, &text);
  /* Translators: the title of an error and its identifier: "No Devices Found (E19)" */
  fl_cli_output_warn (output, _ ("%s (%s)"), title, fl_error_get_id (error));
  if (*text.advice != '\0')
    fl_cli_output_warn (output, "%s", text.advice);
  if (fl_cli_words_remedy (error) != NULL)
    fl_cli_output_warn (output, "%s", fl_cli_words_remedy (error));
  g_info ("%s", error->message);
}

static void
tell_error (FlCliOutput *output, FlCliJob *job, const GError *error)
{
  if (g_error_matches (error, FL_ERROR, FL_ERROR_INVALID_INPUT))
    fl_cli_output_warn (output, "firstlightctl: %s", error->message);
  else if (job != NULL && g_error_matches (error, FL_ERROR, FL_ERROR_CANCELLED))
    fl_cli_output_warn (output, "%s", error->message); /* it says what the device keeps */
  else
    tell_title (output, job, error);

  /* Only a journey that had something to store can leave something behind. */
  if (get_credentials (job) != NULL && !g_error_matches (error, FL_ERROR, FL_ERROR_CANCELLED))
    fl_cli_output_warn (output, "%s", fl_cli_words_kept (fl_setup_get_proof (job->setup)));
  write_error_json (output, job, NULL, error);
}

void
fl_cli_result_tell_file (FlCli *cli, const char *file, const GError *error)
{
  g_autofree char *name = g_filename_display_name (file);
  g_autofree char *title = dup_title (NULL, error);

  if (g_error_matches (error, FL_ERROR, FL_ERROR_INVALID_INPUT))
    fl_cli_output_warn (cli->output, "firstlightctl: %s: %s", name, error->message);
  else
    /* Translators: a file, the title of an error and its identifier */
    fl_cli_output_warn (cli->output, _ ("%s: %s (%s)"), name, title, fl_error_get_id (error));
  write_error_json (cli->output, NULL, name, error);
  cli->is_told = TRUE;
}

void
fl_cli_result_tell_job (FlCliJob *job)
{
  tell_error (job->output, job, job->error);
}

/* Whose end is the command's: the first that failed, in the order of the arguments. */
static FlCliJob *
find_first (FlCli *cli)
{
  for (guint i = 0; cli->jobs != NULL && i < fl_cli_jobs_get_n (cli->jobs); i++)
    if (fl_cli_jobs_get (cli->jobs, i)->error != NULL)
      return fl_cli_jobs_get (cli->jobs, i);
  return cli->jobs != NULL ? fl_cli_jobs_get (cli->jobs, 0) : NULL;
}

int
fl_cli_result_tell (FlCli *cli, const GError *error)
{
  gboolean several = cli->jobs != NULL && fl_cli_jobs_get_n (cli->jobs) > 1;
  FlCliJob *job = find_first (cli);
  JsonBuilder *json;

  if (error != NULL && !several && !cli->is_told)
    tell_error (cli->output, job, error);

  json = fl_cli_output_begin (cli->output, "result");
  if (json == NULL)
    return fl_error_get_exit_status (error);
  write_end (job, error, json);
  if (several)
    write_devices (cli->jobs, json);
  else
    write_journey (job, json);
  write_report (cli->report, json);
  fl_cli_output_end (cli->output, json);
  return fl_error_get_exit_status (error);
}
