/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-loader.h"

#include <string.h>
#include <gio/gio.h>

#include "fl-error.h"
#include "fl-scenarios-resource.h"

#define FOLDER         "/io/github/firstlight/FirstLight/scenarios/"
#define SUFFIX         ".scenario"
#define MAX_FILE_BYTES (1024 * 1024)

static gboolean
is_path (const char *text)
{
  return strchr (text, '/') != NULL || g_str_has_suffix (text, SUFFIX);
}

/* Regular files only: others may never end. */
static GBytes *
read_file (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                         G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR ||
      g_file_info_get_size (info) > MAX_FILE_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   "not a regular file of at most a mebibyte");
      return NULL;
    }
  return g_file_load_bytes (file, NULL, NULL, error);
}

static GBytes *
read_built_in (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (FOLDER, name, SUFFIX, NULL);
  GBytes *bytes = g_resource_lookup_data (fl_scenarios_get_resource (), path,
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is none of this name");
  return bytes;
}

FlSimWorld *
fl_sim_world_load (const char *name_or_path, guint64 seed, GError **error)
{
  const char *name = name_or_path != NULL ? name_or_path : "default";
  g_autoptr (GError) fault = NULL;
  g_autoptr (GBytes) bytes =
      is_path (name) ? read_file (name, &fault) : read_built_in (name, &fault);
  gsize size_bytes;
  const char *data;

  if (bytes == NULL)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "Scenario “%s”: %s", name,
                   fault->message);
      return NULL;
    }
  data = g_bytes_get_data (bytes, &size_bytes);
  return fl_sim_world_parse (data != NULL ? data : "", size_bytes, name, seed, error);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

char **
fl_sim_scenario_list (void)
{
  g_auto (GStrv) files = g_resource_enumerate_children (fl_scenarios_get_resource (), FOLDER,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; files != NULL && files[i] != NULL; i++)
    if (g_str_has_suffix (files[i], SUFFIX))
      g_ptr_array_add (names, g_strndup (files[i], strlen (files[i]) - strlen (SUFFIX)));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}
