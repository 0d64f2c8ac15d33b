/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "fl-shortcuts.h"

static const struct
{
  const char *accelerator;
  const char *what;
} shortcuts[] = {
  { "Return", N_ ("Go on: the main button") },
  { "<Alt>Left", N_ ("Go back; what was typed stays") },
  { "Escape", N_ ("Go back, or cancel what is running") },
  { "<Control>r", N_ ("Search again") },
  { "<Control>f", N_ ("Filter the list") },
  { "<Control>c", N_ ("Copy the details of an error") },
  { "<Control>v", N_ ("Read the label in a copied picture") },
  { "F10", N_ ("Open the menu") },
  { "F1", N_ ("Help") },
  { "<Control>question", N_ ("Show these keys") },
  { "<Control>q", N_ ("Close") },
};

static GtkWidget *
new_row (const char *accelerator, const char *what)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *keys = gtk_shortcut_label_new (accelerator);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), what);
  gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), keys);
  return row;
}

void
fl_shortcuts_present (GtkWindow *parent)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               new_row (shortcuts[i].accelerator, _ (shortcuts[i].what)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_widget_add_css_class (header, "flat");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), page);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape,
                                                                                  0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, keys);
  gtk_window_set_title (GTK_WINDOW (window), _ ("Keyboard Shortcuts"));
  gtk_window_set_default_size (GTK_WINDOW (window), 440, 560);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}
