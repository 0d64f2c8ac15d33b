/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-key-file.h"
#include "fl-error.h"
#include "fl-secret.h"

#include <string.h>

struct _FlKeyFile
{
  char *origin;
  GPtrArray *entries;
  GHashTable *index;   /* "group" or "group\nkey", owned → entry */
  GStringChunk *names; /* of groups and keys */
};

static void
entry_free (gpointer data)
{
  FlKeyFileEntry *entry = data;

  if (entry->value != NULL)
    fl_wipe (entry->value, strlen (entry->value));
  g_free (entry->value);
  g_free (entry);
}

static char *
make_index_key (const char *group, const char *key)
{
  return key != NULL ? g_strconcat (group, "\n", key, NULL) : g_strdup (group);
}

/* (transfer none) NULL: there is one already. */
static FlKeyFileEntry *
add_entry (FlKeyFile *self, const char *group, const char *key, guint line)
{
  g_autofree char *index_key = make_index_key (group, key);
  FlKeyFileEntry *entry;

  if (g_hash_table_contains (self->index, index_key))
    return NULL;

  entry = g_new0 (FlKeyFileEntry, 1);
  entry->group = group;
  entry->key = key;
  entry->line = line;
  g_ptr_array_add (self->entries, entry);
  g_hash_table_insert (self->index, g_steal_pointer (&index_key), entry);
  return entry;
}

static void
trim (const char **start, const char **end)
{
  while (*start < *end && g_ascii_isspace (**start))
    (*start)++;
  while (*end > *start && g_ascii_isspace ((*end)[-1]))
    (*end)--;
}

static gboolean
is_name (const char *start, const char *end)
{
  if (start == end)
    return FALSE;
  for (const char *c = start; c < end; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != ' ')
      return FALSE;
  return TRUE;
}

static const char *
insert_name (FlKeyFile *self, const char *start, const char *end)
{
  return g_string_chunk_insert_len (self->names, start, end - start);
}

static gboolean
read_group (FlKeyFile *self,
            const char *start,
            const char *end,
            guint line,
            const char **group,
            GError **error)
{
  if (end[-1] != ']')
    return fl_key_file_refuse (self, line, "the group has no closing bracket", error);
  if (!is_name (start + 1, end - 1))
    return fl_key_file_refuse (self, line, "this is no name of a group", error);

  *group = insert_name (self, start + 1, end - 1);
  if (add_entry (self, *group, NULL, line) == NULL)
    return fl_key_file_refuse (self, line, "the group is there twice", error);
  return TRUE;
}

static gboolean
read_pair (FlKeyFile *self,
           const char *start,
           const char *end,
           guint line,
           const char *group,
           GError **error)
{
  const char *equals = memchr (start, '=', (gsize) (end - start));
  const char *key_end = equals, *value = NULL;
  FlKeyFileEntry *entry;

  if (equals == NULL)
    return fl_key_file_refuse (self, line, "neither a group, a key nor a comment", error);
  if (group == NULL)
    return fl_key_file_refuse (self, line, "the key stands before the first group", error);

  value = equals + 1;
  trim (&start, &key_end);
  trim (&value, &end);
  if (!is_name (start, key_end))
    return fl_key_file_refuse (self, line, "this is no name of a key", error);

  entry = add_entry (self, group, insert_name (self, start, key_end), line);
  if (entry == NULL)
    return fl_key_file_refuse (self, line, "the key is there twice", error);
  entry->value = g_strndup (value, (gsize) (end - value));
  return TRUE;
}

static gboolean
read_lines (FlKeyFile *self, const char *data, gsize size_bytes, GError **error)
{
  const char *end = data + size_bytes, *group = NULL;

  for (guint line = 1; data < end; line++)
    {
      const char *newline = memchr (data, '\n', (gsize) (end - data));
      const char *start = data, *stop = newline != NULL ? newline : end;

      data = newline != NULL ? newline + 1 : end;
      if (!g_utf8_validate_len (start, (gsize) (stop - start), NULL))
        return fl_key_file_refuse (self, line, "the text is not UTF-8", error);

      trim (&start, &stop);
      if (start == stop || *start == '#')
        continue;
      if (*start == '[' ? !read_group (self, start, stop, line, &group, error)
                        : !read_pair (self, start, stop, line, group, error))
        return FALSE;
    }
  return TRUE;
}

FlKeyFile *
fl_key_file_parse (const char *data, gsize size_bytes, const char *origin, GError **error)
{
  g_autoptr (FlKeyFile) self = NULL;

  g_return_val_if_fail (data != NULL || size_bytes == 0, NULL);
  g_return_val_if_fail (origin != NULL, NULL);

  self = g_new0 (FlKeyFile, 1);
  self->origin = g_strdup (origin);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->names = g_string_chunk_new (256);
  return size_bytes == 0 || read_lines (self, data, size_bytes, error) ? g_steal_pointer (&self)
                                                                       : NULL;
}

void
fl_key_file_free (FlKeyFile *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->index, g_hash_table_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_string_chunk_free);
  g_clear_pointer (&self->origin, g_free);
  g_free (self);
}

guint
fl_key_file_get_n_entries (const FlKeyFile *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->entries->len;
}

const FlKeyFileEntry *
fl_key_file_get_entry (const FlKeyFile *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->entries->len, NULL);

  return self->entries->pdata[index];
}

const FlKeyFileEntry *
fl_key_file_lookup (const FlKeyFile *self, const char *group, const char *key)
{
  g_autofree char *index_key = NULL;

  g_return_val_if_fail (self != NULL && group != NULL, NULL);

  index_key = make_index_key (group, key);
  return g_hash_table_lookup (self->index, index_key);
}

gboolean
fl_key_file_refuse (const FlKeyFile *self, guint line, const char *reason, GError **error)
{
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "%s:%u: %s", self->origin, line, reason);
  return FALSE;
}
