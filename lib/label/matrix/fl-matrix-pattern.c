/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-fit-private.h"

#define OUTSIDE 0.6f /* modules from the edge to where the quiet zone is looked at */

/* Mean brightness of @n modules from (@u, @v) on; @odd gets those of every second one. */
static void
line_means (const FlLuma *luma,
            const FlHomography *h,
            FlPoint start,
            FlPoint step,
            guint n,
            float *even,
            float *odd)
{
  float sum[2] = { 0, 0 };
  float x = h->a * start.x + h->b * start.y + h->c, dx = h->a * step.x + h->b * step.y;
  float y = h->d * start.x + h->e * start.y + h->f, dy = h->d * step.x + h->e * step.y;
  float w = h->g * start.x + h->h * start.y + 1, dw = h->g * step.x + h->h * step.y;

  for (guint i = 0; i < n; i++)
    {
      float k = 1 / w;

      sum[i & 1] += fl_luma_at (luma, x * k, y * k);
      x += dx;
      y += dy;
      w += dw;
    }
  *even = sum[0] / (float) ((n + 1) / 2);
  *odd = sum[1] / (float) (n / 2);
}

static float
line_mean (const FlLuma *luma, const FlHomography *h, FlPoint start, FlPoint step, guint n)
{
  float even, odd;

  line_means (luma, h, start, step, n, &even, &odd);
  return (even + odd) / 2;
}

gboolean
fl_matrix_pattern_score (const FlLuma *luma,
                         const FlPoint corners[4],
                         guint columns,
                         guint rows,
                         float sign,
                         FlPatternScore *score)
{
  const FlPoint right = { 1, 0 }, down = { 0, 1 };
  FlHomography h;
  float c = (float) columns, r = (float) rows;
  float dark, light;

  if (!fl_homography_init (&h, corners, c, r))
    return FALSE;

  score->bars[0] = sign * (line_mean (luma, &h, (FlPoint){ -OUTSIDE, 1.5f }, down, rows - 2) -
                           line_mean (luma, &h, (FlPoint){ 0.5f, 1.5f }, down, rows - 2));
  score->bars[1] =
      sign * (line_mean (luma, &h, (FlPoint){ 1.5f, r + OUTSIDE }, right, columns - 2) -
              line_mean (luma, &h, (FlPoint){ 1.5f, r - 0.5f }, right, columns - 2));
  /* From the bar's end at the left, dark, to the light corner; the other from it down to the bar.
   */
  line_means (luma, &h, (FlPoint){ 0.5f, 0.5f }, right, columns, &dark, &light);
  score->timing[0] = sign * (light - dark);
  line_means (luma, &h, (FlPoint){ c - 0.5f, 0.5f }, down, rows, &light, &dark);
  score->timing[1] = sign * (light - dark);
  score->total = 0.5f * (score->bars[0] + score->bars[1]) + score->timing[0] + score->timing[1];
  return TRUE;
}
