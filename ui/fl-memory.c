/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-memory.h"

#define KEY_DOOR   "door"
#define KEY_CAMERA "camera"
#define KEY_SOUNDS "sounds"

/* GSettings ends the program when a schema is missing, so it is looked for first. (nullable) */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, FL_APP_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

FlDoor
fl_memory_get_door (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  return settings != NULL ? (FlDoor) g_settings_get_enum (settings, KEY_DOOR) : FL_DOOR_SET_UP;
}

void
fl_memory_set_door (FlDoor door)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (settings != NULL)
    g_settings_set_enum (settings, KEY_DOOR, (int) door);
}

char *
fl_memory_dup_camera (void)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autofree char *id = settings != NULL ? g_settings_get_string (settings, KEY_CAMERA) : NULL;

  return id != NULL && *id != 0 ? g_steal_pointer (&id) : NULL;
}

void
fl_memory_set_camera (const char *id)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (settings != NULL)
    g_settings_set_string (settings, KEY_CAMERA, id);
}

gboolean
fl_memory_get_sounds (void)
{
  g_autoptr (GSettings) settings = open_settings ();

  return settings == NULL || g_settings_get_boolean (settings, KEY_SOUNDS);
}

GSimpleActionGroup *
fl_memory_create_actions (void)
{
  g_autoptr (GSettings) settings = open_settings ();
  g_autoptr (GAction) sounds = NULL;
  GSimpleActionGroup *group;

  if (settings == NULL)
    return NULL;

  sounds = g_settings_create_action (settings, KEY_SOUNDS);
  group = g_simple_action_group_new ();
  g_action_map_add_action (G_ACTION_MAP (group), sounds);
  return group;
}
