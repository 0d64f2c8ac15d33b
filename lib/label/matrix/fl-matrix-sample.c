/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-fit-private.h"

#include <math.h>

/* Mean of @n x @n places within half a module around each place of one row. */
static void
sample_row (const FlLuma *luma,
            const FlHomography *h,
            float v,
            guint n,
            float sign,
            FlLattice *out,
            float *row)
{
  for (guint j = 0; j < out->width; j++)
    {
      float u = 0.5f * (float) j - 1, sum = 0;

      for (guint k = 0; k < n * n; k++)
        {
          float du = ((float) (k % n) + 0.5f) / (float) n - 0.5f;
          float dv = ((float) (k / n) + 0.5f) / (float) n - 0.5f;
          FlPoint p = fl_homography_map (h, u + 0.5f * du, v + 0.5f * dv);

          sum += fl_luma_at (luma, p.x, p.y);
        }
      row[j] = sign * sum / (float) (n * n);
    }
}

static float
side_length (FlPoint a, FlPoint b)
{
  return hypotf (a.x - b.x, a.y - b.y);
}

/* More places a module where it has more pixels, which is what noise is averaged from. */
static guint
places_per_half_module (const FlMatrixFit *fit)
{
  float longest = MAX (side_length (fit->corners[0], fit->corners[1]) / fit->size->columns,
                       side_length (fit->corners[1], fit->corners[2]) / fit->size->rows);

  return (guint) CLAMP (longest / 2.5f, 1.f, 4.f);
}

gboolean
fl_matrix_sample (const FlLuma *luma, const FlMatrixFit *fit, FlLattice *lattice)
{
  FlHomography h;
  guint n = places_per_half_module (fit);

  if (!fl_homography_init (&h, fit->corners, fit->size->columns, fit->size->rows))
    return FALSE;

  lattice->width = FL_LATTICE_SIDE (fit->size->columns);
  lattice->height = FL_LATTICE_SIDE (fit->size->rows);
  for (guint i = 0; i < lattice->height; i++)
    sample_row (luma, &h, 0.5f * (float) i - 1, n, fit->light_on_dark ? 1 : -1, lattice,
                lattice->at + i * lattice->width);
  return TRUE;
}
