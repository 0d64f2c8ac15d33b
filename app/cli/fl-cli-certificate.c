/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-certificate"
#include "config.h"

#include "fl-cli-commands.h"

#include "fl-cli-certificate-event.h"
#include "fl-cli-events.h"
#include "fl-cli-options.h"
#include "fl-cli-profile.h"
#include "fl-cli-result.h"
#include "fl-error.h"
#include "fl-serial-limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_FILES 64

/**
 * Look:
 *
 * Files for a login, looked at as if all of them were for one device.
 */
typedef struct
{
  FlCliUnlock unlock;
  char *device_nick; /* (nullable) */
  char *identity;    /* (nullable) */
  FlEnterpriseDraft *draft;
} Look;

static void
look_clear (Look *look)
{
  fl_cli_unlock_clear (&look->unlock);
  g_clear_pointer (&look->device_nick, g_free);
  g_clear_pointer (&look->identity, g_free);
  g_clear_object (&look->draft);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, message);
  return FALSE;
}

static gboolean
check_options (const Look *look, char *const *words, GError **error)
{
  gboolean uses_stdin = g_strcmp0 (look->unlock.password_file, "-") == 0;

  if (strcmp (words[0], "check") != 0)
    return refuse (error, _ ("Only “certificate check” is known"));
  if (look->device_nick != NULL && strcmp (look->device_nick, "photon") != 0 &&
      strcmp (look->device_nick, "p1") != 0)
    return refuse (error, _ ("--device takes photon or p1; other devices have no logins"));
  for (guint i = 1; words[i] != NULL; i++)
    {
      if (strcmp (words[i], "-") != 0)
        continue;
      if (uses_stdin)
        return refuse (error, _ ("Standard input (“-”) can be read only once"));
      uses_stdin = TRUE;
    }
  return TRUE;
}

static void
tell_certificates (FlCli *cli, const char *name, const FlCertFile *file)
{
  GPtrArray *certificates = fl_cert_file_get_certificates (file);
  GPtrArray *keys = fl_cert_file_get_keys (file);

  for (guint i = 0; i < certificates->len; i++)
    fl_cli_certificate_event (cli->output, name, certificates->pdata[i]);
  for (guint i = 0; i < keys->len; i++)
    fl_cli_key_event (cli->output, name, keys->pdata[i]);
}

static void
tell_text (FlCli *cli, const char *name, FlSecret *pem)
{
  g_autoptr (FlCertFile) file = pem != NULL ? fl_cert_file_parse (pem, NULL, NULL) : NULL;

  if (file != NULL)
    tell_certificates (cli, name, file);
}

static void
tell_bytes (FlCli *cli, const char *name, GBytes *pem)
{
  gsize size_bytes = 0;
  const guint8 *data = pem != NULL ? g_bytes_get_data (pem, &size_bytes) : NULL;
  g_autoptr (FlSecret) text = data != NULL ? fl_secret_new (data, size_bytes) : NULL;

  tell_text (cli, name, text);
}

static gboolean
look_at_profile (Look *look, FlCli *cli, const char *path, FlSecret *contents, GError **error)
{
  g_autoptr (FlProfile) profile = fl_cli_unlock_profile (&look->unlock, path, contents, error);
  g_autofree char *name = g_filename_display_name (path);
  const FlProfileNetwork *network;
  guint index;

  if (profile == NULL)
    return FALSE;
  fl_cli_profile_event (cli->output, name, profile);
  fl_cli_profile_tell (cli->output, profile, g_get_real_time () / G_USEC_PER_SEC);
  index = fl_enterprise_draft_choose (look->draft, profile, NULL);
  network = fl_profile_get_networks (profile)->pdata[index];
  if (network->enterprise != NULL)
    {
      tell_bytes (cli, name, fl_enterprise_get_ca_certificate (network->enterprise));
      tell_bytes (cli, name, fl_enterprise_get_client_certificate (network->enterprise));
      tell_text (cli, name, fl_enterprise_get_private_key (network->enterprise));
    }
  return fl_enterprise_draft_import (look->draft, profile, index, error) &&
         fl_cli_profile_add_files (look->draft, &look->unlock, path, network, error);
}

static gboolean
look_at_file (Look *look, FlCli *cli, const char *path, GError **error)
{
  g_autoptr (FlSecret) contents = fl_cli_unlock_read (path, error);
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (FlCertFile) file = NULL;

  if (contents == NULL)
    return FALSE;
  if (fl_profile_sniff (contents))
    return look_at_profile (look, cli, path, contents, error);
  file = fl_cli_unlock_certificates (&look->unlock, path, contents, error);
  if (file == NULL)
    return FALSE;
  tell_certificates (cli, name, file);
  return fl_enterprise_draft_add_file (look->draft, file, FL_DRAFT_USE_ANY, error);
}

/* The catalogue's words do not say why it is so; and reading names the file already. */
static void
tell_error (FlCli *cli, const char *path, GError *error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *start = g_strconcat (name, ": ", NULL);

  if (g_str_has_prefix (error->message, start))
    memmove (error->message, error->message + strlen (start),
             strlen (error->message + strlen (start)) + 1);
  fl_cli_result_tell_file (cli, path, error);
  if (!g_error_matches (error, FL_ERROR, FL_ERROR_INVALID_INPUT))
    fl_cli_output_warn (cli->output, "%s", error->message);
}

/* A file that cannot be read stops no other. */
static gboolean
look_at_files (Look *look, FlCli *cli, char *const *paths, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (GError) local = NULL;

      if (look_at_file (look, cli, paths[i], &local))
        continue;
      if (g_error_matches (local, FL_ERROR, FL_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      tell_error (cli, paths[i], local);
      if (first == NULL)
        first = g_steal_pointer (&local);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/* By an option, a profile, or the device's certificate. */
static gboolean
is_name_known (const Look *look, FlEnterprise *enterprise)
{
  return fl_enterprise_draft_get_identity (look->draft) != NULL ||
         fl_enterprise_get_identity (enterprise) != NULL;
}

/* Files are looked at, and no password is among them; a name only if it is known. */
static gboolean
is_about_files (FlFinding *finding, gboolean name_known)
{
  const char *id = fl_finding_get_id (finding);

  return strcmp (id, "password") != 0 &&
         (name_known || (strcmp (id, "identity") != 0 && strcmp (id, "outer-identity") != 0));
}

static void
tell_verdict (FlCli *cli, FlVerdict worst)
{
  if (worst == FL_VERDICT_GOOD)
    fl_cli_output_say (cli->output, "%s", _ ("Nothing speaks against sending this."));
  else if (worst == FL_VERDICT_DOUBTFUL)
    fl_cli_output_say (cli->output, "%s",
                       _ ("This can be sent; what is marked with “!” may go wrong later."));
}

static gboolean
check (Look *look, FlCli *cli, GError **error)
{
  g_autoptr (GPtrArray) findings =
      fl_enterprise_draft_check (look->draft, g_get_real_time () / G_USEC_PER_SEC);
  g_autoptr (FlEnterprise) enterprise = fl_enterprise_draft_build (look->draft);
  gboolean name_known = is_name_known (look, enterprise);
  FlVerdict worst = FL_VERDICT_GOOD;
  const GError *first = NULL;

  /* Translators: then follow lines with checks */
  fl_cli_output_say (cli->output, "%s",
                     g_strcmp0 (look->device_nick, "p1") == 0 ? _ ("Checked for a P1:")
                                                              : _ ("Checked for a Photon:"));
  for (guint i = 0; i < findings->len; i++)
    {
      FlFinding *finding = findings->pdata[i];

      if (!is_about_files (finding, name_known))
        continue;
      fl_cli_event_check (cli->output, finding);
      worst = MAX (worst, fl_finding_get_verdict (finding));
      if (first == NULL && fl_finding_get_verdict (finding) == FL_VERDICT_BROKEN)
        first = fl_finding_get_error (finding);
    }
  tell_verdict (cli, worst);
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (first));
  return FALSE;
}

gboolean
fl_cli_certificate (FlCli *cli, const FlCliCommand *command, char ***args, GError **error)
{
  g_auto (Look) look = { 0 };
  const GOptionEntry entries[] = {
    { "key-password-file", 0, 0, G_OPTION_ARG_FILENAME, &look.unlock.password_file,
      N_ ("Read the password of these files from a file, “-” for standard input"), N_ ("F") },
    { "ask", 0, 0, G_OPTION_ARG_NONE, &look.unlock.ask,
      N_ ("Ask on the terminal for what is secret and not given"), NULL },
    { "device", 0, 0, G_OPTION_ARG_STRING, &look.device_nick,
      N_ ("What they are to be sent to; photon if not given"), N_ ("photon|p1") },
    { "identity", 0, 0, G_OPTION_ARG_STRING, &look.identity,
      N_ ("User name, often with its ending: name@school.example"), N_ ("I") },
    { NULL }
  };

  if (!fl_cli_options_parse_command (cli, command, entries, NULL, args, 2, MAX_FILES + 1, error) ||
      !check_options (&look, *args + 1, error) || !fl_cli_unlock_load (&look.unlock, error))
    return FALSE;
  look.draft = fl_enterprise_draft_new ();
  fl_enterprise_draft_set_limits (look.draft, fl_serial_enterprise_limits ());
  if (!look_at_files (&look, cli, *args + 2, error))
    return FALSE;
  if (look.identity != NULL)
    fl_enterprise_draft_set_identity (look.draft, look.identity);
  return check (&look, cli, error);
}
