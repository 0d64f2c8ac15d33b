/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Each adds one member to the object that is open. */

/* A NULL text becomes null. */
void fl_cli_json_string (JsonBuilder *builder, const char *name, const char *value);
void fl_cli_json_int (JsonBuilder *builder, const char *name, gint64 value);
void fl_cli_json_boolean (JsonBuilder *builder, const char *name, gboolean value);
/* 0 means unknown and becomes null. */
void fl_cli_json_known_int (JsonBuilder *builder, const char *name, gint64 value);
/* Exact bytes as lower-case hex. */
void fl_cli_json_hex (JsonBuilder *builder, const char *name, GBytes *bytes);

G_END_DECLS
