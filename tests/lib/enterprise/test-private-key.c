/* SPDX-License-Identifier: Apache-2.0 */
#include "cert-files.h"

#include <string.h>

static void
test_matches (void)
{
  static const struct
  {
    const char *key, *certificate;
    gboolean matches;
  } all[] = {
    { "client-key.pem", "client.pem", TRUE },
    { "client-key.pem", "client-expired.pem", TRUE },
    { "client-key.pem", "client-4096.pem", FALSE },
    { "client-key.pem", "client-ec.pem", FALSE },
    { "client-key.pem", "root.pem", FALSE },
    { "other-key.pem", "client.pem", FALSE },
    { "client-4096-key.pem", "client-4096.pem", TRUE },
    { "client-1024-key.pem", "client-1024.pem", TRUE },
    { "client-ec-key.pem", "client-ec.pem", TRUE },
    { "client-ed25519-key.pem", "client-ed25519.pem", TRUE },
    { "client-key.pem", "name-nul.pem", TRUE }, /* its signature is wrong, its key is not */
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (FlPrivateKey) key = cert_get_key (all[i].key);
      g_autoptr (FlCertificate) certificate = cert_get (all[i].certificate);

      g_test_message ("%s and %s", all[i].key, all[i].certificate);
      g_assert_cmpint (fl_private_key_matches (key, certificate), ==, all[i].matches);
    }
}

static void
test_facts (void)
{
  static const struct
  {
    const char *name;
    FlKeyType type;
    guint bits;
  } all[] = {
    { "client-key.pem", FL_KEY_RSA, 2048 },          { "client-1024-key.pem", FL_KEY_RSA, 1024 },
    { "client-4096-key.pem", FL_KEY_RSA, 4096 },     { "client-ec-key.pem", FL_KEY_EC, 256 },
    { "client-ed25519-key.pem", FL_KEY_OTHER, 256 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (FlPrivateKey) key = cert_get_key (all[i].name);

      g_assert_cmpint (fl_private_key_get_key_type (key), ==, all[i].type);
      g_assert_cmpuint (fl_private_key_get_bits (key), ==, all[i].bits);
    }
}

/* Whatever form a key was in, it goes out in one, byte for byte. */
static void
assert_pem (const char *name, const char *word, const char *expected)
{
  g_autoptr (FlCertFile) file = cert_open (name, word);
  g_autoptr (FlSecret) plain = cert_read (expected);
  GPtrArray *keys = fl_cert_file_get_keys (file);

  g_test_message ("%s", name);
  g_assert_cmpuint (keys->len, ==, 1);
  g_assert_true (fl_secret_equal (fl_private_key_get_pem (keys->pdata[0]), plain));
}

static void
test_rsa_forms (void)
{
  static const char *const names[] = {
    "client-key.pem",
    "client-key.der",
    "client-key-pkcs8.pem",
    "client-key-pkcs8.der",
    "client-key-pbes2.pem",
    "client-key-pbes2.der",
    "client-key-pbes2-3des.pem",
    "client-key-pbes1-des.pem",
    "client-key-pbes1-3des.pem",
    "client-key-pbes1-rc2.pem",
    "client-key-openssl-des.pem",
    "client-key-openssl-des3.pem",
    "client-key-openssl-aes128.pem",
    "client-key-openssl-aes256.pem",
    "client-text.pem",
    "client-all.pem",
    "client-crlf.pem",
    "client-cr.pem",
    "client-bom.pem",
    "client-utf16le.pem",
    "client-utf16be.pem",
    "client-bag-attributes.pem",
    "client.p12",
    "client-old.p12",
    "client-3des.p12",
    "client-plain.p12",
    "client-no-mac.p12",
    "client-plain-no-mac.p12",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_pem (names[i], CERT_WORD, "client-key.pem");
}

/* PKCS#8 may name the curve twice, so what counts is that it can be read again. */
static void
test_ec_forms (void)
{
  static const char *const names[] = {
    "client-ec-key.pem",
    "client-ec-key.der",
    "client-ec-key-pkcs8.pem",
    "client-ec-key-openssl.pem",
    "client-ec-key-parameters.pem",
    "client-ec.p12",
  };
  g_autoptr (FlCertificate) certificate = cert_get ("client-ec.pem");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FlPrivateKey) key = cert_get_key (names[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (FlCertFile) again = NULL;

      g_test_message ("%s", names[i]);
      g_assert_true (g_str_has_prefix (fl_secret_get_text (fl_private_key_get_pem (key)),
                                       "-----BEGIN PRIVATE KEY-----\n"));
      again = fl_cert_file_parse (fl_private_key_get_pem (key), NULL, &error);
      g_assert_no_error (error);
      g_assert_true (fl_private_key_matches (fl_cert_file_get_keys (again)->pdata[0], certificate));
    }
}

static void
test_other_forms (void)
{
  assert_pem ("client-ed25519-key.pem", NULL, "client-ed25519-key.pem");
}

static void
test_refused (void)
{
  static const char *const names[] = { "client-key.der", "client-key-pkcs8.der",
                                       "client-ec-key.der" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FlSecret) der = cert_read (names[i]);
      g_autoptr (FlSecret) longer = fl_secret_new_zeroed (fl_secret_get_size (der) + 1);
      g_autoptr (GError) error = NULL;

      for (gsize size = 0; size < fl_secret_get_size (der); size++)
        {
          g_autoptr (FlSecret) cut = fl_secret_new (fl_secret_get_data (der), size);

          g_assert_null (fl_private_key_new_from_der (cut, &error));
          g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
          g_clear_error (&error);
        }

      memcpy (fl_secret_get_writable (longer), fl_secret_get_data (der), fl_secret_get_size (der));
      g_assert_null (fl_private_key_new_from_der (longer, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
    }
}

/* One bit of the modulus or of a prime is wrong: nobody could log in with it. */
static void
test_damaged (void)
{
  g_autoptr (FlSecret) der = cert_read ("client-key.der");

  for (gsize at = 40; at < 280; at += 24)
    {
      g_autoptr (FlSecret) damaged =
          fl_secret_new (fl_secret_get_data (der), fl_secret_get_size (der));
      g_autoptr (GError) error = NULL;

      fl_secret_get_writable (damaged)[at] ^= 0x10;
      g_assert_null (fl_private_key_new_from_der (damaged, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
    }
}

static void
test_not_a_key (void)
{
  static const char *const names[] = { "client.der", "client.p12", "client-chain.p7b",
                                       "client-key-pbes2.der" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FlSecret) der = cert_read (names[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (fl_private_key_new_from_der (der, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/private-key/certificate/matches-its-own-only", test_matches);
  g_test_add_func ("/private-key/facts/type-and-bits", test_facts);
  g_test_add_func ("/private-key/pem/rsa-is-pkcs1-from-every-form", test_rsa_forms);
  g_test_add_func ("/private-key/pem/ec-is-pkcs8-from-every-form", test_ec_forms);
  g_test_add_func ("/private-key/pem/others-are-pkcs8", test_other_forms);
  g_test_add_func ("/private-key/der/cut-anywhere-or-too-long-is-refused", test_refused);
  g_test_add_func ("/private-key/der/damaged-numbers-are-refused", test_damaged);
  g_test_add_func ("/private-key/der/something-else-is-refused", test_not_a_key);
  return g_test_run ();
}
