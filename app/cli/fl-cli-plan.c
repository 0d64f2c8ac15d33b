/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-plan"
#include "config.h"

#include "fl-cli-plan.h"

#include "fl-cli-events.h"
#include "fl-cli-input.h"
#include "fl-cli-profile.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PASSWORD_MAX_BYTES 64 /* a key as hexadecimal digits; IEEE 802.11-2020, annex J.4.1 */

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, message);
  return FALSE;
}

/* Without --network a profile may say it. */
static gboolean
parse_network (FlCliPlan *plan, GError **error)
{
  gsize size_bytes = plan->network != NULL ? strlen (plan->network) : 0;

  if (plan->network == NULL)
    return plan->login.profile_file != NULL ||
           refuse (error, _ ("Say which network: --network NAME"));
  if (size_bytes < 1 || size_bytes > FL_SSID_MAX_BYTES)
    return refuse (error, _ ("The name of a network has 1 to 32 bytes"));
  plan->ssid = g_bytes_new (plan->network, size_bytes);
  return TRUE;
}

static gboolean
parse_bssid (FlCliPlan *plan, GError **error)
{
  if (plan->bssid_text == NULL)
    return TRUE;
  plan->bssid = fl_cli_parse_bssid (plan->bssid_text);
  if (plan->bssid == NULL)
    return refuse (error, _ ("--bssid takes an address like 02:11:22:33:44:55"));
  return TRUE;
}

static gboolean
parse_security (FlCliPlan *plan, GError **error)
{
  if (plan->security_nick == NULL)
    return TRUE;
  if (!fl_security_from_string (plan->security_nick, &plan->security) ||
      plan->security == FL_SECURITY_UNKNOWN || plan->security == FL_SECURITY_ENTERPRISE)
    return refuse (error, _ ("--security takes open, wep, wpa, wpa2, wpa-wpa2, wpa3 or wpa2-wpa3"));
  plan->has_security = TRUE;
  return TRUE;
}

/* What the profile says beside the login. */
static gboolean
take_profile (FlCliPlan *plan, FlCli *cli, GError **error)
{
  const FlProfileNetwork *network = plan->login.network;
  GBytes *ssid = fl_cli_profile_get_ssid (plan->login.profile);
  gsize size_bytes = 0;
  const guint8 *data = ssid != NULL ? g_bytes_get_data (ssid, &size_bytes) : NULL;
  g_autofree char *name = fl_ssid_to_name (data, size_bytes);
  g_autofree char *note = NULL;

  if (plan->ssid == NULL && ssid == NULL)
    return refuse (error, _ ("The profile does not say which one network it is for: --network "
                             "NAME"));
  if (ssid != NULL && plan->ssid == NULL)
    /* Translators: the name of a network */
    note = g_strdup_printf (_ ("The profile is for “%s”."), name);
  else if (ssid != NULL && !g_bytes_equal (plan->ssid, ssid))
    note = g_strdup_printf (_ ("The profile is for “%s”, another network."), name);
  if (plan->ssid == NULL)
    plan->ssid = g_bytes_ref (ssid);
  if (note != NULL)
    fl_cli_event_note (cli->output, "profile-network", note);
  fl_cli_profile_tell (cli->output, plan->login.profile, g_get_real_time () / G_USEC_PER_SEC);
  if (plan->login.draft != NULL)
    return TRUE;

  if (network->password != NULL)
    plan->password = fl_secret_ref (network->password);
  plan->hidden = plan->hidden || network->hidden;
  if (!plan->has_security && network->security != FL_SECURITY_UNKNOWN)
    {
      plan->has_security = TRUE;
      plan->security = network->security;
    }
  return TRUE;
}

/* The options of a login say what kind of network it is. */
static gboolean
load_login (FlCliPlan *plan, FlCliTargets *targets, FlCli *cli, GError **error)
{
  if (!fl_cli_login_load (&plan->login, plan->ssid, targets, cli, error) ||
      (plan->login.profile != NULL && !take_profile (plan, cli, error)))
    return FALSE;
  if (plan->login.draft == NULL)
    return TRUE;
  if (plan->has_security || plan->hidden || plan->bssid != NULL)
    return refuse (error, _ ("A network with a login takes no --security, --hidden and --bssid"));
  plan->has_security = TRUE;
  plan->security = FL_SECURITY_ENTERPRISE;
  return TRUE;
}

/* A certificate stands for the password. */
static gboolean
takes_password (const FlCliPlan *plan)
{
  return plan->login.draft == NULL ||
         fl_enterprise_draft_get_method (plan->login.draft) != FL_EAP_TLS;
}

/* A profile may have brought one. */
static gboolean
has_password (const FlCliPlan *plan)
{
  return plan->password != NULL || (plan->login.draft != NULL &&
                                    fl_enterprise_draft_get_password (plan->login.draft) != NULL);
}

static gboolean
read_password (FlCliPlan *plan, FlCliTargets *targets, GError **error)
{
  g_autoptr (FlSecret) password = NULL;

  if (plan->password_file != NULL && !takes_password (plan))
    return refuse (error, _ ("A certificate needs no password: leave --password-file out"));
  if (plan->password_file == NULL &&
      (!targets->ask || !takes_password (plan) || has_password (plan)))
    return TRUE;
  if (!fl_cli_targets_claim_stdin (targets, plan->password_file, error))
    return FALSE;

  password = plan->password_file != NULL
                 ? fl_cli_read_secret (plan->password_file, PASSWORD_MAX_BYTES, error)
                 : fl_cli_ask_secret (_ ("Password of the network (nothing if it is open):"),
                                      PASSWORD_MAX_BYTES, error);
  if (password == NULL)
    return FALSE;
  if (plan->login.draft != NULL)
    {
      fl_enterprise_draft_set_password (plan->login.draft, password);
      return TRUE;
    }
  g_clear_pointer (&plan->password, fl_secret_unref);
  if (fl_secret_get_size (password) > 0)
    plan->password = g_steal_pointer (&password);
  return TRUE;
}

static const char *
get_text (const FlCliPlan *plan)
{
  return plan->password != NULL ? fl_secret_get_text (plan->password) : "";
}

/* Nothing is trimmed; a space that slipped in is the commonest reason for a wrong password. */
static void
tell_spaces (const FlCliPlan *plan, FlCli *cli)
{
  FlSpace spaces = fl_password_get_spaces (get_text (plan));

  if (spaces & FL_SPACE_START)
    fl_cli_event_note (cli->output, "password-starts-with-space",
                       _ ("The password starts with a space."));
  if (spaces & FL_SPACE_END)
    fl_cli_event_note (cli->output, "password-ends-with-space",
                       _ ("The password ends with a space."));
}

gboolean
fl_cli_plan_load (FlCliPlan *plan, FlCliTargets *targets, FlCli *cli, GError **error)
{
  if (plan->save_only && plan->no_wait)
    return refuse (error, _ ("--save-only never waits: leave --no-wait out"));
  if (!parse_network (plan, error) || !parse_bssid (plan, error) || !parse_security (plan, error) ||
      !load_login (plan, targets, cli, error) || !read_password (plan, targets, error))
    return FALSE;

  if (plan->login.draft != NULL)
    return fl_cli_login_check (&plan->login, NULL, cli->output, &plan->login.told, error);

  /* A name that is not shown cannot be looked up; nearly all hidden networks are like this. */
  if (plan->hidden && !plan->has_security)
    {
      plan->has_security = TRUE;
      plan->security = plan->password != NULL ? FL_SECURITY_WPA2 : FL_SECURITY_OPEN;
    }
  if (plan->has_security && !fl_password_check (get_text (plan), plan->security, error))
    return FALSE;
  tell_spaces (plan, cli);
  return TRUE;
}

gboolean
fl_cli_plan_needs_scan (const FlCliPlan *plan)
{
  return !plan->hidden && !(plan->save_only && plan->has_security);
}

/* What keeps a login from being used, or a network with logins from being joined without. */
static gboolean
check_login (const FlCliPlan *plan, FlCapabilities can, FlNetwork *seen, GError **error)
{
  gboolean is_asked_for = seen != NULL && fl_network_get_security (seen) == FL_SECURITY_ENTERPRISE;

  if (plan->login.draft == NULL && !(is_asked_for && !plan->has_security))
    return TRUE;
  if (!(can & FL_CAN_ENTERPRISE))
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_NETWORK_ENTERPRISE,
                           "The network needs a login, and the device has none");
      return FALSE;
    }
  if (plan->login.draft == NULL)
    return refuse (error, _ ("This network needs a login: --identity, --client-cert or --import"));
  if (seen != NULL && !is_asked_for)
    return refuse (error, _ ("This network has no login"));
  return TRUE;
}

static gboolean
find_security (const FlCliPlan *plan,
               FlCapabilities can,
               FlNetwork *seen,
               FlSecurity *security,
               GError **error)
{
  *security = plan->has_security ? plan->security : FL_SECURITY_UNKNOWN;
  if (plan->has_security)
    return TRUE;
  if (seen == NULL && !(can & FL_CAN_SCAN)) /* it looks for itself, and tells nobody */
    {
      *security = plan->password != NULL ? FL_SECURITY_WPA2 : FL_SECURITY_OPEN;
      return TRUE;
    }
  if (seen == NULL && plan->save_only)
    return refuse (error, _ ("The device does not see this network; say its --security"));
  if (seen == NULL)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_NETWORK_TOO_FAR,
                           "The device does not see the network");
      return FALSE;
    }
  *security = fl_network_get_security (seen);
  return TRUE;
}

FlCredentials *
fl_cli_plan_create_credentials (const FlCliPlan *plan,
                                FlCapabilities can,
                                FlNetwork *seen,
                                GError **error)
{
  FlSecurity security;

  if (!find_security (plan, can, seen, &security, error) || !check_login (plan, can, seen, error))
    return NULL;
  if (plan->login.draft != NULL)
    return fl_enterprise_draft_build_credentials (plan->login.draft, plan->ssid);
  if (!fl_password_check (get_text (plan), security, error))
    return NULL;
  return fl_credentials_new (plan->ssid, security, plan->password, plan->hidden, plan->bssid);
}

void
fl_cli_plan_clear (FlCliPlan *plan)
{
  g_clear_pointer (&plan->network, g_free);
  g_clear_pointer (&plan->password_file, g_free);
  g_clear_pointer (&plan->security_nick, g_free);
  g_clear_pointer (&plan->bssid_text, g_free);
  g_clear_pointer (&plan->ssid, g_bytes_unref);
  g_clear_pointer (&plan->bssid, g_bytes_unref);
  g_clear_pointer (&plan->password, fl_secret_unref);
  fl_cli_login_clear (&plan->login);
}
