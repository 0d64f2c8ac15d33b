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

/* (transfer full) (nullable): the root is an object */
static JsonParser *
parse (const FlSecret *text, FlSerialAsk ask, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  const char *end = NULL;
  const char *start = find_object (fl_secret_get_text (text), ask, &end);

  if (end == NULL || !g_utf8_validate (start, end - start, NULL) ||
      !json_parser_load_from_data (parser, start, end - start, NULL) ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      refuse (error, ask);
      return NULL;
    }
  return g_steal_pointer (&parser);
}

static JsonObject *
get_root (JsonParser *parser)
{
  return json_node_get_object (json_parser_get_root (parser));
}

/* Borrowed: the value if it is of @type. */
static JsonNode *
find_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type
             ? node
             : NULL;
}

/* Numbers, and texts that are numbers; else 0. */
static guint
read_number (JsonObject *object, const char *name)
{
  JsonNode *number = find_value (object, name, G_TYPE_INT64);
  JsonNode *text = find_value (object, name, G_TYPE_STRING);
  gint64 value = 0;

  if (number != NULL)
    value = json_node_get_int (number);
  else if (text != NULL)
    value = g_ascii_strtoll (json_node_get_string (text), NULL, 10);
  return (guint) CLAMP (value, 0, G_MAXINT);
}

/* The first letter of a text, 0: there is none. */
static char
read_letter (JsonObject *object, const char *name)
{
  JsonNode *text = find_value (object, name, G_TYPE_STRING);
  const char *letters = text != NULL ? json_node_get_string (text) : "";
  return *letters;
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
read_module (JsonObject *object)
{
  const char kind = read_letter (object, "f");
  const guint checked = read_number (object, "vc");
  const guint failed = checked & ~read_number (object, "vv");
  FlModule *module = NULL;

  if (read_letter (object, "l") != 'm' || kind == '\0' || kind == 'n')
    return NULL;
  module = fl_module_new ();
  module->kind = kind_from_letter (kind);
  module->index = read_number (object, "n");
  module->version = read_number (object, "v");
  module->size_bytes = read_number (object, "s");
  module->checked = checked != 0;
  module->is_sound = (failed & SOUND) == 0;
  module->dependencies_met = (failed & DEPENDENCIES) == 0;
  return module;
}

static GPtrArray *
read_modules (JsonArray *slots)
{
  GPtrArray *modules = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_module_free);
  const guint n_slots = MIN (json_array_get_length (slots), MAX_MODULES);

  for (guint i = 0; i < n_slots; i++)
    {
      JsonNode *node = json_array_get_element (slots, i);
      FlModule *module =
          JSON_NODE_HOLDS_OBJECT (node) ? read_module (json_node_get_object (node)) : NULL;

      if (module != NULL)
        g_ptr_array_add (modules, module);
    }
  return modules;
}

GPtrArray *
fl_serial_read_modules (const FlSecret *text, int *platform_id, GError **error)
{
  g_autoptr (JsonParser) parser = parse (text, FL_SERIAL_ASK_MODULES, error);
  JsonNode *slots = NULL;

  if (parser == NULL)
    return NULL;
  slots = json_object_get_member (get_root (parser), "m");
  if (slots == NULL || !JSON_NODE_HOLDS_ARRAY (slots))
    {
      refuse (error, FL_SERIAL_ASK_MODULES);
      return NULL;
    }
  if (platform_id != NULL)
    *platform_id = (int) read_number (get_root (parser), "p");
  return read_modules (json_node_get_array (slots));
}

gboolean
fl_serial_read_network_error (const FlSecret *text, int *code, GError **error)
{
  g_autoptr (JsonParser) parser = parse (text, FL_SERIAL_ASK_DIAGNOSTICS, error);
  JsonNode *value = NULL;

  g_return_val_if_fail (code != NULL, FALSE);

  *code = 0;
  if (parser == NULL)
    return FALSE;
  value = find_value (get_root (parser), NETWORK_ERROR, G_TYPE_INT64);
  if (value != NULL)
    *code = (int) CLAMP (json_node_get_int (value), G_MININT, G_MAXINT);
  return TRUE;
}
