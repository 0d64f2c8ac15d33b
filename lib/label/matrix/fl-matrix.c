/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix.h"

#include <math.h>
#include <string.h>

struct _FlMatrix
{
  gatomicrefcount n_references;
  FlSecret *text;
  FlPoint corners[4];
  guint rows;
  guint columns;
  float module_size;
  float confidence;
  gboolean light_on_dark;
};

G_DEFINE_BOXED_TYPE (FlMatrix, fl_matrix, fl_matrix_ref, fl_matrix_unref)

static float
distance (FlPoint a, FlPoint b)
{
  return hypotf (a.x - b.x, a.y - b.y);
}

static float
measure_module (const FlMatrixFit *fit)
{
  const FlPoint *c = fit->corners;
  float across = distance (c[0], c[1]) + distance (c[3], c[2]);
  float down = distance (c[0], c[3]) + distance (c[1], c[2]);

  return (across / (float) fit->size->columns + down / (float) fit->size->rows) / 4.f;
}

FlMatrix *
fl_matrix_new (FlSecret *text, const FlMatrixFit *fit, const FlMatrixRepairs *repairs)
{
  FlMatrix *self = g_new0 (FlMatrix, 1);
  /* An error has to be found and mended, the place of a guess is known. */
  float used = (float) (2 * repairs->n_corrected + repairs->n_flipped) / (float) fit->size->n_check;

  g_atomic_ref_count_init (&self->n_references);
  self->text = text;
  memcpy (self->corners, fit->corners, sizeof self->corners);
  self->rows = fit->size->rows;
  self->columns = fit->size->columns;
  self->module_size = measure_module (fit);
  self->confidence = CLAMP (1.f - used, 0.f, 1.f) * CLAMP (fit->quality, 0.f, 1.f);
  self->light_on_dark = fit->light_on_dark;
  return self;
}

FlMatrix *
fl_matrix_new_mapped (const FlMatrix *self, float scale, FlPoint origin)
{
  FlMatrix *mapped;

  g_return_val_if_fail (self != NULL && scale > 0, NULL);

  mapped = g_new0 (FlMatrix, 1);
  g_atomic_ref_count_init (&mapped->n_references);
  mapped->text = fl_secret_ref (self->text);
  for (guint i = 0; i < G_N_ELEMENTS (mapped->corners); i++)
    mapped->corners[i] =
        (FlPoint){ origin.x + scale * self->corners[i].x, origin.y + scale * self->corners[i].y };
  mapped->rows = self->rows;
  mapped->columns = self->columns;
  mapped->module_size = scale * self->module_size;
  mapped->confidence = self->confidence;
  mapped->light_on_dark = self->light_on_dark;
  return mapped;
}

FlMatrix *
fl_matrix_ref (FlMatrix *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->n_references);
  return self;
}

void
fl_matrix_unref (FlMatrix *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->n_references))
    return;
  fl_secret_unref (self->text);
  g_free (self);
}

FlSecret *
fl_matrix_get_text (const FlMatrix *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->text;
}

const FlPoint *
fl_matrix_get_corners (const FlMatrix *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->corners;
}

guint
fl_matrix_get_rows (const FlMatrix *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->rows;
}

guint
fl_matrix_get_columns (const FlMatrix *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->columns;
}

float
fl_matrix_get_module_size (const FlMatrix *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->module_size;
}

float
fl_matrix_get_confidence (const FlMatrix *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->confidence;
}

gboolean
fl_matrix_is_light_on_dark (const FlMatrix *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->light_on_dark;
}
