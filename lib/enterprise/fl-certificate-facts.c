/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-certificate-facts.h"
#include "fl-certificate-names.h"
#include "fl-der.h"
#include "fl-error.h"
#include "fl-gnutls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PURPOSES 64
#define MAX_OID      128

/* Signature algorithms that GnuTLS has no name for: RFC 8017, A.2.3 and C. */
#define OID_RSA_PSS "1.2.840.113549.1.1.10"
#define OID_RSA_MD4 "1.2.840.113549.1.1.3"

static gboolean
is_weak_hash (gnutls_digest_algorithm_t hash)
{
  return hash == GNUTLS_DIG_MD2 || hash == GNUTLS_DIG_MD5 || hash == GNUTLS_DIG_SHA1 ||
         hash == GNUTLS_DIG_RMD160;
}

static void
read_signature (gnutls_x509_crt_t certificate, FlCertificateFacts *facts)
{
  const int algorithm = gnutls_x509_crt_get_signature_algorithm (certificate);
  char oid[MAX_OID] = "";
  size_t size_bytes = sizeof oid;

  if (algorithm > GNUTLS_SIGN_UNKNOWN)
    {
      facts->signature = g_strdup (gnutls_sign_get_name ((gnutls_sign_algorithm_t) algorithm));
      facts->weak_signature =
          is_weak_hash (gnutls_sign_get_hash_algorithm ((gnutls_sign_algorithm_t) algorithm));
      return;
    }

  if (gnutls_x509_crt_get_signature_oid (certificate, oid, &size_bytes) < 0)
    oid[0] = '\0';
  /* The default hash of PSS is SHA-1; the others have names. */
  facts->weak_signature = strcmp (oid, OID_RSA_PSS) == 0 || strcmp (oid, OID_RSA_MD4) == 0;
  facts->signature = fl_safe_text_new (oid, strlen (oid), MAX_OID);
}

static void
read_constraints (gnutls_x509_crt_t certificate, FlCertificateFacts *facts)
{
  unsigned int ca = 0;

  facts->basic_constraints =
      gnutls_x509_crt_get_basic_constraints (certificate, NULL, &ca, NULL) >= 0;
  facts->ca = facts->basic_constraints && ca != 0;
}

static gboolean
read_purposes (gnutls_x509_crt_t certificate)
{
  for (unsigned int i = 0; i < MAX_PURPOSES; i++)
    {
      char oid[MAX_OID];
      size_t size_bytes = sizeof oid;
      const int result =
          gnutls_x509_crt_get_key_purpose_oid (certificate, i, oid, &size_bytes, NULL);

      if (result == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
        return i == 0; /* says nothing at all */
      if (result == GNUTLS_E_SHORT_MEMORY_BUFFER)
        continue;
      if (result < 0)
        return FALSE;
      if (strcmp (oid, GNUTLS_KP_TLS_WWW_CLIENT) == 0 || strcmp (oid, GNUTLS_KP_ANY) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
read_key (gnutls_x509_crt_t certificate, FlCertificateFacts *facts)
{
  size_t size_bytes = sizeof facts->key_id;
  unsigned int bits = 0;
  const int algorithm = gnutls_x509_crt_get_pk_algorithm (certificate, &bits);

  facts->key_type = fl_gnutls_get_key_type (algorithm);
  facts->key_bits = algorithm >= 0 ? bits : 0;
  return gnutls_x509_crt_get_key_id (certificate, GNUTLS_KEYID_USE_SHA256, facts->key_id,
                                     &size_bytes) >= 0 &&
         size_bytes == sizeof facts->key_id;
}

static gboolean
read_facts (gnutls_x509_crt_t certificate, FlCertificateFacts *facts)
{
  facts->not_before = gnutls_x509_crt_get_activation_time (certificate);
  facts->not_after = gnutls_x509_crt_get_expiration_time (certificate);
  if (facts->not_before == -1 || facts->not_after == -1 || !read_key (certificate, facts))
    return FALSE;

  facts->subject = fl_certificate_names_read_subject (certificate);
  facts->issuer = fl_certificate_names_read_issuer (certificate);
  facts->name = fl_certificate_names_read_name (certificate, facts->subject);
  facts->identity = fl_certificate_names_read_identity (certificate);
  facts->allows_client = read_purposes (certificate);
  read_signature (certificate, facts);
  read_constraints (certificate, facts);
  return TRUE;
}

FlCertificateFacts *
fl_certificate_facts_new (GBytes *der, GError **error)
{
  g_autoptr (FlCertificateFacts) facts = g_new0 (FlCertificateFacts, 1);
  const gnutls_datum_t datum = fl_gnutls_borrow_bytes (der);
  g_auto (gnutls_x509_crt_t) certificate = NULL;

  if (g_bytes_get_size (der) <= FL_CERTIFICATE_MAX_BYTES &&
      fl_der_is_whole ((FlDer){ datum.data, datum.size }))
    certificate = fl_gnutls_read_certificate (der);
  if (certificate == NULL || !read_facts (certificate, facts))
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                           _ ("The certificate cannot be read."));
      return NULL;
    }
  facts->self_signed = fl_certificate_verify_signature (der, der);
  return g_steal_pointer (&facts);
}

void
fl_certificate_facts_free (FlCertificateFacts *facts)
{
  g_free (facts->name);
  g_free (facts->subject);
  g_free (facts->issuer);
  g_free (facts->signature);
  g_free (facts->identity);
  g_free (facts);
}
