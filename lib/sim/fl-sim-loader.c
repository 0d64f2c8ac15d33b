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
#define MAX_LEVELS     5 /* from a program up to the source tree */

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
read_built_in (const char *name, const char *suffix, GError **error)
{
  g_autofree char *path = g_strconcat (FOLDER, name, suffix, NULL);
  GBytes *bytes = g_resource_lookup_data (fl_scenarios_get_resource (), path,
                                          G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  if (bytes == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "there is none of this name");
  return bytes;
}

/* FlSimReadFile; data: name or path of the scenario */
static GBytes *
read_beside (const char *file, gpointer data, GError **error)
{
  const char *scenario = data;
  g_autofree char *folder = is_path (scenario) ? g_path_get_dirname (scenario) : NULL;
  g_autofree char *path = folder != NULL ? g_build_filename (folder, file, NULL) : NULL;

  return path != NULL ? read_file (path, error) : read_built_in (file, "", error);
}

static void
refuse (const char *name, const GError *fault, GError **error)
{
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "Scenario “%s”: %s", name, fault->message);
}

FlSimWorld *
fl_sim_world_load (const char *name_or_path, guint64 seed, GError **error)
{
  const char *name = name_or_path != NULL ? name_or_path : "default";
  g_autoptr (GError) fault = NULL;
  g_autoptr (GBytes) bytes =
      is_path (name) ? read_file (name, &fault) : read_built_in (name, SUFFIX, &fault);
  g_autoptr (FlSimWorld) world = NULL;
  gsize size_bytes;
  const char *data;

  if (bytes == NULL)
    {
      refuse (name, fault, error);
      return NULL;
    }
  data = g_bytes_get_data (bytes, &size_bytes);
  world = fl_sim_world_parse (data != NULL ? data : "", size_bytes, name, seed, error);
  if (world == NULL)
    return NULL;
  if (!fl_sim_world_read_files (world, read_beside, (gpointer) name, &fault))
    {
      refuse (name, fault, error);
      return NULL;
    }
  return g_steal_pointer (&world);
}

/* (nullable): the first file that it names */
static const char *
get_first_file (FlSimWorld *world)
{
  GPtrArray *networks = fl_sim_world_get_scenario (world)->networks;

  for (guint i = 0; i < networks->len; i++)
    {
      const FlSimNetworkSpec *network = networks->pdata[i];

      if (network->server_path != NULL || network->client_path != NULL)
        return network->server_path != NULL ? network->server_path : network->client_path;
    }
  return NULL;
}

/* (transfer full) (nullable): the folder of @file, if it is there */
static char *
look_in (const char *folder, const char *file)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_path_get_dirname (path) : NULL;
}

/* A program that was built inside its source tree. */
static char *
look_around_program (const char *file)
{
  g_autofree char *folder = g_file_read_link ("/proc/self/exe", NULL);

  for (guint i = 0; folder != NULL && i < MAX_LEVELS; i++)
    {
      g_autofree char *inside = g_steal_pointer (&folder);
      g_autofree char *scenarios = NULL;
      char *found;

      folder = g_path_get_dirname (inside);
      scenarios = g_build_filename (folder, "data", "scenarios", NULL);
      found = look_in (scenarios, file);
      if (found != NULL)
        return found;
    }
  return NULL;
}

char *
fl_sim_scenario_find_folder (FlSimWorld *world, const char *name_or_path)
{
  const char *file;
  char *found;

  g_return_val_if_fail (FL_IS_SIM_WORLD (world), NULL);

  file = get_first_file (world);
  if (file == NULL)
    return NULL;
  if (name_or_path != NULL && is_path (name_or_path))
    {
      g_autofree char *folder = g_path_get_dirname (name_or_path);

      return look_in (folder, file);
    }
  found = look_in (FL_DATADIR "/scenarios", file);
  return found != NULL ? found : look_around_program (file);
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
