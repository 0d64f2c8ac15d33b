/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FL_VIDEO_NODE_UNKNOWN, /* it could not be asked */
  FL_VIDEO_NODE_CAMERA,
  FL_VIDEO_NODE_OTHER, /* takes pictures from a program, or what belongs to them */
} FlVideoNode;

/* ioctl(), or what a test takes for it. */
typedef int (*FlVideoNodeFunc) (int fd, unsigned long request, void *argument);

/* What is behind @path, /dev/video0 for one, at this moment: a program that serves as a camera
 * comes and goes while its node stays. Opens it, which no other program notices. @ask: NULL for the
 * kernel. */
FlVideoNode fl_video_node_ask (const char *path, FlVideoNodeFunc ask);

G_END_DECLS
