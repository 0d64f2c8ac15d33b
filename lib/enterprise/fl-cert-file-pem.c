/* SPDX-License-Identifier: Apache-2.0 */

/* PEM text: blocks of all kinds, in any order. */

#include "config.h"

#include "fl-cert-file-reader.h"
#include "fl-error.h"
#include "fl-pem.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BLOCKS (4 * FL_CERT_FILE_MAX_ITEMS)

typedef enum
{
  CERTIFICATE,
  TRUSTED_CERTIFICATE, /* with OpenSSL's own data behind it: PEM_read_bio_X509_AUX(3) */
  KEY,
  PROTECTED_KEY,
  BUNDLE,
  PKCS12,
  ACCOMPANYING, /* stands beside certificates and keys; nothing to send */
  UNKNOWN,
} Kind;

/* RFC 7468, 4 and table 1; what OpenSSL writes besides: <openssl/pem.h>, PEM_STRING_… */
static const struct
{
  const char *label;
  Kind kind;
} labels[] = {
  { "CERTIFICATE", CERTIFICATE },
  { "X509 CERTIFICATE", CERTIFICATE },
  { "X.509 CERTIFICATE", CERTIFICATE },
  { "TRUSTED CERTIFICATE", TRUSTED_CERTIFICATE },
  { "PRIVATE KEY", KEY },
  { "RSA PRIVATE KEY", KEY },
  { "EC PRIVATE KEY", KEY },
  { "DSA PRIVATE KEY", KEY },
  { "ENCRYPTED PRIVATE KEY", PROTECTED_KEY },
  { "PKCS7", BUNDLE },
  { "PKCS #7 SIGNED DATA", BUNDLE },
  { "CMS", BUNDLE },
  { "PKCS12", PKCS12 },
  { "EC PARAMETERS", ACCOMPANYING },
  { "DH PARAMETERS", ACCOMPANYING },
  { "DSA PARAMETERS", ACCOMPANYING },
  { "PUBLIC KEY", ACCOMPANYING },
  { "RSA PUBLIC KEY", ACCOMPANYING },
  { "X509 CRL", ACCOMPANYING },
  { "CERTIFICATE REQUEST", ACCOMPANYING },
  { "NEW CERTIFICATE REQUEST", ACCOMPANYING },
};

static Kind
find_kind (const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strcmp (label, labels[i].label) == 0)
      return labels[i].kind;
  return UNKNOWN;
}

static gboolean
read_certificate (FlCertFileReader *reader, FlSecret *der, Kind kind, GError **error)
{
  FlDer rest = { fl_secret_get_data (der), fl_secret_get_size (der) }, whole = rest, content;
  g_autoptr (GBytes) bytes = NULL;
  guint8 tag;

  if (kind == TRUSTED_CERTIFICATE && !fl_der_read (&rest, &tag, &content, &whole))
    whole = rest;
  bytes = g_bytes_new (whole.data, whole.size_bytes);
  return fl_cert_file_add_certificate (reader, bytes, error);
}

static gboolean
read_key (FlCertFileReader *reader, const FlPemBlock *block, GError **error)
{
  if (strstr (block->headers, "ENCRYPTED") != NULL)
    return fl_cert_file_read_dek_key (reader, block->headers, block->der, error);
  return fl_cert_file_add_plain_key (reader, block->der, error);
}

static gboolean
read_block (FlCertFileReader *reader, const FlPemBlock *block, Kind kind, GError **error)
{
  switch (kind)
    {
    case CERTIFICATE:
    case TRUSTED_CERTIFICATE:
      return read_certificate (reader, block->der, kind, error);
    case KEY:
      return read_key (reader, block, error);
    case PROTECTED_KEY:
      return fl_cert_file_read_protected_key (reader, block->der,
                                              reader->passphrase != NULL
                                                  ? fl_secret_get_text (reader->passphrase)
                                                  : NULL,
                                              error);
    case BUNDLE:
      return fl_cert_file_read_pkcs7 (reader, block->der, error);
    case PKCS12:
      return fl_cert_file_read_pkcs12 (reader, block->der, error);
    case ACCOMPANYING:
    case UNKNOWN:
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

/* Whether @block is one at all. */
static gboolean
check_block (const FlCertFileReader *reader, const FlPemBlock *block, Kind kind, GError **error)
{
  if (!block->ended)
    g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                 _ ("Part %u of the file has no end. The file may be incomplete."), reader->part);
  else if (kind == UNKNOWN)
    g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
                 /* Translators: the second is what the file calls it, in capitals. */
                 _ ("Part %u of the file (“%s”) is neither a certificate nor a key."), reader->part,
                 block->label);
  else if (block->der != NULL)
    return TRUE;
  else if (kind == CERTIFICATE || kind == TRUSTED_CERTIFICATE)
    return fl_cert_file_refuse_certificate (reader, error);
  else if (kind == KEY || kind == PROTECTED_KEY)
    return fl_cert_file_refuse_key (reader, error);
  else
    return fl_cert_file_refuse_part (reader, error);
  return FALSE;
}

gboolean
fl_cert_file_read_pem (FlCertFileReader *reader, const char *text, gsize size_bytes, GError **error)
{
  for (reader->part = 1; reader->part <= MAX_BLOCKS; reader->part++)
    {
      g_auto (FlPemBlock) block = { 0 };
      Kind kind;

      if (!fl_pem_next (&text, &size_bytes, &block))
        return TRUE;
      kind = find_kind (block.label);
      if (!check_block (reader, &block, kind, error) || !read_block (reader, &block, kind, error))
        return FALSE;
    }
  return fl_cert_file_refuse (error, _ ("The file holds too many certificates."));
}
