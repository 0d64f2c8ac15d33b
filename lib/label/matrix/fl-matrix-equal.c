/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-matrix-fit-private.h"

#include <math.h>
#include <string.h>

#define N_TAPS     25           /* 5 x 5 places, half a module apart */
#define N_UNKNOWNS (N_TAPS + 6) /* and a surface of second order for the light */
#define RIDGE      0.02f        /* of the mean energy of a tap: keeps noise from being sharpened */

typedef struct
{
  float a[N_UNKNOWNS][N_UNKNOWNS]; /* normal equations, lower triangle */
  float b[N_UNKNOWNS];
} Normal;

static void
features (const FlLattice *lattice, guint row, guint column, float middle, float scale, float *x)
{
  const float *centre = lattice->at + (2 * row + 3) * lattice->width + 2 * column + 3;
  float u = (float) (4 * column) / (float) lattice->width - 1;
  float v = (float) (4 * row) / (float) lattice->height - 1;

  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5; j++)
      x[5 * i + j] = (centre[(i - 2) * (int) lattice->width + j - 2] - middle) * scale;
  x[25] = 1;
  x[26] = u;
  x[27] = v;
  x[28] = u * u;
  x[29] = u * v;
  x[30] = v * v;
}

static void
add_known (Normal *normal, const float *x, float wanted, float weight)
{
  for (guint i = 0; i < N_UNKNOWNS; i++)
    {
      float wx = weight * x[i];

      for (guint j = 0; j <= i; j++)
        normal->a[i][j] += wx * x[j];
      normal->b[i] += wx * wanted;
    }
}

/* Cholesky's decomposition in place, then the two triangles. FALSE: not positive. */
static gboolean
solve (Normal *n, float *x)
{
  for (guint i = 0; i < N_UNKNOWNS; i++)
    for (guint j = 0; j <= i; j++)
      {
        float sum = n->a[i][j];

        for (guint k = 0; k < j; k++)
          sum -= n->a[i][k] * n->a[j][k];
        if (i != j)
          n->a[i][j] = sum / n->a[j][j];
        else if (sum > 0)
          n->a[i][i] = sqrtf (sum);
        else
          return FALSE;
      }
  for (guint i = 0; i < N_UNKNOWNS; i++)
    {
      float sum = n->b[i];

      for (guint k = 0; k < i; k++)
        sum -= n->a[i][k] * x[k];
      x[i] = sum / n->a[i][i];
    }
  for (guint i = N_UNKNOWNS; i-- > 0;)
    {
      float sum = x[i];

      for (guint k = i + 1; k < N_UNKNOWNS; k++)
        sum -= n->a[k][i] * x[k];
      x[i] = sum / n->a[i][i];
    }
  return TRUE;
}

static float
wanted_of (const FlMatrixSize *size, guint row, guint column, float soft, float *weight)
{
  FlModulePattern pattern = fl_matrix_size_pattern (size, row, column);

  if (pattern != FL_MODULE_DATA)
    {
      *weight = 1;
      return pattern == FL_MODULE_DARK ? 1 : -1;
    }
  /* Unsure decisions teach little. */
  *weight = MIN (soft * soft, 1.f);
  return soft > 0 ? 1 : -1;
}

static void
mean_and_spread (const FlLattice *lattice, float *middle, float *scale)
{
  double sum = 0, squares = 0;
  guint n = lattice->width * lattice->height;

  for (guint i = 0; i < n; i++)
    {
      sum += lattice->at[i];
      squares += (double) lattice->at[i] * lattice->at[i];
    }
  *middle = (float) (sum / n);
  *scale = 1 / (float) sqrt (MAX (squares / n - (sum / n) * (sum / n), 1));
}

/* Least squares: which weighted sum of the places around a module says best what the known modules
 * and the sure decisions say? It undoes lack of focus and motion, whatever their shape. */
void
fl_matrix_equalise (const FlLattice *lattice, const FlMatrixSize *size, float *soft)
{
  Normal normal;
  float x[N_UNKNOWNS], filter[N_UNKNOWNS], middle, scale, ridge = 0;

  memset (&normal, 0, sizeof normal);
  mean_and_spread (lattice, &middle, &scale);
  for (guint i = 0; i < size->rows; i++)
    for (guint j = 0; j < size->columns; j++)
      {
        float weight, wanted = wanted_of (size, i, j, soft[i * size->columns + j], &weight);

        features (lattice, i, j, middle, scale, x);
        add_known (&normal, x, wanted, weight);
      }
  for (guint i = 0; i < N_TAPS; i++)
    ridge += normal.a[i][i] / N_TAPS * RIDGE;
  for (guint i = 0; i < N_UNKNOWNS; i++)
    normal.a[i][i] += ridge;
  if (!solve (&normal, filter))
    return;

  for (guint i = 0; i < size->rows; i++)
    for (guint j = 0; j < size->columns; j++)
      {
        float sum = 0;

        features (lattice, i, j, middle, scale, x);
        for (guint k = 0; k < N_UNKNOWNS; k++)
          sum += filter[k] * x[k];
        soft[i * size->columns + j] = CLAMP (sum, -1.f, 1.f);
      }
}
