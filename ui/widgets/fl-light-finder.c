/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "fl-light-finder.h"

#include "fl-light-view.h"

static const struct
{
  FlLightPattern pattern;
  const char *title;
} rhythms[] = {
  { FL_LIGHT_BLINK, N_ ("It Blinks") },
  { FL_LIGHT_RAPID, N_ ("It Blinks Fast") },
  { FL_LIGHT_BREATHE, N_ ("It Fades In and Out") },
  { FL_LIGHT_SEQUENCE, N_ ("It Changes") },
  { FL_LIGHT_SOLID, N_ ("It Stays On") },
  { FL_LIGHT_OFF, N_ ("It Is Off") },
};

static GtkWidget *
new_advice (const char *advice)
{
  return g_object_new (GTK_TYPE_LABEL, "label", advice, "wrap", TRUE, "xalign", 0.0f, "margin-top",
                       9, "margin-bottom", 9, "margin-start", 12, "margin-end", 12, NULL);
}

static GtkWidget *
new_row (const FlLight *light)
{
  g_autofree char *title = fl_light_dup_sentence (light);
  /* Translators: %s is what a light means, such as "is joining the network" */
  g_autofree char *meaning = g_strdup_printf (_ ("The device %s."), fl_light_get_meaning (light));
  const char *advice = fl_light_get_stuck_advice (light);
  GtkWidget *view = fl_light_view_new ();
  GtkWidget *row;

  fl_light_view_set_compact (FL_LIGHT_VIEW (view), TRUE);
  fl_light_view_set_light (FL_LIGHT_VIEW (view), light);
  gtk_widget_set_valign (view, GTK_ALIGN_CENTER);

  if (advice == NULL || *advice == 0)
    {
      row = adw_action_row_new ();
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), meaning);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), view);
    }
  else
    {
      row = adw_expander_row_new ();
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), meaning);
      adw_expander_row_add_prefix (ADW_EXPANDER_ROW (row), view);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_advice (advice));
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

static GtkWidget *
new_group (FlLightPattern pattern, const char *title)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (FL_TYPE_LIGHT_STATE);
  GtkWidget *group = NULL;

  for (guint i = 0; i < states->n_values; i++)
    {
      const FlLight *light = fl_light_get ((FlLightState) states->values[i].value);

      if (light->pattern != pattern || light->state == FL_LIGHT_STATE_UNKNOWN)
        continue;
      if (group == NULL)
        group = adw_preferences_group_new ();
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), new_row (light));
    }
  if (group != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  return group;
}

static GtkWidget *
new_content (void)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rhythms); i++)
    {
      GtkWidget *group = new_group (rhythms[i].pattern, _ (rhythms[i].title));

      if (group != NULL)
        adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
    }

  gtk_widget_add_css_class (header, "flat");
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), page);
  return box;
}

void
fl_light_finder_present (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *window = adw_window_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape,
                                                                                  0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_set_title (GTK_WINDOW (window), _ ("What Does the Light Do?"));
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 600);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  adw_window_set_content (ADW_WINDOW (window), new_content ());
  gtk_window_present (GTK_WINDOW (window));
}
