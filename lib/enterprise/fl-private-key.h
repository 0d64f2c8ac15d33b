/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-certificate.h"

G_BEGIN_DECLS

/**
 * FlPrivateKey:
 *
 * One private key, readable. Boxed, reference counted, immutable; its bytes are an FlSecret.
 */
typedef struct _FlPrivateKey FlPrivateKey;

#define FL_TYPE_PRIVATE_KEY (fl_private_key_get_type ())
GType fl_private_key_get_type (void);

/* @der: PKCS#1 (RFC 8017, A.1.2), SEC 1 or PKCS#8 (RFC 5958), not encrypted. */
FlPrivateKey *fl_private_key_new_from_der (FlSecret *der, GError **error);
FlPrivateKey *fl_private_key_ref (FlPrivateKey *self);
void fl_private_key_unref (FlPrivateKey *self);

FlKeyType fl_private_key_get_key_type (const FlPrivateKey *self);
guint fl_private_key_get_bits (const FlPrivateKey *self);
/* Whether it is the key of @certificate. */
gboolean fl_private_key_matches (const FlPrivateKey *self, const FlCertificate *certificate);
/* Borrowed. PEM text, not encrypted, LF line ends, no blank line, LF at the end. RSA keys as
 * PKCS#1 ("RSA PRIVATE KEY"), which is the shorter form and the one that old devices read; others
 * as PKCS#8 ("PRIVATE KEY"). */
FlSecret *fl_private_key_get_pem (const FlPrivateKey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlPrivateKey, fl_private_key_unref)

G_END_DECLS
