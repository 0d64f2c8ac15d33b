/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-firmware-version.h"

#include <string.h>

/* Five digits are more than any version has; the limit keeps the sum from overflowing. */
static gboolean
parse_number (const char **text, guint *value)
{
  guint n_digits = 0;

  *value = 0;
  for (; g_ascii_isdigit (**text); (*text)++)
    {
      if (++n_digits > 5)
        return FALSE;
      *value = *value * 10 + (guint) (**text - '0');
    }
  return n_digits > 0;
}

static gboolean
parse_prerelease (const char *text, char *out, gsize out_size)
{
  gsize length = strcspn (text, "+");

  if (length == 0 || length >= out_size)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '.' && text[i] != '-')
      return FALSE;
  memcpy (out, text, length);
  out[length] = '\0';
  return TRUE;
}

gboolean
fl_firmware_version_parse (const char *text, FlFirmwareVersion *version)
{
  FlFirmwareVersion parsed = { 0 };

  g_return_val_if_fail (version != NULL, FALSE);

  memset (version, 0, sizeof *version);
  if (text == NULL)
    return FALSE;
  if (*text == 'v')
    text++;
  if (!parse_number (&text, &parsed.major) || *text++ != '.' ||
      !parse_number (&text, &parsed.minor) || *text++ != '.' ||
      !parse_number (&text, &parsed.patch))
    return FALSE;
  if (*text == '-' && !parse_prerelease (text + 1, parsed.prerelease, sizeof parsed.prerelease))
    return FALSE;
  if (*text != '\0' && *text != '-' && *text != '+')
    return FALSE;

  parsed.known = TRUE;
  *version = parsed;
  return TRUE;
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && text[strspn (text, "0123456789")] == '\0';
}

/* Numbers compare as numbers and come before words. */
static int
compare_identifiers (const char *a, const char *b)
{
  gboolean a_number = is_number (a), b_number = is_number (b);

  if (a_number != b_number)
    return a_number ? -1 : 1;
  if (a_number)
    {
      guint64 left = g_ascii_strtoull (a, NULL, 10), right = g_ascii_strtoull (b, NULL, 10);

      return left < right ? -1 : left > right;
    }
  return strcmp (a, b);
}

static int
compare_prerelease (const char *a, const char *b)
{
  g_auto (GStrv) left = g_strsplit (a, ".", -1);
  g_auto (GStrv) right = g_strsplit (b, ".", -1);
  guint i = 0;

  if (*a == '\0' || *b == '\0')
    return *a == *b ? 0 : *a == '\0' ? 1 : -1;
  for (; left[i] != NULL && right[i] != NULL; i++)
    {
      int order = compare_identifiers (left[i], right[i]);

      if (order != 0)
        return order;
    }
  return (left[i] != NULL) - (right[i] != NULL);
}

int
fl_firmware_version_compare (const FlFirmwareVersion *a, const FlFirmwareVersion *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);

  if (a->major != b->major)
    return a->major < b->major ? -1 : 1;
  if (a->minor != b->minor)
    return a->minor < b->minor ? -1 : 1;
  if (a->patch != b->patch)
    return a->patch < b->patch ? -1 : 1;
  return compare_prerelease (a->prerelease, b->prerelease);
}

gboolean
fl_firmware_version_at_least (const FlFirmwareVersion *version,
                              guint major,
                              guint minor,
                              guint patch)
{
  FlFirmwareVersion release = { major, minor, patch, "", TRUE };

  g_return_val_if_fail (version != NULL, FALSE);

  return version->known && fl_firmware_version_compare (version, &release) >= 0;
}
