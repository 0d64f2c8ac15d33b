/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-label-classify.h"

#include <string.h>

#define DEVICE_ID_SIZE 24
#define IMEI_SIZE      15 /* 3GPP TS 23.003, 6.2.1: the last digit is Luhn's */
/* ITU-T E.118: begins with 89 for telecommunication, at most 19 digits, the last one Luhn's; many
 * print a twentieth, a digit or the F that fills the byte. */
#define ICCID_MIN    19
#define ICCID_MAX    20
#define ICCID_PREFIX "89"
#define MAX_NUMBERS  4 /* on one label */

static gboolean
is_imei (FlWord word)
{
  return word.size_bytes == IMEI_SIZE && fl_word_is_digits (word) && fl_word_passes_luhn (word);
}

static gboolean
is_iccid (FlWord word)
{
  if (word.size_bytes == ICCID_MAX && g_ascii_toupper (word.start[ICCID_MAX - 1]) == 'F')
    word.size_bytes--;
  return word.size_bytes >= ICCID_MIN && word.size_bytes <= ICCID_MAX && fl_word_is_digits (word) &&
         fl_word_has_prefix (word, ICCID_PREFIX) && fl_word_passes_luhn (word);
}

static gboolean
is_device_id (FlWord word)
{
  for (gsize i = 0; i < word.size_bytes; i++)
    if (!g_ascii_isxdigit (word.start[i]))
      return FALSE;
  return word.size_bytes == DEVICE_ID_SIZE;
}

/* Outer boxes of kits: PROTOCOL.md. Not the serial number of what is inside. */
static gboolean
is_kit (FlWord word)
{
  return fl_word_is_serial (word) &&
         (fl_word_has_prefix (word, "P010") || fl_word_has_prefix (word, "P011") ||
          fl_word_has_prefix (word, "P013"));
}

/* A number of a SIM card or a modem with its name before it, or not. Empty: neither. */
static FlWord
strip_name (FlWord word)
{
  static const char *const names[] = { "IMEI", "ICCID" };
  gboolean had_name = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names) && !had_name; i++)
    if (fl_word_has_prefix (word, names[i]))
      {
        word = (FlWord){ word.start + strlen (names[i]), word.size_bytes - strlen (names[i]) };
        had_name = TRUE;
      }
  if (had_name && word.size_bytes > 0 && (*word.start == ':' || *word.start == '='))
    word = (FlWord){ word.start + 1, word.size_bytes - 1 };
  return word;
}

/* The next number of @rest: what is between white space, commas, semicolons and slashes. */
static FlWord
take_number (FlWord *rest)
{
  FlWord word = fl_word_take (rest);

  for (gsize i = 1; i < word.size_bytes; i++)
    if (strchr (",;/", word.start[i]) != NULL && word.start[i] != '\0')
      {
        rest->start = word.start + i + 1;
        rest->size_bytes += word.size_bytes - i - 1;
        word.size_bytes = i;
      }
  return word;
}

/* TRUE: nothing but numbers of SIM cards and modems, at least one. @first: the first of them. */
static gboolean
are_modem_numbers (FlWord rest, FlWord *first)
{
  guint n = 0;

  *first = (FlWord){ rest.start, 0 };
  for (FlWord word = take_number (&rest); word.size_bytes > 0; word = take_number (&rest))
    {
      FlWord number = strip_name (word);

      if (number.size_bytes == 0)
        continue;
      if (n == MAX_NUMBERS || (!is_imei (number) && !is_iccid (number)))
        return FALSE;
      if (n++ == 0)
        *first = number;
    }
  return n > 0;
}

static FlForeign
classify_foreign (FlWord text)
{
  FlWord rest = text;
  FlWord word = fl_word_take (&rest);
  gboolean is_single = fl_word_take (&rest).size_bytes == 0;
  gsize n = word.size_bytes;

  if (n == 0)
    return FL_FOREIGN_EMPTY;
  if (fl_word_has_prefix (word, "http://") || fl_word_has_prefix (word, "https://") ||
      fl_word_has_prefix (word, "www."))
    return FL_FOREIGN_WEB;
  if (fl_word_has_prefix (word, "WIFI:"))
    return FL_FOREIGN_NETWORK;
  if (fl_word_has_prefix (word, "BEGIN:VCARD") || fl_word_has_prefix (word, "MECARD:"))
    return FL_FOREIGN_CONTACT;
  /* GS1 General Specifications, 1.3: GTIN-8, -12, -13 and -14. */
  if (is_single && fl_word_is_digits (word) && (n == 8 || (n >= 12 && n <= 14)))
    return FL_FOREIGN_PRODUCT;
  return FL_FOREIGN_OTHER;
}

/*
 * One word. 15 digits may be a serial number or an IMEI: Luhn's digit decides, which a serial
 * number has by chance only, and real ones begin with a letter.
 */
static FlClassified
classify_single (FlWord word)
{
  if (is_imei (word))
    return (FlClassified){ .kind = FL_LABEL_KIND_IMEI, .number = word };
  if (is_iccid (word))
    return (FlClassified){ .kind = FL_LABEL_KIND_ICCID, .number = word };
  if (is_kit (word))
    return (FlClassified){ .kind = FL_LABEL_KIND_KIT, .number = word };
  if (fl_word_is_serial (word))
    return (FlClassified){ .kind = FL_LABEL_KIND_SERIAL, .number = word };
  if (is_device_id (word))
    return (FlClassified){ .kind = FL_LABEL_KIND_DEVICE_ID, .number = word };
  return (FlClassified){ .kind = FL_LABEL_KIND_FOREIGN };
}

/* A serial number and what follows it. Neither an IMEI nor an ICCID is a secret, nor is the number
 * of a subscriber that follows an IMEI. */
static FlClassified
classify_serial (FlWord serial, FlWord rest)
{
  FlWord first, all = rest;
  FlWord secret = fl_word_take (&rest);
  FlWord more = fl_word_take (&rest);

  if (are_modem_numbers (all, &first))
    return (FlClassified){ .kind = FL_LABEL_KIND_SERIAL, .number = serial };
  if (is_imei (serial) && fl_word_is_digits (secret))
    return (FlClassified){ .kind = FL_LABEL_KIND_IMEI, .number = serial };
  if (more.size_bytes == 0 && fl_word_is_secret (secret))
    return (
        FlClassified){ .kind = FL_LABEL_KIND_SERIAL_SECRET, .number = serial, .secret = secret };
  if (more.size_bytes == 0 && fl_word_is_short_secret (secret))
    return (FlClassified){ .kind = FL_LABEL_KIND_SHORT_SECRET, .number = serial };
  return (FlClassified){ .kind = FL_LABEL_KIND_FOREIGN };
}

FlClassified
fl_label_classify (FlWord text)
{
  FlClassified found = { .kind = FL_LABEL_KIND_FOREIGN };
  FlWord rest = text, all, word, first;

  if (text.size_bytes > FL_LABEL_MAX_BYTES)
    return found;

  word = fl_word_take (&rest);
  all = rest;
  if (are_modem_numbers (text, &first))
    found = classify_single (first);
  else if (word.size_bytes > 0 && fl_word_take (&rest).size_bytes == 0)
    found = classify_single (word);
  else if (fl_word_is_serial (word))
    found = classify_serial (word, all);
  if (found.kind == FL_LABEL_KIND_FOREIGN)
    found.foreign = classify_foreign (text);
  return found;
}
