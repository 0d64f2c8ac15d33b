/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "photo-fixture.h"

static void
assert_refused (GBytes *bytes, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (photo_read (bytes, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_no_picture (void)
{
  static const char *const texts[] = {
    "",
    "P",
    "P5",
    PHOTO_LABEL,
    "<html><body>P5</body></html>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
    "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    "/* XPM */\nstatic char *x[] = {\"60000 60000 1 1\", \"  c None\"};",
    "%PDF-1.7",
    "RIFF....WAVE",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));

      assert_refused (bytes, "not a picture");
    }
}

/* Only the first bytes are right. */
static void
test_broken (void)
{
  static const struct
  {
    const char *bytes;
    gsize size_bytes;
  } files[] = {
    { "\x89PNG\r\n\x1a\n", 8 },
    { "\x89PNG\r\n\x1a\n garbage garbage garbage", 32 },
    { "\xff\xd8\xff\xe0", 4 },
    { "\xff\xd8\xff\xda\xff\xd9 garbage", 14 },
    { "GIF89a\x10\x00\x10\x00\xff", 11 },
    { "P5 -1 -1 255\n0123456789", 23 },
    { "P5 99999999999999999999 1 255\n0", 31 },
    { "II*\0\x08\0\0\0\xff\xff\0\0\0\0\0\0\0\0\0\0\0\0", 22 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (files[i].bytes, files[i].size_bytes);

      g_test_message ("file %u", i);
      assert_refused (bytes, "broken");
    }
}

/* What they claim would be gigabytes: refused by the header alone. */
static void
test_huge_claims (void)
{
  static const char pgm[] = "P5 60000 60000 255\n0";
  static const guint8 gif[] = { 'G',  'I',  'F', '8', '9', 'a',  0xff, 0xff, 0xff, 0xff,
                                0,    0,    0,   ',', 0,   0,    0,    0,    0xff, 0xff,
                                0xff, 0xff, 0,   7,   2,   0x80, 0x01, 0,    ';' };
  static const guint8 bmp[] = { 'B', 'M', 62, 0,    0,    0, 0, 0,    0,    0, 54, 0, 0, 0,  40,
                                0,   0,   0,  0x60, 0xea, 0, 0, 0x60, 0xea, 0, 0,  1, 0, 24, 0,
                                0,   0,   0,  0,    0,    0, 0, 0,    0,    0, 0,  0, 0, 0,  0,
                                0,   0,   0,  0,    0,    0, 0, 0,    0,    0, 0,  0, 0, 0,  0 };
  g_autoptr (GBytes) png = photo_png (NULL, 0, 60000, 60000, 8, 2);
  g_autoptr (GBytes) png_grey = photo_png (NULL, 0, 8000, 8001, 1, 0);
  g_autoptr (GBytes) pgm_file = g_bytes_new_static (pgm, sizeof pgm - 1);
  g_autoptr (GBytes) gif_file = g_bytes_new_static (gif, sizeof gif);
  g_autoptr (GBytes) bmp_file = g_bytes_new_static (bmp, sizeof bmp);

  assert_refused (png, "too large");
  assert_refused (png_grey, "too large");
  assert_refused (pgm_file, "too large");
  assert_refused (gif_file, "too large");
  assert_refused (bmp_file, "kind");
}

/* Few pixels, and yet a side that times another overflows. */
static void
test_long (void)
{
  static const char pgm[] = "P5 5 6000006 255\n0";
  g_autoptr (GBytes) file = g_bytes_new_static (pgm, sizeof pgm - 1);
  g_autoptr (GPtrArray) scans = NULL;
  g_autoptr (GError) error = NULL;

  scans = photo_read (file, &error);
  g_assert_null (scans);
  g_assert_nonnull (error);
}

/* 16383 x 16383, the most that WebP can say; only where there is a loader. */
static void
test_huge_webp (void)
{
  static const guint8 webp[] = { 'R',  'I', 'F', 'F', 26, 0, 0, 0, 'W',  'E',  'B',  'P',
                                 'V',  'P', '8', 'L', 13, 0, 0, 0, 0x2f, 0xfe, 0xbf, 0xff,
                                 0x0f, 0,   0,   0,   0,  0, 0, 0, 0,    0 };
  g_autoptr (GBytes) file = g_bytes_new_static (webp, sizeof webp);
  g_autoptr (GError) error = NULL;

  g_assert_null (photo_read (file, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
}

/* A picture larger than the reader's sides, but not too large. */
static void
test_wide (void)
{
  g_autofree guint8 *luma = g_malloc (20000 * 60);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;

  memset (luma, 200, 20000 * 60);
  file = photo_pgm (luma, 20000, 60);
  g_assert_null (photo_read (file, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LABEL_UNREADABLE);
}

/* A picture without its pixels is no picture of what was in memory before. */
static void
test_only_a_header (void)
{
  guint width, height;
  g_autoptr (GBytes) luma = photo_luma (&width, &height);
  g_autoptr (GBytes) whole = photo_pgm (g_bytes_get_data (luma, NULL), width, height);
  g_autoptr (GBytes) header = g_bytes_new_from_bytes (whole, 0, 40);

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GError) error = NULL;

      photo_assert_label (whole);
      g_assert_null (photo_read (header, &error));
      g_assert_nonnull (error);
    }
}

/* Cut anywhere: never a crash, and what is said is one of the two. */
static void
test_truncated (void)
{
  static const char *const types[] = { "png", "jpeg", "tiff", "webp" };
  guint width, height;
  g_autoptr (GBytes) luma = photo_luma (&width, &height);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GBytes) file =
          photo_saved (g_bytes_get_data (luma, NULL), width, height, types[i]);
      gsize size_bytes = file != NULL ? g_bytes_get_size (file) : 0;

      for (guint part = 1; part < 8 && file != NULL; part++)
        {
          g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, size_bytes * part / 32);
          g_autoptr (GError) error = NULL;

          g_assert_null (photo_read (cut, &error));
          g_assert_true (g_error_matches (error, FL_ERROR, FL_ERROR_INVALID_INPUT) ||
                         g_error_matches (error, FL_ERROR, FL_ERROR_LABEL_UNREADABLE));
        }
    }
}

/* Single bytes changed all over the file. */
static void
test_flipped (void)
{
  static const char *const types[] = { "png", "jpeg", "tiff" };
  guint width, height;
  g_autoptr (GBytes) luma = photo_luma (&width, &height);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < 40; i++)
    {
      g_autoptr (GBytes) file = photo_saved (g_bytes_get_data (luma, NULL), width, height,
                                             types[i % G_N_ELEMENTS (types)]);
      gsize size_bytes = g_bytes_get_size (file);
      g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (file, NULL), size_bytes);
      g_autoptr (GBytes) bad = NULL;
      g_autoptr (GPtrArray) scans = NULL;

      for (guint j = 0; j < 4; j++)
        data[g_rand_int_range (random, 0, (gint32) (i < 20 ? MIN (size_bytes, 200) : size_bytes))] =
            (guint8) g_rand_int (random);
      bad = g_bytes_new (data, size_bytes);
      scans = photo_read (bad, NULL);
      for (guint j = 0; scans != NULL && j < scans->len; j++)
        g_assert_cmpstr (fl_label_text_get_number (fl_scan_get_text (scans->pdata[j])), ==,
                         PHOTO_NUMBER);
    }
}

/* Each scan passes over the whole picture. */
static void
test_many_scans (void)
{
  guint width, height;
  g_autoptr (GBytes) luma = photo_luma (&width, &height);
  g_autoptr (GBytes) file = photo_saved (g_bytes_get_data (luma, NULL), width, height, "jpeg");
  GByteArray *more = g_byte_array_new ();
  g_autoptr (GBytes) bad = NULL;

  g_byte_array_append (more, g_bytes_get_data (file, NULL), (guint) g_bytes_get_size (file) - 2);
  for (guint i = 0; i < 1000; i++)
    {
      static const guint8 scan[] = { 0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0 };

      g_byte_array_append (more, scan, sizeof scan);
    }
  bad = g_byte_array_free_to_bytes (more);
  assert_refused (bad, "broken");
}

static void
test_nothing_in_it (void)
{
  g_autoptr (Canvas) canvas = canvas_new (640, 480, 128);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  FlLuma luma;

  canvas_noise (canvas, 20, 1);
  luma = canvas_luma (canvas);
  file = photo_saved (luma.pixels, luma.width, luma.height, "png");
  g_assert_null (photo_read (file, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LABEL_UNREADABLE);
}

/* 1 x 1, and one line of pixels. */
static void
test_tiny (void)
{
  static const guint sizes[][2] = { { 1, 1 }, { 1, 200 }, { 200, 1 }, { 2, 2 }, { 9, 9 } };
  const guint8 luma[200] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) file = photo_saved (luma, sizes[i][0], sizes[i][1], "png");
      g_autoptr (GError) error = NULL;

      g_assert_null (photo_read (file, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_LABEL_UNREADABLE);
    }
}

static void
assert_path_refused (const char *path, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (photo_read_path (path, NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("first-light-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "large.png", NULL);

  g_assert_true (g_file_set_contents (path, "\x89PNG\r\n\x1a\n", 8, NULL));
  g_assert_no_errno (truncate (path, FL_PHOTO_MAX_BYTES + 1));
  assert_path_refused (path, "too large");
  assert_path_refused (folder, "folder");
  assert_path_refused ("/nonexistent/label.png", "no such file");
  assert_path_refused ("/dev/zero", "too large"); /* without an end */
  assert_path_refused ("/dev/null", "not a picture");
  g_remove (path);
  g_rmdir (folder);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (photo_read_path ("/dev/zero", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
cancel (GObject *source, GAsyncResult *result, gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
}

static void
do_nothing (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, TRUE);
}

/* Opening it would wait for ever; so would reading what nobody writes. */
static void
test_pipe_without_a_writer (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GTask) later = g_task_new (NULL, NULL, cancel, cancellable);
  g_autofree char *folder = g_dir_make_tmp ("first-light-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "pipe", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_no_errno (mkfifo (path, 0600));
  g_task_run_in_thread (later, do_nothing);
  g_assert_null (photo_read_path (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_remove (path);
  g_rmdir (folder);
}

/* As a shell's <(…): it comes in parts, and has no size. */
static void
test_pipe (void)
{
  guint width, height;
  g_autoptr (GBytes) luma = photo_luma (&width, &height);
  g_autoptr (GBytes) file = photo_saved (g_bytes_get_data (luma, NULL), width, height, "png");
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = NULL;
  int ends[2];

  g_assert_true (g_unix_open_pipe (ends, FD_CLOEXEC, NULL));
  g_assert_cmpint (write (ends[1], g_bytes_get_data (file, NULL), g_bytes_get_size (file)), ==,
                   (gssize) g_bytes_get_size (file));
  close (ends[1]);
  path = g_strdup_printf ("/dev/fd/%d", ends[0]);
  scans = photo_read_path (path, NULL, &error);
  close (ends[0]);
  g_assert_no_error (error);
  g_assert_cmpuint (scans->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photo-bad/no-picture/refused", test_no_picture);
  g_test_add_func ("/photo-bad/broken/refused", test_broken);
  g_test_add_func ("/photo-bad/huge-claims/refused", test_huge_claims);
  g_test_add_func ("/photo-bad/huge-webp/refused", test_huge_webp);
  g_test_add_func ("/photo-bad/long/no-overflow", test_long);
  g_test_add_func ("/photo-bad/wide/read-smaller", test_wide);
  g_test_add_func ("/photo-bad/only-a-header/nothing", test_only_a_header);
  g_test_add_func ("/photo-bad/truncated/no-fault", test_truncated);
  g_test_add_func ("/photo-bad/flipped-bytes/no-fault", test_flipped);
  g_test_add_func ("/photo-bad/many-scans/refused", test_many_scans);
  g_test_add_func ("/photo-bad/nothing-in-it/unreadable", test_nothing_in_it);
  g_test_add_func ("/photo-bad/tiny/unreadable", test_tiny);
  g_test_add_func ("/photo-bad/files/refused", test_files);
  g_test_add_func ("/photo-bad/cancelled/ends", test_cancelled);
  g_test_add_func ("/photo-bad/pipe-without-a-writer/can-be-cancelled", test_pipe_without_a_writer);
  g_test_add_func ("/photo-bad/pipe/is-read", test_pipe);
  return g_test_run ();
}
