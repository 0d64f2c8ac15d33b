/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-outline.h"

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

/* Where a line that runs down meets one that runs to the right. */
static FlPoint
crossing (const FlPatch *patch, const FlPatchSide *down, const FlPatchSide *right)
{
  float half = FL_PATCH_SIDE / 2.f;
  float y = (right->at + right->slope * (down->at - down->slope * half - half)) /
            (1 - right->slope * down->slope);

  return fl_patch_to_luma (patch, down->at + down->slope * (y - half), y);
}

/* @corners: as if the symbol was upright with its bars at the left and at the bottom. */
static void
guess_sizes (const FlLuma *luma, const FlPoint corners[4], float sign, FlOutlineList *list)
{
  FlTiming top, right;
  FlHomography unit;

  if (!fl_homography_init (&unit, corners, 1, 1))
    return;
  fl_timing_find (&top, luma, &unit, TRUE, sign);
  fl_timing_find (&right, luma, &unit, FALSE, sign);
  for (guint i = 0; i < top.n; i++)
    for (guint j = 0; j < right.n; j++)
      {
        const FlTimingGuess *columns = &top.at[i], *rows = &right.at[j];
        FlMatrixFit guess = { .light_on_dark = sign < 0 };
        FlPatternScore score;

        guess.size = fl_matrix_size_find (rows->count, columns->count);
        if (guess.size == NULL)
          continue;
        guess.corners[0] = fl_homography_map (&unit, columns->from, 1 - rows->to);
        guess.corners[1] = fl_homography_map (&unit, columns->to, 1 - rows->to);
        guess.corners[2] = fl_homography_map (&unit, columns->to, 1 - rows->from);
        guess.corners[3] = fl_homography_map (&unit, columns->from, 1 - rows->from);
        if (!fl_matrix_pattern_score (luma, guess.corners, columns->count, rows->count, sign,
                                      &score))
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
  for (int sign = 1; sign >= -1; sign -= 2)
    {
      FlPatchSide sides[4];
      FlPoint in_box[4];

      fl_patch_find_sides (patch, box, sign, sides);
      if (!(sides[0].jump > 2 && sides[1].jump > 2 && sides[2].jump > 2 && sides[3].jump > 2))
        continue;
      in_box[0] = crossing (patch, &sides[0], &sides[1]);
      in_box[1] = crossing (patch, &sides[2], &sides[1]);
      in_box[2] = crossing (patch, &sides[2], &sides[3]);
      in_box[3] = crossing (patch, &sides[0], &sides[3]);
      for (guint turn = 0; turn < 4; turn++)
        {
          /* The upright symbol's left and bottom, and its top and right, are these sides. */
          float bars = sides[turn].inside + sides[(turn + 3) % 4].inside;
          float others = sides[(turn + 1) % 4].inside + sides[(turn + 2) % 4].inside;
          FlPoint corners[4];

          if ((float) sign * (others - bars) < 0)
            continue;
          for (guint i = 0; i < 4; i++)
            corners[i] = in_box[(i + turn) % 4];
          guess_sizes (luma, corners, (float) sign, list);
        }
    }
}
