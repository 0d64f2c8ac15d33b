/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-outline.h"

#include <math.h>

#define MAX_BOXES      8
#define MAX_QUADS      3
#define N_BUMPS        44
#define INSIDE         0.023f /* of the width: half a module of 22 */
#define MIN_JUMP       6      /* grey levels of the patch */
#define WORST_PART     0.6f   /* of the best outline's score */
#define MIN_BARS       0.65f  /* how regular the worse solid bar is */
#define MIN_SIDE_SCORE 3
#define MIN_SCORE      9 /* of both timing sides; chance makes less nine times of ten */

/* Four lines with something lighter, or darker, outside all around. */
typedef struct
{
  FlPoint corners[4]; /* in the patch, clockwise from its top left */
  float jumps[4];     /* grey levels from inside to outside; left, top, right, bottom */
  float sign;         /* 1 lighter outside, -1 darker */
  float jump;         /* grey levels, of the four sides together */
} Quad;

/* Where a line that runs down meets one that runs to the right. */
static FlPoint
crossing (const FlPatchSide *down, const FlPatchSide *right)
{
  float half = FL_PATCH_SIDE / 2.f;
  float y = (right->at + right->slope * (down->at - down->slope * half - half)) /
            (1 - right->slope * down->slope);

  return (FlPoint){ down->at + down->slope * (y - half), y };
}

static gboolean
is_same (const Quad *a, const Quad *b)
{
  float most = 0;

  for (guint i = 0; i < 4; i++)
    most = MAX (most, MAX (fabsf (a->corners[i].x - b->corners[i].x),
                           fabsf (a->corners[i].y - b->corners[i].y)));
  return a->sign == b->sign && most < 3;
}

static guint
add_quad (Quad *quads, guint n, const FlPatchSide sides[4], float sign)
{
  Quad quad = { .sign = sign };
  guint place = n;

  for (guint i = 0; i < 4; i++)
    {
      if (sides[i].jump < MIN_JUMP)
        return n;
      quad.jump += sides[i].jump;
      quad.jumps[i] = sides[i].jump;
    }
  quad.corners[0] = crossing (&sides[0], &sides[1]);
  quad.corners[1] = crossing (&sides[2], &sides[1]);
  quad.corners[2] = crossing (&sides[2], &sides[3]);
  quad.corners[3] = crossing (&sides[0], &sides[3]);
  for (guint i = 0; i < n; i++)
    if (is_same (&quads[i], &quad))
      return n;
  while (place > 0 && quads[place - 1].jump < quad.jump)
    place--;
  if (place == MAX_QUADS)
    return n;
  n = MIN (n + 1, MAX_QUADS);
  for (guint i = n - 1; i > place; i--)
    quads[i] = quads[i - 1];
  quads[place] = quad;
  return n;
}

/* Up to MAX_QUADS with something lighter outside, then as many with something darker: the label's
 * edge is a clear outline, too. */
static guint
find_quads (const FlPatch *patch, Quad *quads)
{
  FlPatchBox boxes[MAX_BOXES];
  Quad others[MAX_QUADS];
  guint n_boxes = fl_patch_find_boxes (patch, boxes, MAX_BOXES), n = 0, n_others = 0;

  for (guint i = 0; i < n_boxes; i++)
    {
      FlPatchSides lighter, darker;

      fl_patch_find_sides (patch, &boxes[i], &lighter, &darker);
      n = add_quad (quads, n, lighter.best, 1);
      n = add_quad (quads, n, lighter.nearest, 1);
      n_others = add_quad (others, n_others, darker.best, -1);
      n_others = add_quad (others, n_others, darker.nearest, -1);
    }
  for (guint i = 0; i < n_others; i++)
    quads[n++] = others[i];
  return n;
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
  FlTiming top, right;
  FlHomography unit;

  if (!fl_homography_init (&unit, corners, 1, 1) ||
      fl_matrix_bars_test (luma, corners, sign) < MIN_BARS)
    return;
  fl_timing_find (&top, luma, &unit, TRUE, sign);
  if (top.n == 0 || top.at[0].score < MIN_SIDE_SCORE)
    return;
  fl_timing_find (&right, luma, &unit, FALSE, sign);
  for (guint i = 0; i < top.n; i++)
    for (guint j = 0; j < right.n; j++)
      {
        const FlTimingGuess *columns = &top.at[i], *rows = &right.at[j];
        FlMatrixFit guess = { .light_on_dark = sign < 0 };

        guess.size = fl_matrix_size_find (rows->count, columns->count);
        if (guess.size == NULL)
          continue;
        guess.corners[0] = fl_homography_map (&unit, columns->from, 1 - rows->to);
        guess.corners[1] = fl_homography_map (&unit, columns->to, 1 - rows->to);
        guess.corners[2] = fl_homography_map (&unit, columns->to, 1 - rows->from);
        guess.corners[3] = fl_homography_map (&unit, columns->from, 1 - rows->from);
        guess.quality = columns->score + rows->score;
        if (guess.quality >= MIN_SCORE)
          add_guess (list, &guess);
      }
}

/* How much goes up and down along the inside of each side, as part of its jump: solid bars are
 * even, also in a shadow and with glare on one end. */
static void
measure_bumps (const FlLuma *luma, const Quad *quad, float bumps[4])
{
  for (guint side = 0; side < 4; side++)
    {
      /* Left, top, right and bottom begin at these corners, clockwise. */
      guint first = (side + 3) % 4;
      FlPoint from = quad->corners[first], to = quad->corners[side];
      FlPoint in = { quad->corners[(first + 3) % 4].x - from.x,
                     quad->corners[(first + 3) % 4].y - from.y };
      float last[2] = { 0, 0 }, sum = 0;

      for (guint i = 0; i < N_BUMPS; i++)
        {
          float k = 0.06f + 0.88f * (float) i / (N_BUMPS - 1);
          float here = fl_luma_at (luma, from.x + k * (to.x - from.x) + INSIDE * in.x,
                                   from.y + k * (to.y - from.y) + INSIDE * in.y);

          /* A module is about two places. */
          sum += i >= 2 ? fabsf (here - last[i & 1]) : 0;
          last[i & 1] = here;
        }
      bumps[side] = sum / (N_BUMPS - 2) / quad->jumps[side];
    }
}

static void
guess_turns (const FlPatch *patch, const Quad *quad, FlOutlineList *list)
{
  float bumps[4], evenness[4], most = 0;

  measure_bumps (&patch->luma, quad, bumps);
  for (guint turn = 0; turn < 4; turn++)
    {
      /* The upright symbol's left and bottom, and its top and right, are these sides. */
      float bars = bumps[turn] + bumps[(turn + 3) % 4];
      float others = bumps[(turn + 1) % 4] + bumps[(turn + 2) % 4];

      evenness[turn] = others - bars;
      most = MAX (most, evenness[turn]);
    }
  for (guint turn = 0; turn < 4; turn++)
    {
      FlPoint corners[4];

      if (evenness[turn] <= 0 || evenness[turn] < 0.7f * most)
        continue;
      for (guint i = 0; i < 4; i++)
        corners[i] = quad->corners[(i + turn) % 4];
      guess_sizes (&patch->luma, corners, quad->sign, list);
    }
}

void
fl_outline_guess (const FlPatch *patch, const FlBudget *budget, FlOutlineList *list)
{
  Quad quads[2 * MAX_QUADS];
  guint n = find_quads (patch, quads);

  list->n = 0;
  for (guint i = 0; i < n && !fl_budget_is_over (budget); i++)
    guess_turns (patch, &quads[i], list);
  while (list->n > 0 && list->at[list->n - 1].quality < WORST_PART * list->at[0].quality)
    list->n--;
}
