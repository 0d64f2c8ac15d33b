/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-windows.h"

#include <math.h>
#include <string.h>

/* Sides in cells. Each is about a fifth more than the one before, so that a symbol is met within
 * ten per cent. */
static const guint8 sizes[] = { 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 22, 27 };

/* Cheap gates, passed by 99.5 per cent of the windows about symbols and by a tenth of all. */
#define MIN_MEAN     12u  /* quarters of a level */
#define ABOVE_NOISE  1.5f /* times the texture of a quiet part of the picture */
#define MIN_EVENNESS .5f
#define MIN_QUARTER  .25f
#define MAX_RIM      .9f

#define SOFT 2.f /* quarters of a level: differences below are noise */
/* Part of the union of two windows above which they are the same. */
#define COVERED .35f

typedef struct
{
  const FlMatrixCells *cells;
  int k; /* side */
  float log_k;
  guint32 min_mean;
} Search;

/* Properties of a window, and how much each speaks for a symbol: a logistic regression over the
 * windows of made pictures, those about a symbol against the others of the same picture, as
 * tests/bench/label/train-finder.py does it (its weights cover slightly fewer symbols with sixteen
 * windows than these, which an earlier form of it gave). What counts most is that the texture is
 * even. */
enum
{
  LEVEL,
  LEVEL_SQUARED,
  QUARTER,
  EVENNESS,
  RIM,
  SIZE = RIM + 4,
  SIZE_SQUARED,
  QUARTER_SQUARED,
  RIMS_SQUARED,
};
static const float weights[FL_WINDOW_FEATURES + 1] = {
  1.249f,   0.3080f, -8.621f, 8.208f, 5.014f,  2.036f,  3.059f,
  -0.8105f, 10.33f,  -1.689f, 5.677f, -8.707f, -33.08f,
};

/* The most that the weakest quarter, at MIN_QUARTER, and the four rims, all at .53, can add with
 * these weights: what is worse with it than all that was found is not looked at any further. */
#define MOST_BY_QUARTER (-1.80f)
#define MOST_BY_RIMS    2.49f

static guint32
sum (const guint32 *sums, gsize stride, int x0, int y0, int x1, int y1)
{
  const guint32 *top = sums + (gsize) y0 * stride, *bottom = sums + (gsize) y1 * stride;

  return bottom[x1] - bottom[x0] - top[x1] + top[x0];
}

/* Of the part within the picture; negative when there is none. */
static float
mean (const FlMatrixCells *cells, int x0, int y0, int x1, int y1)
{
  x0 = MAX (x0, 0);
  y0 = MAX (y0, 0);
  x1 = MIN (x1, (int) cells->columns);
  y1 = MIN (y1, (int) cells->rows);
  if (x1 <= x0 || y1 <= y0)
    return -1;
  return (float) sum (cells->sums, cells->columns + 1, x0, y0, x1, y1) /
         (float) ((x1 - x0) * (y1 - y0));
}

static float
weakest_quarter (const FlMatrixCells *cells, int x, int y, int k)
{
  int half = (k + 1) / 2, rest = k - half;
  float a = mean (cells, x, y, x + half, y + half);
  float b = mean (cells, x + rest, y, x + k, y + half);
  float c = mean (cells, x, y + rest, x + half, y + k);
  float d = mean (cells, x + rest, y + rest, x + k, y + k);

  return MIN (MIN (a, b), MIN (c, d));
}

static void
order (float *a, float *b)
{
  float smaller = MIN (*a, *b);

  *b = MAX (*a, *b);
  *a = smaller;
}

/* Means beside the four sides, the quietest first. A side that is outside of the picture is taken
 * for the mean of the others. */
static void
measure_rims (const FlMatrixCells *cells, int x, int y, int k, float inside, float *rims)
{
  int wide = 1 + k / 8;
  float total = 0, n = 0, other;

  rims[0] = mean (cells, x - wide, y - wide, x + k + wide, y);
  rims[1] = mean (cells, x - wide, y + k, x + k + wide, y + k + wide);
  rims[2] = mean (cells, x - wide, y, x, y + k);
  rims[3] = mean (cells, x + k, y, x + k + wide, y + k);
  for (guint i = 0; i < 4; i++)
    if (rims[i] >= 0)
      {
        total += rims[i];
        n += 1;
      }
  other = n > 0 ? total / n : inside;
  for (guint i = 0; i < 4; i++)
    if (rims[i] < 0)
      rims[i] = other;
  order (&rims[0], &rims[1]);
  order (&rims[2], &rims[3]);
  order (&rims[0], &rims[2]);
  order (&rims[1], &rims[3]);
  order (&rims[1], &rims[2]);
}

static float
weigh (const float *features, guint first, guint last)
{
  float score = 0;

  for (guint i = first; i <= last; i++)
    score += weights[i] * features[i];
  return score;
}

/* FALSE: surely no symbol, or not as good as @least. */
static gboolean
score_window (const Search *search,
              int x,
              int y,
              float inside,
              float evenness,
              float least,
              FlMatrixWindow *window)
{
  float level = inside + SOFT, rims[4], quiet, certain, *f = window->features;

  f[LEVEL] = logf (level);
  f[LEVEL_SQUARED] = f[LEVEL] * f[LEVEL];
  f[EVENNESS] = evenness;
  f[SIZE] = search->log_k;
  f[SIZE_SQUARED] = search->log_k * search->log_k;
  certain = weights[FL_WINDOW_FEATURES] + weigh (f, LEVEL, LEVEL_SQUARED) +
            weigh (f, EVENNESS, EVENNESS) + weigh (f, SIZE, SIZE_SQUARED);
  if (certain + MOST_BY_QUARTER + MOST_BY_RIMS <= least)
    return FALSE;

  f[QUARTER] = (weakest_quarter (search->cells, x, y, search->k) + SOFT) / level;
  f[QUARTER_SQUARED] = f[QUARTER] * f[QUARTER];
  certain += weigh (f, QUARTER, QUARTER) + weigh (f, QUARTER_SQUARED, QUARTER_SQUARED);
  if (f[QUARTER] < MIN_QUARTER || certain + MOST_BY_RIMS <= least)
    return FALSE;
  measure_rims (search->cells, x, y, search->k, inside, rims);
  if (rims[0] > MAX_RIM * level)
    return FALSE;

  quiet = (rims[0] + rims[1] + rims[2]) / (3 * level);
  for (guint i = 0; i < 4; i++)
    f[RIM + i] = MIN (rims[i] / level, 2.f);
  f[RIMS_SQUARED] = quiet * quiet;
  window->score = certain + weigh (f, RIM, RIM + 3) + weigh (f, RIMS_SQUARED, RIMS_SQUARED);
  return TRUE;
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

/* The windows of one size with their upper side at @y. */
static guint
find_in_row (const Search *search, int y, int step, FlMatrixWindow *windows, guint n, guint max)
{
  const FlMatrixCells *cells = search->cells;
  int k = search->k;
  gsize stride = cells->columns + 1;
  const guint32 *top = cells->sums + (gsize) y * stride, *bottom = top + (gsize) k * stride;
  const float area = (float) (k * k);

  for (int x = 0; x + k <= (int) cells->columns; x += step)
    {
      guint32 inside = bottom[x + k] - bottom[x] - top[x + k] + top[x];
      FlMatrixWindow window;
      float evenness;

      if (inside < search->min_mean * (guint32) (k * k))
        continue;
      evenness = (float) inside * (float) inside / area /
                 ((float) sum (cells->squares, stride, x, y, x + k, y + k) + area);
      if (evenness < MIN_EVENNESS ||
          !score_window (search, x, y, (float) inside / area, evenness,
                         n == max ? windows[n - 1].score : -G_MAXFLOAT, &window))
        continue;
      window.x = ((float) x + .5f * (float) k) * 2 * FL_CELL_SIDE;
      window.y = ((float) y + .5f * (float) k) * 2 * FL_CELL_SIDE;
      window.side = (float) k * 2 * FL_CELL_SIDE;
      n = fl_matrix_windows_insert (windows, n, max, &window);
    }
  return n;
}

/* A quarter of all cells are quieter: what noise alone gives, unless print fills the picture. */
static guint32
find_min_mean (const FlMatrixCells *cells)
{
  gsize n = (gsize) cells->columns * cells->rows, below = 0;
  guint32 counts[FL_CELL_MAX + 1] = { 0 };
  guint value = 0;

  for (gsize i = 0; i < n; i++)
    counts[cells->values[i]]++;
  while (value < FL_CELL_MAX && (below += counts[value]) < n / 4)
    value++;
  return MAX (MIN_MEAN, (guint32) (ABOVE_NOISE * (float) value));
}

guint
fl_matrix_windows_find (const FlMatrixCells *cells,
                        guint first_size,
                        FlMatrixWindow *windows,
                        guint max)
{
  guint32 min_mean = find_min_mean (cells);
  guint n = 0;

  for (guint i = first_size; i < G_N_ELEMENTS (sizes); i++)
    {
      Search search = { cells, sizes[i], logf (sizes[i]), min_mean };
      int step = MAX (1, sizes[i] / 6);

      for (int y = 0; y + search.k <= (int) cells->rows; y += step)
        n = find_in_row (&search, y, step, windows, n, max);
    }
  return n;
}
