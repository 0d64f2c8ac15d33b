/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-scenario.h"

#include <string.h>

#include "fl-error.h"

#define MAX_FILE_BYTES (1024 * 1024)

typedef enum
{
  GROUP_NONE,
  GROUP_WORLD,
  GROUP_CLOUD,
  GROUP_DEVICE,
  GROUP_NETWORK,
} Group;

typedef struct
{
  FlSimScenario *scenario; /* owned */
  const char *origin;
  guint64 seed;
  gboolean seed_is_given; /* then the scenario's own does not count */
  guint line;

  Group group;
  guint group_line;
  char *group_name; /* of a device or network, owned */
  gpointer spec;    /* the device or network that is being read, owned */
  GPtrArray *pairs; /* its keys and values in turn, for "count" */
} Reader;

static gboolean
refuse (Reader *self, guint line, const char *reason, GError **error)
{
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "%s:%u: %s", self->origin, line, reason);
  return FALSE;
}

static gboolean
set_in_spec (Group group, gpointer spec, const char *key, const char *value, char **reason)
{
  return group == GROUP_DEVICE ? fl_sim_device_spec_set (spec, key, value, reason)
                               : fl_sim_network_spec_set (spec, key, value, reason);
}

/* The number @copy of as many as "count" says; they all read the same lines. */
static gpointer
create_copy (Reader *self, int copy, int count)
{
  g_autofree char *reason = NULL;
  g_autofree char *name = count > 1 ? g_strdup_printf ("%s %d", self->group_name, copy + 1)
                                    : g_strdup (self->group_name);
  gpointer spec;

  if (self->group == GROUP_DEVICE)
    {
      spec = fl_sim_device_spec_new ();
      ((FlSimDeviceSpec *) spec)->name = g_steal_pointer (&name);
    }
  else
    {
      spec = fl_sim_network_spec_new ();
      ((FlSimNetworkSpec *) spec)->name = g_steal_pointer (&name);
    }
  for (guint i = 0; i + 1 < self->pairs->len; i += 2)
    set_in_spec (self->group, spec, self->pairs->pdata[i], self->pairs->pdata[i + 1], &reason);
  return spec;
}

static gboolean
add_devices (Reader *self, GError **error)
{
  GPtrArray *devices = self->scenario->devices;
  const FlSimDeviceSpec *first = self->spec;
  int count = first->count;

  if (count > 1 && (first->serial != NULL || first->device_id != NULL || first->code != NULL))
    return refuse (self, self->group_line, "devices with a count make up their own identities",
                   error);
  for (int i = 0; i < count; i++)
    {
      FlSimDeviceSpec *spec = create_copy (self, i, count);
      g_autofree char *reason = NULL;

      g_ptr_array_add (devices, spec);
      if (devices->len > FL_SIM_MAX_DEVICES)
        return refuse (self, self->group_line, "more than 1000 devices", error);
      if (!fl_sim_device_spec_complete (spec, devices->len, self->seed, &reason))
        return refuse (self, self->group_line, reason, error);
    }
  return TRUE;
}

static gboolean
add_networks (Reader *self, GError **error)
{
  GPtrArray *networks = self->scenario->networks;
  const FlSimNetworkSpec *first = self->spec;
  int count = first->count;

  if (count > 1 && first->ssid != NULL)
    return refuse (self, self->group_line, "networks with a count make up their own names", error);
  for (int i = 0; i < count; i++)
    {
      FlSimNetworkSpec *spec = create_copy (self, i, count);
      g_autofree char *reason = NULL;

      g_ptr_array_add (networks, spec);
      if (networks->len > FL_SIM_MAX_NETWORKS)
        return refuse (self, self->group_line, "more than 500 networks", error);
      if (!fl_sim_network_spec_complete (spec, networks->len, self->seed, &reason))
        return refuse (self, self->group_line, reason, error);
    }
  return TRUE;
}

static void
drop_spec (Reader *self)
{
  if (self->spec != NULL && self->group == GROUP_DEVICE)
    fl_sim_device_spec_free (self->spec);
  else if (self->spec != NULL)
    fl_sim_network_spec_free (self->spec);
  self->spec = NULL;
}

static gboolean
end_group (Reader *self, GError **error)
{
  gboolean ok = TRUE;

  if (self->group == GROUP_DEVICE)
    ok = add_devices (self, error);
  else if (self->group == GROUP_NETWORK)
    ok = add_networks (self, error);
  drop_spec (self);
  g_ptr_array_set_size (self->pairs, 0);
  g_clear_pointer (&self->group_name, g_free);
  return ok;
}

/* @text: between the brackets. */
static gboolean
start_group (Reader *self, const char *text, GError **error)
{
  if (!end_group (self, error))
    return FALSE;

  self->group_line = self->line;
  self->group = GROUP_NONE;
  if (strcmp (text, "World") == 0)
    {
      /* The seed in it decides over the identities of all that follow. */
      if (self->scenario->devices->len + self->scenario->networks->len > 0)
        return refuse (self, self->line, "this group comes first", error);
      self->group = GROUP_WORLD;
    }
  else if (strcmp (text, "Cloud") == 0)
    self->group = GROUP_CLOUD;
  else if (g_str_has_prefix (text, "Device "))
    {
      self->group = GROUP_DEVICE;
      self->spec = fl_sim_device_spec_new ();
      self->group_name = g_strdup (text + strlen ("Device "));
    }
  else if (g_str_has_prefix (text, "Network "))
    {
      self->group = GROUP_NETWORK;
      self->spec = fl_sim_network_spec_new ();
      self->group_name = g_strdup (text + strlen ("Network "));
    }
  else
    return refuse (self, self->line, "unknown group", error);
  if (self->group_name != NULL && (*self->group_name == '\0' || strlen (self->group_name) > 64))
    return refuse (self, self->line, "a name has 1 to 64 bytes", error);
  return TRUE;
}

static gboolean
set_pair (Reader *self, const char *key, const char *value, GError **error)
{
  g_autofree char *reason = NULL;
  gboolean ok = FALSE;

  for (guint i = 0; i < self->pairs->len; i += 2)
    if (strcmp (self->pairs->pdata[i], key) == 0)
      return refuse (self, self->line, "this key is here already", error);
  g_ptr_array_add (self->pairs, g_strdup (key));
  g_ptr_array_add (self->pairs, g_strdup (value));

  switch (self->group)
    {
    case GROUP_NONE:
      return refuse (self, self->line, "a key before any group", error);
    case GROUP_WORLD:
      ok = fl_sim_world_set (self->scenario, key, value, &reason);
      break;
    case GROUP_CLOUD:
      ok = fl_sim_cloud_set (self->scenario, key, value, &reason);
      break;
    case GROUP_DEVICE:
    case GROUP_NETWORK:
      ok = set_in_spec (self->group, self->spec, key, value, &reason);
      break;
    }
  if (ok && self->group == GROUP_WORLD && !self->seed_is_given && strcmp (key, "seed") == 0)
    self->seed = (guint64) self->scenario->seed;
  return ok || refuse (self, self->line, reason, error);
}

static gboolean
read_line (Reader *self, char *line, GError **error)
{
  gsize size;
  char *value;

  g_strstrip (line);
  size = strlen (line);
  if (size == 0 || *line == '#')
    return TRUE;
  if (*line == '[')
    {
      if (line[size - 1] != ']')
        return refuse (self, self->line, "a group ends with “]”", error);
      line[size - 1] = '\0';
      return start_group (self, line + 1, error);
    }

  value = strchr (line, '=');
  if (value == NULL)
    return refuse (self, self->line, "neither a group nor a key with a value", error);
  *value++ = '\0';
  return set_pair (self, g_strchomp (line), g_strchug (value), error);
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
check_names (Reader *self, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

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
      if (reason != NULL)
        return refuse (self, self->line, reason, error);
    }
  return TRUE;
}

static gboolean
read_all (Reader *self, const char *data, gsize size_bytes, GError **error)
{
  const char *end = NULL;
  g_auto (GStrv) lines = NULL;

  if (size_bytes > MAX_FILE_BYTES)
    return refuse (self, 1, "larger than a mebibyte", error);
  if (!g_utf8_validate_len (data, size_bytes, &end))
    {
      for (const char *at = data; at < end; at++)
        self->line += *at == '\n';
      return refuse (self, self->line + 1, "not UTF-8 text", error);
    }

  g_autofree char *text = g_strndup (data, size_bytes);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      self->line = i + 1;
      if (!read_line (self, lines[i], error))
        return FALSE;
    }
  return end_group (self, error) && check_names (self, error);
}

FlSimScenario *
fl_sim_scenario_parse (const char *data,
                       gsize size_bytes,
                       const char *origin,
                       guint64 seed,
                       GError **error)
{
  g_autoptr (FlSimScenario) scenario = fl_sim_scenario_new ();
  Reader reader = { .scenario = scenario, .origin = origin };
  gboolean ok;

  reader.seed_is_given = seed != 0;
  reader.seed = seed != 0 ? seed : (guint64) scenario->seed;
  reader.pairs = g_ptr_array_new_with_free_func (g_free);
  ok = read_all (&reader, data, size_bytes, error);
  drop_spec (&reader);
  g_ptr_array_unref (reader.pairs);
  g_free (reader.group_name);
  if (!ok)
    return NULL;
  scenario->seed = (int) (reader.seed & G_MAXINT);
  return g_steal_pointer (&scenario);
}
