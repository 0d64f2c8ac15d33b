/* SPDX-License-Identifier: Apache-2.0 */

/* draft-winter-opsawg-eap-metadata-02, and GEANT/CAT, devices/eap_config/eap-metadata.xsd. Element
 * names are the schema's; see PROFILES.md. */
#include "config.h"

#include "fl-profile-login.h"
#include "fl-profile-private.h"
#include "fl-profile-text.h"
#include "fl-profile-xml.h"

#include <string.h>
#include <glib/gi18n-lib.h>

/* NonEAPAuthNumbers in the schema. */
#define NON_EAP_PAP      1
#define NON_EAP_MSCHAP   2
#define NON_EAP_MSCHAPV2 3

typedef struct
{
  FlProfile *profile;
  FlSecret *passphrase; /* (nullable) */
  GPtrArray *ssids;     /* of GBytes: of the provider that is being read */
} Reader;

/* How well @lang serves a person who reads @languages, the smaller the better. The schema names the
 * attribute "lang"; a text for everybody has none, or "C". */
static guint
rate_language (const char *lang, const char *const *languages)
{
  guint n = g_strv_length ((char **) languages);

  if (lang == NULL || strcmp (lang, "C") == 0 || *lang == '\0')
    return n;
  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (lang, languages[i]) == 0)
      return i;
  return g_ascii_strcasecmp (lang, "en") == 0 ? n + 1 : n + 2;
}

/* (nullable), borrowed: the text of the child @name that suits best. */
static const char *
find_localized (FlXmlNode *parent, const char *name, const char *const *languages)
{
  const char *best = NULL;
  guint best_rate = G_MAXUINT;

  for (guint i = 0; parent != NULL && i < parent->children->len; i++)
    {
      FlXmlNode *child = parent->children->pdata[i];
      guint rate;

      if (strcmp (child->name, name) != 0 || child->text_bytes == 0)
        continue;
      rate = rate_language (fl_xml_node_get_attribute (child, "lang"), languages);
      if (rate < best_rate)
        {
          best_rate = rate;
          best = child->text;
        }
    }
  return best;
}

static void
read_provider_info (FlProfile *profile, FlXmlNode *info, const char *const *languages)
{
  static const char *const helps[] = { "WebAddress", "EmailAddress", "Phone" };
  FlXmlNode *desk = fl_xml_node_find (info, "Helpdesk");

  if (profile->provider == NULL)
    profile->provider = fl_profile_dup_line (find_localized (info, "DisplayName", languages));
  for (guint i = 0; i < G_N_ELEMENTS (helps) && profile->help == NULL; i++)
    profile->help = fl_profile_dup_line (find_localized (desk, helps[i], languages));
}

/* xs:int */
static gboolean
read_type (FlXmlNode *method, gint64 *type)
{
  const char *text = fl_xml_node_get_child_text (method, "Type");
  g_autofree char *digits = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return digits != NULL &&
         g_ascii_string_to_signed (digits, 10, G_MININT32, G_MAXINT32, type, NULL);
}

/* xs:boolean */
static gboolean
read_boolean (FlXmlNode *parent, const char *name)
{
  const char *text = fl_xml_node_get_child_text (parent, name);
  g_autofree char *word = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return word != NULL && (strcmp (word, "true") == 0 || strcmp (word, "1") == 0);
}

static gboolean
read_ssids (GPtrArray *ssids, FlXmlNode *applicability, GError **error)
{
  for (guint i = 0; applicability != NULL && i < applicability->children->len; i++)
    {
      FlXmlNode *child = applicability->children->pdata[i];
      FlXmlNode *name;
      GBytes *ssid;

      if (strcmp (child->name, "IEEE80211") != 0)
        continue;
      name = fl_xml_node_find (child, "SSID");
      if (name == NULL) /* Passpoint: a ConsortiumOID */
        continue;
      ssid = fl_profile_dup_ssid ((const guint8 *) name->text, name->text_bytes, error);
      if (ssid == NULL)
        return FALSE;
      if (g_ptr_array_find_with_equal_func (ssids, ssid, g_bytes_equal, NULL))
        g_bytes_unref (ssid);
      else
        g_ptr_array_add (ssids, ssid);
    }
  return TRUE;
}

/* (transfer full) of an element with the attributes "format" and "encoding". */
static FlSecret *
read_file (FlXmlNode *node, GError **error)
{
  const char *encoding = fl_xml_node_get_attribute (node, "encoding");
  g_autoptr (FlSecret) bytes = NULL;

  if (encoding != NULL && g_ascii_strcasecmp (encoding, "base64") != 0)
    {
      fl_profile_refuse (error, _ ("A certificate of this profile is written in a way that is not "
                                   "known here."));
      return NULL;
    }
  bytes = fl_profile_decode_base64 (node->text, node->text_bytes);
  if (bytes == NULL)
    fl_profile_refuse (error, _ ("A certificate of this profile is damaged."));
  return g_steal_pointer (&bytes);
}

static gboolean
read_server_side (FlProfileLogin *login, FlXmlNode *side, FlSecret *passphrase, GError **error)
{
  guint n_ca = 0;

  for (guint i = 0; side != NULL && i < side->children->len; i++)
    {
      FlXmlNode *child = side->children->pdata[i];

      if (strcmp (child->name, "CA") == 0)
        {
          g_autoptr (FlSecret) bytes = read_file (child, error);
          g_autofree char *name = g_strdup_printf ("CA %u", ++n_ca);

          if (bytes == NULL || !fl_profile_login_add_ca (login, bytes, name, passphrase, error))
            return FALSE;
        }
      else if (strcmp (child->name, "ServerID") == 0 &&
               !fl_profile_login_add_server (login, child->text, error))
        return FALSE;
    }
  return TRUE;
}

/* Not in the schema; geteduroam's portals write it. */
static gboolean
read_intermediates (FlProfileLogin *login, FlXmlNode *side, GError **error)
{
  for (guint i = 0; i < side->children->len; i++)
    {
      FlXmlNode *child = side->children->pdata[i];
      g_autoptr (FlSecret) bytes = NULL;

      if (strcmp (child->name, "IntermediateCACertificate") != 0)
        continue;
      bytes = read_file (child, error);
      if (bytes == NULL ||
          !fl_profile_login_add_client (login, bytes, child->name, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_client_file (FlProfileLogin *login, FlXmlNode *side, FlSecret *passphrase, GError **error)
{
  FlXmlNode *file = fl_xml_node_find (side, "ClientCertificate");
  FlXmlNode *own_node = fl_xml_node_find (side, "Passphrase");
  g_autoptr (FlSecret) bytes = NULL;
  g_autoptr (FlSecret) own = NULL;

  if (file == NULL || file->text_bytes == 0)
    return TRUE;
  bytes = read_file (file, error);
  if (bytes == NULL)
    return FALSE;
  if (own_node != NULL &&
      (own = fl_profile_dup_secret (own_node->text, own_node->text_bytes, error)) == NULL)
    return FALSE;
  return fl_profile_login_add_client (login, bytes, NULL, own, passphrase, error) &&
         read_intermediates (login, side, error);
}

/* What both the outer and an inner ClientSideCredential may say; the inner one is read later and
 * wins. Which of its parts have a meaning depends on the method. */
static gboolean
read_client_side (FlProfileLogin *login, FlXmlNode *side, FlSecret *passphrase, GError **error)
{
  FlXmlNode *password = fl_xml_node_find (side, "Password");
  FlProfileNetwork *network = login->network;
  gboolean has_certificate = login->method == FL_EAP_TLS || login->inner == FL_EAP_INNER_TLS;
  const char *outer = fl_xml_node_get_child_text (side, "OuterIdentity");
  const char *user = fl_xml_node_get_child_text (side, "UserName");
  const char *suffix = fl_xml_node_get_child_text (side, "InnerIdentitySuffix");

  if ((outer != NULL && !fl_profile_dup_login (outer, -1, &login->anonymous_identity, error)) ||
      (user != NULL && !fl_profile_dup_login (user, -1, &login->identity, error)) ||
      (suffix != NULL && !fl_profile_dup_login (suffix, -1, &network->realm, error)))
    return FALSE;

  if (network->realm != NULL)
    network->realm_required |=
        read_boolean (side, "InnerIdentityHint") || read_boolean (side, "InnerIdentityEnforce");
  if (has_certificate)
    return read_client_file (login, side, passphrase, error);
  if (password == NULL || password->text_bytes == 0)
    return TRUE;
  g_clear_pointer (&network->password, fl_secret_unref);
  network->password = fl_profile_dup_secret (password->text, password->text_bytes, error);
  return network->password != NULL;
}

static gboolean
read_inner_type (FlXmlNode *inner, FlEapInner *value, char **unknown)
{
  FlXmlNode *eap = fl_xml_node_find (inner, "EAPMethod");
  FlXmlNode *other = fl_xml_node_find (inner, "NonEAPAuthMethod");
  gint64 type = 0;

  g_clear_pointer (unknown, g_free);
  if (eap != NULL && read_type (eap, &type))
    {
      *unknown = fl_profile_dup_method_name (type);
      return fl_profile_get_inner (type, value);
    }
  if (other != NULL && read_type (other, &type))
    switch (type)
      {
      case NON_EAP_PAP:
        *value = FL_EAP_INNER_PAP;
        return TRUE;
      case NON_EAP_MSCHAP:
        *value = FL_EAP_INNER_MSCHAP;
        return TRUE;
      case NON_EAP_MSCHAPV2:
        *value = FL_EAP_INNER_MSCHAPV2;
        return TRUE;
      }
  *unknown = g_strdup ("?");
  return FALSE;
}

/* (nullable), borrowed: the first inner method that is known. With none at all the outer method
 * says everything. @unknown: (transfer full) (nullable) the name of one that is not, when there is
 * no other. */
static FlXmlNode *
choose_inner (FlProfileLogin *login, FlXmlNode *method, char **unknown)
{
  for (guint i = 0; i < method->children->len; i++)
    {
      FlXmlNode *child = method->children->pdata[i];

      if (strcmp (child->name, "InnerAuthenticationMethod") == 0 &&
          read_inner_type (child, &login->inner, unknown))
        {
          g_clear_pointer (unknown, g_free);
          return child;
        }
    }
  return NULL;
}

static gboolean
read_method (Reader *self, FlXmlNode *method, GError **error)
{
  g_autoptr (FlProfileLogin) login = fl_profile_login_new (self->profile);
  g_autofree char *unknown = NULL;
  FlXmlNode *inner;
  gint64 type = 0;

  if (!read_type (fl_xml_node_find (method, "EAPMethod"), &type))
    return fl_profile_refuse (error, _ ("This profile does not say how to log in."));
  if (!fl_profile_get_method (type, &login->method))
    unknown = fl_profile_dup_method_name (type);
  inner = unknown == NULL ? choose_inner (login, method, &unknown) : NULL;
  if (unknown != NULL)
    {
      fl_profile_take_left_out (self->profile, fl_profile_dup_unknown_method (unknown));
      return TRUE;
    }

  fl_profile_network_add_ssids (login->network, self->ssids);
  if (!read_server_side (login, fl_xml_node_find (method, "ServerSideCredential"), self->passphrase,
                         error) ||
      !read_client_side (login, fl_xml_node_find (method, "ClientSideCredential"), self->passphrase,
                         error) ||
      !read_server_side (login, fl_xml_node_find (inner, "ServerSideCredential"), self->passphrase,
                         error) ||
      !read_client_side (login, fl_xml_node_find (inner, "ClientSideCredential"), self->passphrase,
                         error))
    return FALSE;
  return fl_profile_take_network (self->profile, fl_profile_login_finish (login), error);
}

static gboolean
read_provider (Reader *self, FlXmlNode *provider, const char *const *languages, GError **error)
{
  FlXmlNode *methods = fl_xml_node_find (provider, "AuthenticationMethods");
  gint64 expires = fl_profile_parse_date (fl_xml_node_get_child_text (provider, "ValidUntil"));

  if (expires > 0 && (self->profile->expires == 0 || expires < self->profile->expires))
    self->profile->expires = expires;
  read_provider_info (self->profile, fl_xml_node_find (provider, "ProviderInfo"), languages);

  g_ptr_array_set_size (self->ssids, 0);
  if (!read_ssids (self->ssids, fl_xml_node_find (provider, "CredentialApplicability"), error))
    return FALSE;
  for (guint i = 0; methods != NULL && i < methods->children->len; i++)
    {
      FlXmlNode *method = methods->children->pdata[i];

      if (strcmp (method->name, "AuthenticationMethod") == 0 && !read_method (self, method, error))
        return FALSE;
    }
  return TRUE;
}

FlProfile *
fl_profile_read_eap_config (FlSecret *contents,
                            FlSecret *passphrase,
                            const char *const *languages,
                            GError **error)
{
  g_autoptr (FlXmlNode) root = fl_xml_parse (contents, error);
  g_autoptr (FlProfile) profile = fl_profile_new ("eap-config");
  g_autoptr (GPtrArray) ssids = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  Reader self = { profile, passphrase, ssids };

  if (root == NULL)
    return NULL;
  if (strcmp (root->name, "EAPIdentityProvider") == 0)
    return read_provider (&self, root, languages, error) ? g_steal_pointer (&profile) : NULL;

  for (guint i = 0; i < root->children->len; i++)
    {
      FlXmlNode *child = root->children->pdata[i];

      if (strcmp (child->name, "EAPIdentityProvider") == 0 &&
          !read_provider (&self, child, languages, error))
        return NULL;
    }
  return g_steal_pointer (&profile);
}
