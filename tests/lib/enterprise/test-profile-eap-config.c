/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fl-error.h"
#include "fl-profile-private.h"

#include "profile-fixture.h"

#define BEFORE_METHODS "<EAPIdentityProviderList><EAPIdentityProvider><AuthenticationMethods>"
#define AFTER_METHODS  "</AuthenticationMethods>"
#define END            "</EAPIdentityProvider></EAPIdentityProviderList>"
#define NAMES(n)                                                                                   \
  "<CredentialApplicability><IEEE80211><SSID>" n "</SSID></IEEE80211></CredentialApplicability>"
#define METHOD(type, more)                                                                         \
  "<AuthenticationMethod><EAPMethod><Type>" type "</Type></EAPMethod>" more                        \
  "</AuthenticationMethod>"
#define CLIENT(fields)   "<ClientSideCredential>" fields "</ClientSideCredential>"
#define INNER(type)      "<InnerAuthenticationMethod>" type "</InnerAuthenticationMethod>"
#define EAP(number)      "<EAPMethod><Type>" number "</Type></EAPMethod>"
#define NON_EAP(number)  "<NonEAPAuthMethod><Type>" number "</Type></NonEAPAuthMethod>"
#define PROFILE(methods) BEFORE_METHODS methods AFTER_METHODS NAMES ("school") END

static void
test_eap_config_of_cat_is_read (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("cat.eap-config");
  const FlProfileNetwork *peap = get_network (profile, 0), *ttls = get_network (profile, 1);

  g_assert_cmpstr (fl_profile_get_format (profile), ==, "eap-config");
  g_assert_cmpint (fl_profile_get_expires (profile), ==, 0);
  g_assert_null (fl_profile_get_signer (profile));
  g_assert_cmpuint (fl_profile_get_networks (profile)->len, ==, 2);
  g_assert_cmpint (fl_enterprise_get_method (peap->enterprise), ==, FL_EAP_PEAP);
  g_assert_cmpint (fl_enterprise_get_inner (peap->enterprise), ==, FL_EAP_INNER_MSCHAPV2);
  g_assert_cmpint (fl_enterprise_get_method (ttls->enterprise), ==, FL_EAP_TTLS);
  g_assert_cmpint (fl_enterprise_get_inner (ttls->enterprise), ==, FL_EAP_INNER_PAP);
  g_assert_cmpuint (peap->ssids->len, ==, 2);
  assert_ssid (peap, 0, "eduroam");
  assert_ssid (ttls, 1, "Harbour Café");
  g_assert_cmpstr (peap->realm, ==, "school.example");
  g_assert_true (peap->realm_required);
  g_assert_null (fl_enterprise_get_identity (peap->enterprise));
  assert_password (peap, NULL);
  g_assert_cmpstr (fl_enterprise_get_anonymous_identity (peap->enterprise), ==,
                   "anonymous@school.example");
  g_assert_cmpstr (fl_enterprise_get_server_name (peap->enterprise), ==,
                   "radius.school.example;radius2.school.example");
  g_assert_cmpuint (peap->server_names->len, ==, 2);
  assert_certificates (fl_enterprise_get_ca_certificate (peap->enterprise), "root.pem",
                       "intermediate.pem", NULL);
  g_assert_null (fl_enterprise_get_client_certificate (peap->enterprise));
}

static void
test_eap_config_says_what_it_left_out (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("cat.eap-config");
  GPtrArray *left_out = fl_profile_get_left_out (profile);

  g_assert_cmpuint (left_out->len, ==, 1);
  g_assert_nonnull (strstr (left_out->pdata[0], "TEAP"));
}

static void
test_eap_config_of_letswifi_is_read (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("letswifi.eap-config");
  const FlEnterprise *enterprise = get_network (profile, 0)->enterprise;

  g_assert_cmpint (fl_profile_get_expires (profile), ==, 1809345600);
  g_assert_cmpint (fl_enterprise_get_method (enterprise), ==, FL_EAP_TLS);
  g_assert_cmpint (fl_enterprise_get_inner (enterprise), ==, FL_EAP_INNER_NONE);
  assert_certificates (fl_enterprise_get_ca_certificate (enterprise), "root.pem", NULL, NULL);
  assert_certificates (fl_enterprise_get_client_certificate (enterprise), "client.pem",
                       "intermediate.pem", NULL);
  assert_key (fl_enterprise_get_private_key (enterprise), "client-key.pem");
}

static void
test_eap_config_wants_a_passphrase (void)
{
  g_autoptr (FlSecret) contents = load_sample ("tls-passphrase.eap-config");
  g_autoptr (FlSecret) passphrase = fl_secret_new_from_string ("harbour");
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile = fl_profile_parse (contents, passphrase, &error);

  g_assert_no_error (error);
  assert_key (fl_enterprise_get_private_key (get_network (profile, 0)->enterprise),
              "client-key.pem");
  assert_wants_passphrase ("tls-passphrase.eap-config", NULL);
  assert_wants_passphrase ("tls-passphrase.eap-config", "lighthouse");
}

static void
test_eap_config_account_is_read_to_the_letter (void)
{
  g_autoptr (FlProfile) profile = parse_sample ("account.eap-config");
  const FlProfileNetwork *network = get_network (profile, 0);

  g_assert_cmpstr (fl_enterprise_get_identity (network->enterprise), ==, "anna@school.example");
  assert_password (network, " Hafen & \"Meer\" ");
  g_assert_null (network->realm);
  g_assert_false (network->realm_required);
}

static void
read_in (const char *const *languages, const char *provider, const char *help)
{
  g_autoptr (FlSecret) contents = load_sample ("cat.eap-config");
  g_autoptr (GError) error = NULL;
  g_autoptr (FlProfile) profile = fl_profile_read_eap_config (contents, NULL, languages, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (fl_profile_get_provider (profile), ==, provider);
  g_assert_cmpstr (fl_profile_get_help (profile), ==, help);
}

static void
test_eap_config_speaks_the_language_of_the_person (void)
{
  static const char *const german[] = { "de_DE.UTF-8", "de_DE", "de.UTF-8", "de", "C", NULL };
  static const char *const british[] = { "en_GB", "en", "C", NULL };
  static const char *const french[] = { "fr", "C", NULL };
  static const char *const both[] = { "fr", "de", "en", "C", NULL };

  read_in (german, "Hafenschule", "https://school.example/hilfe");
  read_in (british, "Harbour School", "https://school.example/help");
  read_in (french, "Harbour School (all)", "https://school.example/help");
  read_in (both, "Hafenschule", "https://school.example/hilfe");
}

static void
test_eap_config_for_another_method_says_which (void)
{
  assert_sample_refused ("other-method.eap-config", "EAP-AKA");
  assert_text_refused (PROFILE (METHOD ("99", "")), "EAP 99");
  assert_text_refused (PROFILE (METHOD ("21", INNER (NON_EAP ("7")))), "not known here");
}

static void
test_eap_config_broken_certificate_is_an_error (void)
{
  assert_sample_refused ("broken-ca.eap-config", "CA 2");
  assert_sample_refused ("key-as-ca.eap-config", "private key");
  assert_text_refused (PROFILE (METHOD ("25", "<ServerSideCredential><CA encoding=\"base64\">?</CA>"
                                              "</ServerSideCredential>")),
                       "is damaged");
  assert_text_refused (PROFILE (METHOD ("25", "<ServerSideCredential><CA encoding=\"hex\">3030</CA>"
                                              "</ServerSideCredential>")),
                       "not known here");
  assert_text_refused (PROFILE (
                           METHOD ("25", "<ServerSideCredential><CA/></ServerSideCredential>")),
                       "is damaged");
}

static void
test_eap_config_inner_methods_are_told_apart (void)
{
  static const struct
  {
    const char *text;
    FlEapInner inner;
  } rows[] = {
    { PROFILE (METHOD ("21", INNER (NON_EAP ("1")))), FL_EAP_INNER_PAP },
    { PROFILE (METHOD ("21", INNER (NON_EAP ("2")))), FL_EAP_INNER_MSCHAP },
    { PROFILE (METHOD ("21", INNER (NON_EAP (" 3 ")))), FL_EAP_INNER_MSCHAPV2 },
    { PROFILE (METHOD ("21", INNER (EAP ("26")))), FL_EAP_INNER_MSCHAPV2 },
    { PROFILE (METHOD ("25", INNER (EAP ("6")))), FL_EAP_INNER_GTC },
    { PROFILE (METHOD ("25", INNER (EAP ("13")))), FL_EAP_INNER_TLS },
    { PROFILE (METHOD ("25", INNER (EAP ("99")) INNER (EAP ("6")))), FL_EAP_INNER_GTC },
    { PROFILE (METHOD ("52", "")), FL_EAP_INNER_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (FlProfile) profile = parse_text (rows[i].text);

      g_assert_cmpint (fl_enterprise_get_inner (get_network (profile, 0)->enterprise), ==,
                       rows[i].inner);
    }
}

/* Credentials inside the tunnel are said there, too. */
static void
test_eap_config_inner_credentials_win (void)
{
  g_autoptr (FlProfile) profile = parse_text (
      PROFILE (METHOD ("25", CLIENT ("<OuterIdentity>o</OuterIdentity><UserName>a</UserName>")
                                 INNER (EAP ("26") CLIENT ("<UserName>b</UserName>"
                                                           "<Password>c</Password>")))));
  const FlProfileNetwork *network = get_network (profile, 0);

  g_assert_cmpstr (fl_enterprise_get_identity (network->enterprise), ==, "b");
  g_assert_cmpstr (fl_enterprise_get_anonymous_identity (network->enterprise), ==, "o");
  assert_password (network, "c");
}

static void
test_eap_config_without_names_fits_any_network (void)
{
  g_autoptr (FlProfile) profile =
      parse_text (BEFORE_METHODS METHOD ("25", INNER (EAP ("26"))) AFTER_METHODS END);

  g_assert_cmpuint (get_network (profile, 0)->ssids->len, ==, 0);
}

static void
test_eap_config_names_are_bounded (void)
{
  assert_text_refused (BEFORE_METHODS METHOD ("25", "") AFTER_METHODS NAMES ("") END, "no name");
  assert_text_refused (BEFORE_METHODS METHOD ("25", "")
                           AFTER_METHODS NAMES ("0123456789012345678901234567890123") END,
                       "too long");
  assert_text_refused (PROFILE (METHOD ("25", CLIENT ("<UserName>a&#9;b</UserName>"))),
                       "cannot be read");
  assert_text_refused (PROFILE (METHOD ("25", CLIENT ("<UserName>a&#x202e;b</UserName>"))),
                       "cannot be read");
}

static void
test_eap_config_long_texts_are_bounded (void)
{
  g_autofree char *thousand = g_strnfill (2000, 'a');
  g_autofree char *name =
      g_strdup_printf (PROFILE (METHOD ("25", CLIENT ("<UserName>%s</UserName>"))), thousand);
  g_autofree char *password =
      g_strdup_printf (PROFILE (METHOD ("25", CLIENT ("<Password>%s</Password>"))), thousand);
  g_autofree char *provider = g_strdup_printf (
      BEFORE_METHODS METHOD ("25", "") AFTER_METHODS
      "<ProviderInfo><DisplayName>%s&#10;&#x202e;</DisplayName></ProviderInfo>" END,
      thousand);
  g_autoptr (FlProfile) profile = parse_text (provider);

  assert_text_refused (name, "too long");
  assert_text_refused (password, "too long");
  g_assert_cmpint (g_utf8_strlen (fl_profile_get_provider (profile), -1), ==, 201);
}

static void
test_eap_config_without_methods_is_refused (void)
{
  assert_text_refused ("<EAPIdentityProviderList/>", "no network");
  assert_text_refused (BEFORE_METHODS AFTER_METHODS END, "no network");
  assert_text_refused (PROFILE ("<AuthenticationMethod/>"), "how to log in");
  assert_text_refused (PROFILE (METHOD ("", "")), "how to log in");
  assert_text_refused (PROFILE (METHOD ("99999999999999999999", "")), "how to log in");
}

static void
test_eap_config_too_many_methods_are_refused (void)
{
  g_autoptr (GString) text = g_string_new (BEFORE_METHODS);

  for (guint i = 0; i <= FL_PROFILE_MAX_NETWORKS; i++)
    g_string_append (text, METHOD ("25", ""));
  g_string_append (text, AFTER_METHODS END);
  assert_text_refused (text->str, "too many networks");
}

/* Each may take seconds to open. */
static void
test_eap_config_too_many_client_files_are_refused (void)
{
  g_autoptr (GString) text = g_string_new (BEFORE_METHODS);
  g_autoptr (FlSecret) sample = load_sample ("letswifi.eap-config");
  const char *start = strstr (fl_secret_get_text (sample), "<AuthenticationMethod>");
  const char *end = strstr (start, "</AuthenticationMethods>");

  for (guint i = 0; i < 9; i++)
    g_string_append_len (text, start, end - start);
  g_string_append (text, AFTER_METHODS END);
  assert_text_refused (text->str, "too many certificates");
}

static void
test_eap_config_earliest_end_counts (void)
{
  g_autoptr (FlProfile) profile = parse_text (
      "<EAPIdentityProviderList>"
      "<EAPIdentityProvider><ValidUntil>2030-01-01T00:00:00Z</ValidUntil></EAPIdentityProvider>"
      "<EAPIdentityProvider><ValidUntil>2027-05-03T14:00:00+02:00</ValidUntil>"
      "<AuthenticationMethods>" METHOD ("25", "") AFTER_METHODS
      "</EAPIdentityProvider>"
      "<EAPIdentityProvider><ValidUntil>some day</ValidUntil></EAPIdentityProvider>"
      "</EAPIdentityProviderList>");

  g_assert_cmpint (fl_profile_get_expires (profile), ==, 1809345600);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/eap-config/reads/cat", test_eap_config_of_cat_is_read);
  g_test_add_func ("/eap-config/reads/letswifi", test_eap_config_of_letswifi_is_read);
  g_test_add_func ("/eap-config/reads/account-to-the-letter",
                   test_eap_config_account_is_read_to_the_letter);
  g_test_add_func ("/eap-config/reads/language-of-the-person",
                   test_eap_config_speaks_the_language_of_the_person);
  g_test_add_func ("/eap-config/reads/inner-methods", test_eap_config_inner_methods_are_told_apart);
  g_test_add_func ("/eap-config/reads/inner-credentials-win",
                   test_eap_config_inner_credentials_win);
  g_test_add_func ("/eap-config/reads/without-names-fits-any-network",
                   test_eap_config_without_names_fits_any_network);
  g_test_add_func ("/eap-config/reads/earliest-end-counts", test_eap_config_earliest_end_counts);
  g_test_add_func ("/eap-config/left-out/is-said", test_eap_config_says_what_it_left_out);
  g_test_add_func ("/eap-config/passphrase/is-wanted", test_eap_config_wants_a_passphrase);
  g_test_add_func ("/eap-config/refuses/another-method",
                   test_eap_config_for_another_method_says_which);
  g_test_add_func ("/eap-config/refuses/broken-certificate",
                   test_eap_config_broken_certificate_is_an_error);
  g_test_add_func ("/eap-config/refuses/names-out-of-bounds", test_eap_config_names_are_bounded);
  g_test_add_func ("/eap-config/refuses/long-texts", test_eap_config_long_texts_are_bounded);
  g_test_add_func ("/eap-config/refuses/no-methods", test_eap_config_without_methods_is_refused);
  g_test_add_func ("/eap-config/refuses/too-many-methods",
                   test_eap_config_too_many_methods_are_refused);
  g_test_add_func ("/eap-config/refuses/too-many-client-files",
                   test_eap_config_too_many_client_files_are_refused);
  return g_test_run ();
}
