/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-device-index.h"
#include "fl-identity.h"

struct _FlDeviceIndex
{
  GHashTable *devices_by_key; /* key, owned → GPtrArray of FlDevice, owned */
  GHashTable *keys_by_device; /* FlDevice → GStrv, owned */
};

/* What tells of the kind keeps a serial number from meeting an equal set-up code. */
static void
add_key (GStrvBuilder *keys, const char *kind, const char *text)
{
  g_autofree char *upper = NULL, *key = NULL;

  if (text == NULL || *text == '\0')
    return;
  upper = g_ascii_strup (text, -1);
  key = g_strconcat (kind, upper, NULL);
  g_strv_builder_add (keys, key);
}

static void
add_place (GStrvBuilder *keys, FlRoad *road)
{
  FlRoadKind kind = fl_road_get_kind (road);

  /* The place where a cable is plugged in says something of the device at its end only as long as
   * it is plugged in. */
  if (kind == FL_ROAD_BLUETOOTH)
    add_key (keys, "address:", fl_road_get_address (road));
  else if ((kind == FL_ROAD_USB || kind == FL_ROAD_SERIAL) && fl_road_get_reachable (road))
    add_key (keys, "location:", fl_road_get_location (road));
}

static GStrv
make_device_keys (FlDevice *device)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  GListModel *roads = fl_device_get_roads (device);

  add_key (keys, "serial:", fl_device_get_serial (device));
  add_key (keys, "id:", fl_device_get_device_id (device));
  add_key (keys, "code:", fl_device_get_ending (device));
  for (guint i = 0; i < g_list_model_get_n_items (roads); i++)
    {
      g_autoptr (FlRoad) road = g_list_model_get_item (roads, i);

      add_place (keys, road);
    }
  return g_strv_builder_end (keys);
}

static GStrv
make_road_keys (FlRoad *road)
{
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  FlIdentity identity;

  fl_identity_init_from_road (&identity, road);
  add_key (keys, "serial:", identity.serial);
  add_key (keys, "id:", identity.device_id);
  add_key (keys, "code:", identity.code);
  add_place (keys, road);
  return g_strv_builder_end (keys);
}

FlDeviceIndex *
fl_device_index_new (void)
{
  FlDeviceIndex *self = g_new0 (FlDeviceIndex, 1);

  self->devices_by_key =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->keys_by_device = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_strfreev);
  return self;
}

void
fl_device_index_free (FlDeviceIndex *self)
{
  g_clear_pointer (&self->devices_by_key, g_hash_table_unref);
  g_clear_pointer (&self->keys_by_device, g_hash_table_unref);
  g_free (self);
}

void
fl_device_index_remove (FlDeviceIndex *self, FlDevice *device)
{
  GStrv keys = g_hash_table_lookup (self->keys_by_device, device);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      GPtrArray *devices = g_hash_table_lookup (self->devices_by_key, keys[i]);

      if (devices == NULL) /* a device can have a key twice, from two roads with one address */
        continue;
      g_ptr_array_remove (devices, device);
      if (devices->len == 0)
        g_hash_table_remove (self->devices_by_key, keys[i]);
    }
  g_hash_table_remove (self->keys_by_device, device);
}

void
fl_device_index_update (FlDeviceIndex *self, FlDevice *device)
{
  GStrv keys = make_device_keys (device);

  fl_device_index_remove (self, device);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      GPtrArray *devices = g_hash_table_lookup (self->devices_by_key, keys[i]);

      if (devices == NULL)
        {
          devices = g_ptr_array_new ();
          g_hash_table_insert (self->devices_by_key, g_strdup (keys[i]), devices);
        }
      if (!g_ptr_array_find (devices, device, NULL))
        g_ptr_array_add (devices, device);
    }
  g_hash_table_insert (self->keys_by_device, device, keys);
}

gboolean
fl_device_index_contains (FlDeviceIndex *self, FlDevice *device)
{
  return g_hash_table_contains (self->keys_by_device, device);
}

static GPtrArray *
find_by_keys (FlDeviceIndex *self, GStrv keys, FlDevice *except)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      GPtrArray *devices = g_hash_table_lookup (self->devices_by_key, keys[i]);

      for (guint j = 0; devices != NULL && j < devices->len; j++)
        if (devices->pdata[j] != except && !g_ptr_array_find (found, devices->pdata[j], NULL))
          g_ptr_array_add (found, devices->pdata[j]);
    }
  return found;
}

GPtrArray *
fl_device_index_find_by_road (FlDeviceIndex *self, FlRoad *road)
{
  g_auto (GStrv) keys = make_road_keys (road);

  return find_by_keys (self, keys, NULL);
}

GPtrArray *
fl_device_index_find_twins (FlDeviceIndex *self, FlDevice *device)
{
  GStrv keys = g_hash_table_lookup (self->keys_by_device, device);

  return keys != NULL ? find_by_keys (self, keys, device) : g_ptr_array_new ();
}
