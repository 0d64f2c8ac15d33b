/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

/**
 * FlProfileKeys:
 *
 * A key file as GLib writes it ("[group]", "key=value", "#"), read where it lies: GKeyFile would
 * leave copies of passwords behind. As there, the last of several equal keys counts, groups of the
 * same name are one, and white space at the end of a value belongs to it.
 */
typedef struct _FlProfileKeys FlProfileKeys;

/* @contents is kept. Errors: FL_ERROR_PROFILE_UNREADABLE. */
FlProfileKeys *fl_profile_keys_new (FlSecret *contents, GError **error);
void fl_profile_keys_free (FlProfileKeys *self);

gboolean fl_profile_keys_has_group (const FlProfileKeys *self, const char *group);
/* The value with its escapes undone (\s \n \t \r \\). @value: (transfer full) (nullable) NULL when
 * there is none. FALSE: an escape that does not exist. */
gboolean fl_profile_keys_get (const FlProfileKeys *self,
                              const char *group,
                              const char *key,
                              FlSecret **value,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlProfileKeys, fl_profile_keys_free)

G_END_DECLS
