/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-homography.h"

#include <math.h>

static float
cross (FlPoint o, FlPoint p, FlPoint q)
{
  return (p.x - o.x) * (q.y - o.y) - (p.y - o.y) * (q.x - o.x);
}

/* All turns go the same way, and no corner is nearly straight: its triangle has a part of the
 * whole's area. */
static gboolean
is_convex (const FlPoint corners[4])
{
  float area =
      cross (corners[0], corners[1], corners[2]) + cross (corners[0], corners[2], corners[3]);

  if (!(fabsf (area) > 16.f))
    return FALSE;
  for (guint i = 0; i < 4; i++)
    if (!(cross (corners[i], corners[(i + 1) % 4], corners[(i + 2) % 4]) / area > 0.2f))
      return FALSE;
  return TRUE;
}

/* The square-to-quadrilateral mapping of P. Heckbert, "Fundamentals of Texture Mapping and Image
 * Warping", 1989, 2.2.3, with u and v divided by the numbers of modules. */
gboolean
fl_homography_init (FlHomography *self, const FlPoint corners[4], float columns, float rows)
{
  FlPoint p0 = corners[0], p1 = corners[1], p2 = corners[2], p3 = corners[3];
  float sx = p0.x - p1.x + p2.x - p3.x, sy = p0.y - p1.y + p2.y - p3.y;
  float dx1 = p1.x - p2.x, dy1 = p1.y - p2.y, dx2 = p3.x - p2.x, dy2 = p3.y - p2.y;
  float determinant = dx1 * dy2 - dx2 * dy1, g, h;

  if (!is_convex (corners))
    return FALSE;

  g = (sx * dy2 - dx2 * sy) / determinant;
  h = (dx1 * sy - sx * dy1) / determinant;
  self->a = (p1.x - p0.x + g * p1.x) / columns;
  self->b = (p3.x - p0.x + h * p3.x) / rows;
  self->c = p0.x;
  self->d = (p1.y - p0.y + g * p1.y) / columns;
  self->e = (p3.y - p0.y + h * p3.y) / rows;
  self->f = p0.y;
  self->g = g / columns;
  self->h = h / rows;
  return TRUE;
}

FlPoint
fl_homography_map (const FlHomography *self, float u, float v)
{
  float w = 1 / (self->g * u + self->h * v + 1);
  FlPoint p = { (self->a * u + self->b * v + self->c) * w,
                (self->d * u + self->e * v + self->f) * w };

  return p;
}
