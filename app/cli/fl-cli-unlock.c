/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-unlock"
#include "config.h"

#include "fl-cli-unlock.h"

#include "fl-cli-input.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

#define PASSWORD_MAX_BYTES 256

gboolean
fl_cli_unlock_load (FlCliUnlock *unlock, GError **error)
{
  if (unlock->password_file == NULL)
    return TRUE;
  unlock->password = fl_cli_read_secret (unlock->password_file, PASSWORD_MAX_BYTES, error);
  return unlock->password != NULL;
}

void
fl_cli_unlock_clear (FlCliUnlock *unlock)
{
  g_clear_pointer (&unlock->password_file, g_free);
  g_clear_pointer (&unlock->password, fl_secret_unref);
}

FlSecret *
fl_cli_unlock_read (const char *path, GError **error)
{
  G_STATIC_ASSERT (FL_CERT_FILE_MAX_BYTES >= FL_PROFILE_MAX_BYTES);

  return fl_cli_read_raw (path, FL_CERT_FILE_MAX_BYTES, error);
}

/* TRUE: a password was typed, with which it is worth another try. */
static gboolean
ask (FlCliUnlock *unlock, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *prompt = NULL;

  if (!unlock->ask || unlock->password != NULL ||
      !g_error_matches (*error, FL_ERROR, FL_ERROR_PKCS12_PASSWORD))
    return FALSE;
  g_clear_error (error);
  /* Translators: the placeholder is a file */
  prompt = g_strdup_printf (_ ("Password of the file “%s”:"), name);
  unlock->password = fl_cli_ask_secret (prompt, PASSWORD_MAX_BYTES, error);
  return unlock->password != NULL;
}

FlCertFile *
fl_cli_unlock_certificates (FlCliUnlock *unlock,
                            const char *path,
                            FlSecret *contents,
                            GError **error)
{
  g_autoptr (GError) local = NULL;
  FlCertFile *file = NULL;

  do
    file = fl_cert_file_parse (contents, unlock->password, &local);
  while (file == NULL && ask (unlock, path, &local));
  if (file == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return file;
}

FlProfile *
fl_cli_unlock_profile (FlCliUnlock *unlock, const char *path, FlSecret *contents, GError **error)
{
  g_autoptr (GError) local = NULL;
  FlProfile *profile = NULL;

  do
    profile = fl_profile_parse (contents, unlock->password, &local);
  while (profile == NULL && ask (unlock, path, &local));
  if (profile == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return profile;
}
