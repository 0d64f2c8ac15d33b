/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-enterprise-draft.h"

#include "fl-error.h"
#include "fl-serial-limits.h"
#include "login-files.h"

#include <string.h>

#define NETWORK(ssid, more) "network={\n ssid=\"" ssid "\"\n key_mgmt=WPA-EAP\n" more "}\n"
#define PEAP                " eap=PEAP\n identity=\"anna\"\n password=\"tide\"\n phase2=\"auth=MSCHAPV2\"\n"

static FlProfile *
parse (const char *text)
{
  g_autoptr (FlSecret) contents = fl_secret_new_from_string (text);
  g_autoptr (GError) error = NULL;
  FlProfile *profile = fl_profile_parse (contents, NULL, &error);

  g_assert_no_error (error);
  return profile;
}

/* Of the scenario "campus". */
static FlProfile *
load (const char *name, const char *passphrase)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "..", "data", "scenarios", "campus", name, NULL);
  g_autoptr (FlSecret) secret = passphrase != NULL ? fl_secret_new_from_string (passphrase) : NULL;
  g_autoptr (GError) error = NULL;
  FlProfile *profile = fl_profile_load (path, secret, &error);

  g_assert_no_error (error);
  return profile;
}

static void
import (FlEnterpriseDraft *draft, FlProfile *profile, guint index)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fl_enterprise_draft_import (draft, profile, index, &error));
  g_assert_no_error (error);
}

static void
refuse (FlEnterpriseDraft *draft, FlProfile *profile, guint index, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fl_enterprise_draft_import (draft, profile, index, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE);
  g_assert_nonnull (strstr (error->message, words));
}

static FlEnterpriseDraft *
new_draft (void)
{
  FlEnterpriseDraft *draft = fl_enterprise_draft_new ();

  fl_enterprise_draft_set_limits (draft, fl_serial_enterprise_limits ());
  return draft;
}

static void
on_changed (FlEnterpriseDraft *draft, guint *n_changes)
{
  ++*n_changes;
}

static void
test_name_and_password (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  g_autoptr (FlProfile) profile = load ("harbour-school.eap-config", NULL);
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("tide-table");
  g_autoptr (GPtrArray) findings = NULL;
  guint n_changes = 0;

  fl_enterprise_draft_set_identity (draft, "ann");
  fl_enterprise_draft_set_password (draft, password);
  g_signal_connect (draft, "changed", G_CALLBACK (on_changed), &n_changes);
  import (draft, profile, 0);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpint (fl_enterprise_draft_get_method (draft), ==, FL_EAP_PEAP);
  g_assert_cmpuint (fl_enterprise_draft_get_ca (draft)->len, ==, 1);
  g_assert_cmpstr (fl_enterprise_draft_get_server_name (draft), ==,
                   "radius.harbour-school.example");
  g_assert_cmpstr (fl_enterprise_draft_get_anonymous_identity (draft), ==,
                   "anonymous@harbour-school.example");
  g_assert_cmpstr (fl_enterprise_draft_get_realm (draft), ==, "harbour-school.example");

  /* Typed before, and not in the profile. */
  g_assert_cmpstr (fl_enterprise_draft_get_identity (draft), ==, "ann");
  g_assert_true (fl_secret_equal (fl_enterprise_draft_get_password (draft), password));
  findings = fl_enterprise_draft_check (draft, TODAY_S);
  g_assert_cmpint (fl_enterprise_get_verdict (findings), !=, FL_VERDICT_GOOD);
}

static void
test_certificate_and_key (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  g_autoptr (FlProfile) profile = load ("harbour-school-tls.eap-config", "harbour");
  g_autoptr (GPtrArray) findings = NULL;

  import (draft, profile, fl_enterprise_draft_choose (draft, profile, NULL));
  g_assert_cmpint (fl_enterprise_draft_get_method (draft), ==, FL_EAP_TLS);
  g_assert_cmpuint (fl_enterprise_draft_get_ca (draft)->len, ==, 1);
  g_assert_cmpuint (fl_enterprise_draft_get_client (draft)->len, >=, 1);
  g_assert_true (fl_private_key_matches (fl_enterprise_draft_get_key (draft),
                                         fl_enterprise_draft_get_client (draft)->pdata[0]));
  findings = fl_enterprise_draft_check (draft, TODAY_S);
  g_assert_cmpint (fl_enterprise_get_verdict (findings), !=, FL_VERDICT_BROKEN);
}

static void
test_what_it_says_replaces (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  g_autoptr (FlProfile) profile = parse (NETWORK ("eduroam", PEAP));
  g_autoptr (FlSecret) tide = fl_secret_new_from_string ("tide");
  g_autoptr (FlCertFile) root = login_file_parse ("root.pem", NULL);

  fl_enterprise_draft_set_identity (draft, "me");
  fl_enterprise_draft_set_server_name (draft, "radius.school.example");
  fl_enterprise_draft_add_file (draft, root, FL_DRAFT_USE_CA, NULL);
  fl_enterprise_draft_set_method (draft, FL_EAP_TLS);
  import (draft, profile, 0);
  g_assert_cmpint (fl_enterprise_draft_get_method (draft), ==, FL_EAP_PEAP);
  g_assert_cmpstr (fl_enterprise_draft_get_identity (draft), ==, "anna");
  g_assert_cmpstr (fl_enterprise_draft_get_server_name (draft), ==, "radius.school.example");
  g_assert_true (fl_secret_equal (fl_enterprise_draft_get_password (draft), tide));
  g_assert_cmpuint (fl_enterprise_draft_get_ca (draft)->len, ==, 1);
}

/* The draft is as before then. */
static void
test_another_method (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  g_autoptr (FlProfile) profile =
      parse (NETWORK ("eduroam", " eap=TTLS\n identity=\"x\"\n phase2=\"auth=PAP\"\n"));
  guint n_changes = 0;

  fl_enterprise_draft_set_identity (draft, "anna");
  g_signal_connect (draft, "changed", G_CALLBACK (on_changed), &n_changes);
  refuse (draft, profile, 0, "EAP-TTLS");
  fl_enterprise_draft_set_limits (draft, NULL);
  refuse (draft, profile, 0, "EAP-TTLS");
  g_assert_cmpuint (n_changes, ==, 1); /* the limits */
  g_assert_cmpstr (fl_enterprise_draft_get_identity (draft), ==, "anna");
  g_assert_cmpint (fl_enterprise_draft_get_method (draft), ==, FL_EAP_PEAP);
}

static void
test_network_without_logins (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  g_autoptr (FlProfile) profile = parse ("network={\n ssid=\"Home\"\n psk=\"horse+battery\"\n}\n");

  refuse (draft, profile, 0, "one password for everyone");
}

static void
test_the_best_network (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  g_autoptr (GBytes) second = g_bytes_new_static ("Second", 6);
  g_autoptr (GBytes) nowhere = g_bytes_new_static ("Nowhere", 7);
  g_autoptr (FlProfile) profile =
      parse (NETWORK ("First", " eap=TTLS\n identity=\"x\"\n phase2=\"auth=PAP\"\n")
                 NETWORK ("Second", " eap=TTLS\n identity=\"x\"\n phase2=\"auth=PAP\"\n")
                     NETWORK ("Third", PEAP));

  g_assert_cmpuint (fl_enterprise_draft_choose (draft, profile, NULL), ==, 2);
  g_assert_cmpuint (fl_enterprise_draft_choose (draft, profile, second), ==, 1);
  g_assert_cmpuint (fl_enterprise_draft_choose (draft, profile, nowhere), ==, 2);
}

static void
expect_realm (FlEnterpriseDraft *draft, const char *before, const char *after)
{
  fl_enterprise_draft_set_identity (draft, before);
  fl_enterprise_draft_add_realm (draft);
  g_assert_cmpstr (fl_enterprise_draft_get_identity (draft), ==, after);
}

static void
test_realm_is_added (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  g_autoptr (FlProfile) profile = load ("harbour-school.eap-config", NULL);

  expect_realm (draft, "ann", "ann");
  import (draft, profile, 0);
  expect_realm (draft, "ann", "ann@harbour-school.example");
  expect_realm (draft, "ann@", "ann@harbour-school.example");
  expect_realm (draft, "ann@harbour-school.example", "ann@harbour-school.example");
  expect_realm (draft, "ann@mail.example", "ann@harbour-school.example");
  expect_realm (draft, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/enterprise-draft-import/profile/name-and-password", test_name_and_password);
  g_test_add_func ("/enterprise-draft-import/profile/certificate-and-key",
                   test_certificate_and_key);
  g_test_add_func ("/enterprise-draft-import/profile/what-it-says-replaces",
                   test_what_it_says_replaces);
  g_test_add_func ("/enterprise-draft-import/profile/another-method", test_another_method);
  g_test_add_func ("/enterprise-draft-import/profile/network-without-logins",
                   test_network_without_logins);
  g_test_add_func ("/enterprise-draft-import/profile/the-best-network", test_the_best_network);
  g_test_add_func ("/enterprise-draft-import/realm/is-added", test_realm_is_added);
  return g_test_run ();
}
