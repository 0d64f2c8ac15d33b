/* SPDX-License-Identifier: Apache-2.0 */

/* How often a file wants its passphrase to be hashed. This is read before GnuTLS is asked anything,
 * because for PKCS#12's schemes its own question is only answered after all the hashing. */

#include "config.h"

#include "fl-cert-file-reader.h"

/* Contents of object identifiers. RFC 8018, C: pkcs-5, PBES2, PBKDF2. RFC 7292, D: PBE ids. */
static const guint8 oid_pkcs5[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05 };
static const guint8 oid_pbes2[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d };
static const guint8 oid_pbkdf2[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c };
static const guint8 oid_pkcs12_pbe[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01 };

/* PBEParameter, and the beginning of PBKDF2-params. */
static gboolean
read_salt_and_rounds (FlDer der, guint64 *rounds)
{
  FlDer salt;

  return fl_der_enter (&der, FL_DER_SEQUENCE) && fl_der_take (&der, FL_DER_OCTET_STRING, &salt) &&
         fl_der_take_number (&der, rounds);
}

static gboolean
read_pbes2 (FlDer der, guint64 *rounds)
{
  FlDer oid;

  return fl_der_enter (&der, FL_DER_SEQUENCE) && fl_der_enter (&der, FL_DER_SEQUENCE) &&
         fl_der_take (&der, FL_DER_OID, &oid) &&
         fl_der_equal (oid, oid_pbkdf2, sizeof oid_pbkdf2) && read_salt_and_rounds (der, rounds);
}

gboolean
fl_cert_file_read_rounds (FlDer *algorithm, guint64 *rounds)
{
  FlDer inside, oid;

  if (!fl_der_take (algorithm, FL_DER_SEQUENCE, &inside) ||
      !fl_der_take (&inside, FL_DER_OID, &oid))
    return FALSE;
  if (fl_der_equal (oid, oid_pbes2, sizeof oid_pbes2))
    return read_pbes2 (inside, rounds);

  oid.size_bytes = oid.size_bytes > 0 ? oid.size_bytes - 1 : 0; /* the last number tells ciphers */
  return (fl_der_equal (oid, oid_pkcs5, sizeof oid_pkcs5) ||
          fl_der_equal (oid, oid_pkcs12_pbe, sizeof oid_pkcs12_pbe)) &&
         read_salt_and_rounds (inside, rounds);
}
