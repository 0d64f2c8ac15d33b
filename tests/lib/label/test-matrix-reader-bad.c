/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures that a camera, a file or somebody with bad intentions may give. */
#include "fl-matrix-reader.h"

#include <string.h>

#include "fl-matrix-code.h"
#include "paint.h"

#define LABEL "P046AB12CD4F2A1 aB3xefGhIj1k2L7"

static void
draw_label (Canvas *canvas, FlPoint centre, float module)
{
  Pose pose = { centre, module, 10, 0, 0 };
  FlMatrixGrid grid;
  FlPoint corners[4];

  g_assert_true (fl_matrix_encode (LABEL, strlen (LABEL), NULL, &grid));
  pose_corners (&pose, grid.size->rows, grid.size->columns, corners);
  canvas_draw (canvas, &grid, corners, 35, 215, 2);
}

static guint
count_texts (const FlLuma *luma)
{
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  FlReadOptions options = { .max = 5 };
  g_auto (FlReading) reading = fl_matrix_reader_read (reader, luma, &options);

  return reading.matrices->len;
}

static void
test_reader_invalid_luma_is_empty (void)
{
  static const guint8 pixels[64] = { 0 };
  static const FlLuma lumas[] = {
    { NULL, 8, 8, 8 },
    { pixels, 0, 8, 8 },
    { pixels, 8, 0, 8 },
    { pixels, 8, 8, 7 },
    { pixels, FL_LUMA_MAX_SIDE + 1, 1, FL_LUMA_MAX_SIDE + 1 },
    { pixels, 1, FL_LUMA_MAX_SIDE + 1, 1 },
    { pixels, G_MAXUINT, G_MAXUINT, G_MAXUINT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lumas); i++)
    g_assert_cmpint (count_texts (&lumas[i]), ==, 0);
  g_assert_cmpint (count_texts (NULL), ==, 0);
}

/* Each in memory of its own size, so that a byte too far is caught. */
static void
test_reader_tiny_pictures_are_empty (void)
{
  for (guint width = 1; width < 40; width += 3)
    for (guint height = 1; height < 40; height += 3)
      {
        g_autofree guint8 *pixels = g_malloc ((gsize) width * height);
        FlLuma luma = { pixels, width, height, width };

        for (guint i = 0; i < width * height; i++)
          pixels[i] = (guint8) (i * 97 % 251);
        g_assert_cmpint (count_texts (&luma), ==, 0);
      }
}

static void
test_reader_narrow_pictures_of_8192_pixels (void)
{
  static const guint sides[][2] = { { FL_LUMA_MAX_SIDE, 1 },
                                    { 1, FL_LUMA_MAX_SIDE },
                                    { FL_LUMA_MAX_SIDE, 60 },
                                    { 60, FL_LUMA_MAX_SIDE } };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      gsize n = (gsize) sides[i][0] * sides[i][1];
      g_autofree guint8 *pixels = g_malloc (n);
      FlLuma luma = { pixels, sides[i][0], sides[i][1], sides[i][0] };

      for (gsize j = 0; j < n; j++)
        pixels[j] = (guint8) (j * 2654435761u >> 24);
      g_assert_cmpint (count_texts (&luma), ==, 0);
    }
}

static void
test_reader_side_of_8192_is_read (void)
{
  g_autoptr (Canvas) canvas = canvas_new (FL_LUMA_MAX_SIDE, 300, 120);
  FlLuma luma;

  draw_label (canvas, (FlPoint){ 8000, 150 }, 4);
  luma = canvas_luma (canvas);
  g_assert_cmpint (count_texts (&luma), ==, 1);
}

static void
test_reader_never_looks_at_padding (void)
{
  g_autoptr (Canvas) canvas = canvas_new (403, 301, 120);
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  FlReadOptions options = { .max = 1 };
  const gsize stride = 403 + 61;
  g_autofree guint8 *padded = g_malloc (stride * 301);
  g_auto (FlReading) plain = { 0 };
  g_auto (FlReading) with_padding = { 0 };
  FlLuma luma, wide = { padded, 403, 301, stride };

  draw_label (canvas, (FlPoint){ 330, 220 }, 3);
  luma = canvas_luma (canvas);
  for (guint y = 0; y < 301; y++)
    {
      memcpy (padded + y * stride, luma.pixels + y * luma.stride, 403);
      for (guint x = 403; x < stride; x++)
        padded[y * stride + x] = (guint8) (x * y * 131 >> 3);
    }
  plain = fl_matrix_reader_read (reader, &luma, &options);
  with_padding = fl_matrix_reader_read (reader, &wide, &options);
  g_assert_cmpint (plain.matrices->len, ==, 1);
  g_assert_cmpint (with_padding.matrices->len, ==, 1);
  g_assert_cmpmem (fl_matrix_get_corners (plain.matrices->pdata[0]), 4 * sizeof (FlPoint),
                   fl_matrix_get_corners (with_padding.matrices->pdata[0]), 4 * sizeof (FlPoint));
}

static guint8
checkerboard (guint x, guint y)
{
  return (x / 6 + y / 6) % 2 ? 230 : 20;
}

static guint8
stripes (guint x, guint y)
{
  return (x + y / 3) / 5 % 2 ? 230 : 20;
}

static guint8
crossword (guint x, guint y)
{
  guint column = x / 14, row = y / 14;

  if (x % 14 == 0 || y % 14 == 0)
    return 20;
  return (column * 7 + row * 11 + column * row) % 5 == 0 ? 15 : 235;
}

static guint8
keyboard (guint x, guint y)
{
  guint key_x = (x + y / 40 % 3 * 10) % 40, key_y = y % 40;

  if (key_x < 4 || key_y < 4)
    return 90;
  return key_x > 14 && key_x < 26 && key_y > 14 && key_y < 28 && (key_x * key_y + x / 40) % 3 ? 220
                                                                                              : 30;
}

static guint8
black (guint x, guint y)
{
  return 0;
}

static guint8
white (guint x, guint y)
{
  return 255;
}

static guint8
noise (guint x, guint y)
{
  guint32 hash = (x * 73856093u) ^ (y * 19349663u);

  hash = (hash ^ hash >> 13) * 1274126177u;
  return (guint8) (hash >> 24);
}

static guint8
blocks_of_noise (guint x, guint y)
{
  return noise (x / 5, y / 5) > 127 ? 225 : 25;
}

static void
test_reader_patterns_have_no_text (gconstpointer data)
{
  guint8 (*paint) (guint x, guint y) = (guint8 (*) (guint, guint)) data;
  const guint width = 640, height = 480;
  g_autofree guint8 *pixels = g_malloc (width * height);
  FlLuma luma = { pixels, width, height, width };

  for (guint i = 0; i < width * height; i++)
    pixels[i] = paint (i % width, i / width);
  g_assert_cmpint (count_texts (&luma), ==, 0);
}

/* The rim cuts off a quarter of the symbol: more than the error correction mends. */
static void
test_reader_cut_symbol_has_no_text (void)
{
  static const FlPoint centres[] = { { 20, 150 }, { 380, 150 }, { 200, 22 }, { 200, 280 } };

  for (guint i = 0; i < G_N_ELEMENTS (centres); i++)
    {
      g_autoptr (Canvas) canvas = canvas_new (400, 300, 120);
      FlLuma luma;

      draw_label (canvas, centres[i], 4);
      luma = canvas_luma (canvas);
      g_assert_cmpint (count_texts (&luma), ==, 0);
    }
}

static void
test_reader_damaged_symbol_has_no_text (void)
{
  g_autoptr (Canvas) canvas = canvas_new (400, 300, 120);
  FlLuma luma;

  draw_label (canvas, (FlPoint){ 200, 150 }, 5);
  for (int i = 0; i < 5; i++)
    canvas_fill (canvas, 140 + 24 * i, 110, 10, 80, i % 2 ? 35 : 215);
  luma = canvas_luma (canvas);
  g_assert_cmpint (count_texts (&luma), ==, 0);
}

/* A clock that goes on by one each time it is looked at. */
static gint64
count_looks (gpointer clock)
{
  return ++*(gint64 *) clock;
}

static void
test_reader_keeps_its_budget (void)
{
  g_autoptr (Canvas) canvas = canvas_new (1280, 720, 120);
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  FlLuma luma;

  for (guint i = 0; i < 720 * 1280; i++)
    canvas->levels[i] = blocks_of_noise (i % 1280, i / 1280);
  luma = canvas_luma (canvas);
  for (gint64 limit = 0; limit < 200; limit += limit / 3 + 1)
    {
      gint64 now = 0;
      FlBudget budget = { count_looks, &now, limit };
      FlReadOptions options = { .max = 5, .budget = &budget };
      g_auto (FlReading) reading = fl_matrix_reader_read (reader, &luma, &options);

      g_assert_cmpint (reading.matrices->len, ==, 0);
      /* Every loop that is left looks once more on its way out. */
      g_assert_cmpint (now, <=, limit + 12);
      g_assert_true (reading.out_of_time == (now >= limit));
    }
}

static void
test_reader_without_wishes_does_nothing (void)
{
  g_autoptr (Canvas) canvas = canvas_new (400, 300, 120);
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  FlReadOptions options = { .max = 0 };
  g_auto (FlReading) reading = { 0 };
  FlLuma luma;

  draw_label (canvas, (FlPoint){ 200, 150 }, 4);
  luma = canvas_luma (canvas);
  reading = fl_matrix_reader_read (reader, &luma, &options);
  g_assert_cmpint (reading.matrices->len, ==, 0);
  g_assert_false (reading.out_of_time);
}

static void
add_pattern (const char *path, guint8 (*paint) (guint x, guint y))
{
  g_test_add_data_func (path, (gconstpointer) paint, test_reader_patterns_have_no_text);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matrix-reader/invalid-luma/is-empty", test_reader_invalid_luma_is_empty);
  g_test_add_func ("/matrix-reader/tiny-pictures/are-empty", test_reader_tiny_pictures_are_empty);
  g_test_add_func ("/matrix-reader/narrow-pictures/are-empty",
                   test_reader_narrow_pictures_of_8192_pixels);
  g_test_add_func ("/matrix-reader/side-of-8192/is-read", test_reader_side_of_8192_is_read);
  g_test_add_func ("/matrix-reader/padding/is-not-looked-at", test_reader_never_looks_at_padding);
  add_pattern ("/matrix-reader/black/has-no-text", black);
  add_pattern ("/matrix-reader/white/has-no-text", white);
  add_pattern ("/matrix-reader/noise/has-no-text", noise);
  add_pattern ("/matrix-reader/blocks-of-noise/have-no-text", blocks_of_noise);
  add_pattern ("/matrix-reader/stripes/have-no-text", stripes);
  add_pattern ("/matrix-reader/checkerboard/has-no-text", checkerboard);
  add_pattern ("/matrix-reader/crossword/has-no-text", crossword);
  add_pattern ("/matrix-reader/keyboard/has-no-text", keyboard);
  g_test_add_func ("/matrix-reader/cut-symbol/has-no-text", test_reader_cut_symbol_has_no_text);
  g_test_add_func ("/matrix-reader/damaged-symbol/has-no-text",
                   test_reader_damaged_symbol_has_no_text);
  g_test_add_func ("/matrix-reader/budget/is-kept", test_reader_keeps_its_budget);
  g_test_add_func ("/matrix-reader/no-wishes/does-nothing",
                   test_reader_without_wishes_does_nothing);
  return g_test_run ();
}
