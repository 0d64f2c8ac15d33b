/* SPDX-License-Identifier: Apache-2.0 */
#include "fake-camera.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/base/gstpushsrc.h>
#include <gst/video/video.h>

#define PACE_US 2000

typedef struct
{
  GstPushSrc parent_instance;

  FakeCamera *fake;
  guint n;
  GstVideoInfo info;
  gboolean flushing; /* under the fake's lock */
} FakeSrc;

typedef GstPushSrcClass FakeSrcClass;

GType fake_src_get_type (void);
G_DEFINE_TYPE (FakeSrc, fake_src, GST_TYPE_PUSH_SRC)

static GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

static void
post_error (FakeSrc *self)
{
  gst_element_message_full (GST_ELEMENT (self), GST_MESSAGE_ERROR, self->fake->error_domain,
                            self->fake->error_code, g_strdup ("It failed."),
                            g_strdup (self->fake->error_debug), __FILE__, G_STRFUNC, __LINE__);
}

/* FALSE: it is told to stop. @end_us: 0 for ever. */
static gboolean
rest (FakeSrc *self, gint64 end_us)
{
  gboolean flushing = FALSE;

  g_mutex_lock (&self->fake->lock);
  while (!self->flushing && end_us == 0)
    g_cond_wait (&self->fake->changed, &self->fake->lock);
  while (!self->flushing && g_cond_wait_until (&self->fake->changed, &self->fake->lock, end_us))
    continue;
  flushing = self->flushing;
  g_mutex_unlock (&self->fake->lock);
  return !flushing;
}

static void
describe (FakeSrc *self, GstVideoInfo *info)
{
  GstVideoFormat format = GST_VIDEO_FORMAT_GRAY8;
  guint width = 64;
  guint height = 48;

  if (self->fake->kind == FAKE_PIXEL)
    width = height = 1;
  else if (self->fake->kind == FAKE_HUGE)
    width = height = 8192;
  else if (self->fake->kind == FAKE_TOO_HUGE)
    {
      width = 8193;
      height = 16;
    }
  else if (self->fake->kind == FAKE_CHANGES && self->n > 3)
    {
      format = GST_VIDEO_FORMAT_YUY2;
      width = 128;
      height = 96;
    }
  gst_video_info_set_format (info, format, width, height);
}

static GstBuffer *
paint (FakeSrc *self, const GstVideoInfo *info)
{
  gsize size = GST_VIDEO_INFO_SIZE (info) / (self->fake->kind == FAKE_TRUNCATED ? 2 : 1);
  GstBuffer *buffer = gst_buffer_new_allocate (NULL, size, NULL);
  gsize offsets[GST_VIDEO_MAX_PLANES] = { self->fake->kind == FAKE_OFFSET ? size - 1 : 0 };
  int strides[GST_VIDEO_MAX_PLANES] = { self->fake->kind == FAKE_STRIDE ? 1 << 20 : 64 };

  gst_buffer_memset (buffer, 0, 50, size);
  if (self->fake->kind == FAKE_STRIDE || self->fake->kind == FAKE_OFFSET)
    gst_buffer_add_video_meta_full (buffer, GST_VIDEO_FRAME_FLAG_NONE, GST_VIDEO_FORMAT_GRAY8, 64,
                                    48, 1, offsets, strides);
  return buffer;
}

static gboolean
agree_raw (FakeSrc *self)
{
  GstVideoInfo info;
  g_autoptr (GstCaps) caps = NULL;

  describe (self, &info);
  if (gst_video_info_is_equal (&info, &self->info))
    return TRUE;
  caps = gst_video_info_to_caps (&info);
  self->info = info;
  return gst_base_src_set_caps (GST_BASE_SRC (self), caps);
}

static gboolean
agree_jpeg (FakeSrc *self)
{
  g_autoptr (GstCaps) caps = gst_caps_from_string (
      "image/jpeg, width=(int)640, height=(int)480, framerate=(fraction)30/1");

  return self->n > 1 || gst_base_src_set_caps (GST_BASE_SRC (self), caps);
}

static GstBuffer *
compress (void)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 640, 480);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  gdk_pixbuf_fill (pixbuf, 0x323232ff);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", &error, NULL);
  g_assert_no_error (error);
  return gst_buffer_new_wrapped (data, size);
}

static GstFlowReturn
fake_src_create (GstPushSrc *src, GstBuffer **buffer)
{
  FakeSrc *self = (FakeSrc *) src;
  FakeCamera *fake = self->fake;

  if (!rest (self, g_get_monotonic_time () + PACE_US))
    return GST_FLOW_FLUSHING;
  self->n++;
  if (fake->silent_after > 0 && self->n > fake->silent_after && !rest (self, 0))
    return GST_FLOW_FLUSHING;
  if (fake->fails_after > 0 && self->n > fake->fails_after)
    {
      post_error (self);
      return GST_FLOW_ERROR;
    }
  if (fake->kind != FAKE_JPEG && fake->kind != FAKE_REAL_JPEG)
    {
      if (!agree_raw (self))
        return GST_FLOW_NOT_NEGOTIATED;
      *buffer = paint (self, &self->info);
      return GST_FLOW_OK;
    }
  if (!agree_jpeg (self))
    return GST_FLOW_NOT_NEGOTIATED;
  if (fake->kind == FAKE_REAL_JPEG && self->n % 2 == 0)
    {
      *buffer = compress ();
      return GST_FLOW_OK;
    }
  *buffer = gst_buffer_new_allocate (NULL, 1000, NULL);
  gst_buffer_memset (*buffer, 0, (guint8) self->n, 1000);
  return GST_FLOW_OK;
}

/* Chooses among what was offered as real cameras do, and says no to one of it. */
static gboolean
fake_src_negotiate (GstBaseSrc *src)
{
  FakeSrc *self = (FakeSrc *) src;
  g_autoptr (GstCaps) allowed = gst_pad_peer_query_caps (GST_BASE_SRC_PAD (src), NULL);
  int width = 0;

  if (self->fake->rejects_width == 0 || gst_caps_is_any (allowed) || gst_caps_is_empty (allowed))
    return TRUE;
  gst_structure_get_int (gst_caps_get_structure (allowed, 0), "width", &width);
  return (guint) width != self->fake->rejects_width;
}

/* Caps that nobody took do not count. */
static gboolean
fake_src_start (GstBaseSrc *src)
{
  gst_video_info_init (&((FakeSrc *) src)->info);
  return TRUE;
}

static GstCaps *
fake_src_get_caps (GstBaseSrc *src, GstCaps *filter)
{
  FakeCamera *fake = ((FakeSrc *) src)->fake;

  return fake->offers != NULL ? gst_caps_from_string (fake->offers) : gst_caps_new_any ();
}

static void
set_flushing (GstBaseSrc *src, gboolean flushing)
{
  FakeSrc *self = (FakeSrc *) src;

  g_mutex_lock (&self->fake->lock);
  self->flushing = flushing;
  g_cond_broadcast (&self->fake->changed);
  g_mutex_unlock (&self->fake->lock);
}

static gboolean
fake_src_unlock (GstBaseSrc *src)
{
  set_flushing (src, TRUE);
  return TRUE;
}

static gboolean
fake_src_unlock_stop (GstBaseSrc *src)
{
  set_flushing (src, FALSE);
  return TRUE;
}

static gboolean
open_fake (FakeSrc *self)
{
  FakeCamera *fake = self->fake;

  if (fake->fails_open)
    {
      post_error (self);
      return FALSE;
    }
  g_mutex_lock (&fake->lock);
  fake->n_opened++;
  g_main_context_wakeup (NULL);
  while (fake->hangs_open && !fake->released)
    g_cond_wait (&fake->changed, &fake->lock);
  g_mutex_unlock (&fake->lock);
  return TRUE;
}

static GstStateChangeReturn
fake_src_change_state (GstElement *element, GstStateChange transition)
{
  FakeSrc *self = (FakeSrc *) element;
  GstStateChangeReturn result = GST_STATE_CHANGE_FAILURE;

  if (transition == GST_STATE_CHANGE_NULL_TO_READY && !open_fake (self))
    return GST_STATE_CHANGE_FAILURE;
  result = GST_ELEMENT_CLASS (fake_src_parent_class)->change_state (element, transition);
  if (transition == GST_STATE_CHANGE_READY_TO_NULL)
    {
      g_mutex_lock (&self->fake->lock);
      self->fake->n_closed++;
      g_mutex_unlock (&self->fake->lock);
      g_main_context_wakeup (NULL);
    }
  return result;
}

static void
fake_src_class_init (FakeSrcClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "Fake", "Source/Video", "Fake", "Tests");
  element_class->change_state = fake_src_change_state;
  base_class->start = fake_src_start;
  base_class->negotiate = fake_src_negotiate;
  base_class->get_caps = fake_src_get_caps;
  base_class->unlock = fake_src_unlock;
  base_class->unlock_stop = fake_src_unlock_stop;
  klass->create = fake_src_create;
}

static void
fake_src_init (FakeSrc *self)
{
  gst_base_src_set_live (GST_BASE_SRC (self), TRUE);
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
  gst_base_src_set_do_timestamp (GST_BASE_SRC (self), TRUE);
}

static GstElement *
make (gpointer data, GCancellable *cancellable, GError **error)
{
  FakeSrc *self = g_object_new (fake_src_get_type (), NULL);

  self->fake = data;
  return GST_ELEMENT (self);
}

static const FlCameraSourceClass source_class = { .make = make };

void
fake_camera_init (FakeCamera *self)
{
  memset (self, 0, sizeof *self);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
}

void
fake_camera_clear (FakeCamera *self)
{
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
}

FlCamera *
fake_camera_new (FakeCamera *self, guint silence_ms)
{
  g_autoptr (FlCameraSource) source =
      fl_camera_source_new (&source_class, "fake", "Fake Camera", self);

  return fl_camera_new (source, silence_ms);
}

gboolean
fake_camera_is_closed (FakeCamera *self)
{
  gboolean closed = FALSE;

  g_mutex_lock (&self->lock);
  closed = self->n_opened == self->n_closed;
  g_mutex_unlock (&self->lock);
  return closed;
}

guint
fake_camera_count_opened (FakeCamera *self)
{
  guint n = 0;

  g_mutex_lock (&self->lock);
  n = self->n_opened;
  g_mutex_unlock (&self->lock);
  return n;
}

void
fake_camera_release (FakeCamera *self)
{
  g_mutex_lock (&self->lock);
  self->released = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}
