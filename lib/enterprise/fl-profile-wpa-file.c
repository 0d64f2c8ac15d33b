/* SPDX-License-Identifier: Apache-2.0 */

/* hostap: wpa_supplicant/config_file.c (wpa_config_read…), src/utils/config.c
 * (wpa_config_get_line), src/utils/common.c (wpa_config_parse_string, printf_decode). */
#include "config.h"

#include "fl-profile-wpa-file.h"
#include "fl-profile-text.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define BLOB_PREFIX "blob-base64-"
#define MAX_PAIRS   20000
#define MAX_BLOBS   64

typedef struct
{
  const char *start;
  gsize size;
} Span;

typedef struct
{
  guint network;
  Span key;
  Span value;
} Pair;

struct _FlWpaFile
{
  FlSecret *contents;
  const char *at; /* while it is read */
  const char *end;
  guint line;
  guint n_networks;
  guint n_credentials;
  GArray *pairs;     /* of Pair, which point into @contents */
  GHashTable *blobs; /* name → FlSecret */
};

static gboolean
equals (const Span *span, const char *text)
{
  return span->size == strlen (text) && memcmp (span->start, text, span->size) == 0;
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\r';
}

static void
trim (Span *span)
{
  while (span->size > 0 && is_blank (*span->start))
    {
      span->start++;
      span->size--;
    }
  while (span->size > 0 && is_blank (span->start[span->size - 1]))
    span->size--;
}

/* A "#" begins a comment, but not between the first quote of the line and its last one. */
static void
cut_comment (Span *line)
{
  const char *first = memchr (line->start, '"', line->size);
  const char *from = line->start, *mark;

  for (gsize i = line->size; first != NULL && from == line->start && i > 1; i--)
    if (line->start[i - 1] == '"' && line->start + i - 1 > first)
      from = line->start + i - 1;
  mark = memchr (from, '#', line->size - (gsize) (from - line->start));
  if (mark != NULL)
    line->size = (gsize) (mark - line->start);
}

/* The next line with something in it. FALSE: the end. */
static gboolean
next_line (FlWpaFile *self, Span *line)
{
  while (self->at < self->end)
    {
      const char *newline = memchr (self->at, '\n', (gsize) (self->end - self->at));

      line->start = self->at;
      line->size = (gsize) ((newline != NULL ? newline : self->end) - self->at);
      self->at = newline != NULL ? newline + 1 : self->end;
      self->line++;
      cut_comment (line);
      trim (line);
      if (line->size > 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
refuse_line (FlWpaFile *self, GError **error)
{
  return fl_profile_refuse (error, _ ("This file is damaged in line %u."), MAX (1, self->line));
}

static gboolean
read_network (FlWpaFile *self, GError **error)
{
  Span line;

  while (next_line (self, &line))
    {
      const char *sign = memchr (line.start, '=', line.size);
      Pair pair = { .network = self->n_networks, .key = line };

      if (equals (&line, "}"))
        {
          self->n_networks++;
          return TRUE;
        }
      if (sign == NULL || self->pairs->len == MAX_PAIRS)
        return refuse_line (self, error);
      pair.key.size = (gsize) (sign - line.start);
      pair.value.start = sign + 1;
      pair.value.size = line.size - pair.key.size - 1;
      g_array_append_val (self->pairs, pair);
    }
  return refuse_line (self, error);
}

static gboolean
skip_block (FlWpaFile *self, GError **error)
{
  Span line;

  while (next_line (self, &line))
    if (equals (&line, "}"))
      return TRUE;
  return refuse_line (self, error);
}

static gboolean
read_blob (FlWpaFile *self, Span name, GError **error)
{
  g_autoptr (FlSecret) digits = fl_secret_new_zeroed ((gsize) (self->end - self->at));
  char *to = (char *) fl_secret_get_writable (digits);
  gsize n_digits = 0;
  FlSecret *bytes;
  Span line = { NULL, 0 };

  while (next_line (self, &line) && !equals (&line, "}"))
    {
      memcpy (to + n_digits, line.start, line.size);
      n_digits += line.size;
      line.size = 0;
    }
  bytes = line.size > 0 ? fl_profile_decode_base64 (to, n_digits) : NULL;
  if (bytes == NULL || g_hash_table_size (self->blobs) == MAX_BLOBS)
    {
      g_clear_pointer (&bytes, fl_secret_unref);
      return refuse_line (self, error);
    }
  g_hash_table_insert (self->blobs, g_strndup (name.start, name.size), bytes);
  return TRUE;
}

static gboolean
read_block (FlWpaFile *self, Span line, GError **error)
{
  static const gsize prefix = sizeof BLOB_PREFIX - 1;
  const char *sign = memchr (line.start, '=', line.size);

  if (equals (&line, "network={"))
    return read_network (self, error);
  if (equals (&line, "cred={"))
    {
      self->n_credentials++;
      return skip_block (self, error);
    }
  if (sign == NULL)
    return refuse_line (self, error);
  if (line.size > prefix && memcmp (line.start, BLOB_PREFIX, prefix) == 0)
    {
      Span name = { line.start + prefix, (gsize) (sign - line.start) - prefix };

      return read_blob (self, name, error);
    }
  /* Other blocks there are none; the rest are settings of the program. */
  return line.start[line.size - 1] != '{' || skip_block (self, error);
}

FlWpaFile *
fl_wpa_file_new (FlSecret *contents, GError **error)
{
  g_autoptr (FlWpaFile) self = g_new0 (FlWpaFile, 1);
  Span line;

  self->contents = fl_secret_ref (contents);
  self->at = fl_secret_get_text (contents);
  self->end = self->at + fl_secret_get_size (contents);
  self->pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  self->blobs =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) fl_secret_unref);
  if (self->end - self->at >= 3 && memcmp (self->at, "\xef\xbb\xbf", 3) == 0)
    self->at += 3;

  while (next_line (self, &line))
    if (!read_block (self, line, error))
      return NULL;
  return g_steal_pointer (&self);
}

void
fl_wpa_file_free (FlWpaFile *self)
{
  g_array_unref (self->pairs);
  g_hash_table_unref (self->blobs);
  fl_secret_unref (self->contents);
  g_free (self);
}

guint
fl_wpa_file_get_n_networks (const FlWpaFile *self)
{
  return self->n_networks;
}

guint
fl_wpa_file_get_n_credentials (const FlWpaFile *self)
{
  return self->n_credentials;
}

FlSecret *
fl_wpa_file_dup_raw (const FlWpaFile *self, guint network, const char *key)
{
  for (guint i = self->pairs->len; i > 0; i--) /* the last one counts */
    {
      const Pair *pair = &g_array_index (self->pairs, Pair, i - 1);

      if (pair->network == network && equals (&pair->key, key))
        return fl_secret_new (pair->value.start, pair->value.size);
    }
  return NULL;
}

FlSecret *
fl_wpa_file_get_blob (const FlWpaFile *self, const char *name)
{
  return g_hash_table_lookup (self->blobs, name);
}

/* The number behind "\x" (one or two digits) or "\" (one to three octal ones). */
static gsize
decode_number (const char *text, gsize size, guint base, guint8 *byte)
{
  gsize max = base == 16 ? 2 : 3, n = 0;
  guint value = 0;

  for (; n < MIN (max, size); n++)
    {
      int digit = base == 16 ? g_ascii_xdigit_value (text[n]) : g_ascii_digit_value (text[n]);

      if (digit < 0 || (guint) digit >= base)
        break;
      value = value * base + (guint) digit;
    }
  *byte = (guint8) value;
  return n;
}

/* @text: behind a backslash. What stands there without being an escape is left for the next turn:
 * printf_decode() drops the backslash alone. */
static gsize
decode_escape (const char *text, gsize size, guint8 *to, gsize *n_bytes)
{
  static const char names[] = "\\\"nrte", values[] = "\\\"\n\r\t\033";
  const char *name;
  gsize n_digits;
  guint8 byte;

  if (size == 0)
    return 0;
  name = *text != '\0' ? strchr (names, *text) : NULL;
  if (name != NULL)
    {
      to[(*n_bytes)++] = (guint8) values[name - names];
      return 1;
    }
  if (*text == 'x')
    {
      n_digits = decode_number (text + 1, size - 1, 16, &byte);
      if (n_digits > 0)
        to[(*n_bytes)++] = byte;
      return 1 + n_digits;
    }
  n_digits = decode_number (text, size, 8, &byte);
  if (n_digits > 0)
    to[(*n_bytes)++] = byte;
  return n_digits;
}

/* (transfer full) */
static FlSecret *
decode_printf (const char *text, gsize size)
{
  g_autoptr (FlSecret) room = fl_secret_new_zeroed (size);
  guint8 *to = fl_secret_get_writable (room);
  gsize n_bytes = 0;

  for (gsize i = 0; i < size;)
    if (text[i] == '\\')
      i += 1 + decode_escape (text + i + 1, size - i - 1, to, &n_bytes);
    else
      to[n_bytes++] = (guint8) text[i++];
  return fl_secret_new (to, n_bytes);
}

FlSecret *
fl_wpa_parse_string (FlSecret *raw)
{
  const char *text = fl_secret_get_text (raw);
  gsize size = fl_secret_get_size (raw);
  gboolean is_printf = size > 0 && *text == 'P';
  gsize start = is_printf ? 2 : 1;

  if (size > start && text[start - 1] == '"' && text[size - 1] == '"')
    return is_printf ? decode_printf (text + start, size - start - 1)
                     : fl_secret_new (text + start, size - start - 1);
  return size > 0 && *text != '"' && !is_printf ? fl_profile_decode_hex (text, size) : NULL;
}
