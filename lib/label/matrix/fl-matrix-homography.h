/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-luma.h"

G_BEGIN_DECLS

/* Where a flat symbol's modules are in the picture of a pinhole camera:
 * (x, y) = (a u + b v + c, d u + e v + f) / (g u + h v + 1), u and v in modules from the outer
 * corner at the top left of the upright symbol. */
typedef struct
{
  float a, b, c, d, e, f, g, h;
} FlHomography;

/* FALSE: @corners are no convex quadrilateral, or one that nobody could read. */
gboolean
fl_homography_init (FlHomography *self, const FlPoint corners[4], float columns, float rows);
FlPoint fl_homography_map (const FlHomography *self, float u, float v);

/* Brightness at a place, between the four pixels around it; the picture's edge goes on outside. */
static inline float
fl_luma_at (const FlLuma *luma, float x, float y)
{
  /* A NaN fails both comparisons and so becomes 0. */
  float right = (float) luma->width - 1.001f, bottom = (float) luma->height - 1.001f;
  float px = x > 0.5f ? x - 0.5f : 0, py = y > 0.5f ? y - 0.5f : 0;
  guint ix, iy;
  const guint8 *p;
  gsize next, below;
  float fx, fy, upper, lower;

  px = px < right ? px : MAX (right, 0);
  py = py < bottom ? py : MAX (bottom, 0);
  ix = (guint) px;
  iy = (guint) py;
  fx = px - (float) ix;
  fy = py - (float) iy;
  next = ix + 1 < luma->width ? 1 : 0;
  below = iy + 1 < luma->height ? luma->stride : 0;
  p = luma->pixels + iy * luma->stride + ix;
  upper = (float) p[0] + fx * (float) (p[next] - p[0]);
  lower = (float) p[below] + fx * (float) (p[below + next] - p[below]);
  return upper + fy * (lower - upper);
}

G_END_DECLS
