/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens the window "What Does the Light Do?" over the one of @widget: every light, rhythm first and
 * colour second, with what it means and what to do when it stays so. */
void fl_light_finder_present (GtkWidget *widget);

G_END_DECLS
