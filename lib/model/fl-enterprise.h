/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

/* Nicks: "peap", "tls". */
typedef enum
{
  FL_EAP_PEAP, /* user name and password, MSCHAPv2 inside */
  FL_EAP_TLS,  /* client certificate */
} FlEapMethod;

#define FL_TYPE_EAP_METHOD (fl_eap_method_get_type ())
GType fl_eap_method_get_type (void);
const char *fl_eap_method_to_string (FlEapMethod method); /* static nick */

/**
 * FlEnterprise:
 *
 * How a device shows a WPA2-Enterprise network who it is. Boxed, reference counted, immutable.
 * Certificates and keys are PEM text as they go to the device; nothing is checked here.
 */
typedef struct _FlEnterprise FlEnterprise;

#define FL_TYPE_ENTERPRISE (fl_enterprise_get_type ())
GType fl_enterprise_get_type (void);

/* All but @method (nullable). @identity: inner, "name@realm"; @anonymous_identity: outer. */
FlEnterprise *fl_enterprise_new (FlEapMethod method,
                                 const char *identity,
                                 const char *anonymous_identity,
                                 GBytes *ca_certificate,
                                 GBytes *client_certificate,
                                 FlSecret *private_key);
FlEnterprise *fl_enterprise_ref (FlEnterprise *self);
void fl_enterprise_unref (FlEnterprise *self);
FlEapMethod fl_enterprise_get_method (const FlEnterprise *self);
const char *fl_enterprise_get_identity (const FlEnterprise *self);
const char *fl_enterprise_get_anonymous_identity (const FlEnterprise *self);
GBytes *fl_enterprise_get_ca_certificate (const FlEnterprise *self);
GBytes *fl_enterprise_get_client_certificate (const FlEnterprise *self);
FlSecret *fl_enterprise_get_private_key (const FlEnterprise *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlEnterprise, fl_enterprise_unref)

G_END_DECLS
