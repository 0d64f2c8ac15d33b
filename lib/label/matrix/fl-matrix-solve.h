/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FL_SOLVE_MAX 31 /* unknowns */

/* Weighted least squares by normal equations: n unknowns, any number of observations. */
typedef struct
{
  guint n;
  float a[FL_SOLVE_MAX][FL_SOLVE_MAX]; /* lower triangle */
  float b[FL_SOLVE_MAX];
} FlSolve;

void fl_solve_init (FlSolve *self, guint n);
/* The unknowns times @x should be @wanted. */
void fl_solve_add (FlSolve *self, const float *x, float wanted, float weight);
/* Wants every unknown to be 0, too, with @ridge of the first @n_first ones' mean weight. */
void fl_solve_add_ridge (FlSolve *self, float ridge, guint n_first);
/* FALSE: there were too few observations. Destroys the equations. */
gboolean fl_solve_finish (FlSolve *self, float *unknowns);

G_END_DECLS
