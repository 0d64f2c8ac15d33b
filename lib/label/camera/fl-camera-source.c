/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-source"
#include "config.h"

#include "fl-camera-source.h"

#include "fl-camera-error.h"

struct _FlCameraSource
{
  gatomicrefcount refs;
  const FlCameraSourceClass *klass;
  char *id;
  char *name;
  gpointer data;
};

FlCameraSource *
fl_camera_source_new (const FlCameraSourceClass *klass,
                      const char *id,
                      const char *name,
                      gpointer data)
{
  FlCameraSource *self = g_new0 (FlCameraSource, 1);

  g_atomic_ref_count_init (&self->refs);
  self->klass = klass;
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->data = data;
  return self;
}

FlCameraSource *
fl_camera_source_ref (FlCameraSource *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
fl_camera_source_unref (FlCameraSource *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  if (self->klass->free_data != NULL)
    self->klass->free_data (self->data);
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

gboolean
fl_camera_source_is_same (FlCameraSource *a, FlCameraSource *b)
{
  return a->data == b->data && g_str_equal (a->id, b->id);
}

const char *
fl_camera_source_get_id (FlCameraSource *self)
{
  return self->id;
}

const char *
fl_camera_source_get_name (FlCameraSource *self)
{
  return self->name;
}

GstElement *
fl_camera_source_make (FlCameraSource *self, GCancellable *cancellable, GError **error)
{
  return self->klass->make (self->data, cancellable, error);
}

gboolean
fl_camera_source_is_gone (FlCameraSource *self, GCancellable *cancellable)
{
  return self->klass->is_gone != NULL && self->klass->is_gone (self->data, cancellable);
}

GPtrArray *
fl_camera_source_list_formats (FlCameraSource *self)
{
  return self->klass->list_formats != NULL ? self->klass->list_formats (self->data) : NULL;
}

GError *
fl_camera_source_look (FlCameraSource *self)
{
  GError *problem = NULL;

  if (self->klass->look != NULL)
    self->klass->look (self->data, &problem);
  return problem;
}

GstElement *
fl_camera_make_element (const char *name, GError **error)
{
  GstElement *element = gst_element_factory_make (name, NULL);

  if (element == NULL)
    g_propagate_error (error, fl_camera_error_missing (name));
  return element;
}
