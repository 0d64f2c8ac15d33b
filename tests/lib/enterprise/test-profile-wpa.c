/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fl-error.h"
#include "fl-profile-wpa-file.h"

#include "profile-fixture.h"

#define NETWORK(lines) "network={\n" lines "\n}\n"
#define SSID           "ssid=\"a\"\n"
#define EAP(lines)     NETWORK (SSID "key_mgmt=WPA-EAP\n" lines)

static void
test_wpa_peap_is_read (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("peap.conf");
  const FlProfileNetwork *peap = get_network (profile, 0), *ttls = get_network (profile, 1);

  g_assert_cmpstr (fl_profile_get_format (profile), ==, "wpa-supplicant");
  g_assert_null (fl_profile_get_provider (profile));
  assert_ssid (peap, 0, "eduroam");
  g_assert_true (peap->hidden);
  g_assert_cmpint (fl_enterprise_get_method (peap->enterprise), ==, FL_EAP_PEAP);
  g_assert_cmpint (fl_enterprise_get_inner (peap->enterprise), ==, FL_EAP_INNER_MSCHAPV2);
  g_assert_cmpint (fl_enterprise_get_method (ttls->enterprise), ==, FL_EAP_TTLS);
  g_assert_cmpstr (fl_enterprise_get_identity (peap->enterprise), ==, "anna@school.example");
  g_assert_cmpstr (fl_enterprise_get_server_name (peap->enterprise), ==,
                   "radius.school.example;radius2.school.example");
  assert_password (peap, "Hafen#1 \"Meer\"");
  assert_certificates (fl_enterprise_get_ca_certificate (peap->enterprise), "root.pem", NULL, NULL);
}

static void
test_wpa_tls_is_read (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("tls.conf");
  const FlProfileNetwork *network = get_network (profile, 0);

  assert_ssid (network, 0, "eduroam");
  g_assert_cmpint (fl_enterprise_get_method (network->enterprise), ==, FL_EAP_TLS);
  assert_certificates (fl_enterprise_get_client_certificate (network->enterprise), "client.pem",
                       NULL, NULL);
  assert_key (fl_enterprise_get_private_key (network->enterprise), "client-key.pem");
}

static void
test_wpa_files_are_named (void)
{
  g_autoptr (FlProfile) profile =
      parse_text (EAP ("eap=TLS\nca_cert=\"/etc/cert/ca.pem\"\nclient_cert=\"user.pem\"\n"
                       "private_key=\"user.prv\""));
  const FlProfileNetwork *network = get_network (profile, 0);

  g_assert_cmpstr (network->ca_path, ==, "/etc/cert/ca.pem");
  g_assert_cmpstr (network->certificate_path, ==, "user.pem");
  g_assert_cmpstr (network->key_path, ==, "user.prv");
}

/* wpa_config_parse_string() and printf_decode() of hostap. */
static void
test_wpa_strings_follow_its_rules (void)
{
  static const struct
  {
    const char *raw, *value; /* NULL: none */
  } rows[] = {
    { "\"a\"", "a" },
    { "\"\"", "" },
    { "\"a\"b\"", "a\"b" },
    { "\" a \"", " a " },
    { "\"\\n\"", "\\n" },
    { "\"", NULL },
    { "\"a", NULL },
    { "a\"", NULL },
    { "", NULL },
    { "6162", "ab" },
    { "6aF0", "j\xf0" },
    { "616", NULL },
    { "61 2", NULL },
    { "P\"a\"", "a" },
    { "P\"\"", "" },
    { "P\"", NULL },
    { "P", NULL },
    { "P\"\\n\\r\\t\\e\\\\\\\"\"", "\n\r\t\033\\\"" },
    { "P\"\\x41\\x7g\\x\"", "A\ag" },
    { "P\"\\101\\18\\7\"", "A\0018\a" },
    { "P\"\\q\\\"", "q" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlSecret) raw = fl_secret_new_from_string (rows[i].raw);
      g_autoptr (FlSecret) value = fl_wpa_parse_string (raw);

      if (rows[i].value == NULL)
        g_assert_null (value);
      else
        g_assert_cmpstr (value != NULL ? fl_secret_get_text (value) : NULL, ==, rows[i].value);
    }
}

/* wpa_config_get_line(): a "#" counts from the last quote on. */
static void
test_wpa_comments_end_lines (void)
{
  g_autoptr (FlProfile) profile =
      parse_text ("# network={\r\n\tnetwork={ # first\r\n#ssid=\"x\"\n ssid=\"a#b\" # c\n"
                  "key_mgmt=NONE#x\n } #end\n");

  assert_ssid (get_network (profile, 0), 0, "a#b");
  g_assert_cmpint (get_network (profile, 0)->security, ==, FL_SECURITY_OPEN);
  assert_text_refused (NETWORK ("key_mgmt=NONE\nssid=\"a\" # \"c"), "“ssid”");
}

static void
test_wpa_securities_are_told_apart (void)
{
  static const char digits[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF";
  static const struct
  {
    const char *text;
    FlSecurity security;
    const char *password;
  } rows[] = {
    { NETWORK (SSID "psk=\"fair winds\""), FL_SECURITY_WPA2, "fair winds" },
    { NETWORK (SSID "key_mgmt=WPA-PSK\nproto=WPA\npsk=\"fair winds\""), FL_SECURITY_WPA,
      "fair winds" },
    { NETWORK (SSID "psk=0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF"),
      FL_SECURITY_WPA2, digits },
    { NETWORK (SSID "key_mgmt=SAE\nsae_password=\"x\""), FL_SECURITY_WPA3, "x" },
    { NETWORK (SSID "key_mgmt=SAE FT-SAE\npsk=\"fair winds\""), FL_SECURITY_WPA3, "fair winds" },
    { NETWORK (SSID "key_mgmt=WPA-PSK SAE\npsk=\"fair winds\""), FL_SECURITY_WPA2_WPA3,
      "fair winds" },
    { NETWORK (SSID "key_mgmt=NONE"), FL_SECURITY_OPEN, NULL },
    { NETWORK (SSID "key_mgmt=NONE\nwep_key0=\"12345\""), FL_SECURITY_WEP, "12345" },
    { NETWORK (SSID "key_mgmt=NONE\nwep_key0=0102030405"), FL_SECURITY_WEP, "0102030405" },
    { NETWORK (SSID "key_mgmt=OWE"), FL_SECURITY_UNKNOWN, NULL },
    { NETWORK (SSID "key_mgmt=WPA-PSK\npsk=ext:name"), FL_SECURITY_WPA2, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlProfile) profile = parse_text (rows[i].text);

      g_assert_cmpint (get_network (profile, 0)->security, ==, rows[i].security);
      assert_password (get_network (profile, 0), rows[i].password);
    }
}

static void
test_wpa_inner_methods_are_told_apart (void)
{
  static const struct
  {
    const char *text;
    FlEapInner inner;
  } rows[] = {
    { EAP ("eap=PEAP"), FL_EAP_INNER_MSCHAPV2 },
    { EAP ("eap=TTLS"), FL_EAP_INNER_NONE },
    { EAP ("eap=TTLS\nphase2=\"auth=PAP\""), FL_EAP_INNER_PAP },
    { EAP ("eap=TTLS\nphase2=\"autheap=MD5\""), FL_EAP_INNER_MD5 },
    { EAP ("eap=PEAP\nphase2=\"auth=OTP auth=GTC\""), FL_EAP_INNER_GTC },
    { EAP ("eap=PEAP\nphase1=\"peaplabel=0\"\nphase2=\"x auth=MSCHAPV2\""), FL_EAP_INNER_MSCHAPV2 },
    { NETWORK (SSID "eap=PWD"), FL_EAP_INNER_NONE },
    { NETWORK (SSID "key_mgmt=IEEE8021X\neap=TLS"), FL_EAP_INNER_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlProfile) profile = parse_text (rows[i].text);

      g_assert_cmpint (fl_enterprise_get_inner (get_network (profile, 0)->enterprise), ==,
                       rows[i].inner);
    }
}

static void
test_wpa_says_what_it_left_out (void)
{
  g_autoptr (FlProfile) profile = parse_text (
      "cred={\nrealm=\"x\"\n}\n" EAP ("eap=PEAP SIM\nca_cert=\"hash://server/sha256/00\"\n"
                                      "password=ext:x\nsubject_match=\"/CN=radius\""));

  g_assert_cmpuint (fl_profile_get_left_out (profile)->len, ==, 5);
  assert_password (get_network (profile, 0), NULL);
}

static void
test_wpa_password_as_a_hash_is_refused (void)
{
  assert_text_refused (EAP ("eap=PEAP\npassword=hash:8846f7eaee8fb117ad06bdd830b7586c"),
                       "fingerprint");
}

static void
test_wpa_wrong_values_are_refused (void)
{
  assert_text_refused (NETWORK ("key_mgmt=NONE"), "no name");
  assert_text_refused (NETWORK (SSID "key_mgmt=NONE\nmode=2"), "instead of joining");
  assert_text_refused (NETWORK ("ssid=\"\"\nkey_mgmt=NONE"), "no name");
  assert_text_refused (NETWORK ("ssid=a\nkey_mgmt=NONE"), "“ssid”");
  assert_text_refused (NETWORK ("ssid=P\"\\0\"\nkey_mgmt=NONE"), "cannot be read");
  assert_text_refused (NETWORK (SSID "psk=123"), "“psk”");
  assert_text_refused (NETWORK (SSID "psk=1234"), "“psk”");
  assert_text_refused (NETWORK (SSID "psk=\"abc"), "“psk”");
  assert_text_refused (NETWORK (SSID "key_mgmt=SAE\nsae_password="), "“sae_password”");
  assert_text_refused (NETWORK (SSID "key_mgmt=NONE\nwep_key0="), "“wep_key0”");
  assert_text_refused (EAP (""), "how to log in");
  assert_text_refused (EAP ("eap=SIM"), "SIM");
  assert_text_refused (EAP ("eap=TTLS\nphase2=\"auth=OTP\""), "OTP");
  assert_text_refused (EAP ("eap=PEAP\nidentity=\"a\tb\""), "cannot be read");
  assert_text_refused (EAP ("eap=PEAP\nidentity=\"\xff\""), "“identity”");
  assert_text_refused (EAP ("eap=PEAP\nca_cert=\"blob://x\""), "is not in it");
  assert_text_refused ("blob-base64-x={\nMAMC\n}\n" EAP ("eap=PEAP\nca_cert=\"blob://x\""),
                       "neither a certificate nor a key");
}

static void
test_wpa_broken_blocks_are_refused (void)
{
  assert_text_refused ("network={\n" SSID, "line 2");
  assert_text_refused ("network={\nssid\n}\n", "line 2");
  assert_text_refused ("cred={\n", "line 1");
  assert_text_refused ("blob-base64-x={\nMAMC\n", "line 2");
  assert_text_refused ("blob-base64-x={\n?\n}\n", "line 3");
  assert_text_refused ("blob-base64-x={\n}\n", "line 2");
  assert_text_refused ("blob-base64-x={", "line 1");
  assert_text_refused ("blob-base64-x\n", "line 1");
  assert_text_refused ("nonsense\nnetwork={\n}\n", "line 1");
  assert_text_refused ("cred={\n}\n", "without the name");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/wpa/reads/peap", test_wpa_peap_is_read);
  g_test_add_func ("/wpa/reads/tls", test_wpa_tls_is_read);
  g_test_add_func ("/wpa/reads/file-names", test_wpa_files_are_named);
  g_test_add_func ("/wpa/reads/strings-by-its-rules", test_wpa_strings_follow_its_rules);
  g_test_add_func ("/wpa/reads/comments", test_wpa_comments_end_lines);
  g_test_add_func ("/wpa/reads/securities", test_wpa_securities_are_told_apart);
  g_test_add_func ("/wpa/reads/inner-methods", test_wpa_inner_methods_are_told_apart);
  g_test_add_func ("/wpa/left-out/is-said", test_wpa_says_what_it_left_out);
  g_test_add_func ("/wpa/refuses/password-as-a-hash", test_wpa_password_as_a_hash_is_refused);
  g_test_add_func ("/wpa/refuses/wrong-values", test_wpa_wrong_values_are_refused);
  g_test_add_func ("/wpa/refuses/broken-blocks", test_wpa_broken_blocks_are_refused);
  return g_test_run ();
}
