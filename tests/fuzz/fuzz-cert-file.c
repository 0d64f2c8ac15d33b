/* SPDX-License-Identifier: Apache-2.0 */

/* Certificates and keys are files from somebody else. The first byte tells which passphrase is
 * tried, the rest is the file. */

#include "fl-cert-file-reader.h"
#include "fl-error.h"

#include <string.h>

#include "fuzz.h"

#define MAX_ROUNDS 10000 /* the seeds ask for 2048 a key; more only takes longer */

static void
check_text (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (c)));
}

static void
check_certificate (FlCertificate *certificate)
{
  g_autoptr (GBytes) pem = fl_certificate_to_pem (certificate);
  g_autoptr (FlSecret) text = fl_secret_new (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem));
  g_autoptr (FlCertFile) again = fl_cert_file_parse (text, NULL, NULL);

  check_text (fl_certificate_get_name (certificate));
  check_text (fl_certificate_get_subject (certificate));
  check_text (fl_certificate_get_issuer (certificate));
  check_text (fl_certificate_get_signature (certificate));
  if (fl_certificate_get_identity (certificate) != NULL)
    {
      check_text (fl_certificate_get_identity (certificate));
      g_assert_nonnull (strchr (fl_certificate_get_identity (certificate), '@'));
    }
  g_assert_true (!fl_certificate_is_ca (certificate) ||
                 fl_certificate_has_basic_constraints (certificate));
  g_assert_nonnull (again);
  g_assert_true (
      fl_certificate_equal (certificate, fl_cert_file_get_certificates (again)->pdata[0]));
}

/* What goes to the device can be read again and is the same. */
static void
check_key (FlPrivateKey *key)
{
  FlSecret *pem = fl_private_key_get_pem (key);
  g_autoptr (FlCertFile) again = fl_cert_file_parse (pem, NULL, NULL);
  const char *text = fl_secret_get_text (pem);

  g_assert_nonnull (again);
  g_assert_cmpuint (fl_cert_file_get_keys (again)->len, ==, 1);
  g_assert_true (
      fl_secret_equal (fl_private_key_get_pem (fl_cert_file_get_keys (again)->pdata[0]), pem));
  g_assert_null (strstr (text, "\n\n"));
  g_assert_null (strchr (text, '\r'));
  g_assert_true (g_str_has_suffix (text, "-----\n"));
}

static void
check_file (FlCertFile *file)
{
  GPtrArray *certificates = fl_cert_file_get_certificates (file);
  GPtrArray *keys = fl_cert_file_get_keys (file);
  g_autoptr (GPtrArray) sorted = fl_certificates_sort (certificates);

  g_assert_cmpuint (certificates->len + keys->len, >, 0);
  g_assert_cmpuint (certificates->len, <=, FL_CERT_FILE_MAX_ITEMS);
  g_assert_cmpuint (keys->len, <=, FL_CERT_FILE_MAX_ITEMS);
  g_assert_cmpuint (sorted->len, ==, certificates->len);
  for (guint i = 0; i < certificates->len; i++)
    check_certificate (certificates->pdata[i]);
  for (guint i = 0; i < keys->len; i++)
    check_key (keys->pdata[i]);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  g_autoptr (FlSecret) contents = NULL, passphrase = NULL;
  g_autoptr (FlCertFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (size_bytes == 0)
    return 0;
  if (data[0] != '0')
    passphrase = fl_secret_new_from_string (data[0] == 'e' ? "" : "harbour");
  contents = fl_secret_new (data + 1, size_bytes - 1);
  file = fl_cert_file_parse_bounded (contents, passphrase, MAX_ROUNDS, &error);
  if (file != NULL)
    {
      check_file (file);
      return 0;
    }
  if (!g_error_matches (error, FL_ERROR, FL_ERROR_PKCS12_PASSWORD))
    g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  check_text (error->message);
  return 0;
}
