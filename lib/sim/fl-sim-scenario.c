/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-scenario.h"

#include <string.h>

#include "fl-error.h"
#include "fl-key-file.h"

#define MAX_FILE_BYTES (1024 * 1024)
#define MAX_NAME_BYTES 64
#define DEVICE         "Device "
#define NETWORK        "Network "

typedef struct
{
  const FlKeyFile *file;
  FlSimScenario *scenario;
  guint64 seed;
  gboolean seed_is_given; /* then the scenario's own does not count */
} Reader;

/* The lines of one group: its own, and those of its keys up to the next one. */
typedef struct
{
  const FlKeyFileEntry *head;
  guint first, end;
} Group;

typedef gboolean (*SetFunc) (gpointer target, const char *key, const char *value, char **reason);

static gboolean
refuse (Reader *self, const Group *group, const char *reason, GError **error)
{
  return fl_key_file_refuse (self->file, group->head->line, reason, error);
}

static gboolean
set_all (Reader *self, const Group *group, SetFunc set, gpointer target, GError **error)
{
  for (guint i = group->first; i < group->end; i++)
    {
      const FlKeyFileEntry *entry = fl_key_file_get_entry (self->file, i);
      g_autofree char *reason = NULL;

      if (!set (target, entry->key, entry->value, &reason))
        return fl_key_file_refuse (self->file, entry->line, reason, error);
    }
  return TRUE;
}

static gboolean
set_world (gpointer target, const char *key, const char *value, char **reason)
{
  return fl_sim_world_set (target, key, value, reason);
}

static gboolean
set_cloud (gpointer target, const char *key, const char *value, char **reason)
{
  return fl_sim_cloud_set (target, key, value, reason);
}

static gboolean
set_device (gpointer target, const char *key, const char *value, char **reason)
{
  return fl_sim_device_spec_set (target, key, value, reason);
}

static gboolean
set_network (gpointer target, const char *key, const char *value, char **reason)
{
  return fl_sim_network_spec_set (target, key, value, reason);
}

static char *
make_name (const Group *group, const char *prefix, int copy, int count)
{
  const char *name = group->head->group + strlen (prefix);

  return count > 1 ? g_strdup_printf ("%s %d", name, copy + 1) : g_strdup (name);
}

/* Several devices at one place are on a hub there. */
static void
move_to_hub (FlSimDeviceSpec *spec, int copy)
{
  g_autofree char *hub = g_steal_pointer (&spec->location);

  if (hub != NULL)
    spec->location = g_strdup_printf ("%s.%d", hub, copy + 1);
}

/* With "count" the same lines are read once more for each. */
static gboolean
read_devices (Reader *self, const Group *group, GError **error)
{
  GPtrArray *devices = self->scenario->devices;
  int count = 1;

  for (int i = 0; i < count; i++)
    {
      FlSimDeviceSpec *spec = fl_sim_device_spec_new ();
      g_autofree char *reason = NULL;

      g_ptr_array_add (devices, spec);
      if (!set_all (self, group, set_device, spec, error))
        return FALSE;
      count = spec->count;
      spec->name = make_name (group, DEVICE, i, count);
      if (count > 1)
        move_to_hub (spec, i);
      if (count > 1 && (spec->serial != NULL || spec->device_id != NULL || spec->code != NULL))
        return refuse (self, group, "devices with a count make up their own identities", error);
      if (devices->len > FL_SIM_MAX_DEVICES)
        return refuse (self, group, "more than 1000 devices", error);
      if (!fl_sim_device_spec_complete (spec, devices->len, self->seed, &reason))
        return refuse (self, group, reason, error);
    }
  return TRUE;
}

static gboolean
read_networks (Reader *self, const Group *group, GError **error)
{
  GPtrArray *networks = self->scenario->networks;
  int count = 1;

  for (int i = 0; i < count; i++)
    {
      FlSimNetworkSpec *spec = fl_sim_network_spec_new ();
      g_autofree char *reason = NULL;

      g_ptr_array_add (networks, spec);
      if (!set_all (self, group, set_network, spec, error))
        return FALSE;
      count = spec->count;
      spec->name = make_name (group, NETWORK, i, count);
      if (count > 1 && spec->ssid != NULL)
        return refuse (self, group, "networks with a count make up their own names", error);
      if (networks->len > FL_SIM_MAX_NETWORKS)
        return refuse (self, group, "more than 500 networks", error);
      if (!fl_sim_network_spec_complete (spec, networks->len, self->seed, &reason))
        return refuse (self, group, reason, error);
    }
  return TRUE;
}

/* The seed in it decides over the identities of all that follow. */
static gboolean
read_world (Reader *self, const Group *group, GError **error)
{
  if (self->scenario->devices->len + self->scenario->networks->len > 0)
    return refuse (self, group, "this group comes first", error);
  if (!set_all (self, group, set_world, self->scenario, error))
    return FALSE;
  if (!self->seed_is_given)
    self->seed = (guint64) self->scenario->seed;
  return TRUE;
}

static gboolean
read_group (Reader *self, const Group *group, GError **error)
{
  const char *name = group->head->group;

  if (strlen (name) > MAX_NAME_BYTES)
    return refuse (self, group, "the name of the group is too long", error);
  if (strcmp (name, "World") == 0)
    return read_world (self, group, error);
  if (strcmp (name, "Cloud") == 0)
    return set_all (self, group, set_cloud, self->scenario, error);
  if (g_str_has_prefix (name, DEVICE) && strlen (name) > strlen (DEVICE))
    return read_devices (self, group, error);
  if (g_str_has_prefix (name, NETWORK) && strlen (name) > strlen (NETWORK))
    return read_networks (self, group, error);
  return refuse (self, group, "unknown group", error);
}

static gboolean
has_network (const FlSimScenario *scenario, const char *name)
{
  for (guint i = 0; i < scenario->networks->len; i++)
    if (strcmp (((FlSimNetworkSpec *) scenario->networks->pdata[i])->name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_camera (Reader *self, const Group *last, GHashTable *names, GError **error)
{
  char **camera = self->scenario->camera;

  for (guint i = 0; camera != NULL && camera[i] != NULL; i++)
    if (strcmp (camera[i], "all") != 0 && !g_hash_table_contains (names, camera[i]))
      {
        g_autofree char *reason =
            g_strdup_printf ("the camera sees “%s”, which is no device", camera[i]);

        return refuse (self, last, reason, error);
      }
  return TRUE;
}

/* What only the whole scenario tells; the line is that of the last group. */
static gboolean
check_names (Reader *self, const Group *last, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) locations = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->scenario->devices->len; i++)
    {
      const FlSimDeviceSpec *spec = self->scenario->devices->pdata[i];
      g_autofree char *reason = NULL;

      if (!g_hash_table_add (names, spec->name))
        reason = g_strdup_printf ("two devices are called “%s”", spec->name);
      for (guint j = 0; reason == NULL && spec->known != NULL && spec->known[j] != NULL; j++)
        if (!has_network (self->scenario, spec->known[j]))
          reason =
              g_strdup_printf ("“%s” knows “%s”, which is no network", spec->name, spec->known[j]);
      if (reason == NULL && spec->usb_us >= 0 && !g_hash_table_add (locations, spec->location))
        reason = g_strdup_printf ("two devices are plugged into %s", spec->location);
      if (reason != NULL)
        return refuse (self, last, reason, error);
    }
  return check_camera (self, last, names, error);
}

static gboolean
read_all (Reader *self, GError **error)
{
  guint n_entries = fl_key_file_get_n_entries (self->file);
  Group group = { 0 };

  for (guint i = 0; i < n_entries; i = group.end)
    {
      group.head = fl_key_file_get_entry (self->file, i);
      group.first = group.end = i + 1;
      while (group.end < n_entries && fl_key_file_get_entry (self->file, group.end)->key != NULL)
        group.end++;
      if (!read_group (self, &group, error))
        return FALSE;
    }
  return group.head == NULL || check_names (self, &group, error);
}

FlSimScenario *
fl_sim_scenario_parse (const char *data,
                       gsize size_bytes,
                       const char *origin,
                       guint64 seed,
                       GError **error)
{
  g_autoptr (FlSimScenario) scenario = fl_sim_scenario_new ();
  g_autoptr (FlKeyFile) file = NULL;
  Reader reader = { .scenario = scenario };

  if (size_bytes > MAX_FILE_BYTES)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "%s:1: larger than a mebibyte", origin);
      return NULL;
    }
  file = fl_key_file_parse (data, size_bytes, origin, error);
  if (file == NULL)
    return NULL;

  reader.file = file;
  reader.seed_is_given = seed != 0;
  reader.seed = seed != 0 ? seed : (guint64) scenario->seed;
  if (!read_all (&reader, error))
    return NULL;
  scenario->seed = (int) (reader.seed & G_MAXINT);
  return g_steal_pointer (&scenario);
}
