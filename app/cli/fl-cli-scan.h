/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-job.h"

G_BEGIN_DECLS

/* For tasks with FL_CLI_JOB_SCAN. */

/* Waits until the scan ended, or until @ssid (nullable) was found, then @next. FL_ERROR_SCAN_EMPTY
 * counts as an end without error when @may_be_empty. */
void fl_cli_scan_wait (FlCliJob *job, GBytes *ssid, gboolean may_be_empty, FlCliNext next);
/* (nullable) (transfer full) */
FlNetwork *fl_cli_scan_find (FlCliJob *job, GBytes *ssid);

G_END_DECLS
