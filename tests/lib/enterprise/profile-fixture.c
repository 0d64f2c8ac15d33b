/* SPDX-License-Identifier: Apache-2.0 */
#include "profile-fixture.h"

#include <string.h>

#include "fl-cert-file.h"
#include "fl-error.h"

#include "profile-facts.h"

static FlSecret *
load_file (const char *folder, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", folder, name, NULL);
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size_bytes;

  g_file_get_contents (path, &data, &size_bytes, &error);
  g_assert_no_error (error);
  return fl_secret_new (data, size_bytes);
}

FlSecret *
load_sample (const char *name)
{
  return load_file ("profiles", name);
}

static FlProfile *
parse (FlSecret *contents)
{
  g_autoptr (GError) error = NULL;
  FlProfile *profile = fl_profile_parse (contents, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (fl_profile_sniff (contents));
  assert_profile_is_sane (profile);
  return profile;
}

FlProfile *
parse_sample (const char *name)
{
  g_autoptr (FlSecret) contents = load_sample (name);

  return parse (contents);
}

FlProfile *
parse_text (const char *text)
{
  g_autoptr (FlSecret) contents = fl_secret_new_from_string (text);

  return parse (contents);
}

static void
assert_refused (FlSecret *contents, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile = fl_profile_parse (contents, NULL, &error);

  g_assert_error (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE);
  g_assert_null (profile);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

void
assert_sample_refused (const char *name, const char *words)
{
  g_autoptr (FlSecret) contents = load_sample (name);

  assert_refused (contents, words);
}

void
assert_text_refused (const char *text, const char *words)
{
  g_autoptr (FlSecret) contents = fl_secret_new_from_string (text);

  assert_refused (contents, words);
}

void
assert_wants_passphrase (const char *name, const char *passphrase)
{
  g_autoptr (FlSecret) contents = load_sample (name);
  g_autoptr (FlSecret) secret = passphrase != NULL ? fl_secret_new_from_string (passphrase) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile = fl_profile_parse (contents, secret, &error);

  g_assert_error (error, FL_ERROR, FL_ERROR_PKCS12_PASSWORD);
  g_assert_null (profile);
}

const FlProfileNetwork *
get_network (const FlProfile *profile, guint index)
{
  GPtrArray *networks = fl_profile_get_networks (profile);

  g_assert_cmpuint (index, <, networks->len);
  return networks->pdata[index];
}

void
assert_ssid (const FlProfileNetwork *network, guint index, const char *name)
{
  gsize size_bytes;
  const void *bytes;

  g_assert_cmpuint (index, <, network->ssids->len);
  bytes = g_bytes_get_data (network->ssids->pdata[index], &size_bytes);
  g_assert_cmpmem (bytes, size_bytes, name, strlen (name));
}

void
assert_password (const FlProfileNetwork *network, const char *password)
{
  if (password == NULL)
    {
      g_assert_null (network->password);
      return;
    }
  g_assert_nonnull (network->password);
  g_assert_cmpmem (fl_secret_get_data (network->password), fl_secret_get_size (network->password),
                   password, strlen (password));
}

static FlCertFile *
parse_certificates (const void *data, gsize size_bytes)
{
  g_autoptr (FlSecret) text = fl_secret_new (data, size_bytes);
  g_autoptr (GError) error = NULL;
  FlCertFile *file = fl_cert_file_parse (text, NULL, &error);

  g_assert_no_error (error);
  return file;
}

void
assert_certificates (GBytes *pem, const char *first, const char *second, const char *third)
{
  const char *const names[] = { first, second, third };
  g_autoptr (FlCertFile) file = NULL;
  GPtrArray *found;
  guint n = 0;

  g_assert_nonnull (pem);
  file = parse_certificates (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem));
  found = fl_cert_file_get_certificates (file);
  for (; n < G_N_ELEMENTS (names) && names[n] != NULL; n++)
    {
      g_autoptr (FlSecret) text = load_file ("certificates", names[n]);
      g_autoptr (FlCertFile) wanted =
          parse_certificates (fl_secret_get_data (text), fl_secret_get_size (text));

      g_assert_cmpuint (n, <, found->len);
      g_assert_true (
          fl_certificate_equal (found->pdata[n], fl_cert_file_get_certificates (wanted)->pdata[0]));
    }
  g_assert_cmpuint (found->len, ==, n);
}

void
assert_key (FlSecret *pem, const char *name)
{
  g_autoptr (FlSecret) text = load_file ("certificates", name);
  g_autoptr (FlCertFile) wanted =
      parse_certificates (fl_secret_get_data (text), fl_secret_get_size (text));

  g_assert_true (
      fl_secret_equal (pem, fl_private_key_get_pem (fl_cert_file_get_keys (wanted)->pdata[0])));
}
