/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-torch"
#include "config.h"

#include "fl-camera-torch.h"

#include <linux/videodev2.h>
#include <sys/ioctl.h>

static int
ask_kernel (int fd, unsigned long request, void *argument)
{
  return ioctl (fd, request, argument);
}

gboolean
fl_camera_torch_is_there (int fd, FlControlFunc control)
{
  struct v4l2_queryctrl query = { .id = V4L2_CID_FLASH_LED_MODE };

  if (fd < 0)
    return FALSE;
  if (control == NULL)
    control = ask_kernel;
  return control (fd, VIDIOC_QUERYCTRL, &query) == 0 && !(query.flags & V4L2_CTRL_FLAG_DISABLED) &&
         query.maximum >= V4L2_FLASH_LED_MODE_TORCH;
}

gboolean
fl_camera_torch_set (int fd, gboolean on, FlControlFunc control)
{
  struct v4l2_control wanted = {
    .id = V4L2_CID_FLASH_LED_MODE,
    .value = on ? V4L2_FLASH_LED_MODE_TORCH : V4L2_FLASH_LED_MODE_NONE,
  };

  if (control == NULL)
    control = ask_kernel;
  return fd >= 0 && control (fd, VIDIOC_S_CTRL, &wanted) == 0;
}
