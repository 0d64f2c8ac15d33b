/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-service-cells.h"

#define SPACING 12 /* px between columns */

/* Widths in characters of the font; the rest of a line is shared in the same proportions. */
static const int chars[FL_SERVICE_N_COLUMNS] = {
  [FL_SERVICE_NAME] = 15,    [FL_SERVICE_SERIAL] = 18, [FL_SERVICE_PRODUCT] = 12,
  [FL_SERVICE_ROAD] = 13,    [FL_SERVICE_MODE] = 12,   [FL_SERVICE_FIRMWARE] = 9,
  [FL_SERVICE_NETWORK] = 14, [FL_SERVICE_CLOUD] = 13,  [FL_SERVICE_ERROR] = 14,
};

struct _FlServiceCells
{
  GtkWidget parent_instance;

  GtkWidget *cells[FL_SERVICE_N_COLUMNS];
  GtkWidget *narrow;
  int inset;
  gboolean is_wide;
};

G_DEFINE_FINAL_TYPE (FlServiceCells, fl_service_cells, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_IS_WIDE = 1
} FlServiceCellsProperty;
static GParamSpec *props[PROP_IS_WIDE + 1];

static int
get_all_chars (void)
{
  int all = 0;

  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    all += chars[i];
  return all;
}

static gboolean
fits (FlServiceCells *self, int width)
{
  GtkWidget *cell = self->cells[0] != NULL ? self->cells[0] : GTK_WIDGET (self);
  PangoContext *context = gtk_widget_get_pango_context (cell);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int char_width = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);
  return width - 2 * self->inset >=
         get_all_chars () * char_width + (FL_SERVICE_N_COLUMNS - 1) * SPACING;
}

static GtkSizeRequestMode
fl_service_cells_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_cells (FlServiceCells *self, int *minimum, int *natural)
{
  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    {
      int cell_minimum = 0, cell_natural = 0;

      if (self->cells[i] != NULL)
        gtk_widget_measure (self->cells[i], GTK_ORIENTATION_VERTICAL, -1, &cell_minimum,
                            &cell_natural, NULL, NULL);
      *minimum = MAX (*minimum, cell_minimum);
      *natural = MAX (*natural, cell_natural);
    }
}

static void
fl_service_cells_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  FlServiceCells *self = FL_SERVICE_CELLS (widget);

  *minimum = *natural = 0;
  /* Without a width the height is that of the last one. */
  if (orientation == GTK_ORIENTATION_VERTICAL &&
      (for_size >= 0 ? fits (self, for_size) : self->is_wide))
    measure_cells (self, minimum, natural);
  else if (self->narrow != NULL)
    gtk_widget_measure (self->narrow, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
allocate_cells (FlServiceCells *self, int width, int height)
{
  int room = width - 2 * self->inset - (FL_SERVICE_N_COLUMNS - 1) * SPACING;
  int all = get_all_chars (), before = 0;

  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    {
      int from = room * before / all, to = room * (before + chars[i]) / all;
      int x = self->inset + from + (int) i * SPACING;
      GtkAllocation place;

      if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
        x = width - x - (to - from);
      place = (GtkAllocation){ x, 0, to - from, height };
      if (self->cells[i] != NULL)
        gtk_widget_size_allocate (self->cells[i], &place, -1);
      before += chars[i];
    }
}

/* Its list took the other height for all lines. */
static gboolean
measure_again (gpointer self)
{
  gtk_widget_queue_resize (self);
  g_object_notify_by_pspec (self, props[PROP_IS_WIDE]);
  return G_SOURCE_REMOVE;
}

static void
fl_service_cells_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FlServiceCells *self = FL_SERVICE_CELLS (widget);

  if (self->is_wide != fits (self, width))
    {
      self->is_wide = !self->is_wide;
      g_idle_add_full (G_PRIORITY_DEFAULT, measure_again, g_object_ref (self), g_object_unref);
    }
  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    if (self->cells[i] != NULL)
      gtk_widget_set_child_visible (self->cells[i], self->is_wide);
  if (self->narrow != NULL)
    gtk_widget_set_child_visible (self->narrow, !self->is_wide);

  if (self->is_wide)
    allocate_cells (self, width, height);
  else if (self->narrow != NULL)
    gtk_widget_size_allocate (self->narrow, &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
fl_service_cells_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlServiceCellsProperty) id)
    {
    case PROP_IS_WIDE:
      g_value_set_boolean (value, FL_SERVICE_CELLS (object)->is_wide);
      break;
    }
}

static void
fl_service_cells_dispose (GObject *object)
{
  FlServiceCells *self = FL_SERVICE_CELLS (object);

  for (guint i = 0; i < FL_SERVICE_N_COLUMNS; i++)
    g_clear_pointer (&self->cells[i], gtk_widget_unparent);
  g_clear_pointer (&self->narrow, gtk_widget_unparent);

  G_OBJECT_CLASS (fl_service_cells_parent_class)->dispose (object);
}

static void
fl_service_cells_class_init (FlServiceCellsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fl_service_cells_dispose;
  G_OBJECT_CLASS (klass)->get_property = fl_service_cells_get_property;
  widget_class->get_request_mode = fl_service_cells_get_request_mode;
  widget_class->measure = fl_service_cells_measure;
  widget_class->size_allocate = fl_service_cells_size_allocate;

  props[PROP_IS_WIDE] = g_param_spec_boolean ("is-wide", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), G_N_ELEMENTS (props), props);
}

static void
fl_service_cells_init (FlServiceCells *self)
{
}

GtkWidget *
fl_service_cells_new (void)
{
  return g_object_new (FL_TYPE_SERVICE_CELLS, NULL);
}

void
fl_service_cells_set_cell (FlServiceCells *self, FlServiceColumn column, GtkWidget *cell)
{
  g_return_if_fail (FL_IS_SERVICE_CELLS (self));
  g_return_if_fail (column < FL_SERVICE_N_COLUMNS);

  g_clear_pointer (&self->cells[column], gtk_widget_unparent);
  self->cells[column] = cell;
  gtk_widget_add_css_class (cell, "service-cell");
  gtk_widget_set_parent (cell, GTK_WIDGET (self));
}

void
fl_service_cells_set_inset (FlServiceCells *self, int inset)
{
  g_return_if_fail (FL_IS_SERVICE_CELLS (self));

  self->inset = inset;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
fl_service_cells_set_narrow (FlServiceCells *self, GtkWidget *narrow)
{
  g_return_if_fail (FL_IS_SERVICE_CELLS (self));

  g_clear_pointer (&self->narrow, gtk_widget_unparent);
  self->narrow = narrow;
  if (narrow != NULL)
    gtk_widget_set_parent (narrow, GTK_WIDGET (self));
}

gboolean
fl_service_cells_get_is_wide (FlServiceCells *self)
{
  g_return_val_if_fail (FL_IS_SERVICE_CELLS (self), FALSE);

  return self->is_wide;
}
