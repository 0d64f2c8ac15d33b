/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-watch"
#include "config.h"

#include "fl-camera-watch.h"

#include <errno.h>
#include <unistd.h>

#include "fl-camera-device.h"
#include "fl-camera-error.h"
#include "fl-camera-portal.h"

struct _FlCameraWatch
{
  gatomicrefcount refs;
  FlCameraWatchFunc func;
  GWeakRef owner;
  GMainContext *context;
  GCancellable *cancellable;
  gboolean is_sandboxed;

  GMutex lock;
  GstBus *bus; /* (nullable) while the thread waits for it */
};

typedef struct
{
  FlCameraWatch *watch;
  GPtrArray *sources;
  GError *problem;
} Report;

static void
watch_unref (FlCameraWatch *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_weak_ref_clear (&self->owner);
  g_main_context_unref (self->context);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static FlCameraWatch *
watch_ref (FlCameraWatch *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
report_free (gpointer data)
{
  Report *report = data;

  watch_unref (report->watch);
  g_ptr_array_unref (report->sources);
  g_clear_error (&report->problem);
  g_free (report);
}

static gboolean
on_report (gpointer data)
{
  Report *report = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&report->watch->owner);

  if (owner != NULL && !g_cancellable_is_cancelled (report->watch->cancellable))
    report->watch->func (report->sources, report->problem, owner);
  return G_SOURCE_REMOVE;
}

/* @sources, @problem: (transfer full) */
static void
tell (FlCameraWatch *self, GPtrArray *sources, GError *problem)
{
  Report *report = g_new0 (Report, 1);
  GSource *source = g_idle_source_new ();

  report->watch = watch_ref (self);
  report->sources = sources;
  report->problem = problem;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_report, report, report_free);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  guint rank_a = fl_camera_device_get_rank ((GstDevice *) a);
  guint rank_b = fl_camera_device_get_rank ((GstDevice *) b);

  return (rank_a > rank_b) - (rank_a < rank_b);
}

static gboolean
is_double (GList *before, GstDevice *device)
{
  /* @before: the rest of the list towards its beginning */
  for (GList *link = before; link != NULL; link = link->prev)
    if (fl_camera_device_is_same (link->data, device))
      return TRUE;
  return FALSE;
}

static GPtrArray *
list_cameras (FlCameraWatch *self, GstDeviceMonitor *monitor)
{
  g_autoptr (GPtrArray) sources =
      g_ptr_array_new_with_free_func ((GDestroyNotify) fl_camera_source_unref);
  GList *devices = g_list_sort (gst_device_monitor_get_devices (monitor), compare_ranks);

  for (GList *link = devices; link != NULL; link = link->next)
    {
      FlCameraSource *source =
          is_double (link->prev, link->data) ? NULL : fl_camera_device_new (link->data);

      if (source != NULL)
        g_ptr_array_add (sources, source);
    }
  g_list_free_full (devices, gst_object_unref);
  if (sources->len == 0 && fl_camera_portal_has_camera (self->cancellable))
    g_ptr_array_add (sources, fl_camera_portal_new ());
  return g_steal_pointer (&sources);
}

/* The nodes are there, but we may not open any. */
static gboolean
is_refused (void)
{
  g_autoptr (GDir) devices = g_dir_open ("/dev", 0, NULL);
  const char *name = NULL;
  gboolean refused = FALSE;

  while (devices != NULL && (name = g_dir_read_name (devices)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/dev", name, NULL);

      if (!g_str_has_prefix (name, "video"))
        continue;
      if (access (path, R_OK | W_OK) == 0)
        return FALSE;
      refused = refused || errno == EACCES;
    }
  return refused;
}

static GError *
why_none (void)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find ("v4l2src");

  if (factory == NULL)
    return fl_camera_error_missing ("v4l2src");
  if (is_refused ())
    return g_error_new_literal (FL_ERROR, FL_ERROR_CAMERA_REFUSED,
                                "The system does not let us open the cameras");
  return g_error_new_literal (FL_ERROR, FL_ERROR_NO_CAMERA, "There is no camera");
}

static void
set_bus (FlCameraWatch *self, GstBus *bus)
{
  g_mutex_lock (&self->lock);
  self->bus = bus;
  g_mutex_unlock (&self->lock);
}

static void
watch (FlCameraWatch *self, GstDeviceMonitor *monitor)
{
  g_autoptr (GstBus) bus = gst_device_monitor_get_bus (monitor);

  set_bus (self, bus);
  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      GPtrArray *sources = list_cameras (self, monitor);
      GstMessage *message = NULL;

      tell (self, sources, sources->len == 0 ? why_none () : NULL);
      message = gst_bus_timed_pop (bus, GST_CLOCK_TIME_NONE);
      g_clear_pointer (&message, gst_message_unref);
    }
  set_bus (self, NULL);
}

static void
watch_devices (FlCameraWatch *self)
{
  g_autoptr (GstDeviceMonitor) monitor = gst_device_monitor_new ();

  gst_device_monitor_set_show_all_devices (monitor, TRUE);
  gst_device_monitor_add_filter (monitor, "Video/Source", NULL);
  gst_device_monitor_start (monitor);
  watch (self, monitor);
  gst_device_monitor_stop (monitor);
}

static void
on_portal_changed (GDBusConnection *bus,
                   const char *sender,
                   const char *path,
                   const char *interface,
                   const char *signal,
                   GVariant *arguments,
                   gpointer changed)
{
  *(gboolean *) changed = TRUE;
}

static void
tell_of_portal (FlCameraWatch *self)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_camera_source_unref);
  GError *problem = NULL;

  if (fl_camera_portal_has_camera (self->cancellable))
    g_ptr_array_add (sources, fl_camera_portal_new ());
  else
    problem = g_error_new_literal (FL_ERROR, FL_ERROR_NO_CAMERA, "The desktop knows no camera");
  tell (self, sources, problem);
}

static void
on_cancelled (GCancellable *cancellable, gpointer context)
{
  g_main_context_wakeup (context);
}

static void
watch_portal (FlCameraWatch *self)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GDBusConnection) bus = NULL;
  gboolean changed = FALSE;
  guint changed_id = 0;
  gulong cancelled_id =
      g_cancellable_connect (self->cancellable, G_CALLBACK (on_cancelled), context, NULL);

  g_main_context_push_thread_default (context);
  bus = fl_camera_portal_connect (self->cancellable, NULL);
  if (bus != NULL)
    changed_id = fl_camera_portal_watch (bus, on_portal_changed, &changed);
  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      changed = FALSE;
      tell_of_portal (self);
      while (!changed && !g_cancellable_is_cancelled (self->cancellable))
        g_main_context_iteration (context, TRUE);
    }
  if (changed_id != 0)
    g_dbus_connection_signal_unsubscribe (bus, changed_id);
  while (g_main_context_iteration (context, FALSE)) /* what is on its way to us */
    continue;
  g_main_context_pop_thread_default (context);
  g_cancellable_disconnect (self->cancellable, cancelled_id);
}

static gpointer
run (gpointer data)
{
  FlCameraWatch *self = data;
  g_autoptr (GError) error = NULL;

  if (!gst_init_check (NULL, NULL, &error))
    tell (self, g_ptr_array_new (),
          g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED, "GStreamer does not start: %s",
                       error->message));
  else if (self->is_sandboxed)
    watch_portal (self);
  else
    watch_devices (self);
  watch_unref (self);
  return NULL;
}

FlCameraWatch *
fl_camera_watch_start (gboolean is_sandboxed, FlCameraWatchFunc func, GObject *owner)
{
  FlCameraWatch *self = g_new0 (FlCameraWatch, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  g_weak_ref_init (&self->owner, owner);
  self->func = func;
  self->is_sandboxed = is_sandboxed;
  self->context = g_main_context_ref_thread_default ();
  self->cancellable = g_cancellable_new ();
  g_thread_unref (g_thread_new ("fl-camera-watch", run, watch_ref (self)));
  return self;
}

void
fl_camera_watch_stop (FlCameraWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->lock);
  if (self->bus != NULL)
    gst_bus_post (self->bus, gst_message_new_application (NULL, gst_structure_new_empty ("stop")));
  g_mutex_unlock (&self->lock);
  watch_unref (self);
}
