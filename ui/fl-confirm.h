/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks before something that cannot be taken back.
 * @accept: label of the button that does it, with mnemonic; @keep: the one that does not, which is
 * the default. Finishes TRUE for accept. */
void fl_confirm_async (GtkWindow *parent,
                       const char *heading,
                       const char *body,
                       const char *accept,
                       const char *keep,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
gboolean fl_confirm_finish (GtkWindow *parent, GAsyncResult *result, GError **error);

G_END_DECLS
