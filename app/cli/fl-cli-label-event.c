/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-label-event"
#include "config.h"

#include "fl-cli-label-event.h"

#include "fl-cli-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The whole text, to be told only when it was asked for; wiped by who gets it. @is_text: FALSE: it
 * is none, so its hexadecimal digits. */
static char *
dup_text (FlScan *scan, gboolean *is_text)
{
  FlSecret *secret = fl_matrix_get_text (fl_scan_get_matrix (scan));
  const guint8 *data = fl_secret_get_data (secret);
  gsize size_bytes = fl_secret_get_size (secret);
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size_bytes);
  char *text = fl_cli_dup_bytes_text (bytes);

  *is_text = text != NULL;
  return text != NULL ? text : fl_cli_dup_hex (data, size_bytes);
}

/* Sixteenths are exact enough, and come out short. */
static void
add_number (JsonBuilder *json, double value)
{
  json_builder_add_double_value (json, round (value * 16) / 16);
}

static void
write_place (JsonBuilder *json, const FlMatrix *matrix)
{
  const FlPoint *corners = fl_matrix_get_corners (matrix);

  json_builder_set_member_name (json, "corners");
  json_builder_begin_array (json);
  for (guint i = 0; i < 4; i++)
    {
      json_builder_begin_array (json);
      add_number (json, corners[i].x);
      add_number (json, corners[i].y);
      json_builder_end_array (json);
    }
  json_builder_end_array (json);
  json_builder_set_member_name (json, "modules");
  json_builder_begin_array (json);
  json_builder_add_int_value (json, fl_matrix_get_rows (matrix));
  json_builder_add_int_value (json, fl_matrix_get_columns (matrix));
  json_builder_end_array (json);
}

static void
write_json (JsonBuilder *json, const char *file, FlScan *scan)
{
  FlLabelText *text = fl_scan_get_text (scan);
  FlMatrix *matrix = fl_scan_get_matrix (scan);
  FlLabel *label = fl_label_text_get_label (text);
  FlLabelUse uses = fl_label_text_get_uses (text);

  fl_cli_json_string (json, "file", file);
  fl_cli_json_string (json, "kind", fl_label_kind_get_id (fl_label_text_get_kind (text)));
  fl_cli_json_string (json, "serial", label != NULL ? fl_label_get_serial (label) : NULL);
  fl_cli_json_string (json, "setup_code", label != NULL ? fl_label_get_setup_code (label) : NULL);
  fl_cli_json_string (json, "device_id", fl_label_text_get_device_id (text));
  fl_cli_json_string (json, "number", fl_label_text_get_number (text));
  fl_cli_json_boolean (json, "has_secret", (uses & FL_LABEL_USE_PROVE) != 0);
  fl_cli_json_boolean (json, "usable", (uses & FL_LABEL_USE_FIND) != 0);
  write_place (json, matrix);
  json_builder_set_member_name (json, "confidence");
  add_number (json, (double) fl_matrix_get_confidence (matrix));
  json_builder_set_member_name (json, "ms");
  add_number (json, fl_scan_get_elapsed_ms (scan));
}

static void
say (FlCliOutput *output, const char *file, FlLabelText *text, const char *whole_text)
{
  const char *name = fl_label_kind_get_name (fl_label_text_get_kind (text));
  const char *number = fl_label_text_get_number (text);
  g_autofree char *what =
      number != NULL ? g_strdup_printf ("%s: %s", name, number) : g_strdup (name);
  g_autoptr (GError) error = NULL;

  if (file != NULL)
    fl_cli_output_say (output, "%s: %s", file, what);
  else
    fl_cli_output_say (output, "%s", what);
  if (!fl_label_text_check (text, FL_LABEL_USE_PROVE, &error))
    fl_cli_output_say (output, "  %s", error->message);
  if (whole_text != NULL)
    fl_cli_output_say (output, "  %s", whole_text);
}

void
fl_cli_label_event (FlCliOutput *output, const char *file, FlScan *scan, gboolean show_secret)
{
  g_autofree char *name = file != NULL ? g_filename_display_name (file) : NULL;
  gboolean is_text = FALSE;
  char *whole_text = show_secret ? dup_text (scan, &is_text) : NULL;
  JsonBuilder *json = fl_cli_output_begin (output, "label");

  if (json != NULL)
    {
      write_json (json, name, scan);
      if (whole_text != NULL)
        fl_cli_json_string (json, is_text ? "text" : "text_hex", whole_text);
      fl_cli_output_end (output, json);
    }
  else
    say (output, name, fl_scan_get_text (scan), whole_text);
  if (whole_text != NULL)
    fl_wipe (whole_text, strlen (whole_text));
  g_free (whole_text);
}
