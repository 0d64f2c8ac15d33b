/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise.h"

G_DEFINE_ENUM_TYPE (FlEapMethod,
                    fl_eap_method,
                    G_DEFINE_ENUM_VALUE (FL_EAP_PEAP, "peap"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_TLS, "tls"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_TTLS, "ttls"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_FAST, "fast"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_LEAP, "leap"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_PWD, "pwd"))

G_DEFINE_ENUM_TYPE (FlEapInner,
                    fl_eap_inner,
                    G_DEFINE_ENUM_VALUE (FL_EAP_INNER_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_INNER_MSCHAPV2, "mschapv2"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_INNER_MSCHAP, "mschap"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_INNER_CHAP, "chap"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_INNER_PAP, "pap"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_INNER_GTC, "gtc"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_INNER_MD5, "md5"),
                    G_DEFINE_ENUM_VALUE (FL_EAP_INNER_TLS, "tls"))

struct _FlEnterprise
{
  gatomicrefcount ref_count;
  FlEapMethod method;
  FlEapInner inner;
  char *identity; /* (nullable), like everything below */
  char *anonymous_identity;
  char *server_name;
  GBytes *ca_certificate;
  GBytes *client_certificate;
  FlSecret *private_key;
};

G_DEFINE_BOXED_TYPE (FlEnterprise, fl_enterprise, fl_enterprise_ref, fl_enterprise_unref)

/* (nullable), static */
static const char *
get_nick (GType type, int number)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (type);
  const GEnumValue *value = g_enum_get_value (class, number);

  g_return_val_if_fail (value != NULL, NULL);

  return value->value_nick;
}

const char *
fl_eap_method_to_string (FlEapMethod method)
{
  return get_nick (FL_TYPE_EAP_METHOD, (int) method);
}

const char *
fl_eap_method_get_label (FlEapMethod method)
{
  switch (method)
    {
    case FL_EAP_PEAP:
      return "PEAP";
    case FL_EAP_TLS:
      return "EAP-TLS";
    case FL_EAP_TTLS:
      return "EAP-TTLS";
    case FL_EAP_FAST:
      return "EAP-FAST";
    case FL_EAP_LEAP:
      return "LEAP";
    case FL_EAP_PWD:
      return "EAP-PWD";
    }
  g_return_val_if_reached (NULL);
}

const char *
fl_eap_inner_to_string (FlEapInner inner)
{
  return get_nick (FL_TYPE_EAP_INNER, (int) inner);
}

const char *
fl_eap_inner_get_label (FlEapInner inner)
{
  switch (inner)
    {
    case FL_EAP_INNER_NONE:
      return "";
    case FL_EAP_INNER_MSCHAPV2:
      return "MSCHAPv2";
    case FL_EAP_INNER_MSCHAP:
      return "MSCHAP";
    case FL_EAP_INNER_CHAP:
      return "CHAP";
    case FL_EAP_INNER_PAP:
      return "PAP";
    case FL_EAP_INNER_GTC:
      return "GTC";
    case FL_EAP_INNER_MD5:
      return "MD5";
    case FL_EAP_INNER_TLS:
      return "TLS";
    }
  g_return_val_if_reached (NULL);
}

FlEnterprise *
fl_enterprise_new_full (const FlEnterpriseValues *values)
{
  FlEnterprise *self;

  g_return_val_if_fail (values != NULL, NULL);

  self = g_new0 (FlEnterprise, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->method = values->method;
  self->inner = values->inner;
  self->identity = g_strdup (values->identity);
  self->anonymous_identity = g_strdup (values->anonymous_identity);
  self->server_name = g_strdup (values->server_name);
  if (values->ca_certificates != NULL)
    self->ca_certificate = g_bytes_ref (values->ca_certificates);
  if (values->client_certificates != NULL)
    self->client_certificate = g_bytes_ref (values->client_certificates);
  if (values->private_key != NULL)
    self->private_key = fl_secret_ref (values->private_key);
  return self;
}

FlEnterprise *
fl_enterprise_new (FlEapMethod method,
                   const char *identity,
                   const char *anonymous_identity,
                   GBytes *ca_certificate,
                   GBytes *client_certificate,
                   FlSecret *private_key)
{
  FlEnterpriseValues values = {
    .method = method,
    .inner = method == FL_EAP_PEAP ? FL_EAP_INNER_MSCHAPV2 : FL_EAP_INNER_NONE,
    .identity = identity,
    .anonymous_identity = anonymous_identity,
    .ca_certificates = ca_certificate,
    .client_certificates = client_certificate,
    .private_key = private_key,
  };

  return fl_enterprise_new_full (&values);
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
  g_clear_pointer (&self->server_name, g_free);
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

FlEapInner
fl_enterprise_get_inner (const FlEnterprise *self)
{
  g_return_val_if_fail (self != NULL, FL_EAP_INNER_NONE);

  return self->inner;
}

const char *
fl_enterprise_get_server_name (const FlEnterprise *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->server_name;
}
