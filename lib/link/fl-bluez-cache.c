/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-bluez-cache"
#include "config.h"

#include "fl-bluez-cache.h"

struct _FlBluezCache
{
  GHashTable *interfaces; /* interface → (path → (property → GVariant)), all owned */
};

static GHashTable *
find (FlBluezCache *cache, const char *path, const char *interface)
{
  GHashTable *objects = g_hash_table_lookup (cache->interfaces, interface);

  return objects == NULL ? NULL : g_hash_table_lookup (objects, path);
}

static void
merge (GHashTable *properties, GVariant *changed)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, changed);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    g_hash_table_replace (properties, g_strdup (name), value);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

FlBluezCache *
fl_bluez_cache_new (void)
{
  FlBluezCache *cache = g_new0 (FlBluezCache, 1);

  cache->interfaces =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  return cache;
}

void
fl_bluez_cache_free (FlBluezCache *cache)
{
  g_hash_table_unref (cache->interfaces);
  g_free (cache);
}

gboolean
fl_bluez_cache_add (FlBluezCache *cache,
                    const char *path,
                    const char *interface,
                    GVariant *properties)
{
  GHashTable *objects = g_hash_table_lookup (cache->interfaces, interface);
  GHashTable *table =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);

  if (objects == NULL)
    {
      objects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) g_hash_table_unref);
      g_hash_table_insert (cache->interfaces, g_strdup (interface), objects);
    }
  merge (table, properties);
  return g_hash_table_replace (objects, g_strdup (path), table);
}

gboolean
fl_bluez_cache_change (FlBluezCache *cache,
                       const char *path,
                       const char *interface,
                       GVariant *changed,
                       const char *const *invalidated)
{
  GHashTable *properties = find (cache, path, interface);

  if (properties == NULL)
    return FALSE;

  merge (properties, changed);
  for (gsize i = 0; invalidated != NULL && invalidated[i] != NULL; i++)
    g_hash_table_remove (properties, invalidated[i]);
  return TRUE;
}

gboolean
fl_bluez_cache_remove (FlBluezCache *cache, const char *path, const char *interface)
{
  GHashTable *objects = g_hash_table_lookup (cache->interfaces, interface);

  return objects != NULL && g_hash_table_remove (objects, path);
}

gboolean
fl_bluez_cache_has (FlBluezCache *cache, const char *path, const char *interface)
{
  return find (cache, path, interface) != NULL;
}

GVariant *
fl_bluez_cache_get (FlBluezCache *cache,
                    const char *path,
                    const char *interface,
                    const char *property,
                    const GVariantType *type)
{
  GHashTable *properties = find (cache, path, interface);
  GVariant *value = properties == NULL ? NULL : g_hash_table_lookup (properties, property);

  if (value == NULL || !g_variant_is_of_type (value, type))
    return NULL;
  return g_variant_ref (value);
}

GStrv
fl_bluez_cache_list (FlBluezCache *cache, const char *interface, const char *under)
{
  GHashTable *objects = g_hash_table_lookup (cache->interfaces, interface);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  gsize length = under == NULL ? 0 : strlen (under);
  GHashTableIter iter;
  gpointer key;

  if (objects != NULL)
    {
      g_hash_table_iter_init (&iter, objects);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (length == 0 || (g_str_has_prefix (key, under) && ((char *) key)[length] == '/'))
          g_ptr_array_add (paths, g_strdup (key));
    }
  g_ptr_array_sort (paths, compare_paths);
  g_ptr_array_add (paths, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}
