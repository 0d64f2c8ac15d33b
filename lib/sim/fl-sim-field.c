/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-field.h"

#include <string.h>

#include "fl-secret.h"
#include "fl-sim-fault.h"

#define MAX_TEXT       64
#define MAX_SSID_BYTES 32 /* IEEE 802.11-2020, 9.4.2.2 */
#define MAX_LIST       100

/* \xNN, \\ and \s (a space that survives at either end). NULL: a broken escape, or a NUL byte. */
static GByteArray *
unescape (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  while (*text != '\0')
    {
      guint8 byte = (guint8) *text++;

      if (byte == '\\' && *text == '\\')
        text++;
      else if (byte == '\\' && *text == 's')
        {
          byte = ' ';
          text++;
        }
      else if (byte == '\\')
        {
          if (text[0] != 'x' || !g_ascii_isxdigit (text[1]) || !g_ascii_isxdigit (text[2]))
            return NULL;
          byte = (guint8) (g_ascii_xdigit_value (text[1]) << 4 | g_ascii_xdigit_value (text[2]));
          text += 3;
          if (byte == 0)
            return NULL;
        }
      g_byte_array_append (bytes, &byte, 1);
    }
  return g_steal_pointer (&bytes);
}

static gboolean
set_text (char **member, const char *value)
{
  if (*value == '\0' || g_utf8_strlen (value, -1) > MAX_TEXT)
    return FALSE;
  *member = g_strdup (value);
  return TRUE;
}

static gboolean
set_bytes (GBytes **member, const char *value)
{
  g_autoptr (GByteArray) bytes = unescape (value);

  if (bytes == NULL || bytes->len > MAX_SSID_BYTES)
    return FALSE;
  *member = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  return TRUE;
}

static gboolean
set_secret (FlSecret **member, const char *value)
{
  g_autoptr (GByteArray) bytes = unescape (value);

  if (bytes == NULL || bytes->len > MAX_TEXT)
    return FALSE;
  *member = fl_secret_new (bytes->data, bytes->len);
  fl_wipe (bytes->data, bytes->len);
  return TRUE;
}

static gboolean
set_int (int *member, const FlSimField *field, const char *value)
{
  char *end = NULL;
  gint64 number;

  if (g_str_has_prefix (value, "0x"))
    number = (gint64) g_ascii_strtoull (value + 2, &end, 16);
  else
    number = g_ascii_strtoll (value, &end, 10);
  if (end == value || *end != '\0' || number < field->min || number > field->max)
    return FALSE;
  *member = (int) number;
  return TRUE;
}

static gboolean
set_bool (gboolean *member, const char *value)
{
  *member = strcmp (value, "yes") == 0;
  return *member || strcmp (value, "no") == 0;
}

static gboolean
set_plug (gint64 *member, const char *value)
{
  gboolean in_time = FALSE;

  if (set_bool (&in_time, value))
    {
      *member = in_time ? 0 : -1;
      return TRUE;
    }
  return g_str_has_prefix (value, "later ") &&
         fl_sim_time_parse (value + strlen ("later "), member);
}

static gboolean
set_date (int *member, const char *value)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *text = g_strconcat (value, "T00:00:00Z", NULL);

  if (strlen (value) != strlen ("2026-06-01"))
    return FALSE;
  date = g_date_time_new_from_iso8601 (text, NULL);
  if (date == NULL)
    return FALSE;
  *member = g_date_time_get_year (date) * 10000 + g_date_time_get_month (date) * 100 +
            g_date_time_get_day_of_month (date);
  return TRUE;
}

static gboolean
set_word (int *member, const FlSimField *field, const char *value)
{
  for (int i = 0; field->words[i] != NULL; i++)
    if (strcmp (field->words[i], value) == 0)
      {
        *member = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
set_list (char ***member, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, ";", MAX_LIST + 2);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (GByteArray) part = unescape (g_strstrip (parts[i]));

      if (part == NULL)
        return FALSE;
      if (part->len > 0)
        g_ptr_array_add (list, g_strndup ((const char *) part->data, part->len));
    }
  if (list->len == 0 || list->len > MAX_LIST)
    return FALSE;
  g_ptr_array_add (list, NULL);
  *member = (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
  return TRUE;
}

static gboolean
set_uuid (char **member, const char *value)
{
  g_autofree char *lower = g_ascii_strdown (value, -1);
  gboolean is_short = strlen (lower) == 4;
  g_autofree char *uuid =
      is_short ? g_strdup_printf ("0000%s-0000-1000-8000-00805f9b34fb", lower) : g_strdup (lower);

  if (!g_uuid_string_is_valid (uuid))
    return FALSE;
  *member = g_steal_pointer (&uuid);
  return TRUE;
}

static gboolean
set_member (const FlSimField *field, gpointer target, const char *value, char **reason)
{
  gpointer member = (guint8 *) target + field->offset;

  switch (field->kind)
    {
    case FL_SIM_FIELD_TEXT:
      return set_text (member, value);
    case FL_SIM_FIELD_BYTES:
      return set_bytes (member, value);
    case FL_SIM_FIELD_SECRET:
      return set_secret (member, value);
    case FL_SIM_FIELD_INT:
      return set_int (member, field, value);
    case FL_SIM_FIELD_BOOL:
      return set_bool (member, value);
    case FL_SIM_FIELD_TIME:
      return fl_sim_time_parse (value, member);
    case FL_SIM_FIELD_DATE:
      return set_date (member, value);
    case FL_SIM_FIELD_PLUG:
      return set_plug (member, value);
    case FL_SIM_FIELD_WORD:
      return set_word (member, field, value);
    case FL_SIM_FIELD_LIST:
      return set_list (member, value);
    case FL_SIM_FIELD_UUID:
      return set_uuid (member, value);
    case FL_SIM_FIELD_FAULTS:
      *(GArray **) member = g_array_new (FALSE, FALSE, sizeof (FlSimFault));
      return fl_sim_faults_parse (value, field->max == 1, *(GArray **) member, reason);
    }
  return FALSE;
}

static void
clear_member (const FlSimField *field, gpointer target)
{
  gpointer member = (guint8 *) target + field->offset;

  switch (field->kind)
    {
    case FL_SIM_FIELD_TEXT:
    case FL_SIM_FIELD_UUID:
      g_clear_pointer ((char **) member, g_free);
      break;
    case FL_SIM_FIELD_BYTES:
      g_clear_pointer ((GBytes **) member, g_bytes_unref);
      break;
    case FL_SIM_FIELD_SECRET:
      g_clear_pointer ((FlSecret **) member, fl_secret_unref);
      break;
    case FL_SIM_FIELD_LIST:
      g_clear_pointer ((char ***) member, g_strfreev);
      break;
    case FL_SIM_FIELD_FAULTS:
      g_clear_pointer ((GArray **) member, g_array_unref);
      break;
    case FL_SIM_FIELD_INT:
    case FL_SIM_FIELD_BOOL:
    case FL_SIM_FIELD_TIME:
    case FL_SIM_FIELD_DATE:
    case FL_SIM_FIELD_PLUG:
    case FL_SIM_FIELD_WORD:
      break;
    }
}

gboolean
fl_sim_field_set (const FlSimField *fields,
                  guint n_fields,
                  gpointer target,
                  const char *key,
                  const char *value,
                  char **reason)
{
  *reason = NULL;
  for (guint i = 0; i < n_fields; i++)
    {
      if (strcmp (fields[i].key, key) != 0)
        continue;
      clear_member (&fields[i], target);
      if (set_member (&fields[i], target, value, reason))
        return TRUE;
      if (*reason == NULL)
        *reason = g_strdup_printf ("the value of “%s” is out of range or of another kind", key);
      return FALSE;
    }
  *reason = g_strdup_printf ("unknown key “%s”", key);
  return FALSE;
}

void
fl_sim_fields_clear (const FlSimField *fields, guint n_fields, gpointer target)
{
  for (guint i = 0; i < n_fields; i++)
    clear_member (&fields[i], target);
}
