/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-fit-private.h"

#include <math.h>

#define N_ACROSS 24   /* places on the way over the edge */
#define N_ALONG  16   /* such ways */
#define FROM     0.7f /* modules outside the edge */
#define TO       0.5f /* modules inside */

/* How wide an edge is, modules: its contrast by its steepest slope. A streak or a square of that
 * width makes just this. */
static float
edge_width (const FlLuma *luma, const FlHomography *h, const FlMatrixFit *fit, gboolean is_left)
{
  float columns = fit->size->columns, rows = fit->size->rows;
  float steepest = 0, before = 0, step = (FROM + TO) / (N_ACROSS - 1);

  for (guint i = 0; i < N_ACROSS; i++)
    {
      float across = -FROM + step * (float) i, sum = 0;

      for (guint j = 0; j < N_ALONG; j++)
        {
          float along = ((float) j + 1.5f) / (N_ALONG + 2);
          FlPoint p = is_left ? fl_homography_map (h, across, along * rows)
                              : fl_homography_map (h, along * columns, rows - across);

          sum += fl_luma_at (luma, p.x, p.y) / N_ALONG;
        }
      if (i > 0)
        steepest = MAX (steepest, fabsf (sum - before) / step);
      before = sum;
    }
  return fit->contrast / MAX (steepest, 1e-3f);
}

/* Motion blurs only the edges that lie across it: the wider one counts. */
float
fl_matrix_measure_blur (const FlLuma *luma, const FlMatrixFit *fit)
{
  FlHomography h;
  float widest;

  if (!fl_homography_init (&h, fit->corners, fit->size->columns, fit->size->rows))
    return 0;
  widest = MAX (edge_width (luma, &h, fit, TRUE), edge_width (luma, &h, fit, FALSE));
  return MIN (widest, 4);
}
