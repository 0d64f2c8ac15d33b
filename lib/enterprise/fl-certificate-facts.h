/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-certificate.h"

G_BEGIN_DECLS

#define FL_CERTIFICATE_MAX_BYTES                                                                   \
  (16 * 1024) /* DER; those in use have 4 KB at most. Names are read in quadratic time */
#define FL_KEY_ID_BYTES 32 /* SHA-256 of a subjectPublicKeyInfo */

/**
 * FlCertificateFacts:
 *
 * What a certificate says, read once.
 */
typedef struct
{
  char *name, *subject, *issuer, *signature;
  char *identity; /* (nullable) */
  gint64 not_before, not_after;
  FlKeyType key_type;
  guint key_bits;
  guint8 key_id[FL_KEY_ID_BYTES];
  gboolean weak_signature, ca, basic_constraints, self_signed, allows_client;
} FlCertificateFacts;

FlCertificateFacts *fl_certificate_facts_new (GBytes *der, GError **error);
void fl_certificate_facts_free (FlCertificateFacts *facts);

/* Whether the key of @issuer made the signature of @der, both certificates, and the names agree. */
gboolean fl_certificate_verify_signature (GBytes *der, GBytes *issuer);

/* Borrowed, FL_KEY_ID_BYTES. */
const guint8 *fl_certificate_get_key_id (const FlCertificate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCertificateFacts, fl_certificate_facts_free)

G_END_DECLS
