/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-cells.h"

G_BEGIN_DECLS

#define FL_WINDOW_FEATURES 12

/* A square of cells that is full of texture and lies in something quieter. */
typedef struct
{
  float x; /* centre, pixels of the picture that the cells were made from */
  float y;
  float side;  /* pixels of the same picture */
  float score; /* log of odds to be about a symbol */
  /* What the score is made of: for those who train it. */
  float features[FL_WINDOW_FEATURES];
} FlMatrixWindow;

/* Up to @max windows of one scale, the best first, that do not cover each other. @first_size: index
 * of the smallest size of window to look for, 0 for all. */
guint fl_matrix_windows_find (const FlMatrixCells *cells,
                              guint first_size,
                              FlMatrixWindow *windows,
                              guint max);
/* Puts @window where its score wants it and drops what it covers, unless something better covers
 * it. Returns the new number, at most @max. */
guint fl_matrix_windows_insert (FlMatrixWindow *windows,
                                guint n,
                                guint max,
                                const FlMatrixWindow *window);

G_END_DECLS
