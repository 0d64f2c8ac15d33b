/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-picture-src"
#include "config.h"

#include "fl-picture-src.h"

#include <gst/base/gstpushsrc.h>

#include "fl-error.h"

typedef struct
{
  GstPushSrc parent_instance;

  const FlPictureFeed *pictures;
  gpointer data;
  GstVideoInfo info;
  guint64 next;
  GstClockTime origin; /* when the first picture was out; NONE before */
} FlPictureSrc;

typedef GstPushSrcClass FlPictureSrcClass;

GType fl_picture_src_get_type (void);
G_DEFINE_TYPE (FlPictureSrc, fl_picture_src, GST_TYPE_PUSH_SRC)

static GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

/* The number of the picture that is due, at least @next. Times count from the moment when the first
 * one is out: GstBaseSrc lets every picture of a live source be as late as the first one was, which
 * may take long to draw. Whoever counts from an earlier moment waits so long for each. */
static guint64
due (FlPictureSrc *self)
{
  g_autoptr (GstClock) clock = gst_element_get_clock (GST_ELEMENT (self));
  GstClockTime now = clock != NULL ? gst_clock_get_time (clock) : 0;
  guint64 current;

  if (self->next > 0 && self->origin == GST_CLOCK_TIME_NONE)
    self->origin = now;
  current = now > self->origin
                ? gst_util_uint64_scale (now - self->origin, FL_PICTURE_FPS, GST_SECOND)
                : 0;
  return MAX (current, self->next);
}

static GstFlowReturn
fl_picture_src_create (GstPushSrc *src, GstBuffer **buffer)
{
  FlPictureSrc *self = (FlPictureSrc *) src;
  guint64 number = due (self);
  g_autoptr (GError) error = NULL;
  GstVideoInfo info = self->info;
  g_autoptr (GstBuffer) picture = self->pictures->next (self->data, number, &info, &error);

  if (picture == NULL)
    {
      gst_element_message_full (GST_ELEMENT (self), GST_MESSAGE_ERROR, error->domain, error->code,
                                g_strdup (error->message), NULL, __FILE__, G_STRFUNC, __LINE__);
      return GST_FLOW_ERROR;
    }
  info.fps_n = FL_PICTURE_FPS;
  info.fps_d = 1;
  if (!gst_video_info_is_equal (&info, &self->info))
    {
      g_autoptr (GstCaps) caps = gst_video_info_to_caps (&info);

      if (!gst_base_src_set_caps (GST_BASE_SRC (self), caps))
        return GST_FLOW_NOT_NEGOTIATED;
      self->info = info;
    }

  GST_BUFFER_PTS (picture) = gst_util_uint64_scale (number, GST_SECOND, FL_PICTURE_FPS);
  GST_BUFFER_DURATION (picture) = GST_SECOND / FL_PICTURE_FPS;
  self->next = number + 1;
  *buffer = g_steal_pointer (&picture);
  return GST_FLOW_OK;
}

static void
fl_picture_src_get_times (GstBaseSrc *src,
                          GstBuffer *buffer,
                          GstClockTime *start,
                          GstClockTime *end)
{
  *start = GST_BUFFER_PTS (buffer);
  *end = *start + GST_BUFFER_DURATION (buffer);
}

static gboolean
fl_picture_src_start (GstBaseSrc *src)
{
  FlPictureSrc *self = (FlPictureSrc *) src;

  self->next = 0;
  self->origin = GST_CLOCK_TIME_NONE;
  gst_video_info_init (&self->info);
  return TRUE;
}

/* The format comes with the first picture. */
static gboolean
fl_picture_src_negotiate (GstBaseSrc *src)
{
  return TRUE;
}

static void
fl_picture_src_finalize (GObject *object)
{
  FlPictureSrc *self = (FlPictureSrc *) object;

  if (self->pictures != NULL && self->pictures->free_data != NULL)
    self->pictures->free_data (self->data);
  G_OBJECT_CLASS (fl_picture_src_parent_class)->finalize (object);
}

static void
fl_picture_src_class_init (FlPictureSrcClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fl_picture_src_finalize;
  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Pictures", "Source/Video",
                                         "Plays pictures like a camera", "First Light");
  base_class->start = fl_picture_src_start;
  base_class->negotiate = fl_picture_src_negotiate;
  base_class->get_times = fl_picture_src_get_times;
  klass->create = fl_picture_src_create;
}

static void
fl_picture_src_init (FlPictureSrc *self)
{
  gst_base_src_set_live (GST_BASE_SRC (self), TRUE);
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

GstElement *
fl_picture_src_new (const FlPictureFeed *pictures, gpointer data)
{
  FlPictureSrc *self = g_object_new (fl_picture_src_get_type (), NULL);

  self->pictures = pictures;
  self->data = data;
  return GST_ELEMENT (self);
}
