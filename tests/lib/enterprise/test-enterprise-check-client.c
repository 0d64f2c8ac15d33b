/* SPDX-License-Identifier: Apache-2.0 */
#include "login-situation.h"

static void
test_client_missing (void)
{
  LoginSituation login = login_tls ();

  expect_good (&login, "certificate", "“Anna Berg”");
  login.client = NULL;
  expect_broken (&login, "certificate", FL_ERROR_INVALID_INPUT, "needs a certificate");
  login.client = "broken-base64.pem";
  expect_broken (&login, "certificate", FL_ERROR_INVALID_INPUT, "");
  login.client = "client-key.pem";
  expect_broken (&login, "certificate", FL_ERROR_INVALID_INPUT, "private key");
  login.method = FL_EAP_PEAP;
  login.client = "client.pem";
  expect_doubt (&login, "certificate", FL_ERROR_INVALID_INPUT, "does not use it");
  expect_nothing (&login, "key");
  expect_nothing (&login, "certificate-size");
}

static void
test_client_dates (void)
{
  LoginSituation login = login_tls ();

  expect_good (&login, "certificate-date", "Valid until 3 May 2027.");
  login.client = "client-expired.pem";
  expect_broken (&login, "certificate-date", FL_ERROR_CERTIFICATE_DATE,
                 "The certificate ended on 3 May 2026.");
  login.client = "client-expired.pem+intermediate.pem";
  expect_broken (&login, "certificate-date", FL_ERROR_CERTIFICATE_DATE, "” ended on 3 May 2026.");
  login.client = "client.pem+root-expired.pem";
  expect_doubt (&login, "certificate-date", FL_ERROR_CERTIFICATE_DATE, "” ended on");
  login.client = "client-not-yet.pem";
  expect_doubt (&login, "certificate-date", FL_ERROR_CERTIFICATE_DATE, "before 1 September 2026.");
}

static void
test_client_chains (void)
{
  LoginSituation login = login_tls ();

  expect_good (&login, "certificate-chain", "up to the root");
  login.client = "client.pem";
  expect_doubt (&login, "certificate-chain", FL_ERROR_INVALID_INPUT, "Harbour School Network CA");
  login.ca = "intermediate.pem+root.pem";
  expect_good (&login, "certificate-chain", "up to the root");
  login.client = "client-chain.pem+root.pem";
  login.ca = "other-root.pem";
  expect_good (&login, "certificate-chain", "up to the root");
  login.client = "client-chain.pem";
  expect_doubt (&login, "certificate-chain", FL_ERROR_INVALID_INPUT, "Harbour School Root CA");
  login.client = "client-chain.pem+other-root.pem";
  expect_doubt (&login, "certificate-chain", FL_ERROR_INVALID_INPUT, "Not all of the 3");
  login.client = "client-self-signed.pem";
  expect_doubt (&login, "certificate-chain", FL_ERROR_INVALID_INPUT, "vouches for itself");
}

static void
test_client_uses (void)
{
  LoginSituation login = login_tls ();

  expect_good (&login, "certificate-use", "logging in");
  login.client = "client-any-use.pem";
  expect_good (&login, "certificate-use", "logging in");
  login.client = "client-server-use.pem";
  expect_doubt (&login, "certificate-use", FL_ERROR_INVALID_INPUT, "not made for logging in");
  login.client = "intermediate.pem";
  expect_doubt (&login, "certificate-use", FL_ERROR_INVALID_INPUT, "vouch for others");
}

static void
test_client_signatures (void)
{
  LoginSituation login = login_tls ();

  expect_good (&login, "certificate-signature", "RSA-SHA256");
  login.client = "client-sha1.pem";
  expect_doubt (&login, "certificate-signature", FL_ERROR_INVALID_INPUT, "SHA1");
  login.client = "client-md5.pem";
  expect_doubt (&login, "certificate-signature", FL_ERROR_INVALID_INPUT, "MD5");
  login.client = "client-self-signed.pem";
  expect_nothing (&login, "certificate-signature");
}

static void
test_client_too_long (void)
{
  LoginSituation login = login_tls ();

  expect_good (&login, "certificate-size", "this device takes 4095");
  login.client = "client-chain-long.pem";
  expect_broken (&login, "certificate-size", FL_ERROR_INVALID_INPUT,
                 "this device takes 4095. Choose a file with “");
  login.limits = NULL;
  expect_nothing (&login, "certificate-size");
}

static void
test_key_missing_or_locked (void)
{
  LoginSituation login = login_tls ();

  expect_good (&login, "key", "can be read");
  login.key = NULL;
  expect_broken (&login, "key", FL_ERROR_INVALID_INPUT, "needed");
  login.key = "client-key-pbes2.pem";
  expect_broken (&login, "key", FL_ERROR_PKCS12_PASSWORD, "locked with a password");
  expect_nothing (&login, "key-match");
  expect_nothing (&login, "key-size");
  login.key = "client.pem";
  expect_broken (&login, "key", FL_ERROR_INVALID_INPUT, "not exactly one private key");
  login.key = "client-key.pem+other-key.pem";
  expect_broken (&login, "key", FL_ERROR_INVALID_INPUT, "not exactly one private key");
}

static void
test_key_of_another_certificate (void)
{
  LoginSituation login = login_tls ();

  expect_good (&login, "key-match", "belong together");
  login.key = "other-key.pem";
  expect_broken (&login, "key-match", FL_ERROR_KEY_MISMATCH, "“Anna Berg”");
  login.client = NULL;
  expect_nothing (&login, "key-match");
}

static void
test_key_types (void)
{
  LoginSituation login = login_tls ();

  expect_good (&login, "key-type", "RSA with 2048 bits");
  login.client = "client-1024.pem";
  login.key = "client-1024-key.pem";
  expect_doubt (&login, "key-type", FL_ERROR_INVALID_INPUT, "1024 bits");
  login.client = "client-ec.pem";
  login.key = "client-ec-key.pem";
  expect_broken (
      &login, "key-type", FL_ERROR_INVALID_INPUT,
      "kind; this device takes RSA only. Ask for a certificate with a 2048-bit RSA key.");
  expect_good (&login, "key-match", "belong together");
  login.limits = &login_modern;
  expect_good (&login, "key-type", "EC with 256 bits");
  login = login_tls ();
  login.client = "client-ed25519.pem";
  login.key = "client-ed25519-key.pem";
  expect_broken (&login, "key-type", FL_ERROR_INVALID_INPUT, "RSA only");
}

static void
test_key_of_4096_bits (void)
{
  LoginSituation login = login_tls ();

  expect_good (&login, "key-size", "this device takes 2047");
  login.client = "client-4096.pem";
  login.key = "client-4096-key.pem";
  expect_broken (&login, "key-size", FL_ERROR_INVALID_INPUT, "The key has 4096 bits and needs 3");
  expect_broken (&login, "key-size", FL_ERROR_INVALID_INPUT,
                 "this device takes 2047. Ask for a certificate with a 2048-bit key.");
  login.limits = &login_modern;
  expect_good (&login, "key-size", "65536");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/enterprise-check-client/client/missing", test_client_missing);
  g_test_add_func ("/enterprise-check-client/client/dates", test_client_dates);
  g_test_add_func ("/enterprise-check-client/client/chains", test_client_chains);
  g_test_add_func ("/enterprise-check-client/client/uses", test_client_uses);
  g_test_add_func ("/enterprise-check-client/client/signatures", test_client_signatures);
  g_test_add_func ("/enterprise-check-client/client/too-long", test_client_too_long);
  g_test_add_func ("/enterprise-check-client/key/missing-or-locked", test_key_missing_or_locked);
  g_test_add_func ("/enterprise-check-client/key/of-another-certificate",
                   test_key_of_another_certificate);
  g_test_add_func ("/enterprise-check-client/key/types", test_key_types);
  g_test_add_func ("/enterprise-check-client/key/of-4096-bits", test_key_of_4096_bits);
  return g_test_run ();
}
