/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli.h"

G_BEGIN_DECLS

/* Each of these is one event of the command line's contract: one JSON line, or the same in people's
 * words. Names and keys never change. */

void fl_cli_event_found (FlCli *cli, FlDevice *device);
void fl_cli_event_lost (FlCli *cli, FlDevice *device);
/* What a label says, without its secret. */
void fl_cli_event_label (FlCli *cli, const FlLabel *label);
/* @state (nullable) */
void fl_cli_event_info (FlCli *cli, const FlDeviceInfo *info, const FlDeviceState *state);
/* @position: 0 for a network that was seen, else its place among the stored ones, from 1. */
void fl_cli_event_network (FlCli *cli, FlNetwork *network, guint position);
void fl_cli_event_stage (FlCli *cli, FlStage stage);
void fl_cli_event_light (FlCli *cli, const FlLight *light, gboolean reported);
/* @id is stable, @text is translated. */
void fl_cli_event_note (FlCli *cli, const char *id, const char *text);

/* The end: "error" when @error is set, then the one "result". Returns the exit status. */
int fl_cli_event_result (FlCli *cli, const GError *error);

G_END_DECLS
