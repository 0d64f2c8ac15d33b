/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A GtkStack leaves the children that do not show in the accessibility tree (GTK 4.8), so that a
 * screen reader reads pages that nobody sees. These keep every child but the one that shows
 * invisible. */

/* Call once, when the children of the template are in place. */
void fl_stack_hide_others (GtkStack *stack);
/* Instead of gtk_stack_set_visible_child(), which ignores a child that is not visible. */
void fl_stack_show (GtkStack *stack, GtkWidget *child);
void fl_stack_show_name (GtkStack *stack, const char *name);

G_END_DECLS
