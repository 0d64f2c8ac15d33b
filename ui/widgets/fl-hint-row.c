/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-hint-row.h"

struct _FlHintRow
{
  GtkBox parent_instance;

  GtkImage *image;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (FlHintRow, fl_hint_row, GTK_TYPE_BOX)

typedef enum
{
  PROP_ICON_NAME = 1,
  PROP_LABEL
} FlHintRowProperty;
static GParamSpec *props[PROP_LABEL + 1];

static void
fl_hint_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlHintRow *self = FL_HINT_ROW (object);

  switch ((FlHintRowProperty) id)
    {
    case PROP_ICON_NAME:
      g_value_set_string (value, gtk_image_get_icon_name (self->image));
      break;
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_label (self->label));
      break;
    }
}

static void
fl_hint_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FlHintRow *self = FL_HINT_ROW (object);

  switch ((FlHintRowProperty) id)
    {
    case PROP_ICON_NAME:
      gtk_image_set_from_icon_name (self->image, g_value_get_string (value));
      break;
    case PROP_LABEL:
      gtk_label_set_label (self->label, g_value_get_string (value));
      break;
    }
}

static void
fl_hint_row_class_init (FlHintRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fl_hint_row_get_property;
  object_class->set_property = fl_hint_row_set_property;

  props[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_LABEL] =
      g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
fl_hint_row_init (FlHintRow *self)
{
  self->image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              "pixel-size", 24, "valign", GTK_ALIGN_START, "css-classes",
                              (const char *[]){ "dim-label", NULL }, NULL);
  self->label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0f, "hexpand", TRUE, NULL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->image));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->label));
}
