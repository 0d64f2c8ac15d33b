/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fl-error.h"

#include "profile-fixture.h"

#define PLIST(payloads)                                                                            \
  "<plist version=\"1.0\"><dict><key>PayloadContent</key><array>" payloads "</array></dict></"     \
  "plist>"
#define WIFI(fields)                                                                               \
  "<dict><key>PayloadType</key><string>com.apple.wifi.managed</string>" fields "</dict>"
#define SSID      "<key>SSID_STR</key><string>school</string>"
#define EAP(more) "<key>EAPClientConfiguration</key><dict>" more "</dict>"
#define TYPES(t)  "<key>AcceptEAPTypes</key><array>" t "</array>"
#define PEAP      TYPES ("<integer>25</integer>")

static void
assert_peap (const FlProfile *profile)
{
  const FlProfileNetwork *peap = get_network (profile, 0), *ttls = get_network (profile, 1);

  g_assert_cmpstr (fl_profile_get_format (profile), ==, "mobileconfig");
  g_assert_cmpstr (fl_profile_get_provider (profile), ==, "Harbour School");
  g_assert_cmpint (fl_profile_get_expires (profile), ==, 1809345600);
  g_assert_cmpuint (fl_profile_get_networks (profile)->len, ==, 2);
  assert_ssid (peap, 0, "eduroam");
  g_assert_true (peap->hidden);
  g_assert_cmpint (fl_enterprise_get_method (peap->enterprise), ==, FL_EAP_PEAP);
  g_assert_cmpint (fl_enterprise_get_inner (peap->enterprise), ==, FL_EAP_INNER_MSCHAPV2);
  g_assert_cmpint (fl_enterprise_get_method (ttls->enterprise), ==, FL_EAP_TTLS);
  g_assert_cmpint (fl_enterprise_get_inner (ttls->enterprise), ==, FL_EAP_INNER_PAP);
  g_assert_cmpstr (fl_enterprise_get_identity (peap->enterprise), ==, "anna@school.example");
  g_assert_cmpstr (fl_enterprise_get_anonymous_identity (peap->enterprise), ==,
                   "anonymous@school.example");
  g_assert_cmpstr (fl_enterprise_get_server_name (peap->enterprise), ==,
                   "radius.school.example;*.radius.school.example");
  assert_password (peap, "Hafen & Meer");
  assert_certificates (fl_enterprise_get_ca_certificate (peap->enterprise), "root.pem", NULL, NULL);
}

static void
test_mobileconfig_plain_is_read (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("peap.mobileconfig");

  assert_peap (profile);
  g_assert_null (fl_profile_get_signer (profile));
  g_assert_cmpuint (fl_profile_get_left_out (profile)->len, ==, 1);
  g_assert_nonnull (strstr (fl_profile_get_left_out (profile)->pdata[0], "EAP-SIM"));
}

static void
test_mobileconfig_signed_is_read (void)
{
  static const char *const names[] = { "signed.mobileconfig", "signed-ber.mobileconfig",
                                       "signed-cms.pem", "signed-pkcs7.pem" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FlProfile) profile = parse_sample (names[i]);

      assert_peap (profile);
      g_assert_cmpstr (fl_profile_get_signer (profile), ==, "Harbour School IT");
      g_assert_cmpuint (fl_profile_get_left_out (profile)->len, ==, 1);
    }
}

static void
test_mobileconfig_tampered_names_no_signer (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("tampered.mobileconfig");
  GPtrArray *left_out = fl_profile_get_left_out (profile);

  g_assert_cmpstr (fl_enterprise_get_identity (get_network (profile, 0)->enterprise), ==,
                   "eve1@school.example");
  g_assert_null (fl_profile_get_signer (profile));
  g_assert_cmpuint (left_out->len, ==, 2);
  g_assert_nonnull (strstr (left_out->pdata[1], "signature"));
}

static void
test_mobileconfig_encrypted_is_refused (void)
{
  assert_sample_refused ("encrypted.mobileconfig", "encrypted");
  assert_text_refused ("<plist><dict><key>EncryptedPayloadContent</key><data>aGk=</data></dict>"
                       "</plist>",
                       "encrypted");
}

static void
test_mobileconfig_unsigned_cms_is_refused (void)
{
  assert_sample_refused ("unsigned-cms.mobileconfig", "no profile");
}

static void
test_mobileconfig_binary_is_refused (void)
{
  assert_text_refused ("bplist00\xd1\x01\x02", "binary");
}

static void
test_mobileconfig_tls_is_read (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("tls.mobileconfig");
  const FlEnterprise *enterprise = get_network (profile, 0)->enterprise;

  g_assert_cmpint (fl_enterprise_get_method (enterprise), ==, FL_EAP_TLS);
  assert_certificates (fl_enterprise_get_ca_certificate (enterprise), "root.pem", NULL, NULL);
  assert_certificates (fl_enterprise_get_client_certificate (enterprise), "client.pem",
                       "intermediate.pem", "root.pem");
  assert_key (fl_enterprise_get_private_key (enterprise), "client-key.pem");
}

static void
test_mobileconfig_certificates_that_are_missing (void)
{
  assert_sample_refused ("scep.mobileconfig", "from a server");
  assert_sample_refused ("no-anchor.mobileconfig", "is missing");
  assert_sample_refused ("broken-ca.mobileconfig", "School Root");
  assert_text_refused (PLIST (WIFI (SSID EAP (
                           TYPES ("<integer>13</integer>")) "<key>PayloadCertificateUUID</key>"
                                                            "<string>X</string>")),
                       "is missing");
}

static void
test_mobileconfig_personal_networks_are_read (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("personal.mobileconfig");
  const FlProfileNetwork *guests = get_network (profile, 0), *open = get_network (profile, 1);

  assert_ssid (guests, 0, "Harbour Guests");
  g_assert_cmpint (guests->security, ==, FL_SECURITY_WPA_WPA2);
  assert_password (guests, "fair winds");
  assert_ssid (open, 0, "Harbour Open");
  g_assert_cmpint (open->security, ==, FL_SECURITY_OPEN);
  assert_password (open, NULL);
}

static void
test_mobileconfig_for_another_method_says_which (void)
{
  assert_sample_refused ("other-method.mobileconfig", "EAP-SIM");
}

static void
test_mobileconfig_defaults_are_apples (void)
{
  g_autoptr (FlProfile) ttls =
      parse_text (PLIST (WIFI (SSID EAP (TYPES ("<integer>21</integer>")))));
  g_autoptr (FlProfile) eap = parse_text (
      PLIST (WIFI (SSID EAP (TYPES ("<integer>21</integer>") "<key>TTLSInnerAuthentication</key>"
                                                             "<string>EAP</string>"))));
  g_autoptr (FlProfile) any =
      parse_text (PLIST (WIFI (SSID "<key>Password</key><string>fair winds</string>")));
  g_autoptr (FlProfile) hotspot =
      parse_text (PLIST (WIFI ("<key>IsHotspot</key><true/>" EAP (PEAP))));

  g_assert_cmpint (fl_enterprise_get_inner (get_network (ttls, 0)->enterprise), ==,
                   FL_EAP_INNER_MSCHAPV2);
  g_assert_cmpint (fl_enterprise_get_inner (get_network (eap, 0)->enterprise), ==,
                   FL_EAP_INNER_NONE);
  g_assert_cmpint (get_network (any, 0)->security, ==, FL_SECURITY_UNKNOWN);
  g_assert_cmpuint (get_network (hotspot, 0)->ssids->len, ==, 0);
}

static void
test_mobileconfig_proxy_is_said_to_be_left_out (void)
{
  g_autoptr (FlProfile) profile =
      parse_text (PLIST (WIFI (SSID "<key>ProxyType</key><string>Manual</string>" EAP (PEAP))));

  g_assert_cmpuint (fl_profile_get_left_out (profile)->len, ==, 1);
  g_assert_nonnull (strstr (fl_profile_get_left_out (profile)->pdata[0], "proxy"));
}

static void
test_mobileconfig_wrong_structures_are_refused (void)
{
  assert_text_refused ("<plist/>", "no configuration profile");
  assert_text_refused ("<plist><dict><key>a</key></dict></plist>", "no configuration profile");
  assert_text_refused ("<plist><array/><dict/></plist>", "no configuration profile");
  assert_text_refused ("<plist><dict/></plist>", "no network");
  assert_text_refused ("<plist><string>x</string></plist>", "no network");
  assert_text_refused (PLIST (WIFI (EAP (PEAP))), "no name");
  assert_text_refused (PLIST (WIFI (SSID EAP (""))), "how to log in");
  assert_text_refused (PLIST (WIFI (SSID EAP (TYPES ("<string>25</string>")))), "how to log in");
  assert_text_refused (PLIST ("<dict><key>PayloadType</key><string>com.apple.vpn</string></dict>"),
                       "no network");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/mobileconfig/reads/plain", test_mobileconfig_plain_is_read);
  g_test_add_func ("/mobileconfig/reads/tls", test_mobileconfig_tls_is_read);
  g_test_add_func ("/mobileconfig/reads/personal", test_mobileconfig_personal_networks_are_read);
  g_test_add_func ("/mobileconfig/reads/defaults", test_mobileconfig_defaults_are_apples);
  g_test_add_func ("/mobileconfig/signed/names-the-signer", test_mobileconfig_signed_is_read);
  g_test_add_func ("/mobileconfig/signed/tampered-names-no-signer",
                   test_mobileconfig_tampered_names_no_signer);
  g_test_add_func ("/mobileconfig/refuses/encrypted", test_mobileconfig_encrypted_is_refused);
  g_test_add_func ("/mobileconfig/refuses/unsigned-cms", test_mobileconfig_unsigned_cms_is_refused);
  g_test_add_func ("/mobileconfig/refuses/binary", test_mobileconfig_binary_is_refused);
  g_test_add_func ("/mobileconfig/refuses/missing-certificates",
                   test_mobileconfig_certificates_that_are_missing);
  g_test_add_func ("/mobileconfig/refuses/another-method",
                   test_mobileconfig_for_another_method_says_which);
  g_test_add_func ("/mobileconfig/refuses/wrong-structures",
                   test_mobileconfig_wrong_structures_are_refused);
  g_test_add_func ("/mobileconfig/left-out/proxy", test_mobileconfig_proxy_is_said_to_be_left_out);
  return g_test_run ();
}
