/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-spot.h"
#include "fl-matrix-weave.h"
#include "fl-matrix-windows.h"

G_BEGIN_DECLS

/* What FlMatrixFinder makes a spot from; in pixels of the picture. For it and for the tool that its
 * weights were trained with. */
typedef struct
{
  FlMatrixWindow window;
  FlMatrixWeave weave;
  float score; /* log of odds, see fl_matrix_rank_weave() */
} FlMatrixCandidate;

#define FL_MATRIX_MAX_CANDIDATES 64

/* At most @max (of FL_MATRIX_MAX_CANDIDATES), the best window first. */
guint fl_matrix_finder_collect (FlMatrixFinder *self,
                                const FlLuma *luma,
                                guint strategy,
                                const FlBudget *budget,
                                FlMatrixCandidate *candidates,
                                guint max);

/* The most likely place of the last picture, also when it is too unlikely to be a spot: for hints.
 * FALSE: there is none. */
gboolean fl_matrix_finder_get_best (const FlMatrixFinder *self, FlMatrixSpot *spot);

G_END_DECLS
