/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-edges.h"

#include <math.h>
#include <string.h>

#define BINS       60 /* over 180 degrees */
#define BINS_APART 17 /* 51 degrees: the steepest that a square leans at a tilt of 50 degrees */
#define BINS_NEAR  2

/* Direction of a gradient in bins, 0 … BINS. The polynomial is within 0.3 degrees of the arc
 * tangent. */
static float
direction (float gx, float gy)
{
  float ax = fabsf (gx), ay = fabsf (gy);
  float ratio = MIN (ax, ay) / MAX (ax, ay);
  float turn = ratio * ((float) G_PI_4 + .273f * (1.f - ratio));

  if (ay > ax)
    turn = (float) G_PI_2 - turn;
  if ((gx < 0) != (gy < 0))
    turn = (float) G_PI - turn;
  return turn * (float) (BINS / G_PI);
}

static void
add_gradient (float *bins, float gx, float gy)
{
  float weight = gx * gx + gy * gy;
  float at = direction (gx, gy);
  guint bin = (guint) at;
  float rest = at - (float) bin;

  bins[bin % BINS] += weight * (1.f - rest);
  bins[(bin + 1) % BINS] += weight * rest;
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

static void
describe_peak (const float *bins, guint peak, float total, float *angle, float *part)
{
  float sum = 0, moment = 0;

  for (int i = -BINS_NEAR; i <= BINS_NEAR; i++)
    {
      float bin = bins[((int) peak + i + BINS) % BINS];

      sum += bin;
      moment += bin * (float) i;
    }
  /* An edge is at right angles to its gradient. */
  *angle = fmodf (((float) peak + moment / sum + BINS / 2) * (float) (G_PI / BINS) + (float) G_PI,
                  (float) G_PI);
  *part = sum / total;
}

gboolean
fl_matrix_edges_measure (const FlLuma *luma, FlPoint centre, float side, FlMatrixEdges *edges)
{
  float bins[BINS] = { 0 };
  int x0 = (int) MAX (centre.x - side / 2, 1.f);
  int y0 = (int) MAX (centre.y - side / 2, 1.f);
  int x1 = (int) MIN (centre.x + side / 2, (float) luma->width - 1.f);
  int y1 = (int) MIN (centre.y + side / 2, (float) luma->height - 1.f);
  float total = 0;
  guint first, second;

  if (x1 <= x0 || y1 <= y0)
    return FALSE;

  for (int y = y0; y < y1; y++)
    {
      const guint8 *row = luma->pixels + (gsize) y * luma->stride;
      const guint8 *above = row - luma->stride, *below = row + luma->stride;

      for (int x = x0; x < x1; x++)
        {
          int left = above[x - 1] + 2 * row[x - 1] + below[x - 1];
          int right = above[x + 1] + 2 * row[x + 1] + below[x + 1];
          int up = above[x - 1] + 2 * above[x] + above[x + 1];
          int down = below[x - 1] + 2 * below[x] + below[x + 1];

          if (right != left || down != up)
            add_gradient (bins, (float) (right - left), (float) (down - up));
        }
    }
  for (guint i = 0; i < BINS; i++)
    total += bins[i];
  if (total <= 0)
    return FALSE;

  smooth (bins);
  first = highest (bins, BINS);
  second = highest (bins, first);
  describe_peak (bins, first, total, &edges->angle[0], &edges->part[0]);
  if (bins[second] > 0)
    describe_peak (bins, second, total, &edges->angle[1], &edges->part[1]);
  else
    {
      edges->angle[1] = fmodf (edges->angle[0] + (float) G_PI_2, (float) G_PI);
      edges->part[1] = 0;
    }
  edges->strength = sqrtf (total / (float) ((x1 - x0) * (y1 - y0))) / 4.f;
  return TRUE;
}
