/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-fit-private.h"

G_BEGIN_DECLS

/* A weighted sum of the places around a module that says how dark it is: what undoes lack of focus
 * and motion, whatever their shape, learned by least squares from modules that are known. */
typedef struct
{
  guint n_taps; /* 25: 5 x 5 places, half a module apart; 13: each with its opposite */
  float filter[31];
  float middle; /* grey levels */
  float scale;  /* per grey level */
} FlEqualiser;

typedef enum
{
  FL_TEACHER_ALL,  /* the finder pattern, and the decisions as far as they are sure */
  FL_TEACHER_DATA, /* the decisions only: an independent look at the pattern */
} FlTeacher;

/* FALSE: nothing can be learned. @soft: decisions, 1 surely dark … -1 surely light. */
gboolean fl_equaliser_train (FlEqualiser *self,
                             const FlLattice *lattice,
                             const FlMatrixSize *size,
                             const float *soft,
                             FlTeacher teacher);
/* About 1 for a dark module and -1 for a light one; @right and @down: places off the centre, -1, 0
 * or 1. */
float fl_equaliser_apply (const FlEqualiser *self,
                          const FlLattice *lattice,
                          guint row,
                          guint column,
                          int right,
                          int down);

G_END_DECLS
