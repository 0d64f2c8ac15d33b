/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The only file that uses GtkFileChooserNative.
 *
 * Asks where a text shall be saved and saves it. Asks
 * before it replaces a file. Finishes FALSE with G_IO_ERROR_CANCELLED when the person chose no
 * place. @text: copied. */
void fl_file_picker_save_async (GtkWindow *parent,
                                const char *title,
                                const char *file_name,
                                const char *text,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean fl_file_picker_save_finish (GtkWindow *parent, GAsyncResult *result, GError **error);

/* Asks for a picture. Finishes NULL with G_IO_ERROR_CANCELLED when the person chose none. */
void fl_file_picker_open_picture_async (GtkWindow *parent,
                                        const char *title,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* Asks for a file of a kind. @kind: what such files are called; @patterns: NULL-terminated, of
 * their names ("*.pem"); any other file can be chosen, too. */
void fl_file_picker_open_async (GtkWindow *parent,
                                const char *title,
                                const char *kind,
                                const char *const *patterns,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GFile *fl_file_picker_open_finish (GtkWindow *parent, GAsyncResult *result, GError **error);

G_END_DECLS
