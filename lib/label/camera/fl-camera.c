/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera"
#include "config.h"

#include "fl-camera-private.h"
#include "fl-camera-session.h"

#define MAX_ZOOM 4.0

G_DEFINE_ENUM_TYPE (FlCameraState,
                    fl_camera_state,
                    G_DEFINE_ENUM_VALUE (FL_CAMERA_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (FL_CAMERA_OPENING, "opening"),
                    G_DEFINE_ENUM_VALUE (FL_CAMERA_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (FL_CAMERA_FAILED, "failed"))

struct _FlCamera
{
  GObject parent_instance;

  FlCameraSource *source;
  guint silence_ms;
  FlCameraState state;
  GError *problem;
  FlCameraSession *session; /* (nullable) the last one, also when it is over */
  double zoom;
  FlFrameFunc on_frame;
  FlPreviewFunc on_preview;
  gpointer functions_data;
};

G_DEFINE_FINAL_TYPE (FlCamera, fl_camera, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  PROP_PROBLEM
} FlCameraProperty;
static GParamSpec *props[PROP_PROBLEM + 1];

static const char *const state_words[] = {
  [FL_CAMERA_CLOSED] = "closed",
  [FL_CAMERA_OPENING] = "opening",
  [FL_CAMERA_RUNNING] = "running",
  [FL_CAMERA_FAILED] = "failed",
};

static void
set_state (FlCamera *self, FlCameraState state, const GError *problem)
{
  gboolean had_problem = self->problem != NULL;
  gboolean is_new = self->state != state;

  g_object_freeze_notify (G_OBJECT (self));
  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  if (is_new)
    g_debug ("%s: the camera is %s", fl_camera_get_name (self), state_words[state]);
  self->state = state;
  if (had_problem || problem != NULL)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
  if (is_new)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
on_news (FlCameraSession *session, FlCameraState state, const GError *problem, gpointer owner)
{
  FlCamera *self = owner;

  if (session != self->session)
    return;
  if (problem != NULL)
    g_debug ("%s: %s", fl_camera_get_name (self), problem->message);
  set_state (self, state, problem);
}

static void
fl_camera_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlCamera *self = FL_CAMERA (object);

  switch ((FlCameraProperty) id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    }
}

static void
fl_camera_dispose (GObject *object)
{
  FlCamera *self = FL_CAMERA (object);

  if (self->session != NULL)
    fl_camera_session_stop (self->session);
  g_clear_pointer (&self->session, fl_camera_session_unref);
  G_OBJECT_CLASS (fl_camera_parent_class)->dispose (object);
}

static void
fl_camera_finalize (GObject *object)
{
  FlCamera *self = FL_CAMERA (object);

  g_clear_pointer (&self->source, fl_camera_source_unref);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (fl_camera_parent_class)->finalize (object);
}

static void
fl_camera_class_init (FlCameraClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fl_camera_get_property;
  object_class->dispose = fl_camera_dispose;
  object_class->finalize = fl_camera_finalize;

  props[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, FL_TYPE_CAMERA_STATE, FL_CAMERA_CLOSED,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
fl_camera_init (FlCamera *self)
{
  self->zoom = 1;
}

FlCamera *
fl_camera_new (FlCameraSource *source, guint silence_ms)
{
  FlCamera *self = g_object_new (FL_TYPE_CAMERA, NULL);

  self->source = fl_camera_source_ref (source);
  self->silence_ms = silence_ms > 0 ? silence_ms : FL_CAMERA_SILENCE_S * 1000;
  return self;
}

FlCameraSource *
fl_camera_get_source (FlCamera *self)
{
  return self->source;
}

void
fl_camera_set_functions (FlCamera *self,
                         FlFrameFunc on_frame,
                         FlPreviewFunc on_preview,
                         gpointer data)
{
  g_return_if_fail (FL_IS_CAMERA (self));

  self->on_frame = on_frame;
  self->on_preview = on_preview;
  self->functions_data = data;
  if (self->state == FL_CAMERA_OPENING || self->state == FL_CAMERA_RUNNING)
    fl_camera_session_set_functions (self->session, on_frame, on_preview, data);
}

gboolean
fl_camera_is_used_by (FlCamera *self, gpointer data)
{
  g_return_val_if_fail (FL_IS_CAMERA (self), FALSE);

  return self->functions_data == data;
}

void
fl_camera_open (FlCamera *self)
{
  FlCameraSession *before = NULL;
  FlCameraSessionOptions options = { 0 };

  g_return_if_fail (FL_IS_CAMERA (self));

  if (self->state == FL_CAMERA_OPENING || self->state == FL_CAMERA_RUNNING)
    return;

  before = g_steal_pointer (&self->session);
  options.source = self->source;
  options.before = before;
  options.silence_ms = self->silence_ms;
  options.zoom = self->zoom;
  options.on_frame = self->on_frame;
  options.on_preview = self->on_preview;
  options.functions_data = self->functions_data;
  options.on_news = on_news;
  options.owner = G_OBJECT (self);
  self->session = fl_camera_session_start (&options);
  g_clear_pointer (&before, fl_camera_session_unref);
  set_state (self, FL_CAMERA_OPENING, NULL);
}

void
fl_camera_close (FlCamera *self)
{
  g_return_if_fail (FL_IS_CAMERA (self));

  if (self->session != NULL)
    fl_camera_session_stop (self->session);
  set_state (self, FL_CAMERA_CLOSED, NULL);
}

FlCameraState
fl_camera_get_state (FlCamera *self)
{
  g_return_val_if_fail (FL_IS_CAMERA (self), FL_CAMERA_CLOSED);

  return self->state;
}

const GError *
fl_camera_get_problem (FlCamera *self)
{
  g_return_val_if_fail (FL_IS_CAMERA (self), NULL);

  return self->problem;
}

const char *
fl_camera_get_id (FlCamera *self)
{
  g_return_val_if_fail (FL_IS_CAMERA (self), NULL);

  return fl_camera_source_get_id (self->source);
}

const char *
fl_camera_get_name (FlCamera *self)
{
  g_return_val_if_fail (FL_IS_CAMERA (self), NULL);

  return fl_camera_source_get_name (self->source);
}

void
fl_camera_set_zoom (FlCamera *self, double zoom)
{
  g_return_if_fail (FL_IS_CAMERA (self));

  self->zoom = CLAMP (zoom, 1.0, MAX_ZOOM);
  if (self->session != NULL)
    fl_camera_session_set_zoom (self->session, self->zoom);
}

gboolean
fl_camera_has_torch (FlCamera *self)
{
  g_return_val_if_fail (FL_IS_CAMERA (self), FALSE);

  return self->state == FL_CAMERA_RUNNING && fl_camera_session_has_torch (self->session);
}

void
fl_camera_set_torch (FlCamera *self, gboolean on)
{
  g_return_if_fail (FL_IS_CAMERA (self));

  if (self->state == FL_CAMERA_RUNNING)
    fl_camera_session_set_torch (self->session, on);
}
