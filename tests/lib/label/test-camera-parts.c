/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-camera-error.h"
#include "fl-camera-format.h"
#include "fl-frame.h"
#include "fl-scan-hint.h"

#include <errno.h>

#define WEBCAM_RAW(w, h, fps)                                                                      \
  "video/x-raw, format=YUY2, width=(int)" w ", height=(int)" h ", framerate=(fraction)" fps
#define WEBCAM_JPEG(w, h, fps)                                                                     \
  "image/jpeg, width=(int)" w ", height=(int)" h ", framerate=(fraction)" fps

typedef struct
{
  const char *offers;
  const char *first; /* what is asked for first; NULL: nothing can be used */
  guint n;
} FormatRow;

static const FormatRow format_rows[] = {
  /* a usual webcam: high resolutions only compressed at a usable rate */
  { WEBCAM_RAW ("1280", "720", "10/1") "; " WEBCAM_RAW ("640", "480", "30/1") "; " //
    WEBCAM_JPEG ("1280", "720", "30/1") "; " WEBCAM_JPEG ("640", "480", "30/1"),
    WEBCAM_JPEG ("1280", "720", "30/1"), 4 },
  /* the same resolution: no compression when that is smooth, too */
  { WEBCAM_JPEG ("1280", "720", "30/1") "; " WEBCAM_RAW ("1280", "720", "30/1"),
    WEBCAM_RAW ("1280", "720", "30/1"), 2 },
  { WEBCAM_JPEG ("1280", "720", "30/1") "; " WEBCAM_RAW ("1280", "720", "15/1"),
    WEBCAM_JPEG ("1280", "720", "30/1"), 2 },
  /* the highest resolution is worth a slower picture, but not a slide show */
  { WEBCAM_RAW ("1920", "1080", "15/1") "; " WEBCAM_RAW ("1280", "720", "30/1"),
    WEBCAM_RAW ("1920", "1080", "15/1"), 2 },
  { WEBCAM_RAW ("1920", "1080", "5/1") "; " WEBCAM_RAW ("640", "480", "30/1"),
    WEBCAM_RAW ("640", "480", "30/1"), 2 },
  { WEBCAM_RAW ("1920", "1080", "5/1") "; " WEBCAM_RAW ("640", "480", "10/1"),
    WEBCAM_RAW ("640", "480", "10/1"), 2 },
  /* not more than can be unpacked and read in time */
  { WEBCAM_JPEG ("3840", "2160", "30/1") "; " WEBCAM_JPEG ("1920", "1080", "30/1"),
    WEBCAM_JPEG ("1920", "1080", "30/1"), 2 },
  { WEBCAM_JPEG ("4096", "3072", "30/1") "; " WEBCAM_JPEG ("3840", "2160", "30/1"),
    WEBCAM_JPEG ("3840", "2160", "30/1"), 2 },
  /* rates: about 30 of many, and NTSC's counts as 30 */
  { "video/x-raw, format=NV12, width=(int)1280, height=(int)720, "
    "framerate=(fraction){ 5/1, 15/1, 30/1, 60/1 }",
    "video/x-raw, format=NV12, width=(int)1280, height=(int)720, framerate=(fraction)30/1", 1 },
  { WEBCAM_RAW ("640", "480", "30000/1001"), WEBCAM_RAW ("640", "480", "30000/1001"), 1 },
  /* a camera that does not say its rate; one without limits */
  { "video/x-raw, format=GRAY8, width=(int)64, height=(int)48",
    "video/x-raw, format=GRAY8, width=(int)64, height=(int)48", 1 },
  { "video/x-raw, format=I420, width=(int)[ 1, 32768 ], height=(int)[ 1, 32768 ], "
    "framerate=(fraction)[ 1/1, 100/1 ]",
    "video/x-raw, format=I420, width=(int)1920, height=(int)1080, framerate=(fraction)30/1", 1 },
  { "ANY", NULL, 0 },
};

static void
test_format_is_chosen (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (format_rows); i++)
    {
      const FormatRow *row = &format_rows[i];
      g_autoptr (GstCaps) offers = gst_caps_from_string (row->offers);
      g_autoptr (GstCaps) first = row->first != NULL ? gst_caps_from_string (row->first) : NULL;
      g_autoptr (GPtrArray) formats = fl_camera_format_choose (offers);

      g_test_message ("%s", row->offers);
      g_assert_nonnull (formats);
      g_assert_cmpuint (formats->len, ==, row->n);
      if (first != NULL)
        g_assert_true (gst_caps_is_equal (g_ptr_array_index (formats, 0), first));
    }
}

typedef struct
{
  const char *format; /* asked for */
  const char *camera; /* what it says while it plays */
  int numerator;
  int denominator;
} ShapeRow;

/* What v4l2src does with a filter after it: intersects, and takes the first of what is left. */
static void
test_format_pixels_are_square (void)
{
  static const ShapeRow rows[] = {
    { "image/jpeg, width=4", "image/jpeg, width=4, pixel-aspect-ratio=[1/2147483647,2147483647/1]",
      1, 1 },
    { "image/jpeg, pixel-aspect-ratio=[1/2147483647,2147483647/1]",
      "image/jpeg, pixel-aspect-ratio=[1/2147483647,2147483647/1]", 1, 1 },
    { "image/jpeg", "image/jpeg, pixel-aspect-ratio=12/11", 12, 11 },
    { "image/jpeg, pixel-aspect-ratio=7/5", "image/jpeg, pixel-aspect-ratio=7/5", 7, 5 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GstCaps) format = gst_caps_from_string (rows[i].format);
      g_autoptr (GstCaps) filter = fl_camera_format_prefer_square (format);
      g_autoptr (GstCaps) camera = gst_caps_from_string (rows[i].camera);
      g_autoptr (GstCaps) agreed =
          gst_caps_fixate (gst_caps_intersect_full (filter, camera, GST_CAPS_INTERSECT_FIRST));
      int numerator = 0, denominator = 0;

      g_assert_true (gst_structure_get_fraction (gst_caps_get_structure (agreed, 0),
                                                 "pixel-aspect-ratio", &numerator, &denominator));
      g_assert_cmpint (numerator, ==, rows[i].numerator);
      g_assert_cmpint (denominator, ==, rows[i].denominator);
    }
}

static void
test_format_is_never_chosen (void)
{
  static const char *const offers[] = {
    "EMPTY",
    "video/x-h264, width=(int)1280, height=(int)720",
    "video/x-raw, format=v210, width=(int)1280, height=(int)720",
    "video/x-raw, format=GRAY8, width=(int)8193, height=(int)720",
    "video/x-raw, format=GRAY8, width=(int)0, height=(int)0",
    "video/x-raw, format=GRAY8",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      g_autoptr (GstCaps) caps = gst_caps_from_string (offers[i]);

      g_assert_null (fl_camera_format_choose (caps));
    }
}

static void
test_format_tries_are_bounded (void)
{
  g_autoptr (GstCaps) caps = gst_caps_new_empty ();
  g_autoptr (GPtrArray) formats = NULL;

  for (int i = 1; i <= 50; i++)
    gst_caps_append_structure (caps, gst_structure_new ("image/jpeg", "width", G_TYPE_INT, i * 16,
                                                        "height", G_TYPE_INT, i * 9, NULL));
  formats = fl_camera_format_choose (caps);
  g_assert_cmpuint (formats->len, ==, FL_FORMAT_MAX_TRIES);
}

typedef struct
{
  int number; /* of the kernel, 0 none */
  GQuark domain;
  int code;
  int expected;
} ErrorRow;

static void
test_errors_get_our_words (void)
{
  const ErrorRow rows[] = {
    { 0, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_BUSY, FL_ERROR_CAMERA_BUSY },
    { EBUSY, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE, FL_ERROR_CAMERA_BUSY },
    { EBUSY, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_FAILED, FL_ERROR_CAMERA_BUSY },
    { EACCES, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE, FL_ERROR_CAMERA_REFUSED },
    { EPERM, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE, FL_ERROR_CAMERA_REFUSED },
    { 0, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_AUTHORIZED, FL_ERROR_CAMERA_REFUSED },
    { ENODEV, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, FL_ERROR_NO_CAMERA },
    { ENOENT, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_READ_WRITE, FL_ERROR_NO_CAMERA },
    { 0, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NOT_FOUND, FL_ERROR_NO_CAMERA },
    { EIO, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_READ, FL_ERROR_UNEXPECTED },
    { 0, GST_STREAM_ERROR, GST_STREAM_ERROR_DECODE, FL_ERROR_UNEXPECTED },
    { 0, FL_ERROR, FL_ERROR_CAMERA_BUSY, FL_ERROR_CAMERA_BUSY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) raw = g_error_new_literal (rows[i].domain, rows[i].code, "raw words");
      g_autofree char *debug =
          rows[i].number != 0
              ? g_strdup_printf ("x.c(1): f (): \nsystem error: %s", g_strerror (rows[i].number))
              : NULL;
      g_autoptr (GError) error = fl_camera_error_from_gst (raw, debug);

      g_assert_error (error, FL_ERROR, rows[i].expected);
      g_assert_true (raw->domain == FL_ERROR || strstr (error->message, "raw words") == NULL);
    }
}

static void
test_missing_parts_name_the_package (void)
{
  g_autoptr (GError) good = fl_camera_error_missing ("jpegdec");
  g_autoptr (GError) pipewire = fl_camera_error_missing ("pipewiresrc");
  g_autoptr (GError) core = fl_camera_error_missing ("queue");

  g_assert_error (good, FL_ERROR, FL_ERROR_UNEXPECTED);
  g_assert_nonnull (strstr (good->message, "gstreamer1.0-plugins-good"));
  g_assert_nonnull (strstr (pipewire->message, "gstreamer1.0-pipewire"));
  g_assert_nonnull (strstr (core->message, "libgstreamer1.0-0"));
}

/* A picture whose brightness at (x, y) is 16 + x + 4 y, in @format. */
static GstBuffer *
paint (GstVideoFormat format, guint width, guint height, GstVideoInfo *info)
{
  GstBuffer *buffer = NULL;
  GstVideoFrame frame;

  gst_video_info_set_format (info, format, width, height);
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (info), NULL);
  gst_buffer_memset (buffer, 0, 128, GST_VIDEO_INFO_SIZE (info));
  g_assert_true (gst_video_frame_map (&frame, info, buffer, GST_MAP_WRITE));
  for (guint component = 0; component < (GST_VIDEO_INFO_IS_RGB (info) ? 3 : 1); component++)
    for (guint y = 0; y < height; y++)
      for (guint x = 0; x < width; x++)
        {
          guint8 *data = GST_VIDEO_FRAME_COMP_DATA (&frame, component);

          data[y * (guint) GST_VIDEO_FRAME_COMP_STRIDE (&frame, component) +
               x * (guint) GST_VIDEO_FRAME_COMP_PSTRIDE (&frame, component)] =
              (guint8) (16 + x + 4 * y);
        }
  gst_video_frame_unmap (&frame);
  return buffer;
}

static void
check_brightness (GstVideoFormat format, const FlCrop *crop)
{
  GstVideoInfo info;
  g_autoptr (GstBuffer) buffer = paint (format, 30, 20, &info);
  g_autoptr (FlFrame) frame = fl_frame_new (buffer, &info, crop);
  FlLuma luma = { 0 };

  g_assert_nonnull (frame);
  luma = fl_frame_get_luma (frame);
  g_assert_true (fl_luma_is_valid (&luma));
  g_assert_cmpuint (luma.width, ==, crop->width);
  g_assert_cmpuint (luma.height, ==, crop->height);
  for (guint y = 0; y < luma.height; y++)
    for (guint x = 0; x < luma.width; x++)
      g_assert_cmpuint (luma.pixels[y * luma.stride + x], ==, 16 + x + crop->x + 4 * (y + crop->y));
}

static void
test_brightness_of_every_format (void)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string ("video/x-raw, format=" FL_FRAME_FORMATS);
  const GValue *formats = gst_structure_get_value (gst_caps_get_structure (caps, 0), "format");
  const FlCrop whole = { 0, 0, 30, 20 };
  const FlCrop part = { 6, 4, 10, 8 };

  g_assert_cmpuint (gst_value_list_get_size (formats), >, 15);
  for (guint i = 0; i < gst_value_list_get_size (formats); i++)
    {
      const char *name = g_value_get_string (gst_value_list_get_value (formats, i));

      g_test_message ("%s", name);
      check_brightness (gst_video_format_from_string (name), &whole);
      check_brightness (gst_video_format_from_string (name), &part);
    }
}

static void
test_crop_beyond_the_picture_is_refused (void)
{
  const FlCrop crops[] = { { 0, 0, 31, 20 }, { 0, 0, 30, 21 }, { 30, 0, 1, 1 } };
  GstVideoInfo info;
  g_autoptr (GstBuffer) buffer = paint (GST_VIDEO_FORMAT_GRAY8, 30, 20, &info);

  for (gsize i = 0; i < G_N_ELEMENTS (crops); i++)
    g_assert_null (fl_frame_new (buffer, &info, &crops[i]));
}

static void
test_zoom_takes_the_middle (void)
{
  FlCrop crop = fl_crop_zoom (1280, 720, 2);

  g_assert_cmpuint (crop.x, ==, 320);
  g_assert_cmpuint (crop.y, ==, 180);
  g_assert_cmpuint (crop.width, ==, 640);
  g_assert_cmpuint (crop.height, ==, 360);
  for (guint side = 1; side < 50; side++)
    for (double zoom = 1; zoom <= 4; zoom += 0.1)
      {
        crop = fl_crop_zoom (side, 100, zoom);
        g_assert_cmpuint (crop.width, >=, 1);
        g_assert_cmpuint (crop.x + crop.width, <=, side);
        g_assert_cmpuint (crop.y + crop.height, <=, 100);
      }
}

static void
test_hint_has_to_be_steady (void)
{
  FlScanHint hint = { 0 };

  g_assert_false (fl_scan_hint_feed (&hint, FL_HINT_CLOSER, 0));
  g_assert_false (fl_scan_hint_feed (&hint, FL_HINT_CLOSER, FL_SCAN_HINT_STEADY_MS - 1));
  g_assert_false (fl_scan_hint_feed (&hint, FL_HINT_GLARE, FL_SCAN_HINT_STEADY_MS));
  g_assert_false (fl_scan_hint_feed (&hint, FL_HINT_CLOSER, FL_SCAN_HINT_STEADY_MS + 1));
  g_assert_true (fl_scan_hint_feed (&hint, FL_HINT_CLOSER, 2 * FL_SCAN_HINT_STEADY_MS + 1));
  g_assert_cmpint (hint.shown, ==, FL_HINT_CLOSER);
  g_assert_false (fl_scan_hint_feed (&hint, FL_HINT_CLOSER, 3 * FL_SCAN_HINT_STEADY_MS));
  g_assert_false (fl_scan_hint_feed (&hint, FL_HINT_NONE, 4 * FL_SCAN_HINT_STEADY_MS));
  g_assert_true (fl_scan_hint_feed (&hint, FL_HINT_NONE, 5 * FL_SCAN_HINT_STEADY_MS));
  g_assert_cmpint (hint.shown, ==, FL_HINT_NONE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/camera-parts/format/is-chosen", test_format_is_chosen);
  g_test_add_func ("/camera-parts/format/pixels-are-square", test_format_pixels_are_square);
  g_test_add_func ("/camera-parts/format/is-never-chosen", test_format_is_never_chosen);
  g_test_add_func ("/camera-parts/format/tries-are-bounded", test_format_tries_are_bounded);
  g_test_add_func ("/camera-parts/error/our-words", test_errors_get_our_words);
  g_test_add_func ("/camera-parts/error/missing-names-the-package",
                   test_missing_parts_name_the_package);
  g_test_add_func ("/camera-parts/frame/brightness-of-every-format",
                   test_brightness_of_every_format);
  g_test_add_func ("/camera-parts/frame/crop-beyond-is-refused",
                   test_crop_beyond_the_picture_is_refused);
  g_test_add_func ("/camera-parts/zoom/takes-the-middle", test_zoom_takes_the_middle);
  g_test_add_func ("/camera-parts/hint/has-to-be-steady", test_hint_has_to_be_steady);
  return g_test_run ();
}
