/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-report-page"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-report-page.h"

#include "fl-file-picker.h"
#include "fl-ui.h"

struct _FlReportPage
{
  FlPage parent_instance;

  FlReportSource *source;
  GtkTextView *text_view;
  GtkSwitch *hide_switch;
  GtkWidget *copy_button;
};

G_DEFINE_FINAL_TYPE (FlReportPage, fl_report_page, FL_TYPE_PAGE)

static guint toast_signal;

static char *
dup_text (FlReportPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

static void
on_changed (FlReportPage *self)
{
  g_autofree char *text = NULL;

  if (self->source != NULL)
    text = fl_report_source_dup_text (self->source, gtk_switch_get_active (self->hide_switch));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), text != NULL ? text : "",
                            -1);
}

static void
on_copy (FlReportPage *self)
{
  g_autofree char *text = dup_text (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  g_signal_emit (self, toast_signal, 0, _ ("The report was copied."));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlReportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (fl_file_picker_save_finish (GTK_WINDOW (source), result, &error))
    {
      g_signal_emit (self, toast_signal, 0, _ ("The report was saved."));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* Translators: %s is the reason, in a sentence of the system */
  words = g_strdup_printf (_ ("The report could not be saved: %s"), error->message);
  g_signal_emit (self, toast_signal, 0, words);
}

/* What is saved is what is shown. */
static void
fl_report_page_activate (FlPage *page)
{
  FlReportPage *self = FL_REPORT_PAGE (page);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  g_autofree char *text = dup_text (self);
  g_autofree char *name = NULL;

  if (self->source == NULL || !GTK_IS_WINDOW (root))
    return;

  name = fl_report_source_dup_file_name (self->source, gtk_switch_get_active (self->hide_switch));
  fl_file_picker_save_async (GTK_WINDOW (root), _ ("Save the Report"), name, text, on_saved,
                             g_object_ref (self));
}

static void
fl_report_page_enter (FlPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (FL_REPORT_PAGE (page)->text_view));
}

static void
fl_report_page_dispose (GObject *object)
{
  FlReportPage *self = FL_REPORT_PAGE (object);

  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (fl_report_page_parent_class)->dispose (object);
}

static void
fl_report_page_class_init (FlReportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FlPageClass *page_class = FL_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_report_page_dispose;
  page_class->activate = fl_report_page_activate;
  page_class->enter = fl_report_page_enter;

  toast_signal = g_signal_new ("toast", G_OBJECT_CLASS_TYPE (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, FL_UI_PATH "fl-report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FlReportPage, text_view);
  gtk_widget_class_bind_template_child (widget_class, FlReportPage, hide_switch);
  gtk_widget_class_bind_template_child (widget_class, FlReportPage, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
}

static void
fl_report_page_init (FlReportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

FlPage *
fl_report_page_new (void)
{
  return g_object_new (FL_TYPE_REPORT_PAGE, NULL);
}

void
fl_report_page_set_source (FlReportPage *self, FlReportSource *source)
{
  g_return_if_fail (FL_IS_REPORT_PAGE (self));

  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  g_set_object (&self->source, source);
  if (source != NULL)
    g_signal_connect_swapped (source, "changed", G_CALLBACK (on_changed), self);
  on_changed (self);
}
