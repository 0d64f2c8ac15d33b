/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli"
#include "config.h"

#include "fl-cli.h"

#include "fl-error.h"

#include <glib-unix.h>
#include <signal.h>

static void
on_output_broken (GCancellable *cancellable, FlCli *cli)
{
  if (cli->stop == NULL)
    cli->stop = g_error_new (FL_ERROR, FL_ERROR_CANCELLED, "Nobody reads the output any more");
}

void
fl_cli_take_stop (FlCli *cli, GError *reason)
{
  if (cli->stop == NULL)
    cli->stop = reason;
  else
    g_error_free (reason);
  g_cancellable_cancel (cli->cancellable);
}

/* Removing the source gives the signal its default meaning back: a second one ends at once. */
static gboolean
on_interrupt (gpointer data)
{
  FlCli *cli = data;

  cli->interrupt_id = 0;
  fl_cli_take_stop (cli, g_error_new (FL_ERROR, FL_ERROR_CANCELLED, "Interrupted"));
  return G_SOURCE_REMOVE;
}

static gboolean
on_terminate (gpointer data)
{
  FlCli *cli = data;

  cli->terminate_id = 0;
  fl_cli_take_stop (cli, g_error_new (FL_ERROR, FL_ERROR_CANCELLED, "Terminated"));
  return G_SOURCE_REMOVE;
}

static void
on_limit (gpointer data)
{
  FlCli *cli = data;
  FlStage stage = cli->setup != NULL ? fl_setup_get_stage (cli->setup) : FL_STAGE_FINDING;

  cli->limit_id = 0;
  fl_cli_take_stop (cli, fl_cli_timeout_error (stage));
}

GError *
fl_cli_timeout_error (FlStage stage)
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
  g_clear_object (&cli->setup);
  g_clear_pointer (&cli->parts, fl_wiring_free);
  g_signal_handlers_disconnect_by_data (cli->cancellable, cli);
  g_clear_pointer (&cli->output, fl_cli_output_free);
  g_clear_object (&cli->cancellable);
  g_clear_error (&cli->stop);
  g_free (cli->scenario);
  g_free (cli->product);
  g_free (cli);
}

gboolean
fl_cli_start (FlCli *cli, GError **error)
{
  FlClock *clock;

  cli->wiring.scenario = cli->scenario;
  cli->wiring.product = cli->product;
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

gboolean
fl_cli_wait (FlCli *cli, FlCliDoneFunc done, gpointer data, GError **error)
{
  while (cli->stop == NULL && !done (data))
    g_main_context_iteration (NULL, TRUE);

  if (cli->stop == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (cli->stop));
  return FALSE;
}

typedef struct
{
  FlCliDoneFunc done;
  gpointer data;
  guint timer_id;
  gboolean over;
} Limited;

static void
on_over (gpointer data)
{
  Limited *limited = data;

  limited->timer_id = 0;
  limited->over = TRUE;
}

static gboolean
limited_done (gpointer data)
{
  Limited *limited = data;

  return limited->over || (limited->done != NULL && limited->done (limited->data));
}

gboolean
fl_cli_wait_ms (FlCli *cli, guint limit_ms, FlCliDoneFunc done, gpointer data, GError **error)
{
  FlClock *clock = fl_engine_get_clock (cli->engine);
  Limited limited = { done, data, 0, FALSE };
  gboolean ok;

  limited.timer_id = fl_clock_add_ms (clock, limit_ms, on_over, &limited);
  ok = fl_cli_wait (cli, limited_done, &limited, error);
  fl_clock_clear (clock, &limited.timer_id);
  return ok;
}

void
fl_cli_drain (FlCli *cli, guint limit_ms, FlCliDoneFunc done, gpointer data)
{
  FlClock *clock = fl_engine_get_clock (cli->engine);
  Limited limited = { done, data, 0, FALSE };

  limited.timer_id = fl_clock_add_ms (clock, limit_ms, on_over, &limited);
  while (!limited_done (&limited))
    g_main_context_iteration (NULL, TRUE);
  fl_clock_clear (clock, &limited.timer_id);
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

void
fl_cli_prefer_stop (FlCli *cli, GError **error)
{
  if (cli->stop == NULL || error == NULL)
    return;
  g_clear_error (error);
  *error = g_error_copy (cli->stop);
}
