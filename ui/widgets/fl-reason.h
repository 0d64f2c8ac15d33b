/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens a bubble at @anchor with the title and the advice of @error; it goes when it is closed. */
void fl_reason_popup (GtkWidget *anchor, const GError *error);

G_END_DECLS
