/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-cert-file.h"
#include "fl-cert-file-reader.h"
#include "fl-error.h"
#include "fl-pem.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _FlCertFile
{
  gatomicrefcount ref_count;
  GPtrArray *certificates;
  GPtrArray *keys;
};

G_DEFINE_BOXED_TYPE (FlCertFile, fl_cert_file, fl_cert_file_ref, fl_cert_file_unref)

gboolean
fl_cert_file_add_certificate (FlCertFileReader *reader, GBytes *der, GError **error)
{
  g_autoptr (FlCertificate) certificate = NULL;

  if (reader->certificates->len == FL_CERT_FILE_MAX_ITEMS)
    return fl_cert_file_refuse (error, _ ("The file holds too many certificates."));
  certificate = fl_certificate_new_from_der (der, NULL);
  if (certificate == NULL)
    return fl_cert_file_refuse_certificate (reader, error);
  g_ptr_array_add (reader->certificates, g_steal_pointer (&certificate));
  return TRUE;
}

gboolean
fl_cert_file_add_key (FlCertFileReader *reader, FlPrivateKey *key, GError **error)
{
  if (reader->keys->len == FL_CERT_FILE_MAX_ITEMS)
    return fl_cert_file_refuse (error, _ ("The file holds too many keys."));
  g_ptr_array_add (reader->keys, fl_private_key_ref (key));
  return TRUE;
}

gboolean
fl_cert_file_add_plain_key (FlCertFileReader *reader, FlSecret *der, GError **error)
{
  g_autoptr (FlPrivateKey) key = fl_private_key_new_from_der (der, NULL);

  return key != NULL ? fl_cert_file_add_key (reader, key, error)
                     : fl_cert_file_refuse_key (reader, error);
}

gboolean
fl_cert_file_spend_rounds (FlCertFileReader *reader, guint64 rounds, GError **error)
{
  if (rounds > reader->rounds_left)
    return fl_cert_file_refuse (error,
                                _ ("Opening the file would take too long. It may be damaged."));
  reader->rounds_left -= rounds;
  return TRUE;
}

gboolean
fl_cert_file_read_der (FlCertFileReader *reader, FlSecret *der, GError **error)
{
  const FlDer rest = { fl_secret_get_data (der), fl_secret_get_size (der) };
  g_autoptr (GBytes) bytes = NULL;

  switch (fl_der_guess (rest))
    {
    case FL_DER_CERTIFICATE:
      bytes = g_bytes_new (rest.data, rest.size_bytes);
      return fl_cert_file_add_certificate (reader, bytes, error);
    case FL_DER_KEY:
      return fl_cert_file_add_plain_key (reader, der, error);
    case FL_DER_PROTECTED_KEY:
      return fl_cert_file_read_protected_key (reader, der,
                                              reader->passphrase != NULL
                                                  ? fl_secret_get_text (reader->passphrase)
                                                  : NULL,
                                              error);
    case FL_DER_PKCS7:
      return fl_cert_file_read_pkcs7 (reader, der, error);
    case FL_DER_PKCS12:
      return fl_cert_file_read_pkcs12 (reader, der, error);
    case FL_DER_NOTHING:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

/* (transfer full) @contents as text of one byte a letter: without a byte order mark, and no UTF-16,
 * which some editors on Windows write. Letters beyond ASCII are of no use here. */
static FlSecret *
make_text (FlSecret *contents)
{
  const guint8 *data = fl_secret_get_data (contents);
  const gsize size_bytes = fl_secret_get_size (contents);
  g_autoptr (FlSecret) text = NULL;
  guint8 *out;
  guint big;

  if (size_bytes >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    return fl_secret_new (data + 3, size_bytes - 3);
  if (size_bytes < 2 || (memcmp (data, "\xff\xfe", 2) != 0 && memcmp (data, "\xfe\xff", 2) != 0))
    return fl_secret_ref (contents);

  big = data[0] == 0xfe ? 1 : 0;
  text = fl_secret_new_zeroed (size_bytes / 2 - 1);
  out = fl_secret_get_writable (text);
  for (gsize i = 0; i < size_bytes / 2 - 1; i++)
    {
      const guint8 low = data[2 + 2 * i + big], high = data[2 + 2 * i + 1 - big];

      out[i] = high == 0 && low < 0x80 ? low : '?';
    }
  return g_steal_pointer (&text);
}

static gboolean
read_contents (FlCertFileReader *reader, FlSecret *contents, GError **error)
{
  g_autoptr (FlSecret) text = make_text (contents);
  const char *letters = fl_secret_get_text (text);
  const gsize size_bytes = fl_secret_get_size (text);

  /* A PKCS#12 file may hold PEM text, and a letter may begin with a zero ("0"), which begins DER.
   */
  if (size_bytes < 2 || letters[0] != FL_DER_SEQUENCE || (guint8) letters[1] < 0x80)
    if (fl_pem_is_in (letters, size_bytes))
      return fl_cert_file_read_pem (reader, letters, size_bytes, error);
  return fl_cert_file_read_der (reader, text, error);
}

FlCertFile *
fl_cert_file_parse_bounded (FlSecret *contents,
                            FlSecret *passphrase,
                            guint64 max_rounds,
                            GError **error)
{
  g_autoptr (FlCertFile) self = g_new0 (FlCertFile, 1);
  FlCertFileReader reader;
  const gsize size_bytes = fl_secret_get_size (contents);

  g_atomic_ref_count_init (&self->ref_count);
  self->certificates = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_certificate_unref);
  self->keys = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_private_key_unref);
  reader = (FlCertFileReader){ self->certificates, self->keys, passphrase, max_rounds, 0 };

  if (size_bytes == 0)
    fl_cert_file_refuse (error, _ ("The file is empty."));
  else if (size_bytes > FL_CERT_FILE_MAX_BYTES)
    fl_cert_file_refuse (error, _ ("The file is too large to hold certificates or keys."));
  else if (passphrase != NULL &&
           memchr (fl_secret_get_data (passphrase), '\0', fl_secret_get_size (passphrase)) != NULL)
    fl_cert_file_refuse_passphrase (&reader, error); /* GnuTLS would see the beginning only */
  else if (read_contents (&reader, contents, error))
    {
      if (self->certificates->len + self->keys->len > 0)
        return g_steal_pointer (&self);
      fl_cert_file_refuse (error, _ ("The file holds neither a certificate nor a key."));
    }
  return NULL;
}

FlCertFile *
fl_cert_file_parse (FlSecret *contents, FlSecret *passphrase, GError **error)
{
  g_return_val_if_fail (contents != NULL, NULL);

  return fl_cert_file_parse_bounded (contents, passphrase, FL_CERT_FILE_MAX_ROUNDS, error);
}

FlCertFile *
fl_cert_file_ref (FlCertFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fl_cert_file_unref (FlCertFile *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->certificates, g_ptr_array_unref);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_free (self);
}

GPtrArray *
fl_cert_file_get_certificates (const FlCertFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->certificates;
}

GPtrArray *
fl_cert_file_get_keys (const FlCertFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->keys;
}
