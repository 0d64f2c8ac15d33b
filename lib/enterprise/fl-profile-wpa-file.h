/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

/**
 * FlWpaFile:
 *
 * The blocks of a wpa_supplicant.conf and its rules of writing values; what they mean is
 * fl-profile-wpa.c's matter. Values are read where they lie: passwords are among them.
 */
typedef struct _FlWpaFile FlWpaFile;

/* @contents is kept. Errors: FL_ERROR_PROFILE_UNREADABLE, with the line. */
FlWpaFile *fl_wpa_file_new (FlSecret *contents, GError **error);
void fl_wpa_file_free (FlWpaFile *self);

guint fl_wpa_file_get_n_networks (const FlWpaFile *self);
guint fl_wpa_file_get_n_credentials (const FlWpaFile *self); /* "cred" blocks: of Passpoint */
/* (transfer full) (nullable) What stands behind "@key=", as it is written. */
FlSecret *fl_wpa_file_dup_raw (const FlWpaFile *self, guint network, const char *key);
/* (nullable), borrowed: the bytes of "blob-base64-@name". */
FlSecret *fl_wpa_file_get_blob (const FlWpaFile *self, const char *name);

/* A value written as "text", P"text\n" or hexadecimal. (transfer full) (nullable): it is none of
 * these. */
FlSecret *fl_wpa_parse_string (FlSecret *raw);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlWpaFile, fl_wpa_file_free)

G_END_DECLS
