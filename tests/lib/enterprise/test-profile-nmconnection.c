/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fl-error.h"
#include "fl-profile-keys.h"

#include "profile-fixture.h"

#define WIFI(ssid)      "[wifi]\nssid=" ssid "\n"
#define SECURITY(lines) "[wifi-security]\n" lines "\n"
#define EAP             SECURITY ("key-mgmt=wpa-eap")
#define LOGIN(lines)    "[802-1x]\n" lines "\n"

static void
test_nmconnection_peap_is_read (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("peap.nmconnection");
  const FlProfileNetwork *network = get_network (profile, 0);

  g_assert_cmpstr (fl_profile_get_format (profile), ==, "nmconnection");
  g_assert_cmpstr (fl_profile_get_provider (profile), ==, "School");
  g_assert_cmpuint (fl_profile_get_networks (profile)->len, ==, 1);
  assert_ssid (network, 0, "eduroam");
  g_assert_true (network->hidden);
  g_assert_cmpint (fl_enterprise_get_method (network->enterprise), ==, FL_EAP_PEAP);
  g_assert_cmpint (fl_enterprise_get_inner (network->enterprise), ==, FL_EAP_INNER_MSCHAPV2);
  g_assert_cmpstr (fl_enterprise_get_identity (network->enterprise), ==, "anna@school.example");
  g_assert_cmpstr (fl_enterprise_get_anonymous_identity (network->enterprise), ==,
                   "anonymous@school.example");
  g_assert_cmpstr (fl_enterprise_get_server_name (network->enterprise), ==,
                   "radius.school.example;radius2.school.example");
  assert_password (network, " Hafen\\Meer");
  assert_certificates (fl_enterprise_get_ca_certificate (network->enterprise), "root.pem", NULL,
                       NULL);
}

static void
test_nmconnection_tls_is_read (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("tls.nmconnection");
  const FlEnterprise *enterprise = get_network (profile, 0)->enterprise;

  g_assert_cmpint (fl_enterprise_get_method (enterprise), ==, FL_EAP_TLS);
  assert_certificates (fl_enterprise_get_client_certificate (enterprise), "client.pem", NULL, NULL);
  assert_key (fl_enterprise_get_private_key (enterprise), "client-key.pem");
}

static void
test_nmconnection_old_form_is_read (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("old.nmconnection");
  const FlProfileNetwork *network = get_network (profile, 0);

  assert_ssid (network, 0, "Häfen");
  g_assert_cmpint (fl_enterprise_get_method (network->enterprise), ==, FL_EAP_TTLS);
  g_assert_cmpint (fl_enterprise_get_inner (network->enterprise), ==, FL_EAP_INNER_GTC);
  g_assert_cmpstr (fl_enterprise_get_server_name (network->enterprise), ==,
                   "radius.school.example");
  assert_password (network, "Hafen");
  assert_certificates (fl_enterprise_get_ca_certificate (network->enterprise), "root.pem", NULL,
                       NULL);
}

static void
test_nmconnection_files_are_named (void)
{
  g_autoptr (FlProfile) profile =
      parse_text (WIFI ("a") EAP LOGIN ("eap=tls\nca-cert=file:///etc/ssl/a b.pem\n"
                                        "client-cert=anna.crt\nprivate-key=keys/anna"));
  const FlProfileNetwork *network = get_network (profile, 0);

  g_assert_cmpstr (network->ca_path, ==, "/etc/ssl/a b.pem");
  g_assert_cmpstr (network->certificate_path, ==, "anna.crt");
  g_assert_cmpstr (network->key_path, ==, "keys/anna");
  g_assert_null (fl_enterprise_get_ca_certificate (network->enterprise));
}

/* get_bytes() of NetworkManager: only what is a list from end to end is one. */
static void
test_nmconnection_names_that_look_like_lists (void)
{
  static const struct
  {
    const char *text, *name;
  } rows[] = {
    { WIFI ("1234"), "1234" },         { WIFI ("72;105;"), "Hi" },
    { WIFI (" 72 ; 105 ;"), "Hi" },    { WIFI ("72;105"), "72;105" },
    { WIFI ("72;1055;"), "72;1055;" }, { WIFI ("72;300;"), "72;300;" },
    { WIFI ("a\\\\;b"), "a;b" },       { WIFI ("\\sa "), " a " },
    { WIFI ("007;"), "\a" },           { WIFI ("ab;"), "ab;" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlProfile) profile = parse_text (rows[i].text);

      assert_ssid (get_network (profile, 0), 0, rows[i].name);
    }
}

static void
test_nmconnection_securities_are_told_apart (void)
{
  static const struct
  {
    const char *text;
    FlSecurity security;
    const char *password;
  } rows[] = {
    { WIFI ("a"), FL_SECURITY_OPEN, NULL },
    { WIFI ("a") SECURITY ("key-mgmt=wpa-psk\npsk=fair winds"), FL_SECURITY_WPA2, "fair winds" },
    { WIFI ("a") SECURITY ("key-mgmt=wpa-psk\nproto=wpa;"), FL_SECURITY_WPA, NULL },
    { WIFI ("a") SECURITY ("key-mgmt=sae\npsk=x"), FL_SECURITY_WPA3, "x" },
    { WIFI ("a") SECURITY ("key-mgmt=none\nwep-key0=12345"), FL_SECURITY_WEP, "12345" },
    { WIFI ("a") SECURITY ("key-mgmt=none"), FL_SECURITY_OPEN, NULL },
    { WIFI ("a") SECURITY ("key-mgmt=owe"), FL_SECURITY_UNKNOWN, NULL },
    { WIFI ("a") SECURITY ("key-mgmt=wpa-psk\npsk-flags=1"), FL_SECURITY_WPA2, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlProfile) profile = parse_text (rows[i].text);

      g_assert_cmpint (get_network (profile, 0)->security, ==, rows[i].security);
      assert_password (get_network (profile, 0), rows[i].password);
    }
}

static void
test_nmconnection_password_kept_elsewhere_is_none (void)
{
  g_autoptr (FlProfile) profile = parse_text (
      WIFI ("a") EAP LOGIN ("eap=peap;ttls;\nidentity=anna\npassword-flags=1\nphase2-auth=pap"));

  g_assert_cmpuint (fl_profile_get_networks (profile)->len, ==, 2);
  assert_password (get_network (profile, 1), NULL);
  g_assert_cmpint (fl_enterprise_get_inner (get_network (profile, 1)->enterprise), ==,
                   FL_EAP_INNER_PAP);
}

static void
test_nmconnection_says_what_it_left_out (void)
{
  g_autoptr (FlProfile) profile = parse_text (
      WIFI ("a") EAP LOGIN ("eap=peap;md5;\nsystem-ca-certs=true\nsubject-match=/CN=radius"));

  g_assert_cmpuint (fl_profile_get_left_out (profile)->len, ==, 3);
}

static void
test_nmconnection_last_value_counts (void)
{
  g_autoptr (FlProfile) profile = parse_text (
      "\xef\xbb\xbf# a comment\r\n[wifi]\r\nssid=a\r\nmode=infrastructure\r\n[other]\nssid=c\n"
      "[wifi]\nssid = b");

  assert_ssid (get_network (profile, 0), 0, "b");
}

static void
test_nmconnection_wrong_values_are_refused (void)
{
  assert_text_refused ("[connection]\ntype=ethernet\n", "no network");
  assert_text_refused ("[wifi]\n", "no name");
  assert_text_refused (WIFI ("a\nmode=ap"), "instead of joining");
  assert_text_refused (WIFI (""), "no name");
  assert_text_refused (WIFI ("0;"), "cannot be read");
  assert_text_refused (WIFI ("012345678901234567890123456789012"), "too long");
  assert_text_refused (WIFI ("a\\q"), "“ssid”");
  assert_text_refused (WIFI ("a\\"), "“ssid”");
  assert_text_refused (WIFI ("a") EAP, "how to log in");
  assert_text_refused (WIFI ("a") EAP LOGIN ("eap=;"), "no network");
  assert_text_refused (WIFI ("a") EAP LOGIN ("eap=sim;"), "sim");
  assert_text_refused (WIFI ("a") EAP LOGIN ("eap=ttls\nphase2-auth=otp"), "otp");
  assert_text_refused (WIFI ("a") EAP LOGIN ("eap=tls\nca-cert=pkcs11:x"), "smart card");
  assert_text_refused (WIFI ("a") EAP LOGIN ("eap=tls\nca-cert=data:;base64,?"), "is damaged");
  assert_text_refused (WIFI ("a") EAP LOGIN ("eap=tls\nca-cert=1;2;3;"), "cannot be used");
  assert_text_refused (WIFI ("a") EAP LOGIN ("eap=peap\nidentity=a\\tb"), "cannot be read");
  assert_text_refused (WIFI ("a") EAP LOGIN ("eap=peap\nidentity=\xff"), "“identity”");
  assert_text_refused ("[wifi]\nssid=a\nnonsense\n", "line 3");
  assert_text_refused ("key=1\n[wifi]\n", "line 1");
  assert_text_refused ("[wifi]\n[open\n", "line 2");
}

static void
test_keys_that_are_missing_are_null (void)
{
  g_autoptr (FlSecret) contents = fl_secret_new_from_string ("[a]\nb=\n");
  g_autoptr (FlProfileKeys) keys = fl_profile_keys_new (contents, NULL);
  g_autoptr (FlSecret) value = NULL;

  g_assert_true (fl_profile_keys_has_group (keys, "a"));
  g_assert_false (fl_profile_keys_has_group (keys, "b"));
  g_assert_true (fl_profile_keys_get (keys, "a", "c", &value, NULL));
  g_assert_null (value);
  g_assert_true (fl_profile_keys_get (keys, "a", "b", &value, NULL));
  g_assert_cmpuint (fl_secret_get_size (value), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/nmconnection/reads/peap", test_nmconnection_peap_is_read);
  g_test_add_func ("/nmconnection/reads/tls", test_nmconnection_tls_is_read);
  g_test_add_func ("/nmconnection/reads/old-form", test_nmconnection_old_form_is_read);
  g_test_add_func ("/nmconnection/reads/file-names", test_nmconnection_files_are_named);
  g_test_add_func ("/nmconnection/reads/names-like-lists",
                   test_nmconnection_names_that_look_like_lists);
  g_test_add_func ("/nmconnection/reads/securities", test_nmconnection_securities_are_told_apart);
  g_test_add_func ("/nmconnection/reads/password-kept-elsewhere",
                   test_nmconnection_password_kept_elsewhere_is_none);
  g_test_add_func ("/nmconnection/reads/last-value-counts", test_nmconnection_last_value_counts);
  g_test_add_func ("/nmconnection/left-out/is-said", test_nmconnection_says_what_it_left_out);
  g_test_add_func ("/nmconnection/refuses/wrong-values",
                   test_nmconnection_wrong_values_are_refused);
  g_test_add_func ("/keys/missing/are-null", test_keys_that_are_missing_are_null);
  return g_test_run ();
}
