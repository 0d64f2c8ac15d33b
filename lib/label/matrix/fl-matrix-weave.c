/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-weave.h"

#include <math.h>
#include <string.h>

#include "fl-matrix-cells.h"
#include "fl-matrix-gradients.h"

#define GRID    20 /* cells along each direction over twice the window's side */
#define SAMPLES FL_GRADIENTS_MAX_SIDE

/* Edge strength in one cell of the grid: along the first direction, the second, and any; its
 * brightness; and the number of samples. All sums. */
typedef struct
{
  float along[2];
  float any;
  float luma;
  float n;
} Cell;

struct _FlMatrixWeaver
{
  FlGradients gradients;
  Cell cells[GRID * GRID + 1];  /* the last one for what is outside */
  float texture[GRID * GRID];   /* amplitude of the weaker direction */
  float strong[2][GRID * GRID]; /* amplitude of each direction */
  float any[GRID * GRID];
  float sums[(GRID + 1) * (GRID + 1)];
};

/* A box of cells: from the first, to before the second. */
typedef struct
{
  int u0, v0, u1, v1;
} Box;

/* The two directions, and what turns a place into a cell. */
typedef struct
{
  float dx0, dy0, dx1, dy1;
  float scale;
} Axes;

/* A row of samples: the cell of each (GRID * GRID: none), and its strength along each direction
 * and in all. */
typedef struct
{
  int cell[SAMPLES];
  float along[2][SAMPLES];
  float any[SAMPLES];
} Row;

static void
turn_row (const Axes *axes,
          const float *restrict gx,
          const float *restrict gy,
          float x0,
          float y,
          float step,
          guint n,
          Row *restrict row)
{
  const float tolerance = .09f; /* sine squared of 17 degrees */
  const Axes a = *axes;

  for (guint i = 0; i < n; i++)
    {
      float x = x0 + (float) i * step;
      float u = (a.dy1 * x - a.dx1 * y) * a.scale + GRID / 2.f;
      float v = (a.dx0 * y - a.dy0 * x) * a.scale + GRID / 2.f;
      float strength = gx[i] * gx[i] + gy[i] * gy[i];
      float across0 = gx[i] * a.dx0 + gy[i] * a.dy0, across1 = gx[i] * a.dx1 + gy[i] * a.dy1;
      int inside = (u >= 0) & (v >= 0) & (u < GRID) & (v < GRID);

      row->cell[i] = inside ? (int) v * GRID + (int) u : GRID * GRID;
      row->along[0][i] = across0 * across0 < tolerance * strength ? strength : 0.f;
      row->along[1][i] = across1 * across1 < tolerance * strength ? strength : 0.f;
      row->any[i] = strength;
    }
}

/* Adds each sample to its cell of the grid, whose axes are the two directions. */
static void
fill_grid (FlMatrixWeaver *self, float side, const FlMatrixWeave *weave)
{
  Axes axes = { cosf (weave->angle[0]), sinf (weave->angle[0]), cosf (weave->angle[1]),
                sinf (weave->angle[1]) };
  guint columns = self->gradients.columns;
  Row row;

  axes.scale = GRID / (2 * side) / (axes.dx0 * axes.dy1 - axes.dx1 * axes.dy0);
  memset (self->cells, 0, sizeof self->cells);
  for (guint j = 0; j < self->gradients.rows; j++)
    {
      const float *luma = self->gradients.luma + j * columns;

      turn_row (&axes, self->gradients.gx + j * columns, self->gradients.gy + j * columns,
                self->gradients.x0, self->gradients.y0 + (float) j * self->gradients.step,
                self->gradients.step, columns, &row);
      for (guint i = 0; i < columns; i++)
        {
          Cell *cell = &self->cells[row.cell[i]];

          cell->along[0] += row.along[0][i];
          cell->along[1] += row.along[1][i];
          cell->any += row.any[i];
          cell->luma += luma[i];
          cell->n += 1;
        }
    }
}

static Cell
add_cells (Cell a, const Cell *b, float weight)
{
  a.along[0] += weight * b->along[0];
  a.along[1] += weight * b->along[1];
  a.any += weight * b->any;
  a.luma += weight * b->luma;
  a.n += weight * b->n;
  return a;
}

/* Amplitudes, smoothed by 1 2 1 both ways: a cell alone may have edges in one direction only. */
static void
smooth_grid (FlMatrixWeaver *self)
{
  Cell across[GRID * GRID];

  for (int j = 0; j < GRID; j++)
    for (int i = 0; i < GRID; i++)
      {
        Cell sum = { 0 };

        for (int k = MAX (i - 1, 0); k <= MIN (i + 1, GRID - 1); k++)
          sum = add_cells (sum, &self->cells[j * GRID + k], k == i ? 2 : 1);
        across[j * GRID + i] = sum;
      }
  for (int j = 0; j < GRID; j++)
    for (int i = 0; i < GRID; i++)
      {
        int at = j * GRID + i;
        Cell sum = { 0 };
        float n, gain, per;

        for (int k = MAX (j - 1, 0); k <= MIN (j + 1, GRID - 1); k++)
          sum = add_cells (sum, &across[k * GRID + i], k == j ? 2 : 1);
        n = MAX (sum.n, 1);
        gain = (FL_LUMA_COMMON + FL_LUMA_DARK) / (sum.luma / n + FL_LUMA_DARK);
        per = gain * gain / (64 * n); /* Sobel's weights sum up to 8 */
        self->strong[0][at] = sqrtf (sum.along[0] * per);
        self->strong[1][at] = sqrtf (sum.along[1] * per);
        self->any[at] = sqrtf (sum.any * per);
        self->texture[at] = MIN (self->strong[0][at], self->strong[1][at]);
      }
}

static float
mean_of (const float *plane, const Box *box)
{
  float sum = 0;

  if (box->u1 <= box->u0 || box->v1 <= box->v0)
    return 0;
  for (int v = box->v0; v < box->v1; v++)
    for (int u = box->u0; u < box->u1; u++)
      sum += plane[v * GRID + u];
  return sum / (float) ((box->u1 - box->u0) * (box->v1 - box->v0));
}

static float
gain (const FlMatrixWeaver *self, Box box)
{
  const float *top = self->sums + box.v0 * (GRID + 1), *bottom = self->sums + box.v1 * (GRID + 1);

  return bottom[box.u1] - bottom[box.u0] - top[box.u1] + top[box.u0];
}

/* Moves one side of @box to where the gain is highest. */
static void
move_side (const FlMatrixWeaver *self, Box *box, int *side, int from, int to)
{
  float best = -G_MAXFLOAT;
  int at = *side;

  for (int i = from; i <= to; i++)
    {
      float value;

      *side = i;
      value = gain (self, *box);
      if (value > best)
        {
          best = value;
          at = i;
        }
    }
  *side = at;
}

/* The box that has the most texture above a part of the middle's: cells below that count against
 * it. Returns the middle's texture. */
static float
grow_box (FlMatrixWeaver *self, Box *box)
{
  const Box middle = { GRID / 2 - 3, GRID / 2 - 3, GRID / 2 + 3, GRID / 2 + 3 };
  float core = mean_of (self->texture, &middle);

  memset (self->sums, 0, sizeof self->sums);
  for (int v = 0; v < GRID; v++)
    {
      float sum = 0, *above = self->sums + v * (GRID + 1), *out = above + GRID + 1;

      for (int u = 0; u < GRID; u++)
        {
          sum += MIN (self->texture[v * GRID + u], 1.5f * core) - .55f * core;
          out[u + 1] = above[u + 1] + sum;
        }
    }
  *box = (Box){ GRID / 2 - 4, GRID / 2 - 4, GRID / 2 + 4, GRID / 2 + 4 };
  for (guint i = 0; i < 3; i++)
    {
      move_side (self, box, &box->u0, 0, box->u1 - 2);
      move_side (self, box, &box->u1, box->u0 + 2, GRID);
      move_side (self, box, &box->v0, 0, box->v1 - 2);
      move_side (self, box, &box->v1, box->v0 + 2, GRID);
    }
  return core;
}

static int
compare_floats (const void *a, const void *b)
{
  float one = *(const float *) a, two = *(const float *) b;

  return (one > two) - (one < two);
}

/* Texture of the two cells beyond each side as a part of that inside, the quietest side first. What
 * is beyond the grid counts as loud. */
static void
measure_rims (const FlMatrixWeaver *self, const Box *box, float inside, float *rims)
{
  const Box beyond[4] = {
    { box->u0, MAX (box->v0 - 2, 0), box->u1, box->v0 },
    { box->u0, box->v1, box->u1, MIN (box->v1 + 2, GRID) },
    { MAX (box->u0 - 2, 0), box->v0, box->u0, box->v1 },
    { box->u1, box->v0, MIN (box->u1 + 2, GRID), box->v1 },
  };

  for (guint i = 0; i < 4; i++)
    rims[i] = beyond[i].u0 < beyond[i].u1 && beyond[i].v0 < beyond[i].v1
                  ? mean_of (self->texture, &beyond[i]) / (inside + 1e-3f)
                  : 1;
  qsort (rims, 4, sizeof *rims, compare_floats);
}

/* Weakest and strongest quarter. */
static void
measure_quarters (const FlMatrixWeaver *self, const Box *box, float inside, float *extremes)
{
  int u = (box->u0 + box->u1) / 2, v = (box->v0 + box->v1) / 2;
  const Box quarters[4] = { { box->u0, box->v0, u, v },
                            { u, box->v0, box->u1, v },
                            { box->u0, v, u, box->v1 },
                            { u, v, box->u1, box->v1 } };

  extremes[0] = G_MAXFLOAT;
  extremes[1] = 0;
  for (guint i = 0; i < 4; i++)
    {
      float part = mean_of (self->texture, &quarters[i]) / (inside + 1e-3f);

      extremes[0] = MIN (extremes[0], part);
      extremes[1] = MAX (extremes[1], part);
    }
}

/* Standard deviation of the texture in @box, and how much of the box is nearly empty. */
static void
measure_spread (const FlMatrixWeaver *self, const Box *box, float inside, float core, float *spread)
{
  float squares = 0, empty = 0, n = 0;

  for (int v = box->v0; v < box->v1; v++)
    for (int u = box->u0; u < box->u1; u++)
      {
        float texture = self->texture[v * GRID + u];

        squares += (texture - inside) * (texture - inside);
        empty += texture < .5f * core ? 1.f : 0.f;
        n += 1;
      }
  spread[0] = sqrtf (squares / n) / (inside + 1e-3f);
  spread[1] = empty / n;
}

static void
describe (const FlMatrixWeaver *self,
          const Box *box,
          float core,
          const float *parts,
          float side,
          FlMatrixWeave *weave)
{
  float *f = weave->features;
  float inside = mean_of (self->texture, box);
  float a = mean_of (self->strong[0], box), b = mean_of (self->strong[1], box);

  f[0] = logf (inside + .5f);
  f[1] = parts[0] + parts[1];
  f[2] = MIN (a, b) / (MAX (a, b) + 1e-3f);
  f[3] = inside / (mean_of (self->any, box) + 1e-3f);
  measure_rims (self, box, inside, f + 4);
  measure_quarters (self, box, inside, f + 8);
  measure_spread (self, box, inside, core, f + 10);
  f[12] = fabsf (logf (weave->side[0] / weave->side[1]));
  f[13] = .5f * logf (weave->side[0] * weave->side[1]) - logf (side);
  f[14] = fabsf (fabsf (weave->angle[0] - weave->angle[1]) - (float) G_PI_2);
  f[15] = MIN (parts[0], parts[1]);
  weave->n_ends = (box->u0 == 0) + (box->v0 == 0) + (box->u1 == GRID) + (box->v1 == GRID);
  f[17] = (float) weave->n_ends;
}

FlMatrixWeaver *
fl_matrix_weaver_new (void)
{
  return g_new0 (FlMatrixWeaver, 1);
}

void
fl_matrix_weaver_free (FlMatrixWeaver *self)
{
  g_free (self);
}

gboolean
fl_matrix_weaver_measure (FlMatrixWeaver *self,
                          const FlLuma *luma,
                          FlPoint centre,
                          float side,
                          FlMatrixWeave *weave)
{
  float parts[2], core, u, v, cell = 2 * side / GRID;
  Box box;

  if (!fl_gradients_take (&self->gradients, luma, centre, side) ||
      !fl_gradients_find_directions (&self->gradients, side, weave->angle, parts))
    return FALSE;
  fill_grid (self, side, weave);
  smooth_grid (self);
  core = grow_box (self, &box);

  u = .5f * cell * (float) (box.u0 + box.u1 - GRID);
  v = .5f * cell * (float) (box.v0 + box.v1 - GRID);
  weave->centre.x = centre.x + u * cosf (weave->angle[0]) + v * cosf (weave->angle[1]);
  weave->centre.y = centre.y + u * sinf (weave->angle[0]) + v * sinf (weave->angle[1]);
  weave->side[0] = cell * (float) (box.u1 - box.u0);
  weave->side[1] = cell * (float) (box.v1 - box.v0);
  describe (self, &box, core, parts, side, weave);
  weave->features[16] = hypotf (weave->centre.x - centre.x, weave->centre.y - centre.y) / side;
  return TRUE;
}
