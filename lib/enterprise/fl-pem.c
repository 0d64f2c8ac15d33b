/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-pem.h"

#include <string.h>

#define BEGIN            "-----BEGIN "
#define END              "-----END "
#define DASHES           "-----"
#define BYTES_PER_LINE   48 /* 64 characters: RFC 7468, 2 */
#define MAX_HEADER_BYTES 1024

typedef struct
{
  const char *start;
  gsize size_bytes;
} Line;

/* The next line without its end and the white space around it. */
static gboolean
next_line (const char **text, gsize *size_bytes, Line *line)
{
  gsize length = 0;

  if (*size_bytes == 0)
    return FALSE;
  while (length < *size_bytes && (*text)[length] != '\n' && (*text)[length] != '\r')
    length++;
  *line = (Line){ *text, length };
  if (length < *size_bytes)
    length++;
  *text += length;
  *size_bytes -= length;

  while (line->size_bytes > 0 && g_ascii_isspace (line->start[0]))
    *line = (Line){ line->start + 1, line->size_bytes - 1 };
  while (line->size_bytes > 0 && g_ascii_isspace (line->start[line->size_bytes - 1]))
    line->size_bytes--;
  return TRUE;
}

/* Whether @line is @prefix, a label and five dashes; @label: FL_PEM_MAX_LABEL + 1 bytes. */
static gboolean
is_boundary (const Line *line, const char *prefix, char *label)
{
  const gsize before = strlen (prefix), after = strlen (DASHES);
  gsize length;

  if (line->size_bytes <= before + after || memcmp (line->start, prefix, before) != 0 ||
      memcmp (line->start + line->size_bytes - after, DASHES, after) != 0)
    return FALSE;

  length = line->size_bytes - before - after;
  if (length > FL_PEM_MAX_LABEL)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isprint (line->start[before + i]))
      return FALSE;
  memcpy (label, line->start + before, length);
  label[length] = '\0';
  return TRUE;
}

gboolean
fl_pem_is_in (const char *text, gsize size_bytes)
{
  char label[FL_PEM_MAX_LABEL + 1];
  Line line;

  while (next_line (&text, &size_bytes, &line))
    if (is_boundary (&line, BEGIN, label))
      return TRUE;
  return FALSE;
}

/* Adds the line to @body; FALSE when there are foreign letters in it. @padded: whether "=" came. */
static gboolean
add_base64 (FlSecret *body, gsize *used, gboolean *padded, const Line *line)
{
  guint8 *out = fl_secret_get_writable (body);

  for (gsize i = 0; i < line->size_bytes; i++)
    {
      const char c = line->start[i];

      if (c == '=')
        *padded = TRUE;
      else if (*padded || !(g_ascii_isalnum (c) || c == '+' || c == '/'))
        return FALSE;
      out[(*used)++] = (guint8) c;
    }
  return TRUE;
}

static FlSecret *
decode (FlSecret *body, gsize used)
{
  const char *in = fl_secret_get_text (body);
  g_autoptr (FlSecret) decoded = NULL;
  gsize padding = 0, size_bytes;
  guint save = 0;
  int state = 0;

  while (padding < used && in[used - 1 - padding] == '=')
    padding++;
  if (used == 0 || used % 4 != 0 || padding > 2)
    return NULL;

  decoded = fl_secret_new_zeroed (used / 4 * 3);
  size_bytes = g_base64_decode_step (in, used, fl_secret_get_writable (decoded), &state, &save);
  fl_wipe (&save, sizeof save);
  return fl_secret_new (fl_secret_get_data (decoded), size_bytes);
}

/* "Name: value"; base 64 has no colon. */
static gboolean
add_header (GString *headers, const Line *line)
{
  if (memchr (line->start, ':', line->size_bytes) == NULL ||
      headers->len + line->size_bytes > MAX_HEADER_BYTES)
    return FALSE;
  g_string_append_len (headers, line->start, (gssize) line->size_bytes);
  g_string_append_c (headers, '\n');
  return TRUE;
}

/* How much of @text comes before the line that ends the block, or begins another one. */
static gsize
measure_body (const char *text, gsize size_bytes)
{
  const gsize all = size_bytes;
  char label[FL_PEM_MAX_LABEL + 1];
  gsize left = size_bytes;
  Line line;

  while (next_line (&text, &size_bytes, &line))
    {
      if (is_boundary (&line, BEGIN, label) || is_boundary (&line, END, label))
        break;
      left = size_bytes;
    }
  return all - left;
}

static void
read_body (const char *text, gsize size_bytes, FlPemBlock *block)
{
  g_autoptr (FlSecret) body = fl_secret_new_zeroed (size_bytes);
  g_autoptr (GString) headers = g_string_new (NULL);
  gboolean good = TRUE, padded = FALSE;
  gsize used = 0;
  Line line;

  while (good && next_line (&text, &size_bytes, &line))
    if (used > 0 || !add_header (headers, &line))
      good = add_base64 (body, &used, &padded, &line);

  block->headers = g_string_free (g_steal_pointer (&headers), FALSE);
  block->der = good ? decode (body, used) : NULL;
}

gboolean
fl_pem_next (const char **text, gsize *size_bytes, FlPemBlock *block)
{
  Line line;

  *block = (FlPemBlock){ 0 };
  while (next_line (text, size_bytes, &line))
    if (is_boundary (&line, BEGIN, block->label))
      {
        const gsize body_bytes = measure_body (*text, *size_bytes);
        const char *rest = *text + body_bytes;
        gsize rest_bytes = *size_bytes - body_bytes;
        char label[FL_PEM_MAX_LABEL + 1];

        read_body (*text, body_bytes, block);
        *text = rest;
        *size_bytes = rest_bytes;
        if (next_line (&rest, &rest_bytes, &line) && is_boundary (&line, END, label))
          {
            block->ended = strcmp (label, block->label) == 0;
            *text = rest;
            *size_bytes = rest_bytes;
          }
        return TRUE;
      }
  return FALSE;
}

void
fl_pem_block_clear (FlPemBlock *block)
{
  g_clear_pointer (&block->headers, g_free);
  g_clear_pointer (&block->der, fl_secret_unref);
}

GBytes *
fl_pem_write (const char *label, GBytes *der)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (der, &size_bytes);

  g_string_append_printf (text, BEGIN "%s" DASHES "\n", label);
  for (gsize i = 0; i < size_bytes; i += BYTES_PER_LINE)
    {
      g_autofree char *line = g_base64_encode (data + i, MIN (BYTES_PER_LINE, size_bytes - i));

      g_string_append (text, line);
      g_string_append_c (text, '\n');
    }
  g_string_append_printf (text, END "%s" DASHES "\n", label);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}
