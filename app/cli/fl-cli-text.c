/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-cli-text.h"

#include <string.h>

/* Marks that turn the direction of what follows; they have no use on a terminal and hide things. */
static gboolean
turns_direction (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
         (c >= 0x2066 && c <= 0x2069);
}

char *
fl_cli_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (turns_direction (c))
        continue;
      if (g_unichar_iscntrl (c))
        g_string_append_printf (out, "\\x%02X", c);
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static guint
columns_of (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

guint
fl_cli_columns (const char *text)
{
  guint columns = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    columns += columns_of (g_utf8_get_char (p));
  return columns;
}

void
fl_cli_cut_columns (char *text, guint room)
{
  guint columns = 0;

  for (char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      columns += columns_of (g_utf8_get_char (p));
      if (columns >= room)
        {
          *p = '\0';
          return;
        }
    }
}

char *
fl_cli_dup_bytes_text (GBytes *bytes)
{
  gsize size_bytes;
  const char *data = g_bytes_get_data (bytes, &size_bytes);

  if (size_bytes == 0)
    return g_strdup ("");
  if (!g_utf8_validate_len (data, size_bytes, NULL))
    return NULL;
  for (const char *p = data; p < data + size_bytes; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) && strchr ("\n\r\t", *p) == NULL)
      return NULL;
  return g_strndup (data, size_bytes);
}

char *
fl_cli_dup_hex (const void *data, gsize size_bytes)
{
  const guint8 *bytes = data;
  GString *hex = g_string_sized_new (2 * size_bytes);

  for (gsize i = 0; i < size_bytes; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}
