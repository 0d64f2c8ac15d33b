/* SPDX-License-Identifier: Apache-2.0 */
#include "profile-facts.h"

#include <string.h>

#include "fl-cert-file.h"
#include "fl-error.h"

#define MAX_TEXT_BYTES 4096

static void
assert_line (const char *text)
{
  if (text == NULL)
    return;
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), <=, MAX_TEXT_BYTES);
  g_assert_cmpstr (text, !=, "");
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
}

/* Certificates and keys are canonical: they can be read again without a passphrase. */
static void
assert_readable (const void *data, gsize size_bytes)
{
  g_autoptr (FlSecret) text = fl_secret_new (data, size_bytes);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlCertFile) file = fl_cert_file_parse (text, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (fl_secret_get_text (text), "-----BEGIN "));
}

static void
assert_enterprise (const FlEnterprise *enterprise)
{
  GBytes *certificates[] = { fl_enterprise_get_ca_certificate (enterprise),
                             fl_enterprise_get_client_certificate (enterprise) };
  FlSecret *key = fl_enterprise_get_private_key (enterprise);

  assert_line (fl_enterprise_get_identity (enterprise));
  assert_line (fl_enterprise_get_anonymous_identity (enterprise));
  if (fl_enterprise_get_server_name (enterprise) != NULL)
    g_assert_true (g_utf8_validate (fl_enterprise_get_server_name (enterprise), -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (certificates); i++)
    if (certificates[i] != NULL)
      assert_readable (g_bytes_get_data (certificates[i], NULL),
                       g_bytes_get_size (certificates[i]));
  if (key != NULL)
    assert_readable (fl_secret_get_data (key), fl_secret_get_size (key));
}

static void
assert_network (const FlProfileNetwork *network)
{
  for (guint i = 0; i < network->ssids->len; i++)
    {
      gsize size_bytes;
      const void *name = g_bytes_get_data (network->ssids->pdata[i], &size_bytes);

      g_assert_cmpuint (size_bytes, >=, 1);
      g_assert_cmpuint (size_bytes, <=, FL_SSID_MAX_BYTES);
      g_assert_null (memchr (name, '\0', size_bytes));
    }
  for (guint i = 0; i < network->server_names->len; i++)
    assert_line (network->server_names->pdata[i]);
  assert_line (network->realm);
  if (network->password != NULL)
    g_assert_cmpuint (fl_secret_get_size (network->password), >, 0);
  g_assert_true ((network->enterprise != NULL) == (network->security == FL_SECURITY_ENTERPRISE));
  if (network->enterprise != NULL)
    assert_enterprise (network->enterprise);
}

void
assert_profile_is_sane (const FlProfile *profile)
{
  GPtrArray *networks = fl_profile_get_networks (profile);
  GPtrArray *left_out = fl_profile_get_left_out (profile);

  g_assert_nonnull (fl_profile_get_format (profile));
  assert_line (fl_profile_get_provider (profile));
  assert_line (fl_profile_get_help (profile));
  assert_line (fl_profile_get_signer (profile));
  g_assert_cmpint (fl_profile_get_expires (profile), >=, 0);
  g_assert_cmpuint (networks->len, >=, 1);
  g_assert_cmpuint (networks->len, <=, FL_PROFILE_MAX_NETWORKS);
  for (guint i = 0; i < networks->len; i++)
    assert_network (networks->pdata[i]);
  for (guint i = 0; i < left_out->len; i++)
    assert_line (left_out->pdata[i]);
}

void
assert_result_is_sane (const FlProfile *profile, const GError *error)
{
  if (profile != NULL)
    {
      g_assert_no_error (error);
      if (fl_profile_get_networks (profile)->len > 0)
        assert_profile_is_sane (profile);
      return;
    }
  if (!g_error_matches (error, FL_ERROR, FL_ERROR_PKCS12_PASSWORD))
    g_assert_error (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE);
  assert_line (error->message);
}

gboolean
parse_and_check (FlSecret *contents)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile = fl_profile_parse (contents, NULL, &error);

  assert_result_is_sane (profile, error);
  if (profile == NULL)
    return FALSE;
  g_assert_cmpuint (fl_profile_get_networks (profile)->len, >, 0);
  g_assert_true (fl_profile_sniff (contents));
  return TRUE;
}
