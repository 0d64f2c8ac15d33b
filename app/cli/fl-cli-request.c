/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-request"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-events.h"
#include "fl-cli-input.h"
#include "fl-cli-jobs.h"
#include "fl-cli-options.h"
#include "fl-cli-text.h"
#include "fl-error.h"
#include "fl-result.h"

#include <glib/gi18n-lib.h>

/* device-os, services/inc/system_control.h (CTRL_REQUEST_APP_CUSTOM). */
#define APPLICATION_TYPE 10
#define PAYLOAD_MAX      65535 /* the length has 16 bits on every road */

typedef struct
{
  int type;
  char *payload_file; /* (nullable) */
  FlSecret *payload;  /* (nullable) */
} Options;

/* The reply is whatever the application makes of it, most often JSON. */
static void
say_reply (FlCliJob *job)
{
  gsize size_bytes;
  const char *data = g_bytes_get_data (job->reply, &size_bytes);
  g_autofree char *text = fl_cli_dup_bytes_text (job->reply);

  if (job->reply_code != 0)
    /* Translators: the number that a device's application answered with */
    fl_cli_output_say (job->output, _ ("Result: %d"), job->reply_code);
  if (size_bytes == 0)
    fl_cli_event_note (job->output, "empty-reply", _ ("The reply is empty."));
  else if (text != NULL)
    fl_cli_output_say_lines (job->output, text);
  else
    {
      g_autofree char *hex = fl_cli_dup_hex (data, size_bytes);

      fl_cli_output_say (job->output, "%s", hex);
    }
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer data)
{
  FlCliJob *job = data;
  const Options *options = job->task->options;
  GError *error = NULL;

  job->reply = fl_driver_request_finish (FL_DRIVER (source), result, &job->reply_code, &error);
  if (job->reply != NULL)
    {
      say_reply (job);
      if (job->reply_code == FL_RESULT_NOT_SUPPORTED && options->type == APPLICATION_TYPE)
        fl_cli_event_note (job->output, "no-application",
                           _ ("The application on the device takes no such requests."));
      error = fl_result_to_error (job->reply_code, (guint16) options->type);
    }
  fl_cli_job_end (job, error);
}

static void
begin (FlCliJob *job)
{
  const Options *options = job->task->options;

  fl_driver_request_async (fl_cli_job_get_driver (job), (guint16) options->type, options->payload,
                           job->cli->cancellable, on_reply, job);
}

static gboolean
load (Options *options, FlCliTargets *targets, FlCli *cli, GError **error)
{
  if (options->type < 0 || options->type > G_MAXUINT16)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                           _ ("--type takes a number from 0 to 65535"));
      return FALSE;
    }
  if (options->type != APPLICATION_TYPE)
    fl_cli_output_warn (cli->output,
                        _ ("Note: type %d is not for the device’s application (%d). It may change "
                           "the device."),
                        options->type, APPLICATION_TYPE);
  if (options->payload_file == NULL)
    return TRUE;
  if (!fl_cli_targets_claim_stdin (targets, options->payload_file, error))
    return FALSE;
  options->payload = fl_cli_read_raw (options->payload_file, PAYLOAD_MAX, error);
  return options->payload != NULL;
}

gboolean
fl_cli_request (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  Options options = { .type = APPLICATION_TYPE };
  const GOptionEntry entries[] = {
    { "type", 0, 0, G_OPTION_ARG_INT, &options.type, N_ ("Number of the request (10)"), N_ ("N") },
    { "payload-file", 0, 0, G_OPTION_ARG_FILENAME, &options.payload_file,
      N_ ("What to send, every byte of it, “-” for standard input"), N_ ("F") },
    { NULL }
  };
  g_auto (FlCliTargets) targets = { 0 };
  const FlCliTask task = { .begin = begin, .options = &options };
  gboolean ok = fl_cli_options_parse_devices (cli, command, entries, NULL, &targets, args, error) &&
                load (&options, &targets, cli, error) && fl_cli_start (cli, error) &&
                fl_cli_jobs_run (cli, &task, &targets, error);

  g_clear_pointer (&options.payload, fl_secret_unref);
  g_free (options.payload_file);
  return ok;
}
