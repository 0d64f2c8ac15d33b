/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-size.h"

#include <dmtx.h>

/* ISO/IEC 16022:2006, table 7: all symbols of one block of error correction up to 32 modules high.
 */
static const FlMatrixSize sizes[] = {
  { 10, 10, 10, 10, 3, 5, DmtxSymbol10x10 },   { 12, 12, 12, 12, 5, 7, DmtxSymbol12x12 },
  { 14, 14, 14, 14, 8, 10, DmtxSymbol14x14 },  { 16, 16, 16, 16, 12, 12, DmtxSymbol16x16 },
  { 18, 18, 18, 18, 18, 14, DmtxSymbol18x18 }, { 20, 20, 20, 20, 22, 18, DmtxSymbol20x20 },
  { 22, 22, 22, 22, 30, 20, DmtxSymbol22x22 }, { 24, 24, 24, 24, 36, 24, DmtxSymbol24x24 },
  { 26, 26, 26, 26, 44, 28, DmtxSymbol26x26 }, { 32, 32, 16, 16, 62, 36, DmtxSymbol32x32 },
  { 8, 18, 8, 18, 5, 7, DmtxSymbol8x18 },      { 8, 32, 8, 16, 10, 11, DmtxSymbol8x32 },
  { 12, 26, 12, 26, 16, 14, DmtxSymbol12x26 }, { 12, 36, 12, 18, 22, 18, DmtxSymbol12x36 },
  { 16, 36, 16, 18, 32, 24, DmtxSymbol16x36 }, { 16, 48, 16, 24, 49, 28, DmtxSymbol16x48 },
};

const FlMatrixSize *
fl_matrix_sizes (guint *n_sizes)
{
  *n_sizes = G_N_ELEMENTS (sizes);
  return sizes;
}

const FlMatrixSize *
fl_matrix_size_find (guint rows, guint columns)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (sizes[i].rows == rows && sizes[i].columns == columns)
      return &sizes[i];
  return NULL;
}

/* Each region has a solid bar on the left and at the bottom, and alternating modules on the right
 * (light at its top) and at the top (dark at its left). */
FlModulePattern
fl_matrix_size_pattern (const FlMatrixSize *size, guint row, guint column)
{
  guint y, x;

  g_return_val_if_fail (size != NULL && row < size->rows && column < size->columns, FL_MODULE_DATA);

  y = row % size->region_rows;
  x = column % size->region_columns;
  if (x == 0 || y == size->region_rows - 1u)
    return FL_MODULE_DARK;
  if (y == 0)
    return x % 2 == 0 ? FL_MODULE_DARK : FL_MODULE_LIGHT;
  if (x == size->region_columns - 1u)
    return y % 2 == 0 ? FL_MODULE_LIGHT : FL_MODULE_DARK;
  return FL_MODULE_DATA;
}
