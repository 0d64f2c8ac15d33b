/* SPDX-License-Identifier: Apache-2.0 */
#include "camera-fixture.h"
#include "fake-camera.h"

#include <errno.h>

#include "wait.h"

#define PATIENT_MS 60000
#define QUICK_MS   300

/* Fails with @code, has let go of the device by then, and says nothing of GStreamer. */
static void
expect_failure (FakeCamera *fake, guint silence_ms, int code)
{
  const GError *problem = NULL;
  Eye eye;

  eye_init_camera (&eye, fake_camera_new (fake, silence_ms));
  fl_camera_open (eye.camera);
  WAIT_FOR (fl_camera_get_state (eye.camera) == FL_CAMERA_FAILED);
  g_assert_true (fake_camera_is_closed (fake));
  problem = fl_camera_get_problem (eye.camera);
  g_assert_error (problem, FL_ERROR, code);
  g_assert_null (strstr (problem->message, "system error"));
  fl_camera_close (eye.camera);
  g_assert_null (fl_camera_get_problem (eye.camera));
  eye_clear (&eye);
}

static void
test_garbage_is_silence (void)
{
  FakeCamera fake;

  fake_camera_init (&fake);
  fake.kind = FAKE_JPEG;
  fake.offers = "image/jpeg, width=(int)640, height=(int)480, framerate=(fraction)30/1";
  expect_failure (&fake, QUICK_MS, FL_ERROR_UNEXPECTED);
  fake_camera_clear (&fake);
}

/* Broken pictures between whole ones are left out. */
static void
test_compressed_pictures_are_unpacked (void)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  fake.kind = FAKE_REAL_JPEG;
  fake.offers = "image/jpeg, width=(int)640, height=(int)480, framerate=(fraction)30/1";
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  fl_camera_open (eye.camera);
  WAIT_FOR (eye_count_frames (&eye) > 5 && eye_count_previews (&eye) > 5);
  eye_close (&eye);
  g_assert_cmpuint (eye.width, ==, 640);
  g_assert_cmpuint (eye.first, >=, 48);
  g_assert_cmpuint (eye.first, <=, 60);
  g_assert_cmpuint (eye.preview_width, ==, 640);
  eye_clear (&eye);
  WAIT_FOR (fake_camera_is_closed (&fake));
  fake_camera_clear (&fake);
}

static void
test_pictures_that_do_not_fit_are_silence (gconstpointer kind)
{
  FakeCamera fake;

  fake_camera_init (&fake);
  fake.kind = (FakeKind) GPOINTER_TO_INT (kind);
  expect_failure (&fake, QUICK_MS, FL_ERROR_UNEXPECTED);
  fake_camera_clear (&fake);
}

static void
test_freeze_is_told (void)
{
  FakeCamera fake;

  fake_camera_init (&fake);
  fake.silent_after = 3;
  expect_failure (&fake, QUICK_MS, FL_ERROR_UNEXPECTED);
  fake_camera_clear (&fake);
}

static void
test_never_a_picture_is_told (void)
{
  FakeCamera fake;

  fake_camera_init (&fake);
  fake.fails_after = 1;
  fake.kind = FAKE_TRUNCATED;
  fake.error_domain = GST_STREAM_ERROR;
  fake.error_code = GST_STREAM_ERROR_DECODE;
  expect_failure (&fake, PATIENT_MS, FL_ERROR_UNEXPECTED);
  fake_camera_clear (&fake);
}

static void
test_format_may_change (void)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  fake.kind = FAKE_CHANGES;
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  fl_camera_open (eye.camera);
  WAIT_FOR (eye_sees (&eye, 128, 50));
  g_assert_cmpint (fl_camera_get_state (eye.camera), !=, FL_CAMERA_FAILED);
  eye_close (&eye);
  g_assert_cmpuint (eye.narrowest, ==, 64);
  eye_clear (&eye);
  WAIT_FOR (fake_camera_is_closed (&fake));
  fake_camera_clear (&fake);
}

/* What was agreed on does not hold any more: all formats are tried anew. */
static void
test_format_may_change_to_another_offer (void)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  fake.kind = FAKE_CHANGES;
  fake.offers = "video/x-raw, format=GRAY8, width=(int)64, height=(int)48; "
                "video/x-raw, format=YUY2, width=(int)128, height=(int)96";
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  fl_camera_open (eye.camera);
  WAIT_FOR (eye_sees (&eye, 128, 50));
  eye_close (&eye);
  g_assert_cmpuint (eye.narrowest, ==, 64);
  eye_clear (&eye);
  WAIT_FOR (fake_camera_is_closed (&fake));
  g_assert_cmpuint (fake_camera_count_opened (&fake), ==, 1);
  fake_camera_clear (&fake);
}

static void
test_other_format_is_tried (void)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  fake.offers = "video/x-raw, format=GRAY8, width=(int)64, height=(int)48; "
                "video/x-raw, format=GRAY8, width=(int)1920, height=(int)1080";
  fake.rejects_width = 1920;
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  fl_camera_open (eye.camera);
  WAIT_FOR (eye_sees (&eye, 64, 50));
  eye_clear (&eye);
  WAIT_FOR (fake_camera_is_closed (&fake));
  g_assert_cmpuint (fake_camera_count_opened (&fake), ==, 1);
  fake_camera_clear (&fake);
}

static void
test_unknown_formats_are_told (void)
{
  FakeCamera fake;

  fake_camera_init (&fake);
  fake.offers = "video/x-h264, width=(int)64, height=(int)48";
  expect_failure (&fake, PATIENT_MS, FL_ERROR_UNEXPECTED);
  fake_camera_clear (&fake);
}

static void
test_unplugged_is_told (void)
{
  g_autofree char *debug = g_strdup_printf ("system error: %s", g_strerror (ENODEV));
  FakeCamera fake;

  fake_camera_init (&fake);
  fake.fails_after = 3;
  fake.error_domain = GST_RESOURCE_ERROR;
  fake.error_code = GST_RESOURCE_ERROR_READ;
  fake.error_debug = debug;
  expect_failure (&fake, PATIENT_MS, FL_ERROR_NO_CAMERA);
  fake_camera_clear (&fake);
}

static void
test_busy_is_told (void)
{
  FakeCamera fake;

  fake_camera_init (&fake);
  fake.fails_open = TRUE;
  fake.error_domain = GST_RESOURCE_ERROR;
  fake.error_code = GST_RESOURCE_ERROR_BUSY;
  expect_failure (&fake, PATIENT_MS, FL_ERROR_CAMERA_BUSY);
  fake_camera_clear (&fake);
}

static void
test_refused_is_told (void)
{
  g_autofree char *debug = g_strdup_printf ("system error: %s", g_strerror (EACCES));
  FakeCamera fake;

  fake_camera_init (&fake);
  fake.fails_open = TRUE;
  fake.error_domain = GST_RESOURCE_ERROR;
  fake.error_code = GST_RESOURCE_ERROR_OPEN_READ_WRITE;
  fake.error_debug = debug;
  expect_failure (&fake, PATIENT_MS, FL_ERROR_CAMERA_REFUSED);
  fake_camera_clear (&fake);
}

static void
test_opened_again_after_failure (void)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  fake.fails_open = TRUE;
  fake.error_domain = GST_RESOURCE_ERROR;
  fake.error_code = GST_RESOURCE_ERROR_BUSY;
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  fl_camera_open (eye.camera);
  WAIT_FOR (fl_camera_get_state (eye.camera) == FL_CAMERA_FAILED);
  fake.fails_open = FALSE; /* nobody looks at it now */
  fl_camera_open (eye.camera);
  g_assert_null (fl_camera_get_problem (eye.camera));
  WAIT_FOR (fl_camera_get_state (eye.camera) == FL_CAMERA_RUNNING);
  eye_clear (&eye);
  WAIT_FOR (fake_camera_is_closed (&fake));
  fake_camera_clear (&fake);
}

static void
test_sizes_from_1_to_8192 (gconstpointer kind)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  fake.kind = (FakeKind) GPOINTER_TO_INT (kind);
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  fl_camera_open (eye.camera);
  WAIT_FOR (eye_sees (&eye, fake.kind == FAKE_PIXEL ? 1 : 8192, 50) &&
            eye_count_previews (&eye) > 0);
  fl_camera_set_zoom (eye.camera, 4);
  WAIT_FOR (eye_sees (&eye, fake.kind == FAKE_PIXEL ? 1 : 2048, 50));
  eye_close (&eye);
  g_assert_cmpuint (eye.preview_width, ==, fake.kind == FAKE_PIXEL ? 1 : 480);
  eye_clear (&eye);
  WAIT_FOR (fake_camera_is_closed (&fake));
  fake_camera_clear (&fake);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/camera-faults/garbage/is-silence", test_garbage_is_silence);
  g_test_add_func ("/camera-faults/compressed-and-garbage/is-unpacked",
                   test_compressed_pictures_are_unpacked);
  g_test_add_data_func ("/camera-faults/truncated/is-silence", GINT_TO_POINTER (FAKE_TRUNCATED),
                        test_pictures_that_do_not_fit_are_silence);
  g_test_add_data_func ("/camera-faults/wrong-stride/is-silence", GINT_TO_POINTER (FAKE_STRIDE),
                        test_pictures_that_do_not_fit_are_silence);
  g_test_add_data_func ("/camera-faults/wrong-offset/is-silence", GINT_TO_POINTER (FAKE_OFFSET),
                        test_pictures_that_do_not_fit_are_silence);
  g_test_add_data_func ("/camera-faults/above-8192/is-silence", GINT_TO_POINTER (FAKE_TOO_HUGE),
                        test_pictures_that_do_not_fit_are_silence);
  g_test_add_data_func ("/camera-faults/one-pixel/is-shown", GINT_TO_POINTER (FAKE_PIXEL),
                        test_sizes_from_1_to_8192);
  g_test_add_data_func ("/camera-faults/8192-pixels/are-shown", GINT_TO_POINTER (FAKE_HUGE),
                        test_sizes_from_1_to_8192);
  g_test_add_func ("/camera-faults/freezes/is-told", test_freeze_is_told);
  g_test_add_func ("/camera-faults/never-a-picture/is-told", test_never_a_picture_is_told);
  g_test_add_func ("/camera-faults/changes-format/goes-on", test_format_may_change);
  g_test_add_func ("/camera-faults/changes-to-another-offer/goes-on",
                   test_format_may_change_to_another_offer);
  g_test_add_func ("/camera-faults/format-does-not-work/next-is-tried", test_other_format_is_tried);
  g_test_add_func ("/camera-faults/unknown-format/is-told", test_unknown_formats_are_told);
  g_test_add_func ("/camera-faults/vanishes/is-told", test_unplugged_is_told);
  g_test_add_func ("/camera-faults/busy/is-told", test_busy_is_told);
  g_test_add_func ("/camera-faults/refused/is-told", test_refused_is_told);
  g_test_add_func ("/camera-faults/failed/is-opened-again", test_opened_again_after_failure);
  return g_test_run ();
}
