/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-pipeline"
#include "config.h"

#include "fl-camera-pipeline.h"

#include <gst/app/gstappsink.h>

#include "fl-camera-format.h"
#include "fl-camera-source.h"
#include "fl-frame.h"

#define PREVIEW_WIDTH  "640"
#define PREVIEW_HEIGHT "480"

struct _FlCameraPipeline
{
  GstElement *pipeline;
  GstElement *source; /* these are the pipeline's */
  GstElement *format;
  GstElement *unpack; /* (nullable) */
  GstElement *tee;
  GstElement *crop;
  const FlCameraSinks *sinks;
  GstVideoInfo info; /* of what enters the tee; only its thread writes it */

  GMutex lock; /* of the rest */
  double zoom;
  guint width; /* 0 before the first format */
  guint height;
};

static GstElement *
add (FlCameraPipeline *self, const char *name, GError **error)
{
  GstElement *element = fl_camera_make_element (name, error);

  if (element != NULL)
    gst_bin_add (GST_BIN (self->pipeline), element);
  return element;
}

static double
get_zoom (FlCameraPipeline *self)
{
  double zoom = 1;

  g_mutex_lock (&self->lock);
  zoom = self->zoom;
  g_mutex_unlock (&self->lock);
  return zoom;
}

static void
apply_zoom (FlCameraPipeline *self)
{
  FlCrop crop = { 0 };
  guint right = 0;
  guint bottom = 0;

  g_mutex_lock (&self->lock);
  crop = fl_crop_zoom (self->width, self->height, self->zoom);
  right = self->width - crop.x - crop.width;
  bottom = self->height - crop.y - crop.height;
  g_mutex_unlock (&self->lock);
  g_object_set (self->crop, "left", (int) crop.x, "right", (int) right, "top", (int) crop.y,
                "bottom", (int) bottom, NULL);
}

static gboolean
learn_format (FlCameraPipeline *self, const GstCaps *caps)
{
  if (!gst_video_info_from_caps (&self->info, caps))
    return FALSE;

  g_mutex_lock (&self->lock);
  self->width = (guint) GST_VIDEO_INFO_WIDTH (&self->info);
  self->height = (guint) GST_VIDEO_INFO_HEIGHT (&self->info);
  g_mutex_unlock (&self->lock);
  apply_zoom (self);
  return TRUE;
}

/* Nothing passes that does not fit into its memory. */
static GstPadProbeReturn
on_picture (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  FlCameraPipeline *self = user_data;
  GstEvent *event = NULL;
  GstCaps *caps = NULL;

  if (probe->type & GST_PAD_PROBE_TYPE_BUFFER)
    {
      if (!fl_frame_check (GST_PAD_PROBE_INFO_BUFFER (probe), &self->info))
        return GST_PAD_PROBE_DROP;
      self->sinks->on_alive (self->sinks->data);
      return GST_PAD_PROBE_OK;
    }

  event = GST_PAD_PROBE_INFO_EVENT (probe);
  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  return learn_format (self, caps) ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

static void
unlink_source (FlCameraPipeline *self)
{
  if (self->unpack == NULL)
    {
      gst_element_unlink (self->format, self->tee);
      return;
    }
  gst_element_unlink_many (self->format, self->unpack, self->tee, NULL);
  gst_element_set_state (self->unpack, GST_STATE_NULL);
  gst_bin_remove (GST_BIN (self->pipeline), self->unpack);
  self->unpack = NULL;
}

static gboolean
link_source (FlCameraPipeline *self, gboolean is_jpeg, GError **error)
{
  if (!is_jpeg)
    return gst_element_link (self->format, self->tee);
  if ((self->unpack = add (self, "jpegdec", error)) == NULL)
    return FALSE;
  /* A broken picture is left out; when all are, the camera counts as silent. */
  g_object_set (self->unpack, "max-errors", -1, NULL);
  return gst_element_link_many (self->format, self->unpack, self->tee, NULL) &&
         gst_element_sync_state_with_parent (self->unpack);
}

/* Whether there is something to unpack is known only now: a camera over PipeWire decides by itself
 * which of the formats it gives. */
static GstPadProbeReturn
on_format (GstPad *pad, GstPadProbeInfo *probe, gpointer user_data)
{
  FlCameraPipeline *self = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (probe);
  g_autoptr (GError) error = NULL;
  GstCaps *caps = NULL;
  gboolean is_jpeg = FALSE;

  if (GST_EVENT_TYPE (event) != GST_EVENT_CAPS)
    return GST_PAD_PROBE_OK;
  gst_event_parse_caps (event, &caps);
  is_jpeg = gst_structure_has_name (gst_caps_get_structure (caps, 0), "image/jpeg");
  if (gst_pad_is_linked (pad) && is_jpeg == (self->unpack != NULL))
    return GST_PAD_PROBE_OK;
  unlink_source (self);
  if (!link_source (self, is_jpeg, &error) && error != NULL)
    gst_element_message_full (self->format, GST_MESSAGE_ERROR, error->domain, error->code,
                              g_strdup (error->message), NULL, __FILE__, G_STRFUNC, __LINE__);
  return GST_PAD_PROBE_OK;
}

static GstFlowReturn
on_decode_sample (GstAppSink *sink, gpointer user_data)
{
  FlCameraPipeline *self = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  g_autoptr (FlFrame) frame = NULL;
  GstVideoInfo info;
  FlCrop crop;

  if (sample == NULL || !gst_video_info_from_caps (&info, gst_sample_get_caps (sample)))
    return GST_FLOW_OK;
  crop = fl_crop_zoom ((guint) info.width, (guint) info.height, get_zoom (self));
  frame = fl_frame_new (gst_sample_get_buffer (sample), &info, &crop);
  if (frame != NULL)
    self->sinks->on_frame (frame, self->sinks->data);
  return GST_FLOW_OK;
}

static void
unmap (gpointer data)
{
  gst_video_frame_unmap (data);
  g_free (data);
}

static GstFlowReturn
on_preview_sample (GstAppSink *sink, gpointer user_data)
{
  FlCameraPipeline *self = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  g_autoptr (GBytes) pixels = NULL;
  g_autofree GstVideoFrame *frame = NULL;
  FlPreview preview = { 0 };
  GstVideoInfo info;

  if (sample == NULL || !gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) ||
      !fl_frame_check (gst_sample_get_buffer (sample), &info))
    return GST_FLOW_OK;
  frame = g_new0 (GstVideoFrame, 1);
  if (!gst_video_frame_map (frame, &info, gst_sample_get_buffer (sample), GST_MAP_READ))
    return GST_FLOW_OK;

  preview.width = (guint) GST_VIDEO_FRAME_WIDTH (frame);
  preview.height = (guint) GST_VIDEO_FRAME_HEIGHT (frame);
  preview.stride = (gsize) GST_VIDEO_FRAME_PLANE_STRIDE (frame, 0);
  pixels =
      g_bytes_new_with_free_func (GST_VIDEO_FRAME_PLANE_DATA (frame, 0),
                                  preview.stride * (preview.height - 1) + (gsize) preview.width * 4,
                                  unmap, frame);
  g_steal_pointer (&frame);
  preview.pixels = pixels;
  self->sinks->on_preview (&preview, self->sinks->data);
  return GST_FLOW_OK;
}

static GstElement *
add_filter (FlCameraPipeline *self, const char *caps, GError **error)
{
  g_autoptr (GstCaps) wanted = gst_caps_from_string (caps);
  GstElement *filter = add (self, "capsfilter", error);

  if (filter != NULL)
    g_object_set (filter, "caps", wanted, NULL);
  return filter;
}

static GstElement *
add_queue (FlCameraPipeline *self, GError **error)
{
  GstElement *queue = add (self, "queue", error);

  if (queue != NULL)
    {
      gst_util_set_object_arg (G_OBJECT (queue), "leaky", "downstream");
      g_object_set (queue, "max-size-buffers", 1u, "max-size-bytes", 0u, "max-size-time",
                    G_GUINT64_CONSTANT (0), "silent", TRUE, NULL);
    }
  return queue;
}

static GstElement *
add_sink (FlCameraPipeline *self,
          const char *caps,
          GstFlowReturn (*on_sample) (GstAppSink *, gpointer),
          GError **error)
{
  GstAppSinkCallbacks callbacks = { .new_sample = on_sample };
  g_autoptr (GstCaps) wanted = gst_caps_from_string (caps);
  GstElement *sink = add (self, "appsink", error);

  if (sink != NULL)
    {
      g_object_set (sink, "caps", wanted, "max-buffers", 1u, "drop", TRUE, "sync", FALSE, "async",
                    FALSE, "enable-last-sample", FALSE, "qos", FALSE, NULL);
      gst_app_sink_set_callbacks (GST_APP_SINK (sink), &callbacks, self, NULL);
    }
  return sink;
}

static gboolean
add_decode_branch (FlCameraPipeline *self, GError **error)
{
  GstElement *queue = add_queue (self, error);
  GstElement *sink = NULL;

  if (queue == NULL)
    return FALSE;
  sink = add_sink (self, "video/x-raw, format=" FL_FRAME_FORMATS, on_decode_sample, error);
  return sink != NULL && gst_element_link_many (self->tee, queue, sink, NULL);
}

/* Scaled first, then converted: a fraction of the pixels to convert. */
static gboolean
add_preview_branch (FlCameraPipeline *self, GError **error)
{
  GstElement *queue = add_queue (self, error);
  GstElement *scale = NULL;
  GstElement *size = NULL;
  GstElement *convert = NULL;
  GstElement *sink = NULL;

  if (queue == NULL || (self->crop = add (self, "videocrop", error)) == NULL ||
      (scale = add (self, "videoscale", error)) == NULL ||
      (convert = add (self, "videoconvert", error)) == NULL)
    return FALSE;
  size = add_filter (self,
                     "video/x-raw, width=[1, " PREVIEW_WIDTH "], height=[1, " PREVIEW_HEIGHT "], "
                     "pixel-aspect-ratio=1/1",
                     error);
  sink = add_sink (self, "video/x-raw, format=BGRA", on_preview_sample, error);
  if (size == NULL || sink == NULL)
    return FALSE;
  gst_util_set_object_arg (G_OBJECT (scale), "method", "nearest-neighbour");
  return gst_element_link_many (self->tee, queue, self->crop, scale, size, convert, sink, NULL);
}

static gboolean
build (FlCameraPipeline *self, GError **error)
{
  g_autoptr (GstPad) source = NULL;
  g_autoptr (GstPad) pad = NULL;

  if ((self->format = add (self, "capsfilter", error)) == NULL ||
      (self->tee = add (self, "tee", error)) == NULL || !add_decode_branch (self, error) ||
      !add_preview_branch (self, error))
    return FALSE;

  pad = gst_element_get_static_pad (self->tee, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
                     on_picture, self, NULL);
  source = gst_element_get_static_pad (self->format, "src");
  gst_pad_add_probe (source, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, on_format, self, NULL);
  return gst_element_link (self->source, self->format);
}

FlCameraPipeline *
fl_camera_pipeline_new (GstElement *source, const FlCameraSinks *sinks, GError **error)
{
  g_autoptr (FlCameraPipeline) self = g_new0 (FlCameraPipeline, 1);
  GError *reason = NULL;

  g_mutex_init (&self->lock);
  self->zoom = 1;
  self->sinks = sinks;
  gst_video_info_init (&self->info);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->source = source;
  gst_bin_add (GST_BIN (self->pipeline), source);
  if (build (self, &reason))
    return g_steal_pointer (&self);
  if (reason == NULL)
    g_set_error_literal (&reason, FL_ERROR, FL_ERROR_UNEXPECTED,
                         "The parts of the camera's pipeline do not fit together");
  g_propagate_error (error, reason);
  return NULL;
}

void
fl_camera_pipeline_free (FlCameraPipeline *self)
{
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_object_unref (self->pipeline);
  g_mutex_clear (&self->lock);
  g_free (self);
}

GstBus *
fl_camera_pipeline_get_bus (FlCameraPipeline *self)
{
  return GST_ELEMENT_BUS (self->pipeline);
}

gboolean
fl_camera_pipeline_set_state (FlCameraPipeline *self, GstState state)
{
  return gst_element_set_state (self->pipeline, state) != GST_STATE_CHANGE_FAILURE;
}

GstCaps *
fl_camera_pipeline_query (FlCameraPipeline *self)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (self->source, "src");

  return gst_pad_query_caps (pad, NULL);
}

void
fl_camera_pipeline_set_format (FlCameraPipeline *self, const GstCaps *format)
{
  g_autoptr (GstCaps) any = gst_caps_from_string (FL_CAMERA_FORMATS);
  g_autoptr (GstCaps) square = fl_camera_format_prefer_square (format != NULL ? format : any);

  g_object_set (self->format, "caps", square, NULL);
}

void
fl_camera_pipeline_set_zoom (FlCameraPipeline *self, double zoom)
{
  g_mutex_lock (&self->lock);
  self->zoom = zoom;
  g_mutex_unlock (&self->lock);
  apply_zoom (self);
}

int
fl_camera_pipeline_get_fd (FlCameraPipeline *self)
{
  int fd = -1;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (self->source), "device-fd") != NULL)
    g_object_get (self->source, "device-fd", &fd, NULL);
  return fd;
}
