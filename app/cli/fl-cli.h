/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-output.h"
#include "fl-stage.h"
#include "fl-wiring.h"

G_BEGIN_DECLS

typedef struct _FlCliJobs FlCliJobs;

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
  char *serial;
  int timeout_s; /* 0: none */
  gboolean verbose;
  gboolean help;
  gboolean version;

  FlCliOutput *output;
  GCancellable *cancellable; /* cancelled as soon as the command is stopped */
  GError *stop;              /* (nullable) why: a signal, a closed pipe */
  gboolean timed_out;        /* or why: the time limit */

  FlWiring *parts;  /* NULL before fl_cli_start() */
  FlEngine *engine; /* borrowed from parts */
  FlCliJobs *jobs;  /* (nullable) what is done with each device of this command */
  gboolean is_told; /* the error that the command will end with has been an event */
  char *report;     /* (nullable) part of the result, JSON, where there is no device */
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

/* Runs the main context for so long; FALSE with @error when the command was stopped. For commands
 * about no device: what is done with devices never waits. */
gboolean fl_cli_wait_ms (FlCli *cli, guint ms, GError **error);

/* The same until the callback of an operation that got cli->cancellable ran. */
void fl_cli_on_ready (GObject *source, GAsyncResult *result, gpointer slot); /* GAsyncResult ** */
GAsyncResult *fl_cli_await (FlCli *cli, GAsyncResult **slot); /* borrowed from @slot */

gboolean fl_cli_is_stopped (FlCli *cli);
/* Why, to what is in @stage; NULL: not stopped. (transfer full) */
GError *fl_cli_dup_stop (FlCli *cli, FlStage stage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCli, fl_cli_free)

G_END_DECLS
