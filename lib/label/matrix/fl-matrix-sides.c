/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-fit-private.h"

#define N_SLOPES   7
#define SLOPE_STEP 0.02f /* a tilt of 50 degrees seen from a hand's breadth makes .05 */
#define N_PLACES   40    /* on one line */
#define INSIDE     8     /* steps inwards from the box's side that are looked at */
#define OUTSIDE    16    /* and outwards */
#define N_OFFSETS  (INSIDE + OUTSIDE + 1)

typedef struct
{
  float at[N_SLOPES][N_OFFSETS]; /* mean brightness of lines, from the inside to the outside */
} Profile;

static float
slope_of (int i)
{
  const int level = N_SLOPES / 2;

  return SLOPE_STEP * (float) (i - level);
}

/* Steps, for some 22 modules. */
static int
half_module (const FlPatchBox *box, guint side)
{
  int width = side % 2 == 0 ? box->right - box->left : box->bottom - box->top;

  return CLAMP (width / 44 + 1, 2, 4);
}

/* Adds what is on a way across the side, a pixel each step; the patch's edge goes on outside. */
static void
add_across (const FlPatch *self, gboolean is_upright, int along, int first, int way, guint *sums)
{
  int step = is_upright ? 1 : FL_PATCH_SIDE, last = first + way * (N_OFFSETS - 1);
  const guint8 *start = is_upright ? self->at[along] : &self->at[0][along];

  if (MIN (first, last) < 0 || MAX (first, last) >= FL_PATCH_SIDE)
    {
      for (int o = 0; o < N_OFFSETS; o++)
        sums[o] += start[CLAMP (first + way * o, 0, FL_PATCH_SIDE - 1) * step];
      return;
    }
  start += first * step;
  step *= way;
  for (int o = 0; o < N_OFFSETS; o++)
    sums[o] += start[o * step];
}

/* @side: 0 left, 1 top, 2 right, 3 bottom. The ends are left out: the corners are elsewhere when
 * the box is not quite right. */
static void
measure_profile (const FlPatch *self, const FlPatchBox *box, guint side, Profile *profile)
{
  gboolean is_upright = side % 2 == 0;
  float from = (float) (is_upright ? box->top : box->left);
  float to = (float) (is_upright ? box->bottom : box->right);
  int line = side == 0 ? box->left : side == 1 ? box->top : side == 2 ? box->right : box->bottom;
  int way = side < 2 ? -1 : 1;

  for (int s = 0; s < N_SLOPES; s++)
    {
      guint sums[N_OFFSETS] = { 0 };

      for (int i = 0; i < N_PLACES; i++)
        {
          float t = from + (to - from) * (0.06f + 0.88f * ((float) i + 0.5f) / N_PLACES);
          int shift = (int) (slope_of (s) * (t - (from + to) / 2) + 100.5f) - 100;

          add_across (self, is_upright, (int) t, line + shift - way * INSIDE, way, sums);
        }
      for (int o = 0; o < N_OFFSETS; o++)
        profile->at[s][o] = (float) sums[o] / N_PLACES;
    }
}

/* What is at @offset of the profile, half a module to each side, with the slope that suits best. */
static FlPatchSide
side_at (const FlPatchBox *box, guint side, int sign, const Profile *profile, int offset)
{
  gboolean is_upright = side % 2 == 0;
  int half = half_module (box, side);
  float middle = 0.5f * (float) (is_upright ? box->top + box->bottom : box->left + box->right);
  int line = side == 0   ? box->left
             : side == 1 ? box->top
             : side == 2 ? box->right + 1
                         : box->bottom + 1;
  FlPatchSide best = { 0 };

  for (int s = 0; s < N_SLOPES; s++)
    {
      float inside = profile->at[s][offset + 1 - half];
      float jump = (float) sign * (profile->at[s][offset + half] - inside);

      if (jump <= best.jump)
        continue;
      best.jump = jump;
      best.slope = slope_of (s);
      best.at = (float) line + (side < 2 ? -1.f : 1.f) * (float) (offset - INSIDE) -
                best.slope * (middle - FL_PATCH_SIDE / 2.f);
    }
  return best;
}

/* The most sudden change, and the first one outwards that is half as sudden: a frame around the
 * label may be nearer to black than the symbol. */
static void
find_side (const FlPatchBox *box, guint side, int sign, const Profile *profile, FlPatchSides *sides)
{
  int width = side % 2 == 0 ? box->right - box->left : box->bottom - box->top;
  int first = INSIDE - half_module (box, side), last = INSIDE + CLAMP (width / 10, 5, OUTSIDE - 4);
  FlPatchSide found[N_OFFSETS];
  int best = first, near = first;

  for (int o = first; o <= last; o++)
    {
      found[o] = side_at (box, side, sign, profile, o);
      if (found[o].jump > found[best].jump)
        best = o;
    }
  while (near < best &&
         (found[near].jump < 0.25f * found[best].jump || found[near].jump < found[near + 1].jump))
    near++;
  sides->best[side] = found[best];
  sides->nearest[side] = found[near];
}

void
fl_patch_find_sides (const FlPatch *self,
                     const FlPatchBox *box,
                     FlPatchSides *lighter,
                     FlPatchSides *darker)
{
  for (guint side = 0; side < 4; side++)
    {
      Profile profile;

      measure_profile (self, box, side, &profile);
      find_side (box, side, 1, &profile, lighter);
      find_side (box, side, -1, &profile, darker);
    }
}
