/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A dialog that only explains. @command (nullable): one line that a person could type, shown as it
 * is and with a button that copies it. */
void fl_explain (GtkWindow *parent, const char *heading, const char *body, const char *command);

G_END_DECLS
