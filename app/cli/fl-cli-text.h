/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text for a terminal. Pure. */

/* @text as it may be shown: control characters become \xNN, so that no name of a device or a
 * network can move the cursor. (transfer full) */
char *fl_cli_printable (const char *text);
/* How many columns @text takes. */
guint fl_cli_columns (const char *text);
/* Ends @text before it fills @room columns: a line that is drawn again must not wrap. */
void fl_cli_cut_columns (char *text, guint room);
/* @bytes as a text, if they are one: UTF-8 with no control characters but line ends and tabs.
 * (transfer full) (nullable) */
char *fl_cli_dup_bytes_text (GBytes *bytes);
/* Lower case. (transfer full) */
char *fl_cli_dup_hex (const void *data, gsize size_bytes);

G_END_DECLS
