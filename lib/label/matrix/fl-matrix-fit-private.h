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

/* What a spot looks like with its edges turned upright, smoothed, and how much changes in it. */
typedef struct
{
  FlPoint centre; /* in the picture */
  FlPoint across; /* picture's way of one step to the right in the patch */
  FlPoint down;   /* and of one step down */
  FlLuma luma;    /* the patch as a picture: every shade of light has about the same contrast */
  guint8 raw[FL_PATCH_SIDE][FL_PATCH_SIDE];
  guint8 at[FL_PATCH_SIDE][FL_PATCH_SIDE]; /* smoothed */
  /* Sums, from the top left corner, of the differences to the right and downwards. */
  guint32 along_rows[FL_PATCH_SIDE + 1][FL_PATCH_SIDE + 1];
  guint32 along_columns[FL_PATCH_SIDE + 1][FL_PATCH_SIDE + 1];
  float quiet; /* mean difference where there is nothing but noise */
} FlPatch;

/* Rows and columns of the patch, inclusive; the data of a symbol is there, perhaps with the
 * alternating sides, but without the solid bars, which have no differences along them. */
typedef struct
{
  int left, top, right, bottom;
} FlPatchBox;

/* A straight line along one side: at + slope * (t - half a patch) from the left (from the top) of
 * the patch, t running down (to the right). */
typedef struct
{
  float at;
  float slope;
  float jump; /* grey levels outside less those inside; 0: there is no such line */
} FlPatchSide;

/* Left, top, right, bottom. */
typedef struct
{
  FlPatchSide best[4];
  FlPatchSide nearest[4]; /* to the inside, of those that are not much worse */
} FlPatchSides;

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

/* How regular it is, whatever its contrast: for each side the mean step from outside to the bar, or
 * from module to module, as part of their root mean square. */
typedef struct
{
  float bars[2];
  float timing[2];
  float quality; /* 0 … 1 */
} FlPatternTest;

/* @sign: -1 for light on dark, else 1. */
gboolean fl_matrix_pattern_score (const FlLuma *luma,
                                  const FlPoint corners[4],
                                  guint columns,
                                  guint rows,
                                  float sign,
                                  FlPatternScore *score);

/* Up to @max boxes of texture around the patch's middle, each once. */
guint fl_patch_find_boxes (const FlPatch *self, FlPatchBox *boxes, guint max);
/* Where, near each side of @box, it is lighter, or darker, outside all along. */
void fl_patch_find_sides (const FlPatch *self,
                          const FlPatchBox *box,
                          FlPatchSides *lighter,
                          FlPatchSides *darker);

gboolean fl_matrix_pattern_test (const FlLuma *luma,
                                 const FlPoint corners[4],
                                 guint columns,
                                 guint rows,
                                 float sign,
                                 FlPatternTest *test);

/* How regular the worse of the two solid bars is, before the number of modules is known. */
float fl_matrix_bars_test (const FlLuma *luma, const FlPoint corners[4], float sign);

void fl_patch_init (FlPatch *self, const FlLuma *luma, const FlMatrixSpot *spot);
FlPoint fl_patch_to_luma (const FlPatch *self, float x, float y);

/* For FlMatrixFit.blur; the contrast is known already. */
float fl_matrix_measure_blur (const FlLuma *luma, const FlMatrixFit *fit);

/* Moves the corners until the finder pattern, and the contrast of the data, are at their best. */
void fl_matrix_refine (const FlLuma *luma,
                       FlMatrixFit *fit,
                       const FlBudget *budget,
                       const float *steps,
                       guint n_steps);

typedef struct _FlWarp FlWarp;

/* @warp: (nullable) */
gboolean fl_matrix_sample (const FlLuma *luma,
                           const FlMatrixFit *fit,
                           const FlWarp *warp,
                           FlLattice *lattice);
/* The logarithm instead of the brightness, in place: shadows become steps of the same height for
 * dark and light modules. */
void fl_lattice_map_tones (FlLattice *self, gboolean light_on_dark);

/* One value for each module, 1 surely dark … -1 surely light. */
void fl_matrix_threshold (const FlLattice *lattice, const FlMatrixSize *size, float *soft);

G_END_DECLS
