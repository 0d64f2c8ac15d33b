/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-credentials.h"

#define BSSID_SIZE 6

struct _FlCredentials
{
  gatomicrefcount ref_count;
  GBytes *ssid;
  char *name;
  FlSecurity security;
  FlSecret *password; /* (nullable) */
  gboolean hidden;
  GBytes *bssid;            /* (nullable) */
  FlEnterprise *enterprise; /* (nullable) */
};

G_DEFINE_BOXED_TYPE (FlCredentials, fl_credentials, fl_credentials_ref, fl_credentials_unref)

FlCredentials *
fl_credentials_new (GBytes *ssid,
                    FlSecurity security,
                    FlSecret *password,
                    gboolean hidden,
                    GBytes *bssid)
{
  FlCredentials *self;
  const guint8 *data;
  gsize size_bytes;

  g_return_val_if_fail (ssid != NULL, NULL);
  g_return_val_if_fail (bssid == NULL || g_bytes_get_size (bssid) == BSSID_SIZE, NULL);
  data = g_bytes_get_data (ssid, &size_bytes);
  g_return_val_if_fail (size_bytes >= 1 && size_bytes <= FL_SSID_MAX_BYTES, NULL);

  self = g_new0 (FlCredentials, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->ssid = g_bytes_ref (ssid);
  self->name = fl_ssid_to_name (data, size_bytes);
  self->security = security;
  self->password = password != NULL ? fl_secret_ref (password) : NULL;
  self->hidden = hidden;
  self->bssid = bssid != NULL ? g_bytes_ref (bssid) : NULL;
  return self;
}

FlCredentials *
fl_credentials_new_enterprise (GBytes *ssid, FlEnterprise *enterprise, FlSecret *password)
{
  FlCredentials *self = NULL;

  g_return_val_if_fail (enterprise != NULL, NULL);

  self = fl_credentials_new (ssid, FL_SECURITY_ENTERPRISE, password, FALSE, NULL);
  if (self != NULL)
    self->enterprise = fl_enterprise_ref (enterprise);
  return self;
}

FlCredentials *
fl_credentials_ref (FlCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fl_credentials_unref (FlCredentials *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->ssid, g_bytes_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->password, fl_secret_unref);
  g_clear_pointer (&self->bssid, g_bytes_unref);
  g_clear_pointer (&self->enterprise, fl_enterprise_unref);
  g_free (self);
}

GBytes *
fl_credentials_get_ssid (const FlCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ssid;
}

const char *
fl_credentials_get_name (const FlCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

FlSecurity
fl_credentials_get_security (const FlCredentials *self)
{
  g_return_val_if_fail (self != NULL, FL_SECURITY_UNKNOWN);

  return self->security;
}

FlSecret *
fl_credentials_get_password (const FlCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->password;
}

gboolean
fl_credentials_get_hidden (const FlCredentials *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->hidden;
}

GBytes *
fl_credentials_get_bssid (const FlCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bssid;
}

FlEnterprise *
fl_credentials_get_enterprise (const FlCredentials *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->enterprise;
}
