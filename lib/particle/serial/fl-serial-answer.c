/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-serial-answer.h"

#include "fl-error.h"
#include "fl-firmware-version.h"
#include "fl-serial-answer-json.h"

#include <string.h>

#define ID_DIGITS    24
#define SECRET_BYTES 15
#define VERSION_MAX  31
#define MAC_BYTES    17

/* system/src/system_setup.cpp and system_update.cpp */
#define VERSION_WORDS "system firmware version: "
#define MAC_WORDS     "MAC address is"
#define CLAIMED_WORDS "Device claimed: "
#define SERIAL_WORDS  "Serial Number: "
#define SECRET_WORDS  "Device Secret: "

gint64
fl_serial_answer_get_limit_us (FlSerialAsk ask)
{
  switch (ask)
    {
    case FL_SERIAL_ASK_IDENTITY:
    case FL_SERIAL_ASK_MODULES:
    case FL_SERIAL_ASK_DIAGNOSTICS:
      return 5 * G_TIME_SPAN_SECOND;
    case FL_SERIAL_ASK_VERSION:
    case FL_SERIAL_ASK_MAC:
      return 2 * G_TIME_SPAN_SECOND;
    case FL_SERIAL_ASK_CLAIMED:
      return 1 * G_TIME_SPAN_SECOND;
    }
  g_return_val_if_reached (0);
}

/* Borrowed, behind the first @words. */
static const char *
find_behind (const char *text, const char *words)
{
  const char *found = strstr (text, words);

  return found != NULL ? found + strlen (words) : NULL;
}

/* The first word of 24 hex digits. */
static const char *
find_id (const char *text)
{
  while (*text != '\0')
    {
      const gsize n_digits = strspn (text, "0123456789abcdefABCDEF");

      if (n_digits == ID_DIGITS && !g_ascii_isalnum (text[n_digits]))
        return text;
      text += n_digits;
      while (g_ascii_isalnum (*text)) /* the rest of a word that is none */
        text++;
      while (*text != '\0' && !g_ascii_isalnum (*text))
        text++;
    }
  return NULL;
}

static const char *
find_mac (const char *text)
{
  const char *mac = find_behind (text, MAC_WORDS);

  if (mac == NULL)
    return NULL;
  mac += strspn (mac, "\r\n ");
  for (guint i = 0; i < MAC_BYTES; i++)
    if (i % 3 == 2 ? mac[i] != ':' : !g_ascii_isxdigit (mac[i]))
      return NULL;
  return g_ascii_isalnum (mac[MAC_BYTES]) || mac[MAC_BYTES] == ':' ? NULL : mac;
}

static gboolean
has_whole_line (const char *text)
{
  return text != NULL && strchr (text, '\n') != NULL;
}

static FlSerialAnswerState
get_text_state (FlSerialAsk ask, const char *text)
{
  switch (ask)
    {
    case FL_SERIAL_ASK_IDENTITY:
      return has_whole_line (find_id (text)) ? FL_SERIAL_ANSWER_MAY_GO_ON : FL_SERIAL_ANSWER_NONE;
    case FL_SERIAL_ASK_VERSION:
      return has_whole_line (find_behind (text, VERSION_WORDS)) ? FL_SERIAL_ANSWER_COMPLETE
                                                                : FL_SERIAL_ANSWER_NONE;
    case FL_SERIAL_ASK_MAC:
      return has_whole_line (find_mac (text)) ? FL_SERIAL_ANSWER_COMPLETE : FL_SERIAL_ANSWER_NONE;
    case FL_SERIAL_ASK_CLAIMED:
      return has_whole_line (find_behind (text, CLAIMED_WORDS)) ? FL_SERIAL_ANSWER_COMPLETE
                                                                : FL_SERIAL_ANSWER_NONE;
    case FL_SERIAL_ASK_MODULES:
    case FL_SERIAL_ASK_DIAGNOSTICS:
      return fl_serial_json_is_complete (text, ask) ? FL_SERIAL_ANSWER_COMPLETE
                                                    : FL_SERIAL_ANSWER_NONE;
    }
  g_return_val_if_reached (FL_SERIAL_ANSWER_NONE);
}

FlSerialAnswerState
fl_serial_answer_get_state (FlSerialAsk ask, const guint8 *data, gsize size_bytes)
{
  /* "i" shows the mobile secret. */
  g_autoptr (FlSecret) text = fl_secret_new (data, size_bytes);

  return get_text_state (ask, fl_secret_get_text (text));
}

static gboolean
refuse (GError **error, FlSerialAsk ask)
{
  g_set_error (error, FL_ERROR, FL_ERROR_UNEXPECTED, "The answer to '%c' cannot be read",
               (int) ask);
  return FALSE;
}

/* (nullable): the 15 letters and digits behind @words at the beginning of a line */
static const char *
find_word (const char *text, const char *words)
{
  const char *at = text;

  while ((at = strstr (at, words)) != NULL)
    {
      const gboolean begins = at == text || at[-1] == '\n';
      guint n = 0;

      at += strlen (words);
      while (n <= SECRET_BYTES && g_ascii_isalnum (at[n]))
        n++;
      if (begins && n == SECRET_BYTES)
        return at;
    }
  return NULL;
}

gboolean
fl_serial_read_identity (const FlSecret *text,
                         FlDeviceInfo *info,
                         FlSecret **secret,
                         GError **error)
{
  const char *words = fl_secret_get_text (text);
  const char *id = find_id (words);
  const char *serial = NULL;
  const char *found = NULL;

  g_return_val_if_fail (info != NULL, FALSE);

  if (secret != NULL)
    *secret = NULL;
  if (id == NULL)
    return refuse (error, FL_SERIAL_ASK_IDENTITY);
  g_free (info->device_id);
  info->device_id = g_ascii_strdown (id, ID_DIGITS);
  if ((serial = find_word (words, SERIAL_WORDS)) != NULL)
    {
      g_free (info->serial);
      info->serial = g_strndup (serial, SECRET_BYTES);
    }
  if (secret != NULL && (found = find_word (words, SECRET_WORDS)) != NULL)
    *secret = fl_secret_new (found, SECRET_BYTES);
  return TRUE;
}

char *
fl_serial_read_version (const FlSecret *text, GError **error)
{
  const char *found = find_behind (fl_secret_get_text (text), VERSION_WORDS);
  const gsize size_bytes = found != NULL ? strcspn (found, " \r\n") : 0;
  g_autofree char *version = NULL;
  FlFirmwareVersion parsed;

  if (size_bytes > 0 && size_bytes <= VERSION_MAX)
    version = g_strndup (found, size_bytes);
  if (version == NULL || !fl_firmware_version_parse (version, &parsed))
    {
      refuse (error, FL_SERIAL_ASK_VERSION);
      return NULL;
    }
  return g_steal_pointer (&version);
}

char *
fl_serial_read_mac (const FlSecret *text, GError **error)
{
  const char *found = find_mac (fl_secret_get_text (text));

  if (found == NULL)
    {
      refuse (error, FL_SERIAL_ASK_MAC);
      return NULL;
    }
  return g_ascii_strdown (found, MAC_BYTES);
}

gboolean
fl_serial_read_claimed (const FlSecret *text, gboolean *claimed, GError **error)
{
  const char *found = find_behind (fl_secret_get_text (text), CLAIMED_WORDS);

  g_return_val_if_fail (claimed != NULL, FALSE);

  if (found == NULL || (!g_str_has_prefix (found, "yes") && !g_str_has_prefix (found, "no")))
    return refuse (error, FL_SERIAL_ASK_CLAIMED);
  *claimed = *found == 'y';
  return TRUE;
}
