/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FlLabelDrawing:
 *
 * A device's label in lines: the small square, the serial number whose end is the set-up code, the
 * code below. "mark" says which part is asked for.
 */
#define FL_TYPE_LABEL_DRAWING (fl_label_drawing_get_type ())
G_DECLARE_FINAL_TYPE (FlLabelDrawing, fl_label_drawing, FL, LABEL_DRAWING, GtkWidget)

typedef enum
{
  FL_LABEL_PART_NONE,
  FL_LABEL_PART_SQUARE,
  FL_LABEL_PART_CODE,
  FL_LABEL_PART_SECRET,
} FlLabelPart;

void fl_label_drawing_set_part (FlLabelDrawing *self, FlLabelPart part);

G_END_DECLS
