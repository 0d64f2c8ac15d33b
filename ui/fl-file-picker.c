/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "fl-file-picker.h"

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_response (GTask *task, int response, GtkNativeDialog *dialog)
{
  g_autoptr (GFile) file = NULL;

  g_signal_handlers_disconnect_by_data (dialog, task); /* one answer */
  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    {
      g_file_replace_contents_bytes_async (file, g_task_get_task_data (task), NULL, FALSE,
                                           G_FILE_CREATE_PRIVATE, NULL, on_written, task);
    }
  else
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No place was chosen");
      g_object_unref (task);
    }
  g_object_unref (dialog);
}

void
fl_file_picker_save_async (GtkWindow *parent,
                           const char *title,
                           const char *file_name,
                           const char *text,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"),
                                   _ ("_Cancel"));
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  g_task_set_source_tag (task, fl_file_picker_save_async);
  g_task_set_task_data (task, g_bytes_new (text, strlen (text)), (GDestroyNotify) g_bytes_unref);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), file_name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

gboolean
fl_file_picker_save_finish (GtkWindow *parent, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_open_response (GTask *task, int response, GtkNativeDialog *dialog)
{
  g_autoptr (GFile) file = NULL;

  g_signal_handlers_disconnect_by_data (dialog, task); /* one answer */
  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No file was chosen");
  g_object_unref (task);
  g_object_unref (dialog);
}

static void
open_async (GtkWindow *parent,
            const char *title,
            GtkFileFilter *filter,
            gboolean or_any,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"),
                                   _ ("_Cancel"));
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  g_task_set_source_tag (task, open_async);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  if (or_any)
    {
      g_autoptr (GtkFileFilter) any = gtk_file_filter_new ();

      gtk_file_filter_set_name (any, _ ("All Files"));
      gtk_file_filter_add_pattern (any, "*");
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), any);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_open_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
fl_file_picker_open_picture_async (GtkWindow *parent,
                                   const char *title,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_pixbuf_formats (filter);
  open_async (parent, title, filter, FALSE, callback, user_data);
}

void
fl_file_picker_open_async (GtkWindow *parent,
                           const char *title,
                           const char *kind,
                           const char *const *patterns,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, kind);
  for (gsize i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  open_async (parent, title, filter, TRUE, callback, user_data);
}

GFile *
fl_file_picker_open_finish (GtkWindow *parent, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
