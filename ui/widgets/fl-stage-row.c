/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-stage-row.h"

#include "fl-stack.h"

struct _FlStageRow
{
  GtkBox parent_instance;

  FlStageRowState state;
  GtkStack *mark;
  GtkImage *image;
  GtkSpinner *spinner;
  GtkLabel *title;
  GtkLabel *detail;
};

G_DEFINE_FINAL_TYPE (FlStageRow, fl_stage_row, GTK_TYPE_BOX)

static const struct
{
  const char *icon;
  const char *style;      /* (nullable) of the row */
  const char *icon_style; /* of the mark */
  const char *word;       /* for a screen reader, "" for none */
} looks[] = {
  [FL_STAGE_ROW_PENDING] = { "fl-ring-symbolic", "pending", "dim-label", "" },
  [FL_STAGE_ROW_RUNNING] = { "fl-dot-symbolic", "running", "accent", N_ ("now") },
  [FL_STAGE_ROW_DONE] = { "object-select-symbolic", "passed", "done", N_ ("done") },
  [FL_STAGE_ROW_FAILED] = { "dialog-warning-symbolic", "failed", "failed", N_ ("failed") },
};

static void
update_words (FlStageRow *self)
{
  const char *detail = gtk_label_get_label (self->detail);
  const char *word = looks[self->state].word;
  g_autofree char *words =
      g_strjoin (", ", gtk_label_get_label (self->title), *word != 0 ? _ (word) : detail,
                 *word != 0 && *detail != 0 ? detail : NULL, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
fl_stage_row_class_init (FlStageRowClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static GtkLabel *
new_label (const char *style)
{
  return g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0f, "css-classes",
                       (const char *[]){ style, NULL }, NULL);
}

static void
fl_stage_row_init (FlStageRow *self)
{
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->mark = g_object_new (GTK_TYPE_STACK, "valign", GTK_ALIGN_START, "width-request", 18, NULL);
  self->image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              "margin-top", 2, NULL);
  self->spinner = g_object_new (GTK_TYPE_SPINNER, "margin-top", 2, NULL);
  gtk_stack_add_child (self->mark, GTK_WIDGET (self->image));
  gtk_stack_add_child (self->mark, GTK_WIDGET (self->spinner));

  self->title = new_label ("body");
  self->detail = new_label ("caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dim-label");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), FALSE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (text), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (text), GTK_WIDGET (self->detail));

  gtk_widget_add_css_class (GTK_WIDGET (self), "stage-row");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->mark));
  gtk_box_append (GTK_BOX (self), text);
  fl_stage_row_set_state (self, FL_STAGE_ROW_PENDING);
}

GtkWidget *
fl_stage_row_new (void)
{
  return g_object_new (FL_TYPE_STAGE_ROW, NULL);
}

void
fl_stage_row_set_title (FlStageRow *self, const char *title)
{
  g_return_if_fail (FL_IS_STAGE_ROW (self));

  gtk_label_set_label (self->title, title);
  update_words (self);
}

void
fl_stage_row_set_detail (FlStageRow *self, const char *detail)
{
  g_return_if_fail (FL_IS_STAGE_ROW (self));

  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL && *detail != 0);
  update_words (self);
}

void
fl_stage_row_set_state (FlStageRow *self, FlStageRowState state)
{
  g_return_if_fail (FL_IS_STAGE_ROW (self));

  self->state = state;
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), looks[i].style);
      gtk_widget_remove_css_class (GTK_WIDGET (self->image), looks[i].icon_style);
    }
  gtk_widget_add_css_class (GTK_WIDGET (self), looks[state].style);
  gtk_widget_add_css_class (GTK_WIDGET (self->image), looks[state].icon_style);
  gtk_image_set_from_icon_name (self->image, looks[state].icon);
  fl_stage_row_set_spinning (self, FALSE);
  update_words (self);
}

FlStageRowState
fl_stage_row_get_state (FlStageRow *self)
{
  g_return_val_if_fail (FL_IS_STAGE_ROW (self), FL_STAGE_ROW_PENDING);

  return self->state;
}

void
fl_stage_row_set_spinning (FlStageRow *self, gboolean spinning)
{
  g_return_if_fail (FL_IS_STAGE_ROW (self));

  gtk_spinner_set_spinning (self->spinner, spinning);
  fl_stack_show (self->mark, spinning ? GTK_WIDGET (self->spinner) : GTK_WIDGET (self->image));
}
