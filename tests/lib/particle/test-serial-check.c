/* SPDX-License-Identifier: Apache-2.0 */

/* What is refused before the first byte is sent, and what is made of PEM text. */

#include "serial-pair.h"
#include "serial-pem.h"

#include "fl-error.h"

#include <string.h>

#define G2 FL_SERIAL_G2, FL_SERIAL_VERSION (2, 3, 1)

static void
begin (SerialPair *pair, FlCredentials *credentials)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fl_serial_session_join (pair->session, credentials, pair->now_us, &error));
  g_assert_no_error (error);
}

static void
join (SerialPair *pair, FlCredentials *credentials)
{
  begin (pair, credentials);
  serial_pair_finish (pair);
}

static void
refuse (FlCredentials *credentials, int code)
{
  g_autoptr (SerialPair) pair = serial_pair_new (G2);
  g_autoptr (GError) error = NULL;

  g_assert_false (fl_serial_session_join (pair->session, credentials, 0, &error));
  g_assert_error (error, FL_ERROR, code);
  serial_pair_run (pair, 60 * G_TIME_SPAN_SECOND);
  g_assert_cmpstr (pair->host_said->str, ==, "");
  g_assert_no_error (pair->error);
  fl_credentials_unref (credentials);
}

static void
test_check_lengths (void)
{
  g_autofree char *long_64 = g_strnfill (64, 'a');
  g_autofree char *long_65 = g_strnfill (65, 'a');

  refuse (serial_personal ("a", FL_SECURITY_WPA2, "1234567"), FL_ERROR_INVALID_INPUT);
  refuse (serial_personal ("a", FL_SECURITY_WPA2, NULL), FL_ERROR_INVALID_INPUT);
  refuse (serial_personal ("a", FL_SECURITY_WPA2, long_65), FL_ERROR_INVALID_INPUT);
  refuse (serial_personal ("a", FL_SECURITY_WEP, "1234"), FL_ERROR_INVALID_INPUT);
  refuse (serial_personal ("a", FL_SECURITY_OPEN, "12345678"), FL_ERROR_INVALID_INPUT);
  refuse (serial_login (long_65, "x", NULL, NULL), FL_ERROR_INVALID_INPUT);
  refuse (serial_login ("", "x", NULL, NULL), FL_ERROR_INVALID_INPUT);
  refuse (serial_login (NULL, "x", NULL, NULL), FL_ERROR_INVALID_INPUT);
  refuse (serial_login ("ada", long_65, NULL, NULL), FL_ERROR_INVALID_INPUT);
  refuse (serial_login ("ada", NULL, NULL, NULL), FL_ERROR_INVALID_INPUT);
  refuse (serial_login ("ada", "", NULL, NULL), FL_ERROR_INVALID_INPUT);
  refuse (serial_login ("ada", "x", long_65, NULL), FL_ERROR_INVALID_INPUT);
  refuse (serial_certificate_login (NULL, KEY_PEM), FL_ERROR_INVALID_INPUT);
  refuse (serial_certificate_login (CLIENT_PEM, NULL), FL_ERROR_INVALID_INPUT);
  {
    g_autoptr (SerialPair) pair = serial_pair_new (G2);
    g_autoptr (FlCredentials) credentials = serial_personal ("a", FL_SECURITY_WPA2, long_64);

    join (pair, credentials);
    g_assert_cmpuint (pair->n_done, ==, 1);
  }
}

static void
test_check_bytes (void)
{
  const char *const bad[] = { "hor\x08sexx", "hor\x7fsexx", "hor\nsexxx", "hor\rsexxx" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      refuse (serial_personal (bad[i], FL_SECURITY_OPEN, NULL), FL_ERROR_INVALID_INPUT);
      refuse (serial_personal ("a", FL_SECURITY_WPA2, bad[i]), FL_ERROR_INVALID_INPUT);
      refuse (serial_login (bad[i], "x", NULL, NULL), FL_ERROR_INVALID_INPUT);
      refuse (serial_login ("ada", bad[i], NULL, NULL), FL_ERROR_INVALID_INPUT);
      refuse (serial_login ("ada", "x", bad[i], NULL), FL_ERROR_INVALID_INPUT);
    }
  {
    g_autoptr (GBytes) ssid = g_bytes_new_static ("a\0b", 3);

    refuse (fl_credentials_new (ssid, FL_SECURITY_OPEN, NULL, FALSE, NULL), FL_ERROR_INVALID_INPUT);
  }
}

static void
test_check_methods (void)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("eduroam", 7);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("x");
  const FlEnterpriseValues values[] = {
    { .method = FL_EAP_TTLS, .inner = FL_EAP_INNER_PAP, .identity = "ada" },
    { .method = FL_EAP_PEAP, .inner = FL_EAP_INNER_GTC, .identity = "ada" },
    { .method = FL_EAP_LEAP, .identity = "ada" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (FlEnterprise) enterprise = fl_enterprise_new_full (&values[i]);

      refuse (fl_credentials_new_enterprise (ssid, enterprise, password), FL_ERROR_INVALID_INPUT);
    }
}

/* A PEM text of @n_lines full lines. */
static char *
make_pem (const char *label, guint n_lines, gsize line_bytes)
{
  GString *pem = g_string_new (NULL);
  g_autofree char *line = g_strnfill (line_bytes, 'A');

  g_string_append_printf (pem, "-----BEGIN %s-----\n", label);
  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (pem, "%s\n", line);
  g_string_append_printf (pem, "-----END %s-----\n", label);
  return g_string_free (pem, FALSE);
}

static void
refuse_key (const char *key)
{
  refuse (serial_certificate_login (CLIENT_PEM, key), FL_ERROR_INVALID_INPUT);
}

static void
test_check_pem (void)
{
  g_autofree char *long_line = make_pem ("CERTIFICATE", 4, 77);
  g_autofree char *two_keys = g_strconcat (KEY_PEM, KEY_PEM, NULL);
  g_autofree char *cut = g_strndup (CLIENT_PEM, strlen (CLIENT_PEM) / 2);
  g_autofree char *locked = make_pem ("ENCRYPTED PRIVATE KEY", 8, 64);
  const char *const bad_certificates[] = { "",
                                           "nothing",
                                           long_line,
                                           cut,
                                           KEY_PEM,
                                           "-----BEGIN CERTIFICATE-----\nAA\n"
                                           "-----END PRIVATE KEY-----\n",
                                           "-----BEGIN CERTIFICATE-----\nA A\n"
                                           "-----END CERTIFICATE-----\n" };

  for (guint i = 0; i < G_N_ELEMENTS (bad_certificates); i++)
    {
      refuse (serial_certificate_login (bad_certificates[i], KEY_PEM), FL_ERROR_INVALID_INPUT);
      if (i > 0)
        refuse (serial_login ("ada", "x", NULL, bad_certificates[i]), FL_ERROR_INVALID_INPUT);
    }
  refuse_key (CLIENT_PEM);
  refuse_key (two_keys);
  refuse_key (locked);
  refuse_key ("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
              "DEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
}

/* Two bytes count for each line end, and the whole is under 4096 or 2048. */
static void
test_check_pem_budget (void)
{
  const struct
  {
    const char *label;
    guint n_lines; /* the most that fit with lines of 64 */
  } limits[] = { { "CERTIFICATE", 61 }, { "PRIVATE KEY", 30 } };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *most = make_pem (limits[i].label, limits[i].n_lines, 64);
      g_autofree char *more = make_pem (limits[i].label, limits[i].n_lines + 1, 64);
      g_autoptr (FlCredentials) fits = i == 0 ? serial_certificate_login (most, KEY_PEM)
                                              : serial_certificate_login (CLIENT_PEM, most);
      g_autoptr (SerialPair) pair = serial_pair_new (G2);

      refuse (i == 0 ? serial_certificate_login (more, KEY_PEM)
                     : serial_certificate_login (CLIENT_PEM, more),
              FL_ERROR_INVALID_INPUT);
      join (pair, fits);
      g_assert_no_error (pair->error);
      g_assert_cmpuint (pair->n_done, ==, 1);
    }
}

/* Words around, Windows line ends, spaces and blank lines stay here; a chain goes in one answer. */
static void
test_check_pem_is_cleaned (void)
{
  const char *dirty = "\xef\xbb\xbf"
                      "Bag Attributes\r\n  friendlyName: ada\r\n"
                      "-----BEGIN CERTIFICATE-----  \r\n\r\nAAAA\t\r\n  BBBB\r\n"
                      "-----END CERTIFICATE-----\r\nsubject=ada\r\n\r\n"
                      "-----BEGIN CERTIFICATE-----\rCCCC\r-----END CERTIFICATE-----";
  g_autoptr (FlCredentials) credentials = serial_login ("ada", "x", NULL, dirty);
  g_autoptr (SerialPair) pair = serial_pair_new (G2);

  join (pair, credentials);
  g_assert_true (g_str_has_suffix (pair->host_said->str, "-----BEGIN CERTIFICATE-----\nAAAA\nBBBB\n"
                                                         "-----END CERTIFICATE-----\n"
                                                         "-----BEGIN CERTIFICATE-----\nCCCC\n"
                                                         "-----END CERTIFICATE-----\n\n"));
  g_assert_cmpuint (pair->n_done, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serial-check/lengths", test_check_lengths);
  g_test_add_func ("/serial-check/bytes", test_check_bytes);
  g_test_add_func ("/serial-check/methods", test_check_methods);
  g_test_add_func ("/serial-check/pem", test_check_pem);
  g_test_add_func ("/serial-check/pem-budget", test_check_pem_budget);
  g_test_add_func ("/serial-check/pem-is-cleaned", test_check_pem_is_cleaned);
  return g_test_run ();
}
