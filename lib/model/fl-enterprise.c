/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise.h"

G_DEFINE_ENUM_TYPE (FlEapMethod,
                    fl_eap_method,
                    G_DEFINE_ENUM_VALUE (FL_EAP_PEAP, "peap"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_TLS, "tls"))

struct _FlEnterprise
{
  gatomicrefcount ref_count;
  FlEapMethod method;
  char *identity; /* (nullable), like everything below */
  char *anonymous_identity;
  GBytes *ca_certificate;
  GBytes *client_certificate;
  FlSecret *private_key;
};

G_DEFINE_BOXED_TYPE (FlEnterprise, fl_enterprise, fl_enterprise_ref, fl_enterprise_unref)

const char *
fl_eap_method_to_string (FlEapMethod method)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_EAP_METHOD);
  const GEnumValue *value = g_enum_get_value (class, (int) method);

  g_return_val_if_fail (value != NULL, NULL);

  return value->value_nick;
}

FlEnterprise *
fl_enterprise_new (FlEapMethod method,
                   const char *identity,
                   const char *anonymous_identity,
                   GBytes *ca_certificate,
                   GBytes *client_certificate,
                   FlSecret *private_key)
{
  FlEnterprise *self = g_new0 (FlEnterprise, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->method = method;
  self->identity = g_strdup (identity);
  self->anonymous_identity = g_strdup (anonymous_identity);
  self->ca_certificate = ca_certificate != NULL ? g_bytes_ref (ca_certificate) : NULL;
  self->client_certificate = client_certificate != NULL ? g_bytes_ref (client_certificate) : NULL;
  self->private_key = private_key != NULL ? fl_secret_ref (private_key) : NULL;
  return self;
}

FlEnterprise *
fl_enterprise_ref (FlEnterprise *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fl_enterprise_unref (FlEnterprise *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->identity, g_free);
  g_clear_pointer (&self->anonymous_identity, g_free);
  g_clear_pointer (&self->ca_certificate, g_bytes_unref);
  g_clear_pointer (&self->client_certificate, g_bytes_unref);
  g_clear_pointer (&self->private_key, fl_secret_unref);
  g_free (self);
}

FlEapMethod
fl_enterprise_get_method (const FlEnterprise *self)
{
  g_return_val_if_fail (self != NULL, FL_EAP_PEAP);

  return self->method;
}

const char *
fl_enterprise_get_identity (const FlEnterprise *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->identity;
}

const char *
fl_enterprise_get_anonymous_identity (const FlEnterprise *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->anonymous_identity;
}

GBytes *
fl_enterprise_get_ca_certificate (const FlEnterprise *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->ca_certificate;
}

GBytes *
fl_enterprise_get_client_certificate (const FlEnterprise *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->client_certificate;
}

FlSecret *
fl_enterprise_get_private_key (const FlEnterprise *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->private_key;
}
