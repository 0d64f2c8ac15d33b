/* SPDX-License-Identifier: Apache-2.0 */
#include "cert-files.h"

#include <string.h>

static void
test_client_facts (void)
{
  g_autoptr (FlCertificate) client = cert_get ("client.pem");

  g_assert_cmpstr (fl_certificate_get_name (client), ==, "Anna Berg");
  g_assert_cmpstr (fl_certificate_get_subject (client), ==, "CN=Anna Berg,O=Harbour School");
  g_assert_cmpstr (fl_certificate_get_issuer (client), ==,
                   "CN=Harbour School Network CA,O=Harbour School");
  g_assert_cmpint (fl_certificate_get_not_before (client), ==, 1746273600);
  g_assert_cmpint (fl_certificate_get_not_after (client), ==, 1809345600);
  g_assert_cmpint (fl_certificate_get_key_type (client), ==, FL_KEY_RSA);
  g_assert_cmpuint (fl_certificate_get_key_bits (client), ==, 2048);
  g_assert_cmpstr (fl_certificate_get_signature (client), ==, "RSA-SHA256");
  g_assert_false (fl_certificate_has_weak_signature (client));
  g_assert_false (fl_certificate_is_ca (client));
  g_assert_true (fl_certificate_has_basic_constraints (client));
  g_assert_false (fl_certificate_is_self_signed (client));
  g_assert_true (fl_certificate_allows_client (client));
}

static void
test_dates (void)
{
  g_autoptr (FlCertificate) expired = cert_get ("client-expired.pem");
  g_autoptr (FlCertificate) not_yet = cert_get ("client-not-yet.pem");

  g_assert_cmpint (fl_certificate_get_not_after (expired), <, CERT_NOW_S);
  g_assert_cmpint (fl_certificate_get_not_after (expired), ==, 1777809600);
  g_assert_cmpint (fl_certificate_get_not_before (not_yet), >, CERT_NOW_S);
}

static void
test_authorities (void)
{
  static const struct
  {
    const char *name;
    gboolean constraints, ca, self_signed;
  } all[] = {
    { "root.pem", TRUE, TRUE, TRUE },          { "root.der", TRUE, TRUE, TRUE },
    { "intermediate.pem", TRUE, TRUE, FALSE }, { "root-no-constraints.pem", FALSE, FALSE, TRUE },
    { "root-v1.pem", FALSE, FALSE, TRUE },     { "client-self-signed.pem", TRUE, FALSE, TRUE },
    { "client.pem", TRUE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (FlCertificate) certificate = cert_get (all[i].name);

      g_test_message ("%s", all[i].name);
      g_assert_cmpint (fl_certificate_has_basic_constraints (certificate), ==, all[i].constraints);
      g_assert_cmpint (fl_certificate_is_ca (certificate), ==, all[i].ca);
      g_assert_cmpint (fl_certificate_is_self_signed (certificate), ==, all[i].self_signed);
    }
}

static void
test_signatures (void)
{
  static const struct
  {
    const char *name, *signature;
    gboolean weak;
  } all[] = {
    { "client.pem", "RSA-SHA256", FALSE },      { "client-sha1.pem", "RSA-SHA1", TRUE },
    { "client-md5.pem", "RSA-MD5", TRUE },      { "root-sha1.pem", "RSA-SHA1", TRUE },
    { "client-4096.pem", "RSA-SHA256", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (FlCertificate) certificate = cert_get (all[i].name);

      g_assert_cmpstr (fl_certificate_get_signature (certificate), ==, all[i].signature);
      g_assert_cmpint (fl_certificate_has_weak_signature (certificate), ==, all[i].weak);
    }
}

static void
test_keys (void)
{
  static const struct
  {
    const char *name;
    FlKeyType type;
    guint bits;
  } all[] = {
    { "client.pem", FL_KEY_RSA, 2048 },          { "client-1024.pem", FL_KEY_RSA, 1024 },
    { "client-4096.pem", FL_KEY_RSA, 4096 },     { "client-ec.pem", FL_KEY_EC, 256 },
    { "client-ed25519.pem", FL_KEY_OTHER, 256 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (FlCertificate) certificate = cert_get (all[i].name);

      g_assert_cmpint (fl_certificate_get_key_type (certificate), ==, all[i].type);
      g_assert_cmpuint (fl_certificate_get_key_bits (certificate), ==, all[i].bits);
    }
}

static void
test_issuers (void)
{
  static const struct
  {
    const char *certificate, *issuer;
    gboolean signed_by;
  } all[] = {
    { "client.pem", "intermediate.pem", TRUE },
    { "intermediate.pem", "root.pem", TRUE },
    { "client.pem", "root.pem", FALSE },
    { "root.pem", "root.pem", TRUE },
    { "intermediate.pem", "impostor-root.pem", FALSE }, /* the right name, the wrong key */
    { "client-other.pem", "other-root.pem", TRUE },
    { "client-other.pem", "impostor-root.pem", FALSE },
    { "client-md5.pem", "intermediate.pem", TRUE },
    { "client-sha1.pem", "intermediate.pem", TRUE },
    { "client-ec.pem", "intermediate.pem", TRUE },
    { "intermediate.pem", "intermediate.pem", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (FlCertificate) certificate = cert_get (all[i].certificate);
      g_autoptr (FlCertificate) issuer = cert_get (all[i].issuer);

      g_test_message ("%s by %s", all[i].certificate, all[i].issuer);
      g_assert_cmpint (fl_certificate_is_signed_by (certificate, issuer), ==, all[i].signed_by);
    }
}

static void
test_uses (void)
{
  static const struct
  {
    const char *name;
    gboolean allows;
  } all[] = {
    { "client.pem", TRUE },  { "client-any-use.pem", TRUE }, { "client-server-use.pem", FALSE },
    { "server.pem", FALSE }, { "client-email.pem", TRUE },   { "signer.pem", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (FlCertificate) certificate = cert_get (all[i].name);

      g_assert_cmpint (fl_certificate_allows_client (certificate), ==, all[i].allows);
    }
}

static void
test_identities (void)
{
  static const struct
  {
    const char *name, *identity;
  } all[] = {
    { "client.pem", "anna@school.example" },
    { "client-email.pem", "anna.berg@school.example" },
    { "client-name.pem", "anna@school.example" },
    { "client-device.pem", NULL },
    { "root.pem", NULL },
    { "name-nul.pem", NULL }, /* "radius.school.example\0evil@ferry.example" */
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (FlCertificate) certificate = cert_get (all[i].name);

      g_assert_cmpstr (fl_certificate_get_identity (certificate), ==, all[i].identity);
    }
}

static void
assert_safe (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (c)));
      g_assert_cmpuint (g_utf8_get_char (c), !=, 0x202e);
    }
}

static void
test_control_characters (void)
{
  g_autoptr (FlCertificate) certificate = cert_get ("name-control.pem");

  g_assert_cmpstr (fl_certificate_get_name (certificate), ==, "radius��[1m�elpmaxe");
  assert_safe (fl_certificate_get_subject (certificate));
  assert_safe (fl_certificate_get_issuer (certificate));
}

static void
test_nul_in_name (void)
{
  g_autoptr (FlCertificate) certificate = cert_get ("name-nul.pem");

  /* Whatever stands for the NUL, the name is not cut where it is. */
  g_assert_cmpstr (fl_certificate_get_name (certificate), !=, "radius.school.example");
  assert_safe (fl_certificate_get_name (certificate));
  assert_safe (fl_certificate_get_subject (certificate));
  g_assert_false (fl_certificate_is_self_signed (certificate));
}

static void
test_long_name (void)
{
  g_autoptr (FlCertificate) certificate = cert_get ("name-long.pem");

  g_assert_cmpint (g_utf8_strlen (fl_certificate_get_name (certificate), -1), ==, 64);
  g_assert_cmpint (g_utf8_strlen (fl_certificate_get_subject (certificate), -1), <=, 513);
  assert_safe (fl_certificate_get_subject (certificate));
}

static void
test_no_subject (void)
{
  g_autoptr (FlCertificate) certificate = cert_get ("client-no-subject.pem");

  g_assert_cmpstr (fl_certificate_get_subject (certificate), ==, "");
  g_assert_cmpstr (fl_certificate_get_name (certificate), ==, "door.school.example");
}

static void
test_pem (void)
{
  static const char *const names[] = { "client.pem", "root.pem", "client-ec.pem", "name-long.pem" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FlCertificate) certificate = cert_get (names[i]);
      g_autoptr (GBytes) pem = fl_certificate_to_pem (certificate);
      g_autoptr (FlSecret) file = cert_read (names[i]);

      /* OpenSSL writes the same form. */
      g_assert_cmpmem (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem),
                       fl_secret_get_data (file), fl_secret_get_size (file));
    }
}

static void
test_refused (void)
{
  g_autoptr (FlCertificate) client = cert_get ("client.pem");
  GBytes *der = fl_certificate_get_der (client);
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize size = 0; size < g_bytes_get_size (der); size++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (der, 0, size);

      g_assert_null (fl_certificate_new_from_der (cut, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
      g_clear_error (&error);
    }

  g_byte_array_append (longer, g_bytes_get_data (der, NULL), (guint) g_bytes_get_size (der));
  g_byte_array_append (longer, (const guint8 *) "", 1);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  g_assert_null (fl_certificate_new_from_der (bytes, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
}

/* The names of @certificates, in order. */
static char *
list (GPtrArray *certificates)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < certificates->len; i++)
    g_ptr_array_add (names, (char *) fl_certificate_get_name (certificates->pdata[i]));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" < ", (char **) names->pdata);
}

static void
assert_sorted (const char *const *files, const char *expected)
{
  g_autoptr (GPtrArray) certificates =
      g_ptr_array_new_with_free_func ((GDestroyNotify) fl_certificate_unref);
  g_autoptr (GPtrArray) sorted = NULL;
  g_autofree char *names = NULL;

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autoptr (FlCertFile) file = cert_open (files[i], CERT_WORD);
      GPtrArray *found = fl_cert_file_get_certificates (file);

      for (guint k = 0; k < found->len; k++)
        g_ptr_array_add (certificates, fl_certificate_ref (found->pdata[k]));
    }
  sorted = fl_certificates_sort (certificates);
  g_assert_cmpuint (sorted->len, ==, certificates->len);
  names = list (sorted);
  g_assert_cmpstr (names, ==, expected);
}

#define CHAIN "Anna Berg < Harbour School Network CA < Harbour School Root CA"

static void
test_sort (void)
{
  assert_sorted ((const char *const[]){ NULL }, "");
  assert_sorted ((const char *const[]){ "root.pem", NULL }, "Harbour School Root CA");
  assert_sorted ((const char *const[]){ "client-chain-odd.pem", NULL }, CHAIN);
  assert_sorted ((const char *const[]){ "root.pem", "intermediate.pem", "client.pem", NULL },
                 CHAIN);
  assert_sorted ((const char *const[]){ "intermediate.pem", "client.pem", "root.pem", NULL },
                 CHAIN);
}

static void
test_sort_strangers (void)
{
  /* What does not belong to the chain comes last, in its order. */
  assert_sorted ((const char *const[]){ "other-root.pem", "root.pem", "client.pem",
                                        "intermediate.pem", NULL },
                 CHAIN " < Ferry Company Root CA");
  /* An impostor with the root's name is none of the chain. */
  assert_sorted ((const char *const[]){ "impostor-root.pem", "intermediate.pem", "client.pem",
                                        "root.pem", NULL },
                 CHAIN " < Harbour School Root CA");
  /* The same one twice. */
  assert_sorted ((const char *const[]){ "root.pem", "client-chain-odd.pem", NULL },
                 CHAIN " < Harbour School Root CA");
}

static void
test_sort_long_chain (void)
{
  assert_sorted ((const char *const[]){ "root.pem", "client-chain-long.pem", NULL },
                 "Anna Berg < Harbour School Level 6 CA < Harbour School Level 5 CA < "
                 "Harbour School Level 4 CA < Harbour School Level 3 CA < "
                 "Harbour School Level 2 CA < Harbour School Level 1 CA < Harbour School Root CA");
}

static void
test_to_pem (void)
{
  g_autoptr (FlCertFile) file = cert_open ("client-chain-odd.pem", NULL);
  g_autoptr (GPtrArray) sorted = fl_certificates_sort (fl_cert_file_get_certificates (file));
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (FlSecret) chain = cert_read ("client-chain.pem");

  g_ptr_array_set_size (sorted, 2); /* without the root */
  pem = fl_certificates_to_pem (sorted);
  g_assert_cmpmem (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem), fl_secret_get_data (chain),
                   fl_secret_get_size (chain));
  g_assert_null (fl_certificates_to_pem (none));
}

static void
test_labels (void)
{
  g_assert_cmpstr (fl_key_type_get_label (FL_KEY_RSA), ==, "RSA");
  g_assert_cmpstr (fl_key_type_get_label (FL_KEY_EC), ==, "EC");
  g_assert_nonnull (fl_key_type_get_label (FL_KEY_OTHER));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/certificate/client/says-whose-it-is", test_client_facts);
  g_test_add_func ("/certificate/dates/expired-and-not-yet-valid", test_dates);
  g_test_add_func ("/certificate/authority/needs-basic-constraints", test_authorities);
  g_test_add_func ("/certificate/signature/md5-and-sha1-are-weak", test_signatures);
  g_test_add_func ("/certificate/key/type-and-bits", test_keys);
  g_test_add_func ("/certificate/issuer/its-key-decides", test_issuers);
  g_test_add_func ("/certificate/use/client-or-not-said", test_uses);
  g_test_add_func ("/certificate/identity/principal-mail-or-name", test_identities);
  g_test_add_func ("/certificate/name/control-characters-are-replaced", test_control_characters);
  g_test_add_func ("/certificate/name/nul-does-not-end-it", test_nul_in_name);
  g_test_add_func ("/certificate/name/long-one-is-bounded", test_long_name);
  g_test_add_func ("/certificate/name/none-falls-back-to-dns", test_no_subject);
  g_test_add_func ("/certificate/pem/as-openssl-writes-it", test_pem);
  g_test_add_func ("/certificate/der/cut-anywhere-or-too-long-is-refused", test_refused);
  g_test_add_func ("/certificate/sort/own-one-first", test_sort);
  g_test_add_func ("/certificate/sort/strangers-last", test_sort_strangers);
  g_test_add_func ("/certificate/sort/seven-levels", test_sort_long_chain);
  g_test_add_func ("/certificate/pem/of-a-chain", test_to_pem);
  g_test_add_func ("/certificate/key/labels", test_labels);
  return g_test_run ();
}
