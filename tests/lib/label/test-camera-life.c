/* SPDX-License-Identifier: Apache-2.0 */
#include "camera-fixture.h"
#include "fake-camera.h"

#include "fl-camera-torch.h"

#include <errno.h>
#include <linux/videodev2.h>

#include "wait.h"

#define PATIENT_MS 60000

static void
test_closed_means_the_light_is_off (void)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  g_assert_cmpuint (fake_camera_count_opened (&fake), ==, 0);
  fl_camera_open (eye.camera);
  fl_camera_open (eye.camera);
  WAIT_FOR (fl_camera_get_state (eye.camera) == FL_CAMERA_RUNNING);
  g_assert_cmpuint (fake_camera_count_opened (&fake), ==, 1);
  g_assert_false (fake_camera_is_closed (&fake));
  eye_close (&eye);
  eye_close (&eye);
  WAIT_FOR (fake_camera_is_closed (&fake));
  eye_clear (&eye);
  fake_camera_clear (&fake);
}

/* The main context goes on while a device takes its time. */
static void
test_closed_while_it_opens (void)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  fake.hangs_open = TRUE;
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  fl_camera_open (eye.camera);
  WAIT_FOR (fake_camera_count_opened (&fake) == 1);
  eye_close (&eye);
  g_assert_cmpint (fl_camera_get_state (eye.camera), ==, FL_CAMERA_CLOSED);
  fake_camera_release (&fake);
  WAIT_FOR (fake_camera_is_closed (&fake));
  g_assert_cmpint (fl_camera_get_state (eye.camera), ==, FL_CAMERA_CLOSED);
  eye_clear (&eye);
  fake_camera_clear (&fake);
}

/* One opening at a time: the device of the last one is closed first. */
static void
test_opened_again_while_it_closes (void)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  fake.hangs_open = TRUE;
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  fl_camera_open (eye.camera);
  WAIT_FOR (fake_camera_count_opened (&fake) == 1);
  fl_camera_close (eye.camera);
  fl_camera_open (eye.camera);
  g_assert_cmpuint (fake_camera_count_opened (&fake), ==, 1);
  fake_camera_release (&fake);
  WAIT_FOR (fl_camera_get_state (eye.camera) == FL_CAMERA_RUNNING);
  g_assert_cmpuint (fake_camera_count_opened (&fake), ==, 2);
  eye_clear (&eye);
  WAIT_FOR (fake_camera_is_closed (&fake));
  fake_camera_clear (&fake);
}

static void
on_state_close (FlCamera *camera)
{
  if (fl_camera_get_state (camera) == FL_CAMERA_RUNNING)
    fl_camera_close (camera);
}

static void
test_closed_from_within_a_signal (void)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  g_signal_connect (eye.camera, "notify::state", G_CALLBACK (on_state_close), NULL);
  fl_camera_open (eye.camera);
  WAIT_FOR (fl_camera_get_state (eye.camera) == FL_CAMERA_CLOSED);
  WAIT_FOR (fake_camera_is_closed (&fake));
  eye_clear (&eye);
  fake_camera_clear (&fake);
}

static void
test_dropped_while_it_runs (void)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  fl_camera_open (eye.camera);
  WAIT_FOR (eye_count_frames (&eye) > 0);
  g_assert_finalize_object (eye.camera); /* without fl_camera_close() */
  WAIT_FOR (fake_camera_is_closed (&fake));
  g_mutex_clear (&eye.lock);
  fake_camera_clear (&fake);
}

static void
test_opened_and_closed_a_hundred_times (void)
{
  FakeCamera fake;
  Eye eye;

  fake_camera_init (&fake);
  eye_init_camera (&eye, fake_camera_new (&fake, PATIENT_MS));
  for (guint i = 0; i < 100; i++)
    {
      guint n_frames = eye_count_frames (&eye);

      fl_camera_open (eye.camera);
      if (i % 4 != 0) /* else at once again */
        WAIT_FOR (eye_count_frames (&eye) > n_frames);
      fl_camera_close (eye.camera);
    }
  WAIT_FOR (fake_camera_is_closed (&fake));
  g_assert_cmpuint (fake_camera_count_opened (&fake), <=, 100);
  g_assert_cmpuint (fake_camera_count_opened (&fake), >=, 75);
  eye_clear (&eye);
  fake_camera_clear (&fake);
}

static struct v4l2_control last_control;

static int
control_with_torch (int fd, unsigned long request, void *argument)
{
  struct v4l2_queryctrl *query = argument;

  if (request == VIDIOC_QUERYCTRL && query->id == V4L2_CID_FLASH_LED_MODE)
    {
      query->maximum = V4L2_FLASH_LED_MODE_TORCH;
      return 0;
    }
  if (request == VIDIOC_S_CTRL)
    {
      last_control = *(struct v4l2_control *) argument;
      return 0;
    }
  errno = EINVAL;
  return -1;
}

static int
control_without_torch (int fd, unsigned long request, void *argument)
{
  errno = EINVAL;
  return -1;
}

static void
test_torch_is_asked_for (void)
{
  g_assert_true (fl_camera_torch_is_there (3, control_with_torch));
  g_assert_false (fl_camera_torch_is_there (3, control_without_torch));
  g_assert_false (fl_camera_torch_is_there (-1, control_with_torch));
  g_assert_true (fl_camera_torch_set (3, TRUE, control_with_torch));
  g_assert_cmpuint (last_control.id, ==, V4L2_CID_FLASH_LED_MODE);
  g_assert_cmpint (last_control.value, ==, V4L2_FLASH_LED_MODE_TORCH);
  g_assert_true (fl_camera_torch_set (3, FALSE, control_with_torch));
  g_assert_cmpint (last_control.value, ==, V4L2_FLASH_LED_MODE_NONE);
  g_assert_false (fl_camera_torch_set (3, TRUE, control_without_torch));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/camera-life/closed/light-is-off", test_closed_means_the_light_is_off);
  g_test_add_func ("/camera-life/closed-while-opening/is-prompt", test_closed_while_it_opens);
  g_test_add_func ("/camera-life/opened-while-closing/one-at-a-time",
                   test_opened_again_while_it_closes);
  g_test_add_func ("/camera-life/closed-in-a-signal/stays-closed",
                   test_closed_from_within_a_signal);
  g_test_add_func ("/camera-life/dropped-while-running/is-closed", test_dropped_while_it_runs);
  g_test_add_func ("/camera-life/hundred-times/nothing-is-left",
                   test_opened_and_closed_a_hundred_times);
  g_test_add_func ("/camera-life/torch/is-asked-for", test_torch_is_asked_for);
  return g_test_run ();
}
