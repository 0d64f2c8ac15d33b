/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise-draft-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Certificates and key of a network in a profile, readable. */
typedef struct
{
  FlCertFile *ca;     /* (nullable) */
  FlCertFile *client; /* (nullable) */
  FlCertFile *key;    /* (nullable) */
} Files;

static void
files_clear (Files *files)
{
  g_clear_pointer (&files->ca, fl_cert_file_unref);
  g_clear_pointer (&files->client, fl_cert_file_unref);
  g_clear_pointer (&files->key, fl_cert_file_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

/* @text: (nullable): nothing, which is fine. */
static gboolean
read_text (FlSecret *text, FlCertFile **file, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (text == NULL || fl_secret_get_size (text) == 0)
    return TRUE;
  *file = fl_cert_file_parse (text, NULL, &local);
  if (*file == NULL)
    g_set_error_literal (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE, local->message);
  return *file != NULL;
}

static gboolean
read_bytes (GBytes *pem, FlCertFile **file, GError **error)
{
  gsize size_bytes = 0;
  const guint8 *data = pem != NULL ? g_bytes_get_data (pem, &size_bytes) : NULL;
  g_autoptr (FlSecret) text = data != NULL ? fl_secret_new (data, size_bytes) : NULL;

  return read_text (text, file, error);
}

static gboolean
read_files (Files *files, const FlEnterprise *enterprise, GError **error)
{
  return read_bytes (fl_enterprise_get_ca_certificate (enterprise), &files->ca, error) &&
         read_bytes (fl_enterprise_get_client_certificate (enterprise), &files->client, error) &&
         read_text (fl_enterprise_get_private_key (enterprise), &files->key, error);
}

/* What "firstlightctl" and the page can fill in where no device says more. */
static gboolean
has_method (FlEnterpriseDraft *self, FlEapMethod method)
{
  guint methods = self->limits != NULL ? self->limits->methods
                                       : fl_eap_bit (FL_EAP_PEAP) | fl_eap_bit (FL_EAP_TLS);

  return (methods & fl_eap_bit (method)) != 0;
}

static gboolean
check_network (FlEnterpriseDraft *self, const FlProfileNetwork *network, GError **error)
{
  FlEapMethod method;

  if (network->enterprise == NULL)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE,
                           _ ("The network in this file has one password for everyone, and no "
                              "logins."));
      return FALSE;
    }
  method = fl_enterprise_get_method (network->enterprise);
  if (has_method (self, method))
    return TRUE;
  g_set_error (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE,
               /* Translators: "EAP-TTLS" */
               _ ("The network in this file wants a login by %s, which this device cannot do."),
               fl_eap_method_get_label (method));
  return FALSE;
}

static void
take_text (char **field, const char *text)
{
  if (text == NULL || *text == '\0')
    return;
  g_free (*field);
  *field = g_strdup (text);
}

static void
take_server_names (FlEnterpriseDraft *self, const FlProfileNetwork *network)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  if (network->server_names->len == 0)
    {
      take_text (&self->server_name, fl_enterprise_get_server_name (network->enterprise));
      return;
    }
  g_ptr_array_extend (names, network->server_names, NULL, NULL);
  g_ptr_array_add (names, NULL);
  joined = g_strjoinv (";", (char **) names->pdata);
  take_text (&self->server_name, joined);
}

static void
take_files (FlEnterpriseDraft *self, const Files *files)
{
  GPtrArray *keys = files->key != NULL ? fl_cert_file_get_keys (files->key) : NULL;

  if (files->client != NULL && fl_cert_file_get_certificates (files->client)->len > 0)
    fl_enterprise_draft_take_client (self, fl_cert_file_get_certificates (files->client));
  if (keys != NULL && keys->len > 0)
    fl_enterprise_draft_take_key (self, keys->pdata[0]);
  fl_enterprise_draft_sort (self);
  if (files->ca != NULL && fl_cert_file_get_certificates (files->ca)->len > 0)
    fl_enterprise_draft_take_ca (self, fl_cert_file_get_certificates (files->ca));
  fl_enterprise_draft_sort (self);
}

gboolean
fl_enterprise_draft_import (FlEnterpriseDraft *self,
                            FlProfile *profile,
                            guint index,
                            GError **error)
{
  const FlProfileNetwork *network;
  g_auto (Files) files = { NULL };

  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), FALSE);
  g_return_val_if_fail (profile != NULL, FALSE);
  g_return_val_if_fail (index < fl_profile_get_networks (profile)->len, FALSE);

  network = fl_profile_get_networks (profile)->pdata[index];
  if (!check_network (self, network, error) || !read_files (&files, network->enterprise, error))
    return FALSE;

  self->has_method = TRUE;
  self->method = fl_enterprise_get_method (network->enterprise);
  self->inner = fl_enterprise_get_inner (network->enterprise);
  take_text (&self->identity, fl_enterprise_get_identity (network->enterprise));
  take_text (&self->anonymous_identity, fl_enterprise_get_anonymous_identity (network->enterprise));
  take_server_names (self, network);
  if (network->password != NULL && fl_secret_get_size (network->password) > 0)
    {
      g_clear_pointer (&self->password, fl_secret_unref);
      self->password = fl_secret_ref (network->password);
    }
  g_free (self->realm);
  self->realm = g_strdup (network->realm);
  self->realm_required = network->realm_required;
  take_files (self, &files);
  fl_enterprise_draft_emit_changed (self);
  return TRUE;
}

static gboolean
has_ssid (const FlProfileNetwork *network, GBytes *ssid)
{
  for (guint i = 0; i < network->ssids->len; i++)
    if (g_bytes_equal (network->ssids->pdata[i], ssid))
      return TRUE;
  return FALSE;
}

/* More is better: a name counts before a method, and a method before what is inside. */
static guint
rate (FlEnterpriseDraft *self, const FlProfileNetwork *network, GBytes *ssid)
{
  guint points = 0;
  FlEapInner inner;

  if (ssid != NULL && has_ssid (network, ssid))
    points += 32;
  else if (network->ssids->len == 0)
    points += 16; /* fits every name */
  if (network->enterprise == NULL)
    return points;
  points += 4;
  inner = fl_enterprise_get_inner (network->enterprise);
  if (has_method (self, fl_enterprise_get_method (network->enterprise)))
    points += 8;
  if (fl_enterprise_get_method (network->enterprise) == FL_EAP_PEAP &&
      (inner == FL_EAP_INNER_MSCHAPV2 || inner == FL_EAP_INNER_NONE))
    points += 2;
  else if (fl_enterprise_get_method (network->enterprise) == FL_EAP_TLS)
    points += 1;
  return points;
}

guint
fl_enterprise_draft_choose (FlEnterpriseDraft *self, FlProfile *profile, GBytes *ssid)
{
  GPtrArray *networks;
  guint best = 0;

  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), 0);
  g_return_val_if_fail (profile != NULL, 0);

  networks = fl_profile_get_networks (profile);
  for (guint i = 1; i < networks->len; i++)
    if (rate (self, networks->pdata[i], ssid) > rate (self, networks->pdata[best], ssid))
      best = i;
  return best;
}

const char *
fl_enterprise_draft_get_realm (FlEnterpriseDraft *self)
{
  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), NULL);

  return self->realm;
}

void
fl_enterprise_draft_add_realm (FlEnterpriseDraft *self)
{
  g_autofree char *name = NULL;
  const char *at;

  g_return_if_fail (FL_IS_ENTERPRISE_DRAFT (self));

  if (self->realm == NULL || self->identity == NULL)
    return;
  at = strrchr (self->identity, '@');
  name = at != NULL ? g_strndup (self->identity, (gsize) (at - self->identity))
                    : g_strdup (self->identity);
  g_free (self->identity);
  self->identity = g_strconcat (name, "@", self->realm, NULL);
  fl_enterprise_draft_emit_changed (self);
}
