/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-output.h"
#include "fl-device-state.h"
#include "fl-device.h"
#include "fl-finding.h"
#include "fl-label.h"
#include "fl-light.h"
#include "fl-network.h"
#include "fl-stage.h"

G_BEGIN_DECLS

/* Each of these is one event of the command line's contract: one JSON line, or the same in people's
 * words. Names and keys never change. */

void fl_cli_event_found (FlCliOutput *output, FlDevice *device);
void fl_cli_event_lost (FlCliOutput *output, FlDevice *device);
/* What a label says, without its secret. */
void fl_cli_event_label (FlCliOutput *output, const FlLabel *label);
/* @state (nullable) */
void fl_cli_event_info (FlCliOutput *output, const FlDeviceInfo *info, const FlDeviceState *state);
/* @position: 0 for a network that was seen, else its place among the stored ones, from 1. */
void fl_cli_event_network (FlCliOutput *output, FlNetwork *network, guint position);
void fl_cli_event_stage (FlCliOutput *output, FlStage stage);
void fl_cli_event_light (FlCliOutput *output, const FlLight *light, gboolean reported);
/* @id is stable, @text is translated. */
void fl_cli_event_note (FlCliOutput *output, const char *id, const char *text);
/* A note with a verdict; for people a mark, what was looked at, and what was found. */
void fl_cli_event_finding (FlCliOutput *output, FlFinding *finding);
/* The same of many small checks, in one line: its sentence says everything. */
void fl_cli_event_check (FlCliOutput *output, FlFinding *finding);

G_END_DECLS
