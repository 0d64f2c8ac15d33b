/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-profile-cms.h"
#include "fl-gnutls.h"

#include <string.h>
#include <gnutls/pkcs7.h>

#define MAX_SIGNATURES   8
#define MAX_CERTIFICATES 64

/* id-data 1.2.840.113549.1.7.1, signedData .2, envelopedData .3 … encryptedData .6: RFC 5652. What
 * stands before the last number: */
static const guint8 pkcs7_oid[] = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07 };

static gboolean
is_pem (FlSecret *contents)
{
  const char *text = fl_secret_get_text (contents);
  gsize size_bytes = fl_secret_get_size (contents);

  return g_strstr_len (text, (gssize) size_bytes, "-----BEGIN PKCS7-----") != NULL ||
         g_strstr_len (text, (gssize) size_bytes, "-----BEGIN CMS-----") != NULL;
}

/* SEQUENCE, its length in any form (X.690, 8.1.3), OBJECT IDENTIFIER. */
static FlCmsKind
sniff_der (const guint8 *bytes, gsize size_bytes)
{
  gsize header = 2;

  if (size_bytes < 2 || bytes[0] != 0x30)
    return FL_CMS_NONE;
  if (bytes[1] > 0x80 && bytes[1] <= 0x84)
    header += bytes[1] & 0x7f;
  if (size_bytes < header + sizeof pkcs7_oid + 1 ||
      memcmp (bytes + header, pkcs7_oid, sizeof pkcs7_oid) != 0)
    return FL_CMS_NONE;

  switch (bytes[header + sizeof pkcs7_oid])
    {
    case 2:
      return FL_CMS_SIGNED;
    case 3:
    case 4:
    case 6:
      return FL_CMS_ENCRYPTED;
    }
  return FL_CMS_NONE;
}

/* (transfer full) (nullable) */
static FlSecret *
dup_der (FlSecret *contents)
{
  static const char *const headers[] = { "PKCS7", "CMS" };
  gnutls_datum_t text = { (guint8 *) fl_secret_get_data (contents),
                          (guint) fl_secret_get_size (contents) };

  if (!is_pem (contents))
    return fl_secret_ref (contents);
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      gnutls_datum_t der = { NULL, 0 };
      FlSecret *secret;

      if (gnutls_pem_base64_decode2 (headers[i], &text, &der) < 0)
        continue;
      secret = fl_secret_new (der.data, der.size);
      fl_wipe (der.data, der.size);
      gnutls_free (der.data);
      return secret;
    }
  return NULL;
}

FlCmsKind
fl_cms_sniff (FlSecret *contents)
{
  g_autoptr (FlSecret) der = NULL;

  g_return_val_if_fail (contents != NULL, FL_CMS_NONE);

  der = dup_der (contents);
  return der != NULL ? sniff_der (fl_secret_get_data (der), fl_secret_get_size (der)) : FL_CMS_NONE;
}

/* Whether @certificate made signature @index. It is not asked whether that certificate is to be
 * trusted: its name is only shown. */
static gboolean
has_signed (gnutls_pkcs7_t pkcs7, guint index, const gnutls_datum_t *certificate)
{
  g_autoptr (GBytes) der = g_bytes_new (certificate->data, certificate->size);
  g_auto (gnutls_x509_crt_t) crt = fl_gnutls_read_certificate (der);
  g_auto (gnutls_pubkey_t) key = crt != NULL ? fl_gnutls_read_key (crt) : NULL;

  /* GnuTLS 3.7.9 leaks on a key that it cannot use (gnutls_x509_crt_verify_data2), so it is not
   * given one. */
  return key != NULL && gnutls_pkcs7_verify_direct (pkcs7, crt, index, NULL, 0) >= 0;
}

/* (transfer full) (nullable) */
static char *
dup_signer (const gnutls_datum_t *certificate)
{
  g_autoptr (GBytes) der = g_bytes_new (certificate->data, certificate->size);
  g_autoptr (FlCertificate) parsed = fl_certificate_new_from_der (der, NULL);

  return parsed != NULL ? g_strdup (fl_certificate_get_name (parsed)) : NULL;
}

static gboolean
verify_signature (gnutls_pkcs7_t pkcs7, guint index, char **signer)
{
  for (guint i = 0; i < MAX_CERTIFICATES && *signer == NULL; i++)
    {
      gnutls_datum_t certificate = { NULL, 0 };

      if (gnutls_pkcs7_get_crt_raw2 (pkcs7, i, &certificate) < 0)
        break;
      if (has_signed (pkcs7, index, &certificate))
        *signer = dup_signer (&certificate);
      gnutls_free (certificate.data);
    }
  return *signer != NULL;
}

/* One that is right is enough. */
static FlCmsSignature
verify (gnutls_pkcs7_t pkcs7, char **signer)
{
  int n_signatures = gnutls_pkcs7_get_signature_count (pkcs7);

  if (n_signatures <= 0)
    return FL_CMS_SIGNATURE_NONE;
  for (int i = 0; i < MIN (n_signatures, MAX_SIGNATURES); i++)
    if (verify_signature (pkcs7, (guint) i, signer))
      return FL_CMS_SIGNATURE_GOOD;
  return FL_CMS_SIGNATURE_BAD;
}

FlSecret *
fl_cms_unwrap (FlSecret *contents, FlCmsSignature *signature, char **signer)
{
  g_autoptr (FlSecret) der = NULL;
  FlSecret *content = NULL;
  gnutls_datum_t bytes, inside = { NULL, 0 };
  gnutls_pkcs7_t pkcs7;

  g_return_val_if_fail (contents != NULL, NULL);

  *signature = FL_CMS_SIGNATURE_NONE;
  *signer = NULL;
  der = dup_der (contents);
  if (der == NULL || gnutls_pkcs7_init (&pkcs7) < 0)
    return NULL;

  bytes.data = (guint8 *) fl_secret_get_data (der);
  bytes.size = (guint) fl_secret_get_size (der);
  if (gnutls_pkcs7_import (pkcs7, &bytes, GNUTLS_X509_FMT_DER) >= 0 &&
      gnutls_pkcs7_get_embedded_data (pkcs7, 0, &inside) >= 0 && inside.size > 0)
    {
      content = fl_secret_new (inside.data, inside.size);
      *signature = verify (pkcs7, signer);
    }
  fl_wipe (inside.data, inside.size);
  gnutls_free (inside.data);
  gnutls_pkcs7_deinit (pkcs7);
  return content;
}
