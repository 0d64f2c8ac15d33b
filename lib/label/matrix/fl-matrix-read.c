/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-equal.h"
#include "fl-matrix-fit-private.h"
#include "fl-matrix-warp.h"

#include <math.h>
#include <string.h>

#define LOG_QUALITY 0.9f /* of an outline that is worth a second way to look at it */
#define MAX_ROUNDS  4    /* what is read is so by the fourth; nine of ten in the first */

static FlSecret *
decode (FlMatrixFitter *self, const FlMatrixSize *size, FlMatrixRepairs *repairs)
{
  self->grid.size = size;
  memcpy (self->grid.modules, self->soft, sizeof self->soft);
  return fl_matrix_decode (&self->grid, repairs);
}

static void
apply (FlMatrixFitter *self, const FlEqualiser *equaliser, const FlMatrixSize *size)
{
  for (guint i = 0; i < size->rows; i++)
    for (guint j = 0; j < size->columns; j++)
      {
        float value = fl_equaliser_apply (equaliser, &self->lattice, i, j, 0, 0);

        self->soft[i * size->columns + j] = CLAMP (value, -1.f, 1.f);
      }
}

/* The filter was taught the finder pattern, so that it sees it everywhere. A text counts only when
 * one that knows nothing of the pattern finds it as well. */
static FlSecret *
confirm (FlMatrixFitter *self, const FlMatrixSize *size, FlMatrixRepairs *repairs)
{
  FlEqualiser equaliser;

  if (!fl_equaliser_train (&equaliser, &self->lattice, size, self->soft, FL_TEACHER_DATA))
    return NULL;
  for (guint i = 0; i < size->rows; i++)
    for (guint j = 0; j < size->columns; j++)
      if (fl_matrix_size_pattern (size, i, j) != FL_MODULE_DATA)
        self->soft[i * size->columns + j] =
            fl_equaliser_apply (&equaliser, &self->lattice, i, j, 0, 0);
  return decode (self, size, repairs);
}

static void
move_corners (FlMatrixFit *fit, const FlWarp *warp)
{
  float c = fit->size->columns, r = fit->size->rows;
  const FlPoint modules[4] = { { 0, 0 }, { c, 0 }, { c, r }, { 0, r } };
  FlHomography h;

  if (!fl_homography_init (&h, fit->corners, c, r))
    return;
  for (guint i = 0; i < 4; i++)
    {
      FlPoint p = fl_warp_map (warp, fit->size, modules[i].x, modules[i].y);

      fit->corners[i] = fl_homography_map (&h, p.x, p.y);
    }
}

/* What is a symbol becomes surer and its pattern more complete from round to round; the limits are
 * a little below what the worst ones that could be read had. */
static gboolean
is_hopeless (const FlMatrixFitter *self, const FlMatrixSize *size, guint round, guint n_wrong)
{
  guint n = (guint) size->rows * size->columns;
  float progress = (float) MIN (round, 3), sum = 0;
  float most = (0.20f - 0.03f * progress) * 2 * (float) (size->rows + size->columns);

  for (guint i = 0; i < n; i++)
    sum += fabsf (self->soft[i]);
  return (float) n_wrong > most || sum < (0.50f + 0.04f * progress) * (float) n;
}

typedef struct
{
  const FlLuma *luma;
  const FlBudget *budget;
  FlMatrixFit *fit;
  gboolean is_log; /* of the brightness */
} Job;

static gboolean
sample (FlMatrixFitter *self, const Job *job, const FlWarp *warp)
{
  if (!fl_matrix_sample (job->luma, job->fit, warp, &self->lattice))
    return FALSE;
  if (job->is_log)
    fl_lattice_map_tones (&self->lattice, job->fit->light_on_dark);
  return TRUE;
}

/* Each module by its own neighbourhood. */
static FlSecret *
read_plainly (FlMatrixFitter *self, const Job *job, FlMatrixRepairs *repairs)
{
  fl_matrix_threshold (&self->lattice, job->fit->size, self->soft);
  return decode (self, job->fit->size, repairs);
}

/* Learns from what it decided, where the modules are as well as how they are blurred, and decides
 * anew. */
static FlSecret *
read_in_rounds (FlMatrixFitter *self, const Job *job, FlMatrixRepairs *repairs)
{
  const FlMatrixSize *size = job->fit->size;
  FlWarp warp = { 0 };

  for (guint round = 0; round < MAX_ROUNDS && !fl_budget_is_over (job->budget); round++)
    {
      FlEqualiser equaliser;
      FlSecret *text;

      if (!fl_equaliser_train (&equaliser, &self->lattice, size, self->soft, FL_TEACHER_ALL))
        return NULL;
      apply (self, &equaliser, size);
      text = decode (self, size, repairs);
      if (text != NULL)
        {
          fl_secret_unref (text);
          text = confirm (self, size, repairs);
        }
      if (text != NULL)
        {
          move_corners (job->fit, &warp);
          return text;
        }
      if (is_hopeless (self, size, round, repairs->n_pattern) ||
          !fl_warp_improve (&warp, &equaliser, &self->lattice, size, self->soft) ||
          !sample (self, job, &warp))
        return NULL;
    }
  return NULL;
}

FlSecret *
fl_matrix_fitter_read (FlMatrixFitter *self,
                       const FlLuma *luma,
                       FlMatrixFit *fit,
                       const FlBudget *budget,
                       FlMatrixRepairs *repairs)
{
  Job job = { luma, budget, fit };
  FlMatrixRepairs own;
  FlSecret *text = NULL;

  g_return_val_if_fail (self != NULL && fit != NULL && fit->size != NULL, NULL);

  if (repairs == NULL)
    repairs = &own;
  if (!fl_luma_is_valid (luma))
    return NULL;
  for (guint way = 0; way < 2 && text == NULL && !fl_budget_is_over (budget); way++)
    {
      /* Shadows with sharp edges are the less usual. */
      job.is_log = way == 1;
      if (way == 1 && fit->quality < LOG_QUALITY)
        break;
      if (!sample (self, &job, NULL))
        break;
      text = read_plainly (self, &job, repairs);
      if (text == NULL)
        text = read_in_rounds (self, &job, repairs);
    }
  return text;
}
