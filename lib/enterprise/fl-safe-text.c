/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-safe-text.h"

#include <string.h>

#define REPLACEMENT 0xfffd
#define ELLIPSIS    0x2026

static gboolean
is_safe (gunichar c)
{
  switch ((guint) g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return FALSE;
    case G_UNICODE_FORMAT:
      return c == 0x200c || c == 0x200d; /* joiners: some scripts need them */
    default:
      return TRUE;
    }
}

char *
fl_safe_text_new (const void *data, gsize size_bytes, guint max_chars)
{
  const gsize looked_at = MIN (size_bytes, (gsize) max_chars * 6 + 6); /* the rest is cut anyway */
  g_autofree char *valid = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_chars = 0;

  g_return_val_if_fail (data != NULL || size_bytes == 0, NULL);

  /* It ends before a NUL only if nothing is behind it; those inside are replaced, too. */
  valid = g_utf8_make_valid (size_bytes > 0 ? data : "", (gssize) looked_at);
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      const gunichar character = g_utf8_get_char (c);

      if (n_chars++ == max_chars)
        {
          g_string_append_unichar (text, ELLIPSIS);
          break;
        }
      g_string_append_unichar (text, is_safe (character) ? character : REPLACEMENT);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
fl_safe_text_check (const void *data, gsize size_bytes, guint max_chars)
{
  g_autofree char *safe = fl_safe_text_new (data, size_bytes, max_chars);

  return strlen (safe) == size_bytes && (size_bytes == 0 || memcmp (safe, data, size_bytes) == 0);
}
