/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-outline.h"

#include <math.h>

#define MARGIN   0.1f /* of the side: how far beyond both ends the line goes on */
#define N_PLACES 240  /* on the whole line */
#define N_DEPTHS 3

/* Brightness along an alternating side, from beyond its dark end to beyond its light one. */
static void
sample_line (const FlLuma *luma,
             const FlHomography *unit,
             gboolean is_top,
             float depth,
             float *line)
{
  for (guint i = 0; i < N_PLACES; i++)
    {
      float t = -MARGIN + (1 + 2 * MARGIN) * ((float) i + 0.5f) / N_PLACES;
      FlPoint p =
          is_top ? fl_homography_map (unit, t, depth) : fl_homography_map (unit, 1 - depth, 1 - t);

      line[i] = fl_luma_at (luma, p.x, p.y);
    }
}

/* How regularly every second one of @n modules between @from and @to, parts of the side, is lighter
 * than the two before and after: the mean step in standard deviations of the mean, as if these
 * were independent. That a long row fits by chance is less likely than that a short one does. */
static float
alternation (const float *line, float from, float to, guint n, float sign)
{
  float scale = N_PLACES / (1 + 2 * MARGIN), step = (to - from) / (float) n * scale;
  float place = (from + MARGIN) * scale + step / 2, sum = 0, squares = 0, before, here;
  float steps = (float) n - 2, mean;

  before = line[(guint) place];
  place += step;
  here = line[(guint) place];
  for (guint i = 2; i < n; i++)
    {
      float next, difference;

      place += step;
      next = line[(guint) place];
      difference = sign * (here - 0.5f * (before + next));
      sign = -sign;
      sum += difference;
      squares += difference * difference;
      before = here;
      here = next;
    }
  mean = sum / steps;
  if (mean <= 1)
    return 0;
  return mean * sqrtf (steps / (squares / steps - 0.9f * mean * mean + 1));
}

static void
keep (FlTiming *self, const FlTimingGuess *guess)
{
  guint place;

  for (place = 0; place < self->n && self->at[place].count != guess->count; place++)
    ;
  if (place == self->n && self->n < FL_TIMING_MAX)
    self->at[self->n++].score = 0;
  else if (place == self->n)
    place--;
  if (self->at[place].score >= guess->score)
    return;
  for (; place > 0 && self->at[place - 1].score < guess->score; place--)
    self->at[place] = self->at[place - 1];
  self->at[place] = *guess;
}

static void
try_count (FlTiming *self, const float *line, guint count, float sign)
{
  FlTimingGuess best = { .count = count };

  for (int start = -2; start <= 2; start++)
    for (int end = -3; end <= 3; end++)
      {
        float from = 0.25f * (float) start / (float) count;
        float to = 1 + 0.33f * (float) end / (float) count;
        float score = alternation (line, from, to, count, sign);

        if (score <= best.score)
          continue;
        best.score = score;
        best.from = from;
        best.to = to;
      }
  if (best.score > 0)
    keep (self, &best);
}

void
fl_timing_find (FlTiming *self,
                const FlLuma *luma,
                const FlHomography *unit,
                gboolean is_top,
                float sign)
{
  static const guint counts[] = { 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 48 };
  float line[N_PLACES];

  self->n = 0;
  for (guint depth = 0; depth < N_DEPTHS; depth++)
    {
      sample_line (luma, unit, is_top, 0.012f + 0.018f * (float) depth, line);
      for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
        try_count (self, line, counts[i], sign);
    }
}
