/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-credentials.h"

static void
test_keeps_what_it_was_given (void)
{
  g_autoptr (GBytes) ca = g_bytes_new_static ("CA", 2);
  g_autoptr (GBytes) certificate = g_bytes_new_static ("CERT", 4);
  g_autoptr (FlSecret) key = fl_secret_new_from_string ("KEY");
  FlEnterprise *enterprise =
      fl_enterprise_new (FL_EAP_TLS, "me@school.example", "anonymous", ca, certificate, key);
  FlEnterprise *copy = g_boxed_copy (FL_TYPE_ENTERPRISE, enterprise);

  fl_enterprise_unref (enterprise);
  g_assert_cmpint (fl_enterprise_get_method (copy), ==, FL_EAP_TLS);
  g_assert_cmpstr (fl_enterprise_get_identity (copy), ==, "me@school.example");
  g_assert_cmpstr (fl_enterprise_get_anonymous_identity (copy), ==, "anonymous");
  g_assert_true (fl_enterprise_get_ca_certificate (copy) == ca);
  g_assert_true (fl_enterprise_get_client_certificate (copy) == certificate);
  g_assert_true (fl_enterprise_get_private_key (copy) == key);
  g_boxed_free (FL_TYPE_ENTERPRISE, copy);
}

static void
test_all_may_be_missing (void)
{
  g_autoptr (FlEnterprise) enterprise =
      fl_enterprise_new (FL_EAP_PEAP, NULL, NULL, NULL, NULL, NULL);

  g_assert_null (fl_enterprise_get_identity (enterprise));
  g_assert_null (fl_enterprise_get_anonymous_identity (enterprise));
  g_assert_null (fl_enterprise_get_ca_certificate (enterprise));
  g_assert_null (fl_enterprise_get_client_certificate (enterprise));
  g_assert_null (fl_enterprise_get_private_key (enterprise));
}

static void
test_credentials_carry_it (void)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("edu", 3);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("hunter22");
  g_autoptr (FlEnterprise) enterprise =
      fl_enterprise_new (FL_EAP_PEAP, "me", NULL, NULL, NULL, NULL);
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new_enterprise (ssid, enterprise, password);
  g_autoptr (FlCredentials) other =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);

  g_assert_cmpint (fl_credentials_get_security (credentials), ==, FL_SECURITY_ENTERPRISE);
  g_assert_true (fl_credentials_get_enterprise (credentials) == enterprise);
  g_assert_true (fl_credentials_get_password (credentials) == password);
  g_assert_null (fl_credentials_get_enterprise (other));
}

static void
test_nicks (void)
{
  g_assert_cmpstr (fl_eap_method_to_string (FL_EAP_PEAP), ==, "peap");
  g_assert_cmpstr (fl_eap_method_to_string (FL_EAP_TLS), ==, "tls");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/enterprise/new/keeps-what-it-was-given", test_keeps_what_it_was_given);
  g_test_add_func ("/enterprise/new/all-may-be-missing", test_all_may_be_missing);
  g_test_add_func ("/enterprise/credentials/carry-it", test_credentials_carry_it);
  g_test_add_func ("/enterprise/method/nicks", test_nicks);
  return g_test_run ();
}
