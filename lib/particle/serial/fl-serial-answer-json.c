/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-serial-answer-json.h"

#include "fl-error.h"
#include "fl-serial-answer.h"

#include <string.h>
#include <json-glib/json-glib.h>

/* Ours: no device has so many. json-glib goes into an object for each brace, so they are few. */
#define MAX_MODULES 32
#define MAX_DEPTH   8

/* services/inc/diagnostics.h: DIAG_NAME_NETWORK_CONNECTION_ERROR_CODE */
#define NETWORK_ERROR "net:err"

/* MODULE_VALIDATION_*: hal/shared/module_info.h and ota_flash_hal.h */
#define VALID_INTEGRITY         (1u << 1)
#define VALID_DEPENDENCIES      (1u << 2)
#define VALID_RANGE             (1u << 3)
#define VALID_PLATFORM          (1u << 4)
#define VALID_DEPENDENCIES_FULL (1u << 6)
#define SOUND                   (VALID_INTEGRITY | VALID_RANGE | VALID_PLATFORM)
#define DEPENDENCIES            (VALID_DEPENDENCIES | VALID_DEPENDENCIES_FULL)

/* The end of the object at @text. NULL: it is not over, or too deep to be one of ours. */
static const char *
find_end (const char *text)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (const char *at = text; *at != '\0'; at++)
    {
      if (in_string && *at == '\\' && at[1] != '\0')
        at++;
      else if (*at == '"')
        in_string = !in_string;
      else if (!in_string && (*at == '{' || *at == '['))
        depth++;
      else if (!in_string && (*at == '}' || *at == ']'))
        depth--;
      if (depth > MAX_DEPTH)
        return NULL;
      if (depth == 0)
        return at + 1;
    }
  return NULL;
}

/* The object that answers @ask; @end: behind it. */
static const char *
find_object (const char *text, FlSerialAsk ask, const char **end)
{
  const char *start = strstr (text, ask == FL_SERIAL_ASK_MODULES ? "{\"p\":" : "{\"");

  *end = start != NULL ? find_end (start) : NULL;
  return start;
}

gboolean
fl_serial_json_is_complete (const char *text, FlSerialAsk ask)
{
  const char *end = NULL;

  find_object (text, ask, &end);
  return end != NULL;
}

static void
refuse (GError **error, FlSerialAsk ask)
{
  g_set_error (error, FL_ERROR, FL_ERROR_UNEXPECTED, "The answer to '%c' cannot be read",
               (int) ask);
}

/* (transfer full) (nullable) */
static JsonReader *
parse (const FlSecret *text, FlSerialAsk ask, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  const char *end = NULL;
  const char *start = find_object (fl_secret_get_text (text), ask, &end);
  JsonReader *reader = NULL;

  if (end == NULL || !g_utf8_validate (start, end - start, NULL) ||
      !json_parser_load_from_data (parser, start, end - start, NULL) ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      refuse (error, ask);
      return NULL;
    }
  /* It goes up again by nodes that are the parser's. */
  reader = json_reader_new (json_parser_get_root (parser));
  g_object_set_data_full (G_OBJECT (reader), "parser", g_steal_pointer (&parser), g_object_unref);
  return reader;
}

/* Numbers, and texts that are numbers; else 0. */
static guint
read_number (JsonReader *reader, const char *name)
{
  gint64 number = 0;

  if (json_reader_read_member (reader, name) && json_reader_is_value (reader))
    {
      JsonNode *node = json_reader_get_value (reader);

      if (json_node_get_value_type (node) == G_TYPE_INT64)
        number = json_node_get_int (node);
      else if (json_node_get_value_type (node) == G_TYPE_STRING)
        number = g_ascii_strtoll (json_node_get_string (node), NULL, 10);
    }
  json_reader_end_member (reader);
  return (guint) CLAMP (number, 0, G_MAXINT);
}

/* The first letter of a text, 0: there is none. */
static char
read_letter (JsonReader *reader, const char *name)
{
  char letter = '\0';

  if (json_reader_read_member (reader, name) && json_reader_is_value (reader) &&
      json_node_get_value_type (json_reader_get_value (reader)) == G_TYPE_STRING)
    letter = json_reader_get_string_value (reader)[0];
  json_reader_end_member (reader);
  return letter;
}

/* module_function_string(): system/src/system_update.cpp */
static FlModuleKind
kind_from_letter (char letter)
{
  static const struct
  {
    char letter;
    FlModuleKind kind;
  } kinds[] = {
    { 'b', FL_MODULE_BOOTLOADER }, { 's', FL_MODULE_SYSTEM_PART }, { 'u', FL_MODULE_USER_PART },
    { 'm', FL_MODULE_MONOLITHIC }, { 'r', FL_MODULE_RESOURCE },    { 'a', FL_MODULE_RADIO_STACK },
    { 'c', FL_MODULE_NCP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].letter == letter)
      return kinds[i].kind;
  return FL_MODULE_OTHER;
}

/* (nullable) (transfer full): NULL: the slot is empty, or not the one in use. */
static FlModule *
read_module (JsonReader *reader)
{
  const char kind = read_letter (reader, "f");
  const guint checked = read_number (reader, "vc");
  const guint failed = checked & ~read_number (reader, "vv");
  FlModule *module = NULL;

  if (read_letter (reader, "l") != 'm' || kind == '\0' || kind == 'n')
    return NULL;
  module = fl_module_new ();
  module->kind = kind_from_letter (kind);
  module->index = read_number (reader, "n");
  module->version = read_number (reader, "v");
  module->size_bytes = read_number (reader, "s");
  module->checked = checked != 0;
  module->is_sound = (failed & SOUND) == 0;
  module->dependencies_met = (failed & DEPENDENCIES) == 0;
  return module;
}

static GPtrArray *
read_modules (JsonReader *reader)
{
  g_autoptr (GPtrArray) modules = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_module_free);
  const int n_modules = MIN (json_reader_count_elements (reader), MAX_MODULES);

  for (int i = 0; i < n_modules; i++)
    {
      FlModule *module = NULL;

      if (json_reader_read_element (reader, (guint) i) && json_reader_is_object (reader))
        module = read_module (reader);
      json_reader_end_element (reader);
      if (module != NULL)
        g_ptr_array_add (modules, module);
    }
  return g_steal_pointer (&modules);
}

GPtrArray *
fl_serial_read_modules (const FlSecret *text, int *platform_id, GError **error)
{
  g_autoptr (JsonReader) reader = parse (text, FL_SERIAL_ASK_MODULES, error);
  GPtrArray *modules = NULL;

  if (reader == NULL)
    return NULL;
  if (platform_id != NULL)
    *platform_id = (int) read_number (reader, "p");
  if (json_reader_read_member (reader, "m") && json_reader_is_array (reader))
    modules = read_modules (reader);
  json_reader_end_member (reader);
  if (modules == NULL)
    refuse (error, FL_SERIAL_ASK_MODULES);
  return modules;
}

gboolean
fl_serial_read_network_error (const FlSecret *text, int *code, GError **error)
{
  g_autoptr (JsonReader) reader = parse (text, FL_SERIAL_ASK_DIAGNOSTICS, error);

  g_return_val_if_fail (code != NULL, FALSE);

  *code = 0;
  if (reader == NULL)
    return FALSE;
  if (json_reader_read_member (reader, NETWORK_ERROR) && json_reader_is_value (reader) &&
      json_node_get_value_type (json_reader_get_value (reader)) == G_TYPE_INT64)
    *code = (int) CLAMP (json_reader_get_int_value (reader), G_MININT, G_MAXINT);
  json_reader_end_member (reader);
  return TRUE;
}
