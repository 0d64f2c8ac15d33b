/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-matrix-fit.h"
#include "paint.h"

#include <math.h>
#include <string.h>

/* Symbols that are drawn as a camera would see them, and are to be found from about where they
 * are. */
typedef struct
{
  const FlMatrixSize *size;
  Pose pose;
  float dark, light;
  float quiet;       /* modules */
  float blur, smear; /* pixels */
  float bend;        /* pixels in the middle */
  float shadow;      /* of the light, on one half; 0: none */
  float noise;
} Scene;

static const Scene plain = {
  .pose = { .centre = { 160.3f, 150.6f }, .module = 4 },
  .dark = 40,
  .light = 210,
  .quiet = 2,
  .noise = 2,
};

static const FlMatrixSize *
size_of (guint rows, guint columns)
{
  const FlMatrixSize *size = fl_matrix_size_find (rows, columns);

  g_assert_nonnull (size);
  return size;
}

/* As much of it as fits, so that every module is used. */
static char *
text_for (const FlMatrixSize *size)
{
  static const char text[] = "P020X37F32JL8NK 0ESNUWXQ647R0QK 0123456789 ABCDEFGH";

  return g_strndup (text, MIN ((gsize) size->n_data * 7 / 10, sizeof text - 1));
}

static void
encode (const FlMatrixSize *size, FlMatrixGrid *grid)
{
  g_autofree char *text = text_for (size);

  g_assert_true (fl_matrix_encode (text, strlen (text), size, grid));
}

/* As on a bottle: what is in the middle of the canvas comes up. */
static void
bend (Canvas *canvas, float height)
{
  g_autofree float *flat = g_memdup2 (canvas->levels, (gsize) canvas->width * canvas->height * 4);

  for (guint x = 0; x < canvas->width; x++)
    {
      float off = ((float) x - 160) / 50;
      int shift = (int) lrintf (8 * height * (1 - off * off));

      /* In eighths of a pixel, so that there are no steps. */
      for (int y = 0; y < (int) canvas->height; y++)
        {
          int from = CLAMP (8 * y + shift, 0, 8 * ((int) canvas->height - 2));
          float part = (float) (from % 8) / 8,
                upper = flat[from / 8 * (int) canvas->width + (int) x];
          float lower = flat[(from / 8 + 1) * (int) canvas->width + (int) x];

          canvas->levels[y * (int) canvas->width + (int) x] = upper + part * (lower - upper);
        }
    }
}

static void
shade (Canvas *canvas, float light)
{
  for (guint y = 0; y < canvas->height; y++)
    for (guint x = 0; x < canvas->width; x++)
      if (x + y / 2 > 230)
        canvas->levels[y * canvas->width + x] *= light;
}

static Canvas *
paint_grid (const Scene *scene, const FlMatrixGrid *grid, FlPoint *corners)
{
  Canvas *canvas = canvas_new (320, 300, 120);

  pose_corners (&scene->pose, scene->size->rows, scene->size->columns, corners);
  canvas_draw (canvas, grid, corners, scene->dark, scene->light, scene->quiet);
  if (scene->bend > 0)
    bend (canvas, scene->bend);
  if (scene->shadow > 0)
    shade (canvas, scene->shadow);
  if (scene->blur > 0)
    canvas_blur (canvas, scene->blur);
  if (scene->smear > 0)
    canvas_smear (canvas, scene->smear, 30);
  canvas_noise (canvas, scene->noise, 1);
  return canvas;
}

/* A little off, as a finder's would be. */
static FlMatrixSpot
spot_at (const FlPoint *corners)
{
  FlMatrixSpot spot = { .score = 1 };

  for (guint i = 0; i < 4; i++)
    {
      spot.centre.x += corners[i].x / 4 + 1;
      spot.centre.y += corners[i].y / 4 - 1;
    }
  for (guint i = 0; i < 2; i++)
    {
      float dx = corners[i + 1].x - corners[i].x, dy = corners[i + 1].y - corners[i].y;

      spot.side = MAX (spot.side, 0.9f * hypotf (dx, dy));
      spot.angle[i] = fmodf (atan2f (dy, dx) + 0.02f + (float) (2 * G_PI), (float) G_PI);
    }
  return spot;
}

static FlSecret *
read_near (const FlLuma *luma, const FlPoint *corners, FlMatrixFit *fit, FlMatrixRepairs *repairs)
{
  g_autoptr (FlMatrixFitter) fitter = fl_matrix_fitter_new ();
  FlMatrixSpot spot = spot_at (corners);
  FlMatrixFit fits[4];
  guint n = fl_matrix_fitter_fit (fitter, luma, &spot, NULL, fits, G_N_ELEMENTS (fits));
  FlSecret *text = NULL;

  for (guint i = 0; i < n && text == NULL; i++)
    {
      *fit = fits[i];
      text = fl_matrix_fitter_read (fitter, luma, fit, NULL, repairs);
    }
  return text;
}

static void
assert_read (const Scene *scene)
{
  g_autofree char *text = text_for (scene->size);
  g_autoptr (Canvas) canvas = NULL;
  g_autoptr (FlSecret) found = NULL;
  FlMatrixRepairs repairs;
  FlMatrixGrid grid;
  FlPoint corners[4];
  FlMatrixFit fit;
  FlLuma luma;

  encode (scene->size, &grid);
  canvas = paint_grid (scene, &grid, corners);
  luma = canvas_luma (canvas);
  found = read_near (&luma, corners, &fit, &repairs);
  g_assert_nonnull (found);
  g_assert_cmpstr (fl_secret_get_text (found), ==, text);
  g_assert_true (fit.size == scene->size);
  g_assert_cmpint (fit.light_on_dark, ==, scene->dark > scene->light);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (hypotf (fit.corners[i].x - corners[i].x, fit.corners[i].y - corners[i].y), <,
                       (scene->bend > 0 ? 1.2f : 0.75f) * scene->pose.module);
}

static void
test_every_size (void)
{
  guint n;
  const FlMatrixSize *sizes = fl_matrix_sizes (&n);

  g_assert_cmpuint (n, ==, 16);
  for (guint i = 0; i < n; i++)
    for (guint turn = 0; turn < 4; turn++)
      {
        Scene scene = plain;

        scene.size = &sizes[i];
        scene.pose.rotation = 90.f * (float) turn + 17;
        assert_read (&scene);
      }
}

static void
test_light_on_dark (void)
{
  static const guint sides[] = { 12, 22, 32 };

  for (guint i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      Scene scene = plain;

      scene.size = size_of (sides[i], sides[i]);
      scene.dark = 220;
      scene.light = 30;
      scene.pose.rotation = 200;
      assert_read (&scene);
    }
}

static void
test_tilted (void)
{
  for (guint axis = 0; axis < 180; axis += 45)
    {
      Scene scene = plain;

      scene.size = size_of (22, 22);
      scene.pose.rotation = 33;
      scene.pose.tilt = 48;
      scene.pose.axis = (float) axis;
      scene.pose.module = 5;
      assert_read (&scene);
    }
}

static void
test_small_modules (void)
{
  Scene scene = plain;

  scene.size = size_of (22, 22);
  scene.pose.module = 1.7f;
  scene.pose.rotation = 8;
  assert_read (&scene);
}

static void
test_out_of_focus (void)
{
  Scene scene = plain;

  scene.size = size_of (22, 22);
  scene.blur = 3;
  assert_read (&scene);
}

static void
test_moved (void)
{
  Scene scene = plain;

  scene.size = size_of (24, 24);
  scene.smear = 5;
  assert_read (&scene);
}

static void
test_low_contrast (void)
{
  Scene scene = plain;

  scene.size = size_of (20, 20);
  scene.dark = 110;
  scene.light = 134;
  assert_read (&scene);
}

static void
test_bent (void)
{
  Scene scene = plain;

  scene.size = size_of (22, 22);
  scene.bend = 3;
  assert_read (&scene);
}

static void
test_in_half_shadow (void)
{
  Scene scene = plain;

  scene.size = size_of (22, 22);
  scene.shadow = 0.3f;
  assert_read (&scene);
}

/* What the hint is made of. */
static void
test_measures_blur (void)
{
  static const float radii[] = { 0, 1.5f, 3 };
  float before = 0;

  for (guint i = 0; i < G_N_ELEMENTS (radii); i++)
    {
      Scene scene = plain;
      g_autoptr (Canvas) canvas = NULL;
      g_autoptr (FlSecret) text = NULL;
      FlMatrixRepairs repairs;
      FlMatrixGrid grid;
      FlPoint corners[4];
      FlMatrixFit fit;
      FlLuma luma;

      scene.size = size_of (22, 22);
      scene.blur = radii[i];
      encode (scene.size, &grid);
      canvas = paint_grid (&scene, &grid, corners);
      luma = canvas_luma (canvas);
      text = read_near (&luma, corners, &fit, &repairs);
      g_assert_nonnull (text);
      g_assert_cmpfloat (fit.blur, >, before);
      before = fit.blur;
    }
  g_assert_cmpfloat (before, >, 0.7f); /* a disc of .75 module */
  g_assert_cmpfloat (before, <, 2.5f);
}

static void
test_noise (void)
{
  Scene scene = plain;

  scene.size = size_of (20, 20);
  scene.noise = 25;
  assert_read (&scene);
}

static void
test_narrow_quiet_zone (void)
{
  Scene scene = plain;

  scene.size = size_of (22, 22);
  scene.quiet = 0.8f;
  scene.pose.rotation = 5;
  assert_read (&scene);
}

/* Everything that must not become a text. The true corners are given, so that it is not the
 * outline that saves us. */
static FlSecret *
read_at (const FlLuma *luma, const FlMatrixSize *size, const FlPoint *corners)
{
  g_autoptr (FlMatrixFitter) fitter = fl_matrix_fitter_new ();
  FlMatrixFit fit = { .size = size, .contrast = 100, .quality = 1 };
  FlMatrixRepairs repairs;

  memcpy (fit.corners, corners, sizeof fit.corners);
  return fl_matrix_fitter_read (fitter, luma, &fit, NULL, &repairs);
}

static void
assert_not_read (const FlLuma *luma, const FlMatrixSize *size, const FlPoint *corners)
{
  g_autoptr (FlSecret) near = NULL;
  g_autoptr (FlSecret) at = NULL;
  FlMatrixRepairs repairs;
  FlMatrixFit fit;

  near = read_near (luma, corners, &fit, &repairs);
  g_assert_null (near);
  at = read_at (luma, size, corners);
  g_assert_null (at);
}

static void
test_damaged_beyond_repair (void)
{
  Scene scene = plain;
  g_autoptr (Canvas) canvas = NULL;
  FlMatrixGrid grid;
  FlPoint corners[4];
  FlLuma luma;

  scene.size = size_of (22, 22);
  encode (scene.size, &grid);
  for (guint i = 1; i < 21; i++)
    for (guint j = 1; j < 21; j += 2)
      grid.modules[i * 22 + j] = (i * 7 + j * 3) % 5 < 2 ? 1 : -1;
  canvas = paint_grid (&scene, &grid, corners);
  luma = canvas_luma (canvas);
  assert_not_read (&luma, scene.size, corners);
}

/* The data are all right, what is around them is not: no printer makes that. */
static void
test_wrong_pattern (void)
{
  Scene scene = plain;
  g_autoptr (Canvas) canvas = NULL;
  FlMatrixGrid grid;
  FlPoint corners[4];
  FlLuma luma;

  scene.size = size_of (20, 20);
  encode (scene.size, &grid);
  for (guint i = 0; i < 20; i++)
    for (guint j = 0; j < 20; j++)
      if (fl_matrix_size_pattern (scene.size, i, j) != FL_MODULE_DATA)
        grid.modules[i * 20 + j] = (i * 5 + j * 7 + i * j) % 3 == 0 ? 1 : -1;
  canvas = paint_grid (&scene, &grid, corners);
  luma = canvas_luma (canvas);
  assert_not_read (&luma, scene.size, corners);
}

static void
test_half_outside (void)
{
  Scene scene = plain;
  g_autoptr (Canvas) canvas = NULL;
  FlMatrixGrid grid;
  FlPoint corners[4];
  FlLuma luma;

  scene.size = size_of (22, 22);
  scene.pose.centre = (FlPoint){ 0, 150 };
  encode (scene.size, &grid);
  canvas = paint_grid (&scene, &grid, corners);
  luma = canvas_luma (canvas);
  assert_not_read (&luma, scene.size, corners);
}

static void
test_no_contrast (void)
{
  Scene scene = plain;
  g_autoptr (Canvas) canvas = NULL;
  FlMatrixGrid grid;
  FlPoint corners[4];
  FlLuma luma;

  scene.size = size_of (22, 22);
  scene.dark = scene.light = 120;
  scene.noise = 0;
  encode (scene.size, &grid);
  canvas = paint_grid (&scene, &grid, corners);
  luma = canvas_luma (canvas);
  assert_not_read (&luma, scene.size, corners);
}

static void
test_odd_spots (void)
{
  static const FlMatrixSpot spots[] = {
    { .centre = { 0, 0 }, .side = 0, .angle = { 0, 1.57f } },
    { .centre = { -1e9f, 1e9f }, .side = 1e9f, .angle = { 0, 1.57f } },
    { .centre = { NAN, NAN }, .side = NAN, .angle = { NAN, NAN } },
    { .centre = { 10, 10 }, .side = 100, .angle = { 1, 1 } },
    { .centre = { INFINITY, 10 }, .side = INFINITY, .angle = { 1, 2 } },
  };
  static const guint8 pixels[64 * 3] = { 255, 0, 255, 0, 255 };
  static const FlLuma lumas[] = { { pixels, 1, 1, 1 }, { pixels, 64, 3, 64 }, { pixels, 0, 0, 0 } };
  g_autoptr (FlMatrixFitter) fitter = fl_matrix_fitter_new ();

  for (guint i = 0; i < G_N_ELEMENTS (spots); i++)
    for (guint j = 0; j < G_N_ELEMENTS (lumas); j++)
      {
        FlMatrixFit fits[2];

        g_assert_cmpuint (fl_matrix_fitter_fit (fitter, &lumas[j], &spots[i], NULL, fits, 2), ==,
                          0);
      }
}

/* Corners that no camera sees give nothing, and no crash. */
static void
test_odd_corners (void)
{
  static const FlPoint odd[][4] = {
    { { 10, 10 }, { 10, 10 }, { 10, 10 }, { 10, 10 } },
    { { 10, 10 }, { 90, 90 }, { 90, 10 }, { 10, 90 } },
    { { NAN, 10 }, { 90, 10 }, { 90, 90 }, { 10, 90 } },
    { { -1e30f, -1e30f }, { 1e30f, -1e30f }, { 1e30f, 1e30f }, { -1e30f, 1e30f } },
  };
  g_autoptr (Canvas) canvas = canvas_new (100, 100, 120);
  FlLuma luma = canvas_luma (canvas);

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (FlSecret) text = read_at (&luma, size_of (22, 22), odd[i]);

      g_assert_null (text);
    }
}

static gint64
count_look (gpointer clock)
{
  return ++*(gint64 *) clock;
}

/* The budget is asked inside: a budget that is over stops before anything is found. */
static void
test_out_of_time (void)
{
  gint64 looks = 0;
  FlBudget budget = { count_look, &looks, 0 };
  Scene scene = plain;
  g_autoptr (FlMatrixFitter) fitter = fl_matrix_fitter_new ();
  g_autoptr (Canvas) canvas = NULL;
  FlMatrixGrid grid;
  FlPoint corners[4];
  FlMatrixSpot spot;
  FlMatrixFit fits[4];
  FlLuma luma;

  scene.size = size_of (22, 22);
  encode (scene.size, &grid);
  canvas = paint_grid (&scene, &grid, corners);
  luma = canvas_luma (canvas);
  spot = spot_at (corners);
  g_assert_cmpuint (fl_matrix_fitter_fit (fitter, &luma, &spot, &budget, fits, 4), ==, 0);
  g_assert_cmpint (looks, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/matrix-fit/reads/every-size", test_every_size);
  g_test_add_func ("/matrix-fit/reads/light-on-dark", test_light_on_dark);
  g_test_add_func ("/matrix-fit/reads/tilted", test_tilted);
  g_test_add_func ("/matrix-fit/reads/small-modules", test_small_modules);
  g_test_add_func ("/matrix-fit/reads/out-of-focus", test_out_of_focus);
  g_test_add_func ("/matrix-fit/reads/moved", test_moved);
  g_test_add_func ("/matrix-fit/reads/low-contrast", test_low_contrast);
  g_test_add_func ("/matrix-fit/reads/bent", test_bent);
  g_test_add_func ("/matrix-fit/reads/in-half-shadow", test_in_half_shadow);
  g_test_add_func ("/matrix-fit/reads/noise", test_noise);
  g_test_add_func ("/matrix-fit/reads/narrow-quiet-zone", test_narrow_quiet_zone);
  g_test_add_func ("/matrix-fit/measures/blur", test_measures_blur);
  g_test_add_func ("/matrix-fit/refuses/damaged-beyond-repair", test_damaged_beyond_repair);
  g_test_add_func ("/matrix-fit/refuses/wrong-pattern", test_wrong_pattern);
  g_test_add_func ("/matrix-fit/refuses/half-outside", test_half_outside);
  g_test_add_func ("/matrix-fit/refuses/no-contrast", test_no_contrast);
  g_test_add_func ("/matrix-fit/refuses/odd-spots", test_odd_spots);
  g_test_add_func ("/matrix-fit/refuses/odd-corners", test_odd_corners);
  g_test_add_func ("/matrix-fit/budget/out-of-time", test_out_of_time);
  return g_test_run ();
}
