/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-field.h"

struct _FlField
{
  GtkBox parent_instance;

  GtkLabel *label;
  GtkLabel *hint;
  GtkWidget *widget; /* (nullable), a child */
};

G_DEFINE_FINAL_TYPE (FlField, fl_field, GTK_TYPE_BOX)

typedef enum
{
  PROP_LABEL = 1,
  PROP_WIDGET,
  PROP_HINT
} FlFieldProperty;
static GParamSpec *props[PROP_HINT + 1];

static void
describe (FlField *self)
{
  gboolean has_hint = *gtk_label_get_label (self->hint) != 0;

  gtk_widget_set_visible (GTK_WIDGET (self->hint), has_hint);
  if (self->widget == NULL)
    return;

  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->widget),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->label, NULL, -1);
  if (has_hint)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->widget),
                                    GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->hint, NULL, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->widget),
                                   GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
}

static void
set_widget (FlField *self, GtkWidget *widget)
{
  if (self->widget != NULL)
    gtk_box_remove (GTK_BOX (self), self->widget);
  self->widget = widget;
  if (widget != NULL)
    gtk_box_insert_child_after (GTK_BOX (self), widget, GTK_WIDGET (self->label));
  gtk_label_set_mnemonic_widget (self->label, widget);
  describe (self);
}

static void
fl_field_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlField *self = FL_FIELD (object);

  switch ((FlFieldProperty) id)
    {
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_label (self->label));
      break;
    case PROP_WIDGET:
      g_value_set_object (value, self->widget);
      break;
    case PROP_HINT:
      g_value_set_string (value, gtk_label_get_label (self->hint));
      break;
    }
}

static void
fl_field_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FlField *self = FL_FIELD (object);

  switch ((FlFieldProperty) id)
    {
    case PROP_LABEL:
      gtk_label_set_label (self->label, g_value_get_string (value));
      break;
    case PROP_WIDGET:
      set_widget (self, g_value_get_object (value));
      break;
    case PROP_HINT:
      gtk_label_set_label (self->hint,
                           g_value_get_string (value) != NULL ? g_value_get_string (value) : "");
      describe (self);
      break;
    }
}

static void
fl_field_class_init (FlFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fl_field_get_property;
  object_class->set_property = fl_field_set_property;

  props[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  props[PROP_WIDGET] = g_param_spec_object ("widget", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
fl_field_init (FlField *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "use-underline", TRUE, "wrap", TRUE, "xalign", 0.0f,
                              "css-classes", (const char *[]){ "field-label", NULL }, NULL);
  self->hint =
      g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0f, "visible", FALSE, "css-classes",
                    (const char *[]){ "field-label", "dim-label", "caption", NULL }, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->hint));
}
