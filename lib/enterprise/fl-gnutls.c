/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-gnutls.h"

gnutls_datum_t
fl_gnutls_borrow_bytes (GBytes *bytes)
{
  gsize size_bytes;
  gconstpointer data = g_bytes_get_data (bytes, &size_bytes);

  return (gnutls_datum_t){ (unsigned char *) data, (unsigned int) size_bytes };
}

gnutls_datum_t
fl_gnutls_borrow_secret (FlSecret *secret)
{
  return (gnutls_datum_t){ fl_secret_get_writable (secret),
                           (unsigned int) fl_secret_get_size (secret) };
}

void
fl_gnutls_clear (gnutls_datum_t *datum)
{
  fl_wipe (datum->data, datum->size);
  gnutls_free (datum->data);
  *datum = (gnutls_datum_t){ NULL, 0 };
}

FlKeyType
fl_gnutls_get_key_type (int pk_algorithm)
{
  if (pk_algorithm == GNUTLS_PK_RSA)
    return FL_KEY_RSA;
  return pk_algorithm == GNUTLS_PK_ECDSA ? FL_KEY_EC : FL_KEY_OTHER;
}

gnutls_x509_crt_t
fl_gnutls_read_certificate (GBytes *der)
{
  const gnutls_datum_t datum = fl_gnutls_borrow_bytes (der);
  g_auto (gnutls_x509_crt_t) certificate = NULL;

  if (gnutls_x509_crt_init (&certificate) < 0 ||
      gnutls_x509_crt_import (certificate, &datum, GNUTLS_X509_FMT_DER) < 0)
    return NULL;
  return g_steal_pointer (&certificate);
}
