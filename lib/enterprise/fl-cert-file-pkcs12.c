/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-cert-file-reader.h"
#include "fl-gnutls.h"

#include <glib/gi18n-lib.h>

/* GnuTLS before 3.8.11 leaves out what comes after the 32nd element of a bag without a word. */
#define MAX_ELEMENTS 32
#define MAX_BAGS     (2 * FL_CERT_FILE_MAX_ITEMS)

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (gnutls_pkcs12_bag_t, gnutls_pkcs12_bag_deinit, NULL)

typedef struct
{
  FlCertFileReader *reader; /* borrowed */
  gnutls_pkcs12_t file;     /* borrowed */
  const char *passphrase;   /* (nullable) NULL and "" are different keys: RFC 7292, B.1 */
  gboolean proven;          /* it fits the file's MAC */
} Opening;

/* Where an encrypted bag tells its algorithm: EncryptedData (RFC 5652, 8) is a version, and a
 * sequence that begins with the type of its contents. */
static gboolean
read_bag_rounds (gnutls_pkcs12_bag_t bag, guint64 *rounds)
{
  gnutls_datum_t datum;
  guint64 version;
  FlDer rest, type;

  if (gnutls_pkcs12_bag_get_data (bag, 0, &datum) < 0)
    return FALSE;
  rest = (FlDer){ datum.data, datum.size };
  return fl_der_enter (&rest, FL_DER_SEQUENCE) && fl_der_take_number (&rest, &version) &&
         fl_der_enter (&rest, FL_DER_SEQUENCE) && fl_der_take (&rest, FL_DER_OID, &type) &&
         fl_cert_file_read_rounds (&rest, rounds);
}

static gboolean
decrypt_bag (Opening *opening, gnutls_pkcs12_bag_t bag, GError **error)
{
  guint64 rounds;

  if (!read_bag_rounds (bag, &rounds))
    return fl_cert_file_refuse_encryption (error);
  if (!fl_cert_file_spend_rounds (opening->reader, rounds, error))
    return FALSE;
  if (gnutls_pkcs12_bag_decrypt (bag, opening->passphrase) >= 0)
    return TRUE;
  return opening->proven ? fl_cert_file_refuse_encryption (error)
                         : fl_cert_file_refuse_passphrase (opening->reader, error);
}

static gboolean
read_element (Opening *opening, gnutls_pkcs12_bag_t bag, unsigned int index, GError **error)
{
  const int type = gnutls_pkcs12_bag_get_type (bag, index);
  g_autoptr (FlSecret) secret = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gnutls_datum_t datum;

  if (type < 0 || gnutls_pkcs12_bag_get_data (bag, index, &datum) < 0)
    return fl_cert_file_refuse_part (opening->reader, error);
  if (type == GNUTLS_BAG_CERTIFICATE)
    {
      bytes = g_bytes_new (datum.data, datum.size);
      return fl_cert_file_add_certificate (opening->reader, bytes, error);
    }
  if (type == GNUTLS_BAG_PKCS8_KEY)
    {
      secret = fl_secret_new (datum.data, datum.size);
      fl_wipe (datum.data, datum.size); /* the bag's own copy; nobody looks at it again */
      return fl_cert_file_add_plain_key (opening->reader, secret, error);
    }
  if (type == GNUTLS_BAG_PKCS8_ENCRYPTED_KEY)
    {
      secret = fl_secret_new (datum.data, datum.size);
      return fl_cert_file_read_protected_key (opening->reader, secret, opening->passphrase, error);
    }
  /* Lists of revoked certificates and other people's secrets are nothing to set up with. */
  return TRUE;
}

static gboolean
read_bag (Opening *opening, gnutls_pkcs12_bag_t bag, GError **error)
{
  int n_elements;

  if (gnutls_pkcs12_bag_get_type (bag, 0) == GNUTLS_BAG_ENCRYPTED &&
      !decrypt_bag (opening, bag, error))
    return FALSE;

  n_elements = gnutls_pkcs12_bag_get_count (bag);
  if (n_elements < 0)
    return fl_cert_file_refuse_part (opening->reader, error);
  if (n_elements >= MAX_ELEMENTS)
    return fl_cert_file_refuse (error, _ ("The file holds too many certificates."));
  for (int i = 0; i < n_elements; i++)
    if (!read_element (opening, bag, (unsigned int) i, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_bags (Opening *opening, GError **error)
{
  for (int i = 0; i <= MAX_BAGS; i++)
    {
      g_auto (gnutls_pkcs12_bag_t) bag = NULL;
      int result;

      if (gnutls_pkcs12_bag_init (&bag) < 0)
        return fl_cert_file_refuse_part (opening->reader, error);
      result = gnutls_pkcs12_get_bag (opening->file, i, bag);
      if (result == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
        return TRUE;
      if (result < 0)
        return fl_cert_file_refuse_part (opening->reader, error);
      if (!read_bag (opening, bag, error))
        return FALSE;
    }
  return fl_cert_file_refuse (error, _ ("The file holds too many certificates."));
}

/* Whether @passphrase is the one of the MAC; FALSE with @error set when it must not be tried. */
static gboolean
try_mac (Opening *opening, const char *passphrase, guint64 rounds, GError **error)
{
  if (!fl_cert_file_spend_rounds (opening->reader, rounds, error))
    return FALSE;
  opening->passphrase = passphrase;
  opening->proven = gnutls_pkcs12_verify_mac (opening->file, passphrase) >= 0;
  return opening->proven;
}

/* Finds the passphrase that fits the MAC. Without a given one, a file may be protected by none, or
 * by one without letters. */
static gboolean
check_mac (Opening *opening, GError **error)
{
  FlSecret *given = opening->reader->passphrase;
  const char *text = given != NULL ? fl_secret_get_text (given) : "";
  GError *local_error = NULL;
  unsigned int rounds = 0;
  char *oid = NULL; /* GnuTLS 3.7 leaks it when nobody asks for it and it knows no such MAC */
  const int result = gnutls_pkcs12_mac_info (opening->file, NULL, NULL, NULL, &rounds, &oid);

  gnutls_free (oid);
  if (result == GNUTLS_E_UNKNOWN_HASH_ALGORITHM)
    return fl_cert_file_refuse_encryption (error);
  opening->passphrase = text;
  if (result < 0) /* it has none */
    return TRUE;

  if (try_mac (opening, text, rounds, &local_error) ||
      (local_error == NULL && text[0] == '\0' && try_mac (opening, NULL, rounds, &local_error)))
    return TRUE;
  if (local_error == NULL)
    return fl_cert_file_refuse_passphrase (opening->reader, error);
  g_propagate_error (error, local_error);
  return FALSE;
}

gboolean
fl_cert_file_read_pkcs12 (FlCertFileReader *reader, FlSecret *der, GError **error)
{
  const gnutls_datum_t datum = fl_gnutls_borrow_secret (der);
  g_auto (gnutls_pkcs12_t) file = NULL;
  Opening opening = { .reader = reader };

  if (!fl_der_is_whole ((FlDer){ datum.data, datum.size }) || gnutls_pkcs12_init (&file) < 0 ||
      gnutls_pkcs12_import (file, &datum, GNUTLS_X509_FMT_DER, 0) < 0)
    return fl_cert_file_refuse_part (reader, error);
  opening.file = file;
  return check_mac (&opening, error) && read_bags (&opening, error);
}
