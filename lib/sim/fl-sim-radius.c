/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-radius.h"

#include <string.h>

#include "fl-error.h"
#include "fl-sim-pem.h"

static gboolean
does (const FlSimNetworkSpec *network, FlEapMethod method)
{
  return network->eap == NULL ||
         g_strv_contains ((const char *const *) network->eap, fl_eap_method_to_string (method));
}

static gboolean
has_account (const FlSimNetworkSpec *network, const char *name, FlSecret *password)
{
  gsize size_bytes = name != NULL ? strlen (name) : 0;

  for (guint i = 0; network->accounts != NULL && network->accounts[i] != NULL; i++)
    {
      const char *account = network->accounts[i];

      if (name != NULL && password != NULL && g_str_has_prefix (account, name) &&
          account[size_bytes] == ':' &&
          strcmp (account + size_bytes + 1, fl_secret_get_text (password)) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The device looks at the server before it shows who it is. Without a CA it trusts every server;
 * with a CA that it cannot read it trusts none. It has no clock, and so looks at no dates. */
static gboolean
is_trusted (const FlSimNetworkSpec *network, FlEnterprise *enterprise)
{
  GBytes *ca = fl_enterprise_get_ca_certificate (enterprise);
  g_autoptr (FlSimChain) roots = NULL;
  g_autoptr (FlSimChain) server = NULL;

  if (ca == NULL || network->server_chain == NULL)
    return TRUE;
  roots = fl_sim_chain_parse (ca);
  server = fl_sim_chain_parse (network->server_chain);
  return roots != NULL && server != NULL && fl_sim_chain_leads_to (server, roots);
}

static FlSimLogin
check_password (const FlSimNetworkSpec *network, FlEnterprise *enterprise, FlSecret *password)
{
  return has_account (network, fl_enterprise_get_identity (enterprise), password)
             ? FL_SIM_LOGIN_ACCEPTED
             : FL_SIM_LOGIN_REJECTED;
}

static FlSimLogin
check_certificate (const FlSimNetworkSpec *network, FlEnterprise *enterprise)
{
  GBytes *certificate = fl_enterprise_get_client_certificate (enterprise);
  FlSecret *private_key = fl_enterprise_get_private_key (enterprise);
  g_autoptr (FlSimChain) client = NULL;
  g_autoptr (FlSimChain) roots = NULL;
  g_autoptr (FlSimKey) key = NULL;

  if (certificate == NULL || private_key == NULL)
    return FL_SIM_LOGIN_REJECTED;
  if (network->client_ca == NULL)
    return FL_SIM_LOGIN_ACCEPTED;

  client = fl_sim_chain_parse (certificate);
  key = fl_sim_key_parse (private_key);
  roots = fl_sim_chain_parse (network->client_ca);
  if (client == NULL || key == NULL || roots == NULL || !fl_sim_key_is_rsa (key) ||
      !fl_sim_key_fits (key, client) || !fl_sim_chain_leads_to (client, roots))
    return FL_SIM_LOGIN_REJECTED;
  if (network->date != 0 && !fl_sim_chain_is_valid_on (client, network->date))
    return FL_SIM_LOGIN_EXPIRED;
  return FL_SIM_LOGIN_ACCEPTED;
}

/* The name outside has to be the one inside: of the account, or in the certificate. Without one the
 * device says "anonymous". */
static gboolean
is_outer_name_good (const FlSimNetworkSpec *network, FlEnterprise *enterprise)
{
  const char *outer = fl_enterprise_get_anonymous_identity (enterprise);
  GBytes *certificate = fl_enterprise_get_client_certificate (enterprise);
  g_autoptr (FlSimChain) client = NULL;

  if (network->outer == FL_SIM_OUTER_ANY)
    return TRUE;
  if (outer == NULL)
    return FALSE;
  if (fl_enterprise_get_method (enterprise) == FL_EAP_PEAP)
    return g_strcmp0 (outer, fl_enterprise_get_identity (enterprise)) == 0;
  client = certificate != NULL ? fl_sim_chain_parse (certificate) : NULL;
  return client != NULL && fl_sim_chain_has_name (client, outer);
}

FlSimLogin
fl_sim_radius_log_in (const FlSimNetworkSpec *network, FlEnterprise *enterprise, FlSecret *password)
{
  g_return_val_if_fail (network != NULL && enterprise != NULL, FL_SIM_LOGIN_REJECTED);

  if (!is_outer_name_good (network, enterprise))
    return FL_SIM_LOGIN_OUTER_REFUSED;
  if (!does (network, fl_enterprise_get_method (enterprise)))
    return FL_SIM_LOGIN_REJECTED;
  if (!is_trusted (network, enterprise))
    return FL_SIM_LOGIN_SERVER_DOUBTFUL;
  switch (fl_enterprise_get_method (enterprise))
    {
    case FL_EAP_PEAP:
      return check_password (network, enterprise, password);
    case FL_EAP_TLS:
      return check_certificate (network, enterprise);
    case FL_EAP_TTLS: /* no device of this world has them */
    case FL_EAP_FAST:
    case FL_EAP_LEAP:
    case FL_EAP_PWD:
      break;
    }
  return FL_SIM_LOGIN_REJECTED;
}

/* @path: (nullable): none. */
static gboolean
read_certificates (GBytes **member,
                   const char *path,
                   FlSimReadFile read,
                   gpointer data,
                   GError **error)
{
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (FlSimChain) chain = NULL;

  if (path == NULL)
    return TRUE;
  pem = read (path, data, error);
  if (pem == NULL)
    return FALSE;
  chain = fl_sim_chain_parse (pem);
  if (chain == NULL)
    {
      g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, "“%s” is no certificate in PEM", path);
      return FALSE;
    }
  g_clear_pointer (member, g_bytes_unref);
  *member = g_steal_pointer (&pem);
  return TRUE;
}

gboolean
fl_sim_scenario_read_files (FlSimScenario *scenario,
                            FlSimReadFile read,
                            gpointer data,
                            GError **error)
{
  g_return_val_if_fail (scenario != NULL && read != NULL, FALSE);

  for (guint i = 0; i < scenario->networks->len; i++)
    {
      FlSimNetworkSpec *network = scenario->networks->pdata[i];

      if (!read_certificates (&network->server_chain, network->server_path, read, data, error) ||
          !read_certificates (&network->client_ca, network->client_path, read, data, error))
        return FALSE;
    }
  return TRUE;
}
