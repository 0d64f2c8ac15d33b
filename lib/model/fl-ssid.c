/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-network.h"

/* Characters that would break a line or turn the text around them: a name may be sent by anybody.
 */
static gboolean
is_unsafe (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_LINE_SEPARATOR ||
         type == G_UNICODE_PARAGRAPH_SEPARATOR ||
         (c >= 0x202a && c <= 0x202e) || /* bidi embeddings and overrides */
         (c >= 0x2066 && c <= 0x2069);   /* bidi isolates */
}

static void
append_escaped (GString *name, const guint8 *bytes, gsize size_bytes)
{
  for (gsize i = 0; i < size_bytes; i++)
    g_string_append_printf (name, "\\x%02x", bytes[i]);
}

char *
fl_ssid_to_name (const guint8 *ssid, gsize size_bytes)
{
  GString *name = g_string_sized_new (size_bytes + 1);

  for (gsize i = 0; i < size_bytes;)
    {
      const char *at = (const char *) ssid + i;
      gunichar c = g_utf8_get_char_validated (at, (gssize) (size_bytes - i));
      gboolean is_valid = c != (gunichar) -1 && c != (gunichar) -2;
      gsize step = is_valid ? (gsize) g_unichar_to_utf8 (c, NULL) : 1;

      if (is_valid && !is_unsafe (c))
        g_string_append_len (name, at, (gssize) step);
      else
        append_escaped (name, ssid + i, step);
      i += step;
    }
  return g_string_free (name, FALSE);
}
