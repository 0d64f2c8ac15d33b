/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-credentials.h"
#include "fl-error.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* IEEE 802.11-2020, annex J.4.1: a pass phrase of 8 to 63 characters, or the key itself as 64
 * hexadecimal digits. Lengths are bytes; a person is told of characters. */
#define PHRASE_MIN_BYTES 8
#define PHRASE_MAX_BYTES 63
#define KEY_HEX_DIGITS   64

static gboolean
is_hex (const char *text)
{
  return text[strspn (text, "0123456789abcdefABCDEF")] == '\0';
}

static gboolean
is_phrase (const char *password)
{
  gsize size_bytes = strlen (password);

  return size_bytes >= PHRASE_MIN_BYTES && size_bytes <= PHRASE_MAX_BYTES;
}

static gboolean
is_phrase_or_key (const char *password)
{
  return is_phrase (password) || (strlen (password) == KEY_HEX_DIGITS && is_hex (password));
}

/* WEP-40 and WEP-104 keys, as text or hexadecimal: IEEE 802.11-2020, 12.3.2. */
static gboolean
is_wep_key (const char *password)
{
  gsize size_bytes = strlen (password);

  return size_bytes == 5 || size_bytes == 13 ||
         ((size_bytes == 10 || size_bytes == 26) && is_hex (password));
}

static const char *
explain_phrase (const char *password)
{
  if (*password == '\0')
    return _ ("This network needs a password.");
  if (strlen (password) == KEY_HEX_DIGITS)
    return _ ("A password of 64 characters has only digits and the letters a to f.");
  return _ ("The password has 8 to 63 characters.");
}

/* NULL: usable. Otherwise a translated sentence. */
static const char *
find_fault (const char *password, FlSecurity security)
{
  switch (security)
    {
    case FL_SECURITY_OPEN:
      return *password == '\0' ? NULL : _ ("An open network has no password.");
    case FL_SECURITY_WEP:
      return is_wep_key (password) ? NULL
                                   : _ ("The password has 5 or 13 characters, or 10 or 26 digits "
                                        "and letters a to f.");
    case FL_SECURITY_WPA:
    case FL_SECURITY_WPA2:
    case FL_SECURITY_WPA_WPA2:
    case FL_SECURITY_WPA2_WPA3:
      return is_phrase_or_key (password) ? NULL : explain_phrase (password);
    case FL_SECURITY_WPA3: /* there is no key as digits in SAE */
      return is_phrase (password) ? NULL
             : *password == '\0'  ? _ ("This network needs a password.")
                                  : _ ("The password has 8 to 63 characters.");
    case FL_SECURITY_ENTERPRISE:
      return *password != '\0' ? NULL : _ ("This network needs a password.");
    case FL_SECURITY_UNKNOWN:
      return is_phrase_or_key (password) || is_wep_key (password) ? NULL
                                                                  : explain_phrase (password);
    }
  return NULL;
}

gboolean
fl_password_check (const char *password, FlSecurity security, GError **error)
{
  const char *fault = find_fault (password != NULL ? password : "", security);

  if (fault != NULL)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, fault);
  return fault == NULL;
}

FlSpace
fl_password_get_spaces (const char *password)
{
  FlSpace spaces = FL_SPACE_NONE;

  if (password == NULL || *password == '\0')
    return spaces;
  if (g_ascii_isspace (password[0]))
    spaces |= FL_SPACE_START;
  if (g_ascii_isspace (password[strlen (password) - 1]))
    spaces |= FL_SPACE_END;
  return spaces;
}
