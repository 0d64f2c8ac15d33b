/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-job.h"

G_BEGIN_DECLS

/* The end of the command: "error" when @error is set and was not told yet, then the one "result".
 * Returns the exit status. */
int fl_cli_result_tell (FlCli *cli, const GError *error);

/* One of several files failed: its "error", at once; the command's own is not told again. */
void fl_cli_result_tell_file (FlCli *cli, const char *file, const GError *error);

/* One of several devices failed: its "error", at once. */
void fl_cli_result_tell_job (FlCliJob *job);

G_END_DECLS
