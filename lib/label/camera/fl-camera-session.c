/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-session"
#include "config.h"

#include "fl-camera-session.h"

#include "fl-camera-error.h"
#include "fl-camera-format.h"
#include "fl-camera-pipeline.h"
#include "fl-camera-torch.h"

/* A camera that changes its format while it runs is opened anew so many times. */
#define MAX_RESTARTS 3

struct _FlCameraSession
{
  gatomicrefcount refs;
  FlCameraSource *source;
  guint silence_ms;
  FlCameraSession *before;
  GThread *thread;
  GCancellable *cancellable;
  GMainContext *context;
  FlCameraNewsFunc on_news;
  GWeakRef owner;
  FlCameraSinks sinks;

  GRecMutex gate; /* held while a function runs; recursive: a function may stop the camera */
  FlFrameFunc on_frame;
  FlPreviewFunc on_preview;
  gpointer data;

  GMutex lock;                /* of the rest */
  FlCameraPipeline *pipeline; /* (nullable) the thread's own */
  gint64 alive_us;            /* the last picture, or when it was asked for */
  gboolean has_pictures;      /* one came since the format was set */
  double zoom;
  gboolean has_torch;
  gboolean torch;
};

typedef struct
{
  FlCameraSession *session;
  FlCameraState state;
  GError *problem;
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  fl_camera_session_unref (news->session);
  g_clear_error (&news->problem);
  g_free (news);
}

static gboolean
on_news (gpointer data)
{
  News *news = data;
  FlCameraSession *self = news->session;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);

  if (owner != NULL && !g_cancellable_is_cancelled (self->cancellable))
    self->on_news (self, news->state, news->problem, owner);
  return G_SOURCE_REMOVE;
}

static void
tell (FlCameraSession *self, FlCameraState state, const GError *problem)
{
  News *news = g_new0 (News, 1);
  GSource *source = g_idle_source_new ();

  news->session = fl_camera_session_ref (self);
  news->state = state;
  news->problem = problem != NULL ? g_error_copy (problem) : NULL;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_news, news, news_free);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

/* Ends the thread's wait for the bus. */
static void
wake (FlCameraSession *self)
{
  g_mutex_lock (&self->lock);
  if (self->pipeline != NULL)
    gst_bus_post (fl_camera_pipeline_get_bus (self->pipeline),
                  gst_message_new_application (NULL, gst_structure_new_empty ("wake")));
  g_mutex_unlock (&self->lock);
}

static void
on_alive (gpointer data)
{
  FlCameraSession *self = data;
  gboolean is_first = FALSE;

  g_mutex_lock (&self->lock);
  self->alive_us = g_get_monotonic_time ();
  is_first = !self->has_pictures;
  self->has_pictures = TRUE;
  g_mutex_unlock (&self->lock);
  if (is_first)
    tell (self, FL_CAMERA_RUNNING, NULL);
}

static void
on_frame (FlFrame *frame, gpointer data)
{
  FlCameraSession *self = data;

  g_rec_mutex_lock (&self->gate);
  if (self->on_frame != NULL)
    self->on_frame (frame, self->data);
  g_rec_mutex_unlock (&self->gate);
}

static void
on_preview (const FlPreview *preview, gpointer data)
{
  FlCameraSession *self = data;

  g_rec_mutex_lock (&self->gate);
  if (self->on_preview != NULL)
    self->on_preview (preview, self->data);
  g_rec_mutex_unlock (&self->gate);
}

static gint64
silent_since (FlCameraSession *self, gboolean restart)
{
  gint64 since_us = 0;

  g_mutex_lock (&self->lock);
  if (restart)
    {
      self->alive_us = g_get_monotonic_time ();
      self->has_pictures = FALSE;
    }
  since_us = self->alive_us;
  g_mutex_unlock (&self->lock);
  return since_us;
}

static gboolean
had_pictures (FlCameraSession *self)
{
  gboolean had = FALSE;

  g_mutex_lock (&self->lock);
  had = self->has_pictures;
  g_mutex_unlock (&self->lock);
  return had;
}

static void
apply_torch (FlCameraSession *self, FlCameraPipeline *pipeline)
{
  gboolean wanted = FALSE;

  g_mutex_lock (&self->lock);
  wanted = self->torch;
  g_mutex_unlock (&self->lock);
  if (fl_camera_session_has_torch (self))
    fl_camera_torch_set (fl_camera_pipeline_get_fd (pipeline), wanted, NULL);
}

/* @is_format: set when the reason is that the camera does not do this format. */
static GError *
read_failure (GstMessage *message, gboolean *is_format)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *debug = NULL;

  if (message == NULL || GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return g_error_new_literal (FL_ERROR, FL_ERROR_UNEXPECTED, "The camera's pictures ended");
  gst_message_parse_error (message, &error, &debug);
  *is_format = fl_camera_error_is_format (error, debug);
  return fl_camera_error_from_gst (error, debug);
}

static GError *
pop_failure (FlCameraPipeline *pipeline, gboolean *is_format)
{
  GstBus *bus = fl_camera_pipeline_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

  return read_failure (message, is_format);
}

/* Lets it play until it fails, which is returned, or is stopped: NULL. */
static GError *
watch (FlCameraSession *self, FlCameraPipeline *pipeline, gboolean *is_format)
{
  GstBus *bus = fl_camera_pipeline_get_bus (pipeline);
  gint64 silence_us = self->silence_ms * G_GINT64_CONSTANT (1000);

  silent_since (self, TRUE);
  if (!fl_camera_pipeline_set_state (pipeline, GST_STATE_PLAYING))
    return pop_failure (pipeline, is_format);
  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      gint64 left_us = silent_since (self, FALSE) + silence_us - g_get_monotonic_time ();
      g_autoptr (GstMessage) message = NULL;

      if (left_us <= 0)
        return g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED, "The camera sent no picture for %u ms",
                            self->silence_ms);
      message = gst_bus_timed_pop_filtered (bus, (GstClockTime) left_us * GST_USECOND,
                                            GST_MESSAGE_ERROR | GST_MESSAGE_EOS |
                                                GST_MESSAGE_APPLICATION);
      if (message != NULL && GST_MESSAGE_TYPE (message) != GST_MESSAGE_APPLICATION)
        return read_failure (message, is_format);
      if (message != NULL)
        apply_torch (self, pipeline);
    }
  return NULL;
}

/* The end of one try is not the end of the next. */
static void
forget_messages (FlCameraPipeline *pipeline)
{
  GstBus *bus = fl_camera_pipeline_get_bus (pipeline);

  gst_bus_set_flushing (bus, TRUE);
  gst_bus_set_flushing (bus, FALSE);
}

static GPtrArray *
list_formats (FlCameraSession *self, FlCameraPipeline *pipeline)
{
  g_autoptr (GPtrArray) formats = fl_camera_source_list_formats (self->source);
  g_autoptr (GstCaps) offered = NULL;

  if (formats != NULL)
    return g_steal_pointer (&formats);
  offered = fl_camera_pipeline_query (pipeline);
  return fl_camera_format_choose (offered);
}

/* One format after the other, until the camera plays; what it offers and what it does are two
 * things, so the last try is to take what comes. */
static GError *
try_formats (FlCameraSession *self, FlCameraPipeline *pipeline, gboolean *restart)
{
  g_autoptr (GPtrArray) formats = list_formats (self, pipeline);
  g_autoptr (GError) failure = NULL;

  if (formats == NULL)
    return g_error_new_literal (FL_ERROR, FL_ERROR_UNEXPECTED,
                                "The camera has no format that can be used");
  for (guint i = 0; i <= formats->len; i++)
    {
      const GstCaps *format = i < formats->len ? g_ptr_array_index (formats, i) : NULL;
      gboolean is_format = FALSE;

      g_clear_error (&failure);
      fl_camera_pipeline_set_format (pipeline, format);
      failure = watch (self, pipeline, &is_format);
      if (failure == NULL || !is_format)
        break;
      fl_camera_pipeline_set_state (pipeline, GST_STATE_READY);
      forget_messages (pipeline);
      *restart = had_pictures (self);
      if (*restart)
        break;
    }
  return g_steal_pointer (&failure);
}

static GError *
play (FlCameraSession *self, FlCameraPipeline *pipeline)
{
  g_autoptr (GError) failure = NULL;
  gboolean restart = TRUE;
  gboolean unused = FALSE;

  if (!fl_camera_pipeline_set_state (pipeline, GST_STATE_READY))
    return pop_failure (pipeline, &unused);
  g_mutex_lock (&self->lock);
  self->has_torch = fl_camera_torch_is_there (fl_camera_pipeline_get_fd (pipeline), NULL);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; restart && i <= MAX_RESTARTS; i++)
    {
      restart = FALSE;
      g_clear_error (&failure);
      failure = try_formats (self, pipeline, &restart);
    }
  return g_steal_pointer (&failure);
}

static void
set_pipeline (FlCameraSession *self, FlCameraPipeline *pipeline)
{
  g_mutex_lock (&self->lock);
  self->pipeline = pipeline;
  if (pipeline != NULL)
    fl_camera_pipeline_set_zoom (pipeline, self->zoom);
  g_mutex_unlock (&self->lock);
}

/* From nothing to closed again; NULL when it was stopped. */
static GError *
live (FlCameraSession *self)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (FlCameraPipeline) pipeline = NULL;
  GstElement *source = NULL;

  if (!gst_init_check (NULL, NULL, &failure))
    return g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED, "GStreamer does not start: %s",
                        failure->message);
  source = fl_camera_source_make (self->source, self->cancellable, &failure);
  if (source == NULL)
    return g_steal_pointer (&failure);
  pipeline = fl_camera_pipeline_new (source, &self->sinks, &failure);
  if (pipeline == NULL)
    return g_steal_pointer (&failure);

  set_pipeline (self, pipeline);
  failure = play (self, pipeline);
  set_pipeline (self, NULL);
  return g_steal_pointer (&failure);
}

/* A camera that was pulled out does not always say so. */
static void
explain (FlCameraSession *self, GError **failure)
{
  if (!g_error_matches (*failure, FL_ERROR, FL_ERROR_UNEXPECTED) ||
      !fl_camera_source_is_gone (self->source, self->cancellable))
    return;
  g_clear_error (failure);
  g_set_error_literal (failure, FL_ERROR, FL_ERROR_NO_CAMERA, "The camera is gone");
}

static gpointer
run (gpointer data)
{
  FlCameraSession *self = data;
  g_autoptr (GError) failure = NULL;

  if (self->before != NULL)
    g_thread_join (g_steal_pointer (&self->before->thread));
  g_clear_pointer (&self->before, fl_camera_session_unref);
  if (!g_cancellable_is_cancelled (self->cancellable))
    failure = live (self);
  explain (self, &failure);
  if (failure != NULL)
    tell (self, FL_CAMERA_FAILED, failure);
  fl_camera_session_unref (self);
  return NULL;
}

FlCameraSession *
fl_camera_session_start (const FlCameraSessionOptions *options)
{
  FlCameraSession *self = g_new0 (FlCameraSession, 1);
  FlCameraSinks sinks = { on_alive, on_frame, on_preview, self };

  g_atomic_ref_count_init (&self->refs);
  g_rec_mutex_init (&self->gate);
  g_mutex_init (&self->lock);
  g_weak_ref_init (&self->owner, options->owner);
  self->source = fl_camera_source_ref (options->source);
  self->before = options->before != NULL ? fl_camera_session_ref (options->before) : NULL;
  self->silence_ms = options->silence_ms;
  self->zoom = options->zoom;
  self->on_frame = options->on_frame;
  self->on_preview = options->on_preview;
  self->data = options->functions_data;
  self->on_news = options->on_news;
  self->sinks = sinks;
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_ref_thread_default ();
  self->thread = g_thread_new ("fl-camera", run, fl_camera_session_ref (self));
  return self;
}

void
fl_camera_session_stop (FlCameraSession *self)
{
  g_cancellable_cancel (self->cancellable);
  fl_camera_session_set_functions (self, NULL, NULL, NULL);
  wake (self);
}

FlCameraSession *
fl_camera_session_ref (FlCameraSession *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
fl_camera_session_unref (FlCameraSession *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->before, fl_camera_session_unref);
  g_clear_pointer (&self->thread, g_thread_unref);
  g_clear_object (&self->cancellable);
  g_weak_ref_clear (&self->owner);
  g_main_context_unref (self->context);
  fl_camera_source_unref (self->source);
  g_rec_mutex_clear (&self->gate);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
fl_camera_session_set_functions (FlCameraSession *self,
                                 FlFrameFunc on_frame_func,
                                 FlPreviewFunc on_preview_func,
                                 gpointer data)
{
  g_rec_mutex_lock (&self->gate);
  self->on_frame = on_frame_func;
  self->on_preview = on_preview_func;
  self->data = data;
  g_rec_mutex_unlock (&self->gate);
}

void
fl_camera_session_set_zoom (FlCameraSession *self, double zoom)
{
  g_mutex_lock (&self->lock);
  self->zoom = zoom;
  if (self->pipeline != NULL)
    fl_camera_pipeline_set_zoom (self->pipeline, zoom);
  g_mutex_unlock (&self->lock);
}

gboolean
fl_camera_session_has_torch (FlCameraSession *self)
{
  gboolean has = FALSE;

  g_mutex_lock (&self->lock);
  has = self->has_torch;
  g_mutex_unlock (&self->lock);
  return has;
}

void
fl_camera_session_set_torch (FlCameraSession *self, gboolean on)
{
  g_mutex_lock (&self->lock);
  self->torch = on;
  g_mutex_unlock (&self->lock);
  wake (self);
}
