/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "photo-fixture.h"

/* The luma of photo_luma(). */
typedef struct
{
  GBytes *bytes;
  const guint8 *luma;
  guint width;
  guint height;
} Picture;

static void
picture_init (Picture *self)
{
  self->bytes = photo_luma (&self->width, &self->height);
  self->luma = g_bytes_get_data (self->bytes, NULL);
}

static void
picture_clear (Picture *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static void
test_types (void)
{
  static const char *const types[] = { "png", "jpeg", "tiff", "webp", "avif" };
  g_auto (Picture) picture;
  guint n_read = 0;

  picture_init (&picture);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GBytes) file = photo_saved (picture.luma, picture.width, picture.height, types[i]);

      g_test_message ("%s: %s", types[i], file != NULL ? "read" : "no loader that writes it");
      if (file == NULL)
        continue;
      photo_assert_label (file);
      n_read++;
    }
  g_assert_cmpuint (n_read, >=, 3);
}

static void
test_pgm (void)
{
  g_auto (Picture) picture;
  g_autoptr (GBytes) file = NULL;

  picture_init (&picture);
  file = photo_pgm (picture.luma, picture.width, picture.height);
  photo_assert_label (file);
}

static void
test_gif (void)
{
  g_auto (Picture) picture;

  picture_init (&picture);
  for (guint n = 1; n <= 3; n++)
    {
      g_autoptr (GBytes) file = photo_gif (picture.luma, picture.width, picture.height, n);

      photo_assert_label (file);
    }
}

static void
test_grey_and_16_bits (void)
{
  g_auto (Picture) picture;
  g_autofree guint8 *wide = NULL;
  g_autoptr (GBytes) grey = NULL, deep = NULL;
  gsize n;

  picture_init (&picture);
  n = (gsize) picture.width * picture.height;
  wide = g_malloc0 (2 * n);
  for (gsize i = 0; i < n; i++)
    wide[2 * i] = picture.luma[i];
  grey = photo_png (picture.luma, picture.width, picture.width, picture.height, 8, 0);
  deep = photo_png (wide, 2 * (gsize) picture.width, picture.width, picture.height, 16, 0);
  photo_assert_label (grey);
  photo_assert_label (deep);
}

/* Black ink on nothing: what is not there is paper. */
static void
test_transparent (void)
{
  g_auto (Picture) picture;
  g_autofree guint8 *data = NULL;
  g_autoptr (GBytes) file = NULL;
  gsize n;

  picture_init (&picture);
  n = (gsize) picture.width * picture.height;
  data = g_malloc0 (2 * n);
  for (gsize i = 0; i < n; i++)
    data[2 * i + 1] = (guint8) (255 - picture.luma[i]);
  file = photo_png (data, 2 * (gsize) picture.width, picture.width, picture.height, 8, 4);
  photo_assert_label (file);
}

static void
assert_corners_near (const FlPoint *a, const FlPoint *b, float within)
{
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (hypotf (a[i].x - b[i].x, a[i].y - b[i].y), <, within);
}

static void
assert_upright (const Picture *picture, guint8 orientation, const FlPoint *expected)
{
  guint width = picture->width, height = picture->height;
  g_autofree guint8 *turned = photo_turned (picture->luma, &width, &height, orientation);
  g_autoptr (GBytes) plain = photo_saved (turned, width, height, "jpeg");
  g_autoptr (GBytes) file = photo_with_orientation (plain, orientation);
  g_autoptr (GPtrArray) scans = NULL;
  const FlPoint *outline;

  photo_assert_label (file);
  scans = photo_read (file, NULL);
  assert_corners_near (fl_matrix_get_corners (fl_scan_get_matrix (scans->pdata[0])), expected, 3);
  outline = fl_scan_get_outline (scans->pdata[0]);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat (fabsf (outline[i].x * (float) picture->width - expected[i].x), <, 3);
      g_assert_cmpfloat (fabsf (outline[i].y * (float) picture->height - expected[i].y), <, 3);
    }
}

/* As a phone takes it, held any way; mirrored, too. */
static void
test_orientations (void)
{
  g_auto (Picture) picture;
  const Pose pose = { .centre = { 180, 160 }, .module = 5, .rotation = 10 };
  FlPoint expected[4];

  picture_init (&picture);
  pose_corners (&pose, 22, 22, expected); /* what PHOTO_LABEL needs */
  for (guint8 orientation = 1; orientation <= 8; orientation++)
    assert_upright (&picture, orientation, expected);
}

static void
test_wrong_orientation (void)
{
  g_auto (Picture) picture;
  g_autoptr (GBytes) plain = NULL, zero = NULL, nine = NULL;

  picture_init (&picture);
  plain = photo_saved (picture.luma, picture.width, picture.height, "jpeg");
  zero = photo_with_orientation (plain, 0);
  nine = photo_with_orientation (plain, 9);
  photo_assert_label (zero);
  photo_assert_label (nine);
}

/* Twelve megapixels, with a label near or far. */
static void
test_photo_of_a_phone (void)
{
  static const float modules[] = { 3, 8, 25, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    {
      g_autoptr (Canvas) canvas = canvas_new (4000, 3000, 120);
      g_autoptr (GBytes) file = NULL;
      FlLuma luma;

      photo_paint (canvas, PHOTO_LABEL, 1800, 1500, modules[i], 20);
      luma = canvas_luma (canvas);
      file = photo_saved (luma.pixels, luma.width, luma.height, "jpeg");
      g_test_message ("module %g", modules[i]);
      photo_assert_label (file);
    }
}

/* Loaded smaller, told as it is. */
static void
test_larger_than_the_reader (void)
{
  const Pose pose = { .centre = { 8000, 700 }, .module = 9 };
  g_autoptr (Canvas) canvas = canvas_new (9000, 1400, 150);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GPtrArray) scans = NULL;
  FlPoint expected[4];
  FlLuma luma;

  photo_paint (canvas, PHOTO_LABEL, pose.centre.x, pose.centre.y, pose.module, 0);
  pose_corners (&pose, 22, 22, expected);
  luma = canvas_luma (canvas);
  file = photo_pgm (luma.pixels, luma.width, luma.height);
  photo_assert_label (file);
  scans = photo_read (file, NULL);
  assert_corners_near (fl_matrix_get_corners (fl_scan_get_matrix (scans->pdata[0])), expected, 5);
}

static void
test_several_labels (void)
{
  static const char *const texts[] = { PHOTO_LABEL, "P046AB12CD00002 abcdefghijklmno",
                                       "P046AB12CD00003 abcdefghijklmno", PHOTO_LABEL };
  g_autoptr (Canvas) canvas = canvas_new (2400, 1200, 150);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GPtrArray) scans = NULL;
  guint n_first = 0;
  FlLuma luma;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    photo_paint (canvas, texts[i], (float) (300 + 600 * i), 600, (float) (5 + 3 * i), 0);
  luma = canvas_luma (canvas);
  file = photo_saved (luma.pixels, luma.width, luma.height, "png");
  scans = photo_read (file, NULL);
  g_assert_nonnull (scans);
  g_assert_cmpuint (scans->len, ==, 4);
  for (guint i = 0; i < scans->len; i++)
    n_first +=
        g_str_equal (fl_label_text_get_number (fl_scan_get_text (scans->pdata[i])), PHOTO_NUMBER);
  g_assert_cmpuint (n_first, ==, 2);
}

/* Forty levels of light around a label of twenty-five. */
static void
test_poor_light (void)
{
  g_autoptr (Canvas) canvas = canvas_new (800, 600, 220);
  g_autoptr (GBytes) file = NULL;
  FlLuma luma;

  photo_paint (canvas, PHOTO_LABEL, 420, 300, 4, 30);
  canvas_scale (canvas, 0.14f, 90);
  canvas_shine (canvas, (FlPoint){ 200, 100 }, 400, 40);
  canvas_noise (canvas, 2, 4);
  luma = canvas_luma (canvas);
  file = photo_saved (luma.pixels, luma.width, luma.height, "png");
  photo_assert_label (file);
}

/* A pixel and a half a module. */
static void
test_small_in_the_picture (void)
{
  g_autoptr (Canvas) canvas = canvas_new (1280, 720, 200);
  g_autoptr (GBytes) file = NULL;
  FlLuma luma;

  photo_paint (canvas, PHOTO_LABEL, 700, 300, 1.5f, 20);
  luma = canvas_luma (canvas);
  file = photo_saved (luma.pixels, luma.width, luma.height, "png");
  photo_assert_label (file);
}

/* A drawing of a label: a few pixels a module, no margin. */
static void
test_drawing (void)
{
  FlMatrixGrid grid;

  g_assert_true (fl_matrix_encode (PHOTO_LABEL, strlen (PHOTO_LABEL), NULL, &grid));
  for (guint scale = 1; scale <= 6; scale++)
    {
      guint side = grid.size->rows * scale;
      g_autofree guint8 *luma = g_malloc ((gsize) side * side);
      g_autoptr (GBytes) file = NULL;

      for (guint y = 0; y < side; y++)
        for (guint x = 0; x < side; x++)
          luma[y * side + x] =
              grid.modules[y / scale * grid.size->columns + x / scale] > 0 ? 0 : 255;
      file = photo_saved (luma, side, side, "png");
      g_test_message ("scale %u", scale);
      photo_assert_label (file);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/photo/each-type/read", test_types);
  g_test_add_func ("/photo/pgm/read", test_pgm);
  g_test_add_func ("/photo/animated-gif/first-frame-read", test_gif);
  g_test_add_func ("/photo/grey-and-16-bits/read", test_grey_and_16_bits);
  g_test_add_func ("/photo/transparent/on-white", test_transparent);
  g_test_add_func ("/photo/exif-orientation/upright", test_orientations);
  g_test_add_func ("/photo/wrong-orientation/as-it-is", test_wrong_orientation);
  g_test_add_func ("/photo/twelve-megapixels/read", test_photo_of_a_phone);
  g_test_add_func ("/photo/larger-than-the-reader/its-own-pixels", test_larger_than_the_reader);
  g_test_add_func ("/photo/several-labels/each-once", test_several_labels);
  g_test_add_func ("/photo/poor-light/read", test_poor_light);
  g_test_add_func ("/photo/small-in-the-picture/read", test_small_in_the_picture);
  g_test_add_func ("/photo/drawing/read", test_drawing);
  return g_test_run ();
}
