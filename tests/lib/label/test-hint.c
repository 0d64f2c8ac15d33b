/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-matrix-reader.h"

#include <string.h>

#include "fl-matrix-code.h"
#include "paint.h"

#define WIDTH  1280
#define HEIGHT 720

/* A label of 22 x 22 modules. */
static void
draw_label (Canvas *canvas, FlPoint centre, float module, float rotation)
{
  FlMatrixGrid grid;
  Pose pose = { centre, module, rotation, 0, 0 };
  FlPoint corners[4];

  g_assert_true (fl_matrix_encode ("P046AB12CD4F2A1 aB3xefGhIj1k2L7", 31,
                                   fl_matrix_size_find (22, 22), &grid));
  pose_corners (&pose, 22, 22, corners);
  canvas_draw (canvas, &grid, corners, 40, 210, 2.5);
}

static FlReading
read_canvas (Canvas *canvas)
{
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  FlReadOptions options = { .max = 1 };
  FlLuma luma;

  canvas_noise (canvas, 1.5, 5);
  luma = canvas_luma (canvas);
  return fl_matrix_reader_read (reader, &luma, &options);
}

static void
assert_hint (Canvas *canvas, FlHint hint)
{
  g_auto (FlReading) reading = read_canvas (canvas);

  g_assert_cmpint (reading.matrices->len, ==, 0);
  g_assert_cmpint (reading.hint, ==, hint);
}

static void
test_hint_label_that_is_read_has_none (void)
{
  g_autoptr (Canvas) canvas = canvas_new (WIDTH, HEIGHT, 110);
  g_auto (FlReading) reading = { 0 };

  draw_label (canvas, (FlPoint){ 600, 340 }, 4, 20);
  reading = read_canvas (canvas);
  g_assert_cmpint (reading.matrices->len, ==, 1);
  g_assert_cmpint (reading.hint, ==, FL_HINT_NONE);
  g_assert_false (reading.has_nearly);
}

static void
test_hint_empty_table_has_none (void)
{
  g_autoptr (Canvas) canvas = canvas_new (WIDTH, HEIGHT, 150);

  canvas_fill (canvas, 300, 200, 500, 300, 220);
  assert_hint (canvas, FL_HINT_NONE);
}

static void
test_hint_small_label_says_closer (void)
{
  static const float modules[] = { .8f, .9f, 1.f, 1.1f };

  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      g_autoptr (Canvas) canvas = canvas_new (WIDTH, HEIGHT, 110);

      draw_label (canvas, (FlPoint){ 600, 340 }, modules[i], 12);
      canvas_blur (canvas, .8f);
      assert_hint (canvas, FL_HINT_CLOSER);
    }
}

static void
test_hint_cut_label_says_further (void)
{
  static const FlPoint centres[] = { { 40, 340 }, { 640, 40 }, { 1230, 400 }, { 700, 690 } };

  for (guint i = 0; i < G_N_ELEMENTS (centres); i++)
    {
      g_autoptr (Canvas) canvas = canvas_new (WIDTH, HEIGHT, 110);

      draw_label (canvas, centres[i], 8, 8);
      assert_hint (canvas, FL_HINT_FURTHER);
    }
}

static void
test_hint_label_larger_than_the_picture_says_further (void)
{
  static const float modules[] = { 36, 45, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      g_autoptr (Canvas) canvas = canvas_new (WIDTH, HEIGHT, 110);

      draw_label (canvas, (FlPoint){ 640, 360 }, modules[i], 5);
      assert_hint (canvas, FL_HINT_FURTHER);
    }
}

static void
test_hint_dark_picture_says_so (void)
{
  g_autoptr (Canvas) canvas = canvas_new (WIDTH, HEIGHT, 110);

  draw_label (canvas, (FlPoint){ 600, 340 }, 4, 20);
  canvas_scale (canvas, .012f, 5);
  assert_hint (canvas, FL_HINT_TOO_DARK);
}

static void
test_hint_moved_label_says_hold_still (void)
{
  static const float lengths[] = { 16, 17, 18 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (Canvas) canvas = canvas_new (640, 480, 110);

      draw_label (canvas, (FlPoint){ 300, 240 }, 5, 10);
      canvas_smear (canvas, lengths[i], 35);
      assert_hint (canvas, FL_HINT_HOLD_STILL);
    }
}

static void
test_hint_glare_says_so (void)
{
  static const FlPoint spots[] = { { 570, 300 }, { 640, 380 }, { 560, 370 } };

  for (guint i = 0; i < G_N_ELEMENTS (spots); i++)
    {
      g_autoptr (Canvas) canvas = canvas_new (WIDTH, HEIGHT, 110);

      draw_label (canvas, (FlPoint){ 600, 340 }, 6, 15);
      canvas_shine (canvas, spots[i], 45, 700);
      assert_hint (canvas, FL_HINT_GLARE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hint/label-that-is-read/has-none", test_hint_label_that_is_read_has_none);
  g_test_add_func ("/hint/empty-table/has-none", test_hint_empty_table_has_none);
  g_test_add_func ("/hint/small-label/says-closer", test_hint_small_label_says_closer);
  g_test_add_func ("/hint/cut-label/says-further", test_hint_cut_label_says_further);
  g_test_add_func ("/hint/label-larger-than-the-picture/says-further",
                   test_hint_label_larger_than_the_picture_says_further);
  g_test_add_func ("/hint/dark-picture/says-so", test_hint_dark_picture_says_so);
  g_test_add_func ("/hint/moved-label/says-hold-still", test_hint_moved_label_says_hold_still);
  g_test_add_func ("/hint/glare/says-so", test_hint_glare_says_so);
  return g_test_run ();
}
