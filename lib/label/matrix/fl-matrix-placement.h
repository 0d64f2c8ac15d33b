/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-matrix-size.h"

G_BEGIN_DECLS

#define FL_MATRIX_MAX_CODEWORDS 98 /* 32 x 32: 62 data, 36 error correction */
#define FL_MATRIX_NO_CODEWORD   G_MAXUINT8

/* Which codeword and bit each module belongs to: ISO/IEC 16022:2006, annex F. Some 3 KiB and a few
 * microseconds: whoever reads many grids of one size keeps its own. */
typedef struct
{
  guint n_codewords; /* data, then error correction */
  /* By codeword and bit (0 is the most significant): the place in FlMatrixGrid.modules. */
  guint16 modules[FL_MATRIX_MAX_CODEWORDS][8];
  /* By place in FlMatrixGrid.modules; FL_MATRIX_NO_CODEWORD for finder pattern and corner. */
  guint8 codeword[FL_MATRIX_MAX_MODULES];
  guint8 bit[FL_MATRIX_MAX_MODULES];
  /* Sizes whose data modules are no multiple of 8 have four at the bottom right that are always
   * dark, light, light, dark (row by row): they belong to the pattern. */
  gboolean has_corner;
  guint16 corner[4];
} FlMatrixPlacement;

void fl_matrix_placement_init (FlMatrixPlacement *self, const FlMatrixSize *size);

G_END_DECLS
