/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-heading.h"

#include "fl-service-cells.h"

#define ROW_PADDING 15 /* px, of .item-row in the style sheet */

struct _FlServiceHeading
{
  AdwBin parent_instance;

  FlServiceCells *cells;
  GtkButton *buttons[FL_SERVICE_N_COLUMNS];
};

G_DEFINE_FINAL_TYPE (FlServiceHeading, fl_service_heading, ADW_TYPE_BIN)

static guint wanted_signal;

static void
on_clicked (FlServiceHeading *self, GtkButton *button)
{
  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    if (self->buttons[i] == button)
      g_signal_emit (self, wanted_signal, 0, (int) i);
}

static void
fl_service_heading_class_init (FlServiceHeadingClass *klass)
{
  wanted_signal = g_signal_new ("wanted", G_OBJECT_CLASS_TYPE (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
fl_service_heading_init (FlServiceHeading *self)
{
  self->cells = FL_SERVICE_CELLS (fl_service_cells_new ());
  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    {
      self->buttons[i] =
          g_object_new (GTK_TYPE_BUTTON, "child",
                        g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize",
                                      PANGO_ELLIPSIZE_END, NULL),
                        "css-classes", (const char *[]){ "flat", "column-heading", NULL }, NULL);
      g_signal_connect_object (self->buttons[i], "clicked", G_CALLBACK (on_clicked), self,
                               G_CONNECT_SWAPPED);
      fl_service_cells_set_cell (self->cells, (FlServiceColumn) i, GTK_WIDGET (self->buttons[i]));
    }
  fl_service_cells_set_inset (self->cells, ROW_PADDING);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->cells));
  fl_service_heading_set_order (self, FL_SERVICE_NAME, FALSE);
}

void
fl_service_heading_set_order (FlServiceHeading *self, FlServiceColumn column, gboolean descending)
{
  g_return_if_fail (FL_IS_SERVICE_HEADING (self));

  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    {
      GtkWidget *label = gtk_button_get_child (self->buttons[i]);
      const char *name = fl_service_get_heading ((FlServiceColumn) i);
      g_autofree char *text =
          i == column ? g_strdup_printf ("%s %s", name, descending ? "▾" : "▴") : g_strdup (name);

      gtk_label_set_label (GTK_LABEL (label), text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

void
fl_service_heading_set_substitute (FlServiceHeading *self, GtkWidget *widget)
{
  g_return_if_fail (FL_IS_SERVICE_HEADING (self));

  g_object_bind_property (self->cells, "is-wide", widget, "visible",
                          G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}
