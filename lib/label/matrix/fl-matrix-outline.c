/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-outline.h"

#include <math.h>

#define MAX_COUNTS 3 /* numbers of modules of a side that are followed up */

/* What the finder pattern of a box would be, seen from one of its corners. */
typedef struct
{
  guint counts[MAX_COUNTS]; /* modules, the likeliest first */
  float starts[MAX_COUNTS]; /* modules by which the side is shorter at its far end */
  float contrasts[MAX_COUNTS];
} Timing;

static float
line_brightness (const FlPatch *patch, const FlPatchBox *box, guint side, int out)
{
  int line = side == 0   ? box->left - out
             : side == 1 ? box->top - out
             : side == 2 ? box->right + out
                         : box->bottom + out;
  int from = side % 2 == 0 ? box->top : box->left, to = side % 2 == 0 ? box->bottom : box->right;
  guint sum = 0;

  line = CLAMP (line, 0, FL_PATCH_SIDE - 1);
  from += (to - from) / 10;
  to -= (to - from) / 10;
  for (int i = from; i <= to; i++)
    sum += side % 2 == 0 ? patch->at[i][line] : patch->at[line][i];
  return (float) sum / (float) (to - from + 1);
}

/* Where, outside a side, the brightness jumps: a solid bar's outer edge. */
static void
find_jump (const FlPatch *patch, const FlPatchBox *box, guint side, float *jump, float *place)
{
  int width = side % 2 == 0 ? box->right - box->left : box->bottom - box->top;
  int reach = MAX (width / 9, 5);
  float best[2] = { 0, 0 };

  for (int out = -2; out <= reach; out++)
    {
      float step =
          line_brightness (patch, box, side, out + 2) - line_brightness (patch, box, side, out - 1);

      for (guint sign = 0; sign < 2; sign++)
        {
          float signed_step = sign == 0 ? step : -step;

          if (signed_step > best[sign])
            {
              best[sign] = signed_step;
              jump[sign] = signed_step;
              place[sign] = (float) out + 1;
            }
        }
    }
}

/* Contrast of every second module on the line from @from to @to. Positive: the first is dark. */
static float
alternation (const FlLuma *luma, FlPoint from, FlPoint to, guint n)
{
  float sum[2] = { 0, 0 }, dx = (to.x - from.x) / (float) n, dy = (to.y - from.y) / (float) n;

  for (guint i = 0; i < n; i++)
    sum[i & 1] +=
        fl_luma_at (luma, from.x + ((float) i + 0.5f) * dx, from.y + ((float) i + 0.5f) * dy);
  return 2 * (sum[1] - sum[0]) / (float) n;
}

static void
keep_count (Timing *timing, guint n, float end, float contrast)
{
  guint place = MAX_COUNTS;

  for (guint i = 0; i < MAX_COUNTS; i++)
    if (timing->counts[i] == n && timing->contrasts[i] >= contrast)
      return;
  for (guint i = 0; i < MAX_COUNTS; i++)
    if (timing->counts[i] == n)
      timing->contrasts[i] = 0;
  for (guint i = MAX_COUNTS; i-- > 0;)
    if (contrast > timing->contrasts[i])
      place = i;
  if (place == MAX_COUNTS)
    return;
  for (guint i = MAX_COUNTS - 1; i > place; i--)
    {
      timing->counts[i] = timing->counts[i - 1];
      timing->starts[i] = timing->starts[i - 1];
      timing->contrasts[i] = timing->contrasts[i - 1];
    }
  timing->counts[place] = n;
  timing->starts[place] = end;
  timing->contrasts[place] = contrast;
}

/* @from, @to: the outer edge of a side with alternating modules; @inner: from there to the other
 * side's. */
static void
find_counts (const FlLuma *luma,
             FlPoint from,
             FlPoint to,
             FlPoint inner,
             float sign,
             Timing *timing)
{
  static const guint counts[] = { 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 48 };

  for (guint i = 0; i < MAX_COUNTS; i++)
    timing->contrasts[i] = 0, timing->counts[i] = 0, timing->starts[i] = 0;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    for (int end = -2; end <= 2; end++)
      for (int depth = 0; depth < 3; depth++)
        {
          float k = 1 + 0.4f * (float) end / (float) counts[i];
          float d = (0.2f + 0.4f * (float) depth) / (float) counts[i];
          FlPoint a = { from.x + d * inner.x, from.y + d * inner.y };
          FlPoint b = { a.x + k * (to.x - from.x), a.y + k * (to.y - from.y) };
          float contrast = sign * alternation (luma, a, b, counts[i]);

          keep_count (timing, counts[i], k, contrast);
        }
}

/* Corner @i of the box whose sides are at these lines of the patch. */
static void
box_corners (const FlPatch *patch, const float lines[4], FlPoint corners[4])
{
  corners[0] = fl_patch_to_luma (patch, lines[0], lines[1]);
  corners[1] = fl_patch_to_luma (patch, lines[2], lines[1]);
  corners[2] = fl_patch_to_luma (patch, lines[2], lines[3]);
  corners[3] = fl_patch_to_luma (patch, lines[0], lines[3]);
}

static FlPoint
between (FlPoint from, FlPoint to, float k)
{
  return (FlPoint){ from.x + k * (to.x - from.x), from.y + k * (to.y - from.y) };
}

static void
add_guess (FlOutlineList *list, const FlMatrixFit *guess)
{
  guint place = list->n;

  while (place > 0 && list->at[place - 1].quality < guess->quality)
    place--;
  if (place == FL_OUTLINE_MAX)
    return;
  list->n = MIN (list->n + 1, FL_OUTLINE_MAX);
  for (guint i = list->n - 1; i > place; i--)
    list->at[i] = list->at[i - 1];
  list->at[place] = *guess;
}

/* @corners: as if the symbol was upright with its bars at the left and at the bottom. */
static void
guess_sizes (const FlLuma *luma, const FlPoint corners[4], float sign, FlOutlineList *list)
{
  Timing top, right;
  FlPoint down = { corners[3].x - corners[0].x, corners[3].y - corners[0].y };
  FlPoint left = { corners[0].x - corners[1].x, corners[0].y - corners[1].y };

  find_counts (luma, corners[0], corners[1], down, sign, &top);
  find_counts (luma, corners[2], corners[1], left, sign, &right);
  for (guint i = 0; i < MAX_COUNTS; i++)
    for (guint j = 0; j < MAX_COUNTS; j++)
      {
        FlMatrixFit guess = { .light_on_dark = sign < 0 };
        FlPatternScore score;

        if (top.counts[i] == 0 || right.counts[j] == 0)
          continue;
        guess.size = fl_matrix_size_find (right.counts[j], top.counts[i]);
        if (guess.size == NULL)
          continue;
        guess.corners[0] = between (corners[3], corners[0], right.starts[j]);
        guess.corners[1] = between (corners[3], corners[1], 1);
        guess.corners[2] = between (corners[3], corners[2], top.starts[i]);
        guess.corners[3] = corners[3];
        guess.corners[1].x = guess.corners[0].x + guess.corners[2].x - corners[3].x;
        guess.corners[1].y = guess.corners[0].y + guess.corners[2].y - corners[3].y;
        if (!fl_matrix_pattern_score (luma, guess.corners, guess.size->columns, guess.size->rows,
                                      sign, &score))
          continue;
        guess.quality = score.total;
        add_guess (list, &guess);
      }
}

void
fl_outline_guess (const FlPatch *patch,
                  const FlLuma *luma,
                  const FlPatchBox *box,
                  FlOutlineList *list)
{
  float jumps[4][2] = { { 0 } }, places[4][2] = { { 0 } };

  for (guint side = 0; side < 4; side++)
    find_jump (patch, box, side, jumps[side], places[side]);

  for (guint turn = 0; turn < 4; turn++)
    for (guint sign = 0; sign < 2; sign++)
      {
        /* The upright symbol's left and bottom are these sides of the box. */
        guint left = turn, bottom = (turn + 3) % 4;
        float lines[4] = { (float) box->left, (float) box->top, (float) box->right + 1,
                           (float) box->bottom + 1 };
        FlPoint in_box[4], corners[4];

        if (jumps[left][sign] < 8 || jumps[bottom][sign] < 8)
          continue;
        lines[left] += (left < 2 ? -1 : 1) * places[left][sign];
        lines[bottom] += (bottom < 2 ? -1 : 1) * places[bottom][sign];
        box_corners (patch, lines, in_box);
        for (guint i = 0; i < 4; i++)
          corners[i] = in_box[(i + turn) % 4];
        guess_sizes (luma, corners, sign == 0 ? 1.f : -1.f, list);
      }
}
