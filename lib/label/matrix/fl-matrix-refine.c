/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-fit-private.h"

#define MAX_ROUNDS 3 /* of each step */

typedef struct
{
  const FlLuma *luma;
  guint columns;
  guint rows;
  float sign;
} Target;

static gboolean
try_corners (const Target *target, const FlPoint corners[4], float *best)
{
  FlPatternScore score;

  if (!fl_matrix_pattern_score (target->luma, corners, target->columns, target->rows, target->sign,
                                &score) ||
      score.total <= *best)
    return FALSE;
  *best = score.total;
  return TRUE;
}

/* Both corners of a side, or one corner, by @way; kept when that is better. */
static gboolean
try_move (const Target *target,
          FlPoint corners[4],
          guint first,
          guint second,
          FlPoint way,
          float *best)
{
  FlPoint moved[4] = { corners[0], corners[1], corners[2], corners[3] };

  moved[first].x += way.x;
  moved[first].y += way.y;
  if (second != first)
    {
      moved[second].x += way.x;
      moved[second].y += way.y;
    }
  if (!try_corners (target, moved, best))
    return FALSE;
  for (guint i = 0; i < 4; i++)
    corners[i] = moved[i];
  return TRUE;
}

static gboolean
descend_once (const Target *target, FlPoint corners[4], float step, float *best)
{
  gboolean is_better = FALSE;

  for (guint i = 0; i < 8; i++)
    for (guint axis = 0; axis < 2; axis++)
      {
        guint first = i % 4, second = i < 4 ? (i + 1) % 4 : i % 4;
        /* One module along the symbol's own directions. */
        FlPoint from = axis == 0 ? corners[3] : corners[0],
                to = axis == 0 ? corners[2] : corners[3];
        float n = axis == 0 ? (float) target->columns : (float) target->rows;
        FlPoint way = { step * (to.x - from.x) / n, step * (to.y - from.y) / n };
        FlPoint back = { -way.x, -way.y };

        if (try_move (target, corners, first, second, way, best) ||
            try_move (target, corners, first, second, back, best))
          is_better = TRUE;
      }
  return is_better;
}

void
fl_matrix_refine (const FlLuma *luma,
                  FlMatrixFit *fit,
                  const FlBudget *budget,
                  const float *steps,
                  guint n_steps)
{
  Target target = { luma, fit->size->columns, fit->size->rows, fit->light_on_dark ? -1.f : 1.f };
  float best = -G_MAXFLOAT;

  try_corners (&target, fit->corners, &best);
  for (guint i = 0; i < n_steps; i++)
    for (guint round = 0; round < MAX_ROUNDS && !fl_budget_is_over (budget); round++)
      if (!descend_once (&target, fit->corners, steps[i], &best))
        break;
}
