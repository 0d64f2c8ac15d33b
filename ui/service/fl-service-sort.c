/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-service-sort.h"

struct _FlServiceSort
{
  AdwBin parent_instance;

  gboolean telling; /* the list of columns is told, not asked */
  GtkDropDown *drop;
};

G_DEFINE_FINAL_TYPE (FlServiceSort, fl_service_sort, ADW_TYPE_BIN)

static guint wanted_signal;

static void
on_selected (FlServiceSort *self)
{
  guint column = gtk_drop_down_get_selected (self->drop);

  if (!self->telling && column < FL_SERVICE_N_COLUMNS)
    g_signal_emit (self, wanted_signal, 0, (int) column);
}

static void
fl_service_sort_class_init (FlServiceSortClass *klass)
{
  wanted_signal = g_signal_new ("wanted", G_OBJECT_CLASS_TYPE (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
fl_service_sort_init (FlServiceSort *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("S_ort by"));
  GtkStringList *names = gtk_string_list_new (NULL);

  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    gtk_string_list_append (names, fl_service_get_heading ((FlServiceColumn) i));
  self->drop = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  gtk_widget_set_valign (GTK_WIDGET (self->drop), GTK_ALIGN_CENTER);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), GTK_WIDGET (self->drop));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Sort by"), -1);
  g_signal_connect_object (self->drop, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->drop));
  adw_bin_set_child (ADW_BIN (self), box);
}

void
fl_service_sort_set_column (FlServiceSort *self, FlServiceColumn column)
{
  g_return_if_fail (FL_IS_SERVICE_SORT (self));

  self->telling = TRUE;
  gtk_drop_down_set_selected (self->drop, column);
  self->telling = FALSE;
}
