/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-list"
#include "config.h"

#include "fl-camera-list.h"

#include "fl-camera-portal.h"
#include "fl-camera-private.h"
#include "fl-camera-stand-in.h"
#include "fl-camera-watch.h"

struct _FlCameraList
{
  GObject parent_instance;

  GListStore *cameras; /* of FlCamera */
  GError *problem;
  FlCameraSource *stand_in; /* (nullable) instead of real ones */
  FlCameraWatch *watch;     /* (nullable) */
  gboolean is_sandboxed;    /* only the portal gives cameras */
};

static GType
fl_camera_list_get_item_type (GListModel *model)
{
  return FL_TYPE_CAMERA;
}

static guint
fl_camera_list_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (FL_CAMERA_LIST (model)->cameras));
}

static gpointer
fl_camera_list_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (FL_CAMERA_LIST (model)->cameras), position);
}

static void
model_init (GListModelInterface *iface)
{
  iface->get_item_type = fl_camera_list_get_item_type;
  iface->get_n_items = fl_camera_list_get_n_items;
  iface->get_item = fl_camera_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FlCameraList,
                               fl_camera_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_init))

typedef enum
{
  PROP_PROBLEM = 1,
  PROP_SANDBOXED
} FlCameraListProperty;
static GParamSpec *props[PROP_SANDBOXED + 1];

static void
set_problem (FlCameraList *self, const GError *problem)
{
  if (self->problem == NULL && problem == NULL)
    return;
  g_clear_error (&self->problem);
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

static gboolean
has_source (GPtrArray *sources, FlCameraSource *source)
{
  for (guint i = 0; i < sources->len; i++)
    if (fl_camera_source_is_same (g_ptr_array_index (sources, i), source))
      return TRUE;
  return FALSE;
}

static FlCamera *
dup_camera (FlCameraList *self, const char *id)
{
  GListModel *model = G_LIST_MODEL (self->cameras);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (FlCamera) camera = g_list_model_get_item (model, i);

      if (g_strcmp0 (fl_camera_get_id (camera), id) == 0)
        return g_steal_pointer (&camera);
    }
  return NULL;
}

/* Cameras that stay keep their object: one of them may be running. */
static void
on_cameras (GPtrArray *sources, const GError *problem, GObject *owner)
{
  FlCameraList *self = FL_CAMERA_LIST (owner);
  GListModel *model = G_LIST_MODEL (self->cameras);

  for (guint i = g_list_model_get_n_items (model); i > 0; i--)
    {
      g_autoptr (FlCamera) camera = g_list_model_get_item (model, i - 1);

      if (!has_source (sources, fl_camera_get_source (camera)))
        g_list_store_remove (self->cameras, i - 1);
    }
  for (guint i = 0; i < sources->len; i++)
    {
      FlCameraSource *source = g_ptr_array_index (sources, i);
      g_autoptr (FlCamera) camera = dup_camera (self, fl_camera_source_get_id (source));

      if (camera != NULL)
        continue;
      camera = fl_camera_new (source, 0);
      g_list_store_insert (self->cameras, MIN (i, g_list_model_get_n_items (model)), camera);
    }
  set_problem (self, problem);
}

static void
on_items_changed (GListModel *cameras, guint position, guint removed, guint added, gpointer self)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
add_stand_in (FlCameraList *self)
{
  g_autoptr (GError) problem = fl_camera_source_look (self->stand_in);
  g_autoptr (FlCamera) camera = problem == NULL ? fl_camera_new (self->stand_in, 0) : NULL;

  if (camera != NULL)
    g_list_store_append (self->cameras, camera);
  set_problem (self, problem);
}

static void
fl_camera_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FlCameraList *self = FL_CAMERA_LIST (object);

  switch ((FlCameraListProperty) id)
    {
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    case PROP_SANDBOXED:
      g_value_set_boolean (value, self->is_sandboxed);
      break;
    }
}

static void
fl_camera_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SANDBOXED)
    FL_CAMERA_LIST (object)->is_sandboxed = g_value_get_boolean (value);
}

static void
fl_camera_list_dispose (GObject *object)
{
  FlCameraList *self = FL_CAMERA_LIST (object);

  g_clear_pointer (&self->watch, fl_camera_watch_stop);
  g_clear_object (&self->cameras);
  G_OBJECT_CLASS (fl_camera_list_parent_class)->dispose (object);
}

static void
fl_camera_list_finalize (GObject *object)
{
  FlCameraList *self = FL_CAMERA_LIST (object);

  g_clear_pointer (&self->stand_in, fl_camera_source_unref);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (fl_camera_list_parent_class)->finalize (object);
}

static void
fl_camera_list_class_init (FlCameraListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fl_camera_list_get_property;
  object_class->set_property = fl_camera_list_set_property;
  object_class->dispose = fl_camera_list_dispose;
  object_class->finalize = fl_camera_list_finalize;

  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SANDBOXED] =
      g_param_spec_boolean ("sandboxed", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
fl_camera_list_init (FlCameraList *self)
{
  self->cameras = g_list_store_new (FL_TYPE_CAMERA);
  g_signal_connect_object (self->cameras, "items-changed", G_CALLBACK (on_items_changed), self, 0);
}

FlCameraList *
fl_camera_list_new (void)
{
  return g_object_new (FL_TYPE_CAMERA_LIST, "sandboxed", fl_camera_portal_is_needed (), NULL);
}

FlCameraList *
fl_camera_list_new_for_source (const char *source, GError **error)
{
  g_autoptr (FlCameraSource) stand_in = fl_camera_stand_in_new (source, error);
  FlCameraList *self = NULL;

  if (stand_in == NULL)
    return NULL;
  self = fl_camera_list_new ();
  self->stand_in = g_steal_pointer (&stand_in);
  return self;
}

FlCameraList *
fl_camera_list_new_for_picture (const FlCameraPicture *picture)
{
  FlCameraList *self = fl_camera_list_new ();

  self->stand_in = fl_camera_stand_in_new_for_picture (picture);
  return self;
}

void
fl_camera_list_start (FlCameraList *self)
{
  g_return_if_fail (FL_IS_CAMERA_LIST (self));

  if (self->stand_in == NULL && self->watch == NULL)
    self->watch = fl_camera_watch_start (self->is_sandboxed, on_cameras, G_OBJECT (self));
  if (self->stand_in != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->cameras)) == 0)
    add_stand_in (self);
}

void
fl_camera_list_stop (FlCameraList *self)
{
  g_return_if_fail (FL_IS_CAMERA_LIST (self));

  g_clear_pointer (&self->watch, fl_camera_watch_stop);
}

const GError *
fl_camera_list_get_problem (FlCameraList *self)
{
  g_return_val_if_fail (FL_IS_CAMERA_LIST (self), NULL);

  return self->problem;
}

FlCamera *
fl_camera_list_choose (FlCameraList *self, const char *id)
{
  FlCamera *camera = NULL;

  g_return_val_if_fail (FL_IS_CAMERA_LIST (self), NULL);

  camera = dup_camera (self, id);
  return camera != NULL ? camera : g_list_model_get_item (G_LIST_MODEL (self->cameras), 0);
}
