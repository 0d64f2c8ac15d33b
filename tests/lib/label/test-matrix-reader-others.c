/* SPDX-License-Identifier: Apache-2.0 */
/* What is not a symbol but looks like one: other kinds of codes, and symbols that somebody, or a
 * camera, made of two. Whatever is returned must have been printed. */
#include "fl-matrix-reader.h"

#include <math.h>
#include <string.h>

#include "fl-matrix-code.h"
#include "paint.h"

#define FIRST  "P046AB12CD4F2A1 aB3xefGhIj1k2L7"
#define SECOND "P046AB98ZY1B3C5 qW8rTyUiOpAsDf4"

/* Drawn by zint 2.11.1: rows of modules as hexadecimal digits, dark is 1. */
static const char *const qr[] = {
  "FE273F8", "8243A08", "BA91AE8", "BA432E8", "BA4F2E8", "8237208", "FEAABF8", "0096800", "EF87E20",
  "BD58208", "EA241B8", "51F7C10", "37A4E58", "217CE48", "AB6EB38", "7015890", "AB05FC0", "00918D8",
  "FECDAD8", "82D68D0", "BAC4FC0", "BA531E0", "BAE2888", "82CCAD0", "FEFFF18", NULL,
};

static const char *const aztec[] = {
  "DB2900", "8C0998", "22AE62", "AC1F6E", "6E4EB8", "8D07A0", "B396CA", "DFFFC8",
  "7D0114", "7F7D22", "9D4504", "3B551A", "DD4560", "737D88", "3B01B0", "FDFF8E",
  "908C28", "C1EC14", "F0392E", "B5EE4A", "8C0460", "63C6AA", "CDE50A", NULL,
};

static const char *const pdf417[] = {
  "FF547D5F358E186A0B8747D5F3FA29", "FF547A8438B119EBEE23B7A903FA29",
  "FF5454F027D85BE84BB1C543C3FA29", "FF546BCFAC3418E68D1306BCFBFA29",
  "FF546B822CFD9E224907A7AE73FA29", "FF547D7B33E1550F0F5E27AFB3FA29",
  "FF5474EFA18C9D33CA19874EFBFA29", "FF547E973D091E6C2FB8D57EE3FA29",
  "FF547E9927CC5DF94BB8F7D3A3FA29", NULL,
};

static const char *const code128[] = {
  "D2130A7A4F4A79793935CCB99643C94B0F754F32859099D0B23D7BAB9921A3D792B9977A325CCC9D8EB",
  NULL,
};

typedef struct
{
  const char *const *rows;
  guint columns; /* modules */
  guint height;  /* of a row, modules */
} Code;

static gboolean
is_dark (const Code *code, double x, double y)
{
  int column = (int) floor (x), row = (int) floor (y / code->height);
  const char *digits;

  if (x < 0 || y < 0 || column >= (int) code->columns ||
      row >= (int) g_strv_length ((char **) code->rows))
    return FALSE;
  digits = code->rows[row];
  return column / 4 < (int) strlen (digits) &&
         (g_ascii_xdigit_value (digits[column / 4]) >> (3 - column % 4) & 1);
}

/* In the middle of the picture. */
static void
draw_code (Canvas *canvas, const Code *code, double module, double degrees)
{
  double c = cos (degrees * G_PI / 180) / module, s = sin (degrees * G_PI / 180) / module;
  double rows = g_strv_length ((char **) code->rows) * code->height;

  for (guint y = 0; y < canvas->height; y++)
    for (guint x = 0; x < canvas->width; x++)
      {
        double dx = x + 0.5 - canvas->width / 2.0, dy = y + 0.5 - canvas->height / 2.0;

        canvas->levels[y * canvas->width + x] =
            is_dark (code, c * dx + s * dy + code->columns / 2.0, c * dy - s * dx + rows / 2) ? 30
                                                                                              : 220;
      }
  canvas_blur (canvas, 0.8f);
  canvas_noise (canvas, 3, 1);
}

/* How many texts were read, all of them printed ones. */
static guint
count_texts (Canvas *canvas)
{
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  FlLuma luma = canvas_luma (canvas);
  guint n = 0;

  for (guint strategy = 0; strategy < 3; strategy++)
    {
      FlReadOptions options = { .max = 5, .strategy = strategy };
      g_auto (FlReading) reading = fl_matrix_reader_read (reader, &luma, &options);

      for (guint i = 0; i < reading.matrices->len; i++)
        {
          FlSecret *text = fl_matrix_get_text (reading.matrices->pdata[i]);

          g_assert_true (g_str_equal (fl_secret_get_text (text), FIRST) ||
                         g_str_equal (fl_secret_get_text (text), SECOND));
          n++;
        }
    }
  return n;
}

static void
test_other_code (gconstpointer data)
{
  static const double modules[] = { 2.5, 4, 7 };
  static const double degrees[] = { 0, 17, 45, 90 };

  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    for (guint j = 0; j < G_N_ELEMENTS (degrees); j++)
      {
        g_autoptr (Canvas) canvas = canvas_new (480, 360, 220);

        draw_code (canvas, data, modules[i], degrees[j]);
        g_assert_cmpuint (count_texts (canvas), ==, 0);
      }
}

static void
encode (const char *text, FlMatrixGrid *grid)
{
  g_assert_true (fl_matrix_encode (text, strlen (text), NULL, grid));
}

static void
draw_grid (Canvas *canvas, const FlMatrixGrid *grid, float x, gboolean is_mirrored)
{
  const Pose pose = { { x, 150 }, 6, 12, 0, 0 };
  FlPoint corners[4];

  pose_corners (&pose, grid->size->rows, grid->size->columns, corners);
  if (is_mirrored)
    {
      const FlPoint mirrored[4] = { corners[1], corners[0], corners[3], corners[2] };

      memcpy (corners, mirrored, sizeof corners);
    }
  canvas_draw (canvas, grid, corners, 35, 215, 2);
}

/* @part of the columns of one, the rest of another of the same size. */
static guint
count_in_glued (double part)
{
  g_autoptr (Canvas) canvas = canvas_new (400, 300, 160);
  FlMatrixGrid grid, other;

  encode (FIRST, &grid);
  encode (SECOND, &other);
  g_assert_true (grid.size == other.size);
  for (guint i = 0; i < (guint) grid.size->rows * grid.size->columns; i++)
    if (i % grid.size->columns >= part * grid.size->columns)
      grid.modules[i] = other.modules[i];
  draw_grid (canvas, &grid, 200, FALSE);
  return count_texts (canvas);
}

static void
test_glued (void)
{
  for (guint i = 1; i < 20; i++)
    (void) count_in_glued (i / 20.0);
  g_assert_cmpuint (count_in_glued (0.5), ==, 0);
  g_assert_cmpuint (count_in_glued (1), ==, 3);
}

/* One label is taken away and the next one comes while a frame is exposed. */
static void
test_blended (void)
{
  for (guint i = 0; i <= 10; i++)
    {
      g_autoptr (Canvas) canvas = canvas_new (400, 300, 160);
      g_autoptr (Canvas) other = canvas_new (400, 300, 160);
      FlMatrixGrid grid;
      float part = (float) i / 10;

      encode (FIRST, &grid);
      draw_grid (canvas, &grid, 200, FALSE);
      encode (SECOND, &grid);
      draw_grid (other, &grid, 200, FALSE);
      for (guint j = 0; j < 400 * 300; j++)
        canvas->levels[j] = part * canvas->levels[j] + (1 - part) * other->levels[j];
      if (i == 5)
        g_assert_cmpuint (count_texts (canvas), ==, 0);
      else if (i == 0 || i == 10)
        g_assert_cmpuint (count_texts (canvas), ==, 3);
      else
        (void) count_texts (canvas);
    }
}

static void
test_overlapping (void)
{
  for (guint x = 110; x <= 290; x += 12)
    {
      g_autoptr (Canvas) canvas = canvas_new (400, 300, 160);
      FlMatrixGrid grid;

      encode (FIRST, &grid);
      draw_grid (canvas, &grid, 200, FALSE);
      encode (SECOND, &grid);
      draw_grid (canvas, &grid, (float) x, FALSE);
      g_assert_cmpuint (count_texts (canvas), >=, 3); /* the upper one, by each strategy */
    }
}

static void
test_mirrored (void)
{
  g_autoptr (Canvas) canvas = canvas_new (400, 300, 160);
  FlMatrixGrid grid;

  encode (FIRST, &grid);
  draw_grid (canvas, &grid, 200, TRUE);
  g_assert_cmpuint (count_texts (canvas), ==, 0);
}

/* The error correction has nothing to mend, and yet it is no symbol. */
static void
test_wrong_pattern (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Canvas) canvas = canvas_new (400, 300, 160);
      FlMatrixGrid grid;

      encode (FIRST, &grid);
      for (guint j = 0; j < (guint) grid.size->rows * grid.size->columns; j++)
        if (fl_matrix_size_pattern (grid.size, j / grid.size->columns, j % grid.size->columns) !=
            FL_MODULE_DATA)
          grid.modules[j] = g_rand_boolean (random) ? 1 : -1;
      draw_grid (canvas, &grid, 200, FALSE);
      g_assert_cmpuint (count_texts (canvas), ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  static const Code codes[] = {
    { qr, 25, 1 },
    { aztec, 23, 1 },
    { pdf417, 120, 3 },
    { code128, 343, 50 },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/matrix-reader/qr-code/has-no-text", &codes[0], test_other_code);
  g_test_add_data_func ("/matrix-reader/aztec/has-no-text", &codes[1], test_other_code);
  g_test_add_data_func ("/matrix-reader/pdf417/has-no-text", &codes[2], test_other_code);
  g_test_add_data_func ("/matrix-reader/code-128/has-no-text", &codes[3], test_other_code);
  g_test_add_func ("/matrix-reader/two-halves/are-no-third-text", test_glued);
  g_test_add_func ("/matrix-reader/two-exposures/are-no-third-text", test_blended);
  g_test_add_func ("/matrix-reader/overlapping/upper-one-is-read", test_overlapping);
  g_test_add_func ("/matrix-reader/mirrored/has-no-text", test_mirrored);
  g_test_add_func ("/matrix-reader/wrong-pattern/has-no-text", test_wrong_pattern);
  return g_test_run ();
}
