/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FlKeyFile:
 *
 * The lines of a key file ("[Group]", "key=value", "# comment") with their numbers, which GKeyFile
 * does not keep, so that a message can name the line. Stricter too: a group or key given twice is
 * an error, and there are no escapes: a value is the text between "=" and the end of the line
 * without the white space around it. Values are wiped when it is freed, some are secrets.
 */
typedef struct _FlKeyFile FlKeyFile;

typedef struct
{
  const char *group;
  const char *key; /* NULL: the line of the group itself */
  char *value;     /* never NULL in a key's line */
  guint line;      /* from 1 */
} FlKeyFileEntry;

/* Pure. @origin: file name for messages. Errors: FL_ERROR_INVALID_INPUT, "ORIGIN:LINE: reason". */
FlKeyFile *
fl_key_file_parse (const char *data, gsize size_bytes, const char *origin, GError **error);
void fl_key_file_free (FlKeyFile *self);

guint fl_key_file_get_n_entries (const FlKeyFile *self);
const FlKeyFileEntry *fl_key_file_get_entry (const FlKeyFile *self, guint index);
/* (nullable) @key NULL: the group's own line. */
const FlKeyFileEntry *
fl_key_file_lookup (const FlKeyFile *self, const char *group, const char *key);
/* Sets FL_ERROR_INVALID_INPUT in the form above; @reason without full stop. Always FALSE. */
gboolean fl_key_file_refuse (const FlKeyFile *self, guint line, const char *reason, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlKeyFile, fl_key_file_free)

G_END_DECLS
