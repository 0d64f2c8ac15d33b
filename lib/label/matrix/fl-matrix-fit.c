/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-fit-private.h"
#include "fl-matrix-outline.h"

#include <math.h>

/* How regular the finder pattern has to be before and after its corners are moved. */
#define START_QUALITY  0.30f
#define COARSE_QUALITY 0.55f
#define FINE_QUALITY   0.75f
/* A short row of modules looks regular by chance more often. */
#define FINE_QUALITY_SMALL 0.85f
#define SMALL              300 /* modules */

FlMatrixFitter *
fl_matrix_fitter_new (void)
{
  return g_new0 (FlMatrixFitter, 1);
}

void
fl_matrix_fitter_free (FlMatrixFitter *self)
{
  if (self == NULL)
    return;
  fl_wipe (self, sizeof *self); /* the modules are the text */
  g_free (self);
}

/* Grey levels between the dark and the light tenth of the inside. */
static float
measure_contrast (const FlLuma *luma, const FlMatrixFit *fit)
{
  guint histogram[256] = { 0 }, n = 0, count = 0, low = 0, high = 255;
  FlHomography h;

  if (!fl_homography_init (&h, fit->corners, fit->size->columns, fit->size->rows))
    return 0;
  for (guint i = 0; i < fit->size->rows; i++)
    for (guint j = 0; j < fit->size->columns; j++, n++)
      {
        FlPoint p = fl_homography_map (&h, (float) j + 0.5f, (float) i + 0.5f);

        histogram[(guint8) fl_luma_at (luma, p.x, p.y)]++;
      }
  for (count = histogram[0]; count < n / 10; count += histogram[low])
    low++;
  for (count = histogram[255]; count < n / 10; count += histogram[high])
    high--;
  return (float) high - (float) low;
}

static float
fine_quality (const FlMatrixSize *size)
{
  return (guint) size->rows * size->columns < SMALL ? FINE_QUALITY_SMALL : FINE_QUALITY;
}

static gboolean
is_good (const FlPatch *patch, FlMatrixFit *fit, float enough)
{
  FlPatternTest test;

  if (!fl_matrix_pattern_test (&patch->luma, fit->corners, fit->size->columns, fit->size->rows,
                               fit->light_on_dark ? -1.f : 1.f, &test))
    return FALSE;
  fit->quality = MAX (test.quality, 0);
  return fit->quality >= enough;
}

static guint
keep_fit (FlMatrixFit *fits, guint n, guint max, const FlMatrixFit *fit)
{
  guint place = n;

  for (guint i = 0; i < n; i++)
    if (fits[i].size == fit->size && hypotf (fits[i].corners[0].x - fit->corners[0].x,
                                             fits[i].corners[0].y - fit->corners[0].y) < 2)
      return n;
  while (place > 0 && fits[place - 1].quality < fit->quality)
    place--;
  if (place == max)
    return n;
  n = MIN (n + 1, max);
  for (guint i = n - 1; i > place; i--)
    fits[i] = fits[i - 1];
  fits[place] = *fit;
  return n;
}

guint
fl_matrix_fitter_fit (FlMatrixFitter *self,
                      const FlLuma *luma,
                      const FlMatrixSpot *spot,
                      const FlBudget *budget,
                      FlMatrixFit *fits,
                      guint max)
{
  static const float coarse[] = { 0.7f, 0.35f }, fine[] = { 0.35f, 0.18f, 0.09f };
  FlPatch *patch = &self->patch;
  FlOutlineList list;
  guint n = 0;

  g_return_val_if_fail (self != NULL && spot != NULL && fits != NULL, 0);

  if (!fl_luma_is_valid (luma) || !(spot->side >= 8) || max == 0)
    return 0;
  fl_patch_init (patch, luma, spot);
  fl_outline_guess (patch, budget, &list);
  for (guint i = 0; i < list.n && !fl_budget_is_over (budget); i++)
    {
      FlMatrixFit *fit = &list.at[i];

      if (!is_good (patch, fit, START_QUALITY))
        continue;
      fl_matrix_refine (&patch->luma, fit, budget, coarse, G_N_ELEMENTS (coarse));
      if (!is_good (patch, fit, COARSE_QUALITY))
        continue;
      fl_matrix_refine (&patch->luma, fit, budget, fine, G_N_ELEMENTS (fine));
      if (!is_good (patch, fit, fine_quality (fit->size)))
        continue;
      for (guint j = 0; j < 4; j++)
        fit->corners[j] = fl_patch_to_luma (patch, fit->corners[j].x, fit->corners[j].y);
      fit->contrast = measure_contrast (luma, fit);
      fit->blur = fl_matrix_measure_blur (luma, fit);
      n = keep_fit (fits, n, max, fit);
    }
  return n;
}
