/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "fl-clock.h"

G_BEGIN_DECLS

/**
 * FlCliOutput:
 *
 * Standard output with two faces: JSON Lines, or words for people. With the JSON face nothing but
 * JSON reaches standard output; with the other one JSON events go nowhere. Warnings go to standard
 * error with both.
 */
typedef struct _FlCliOutput FlCliOutput;

/* @broken (nullable): cancelled when nobody reads standard output any more. */
FlCliOutput *fl_cli_output_new (GCancellable *broken);
void fl_cli_output_free (FlCliOutput *self);

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

/* Adds one member. A NULL text becomes null. */
void fl_cli_json_string (JsonBuilder *builder, const char *name, const char *value);
void fl_cli_json_int (JsonBuilder *builder, const char *name, gint64 value);
void fl_cli_json_boolean (JsonBuilder *builder, const char *name, gboolean value);
/* 0 means unknown and becomes null. */
void fl_cli_json_known_int (JsonBuilder *builder, const char *name, gint64 value);
/* Exact bytes as lower-case hex. */
void fl_cli_json_hex (JsonBuilder *builder, const char *name, GBytes *bytes);

/* One line for people; control characters in it are shown as \xNN, so that no name of a device or
 * a network can move the cursor. */
void fl_cli_output_say (FlCliOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Several lines, shown as they are but for control characters other than the line ends. */
void fl_cli_output_say_lines (FlCliOutput *self, const char *text);
/* The line that is drawn again; NULL or "" takes it away. Does nothing when not live. */
void fl_cli_output_draw (FlCliOutput *self, const char *text);
/* One line to standard error, whatever the face. */
void fl_cli_output_warn (FlCliOutput *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Pure: how many columns of a terminal @text takes. */
guint fl_cli_columns (const char *text);

/* Pure: @text as it may be shown on a terminal. (transfer full) */
char *fl_cli_printable (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCliOutput, fl_cli_output_free)

G_END_DECLS
