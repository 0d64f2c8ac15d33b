/* SPDX-License-Identifier: Apache-2.0 */

/* Keys that OpenSSL encrypted before PKCS#8 ("Proc-Type: 4,ENCRYPTED"): RFC 1421, 4.6.1.1 and
 * 4.6.1.3. GnuTLS opens them, but only written as OpenSSL writes them. */

#include "config.h"

#include "fl-cert-file-reader.h"
#include "fl-private-key-gnutls.h"

#include <string.h>

#define DEK_INFO  "DEK-Info:"
#define MAX_BYTES (FL_PRIVATE_KEY_MAX_BYTES + 16) /* with one block of padding */

/* "AES-128-CBC,0011…" (transfer full) (nullable) */
static char *
dup_info (const char *headers)
{
  g_auto (GStrv) lines = g_strsplit (headers, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], DEK_INFO))
      {
        g_auto (GStrv) parts = g_strsplit (lines[i] + strlen (DEK_INFO), ",", 2);
        g_autofree char *info = NULL;

        if (g_strv_length (parts) != 2)
          return NULL;
        info = g_strconcat (g_strstrip (parts[0]), ",", g_strstrip (parts[1]), NULL);
        return g_ascii_strup (info, -1);
      }
  return NULL;
}

/* What is in it is encrypted. (transfer full) */
static char *
write_block (const char *info, FlSecret *body)
{
  g_autofree char *base64 = g_base64_encode (fl_secret_get_data (body), fl_secret_get_size (body));

  return g_strdup_printf ("-----BEGIN PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n" DEK_INFO
                          " %s\n\n%s\n-----END PRIVATE KEY-----\n",
                          info, base64);
}

gboolean
fl_cert_file_read_dek_key (FlCertFileReader *reader,
                           const char *headers,
                           FlSecret *body,
                           GError **error)
{
  const char *word = reader->passphrase != NULL ? fl_secret_get_text (reader->passphrase) : NULL;
  g_autofree char *info = dup_info (headers);
  g_autofree char *block = NULL;
  g_auto (gnutls_x509_privkey_t) key = NULL;
  g_autoptr (FlPrivateKey) found = NULL;
  gnutls_datum_t datum;
  int result;

  if (info == NULL)
    return fl_cert_file_refuse_encryption (error);
  /* GnuTLS 3.7 looks at the first byte of what it decrypted without asking whether there is one. */
  if (fl_secret_get_size (body) == 0 || fl_secret_get_size (body) > MAX_BYTES ||
      gnutls_x509_privkey_init (&key) < 0)
    return fl_cert_file_refuse_key (reader, error);

  block = write_block (info, body);
  datum = (gnutls_datum_t){ (unsigned char *) block, (unsigned int) strlen (block) };
  result = gnutls_x509_privkey_import_openssl (key, &datum, word);
  if (result == GNUTLS_E_INVALID_REQUEST) /* a cipher that it does not know */
    return fl_cert_file_refuse_encryption (error);
  if (result < 0)
    return fl_cert_file_refuse_passphrase (reader, error);
  found = fl_private_key_new_from_gnutls (key, NULL);
  return found != NULL ? fl_cert_file_add_key (reader, found, error)
                       : fl_cert_file_refuse_passphrase (reader, error);
}
