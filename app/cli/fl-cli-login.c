/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-login"
#include "config.h"

#include "fl-cli-login.h"

#include "fl-cli-events.h"
#include "fl-cli-profile.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

GOptionGroup *
fl_cli_login_create_group (FlCliLogin *login)
{
  const GOptionEntry entries[] = {
    { "identity", 0, 0, G_OPTION_ARG_STRING, &login->identity,
      N_ ("User name, often with its ending: name@school.example"), N_ ("I") },
    { "anonymous-identity", 0, 0, G_OPTION_ARG_STRING, &login->anonymous_identity,
      N_ ("The name that others may see"), N_ ("A") },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &login->ca_file,
      N_ ("Certificate by which the device knows the network"), N_ ("F") },
    { "client-cert", 0, 0, G_OPTION_ARG_FILENAME, &login->certificate_file,
      N_ ("The device’s own certificate; its key may be in the same file"), N_ ("F") },
    { "private-key", 0, 0, G_OPTION_ARG_FILENAME, &login->key_file,
      N_ ("The key that belongs to it, “-” for standard input"), N_ ("F") },
    { "key-password-file", 0, 0, G_OPTION_ARG_FILENAME, &login->unlock.password_file,
      N_ ("Read the password of these files from a file, “-” for standard input"), N_ ("F") },
    { "server-name", 0, 0, G_OPTION_ARG_STRING, &login->server_name,
      N_ ("Name that the network’s server must have"), N_ ("N") },
    { "eap", 0, 0, G_OPTION_ARG_STRING, &login->method_nick,
      N_ ("peap: name and password; tls: certificate. Else what the other options say"),
      N_ ("peap|tls") },
    { "import", 0, 0, G_OPTION_ARG_FILENAME, &login->profile_file,
      N_ ("Take what is not given otherwise from a profile: .eap-config, .mobileconfig, "
          ".nmconnection, wpa_supplicant.conf"),
      N_ ("F") },
    { "strict", 0, 0, G_OPTION_ARG_NONE, &login->is_strict,
      N_ ("Let doubts about the login stop, too, not only what cannot work"), NULL },
    { NULL }
  };
  GOptionGroup *group =
      g_option_group_new ("login", _ ("Networks With a Login:"),
                          _ ("Show options for networks with a login"), NULL, NULL);

  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_group_add_entries (group, entries);
  return group;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, message);
  return FALSE;
}

static gboolean
claim_stdin (FlCliLogin *login, FlCliTargets *targets, GError **error)
{
  return fl_cli_targets_claim_stdin (targets, login->unlock.password_file, error) &&
         fl_cli_targets_claim_stdin (targets, login->profile_file, error) &&
         fl_cli_targets_claim_stdin (targets, login->ca_file, error) &&
         fl_cli_targets_claim_stdin (targets, login->certificate_file, error) &&
         fl_cli_targets_claim_stdin (targets, login->key_file, error);
}

/* After the profile: an option overrides what it says. */
static gboolean
set_method (FlCliLogin *login, GError **error)
{
  const char *nick = login->method_nick;

  if (nick == NULL)
    return TRUE;
  if (strcmp (nick, "tls") != 0 && strcmp (nick, "peap") != 0)
    return refuse (error, _ ("--eap takes peap or tls"));
  fl_enterprise_draft_set_method (login->draft,
                                  strcmp (nick, "tls") == 0 ? FL_EAP_TLS : FL_EAP_PEAP);
  return TRUE;
}

static gboolean
check_options (FlCliLogin *login, GError **error)
{
  FlEapMethod method = fl_enterprise_draft_get_method (login->draft);

  if (method != FL_EAP_TLS && (login->certificate_file != NULL || login->key_file != NULL))
    return refuse (error, _ ("--client-cert and --private-key are for --eap tls"));
  if (method != FL_EAP_TLS && fl_enterprise_draft_get_identity (login->draft) == NULL)
    return refuse (error, _ ("A login needs a user name: --identity"));
  if (method == FL_EAP_TLS && fl_enterprise_draft_get_client (login->draft)->len == 0)
    return refuse (error, _ ("A login with a certificate needs it: --client-cert"));
  if (method == FL_EAP_TLS && fl_enterprise_draft_get_key (login->draft) == NULL)
    return refuse (error, _ ("The certificate’s key is not in the same file: --private-key"));
  return TRUE;
}

static void
set_texts (FlCliLogin *login)
{
  if (login->identity != NULL)
    fl_enterprise_draft_set_identity (login->draft, login->identity);
  if (login->anonymous_identity != NULL)
    fl_enterprise_draft_set_anonymous_identity (login->draft, login->anonymous_identity);
  if (login->server_name != NULL)
    fl_enterprise_draft_set_server_name (login->draft, login->server_name);
}

static gboolean
load_files (FlCliLogin *login, GError **error)
{
  return fl_cli_draft_add (login->draft, &login->unlock, login->ca_file, FL_DRAFT_USE_CA, error) &&
         fl_cli_draft_add (login->draft, &login->unlock, login->certificate_file,
                           FL_DRAFT_USE_CLIENT, error) &&
         fl_cli_draft_add (login->draft, &login->unlock, login->key_file, FL_DRAFT_USE_KEY, error);
}

static gboolean
has_login_options (const FlCliLogin *login)
{
  return login->identity != NULL || login->anonymous_identity != NULL ||
         login->server_name != NULL || login->ca_file != NULL || login->certificate_file != NULL ||
         login->key_file != NULL || login->method_nick != NULL;
}

/* Which network of the profile is meant, and what it says of a login. */
static gboolean
import (FlCliLogin *login, GBytes *ssid, GError **error)
{
  g_autoptr (FlSecret) contents = fl_cli_unlock_read (login->profile_file, error);
  guint index;

  if (contents == NULL)
    return FALSE;
  login->profile = fl_cli_unlock_profile (&login->unlock, login->profile_file, contents, error);
  if (login->profile == NULL)
    {
      g_autofree char *name = g_filename_display_name (login->profile_file);

      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  index = fl_enterprise_draft_choose (login->draft, login->profile, ssid);
  login->network = fl_profile_get_networks (login->profile)->pdata[index];
  if (login->network->enterprise == NULL && !has_login_options (login))
    {
      g_clear_object (&login->draft);
      return TRUE;
    }
  return fl_enterprise_draft_import (login->draft, login->profile, index, error) &&
         fl_cli_profile_add_files (login->draft, &login->unlock, login->profile_file,
                                   login->network, error);
}

gboolean
fl_cli_login_load (FlCliLogin *login,
                   GBytes *ssid,
                   FlCliTargets *targets,
                   FlCli *cli,
                   GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!has_login_options (login) && login->profile_file == NULL)
    return (login->unlock.password_file == NULL && !login->is_strict) ||
           refuse (error, _ ("--key-password-file and --strict are for networks with a login"));
  login->unlock.ask = targets->ask;
  login->draft = fl_enterprise_draft_new ();
  if (!claim_stdin (login, targets, error) || !fl_cli_unlock_load (&login->unlock, error))
    return FALSE;
  if (login->profile_file != NULL && !import (login, ssid, &local))
    {
      /* The catalogue's title and advice do not say why. */
      if (g_error_matches (local, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE))
        fl_cli_output_warn (cli->output, "%s", local->message);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (login->draft == NULL)
    return TRUE;
  set_texts (login);
  return set_method (login, error) && load_files (login, error) && check_options (login, error);
}

static gboolean
was_told (const FlCliLogin *login, FlFinding *finding)
{
  for (guint i = 0; login->told != NULL && i < login->told->len; i++)
    if (strcmp (fl_finding_get_id (login->told->pdata[i]), fl_finding_get_id (finding)) == 0 &&
        strcmp (fl_finding_get_sentence (login->told->pdata[i]),
                fl_finding_get_sentence (finding)) == 0)
      return TRUE;
  return FALSE;
}

gboolean
fl_cli_login_check (const FlCliLogin *login,
                    const FlEnterpriseLimits *limits,
                    FlCliOutput *output,
                    GPtrArray **told,
                    GError **error)
{
  FlVerdict worst = login->is_strict ? FL_VERDICT_DOUBTFUL : FL_VERDICT_BROKEN;
  g_autoptr (GPtrArray) findings = NULL;
  FlFinding *bad = NULL;

  fl_enterprise_draft_set_limits (login->draft, limits);
  findings = fl_enterprise_draft_check (login->draft, g_get_real_time () / G_USEC_PER_SEC);
  for (guint i = 0; i < findings->len; i++)
    {
      FlFinding *finding = findings->pdata[i];
      FlVerdict verdict = fl_finding_get_verdict (finding);

      if (!was_told (login, finding))
        fl_cli_event_check (output, finding);
      if (verdict >= worst && (bad == NULL || verdict > fl_finding_get_verdict (bad)))
        bad = finding;
    }
  if (bad != NULL)
    g_propagate_error (error, g_error_copy (fl_finding_get_error (bad)));
  if (told != NULL)
    *told = g_steal_pointer (&findings);
  return bad == NULL;
}

void
fl_cli_login_clear (FlCliLogin *login)
{
  g_clear_pointer (&login->identity, g_free);
  g_clear_pointer (&login->anonymous_identity, g_free);
  g_clear_pointer (&login->server_name, g_free);
  g_clear_pointer (&login->ca_file, g_free);
  g_clear_pointer (&login->certificate_file, g_free);
  g_clear_pointer (&login->key_file, g_free);
  g_clear_pointer (&login->profile_file, g_free);
  g_clear_pointer (&login->method_nick, g_free);
  fl_cli_unlock_clear (&login->unlock);
  g_clear_object (&login->draft);
  g_clear_pointer (&login->told, g_ptr_array_unref);
  g_clear_pointer (&login->profile, fl_profile_unref);
}
