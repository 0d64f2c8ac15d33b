/* SPDX-License-Identifier: Apache-2.0 */

/* Encrypted PKCS#8 keys. */

#include "config.h"

#include "fl-cert-file-reader.h"
#include "fl-private-key-gnutls.h"

#define MAX_BYTES (FL_PRIVATE_KEY_MAX_BYTES + 512) /* with what tells the encryption */

gboolean
fl_cert_file_read_protected_key (FlCertFileReader *reader,
                                 FlSecret *der,
                                 const char *passphrase,
                                 GError **error)
{
  const gnutls_datum_t datum = fl_gnutls_borrow_secret (der);
  FlDer rest = { datum.data, datum.size };
  g_auto (gnutls_x509_privkey_t) key = NULL;
  g_autoptr (FlPrivateKey) found = NULL;
  guint64 rounds;

  if (datum.size > MAX_BYTES || !fl_der_is_whole (rest) || !fl_der_enter (&rest, FL_DER_SEQUENCE))
    return fl_cert_file_refuse_key (reader, error);
  if (!fl_cert_file_read_rounds (&rest, &rounds))
    return fl_cert_file_refuse_encryption (error);
  if (!fl_cert_file_spend_rounds (reader, rounds, error))
    return FALSE;
  if (passphrase == NULL)
    return fl_cert_file_refuse_passphrase (reader, error);

  if (gnutls_x509_privkey_init (&key) < 0 ||
      gnutls_x509_privkey_import_pkcs8 (key, &datum, GNUTLS_X509_FMT_DER, passphrase, 0) < 0)
    return fl_cert_file_refuse_passphrase (reader, error);
  found = fl_private_key_new_from_gnutls (key, NULL);
  return found != NULL ? fl_cert_file_add_key (reader, found, error)
                       : fl_cert_file_refuse_key (reader, error);
}
