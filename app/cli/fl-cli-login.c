/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-login"
#include "config.h"

#include "fl-cli-login.h"

#include "fl-cli-events.h"
#include "fl-cli-input.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PEM_MAX_BYTES 16384 /* a chain of several certificates; one has about 1.5 KiB */

GOptionGroup *
fl_cli_login_create_group (FlCliLogin *login)
{
  const GOptionEntry entries[] = {
    { "identity", 0, 0, G_OPTION_ARG_STRING, &login->identity,
      N_ ("User name, often with its ending: name@school.example"), N_ ("I") },
    { "anonymous-identity", 0, 0, G_OPTION_ARG_STRING, &login->anonymous_identity,
      N_ ("The name that others may see"), N_ ("A") },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &login->ca_file,
      N_ ("Certificate by which the device knows the network (PEM)"), N_ ("F") },
    { "client-cert", 0, 0, G_OPTION_ARG_FILENAME, &login->certificate_file,
      N_ ("The device’s own certificate (PEM)"), N_ ("F") },
    { "private-key", 0, 0, G_OPTION_ARG_FILENAME, &login->key_file,
      N_ ("The key that belongs to it (PEM), “-” for standard input"), N_ ("F") },
    { "eap", 0, 0, G_OPTION_ARG_STRING, &login->method_nick,
      N_ ("peap: name and password; tls: certificate. Else what the other options say"),
      N_ ("peap|tls") },
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
parse_method (const FlCliLogin *login, FlEapMethod *method, GError **error)
{
  const char *nick = login->method_nick;

  *method = login->certificate_file != NULL || login->key_file != NULL ? FL_EAP_TLS : FL_EAP_PEAP;
  if (nick == NULL)
    return TRUE;
  *method = strcmp (nick, "tls") == 0 ? FL_EAP_TLS : FL_EAP_PEAP;
  return *method == FL_EAP_TLS || strcmp (nick, "peap") == 0 ||
         refuse (error, _ ("--eap takes peap or tls"));
}

static gboolean
check (const FlCliLogin *login, FlEapMethod method, GError **error)
{
  switch (method)
    {
    case FL_EAP_PEAP:
      if (login->certificate_file != NULL || login->key_file != NULL)
        return refuse (error, _ ("--client-cert and --private-key are for --eap tls"));
      if (login->identity == NULL || *login->identity == '\0')
        return refuse (error, _ ("A login needs a user name: --identity"));
      return TRUE;
    case FL_EAP_TLS:
      return (login->certificate_file != NULL && login->key_file != NULL) ||
             refuse (error, _ ("--client-cert and --private-key belong together"));
    case FL_EAP_TTLS: /* parse_method() knows the other two only */
    case FL_EAP_FAST:
    case FL_EAP_LEAP:
    case FL_EAP_PWD:
      return FALSE;
    }
  return TRUE;
}

/* Not read but looked at: the wrong file is the commonest mistake. @path (nullable): nothing. */
static gboolean
read_pem (const char *path, const char *what, FlSecret **pem, GError **error)
{
  g_autofree char *name = NULL;

  if (path == NULL)
    return TRUE;
  *pem = fl_cli_read_secret (path, PEM_MAX_BYTES, error);
  if (*pem == NULL)
    return FALSE;
  if (strstr (fl_secret_get_text (*pem), "-----BEGIN ") != NULL &&
      strstr (fl_secret_get_text (*pem), what) != NULL)
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
               /* Translators: a file, then "CERTIFICATE" or "PRIVATE KEY" */
               _ ("%s: there is no “%s” in it; the file has to be PEM"), name, what);
  return FALSE;
}

/* Certificates are no secret. */
static GBytes *
to_bytes (const FlSecret *pem)
{
  return pem != NULL ? g_bytes_new (fl_secret_get_data (pem), fl_secret_get_size (pem)) : NULL;
}

gboolean
fl_cli_login_load (FlCliLogin *login, FlCliTargets *targets, FlCli *cli, GError **error)
{
  g_autoptr (FlSecret) ca = NULL;
  g_autoptr (FlSecret) certificate = NULL;
  g_autoptr (FlSecret) key = NULL;
  g_autoptr (GBytes) ca_bytes = NULL;
  g_autoptr (GBytes) certificate_bytes = NULL;
  FlEapMethod method;

  if (login->identity == NULL && login->anonymous_identity == NULL && login->ca_file == NULL &&
      login->certificate_file == NULL && login->key_file == NULL && login->method_nick == NULL)
    return TRUE;
  if (!parse_method (login, &method, error) || !check (login, method, error) ||
      !fl_cli_targets_claim_stdin (targets, login->key_file, error) ||
      !read_pem (login->ca_file, "CERTIFICATE", &ca, error) ||
      !read_pem (login->certificate_file, "CERTIFICATE", &certificate, error) ||
      !read_pem (login->key_file, "PRIVATE KEY", &key, error))
    return FALSE;

  if (ca == NULL)
    fl_cli_event_note (cli->output, "no-ca",
                       _ ("Without --ca the device cannot tell the real network from a copy."));
  ca_bytes = to_bytes (ca);
  certificate_bytes = to_bytes (certificate);
  login->enterprise = fl_enterprise_new (method, login->identity, login->anonymous_identity,
                                         ca_bytes, certificate_bytes, key);
  return TRUE;
}

void
fl_cli_login_clear (FlCliLogin *login)
{
  g_clear_pointer (&login->identity, g_free);
  g_clear_pointer (&login->anonymous_identity, g_free);
  g_clear_pointer (&login->ca_file, g_free);
  g_clear_pointer (&login->certificate_file, g_free);
  g_clear_pointer (&login->key_file, g_free);
  g_clear_pointer (&login->method_nick, g_free);
  g_clear_pointer (&login->enterprise, fl_enterprise_unref);
}
