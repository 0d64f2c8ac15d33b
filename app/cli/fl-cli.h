/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-output.h"
#include "fl-setup.h"
#include "fl-wiring.h"

G_BEGIN_DECLS

/**
 * FlCli:
 *
 * One run of firstlightctl: the global options, what they made, and why it has to stop. main() owns
 * it; commands get it handed down.
 */
typedef struct
{
  /* global options */
  FlWiringOptions wiring; /* strings are borrowed from the fields below */
  char *scenario;
  char *product;
  int timeout_s; /* 0: none */
  gboolean verbose;
  gboolean help;
  gboolean version;

  FlCliOutput *output;
  GCancellable *cancellable; /* cancelled as soon as @stop is set */
  GError *stop;              /* (nullable) a signal, a closed pipe, the time limit */

  FlWiring *parts;  /* NULL before fl_cli_start() */
  FlEngine *engine; /* borrowed from parts */
  FlSetup *setup;   /* (nullable) the journey of this command */
  guint limit_id;
  guint interrupt_id;
  guint terminate_id;
} FlCli;

/**
 * FlCliCommand:
 *
 * One row of the table in main.c.
 */
typedef struct _FlCliCommand FlCliCommand;
struct _FlCliCommand
{
  const char *name;
  gboolean (*run) (FlCli *cli, const FlCliCommand *command, char ***args, GError **error);
  const char *summary;   /* one line, translated when shown */
  const char *arguments; /* what follows the name, for the usage line */
};

FlCli *fl_cli_new (void);
void fl_cli_free (FlCli *cli);

/* Builds the engine and arms signals and the time limit. Call once all input was checked. */
gboolean fl_cli_start (FlCli *cli, GError **error);

/* Runs the main context until @done says so; FALSE with @error when the command must stop. */
typedef gboolean (*FlCliDoneFunc) (gpointer data);
gboolean fl_cli_wait (FlCli *cli, FlCliDoneFunc done, gpointer data, GError **error);
/* The same for at most @limit_ms: then it ends with TRUE as well. */
gboolean
fl_cli_wait_ms (FlCli *cli, guint limit_ms, FlCliDoneFunc done, gpointer data, GError **error);

/* Runs the main context for at most @limit_ms, even when the command was stopped: for what has to
 * be put in order at the end. @done (nullable). */
void fl_cli_drain (FlCli *cli, guint limit_ms, FlCliDoneFunc done, gpointer data);

/* Runs the main context until the callback of an operation that got cli->cancellable ran. */
void fl_cli_on_ready (GObject *source, GAsyncResult *result, gpointer slot); /* GAsyncResult ** */
GAsyncResult *fl_cli_await (FlCli *cli, GAsyncResult **slot); /* borrowed from @slot */
/* After an operation failed: when the command was stopped, that is the reason to tell. */
void fl_cli_prefer_stop (FlCli *cli, GError **error);

/* Ends the command for a reason that came from inside: (transfer full). Only the first one counts.
 */
void fl_cli_take_stop (FlCli *cli, GError *reason);

/* What to say when --timeout ends a journey in @stage. (transfer full) */
GError *fl_cli_timeout_error (FlStage stage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCli, fl_cli_free)

G_END_DECLS
