/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-outline.h"

#include <math.h>

#define MARGIN   0.1f /* of the side: how far beyond both ends the line goes on */
#define N_PLACES 240  /* on the whole line */
#define N_DEPTHS 4

/* Places of a side's ends that are tried: so many steps to both sides, modules. */
typedef struct
{
  int n_from;
  int n_to;
  float step_from;
  float step_to;
} Ends;

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

/* The side's length in terms of the other one's. */
static float
relative_length (const FlHomography *unit, gboolean is_top)
{
  float across = hypotf (unit->a, unit->d), down = hypotf (unit->b, unit->e);

  return is_top ? across / down : down / across;
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

/* The best of the ends around @from and @to, @step modules apart. */
static void
try_ends (FlTimingGuess *best, const float *line, float sign, const Ends *ends)
{
  float from = best->from, to = best->to, module = 1 / (float) best->count;

  for (int start = -ends->n_from; start <= ends->n_from; start++)
    for (int end = -ends->n_to; end <= ends->n_to; end++)
      {
        float a = from + ends->step_from * module * (float) start;
        float b = to + ends->step_to * module * (float) end;
        float score = alternation (line, a, b, best->count, sign);

        if (score <= best->score)
          continue;
        best->score = score;
        best->from = a;
        best->to = b;
      }
}

void
fl_timing_find (FlTiming *self,
                const FlLuma *luma,
                const FlHomography *unit,
                gboolean is_top,
                float sign)
{
  static const guint counts[] = { 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 48 };
  /* Parts of the side: two of them are in the first row of modules, however many there are. */
  static const float depths[N_DEPTHS] = { 0.009f, 0.016f, 0.028f, 0.050f };
  static const Ends coarse = { 1, 2, 0.35f, 0.45f }, wide = { 1, 2, 0.5f, 0.6f },
                    fine = { 1, 1, 0.15f, 0.2f };
  float lines[N_DEPTHS][N_PLACES], length = relative_length (unit, is_top);

  self->n = 0;
  for (guint depth = 0; depth < N_DEPTHS; depth++)
    sample_line (luma, unit, is_top, depths[depth] * length, lines[depth]);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    for (guint depth = 0; depth < N_DEPTHS; depth++)
      {
        FlTimingGuess best = { .count = counts[i], .to = 1, .depth = depth };
        float modules = depths[depth] * (float) counts[i];

        if (modules < 0.2f || modules > 0.85f)
          continue;
        try_ends (&best, lines[depth], sign, counts[i] >= 32 ? &wide : &coarse);
        if (best.score > 0)
          keep (self, &best);
      }
  for (guint i = 0; i < self->n; i++)
    try_ends (&self->at[i], lines[self->at[i].depth], sign, &fine);
}
