/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-fit-private.h"

#include <math.h>

#define LIKELY_SIDE 22   /* modules, when nothing is known yet */
#define OUTSIDE     0.6f /* modules from the edge to where the quiet zone is looked at */

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
  const guint n_odd = n / 2;
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
  *even = sum[0] / (float) (n - n_odd);
  *odd = sum[1] / (float) n_odd;
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

typedef struct
{
  float sum;
  float squares;
  guint n;
} Steps;

static void
add_step (Steps *self, float step)
{
  self->sum += step;
  self->squares += step * step;
  self->n++;
}

static float
regularity (const Steps *self)
{
  return self->sum / sqrtf (MAX (self->squares * (float) self->n, 1e-3f));
}

static float
brightness (const FlLuma *luma, const FlHomography *h, float u, float v)
{
  FlPoint p = fl_homography_map (h, u, v);

  return fl_luma_at (luma, p.x, p.y);
}

/* The bar at the left when @along is down, at the bottom when it is to the right. */
static float
test_bar (const FlLuma *luma,
          const FlHomography *h,
          gboolean is_left,
          guint n,
          float edge,
          float sign)
{
  Steps steps = { 0 };

  for (guint i = 1; i + 1 < n; i++)
    {
      float t = (float) i + 0.5f;
      float out =
          is_left ? brightness (luma, h, -OUTSIDE, t) : brightness (luma, h, t, edge + OUTSIDE);
      float in = is_left ? brightness (luma, h, 0.5f, t) : brightness (luma, h, t, edge - 0.5f);

      add_step (&steps, sign * (out - in));
    }
  return regularity (&steps);
}

/* Each module against the mean of its two neighbours: slow changes of the light do not count. */
static float
test_timing (const FlLuma *luma,
             const FlHomography *h,
             gboolean is_top,
             guint n,
             float edge,
             float sign)
{
  Steps steps = { 0 };
  float before = 0, here = 0;

  for (guint i = 0; i < n; i++)
    {
      float t = (float) i + 0.5f;
      float next = is_top ? brightness (luma, h, t, 0.5f) : brightness (luma, h, edge - 0.5f, t);
      /* At the top the even modules are dark, at the right the odd ones. */
      float way = (i % 2 == 0) == is_top ? 1.f : -1.f;

      if (i >= 2)
        add_step (&steps, sign * way * (here - (before + next) / 2));
      before = here;
      here = next;
    }
  return regularity (&steps);
}

gboolean
fl_matrix_pattern_test (const FlLuma *luma,
                        const FlPoint corners[4],
                        guint columns,
                        guint rows,
                        float sign,
                        FlPatternTest *test)
{
  FlHomography h;
  float c = (float) columns, r = (float) rows;

  if (!fl_homography_init (&h, corners, c, r))
    return FALSE;
  test->bars[0] = test_bar (luma, &h, TRUE, rows, 0, sign);
  test->bars[1] = test_bar (luma, &h, FALSE, columns, r, sign);
  test->timing[0] = test_timing (luma, &h, TRUE, columns, 0, sign);
  test->timing[1] = test_timing (luma, &h, FALSE, rows, c, sign);
  test->quality = (test->bars[0] + test->bars[1] + test->timing[0] + test->timing[1]) / 4;
  return TRUE;
}

float
fl_matrix_bars_test (const FlLuma *luma, const FlPoint corners[4], float sign)
{
  FlHomography h;

  if (!fl_homography_init (&h, corners, LIKELY_SIDE, LIKELY_SIDE))
    return 0;
  return MIN (test_bar (luma, &h, TRUE, LIKELY_SIDE, 0, sign),
              test_bar (luma, &h, FALSE, LIKELY_SIDE, LIKELY_SIDE, sign));
}
