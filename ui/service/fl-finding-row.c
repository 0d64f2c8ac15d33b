/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-finding-row.h"

static const struct
{
  const char *icon;
  const char *style;
  const char *label;
} looks[] = {
  [FL_VERDICT_GOOD] = { "object-select-symbolic", "success", N_ ("Good") },
  [FL_VERDICT_DOUBTFUL] = { "dialog-question-symbolic", "warning", N_ ("Doubtful") },
  [FL_VERDICT_BROKEN] = { "dialog-warning-symbolic", "warning", N_ ("Problem") },
  [FL_VERDICT_UNKNOWN] = { "fl-ring-symbolic", "dim-label", N_ ("Not Checked") },
};

GtkWidget *
fl_finding_row_new (FlFinding *finding)
{
  FlVerdict verdict = fl_finding_get_verdict (finding);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *mark = gtk_image_new_from_icon_name (looks[verdict].icon);
  GtkWidget *words = gtk_label_new (_ (looks[verdict].label));

  gtk_widget_add_css_class (mark, looks[verdict].style);
  gtk_widget_add_css_class (words, "dim-label");
  gtk_widget_add_css_class (words, "caption");
  g_object_set (words, "wrap", TRUE, "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);
  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_RIGHT);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), fl_finding_get_title (finding));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), fl_finding_get_sentence (finding));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), words);
  return row;
}
