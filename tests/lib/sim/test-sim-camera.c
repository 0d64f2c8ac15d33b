/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "fl-error.h"
#include "fl-sim-camera.h"

#define W FL_SIM_CAMERA_WIDTH
#define H FL_SIM_CAMERA_HEIGHT

#define TWO_DEVICES                                                                                \
  "[World]\n%s\n"                                                                                  \
  "[Device lamp]\nserial=P046AB245AB12CD\nsecret=ABCDEFGHJKLMNPQ\n"                                \
  "[Device fan]\nserial=P051AF40751F00D\nsecret=SEAGULLSEAGULL2\nmode=running\n"

static FlSimWorld *
make_world (const char *keys)
{
  g_autofree char *text = g_strdup_printf (TWO_DEVICES, keys);
  g_autoptr (GError) error = NULL;
  FlSimWorld *world = fl_sim_world_parse (text, strlen (text), "test", 0, &error);

  g_assert_no_error (error);
  return world;
}

static FlSimCamera *
make_camera (const char *keys)
{
  g_autoptr (FlSimWorld) world = make_world (keys);

  return fl_sim_camera_new (world);
}

static guint8 *
draw (FlSimCamera *camera, gint64 at_us)
{
  guint8 *pixels = g_malloc (W * H);

  fl_sim_camera_draw (camera, pixels, W, H, at_us);
  return pixels;
}

static double
get_mean (const guint8 *pixels)
{
  guint64 sum = 0;

  for (guint i = 0; i < W * H; i++)
    sum += pixels[i];
  return (double) sum / (W * H);
}

/* The middle of the picture, where a label is held. */
static guint
count_paper (const guint8 *pixels)
{
  guint n = 0;

  for (guint y = H / 4; y < H * 3 / 4; y++)
    for (guint x = W / 4; x < W * 3 / 4; x++)
      n += pixels[y * W + x] > 205 ? 1 : 0;
  return n;
}

static void
desk_first (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("");
  g_autofree guint8 *begin = draw (camera, 0);
  g_autofree guint8 *later = draw (camera, G_USEC_PER_SEC);
  g_autofree guint8 *label = draw (camera, 4 * G_USEC_PER_SEC);

  g_assert_cmpuint (count_paper (begin), ==, 0);
  g_assert_cmpuint (count_paper (later), ==, 0);
  g_assert_cmpuint (count_paper (label), >, 10000);
  g_assert_cmpint (memcmp (begin, later, W * H), !=, 0); /* no two frames have the same noise */
}

static void
repeats_by_seed (void)
{
  g_autoptr (FlSimCamera) one = make_camera ("seed=5");
  g_autoptr (FlSimCamera) same = make_camera ("seed=5");
  g_autoptr (FlSimCamera) other = make_camera ("seed=6");
  g_autofree guint8 *first = draw (one, 3 * G_USEC_PER_SEC);
  g_autofree guint8 *before = draw (same, 9 * G_USEC_PER_SEC);
  g_autofree guint8 *second = draw (same, 3 * G_USEC_PER_SEC);
  g_autofree guint8 *third = draw (other, 3 * G_USEC_PER_SEC);

  g_assert_cmpmem (first, W * H, second, W * H);
  g_assert_cmpint (memcmp (first, before, W * H), !=, 0);
  g_assert_cmpint (memcmp (first, third, W * H), !=, 0);
}

static void
none (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("faults=camera-none");

  g_assert_cmpint (fl_sim_camera_get_problem (camera, -1), ==, FL_ERROR_NO_CAMERA);
}

static void
nothing_wrong (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("");

  g_assert_cmpint (fl_sim_camera_get_problem (camera, -1), ==, 0);
  g_assert_cmpint (fl_sim_camera_get_problem (camera, 0), ==, 0);
  g_assert_cmpint (fl_sim_camera_get_problem (camera, 3600 * (gint64) G_USEC_PER_SEC), ==, 0);
}

static void
refused_once (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("faults=camera-refused x1");

  g_assert_cmpint (fl_sim_camera_get_problem (camera, -1), ==, 0);
  g_assert_cmpint (fl_sim_camera_get_problem (camera, 0), ==, FL_ERROR_CAMERA_REFUSED);
  g_assert_cmpint (fl_sim_camera_get_problem (camera, 0), ==, 0);
}

static void
busy (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("faults=camera-busy");

  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (fl_sim_camera_get_problem (camera, 0), ==, FL_ERROR_CAMERA_BUSY);
}

static void
vanishes (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("faults=camera-vanishes=2s");

  g_assert_cmpint (fl_sim_camera_get_problem (camera, 0), ==, 0);
  g_assert_cmpint (fl_sim_camera_get_problem (camera, 1999999), ==, 0);
  g_assert_cmpint (fl_sim_camera_get_problem (camera, 2000000), ==, FL_ERROR_NO_CAMERA);
  g_assert_cmpint (fl_sim_camera_get_problem (camera, 0), ==, 0); /* plugged in again */
}

static void
any_size (void)
{
  static const guint sizes[][2] = { { 1, 1 },   { 1, 400 },   { 400, 1 },
                                    { 17, 31 }, { 160, 120 }, { 1920, 1080 } };
  g_autoptr (FlSimCamera) camera = make_camera ("camera=all");

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (gint64 at_us = -1; at_us < 8 * G_USEC_PER_SEC; at_us += 700001)
      {
        g_autofree guint8 *pixels = g_malloc ((gsize) sizes[i][0] * sizes[i][1]);

        fl_sim_camera_draw (camera, pixels, sizes[i][0], sizes[i][1], at_us);
      }
}

static void
unknown_device (void)
{
  static const char text[] = "[World]\ncamera=nobody\n[Device lamp]\n";
  g_autoptr (GError) error = NULL;

  g_assert_null (fl_sim_world_parse (text, strlen (text), "test", 0, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, "nobody"));
}

static void
dark (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("faults=camera-dark");
  g_autofree guint8 *pixels = draw (camera, 4 * G_USEC_PER_SEC);

  g_assert_cmpfloat (get_mean (pixels), <, 20);
}

static void
stays (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("");
  g_autofree guint8 *late = draw (camera, 3600 * (gint64) G_USEC_PER_SEC);

  g_assert_cmpuint (count_paper (late), >, 10000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim-camera/desk/empty-first", desk_first);
  g_test_add_func ("/sim-camera/picture/repeats-by-seed", repeats_by_seed);
  g_test_add_func ("/sim-camera/picture/any-size", any_size);
  g_test_add_func ("/sim-camera/labels/unknown-device", unknown_device);
  g_test_add_func ("/sim-camera/labels/one-stays", stays);
  g_test_add_func ("/sim-camera/faults/dark", dark);
  g_test_add_func ("/sim-camera/faults/none", none);
  g_test_add_func ("/sim-camera/faults/nothing-wrong", nothing_wrong);
  g_test_add_func ("/sim-camera/faults/refused-once", refused_once);
  g_test_add_func ("/sim-camera/faults/busy", busy);
  g_test_add_func ("/sim-camera/faults/vanishes", vanishes);
  return g_test_run ();
}
