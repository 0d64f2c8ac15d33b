/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-cert-file.h"
#include "fl-profile.h"

G_BEGIN_DECLS

/**
 * FlCliUnlock:
 *
 * Reads files with certificates, keys and profiles, and opens what is locked with a password.
 */
typedef struct
{
  char *password_file; /* (nullable) --key-password-file */
  gboolean ask;        /* --ask */
  FlSecret *password;  /* (nullable) as soon as it is known */
} FlCliUnlock;

/* Reads the password file, if there is one. */
gboolean fl_cli_unlock_load (FlCliUnlock *unlock, GError **error);
void fl_cli_unlock_clear (FlCliUnlock *unlock);

/* The bytes of @path, "-" for standard input. (transfer full), NULL with FL_ERROR_INVALID_INPUT,
 * which names the file. */
FlSecret *fl_cli_unlock_read (const char *path, GError **error);
/* What is in @contents, which is from @path. Errors: fl_cert_file_parse() and fl_profile_parse();
 * FL_ERROR_CANCELLED at the prompt. */
FlCertFile *fl_cli_unlock_certificates (FlCliUnlock *unlock,
                                        const char *path,
                                        FlSecret *contents,
                                        GError **error);
FlProfile *
fl_cli_unlock_profile (FlCliUnlock *unlock, const char *path, FlSecret *contents, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlCliUnlock, fl_cli_unlock_clear)

G_END_DECLS
