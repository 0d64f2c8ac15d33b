/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-simulation-bar.h"

#include "fl-announce.h"
#include "fl-text.h"
#include "fl-wrap-box.h"

struct _FlSimulationBar
{
  AdwBin parent_instance;

  FlWrapBox *box;
};

G_DEFINE_FINAL_TYPE (FlSimulationBar, fl_simulation_bar, ADW_TYPE_BIN)

static void
on_copy (GtkButton *button, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), text);
}

static void
append (FlSimulationBar *self, GtkWidget *child)
{
  fl_wrap_box_append (self->box, child);
}

static void
add_text (FlSimulationBar *self, const char *words)
{
  append (self, g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "css-classes",
                              (const char *[]){ "caption", NULL }, NULL));
}

static void
add_copy (FlSimulationBar *self, const char *label, const char *tooltip, const char *text)
{
  GtkWidget *button;

  if (text == NULL || *text == 0)
    return;

  button = gtk_button_new_with_mnemonic (label);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_copy), g_strdup (text),
                         (GClosureNotify) (void (*) (void)) g_free, 0);
  append (self, button);
}

static void
fl_simulation_bar_class_init (FlSimulationBarClass *klass)
{
}

static void
fl_simulation_bar_init (FlSimulationBar *self)
{
  self->box = g_object_new (FL_TYPE_WRAP_BOX, "centered", TRUE, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_add_css_class (GTK_WIDGET (self), "simulation");
}

GtkWidget *
fl_simulation_bar_new (const char *label_text, const char *network, const char *password)
{
  FlSimulationBar *self = g_object_new (FL_TYPE_SIMULATION_BAR, NULL);

  add_text (self, _ ("This is a simulation."));
  add_copy (self, _ ("Cop_y Label"), label_text, label_text);
  if (network != NULL)
    {
      /* Translators: %s is the name of a network */
      g_autofree char *words = fl_text_name (_ ("Network: %s"), network);

      add_text (self, words);
    }
  add_copy (self, _ ("Copy Pass_word"), password, password);
  fl_name_buttons (GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
