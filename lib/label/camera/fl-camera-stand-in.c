/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-stand-in"
#include "config.h"

#include "fl-camera-stand-in.h"

#include "fl-picture-files.h"
#include "fl-picture-src.h"

#define TEST_PICTURE        "videotestsrc"
#define TEST_PICTURE_FORMAT "video/x-raw, format=I420, width=1280, height=720, framerate=30/1"

/* GStreamer's own moving test picture, at a size of its own choice no longer. */
static GstElement *
make_test_picture (gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GstElement) bin = gst_object_ref_sink (gst_bin_new (NULL));
  g_autoptr (GstCaps) caps = gst_caps_from_string (TEST_PICTURE_FORMAT);
  g_autoptr (GstPad) pad = NULL;
  GstElement *source = fl_camera_make_element (TEST_PICTURE, error);
  GstElement *filter = source != NULL ? fl_camera_make_element ("capsfilter", error) : NULL;

  if (filter == NULL)
    {
      g_clear_object (&source);
      return NULL;
    }
  g_object_set (source, "is-live", TRUE, NULL);
  g_object_set (filter, "caps", caps, NULL);
  gst_bin_add_many (GST_BIN (bin), source, filter, NULL);
  gst_element_link (source, filter);
  pad = gst_element_get_static_pad (filter, "src");
  gst_element_add_pad (bin, gst_ghost_pad_new ("src", pad));
  g_object_force_floating (G_OBJECT (bin));
  return g_steal_pointer (&bin);
}

static const FlCameraSourceClass test_picture_class = { .make = make_test_picture };

static const FlPictureFeed files_class = {
  (GstBuffer * (*) (gpointer, guint64, GstVideoInfo *, GError **) ) fl_picture_files_next,
  (GDestroyNotify) fl_picture_files_free,
};

static GstElement *
make_files (gpointer data, GCancellable *cancellable, GError **error)
{
  FlPictureFiles *files = fl_picture_files_new (data, error);

  return files != NULL ? fl_picture_src_new (&files_class, files) : NULL;
}

static const FlCameraSourceClass file_source_class = {
  .make = make_files,
  .free_data = g_free,
};

/* Shared by the source and each pipeline that was made of it. */
typedef struct
{
  FlCameraPicture picture;
} Drawing;

static void
drawing_clear (gpointer data)
{
  Drawing *drawing = data;

  if (drawing->picture.free_data != NULL)
    drawing->picture.free_data (drawing->picture.data);
}

static void
drawing_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, drawing_clear);
}

static gboolean
check_problem (const FlCameraPicture *picture, gint64 at_us, GError **error)
{
  int code = picture->get_problem != NULL ? picture->get_problem (at_us, picture->data) : 0;

  if (code != 0)
    g_set_error_literal (error, FL_ERROR, code, "The stand-in camera says so");
  return code == 0;
}

static GstBuffer *
draw (gpointer data, guint64 n, GstVideoInfo *info, GError **error)
{
  const FlCameraPicture *picture = &((Drawing *) data)->picture;
  g_autofree guint8 *pixels = NULL;
  g_autoptr (GstBuffer) buffer = NULL;
  gsize offsets[GST_VIDEO_MAX_PLANES] = { 0 };
  int strides[GST_VIDEO_MAX_PLANES] = { (int) picture->width };
  gsize size = (gsize) picture->width * picture->height;
  gint64 at_us = (gint64) gst_util_uint64_scale (n, G_USEC_PER_SEC, FL_PICTURE_FPS);

  if (at_us > 0 && !check_problem (picture, at_us, error))
    return NULL;
  pixels = g_malloc0 (size);
  picture->draw (pixels, picture->width, picture->height, at_us, picture->data);
  gst_video_info_set_format (info, GST_VIDEO_FORMAT_GRAY8, picture->width, picture->height);
  buffer = gst_buffer_new_wrapped (g_steal_pointer (&pixels), size);
  gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_GRAY8,
                                  picture->width, picture->height, 1, offsets, strides);
  return g_steal_pointer (&buffer);
}

static const FlPictureFeed drawing_class = { draw, drawing_unref };

static GstElement *
make_drawing (gpointer data, GCancellable *cancellable, GError **error)
{
  if (!check_problem (&((Drawing *) data)->picture, 0, error))
    return NULL;
  return fl_picture_src_new (&drawing_class, g_atomic_rc_box_acquire (data));
}

static void
look_at_drawing (gpointer data, GError **error)
{
  check_problem (&((Drawing *) data)->picture, -1, error);
}

static const FlCameraSourceClass drawing_source_class = {
  .make = make_drawing,
  .look = look_at_drawing,
  .free_data = drawing_unref,
};

FlCameraSource *
fl_camera_stand_in_new (const char *source, GError **error)
{
  g_autofree char *name = NULL;

  if (g_str_equal (source, TEST_PICTURE))
    return fl_camera_source_new (&test_picture_class, TEST_PICTURE, TEST_PICTURE, NULL);
  if (!fl_picture_files_check (source, error))
    return NULL;
  name = g_filename_display_basename (source);
  return fl_camera_source_new (&file_source_class, source, name, g_strdup (source));
}

FlCameraSource *
fl_camera_stand_in_new_for_picture (const FlCameraPicture *picture)
{
  Drawing *drawing = NULL;

  g_return_val_if_fail (picture->width >= 1 && picture->width <= FL_LUMA_MAX_SIDE, NULL);
  g_return_val_if_fail (picture->height >= 1 && picture->height <= FL_LUMA_MAX_SIDE, NULL);

  drawing = g_atomic_rc_box_new0 (Drawing);
  drawing->picture = *picture;
  drawing->picture.name = NULL; /* the source has it */
  return fl_camera_source_new (&drawing_source_class, "stand-in", picture->name, drawing);
}
