/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gst/video/video.h>

G_BEGIN_DECLS

#define FL_PICTURE_FPS 30

/* Where the pictures of a stand-in come from; called in its streaming thread, one at a time. */
typedef struct
{
  /* The picture number @n (numbers rise; those that nobody had time for are left out) and what it
   * is like. (transfer full); NULL with FL_ERROR. Its times are set by the caller. */
  GstBuffer *(*next) (gpointer data, guint64 n, GstVideoInfo *info, GError **error);
  GDestroyNotify free_data;
} FlPictureFeed;

/*
 * A live source for a GStreamer pipeline that plays pictures, FL_PICTURE_FPS a second, as a camera
 * would: whoever is slow misses some. After gst_init().
 */
GstElement *fl_picture_src_new (const FlPictureFeed *pictures, gpointer data);

G_END_DECLS
