/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-cli-labels.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "4F2A1B SECRET…": what a person types who cannot read the whole label. The secret is cut out of
 * memory that wipes itself. */
static FlLabel *
parse_typed (const FlSecret *text)
{
  g_autoptr (FlSecret) copy = fl_secret_new (fl_secret_get_data (text), fl_secret_get_size (text));
  char *words = (char *) fl_secret_get_writable (copy);
  gsize code_size = strcspn (words, " \t\r\n");
  char *second = words + code_size;

  if (*second == '\0')
    return NULL;
  *second++ = '\0';
  second += strspn (second, " \t\r\n");
  return fl_label_new_typed (words, second, NULL);
}

static FlLabel *
parse_label (const FlSecret *text, GError **error)
{
  g_autoptr (GError) local = NULL;
  FlLabel *label =
      fl_label_parse (fl_secret_get_text (text), (gssize) fl_secret_get_size (text), &local);

  if (label == NULL)
    label = parse_typed (text);
  if (label == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return label;
}

/* The next line that is not empty, without white space at its ends; NULL: none. *@position goes
 * behind it. (transfer full) */
static FlSecret *
next_line (const FlSecret *text, gsize *position)
{
  const char *data = fl_secret_get_text (text);
  gsize size_bytes = fl_secret_get_size (text), end;

  while (*position < size_bytes && g_ascii_isspace (data[*position]))
    (*position)++;
  if (*position >= size_bytes)
    return NULL;

  end = *position;
  while (end < size_bytes && data[end] != '\n')
    end++;
  data += *position;
  size_bytes = end - *position;
  *position = end;
  while (g_ascii_isspace (data[size_bytes - 1]))
    size_bytes--;
  return fl_secret_new (data, size_bytes);
}

static GPtrArray *
parse_lines (const FlSecret *text, guint max, GError **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_label_unref);
  gsize position = 0;

  while (TRUE)
    {
      g_autoptr (FlSecret) line = next_line (text, &position);
      FlLabel *label = line != NULL && labels->len < max ? parse_label (line, error) : NULL;

      if (line == NULL)
        return g_steal_pointer (&labels);
      if (labels->len == max)
        {
          g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                       _ ("There are more than %u labels; that is too many for one call"), max);
          return NULL;
        }
      if (label == NULL)
        return NULL;
      g_ptr_array_add (labels, label);
    }
}

GPtrArray *
fl_cli_labels_parse (const FlSecret *text, guint max, GError **error)
{
  g_autoptr (GError) local = NULL;
  FlLabel *only = parse_label (text, &local);
  g_autoptr (GPtrArray) labels = NULL;

  if (only != NULL)
    {
      labels = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_label_unref);
      g_ptr_array_add (labels, only);
      return g_steal_pointer (&labels);
    }

  if (memchr (fl_secret_get_data (text), '\n', fl_secret_get_size (text)) != NULL)
    {
      labels = parse_lines (text, max, error);
      if (labels == NULL || labels->len > 0)
        return g_steal_pointer (&labels);
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
is_same (const char *text, const char *other)
{
  return text != NULL && other != NULL && g_ascii_strcasecmp (text, other) == 0;
}

FlLabel *
fl_cli_labels_find (GPtrArray *labels, const char *code, const char *serial)
{
  for (guint i = 0; i < labels->len; i++)
    {
      FlLabel *label = labels->pdata[i];

      /* Where both sides know the serial number it decides: set-up codes are shorter. */
      if (serial != NULL && fl_label_get_serial (label) != NULL)
        {
          if (is_same (fl_label_get_serial (label), serial))
            return label;
        }
      else if (is_same (fl_label_get_setup_code (label), code))
        return label;
    }
  return NULL;
}
