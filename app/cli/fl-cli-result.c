/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-result"
#include "config.h"

#include "fl-cli-events.h"

#include "fl-cli-words.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

/* Where the journey ended, or where it failed. NULL: this command makes no journey. */
static const char *
get_stage (FlCli *cli)
{
  FlStage stage;

  if (cli->setup == NULL)
    return NULL;

  stage = fl_setup_get_stage (cli->setup);
  if (stage == FL_STAGE_FAILED || stage == FL_STAGE_CANCELLED ||
      fl_setup_get_error (cli->setup) != NULL)
    stage = fl_setup_get_failed_stage (cli->setup);
  return fl_stage_to_string (stage);
}

static char *
dup_title (FlCli *cli, const GError *error)
{
  FlCredentials *credentials = cli->setup != NULL ? fl_setup_get_credentials (cli->setup) : NULL;

  return fl_error_dup_title (error,
                             credentials != NULL ? fl_credentials_get_name (credentials) : NULL);
}

static void
write_error_json (FlCli *cli, const GError *error)
{
  JsonBuilder *json = fl_cli_output_begin (cli->output, "error");
  g_autofree char *title = dup_title (cli, error);
  FlErrorText text;

  if (json == NULL)
    return;

  fl_error_describe (error, &text);
  fl_cli_json_string (json, "error", fl_error_get_id (error));
  fl_cli_json_string (json, "stage", get_stage (cli));
  fl_cli_json_string (json, "title", title);
  fl_cli_json_string (json, "advice", text.advice);
  fl_cli_json_boolean (json, "sure", text.sure);
  fl_cli_json_string (json, "detail", error->message);
  fl_cli_output_end (cli->output, json);
}

static void
write_timings (FlCli *cli, JsonBuilder *json)
{
  json_builder_set_member_name (json, "timings_ms");
  json_builder_begin_object (json);
  for (FlStage stage = FL_STAGE_FINDING; cli->setup != NULL && stage < FL_STAGE_FAILED; stage++)
    {
      gint64 spent_ms = fl_setup_get_stage_ms (cli->setup, stage);

      if (spent_ms >= 0)
        fl_cli_json_int (json, fl_stage_to_string (stage), spent_ms);
    }
  json_builder_end_object (json);
}

static void
write_proof (FlCli *cli, JsonBuilder *json)
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
  FlProof proof = cli->setup != NULL ? fl_setup_get_proof (cli->setup) : 0;

  json_builder_set_member_name (json, "proof");
  json_builder_begin_array (json);
  for (gsize i = 0; i < G_N_ELEMENTS (proofs); i++)
    if (proof & proofs[i].proof)
      json_builder_add_string_value (json, proofs[i].name);
  json_builder_end_array (json);
}

static void
write_result_json (FlCli *cli, const GError *error)
{
  JsonBuilder *json = fl_cli_output_begin (cli->output, "result");

  if (json == NULL)
    return;

  fl_cli_json_boolean (json, "ok", error == NULL);
  fl_cli_json_string (json, "stage", get_stage (cli));
  fl_cli_json_string (json, "error", error != NULL ? fl_error_get_id (error) : NULL);
  fl_cli_json_int (json, "exit_status", fl_error_get_exit_status (error));
  write_proof (cli, json);
  write_timings (cli, json);
  fl_cli_output_end (cli->output, json);
}

static void
tell_title (FlCli *cli, const GError *error)
{
  g_autofree char *title = dup_title (cli, error);
  FlErrorText text;

  fl_error_describe (error, &text);
  /* Translators: the title of an error and its identifier: "No Devices Found (E19)" */
  fl_cli_output_warn (cli->output, _ ("%s (%s)"), title, fl_error_get_id (error));
  if (*text.advice != '\0')
    fl_cli_output_warn (cli->output, "%s", text.advice);
  g_info ("%s", error->message);
}

static void
tell_error (FlCli *cli, const GError *error)
{
  gboolean has_journey = cli->setup != NULL;

  if (g_error_matches (error, FL_ERROR, FL_ERROR_INVALID_INPUT))
    fl_cli_output_warn (cli->output, "firstlightctl: %s", error->message);
  else if (has_journey && g_error_matches (error, FL_ERROR, FL_ERROR_CANCELLED))
    fl_cli_output_warn (cli->output, "%s", error->message); /* it says what the device keeps */
  else
    tell_title (cli, error);

  /* Only a journey that had something to store can leave something behind. */
  if (has_journey && fl_setup_get_credentials (cli->setup) != NULL &&
      !g_error_matches (error, FL_ERROR, FL_ERROR_CANCELLED))
    fl_cli_output_warn (cli->output, "%s", fl_cli_words_kept (fl_setup_get_proof (cli->setup)));
}

int
fl_cli_event_result (FlCli *cli, const GError *error)
{
  fl_cli_output_draw (cli->output, NULL);
  if (error != NULL)
    {
      tell_error (cli, error);
      write_error_json (cli, error);
    }
  write_result_json (cli, error);
  return fl_error_get_exit_status (error);
}
