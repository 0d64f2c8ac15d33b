/* SPDX-License-Identifier: Apache-2.0 */

/* Bundles of certificates in the form of a signature without contents. */

#include "config.h"

#include "fl-cert-file-reader.h"
#include "fl-gnutls.h"

#include <glib/gi18n-lib.h>

gboolean
fl_cert_file_read_pkcs7 (FlCertFileReader *reader, FlSecret *der, GError **error)
{
  const gnutls_datum_t datum = fl_gnutls_borrow_secret (der);
  g_auto (gnutls_pkcs7_t) bundle = NULL;
  int n_certificates;

  if (!fl_der_is_whole ((FlDer){ datum.data, datum.size }) || gnutls_pkcs7_init (&bundle) < 0 ||
      gnutls_pkcs7_import (bundle, &datum, GNUTLS_X509_FMT_DER) < 0)
    return fl_cert_file_refuse_part (reader, error);

  n_certificates = gnutls_pkcs7_get_crt_count (bundle);
  if (n_certificates <= 0)
    return fl_cert_file_refuse (error, _ ("The bundle holds no certificates."));
  for (int i = 0; i < n_certificates; i++)
    {
      g_auto (gnutls_datum_t) raw = { NULL, 0 };
      g_autoptr (GBytes) certificate = NULL;

      if (gnutls_pkcs7_get_crt_raw2 (bundle, (unsigned int) i, &raw) < 0)
        return fl_cert_file_refuse_part (reader, error);
      certificate = g_bytes_new (raw.data, raw.size);
      if (!fl_cert_file_add_certificate (reader, certificate, error))
        return FALSE;
    }
  return TRUE;
}
