/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-fit-private.h"

#include <math.h>

#define SPAN    1.9f  /* of the spot's side: what the patch shows */
#define TEXTURE 0.36f /* of the inside's texture that a line of data has at least */
#define LAST    (FL_PATCH_SIDE - 1)

static void
sum_differences (FlPatch *self)
{
  for (guint i = 0; i < FL_PATCH_SIDE; i++)
    {
      self->along_row[i][0] = 0;
      self->along_column[i][0] = 0;
      for (guint j = 1; j < FL_PATCH_SIDE; j++)
        {
          self->along_row[i][j] =
              (guint16) (self->along_row[i][j - 1] + ABS (self->at[i][j] - self->at[i][j - 1]));
          self->along_column[i][j] =
              (guint16) (self->along_column[i][j - 1] + ABS (self->at[j][i] - self->at[j - 1][i]));
        }
    }
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

  for (guint y = 0; y < FL_PATCH_SIDE; y++)
    {
      FlPoint p = fl_patch_to_luma (self, 0.5f, (float) y + 0.5f);

      for (guint x = 0; x < FL_PATCH_SIDE; x++)
        {
          self->at[y][x] = (guint8) (fl_luma_at (luma, p.x, p.y) + 0.5f);
          p.x += self->across.x;
          p.y += self->across.y;
        }
    }
  sum_differences (self);
}

FlPoint
fl_patch_to_luma (const FlPatch *self, float x, float y)
{
  float u = x - FL_PATCH_SIDE / 2.f, v = y - FL_PATCH_SIDE / 2.f;

  return (FlPoint){ self->centre.x + u * self->across.x + v * self->down.x,
                    self->centre.y + u * self->across.y + v * self->down.y };
}

/* Mean change a step along one line of the box; @side: 0 left, 1 top, 2 right, 3 bottom, @out
 * lines outside of it. Negative: not in the patch. */
static float
texture (const FlPatch *self, const FlPatchBox *box, guint side, int out)
{
  int line = side == 0   ? box->left - out
             : side == 1 ? box->top - out
             : side == 2 ? box->right + out
                         : box->bottom + out;
  int from = side % 2 == 0 ? box->top : box->left, to = side % 2 == 0 ? box->bottom : box->right;
  const guint16 *sums;

  if (line < 0 || line > LAST)
    return -1;
  sums = side % 2 == 0 ? self->along_column[line] : self->along_row[line];
  return (float) (sums[to] - sums[from]) / (float) MAX (to - from, 1);
}

static float
inner_texture (const FlPatch *self, const FlPatchBox *box)
{
  guint sum = 0;

  for (int y = box->top; y <= box->bottom; y++)
    sum += self->along_row[y][box->right] - self->along_row[y][box->left];
  for (int x = box->left; x <= box->right; x++)
    sum += self->along_column[x][box->bottom] - self->along_column[x][box->top];
  return (float) sum /
         (2.f * (float) (box->right - box->left + 1) * (float) (box->bottom - box->top + 1));
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

/* Takes in lines as long as one of the next @reach is as full of changes as the inside. */
static void
grow (const FlPatch *self, FlPatchBox *box, int reach)
{
  gboolean grew = TRUE;

  while (grew)
    {
      float enough = TEXTURE * inner_texture (self, box);

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
    if (ABS (boxes[i].left - box->left) + ABS (boxes[i].right - box->right) +
            ABS (boxes[i].top - box->top) + ABS (boxes[i].bottom - box->bottom) <=
        6)
      return TRUE;
  return FALSE;
}

guint
fl_patch_find_boxes (const FlPatch *self, FlPatchBox *boxes, guint max)
{
  static const int starts[][2] = { { 0, 0 }, { -14, 0 }, { 14, 0 }, { 0, -14 }, { 0, 14 } };
  const int middle = FL_PATCH_SIDE / 2, half = FL_PATCH_SIDE / 8;
  guint n = 0;

  for (int reach = 3; reach > 0; reach--)
    for (guint i = 0; i < G_N_ELEMENTS (starts) && n < max; i++)
      {
        FlPatchBox box = { middle + starts[i][0] - half, middle + starts[i][1] - half,
                           middle + starts[i][0] + half, middle + starts[i][1] + half };

        grow (self, &box, reach);
        if (box.right - box.left >= 24 && box.bottom - box.top >= 24 && !is_known (boxes, n, &box))
          boxes[n++] = box;
      }
  return n;
}
