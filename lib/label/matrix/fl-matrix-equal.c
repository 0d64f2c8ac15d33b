/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-equal.h"
#include "fl-matrix-solve.h"

#include <math.h>

#define N_LIGHT 6     /* a surface of second order for the light */
#define RIDGE   0.02f /* of the mean energy of a tap: keeps noise from being sharpened */
/* Modules below which 25 taps would learn the symbol by heart. */
#define FEW_MODULES 300

G_STATIC_ASSERT (25 + N_LIGHT <= FL_SOLVE_MAX);

static void
features (const FlEqualiser *self,
          const FlLattice *lattice,
          guint row,
          guint column,
          int right,
          int down,
          float *x)
{
  int width = (int) lattice->width;
  const float *centre =
      lattice->at + ((int) (2 * row + 3) + down) * width + (int) (2 * column + 3) + right;
  float u = (float) (4 * column) / (float) lattice->width - 1;
  float v = (float) (4 * row) / (float) lattice->height - 1;
  float *light = x + self->n_taps;

  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5 && 5 * i + j < (int) self->n_taps; j++)
      {
        int place = (i - 2) * width + j - 2;

        x[5 * i + j] = self->n_taps == 25 ? centre[place] : 0.5f * (centre[place] + centre[-place]);
        x[5 * i + j] = (x[5 * i + j] - self->middle) * self->scale;
      }
  light[0] = 1;
  light[1] = u;
  light[2] = v;
  light[3] = u * u;
  light[4] = u * v;
  light[5] = v * v;
}

/* What is known of a module: its weight and whether it is dark. */
static float
weight_of (const FlMatrixSize *size,
           guint row,
           guint column,
           float soft,
           FlTeacher teacher,
           float *wanted)
{
  FlModulePattern pattern = fl_matrix_size_pattern (size, row, column);

  if (pattern != FL_MODULE_DATA)
    {
      *wanted = pattern == FL_MODULE_DARK ? 1 : -1;
      return teacher == FL_TEACHER_ALL ? 1 : 0;
    }
  /* Unsure decisions teach little. */
  *wanted = soft > 0 ? 1 : -1;
  return MIN (soft * soft, 1.f);
}

static void
mean_and_spread (FlEqualiser *self, const FlLattice *lattice)
{
  double sum = 0, squares = 0;
  guint n = lattice->width * lattice->height;

  for (guint i = 0; i < n; i++)
    {
      sum += lattice->at[i];
      squares += (double) lattice->at[i] * lattice->at[i];
    }
  self->middle = (float) (sum / n);
  self->scale = 1 / (float) sqrt (MAX (squares / n - (sum / n) * (sum / n), 1));
}

gboolean
fl_equaliser_train (FlEqualiser *self,
                    const FlLattice *lattice,
                    const FlMatrixSize *size,
                    const float *soft,
                    FlTeacher teacher)
{
  FlSolve solve;
  float x[FL_SOLVE_MAX];

  self->n_taps = (guint) size->rows * size->columns < FEW_MODULES ? 13 : 25;
  mean_and_spread (self, lattice);
  fl_solve_init (&solve, self->n_taps + N_LIGHT);
  for (guint i = 0; i < size->rows; i++)
    for (guint j = 0; j < size->columns; j++)
      {
        float wanted,
            weight = weight_of (size, i, j, soft[i * size->columns + j], teacher, &wanted);

        if (weight < 1e-3f)
          continue;
        features (self, lattice, i, j, 0, 0, x);
        fl_solve_add (&solve, x, wanted, weight);
      }
  fl_solve_add_ridge (&solve, RIDGE, self->n_taps);
  return fl_solve_finish (&solve, self->filter);
}

float
fl_equaliser_apply (const FlEqualiser *self,
                    const FlLattice *lattice,
                    guint row,
                    guint column,
                    int right,
                    int down)
{
  float x[FL_SOLVE_MAX], sum = 0;

  features (self, lattice, row, column, right, down, x);
  for (guint k = 0; k < self->n_taps + N_LIGHT; k++)
    sum += self->filter[k] * x[k];
  return sum;
}
