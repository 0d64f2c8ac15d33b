/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "fl-explain.h"

static void
on_response (AdwMessageDialog *dialog, const char *response, const char *command)
{
  if (g_strcmp0 (response, "copy") == 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), command);
}

static void
free_command (gpointer command, GClosure *closure)
{
  g_free (command);
}

static void
add_command (AdwMessageDialog *dialog, const char *command)
{
  static const char *const classes[] = { "monospace", "card", NULL };
  GtkWidget *label = gtk_label_new (command);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_set_css_classes (label, (const char **) classes);
  adw_message_dialog_set_extra_child (dialog, label);
  adw_message_dialog_add_response (dialog, "copy", _ ("_Copy Command"));
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), g_strdup (command),
                         free_command, 0);
}

void
fl_explain (GtkWindow *parent, const char *heading, const char *body, const char *command)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

  adw_message_dialog_add_response (dialog, "close", _ ("_Close"));
  if (command != NULL)
    add_command (dialog, command);
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  gtk_window_present (GTK_WINDOW (dialog));
}
