/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Frames a second: below the first a picture is no help in aiming; below the second it looks
 * jerky; more than the third is not asked for. */
#define FL_FORMAT_MIN_FPS    15
#define FL_FORMAT_SMOOTH_FPS 25
#define FL_FORMAT_FPS        30
/* Beyond it one frame takes longer to unpack and to read than the next one takes to come. */
#define FL_FORMAT_MAX_PIXELS (2560 * 1440)
#define FL_FORMAT_MAX_TRIES  6

/*
 * The formats to ask a camera for, the best first, at most FL_FORMAT_MAX_TRIES: the highest
 * resolution up to FL_FORMAT_MAX_PIXELS at a usable rate; at the same resolution a smooth one, and
 * then one without compression. Each is fixed in size and rate. Empty when @offered says nothing
 * (ANY), which means: take what comes; %NULL when there is nothing in it that we understand. Pure.
 * (transfer full) (element-type GstCaps)
 */
GPtrArray *fl_camera_format_choose (const GstCaps *offered);

/* @caps with a list of the pixels' shapes, square ones first. A driver without VIDIOC_CROPCAP, as
 * those of USB webcams, tells none; v4l2src then offers every one and takes the first: 1 to
 * 2147483647. Pure. (transfer full) */
GstCaps *fl_camera_format_prefer_square (const GstCaps *caps);

G_END_DECLS
