/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-video-node"
#include "config.h"

#include "fl-video-node.h"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int
ask_kernel (int fd, unsigned long request, void *argument)
{
  return ioctl (fd, request, argument);
}

FlVideoNode
fl_video_node_ask (const char *path, FlVideoNodeFunc ask)
{
  struct v4l2_capability answer = { 0 };
  const int fd = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  guint32 capabilities = 0;
  int result = -1;

  if (fd < 0)
    return FL_VIDEO_NODE_UNKNOWN;
  result = (ask != NULL ? ask : ask_kernel) (fd, VIDIOC_QUERYCAP, &answer);
  close (fd);
  if (result != 0)
    return FL_VIDEO_NODE_UNKNOWN;

  /* Those of this node, where the driver tells them apart from its others'. */
  capabilities = answer.capabilities;
  if (capabilities & V4L2_CAP_DEVICE_CAPS)
    capabilities = answer.device_caps;
  return capabilities & (V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_VIDEO_CAPTURE_MPLANE)
             ? FL_VIDEO_NODE_CAMERA
             : FL_VIDEO_NODE_OTHER;
}
