/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-gradients.h"

G_BEGIN_DECLS

#define FL_WEAVE_FEATURES 18

/* A part of a picture seen along the two directions of its edges. */
typedef struct
{
  float angle[2]; /* radians, 0 … pi: directions of the edges; the stronger one first */
  FlPoint centre; /* of the box along them that has edges in both directions, pixels */
  float side[2];  /* pixels: of that box, along each direction */
  guint n_ends;   /* sides of the box that are where what was looked at ends */
  /* What tells a symbol from print, keys and pins, for fl_matrix_rank_weave(). None of them depends
   * on size, and only the first on contrast. */
  float features[FL_WEAVE_FEATURES];
} FlMatrixWeave;

typedef struct _FlMatrixWeaver FlMatrixWeaver; /* scratch memory */

FlMatrixWeaver *fl_matrix_weaver_new (void);
void fl_matrix_weaver_free (FlMatrixWeaver *self);

/* Looks at the square of twice @side pixels about @centre, which is where a window was found.
 * @side: at most FL_WEAVE_MAX_SIDE. FALSE: outside of @luma, or no edges. */
#define FL_WEAVE_MAX_SIDE FL_GRADIENTS_MAX_REACH
gboolean fl_matrix_weaver_measure (FlMatrixWeaver *self,
                                   const FlLuma *luma,
                                   FlPoint centre,
                                   float side,
                                   FlMatrixWeave *weave);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlMatrixWeaver, fl_matrix_weaver_free)

G_END_DECLS
