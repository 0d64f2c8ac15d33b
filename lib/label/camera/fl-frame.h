/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gst/video/video.h>

#include "fl-camera.h"

G_BEGIN_DECLS

/* What is taken of a camera: 8 bits of brightness a pixel, or red, green and blue of 8 bits; and
 * videocrop knows it. */
#define FL_FRAME_FORMATS                                                                           \
  "{ I420, YV12, NV12, NV21, Y42B, Y444, Y41B, YUY2, YVYU, UYVY, GRAY8, RGB, BGR, RGBx, BGRx, "    \
  "xRGB, xBGR, RGBA, BGRA, ARGB, ABGR }"

#define FL_CAMERA_FORMATS "video/x-raw, format=" FL_FRAME_FORMATS "; image/jpeg"

/* The part of a picture that is shown and read. */
typedef struct
{
  guint x;
  guint y;
  guint width;  /* pixels */
  guint height; /* pixels */
} FlCrop;

/* The middle of @width x @height enlarged @zoom times; even numbers where there is room, so that
 * formats with half as many colours as pixels can follow. Pure. */
FlCrop fl_crop_zoom (guint width, guint height, double zoom);

/* Whether the picture in @buffer fits into its memory, whatever its GstVideoMeta says: that one may
 * come from another process. FALSE also for a side of 0 or above FL_LUMA_MAX_SIDE. */
gboolean fl_frame_check (GstBuffer *buffer, const GstVideoInfo *info);
/* The brightness of the part @crop of @buffer; without a copy where a plane has it alone. NULL when
 * it does not fit. (transfer full) (nullable) */
FlFrame *fl_frame_new (GstBuffer *buffer, const GstVideoInfo *info, const FlCrop *crop);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlFrame, fl_frame_unref)

G_END_DECLS
