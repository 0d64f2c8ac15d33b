/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-fact-row.h"

struct _FlFactRow
{
  AdwPreferencesRow parent_instance;

  GtkBox *box;
  GtkLabel *value;
};

G_DEFINE_FINAL_TYPE (FlFactRow, fl_fact_row, ADW_TYPE_PREFERENCES_ROW)

static void
fl_fact_row_class_init (FlFactRowClass *klass)
{
}

static void
fl_fact_row_init (FlFactRow *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget *title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE,
                                   "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);

  /* A number in two lines is the same number. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "header");
  self->value =
      g_object_new (GTK_TYPE_LABEL, "selectable", TRUE, "wrap", TRUE, "wrap-mode",
                    PANGO_WRAP_WORD_CHAR, "attributes", attributes, "natural-wrap-mode",
                    GTK_NATURAL_WRAP_NONE, "xalign", 1.0f, "justify", GTK_JUSTIFY_RIGHT, "hexpand",
                    TRUE, "css-classes", (const char *[]){ "dim-label", NULL }, NULL);
  g_object_bind_property (self, "title", title, "label", G_BINDING_SYNC_CREATE);
  gtk_box_append (self->box, title);
  gtk_box_append (self->box, GTK_WIDGET (self->value));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->box));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
fl_fact_row_set_value (FlFactRow *self, const char *value)
{
  g_return_if_fail (FL_IS_FACT_ROW (self));

  gtk_label_set_label (self->value, value != NULL ? value : "");
  gtk_widget_set_visible (GTK_WIDGET (self), value != NULL && *value != 0);
}

const char *
fl_fact_row_get_value (FlFactRow *self)
{
  g_return_val_if_fail (FL_IS_FACT_ROW (self), "");

  return gtk_label_get_label (self->value);
}

void
fl_fact_row_add_suffix (FlFactRow *self, GtkWidget *suffix)
{
  g_return_if_fail (FL_IS_FACT_ROW (self));

  gtk_box_append (self->box, suffix);
}
