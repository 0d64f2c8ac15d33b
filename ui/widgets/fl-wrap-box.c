/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-wrap-box.h"

#define SPACING 6

struct _FlWrapBox
{
  GtkWidget parent_instance;

  gboolean centered;
};

static GtkBuildableIface *parent_buildable_iface;

static void fl_wrap_box_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlWrapBox,
                               fl_wrap_box,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      fl_wrap_box_buildable_init))

typedef enum
{
  PROP_CENTERED = 1
} FlWrapBoxProperty;
static GParamSpec *props[PROP_CENTERED + 1];

/* One line of children: from @first up to, not including, @end. */
typedef struct
{
  GtkWidget *first;
  GtkWidget *end;
  int width;
  int height;
} Line;

static int
natural_width (GtkWidget *child, int available)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, available));
}

static int
height_for (GtkWidget *child, int width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return natural;
}

static GtkWidget *
next_visible (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static Line
measure_line (GtkWidget *first, int available)
{
  Line line = { first, first, 0, 0 };

  for (GtkWidget *child = first; child != NULL;
       child = next_visible (gtk_widget_get_next_sibling (child)))
    {
      int width = natural_width (child, available);
      int gap = line.width > 0 ? SPACING : 0;

      if (line.width > 0 && line.width + gap + width > available)
        break;
      line.width += gap + width;
      line.height = MAX (line.height, height_for (child, width));
      line.end = next_visible (gtk_widget_get_next_sibling (child));
    }
  return line;
}

static GtkSizeRequestMode
fl_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  int widest = 0, together = 0;

  for (GtkWidget *child = next_visible (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_visible (gtk_widget_get_next_sibling (child)))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural,
                          NULL, NULL);
      widest = MAX (widest, child_minimum);
      together += child_natural + (together > 0 ? SPACING : 0);
    }
  *minimum = widest;
  *natural = MAX (widest, together);
}

static void
fl_wrap_box_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  int available = for_size < 0 ? G_MAXINT / 2 : for_size;
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (widget, minimum, natural);
      return;
    }

  for (GtkWidget *first = next_visible (gtk_widget_get_first_child (widget)); first != NULL;)
    {
      Line line = measure_line (first, available);

      height += line.height + (height > 0 ? SPACING : 0);
      first = line.end;
    }
  *minimum = *natural = height;
}

/* (nullable): the first one of a line that takes what is left of it. */
static GtkWidget *
find_wide (const Line *line)
{
  for (GtkWidget *child = line->first; child != line->end;
       child = next_visible (gtk_widget_get_next_sibling (child)))
    if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
      return child;
  return NULL;
}

static void
allocate_line (FlWrapBox *self, const Line *line, int available, int y)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkWidget *wide = find_wide (line);
  int rest = MAX (0, available - line->width);
  int x = self->centered && wide == NULL ? rest / 2 : 0;

  for (GtkWidget *child = line->first; child != line->end;
       child = next_visible (gtk_widget_get_next_sibling (child)))
    {
      int width = natural_width (child, available) + (child == wide ? rest : 0);
      GtkAllocation place = { rtl ? available - x - width : x, y, width, line->height };

      gtk_widget_size_allocate (child, &place, -1);
      x += width + SPACING;
    }
}

static void
fl_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int y = 0;

  for (GtkWidget *first = next_visible (gtk_widget_get_first_child (widget)); first != NULL;)
    {
      Line line = measure_line (first, width);

      allocate_line (FL_WRAP_BOX (widget), &line, width, y);
      y += line.height + SPACING;
      first = line.end;
    }
}

static void
fl_wrap_box_add_child (GtkBuildable *buildable,
                       GtkBuilder *builder,
                       GObject *child,
                       const char *type)
{
  if (GTK_IS_WIDGET (child))
    fl_wrap_box_append (FL_WRAP_BOX (buildable), GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
fl_wrap_box_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = fl_wrap_box_add_child;
}

static void
fl_wrap_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlWrapBoxProperty) id)
    {
    case PROP_CENTERED:
      g_value_set_boolean (value, FL_WRAP_BOX (object)->centered);
      break;
    }
}

static void
fl_wrap_box_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((FlWrapBoxProperty) id)
    {
    case PROP_CENTERED:
      FL_WRAP_BOX (object)->centered = g_value_get_boolean (value);
      gtk_widget_queue_allocate (GTK_WIDGET (object));
      break;
    }
}

static void
fl_wrap_box_dispose (GObject *object)
{
  fl_wrap_box_clear (FL_WRAP_BOX (object));

  G_OBJECT_CLASS (fl_wrap_box_parent_class)->dispose (object);
}

static void
fl_wrap_box_class_init (FlWrapBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fl_wrap_box_dispose;
  object_class->get_property = fl_wrap_box_get_property;
  object_class->set_property = fl_wrap_box_set_property;
  widget_class->get_request_mode = fl_wrap_box_get_request_mode;
  widget_class->measure = fl_wrap_box_measure;
  widget_class->size_allocate = fl_wrap_box_size_allocate;

  props[PROP_CENTERED] = g_param_spec_boolean ("centered", NULL, NULL, FALSE,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
  gtk_widget_class_set_css_name (widget_class, "wrapbox");
}

static void
fl_wrap_box_init (FlWrapBox *self)
{
}

void
fl_wrap_box_append (FlWrapBox *self, GtkWidget *child)
{
  g_return_if_fail (FL_IS_WRAP_BOX (self));

  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
fl_wrap_box_clear (FlWrapBox *self)
{
  GtkWidget *child;

  g_return_if_fail (FL_IS_WRAP_BOX (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
