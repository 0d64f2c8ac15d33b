/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-cells.h"

#include <math.h>
#include <string.h>

void
fl_matrix_cells_clear (FlMatrixCells *self)
{
  g_clear_pointer (&self->pixels, g_free);
  g_clear_pointer (&self->lumas, g_free);
  g_clear_pointer (&self->values, g_free);
  g_clear_pointer (&self->sums, g_free);
  g_clear_pointer (&self->squares, g_free);
  g_clear_pointer (&self->scratch, g_free);
  g_clear_pointer (&self->gains, g_free);
  memset (self, 0, sizeof *self);
}

static void
reserve (FlMatrixCells *self)
{
  gsize n_pixels = (gsize) self->width * self->height;
  gsize n_cells = (gsize) (self->columns + 1) * (self->rows + 1);
  gsize n_scratch = (gsize) 3 * self->width;

  if (n_pixels > self->n_pixels)
    {
      g_free (self->pixels);
      self->pixels = g_malloc (n_pixels);
      self->n_pixels = n_pixels;
    }
  if (n_cells > self->n_cells)
    {
      g_free (self->lumas);
      g_free (self->values);
      g_free (self->sums);
      g_free (self->squares);
      self->lumas = g_malloc (n_cells);
      self->values = g_malloc (n_cells);
      self->sums = g_new (guint32, n_cells);
      self->squares = g_new (guint32, n_cells);
      self->n_cells = n_cells;
    }
  if (n_scratch > self->n_scratch)
    {
      g_free (self->scratch);
      g_free (self->gains);
      self->gains = g_new (float, n_scratch);
      self->scratch = g_new (gint16, n_scratch);
      self->n_scratch = n_scratch;
    }
}

static void
halve_row (const guint8 *restrict a, const guint8 *restrict b, guint8 *restrict out, gsize width)
{
  for (gsize x = 0; x < width; x++)
    out[x] = (guint8) ((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) >> 2);
}

static void
halve (FlMatrixCells *self, const FlLuma *luma)
{
  for (guint y = 0; y < self->height; y++)
    {
      const guint8 *row = luma->pixels + 2 * y * luma->stride;

      halve_row (row, row + luma->stride, self->pixels + (gsize) y * self->width, self->width);
    }
}

/* Adds one row's products of gradients. They are halved to fit 16 bits, which the compiler turns
 * into eight at a time: four rows sum up to at most 4 * 127 * 127. */
static void
add_gradients (const guint8 *restrict above,
               const guint8 *restrict row,
               const guint8 *restrict below,
               guint width,
               guint16 *restrict xx,
               guint16 *restrict yy,
               gint16 *restrict xy)
{
  for (guint x = 1; x + 1 < width; x++)
    {
      gint16 gx = (gint16) ((row[x + 1] - row[x - 1]) / 2);
      gint16 gy = (gint16) ((below[x] - above[x]) / 2);

      xx[x] = (guint16) (xx[x] + gx * gx);
      yy[x] = (guint16) (yy[x] + gy * gy);
      xy[x] = (gint16) (xy[x] + (gint16) (gx * gy) / 2);
    }
}

static void
add_rows (const guint8 *restrict rows, gsize width, guint16 *restrict sums)
{
  const guint8 *restrict b = rows + width, *restrict c = b + width, *restrict d = c + width;

  for (gsize x = 0; x < width; x++)
    sums[x] = (guint16) (rows[x] + b[x] + c[x] + d[x]);
}

static void
measure_lumas (FlMatrixCells *self)
{
  guint16 *sums = (guint16 *) self->scratch;
  gsize columns = self->columns;

  for (guint row = 0; row < self->rows; row++)
    {
      guint8 *lumas = self->lumas + row * columns;

      add_rows (self->pixels + (gsize) FL_CELL_SIDE * row * self->width, self->width, sums);
      for (gsize i = 0; i < columns; i++)
        lumas[i] =
            (guint8) ((sums[4 * i] + sums[4 * i + 1] + sums[4 * i + 2] + sums[4 * i + 3]) >> 4);
    }
}

/* By the mean of 3 x 3 cells. */
static void
fill_gains (const FlMatrixCells *self, guint row, float *gains)
{
  guint above = row > 0 ? row - 1 : row, below = MIN (row + 1, self->rows - 1);
  const guint8 *a = self->lumas + (gsize) above * self->columns;
  const guint8 *b = self->lumas + (gsize) row * self->columns;
  const guint8 *c = self->lumas + (gsize) below * self->columns;

  for (guint i = 0; i < self->columns; i++)
    {
      guint left = i > 0 ? i - 1 : i, right = MIN (i + 1, self->columns - 1);
      int sum = a[left] + a[i] + a[right] + b[left] + b[i] + b[right] + c[left] + c[i] + c[right];

      gains[i] = (FL_LUMA_COMMON + FL_LUMA_DARK) / ((float) sum / 9.f + FL_LUMA_DARK);
    }
}

/* The square root of the smaller eigenvalue of the structure tensor: grey levels of edge strength
 * in the weaker direction. A straight edge has none. */
static void
measure_row (const guint16 *xx,
             const guint16 *yy,
             const gint16 *xy,
             const float *gains,
             guint8 *restrict values,
             gsize columns)
{
  for (gsize i = 0; i < columns; i++)
    {
      gsize x = FL_CELL_SIDE * i;
      gint32 a = xx[x] + xx[x + 1] + xx[x + 2] + xx[x + 3];
      gint32 b = yy[x] + yy[x + 1] + yy[x + 2] + yy[x + 3];
      gint32 c = xy[x] + xy[x + 1] + xy[x + 2] + xy[x + 3];
      float half_sum, difference, smaller;

      half_sum = .5f * (float) (a + b);
      difference = .5f * (float) (a - b);
      smaller = half_sum - sqrtf (difference * difference + 4.f * (float) c * (float) c);
      /* 16 pixels, gradients halved, quarters of a level: sqrt (smaller / 16) * 2 * 4 */
      values[i] = (guint8) MIN (2.f * gains[i] * sqrtf (MAX (smaller, 0.f)), (float) FL_CELL_MAX);
    }
}

static void
measure (FlMatrixCells *self)
{
  guint16 *xx = (guint16 *) self->scratch;
  guint16 *yy = xx + self->width;
  gint16 *xy = self->scratch + 2 * self->width;

  measure_lumas (self);
  for (guint row = 0; row < self->rows; row++)
    {
      memset (self->scratch, 0, 3 * self->width * sizeof *self->scratch);
      for (guint y = FL_CELL_SIDE * row; y < FL_CELL_SIDE * (row + 1); y++)
        {
          const guint8 *middle = self->pixels + (gsize) y * self->width;

          if (y > 0 && y + 1 < self->height)
            add_gradients (middle - self->width, middle, middle + self->width, self->width, xx, yy,
                           xy);
        }
      fill_gains (self, row, self->gains);
      measure_row (xx, yy, xy, self->gains, self->values + (gsize) row * self->columns,
                   self->columns);
    }
}

/* Both sums may wrap around: what is between two of them is right all the same. */
static void
sum_up (FlMatrixCells *self)
{
  gsize stride = self->columns + 1;

  memset (self->sums, 0, stride * sizeof *self->sums);
  memset (self->squares, 0, stride * sizeof *self->squares);
  for (guint y = 0; y < self->rows; y++)
    {
      const guint8 *values = self->values + (gsize) y * self->columns;
      guint32 *sums = self->sums + y * stride, *squares = self->squares + y * stride;
      guint32 sum = 0, square = 0;

      sums[stride] = 0;
      squares[stride] = 0;
      for (guint x = 0; x < self->columns; x++)
        {
          sum += values[x];
          square += (guint32) values[x] * values[x];
          sums[stride + x + 1] = sums[x + 1] + sum;
          squares[stride + x + 1] = squares[x + 1] + square;
        }
    }
}

gboolean
fl_matrix_cells_fill (FlMatrixCells *self, const FlLuma *luma)
{
  self->width = luma->width / 2;
  self->height = luma->height / 2;
  self->columns = self->width / FL_CELL_SIDE;
  self->rows = self->height / FL_CELL_SIDE;
  if (self->columns == 0 || self->rows == 0)
    return FALSE;

  reserve (self);
  halve (self, luma);
  measure (self);
  sum_up (self);
  return TRUE;
}

FlLuma
fl_matrix_cells_luma (const FlMatrixCells *self)
{
  return (FlLuma){ self->pixels, self->width, self->height, self->width };
}
