/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scrolls the page around @widget until all of it can be seen, as soon as it has its place: what
 * was only just shown has none yet. */
void fl_scroll_to (GtkWidget *widget);

G_END_DECLS
