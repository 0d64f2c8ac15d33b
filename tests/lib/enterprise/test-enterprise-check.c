/* SPDX-License-Identifier: Apache-2.0 */
#include "login-files.h"
#include "login-situation.h"

#include <string.h>

static void
test_method_of_the_device (void)
{
  LoginSituation login = login_peap ();

  expect_good (&login, "method", "PEAP");
  login.inner = FL_EAP_INNER_NONE;
  expect_good (&login, "method", "PEAP");
  login.inner = FL_EAP_INNER_GTC;
  expect_doubt (&login, "method", FL_ERROR_INVALID_INPUT, "GTC");
  login.method = FL_EAP_TTLS;
  expect_broken (&login, "method", FL_ERROR_INVALID_INPUT,
                 "EAP-TTLS; this device can do PEAP, EAP-TLS");
  login.limits = &login_modern;
  expect_good (&login, "method", "EAP-TTLS");
  login.limits = NULL;
  expect_nothing (&login, "method");
}

static void
test_identity_missing (void)
{
  LoginSituation login = login_peap ();

  expect_good (&login, "identity", "“anna@school.example”");
  login.identity = "";
  expect_broken (&login, "identity", FL_ERROR_INVALID_INPUT, "needed");
  login.identity = NULL;
  expect_broken (&login, "identity", FL_ERROR_INVALID_INPUT, "needed");
  login = login_tls ();
  expect_nothing (&login, "identity");
}

/* As long as the device takes, and one byte more. */
static void
test_identity_of_64_bytes (void)
{
  LoginSituation login = login_peap ();
  g_autofree char *longest = g_strnfill (64, 'x');
  g_autofree char *longer = g_strnfill (65, 'x');
  g_autoptr (GString) umlauts = g_string_new (NULL);

  for (guint i = 0; i < 32; i++)
    g_string_append (umlauts, "ü");
  login.identity = longest;
  expect_good (&login, "identity", longest);
  login.identity = umlauts->str;
  expect_good (&login, "identity", umlauts->str);
  login.identity = longer;
  expect_broken (&login, "identity", FL_ERROR_INVALID_INPUT, "65 bytes; this device takes 64");
  g_string_append_c (umlauts, 'x');
  login.identity = umlauts->str;
  expect_broken (&login, "identity", FL_ERROR_INVALID_INPUT, "65 bytes");
  login.limits = NULL;
  expect_good (&login, "identity", "ü");
}

static void
test_identity_with_odd_characters (void)
{
  static const char *const invisible[] = { "a\bb", "a\x7f", "a\n", "\ra" };
  LoginSituation login = login_peap ();

  for (guint i = 0; i < G_N_ELEMENTS (invisible); i++)
    {
      login.identity = invisible[i];
      expect_broken (&login, "identity", FL_ERROR_INVALID_INPUT, "invisible");
    }
  login.identity = " anna";
  expect_doubt (&login, "identity", FL_ERROR_INVALID_INPUT, "starts with a space");
  login.identity = "anna ";
  expect_doubt (&login, "identity", FL_ERROR_INVALID_INPUT, "It ends with a space");
  login.identity = " anna ";
  expect_doubt (&login, "identity", FL_ERROR_INVALID_INPUT, "starts and ends");
  login.identity = "anna\xff";
  expect_doubt (&login, "identity", FL_ERROR_INVALID_INPUT, "UTF-8");
  login.identity = "O'Brien \"Sea\" & <Söhne>\\HARBOUR";
  expect_good (&login, "identity", "O'Brien \"Sea\" & <Söhne>\\HARBOUR");
}

static void
test_realm_that_the_profile_knows (void)
{
  LoginSituation login = login_peap ();

  login.realm = "school.example";
  expect_good (&login, "realm", "@school.example");
  login.identity = "anna@Art.SCHOOL.example";
  expect_good (&login, "realm", "@Art.SCHOOL.example");
  login.identity = "anna";
  expect_doubt (&login, "realm", FL_ERROR_IDENTITY_INCOMPLETE, "@school.example");
  login.identity = "anna@myschool.example";
  expect_doubt (&login, "realm", FL_ERROR_IDENTITY_INCOMPLETE, "@myschool.example");
  login.identity = NULL;
  expect_nothing (&login, "realm");
}

/* Guests have names of other schools: the person may keep any. */
static void
test_realm_that_is_required (void)
{
  LoginSituation login = login_peap ();

  login.realm = "school.example";
  login.realm_required = TRUE;
  expect_good (&login, "realm", "@school.example");
  login.identity = "anna@other.example";
  expect_doubt (&login, "realm", FL_ERROR_IDENTITY_INCOMPLETE, "@school.example");
  login.identity = "anna";
  expect_doubt (&login, "realm", FL_ERROR_IDENTITY_INCOMPLETE, " end with @school.example");
  login.realm_required = FALSE;
  expect_doubt (&login, "realm", FL_ERROR_IDENTITY_INCOMPLETE, " often end with @school.example");
}

static void
test_realm_that_nobody_knows (void)
{
  LoginSituation login = login_peap ();

  expect_good (&login, "realm", "@school.example");
  login.identity = "HARBOUR\\anna";
  expect_good (&login, "realm", "no ending");
  login.identity = "anna@";
  expect_doubt (&login, "realm", FL_ERROR_IDENTITY_INCOMPLETE, "missing");
  login.identity = "@school.example";
  expect_doubt (&login, "realm", FL_ERROR_IDENTITY_INCOMPLETE, "missing");
}

static void
test_password_missing (void)
{
  LoginSituation login = login_peap ();

  expect_good (&login, "password", "sent");
  login.password = NULL;
  expect_broken (&login, "password", FL_ERROR_INVALID_INPUT, "needed");
  login.password = "";
  expect_broken (&login, "password", FL_ERROR_INVALID_INPUT, "needed");
  login = login_tls ();
  expect_nothing (&login, "password");
  login.password = "superfluous";
  expect_good (&login, "password", "Not needed");
}

static void
test_password_of_64_bytes (void)
{
  LoginSituation login = login_peap ();
  g_autofree char *longest = g_strnfill (64, '"');
  g_autofree char *longer = g_strnfill (65, 'x');

  login.password = longest;
  expect_good (&login, "password", "sent");
  login.password = longer;
  expect_broken (&login, "password", FL_ERROR_INVALID_INPUT, "64 bytes");
}

static void
test_password_with_odd_characters (void)
{
  LoginSituation login = login_peap ();

  login.password = " tide";
  expect_doubt (&login, "password", FL_ERROR_INVALID_INPUT, "starts with a space");
  login.password = "tide ";
  expect_doubt (&login, "password", FL_ERROR_INVALID_INPUT, "It ends with a space");
  login.password = "ti\nde";
  expect_broken (&login, "password", FL_ERROR_INVALID_INPUT, "invisible");
  login.password = "ti\x7f";
  expect_broken (&login, "password", FL_ERROR_INVALID_INPUT, "invisible");
  login.password = "\xe4nna";
  expect_doubt (&login, "password", FL_ERROR_INVALID_INPUT, "UTF-8");
  login.password = "Öl 'n' \"tide\" \\ $HOME";
  expect_good (&login, "password", "sent");
}

static void
test_outer_name (void)
{
  LoginSituation login = login_peap ();
  g_autofree char *longer = g_strnfill (65, 'x');

  expect_good (&login, "outer-identity", "“anonymous”");
  login.outer = "anonymous@school.example";
  expect_good (&login, "outer-identity", "“anonymous@school.example”");
  login.outer = "anonymous";
  expect_doubt (&login, "outer-identity", FL_ERROR_IDENTITY_INCOMPLETE, "“anonymous”");
  login.identity = "anna";
  expect_good (&login, "outer-identity", "“anonymous”");
  login.outer = longer;
  expect_broken (&login, "outer-identity", FL_ERROR_INVALID_INPUT, "65 bytes");
  login.outer = "any\none";
  expect_broken (&login, "outer-identity", FL_ERROR_INVALID_INPUT, "invisible");
  login.outer = NULL;
  login.limits = NULL;
  expect_nothing (&login, "outer-identity");
}

static void
test_ca_missing (void)
{
  LoginSituation login = login_peap ();

  expect_good (&login, "ca", "“Harbour School Root CA”");
  login.ca = NULL;
  expect_doubt (&login, "ca", FL_ERROR_CA_MISSING, "cannot tell the real network from a copy");
  expect_nothing (&login, "ca-date");
  expect_nothing (&login, "ca-kind");
  expect_nothing (&login, "ca-size");
}

/* A device would drop these without a word. */
static void
test_ca_that_cannot_be_read (void)
{
  static const char *const files[] = { "broken-base64.pem", "broken-der.pem", "broken-end.pem",
                                       "request.pem", "public-key.pem" };
  LoginSituation login = login_peap ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      login.ca = files[i];
      expect_broken (&login, "ca", FL_ERROR_INVALID_INPUT, "");
      expect_nothing (&login, "ca-kind");
    }
  login.ca = "client-key.pem";
  expect_broken (&login, "ca", FL_ERROR_INVALID_INPUT, "private key");
  login.ca = "client-all.pem";
  expect_broken (&login, "ca", FL_ERROR_INVALID_INPUT, "private key");
}

static void
test_ca_dates (void)
{
  LoginSituation login = login_peap ();

  expect_good (&login, "ca-date", "Valid until 1 January 2044.");
  login.ca = "root-expired.pem";
  expect_doubt (&login, "ca-date", FL_ERROR_CERTIFICATE_DATE,
                "The certificate ended on 1 January 2024.");
  login.ca = "root-not-yet.pem";
  expect_doubt (&login, "ca-date", FL_ERROR_CERTIFICATE_DATE, "before 1 January 2027.");
  login.ca = "root.pem+root-expired.pem";
  expect_doubt (&login, "ca-date", FL_ERROR_CERTIFICATE_DATE, "” ended on 1 January 2024.");
}

static void
test_ca_kinds (void)
{
  LoginSituation login = login_peap ();

  expect_good (&login, "ca-kind", "root");
  login.ca = "intermediate.pem+root.pem";
  expect_good (&login, "ca-kind", "root");
  login.ca = "root-no-constraints.pem";
  expect_doubt (&login, "ca-kind", FL_ERROR_INVALID_INPUT, "old kind");
  login.ca = "root-v1.pem";
  expect_doubt (&login, "ca-kind", FL_ERROR_INVALID_INPUT, "old kind");
  login.ca = "intermediate.pem";
  expect_doubt (&login, "ca-kind", FL_ERROR_CA_MISSING, "not the root");
  login.ca = "intermediate.pem+impostor-root.pem";
  expect_doubt (&login, "ca-kind", FL_ERROR_CA_MISSING, "not the root");
  login.ca = "server.pem";
  expect_broken (&login, "ca-kind", FL_ERROR_INVALID_INPUT, "one server or person");
  login.ca = "client.pem";
  expect_broken (&login, "ca-kind", FL_ERROR_INVALID_INPUT, "one server or person");
  login.ca = "server-chain.pem";
  expect_doubt (&login, "ca-kind", FL_ERROR_INVALID_INPUT, "not needed");
}

static void
test_ca_signatures (void)
{
  LoginSituation login = login_peap ();

  login.ca = "root-sha1.pem";
  expect_nothing (&login, "ca-signature");
  login.ca = "intermediate.pem+root.pem";
  expect_good (&login, "ca-signature", "RSA-SHA256");
  login.ca = "client-md5.pem+root.pem";
  expect_doubt (&login, "ca-signature", FL_ERROR_INVALID_INPUT, "MD5");
}

static void
test_ca_too_long (void)
{
  LoginSituation login = login_peap ();

  expect_good (&login, "ca-size", "this device takes 4095");
  login.ca = "root.pem+other-root.pem+impostor-root.pem+root-v1.pem+root-not-yet.pem";
  expect_broken (&login, "ca-size", FL_ERROR_INVALID_INPUT,
                 "this device takes 4095. Choose a file with “Harbour School Root CA” alone.");
  login.limits = &login_modern;
  expect_good (&login, "ca-size", "65536");
}

static void
test_server_name (void)
{
  LoginSituation login = login_peap ();

  expect_good (&login, "server-name", "checks the certificate, not the server's name");
  login.limits = &login_modern;
  expect_doubt (&login, "server-name", FL_ERROR_INVALID_INPUT, "“Harbour School Root CA”");
  login.server_name = "radius.school.example";
  expect_good (&login, "server-name", "“radius.school.example”");
  login.limits = NULL;
  expect_nothing (&login, "server-name");
}

static void
test_tls (void)
{
  LoginSituation login = login_peap ();

  expect_good (&login, "tls", "1.1");
  login.limits = &login_modern;
  expect_nothing (&login, "tls");
}

static void
test_bytes_with_any_line_ends (void)
{
  static const char *const texts[] = { "ab\ncd\n", "ab\r\ncd\r\n", "ab\rcd", "\n\nab\n\n\ncd" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpuint (fl_enterprise_count_bytes ((const guint8 *) texts[i], strlen (texts[i])), ==,
                      8);
  g_assert_cmpuint (fl_enterprise_count_bytes ((const guint8 *) "", 0), ==, 0);
}

static void
test_good_logins (void)
{
  LoginSituation logins[] = { login_peap (), login_tls () };

  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_autoptr (GPtrArray) findings = login_check (&logins[i]);

      g_assert_cmpint (fl_enterprise_get_verdict (findings), ==, FL_VERDICT_GOOD);
      for (guint k = 0; k < findings->len; k++)
        {
          g_assert_cmpstr (fl_finding_get_title (findings->pdata[k]), !=, "");
          for (guint m = 0; m < k; m++)
            g_assert_cmpstr (fl_finding_get_id (findings->pdata[k]), !=,
                             fl_finding_get_id (findings->pdata[m]));
        }
    }
}

/* The worst one counts. */
static void
test_verdict (void)
{
  LoginSituation login = login_peap ();
  g_autoptr (GPtrArray) doubtful = NULL;
  g_autoptr (GPtrArray) broken = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  login.ca = NULL;
  doubtful = login_check (&login);
  login.password = NULL;
  broken = login_check (&login);
  g_assert_cmpint (fl_enterprise_get_verdict (doubtful), ==, FL_VERDICT_DOUBTFUL);
  g_assert_cmpint (fl_enterprise_get_verdict (broken), ==, FL_VERDICT_BROKEN);
  g_assert_cmpint (fl_enterprise_get_verdict (none), ==, FL_VERDICT_GOOD);
}

static void
test_secrets_in_no_sentence (void)
{
  static const char *const passwords[] = { "s3cr3t-horse", " s3cr3t-horse", "s3cr3t-horse\n",
                                           "s3cr3t-horse\xff" };
  LoginSituation login = login_peap ();

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autoptr (GPtrArray) findings = NULL;

      login.password = passwords[i];
      findings = login_check (&login);
      for (guint k = 0; k < findings->len; k++)
        g_assert_null (strstr (fl_finding_get_sentence (findings->pdata[k]), "s3cr3t"));
    }
}

static void
test_expiry (void)
{
  g_autoptr (GBytes) ca = login_file_read ("root.pem");
  g_autoptr (GBytes) client = login_file_read ("client-chain.pem");
  g_autoptr (FlEnterprise) none = fl_enterprise_new (FL_EAP_PEAP, "anna", NULL, NULL, NULL, NULL);
  g_autoptr (FlEnterprise) only_ca = fl_enterprise_new (FL_EAP_PEAP, "anna", NULL, ca, NULL, NULL);
  g_autoptr (FlEnterprise) both = fl_enterprise_new (FL_EAP_TLS, NULL, NULL, ca, client, NULL);
  g_autoptr (GDateTime) may_2027 = g_date_time_new_utc (2027, 5, 3, 12, 0, 0);
  g_autoptr (GDateTime) year_2044 = g_date_time_new_utc (2044, 1, 1, 12, 0, 0);

  g_assert_cmpint (fl_enterprise_get_expiry (none), ==, 0);
  g_assert_cmpint (fl_enterprise_get_expiry (only_ca), ==, g_date_time_to_unix (year_2044));
  g_assert_cmpint (fl_enterprise_get_expiry (both), ==, g_date_time_to_unix (may_2027));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/enterprise-check/method/of-the-device", test_method_of_the_device);
  g_test_add_func ("/enterprise-check/identity/missing", test_identity_missing);
  g_test_add_func ("/enterprise-check/identity/of-64-bytes", test_identity_of_64_bytes);
  g_test_add_func ("/enterprise-check/identity/with-odd-characters",
                   test_identity_with_odd_characters);
  g_test_add_func ("/enterprise-check/realm/that-the-profile-knows",
                   test_realm_that_the_profile_knows);
  g_test_add_func ("/enterprise-check/realm/that-is-required", test_realm_that_is_required);
  g_test_add_func ("/enterprise-check/realm/that-nobody-knows", test_realm_that_nobody_knows);
  g_test_add_func ("/enterprise-check/password/missing", test_password_missing);
  g_test_add_func ("/enterprise-check/password/of-64-bytes", test_password_of_64_bytes);
  g_test_add_func ("/enterprise-check/password/with-odd-characters",
                   test_password_with_odd_characters);
  g_test_add_func ("/enterprise-check/outer-identity/any", test_outer_name);
  g_test_add_func ("/enterprise-check/ca/missing", test_ca_missing);
  g_test_add_func ("/enterprise-check/ca/that-cannot-be-read", test_ca_that_cannot_be_read);
  g_test_add_func ("/enterprise-check/ca/dates", test_ca_dates);
  g_test_add_func ("/enterprise-check/ca/kinds", test_ca_kinds);
  g_test_add_func ("/enterprise-check/ca/signatures", test_ca_signatures);
  g_test_add_func ("/enterprise-check/ca/too-long", test_ca_too_long);
  g_test_add_func ("/enterprise-check/server/name", test_server_name);
  g_test_add_func ("/enterprise-check/server/tls", test_tls);
  g_test_add_func ("/enterprise-check/bytes/with-any-line-ends", test_bytes_with_any_line_ends);
  g_test_add_func ("/enterprise-check/login/good", test_good_logins);
  g_test_add_func ("/enterprise-check/login/verdict", test_verdict);
  g_test_add_func ("/enterprise-check/login/secrets-in-no-sentence", test_secrets_in_no_sentence);
  g_test_add_func ("/enterprise-check/login/expiry", test_expiry);
  return g_test_run ();
}
