/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-enterprise-draft-private.h"

/* What happens inside the tunnel. */
static FlEapInner
get_inner (FlEnterpriseDraft *self)
{
  switch (fl_enterprise_draft_get_method (self))
    {
    case FL_EAP_PEAP: /* nearly everyone means this one */
      return self->inner != FL_EAP_INNER_NONE ? self->inner : FL_EAP_INNER_MSCHAPV2;
    case FL_EAP_TTLS:
    case FL_EAP_FAST:
      return self->inner;
    case FL_EAP_TLS:
    case FL_EAP_LEAP:
    case FL_EAP_PWD:
      break;
    }
  return FL_EAP_INNER_NONE;
}

/* A certificate may know whose it is. */
static const char *
get_identity (FlEnterpriseDraft *self)
{
  if (self->identity != NULL || fl_enterprise_draft_get_method (self) != FL_EAP_TLS ||
      self->client->len == 0)
    return self->identity;
  return fl_certificate_get_identity (self->client->pdata[0]);
}

/* @all: also what the method has no use for. */
static FlEnterprise *
build (FlEnterpriseDraft *self, gboolean all)
{
  FlEapMethod method = fl_enterprise_draft_get_method (self);
  gboolean with_client = all || method == FL_EAP_TLS;
  g_autoptr (GBytes) ca = fl_certificates_to_pem (self->ca);
  g_autoptr (GBytes) client = with_client ? fl_certificates_to_pem (self->client) : NULL;
  FlEnterpriseValues values = {
    .method = method,
    .inner = get_inner (self),
    .identity = get_identity (self),
    .anonymous_identity = self->anonymous_identity,
    .server_name = self->server_name,
    .ca_certificates = ca,
    .client_certificates = client,
    .private_key = with_client && self->key != NULL ? fl_private_key_get_pem (self->key) : NULL,
  };

  return fl_enterprise_new_full (&values);
}

GPtrArray *
fl_enterprise_draft_check (FlEnterpriseDraft *self, gint64 now_s)
{
  g_autoptr (FlEnterprise) enterprise = NULL;
  FlEnterpriseQuestion question;

  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), NULL);

  enterprise = build (self, TRUE);
  question = (FlEnterpriseQuestion){
    .enterprise = enterprise,
    .password = self->password,
    .spare = self->spare,
    .limits = self->limits,
    .realm = self->realm,
    .realm_required = self->realm_required,
    .now_s = now_s,
  };
  return fl_enterprise_check (&question);
}

FlEnterprise *
fl_enterprise_draft_build (FlEnterpriseDraft *self)
{
  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), NULL);

  return build (self, FALSE);
}

FlCredentials *
fl_enterprise_draft_build_credentials (FlEnterpriseDraft *self, GBytes *ssid)
{
  g_autoptr (FlEnterprise) enterprise = NULL;

  g_return_val_if_fail (FL_IS_ENTERPRISE_DRAFT (self), NULL);
  g_return_val_if_fail (ssid != NULL, NULL);

  enterprise = build (self, FALSE);
  return fl_credentials_new_enterprise (ssid, enterprise,
                                        fl_enterprise_draft_get_method (self) != FL_EAP_TLS
                                            ? self->password
                                            : NULL);
}
