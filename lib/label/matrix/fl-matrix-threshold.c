/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-fit-private.h"

#define REACH 3 /* modules to each side whose levels make a module's threshold */

static float
module_value (const FlLattice *lattice, guint row, guint column)
{
  guint w = lattice->width;
  const float *c = lattice->at + (2 * row + 3) * w + 2 * column + 3;

  return (2 * c[0] + c[-1] + c[1] + c[-(int) w] + c[w]) / 6;
}

/* Halfway between the darkest and the lightest module nearby: follows shadows and glare. */
void
fl_matrix_threshold (const FlLattice *lattice, const FlMatrixSize *size, float *soft)
{
  float values[FL_MATRIX_MAX_MODULES];

  for (guint i = 0; i < size->rows; i++)
    for (guint j = 0; j < size->columns; j++)
      values[i * size->columns + j] = module_value (lattice, i, j);

  for (guint i = 0; i < size->rows; i++)
    for (guint j = 0; j < size->columns; j++)
      {
        float low = values[i * size->columns + j], high = low, value = low;

        for (guint y = i > REACH ? i - REACH : 0; y <= MIN (i + REACH, size->rows - 1u); y++)
          for (guint x = j > REACH ? j - REACH : 0; x <= MIN (j + REACH, size->columns - 1u); x++)
            {
              low = MIN (low, values[y * size->columns + x]);
              high = MAX (high, values[y * size->columns + x]);
            }
        soft[i * size->columns + j] =
            CLAMP ((2 * value - low - high) / MAX (high - low, 4.f), -1.f, 1.f);
      }
  fl_wipe (values, sizeof values);
}
