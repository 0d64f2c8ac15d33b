/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks where a text shall be saved and saves it; the only file that uses GtkFileChooserNative. Asks
 * before it replaces a file. Finishes FALSE with G_IO_ERROR_CANCELLED when the person chose no
 * place. @text: copied. */
void fl_file_picker_save_async (GtkWindow *parent,
                                const char *title,
                                const char *file_name,
                                const char *text,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean fl_file_picker_save_finish (GtkWindow *parent, GAsyncResult *result, GError **error);

G_END_DECLS
