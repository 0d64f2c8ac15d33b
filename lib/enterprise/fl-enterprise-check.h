/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-enterprise-limits.h"
#include "fl-finding.h"

G_BEGIN_DECLS

/**
 * FlEnterpriseQuestion:
 *
 * Credentials for a network with logins, and what they are to be held against. Borrowed.
 */
typedef struct
{
  FlEnterprise *enterprise;
  FlSecret *password;               /* (nullable) */
  GPtrArray *spare;                 /* (nullable) of FlCertificate: known, but not sent */
  const FlEnterpriseLimits *limits; /* (nullable): no device is known */
  const char *realm;                /* (nullable) that the profile knows */
  gboolean realm_required;
  gint64 now_s; /* seconds since 1970 */
} FlEnterpriseQuestion;

/* Pure. One FlFinding per check, in the order in which a person reads them; good ones are there,
 * too. FL_VERDICT_BROKEN: cannot be sent; FL_VERDICT_DOUBTFUL: can, when the person says so. Ids,
 * stable: "method", "identity", "realm", "password", "outer-identity", "ca", "ca-date", "ca-kind",
 * "ca-signature", "server-name", "certificate", "certificate-date", "certificate-chain",
 * "certificate-use", "certificate-signature", "key", "key-match", "key-type", "certificate-size",
 * "ca-size", "key-size", "tls". Only those that have something to say about @question are there.
 * Errors of findings: FL_ERROR_IDENTITY_INCOMPLETE, FL_ERROR_CA_MISSING,
 * FL_ERROR_CERTIFICATE_DATE, FL_ERROR_KEY_MISMATCH, else FL_ERROR_INVALID_INPUT. (transfer full),
 * of FlFinding. */
GPtrArray *fl_enterprise_check (const FlEnterpriseQuestion *question);

/* The worst verdict among @findings. */
FlVerdict fl_enterprise_get_verdict (GPtrArray *findings);

/* How many bytes @pem has for FlEnterpriseLimits. */
gsize fl_enterprise_count_bytes (const guint8 *pem, gsize size_bytes);

/* What reminds of a certificate that was sent: when its network or its device stops working. 0:
 * there is none. Seconds since 1970. */
gint64 fl_enterprise_get_expiry (FlEnterprise *enterprise);

G_END_DECLS
