/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-solve.h"

#include <math.h>
#include <string.h>

void
fl_solve_init (FlSolve *self, guint n)
{
  memset (self, 0, sizeof *self);
  self->n = n;
}

void
fl_solve_add (FlSolve *self, const float *x, float wanted, float weight)
{
  for (guint i = 0; i < self->n; i++)
    {
      float wx = weight * x[i];

      for (guint j = 0; j <= i; j++)
        self->a[i][j] += wx * x[j];
      self->b[i] += wx * wanted;
    }
}

void
fl_solve_add_ridge (FlSolve *self, float ridge, guint n_first)
{
  float mean = 0;

  for (guint i = 0; i < n_first; i++)
    mean += self->a[i][i] / (float) n_first;
  for (guint i = 0; i < self->n; i++)
    self->a[i][i] += ridge * mean;
}

/* Cholesky's decomposition in place. FALSE: not positive. */
static gboolean
decompose (FlSolve *self)
{
  for (guint i = 0; i < self->n; i++)
    for (guint j = 0; j <= i; j++)
      {
        float sum = self->a[i][j];

        for (guint k = 0; k < j; k++)
          sum -= self->a[i][k] * self->a[j][k];
        if (i != j)
          self->a[i][j] = sum / self->a[j][j];
        else if (sum > 0)
          self->a[i][i] = sqrtf (sum);
        else
          return FALSE;
      }
  return TRUE;
}

gboolean
fl_solve_finish (FlSolve *self, float *unknowns)
{
  if (!decompose (self))
    return FALSE;
  for (guint i = 0; i < self->n; i++)
    {
      float sum = self->b[i];

      for (guint k = 0; k < i; k++)
        sum -= self->a[i][k] * unknowns[k];
      unknowns[i] = sum / self->a[i][i];
    }
  for (guint i = self->n; i-- > 0;)
    {
      float sum = unknowns[i];

      for (guint k = i + 1; k < self->n; k++)
        sum -= self->a[k][i] * unknowns[k];
      unknowns[i] = sum / self->a[i][i];
    }
  return TRUE;
}
