/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-cli-json.h"

#include "fl-cli-text.h"

void
fl_cli_json_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (valid != NULL)
    json_builder_add_string_value (builder, valid);
  else
    json_builder_add_null_value (builder);
}

void
fl_cli_json_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
fl_cli_json_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
fl_cli_json_known_int (JsonBuilder *builder, const char *name, gint64 value)
{
  if (value != 0)
    fl_cli_json_int (builder, name, value);
  else
    fl_cli_json_string (builder, name, NULL);
}

void
fl_cli_json_hex (JsonBuilder *builder, const char *name, GBytes *bytes)
{
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &size_bytes);
  g_autofree char *hex = fl_cli_dup_hex (data, size_bytes);

  fl_cli_json_string (builder, name, hex);
}
