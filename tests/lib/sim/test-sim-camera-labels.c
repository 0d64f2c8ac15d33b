/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "fl-matrix-reader.h"
#include "fl-sim-camera.h"
#include "fl-sim-device.h"
#include "fl-sim-loader.h"

#define W FL_SIM_CAMERA_WIDTH
#define H FL_SIM_CAMERA_HEIGHT

#define TWO_DEVICES                                                                                \
  "[World]\n%s\n"                                                                                  \
  "[Device lamp]\nserial=P046AB245AB12CD\nsecret=ABCDEFGHJKLMNPQ\n"                                \
  "[Device fan]\nserial=P051AF40751F00D\nsecret=SEAGULLSEAGULL2\nmode=running\n"

#define LAMP "P046AB245AB12CD ABCDEFGHJKLMNPQ"
#define FAN  "P051AF40751F00D SEAGULLSEAGULL2"

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

/* The first text of the picture, NULL: there is none to be read. */
static char *
read_text (const guint8 *pixels, guint strategy, FlHint *hint)
{
  g_autoptr (FlMatrixReader) reader = fl_matrix_reader_new ();
  const FlLuma luma = { pixels, W, H, W };
  const FlReadOptions options = { .max = 1, .strategy = strategy };
  g_auto (FlReading) reading = fl_matrix_reader_read (reader, &luma, &options);

  if (hint != NULL)
    *hint = reading.hint;
  if (reading.matrices->len == 0)
    return NULL;
  return g_strdup (fl_secret_get_text (fl_matrix_get_text (reading.matrices->pdata[0])));
}

/* As a camera would: some frames of the time in which somebody holds it still. */
static char *
read_showing (FlSimCamera *camera, guint index)
{
  gint64 from_us, until_us;
  char *text = NULL;

  fl_sim_camera_get_showing (camera, index, &from_us, &until_us);
  until_us = MIN (until_us, from_us + G_USEC_PER_SEC);
  for (guint i = 0; from_us < until_us && text == NULL; i++, from_us += 33333)
    {
      g_autofree guint8 *pixels = draw (camera, from_us);

      text = read_text (pixels, i, NULL);
    }
  return text;
}

static void
expect_showing (FlSimCamera *camera, guint index, const char *expected)
{
  g_autofree char *text = read_showing (camera, index);

  g_assert_cmpstr (text, ==, expected);
}

/* Seen until somebody is done with it. */
static void
first_device (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("");
  gint64 from_us, until_us;

  g_assert_cmpuint (fl_sim_camera_get_n_labels (camera), ==, 1);
  fl_sim_camera_get_showing (camera, 0, &from_us, &until_us);
  g_assert_cmpint (until_us, ==, G_MAXINT64);
  expect_showing (camera, 0, LAMP);
}

static void
by_name (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("camera=fan");

  expect_showing (camera, 0, FAN);
}

static void
all_again_and_again (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("camera=all");
  gint64 from_us, until_us, next_us;

  g_assert_cmpuint (fl_sim_camera_get_n_labels (camera), ==, 2);
  fl_sim_camera_get_showing (camera, 0, &from_us, &until_us);
  fl_sim_camera_get_showing (camera, 1, &next_us, NULL);
  g_assert_cmpint (until_us, <, next_us);
  expect_showing (camera, 0, LAMP);
  expect_showing (camera, 1, FAN);
  expect_showing (camera, 2, LAMP);
}

/* What a teacher will see: every label of the scenarios can be read while it is held there. */
static void
every_label_of (gconstpointer name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSimWorld) world = fl_sim_world_load (name, 0, &error);
  g_autoptr (FlSimCamera) camera = NULL;
  guint n;

  g_assert_no_error (error);
  camera = fl_sim_camera_new (world);
  n = fl_sim_camera_get_n_labels (camera);
  g_assert_cmpuint (n, >=, 1);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = read_showing (camera, i);
      g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", 2);

      g_test_message ("label %u", i);
      g_assert_nonnull (text);
      g_assert_nonnull (fl_sim_world_find_device (world, parts[0]));
    }
}

static void
wrong_code (void)
{
  g_autoptr (FlSimCamera) always = make_camera ("faults=camera-wrong-code");
  g_autoptr (FlSimCamera) once = make_camera ("faults=camera-wrong-code x1");
  gint64 from_us, until_us;

  expect_showing (always, 0, "https://example.com/box/0815");
  fl_sim_camera_get_showing (always, 0, &from_us, &until_us);
  g_assert_cmpint (until_us, ==, G_MAXINT64);
  expect_showing (once, 0, "https://example.com/box/0815");
  expect_showing (once, 1, LAMP);
}

static void
unreadable (gconstpointer fault)
{
  g_autofree char *keys = g_strdup_printf ("faults=%s", (const char *) fault);
  g_autoptr (FlSimCamera) camera = make_camera (keys);

  expect_showing (camera, 0, NULL);
}

/* Whoever sees nothing is told why. */
static void
dark (void)
{
  g_autoptr (FlSimCamera) camera = make_camera ("faults=camera-dark");
  g_autofree guint8 *pixels = draw (camera, 4 * G_USEC_PER_SEC);
  FlHint hint;
  g_autofree char *text = read_text (pixels, 0, &hint);

  if (text == NULL)
    g_assert_cmpint (hint, ==, FL_HINT_TOO_DARK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim-camera-labels/labels/first-device-stays", first_device);
  g_test_add_func ("/sim-camera-labels/labels/by-name", by_name);
  g_test_add_func ("/sim-camera-labels/labels/all-again-and-again", all_again_and_again);
  g_test_add_data_func ("/sim-camera-labels/labels/of-default", "default", every_label_of);
  g_test_add_data_func ("/sim-camera-labels/labels/of-classroom", "classroom", every_label_of);
  g_test_add_data_func ("/sim-camera-labels/labels/of-service-desk", "service-desk",
                        every_label_of);
  g_test_add_func ("/sim-camera-labels/faults/wrong-code", wrong_code);
  g_test_add_data_func ("/sim-camera-labels/faults/blurred", "camera-blurred", unreadable);
  g_test_add_data_func ("/sim-camera-labels/faults/far", "camera-far", unreadable);
  g_test_add_func ("/sim-camera-labels/faults/dark", dark);
  return g_test_run ();
}
