/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-nm-login.h"

#include <string.h>

/* nm-settings-dbus(5) */
#define SETTING_CONNECTION "connection"
#define SETTING_WIFI       "802-11-wireless"
#define SETTING_SECURITY   "802-11-wireless-security"
#define SETTING_LOGIN      "802-1x"

/* What a certificate begins with when it is a path: NetworkManager,
 * src/libnm-core-impl/nm-setting-8021x.c, NM_SETTING_802_1X_CERT_SCHEME_PREFIX_PATH */
#define PATH_SCHEME "file://"

static GVariant *
get_setting (GVariant *settings, const char *name)
{
  return settings != NULL ? g_variant_lookup_value (settings, name, G_VARIANT_TYPE_VARDICT) : NULL;
}

/* (transfer full) (nullable) */
static GBytes *
get_bytes (GVariant *setting, const char *name)
{
  g_autoptr (GVariant) value =
      setting != NULL ? g_variant_lookup_value (setting, name, G_VARIANT_TYPE ("ay")) : NULL;
  gsize size_bytes = 0;
  const void *data = NULL;

  if (value == NULL)
    return NULL;
  data = g_variant_get_fixed_array (value, &size_bytes, 1);
  return g_bytes_new (data, size_bytes);
}

FlComputerLogin *
fl_nm_login_read (const char *id, GVariant *settings)
{
  g_autoptr (GVariant) connection = get_setting (settings, SETTING_CONNECTION);
  g_autoptr (GVariant) wifi = get_setting (settings, SETTING_WIFI);
  g_autoptr (GVariant) login_setting = get_setting (settings, SETTING_LOGIN);
  g_autoptr (GBytes) ssid = get_bytes (wifi, "ssid");
  const char *name = NULL;
  FlComputerLogin *login;

  if (connection == NULL || login_setting == NULL || ssid == NULL || g_bytes_get_size (ssid) == 0 ||
      g_bytes_get_size (ssid) > FL_SSID_MAX_BYTES)
    return NULL;
  g_variant_lookup (connection, "id", "&s", &name);
  login = g_new0 (FlComputerLogin, 1);
  login->id = g_strdup (id);
  login->ssid = g_steal_pointer (&ssid);
  login->name =
      name != NULL && *name != '\0'
          ? g_strdup (name)
          : fl_ssid_to_name (g_bytes_get_data (login->ssid, NULL), g_bytes_get_size (login->ssid));
  return login;
}

static void
add_text (GKeyFile *file, const char *group, GVariant *setting, const char *name)
{
  const char *text = NULL;

  if (setting != NULL && g_variant_lookup (setting, name, "&s", &text))
    g_key_file_set_string (file, group, name, text);
}

static void
add_list (GKeyFile *file, const char *group, GVariant *setting, const char *name)
{
  g_autofree const char **list = NULL;

  if (setting != NULL && g_variant_lookup (setting, name, "^a&s", &list))
    g_key_file_set_string_list (file, group, name, list, g_strv_length ((GStrv) list));
}

/* A path with its NUL byte, or the certificate itself. */
static void
add_certificate (GKeyFile *file, GVariant *setting, const char *name)
{
  g_autoptr (GBytes) bytes = get_bytes (setting, name);
  gsize size_bytes = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size_bytes) : NULL;

  if (size_bytes == 0)
    return;
  if (size_bytes > strlen (PATH_SCHEME) && memcmp (data, PATH_SCHEME, strlen (PATH_SCHEME)) == 0)
    {
      g_autofree char *path =
          g_strndup ((const char *) data + strlen (PATH_SCHEME), size_bytes - strlen (PATH_SCHEME));

      if (g_utf8_validate (path, -1, NULL))
        g_key_file_set_string (file, SETTING_LOGIN, name, path);
    }
  else
    {
      g_autofree char *text = g_base64_encode (data, size_bytes);
      g_autofree char *value = g_strconcat ("data:;base64,", text, NULL);

      g_key_file_set_string (file, SETTING_LOGIN, name, value);
      fl_wipe (text, strlen (text)); /* it may be a key without a password */
      fl_wipe (value, strlen (value));
    }
}

static void
add_ssid (GKeyFile *file, GVariant *wifi)
{
  g_autoptr (GBytes) ssid = get_bytes (wifi, "ssid");
  g_autoptr (GString) list = g_string_new (NULL);
  gsize size_bytes = 0;
  const guint8 *data = ssid != NULL ? g_bytes_get_data (ssid, &size_bytes) : NULL;

  for (gsize i = 0; i < size_bytes; i++)
    g_string_append_printf (list, "%u;", data[i]);
  g_key_file_set_string (file, "wifi", "ssid", list->str);
}

FlSecret *
fl_nm_login_to_key_file (GVariant *settings, GVariant *secrets)
{
  static const char *const texts[] = { "identity",
                                       "anonymous-identity",
                                       "phase2-auth",
                                       "phase2-autheap",
                                       "domain-suffix-match",
                                       "domain-match",
                                       NULL };
  static const char *const secret_texts[] = { "password", "private-key-password", NULL };
  static const char *const certificates[] = { "ca-cert", "client-cert", "private-key", NULL };
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GVariant) wifi = get_setting (settings, SETTING_WIFI);
  g_autoptr (GVariant) security = get_setting (settings, SETTING_SECURITY);
  g_autoptr (GVariant) login = get_setting (settings, SETTING_LOGIN);
  g_autoptr (GVariant) login_secrets = get_setting (secrets, SETTING_LOGIN);
  g_autofree char *text = NULL;
  gsize size_bytes = 0;
  FlSecret *secret;

  g_key_file_set_string (file, "connection", "type", "wifi");
  add_ssid (file, wifi);
  add_text (file, "wifi-security", security, "key-mgmt");
  add_list (file, SETTING_LOGIN, login, "eap");
  add_list (file, SETTING_LOGIN, login, "altsubject-matches");
  for (guint i = 0; texts[i] != NULL; i++)
    add_text (file, SETTING_LOGIN, login, texts[i]);
  for (guint i = 0; certificates[i] != NULL; i++)
    add_certificate (file, login, certificates[i]);
  for (guint i = 0; secret_texts[i] != NULL; i++)
    add_text (file, SETTING_LOGIN, login_secrets, secret_texts[i]);

  /* The message from the bus holds them in ordinary memory already; this copy at least goes. */
  text = g_key_file_to_data (file, &size_bytes, NULL);
  secret = fl_secret_new (text, size_bytes);
  fl_wipe (text, size_bytes);
  return secret;
}
