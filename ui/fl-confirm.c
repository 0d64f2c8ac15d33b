/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <adwaita.h>

#include "fl-confirm.h"

static void
on_response (GTask *task, const char *response, AdwMessageDialog *dialog)
{
  g_signal_handlers_disconnect_by_data (dialog, task); /* one answer */
  g_task_return_boolean (task, g_strcmp0 (response, "accept") == 0);
  g_object_unref (task);
}

void
fl_confirm_async (GtkWindow *parent,
                  const char *heading,
                  const char *body,
                  const char *accept,
                  const char *keep,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  GtkWidget *widget = adw_message_dialog_new (parent, heading, body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  g_task_set_source_tag (task, fl_confirm_async);
  adw_message_dialog_add_responses (dialog, "keep", keep, "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (dialog, "accept", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_response), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
fl_confirm_finish (GtkWindow *parent, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, parent), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
