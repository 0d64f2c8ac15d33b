/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-enterprise-draft.h"

#include "fl-error.h"
#include "fl-serial-limits.h"
#include "login-files.h"

#include <string.h>

static void
add (FlEnterpriseDraft *draft, const char *names, const char *passphrase, FlDraftUse use)
{
  g_autoptr (FlCertFile) file = login_file_parse (names, passphrase);
  g_autoptr (GError) error = NULL;

  g_assert_true (fl_enterprise_draft_add_file (draft, file, use, &error));
  g_assert_no_error (error);
}

static void
refuse (FlEnterpriseDraft *draft, const char *names, FlDraftUse use, const char *words)
{
  g_autoptr (FlCertFile) file = login_file_parse (names, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (fl_enterprise_draft_add_file (draft, file, use, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, words));
}

/* "Harbour School Root CA, …" */
static void
assert_names (GPtrArray *certificates, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < certificates->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            fl_certificate_get_name (certificates->pdata[i]));
  g_assert_cmpstr (names->str, ==, expected);
}

static void
assert_verdict (FlEnterpriseDraft *draft, FlVerdict expected)
{
  g_autoptr (GPtrArray) findings = fl_enterprise_draft_check (draft, TODAY_S);

  for (guint i = 0; i < findings->len; i++)
    g_test_message ("%s: %s", fl_finding_get_id (findings->pdata[i]),
                    fl_finding_get_sentence (findings->pdata[i]));
  g_assert_cmpint (fl_enterprise_get_verdict (findings), ==, expected);
}

static void
assert_all_there (FlEnterpriseDraft *draft)
{
  assert_names (fl_enterprise_draft_get_ca (draft), "Harbour School Root CA");
  assert_names (fl_enterprise_draft_get_client (draft), "Anna Berg, Harbour School Network CA");
  g_assert_nonnull (fl_enterprise_draft_get_key (draft));
  g_assert_cmpint (fl_enterprise_draft_get_method (draft), ==, FL_EAP_TLS);
  assert_verdict (draft, FL_VERDICT_GOOD);
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
test_typed_is_kept (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  g_autoptr (FlSecret) password = fl_secret_new_from_string (" tide ");
  g_autoptr (FlEnterprise) enterprise = NULL;
  guint n_changes = 0;

  g_signal_connect (draft, "changed", G_CALLBACK (on_changed), &n_changes);
  fl_enterprise_draft_set_identity (draft, " anna@school.example ");
  fl_enterprise_draft_set_identity (draft, " anna@school.example ");
  fl_enterprise_draft_set_anonymous_identity (draft, "");
  fl_enterprise_draft_set_server_name (draft, "radius.school.example");
  fl_enterprise_draft_set_password (draft, password);
  fl_enterprise_draft_set_password (draft, password);
  g_assert_cmpuint (n_changes, ==, 3);
  g_assert_cmpint (fl_enterprise_draft_get_method (draft), ==, FL_EAP_PEAP);
  g_assert_null (fl_enterprise_draft_get_anonymous_identity (draft));

  enterprise = fl_enterprise_draft_build (draft);
  g_assert_cmpstr (fl_enterprise_get_identity (enterprise), ==, " anna@school.example ");
  g_assert_cmpstr (fl_enterprise_get_server_name (enterprise), ==, "radius.school.example");
  g_assert_cmpint (fl_enterprise_get_inner (enterprise), ==, FL_EAP_INNER_MSCHAPV2);
  g_assert_true (fl_secret_equal (fl_enterprise_draft_get_password (draft), password));
  fl_enterprise_draft_set_password (draft, NULL);
  fl_enterprise_draft_set_identity (draft, NULL);
  g_assert_null (fl_enterprise_draft_get_password (draft));
  g_assert_null (fl_enterprise_draft_get_identity (draft));
}

static void
test_swapped_files_are_refused (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  guint n_changes = 0;

  add (draft, "root.pem", NULL, FL_DRAFT_USE_CA);
  g_signal_connect (draft, "changed", G_CALLBACK (on_changed), &n_changes);
  refuse (draft, "client-key.pem", FL_DRAFT_USE_CA, "a private key, not a certificate");
  refuse (draft, "client-key.pem", FL_DRAFT_USE_CLIENT, "a private key, not a certificate");
  refuse (draft, "client.pem", FL_DRAFT_USE_KEY, "a certificate, not a private key");
  refuse (draft, "client.pem+client-key.pem", FL_DRAFT_USE_CA, "of a device");
  g_assert_cmpuint (n_changes, ==, 0);
  assert_names (fl_enterprise_draft_get_ca (draft), "Harbour School Root CA");
  assert_names (fl_enterprise_draft_get_client (draft), "");
  g_assert_null (fl_enterprise_draft_get_key (draft));
  g_assert_cmpint (fl_enterprise_draft_get_method (draft), ==, FL_EAP_PEAP);
}

/* The certificate of the network given as the device's, and the other way round. */
static void
test_swapped_certificates_are_told (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();

  add (draft, "client.pem", NULL, FL_DRAFT_USE_CA);
  add (draft, "root.pem", NULL, FL_DRAFT_USE_CLIENT);
  add (draft, "client-key.pem", NULL, FL_DRAFT_USE_KEY);
  assert_names (fl_enterprise_draft_get_ca (draft), "Anna Berg");
  assert_names (fl_enterprise_draft_get_client (draft), "Harbour School Root CA");
  assert_verdict (draft, FL_VERDICT_BROKEN);
}

static void
test_files_in_any_order (void)
{
  static const char *const files[] = { "root.pem", "intermediate.pem", "client.pem",
                                       "client-key.pem" };

  for (guint i = 0; i < 256; i++)
    {
      const guint order[] = { i & 3, i >> 2 & 3, i >> 4 & 3, i >> 6 };
      g_autoptr (FlEnterpriseDraft) draft = NULL;
      guint seen = 0;

      for (guint k = 0; k < G_N_ELEMENTS (order); k++)
        seen |= 1u << order[k];
      if (seen != 15) /* one comes twice */
        continue;
      draft = new_draft ();
      for (guint k = 0; k < G_N_ELEMENTS (order); k++)
        add (draft, files[order[k]], NULL, FL_DRAFT_USE_ANY);
      assert_all_there (draft);
    }
}

/* Who vouches for devices need not vouch for the network. */
static void
test_one_file_with_everything (void)
{
  static const FlDraftUse uses[] = { FL_DRAFT_USE_ANY, FL_DRAFT_USE_CLIENT };

  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    {
      g_autoptr (FlEnterpriseDraft) pem = new_draft ();
      g_autoptr (FlEnterpriseDraft) pkcs12 = new_draft ();

      add (pem, "client-all.pem", NULL, uses[i]);
      assert_names (fl_enterprise_draft_get_ca (pem), "");
      add (pem, "root.pem", NULL, FL_DRAFT_USE_ANY);
      assert_all_there (pem);
      add (pkcs12, "client-chain.p12", "harbour", uses[i]);
      assert_names (fl_enterprise_draft_get_ca (pkcs12), "");
      add (pkcs12, "client-chain.p12", "harbour", FL_DRAFT_USE_CA);
      assert_names (fl_enterprise_draft_get_ca (pkcs12),
                    "Harbour School Network CA, Harbour School Root CA");
    }
}

/* The chain is whole with a root that is not sent. */
static void
test_root_of_another_chain (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();

  add (draft, "other-root.pem", NULL, FL_DRAFT_USE_ANY);
  add (draft, "client-chain.p12", "harbour", FL_DRAFT_USE_ANY);
  assert_names (fl_enterprise_draft_get_ca (draft), "Ferry Company Root CA");
  assert_names (fl_enterprise_draft_get_client (draft), "Anna Berg, Harbour School Network CA");
  assert_verdict (draft, FL_VERDICT_GOOD);
  fl_enterprise_draft_remove (draft, FL_DRAFT_USE_CA);
  assert_names (fl_enterprise_draft_get_ca (draft), "");
  assert_names (fl_enterprise_draft_get_client (draft), "Anna Berg, Harbour School Network CA");
}

/* Without its key nobody knows which of two it is. */
static void
test_key_tells_which_certificate (void)
{
  static const char *const files[][3] = {
    { "client.pem", "client-ec.pem", "client-key.pem" },
    { "client-ec.pem", "client.pem", "client-key.pem" },
    { "client-key.pem", "client.pem", "client-ec.pem" },
    { "client.pem", "client-key.pem", "client-ec.pem" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (FlEnterpriseDraft) draft = new_draft ();
      FlCertificate *own;

      for (guint k = 0; k < G_N_ELEMENTS (files[i]); k++)
        add (draft, files[i][k], NULL, FL_DRAFT_USE_ANY);
      own = fl_enterprise_draft_get_client (draft)->pdata[0];
      g_assert_true (fl_private_key_matches (fl_enterprise_draft_get_key (draft), own));
    }
}

static void
test_same_use_replaces (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();

  add (draft, "root-expired.pem", NULL, FL_DRAFT_USE_CA);
  add (draft, "root.pem", NULL, FL_DRAFT_USE_CA);
  assert_names (fl_enterprise_draft_get_ca (draft), "Harbour School Root CA");
  add (draft, "client-device.pem", NULL, FL_DRAFT_USE_CLIENT);
  add (draft, "client-chain.pem", NULL, FL_DRAFT_USE_CLIENT);
  add (draft, "other-key.pem", NULL, FL_DRAFT_USE_KEY);
  assert_verdict (draft, FL_VERDICT_BROKEN);
  add (draft, "client-key.pem", NULL, FL_DRAFT_USE_KEY);
  assert_all_there (draft);
}

static void
test_new_pair_replaces_the_old_one (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();

  add (draft, "client-ec.p12", "harbour", FL_DRAFT_USE_ANY);
  add (draft, "root.pem", NULL, FL_DRAFT_USE_ANY);
  assert_verdict (draft, FL_VERDICT_BROKEN);
  add (draft, "client-chain.p12", "harbour", FL_DRAFT_USE_ANY);
  assert_all_there (draft);
}

static void
test_removed (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();

  add (draft, "client-all.pem", NULL, FL_DRAFT_USE_ANY);
  fl_enterprise_draft_remove (draft, FL_DRAFT_USE_KEY);
  g_assert_null (fl_enterprise_draft_get_key (draft));
  fl_enterprise_draft_remove (draft, FL_DRAFT_USE_CA);
  assert_names (fl_enterprise_draft_get_ca (draft), "");
  assert_names (fl_enterprise_draft_get_client (draft), "Anna Berg, Harbour School Network CA");
  fl_enterprise_draft_remove (draft, FL_DRAFT_USE_CLIENT);
  assert_names (fl_enterprise_draft_get_client (draft), "");
  g_assert_cmpint (fl_enterprise_draft_get_method (draft), ==, FL_EAP_PEAP);

  add (draft, "client-all.pem", NULL, FL_DRAFT_USE_ANY);
  add (draft, "other-root.pem", NULL, FL_DRAFT_USE_CA);
  fl_enterprise_draft_remove (draft, FL_DRAFT_USE_ANY);
  assert_names (fl_enterprise_draft_get_ca (draft), "");
  assert_names (fl_enterprise_draft_get_client (draft), "");
  g_assert_null (fl_enterprise_draft_get_key (draft));
}

/* What is left of the method's business stays here, but it is told. */
static void
test_certificate_beside_a_password (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("tide table");
  g_autoptr (GBytes) ssid = g_bytes_new_static ("eduroam", 7);
  g_autoptr (FlCredentials) peap = NULL;
  g_autoptr (FlCredentials) tls = NULL;

  add (draft, "client-all.pem", NULL, FL_DRAFT_USE_ANY);
  fl_enterprise_draft_set_identity (draft, "anna@school.example");
  fl_enterprise_draft_set_password (draft, password);
  fl_enterprise_draft_set_method (draft, FL_EAP_PEAP);
  assert_verdict (draft, FL_VERDICT_DOUBTFUL);
  peap = fl_enterprise_draft_build_credentials (draft, ssid);
  g_assert_null (fl_enterprise_get_private_key (fl_credentials_get_enterprise (peap)));
  g_assert_null (fl_enterprise_get_client_certificate (fl_credentials_get_enterprise (peap)));
  g_assert_true (fl_secret_equal (fl_credentials_get_password (peap), password));

  fl_enterprise_draft_unset_method (draft);
  add (draft, "root.pem", NULL, FL_DRAFT_USE_CA);
  tls = fl_enterprise_draft_build_credentials (draft, ssid);
  g_assert_nonnull (fl_enterprise_get_private_key (fl_credentials_get_enterprise (tls)));
  g_assert_null (fl_credentials_get_password (tls));
  g_assert_cmpstr (fl_credentials_get_name (tls), ==, "eduroam");
  assert_verdict (draft, FL_VERDICT_GOOD);
}

static void
test_identity_of_the_certificate (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  g_autoptr (FlEnterprise) by_itself = NULL;
  g_autoptr (FlEnterprise) typed = NULL;

  add (draft, "client-email.pem+client-key.pem", NULL, FL_DRAFT_USE_ANY);
  by_itself = fl_enterprise_draft_build (draft);
  g_assert_cmpstr (fl_enterprise_get_identity (by_itself), ==, "anna.berg@school.example");
  g_assert_null (fl_enterprise_draft_get_identity (draft));
  fl_enterprise_draft_set_identity (draft, "anna");
  typed = fl_enterprise_draft_build (draft);
  g_assert_cmpstr (fl_enterprise_get_identity (typed), ==, "anna");
}

/* As the device reads it: one block after another, keys as PKCS#1. */
static void
test_texts_that_are_sent (void)
{
  g_autoptr (FlEnterpriseDraft) draft = new_draft ();
  g_autoptr (FlEnterprise) enterprise = NULL;
  g_autoptr (GBytes) chain = login_file_read ("client-chain.pem");
  g_autoptr (FlSecret) key = login_file_read_secret ("client-key.pem");

  add (draft, "client-text.pem", NULL, FL_DRAFT_USE_CLIENT);
  add (draft, "client-crlf.pem", NULL, FL_DRAFT_USE_CLIENT);
  enterprise = fl_enterprise_draft_build (draft);
  g_assert_true (g_bytes_equal (fl_enterprise_get_client_certificate (enterprise), chain));
  g_assert_true (fl_secret_equal (fl_enterprise_get_private_key (enterprise), key));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/enterprise-draft/typed/is-kept", test_typed_is_kept);
  g_test_add_func ("/enterprise-draft/swapped-files/are-refused", test_swapped_files_are_refused);
  g_test_add_func ("/enterprise-draft/swapped-certificates/are-told",
                   test_swapped_certificates_are_told);
  g_test_add_func ("/enterprise-draft/files/in-any-order", test_files_in_any_order);
  g_test_add_func ("/enterprise-draft/files/one-with-everything", test_one_file_with_everything);
  g_test_add_func ("/enterprise-draft/files/root-of-another-chain", test_root_of_another_chain);
  g_test_add_func ("/enterprise-draft/files/key-tells-which-certificate",
                   test_key_tells_which_certificate);
  g_test_add_func ("/enterprise-draft/same-use/replaces", test_same_use_replaces);
  g_test_add_func ("/enterprise-draft/new-pair/replaces-the-old-one",
                   test_new_pair_replaces_the_old_one);
  g_test_add_func ("/enterprise-draft/removed/is-gone", test_removed);
  g_test_add_func ("/enterprise-draft/certificate/beside-a-password",
                   test_certificate_beside_a_password);
  g_test_add_func ("/enterprise-draft/certificate/knows-the-identity",
                   test_identity_of_the_certificate);
  g_test_add_func ("/enterprise-draft/texts/that-are-sent", test_texts_that_are_sent);
  return g_test_run ();
}
