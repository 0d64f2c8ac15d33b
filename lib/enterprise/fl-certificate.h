/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-secret.h"

G_BEGIN_DECLS

/* Nicks: "rsa", "ec", "other". */
typedef enum
{
  FL_KEY_RSA,
  FL_KEY_EC,
  FL_KEY_OTHER, /* DSA, Ed25519 … */
} FlKeyType;

const char *fl_key_type_get_label (FlKeyType type); /* "RSA", "EC"; not translated */

/**
 * FlCertificate:
 *
 * One X.509 certificate and what can be said of it. Boxed, reference counted, immutable. All texts
 * are valid UTF-8 without control characters and of bounded length: they come from strangers.
 */
typedef struct _FlCertificate FlCertificate;

#define FL_TYPE_CERTIFICATE (fl_certificate_get_type ())
GType fl_certificate_get_type (void);

/* @der: RFC 5280, 4.1. FL_ERROR_INVALID_INPUT, a translated sentence, when it is none. */
FlCertificate *fl_certificate_new_from_der (GBytes *der, GError **error);
FlCertificate *fl_certificate_ref (FlCertificate *self);
void fl_certificate_unref (FlCertificate *self);

GBytes *fl_certificate_get_der (const FlCertificate *self); /* borrowed */
/* One line that tells it from others: the common name, else the whole subject. */
const char *fl_certificate_get_name (const FlCertificate *self);
const char *fl_certificate_get_subject (const FlCertificate *self); /* RFC 4514 */
const char *fl_certificate_get_issuer (const FlCertificate *self);
gint64 fl_certificate_get_not_before (const FlCertificate *self); /* seconds since 1970, UTC */
gint64 fl_certificate_get_not_after (const FlCertificate *self);
FlKeyType fl_certificate_get_key_type (const FlCertificate *self);
guint fl_certificate_get_key_bits (const FlCertificate *self);
const char *fl_certificate_get_signature (const FlCertificate *self); /* "RSA-SHA256" */
/* MD5, SHA-1 and older in the signature. Without meaning for one that signs itself. */
gboolean fl_certificate_has_weak_signature (const FlCertificate *self);
gboolean fl_certificate_is_ca (const FlCertificate *self); /* basicConstraints says so */
gboolean fl_certificate_has_basic_constraints (const FlCertificate *self);
gboolean fl_certificate_is_self_signed (const FlCertificate *self); /* by its own key, verified */
/* TRUE when no extended key usage forbids it: RFC 5280, 4.2.1.12 */
gboolean fl_certificate_allows_client (const FlCertificate *self);
/* (nullable) user name inside: e-mail or principal name of the alternative names, else a common
 * name with "@". */
const char *fl_certificate_get_identity (const FlCertificate *self);
/* Whether @issuer's key made this one's signature; names agree, too. */
gboolean fl_certificate_is_signed_by (const FlCertificate *self, const FlCertificate *issuer);
gboolean fl_certificate_equal (const FlCertificate *a, const FlCertificate *b);
/* (transfer full) PEM text with LF line ends, 64 characters a line, no blank line, LF at the end.
 */
GBytes *fl_certificate_to_pem (const FlCertificate *self);

/* @certificates: of FlCertificate. The one whose key is not another one's issuer comes first, then
 * its issuers as far as they are there; what belongs to no chain keeps its order at the end.
 * (transfer container) holds references. */
GPtrArray *fl_certificates_sort (GPtrArray *certificates);
/* (transfer full) their PEM texts, one after another; NULL for none. */
GBytes *fl_certificates_to_pem (GPtrArray *certificates);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlCertificate, fl_certificate_unref)

G_END_DECLS
