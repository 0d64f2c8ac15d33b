/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Opens the list of keys over @parent. */
void fl_shortcuts_present (GtkWindow *parent);

G_END_DECLS
