/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-warp.h"

#include <math.h>

typedef struct
{
  const FlLuma *luma;
  const FlMatrixSize *size;
  const FlWarp *warp;
  FlHomography h;
  guint n; /* places a side of what makes one of the lattice */
  float sign;
} Sampler;

/* Mean of n x n places within half a module around (@u, @v). */
static float
sample_at (const Sampler *self, float u, float v)
{
  FlPoint centre =
      self->warp != NULL ? fl_warp_map (self->warp, self->size, u, v) : (FlPoint){ u, v };
  float sum = 0;

  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j < self->n; j++)
      {
        float du = 0.5f * (((float) j + 0.5f) / (float) self->n - 0.5f);
        float dv = 0.5f * (((float) i + 0.5f) / (float) self->n - 0.5f);
        FlPoint p = fl_homography_map (&self->h, centre.x + du, centre.y + dv);

        sum += fl_luma_at (self->luma, p.x, p.y);
      }
  return self->sign * sum / (float) (self->n * self->n);
}

static float
side_length (FlPoint a, FlPoint b)
{
  return hypotf (a.x - b.x, a.y - b.y);
}

/* More places a module where it has more pixels, which is what noise is averaged from; with 16 a
 * module a larger one is clear enough. */
static guint
places_per_half_module (const FlMatrixFit *fit)
{
  float longest = MAX (side_length (fit->corners[0], fit->corners[1]) / fit->size->columns,
                       side_length (fit->corners[1], fit->corners[2]) / fit->size->rows);

  return (guint) CLAMP (longest / 2.5f, 1.f, 2.f);
}

gboolean
fl_matrix_sample (const FlLuma *luma,
                  const FlMatrixFit *fit,
                  const FlWarp *warp,
                  FlLattice *lattice)
{
  Sampler sampler = { luma, fit->size, warp };

  if (!fl_homography_init (&sampler.h, fit->corners, fit->size->columns, fit->size->rows))
    return FALSE;
  sampler.n = places_per_half_module (fit);
  sampler.sign = fit->light_on_dark ? 1 : -1;
  lattice->width = FL_LATTICE_SIDE (fit->size->columns);
  lattice->height = FL_LATTICE_SIDE (fit->size->rows);
  for (guint i = 0; i < lattice->height; i++)
    for (guint j = 0; j < lattice->width; j++)
      lattice->at[i * lattice->width + j] =
          sample_at (&sampler, 0.5f * (float) j - 1, 0.5f * (float) i - 1);
  return TRUE;
}

void
fl_lattice_map_tones (FlLattice *self, gboolean light_on_dark)
{
  guint n = self->width * self->height;
  float sign = light_on_dark ? 1 : -1, low = G_MAXFLOAT, high = 0, offset;

  for (guint i = 0; i < n; i++)
    {
      low = MIN (low, sign * self->at[i]);
      high = MAX (high, sign * self->at[i]);
    }
  offset = 0.1f * (high - low) + 2 - low;
  for (guint i = 0; i < n; i++)
    self->at[i] = sign * 64 * logf (sign * self->at[i] + offset);
}
