/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-save-switch.h"

struct _FlSaveSwitch
{
  GtkBox parent_instance;

  GtkSwitch *toggle;
  GtkWidget *warning;
};

G_DEFINE_FINAL_TYPE (FlSaveSwitch, fl_save_switch, GTK_TYPE_BOX)

typedef enum
{
  PROP_ACTIVE = 1
} FlSaveSwitchProperty;
static GParamSpec *props[PROP_ACTIVE + 1];

static void
on_toggled (FlSaveSwitch *self)
{
  gtk_widget_set_visible (self->warning, gtk_switch_get_active (self->toggle));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

static void
fl_save_switch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlSaveSwitchProperty) id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, fl_save_switch_get_active (FL_SAVE_SWITCH (object)));
      break;
    }
}

static void
fl_save_switch_class_init (FlSaveSwitchClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = fl_save_switch_get_property;

  props[PROP_ACTIVE] =
      g_param_spec_boolean ("active", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (props), props);
}

static void
fl_save_switch_init (FlSaveSwitch *self)
{
  const char *title = _ ("Save _Without Testing");
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (title);

  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Save Without Testing"), -1);
  g_object_set (label, "wrap", TRUE, "xalign", 0.0f, "hexpand", TRUE, "mnemonic-widget",
                self->toggle, NULL);
  self->warning = g_object_new (GTK_TYPE_LABEL, "label",
                                _ ("For a network that is not here. The device stores it as it is: "
                                   "a wrong password shows only "
                                   "when the device is there."),
                                "wrap", TRUE, "xalign", 0.0f, "visible", FALSE, "accessible-role",
                                GTK_ACCESSIBLE_ROLE_STATUS, "css-classes",
                                (const char *[]){ "caption", NULL }, NULL);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "field-note");
  gtk_widget_set_margin_top (GTK_WIDGET (self), 12);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (self->toggle));
  gtk_box_append (GTK_BOX (self), line);
  gtk_box_append (GTK_BOX (self), self->warning);
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (on_toggled), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
fl_save_switch_new (void)
{
  return g_object_new (FL_TYPE_SAVE_SWITCH, NULL);
}

gboolean
fl_save_switch_get_active (FlSaveSwitch *self)
{
  g_return_val_if_fail (FL_IS_SAVE_SWITCH (self), FALSE);

  return gtk_switch_get_active (self->toggle);
}

void
fl_save_switch_set_active (FlSaveSwitch *self, gboolean active)
{
  g_return_if_fail (FL_IS_SAVE_SWITCH (self));

  gtk_switch_set_active (self->toggle, active);
}

void
fl_save_switch_set_forced (FlSaveSwitch *self, gboolean forced)
{
  g_return_if_fail (FL_IS_SAVE_SWITCH (self));

  if (forced)
    gtk_switch_set_active (self->toggle, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->toggle), !forced);
}
