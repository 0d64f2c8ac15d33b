/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-feed"
#include "config.h"

#include "fl-camera-feed.h"

#include "fl-memory.h"

#define OUTLINE_US                                                                                 \
  250000 /* an outline stays that long without its code: one bad frame is no news */
/* GDK_TOPLEVEL_STATE_SUSPENDED of GTK 4.12, which compositors set for windows nobody sees. */
#define SUSPENDED (1 << 16)

struct _FlCameraFeed
{
  GObject parent_instance;

  FlCameraList *cameras;
  FlScanner *scanner;
  FlCameraBox *box; /* borrowed */
  GtkWidget *page;  /* borrowed */
  GdkSurface *surface;
  gboolean held;
  gboolean wanted;      /* the camera shall be open */
  gboolean has_picture; /* since it was opened */
  gboolean frame_has_code;
  gint64 scanned_us;
  GError *problem;
};

G_DEFINE_FINAL_TYPE (FlCameraFeed, fl_camera_feed, G_TYPE_OBJECT)

typedef enum
{
  PROP_PROBLEM = 1
} FlCameraFeedProperty;
static GParamSpec *props[PROP_PROBLEM + 1];

enum
{
  SIGNAL_SCANNED,
  SIGNAL_OPENED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is_seen (FlCameraFeed *self)
{
  const int unseen = GDK_TOPLEVEL_STATE_MINIMIZED | SUSPENDED;

  if (!gtk_widget_get_mapped (self->page))
    return FALSE;
  return !GDK_IS_TOPLEVEL (self->surface) ||
         ((int) gdk_toplevel_get_state (GDK_TOPLEVEL (self->surface)) & unseen) == 0;
}

static gboolean
is_listed (FlCameraFeed *self, FlCamera *camera)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->cameras)); i++)
    {
      g_autoptr (FlCamera) listed = g_list_model_get_item (G_LIST_MODEL (self->cameras), i);

      if (listed == camera)
        return TRUE;
    }
  return FALSE;
}

static void
set_camera (FlCameraFeed *self, FlCamera *camera)
{
  fl_scanner_set_camera (self->scanner, camera);
  fl_camera_tools_set_camera (fl_camera_box_get_tools (self->box), camera,
                              G_LIST_MODEL (self->cameras));
  fl_camera_box_set_preview (self->box, NULL);
  fl_camera_view_clear_outlines (fl_camera_box_get_view (self->box));
  self->has_picture = FALSE;
}

/* The one in use stays while it is there, whatever else is plugged in. */
static gboolean
choose_camera (FlCameraFeed *self)
{
  FlCamera *present = fl_scanner_get_camera (self->scanner);
  g_autofree char *id = NULL;
  g_autoptr (FlCamera) camera = NULL;

  if (present != NULL && is_listed (self, present))
    return FALSE;

  id = fl_memory_dup_camera ();
  camera = fl_camera_list_choose (self->cameras, id);
  if (camera == present)
    return FALSE;
  set_camera (self, camera);
  return TRUE;
}

static void
update_problem (FlCameraFeed *self)
{
  const GError *problem = fl_scanner_get_problem (self->scanner);

  /* A list that is empty says more than a camera that is gone. */
  if (problem == NULL || fl_camera_list_get_problem (self->cameras) != NULL)
    problem = fl_camera_list_get_problem (self->cameras);
  if (problem == NULL && self->problem == NULL)
    return;
  if (problem != NULL && self->problem != NULL &&
      g_error_matches (self->problem, problem->domain, problem->code))
    return;

  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

static void
update (FlCameraFeed *self)
{
  gboolean wanted = !self->held && is_seen (self);
  gboolean changed;

  if (wanted)
    fl_camera_list_start (self->cameras);
  changed = choose_camera (self);
  if (wanted && (changed || !self->wanted) && fl_scanner_get_camera (self->scanner) != NULL)
    {
      self->has_picture = FALSE;
      fl_scanner_start (self->scanner);
    }
  else if (!wanted && self->wanted)
    {
      fl_scanner_stop (self->scanner);
    }
  if (!wanted && !self->held)
    {
      fl_camera_box_set_preview (self->box, NULL); /* nobody needs an old picture */
      fl_camera_view_clear_outlines (fl_camera_box_get_view (self->box));
    }
  self->wanted = wanted;
  update_problem (self);
}

static void
on_surface_state (FlCameraFeed *self)
{
  update (self);
}

static void
drop_surface (FlCameraFeed *self)
{
  if (self->surface != NULL)
    g_signal_handlers_disconnect_by_data (self->surface, self);
  g_clear_object (&self->surface);
}

static void
on_map (FlCameraFeed *self)
{
  GtkNative *native = gtk_widget_get_native (self->page);

  drop_surface (self);
  if (native != NULL && GDK_IS_TOPLEVEL (gtk_native_get_surface (native)))
    {
      self->surface = g_object_ref (gtk_native_get_surface (native));
      g_signal_connect_swapped (self->surface, "notify::state", G_CALLBACK (on_surface_state),
                                self);
    }
  update (self);
}

static void
on_unmap (FlCameraFeed *self)
{
  drop_surface (self);
  update (self);
}

static void
on_preview (FlCameraFeed *self, const FlPreview *preview)
{
  if (self->held || !self->wanted)
    return;

  fl_camera_box_set_preview (self->box, preview);
  if (self->has_picture)
    return;
  self->has_picture = TRUE;
  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
}

static void
on_scanned (FlCameraFeed *self, FlScan *scan)
{
  FlCameraView *view = fl_camera_box_get_view (self->box);
  int mark = FL_CAMERA_MARK_READ;

  if (self->held || !self->wanted)
    return;

  if (!self->frame_has_code)
    fl_camera_view_clear_outlines (view);
  self->frame_has_code = TRUE;
  self->scanned_us = g_get_monotonic_time ();
  g_signal_emit (self, signals[SIGNAL_SCANNED], 0, scan, &mark);
  fl_camera_view_add_outline (view, fl_scan_get_outline (scan), (FlCameraMark) mark);
}

static void
on_frame_read (FlCameraFeed *self)
{
  FlCameraView *view = fl_camera_box_get_view (self->box);
  const FlPoint *nearly = fl_scanner_get_nearly (self->scanner);
  gboolean has_code = self->frame_has_code;

  self->frame_has_code = FALSE;
  if (self->held || has_code || g_get_monotonic_time () - self->scanned_us < OUTLINE_US)
    return;

  fl_camera_view_clear_outlines (view);
  if (nearly != NULL)
    fl_camera_view_add_outline (view, nearly, FL_CAMERA_MARK_NEARLY);
}

static void
on_hint (FlCameraFeed *self)
{
  fl_camera_box_set_hint (self->box, fl_scanner_get_hint (self->scanner));
}

static void
on_chosen (FlCameraFeed *self, FlCamera *camera)
{
  if (camera == fl_scanner_get_camera (self->scanner))
    return;

  fl_memory_set_camera (fl_camera_get_id (camera));
  set_camera (self, camera);
  if (self->wanted)
    fl_scanner_start (self->scanner);
  update_problem (self);
}

static void
fl_camera_feed_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlCameraFeedProperty) id)
    {
    case PROP_PROBLEM:
      g_value_set_boxed (value, FL_CAMERA_FEED (object)->problem);
      break;
    }
}

static void
fl_camera_feed_dispose (GObject *object)
{
  FlCameraFeed *self = FL_CAMERA_FEED (object);

  drop_surface (self);
  if (self->scanner != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->scanner, self);
      g_signal_handlers_disconnect_by_data (self->cameras, self);
      fl_scanner_stop (self->scanner);
      fl_scanner_set_camera (self->scanner, NULL);
    }
  g_clear_object (&self->scanner);
  g_clear_object (&self->cameras);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (fl_camera_feed_parent_class)->dispose (object);
}

static void
fl_camera_feed_class_init (FlCameraFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fl_camera_feed_dispose;
  object_class->get_property = fl_camera_feed_get_property;

  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[SIGNAL_SCANNED] = g_signal_new ("scanned", FL_TYPE_CAMERA_FEED, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_INT, 1, FL_TYPE_SCAN);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", FL_TYPE_CAMERA_FEED, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 0);
}

static void
fl_camera_feed_init (FlCameraFeed *self)
{
}

FlCameraFeed *
fl_camera_feed_new (FlCameraList *cameras, FlCameraBox *box, GtkWidget *page)
{
  FlCameraFeed *self = g_object_new (FL_TYPE_CAMERA_FEED, NULL);

  self->cameras = g_object_ref (cameras);
  self->scanner = fl_scanner_new ();
  self->box = box;
  self->page = page;
  g_signal_connect_swapped (self->scanner, "preview", G_CALLBACK (on_preview), self);
  g_signal_connect_swapped (self->scanner, "scanned", G_CALLBACK (on_scanned), self);
  g_signal_connect_swapped (self->scanner, "frame-read", G_CALLBACK (on_frame_read), self);
  g_signal_connect_swapped (self->scanner, "notify::hint", G_CALLBACK (on_hint), self);
  g_signal_connect_swapped (self->scanner, "notify::problem", G_CALLBACK (update_problem), self);
  g_signal_connect_swapped (cameras, "items-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (cameras, "notify::problem", G_CALLBACK (update_problem), self);
  g_signal_connect_object (page, "map", G_CALLBACK (on_map), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "unmap", G_CALLBACK (on_unmap), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fl_camera_box_get_tools (box), "chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  if (gtk_widget_get_mapped (page))
    on_map (self);
  return self;
}

void
fl_camera_feed_set_held (FlCameraFeed *self, gboolean held)
{
  g_return_if_fail (FL_IS_CAMERA_FEED (self));

  if (self->held == held)
    return;

  self->held = held;
  if (!held)
    fl_camera_view_clear_outlines (fl_camera_box_get_view (self->box));
  update (self);
}

void
fl_camera_feed_retry (FlCameraFeed *self)
{
  g_return_if_fail (FL_IS_CAMERA_FEED (self));

  if (fl_camera_list_get_problem (self->cameras) != NULL)
    {
      fl_camera_list_stop (self->cameras);
      fl_camera_list_start (self->cameras);
    }
  choose_camera (self);
  if (self->wanted && fl_scanner_get_camera (self->scanner) != NULL)
    fl_scanner_start (self->scanner);
  update_problem (self);
}

void
fl_camera_feed_set_max (FlCameraFeed *self, guint max)
{
  g_return_if_fail (FL_IS_CAMERA_FEED (self));

  fl_scanner_set_max (self->scanner, max);
}

const GError *
fl_camera_feed_get_problem (FlCameraFeed *self)
{
  g_return_val_if_fail (FL_IS_CAMERA_FEED (self), NULL);

  return self->problem;
}

gboolean
fl_camera_feed_is_running (FlCameraFeed *self)
{
  g_return_val_if_fail (FL_IS_CAMERA_FEED (self), FALSE);

  return fl_scanner_is_running (self->scanner);
}
