/* SPDX-License-Identifier: Apache-2.0 */
/* What is drawn over a camera's picture. Light lines with a dark seam: the picture below may be
 * anything. */
#include "config.h"

#include <math.h>

#include "fl-camera-draw.h"

#define GUIDE_PART 0.46f /* of the shorter side */
#define SEAM       2.0   /* pixels, on each side of a line */
#define ROOM       6.0f  /* pixels around a code, along its diagonals */
#define TICK       13.0  /* radius of the disc with the tick, pixels */

static const GdkRGBA WHITE = { 1, 1, 1, 0.95f };
static const GdkRGBA SHADE = { 0, 0, 0, 0.6f };

FlQuad
fl_quad_guide (float width, float height)
{
  const float half = GUIDE_PART * MIN (width, height) / 2;
  const float x = width / 2, y = height / 2;

  return (FlQuad){ {
      { x - half, y - half },
      { x + half, y - half },
      { x + half, y + half },
      { x - half, y + half },
  } };
}

FlQuad
fl_quad_mirrored (const FlPoint *corners, float width, float height)
{
  FlQuad quad;

  /* A mirror turns the order round. */
  for (guint i = 0; i < 4; i++)
    quad.corners[3 - i] = (FlPoint){ (1 - corners[i].x) * width, corners[i].y * height };
  return quad;
}

static float
get_distance (const FlQuad *a, const FlQuad *b, guint turn)
{
  float sum = 0;

  for (guint i = 0; i < 4; i++)
    sum += hypotf (a->corners[(i + turn) % 4].x - b->corners[i].x,
                   a->corners[(i + turn) % 4].y - b->corners[i].y);
  return sum;
}

FlQuad
fl_quad_aligned (const FlQuad *self, const FlQuad *other)
{
  guint best = 0;
  FlQuad quad;

  for (guint turn = 1; turn < 4; turn++)
    if (get_distance (self, other, turn) < get_distance (self, other, best))
      best = turn;
  for (guint i = 0; i < 4; i++)
    quad.corners[i] = self->corners[(i + best) % 4];
  return quad;
}

FlQuad
fl_quad_between (const FlQuad *from, const FlQuad *to, float part)
{
  FlQuad quad;

  for (guint i = 0; i < 4; i++)
    {
      quad.corners[i].x = from->corners[i].x + part * (to->corners[i].x - from->corners[i].x);
      quad.corners[i].y = from->corners[i].y + part * (to->corners[i].y - from->corners[i].y);
    }
  return quad;
}

/* The path stays for what comes next. */
static void
stroke (cairo_t *cr, const GdkRGBA *color, const GdkRGBA *seam, double width)
{
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  gdk_cairo_set_source_rgba (cr, seam);
  cairo_set_line_width (cr, width + SEAM);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, width);
  cairo_stroke_preserve (cr);
}

static void
add_corner (cairo_t *cr, const FlPoint *before, const FlPoint *at, const FlPoint *after)
{
  const float part = 0.2f;

  cairo_move_to (cr, at->x + part * (before->x - at->x), at->y + part * (before->y - at->y));
  cairo_line_to (cr, at->x, at->y);
  cairo_line_to (cr, at->x + part * (after->x - at->x), at->y + part * (after->y - at->y));
}

void
fl_camera_draw_guide (cairo_t *cr, const FlQuad *guide)
{
  const FlPoint *c = guide->corners;

  cairo_new_path (cr);
  for (guint i = 0; i < 4; i++)
    add_corner (cr, &c[(i + 3) % 4], &c[i], &c[(i + 1) % 4]);
  stroke (cr, &WHITE, &SHADE, 3);
  cairo_new_path (cr);
}

static FlPoint
find_middle (const FlQuad *quad)
{
  FlPoint middle = { 0, 0 };

  for (guint i = 0; i < 4; i++)
    {
      middle.x += quad->corners[i].x / 4;
      middle.y += quad->corners[i].y / 4;
    }
  return middle;
}

/* A frame goes around what it frames. */
static FlPoint
move_out (const FlPoint *corner, const FlPoint *middle)
{
  const float x = corner->x - middle->x, y = corner->y - middle->y;
  const float factor = 1 + ROOM / MAX (hypotf (x, y), 1.0f);

  return (FlPoint){ middle->x + factor * x, middle->y + factor * y };
}

static void
draw_tick (cairo_t *cr, const FlPoint *middle, const GdkRGBA *accent)
{
  const double x = middle->x, y = middle->y;

  cairo_new_path (cr);
  cairo_arc (cr, x, y, TICK, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, accent);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.95);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  cairo_move_to (cr, x - 5.5, y + 0.5);
  cairo_line_to (cr, x - 1.5, y + 4.5);
  cairo_line_to (cr, x + 6, y - 4);
  cairo_set_source_rgba (cr, 1, 1, 1, 1);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
}

void
fl_camera_draw_mark (cairo_t *cr, const FlQuad *quad, FlCameraMark mark, const GdkRGBA *accent)
{
  const double dashes[] = { 8, 8 };
  const FlPoint middle = find_middle (quad);

  cairo_new_path (cr);
  for (guint i = 0; i < 4; i++)
    {
      const FlPoint corner = move_out (&quad->corners[i], &middle);

      cairo_line_to (cr, corner.x, corner.y);
    }
  cairo_close_path (cr);
  switch (mark)
    {
    case FL_CAMERA_MARK_NEARLY:
      stroke (cr, accent, &WHITE, 2);
      break;
    case FL_CAMERA_MARK_READ:
      cairo_set_source_rgba (cr, accent->red, accent->green, accent->blue, 0.25);
      cairo_fill_preserve (cr);
      stroke (cr, accent, &WHITE, 5);
      draw_tick (cr, &middle, accent);
      break;
    case FL_CAMERA_MARK_WRONG:
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      stroke (cr, &WHITE, &SHADE, 3);
      cairo_set_dash (cr, NULL, 0, 0);
      break;
    }
  cairo_new_path (cr);
}
