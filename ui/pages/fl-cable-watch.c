/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cable-watch"
#include "config.h"

#include "fl-cable-watch.h"

struct _FlCableWatch
{
  GObject parent_instance;

  GListModel *devices;
  GHashTable *cables; /* FlDevice, owned */
};

G_DEFINE_FINAL_TYPE (FlCableWatch, fl_cable_watch, G_TYPE_OBJECT)

static guint changed_signal;

static void
check (FlCableWatch *self, FlDevice *device)
{
  FlRoad *road = fl_device_get_best_road (device);

  if (road != NULL &&
      (fl_road_get_kind (road) == FL_ROAD_USB || fl_road_get_kind (road) == FL_ROAD_SERIAL) &&
      fl_road_get_reachable (road) && fl_road_get_problem (road) == NULL)
    g_hash_table_add (self->cables, g_object_ref (device));
  else
    g_hash_table_remove (self->cables, device);
}

static void
on_roads_changed (FlCableWatch *self, GParamSpec *pspec, FlDevice *device)
{
  check (self, device);
  g_signal_emit (self, changed_signal, 0);
}

static void
watch (FlCableWatch *self, guint position, guint added)
{
  static const char *const names[] = { "notify::best-road", "notify::problem",
                                       "notify::reachable" };

  for (guint i = 0; i < added; i++)
    {
      g_autoptr (FlDevice) device = g_list_model_get_item (self->devices, position + i);

      g_signal_handlers_disconnect_by_func (device, on_roads_changed, self);
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        g_signal_connect_object (device, names[j], G_CALLBACK (on_roads_changed), self,
                                 G_CONNECT_SWAPPED);
      check (self, device);
    }
}

static gboolean
is_listed (FlCableWatch *self, gpointer device)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->devices); i++)
    {
      g_autoptr (FlDevice) other = g_list_model_get_item (self->devices, i);

      if (other == device)
        return TRUE;
    }
  return FALSE;
}

static void
drop_unlisted (FlCableWatch *self)
{
  GHashTableIter iter;
  gpointer device;

  g_hash_table_iter_init (&iter, self->cables);
  while (g_hash_table_iter_next (&iter, &device, NULL))
    if (!is_listed (self, device))
      {
        g_signal_handlers_disconnect_by_func (device, on_roads_changed, self);
        g_hash_table_iter_remove (&iter);
      }
}

static void
on_devices_changed (FlCableWatch *self, guint position, guint removed, guint added)
{
  if (removed > 0)
    drop_unlisted (self);
  watch (self, position, added);
  g_signal_emit (self, changed_signal, 0);
}

static void
fl_cable_watch_dispose (GObject *object)
{
  FlCableWatch *self = FL_CABLE_WATCH (object);

  if (self->devices != NULL)
    g_signal_handlers_disconnect_by_data (self->devices, self);
  g_clear_pointer (&self->cables, g_hash_table_unref);
  g_clear_object (&self->devices);

  G_OBJECT_CLASS (fl_cable_watch_parent_class)->dispose (object);
}

static void
fl_cable_watch_class_init (FlCableWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fl_cable_watch_dispose;

  changed_signal = g_signal_new ("changed", FL_TYPE_CABLE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
fl_cable_watch_init (FlCableWatch *self)
{
  self->cables = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
}

FlCableWatch *
fl_cable_watch_new (GListModel *devices)
{
  FlCableWatch *self = g_object_new (FL_TYPE_CABLE_WATCH, NULL);

  self->devices = g_object_ref (devices);
  g_signal_connect_swapped (devices, "items-changed", G_CALLBACK (on_devices_changed), self);
  watch (self, 0, g_list_model_get_n_items (devices));
  return self;
}

FlDevice *
fl_cable_watch_get_only (FlCableWatch *self)
{
  GHashTableIter iter;
  gpointer device = NULL;

  g_return_val_if_fail (FL_IS_CABLE_WATCH (self), NULL);

  if (g_hash_table_size (self->cables) != 1)
    return NULL;
  g_hash_table_iter_init (&iter, self->cables);
  g_hash_table_iter_next (&iter, &device, NULL);
  return device;
}
