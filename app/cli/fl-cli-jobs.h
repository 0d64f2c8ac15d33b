/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-job.h"

G_BEGIN_DECLS

/**
 * FlCliJobs:
 *
 * A command at work on all devices that were named in one call, at once. Over a cable without a
 * limit; over Bluetooth as many as an adapter holds well, the others wait for their turn.
 */

/* Runs the main context until every job is done; cli->jobs keeps them for the result. With one
 * device FALSE with its error; with several the errors were told as they came, and @error is that
 * of the first device that failed, in the order of the arguments. */
gboolean
fl_cli_jobs_run (FlCli *cli, const FlCliTask *task, const FlCliTargets *targets, GError **error);
void fl_cli_jobs_free (FlCliJobs *self);

guint fl_cli_jobs_get_n (FlCliJobs *self);
FlCliJob *fl_cli_jobs_get (FlCliJobs *self, guint i); /* borrowed */

/* For jobs. FALSE with FL_ERROR_INVALID_INPUT when another job has the same device. */
gboolean fl_cli_jobs_check_twins (FlCliJobs *self, FlCliJob *job, GError **error);
/* Calls @next when it is @job's turn to be connected to. */
void fl_cli_jobs_admit (FlCliJobs *self, FlCliJob *job, FlCliNext next);

G_END_DECLS
