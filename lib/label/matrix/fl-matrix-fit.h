/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-code.h"
#include "fl-matrix-spot.h"

G_BEGIN_DECLS

/* A symbol's outline, found in the picture by its finder pattern. */
typedef struct
{
  const FlMatrixSize *size;
  FlPoint
      corners[4]; /* outer corners: top left, top right, bottom right, bottom left of the upright
                     symbol (its solid bars join at the bottom left), whatever way it lies */
  gboolean light_on_dark;
  float contrast; /* grey levels between its light and its dark modules */
  float quality;  /* 0 … 1: how well the finder pattern is there */
  float blur;     /* modules: the width of its edges, for the hint */
} FlMatrixFit;

typedef struct _FlMatrixFitter FlMatrixFitter; /* scratch memory; one for each thread */

FlMatrixFitter *fl_matrix_fitter_new (void);
void fl_matrix_fitter_free (FlMatrixFitter *self);

/* Outlines that @spot may be, the best first, at most @max. Sizes and both polarities are tried. */
guint fl_matrix_fitter_fit (FlMatrixFitter *self,
                            const FlLuma *luma,
                            const FlMatrixSpot *spot,
                            const FlBudget *budget,
                            FlMatrixFit *fits,
                            guint max);

/* Samples the modules of @fit and asks fl_matrix_decode() for hypothesis after hypothesis
 * (thresholds, what blur did to neighbours, unsure modules) until one is text. @fit is refined on
 * the way. */
FlSecret *fl_matrix_fitter_read (FlMatrixFitter *self,
                                 const FlLuma *luma,
                                 FlMatrixFit *fit,
                                 const FlBudget *budget,
                                 FlMatrixRepairs *repairs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlMatrixFitter, fl_matrix_fitter_free)

G_END_DECLS
