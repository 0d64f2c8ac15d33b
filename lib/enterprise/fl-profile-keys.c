/* SPDX-License-Identifier: Apache-2.0 */

/* GLib, glib/gkeyfile.c, and "Desktop Entry Specification", basic format. */
#include "config.h"

#include "fl-profile-keys.h"
#include "fl-profile-text.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define MAX_LINES 20000

typedef struct
{
  const char *start;
  gsize size;
} Span;

typedef struct
{
  Span group;
  Span key; /* empty: the line of the group itself */
  Span value;
} Entry;

struct _FlProfileKeys
{
  FlSecret *contents;
  GArray *entries; /* of Entry, which point into @contents */
};

static gboolean
equals (const Span *span, const char *text)
{
  return span->size == strlen (text) && memcmp (span->start, text, span->size) == 0;
}

static void
trim_start (Span *span)
{
  while (span->size > 0 && g_ascii_isspace (*span->start))
    {
      span->start++;
      span->size--;
    }
}

static void
trim_end (Span *span)
{
  while (span->size > 0 && g_ascii_isspace (span->start[span->size - 1]))
    span->size--;
}

static gboolean
read_group (Entry *entry, Span line)
{
  trim_end (&line);
  if (line.size < 3 || line.start[line.size - 1] != ']')
    return FALSE;
  entry->group.start = line.start + 1;
  entry->group.size = line.size - 2;
  return TRUE;
}

static gboolean
read_pair (Entry *entry, Span line)
{
  const char *sign = memchr (line.start, '=', line.size);

  if (sign == NULL || entry->group.size == 0)
    return FALSE;
  entry->key.start = line.start;
  entry->key.size = (gsize) (sign - line.start);
  trim_end (&entry->key);
  entry->value.start = sign + 1;
  entry->value.size = line.size - (gsize) (sign + 1 - line.start);
  trim_start (&entry->value);
  return entry->key.size > 0;
}

/* @group: of the lines above; changed by the line of a group. */
static gboolean
read_line (FlProfileKeys *self, Span line, Span *group)
{
  Entry entry = { .group = *group };

  if (line.size > 0 && line.start[line.size - 1] == '\r')
    line.size--;
  trim_start (&line);
  if (line.size == 0 || *line.start == '#')
    return TRUE;
  if (*line.start == '[' ? !read_group (&entry, line) : !read_pair (&entry, line))
    return FALSE;
  *group = entry.group;
  g_array_append_val (self->entries, entry);
  return self->entries->len <= MAX_LINES;
}

static gboolean
read_lines (FlProfileKeys *self, GError **error)
{
  const char *at = fl_secret_get_text (self->contents);
  const char *end = at + fl_secret_get_size (self->contents);
  Span group = { at, 0 };
  guint number = 1;

  if (end - at >= 3 && memcmp (at, "\xef\xbb\xbf", 3) == 0)
    at += 3;
  for (; at < end; number++)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      Span line = { at, (gsize) ((newline != NULL ? newline : end) - at) };

      if (!read_line (self, line, &group))
        return fl_profile_refuse (error, _ ("This file is damaged in line %u."), number);
      at = newline != NULL ? newline + 1 : end;
    }
  return TRUE;
}

FlProfileKeys *
fl_profile_keys_new (FlSecret *contents, GError **error)
{
  g_autoptr (FlProfileKeys) self = g_new0 (FlProfileKeys, 1);

  self->contents = fl_secret_ref (contents);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  return read_lines (self, error) ? g_steal_pointer (&self) : NULL;
}

void
fl_profile_keys_free (FlProfileKeys *self)
{
  g_array_unref (self->entries);
  fl_secret_unref (self->contents);
  g_free (self);
}

gboolean
fl_profile_keys_has_group (const FlProfileKeys *self, const char *group)
{
  for (guint i = 0; i < self->entries->len; i++)
    if (equals (&g_array_index (self->entries, Entry, i).group, group))
      return TRUE;
  return FALSE;
}

/* (nullable), borrowed: the last one counts. */
static const Entry *
find (const FlProfileKeys *self, const char *group, const char *key)
{
  for (guint i = self->entries->len; i > 0; i--)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i - 1);

      if (equals (&entry->key, key) && equals (&entry->group, group))
        return entry;
    }
  return NULL;
}

/* '\0': there is no such escape. */
static char
unescape (int c)
{
  switch (c)
    {
    case 's':
      return ' ';
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case '\\':
      return '\\';
    }
  return '\0';
}

gboolean
fl_profile_keys_get (const FlProfileKeys *self,
                     const char *group,
                     const char *key,
                     FlSecret **value,
                     GError **error)
{
  const Entry *entry = find (self, group, key);
  g_autoptr (FlSecret) room = NULL;
  gsize size = 0;
  char *to;

  g_clear_pointer (value, fl_secret_unref);
  if (entry == NULL)
    return TRUE;

  room = fl_secret_new_zeroed (entry->value.size);
  to = (char *) fl_secret_get_writable (room);
  for (gsize i = 0; i < entry->value.size; i++)
    {
      char c = entry->value.start[i];

      if (c == '\\')
        c = unescape (++i < entry->value.size ? entry->value.start[i] : 0);
      if (c == '\0')
        return fl_profile_refuse (error, _ ("The value of “%s” in this file is damaged."), key);
      to[size++] = c;
    }
  *value = fl_secret_new (to, size);
  return TRUE;
}
