/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-finder.h"

#include <math.h>

#include "fl-matrix-cells.h"
#include "fl-matrix-rank.h"

#define N_SCALES  6  /* halvings: enough for a symbol as large as the largest picture */
#define N_WINDOWS 20 /* looked at closely; the last four find every eighth symbol of dots */
/* Spots for which less is enough: there is time for them. By strategy: the second one, for every
 * other picture of a camera, has more patience. */
static const guint n_sure[] = { 2, 4 };
#define WIDER    1.6f /* times a window's side, to look at what may be longer */
#define MIN_SIDE 64   /* pixels: smaller pictures are not made smaller again */
/* Index of the size of window from which the larger scales go on where the first one ends. */
#define LARGE_SIZE 6

struct _FlMatrixFinder
{
  FlMatrixCells scales[N_SCALES];
  FlMatrixWeaver *weaver;
  FlMatrixSpot best; /* side 0: none */
};

static guint
collect_windows (FlMatrixFinder *self,
                 const FlLuma *luma,
                 const FlBudget *budget,
                 FlMatrixWindow *windows,
                 guint max)
{
  FlLuma picture = *luma;
  float scale = 1;
  guint n = 0;

  for (guint i = 0; i < N_SCALES; i++)
    {
      FlMatrixWindow found[FL_MATRIX_MAX_CANDIDATES];
      guint n_found;

      if (fl_budget_is_over (budget) || !fl_matrix_cells_fill (&self->scales[i], &picture))
        break;
      n_found = fl_matrix_windows_find (&self->scales[i], i == 0 ? 0 : LARGE_SIZE, found, max);
      for (guint j = 0; j < n_found; j++)
        {
          found[j].x *= scale;
          found[j].y *= scale;
          found[j].side *= scale;
          n = fl_matrix_windows_insert (windows, n, max, &found[j]);
        }
      picture = fl_matrix_cells_luma (&self->scales[i]);
      if (MIN (picture.width, picture.height) < MIN_SIDE)
        break;
      scale *= 2;
    }
  return n;
}

/* The scale in which a window of @side pixels is small enough to be looked at closely. */
static FlLuma
choose_scale (FlMatrixFinder *self, const FlLuma *luma, float side, float *scale)
{
  FlLuma picture = *luma;

  *scale = 1;
  for (guint i = 0; i < N_SCALES && side / *scale > FL_WEAVE_MAX_SIDE; i++)
    {
      if (self->scales[i].columns == 0)
        break;
      picture = fl_matrix_cells_luma (&self->scales[i]);
      *scale *= 2;
    }
  return picture;
}

/* The weave about a place of the picture, in its pixels. */
static gboolean
measure_weave (FlMatrixFinder *self,
               const FlLuma *luma,
               FlPoint centre,
               float side,
               FlMatrixWeave *weave)
{
  float scale;
  FlLuma picture = choose_scale (self, luma, side, &scale);

  if (!fl_matrix_weaver_measure (self->weaver, &picture,
                                 (FlPoint){ centre.x / scale, centre.y / scale }, side / scale,
                                 weave))
    return FALSE;
  weave->centre.x *= scale;
  weave->centre.y *= scale;
  weave->side[0] *= scale;
  weave->side[1] *= scale;
  return TRUE;
}

static gboolean
is_long (const FlMatrixWeave *weave)
{
  return MAX (weave->side[0], weave->side[1]) > 1.5f * MIN (weave->side[0], weave->side[1]);
}

static gboolean
describe (FlMatrixFinder *self, const FlLuma *luma, FlMatrixCandidate *candidate)
{
  const FlMatrixWindow *window = &candidate->window;
  FlMatrixWeave *weave = &candidate->weave, wider;

  if (!measure_weave (self, luma, (FlPoint){ window->x, window->y }, window->side, weave))
    return FALSE;
  candidate->score = fl_matrix_rank_weave (window->score, weave);

  /* A window holds a part of a rectangle only: its box reaches to the end of what was looked at. */
  if (weave->n_ends > 0 && measure_weave (self, luma, weave->centre, WIDER * window->side, &wider))
    {
      float score = fl_matrix_rank_weave (window->score, &wider);

      if (score > candidate->score && is_long (&wider))
        {
          candidate->weave = wider;
          candidate->score = score;
        }
    }
  return TRUE;
}

static int
compare_candidates (const void *a, const void *b)
{
  const FlMatrixCandidate *one = a, *two = b;

  return (one->score < two->score) - (one->score > two->score);
}

/* Several windows may have led to one place. */
static gboolean
is_same (const FlMatrixSpot *spot, const FlMatrixWeave *weave)
{
  float side = MAX (weave->side[0], weave->side[1]);
  float apart = hypotf (spot->centre.x - weave->centre.x, spot->centre.y - weave->centre.y);

  return apart < .12f * MIN (spot->side, side) && spot->side < 1.2f * side &&
         side < 1.2f * spot->side;
}

static guint
add_spot (const FlMatrixCandidate *candidate, FlMatrixSpot *spots, guint n)
{
  const FlMatrixWeave *weave = &candidate->weave;

  for (guint i = 0; i < n; i++)
    if (is_same (&spots[i], weave))
      return n;
  spots[n].centre = weave->centre;
  spots[n].side = MAX (weave->side[0], weave->side[1]);
  spots[n].angle[0] = weave->angle[0];
  spots[n].angle[1] = weave->angle[1];
  spots[n].score = candidate->score;
  return n + 1;
}

/* The place that is most like a symbol: what cannot be read is what hints are for. */
static void
keep_best (FlMatrixFinder *self, const FlMatrixCandidate *candidates, guint n)
{
  self->best.side = 0;
  for (guint i = 0; i < n; i++)
    {
      FlMatrixCandidate candidate = candidates[i];

      candidate.score = fl_matrix_rank_likeness (candidate.window.score, &candidate.weave);
      if (self->best.side <= 0 || candidate.score > self->best.score)
        add_spot (&candidate, &self->best, 0);
    }
}

FlMatrixFinder *
fl_matrix_finder_new (void)
{
  FlMatrixFinder *self = g_new0 (FlMatrixFinder, 1);

  self->weaver = fl_matrix_weaver_new ();
  return self;
}

void
fl_matrix_finder_free (FlMatrixFinder *self)
{
  for (guint i = 0; i < N_SCALES; i++)
    fl_matrix_cells_clear (&self->scales[i]);
  fl_matrix_weaver_free (self->weaver);
  g_free (self);
}

guint
fl_matrix_finder_collect (FlMatrixFinder *self,
                          const FlLuma *luma,
                          guint strategy,
                          const FlBudget *budget,
                          FlMatrixCandidate *candidates,
                          guint max)
{
  FlMatrixWindow windows[FL_MATRIX_MAX_CANDIDATES];
  guint n_windows, n = 0;

  for (guint i = 0; i < N_SCALES; i++)
    self->scales[i].columns = 0;
  n_windows = collect_windows (self, luma, budget, windows, MIN (max, FL_MATRIX_MAX_CANDIDATES));
  for (guint i = 0; i < n_windows; i++)
    {
      candidates[n].window = windows[i];
      if (describe (self, luma, &candidates[n]))
        n++;
    }
  return n;
}

guint
fl_matrix_finder_find (FlMatrixFinder *self,
                       const FlLuma *luma,
                       guint strategy,
                       const FlBudget *budget,
                       FlMatrixSpot *spots,
                       guint max)
{
  FlMatrixCandidate candidates[N_WINDOWS];
  guint n_candidates, n = 0;

  g_return_val_if_fail (self != NULL && spots != NULL, 0);

  self->best.side = 0;
  if (!fl_luma_is_valid (luma))
    return 0;
  n_candidates = fl_matrix_finder_collect (self, luma, strategy, budget, candidates, N_WINDOWS);
  qsort (candidates, n_candidates, sizeof *candidates, compare_candidates);
  keep_best (self, candidates, n_candidates);
  for (guint i = 0; i < n_candidates && n < max; i++)
    if (candidates[i].score >
        (n < n_sure[strategy % G_N_ELEMENTS (n_sure)] ? FL_RANK_LOWEST : FL_RANK_MIN))
      n = add_spot (&candidates[i], spots, n);
  return n;
}

gboolean
fl_matrix_finder_get_best (const FlMatrixFinder *self, FlMatrixSpot *spot)
{
  *spot = self->best;
  return spot->side > 0;
}
