/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-matrix-solve.h"

#include <math.h>

/* Observations of three unknowns; the last of each row is what they make. */
static void
add (FlSolve *solve, float x, float y, float z, float weight)
{
  const float observation[] = { x, y, z };

  fl_solve_add (solve, observation, 2 * x - 3 * y + 0.5f * z, weight);
}

static void
test_exact (void)
{
  FlSolve solve;
  float found[3];

  fl_solve_init (&solve, 3);
  add (&solve, 1, 0, 0, 1);
  add (&solve, 1, 1, 0, 2);
  add (&solve, 0, 1, 5, 0.5f);
  add (&solve, 3, -1, 2, 1);
  g_assert_true (fl_solve_finish (&solve, found));
  g_assert_cmpfloat (fabsf (found[0] - 2), <, 1e-3f);
  g_assert_cmpfloat (fabsf (found[1] + 3), <, 1e-3f);
  g_assert_cmpfloat (fabsf (found[2] - 0.5f), <, 1e-3f);
}

static void
test_weights (void)
{
  static const float one[] = { 1 };
  FlSolve solve;
  float found;

  fl_solve_init (&solve, 1);
  fl_solve_add (&solve, one, 10, 3);
  fl_solve_add (&solve, one, 20, 1);
  g_assert_true (fl_solve_finish (&solve, &found));
  g_assert_cmpfloat (fabsf (found - 12.5f), <, 1e-3f);
}

static void
test_too_few (void)
{
  FlSolve solve;
  float found[3];

  fl_solve_init (&solve, 3);
  add (&solve, 1, 2, 3, 1);
  g_assert_false (fl_solve_finish (&solve, found));
}

static void
test_ridge (void)
{
  FlSolve solve;
  float found[3];

  fl_solve_init (&solve, 3);
  add (&solve, 1, 0, 0, 1);
  fl_solve_add_ridge (&solve, 0.01f, 3);
  g_assert_true (fl_solve_finish (&solve, found));
  g_assert_cmpfloat (found[0], >, 1.9f);
  g_assert_cmpfloat (found[0], <, 2);
  g_assert_cmpfloat (fabsf (found[1]), <, 1e-6f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/matrix-solve/exact/finds-unknowns", test_exact);
  g_test_add_func ("/matrix-solve/weights/count", test_weights);
  g_test_add_func ("/matrix-solve/too-few/are-refused", test_too_few);
  g_test_add_func ("/matrix-solve/ridge/pulls-to-zero", test_ridge);
  return g_test_run ();
}
