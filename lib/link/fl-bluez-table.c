/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-bluez-table"
#include "config.h"

#include "fl-bluez-table.h"

struct _FlBluezTable
{
  GStrv paths;
  GArray *entries; /* of FlGattEntry, same order as paths; strings in the chunk */
  GStringChunk *strings;
};

static const char *
read_string (FlBluezTable *table,
             FlBluez *bluez,
             const char *path,
             const char *interface,
             const char *property,
             const GVariantType *type)
{
  g_autoptr (GVariant) value = fl_bluez_get (bluez, path, interface, property, type);
  g_autofree char *lower = NULL;

  if (value == NULL)
    return "";
  lower = g_ascii_strdown (g_variant_get_string (value, NULL), -1);
  return g_string_chunk_insert_const (table->strings, lower);
}

FlBluezTable *
fl_bluez_table_new (FlBluez *bluez, const char *device_path)
{
  FlBluezTable *table = g_new0 (FlBluezTable, 1);

  table->paths = fl_bluez_list (bluez, FL_BLUEZ_CHARACTERISTIC, device_path);
  table->entries = g_array_new (FALSE, FALSE, sizeof (FlGattEntry));
  table->strings = g_string_chunk_new (256);
  for (gsize i = 0; table->paths[i] != NULL; i++)
    {
      const char *path = table->paths[i];
      g_autoptr (GVariant) flags =
          fl_bluez_get (bluez, path, FL_BLUEZ_CHARACTERISTIC, "Flags", G_VARIANT_TYPE_STRING_ARRAY);
      g_autoptr (GVariant) service = fl_bluez_get (bluez, path, FL_BLUEZ_CHARACTERISTIC, "Service",
                                                   G_VARIANT_TYPE_OBJECT_PATH);
      g_autofree const char **names = flags == NULL ? NULL : g_variant_get_strv (flags, NULL);
      const char *service_path = service == NULL ? "" : g_variant_get_string (service, NULL);
      FlGattEntry entry = {
        read_string (table, bluez, path, FL_BLUEZ_CHARACTERISTIC, "UUID", G_VARIANT_TYPE_STRING),
        read_string (table, bluez, service_path, FL_BLUEZ_SERVICE, "UUID", G_VARIANT_TYPE_STRING),
        fl_gatt_flags_parse (names)
      };

      g_array_append_val (table->entries, entry);
    }
  return table;
}

void
fl_bluez_table_free (FlBluezTable *table)
{
  g_strfreev (table->paths);
  g_array_unref (table->entries);
  g_string_chunk_free (table->strings);
  g_free (table);
}

gboolean
fl_bluez_table_choose (FlBluezTable *table, const FlGattProfile *profile, FlGattChoice *choice)
{
  return fl_gatt_choose ((const FlGattEntry *) (gpointer) table->entries->data, table->entries->len,
                         profile, choice);
}

const char *
fl_bluez_table_get_path (FlBluezTable *table, int index)
{
  return table->paths[index];
}

FlGattFlags
fl_bluez_table_get_flags (FlBluezTable *table, int index)
{
  return g_array_index (table->entries, FlGattEntry, index).flags;
}

static gboolean
has_address (FlBluez *bluez, const char *path, const char *address)
{
  g_autoptr (GVariant) value =
      fl_bluez_get (bluez, path, FL_BLUEZ_DEVICE, "Address", G_VARIANT_TYPE_STRING);

  return value != NULL && g_ascii_strcasecmp (g_variant_get_string (value, NULL), address) == 0;
}

char *
fl_bluez_find_device (FlBluez *bluez, const char *adapter, const char *address)
{
  g_auto (GStrv) paths = fl_bluez_list (bluez, FL_BLUEZ_DEVICE, adapter);

  for (gsize i = 0; paths[i] != NULL; i++)
    if (has_address (bluez, paths[i], address) && !fl_bluez_is_leaving (bluez, paths[i]))
      return g_strdup (paths[i]);
  return NULL;
}
