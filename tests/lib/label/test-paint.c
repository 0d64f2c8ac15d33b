/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of tests measure with paint.h, so it is tested itself. */
#include "paint.h"

#include <math.h>

static FlMatrixGrid
make_pattern (guint rows, guint columns)
{
  FlMatrixGrid grid = { .size = fl_matrix_size_find (rows, columns) };

  for (guint i = 0; i < rows * columns; i++)
    grid.modules[i] =
        fl_matrix_size_pattern (grid.size, i / columns, i % columns) == FL_MODULE_DARK ? 1 : -1;
  return grid;
}

static void
test_paint_upright_is_exact (void)
{
  g_autoptr (Canvas) canvas = canvas_new (120, 100, 128);
  FlMatrixGrid grid = make_pattern (10, 10);
  Pose pose = { { 60, 50 }, 4, 0, 0, 0 };
  FlPoint corners[4];
  FlLuma luma;

  pose_corners (&pose, 10, 10, corners);
  g_assert_cmpfloat (corners[0].x, ==, 40);
  g_assert_cmpfloat (corners[2].y, ==, 70);
  canvas_draw (canvas, &grid, corners, 20, 220, 2);
  luma = canvas_luma (canvas);
  for (guint i = 0; i < 100; i++)
    {
      guint x = 40 + 4 * (i % 10), y = 30 + 4 * (i / 10);

      for (guint j = 0; j < 16; j++)
        g_assert_cmpint (luma.pixels[(y + j / 4) * luma.stride + x + j % 4], ==,
                         grid.modules[i] > 0 ? 20 : 220);
    }
  g_assert_cmpint (luma.pixels[50 * luma.stride + 32], ==, 220);
  g_assert_cmpint (luma.pixels[50 * luma.stride + 31], ==, 128);
}

static void
test_paint_tilted_keeps_its_corners (void)
{
  g_autoptr (Canvas) canvas = canvas_new (200, 200, 128);
  FlMatrixGrid grid = make_pattern (8, 32);
  Pose pose = { { 100, 100 }, 4, 30, 50, 70 };
  FlPoint corners[4];
  FlLuma luma;

  pose_corners (&pose, 8, 32, corners);
  canvas_draw (canvas, &grid, corners, 20, 220, 1);
  luma = canvas_luma (canvas);
  for (guint i = 0; i < 4; i++)
    {
      /* Half a module inwards from the corner towards the middle: dark but at the top right. */
      float x = corners[i].x, y = corners[i].y, away = hypotf (100 - x, 100 - y);
      guint8 level;

      g_assert_cmpfloat (away, <, 66);
      x += (100 - x) / away * 2.2f;
      y += (100 - y) / away * 2.2f;
      level = luma.pixels[(guint) y * luma.stride + (guint) x];
      if (i == 1)
        g_assert_cmpint (level, >, 120);
      else
        g_assert_cmpint (level, <, 120);
    }
}

static void
test_paint_blur_keeps_the_sum (void)
{
  g_autoptr (Canvas) canvas = canvas_new (60, 60, 0);
  double sum = 0;

  canvas_fill (canvas, 28, 28, 4, 4, 160);
  canvas_blur (canvas, 2.5);
  canvas_smear (canvas, 6, 30);
  for (guint i = 0; i < 60 * 60; i++)
    sum += (double) canvas->levels[i];
  g_assert_cmpfloat_with_epsilon (sum, 16 * 160, 1);
  g_assert_cmpfloat (canvas->levels[30 * 60 + 30], <, 120);
}

static void
test_paint_noise_is_that_of_its_seed (void)
{
  g_autoptr (Canvas) one = canvas_new (50, 50, 100), two = canvas_new (50, 50, 100);
  double squares = 0;

  canvas_noise (one, 8, 7);
  canvas_noise (two, 8, 7);
  for (guint i = 0; i < 50 * 50; i++)
    {
      g_assert_cmpfloat (one->levels[i], ==, two->levels[i]);
      squares += pow ((double) one->levels[i] - 100, 2);
    }
  g_assert_cmpfloat_with_epsilon (sqrt (squares / 2500), 8, .5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paint/upright/is-exact", test_paint_upright_is_exact);
  g_test_add_func ("/paint/tilted/keeps-its-corners", test_paint_tilted_keeps_its_corners);
  g_test_add_func ("/paint/blur/keeps-the-sum", test_paint_blur_keeps_the_sum);
  g_test_add_func ("/paint/noise/is-that-of-its-seed", test_paint_noise_is_that_of_its_seed);
  return g_test_run ();
}
