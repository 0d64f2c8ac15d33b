/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-label-words.h"

#include <string.h>

#define SHORT_SECRET_MIN 12

/* GLib leaves the vertical tab out. */
static gboolean
is_space (char c)
{
  return g_ascii_isspace (c) || c == '\v';
}

FlWord
fl_word_take (FlWord *rest)
{
  FlWord word;

  while (rest->size_bytes > 0 && is_space (*rest->start))
    {
      rest->start++;
      rest->size_bytes--;
    }
  word = (FlWord){ rest->start, 0 };
  while (rest->size_bytes > 0 && !is_space (*rest->start))
    {
      rest->start++;
      rest->size_bytes--;
      word.size_bytes++;
    }
  return word;
}

gboolean
fl_word_is_alnum (FlWord word)
{
  for (gsize i = 0; i < word.size_bytes; i++)
    if (!g_ascii_isalnum (word.start[i]))
      return FALSE;
  return TRUE;
}

gboolean
fl_word_is_digits (FlWord word)
{
  for (gsize i = 0; i < word.size_bytes; i++)
    if (!g_ascii_isdigit (word.start[i]))
      return FALSE;
  return word.size_bytes > 0;
}

gboolean
fl_word_has_prefix (FlWord word, const char *prefix)
{
  gsize size_bytes = strlen (prefix);

  return word.size_bytes >= size_bytes && g_ascii_strncasecmp (word.start, prefix, size_bytes) == 0;
}

gboolean
fl_word_passes_luhn (FlWord word)
{
  guint sum = 0;

  for (gsize i = 0; i < word.size_bytes; i++)
    {
      guint digit = (guint) (word.start[word.size_bytes - 1 - i] - '0');

      if (i % 2 == 1)
        digit = digit > 4 ? digit * 2 - 9 : digit * 2;
      sum += digit;
    }
  return sum % 10 == 0;
}

static gboolean
is_printable (FlWord word)
{
  for (gsize i = 0; i < word.size_bytes; i++)
    if (!g_ascii_isgraph (word.start[i]))
      return FALSE;
  return TRUE;
}

gboolean
fl_word_is_serial (FlWord word)
{
  return word.size_bytes == FL_SERIAL_SIZE && fl_word_is_alnum (word);
}

gboolean
fl_word_is_secret (FlWord word)
{
  return word.size_bytes == FL_MOBILE_SECRET_SIZE && is_printable (word);
}

gboolean
fl_word_is_short_secret (FlWord word)
{
  return word.size_bytes >= SHORT_SECRET_MIN && word.size_bytes < FL_MOBILE_SECRET_SIZE &&
         is_printable (word);
}
