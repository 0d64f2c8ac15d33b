/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text of a stranger, as a person may read it: valid UTF-8 in one line without control characters
 * and characters that turn the direction of writing (U+FFFD stands in for each), at most @max_chars
 * characters and then "…". Never NULL. @data (nullable when empty) need not end with a NUL. */
char *fl_safe_text_new (const void *data, gsize size_bytes, guint max_chars);
/* Whether fl_safe_text_new() would leave it as it is. */
gboolean fl_safe_text_check (const void *data, gsize size_bytes, guint max_chars);

G_END_DECLS
