/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ioctl(), or what a test takes for it. */
typedef int (*FlControlFunc) (int fd, unsigned long request, void *argument);

/* The light beside a camera's lens that stays on, as V4L2 has it (V4L2_CID_FLASH_LED_MODE with the
 * mode "torch"). @control: NULL for the kernel. */
gboolean fl_camera_torch_is_there (int fd, FlControlFunc control);
gboolean fl_camera_torch_set (int fd, gboolean on, FlControlFunc control);

G_END_DECLS
