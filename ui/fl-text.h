/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @name between the marks that keep its direction of writing to itself (U+2068, U+2069): for names
 * of networks and devices inside a sentence. (transfer full) */
char *fl_text_isolate (const char *name);

/* One of sentence's %s filled with the isolated @name. @format: translated, exactly one %s.
 * (transfer full) */
char *fl_text_name (const char *format, const char *name) G_GNUC_FORMAT (1);

/* "3 May 2027": the day of @seconds since 1970 where the person is; "" when no calendar has it.
 * (transfer full) */
char *fl_text_date (gint64 seconds);

G_END_DECLS
