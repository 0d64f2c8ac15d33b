/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-fact-row.h"

struct _FlFactRow
{
  AdwActionRow parent_instance;

  GtkLabel *value;
};

G_DEFINE_FINAL_TYPE (FlFactRow, fl_fact_row, ADW_TYPE_ACTION_ROW)

static void
fl_fact_row_class_init (FlFactRowClass *klass)
{
}

static void
fl_fact_row_init (FlFactRow *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* A number in two lines is the same number. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  self->value = g_object_new (GTK_TYPE_LABEL, "selectable", TRUE, "wrap", TRUE, "wrap-mode",
                              PANGO_WRAP_WORD_CHAR, "attributes", attributes, "natural-wrap-mode",
                              GTK_NATURAL_WRAP_NONE, "xalign", 1.0f, "css-classes",
                              (const char *[]){ "dim-label", NULL }, NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->value));
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
