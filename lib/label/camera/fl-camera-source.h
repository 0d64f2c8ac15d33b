/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

/**
 * FlCameraSource:
 *
 * Where a camera's pictures come from: what its pipeline starts with. Immutable, reference counted;
 * used from the camera's thread.
 */
typedef struct _FlCameraSource FlCameraSource;

typedef struct
{
  /* In the camera's thread; may take its time and ask a person. Returns the element with one "src"
   * pad, in state NULL (transfer floating), or NULL with FL_ERROR or G_IO_ERROR_CANCELLED. */
  GstElement *(*make) (gpointer data, GCancellable *cancellable, GError **error);
  /* (nullable) Quick, in the main context: an error when there is no such camera at all. */
  void (*look) (gpointer data, GError **error);
  /* (nullable) As fl_camera_format_choose(), for elements that do not know it themselves. */
  GPtrArray *(*list_formats) (gpointer data);
  /* (nullable) In the camera's thread, when it failed and nothing said why: it is not there any
   * more. */
  gboolean (*is_gone) (gpointer data, GCancellable *cancellable);
  GDestroyNotify free_data;
} FlCameraSourceClass;

FlCameraSource *fl_camera_source_new (const FlCameraSourceClass *klass,
                                      const char *id,
                                      const char *name,
                                      gpointer data); /* (transfer full) */
FlCameraSource *fl_camera_source_ref (FlCameraSource *self);
void fl_camera_source_unref (FlCameraSource *self);
/* The same camera, plugged in the same once. */
gboolean fl_camera_source_is_same (FlCameraSource *a, FlCameraSource *b);
const char *fl_camera_source_get_id (FlCameraSource *self);
const char *fl_camera_source_get_name (FlCameraSource *self);
GstElement *fl_camera_source_make (FlCameraSource *self, GCancellable *cancellable, GError **error);

gboolean fl_camera_source_is_gone (FlCameraSource *self, GCancellable *cancellable);
/* (nullable) (transfer full): ask the element. */
GPtrArray *fl_camera_source_list_formats (FlCameraSource *self);
/* Why there is no such camera; (nullable) (transfer full). */
GError *fl_camera_source_look (FlCameraSource *self);

/* An element of GStreamer by its name; NULL with E57 that names the package. */
GstElement *fl_camera_make_element (const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCameraSource, fl_camera_source_unref)

G_END_DECLS
