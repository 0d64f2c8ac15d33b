/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-spot.h"

#include <math.h>

#include "fl-matrix-cells.h"
#include "fl-matrix-edges.h"
#include "fl-matrix-windows.h"

#define N_SCALES  6  /* halvings: enough for a symbol as large as the largest picture */
#define N_WINDOWS 16 /* looked at closely */
#define MIN_SIDE  64 /* pixels: smaller pictures are not made smaller again */
/* Index of the size of window from which the larger scales go on where the first one ends. */
#define LARGE_SIZE 6

struct _FlMatrixFinder
{
  FlMatrixCells scales[N_SCALES];
};

static guint
collect (FlMatrixFinder *self,
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
      FlMatrixWindow found[N_WINDOWS];
      guint n_found;

      if (fl_budget_is_over (budget) || !fl_matrix_cells_fill (&self->scales[i], &picture))
        break;
      n_found =
          fl_matrix_windows_find (&self->scales[i], i == 0 ? 0 : LARGE_SIZE, found, N_WINDOWS);
      for (guint j = 0; j < n_found; j++)
        {
          found[j].x *= scale;
          found[j].y *= scale;
          found[j].side *= scale;
          found[j].score *= sqrtf (scale);
          n = fl_matrix_windows_insert (windows, n, max, &found[j]);
        }
      picture = fl_matrix_cells_luma (&self->scales[i]);
      if (MIN (picture.width, picture.height) < MIN_SIDE)
        break;
      scale *= 2;
    }
  return n;
}

/* The picture in which a patch of @side pixels is about 50 pixels wide. */
static FlLuma
choose_scale (FlMatrixFinder *self, const FlLuma *luma, float side, float *scale)
{
  FlLuma picture = *luma;

  *scale = 1;
  for (guint i = 0; i < N_SCALES && side / *scale > 80; i++)
    {
      if (self->scales[i].columns == 0)
        break;
      picture = fl_matrix_cells_luma (&self->scales[i]);
      *scale *= 2;
    }
  return picture;
}

static gboolean
describe (FlMatrixFinder *self,
          const FlLuma *luma,
          const FlMatrixWindow *window,
          FlMatrixSpot *spot)
{
  FlMatrixEdges edges;
  float scale;
  FlLuma picture = choose_scale (self, luma, window->side, &scale);
  FlPoint centre = { window->x / scale, window->y / scale };

  if (!fl_matrix_edges_measure (&picture, centre, window->side / scale, &edges))
    return FALSE;
  spot->centre = (FlPoint){ window->x, window->y };
  spot->side = window->side;
  spot->angle[0] = edges.angle[0];
  spot->angle[1] = edges.angle[1];
  spot->score = window->score;
  return TRUE;
}

static int
compare_spots (const void *a, const void *b)
{
  const FlMatrixSpot *one = a, *two = b;

  return (one->score < two->score) - (one->score > two->score);
}

FlMatrixFinder *
fl_matrix_finder_new (void)
{
  return g_new0 (FlMatrixFinder, 1);
}

void
fl_matrix_finder_free (FlMatrixFinder *self)
{
  for (guint i = 0; i < N_SCALES; i++)
    fl_matrix_cells_clear (&self->scales[i]);
  g_free (self);
}

guint
fl_matrix_finder_find (FlMatrixFinder *self,
                       const FlLuma *luma,
                       guint strategy,
                       const FlBudget *budget,
                       FlMatrixSpot *spots,
                       guint max)
{
  FlMatrixWindow windows[N_WINDOWS];
  FlMatrixSpot all[N_WINDOWS];
  guint n_windows, n = 0;

  g_return_val_if_fail (self != NULL && spots != NULL, 0);

  for (guint i = 0; i < N_SCALES; i++)
    self->scales[i].columns = 0;
  if (!fl_luma_is_valid (luma))
    return 0;

  n_windows = collect (self, luma, budget, windows, N_WINDOWS);
  for (guint i = 0; i < n_windows; i++)
    if (describe (self, luma, &windows[i], &all[n]))
      n++;
  qsort (all, n, sizeof *all, compare_spots);
  n = MIN (n, max);
  for (guint i = 0; i < n; i++)
    spots[i] = all[i];
  return n;
}
