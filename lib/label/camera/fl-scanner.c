/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-scanner"
#include "config.h"

#include "fl-scanner.h"

#include "fl-camera-private.h"
#include "fl-preview-slot.h"
#include "fl-scan-hint.h"
#include "fl-scan-private.h"
#include "fl-scan-worker.h"

/* Of the 33 ms from one frame to the next on one core, so that the picture stays smooth and the
 * fan quiet. */
#define BUDGET_MS 13

struct _FlScanner
{
  GObject parent_instance;

  FlCamera *camera; /* (nullable) */
  guint max;
  guint budget_ms;
  gboolean is_running;
  FlScanWorker *worker; /* (nullable) while it runs */
  FlPreviewSlot *slot;
  FlScanHint hint;
  gboolean has_nearly;
  FlPoint nearly[4];
};

G_DEFINE_FINAL_TYPE (FlScanner, fl_scanner, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (FlHint,
                    fl_hint,
                    G_DEFINE_ENUM_VALUE (FL_HINT_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (FL_HINT_CLOSER, "closer"),
                    G_DEFINE_ENUM_VALUE (FL_HINT_FURTHER, "further"),
                    G_DEFINE_ENUM_VALUE (FL_HINT_TOO_DARK, "too-dark"),
                    G_DEFINE_ENUM_VALUE (FL_HINT_HOLD_STILL, "hold-still"),
                    G_DEFINE_ENUM_VALUE (FL_HINT_GLARE, "glare"))

typedef enum
{
  PROP_CAMERA = 1,
  PROP_STATE,
  PROP_PROBLEM,
  PROP_HINT,
  PROP_BUDGET_MS
} FlScannerProperty;
static GParamSpec *props[PROP_BUDGET_MS + 1];

enum
{
  PREVIEW,
  SCANNED,
  FRAME_READ,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* In the camera's thread, like on_camera_preview(); both are over when fl_camera_close() returns,
 * which is before anything they use goes. */
static void
on_camera_frame (FlFrame *frame, gpointer data)
{
  fl_scan_worker_push (FL_SCANNER (data)->worker, frame);
}

static void
on_camera_preview (const FlPreview *preview, gpointer data)
{
  fl_preview_slot_put (FL_SCANNER (data)->slot, preview);
}

static void
on_preview (const FlPreview *preview, GObject *owner)
{
  FlScanner *self = FL_SCANNER (owner);

  if (self->is_running)
    g_signal_emit (self, signals[PREVIEW], 0, preview);
}

static void
set_hint (FlScanner *self, FlHint hint)
{
  if (fl_scan_hint_feed (&self->hint, hint, g_get_monotonic_time () / 1000))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HINT]);
}

/* Any handler may stop the scanner, start it again or choose another camera: the rest of an old
 * frame is nobody's business then. */
static void
on_result (const FlScanResult *result, GObject *owner)
{
  FlScanner *self = FL_SCANNER (owner);
  FlScanWorker *worker = self->worker;
  const FlReading *reading = &result->reading;

  self->has_nearly = reading->has_nearly && result->width > 0 && result->height > 0;
  if (self->has_nearly)
    fl_scan_scale_outline (reading->nearly, result->width, result->height, self->nearly);
  set_hint (self, reading->hint);
  for (guint i = 0; reading->matrices != NULL && i < reading->matrices->len; i++)
    {
      g_autoptr (FlScan) scan = NULL;

      if (self->worker != worker)
        return;
      scan = fl_scan_new (g_ptr_array_index (reading->matrices, i), result->width, result->height,
                          result->elapsed_ms);
      g_signal_emit (self, signals[SCANNED], 0, scan);
    }
  if (self->worker == worker)
    g_signal_emit (self, signals[FRAME_READ], 0);
}

static void
on_camera_state (FlScanner *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
on_camera_problem (FlScanner *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

static FlCameraState
get_state (FlScanner *self)
{
  return self->camera != NULL ? fl_camera_get_state (self->camera) : FL_CAMERA_CLOSED;
}

static void
open_camera (FlScanner *self)
{
  fl_camera_set_functions (self->camera, on_camera_frame, on_camera_preview, self);
  fl_camera_open (self->camera);
}

/* Somebody else's picture is not taken away. */
static void
close_camera (FlScanner *self)
{
  if (self->camera == NULL || !fl_camera_is_used_by (self->camera, self))
    return;
  fl_camera_close (self->camera);
  fl_camera_set_functions (self->camera, NULL, NULL, NULL);
}

static void
release_camera (FlScanner *self)
{
  if (self->camera == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->camera, self);
  close_camera (self);
  g_clear_object (&self->camera);
}

/* What the last frames showed is over. */
static void
forget_frames (FlScanner *self)
{
  gboolean had_hint = self->hint.shown != FL_HINT_NONE;
  FlScanHint none = { 0 };

  fl_preview_slot_clear (self->slot);
  self->has_nearly = FALSE;
  self->hint = none;
  if (had_hint)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HINT]);
}

static void
fl_scanner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlScanner *self = FL_SCANNER (object);

  switch ((FlScannerProperty) id)
    {
    case PROP_CAMERA:
      g_value_set_object (value, self->camera);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (int) get_state (self));
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, fl_scanner_get_problem (self));
      break;
    case PROP_HINT:
      g_value_set_enum (value, (int) self->hint.shown);
      break;
    case PROP_BUDGET_MS:
      g_value_set_uint (value, self->budget_ms);
      break;
    }
}

static void
fl_scanner_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FlScanner *self = FL_SCANNER (object);

  if (id == PROP_CAMERA)
    fl_scanner_set_camera (self, g_value_get_object (value));
  else if (id == PROP_BUDGET_MS)
    self->budget_ms = g_value_get_uint (value);
}

static void
fl_scanner_dispose (GObject *object)
{
  FlScanner *self = FL_SCANNER (object);

  self->is_running = FALSE;
  release_camera (self);
  g_clear_pointer (&self->worker, fl_scan_worker_stop);
  g_clear_pointer (&self->slot, fl_preview_slot_unref);
  G_OBJECT_CLASS (fl_scanner_parent_class)->dispose (object);
}

static void
fl_scanner_class_init (FlScannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fl_scanner_get_property;
  object_class->set_property = fl_scanner_set_property;
  object_class->dispose = fl_scanner_dispose;

  props[PROP_CAMERA] =
      g_param_spec_object ("camera", NULL, NULL, FL_TYPE_CAMERA,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, FL_TYPE_CAMERA_STATE, FL_CAMERA_CLOSED,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_HINT] = g_param_spec_enum ("hint", NULL, NULL, FL_TYPE_HINT, FL_HINT_NONE,
                                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_BUDGET_MS] =
      g_param_spec_uint ("budget-ms", NULL, NULL, 0, G_MAXUINT, BUDGET_MS,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[PREVIEW] = g_signal_new ("preview", FL_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SCANNED] = g_signal_new ("scanned", FL_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, FL_TYPE_SCAN);
  signals[FRAME_READ] = g_signal_new ("frame-read", FL_TYPE_SCANNER, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
fl_scanner_init (FlScanner *self)
{
  self->max = 1;
  self->slot = fl_preview_slot_new (on_preview, G_OBJECT (self));
}

FlScanner *
fl_scanner_new (void)
{
  return g_object_new (FL_TYPE_SCANNER, NULL);
}

void
fl_scanner_set_camera (FlScanner *self, FlCamera *camera)
{
  g_return_if_fail (FL_IS_SCANNER (self));

  if (self->camera == camera)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  release_camera (self);
  forget_frames (self);
  if (camera != NULL)
    {
      self->camera = g_object_ref (camera);
      g_signal_connect_swapped (camera, "notify::state", G_CALLBACK (on_camera_state), self);
      g_signal_connect_swapped (camera, "notify::problem", G_CALLBACK (on_camera_problem), self);
      if (self->is_running)
        open_camera (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CAMERA]);
  on_camera_problem (self);
  on_camera_state (self);
  g_object_thaw_notify (G_OBJECT (self));
}

FlCamera *
fl_scanner_get_camera (FlScanner *self)
{
  g_return_val_if_fail (FL_IS_SCANNER (self), NULL);

  return self->camera;
}

void
fl_scanner_set_max (FlScanner *self, guint max)
{
  g_return_if_fail (FL_IS_SCANNER (self));

  self->max = max;
  if (self->worker != NULL)
    fl_scan_worker_set_max (self->worker, max);
}

void
fl_scanner_start (FlScanner *self)
{
  FlScanWorkerOptions options = { 0 };

  g_return_if_fail (FL_IS_SCANNER (self));

  if (self->worker == NULL)
    {
      options.budget_ms = self->budget_ms;
      options.max = self->max;
      options.on_result = on_result;
      options.owner = G_OBJECT (self);
      self->worker = fl_scan_worker_start (&options);
    }
  self->is_running = TRUE;
  if (self->camera != NULL)
    open_camera (self);
}

void
fl_scanner_stop (FlScanner *self)
{
  g_return_if_fail (FL_IS_SCANNER (self));

  if (!self->is_running)
    return;
  self->is_running = FALSE;
  close_camera (self);
  g_clear_pointer (&self->worker, fl_scan_worker_stop);
  forget_frames (self);
}

gboolean
fl_scanner_is_running (FlScanner *self)
{
  g_return_val_if_fail (FL_IS_SCANNER (self), FALSE);

  return self->is_running;
}

FlHint
fl_scanner_get_hint (FlScanner *self)
{
  g_return_val_if_fail (FL_IS_SCANNER (self), FL_HINT_NONE);

  return self->hint.shown;
}

const FlPoint *
fl_scanner_get_nearly (FlScanner *self)
{
  g_return_val_if_fail (FL_IS_SCANNER (self), NULL);

  return self->has_nearly ? self->nearly : NULL;
}

const GError *
fl_scanner_get_problem (FlScanner *self)
{
  g_return_val_if_fail (FL_IS_SCANNER (self), NULL);

  return self->camera != NULL ? fl_camera_get_problem (self->camera) : NULL;
}
