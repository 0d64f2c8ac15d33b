/* SPDX-License-Identifier: Apache-2.0 */
/* Logins that this computer has stored, as profiles to import. */
#define G_LOG_DOMAIN "fl-enterprise-page-computer"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-enterprise-page-private.h"

#include "fl-text.h"

/* The key that is behind a passphrase of its own is unlocked off the main loop. */
typedef struct
{
  FlEnterprisePage *page; /* owned */
  char *name;
} Reading;

static void
reading_free (Reading *reading)
{
  g_object_unref (reading->page);
  g_free (reading->name);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
set_reading (FlEnterprisePage *self, gboolean reading)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->computer_button), !reading);
  gtk_menu_button_set_label (self->computer_button,
                             reading ? _ ("Asking This Computer…") : _ ("From This _Computer…"));
}

static void
end_reading (Reading *reading, FlProfile *profile, const GError *error)
{
  set_reading (reading->page, FALSE);
  g_clear_object (&reading->page->computer_op);
  if (profile != NULL)
    fl_enterprise_page_take_profile (reading->page, profile, reading->name, NULL);
  else
    fl_file_field_set_problem (reading->page->import_field, error);
}

static void
parse (GTask *task, gpointer source, gpointer contents, GCancellable *cancellable)
{
  GError *error = NULL;
  FlProfile *profile = fl_profile_parse (contents, NULL, &error);

  if (profile != NULL)
    g_task_return_pointer (task, profile, (GDestroyNotify) fl_profile_unref);
  else
    g_task_return_error (task, error);
}

static void
on_parsed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Reading) reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile = g_task_propagate_pointer (G_TASK (result), &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end_reading (reading, profile, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Reading) reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSecret) contents =
      fl_computer_wifi_read_login_finish (FL_COMPUTER_WIFI (source), result, &error);
  GCancellable *op = reading->page->computer_op;
  g_autoptr (GTask) task = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (contents == NULL)
    {
      end_reading (reading, NULL, error);
      return;
    }
  task = g_task_new (NULL, op, on_parsed, g_steal_pointer (&reading));
  g_task_set_task_data (task, g_steal_pointer (&contents), (GDestroyNotify) fl_secret_unref);
  g_task_run_in_thread (task, parse);
}

static void
on_chosen (GtkWidget *row, gpointer data)
{
  FlEnterprisePage *self = data;
  Reading *reading = g_new0 (Reading, 1);

  gtk_menu_button_popdown (self->computer_button);
  fl_enterprise_page_forget_computer (self);
  fl_file_field_set_problem (self->import_field, NULL);
  reading->page = g_object_ref (self);
  reading->name = g_strdup (g_object_get_data (G_OBJECT (row), "name"));
  self->computer_op = g_cancellable_new ();
  set_reading (self, TRUE);
  fl_enterprise_page_tell (self, _ ("Asking This Computer…"));
  fl_computer_wifi_read_login_async (self->wifi, g_object_get_data (G_OBJECT (row), "id"),
                                     self->computer_op, on_read, reading);
}

static GtkWidget *
create_row (FlEnterprisePage *self, const FlComputerLogin *login)
{
  g_autofree char *words = fl_text_isolate (login->name);
  GtkWidget *row = gtk_button_new_with_label (words);

  gtk_widget_add_css_class (row, "flat");
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (login->id), g_free);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (login->name), g_free);
  g_signal_connect (row, "clicked", G_CALLBACK (on_chosen), self);
  return row;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlEnterprisePage) self = data;
  g_autoptr (GPtrArray) logins =
      fl_computer_wifi_list_logins_finish (FL_COMPUTER_WIFI (source), result, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *popover = gtk_popover_new ();

  for (guint i = 0; logins != NULL && i < logins->len; i++)
    gtk_box_append (GTK_BOX (box), create_row (self, logins->pdata[i]));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (self->computer_button, popover);
  gtk_widget_set_visible (GTK_WIDGET (self->computer_button), logins != NULL && logins->len > 0);
}

static void
list (FlEnterprisePage *self)
{
  fl_computer_wifi_list_logins_async (self->wifi, NULL, on_listed, g_object_ref (self));
}

void
fl_enterprise_page_ask_computer (FlEnterprisePage *self)
{
  if (self->wifi == NULL)
    return;
  fl_computer_wifi_start (self->wifi); /* "available" comes, if it was not running */
  list (self);
}

void
fl_enterprise_page_forget_computer (FlEnterprisePage *self)
{
  if (self->computer_op == NULL)
    return;
  g_cancellable_cancel (self->computer_op);
  g_clear_object (&self->computer_op);
  set_reading (self, FALSE);
}

void
fl_enterprise_page_set_wifi (FlEnterprisePage *self, FlComputerWifi *wifi)
{
  g_return_if_fail (FL_IS_ENTERPRISE_PAGE (self));
  g_return_if_fail (self->wifi == NULL);

  self->wifi = g_object_ref (wifi);
  g_signal_connect_object (wifi, "notify::available", G_CALLBACK (list), self, G_CONNECT_SWAPPED);
}
