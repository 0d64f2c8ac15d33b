/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cli-output.h"
#include "fl-light.h"
#include "fl-stage.h"

G_BEGIN_DECLS

/**
 * FlCliProgress:
 *
 * A journey in people's words: on a terminal one live line for what runs, and with @story a
 * finished line for what is done, unless several devices do so much that it would only scroll; in a
 * pipe plain lines with @story, else nothing. Silent with --json.
 */
typedef struct _FlCliProgress FlCliProgress;

FlCliProgress *fl_cli_progress_new (FlCliOutput *output, FlClock *clock, gboolean story);
void fl_cli_progress_free (FlCliProgress *self);

/* @network (nullable): the chosen one. */
void fl_cli_progress_set_stage (FlCliProgress *self, FlStage stage, const char *network);
void fl_cli_progress_set_light (FlCliProgress *self, const FlLight *light, gboolean reported);
void fl_cli_progress_set_slow (FlCliProgress *self, gboolean slow);
/* What runs now ended well. */
void fl_cli_progress_finish (FlCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCliProgress, fl_cli_progress_free)

G_END_DECLS
