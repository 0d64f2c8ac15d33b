/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Scrolls what just appeared into sight, its top at least, once it has its place. Nothing happens
 * when it is in sight already, or goes before. */
void fl_sight_bring (GtkWidget *widget);

G_END_DECLS
