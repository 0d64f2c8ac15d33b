/* SPDX-License-Identifier: Apache-2.0 */

/* hostap: wpa_supplicant/wpa_supplicant.conf and wpa_supplicant/config.c (ssid_fields and the
 * wpa_config_parse_… functions); see PROFILES.md. */
#include "config.h"

#include "fl-profile-login.h"
#include "fl-profile-private.h"
#include "fl-profile-text.h"
#include "fl-profile-wpa-file.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#define BLOB_PREFIX      "blob://"
#define HASH_PREFIX      "hash:" /* of a password; "hash://server/sha256/" of a server */
#define PROBE_PREFIX     "probe://"
#define ELSEWHERE_PREFIX "ext:"
#define MAX_PATH_BYTES   4096
#define MAX_WORDS        16
#define RAW_KEY_DIGITS   64 /* IEEE 802.11-2020, annex J.4.1: 256 bits */

typedef struct
{
  FlProfile *profile;
  FlWpaFile *file;
  FlSecret *passphrase; /* (nullable) */
  guint network;
} Reader;

static gboolean
refuse_value (const char *key, GError **error)
{
  return fl_profile_refuse (error, _ ("The value of “%s” in this file is damaged."), key);
}

static gboolean
has (Reader *self, const char *key)
{
  g_autoptr (FlSecret) raw = fl_wpa_file_dup_raw (self->file, self->network, key);

  return raw != NULL;
}

/* (transfer full) (nullable) in @value. FALSE: it is not written as a string. */
static gboolean
get_string (Reader *self, const char *key, FlSecret **value, GError **error)
{
  g_autoptr (FlSecret) raw = fl_wpa_file_dup_raw (self->file, self->network, key);

  g_clear_pointer (value, fl_secret_unref);
  if (raw == NULL || strcmp (fl_secret_get_text (raw), "NULL") == 0)
    return TRUE;
  *value = fl_wpa_parse_string (raw);
  return *value != NULL || refuse_value (key, error);
}

/* The same for what is no secret. */
static gboolean
get_text (Reader *self, const char *key, char **text, GError **error)
{
  g_autoptr (FlSecret) value = NULL;

  g_clear_pointer (text, g_free);
  if (!get_string (self, key, &value, error))
    return FALSE;
  if (value == NULL)
    return TRUE;
  if (!g_utf8_validate_len (fl_secret_get_text (value), fl_secret_get_size (value), NULL))
    return refuse_value (key, error);
  *text = g_strdup (fl_secret_get_text (value));
  return TRUE;
}

/* (transfer full) The words of a value without quotes; none when there is no such value. */
static GStrv
dup_words (Reader *self, const char *key)
{
  g_autoptr (FlSecret) raw = fl_wpa_file_dup_raw (self->file, self->network, key);
  g_autofree char *text = g_strdup (raw != NULL ? fl_secret_get_text (raw) : "");

  return g_strsplit (g_strstrip (g_strdelimit (text, "\t", ' ')), " ", MAX_WORDS);
}

static gboolean
has_word (GStrv words, const char *ends)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_suffix (words[i], ends))
      return TRUE;
  return FALSE;
}

/* @password: (transfer full) (nullable). */
static gboolean
get_password (Reader *self, const char *key, FlSecret **password, GError **error)
{
  g_autoptr (FlSecret) raw = fl_wpa_file_dup_raw (self->file, self->network, key);
  const char *text = raw != NULL ? fl_secret_get_text (raw) : "";
  g_autoptr (FlSecret) value = NULL;

  if (g_str_has_prefix (text, HASH_PREFIX))
    return fl_profile_refuse (error, _ ("This profile has only a fingerprint of the password. The "
                                        "device needs the password itself."));
  if (g_str_has_prefix (text, ELSEWHERE_PREFIX))
    {
      fl_profile_take_left_out (self->profile,
                                g_strdup (_ ("The password is not in this profile.")));
      return TRUE;
    }
  if (!get_string (self, key, &value, error))
    return FALSE;
  if (value == NULL || fl_secret_get_size (value) == 0)
    return TRUE;
  *password = fl_profile_dup_secret (fl_secret_get_data (value), fl_secret_get_size (value), error);
  return *password != NULL;
}

/* A key that is not written as a string: 64 digits, or a WEP key in digits. Devices take them as
 * digits, too. */
static gboolean
get_key (Reader *self, const char *key, FlSecret **password, GError **error)
{
  g_autoptr (FlSecret) raw = fl_wpa_file_dup_raw (self->file, self->network, key);
  g_autoptr (FlSecret) bytes = NULL;
  const char *text = raw != NULL ? fl_secret_get_text (raw) : "\"";
  gboolean is_psk = strcmp (key, "psk") == 0;

  if (*text == '"' || g_str_has_prefix (text, ELSEWHERE_PREFIX))
    return get_password (self, key, password, error);
  bytes = fl_profile_decode_hex (text, fl_secret_get_size (raw));
  if (bytes == NULL || fl_secret_get_size (bytes) == 0 ||
      (is_psk && fl_secret_get_size (raw) != RAW_KEY_DIGITS))
    return refuse_value (key, error);
  *password = fl_profile_dup_secret (text, fl_secret_get_size (raw), error);
  return *password != NULL;
}

/* A certificate or a key: one of @blob (borrowed) and @path (transfer full) is set, or none. */
static gboolean
get_file (Reader *self, const char *key, FlSecret **blob, char **path, GError **error)
{
  g_autofree char *text = NULL;

  if (!get_text (self, key, &text, error))
    return FALSE;
  if (text == NULL || *text == '\0')
    return TRUE;
  if (g_str_has_prefix (text, HASH_PREFIX) || g_str_has_prefix (text, PROBE_PREFIX))
    {
      fl_profile_take_left_out (
          self->profile,
          g_strdup (_ ("The network's certificate is not in this profile, only its fingerprint.")));
      return TRUE;
    }
  if (!g_str_has_prefix (text, BLOB_PREFIX))
    {
      if (strlen (text) > MAX_PATH_BYTES)
        return refuse_value (key, error);
      *path = g_steal_pointer (&text);
      return TRUE;
    }
  *blob = fl_wpa_file_get_blob (self->file, text + strlen (BLOB_PREFIX));
  return *blob != NULL ||
         fl_profile_refuse (error, _ ("A certificate that this profile names is not in it."));
}

static gboolean
read_ca (Reader *self, FlProfileLogin *login, GError **error)
{
  FlSecret *blob = NULL;

  return get_file (self, "ca_cert", &blob, &login->network->ca_path, error) &&
         (blob == NULL || fl_profile_login_add_ca (login, blob, NULL, self->passphrase, error));
}

static gboolean
read_client (Reader *self, FlProfileLogin *login, GError **error)
{
  gboolean is_inside = login->method != FL_EAP_TLS;
  FlSecret *certificate = NULL, *key = NULL;
  g_autoptr (FlSecret) own = NULL;

  if (is_inside && login->inner != FL_EAP_INNER_TLS)
    return TRUE;
  return get_password (self, is_inside ? "private_key2_passwd" : "private_key_passwd", &own,
                       error) &&
         get_file (self, is_inside ? "client_cert2" : "client_cert", &certificate,
                   &login->network->certificate_path, error) &&
         get_file (self, is_inside ? "private_key2" : "private_key", &key,
                   &login->network->key_path, error) &&
         (certificate == NULL ||
          fl_profile_login_add_client (login, certificate, NULL, own, self->passphrase, error)) &&
         (key == NULL || key == certificate ||
          fl_profile_login_add_client (login, key, NULL, own, self->passphrase, error));
}

/* Semicolons separate names; "DNS:" is what altsubject_match puts before. */
static gboolean
read_servers (Reader *self, FlProfileLogin *login, GError **error)
{
  static const char *const names[] = { "domain_suffix_match", "domain_match", "altsubject_match" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) parts = NULL;

      if (!get_text (self, names[i], &text, error))
        return FALSE;
      parts = g_strsplit (text != NULL ? text : "", ";", -1);
      for (guint n = 0; parts[n] != NULL; n++)
        if (!fl_profile_login_add_server (
                login, parts[n] + (g_str_has_prefix (parts[n], "DNS:") ? strlen ("DNS:") : 0),
                error))
          return FALSE;
    }
  if (has (self, "subject_match"))
    fl_profile_take_left_out (self->profile, g_strdup (_ ("What this profile says of the server's "
                                                          "whole name is not used.")));
  return TRUE;
}

/* phase2="auth=MSCHAPV2 autheap=GTC": the first one that is known. @unknown: (transfer full)
 * (nullable) when none is. */
static gboolean
read_inner (Reader *self, FlProfileLogin *login, char **unknown, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  login->inner = login->method == FL_EAP_PEAP ? FL_EAP_INNER_MSCHAPV2 : FL_EAP_INNER_NONE;
  if (!get_text (self, "phase2", &text, error))
    return FALSE;
  words = g_strsplit (text != NULL ? text : "", " ", MAX_WORDS);
  for (guint i = 0; words[i] != NULL && login->method != FL_EAP_TLS; i++)
    {
      const char *sign = strchr (words[i], '=');

      if (sign == NULL || !g_str_has_prefix (words[i], "auth"))
        continue;
      if (fl_profile_parse_inner (sign + 1, &login->inner))
        {
          g_clear_pointer (unknown, g_free);
          return TRUE;
        }
      g_free (*unknown);
      *unknown = g_strdup (sign + 1);
    }
  return TRUE;
}

/* (transfer full) (nullable) */
static FlProfileNetwork *
new_network (Reader *self, GError **error)
{
  g_autoptr (FlProfileNetwork) network = fl_profile_network_new ();
  g_autoptr (FlSecret) name = NULL;
  g_auto (GStrv) hidden = dup_words (self, "scan_ssid");
  GBytes *ssid;

  if (!get_string (self, "ssid", &name, error))
    return NULL;
  ssid = fl_profile_dup_ssid (name != NULL ? fl_secret_get_data (name) : NULL,
                              name != NULL ? fl_secret_get_size (name) : 0, error);
  if (ssid == NULL)
    return NULL;
  g_ptr_array_add (network->ssids, ssid);
  network->hidden = g_strcmp0 (hidden[0], "1") == 0;
  return g_steal_pointer (&network);
}

static gboolean
read_names (Reader *self, FlProfileLogin *login, GError **error)
{
  g_autofree char *identity = NULL;
  g_autofree char *outer = NULL;

  return get_text (self, "identity", &identity, error) &&
         get_text (self, "anonymous_identity", &outer, error) &&
         fl_profile_dup_login (identity, -1, &login->identity, error) &&
         fl_profile_dup_login (outer, -1, &login->anonymous_identity, error) &&
         get_password (self, "password", &login->network->password, error);
}

static gboolean
read_login (Reader *self, FlEapMethod method, GError **error)
{
  g_autoptr (FlProfileLogin) login = fl_profile_login_new (self->profile);
  g_autofree char *unknown = NULL;

  g_clear_pointer (&login->network, fl_profile_network_free);
  login->network = new_network (self, error);
  login->method = method;
  if (login->network == NULL || !read_inner (self, login, &unknown, error))
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
  g_auto (GStrv) methods = dup_words (self, "eap");

  if (methods[0] == NULL)
    return fl_profile_refuse (error, _ ("This profile does not say how to log in."));
  for (guint i = 0; methods[i] != NULL; i++)
    {
      FlEapMethod method;

      if (*methods[i] == '\0')
        continue;
      if (!fl_profile_parse_method (methods[i], &method))
        fl_profile_take_left_out (self->profile, fl_profile_dup_unknown_method (methods[i]));
      else if (!read_login (self, method, error))
        return FALSE;
    }
  return TRUE;
}

/* Without "key_mgmt" both WPA-PSK and WPA-EAP are allowed: DEFAULT_KEY_MGMT. */
static FlSecurity
read_security (Reader *self)
{
  g_auto (GStrv) words = dup_words (self, "key_mgmt");
  g_auto (GStrv) proto = dup_words (self, "proto");
  gboolean any = words[0] == NULL;
  gboolean psk = any || has_word (words, "PSK") || has_word (words, "PSK-SHA256");
  gboolean sae = has_word (words, "SAE") || has_word (words, "SAE-EXT-KEY");
  gboolean eap = any;

  for (guint i = 0; words[i] != NULL; i++)
    eap |= strstr (words[i], "EAP") != NULL || strcmp (words[i], "IEEE8021X") == 0;
  if (eap && (has (self, "eap") || !(psk || sae) || !(has (self, "psk") || sae)))
    return FL_SECURITY_ENTERPRISE;
  if (psk && sae)
    return FL_SECURITY_WPA2_WPA3;
  if (sae)
    return FL_SECURITY_WPA3;
  if (psk)
    return proto[0] != NULL && proto[1] == NULL && strcmp (proto[0], "WPA") == 0 ? FL_SECURITY_WPA
                                                                                 : FL_SECURITY_WPA2;
  if (has_word (words, "NONE"))
    return has (self, "wep_key0") ? FL_SECURITY_WEP : FL_SECURITY_OPEN;
  return FL_SECURITY_UNKNOWN;
}

static gboolean
read_network (Reader *self, GError **error)
{
  FlSecurity security = read_security (self);
  g_autoptr (FlProfileNetwork) network = NULL;
  g_auto (GStrv) mode = dup_words (self, "mode"); /* 0: it joins */
  const char *key = security == FL_SECURITY_WEP                                  ? "wep_key0"
                    : security == FL_SECURITY_WPA3 && has (self, "sae_password") ? "sae_password"
                                                                                 : "psk";

  if (mode[0] != NULL && strcmp (mode[0], "0") != 0)
    {
      fl_profile_take_left_out (self->profile,
                                g_strdup (_ ("This profile makes a network instead of joining "
                                             "one.")));
      return TRUE;
    }
  if (security == FL_SECURITY_ENTERPRISE)
    return read_logins (self, error);
  network = new_network (self, error);
  if (network == NULL)
    return FALSE;
  network->security = security;
  if (security != FL_SECURITY_OPEN && !get_key (self, key, &network->password, error))
    return FALSE;
  return fl_profile_take_network (self->profile, g_steal_pointer (&network), error);
}

FlProfile *
fl_profile_read_wpa (FlSecret *contents, FlSecret *passphrase, GError **error)
{
  g_autoptr (FlWpaFile) file = fl_wpa_file_new (contents, error);
  g_autoptr (FlProfile) profile = fl_profile_new ("wpa-supplicant");
  Reader self = { profile, file, passphrase, 0 };

  if (file == NULL)
    return NULL;
  for (; self.network < fl_wpa_file_get_n_networks (file); self.network++)
    if (!read_network (&self, error))
      return NULL;
  if (fl_wpa_file_get_n_credentials (file) > 0)
    fl_profile_take_left_out (
        profile, g_strdup (_ ("This file has logins without the name of a network. They are not "
                              "used.")));
  return g_steal_pointer (&profile);
}
