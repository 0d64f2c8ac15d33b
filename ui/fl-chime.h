/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A short sound: the desktop's own bell. Silent when the person turned this program's sounds off,
 * or the desktop its event sounds. FALSE: silent. @widget: any in the window. */
gboolean fl_chime_ring (GtkWidget *widget);

G_END_DECLS
