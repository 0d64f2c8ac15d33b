/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-budget.h"
#include "fl-luma.h"

G_BEGIN_DECLS

/* A place that may be a symbol: about where, about how large, and which way its edges run. */
typedef struct
{
  FlPoint centre;
  float side; /* pixels, of the longer side when they differ */
  float
      angle[2]; /* radians, 0 … pi: the directions of its two families of edges; x right, y down */
  float score;  /* comparable within one picture */
} FlMatrixSpot;

/**
 * FlMatrixFinder:
 *
 * Looks over a whole picture for square patches that are full of short edges in two directions and
 * have a quieter ring. Keeps its planes between pictures; one for each thread.
 */
typedef struct _FlMatrixFinder FlMatrixFinder;

FlMatrixFinder *fl_matrix_finder_new (void);
void fl_matrix_finder_free (FlMatrixFinder *self);

/* Up to @max spots into @spots, the best first. Large pictures are looked at in several scales.
 * @strategy: 0, 1, 2 …: which of the rankings (the likely places only, or unlikely ones, too); a
 * camera's next frame asks for the next one. Returns how many. */
guint fl_matrix_finder_find (FlMatrixFinder *self,
                             const FlLuma *luma,
                             guint strategy,
                             const FlBudget *budget,
                             FlMatrixSpot *spots,
                             guint max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlMatrixFinder, fl_matrix_finder_free)

G_END_DECLS
