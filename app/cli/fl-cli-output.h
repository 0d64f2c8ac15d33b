/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-cli-json.h"
#include "fl-clock.h"

G_BEGIN_DECLS

/**
 * FlCliOutput:
 *
 * Standard output with two faces: JSON Lines, or words for people. With the JSON face nothing but
 * JSON reaches standard output; with the other one JSON events go nowhere. Warnings go to standard
 * error with both.
 *
 * When several devices are spoken of, each has a part of the output: its events carry "device", its
 * lines begin with it, and it has a live line of its own.
 */
typedef struct _FlCliOutput FlCliOutput;

/* @broken (nullable): cancelled when nobody reads standard output any more. */
FlCliOutput *fl_cli_output_new (GCancellable *broken);
/* @device: as it was given; @number: its place, from 0. (transfer full) */
FlCliOutput *fl_cli_output_new_part (FlCliOutput *self, const char *device, guint number);
void fl_cli_output_free (FlCliOutput *self);
const char *fl_cli_output_get_device (FlCliOutput *self); /* (nullable) */

void fl_cli_output_set_json (FlCliOutput *self, gboolean json);
gboolean fl_cli_output_get_json (FlCliOutput *self);
/* Times of events count in @clock from here on; before that in the computer's clock. */
void fl_cli_output_set_clock (FlCliOutput *self, FlClock *clock);
gint64 fl_cli_output_get_ms (FlCliOutput *self); /* since the command began */
/* Standard output is a terminal and shows people's words: a line may be drawn again. */
gboolean fl_cli_output_is_live (FlCliOutput *self);

/* Opens {"event":@event,"at_ms":…; the caller adds members, then ends it. NULL: the other face. */
JsonBuilder *fl_cli_output_begin (FlCliOutput *self, const char *event);
void fl_cli_output_end (FlCliOutput *self, JsonBuilder *builder); /* (transfer full) */

/* One line for people, as fl_cli_printable() shows it. */
void fl_cli_output_say (FlCliOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Several lines, shown as they are but for control characters other than the line ends. */
void fl_cli_output_say_lines (FlCliOutput *self, const char *text);
/* The line that is drawn again; NULL or "" takes it away. Does nothing when not live. */
void fl_cli_output_draw (FlCliOutput *self, const char *text);
/* One line to standard error, whatever the face. */
void fl_cli_output_warn (FlCliOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCliOutput, fl_cli_output_free)

G_END_DECLS
