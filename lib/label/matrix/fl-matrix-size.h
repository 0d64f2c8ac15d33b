/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One shape of ECC 200 symbol, ISO/IEC 16022:2006, table 7. Larger ones than 32 modules a side are
 * not on labels and are not looked for. */
typedef struct
{
  guint8 rows;           /* modules, finder pattern included */
  guint8 columns;        /* modules, finder pattern included */
  guint8 region_rows;    /* modules of one data region, its own finder pattern included */
  guint8 region_columns; /* the same across */
  guint8 n_data;         /* data codewords */
  guint8 n_check;        /* error correction codewords; half as many errors can be mended */
  guint8 dmtx;           /* index of libdmtx, DmtxSymbol… */
} FlMatrixSize;

#define FL_MATRIX_MAX_MODULES (32 * 32)
#define FL_MATRIX_MAX_SIDE    48

/* 10 x 10 to 32 x 32, then the six rectangles, 8 x 18 to 16 x 48. Static. */
const FlMatrixSize *fl_matrix_sizes (guint *n_sizes);
const FlMatrixSize *fl_matrix_size_find (guint rows, guint columns); /* (nullable) */

/* What the finder pattern wants at a module, or that it is data. Row 0 is the top row of the
 * upright symbol, whose solid bars are on the left and at the bottom. */
typedef enum
{
  FL_MODULE_DATA,
  FL_MODULE_DARK,
  FL_MODULE_LIGHT,
} FlModulePattern;
FlModulePattern fl_matrix_size_pattern (const FlMatrixSize *size, guint row, guint column);

G_END_DECLS
