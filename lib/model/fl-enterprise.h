/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

/* Nicks: "peap", "tls", "ttls", "fast", "leap", "pwd". What a device can do of these its driver
 * tells: fl_driver_get_enterprise_limits(). */
typedef enum
{
  FL_EAP_PEAP, /* user name and password inside a tunnel */
  FL_EAP_TLS,  /* client certificate */
  FL_EAP_TTLS, /* as PEAP, with other methods inside */
  FL_EAP_FAST,
  FL_EAP_LEAP,
  FL_EAP_PWD,
} FlEapMethod;

/* What happens inside the tunnel. Nicks: "none", "mschapv2", "mschap", "chap", "pap", "gtc",
 * "md5", "tls". */
typedef enum
{
  FL_EAP_INNER_NONE, /* not known, or the method has no inside */
  FL_EAP_INNER_MSCHAPV2,
  FL_EAP_INNER_MSCHAP,
  FL_EAP_INNER_CHAP,
  FL_EAP_INNER_PAP,
  FL_EAP_INNER_GTC,
  FL_EAP_INNER_MD5,
  FL_EAP_INNER_TLS,
} FlEapInner;

#define FL_TYPE_EAP_METHOD (fl_eap_method_get_type ())
GType fl_eap_method_get_type (void);
const char *fl_eap_method_to_string (FlEapMethod method); /* static nick */
const char *fl_eap_method_get_label (FlEapMethod method); /* "PEAP", "EAP-TLS"; not translated */
#define FL_TYPE_EAP_INNER (fl_eap_inner_get_type ())
GType fl_eap_inner_get_type (void);
const char *fl_eap_inner_to_string (FlEapInner inner); /* static nick */
const char *fl_eap_inner_get_label (FlEapInner inner); /* "MSCHAPv2"; not translated */

/**
 * FlEnterprise:
 *
 * How a device shows a WPA2-Enterprise network who it is. Boxed, reference counted, immutable.
 * Certificates and keys are PEM text as they go to the device; nothing is checked here.
 */
typedef struct _FlEnterprise FlEnterprise;

#define FL_TYPE_ENTERPRISE (fl_enterprise_get_type ())
GType fl_enterprise_get_type (void);

/**
 * FlEnterpriseValues:
 *
 * What an FlEnterprise is made of; everything is copied or referenced, all pointers nullable.
 */
typedef struct
{
  FlEapMethod method;
  FlEapInner inner;
  const char *identity;           /* inner, "name@realm" */
  const char *anonymous_identity; /* outer */
  const char *server_name;        /* of the authentication server, "radius.school.example"; several
                                     are separated by ";" */
  GBytes *ca_certificates;        /* PEM, one or more */
  GBytes *client_certificates;    /* PEM, the device's own first, then its chain */
  FlSecret *private_key;          /* PEM, not encrypted */
} FlEnterpriseValues;

FlEnterprise *fl_enterprise_new_full (const FlEnterpriseValues *values);
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
FlEapInner fl_enterprise_get_inner (const FlEnterprise *self);
const char *fl_enterprise_get_server_name (const FlEnterprise *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlEnterprise, fl_enterprise_unref)

G_END_DECLS
