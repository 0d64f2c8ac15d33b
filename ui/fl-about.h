/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The window that says what this program is; the only file that uses AdwAboutWindow. */
void fl_about_present (GtkWindow *parent);

G_END_DECLS
