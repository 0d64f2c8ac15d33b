/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-scan"
#include "config.h"

#include "fl-scan-private.h"

struct _FlScan
{
  gatomicrefcount refs;
  FlMatrix *matrix;
  FlLabelText *text;
  FlPoint outline[4];
  double elapsed_ms;
};

G_DEFINE_BOXED_TYPE (FlScan, fl_scan, fl_scan_ref, fl_scan_unref)

void
fl_scan_scale_outline (const FlPoint *corners, guint width, guint height, FlPoint *outline)
{
  for (guint i = 0; i < 4; i++)
    {
      outline[i].x = corners[i].x / (float) width;
      outline[i].y = corners[i].y / (float) height;
    }
}

FlScan *
fl_scan_new (FlMatrix *matrix, guint width, guint height, double elapsed_ms)
{
  FlScan *self = g_new0 (FlScan, 1);

  g_atomic_ref_count_init (&self->refs);
  self->matrix = fl_matrix_ref (matrix);
  self->text = fl_label_text_new (fl_matrix_get_text (matrix));
  fl_scan_scale_outline (fl_matrix_get_corners (matrix), width, height, self->outline);
  self->elapsed_ms = elapsed_ms;
  return self;
}

FlScan *
fl_scan_ref (FlScan *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
fl_scan_unref (FlScan *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  fl_matrix_unref (self->matrix);
  fl_label_text_unref (self->text);
  g_free (self);
}

FlLabelText *
fl_scan_get_text (const FlScan *self)
{
  return self->text;
}

FlMatrix *
fl_scan_get_matrix (const FlScan *self)
{
  return self->matrix;
}

const FlPoint *
fl_scan_get_outline (const FlScan *self)
{
  return self->outline;
}

double
fl_scan_get_elapsed_ms (const FlScan *self)
{
  return self->elapsed_ms;
}
