/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-heading.h"

#include "fl-service-cells.h"

#define ROW_PADDING 15 /* px, of .item-row in the style sheet */

struct _FlServiceHeading
{
  AdwBin parent_instance;

  gboolean telling; /* the list of columns is told, not asked */
  GtkButton *buttons[FL_SERVICE_N_COLUMNS];
  GtkDropDown *drop;
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
on_selected (FlServiceHeading *self)
{
  guint column = gtk_drop_down_get_selected (self->drop);

  if (!self->telling && column < FL_SERVICE_N_COLUMNS)
    g_signal_emit (self, wanted_signal, 0, (int) column);
}

static void
fl_service_heading_class_init (FlServiceHeadingClass *klass)
{
  wanted_signal = g_signal_new ("wanted", G_OBJECT_CLASS_TYPE (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static GtkWidget *
create_narrow (FlServiceHeading *self, GtkStringList *names)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("S_ort by"));

  self->drop = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_object_ref (names)), NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->drop), TRUE);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->drop));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sort by"), -1);
  g_signal_connect_object (self->drop, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->drop));
  return box;
}

static void
fl_service_heading_init (FlServiceHeading *self)
{
  FlServiceCells *cells = FL_SERVICE_CELLS (fl_service_cells_new ());
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    {
      const char *name = fl_service_get_heading ((FlServiceColumn) i);

      self->buttons[i] =
          g_object_new (GTK_TYPE_BUTTON, "child",
                        g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "ellipsize",
                                      PANGO_ELLIPSIZE_END, NULL),
                        "css-classes", (const char *[]){ "flat", "column-heading", NULL }, NULL);
      g_signal_connect_object (self->buttons[i], "clicked", G_CALLBACK (on_clicked), self,
                               G_CONNECT_SWAPPED);
      fl_service_cells_set_cell (cells, (FlServiceColumn) i, GTK_WIDGET (self->buttons[i]));
      gtk_string_list_append (names, name);
    }
  fl_service_cells_set_narrow (cells, create_narrow (self, names));
  fl_service_cells_set_inset (cells, ROW_PADDING);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (cells));
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
  self->telling = TRUE;
  gtk_drop_down_set_selected (self->drop, column);
  self->telling = FALSE;
}
