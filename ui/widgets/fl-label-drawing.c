/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "fl-label-drawing.h"

#define WIDTH  220
#define HEIGHT 104
#define CELLS  12 /* of the drawn square; decoration, it holds no data */

struct _FlLabelDrawing
{
  GtkWidget parent_instance;

  FlLabelPart part;
};

G_DEFINE_FINAL_TYPE (FlLabelDrawing, fl_label_drawing, GTK_TYPE_WIDGET)

static void
bar (GtkSnapshot *snapshot, float x, float y, float w, float h, const GdkRGBA *ink, float alpha)
{
  const graphene_rect_t rect = GRAPHENE_RECT_INIT (x, y, w, h);
  GdkRGBA color = *ink;
  GskRoundedRect shape;

  color.alpha *= alpha;
  gsk_rounded_rect_init_from_rect (&shape, &rect, MIN (h / 2, 4.0f));
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &color, &rect);
  gtk_snapshot_pop (snapshot);
}

static void
frame (GtkSnapshot *snapshot, float x, float y, float w, float h, const GdkRGBA *ink, float alpha)
{
  const graphene_rect_t rect = GRAPHENE_RECT_INIT (x, y, w, h);
  const float widths[4] = { 1.5f, 1.5f, 1.5f, 1.5f };
  GdkRGBA color = *ink;
  GskRoundedRect shape;

  color.alpha *= alpha;
  gsk_rounded_rect_init_from_rect (&shape, &rect, 9.0f);
  gtk_snapshot_append_border (snapshot, &shape, widths,
                              (const GdkRGBA[]){ color, color, color, color });
}

/* Solid on the left and below, dashed above and on the right, as a data matrix is. */
static gboolean
is_dark_cell (int column, int row)
{
  if (column == 0 || row == CELLS - 1)
    return TRUE;
  if (row == 0)
    return column % 2 == 0;
  if (column == CELLS - 1)
    return row % 2 == 1;
  return (column * 7 + row * 5 + column * row * 3) % 11 < 5;
}

static void
draw_square (GtkSnapshot *snapshot, float x, float y, float size, const GdkRGBA *ink)
{
  const float cell = size / CELLS;
  GdkRGBA color = *ink;

  color.alpha *= 0.55f;
  for (int row = 0; row < CELLS; row++)
    for (int column = 0; column < CELLS; column++)
      if (is_dark_cell (column, row))
        gtk_snapshot_append_color (snapshot, &color,
                                   &GRAPHENE_RECT_INIT (x + cell * (float) column,
                                                        y + cell * (float) row, cell, cell));
}

static void
fl_label_drawing_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FlLabelDrawing *self = FL_LABEL_DRAWING (widget);
  const float x = ((float) gtk_widget_get_width (widget) - WIDTH) / 2;
  const float y = ((float) gtk_widget_get_height (widget) - HEIGHT) / 2;
  GdkRGBA ink, accent;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color",
                                       &accent))
    accent = ink;

  frame (snapshot, x + 1, y + 1, WIDTH - 2, HEIGHT - 2, &ink, 0.28f);
  draw_square (snapshot, x + 18, y + 16, 48, &ink);
  bar (snapshot, x + 84, y + 20, 40, 5, &ink, 0.25f);
  bar (snapshot, x + 84, y + 36, 62, 7, &ink, 0.35f);
  bar (snapshot, x + 150, y + 36, 42, 7, &ink, 0.55f);
  bar (snapshot, x + 84, y + 54, 70, 5, &ink, 0.25f);
  bar (snapshot, x + 18, y + 76, 110, 7, &ink, 0.55f);

  if (self->part == FL_LABEL_PART_SQUARE)
    frame (snapshot, x + 11, y + 9, 62, 62, &accent, 1.0f);
  else if (self->part == FL_LABEL_PART_CODE)
    frame (snapshot, x + 144, y + 29, 54, 21, &accent, 1.0f);
  else if (self->part == FL_LABEL_PART_SECRET)
    frame (snapshot, x + 11, y + 69, 124, 21, &accent, 1.0f);
}

static void
fl_label_drawing_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
fl_label_drawing_class_init (FlLabelDrawingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = fl_label_drawing_measure;
  widget_class->snapshot = fl_label_drawing_snapshot;
  gtk_widget_class_set_css_name (widget_class, "labeldrawing");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fl_label_drawing_init (FlLabelDrawing *self)
{
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
      _ ("A label. The set-up code is the end of the serial number; the other code is under the "
         "square."),
      -1);
}

void
fl_label_drawing_set_part (FlLabelDrawing *self, FlLabelPart part)
{
  g_return_if_fail (FL_IS_LABEL_DRAWING (self));

  if (self->part == part)
    return;

  self->part = part;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
