/* SPDX-License-Identifier: Apache-2.0 */
#include "paint.h"

#include <math.h>
#include <string.h>

#define SAMPLES 4 /* in each direction within a pixel */

Canvas *
canvas_new (guint width, guint height, float level)
{
  Canvas *self = g_new0 (Canvas, 1);

  self->width = width;
  self->height = height;
  self->levels = g_new (float, (gsize) width *height);
  self->bytes = g_malloc ((gsize) width * height);
  for (gsize i = 0; i < (gsize) width * height; i++)
    self->levels[i] = level;
  return self;
}

void
canvas_free (Canvas *self)
{
  g_free (self->levels);
  g_free (self->bytes);
  g_free (self);
}

void
pose_corners (const Pose *pose, guint rows, guint columns, FlPoint *corners)
{
  const float degree = (float) (G_PI / 180);
  float c = cosf (pose->rotation * degree), s = sinf (pose->rotation * degree);
  float ax = cosf (pose->axis * degree), ay = sinf (pose->axis * degree);
  float width = (float) columns * pose->module, height = (float) rows * pose->module;
  float distance = 10.f * MAX (width, height);

  for (guint i = 0; i < 4; i++)
    {
      float u = (i == 1 || i == 2 ? .5f : -.5f) * width, v = (i >= 2 ? .5f : -.5f) * height;
      float x = u * c - v * s, y = u * s + v * c;
      float along = x * ax + y * ay, across = y * ax - x * ay;
      float flat = across * cosf (pose->tilt * degree);
      float near = distance / (distance + across * sinf (pose->tilt * degree));

      corners[i].x = pose->centre.x + near * (along * ax - flat * ay);
      corners[i].y = pose->centre.y + near * (along * ay + flat * ax);
    }
}

/* Of the projection that takes the unit square to @c (Heckbert 1989, section 2.2.3), inverted:
 * picture to square. */
static void
invert_projection (const FlPoint *c, double *h)
{
  double dx1 = c[1].x - c[2].x, dx2 = c[3].x - c[2].x, sx = c[0].x - c[1].x + c[2].x - c[3].x;
  double dy1 = c[1].y - c[2].y, dy2 = c[3].y - c[2].y, sy = c[0].y - c[1].y + c[2].y - c[3].y;
  double det = dx1 * dy2 - dx2 * dy1;
  double g = (sx * dy2 - dx2 * sy) / det, k = (dx1 * sy - sx * dy1) / det;
  double m[9] = { c[1].x - c[0].x + g * c[1].x,
                  c[3].x - c[0].x + k * c[3].x,
                  c[0].x,
                  c[1].y - c[0].y + g * c[1].y,
                  c[3].y - c[0].y + k * c[3].y,
                  c[0].y,
                  g,
                  k,
                  1 };

  h[0] = m[4] * m[8] - m[5] * m[7];
  h[1] = m[2] * m[7] - m[1] * m[8];
  h[2] = m[1] * m[5] - m[2] * m[4];
  h[3] = m[5] * m[6] - m[3] * m[8];
  h[4] = m[0] * m[8] - m[2] * m[6];
  h[5] = m[2] * m[3] - m[0] * m[5];
  h[6] = m[3] * m[7] - m[4] * m[6];
  h[7] = m[1] * m[6] - m[0] * m[7];
  h[8] = m[0] * m[4] - m[1] * m[3];
}

typedef struct
{
  const FlMatrixGrid *grid;
  double inverse[9];
  float dark, light, quiet;
} Brush;

/* The level of the symbol at a place of the picture; FALSE: the quiet zone does not reach there. */
static gboolean
level_at (const Brush *brush, double x, double y, float *level)
{
  const double *h = brush->inverse;
  double w = h[6] * x + h[7] * y + h[8];
  double column = (h[0] * x + h[1] * y + h[2]) / w * brush->grid->size->columns;
  double row = (h[3] * x + h[4] * y + h[5]) / w * brush->grid->size->rows;
  int columns = brush->grid->size->columns, rows = brush->grid->size->rows;

  if (column < -brush->quiet || row < -brush->quiet || column >= columns + brush->quiet ||
      row >= rows + brush->quiet)
    return FALSE;
  *level = brush->light;
  if (column >= 0 && row >= 0 && column < columns && row < rows &&
      brush->grid->modules[(int) row * columns + (int) column] > 0)
    *level = brush->dark;
  return TRUE;
}

static void
draw_pixel (const Brush *brush, int x, int y, float *pixel)
{
  float sum = 0;

  for (int i = 0; i < SAMPLES * SAMPLES; i++)
    {
      float level;

      if (!level_at (brush, x + (i % SAMPLES + .5) / SAMPLES, y + (i / SAMPLES + .5) / SAMPLES,
                     &level))
        level = *pixel;
      sum += level;
    }
  *pixel = sum / (SAMPLES * SAMPLES);
}

void
canvas_draw (Canvas *self,
             const FlMatrixGrid *grid,
             const FlPoint *corners,
             float dark,
             float light,
             float quiet)
{
  Brush brush = { .grid = grid, .dark = dark, .light = light, .quiet = quiet };
  float x0 = G_MAXFLOAT, y0 = G_MAXFLOAT, x1 = -G_MAXFLOAT, y1 = -G_MAXFLOAT, margin;

  invert_projection (corners, brush.inverse);
  for (guint i = 0; i < 4; i++)
    {
      x0 = MIN (x0, corners[i].x);
      y0 = MIN (y0, corners[i].y);
      x1 = MAX (x1, corners[i].x);
      y1 = MAX (y1, corners[i].y);
    }
  margin =
      2 + 2 * quiet * MAX (x1 - x0, y1 - y0) / (float) MIN (grid->size->rows, grid->size->columns);
  for (int y = (int) MAX (y0 - margin, 0); y < (int) MIN (y1 + margin, (float) self->height); y++)
    for (int x = (int) MAX (x0 - margin, 0); x < (int) MIN (x1 + margin, (float) self->width); x++)
      draw_pixel (&brush, x, y, &self->levels[(gsize) y * self->width + x]);
}

void
canvas_fill (Canvas *self, int x, int y, int width, int height, float level)
{
  for (int row = MAX (y, 0); row < MIN (y + height, (int) self->height); row++)
    for (int column = MAX (x, 0); column < MIN (x + width, (int) self->width); column++)
      self->levels[(gsize) row * self->width + column] = level;
}

static float
clamped (const Canvas *self, const float *levels, int x, int y)
{
  x = CLAMP (x, 0, (int) self->width - 1);
  y = CLAMP (y, 0, (int) self->height - 1);
  return levels[(gsize) y * self->width + x];
}

/* @kernel: (2 @reach + 1) squared weights. */
static void
convolve (Canvas *self, const float *kernel, int reach)
{
  g_autofree float *copy =
      g_memdup2 (self->levels, (gsize) self->width * self->height * sizeof *copy);
  int side = 2 * reach + 1;
  float total = 0;

  for (int i = 0; i < side * side; i++)
    total += kernel[i];
  for (int y = 0; y < (int) self->height; y++)
    for (int x = 0; x < (int) self->width; x++)
      {
        float sum = 0;

        for (int i = 0; i < side * side; i++)
          if (kernel[i] > 0)
            sum += kernel[i] * clamped (self, copy, x + i % side - reach, y + i / side - reach);
        self->levels[(gsize) y * self->width + x] = sum / total;
      }
}

void
canvas_blur (Canvas *self, float radius)
{
  int reach = (int) ceilf (radius) + 1, side = 2 * reach + 1;
  g_autofree float *kernel = g_new0 (float, side *side);

  for (int i = 0; i < side * side; i++)
    kernel[i] =
        CLAMP (radius + .5f - hypotf ((float) (i % side - reach), (float) (i / side - reach)), 0.f,
               1.f);
  convolve (self, kernel, reach);
}

void
canvas_smear (Canvas *self, float length, float degrees)
{
  int reach = (int) (length / 2) + 2, side = 2 * reach + 1;
  g_autofree float *kernel = g_new0 (float, side *side);
  float c = cosf (degrees * (float) (G_PI / 180)), s = sinf (degrees * (float) (G_PI / 180));

  for (int i = -32; i <= 32; i++)
    {
      float x = (float) reach + c * length * (float) i / 64.f;
      float y = (float) reach + s * length * (float) i / 64.f;
      float *at = kernel + (int) y * side + (int) x;
      float fx = x - floorf (x), fy = y - floorf (y);

      at[0] += (1 - fx) * (1 - fy);
      at[1] += fx * (1 - fy);
      at[side] += (1 - fx) * fy;
      at[side + 1] += fx * fy;
    }
  convolve (self, kernel, reach);
}

void
canvas_shine (Canvas *self, FlPoint centre, float radius, float level)
{
  for (guint y = 0; y < self->height; y++)
    for (guint x = 0; x < self->width; x++)
      {
        float dx = ((float) x - centre.x) / radius, dy = ((float) y - centre.y) / radius;

        self->levels[(gsize) y * self->width + x] += level * expf (-(dx * dx + dy * dy));
      }
}

void
canvas_scale (Canvas *self, float factor, float offset)
{
  for (gsize i = 0; i < (gsize) self->width * self->height; i++)
    self->levels[i] = self->levels[i] * factor + offset;
}

/* The sum of four uniform numbers is near enough to what a sensor does. */
void
canvas_noise (Canvas *self, float sigma, guint32 seed)
{
  GRand *rand = g_rand_new_with_seed (seed);

  for (gsize i = 0; i < (gsize) self->width * self->height; i++)
    {
      double sum = 0;

      for (guint j = 0; j < 4; j++)
        sum += g_rand_double (rand) - .5;
      self->levels[i] += sigma * (float) (sum * sqrt (3.));
    }
  g_rand_free (rand);
}

FlLuma
canvas_luma (Canvas *self)
{
  for (gsize i = 0; i < (gsize) self->width * self->height; i++)
    self->bytes[i] = (guint8) CLAMP (lrintf (self->levels[i]), 0, 255);
  return (FlLuma){ self->bytes, self->width, self->height, self->width };
}
