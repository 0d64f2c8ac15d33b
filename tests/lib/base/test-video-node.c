/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <linux/videodev2.h>

#include "fl-video-node.h"

#define NODE "/dev/null"

static int
answer (void *argument, guint32 capabilities, guint32 device_caps)
{
  struct v4l2_capability *capability = argument;

  capability->capabilities = capabilities;
  capability->device_caps = device_caps;
  return 0;
}

static int
ask_webcam (int fd, unsigned long request, void *argument)
{
  g_assert_cmpint (fcntl (fd, F_GETFD), ==, FD_CLOEXEC);
  g_assert_cmpuint (request, ==, VIDIOC_QUERYCAP);
  return answer (argument,
                 V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING |
                     V4L2_CAP_DEVICE_CAPS,
                 V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING);
}

/* Its second node: what goes with the pictures. */
static int
ask_metadata (int fd, unsigned long request, void *argument)
{
  return answer (argument,
                 V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING |
                     V4L2_CAP_DEVICE_CAPS,
                 V4L2_CAP_META_CAPTURE | V4L2_CAP_STREAMING);
}

static int
ask_old_driver (int fd, unsigned long request, void *argument)
{
  return answer (argument, V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_READWRITE, 0);
}

static int
ask_planes (int fd, unsigned long request, void *argument)
{
  return answer (argument, V4L2_CAP_DEVICE_CAPS, V4L2_CAP_VIDEO_CAPTURE_MPLANE);
}

/* A node of v4l2loopback that no program feeds. */
static int
ask_unfed (int fd, unsigned long request, void *argument)
{
  return answer (argument, V4L2_CAP_VIDEO_OUTPUT | V4L2_CAP_DEVICE_CAPS, V4L2_CAP_VIDEO_OUTPUT);
}

static int
ask_no_video (int fd, unsigned long request, void *argument)
{
  errno = ENOTTY;
  return -1;
}

static void
test_camera (void)
{
  g_assert_cmpint (fl_video_node_ask (NODE, ask_webcam), ==, FL_VIDEO_NODE_CAMERA);
  g_assert_cmpint (fl_video_node_ask (NODE, ask_old_driver), ==, FL_VIDEO_NODE_CAMERA);
  g_assert_cmpint (fl_video_node_ask (NODE, ask_planes), ==, FL_VIDEO_NODE_CAMERA);
}

static void
test_other (void)
{
  g_assert_cmpint (fl_video_node_ask (NODE, ask_metadata), ==, FL_VIDEO_NODE_OTHER);
  g_assert_cmpint (fl_video_node_ask (NODE, ask_unfed), ==, FL_VIDEO_NODE_OTHER);
}

static void
test_unknown (void)
{
  g_assert_cmpint (fl_video_node_ask (NODE, ask_no_video), ==, FL_VIDEO_NODE_UNKNOWN);
  g_assert_cmpint (fl_video_node_ask (NODE, NULL), ==, FL_VIDEO_NODE_UNKNOWN);
  g_assert_cmpint (fl_video_node_ask ("/nonexistent", ask_webcam), ==, FL_VIDEO_NODE_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/video-node/camera/is-one", test_camera);
  g_test_add_func ("/video-node/other-node/is-none", test_other);
  g_test_add_func ("/video-node/no-answer/is-unknown", test_unknown);
  return g_test_run ();
}
