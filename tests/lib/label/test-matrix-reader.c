/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-matrix-reader.h"

#include <math.h>
#include <string.h>

#include "fl-matrix-code.h"
#include "fl-matrix-size.h"
#include "paint.h"

#define LABEL "P046AB12CD4F2A1 aB3xefGhIj1k2L7"

/* Reads as a photo is read, without a limit. */
static FlReading
read_luma (const FlLuma *luma, guint max)
{
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  FlReadOptions options = { .max = max };

  return fl_matrix_reader_read (reader, luma, &options);
}

static void
draw (Canvas *canvas,
      const char *text,
      const FlMatrixSize *size,
      const Pose *pose,
      FlPoint *corners)
{
  FlMatrixGrid grid;

  g_assert_true (fl_matrix_encode (text, strlen (text), size, &grid));
  pose_corners (pose, grid.size->rows, grid.size->columns, corners);
  canvas_draw (canvas, &grid, corners, 35, 215, 2);
}

static Canvas *
paint_label (guint width, guint height, const Pose *pose)
{
  Canvas *canvas = canvas_new (width, height, 120);
  FlPoint corners[4];

  draw (canvas, LABEL, NULL, pose, corners);
  canvas_noise (canvas, 2, 11);
  return canvas;
}

static const char *
get_text (const FlReading *reading, guint i)
{
  return fl_secret_get_text (fl_matrix_get_text (reading->matrices->pdata[i]));
}

/* A text that fills about half of @size. */
static char *
make_text (const FlMatrixSize *size)
{
  return g_strnfill (MAX (size->n_data / 2, 1), 'K');
}

static void
test_reader_every_size (void)
{
  guint n_sizes;
  const FlMatrixSize *sizes = fl_matrix_sizes (&n_sizes);

  for (guint i = 0; i < n_sizes; i++)
    {
      g_autoptr (Canvas) canvas = canvas_new (480, 360, 120);
      g_autofree char *text = make_text (&sizes[i]);
      Pose pose = { { 240, 180 }, 5, 17.f * (float) i, 10, 40 };
      g_auto (FlReading) reading = { 0 };
      FlPoint corners[4];
      FlMatrix *matrix;
      FlLuma luma;

      draw (canvas, text, &sizes[i], &pose, corners);
      luma = canvas_luma (canvas);
      reading = read_luma (&luma, 1);
      g_test_message ("%u x %u", sizes[i].rows, sizes[i].columns);
      g_assert_cmpint (reading.matrices->len, ==, 1);
      matrix = reading.matrices->pdata[0];
      g_assert_cmpstr (get_text (&reading, 0), ==, text);
      g_assert_cmpint (fl_matrix_get_rows (matrix), ==, sizes[i].rows);
      g_assert_cmpint (fl_matrix_get_columns (matrix), ==, sizes[i].columns);
      g_assert_cmpfloat_with_epsilon (fl_matrix_get_module_size (matrix), 5, .5);
      g_assert_cmpfloat (fl_matrix_get_confidence (matrix), >, .5f);
      for (guint j = 0; j < 4; j++)
        {
          g_assert_cmpfloat_with_epsilon (fl_matrix_get_corners (matrix)[j].x, corners[j].x, 3);
          g_assert_cmpfloat_with_epsilon (fl_matrix_get_corners (matrix)[j].y, corners[j].y, 3);
        }
    }
}

static void
test_reader_light_on_dark (void)
{
  g_autoptr (Canvas) canvas = canvas_new (400, 300, 40);
  Pose pose = { { 200, 150 }, 4, 200, 0, 0 };
  g_auto (FlReading) reading = { 0 };
  FlMatrixGrid grid;
  FlPoint corners[4];
  FlLuma luma;

  g_assert_true (fl_matrix_encode (LABEL, strlen (LABEL), NULL, &grid));
  pose_corners (&pose, grid.size->rows, grid.size->columns, corners);
  canvas_draw (canvas, &grid, corners, 215, 35, 2);
  luma = canvas_luma (canvas);
  reading = read_luma (&luma, 1);
  g_assert_cmpint (reading.matrices->len, ==, 1);
  g_assert_cmpstr (get_text (&reading, 0), ==, LABEL);
  g_assert_true (fl_matrix_is_light_on_dark (reading.matrices->pdata[0]));
}

static void
test_reader_largest_and_smallest (void)
{
  static const struct
  {
    guint width, height;
    float module;
  } rows[] = {
    { 200, 150, 2 }, { 640, 480, 18 }, { 1280, 960, 38 }, { 2400, 1800, 3 }, { 2400, 1800, 70 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Pose pose = {
        { (float) rows[i].width / 2, (float) rows[i].height / 2 }, rows[i].module, 3, 0, 0
      };
      g_autoptr (Canvas) canvas = paint_label (rows[i].width, rows[i].height, &pose);
      FlLuma luma = canvas_luma (canvas);
      g_auto (FlReading) reading = read_luma (&luma, 1);

      g_test_message ("%u pixels, %g a module", rows[i].width, (double) rows[i].module);
      g_assert_cmpint (reading.matrices->len, ==, 1);
      g_assert_cmpstr (get_text (&reading, 0), ==, LABEL);
    }
}

static void
test_reader_several_symbols_each_once (void)
{
  static const char *const texts[] = { "P046AB12CD4F2A1 first0000000001",
                                       "P046AB12CD4F2A2 second000000002",
                                       "P046AB12CD4F2A3 third0000000003",
                                       "P046AB12CD4F2A4 fourth000000004" };
  g_autoptr (Canvas) canvas = canvas_new (800, 600, 120);
  g_auto (FlReading) all = { 0 };
  g_auto (FlReading) two = { 0 };
  guint seen = 0;
  FlLuma luma;

  for (guint i = 0; i < 4; i++)
    {
      Pose pose = { { i % 2 ? 580 : 220, i / 2 ? 440 : 160 }, 4, 25.f * (float) i, 8, 0 };
      FlPoint corners[4];

      draw (canvas, texts[i], NULL, &pose, corners);
    }
  luma = canvas_luma (canvas);
  all = read_luma (&luma, 10);
  g_assert_cmpint (all.matrices->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    for (guint j = 0; j < 4; j++)
      if (g_str_equal (get_text (&all, j), texts[i]))
        seen |= 1u << i;
  g_assert_cmpint (seen, ==, 15);
  two = read_luma (&luma, 2);
  g_assert_cmpint (two.matrices->len, ==, 2);
}

static void
test_reader_expected_place_is_looked_at_first (void)
{
  Pose pose = { { 300, 200 }, 4, 12, 0, 0 };
  g_autoptr (Canvas) canvas = paint_label (1280, 720, &pose);
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  FlPoint corners[4];
  FlReadOptions options = { .max = 1, .expected = corners };
  FlLuma luma = canvas_luma (canvas);
  g_auto (FlReading) reading = { 0 };

  pose_corners (&pose, 22, 22, corners);
  for (guint i = 0; i < 4; i++)
    corners[i].x += 4; /* moved since */
  reading = fl_matrix_reader_read (reader, &luma, &options);
  g_assert_cmpint (reading.matrices->len, ==, 1);
  g_assert_cmpstr (get_text (&reading, 0), ==, LABEL);

  /* Wherever it was expected, it is found: far off, outside, and nonsense. */
  for (guint i = 0; i < 4; i++)
    corners[i] = (FlPoint){ i == 1 || i == 2 ? -900 : -1000, i > 1 ? 1e6f : NAN };
  fl_reading_clear (&reading);
  reading = fl_matrix_reader_read (reader, &luma, &options);
  g_assert_cmpint (reading.matrices->len, ==, 1);
}

static void
test_reader_every_strategy_reads (void)
{
  Pose pose = { { 210, 170 }, 4, 50, 15, 0 };
  g_autoptr (Canvas) canvas = paint_label (400, 300, &pose);
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  FlLuma luma = canvas_luma (canvas);

  for (guint i = 0; i < 5; i++)
    {
      FlReadOptions options = { .max = 1, .strategy = i == 4 ? G_MAXUINT : i };
      g_auto (FlReading) reading = fl_matrix_reader_read (reader, &luma, &options);

      g_assert_cmpint (reading.matrices->len, ==, 1);
      g_assert_cmpstr (get_text (&reading, 0), ==, LABEL);
    }
}

static void
assert_same (const FlReading *a, const FlReading *b)
{
  g_assert_cmpint (a->matrices->len, ==, b->matrices->len);
  g_assert_cmpint (a->hint, ==, b->hint);
  g_assert_cmpint (a->has_nearly, ==, b->has_nearly);
  g_assert_cmpmem (a->nearly, sizeof a->nearly, b->nearly, sizeof b->nearly);
  for (guint i = 0; i < a->matrices->len; i++)
    {
      g_assert_cmpstr (get_text (a, i), ==, get_text (b, i));
      g_assert_cmpmem (fl_matrix_get_corners (a->matrices->pdata[i]), 4 * sizeof (FlPoint),
                       fl_matrix_get_corners (b->matrices->pdata[i]), 4 * sizeof (FlPoint));
    }
}

static void
test_reader_same_picture_gives_the_same (void)
{
  Pose pose = { { 320, 240 }, 3, 30, 20, 10 }, other = { { 100, 300 }, 5, 60, 0, 0 };
  g_autoptr (Canvas) canvas = paint_label (640, 480, &pose);
  g_autoptr (Canvas) between = paint_label (400, 500, &other);
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  FlReadOptions options = { .max = 3 };
  FlLuma luma = canvas_luma (canvas), another = canvas_luma (between);
  g_auto (FlReading) first = fl_matrix_reader_read (reader, &luma, &options);
  g_auto (FlReading) second = fl_matrix_reader_read (reader, &another, &options);
  g_auto (FlReading) third = fl_matrix_reader_read (reader, &luma, &options);

  g_assert_cmpint (first.matrices->len, ==, 1);
  g_assert_cmpint (second.matrices->len, ==, 1);
  assert_same (&first, &third);
}

static gpointer
read_in_thread (gpointer data)
{
  FlReading *reading = g_new0 (FlReading, 1);

  for (guint i = 0; i < 3; i++)
    {
      fl_reading_clear (reading);
      *reading = read_luma (data, 2);
    }
  return reading;
}

static void
test_reader_two_threads_give_the_same_as_one (void)
{
  Pose pose = { { 320, 240 }, 3.5f, 77, 30, 10 };
  g_autoptr (Canvas) canvas = paint_label (640, 480, &pose);
  FlLuma luma = canvas_luma (canvas);
  g_auto (FlReading) alone = read_luma (&luma, 2);
  GThread *threads[2];

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new (NULL, read_in_thread, &luma);
  for (guint i = 0; i < 2; i++)
    {
      FlReading *reading = g_thread_join (threads[i]);

      assert_same (reading, &alone);
      fl_reading_clear (reading);
      g_free (reading);
    }
  g_assert_cmpint (alone.matrices->len, ==, 1);
}

static void
test_matrix_is_a_boxed_type (void)
{
  Pose pose = { { 100, 100 }, 4, 0, 0, 0 };
  g_autoptr (Canvas) canvas = paint_label (200, 200, &pose);
  FlLuma luma = canvas_luma (canvas);
  FlReading reading = read_luma (&luma, 1);
  FlMatrix *matrix;

  g_assert_cmpint (reading.matrices->len, ==, 1);
  matrix = g_boxed_copy (FL_TYPE_MATRIX, reading.matrices->pdata[0]);
  fl_reading_clear (&reading);
  g_assert_cmpstr (fl_secret_get_text (fl_matrix_get_text (matrix)), ==, LABEL);
  g_boxed_free (FL_TYPE_MATRIX, matrix);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matrix-reader/every-size/is-read", test_reader_every_size);
  g_test_add_func ("/matrix-reader/light-on-dark/is-read", test_reader_light_on_dark);
  g_test_add_func ("/matrix-reader/largest-and-smallest/are-read",
                   test_reader_largest_and_smallest);
  g_test_add_func ("/matrix-reader/several-symbols/each-once",
                   test_reader_several_symbols_each_once);
  g_test_add_func ("/matrix-reader/expected-place/is-a-help-only",
                   test_reader_expected_place_is_looked_at_first);
  g_test_add_func ("/matrix-reader/every-strategy/reads", test_reader_every_strategy_reads);
  g_test_add_func ("/matrix-reader/same-picture/gives-the-same",
                   test_reader_same_picture_gives_the_same);
  g_test_add_func ("/matrix-reader/two-threads/give-the-same-as-one",
                   test_reader_two_threads_give_the_same_as_one);
  g_test_add_func ("/matrix/boxed/shares-it", test_matrix_is_a_boxed_type);
  return g_test_run ();
}
