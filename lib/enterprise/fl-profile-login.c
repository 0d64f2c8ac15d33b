/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-profile-login.h"
#include "fl-cert-file-reader.h"
#include "fl-error.h"
#include "fl-profile-private.h"
#include "fl-profile-text.h"

#include <glib/gi18n-lib.h>

#define MAX_SERVERS      32
#define MAX_CLIENT_FILES 8
#define MAX_CA_ROUNDS    20000 /* certificates alone are encrypted by habit, if at all */

FlProfileLogin *
fl_profile_login_new (FlProfile *profile)
{
  FlProfileLogin *self = g_new0 (FlProfileLogin, 1);

  self->profile = profile;
  self->ca = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_certificate_unref);
  self->client = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_certificate_unref);
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_private_key_unref);
  self->network = fl_profile_network_new ();
  return self;
}

void
fl_profile_login_free (FlProfileLogin *self)
{
  g_free (self->identity);
  g_free (self->anonymous_identity);
  g_ptr_array_unref (self->ca);
  g_ptr_array_unref (self->client);
  g_ptr_array_unref (self->keys);
  g_clear_pointer (&self->network, fl_profile_network_free);
  g_free (self);
}

/* What is wrong with certificates is a fault of the profile; a passphrase stays a passphrase. */
static gboolean
refuse_certificate (const char *name, const GError *fault, GError **error)
{
  g_autofree char *line = fl_profile_dup_line (name);

  if (g_error_matches (fault, FL_ERROR, FL_ERROR_PKCS12_PASSWORD))
    {
      if (error != NULL)
        *error = g_error_copy (fault);
      return FALSE;
    }
  if (line != NULL)
    return fl_profile_refuse (error, _ ("The certificate “%s” of this profile cannot be used: %s"),
                              line, fault->message);
  return fl_profile_refuse (error, _ ("A certificate of this profile cannot be used: %s"),
                            fault->message);
}

static gboolean
add_certificates (GPtrArray *to, GPtrArray *certificates, GError **error)
{
  for (guint i = 0; i < certificates->len; i++)
    {
      FlCertificate *certificate = certificates->pdata[i];

      if (g_ptr_array_find_with_equal_func (to, certificate, (GEqualFunc) fl_certificate_equal,
                                            NULL))
        continue;
      if (to->len == FL_CERT_FILE_MAX_ITEMS)
        return fl_profile_refuse (error, _ ("This profile has too many certificates."));
      g_ptr_array_add (to, fl_certificate_ref (certificate));
    }
  return TRUE;
}

gboolean
fl_profile_login_add_ca (FlProfileLogin *self,
                         FlSecret *bytes,
                         const char *name,
                         FlSecret *passphrase,
                         GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (FlCertFile) file =
      fl_cert_file_parse_bounded (bytes, passphrase, MAX_CA_ROUNDS, &fault);

  if (file == NULL)
    return refuse_certificate (name, fault, error);
  if (fl_cert_file_get_certificates (file)->len == 0)
    return fl_profile_refuse (error, _ ("This profile has a private key where the network's "
                                        "certificate should be."));
  return add_certificates (self->ca, fl_cert_file_get_certificates (file), error);
}

/* The profile's own passphrase first. */
static FlCertFile *
open_client (FlSecret *bytes, FlSecret *own, FlSecret *passphrase, GError **error)
{
  g_autoptr (GError) fault = NULL;
  FlCertFile *file = fl_cert_file_parse (bytes, own != NULL ? own : passphrase, &fault);

  if (file != NULL)
    return file;
  if (own != NULL && passphrase != NULL &&
      g_error_matches (fault, FL_ERROR, FL_ERROR_PKCS12_PASSWORD))
    return fl_cert_file_parse (bytes, passphrase, error);
  g_propagate_error (error, g_steal_pointer (&fault));
  return NULL;
}

gboolean
fl_profile_login_add_client (FlProfileLogin *self,
                             FlSecret *bytes,
                             const char *name,
                             FlSecret *own,
                             FlSecret *passphrase,
                             GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (FlCertFile) file = NULL;
  GPtrArray *keys;

  if (self->profile->n_client_files++ == MAX_CLIENT_FILES)
    return fl_profile_refuse (error, _ ("This profile has too many certificates."));
  file = open_client (bytes, own, passphrase, &fault);
  if (file == NULL)
    return refuse_certificate (name, fault, error);

  keys = fl_cert_file_get_keys (file);
  if (self->keys->len + keys->len > FL_CERT_FILE_MAX_ITEMS)
    return fl_profile_refuse (error, _ ("This profile has too many certificates."));
  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (self->keys, fl_private_key_ref (keys->pdata[i]));
  return add_certificates (self->client, fl_cert_file_get_certificates (file), error);
}

gboolean
fl_profile_login_add_server (FlProfileLogin *self, const char *name, GError **error)
{
  g_autofree char *server = NULL;

  if (!fl_profile_dup_login (name, -1, &server, error))
    return FALSE;
  if (server == NULL ||
      g_ptr_array_find_with_equal_func (self->network->server_names, server, g_str_equal, NULL))
    return TRUE;
  if (self->network->server_names->len == MAX_SERVERS)
    return fl_profile_refuse (error, _ ("This profile has too many names of servers."));
  g_ptr_array_add (self->network->server_names, g_steal_pointer (&server));
  return TRUE;
}

/* The index of the certificate that @key belongs to; -1: none. */
static int
find_own (GPtrArray *certificates, FlPrivateKey *key)
{
  for (guint i = 0; i < certificates->len; i++)
    if (fl_private_key_matches (key, certificates->pdata[i]))
      return (int) i;
  return -1;
}

/* (nullable), borrowed. The key of a certificate, if one is; its certificate goes first. Those that
 * belong to none stay: the checks say what is wrong. */
static FlPrivateKey *
choose_key (FlProfileLogin *self)
{
  g_autoptr (GPtrArray) sorted = fl_certificates_sort (self->client);

  g_ptr_array_set_size (self->client, 0);
  for (guint i = 0; i < sorted->len; i++)
    g_ptr_array_add (self->client, fl_certificate_ref (sorted->pdata[i]));
  for (guint i = 0; i < self->keys->len; i++)
    {
      int own = find_own (self->client, self->keys->pdata[i]);

      if (own >= 0)
        {
          g_ptr_array_insert (self->client, 0, g_ptr_array_steal_index (self->client, (guint) own));
          return self->keys->pdata[i];
        }
    }
  return self->keys->len > 0 ? self->keys->pdata[0] : NULL;
}

/* (transfer full) (nullable) */
static char *
join_servers (GPtrArray *names)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? ";" : "", (const char *) names->pdata[i]);
  return joined->len > 0 ? g_strdup (joined->str) : NULL;
}

FlProfileNetwork *
fl_profile_login_finish (FlProfileLogin *self)
{
  FlPrivateKey *key = self->keys->len > 0 || self->client->len > 0 ? choose_key (self) : NULL;
  g_autofree char *servers = join_servers (self->network->server_names);
  g_autoptr (GBytes) ca = fl_certificates_to_pem (self->ca);
  g_autoptr (GBytes) client = fl_certificates_to_pem (self->client);
  FlEnterpriseValues values = {
    .method = self->method,
    .inner = self->inner,
    .identity = self->identity,
    .anonymous_identity = self->anonymous_identity,
    .server_name = servers,
    .ca_certificates = ca,
    .client_certificates = client,
    .private_key = key != NULL ? fl_private_key_get_pem (key) : NULL,
  };

  self->network->security = FL_SECURITY_ENTERPRISE;
  self->network->enterprise = fl_enterprise_new_full (&values);
  return g_steal_pointer (&self->network);
}
