/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-fit-private.h"

#include <math.h>
#include <stdlib.h>

#define SPAN     1.9f /* of the spot's side: what the patch shows */
#define LAST     (FL_PATCH_SIDE - 1)
#define MIN_SIDE 12 /* steps: 8 of 48 modules */
#define BLOCK    10 /* steps a side of what is looked at for noise */

FlPoint
fl_patch_to_luma (const FlPatch *self, float x, float y)
{
  float u = x - FL_PATCH_SIDE / 2.f, v = y - FL_PATCH_SIDE / 2.f;

  return (FlPoint){ self->centre.x + u * self->across.x + v * self->down.x,
                    self->centre.y + u * self->across.y + v * self->down.y };
}

static void
resample (FlPatch *self, const FlLuma *luma)
{
  for (guint y = 0; y < FL_PATCH_SIDE; y++)
    {
      FlPoint p = fl_patch_to_luma (self, 0.5f, (float) y + 0.5f);

      for (guint x = 0; x < FL_PATCH_SIDE; x++)
        {
          self->raw[y][x] = (guint8) (fl_luma_at (luma, p.x, p.y) + 0.5f);
          p.x += self->across.x;
          p.y += self->across.y;
        }
    }
}

/* Light multiplies: a logarithm makes a shadow's contrast as good as that in the sun. What it adds
 * to the darkest twentieth is for noise. */
static void
map_tones (FlPatch *self)
{
  enum
  {
    N = FL_PATCH_SIDE * FL_PATCH_SIDE
  };
  guint8 table[256], *pixels = &self->raw[0][0];
  guint histogram[256] = { 0 }, low = 0, high = 255, count;
  float offset, scale;

  for (guint i = 0; i < N; i++)
    histogram[pixels[i]]++;
  for (count = histogram[0]; count < N / 50; count += histogram[low])
    low++;
  for (count = histogram[255]; count < N / 50; count += histogram[high])
    high--;
  high = MAX (high, low + 8);
  offset = 0.15f * (float) (high - low) + 2;
  scale = 255 / logf (((float) (high - low) + offset) / offset);
  for (guint i = 0; i < 256; i++)
    table[i] = (guint8) (scale * logf (((float) (CLAMP (i, low, high) - low) + offset) / offset));
  for (guint i = 0; i < N; i++)
    pixels[i] = table[pixels[i]];
}

/* 1 2 1 in both directions, the edge repeated. */
static void
smooth (FlPatch *self)
{
  guint16 sums[FL_PATCH_SIDE];

  for (guint y = 0; y < FL_PATCH_SIDE; y++)
    {
      const guint8 *above = self->raw[y > 0 ? y - 1 : 0], *here = self->raw[y],
                   *below = self->raw[MIN (y + 1, LAST)];

      for (guint x = 0; x < FL_PATCH_SIDE; x++)
        sums[x] = (guint16) (above[x] + 2 * here[x] + below[x]);
      self->at[y][0] = (guint8) ((3 * sums[0] + sums[1]) / 16);
      self->at[y][LAST] = (guint8) ((3 * sums[LAST] + sums[LAST - 1]) / 16);
      for (guint x = 1; x < LAST; x++)
        self->at[y][x] = (guint8) ((sums[x - 1] + 2 * sums[x] + sums[x + 1]) / 16);
    }
}

static void
sum_differences (FlPatch *self)
{
  for (guint y = 0; y < FL_PATCH_SIDE; y++)
    {
      guint32 row = 0, column = 0;

      for (guint x = 0; x < FL_PATCH_SIDE; x++)
        {
          row += (guint32) ABS (self->at[y][MIN (x + 1, LAST)] - self->at[y][x]);
          column += (guint32) ABS (self->at[MIN (y + 1, LAST)][x] - self->at[y][x]);
          self->along_rows[y + 1][x + 1] = self->along_rows[y][x + 1] + row;
          self->along_columns[y + 1][x + 1] = self->along_columns[y][x + 1] + column;
        }
    }
}

static guint32
sum_in (const guint32 sums[FL_PATCH_SIDE + 1][FL_PATCH_SIDE + 1], int x0, int y0, int x1, int y1)
{
  return sums[y1][x1] - sums[y0][x1] - sums[y1][x0] + sums[y0][x0];
}

static int
compare_numbers (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return x < y ? -1 : x > y;
}

/* A symbol fills a third of the patch, and much of the rest is quiet. */
static void
measure_quiet (FlPatch *self)
{
  enum
  {
    N = FL_PATCH_SIDE / BLOCK,
    QUIET = N * N / 8
  };
  guint32 blocks[N * N];

  for (int i = 0; i < N * N; i++)
    {
      int x = i % N * BLOCK, y = i / N * BLOCK;

      blocks[i] = sum_in (self->along_rows, x, y, x + BLOCK, y + BLOCK) +
                  sum_in (self->along_columns, x, y, x + BLOCK, y + BLOCK);
    }
  qsort (blocks, N * N, sizeof blocks[0], compare_numbers);
  self->quiet = (float) blocks[QUIET] / (2.f * BLOCK * BLOCK);
}

void
fl_patch_init (FlPatch *self, const FlLuma *luma, const FlMatrixSpot *spot)
{
  float step = SPAN * spot->side / FL_PATCH_SIDE;

  self->centre = spot->centre;
  self->across = (FlPoint){ cosf (spot->angle[0]) * step, sinf (spot->angle[0]) * step };
  self->down = (FlPoint){ cosf (spot->angle[1]) * step, sinf (spot->angle[1]) * step };
  if (self->across.x * self->down.y - self->across.y * self->down.x < 0)
    self->down = (FlPoint){ -self->down.x, -self->down.y };
  resample (self, luma);
  map_tones (self);
  self->luma = (FlLuma){ &self->raw[0][0], FL_PATCH_SIDE, FL_PATCH_SIDE, FL_PATCH_SIDE };
  smooth (self);
  sum_differences (self);
  measure_quiet (self);
}

/* Mean change a step along one line; @side: 0 left, 1 top, 2 right, 3 bottom, @out lines outside of
 * the box. Negative: not in the patch. */
static float
texture (const FlPatch *self, const FlPatchBox *box, guint side, int out)
{
  int line = side == 0   ? box->left - out
             : side == 1 ? box->top - out
             : side == 2 ? box->right + out
                         : box->bottom + out;

  if (line < 0 || line > LAST)
    return -1;
  if (side % 2 == 0)
    return (float) sum_in (self->along_columns, line, box->top, line + 1, box->bottom) /
           (float) (box->bottom - box->top);
  return (float) sum_in (self->along_rows, box->left, line, box->right, line + 1) /
         (float) (box->right - box->left);
}

static float
inner_texture (const FlPatch *self, const FlPatchBox *box)
{
  guint32 sum = sum_in (self->along_rows, box->left, box->top, box->right, box->bottom) +
                sum_in (self->along_columns, box->left, box->top, box->right, box->bottom);

  return (float) sum / (2.f * (float) (box->right - box->left) * (float) (box->bottom - box->top));
}

static void
move_side (FlPatchBox *box, guint side, int out)
{
  switch (side)
    {
    case 0:
      box->left -= out;
      break;
    case 1:
      box->top -= out;
      break;
    case 2:
      box->right += out;
      break;
    case 3:
      box->bottom += out;
      break;
    }
}

/* Takes in lines as long as one of the next @reach has @part of the inside's changes, noise not
 * counted. */
static void
grow (const FlPatch *self, FlPatchBox *box, int reach, float part)
{
  gboolean grew = TRUE;

  while (grew)
    {
      float enough = self->quiet + part * MAX (inner_texture (self, box) - self->quiet, 0.5f);

      grew = FALSE;
      for (guint side = 0; side < 4; side++)
        for (int out = reach; out > 0; out--)
          if (texture (self, box, side, out) > enough)
            {
              move_side (box, side, out);
              grew = TRUE;
              break;
            }
    }
}

static gboolean
is_known (const FlPatchBox *boxes, guint n, const FlPatchBox *box)
{
  for (guint i = 0; i < n; i++)
    if (ABS (boxes[i].left - box->left) <= 2 && ABS (boxes[i].right - box->right) <= 2 &&
        ABS (boxes[i].top - box->top) <= 2 && ABS (boxes[i].bottom - box->bottom) <= 2)
      return TRUE;
  return FALSE;
}

guint
fl_patch_find_boxes (const FlPatch *self, FlPatchBox *boxes, guint max)
{
  /* Across, down, and half a side; the small one is for symbols that are four times as wide. */
  static const int starts[][3] = {
    { 0, 0, 20 }, { -14, 0, 20 }, { 14, 0, 20 }, { 0, -14, 20 }, { 0, 14, 20 }, { 0, 0, 7 },
  };
  static const struct
  {
    int reach;
    float part;
  } ways[] = { { 3, 0.36f }, { 2, 0.36f }, { 2, 0.5f }, { 1, 0.36f }, { 5, 0.3f } };
  const int middle = FL_PATCH_SIDE / 2;
  guint n = 0;

  for (guint way = 0; way < G_N_ELEMENTS (ways); way++)
    for (guint i = 0; i < G_N_ELEMENTS (starts) && n < max; i++)
      {
        int x = middle + starts[i][0], y = middle + starts[i][1], half = starts[i][2];
        FlPatchBox box = { x - half, y - half, x + half, y + half };

        grow (self, &box, ways[way].reach, ways[way].part);
        if (box.right - box.left >= MIN_SIDE && box.bottom - box.top >= MIN_SIDE &&
            !is_known (boxes, n, &box))
          boxes[n++] = box;
      }
  return n;
}
