/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-fit.h"
#include "fl-matrix-homography.h"

G_BEGIN_DECLS

/* Brightness at every half module, from one module outside the symbol to one module outside on
 * the other side: 2 (n + 2) + 1 places a side; a module's centre is at 2 (i + 1) + 1. */
#define FL_LATTICE_SIDE(n) (2 * ((n) + 2) + 1)
#define FL_LATTICE_MAX     (FL_LATTICE_SIDE (32) * FL_LATTICE_SIDE (32))

typedef struct
{
  guint width; /* places */
  guint height;
  float at[FL_LATTICE_MAX]; /* grey levels; larger is darker in print, whatever the polarity */
} FlLattice;

#define FL_PATCH_SIDE 160

/* What a spot looks like with its edges turned upright, and how much changes along each line. */
typedef struct
{
  FlPoint centre; /* in the picture */
  FlPoint across; /* picture's way of one step to the right in the patch */
  FlPoint down;   /* and of one step down */
  guint8 at[FL_PATCH_SIDE][FL_PATCH_SIDE];
  /* Sums of the differences between neighbours from the line's start. */
  guint16 along_row[FL_PATCH_SIDE][FL_PATCH_SIDE];
  guint16 along_column[FL_PATCH_SIDE][FL_PATCH_SIDE];
} FlPatch;

/* Four lines of the patch; the symbol or its data are between them. */
typedef struct
{
  int left, top, right, bottom;
} FlPatchBox;

struct _FlMatrixFitter
{
  FlPatch patch;
  FlLattice lattice;
  FlMatrixGrid grid;
  float soft[FL_MATRIX_MAX_MODULES];
};

/* How the finder pattern is there, in grey levels of contrast. */
typedef struct
{
  float bars[2];   /* left, bottom: outside minus bar */
  float timing[2]; /* top, right: light minus dark modules */
  float total;
} FlPatternScore;

/* @sign: -1 for light on dark, else 1. */
gboolean fl_matrix_pattern_score (const FlLuma *luma,
                                  const FlPoint corners[4],
                                  guint columns,
                                  guint rows,
                                  float sign,
                                  FlPatternScore *score);

void fl_patch_init (FlPatch *self, const FlLuma *luma, const FlMatrixSpot *spot);
FlPoint fl_patch_to_luma (const FlPatch *self, float x, float y);
/* Boxes of texture around the patch's middle, each once. */
guint fl_patch_find_boxes (const FlPatch *self, FlPatchBox *boxes, guint max);

/* Moves the corners until the finder pattern, and the contrast of the data, are at their best. */
void fl_matrix_refine (const FlLuma *luma, FlMatrixFit *fit, const float *steps, guint n_steps);

gboolean fl_matrix_sample (const FlLuma *luma, const FlMatrixFit *fit, FlLattice *lattice);

/* One value for each module, 1 surely dark … -1 surely light. */
void fl_matrix_threshold (const FlLattice *lattice, const FlMatrixSize *size, float *soft);
void fl_matrix_equalise (const FlLattice *lattice, const FlMatrixSize *size, float *soft);

G_END_DECLS
