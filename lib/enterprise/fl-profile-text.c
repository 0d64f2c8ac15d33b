/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-profile-text.h"
#include "fl-error.h"
#include "fl-network.h"
#include "fl-safe-text.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_DATE_BYTES 40

gboolean
fl_profile_refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (FL_ERROR, FL_ERROR_PROFILE_UNREADABLE, format, args);
  va_end (args);
  return FALSE;
}

char *
fl_profile_dup_line (const char *text)
{
  gsize size = text != NULL ? strlen (text) : 0;

  while (size > 0 && g_ascii_isspace (text[size - 1]))
    size--;
  while (size > 0 && g_ascii_isspace (*text))
    {
      text++;
      size--;
    }
  return size > 0 ? fl_safe_text_new (text, size, FL_PROFILE_MAX_LINE_CHARS) : NULL;
}

gboolean
fl_profile_dup_login (const char *text, gssize size_bytes, char **result, GError **error)
{
  gsize size = text == NULL ? 0 : size_bytes < 0 ? strlen (text) : (gsize) size_bytes;

  g_clear_pointer (result, g_free);
  while (size > 0 && g_ascii_isspace (text[size - 1]))
    size--;
  while (size > 0 && g_ascii_isspace (*text))
    {
      text++;
      size--;
    }
  if (size == 0)
    return TRUE;
  if (size > FL_PROFILE_MAX_LOGIN_BYTES)
    return fl_profile_refuse (error, _ ("A name in this profile is too long."));
  if (!fl_safe_text_check (text, size, FL_PROFILE_MAX_LOGIN_BYTES))
    return fl_profile_refuse (error, _ ("A name in this profile cannot be read."));
  *result = g_strndup (text, size);
  return TRUE;
}

GBytes *
fl_profile_dup_ssid (const guint8 *bytes, gsize size_bytes, GError **error)
{
  if (size_bytes == 0)
    fl_profile_refuse (error, _ ("A network in this profile has no name."));
  else if (size_bytes > FL_SSID_MAX_BYTES)
    fl_profile_refuse (error, _ ("The name of a network in this profile is too long."));
  else if (memchr (bytes, '\0', size_bytes) != NULL)
    fl_profile_refuse (error, _ ("The name of a network in this profile cannot be read."));
  else
    return g_bytes_new (bytes, size_bytes);
  return NULL;
}

FlSecret *
fl_profile_dup_secret (const void *bytes, gsize size_bytes, GError **error)
{
  if (size_bytes <= FL_PROFILE_MAX_SECRET_BYTES)
    return fl_secret_new (bytes, size_bytes);

  fl_profile_refuse (error, _ ("A password in this profile is too long."));
  return NULL;
}

static gboolean
is_base64 (const char *text, gsize size_bytes)
{
  gsize n_digits = 0, n_fill = 0;

  for (gsize i = 0; i < size_bytes; i++)
    {
      char c = text[i];

      if (g_ascii_isspace (c))
        continue;
      if (c == '=')
        n_fill++;
      else if (n_fill > 0 || !(g_ascii_isalnum (c) || c == '+' || c == '/'))
        return FALSE;
      else
        n_digits++;
    }
  return n_digits > 0 && n_fill <= 2 && (n_digits + n_fill) % 4 == 0;
}

FlSecret *
fl_profile_decode_base64 (const char *text, gsize size_bytes)
{
  g_autoptr (FlSecret) room = NULL;
  guint save = 0;
  int state = 0;
  gsize n_bytes;

  if (!is_base64 (text, size_bytes))
    return NULL;

  room = fl_secret_new_zeroed (size_bytes / 4 * 3 + 3);
  n_bytes = g_base64_decode_step (text, size_bytes, fl_secret_get_writable (room), &state, &save);
  return n_bytes > 0 ? fl_secret_new (fl_secret_get_data (room), n_bytes) : NULL;
}

FlSecret *
fl_profile_decode_hex (const char *text, gsize size_bytes)
{
  g_autoptr (FlSecret) bytes = NULL;
  guint8 *to;

  if (size_bytes % 2 != 0)
    return NULL;

  bytes = fl_secret_new_zeroed (size_bytes / 2);
  to = fl_secret_get_writable (bytes);
  for (gsize i = 0; i < size_bytes; i += 2)
    {
      if (!g_ascii_isxdigit (text[i]) || !g_ascii_isxdigit (text[i + 1]))
        return NULL;
      to[i / 2] =
          (guint8) (g_ascii_xdigit_value (text[i]) << 4 | g_ascii_xdigit_value (text[i + 1]));
    }
  return g_steal_pointer (&bytes);
}

gint64
fl_profile_parse_date (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *copy = NULL;

  if (text == NULL || strnlen (text, MAX_DATE_BYTES) == MAX_DATE_BYTES)
    return 0;

  copy = g_strstrip (g_strdup (text));
  date = g_utf8_validate (copy, -1, NULL) ? g_date_time_new_from_iso8601 (copy, utc) : NULL;
  return date != NULL ? MAX (0, g_date_time_to_unix (date)) : 0;
}
