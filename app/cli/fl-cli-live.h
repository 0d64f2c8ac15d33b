/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FlCliLive:
 *
 * The lines at the end of a terminal's output that are drawn again and again: one for each device
 * that something is going on with, in the order of their numbers. Anything else is printed above
 * them. What does not fit the terminal is counted in a last line.
 */
typedef struct _FlCliLive FlCliLive;

FlCliLive *fl_cli_live_new (void);
void fl_cli_live_free (FlCliLive *self);

/* @text: printable; NULL or "" takes the line away. Draws. */
void fl_cli_live_set (FlCliLive *self, guint number, const char *text);
/* Before and after something else is printed. */
void fl_cli_live_erase (FlCliLive *self);
void fl_cli_live_draw (FlCliLive *self);

G_END_DECLS
