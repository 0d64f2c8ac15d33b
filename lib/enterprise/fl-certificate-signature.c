/* SPDX-License-Identifier: Apache-2.0 */

/* Whose key signed a certificate. */

#include "config.h"

#include "fl-certificate-facts.h"
#include "fl-der.h"
#include "fl-gnutls.h"

#include <string.h>

/* A stranger chooses the numbers to calculate with: a check of a larger one takes seconds. Mbed TLS
 * and OpenSSL draw their lines nearby. */
#define MAX_RSA_BITS       8192
#define MAX_EXPONENT_BYTES 8
#define MAX_SIGNATURE      2048 /* bytes */

static gboolean
has_same_name (gnutls_x509_crt_t certificate, gnutls_x509_crt_t issuer)
{
  g_auto (gnutls_datum_t) wanted = { NULL, 0 };
  g_auto (gnutls_datum_t) found = { NULL, 0 };

  if (gnutls_x509_crt_get_raw_issuer_dn (certificate, &wanted) < 0 ||
      gnutls_x509_crt_get_raw_dn (issuer, &found) < 0)
    return FALSE;
  return wanted.size == found.size &&
         (wanted.size == 0 || memcmp (wanted.data, found.data, wanted.size) == 0);
}

static gboolean
can_calculate (gnutls_pubkey_t key)
{
  g_auto (gnutls_datum_t) modulus = { NULL, 0 };
  g_auto (gnutls_datum_t) exponent = { NULL, 0 };
  unsigned int bits = 0;
  const int algorithm = gnutls_pubkey_get_pk_algorithm (key, &bits);

  if (algorithm == GNUTLS_PK_ECDSA || algorithm == GNUTLS_PK_EDDSA_ED25519 ||
      algorithm == GNUTLS_PK_EDDSA_ED448)
    return TRUE;
  if (algorithm != GNUTLS_PK_RSA && algorithm != GNUTLS_PK_RSA_PSS)
    return FALSE;
  return bits <= MAX_RSA_BITS &&
         gnutls_pubkey_export_rsa_raw2 (key, &modulus, &exponent, GNUTLS_EXPORT_FLAG_NO_LZ) >= 0 &&
         exponent.size <= MAX_EXPONENT_BYTES;
}

gnutls_pubkey_t
fl_gnutls_read_key (gnutls_x509_crt_t certificate)
{
  g_auto (gnutls_pubkey_t) key = NULL;

  if (gnutls_pubkey_init (&key) < 0 || gnutls_pubkey_import_x509 (key, certificate, 0) < 0 ||
      !can_calculate (key))
    return NULL;
  return g_steal_pointer (&key);
}

/* The part that is signed, with its header: RFC 5280, 4.1.1.1. */
static gboolean
find_signed_part (GBytes *der, gnutls_datum_t *part)
{
  const gnutls_datum_t whole = fl_gnutls_borrow_bytes (der);
  FlDer rest = { whole.data, whole.size }, content, found;
  guint8 tag;

  if (!fl_der_enter (&rest, FL_DER_SEQUENCE) || !fl_der_read (&rest, &tag, &content, &found))
    return FALSE;
  *part = (gnutls_datum_t){ (unsigned char *) found.data, (unsigned int) found.size_bytes };
  return TRUE;
}

gboolean
fl_certificate_verify_signature (GBytes *der, GBytes *issuer)
{
  g_auto (gnutls_x509_crt_t) certificate = fl_gnutls_read_certificate (der);
  g_auto (gnutls_x509_crt_t) signer = fl_gnutls_read_certificate (issuer);
  g_auto (gnutls_pubkey_t) key = NULL;
  char bytes[MAX_SIGNATURE];
  size_t size_bytes = sizeof bytes;
  gnutls_datum_t part;
  int algorithm;

  if (certificate == NULL || signer == NULL || !has_same_name (certificate, signer) ||
      !find_signed_part (der, &part) ||
      gnutls_x509_crt_get_signature (certificate, bytes, &size_bytes) < 0)
    return FALSE;
  key = fl_gnutls_read_key (signer);
  if (key == NULL)
    return FALSE;

  /* Who signed is the question here, not how well. */
  algorithm = gnutls_x509_crt_get_signature_algorithm (certificate);
  return algorithm > GNUTLS_SIGN_UNKNOWN &&
         gnutls_pubkey_verify_data2 (key, (gnutls_sign_algorithm_t) algorithm,
                                     GNUTLS_VERIFY_ALLOW_BROKEN, &part,
                                     &(gnutls_datum_t){ (unsigned char *) bytes,
                                                        (unsigned int) size_bytes }) >= 0;
}
