/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-windows.h"

#include <math.h>
#include <string.h>

/* Sides in cells. Each is about a fifth more than the one before, so that a symbol is met within
 * ten per cent. */
static const guint8 sizes[] = { 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 27 };

#define MIN_MEAN  24.f /* quarters of a level: quieter windows are not looked at */
#define RING_COST .8f
#define COVERED   .35f /* part of the union of two windows above which they are the same */

static guint32
sum (const FlMatrixCells *cells, int x0, int y0, int x1, int y1)
{
  gsize stride = cells->columns + 1;
  const guint32 *top = cells->sums + (gsize) y0 * stride,
                *bottom = cells->sums + (gsize) y1 * stride;

  return bottom[x1] - bottom[x0] - top[x1] + top[x0];
}

/* Mean of the part within the picture; 0 when there is none. */
static float
mean (const FlMatrixCells *cells, int x0, int y0, int x1, int y1)
{
  x0 = MAX (x0, 0);
  y0 = MAX (y0, 0);
  x1 = MIN (x1, (int) cells->columns);
  y1 = MIN (y1, (int) cells->rows);
  if (x1 <= x0 || y1 <= y0)
    return 0;
  return (float) sum (cells, x0, y0, x1, y1) / (float) ((x1 - x0) * (y1 - y0));
}

/* Half of the square's mean and half of its weakest quarter, less what is around it; the loudest
 * side does not count, because there may be print close by. */
static float
score_window (const FlMatrixCells *cells, int x, int y, int k, float inner)
{
  int half = (k + 1) / 2, ring = 1 + k / 8;
  float a = mean (cells, x, y, x + half, y + half);
  float b = mean (cells, x + k - half, y, x + k, y + half);
  float c = mean (cells, x, y + k - half, x + half, y + k);
  float d = mean (cells, x + k - half, y + k - half, x + k, y + k);
  float top = mean (cells, x - ring, y - ring, x + k + ring, y);
  float bottom = mean (cells, x - ring, y + k, x + k + ring, y + k + ring);
  float left = mean (cells, x - ring, y, x, y + k);
  float right = mean (cells, x + k, y, x + k + ring, y + k);
  float loudest = MAX (MAX (top, bottom), MAX (left, right));
  float quiet = (top + bottom + left + right - loudest) / 3.f;

  return (.5f * inner + .5f * MIN (MIN (a, b), MIN (c, d)) - RING_COST * quiet) * sqrtf ((float) k);
}

static float
covered (const FlMatrixWindow *a, const FlMatrixWindow *b)
{
  float reach = (a->side + b->side) / 2.f;
  float smaller = MIN (a->side, b->side);
  float width = MIN (reach - fabsf (a->x - b->x), smaller);
  float height = MIN (reach - fabsf (a->y - b->y), smaller);
  float both = MAX (width, 0.f) * MAX (height, 0.f);

  return both / (a->side * a->side + b->side * b->side - both);
}

guint
fl_matrix_windows_insert (FlMatrixWindow *windows, guint n, guint max, const FlMatrixWindow *window)
{
  guint at = 0, kept;

  if (n == max && window->score <= windows[n - 1].score)
    return n;
  for (; at < n && windows[at].score >= window->score; at++)
    if (covered (&windows[at], window) > COVERED)
      return n;

  kept = at;
  for (guint i = at; i < n; i++)
    if (covered (&windows[i], window) <= COVERED)
      windows[kept++] = windows[i];
  n = MIN (kept, max - 1);
  memmove (windows + at + 1, windows + at, (n - at) * sizeof *windows);
  windows[at] = *window;
  return n + 1;
}

static guint
find_size (const FlMatrixCells *cells, int k, FlMatrixWindow *windows, guint n, guint max)
{
  int step = MAX (1, k / 6);
  float scale = 2 * FL_CELL_SIDE;

  for (int y = 0; y + k <= (int) cells->rows; y += step)
    for (int x = 0; x + k <= (int) cells->columns; x += step)
      {
        float inner = (float) sum (cells, x, y, x + k, y + k) / (float) (k * k);
        FlMatrixWindow window;

        if (inner < MIN_MEAN || (n == max && inner * sqrtf ((float) k) <= windows[n - 1].score))
          continue;
        window.score = score_window (cells, x, y, k, inner);
        if (window.score <= 0)
          continue;
        window.x = ((float) x + .5f * (float) k) * scale;
        window.y = ((float) y + .5f * (float) k) * scale;
        window.side = (float) k * scale;
        n = fl_matrix_windows_insert (windows, n, max, &window);
      }
  return n;
}

guint
fl_matrix_windows_find (const FlMatrixCells *cells,
                        guint first_size,
                        FlMatrixWindow *windows,
                        guint max)
{
  guint n = 0;

  for (guint i = G_N_ELEMENTS (sizes); i > first_size; i--)
    n = find_size (cells, sizes[i - 1], windows, n, max);
  return n;
}
