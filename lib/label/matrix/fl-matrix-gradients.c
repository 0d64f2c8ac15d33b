/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-gradients.h"

#include <math.h>
#include <string.h>

#define BINS       60 /* of directions, over 180 degrees */
#define BINS_APART 17 /* 51 degrees: the steepest that a square leans when tilted by 50 degrees */
#define BINS_NEAR  2

/* Called with a constant @step, for the compiler to make two loops of it. */
static inline void
sample_row (const guint8 *restrict row,
            gsize stride,
            gsize step,
            gsize n,
            float *restrict gx,
            float *restrict gy,
            float *restrict luma)
{
  const guint8 *restrict above = row - stride, *restrict below = row + stride;

  for (gssize i = 0; i < (gssize) n; i++)
    {
      gssize x = i * (gssize) step;
      int falling = below[x + 1] - above[x - 1], rising = above[x + 1] - below[x - 1];

      gx[i] = (float) (falling + rising + 2 * (row[x + 1] - row[x - 1]));
      gy[i] = (float) (falling - rising + 2 * (below[x] - above[x]));
      luma[i] = (float) row[x];
    }
}

gboolean
fl_gradients_take (FlGradients *self, const FlLuma *luma, FlPoint centre, float side)
{
  int step = side > FL_GRADIENTS_MAX_REACH / 2.f ? 2 : 1;
  int x0 = (int) MAX (centre.x - side, 1.f), y0 = (int) MAX (centre.y - side, 1.f);
  int x1 = (int) MIN (centre.x + side, (float) luma->width - 1.f);
  int y1 = (int) MIN (centre.y + side, (float) luma->height - 1.f);

  if (x1 - x0 < 6 || y1 - y0 < 6 || side > FL_GRADIENTS_MAX_REACH)
    return FALSE;
  self->columns = (guint) MIN ((x1 - x0 + step - 1) / step, FL_GRADIENTS_MAX_SIDE);
  self->rows = (guint) MIN ((y1 - y0 + step - 1) / step, FL_GRADIENTS_MAX_SIDE);
  self->step = (float) step;
  self->x0 = (float) x0 + .5f - centre.x;
  self->y0 = (float) y0 + .5f - centre.y;
  for (guint j = 0; j < self->rows; j++)
    {
      const guint8 *row = luma->pixels + (gsize) (y0 + (int) j * step) * luma->stride + x0;
      gsize at = (gsize) j * self->columns;

      if (step == 1)
        sample_row (row, luma->stride, 1, self->columns, self->gx + at, self->gy + at,
                    self->luma + at);
      else
        sample_row (row, luma->stride, 2, self->columns, self->gx + at, self->gy + at,
                    self->luma + at);
    }
  return TRUE;
}

/* Directions (in bins) and weights of @n gradients. The polynomial is within 0.3 degrees of the
 * arc tangent. The weight is the strength to 1.5: squares would let one bright rim win. */
static void
turn_gradients (const float *gx, const float *gy, guint n, float *at, float *weight)
{
  for (guint i = 0; i < n; i++)
    {
      float ax = fabsf (gx[i]), ay = fabsf (gy[i]);
      float ratio = MIN (ax, ay) / (MAX (ax, ay) + 1e-3f);
      float turn = ratio * ((float) G_PI_4 + .273f * (1.f - ratio));
      float strength = sqrtf (gx[i] * gx[i] + gy[i] * gy[i]);

      turn = ay > ax ? (float) G_PI_2 - turn : turn;
      turn = gx[i] * gy[i] < 0 ? (float) G_PI - turn : turn;
      at[i] = turn * (float) (BINS / G_PI);
      weight[i] = strength * sqrtf (strength);
    }
}

/* Of the samples within @side. */
static float
fill_bins (const FlGradients *self, float side, float *bins)
{
  float at[FL_GRADIENTS_MAX_SIDE], weight[FL_GRADIENTS_MAX_SIDE], total = 0;
  guint first = (guint) MAX (0.f, (-side / 2 - self->x0) / self->step);
  guint end = MIN (self->columns, (guint) MAX (0.f, (side / 2 - self->x0) / self->step));

  memset (bins, 0, BINS * sizeof *bins);
  for (guint j = 0; j < self->rows && first < end; j++)
    {
      if (fabsf (self->y0 + (float) j * self->step) > side / 2)
        continue;
      turn_gradients (self->gx + j * self->columns + first, self->gy + j * self->columns + first,
                      end - first, at, weight);
      for (guint i = 0; i < end - first; i++)
        {
          guint bin = (guint) at[i];
          float rest = at[i] - (float) bin;

          bins[bin % BINS] += weight[i] * (1.f - rest);
          bins[(bin + 1) % BINS] += weight[i] * rest;
          total += weight[i];
        }
    }
  return total;
}

static void
smooth (float *bins)
{
  float copy[BINS];

  memcpy (copy, bins, sizeof copy);
  for (guint i = 0; i < BINS; i++)
    bins[i] = .25f * copy[(i + BINS - 1) % BINS] + .5f * copy[i] + .25f * copy[(i + 1) % BINS];
}

static guint
bins_apart (guint a, guint b)
{
  guint apart = a > b ? a - b : b - a;

  return MIN (apart, BINS - apart);
}

/* The highest bin at least BINS_APART from @from; BINS: from none. */
static guint
highest (const float *bins, guint from)
{
  guint best = BINS;

  for (guint i = 0; i < BINS; i++)
    if ((from == BINS || bins_apart (i, from) >= BINS_APART) &&
        (best == BINS || bins[i] > bins[best]))
      best = i;
  return best;
}

/* Returns the part of all strength that is near @peak. */
static float
describe_peak (const float *bins, guint peak, float total, float *angle)
{
  float sum = 0, moment = 0;

  for (int i = -BINS_NEAR; i <= BINS_NEAR; i++)
    {
      float bin = bins[((int) peak + i + BINS) % BINS];

      sum += bin;
      moment += bin * (float) i;
    }
  /* An edge is at right angles to its gradient. */
  *angle = fmodf (((float) peak + moment / (sum + 1e-9f) + BINS / 2.f) * (float) (G_PI / BINS) +
                      (float) G_PI,
                  (float) G_PI);
  return sum / total;
}

gboolean
fl_gradients_find_directions (const FlGradients *self, float side, float *angles, float *parts)
{
  float bins[BINS], total = fill_bins (self, side, bins);
  guint first, second;

  if (total <= 0)
    return FALSE;
  smooth (bins);
  first = highest (bins, BINS);
  second = highest (bins, first);
  parts[0] = describe_peak (bins, first, total, &angles[0]);
  parts[1] = describe_peak (bins, second, total, &angles[1]);
  return TRUE;
}
