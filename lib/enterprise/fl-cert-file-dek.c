/* SPDX-License-Identifier: Apache-2.0 */

/* Keys that OpenSSL encrypted before PKCS#8 ("Proc-Type: 4,ENCRYPTED"): RFC 1421, 4.6.1.1 and
 * 4.6.1.3; the key is made of the passphrase as EVP_BytesToKey(3) of OpenSSL says, with MD5, one
 * round, and the first eight bytes of the initialisation vector as salt. */

#include "config.h"

#include "fl-cert-file-reader.h"
#include "fl-private-key-gnutls.h"

#include <gnutls/crypto.h>
#include <string.h>

#define DEK_INFO      "DEK-Info:"
#define MAX_IV_BYTES  16
#define MAX_KEY_BYTES 32
#define SALT_BYTES    8
#define MD5_BYTES     16

static const struct
{
  const char *name;
  gnutls_cipher_algorithm_t algorithm;
} ciphers[] = {
  { "DES-CBC", GNUTLS_CIPHER_DES_CBC },         { "DES-EDE3-CBC", GNUTLS_CIPHER_3DES_CBC },
  { "AES-128-CBC", GNUTLS_CIPHER_AES_128_CBC }, { "AES-192-CBC", GNUTLS_CIPHER_AES_192_CBC },
  { "AES-256-CBC", GNUTLS_CIPHER_AES_256_CBC },
};

/* Hexadecimal digits of exactly @n_bytes. */
static gboolean
read_hex (const char *text, guint8 *bytes, guint n_bytes)
{
  if (strlen (text) != 2 * (gsize) n_bytes)
    return FALSE;
  for (guint i = 0; i < n_bytes; i++)
    {
      const int high = g_ascii_xdigit_value (text[2 * i]);
      const int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      bytes[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

static gboolean
read_info (const char *headers, gnutls_cipher_algorithm_t *cipher, guint8 *iv)
{
  g_auto (GStrv) lines = g_strsplit (headers, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = NULL;

      if (!g_str_has_prefix (lines[i], DEK_INFO))
        continue;
      parts = g_strsplit (lines[i] + strlen (DEK_INFO), ",", 2);
      if (g_strv_length (parts) != 2)
        return FALSE;
      for (guint k = 0; k < G_N_ELEMENTS (ciphers); k++)
        if (g_ascii_strcasecmp (g_strstrip (parts[0]), ciphers[k].name) == 0)
          {
            *cipher = ciphers[k].algorithm;
            return read_hex (g_strstrip (parts[1]), iv,
                             gnutls_cipher_get_iv_size (ciphers[k].algorithm));
          }
    }
  return FALSE;
}

/* @key: at least @n_bytes, a multiple of MD5_BYTES of room. */
static gboolean
stretch (const char *passphrase, const guint8 *salt, FlSecret *key)
{
  guint8 *out = fl_secret_get_writable (key);
  const gsize n_bytes = fl_secret_get_size (key);
  const gsize length = strlen (passphrase);

  for (gsize done = 0; done < n_bytes; done += MD5_BYTES)
    {
      gnutls_hash_hd_t md5;

      if (gnutls_hash_init (&md5, GNUTLS_DIG_MD5) < 0)
        return FALSE;
      if (done > 0)
        gnutls_hash (md5, out + done - MD5_BYTES, MD5_BYTES);
      gnutls_hash (md5, passphrase, length);
      gnutls_hash (md5, salt, SALT_BYTES);
      gnutls_hash_deinit (md5, out + done);
    }
  return TRUE;
}

/* (transfer full) (nullable) */
static FlSecret *
decrypt (gnutls_cipher_algorithm_t cipher, const guint8 *iv, FlSecret *body, const char *passphrase)
{
  g_autoptr (FlSecret) key = fl_secret_new_zeroed (MAX_KEY_BYTES);
  g_autoptr (FlSecret) plain = NULL;
  const gsize block = gnutls_cipher_get_block_size (cipher), size = fl_secret_get_size (body);
  gnutls_datum_t key_datum, iv_datum;
  gnutls_cipher_hd_t handle;
  const guint8 *data;
  int result;

  if (size == 0 || size % block != 0 || !stretch (passphrase, iv, key))
    return NULL;

  key_datum = (gnutls_datum_t){ fl_secret_get_writable (key),
                                (unsigned int) gnutls_cipher_get_key_size (cipher) };
  iv_datum = (gnutls_datum_t){ (unsigned char *) iv, gnutls_cipher_get_iv_size (cipher) };
  if (gnutls_cipher_init (&handle, cipher, &key_datum, &iv_datum) < 0)
    return NULL;
  plain = fl_secret_new (fl_secret_get_data (body), size);
  result = gnutls_cipher_decrypt (handle, fl_secret_get_writable (plain), size);
  gnutls_cipher_deinit (handle);

  /* The padding tells its own length: RFC 8018, 6.1.1. */
  data = fl_secret_get_data (plain);
  if (result < 0 || data[size - 1] == 0 || data[size - 1] > block)
    return NULL;
  for (gsize i = size - data[size - 1]; i < size; i++)
    if (data[i] != data[size - 1])
      return NULL;
  return fl_secret_new (data, size - data[size - 1]);
}

gboolean
fl_cert_file_read_dek_key (FlCertFileReader *reader,
                           const char *headers,
                           FlSecret *body,
                           GError **error)
{
  gnutls_cipher_algorithm_t cipher = GNUTLS_CIPHER_UNKNOWN;
  guint8 iv[MAX_IV_BYTES] = { 0 };
  g_autoptr (FlSecret) plain = NULL;
  g_autoptr (FlPrivateKey) key = NULL;

  if (!read_info (headers, &cipher, iv))
    return fl_cert_file_refuse_encryption (error);
  if (reader->passphrase == NULL)
    return fl_cert_file_refuse_passphrase (reader, error);

  plain = decrypt (cipher, iv, body, fl_secret_get_text (reader->passphrase));
  /* One of 256 wrong passphrases gives a padding that looks right. */
  key = plain != NULL ? fl_private_key_new_from_der (plain, NULL) : NULL;
  if (key == NULL)
    return fl_cert_file_refuse_passphrase (reader, error);
  return fl_cert_file_add_key (reader, key, error);
}
