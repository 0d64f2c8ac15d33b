/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-hint.h"

#include <math.h>
#include <string.h>

/* Pictures whose brightest places are darker than this have lost the differences that are read. */
#define DARK_LEVEL 45
/* Spots that are less like a symbol say nothing: a false hint is worse than none. Blur and glare
 * make every symbol less like one. */
#define MIN_SCORE      (-2.f)
#define MIN_CUT_SCORE  1.f /* keys and print are cut by the rim, too */
#define MIN_BLUR_SCORE (-4.f)
/* The reader reads from 1.5 pixels a module on; a label has 18 modules a side or more. */
#define SMALL_MODULE 1.8f
#define SMALL_SIDE   40.f
#define LARGE_PART   .9f /* of the picture's shorter side */
#define NEAR_RIM     .6f /* sides from the centre to the picture's rim */
/* Width of an edge, in modules, above which neighbours run into each other; and in pixels, what
 * lens and sensor do when all is well. */
#define WIDE_EDGE  .6f
#define SHARP_EDGE 2.2f
#define MODULES    20.f /* of a side, where it is not known */
#define SATURATED  250
/* Glare is looked for in so many sides about the spot, by blocks of a third of a side: a symbol has
 * none that is all light. Where more than this part of the spot is saturated, the whole picture is
 * exposed too long and can be read all the same. */
#define GLARE_SIDES 3.5f
#define GLARE_BLOCK (1 / 3.f)
#define OVEREXPOSED .38f
#define SAMPLES     96

/* An upright part of the picture, in pixels. */
typedef struct
{
  guint x, y, width, height;
} Area;

/* Grey level that @part of the counted pixels are at most. */
static guint
percentile (const guint *counts, float part)
{
  guint total = 0, below = 0, level = 0;

  for (guint i = 0; i < 256; i++)
    total += counts[i];
  while (level < 255 && (float) (below + counts[level]) < part * (float) total)
    below += counts[level++];
  return level;
}

static gboolean
is_dark (const FlLuma *luma)
{
  guint counts[256] = { 0 };
  guint step_x = 1 + luma->width / SAMPLES, step_y = 1 + luma->height / SAMPLES;

  for (guint y = 0; y < luma->height; y += step_y)
    for (guint x = 0; x < luma->width; x += step_x)
      counts[luma->pixels[y * luma->stride + x]]++;
  return percentile (counts, .98f) < DARK_LEVEL;
}

static Area
get_area (const FlLuma *luma, FlPoint centre, float side)
{
  float x0 = CLAMP (centre.x - side / 2, 0.f, (float) luma->width - 1);
  float y0 = CLAMP (centre.y - side / 2, 0.f, (float) luma->height - 1);
  float x1 = CLAMP (centre.x + side / 2, x0 + 1, (float) luma->width);
  float y1 = CLAMP (centre.y + side / 2, y0 + 1, (float) luma->height);

  return (Area){ (guint) x0, (guint) y0, (guint) (x1 - x0), (guint) (y1 - y0) };
}

/* Part of the pixels that have lost what was there. */
static float
measure_saturated (const FlLuma *luma, guint x, guint y, guint width, guint height)
{
  guint n = 0;

  for (guint j = y; j < y + height; j++)
    for (guint i = x; i < x + width; i++)
      n += luma->pixels[j * luma->stride + i] >= SATURATED;
  return (float) n / (float) (width * height);
}

/* Whether light swallowed a part of the symbol at @spot or close by. */
static gboolean
has_glare (const FlLuma *luma, const FlMatrixSpot *spot)
{
  Area inner = get_area (luma, spot->centre, spot->side);
  Area area = get_area (luma, spot->centre, GLARE_SIDES * spot->side);
  guint block = MAX ((guint) (GLARE_BLOCK * spot->side), 4);

  if (measure_saturated (luma, inner.x, inner.y, inner.width, inner.height) > OVEREXPOSED)
    return FALSE;
  for (guint y = area.y; y + block <= area.y + area.height; y += block)
    for (guint x = area.x; x + block <= area.x + area.width; x += block)
      if (measure_saturated (luma, x, y, block, block) > .95f)
        return TRUE;
  return FALSE;
}

/* Pixels that the steepest edges of @area need from dark to light, in the direction where they need
 * the most: it is that of a movement. */
static float
measure_edges (const FlLuma *luma, const Area *area)
{
  guint levels[256] = { 0 }, steps[4][256] = { { 0 } };
  float steepest = 255, contrast;

  for (guint y = area->y; y + 1 < area->y + area->height; y++)
    for (guint x = area->x; x + 1 < area->x + area->width; x++)
      {
        const guint8 *p = luma->pixels + y * luma->stride + x, *below = p + luma->stride;

        levels[p[0]]++;
        steps[0][ABS (p[1] - p[0])]++;
        steps[1][ABS (below[0] - p[0])]++;
        steps[2][ABS (below[1] - p[0])]++;
        steps[3][ABS (below[0] - p[1])]++;
      }
  contrast = (float) (percentile (levels, .95f) - percentile (levels, .05f));
  for (guint i = 0; i < 4; i++)
    {
      float step = (float) percentile (steps[i], .97f) / (i < 2 ? 1 : (float) G_SQRT2);

      steepest = MIN (steepest, step);
    }
  return contrast / MAX (steepest, 1);
}

static gboolean
touches_rim (const FlLuma *luma, const FlMatrixSpot *spot, const FlMatrixFit *fit)
{
  float half = spot->side * NEAR_RIM;

  if (fit != NULL)
    {
      for (guint i = 0; i < 4; i++)
        if (fit->corners[i].x < 1 || fit->corners[i].y < 1 ||
            fit->corners[i].x > (float) luma->width - 1 ||
            fit->corners[i].y > (float) luma->height - 1)
          return TRUE;
      return FALSE;
    }
  return spot->centre.x < half || spot->centre.y < half ||
         spot->centre.x + half > (float) luma->width ||
         spot->centre.y + half > (float) luma->height;
}

FlHint
fl_hint_choose (const FlLuma *luma, const FlMatrixSpot *spot, const FlMatrixFit *fit)
{
  float module, edge;
  Area area;

  if (is_dark (luma))
    return FL_HINT_TOO_DARK;
  if (spot == NULL || spot->score < MIN_BLUR_SCORE)
    return FL_HINT_NONE;

  if (has_glare (luma, spot))
    return FL_HINT_GLARE;
  module = spot->side / (fit != NULL ? (float) MAX (fit->size->rows, fit->size->columns) : MODULES);
  area = get_area (luma, spot->centre, spot->side);
  edge = measure_edges (luma, &area);
  if (spot->score >= MIN_SCORE)
    {
      if (spot->side > LARGE_PART * (float) MIN (luma->width, luma->height) ||
          (spot->score >= MIN_CUT_SCORE && touches_rim (luma, spot, fit)))
        return FL_HINT_FURTHER;
      if (module < SMALL_MODULE || spot->side < SMALL_SIDE)
        return FL_HINT_CLOSER;
    }
  if (edge > MAX (WIDE_EDGE * module, SHARP_EDGE))
    return FL_HINT_HOLD_STILL;
  return FL_HINT_NONE;
}
