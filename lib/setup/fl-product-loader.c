/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-product-loader"
#include "config.h"

#include "fl-product-loader.h"
#include "fl-error.h"
#include "fl-key-file.h"
#include "fl-products-resource.h"

#include <string.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>

#define SUFFIX          ".product"
#define RESOURCE_FOLDER "/io/github/firstlight/FirstLight/products/"
#define MAX_FILE_BYTES  (64 * 1024)
#define MAX_LOGO_BYTES  (1024 * 1024)
#define PRODUCTS_FOLDER "products"
#define OUR_FOLDER      "first-light"

static gboolean
is_small_file (const char *path, goffset max_bytes, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                         G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR) /* reading others may never end */
    g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "this is not a regular file");
  else if (g_file_info_get_size (info) > max_bytes)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "the file is too large");
  else
    return TRUE;
  return FALSE;
}

/* The parser is pure, so the file of the logo is looked at here. */
static gboolean
check_logo (FlProduct *product, GBytes *bytes, const char *origin, GError **error)
{
  g_autoptr (FlKeyFile) lines = NULL;
  g_autoptr (GError) fault = NULL;
  g_autofree char *reason = NULL;
  const FlKeyFileEntry *entry;
  gsize size_bytes;
  const char *data = g_bytes_get_data (bytes, &size_bytes);

  if (fl_product_get_logo (product) == NULL ||
      is_small_file (fl_product_get_logo (product), MAX_LOGO_BYTES, &fault))
    return TRUE;

  lines = fl_key_file_parse (data, size_bytes, origin, error);
  if (lines == NULL)
    return FALSE;
  entry = fl_key_file_lookup (lines, "Product", "logo");
  reason = g_strdup_printf ("the logo cannot be used: %s", fault->message);
  return fl_key_file_refuse (lines, entry != NULL ? entry->line : 1, reason, error);
}

/* The same for JSON. */
static gboolean
check_request (FlProduct *product, GBytes *bytes, const char *origin, GError **error)
{
  const char *request = fl_product_get_request (product);
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (FlKeyFile) lines = NULL;
  g_autoptr (GError) fault = NULL;
  g_autofree char *reason = NULL;
  const FlKeyFileEntry *entry;
  gsize size_bytes;
  const char *data = g_bytes_get_data (bytes, &size_bytes);

  if (request == NULL)
    return TRUE;
  parser = json_parser_new_immutable ();
  if (json_parser_load_from_data (parser, request, -1, &fault))
    return TRUE;

  lines = fl_key_file_parse (data, size_bytes, origin, error);
  if (lines == NULL)
    return FALSE;
  entry = fl_key_file_lookup (lines, "Request", "payload");
  reason = g_strdup_printf ("the request is no JSON: %s", fault->message);
  return fl_key_file_refuse (lines, entry != NULL ? entry->line : 1, reason, error);
}

static FlProduct *
parse (GBytes *bytes, const char *origin, const char *directory, GError **error)
{
  gsize size_bytes;
  const char *data = g_bytes_get_data (bytes, &size_bytes);
  g_autoptr (FlProduct) product = fl_product_parse (data, size_bytes, origin, directory, error);

  if (product == NULL || !check_logo (product, bytes, origin, error) ||
      !check_request (product, bytes, origin, error))
    return NULL;
  return g_steal_pointer (&product);
}

static FlProduct *
load_file (const char *path, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path), *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) fault = NULL;
  FlProduct *product;
  gsize size_bytes;

  if (!is_small_file (path, MAX_FILE_BYTES, &fault) ||
      !g_file_get_contents (path, &data, &size_bytes, &fault))
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "%s: %s", path, fault->message);
      return NULL;
    }
  bytes = g_bytes_new_static (data, size_bytes); /* it does not outlive this function */
  product = parse (bytes, path, directory, error);
  fl_wipe (data, size_bytes); /* a constant secret may be in it */
  return product;
}

/* (transfer full) Folders in the order in which they count. */
static GStrv
get_folders (void)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();
  const char *const *system = g_get_system_data_dirs ();
  g_autofree char *user =
      g_build_filename (g_get_user_data_dir (), OUR_FOLDER, PRODUCTS_FOLDER, NULL);
  g_autofree char *installed = g_build_filename (FL_DATADIR, PRODUCTS_FOLDER, NULL);

  g_strv_builder_add (folders, user);
  for (guint i = 0; system[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (system[i], OUR_FOLDER, PRODUCTS_FOLDER, NULL);

      g_strv_builder_add (folders, folder);
    }
  g_strv_builder_add (folders, installed);
  return g_strv_builder_end (folders);
}

static FlProduct *
load_built_in (const char *id, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_FOLDER, id, SUFFIX, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (fl_products_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "There is no product profile “%s”", id);
      return NULL;
    }
  return parse (bytes, id, NULL, error);
}

/* A file that says another id than its name would hide behind it. */
static FlProduct *
load_file_of_id (const char *path, const char *id, GError **error)
{
  g_autoptr (FlProduct) product = load_file (path, error);

  if (product == NULL)
    return NULL;
  if (strcmp (fl_product_get_id (product), id) != 0)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                   "%s:1: the id is not the name of the file", path);
      return NULL;
    }
  return g_steal_pointer (&product);
}

static FlProduct *
load_id (const char *id, GError **error)
{
  g_auto (GStrv) folders = get_folders ();
  g_autofree char *name = g_strconcat (id, SUFFIX, NULL);

  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return load_file_of_id (path, id, error);
    }
  return load_built_in (id, error);
}

FlProduct *
fl_product_load (const char *path_or_id, GError **error)
{
  g_return_val_if_fail (path_or_id != NULL, NULL);

  if (strchr (path_or_id, '/') != NULL || g_str_has_suffix (path_or_id, SUFFIX))
    return load_file (path_or_id, error);
  return load_id (path_or_id, error);
}

static void
add_id (GHashTable *ids, const char *file_name)
{
  if (g_str_has_suffix (file_name, SUFFIX))
    g_hash_table_add (ids, g_strndup (file_name, strlen (file_name) - strlen (SUFFIX)));
}

static GHashTable *
collect_ids (void)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) folders = get_folders ();
  g_auto (GStrv) built_in =
      g_resource_enumerate_children (fl_products_get_resource (), RESOURCE_FOLDER,
                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  for (guint i = 0; built_in != NULL && built_in[i] != NULL; i++)
    add_id (ids, built_in[i]);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autoptr (GDir) dir = g_dir_open (folders[i], 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        add_id (ids, name);
    }
  return ids;
}

static int
compare_products (gconstpointer a, gconstpointer b)
{
  return strcmp (fl_product_get_id (*(FlProduct **) a), fl_product_get_id (*(FlProduct **) b));
}

GPtrArray *
fl_product_list (void)
{
  GPtrArray *products = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) ids = collect_ids ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (GError) error = NULL;
      FlProduct *product = load_id (id, &error);

      if (product != NULL)
        g_ptr_array_add (products, product);
      else
        g_info ("A product profile is left out: %s", error->message);
    }
  g_ptr_array_sort (products, compare_products);
  return products;
}
