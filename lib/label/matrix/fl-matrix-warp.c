/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-equal.h"
#include "fl-matrix-solve.h"
#include "fl-matrix-warp.h"

#include <math.h>

#define RIDGE    0.003f /* of a parameter's mean weight: places that say nothing stay */
#define MAX_MOVE 0.7f   /* modules at once, of any parameter */

G_STATIC_ASSERT (2 * FL_WARP_TERMS <= FL_SOLVE_MAX);

static void
get_terms (const FlMatrixSize *size, float u, float v, float *terms)
{
  float x = 2 * u / (float) size->columns - 1, y = 2 * v / (float) size->rows - 1;

  terms[0] = 1;
  terms[1] = x;
  terms[2] = y;
  terms[3] = x * y;
  terms[4] = x * x;
  terms[5] = y * y;
}

FlPoint
fl_warp_map (const FlWarp *self, const FlMatrixSize *size, float u, float v)
{
  float terms[FL_WARP_TERMS];
  FlPoint p = { u, v };

  get_terms (size, u, v, terms);
  for (guint i = 0; i < FL_WARP_TERMS; i++)
    {
      p.x += self->across[i] * terms[i];
      p.y += self->down[i] * terms[i];
    }
  return p;
}

/* Where the filter's output is not what was decided, its slope says which way the module lies:
 * wanted - output = slope across * shift across + slope down * shift down, with shifts that are
 * smooth over the symbol (Lucas and Kanade's method of registration, 1981). */
gboolean
fl_warp_improve (FlWarp *self,
                 const FlEqualiser *equaliser,
                 const FlLattice *lattice,
                 const FlMatrixSize *size,
                 const float *soft)
{
  float x[2 * FL_WARP_TERMS], moves[2 * FL_WARP_TERMS], terms[FL_WARP_TERMS];
  FlSolve solve;

  fl_solve_init (&solve, 2 * FL_WARP_TERMS);
  for (guint i = 0; i < size->rows; i++)
    for (guint j = 0; j < size->columns; j++)
      {
        FlModulePattern pattern = fl_matrix_size_pattern (size, i, j);
        float value = soft[i * size->columns + j];
        float wanted = pattern == FL_MODULE_DATA   ? (value > 0 ? 1.f : -1.f)
                       : pattern == FL_MODULE_DARK ? 1.f
                                                   : -1.f;
        float weight = pattern == FL_MODULE_DATA ? MIN (fabsf (value), 1.f) : 1.f;
        /* A place to each side is a module in all. */
        float across = fl_equaliser_apply (equaliser, lattice, i, j, 1, 0) -
                       fl_equaliser_apply (equaliser, lattice, i, j, -1, 0);
        float down = fl_equaliser_apply (equaliser, lattice, i, j, 0, 1) -
                     fl_equaliser_apply (equaliser, lattice, i, j, 0, -1);

        get_terms (size, (float) j + 0.5f, (float) i + 0.5f, terms);
        for (guint k = 0; k < FL_WARP_TERMS; k++)
          {
            x[k] = across * terms[k];
            x[FL_WARP_TERMS + k] = down * terms[k];
          }
        fl_solve_add (&solve, x, wanted - value, weight);
      }
  fl_solve_add_ridge (&solve, RIDGE, 2 * FL_WARP_TERMS);
  if (!fl_solve_finish (&solve, moves))
    return FALSE;
  for (guint k = 0; k < FL_WARP_TERMS; k++)
    {
      self->across[k] += CLAMP (moves[k], -MAX_MOVE, MAX_MOVE);
      self->down[k] += CLAMP (moves[FL_WARP_TERMS + k], -MAX_MOVE, MAX_MOVE);
    }
  return TRUE;
}
