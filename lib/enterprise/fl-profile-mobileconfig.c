/* SPDX-License-Identifier: Apache-2.0 */

/* Apple, "Configuration Profile Reference" and "Device Management": com.apple.wifi.managed and the
 * certificate payloads. Keys are Apple's; see PROFILES.md. */
#include "config.h"

#include "fl-error.h"
#include "fl-profile-cms.h"
#include "fl-profile-login.h"
#include "fl-profile-plist.h"
#include "fl-profile-private.h"
#include "fl-profile-text.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define WIFI_PAYLOAD   "com.apple.wifi.managed"
#define PKCS12_PAYLOAD "com.apple.security.pkcs12"

typedef struct
{
  FlProfile *profile;
  FlXmlNode *payloads;  /* array */
  FlSecret *passphrase; /* (nullable) */
} Reader;

static gboolean
has_type (FlXmlNode *payload, const char *type)
{
  return g_strcmp0 (fl_plist_get_string (payload, "PayloadType"), type) == 0;
}

static gboolean
is_root (FlXmlNode *payload)
{
  return has_type (payload, "com.apple.security.root") ||
         has_type (payload, "com.apple.security.pkcs1") ||
         has_type (payload, "com.apple.security.pem");
}

/* (nullable), borrowed */
static FlXmlNode *
find_payload (Reader *self, const char *uuid)
{
  for (guint i = 0; i < fl_plist_get_length (self->payloads); i++)
    {
      FlXmlNode *payload = fl_plist_get_item (self->payloads, i);
      const char *own = fl_plist_get_string (payload, "PayloadUUID");

      if (own != NULL && g_ascii_strcasecmp (own, uuid) == 0)
        return payload;
    }
  return NULL;
}

/* (nullable), borrowed: for sentences. */
static const char *
get_name (FlXmlNode *payload)
{
  const char *name = fl_plist_get_string (payload, "PayloadDisplayName");

  return name != NULL ? name : fl_plist_get_string (payload, "PayloadCertificateFileName");
}

/* (transfer full) */
static FlSecret *
dup_content (FlXmlNode *payload, GError **error)
{
  FlSecret *bytes = fl_plist_dup_data (payload, "PayloadContent");

  if (bytes == NULL)
    fl_profile_refuse (error, _ ("A certificate of this profile is damaged."));
  return bytes;
}

static gboolean
add_ca (Reader *self, FlProfileLogin *login, FlXmlNode *payload, GError **error)
{
  g_autoptr (FlSecret) bytes = dup_content (payload, error);

  return bytes != NULL &&
         fl_profile_login_add_ca (login, bytes, get_name (payload), self->passphrase, error);
}

/* The certificates that the server's has to end in: those that are named, else all that the profile
 * brings, which Apple's systems would trust, too. */
static gboolean
read_anchors (Reader *self, FlProfileLogin *login, FlXmlNode *eap, GError **error)
{
  FlXmlNode *anchors = fl_plist_lookup (eap, "PayloadCertificateAnchorUUID");

  for (guint i = 0; i < fl_plist_get_length (anchors); i++)
    {
      const char *uuid = fl_plist_node_get_string (fl_plist_get_item (anchors, i));
      FlXmlNode *payload = uuid != NULL ? find_payload (self, uuid) : NULL;

      if (payload == NULL || !is_root (payload))
        return fl_profile_refuse (error,
                                  _ ("The network's certificate is missing in this profile."));
      if (!add_ca (self, login, payload, error))
        return FALSE;
    }
  if (fl_plist_get_length (anchors) > 0)
    return TRUE;

  for (guint i = 0; i < fl_plist_get_length (self->payloads); i++)
    {
      FlXmlNode *payload = fl_plist_get_item (self->payloads, i);

      if (is_root (payload) && !add_ca (self, login, payload, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_servers (FlProfileLogin *login, FlXmlNode *eap, GError **error)
{
  FlXmlNode *names = fl_plist_lookup (eap, "TLSTrustedServerNames");

  for (guint i = 0; i < fl_plist_get_length (names); i++)
    {
      const char *name = fl_plist_node_get_string (fl_plist_get_item (names, i));

      if (name != NULL && !fl_profile_login_add_server (login, name, error))
        return FALSE;
    }
  return TRUE;
}

/* The device's own certificate. */
static gboolean
read_identity (Reader *self, FlProfileLogin *login, FlXmlNode *wifi, GError **error)
{
  const char *uuid = fl_plist_get_string (wifi, "PayloadCertificateUUID");
  FlXmlNode *payload = uuid != NULL ? find_payload (self, uuid) : NULL;
  const char *own_text = fl_plist_get_string (payload, "Password");
  g_autoptr (FlSecret) bytes = NULL;
  g_autoptr (FlSecret) own = NULL;

  if (uuid == NULL)
    return TRUE;
  if (payload == NULL)
    return fl_profile_refuse (error, _ ("The device's certificate is missing in this profile."));
  if (!has_type (payload, PKCS12_PAYLOAD)) /* SCEP, ACME, Active Directory */
    return fl_profile_refuse (error, _ ("This profile fetches the device's certificate from a "
                                        "server. Only certificates inside the profile can be "
                                        "used."));

  bytes = dup_content (payload, error);
  if (bytes == NULL)
    return FALSE;
  if (own_text != NULL &&
      (own = fl_profile_dup_secret (own_text, strlen (own_text), error)) == NULL)
    return FALSE;
  return fl_profile_login_add_client (login, bytes, get_name (payload), own, self->passphrase,
                                      error);
}

static void
read_inner (FlProfileLogin *login, FlXmlNode *eap)
{
  const char *inner = fl_plist_get_string (eap, "TTLSInnerAuthentication");

  login->inner = FL_EAP_INNER_NONE; /* what "EAP" in TTLS leaves open */
  if (login->method == FL_EAP_PEAP || (login->method == FL_EAP_TTLS && inner == NULL))
    login->inner = FL_EAP_INNER_MSCHAPV2; /* Apple's default */
  else if (login->method == FL_EAP_TTLS)
    fl_profile_parse_inner (inner, &login->inner);
}

/* (transfer full) (nullable) */
static GPtrArray *
read_ssids (FlXmlNode *wifi, GError **error)
{
  g_autoptr (GPtrArray) ssids = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  const char *name = fl_plist_get_string (wifi, "SSID_STR");
  GBytes *ssid;

  if (name == NULL &&
      fl_plist_get_boolean (wifi, "IsHotspot")) /* Passpoint: found by other means */
    return g_steal_pointer (&ssids);
  ssid = fl_profile_dup_ssid ((const guint8 *) name, name != NULL ? strlen (name) : 0, error);
  if (ssid == NULL)
    return NULL;
  g_ptr_array_add (ssids, ssid);
  return g_steal_pointer (&ssids);
}

static gboolean
read_password (FlProfileNetwork *network, FlXmlNode *dict, const char *key, GError **error)
{
  const char *text = fl_plist_get_string (dict, key);

  if (text == NULL || *text == '\0')
    return TRUE;
  network->password = fl_profile_dup_secret (text, strlen (text), error);
  return network->password != NULL;
}

static gboolean
read_login (Reader *self, FlXmlNode *wifi, FlXmlNode *eap, FlEapMethod method, GError **error)
{
  g_autoptr (FlProfileLogin) login = fl_profile_login_new (self->profile);
  g_autoptr (GPtrArray) ssids = read_ssids (wifi, error);

  if (ssids == NULL)
    return FALSE;
  fl_profile_network_add_ssids (login->network, ssids);
  login->network->hidden = fl_plist_get_boolean (wifi, "HIDDEN_NETWORK");
  login->method = method;
  read_inner (login, eap);
  if (!fl_profile_dup_login (fl_plist_get_string (eap, "UserName"), -1, &login->identity, error) ||
      !fl_profile_dup_login (fl_plist_get_string (eap, "OuterIdentity"), -1,
                             &login->anonymous_identity, error) ||
      !read_password (login->network, eap, "UserPassword", error) ||
      !read_servers (login, eap, error) || !read_anchors (self, login, eap, error) ||
      (method == FL_EAP_TLS && !read_identity (self, login, wifi, error)))
    return FALSE;
  return fl_profile_take_network (self->profile, fl_profile_login_finish (login), error);
}

/* One network for each method that is allowed, in Apple's order. */
static gboolean
read_logins (Reader *self, FlXmlNode *wifi, FlXmlNode *eap, GError **error)
{
  FlXmlNode *types = fl_plist_lookup (eap, "AcceptEAPTypes");

  if (fl_plist_get_length (types) == 0)
    return fl_profile_refuse (error, _ ("This profile does not say how to log in."));
  for (guint i = 0; i < fl_plist_get_length (types); i++)
    {
      FlEapMethod method;
      gint64 type = 0;

      if (!fl_plist_node_get_integer (fl_plist_get_item (types, i), &type))
        return fl_profile_refuse (error, _ ("This profile does not say how to log in."));
      if (!fl_profile_get_method (type, &method))
        {
          g_autofree char *name = fl_profile_dup_method_name (type);

          fl_profile_take_left_out (self->profile, fl_profile_dup_unknown_method (name));
        }
      else if (!read_login (self, wifi, eap, method, error))
        return FALSE;
    }
  return TRUE;
}

/* EncryptionType; the default is "Any". */
static FlSecurity
read_security (FlXmlNode *wifi)
{
  static const struct
  {
    const char *name;
    FlSecurity security;
  } rows[] = {
    { "None", FL_SECURITY_OPEN },    { "WEP", FL_SECURITY_WEP },
    { "WPA", FL_SECURITY_WPA_WPA2 }, /* Apple: "WPA allows joining WPA and WPA2 networks" */
    { "WPA2", FL_SECURITY_WPA2 },    { "WPA3", FL_SECURITY_WPA3 },
  };
  const char *type = fl_plist_get_string (wifi, "EncryptionType");
  const char *password = fl_plist_get_string (wifi, "Password");

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (rows); i++)
    if (strcmp (type, rows[i].name) == 0)
      return rows[i].security;
  return password != NULL && *password != '\0' ? FL_SECURITY_UNKNOWN : FL_SECURITY_OPEN;
}

static gboolean
read_wifi (Reader *self, FlXmlNode *wifi, GError **error)
{
  FlXmlNode *eap = fl_plist_lookup (wifi, "EAPClientConfiguration");
  const char *proxy = fl_plist_get_string (wifi, "ProxyType");
  g_autoptr (FlProfileNetwork) network = NULL;
  g_autoptr (GPtrArray) ssids = NULL;

  if (proxy != NULL && strcmp (proxy, "None") != 0)
    fl_profile_take_left_out (self->profile,
                              g_strdup (_ ("The proxy of this profile is not used.")));
  if (eap != NULL)
    return read_logins (self, wifi, eap, error);

  ssids = read_ssids (wifi, error);
  if (ssids == NULL)
    return FALSE;
  network = fl_profile_network_new ();
  fl_profile_network_add_ssids (network, ssids);
  network->security = read_security (wifi);
  network->hidden = fl_plist_get_boolean (wifi, "HIDDEN_NETWORK");
  if (!read_password (network, wifi, "Password", error))
    return FALSE;
  return fl_profile_take_network (self->profile, g_steal_pointer (&network), error);
}

/* The earlier one; 0: never. */
static gint64
read_expiry (FlXmlNode *dict)
{
  gint64 expiry = fl_plist_get_date (dict, "PayloadExpirationDate");
  gint64 removal = fl_plist_get_date (dict, "RemovalDate");

  return expiry == 0 || (removal > 0 && removal < expiry) ? removal : expiry;
}

static FlProfile *
read_plist (FlSecret *contents, FlSecret *passphrase, GError **error)
{
  g_autoptr (FlXmlNode) root = fl_xml_parse (contents, error);
  g_autoptr (FlProfile) profile = fl_profile_new ("mobileconfig");
  FlXmlNode *dict;
  Reader self = { profile, NULL, passphrase };

  if (root == NULL)
    return NULL;
  dict = root->children->len == 1 ? root->children->pdata[0] : NULL;
  if (strcmp (root->name, "plist") != 0 || dict == NULL || !fl_plist_is_valid (dict))
    {
      fl_profile_refuse (error, _ ("This file is no configuration profile."));
      return NULL;
    }
  if (fl_plist_lookup (dict, "EncryptedPayloadContent") != NULL)
    {
      fl_profile_refuse (error, _ ("This profile is encrypted for one other device."));
      return NULL;
    }

  self.payloads = fl_plist_lookup (dict, "PayloadContent");
  profile->provider = fl_profile_dup_line (fl_plist_get_string (dict, "PayloadOrganization"));
  if (profile->provider == NULL)
    profile->provider = fl_profile_dup_line (fl_plist_get_string (dict, "PayloadDisplayName"));
  profile->expires = read_expiry (dict);
  for (guint i = 0; i < fl_plist_get_length (self.payloads); i++)
    {
      FlXmlNode *payload = fl_plist_get_item (self.payloads, i);

      if (has_type (payload, WIFI_PAYLOAD) && !read_wifi (&self, payload, error))
        return NULL;
    }
  return g_steal_pointer (&profile);
}

FlProfile *
fl_profile_read_mobileconfig (FlSecret *contents, FlSecret *passphrase, GError **error)
{
  g_autoptr (FlSecret) inside = NULL;
  g_autofree char *signer = NULL;
  FlCmsSignature signature = FL_CMS_SIGNATURE_NONE;
  FlProfile *profile;

  switch (fl_cms_sniff (contents))
    {
    case FL_CMS_NONE:
      return read_plist (contents, passphrase, error);
    case FL_CMS_ENCRYPTED:
      fl_profile_refuse (error, _ ("This profile is encrypted for one other device."));
      return NULL;
    case FL_CMS_SIGNED:
      break;
    }

  inside = fl_cms_unwrap (contents, &signature, &signer);
  if (inside == NULL)
    {
      fl_profile_refuse (error, _ ("This file is damaged, or holds certificates and no profile."));
      return NULL;
    }
  profile = read_plist (inside, passphrase, error);
  if (profile == NULL)
    return NULL;
  profile->signer = g_steal_pointer (&signer);
  if (signature == FL_CMS_SIGNATURE_BAD)
    fl_profile_take_left_out (profile,
                              g_strdup (
                                  _ ("The signature of this profile does not fit what is in it.")));
  return profile;
}
