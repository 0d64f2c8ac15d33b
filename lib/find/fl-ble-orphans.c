/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-ble-orphans"
#include "config.h"

#include "fl-ble-orphans.h"

#include "fl-bluez-radio.h"

/* A program that has just connected reads the version, then starts the notifications: two or three
 * round trips. */
#define UNUSED_US (6 * G_USEC_PER_SEC)

struct _FlBleOrphans
{
  FlBluez *bluez;
  GHashTable *since; /* device path → gint64 *, when its link was first seen without a user */
};

static gboolean
has_service (FlBleOrphans *self, const char *path)
{
  g_autoptr (GVariant) value =
      fl_bluez_get (self->bluez, path, FL_BLUEZ_DEVICE, "UUIDs", G_VARIANT_TYPE_STRING_ARRAY);
  const char *const *wanted = fl_bluez_get_services (self->bluez);
  g_autofree const char **uuids = value == NULL ? NULL : g_variant_get_strv (value, NULL);

  for (gsize i = 0; uuids != NULL && uuids[i] != NULL; i++)
    if (g_strv_contains (wanted, uuids[i]))
      return TRUE;
  return FALSE;
}

/* BlueZ doc/gatt-api.txt: properties that are true while some program does that. */
static gboolean
is_used (FlBleOrphans *self, const char *path)
{
  static const char *const signs[] = { "Notifying", "NotifyAcquired", "WriteAcquired" };
  g_auto (GStrv) paths = fl_bluez_list (self->bluez, FL_BLUEZ_CHARACTERISTIC, path);

  for (gsize i = 0; paths[i] != NULL; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (signs); j++)
      if (fl_bluez_get_boolean (self->bluez, paths[i], FL_BLUEZ_CHARACTERISTIC, signs[j]))
        return TRUE;
  return FALSE;
}

/* Whether this program is about to use it itself. */
static gboolean
is_connecting (FlBleOrphans *self, const char *path)
{
  g_autofree char *adapter = g_path_get_dirname (path);
  FlBluezRadio *radio = fl_bluez_get_radio (self->bluez, adapter);

  return radio == NULL || fl_bluez_radio_is_connecting (radio);
}

static gboolean
is_abandoned (FlBleOrphans *self, const char *path)
{
  return fl_bluez_get_boolean (self->bluez, path, FL_BLUEZ_DEVICE, "Connected") &&
         fl_bluez_get_boolean (self->bluez, path, FL_BLUEZ_DEVICE, "ServicesResolved") &&
         has_service (self, path) && !is_used (self, path);
}

static gboolean
has_any_service (FlBleOrphans *self, const char *path)
{
  g_autoptr (GVariant) uuids =
      fl_bluez_get (self->bluez, path, FL_BLUEZ_DEVICE, "UUIDs", G_VARIANT_TYPE_STRING_ARRAY);

  return uuids != NULL && g_variant_n_children (uuids) > 0;
}

/* BlueZ doc/device-api.txt: no kind of address but the default, and nothing of what is only there
 * when it is known. Name and services may be: they are kept in another file. */
static gboolean
is_half_stored (FlBleOrphans *self, const char *path)
{
  static const char *const signs[] = { "RSSI", "Class", "Appearance", "ManufacturerData",
                                       "ServiceData" };
  g_autoptr (GVariant) kind =
      fl_bluez_get (self->bluez, path, FL_BLUEZ_DEVICE, "AddressType", G_VARIANT_TYPE_STRING);

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      g_autoptr (GVariant) value =
          fl_bluez_get (self->bluez, path, FL_BLUEZ_DEVICE, signs[i], G_VARIANT_TYPE_ANY);

      if (value != NULL)
        return FALSE;
    }
  return kind != NULL && g_str_equal (g_variant_get_string (kind, NULL), "public") &&
         (has_service (self, path) || !has_any_service (self, path)) &&
         !fl_bluez_get_boolean (self->bluez, path, FL_BLUEZ_DEVICE, "Connected");
}

static gboolean
is_orphan (FlBleOrphans *self, const char *path)
{
  static const char *const kept[] = { "Paired", "Trusted", "Blocked" };

  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (fl_bluez_get_boolean (self->bluez, path, FL_BLUEZ_DEVICE, kept[i]))
      return FALSE;
  return (is_abandoned (self, path) || is_half_stored (self, path)) &&
         !is_connecting (self, path) && !fl_bluez_is_leaving (self->bluez, path);
}

FlBleOrphans *
fl_ble_orphans_new (FlBluez *bluez)
{
  FlBleOrphans *self = g_new0 (FlBleOrphans, 1);

  self->bluez = g_object_ref (bluez);
  self->since = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
fl_ble_orphans_free (FlBleOrphans *self)
{
  g_hash_table_unref (self->since);
  g_object_unref (self->bluez);
  g_free (self);
}

static gboolean
is_no_orphan (gpointer path, gpointer since, gpointer data)
{
  return !is_orphan (data, path);
}

static void
look_at (FlBleOrphans *self, const char *path, gint64 now_us)
{
  const gint64 *since_us = g_hash_table_lookup (self->since, path);

  if (since_us == NULL)
    {
      g_hash_table_insert (self->since, g_strdup (path), g_memdup2 (&now_us, sizeof now_us));
      return;
    }
  if (now_us - *since_us < UNUSED_US)
    return;
  g_debug ("%s: nobody can use it", path);
  fl_bluez_farewell (self->bluez, path, NULL);
  g_hash_table_remove (self->since, path);
}

void
fl_ble_orphans_check (FlBleOrphans *self, gint64 now_us)
{
  g_auto (GStrv) paths = fl_bluez_list (self->bluez, FL_BLUEZ_DEVICE, NULL);

  g_hash_table_foreach_remove (self->since, is_no_orphan, self);
  for (gsize i = 0; paths[i] != NULL; i++)
    if (is_orphan (self, paths[i]))
      look_at (self, paths[i], now_us);
}
