/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli"
#include "config.h"

#include "fl-cli.h"

#include "fl-cli-jobs.h"
#include "fl-error.h"

#include <glib-unix.h>
#include <signal.h>

static void
on_output_broken (GCancellable *cancellable, FlCli *cli)
{
  if (!fl_cli_is_stopped (cli))
    cli->stop = g_error_new (FL_ERROR, FL_ERROR_CANCELLED, "Nobody reads the output any more");
}

/* Only the first reason counts. (transfer full) */
static void
take_stop (FlCli *cli, GError *reason)
{
  if (fl_cli_is_stopped (cli))
    g_error_free (reason);
  else
    cli->stop = reason;
  g_cancellable_cancel (cli->cancellable);
}

/* Removing the source gives the signal its default meaning back: a second one ends at once. */
static gboolean
on_interrupt (gpointer data)
{
  FlCli *cli = data;

  cli->interrupt_id = 0;
  take_stop (cli, g_error_new (FL_ERROR, FL_ERROR_CANCELLED, "Interrupted"));
  return G_SOURCE_REMOVE;
}

static gboolean
on_terminate (gpointer data)
{
  FlCli *cli = data;

  cli->terminate_id = 0;
  take_stop (cli, g_error_new (FL_ERROR, FL_ERROR_CANCELLED, "Terminated"));
  return G_SOURCE_REMOVE;
}

static void
on_limit (gpointer data)
{
  FlCli *cli = data;

  cli->limit_id = 0;
  cli->timed_out = cli->stop == NULL;
  g_cancellable_cancel (cli->cancellable);
}

/* What to say when --timeout ends something in @stage. */
static GError *
create_timeout_error (FlStage stage)
{
  int code = FL_ERROR_DEVICE_SILENT;

  switch (stage)
    {
    case FL_STAGE_FINDING:
      code = FL_ERROR_DEVICE_NOT_FOUND;
      break;
    case FL_STAGE_CONNECTING:
    case FL_STAGE_SECURING:
    case FL_STAGE_READING:
    case FL_STAGE_CHOOSING:
    case FL_STAGE_SENDING:
      break;
    case FL_STAGE_JOINING:
      code = FL_ERROR_JOIN_TIMEOUT;
      break;
    case FL_STAGE_ADDRESSING:
    case FL_STAGE_REACHING:
    case FL_STAGE_ONLINE:
      code = FL_ERROR_NOT_REPORTED; /* it has the network; what is missing may still come */
      break;
    case FL_STAGE_FAILED:
    case FL_STAGE_CANCELLED:
      break;
    }
  return g_error_new (FL_ERROR, code, "The time given by --timeout ended in stage %s",
                      fl_stage_to_string (stage));
}

gboolean
fl_cli_is_stopped (FlCli *cli)
{
  return cli->stop != NULL || cli->timed_out;
}

GError *
fl_cli_dup_stop (FlCli *cli, FlStage stage)
{
  if (cli->timed_out)
    return create_timeout_error (stage);
  return cli->stop != NULL ? g_error_copy (cli->stop) : NULL;
}

FlCli *
fl_cli_new (void)
{
  FlCli *cli = g_new0 (FlCli, 1);

  cli->cancellable = g_cancellable_new ();
  g_signal_connect (cli->cancellable, "cancelled", G_CALLBACK (on_output_broken), cli);
  cli->output = fl_cli_output_new (cli->cancellable);
  return cli;
}

void
fl_cli_free (FlCli *cli)
{
  if (cli->engine != NULL)
    {
      fl_meta_finder_stop (fl_engine_get_finder (cli->engine));
      fl_clock_clear (fl_engine_get_clock (cli->engine), &cli->limit_id);
    }
  g_clear_handle_id (&cli->interrupt_id, g_source_remove);
  g_clear_handle_id (&cli->terminate_id, g_source_remove);
  g_clear_pointer (&cli->jobs, fl_cli_jobs_free);
  g_clear_pointer (&cli->parts, fl_wiring_free);
  g_signal_handlers_disconnect_by_data (cli->cancellable, cli);
  g_clear_pointer (&cli->output, fl_cli_output_free);
  g_clear_object (&cli->cancellable);
  g_clear_error (&cli->stop);
  g_free (cli->report);
  g_free (cli->scenario);
  g_free (cli->product);
  g_free (cli->serial);
  g_free (cli);
}

gboolean
fl_cli_start (FlCli *cli, GError **error)
{
  FlClock *clock;

  cli->wiring.scenario = cli->scenario;
  cli->wiring.product = cli->product;
  cli->wiring.serial = cli->serial;
  cli->parts = fl_wiring_new (&cli->wiring, error);
  if (cli->parts == NULL)
    return FALSE;

  cli->engine = cli->parts->engine;
  clock = fl_engine_get_clock (cli->engine);
  fl_cli_output_set_clock (cli->output, clock);
  cli->interrupt_id = g_unix_signal_add (SIGINT, on_interrupt, cli);
  cli->terminate_id = g_unix_signal_add (SIGTERM, on_terminate, cli);
  if (cli->timeout_s > 0)
    cli->limit_id =
        fl_clock_add_at (clock, fl_clock_now_us (clock) + cli->timeout_s * G_USEC_PER_SEC, on_limit,
                         cli);
  return TRUE;
}

typedef struct
{
  guint timer_id;
  gboolean over;
} Pause;

static void
on_over (gpointer data)
{
  Pause *pause = data;

  pause->timer_id = 0;
  pause->over = TRUE;
}

gboolean
fl_cli_wait_ms (FlCli *cli, guint ms, GError **error)
{
  FlClock *clock = fl_engine_get_clock (cli->engine);
  Pause pause = { 0, FALSE };

  pause.timer_id = fl_clock_add_ms (clock, ms, on_over, &pause);
  while (!fl_cli_is_stopped (cli) && !pause.over)
    g_main_context_iteration (NULL, TRUE);
  fl_clock_clear (clock, &pause.timer_id);
  if (!fl_cli_is_stopped (cli))
    return TRUE;
  g_propagate_error (error, fl_cli_dup_stop (cli, FL_STAGE_FINDING));
  return FALSE;
}

void
fl_cli_on_ready (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

/* The operation was given the cancellable, so it ends soon when the command is stopped; leaving
 * earlier would let it write to a slot that is gone. */
GAsyncResult *
fl_cli_await (FlCli *cli, GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}
