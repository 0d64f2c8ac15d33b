/* SPDX-License-Identifier: Apache-2.0 */

/* NetworkManager's key file: nm-settings-keyfile(5), nm-settings(5), and in its sources
 * src/libnm-core-impl/nm-keyfile.c; see PROFILES.md. */
#include "config.h"

#include "fl-profile-keys.h"
#include "fl-profile-login.h"
#include "fl-profile-private.h"
#include "fl-profile-text.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define LOGIN_GROUP    "802-1x"
#define MAX_PATH_BYTES 4096
#define MAX_METHODS    8

/* nm-keyfile.c: NM_KEYFILE_CERT_SCHEME_PREFIX_… */
#define PATH_PREFIX  "file://"
#define BLOB_PREFIX  "data:;base64,"
#define TOKEN_PREFIX "pkcs11:"

typedef struct
{
  FlProfile *profile;
  FlProfileKeys *keys;
  FlSecret *passphrase; /* (nullable) */
  const char *wifi;     /* the groups' names in this file: there are old ones */
  const char *security;
} Reader;

/* (transfer full) (nullable) in @text. For what is no secret. FALSE: unreadable. */
static gboolean
get_text (Reader *self, const char *group, const char *key, char **text, GError **error)
{
  g_autoptr (FlSecret) value = NULL;

  g_clear_pointer (text, g_free);
  if (!fl_profile_keys_get (self->keys, group, key, &value, error))
    return FALSE;
  if (value != NULL &&
      !g_utf8_validate_len (fl_secret_get_text (value), fl_secret_get_size (value), NULL))
    return fl_profile_refuse (error, _ ("The value of “%s” in this file is damaged."), key);
  if (value != NULL)
    *text = g_strdup (fl_secret_get_text (value));
  return TRUE;
}

/* get_bytes() of nm-keyfile.c: "72;105;" is a list of bytes when each has one to three digits and
 * a semicolon behind it; everything else is text. (transfer full) (nullable): it is no list. */
static FlSecret *
parse_byte_list (FlSecret *value)
{
  const char *at = fl_secret_get_text (value);
  g_autoptr (FlSecret) room = fl_secret_new_zeroed (fl_secret_get_size (value) / 2 + 1);
  guint8 *to = fl_secret_get_writable (room);
  gsize n_bytes = 0;

  while (TRUE)
    {
      guint number = 0, n_digits = 0;

      while (g_ascii_isspace (*at))
        at++;
      if (*at == '\0')
        break;
      for (; n_digits < 3 && g_ascii_isdigit (*at); n_digits++)
        number = 10 * number + (guint) g_ascii_digit_value (*at++);
      while (g_ascii_isspace (*at))
        at++;
      if (n_digits == 0 || number > G_MAXUINT8 || *at++ != ';')
        return NULL;
      to[n_bytes++] = (guint8) number;
    }
  return n_bytes > 0 ? fl_secret_new (to, n_bytes) : NULL;
}

/* (transfer full) "\;" → ";" */
static FlSecret *
unescape_semicolons (FlSecret *value)
{
  const char *from = fl_secret_get_text (value);
  gsize size = fl_secret_get_size (value), n_bytes = 0;
  g_autoptr (FlSecret) room = fl_secret_new_zeroed (size);
  guint8 *to = fl_secret_get_writable (room);

  for (gsize i = 0; i < size; i++)
    {
      if (from[i] == '\\' && i + 1 < size && from[i + 1] == ';')
        i++;
      to[n_bytes++] = (guint8) from[i];
    }
  return fl_secret_new (to, n_bytes);
}

/* (transfer full) (nullable) in @bytes: a value that is text or a list of bytes. */
static gboolean
get_bytes (Reader *self, const char *group, const char *key, FlSecret **bytes, GError **error)
{
  g_autoptr (FlSecret) value = NULL;

  g_clear_pointer (bytes, fl_secret_unref);
  if (!fl_profile_keys_get (self->keys, group, key, &value, error))
    return FALSE;
  if (value == NULL || fl_secret_get_size (value) == 0)
    return TRUE;
  *bytes = parse_byte_list (value);
  if (*bytes == NULL)
    *bytes = unescape_semicolons (value);
  return TRUE;
}

static gboolean
is_true (Reader *self, const char *group, const char *key)
{
  g_autofree char *text = NULL;

  return get_text (self, group, key, &text, NULL) && text != NULL &&
         (strcmp (text, "true") == 0 || strcmp (text, "1") == 0);
}

/* (transfer full) (nullable) in @password: "text" as it is, or else @raw_key as bytes. */
static gboolean
get_password (Reader *self,
              const char *group,
              const char *key,
              const char *raw_key,
              FlSecret **password,
              GError **error)
{
  g_autoptr (FlSecret) value = NULL;

  if (!fl_profile_keys_get (self->keys, group, key, &value, error))
    return FALSE;
  if ((value == NULL || fl_secret_get_size (value) == 0) && raw_key != NULL &&
      !get_bytes (self, group, raw_key, &value, error))
    return FALSE;
  if (value == NULL || fl_secret_get_size (value) == 0) /* "-flags" say that it is kept elsewhere */
    return TRUE;

  *password = fl_profile_dup_secret (fl_secret_get_data (value), fl_secret_get_size (value), error);
  return *password != NULL;
}

static gboolean
has_file_name (const char *text)
{
  static const char *const ends[] = { ".pem", ".cert", ".crt", ".cer", ".p12", ".der", ".key" };

  if (strchr (text, '/') != NULL)
    return strstr (text, "-----BEGIN ") == NULL;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]))
      return TRUE;
  return FALSE;
}

/* A certificate or a key: cert_parser() of nm-keyfile.c. One of @blob and @path (transfer full) is
 * set, or none. */
static gboolean
get_file (Reader *self, const char *key, FlSecret **blob, char **path, GError **error)
{
  g_autoptr (FlSecret) value = NULL;
  const char *text;
  gsize size;

  if (!fl_profile_keys_get (self->keys, LOGIN_GROUP, key, &value, error))
    return FALSE;
  size = value != NULL ? fl_secret_get_size (value) : 0;
  if (size == 0)
    return TRUE;

  text = fl_secret_get_text (value);
  *blob = parse_byte_list (value);
  if (*blob != NULL)
    return TRUE;
  if (g_str_has_prefix (text, TOKEN_PREFIX))
    return fl_profile_refuse (error, _ ("A certificate of this profile lies on a smart card."));
  if (g_str_has_prefix (text, BLOB_PREFIX))
    {
      *blob = fl_profile_decode_base64 (text + strlen (BLOB_PREFIX), size - strlen (BLOB_PREFIX));
      return *blob != NULL ||
             fl_profile_refuse (error, _ ("A certificate of this profile is damaged."));
    }
  if (g_str_has_prefix (text, PATH_PREFIX))
    text += strlen (PATH_PREFIX);
  else if (!has_file_name (text) || size > MAX_PATH_BYTES)
    {
      *blob = g_steal_pointer (&value);
      return TRUE;
    }
  if (strlen (text) > MAX_PATH_BYTES || !g_utf8_validate (text, -1, NULL))
    return fl_profile_refuse (error, _ ("The name of a file in this profile cannot be read."));
  *path = g_strdup (text);
  return TRUE;
}

static gboolean
read_ca (Reader *self, FlProfileLogin *login, GError **error)
{
  g_autoptr (FlSecret) blob = NULL;

  if (!get_file (self, "ca-cert", &blob, &login->network->ca_path, error))
    return FALSE;
  if (blob != NULL)
    return fl_profile_login_add_ca (login, blob, NULL, self->passphrase, error);
  if (login->network->ca_path == NULL && is_true (self, LOGIN_GROUP, "system-ca-certs"))
    fl_profile_take_left_out (self->profile,
                              g_strdup (_ ("The network's certificate is not in this profile: it "
                                           "relies on those of the computer.")));
  return TRUE;
}

/* One file with the device's own certificate, its key, or both. */
static gboolean
read_client_file (Reader *self,
                  FlProfileLogin *login,
                  const char *key,
                  FlSecret *own,
                  char **path,
                  GError **error)
{
  g_autoptr (FlSecret) blob = NULL;

  if (!get_file (self, key, &blob, path, error))
    return FALSE;
  return blob == NULL ||
         fl_profile_login_add_client (login, blob, NULL, own, self->passphrase, error);
}

static gboolean
read_client (Reader *self, FlProfileLogin *login, GError **error)
{
  gboolean is_inside = login->method != FL_EAP_TLS;
  FlProfileNetwork *network = login->network;
  g_autoptr (FlSecret) own = NULL;

  if (is_inside && login->inner != FL_EAP_INNER_TLS)
    return TRUE;
  return get_password (self, LOGIN_GROUP,
                       is_inside ? "phase2-private-key-password" : "private-key-password", NULL,
                       &own, error) &&
         read_client_file (self, login, is_inside ? "phase2-client-cert" : "client-cert", own,
                           &network->certificate_path, error) &&
         read_client_file (self, login, is_inside ? "phase2-private-key" : "private-key", own,
                           &network->key_path, error);
}

/* Lists in one value, separated by semicolons; "DNS:" is what altsubject-matches put before. */
static gboolean
read_servers (Reader *self, FlProfileLogin *login, GError **error)
{
  static const char *const names[] = { "domain-suffix-match", "domain-match",
                                       "altsubject-matches" };
  g_autofree char *subject = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) parts = NULL;

      if (!get_text (self, LOGIN_GROUP, names[i], &text, error))
        return FALSE;
      parts = g_strsplit (text != NULL ? text : "", ";", -1);
      for (guint n = 0; parts[n] != NULL; n++)
        {
          const char *name = parts[n];

          if (g_str_has_prefix (name, "DNS:"))
            name += strlen ("DNS:");
          if (!fl_profile_login_add_server (login, name, error))
            return FALSE;
        }
    }
  if (!get_text (self, LOGIN_GROUP, "subject-match", &subject, error))
    return FALSE;
  if (subject != NULL && *subject != '\0')
    fl_profile_take_left_out (self->profile, g_strdup (_ ("What this profile says of the server's "
                                                          "whole name is not used.")));
  return TRUE;
}

/* phase2-autheap, or phase2-auth. FALSE: unreadable. @unknown: (transfer full) (nullable). */
static gboolean
read_inner (Reader *self, FlProfileLogin *login, char **unknown, GError **error)
{
  g_autofree char *inside = NULL;

  if (!get_text (self, LOGIN_GROUP, "phase2-autheap", &inside, error) ||
      ((inside == NULL || *inside == '\0') &&
       !get_text (self, LOGIN_GROUP, "phase2-auth", &inside, error)))
    return FALSE;

  login->inner = FL_EAP_INNER_NONE;
  if (login->method == FL_EAP_PEAP)
    login->inner = FL_EAP_INNER_MSCHAPV2;
  if (login->method != FL_EAP_TLS && inside != NULL && *inside != '\0' &&
      !fl_profile_parse_inner (g_strstrip (g_strdelimit (inside, ";", ' ')), &login->inner))
    *unknown = g_steal_pointer (&inside);
  return TRUE;
}

/* (transfer full) (nullable) */
static GBytes *
read_ssid (Reader *self, GError **error)
{
  g_autoptr (FlSecret) bytes = NULL;

  if (!get_bytes (self, self->wifi, "ssid", &bytes, error))
    return NULL;
  return fl_profile_dup_ssid (bytes != NULL ? fl_secret_get_data (bytes) : NULL,
                              bytes != NULL ? fl_secret_get_size (bytes) : 0, error);
}

static gboolean
read_names (Reader *self, FlProfileLogin *login, GError **error)
{
  g_autofree char *identity = NULL;
  g_autofree char *outer = NULL;

  return get_text (self, LOGIN_GROUP, "identity", &identity, error) &&
         get_text (self, LOGIN_GROUP, "anonymous-identity", &outer, error) &&
         fl_profile_dup_login (identity, -1, &login->identity, error) &&
         fl_profile_dup_login (outer, -1, &login->anonymous_identity, error) &&
         get_password (self, LOGIN_GROUP, "password", "password-raw", &login->network->password,
                       error);
}

static gboolean
read_login (Reader *self, FlEapMethod method, GError **error)
{
  g_autoptr (FlProfileLogin) login = fl_profile_login_new (self->profile);
  g_autofree char *unknown = NULL;
  GBytes *ssid = read_ssid (self, error);

  if (ssid == NULL)
    return FALSE;
  g_ptr_array_add (login->network->ssids, ssid);
  login->network->hidden = is_true (self, self->wifi, "hidden");
  login->method = method;
  if (!read_inner (self, login, &unknown, error))
    return FALSE;
  if (unknown != NULL)
    {
      fl_profile_take_left_out (self->profile, fl_profile_dup_unknown_method (unknown));
      return TRUE;
    }
  if (!read_names (self, login, error) || !read_servers (self, login, error) ||
      !read_ca (self, login, error) || !read_client (self, login, error))
    return FALSE;
  return fl_profile_take_network (self->profile, fl_profile_login_finish (login), error);
}

/* One network for each method that is allowed. */
static gboolean
read_logins (Reader *self, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) methods = NULL;

  if (!get_text (self, LOGIN_GROUP, "eap", &text, error))
    return FALSE;
  if (text == NULL || *text == '\0')
    return fl_profile_refuse (error, _ ("This profile does not say how to log in."));
  methods = g_strsplit (text, ";", MAX_METHODS);
  for (guint i = 0; methods[i] != NULL; i++)
    {
      FlEapMethod method;

      g_strstrip (methods[i]);
      if (*methods[i] == '\0')
        continue;
      if (!fl_profile_parse_method (methods[i], &method))
        fl_profile_take_left_out (self->profile, fl_profile_dup_unknown_method (methods[i]));
      else if (!read_login (self, method, error))
        return FALSE;
    }
  return TRUE;
}

/* nm-settings(5), 802-11-wireless-security: key-mgmt */
static FlSecurity
read_security (const char *key_mgmt, const char *proto)
{
  if (key_mgmt == NULL)
    return FL_SECURITY_OPEN;
  if (strcmp (key_mgmt, "none") == 0)
    return FL_SECURITY_WEP;
  if (strcmp (key_mgmt, "sae") == 0)
    return FL_SECURITY_WPA3;
  if (strcmp (key_mgmt, "wpa-psk") == 0)
    return g_strcmp0 (proto, "wpa") == 0 ? FL_SECURITY_WPA : FL_SECURITY_WPA2;
  if (g_str_has_prefix (key_mgmt, "wpa-eap") || strcmp (key_mgmt, "ieee8021x") == 0)
    return FL_SECURITY_ENTERPRISE;
  return FL_SECURITY_UNKNOWN;
}

static gboolean
read_personal (Reader *self, FlSecurity security, GError **error)
{
  g_autoptr (FlProfileNetwork) network = fl_profile_network_new ();
  GBytes *ssid = read_ssid (self, error);

  if (ssid == NULL)
    return FALSE;
  g_ptr_array_add (network->ssids, ssid);
  network->security = security;
  network->hidden = is_true (self, self->wifi, "hidden");
  if (!get_password (self, self->security, security == FL_SECURITY_WEP ? "wep-key0" : "psk", NULL,
                     &network->password, error))
    return FALSE;
  if (security == FL_SECURITY_WEP && network->password == NULL)
    network->security = FL_SECURITY_OPEN;
  return fl_profile_take_network (self->profile, g_steal_pointer (&network), error);
}

static gboolean
read_network (Reader *self, GError **error)
{
  g_autofree char *key_mgmt = NULL, *proto = NULL, *id = NULL, *mode = NULL;
  FlSecurity security;

  if (!get_text (self, "connection", "id", &id, error) ||
      !get_text (self, self->wifi, "mode", &mode, error) ||
      !get_text (self, self->security, "key-mgmt", &key_mgmt, error) ||
      !get_text (self, self->security, "proto", &proto, error))
    return FALSE;
  self->profile->provider = fl_profile_dup_line (id);
  if (mode != NULL && strcmp (mode, "infrastructure") != 0)
    {
      fl_profile_take_left_out (self->profile,
                                g_strdup (_ ("This profile makes a network instead of joining "
                                             "one.")));
      return TRUE;
    }
  if (proto != NULL)
    g_strstrip (g_strdelimit (proto, ";", ' '));
  security = read_security (key_mgmt, proto);
  return security == FL_SECURITY_ENTERPRISE ? read_logins (self, error)
                                            : read_personal (self, security, error);
}

FlProfile *
fl_profile_read_nmconnection (FlSecret *contents, FlSecret *passphrase, GError **error)
{
  g_autoptr (FlProfileKeys) keys = fl_profile_keys_new (contents, error);
  g_autoptr (FlProfile) profile = fl_profile_new ("nmconnection");
  Reader self = { profile, keys, passphrase, "wifi", "wifi-security" };

  if (keys == NULL)
    return NULL;
  if (!fl_profile_keys_has_group (keys, self.wifi))
    self.wifi = "802-11-wireless";
  if (!fl_profile_keys_has_group (keys, self.security))
    self.security = "802-11-wireless-security";
  if (fl_profile_keys_has_group (keys, self.wifi) && !read_network (&self, error))
    return NULL;
  return g_steal_pointer (&profile);
}
