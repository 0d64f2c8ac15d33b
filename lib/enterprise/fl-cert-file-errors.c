/* SPDX-License-Identifier: Apache-2.0 */

/* Why a file is not taken. */

#include "config.h"

#include "fl-cert-file-reader.h"
#include "fl-error.h"

#include <glib/gi18n-lib.h>

static const char missing_passphrase[] = N_ ("The file is protected. Its password is needed.");

gboolean
fl_cert_file_refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, sentence);
  return FALSE;
}

gboolean
fl_cert_file_refuse_certificate (const FlCertFileReader *reader, GError **error)
{
  if (reader->part == 0)
    return fl_cert_file_refuse (error, _ ("The certificate cannot be read. It may be damaged."));
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
               _ ("Part %u of the file should be a certificate, but cannot be read."),
               reader->part);
  return FALSE;
}

gboolean
fl_cert_file_refuse_key (const FlCertFileReader *reader, GError **error)
{
  if (reader->part == 0)
    return fl_cert_file_refuse (error, _ ("The private key cannot be read. It may be damaged."));
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
               _ ("Part %u of the file should be a private key, but cannot be read."),
               reader->part);
  return FALSE;
}

gboolean
fl_cert_file_refuse_part (const FlCertFileReader *reader, GError **error)
{
  if (reader->part == 0)
    return fl_cert_file_refuse (error, _ ("The file cannot be read. It may be damaged."));
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT,
               _ ("Part %u of the file cannot be read. It may be damaged."), reader->part);
  return FALSE;
}

static gboolean
refuse_protection (GError **error, const char *sentence)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_PKCS12_PASSWORD, sentence);
  return FALSE;
}

gboolean
fl_cert_file_refuse_passphrase (const FlCertFileReader *reader, GError **error)
{
  return refuse_protection (error, reader->passphrase == NULL
                                       ? _ (missing_passphrase)
                                       : _ ("The password does not open the file."));
}

gboolean
fl_cert_file_refuse_encryption (GError **error)
{
  return refuse_protection (error, _ ("The file is protected in a way that cannot be read here."));
}

gboolean
fl_cert_file_wants_passphrase (const GError *error)
{
  return g_error_matches (error, FL_ERROR, FL_ERROR_PKCS12_PASSWORD) &&
         g_str_equal (error->message, _ (missing_passphrase));
}
