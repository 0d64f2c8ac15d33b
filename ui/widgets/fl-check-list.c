/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-check-list.h"

#include "fl-wrap-box.h"

#define TICK_MARGIN 12 /* between ticks that stand in one line */

struct _FlCheckList
{
  GtkBox parent_instance;

  GPtrArray *lines; /* of FlCheckLine; those at the end may be hidden */
  GPtrArray *ticks; /* likewise, for what is good */
  GtkBox *lines_box;
  FlWrapBox *ticks_box;
};

G_DEFINE_FINAL_TYPE (FlCheckList, fl_check_list, GTK_TYPE_BOX)

typedef struct
{
  GtkWidget *box;
  GtkImage *mark;
  GtkLabel *title;
  GtkLabel *sentence;
} FlCheckLine;

static const struct
{
  const char *icon;
  const char *style;
  const char *label;
} looks[] = {
  [FL_VERDICT_GOOD] = { "object-select-symbolic", "success", N_ ("Good") },
  [FL_VERDICT_DOUBTFUL] = { "dialog-question-symbolic", "warning", N_ ("Doubtful") },
  [FL_VERDICT_BROKEN] = { "dialog-warning-symbolic", "error", N_ ("Problem") },
  [FL_VERDICT_UNKNOWN] = { "fl-ring-symbolic", "dim-label", N_ ("Missing") },
};

static FlCheckLine *
add_line (FlCheckList *self, GPtrArray *lines)
{
  FlCheckLine *line = g_new0 (FlCheckLine, 1);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  line->box = g_object_new (GTK_TYPE_BOX, "spacing", 9, "accessible-role",
                            GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  line->mark = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                             "valign", GTK_ALIGN_START, "margin-top", 2, NULL);
  line->title = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0f, NULL);
  line->sentence = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0f, "css-classes",
                                 (const char *[]){ "caption", NULL }, NULL);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (line->title));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (line->sentence));
  gtk_box_append (GTK_BOX (line->box), GTK_WIDGET (line->mark));
  gtk_box_append (GTK_BOX (line->box), words);
  if (lines == self->lines)
    {
      gtk_widget_set_hexpand (words, TRUE);
      gtk_box_append (self->lines_box, line->box);
    }
  else
    {
      gtk_widget_set_margin_end (line->box, TICK_MARGIN);
      fl_wrap_box_append (self->ticks_box, line->box);
    }
  g_ptr_array_add (lines, line);
  return line;
}

static void
set_label (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static void
fill_line (FlCheckLine *line, FlFinding *finding)
{
  FlVerdict verdict = fl_finding_get_verdict (finding);
  const char *sentence = fl_finding_get_sentence (finding);
  const char *style[] = { looks[verdict].style, NULL };
  g_autofree char *name = NULL;

  if (g_strcmp0 (gtk_image_get_icon_name (line->mark), looks[verdict].icon) != 0)
    gtk_image_set_from_icon_name (line->mark, looks[verdict].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (line->mark), style);
  set_label (line->title, fl_finding_get_title (finding));
  set_label (line->sentence, sentence);
  gtk_widget_set_visible (GTK_WIDGET (line->sentence), verdict != FL_VERDICT_GOOD);
  gtk_widget_set_visible (line->box, TRUE);

  /* Translators: a word such as "Good" or "Problem", then what was looked at */
  name = g_strdup_printf (_ ("%s: %s"), _ (looks[verdict].label), fl_finding_get_title (finding));
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->box), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence, -1);
}

static void
fl_check_list_finalize (GObject *object)
{
  FlCheckList *self = FL_CHECK_LIST (object);

  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->ticks, g_ptr_array_unref);

  G_OBJECT_CLASS (fl_check_list_parent_class)->finalize (object);
}

static void
fl_check_list_class_init (FlCheckListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fl_check_list_finalize;
}

static void
fl_check_list_init (FlCheckList *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->ticks = g_ptr_array_new_with_free_func (g_free);
  self->lines_box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing",
                                  9, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);
  self->ticks_box =
      g_object_new (FL_TYPE_WRAP_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->lines_box));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->ticks_box));
}

static void
hide_from (GPtrArray *lines, guint n)
{
  for (guint i = n; i < lines->len; i++)
    gtk_widget_set_visible (((FlCheckLine *) g_ptr_array_index (lines, i))->box, FALSE);
}

void
fl_check_list_set_findings (FlCheckList *self, GPtrArray *findings)
{
  guint n_lines = 0, n_ticks = 0;

  g_return_if_fail (FL_IS_CHECK_LIST (self));

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      FlFinding *finding = g_ptr_array_index (findings, i);
      gboolean good = fl_finding_get_verdict (finding) == FL_VERDICT_GOOD;
      GPtrArray *lines = good ? self->ticks : self->lines;
      guint at = good ? n_ticks++ : n_lines++;

      fill_line (at < lines->len ? g_ptr_array_index (lines, at) : add_line (self, lines), finding);
    }
  hide_from (self->lines, n_lines);
  hide_from (self->ticks, n_ticks);
  gtk_widget_set_visible (GTK_WIDGET (self->lines_box), n_lines > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->ticks_box), n_ticks > 0);
}
