/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-luma.h"

G_BEGIN_DECLS

/* One scale of a picture for FlMatrixFinder: the picture made smaller, and for each cell of 4 x 4
 * of its pixels how much texture there is in both directions at once. */
#define FL_CELL_SIDE 4   /* pixels of the smaller picture */
#define FL_CELL_MAX  240 /* the value of a cell: a quarter of a grey level, capped at 60 levels */

/* What print gives back of the light is the same in the shade, so edges are weighed by how bright
 * it is about them. Grey levels: at the first, an edge counts as it is; the second limits how much
 * noise in the dark is raised. */
#define FL_LUMA_COMMON 110.f
#define FL_LUMA_DARK   30.f

typedef struct
{
  guint8 *pixels; /* owned: the picture made smaller by 2 in each direction */
  guint width;
  guint height;
  guint columns; /* cells */
  guint rows;
  guint8 *lumas;    /* owned: columns * rows: mean brightness */
  guint8 *values;   /* owned: columns * rows */
  guint32 *sums;    /* owned: (columns + 1) * (rows + 1): of all values above and to the left */
  guint32 *squares; /* owned: the same of their squares, modulo 2^32 */
  gsize n_pixels;   /* room, kept between pictures */
  gsize n_cells;
  gint16 *scratch; /* owned: sums of gradients of one row of cells */
  float *gains;    /* owned: of one row of cells */
  gsize n_scratch;
} FlMatrixCells;

void fl_matrix_cells_clear (FlMatrixCells *self);
/* Halves @luma and measures it. FALSE when it has no cell. Memory is only asked for when @luma is
 * larger than all before. */
gboolean fl_matrix_cells_fill (FlMatrixCells *self, const FlLuma *luma);
/* The smaller picture. Borrowed. */
FlLuma fl_matrix_cells_luma (const FlMatrixCells *self);

G_END_DECLS
