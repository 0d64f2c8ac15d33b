/* SPDX-License-Identifier: Apache-2.0 */
#include "cert-files.h"
#include "fl-cert-file-reader.h"

#include <string.h>

typedef struct
{
  const char *name, *word; /* word: (nullable) */
  guint n_certificates, n_keys;
} Good;

static const Good good[] = {
  { "client.pem", NULL, 1, 0 },
  { "client.der", NULL, 1, 0 },
  { "client-key.pem", NULL, 0, 1 },
  { "client-key.der", NULL, 0, 1 },
  { "client-key-pkcs8.pem", NULL, 0, 1 },
  { "client-key-pkcs8.der", NULL, 0, 1 },
  { "client-key-pbes2.pem", "harbour", 0, 1 },
  { "client-key-pbes2.der", "harbour", 0, 1 },
  { "client-key-pbes2-utf8.pem", "Hafenschlüssel", 0, 1 },
  { "client-key-pbes2-3des.pem", "harbour", 0, 1 },
  { "client-key-pbes1-des.pem", "harbour", 0, 1 },
  { "client-key-pbes1-3des.pem", "harbour", 0, 1 },
  { "client-key-pbes1-rc2.pem", "harbour", 0, 1 },
  { "client-key-openssl-des.pem", "harbour", 0, 1 },
  { "client-key-openssl-des3.pem", "harbour", 0, 1 },
  { "client-key-openssl-aes128.pem", "harbour", 0, 1 },
  { "client-key-openssl-aes256.pem", "harbour", 0, 1 },
  { "client-ec-key.pem", NULL, 0, 1 },
  { "client-ec-key.der", NULL, 0, 1 },
  { "client-ec-key-pkcs8.pem", NULL, 0, 1 },
  { "client-ec-key-openssl.pem", "harbour", 0, 1 },
  { "client-ec-key-parameters.pem", NULL, 0, 1 },
  { "client-ed25519-key.pem", NULL, 0, 1 },
  { "client-4096-key.pem", NULL, 0, 1 },
  { "client-chain.pem", NULL, 2, 0 },
  { "client-chain-odd.pem", NULL, 3, 0 },
  { "client-chain-long.pem", NULL, 7, 0 },
  { "client-all.pem", NULL, 3, 1 },
  { "client-crlf.pem", NULL, 3, 1 },
  { "client-cr.pem", NULL, 3, 1 },
  { "client-bom.pem", NULL, 3, 1 },
  { "client-utf16le.pem", NULL, 3, 1 },
  { "client-utf16be.pem", NULL, 3, 1 },
  { "client-text.pem", NULL, 1, 1 },
  { "client-bag-attributes.pem", NULL, 3, 1 },
  { "client-trusted.pem", NULL, 1, 0 },
  { "client-chain.p7b", NULL, 3, 0 },
  { "client-chain-p7b.pem", NULL, 3, 0 },
  { "client.p12", "harbour", 1, 1 },
  { "client-chain.p12", "harbour", 3, 1 },
  { "client-old.p12", "harbour", 3, 1 },
  { "client-3des.p12", "harbour", 1, 1 },
  { "client-ec.p12", "harbour", 1, 1 },
  { "client-utf8.p12", "Hafenschlüssel", 1, 1 },
  { "client-empty-password.p12", NULL, 1, 1 },
  { "client-no-mac.p12", "harbour", 1, 1 },
  { "client-plain.p12", "harbour", 1, 1 },
  { "client-plain-no-mac.p12", NULL, 1, 1 },
  { "root.p12", "harbour", 1, 0 },
};

static void
test_good (gconstpointer data)
{
  const Good *this = data;
  g_autoptr (FlCertFile) file = cert_open (this->name, this->word);

  g_assert_cmpuint (fl_cert_file_get_certificates (file)->len, ==, this->n_certificates);
  g_assert_cmpuint (fl_cert_file_get_keys (file)->len, ==, this->n_keys);
}

static guint
count_items (FlCertFile *file)
{
  return fl_cert_file_get_certificates (file)->len + fl_cert_file_get_keys (file)->len;
}

/* What is left of a file that was cut is either refused, or whole blocks of PEM came before. */
static void
test_cut (gconstpointer data)
{
  const Good *this = data;
  g_autoptr (FlSecret) whole = cert_read (this->name);
  g_autoptr (FlSecret) word = this->word != NULL ? fl_secret_new_from_string (this->word) : NULL;
  const gboolean is_pem = g_str_has_suffix (this->name, ".pem");
  guint n_refused = 0;

  for (gsize size = 0; size < fl_secret_get_size (whole); size += 64)
    {
      g_autoptr (FlSecret) cut = fl_secret_new (fl_secret_get_data (whole), size);
      g_autoptr (GError) error = NULL;
      g_autoptr (FlCertFile) file = fl_cert_file_parse (cut, word, &error);

      if (file != NULL)
        {
          g_assert_true (is_pem);
          g_assert_cmpuint (count_items (file), <, this->n_certificates + this->n_keys);
          continue;
        }
      n_refused++;
      if (!g_error_matches (error, FL_ERROR, FL_ERROR_PKCS12_PASSWORD))
        g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
  g_assert_cmpuint (n_refused, >, 0);
}

static void
assert_refused (FlSecret *contents, const char *word, FlErrorCode code, const char *words)
{
  g_autoptr (FlSecret) passphrase = word != NULL ? fl_secret_new_from_string (word) : NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (fl_cert_file_parse (contents, passphrase, &error));
  g_assert_error (error, FL_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_wrong_passphrase (void)
{
  static const char *const words[] = { "Harbour", "", "harbour ", "\xff\xfe", "höfen" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (FlSecret) contents = cert_read (good[i].name);

      if (good[i].word == NULL || g_str_equal (good[i].name, "client-plain-no-mac.p12"))
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (words); k++)
        assert_refused (contents, words[k], FL_ERROR_PKCS12_PASSWORD, "does not open");
    }
}

static void
test_long_passphrase (void)
{
  g_autofree char *word = g_strnfill (100000, 'h');
  g_autoptr (FlSecret) p12 = cert_read ("client.p12");
  g_autoptr (FlSecret) pem = cert_read ("client-key-openssl-aes128.pem");

  assert_refused (p12, word, FL_ERROR_PKCS12_PASSWORD, "does not open");
  assert_refused (pem, word, FL_ERROR_PKCS12_PASSWORD, "does not open");
}

static void
test_nul_in_passphrase (void)
{
  g_autoptr (FlSecret) contents = cert_read ("client.p12");
  g_autoptr (FlSecret) word = fl_secret_new ("harbour\0 more", 13);
  g_autoptr (GError) error = NULL;

  g_assert_null (fl_cert_file_parse (contents, word, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_PKCS12_PASSWORD);
}

static void
test_missing_passphrase (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FlCertFile) file = NULL;

      if (good[i].word == NULL)
        continue;
      file = cert_try (good[i].name, NULL, &error);
      g_assert_null (file);
      g_assert_error (error, FL_ERROR, FL_ERROR_PKCS12_PASSWORD);
      g_assert_true (fl_cert_file_wants_passphrase (error));
    }
}

static void
test_wants_passphrase (void)
{
  g_autoptr (GError) wrong = NULL, damaged = NULL, unknown = NULL;

  g_assert_null (cert_try ("client.p12", "ferry", &wrong));
  g_assert_false (fl_cert_file_wants_passphrase (wrong));
  g_assert_null (cert_try ("broken-der.pem", NULL, &damaged));
  g_assert_false (fl_cert_file_wants_passphrase (damaged));
  g_assert_null (cert_try ("client-key-scrypt.pem", NULL, &unknown));
  g_assert_false (fl_cert_file_wants_passphrase (unknown));
  g_assert_false (fl_cert_file_wants_passphrase (NULL));
}

/* A passphrase that is not needed does no harm, and an empty one is as good as none. */
static void
test_needless_passphrase (void)
{
  static const char *const names[] = { "client-all.pem", "client.der", "client-chain.p7b",
                                       "client-key.pem" };
  g_autoptr (FlCertFile) empty = cert_open ("client-empty-password.p12", "");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FlCertFile) file = cert_open (names[i], "needless");

      g_assert_cmpuint (count_items (file), >, 0);
    }
  g_assert_cmpuint (count_items (empty), ==, 2);
}

static void
test_unknown_encryption (void)
{
  g_autoptr (FlSecret) contents = cert_read ("client-key-scrypt.pem");
  g_autoptr (FlSecret) camellia = fl_secret_new_from_string (
      "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: ROT13,00\n\n"
      "AAAA\n-----END RSA PRIVATE KEY-----\n");
  g_autoptr (FlSecret) short_iv = fl_secret_new_from_string (
      "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0011\n\n"
      "AAAA\n-----END RSA PRIVATE KEY-----\n");

  assert_refused (contents, CERT_WORD, FL_ERROR_PKCS12_PASSWORD, "cannot be read here");
  assert_refused (camellia, CERT_WORD, FL_ERROR_PKCS12_PASSWORD, "cannot be read here");
  assert_refused (short_iv, CERT_WORD, FL_ERROR_PKCS12_PASSWORD, "cannot be read here");
}

/* With the rounds these ask for, the test would not end before the day does. */
static void
test_bombs (void)
{
  static const char *const names[] = { "client-bomb.p12", "client-bomb-no-mac.p12",
                                       "client-key-bomb.der" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FlSecret) contents = cert_read (names[i]);

      assert_refused (contents, CERT_WORD, FL_ERROR_INVALID_INPUT, "too long");
      assert_refused (contents, NULL, FL_ERROR_INVALID_INPUT, "too long");
    }
}

/* client.p12 asks for 2048 rounds three times: MAC, certificate, key. */
static void
test_rounds_are_summed (void)
{
  g_autoptr (FlSecret) contents = cert_read ("client.p12");
  g_autoptr (FlSecret) word = fl_secret_new_from_string (CERT_WORD);
  g_autoptr (FlCertFile) file = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (fl_cert_file_parse_bounded (contents, word, 3 * 2048 - 1, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_clear_error (&error);
  file = fl_cert_file_parse_bounded (contents, word, 3 * 2048, &error);
  g_assert_no_error (error);
  g_assert_nonnull (file);
}

static void
test_broken_block (void)
{
  g_autoptr (FlSecret) base64 = cert_read ("broken-base64.pem");
  g_autoptr (FlSecret) der = cert_read ("broken-der.pem");
  g_autoptr (FlSecret) end = cert_read ("broken-end.pem");

  assert_refused (base64, NULL, FL_ERROR_INVALID_INPUT, "Part 2 ");
  assert_refused (der, NULL, FL_ERROR_INVALID_INPUT, "Part 2 ");
  assert_refused (end, NULL, FL_ERROR_INVALID_INPUT, "Part 2 ");
}

/* A key under the label of a certificate, and the other way round. */
static void
test_wrong_label (void)
{
  static const char *const names[] = { "client.pem", "client-key.pem" };
  static const char *const swaps[][2] = { { "CERTIFICATE", "RSA PRIVATE KEY" },
                                          { "RSA PRIVATE KEY", "CERTIFICATE" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FlSecret) contents = cert_read (names[i]);
      g_autoptr (GString) text = g_string_new (fl_secret_get_text (contents));
      g_autoptr (FlSecret) swapped = NULL;

      g_assert_cmpuint (g_string_replace (text, swaps[i][0], swaps[i][1], 0), ==, 2);
      swapped = fl_secret_new_from_string (text->str);
      assert_refused (swapped, NULL, FL_ERROR_INVALID_INPUT, "Part 1 ");
    }
}

/* A key chosen as certificate is what it is, whatever its file is called. */
static void
test_swapped_files (void)
{
  g_autoptr (FlCertFile) key = cert_open ("client-key.pem", NULL);
  g_autoptr (FlCertFile) certificate = cert_open ("client.pem", NULL);

  g_assert_cmpuint (fl_cert_file_get_certificates (key)->len, ==, 0);
  g_assert_cmpuint (fl_cert_file_get_keys (certificate)->len, ==, 0);
}

static void
test_nothing_inside (void)
{
  static const char *const texts[] = { "Hello.",   "-----BEGIN CERTIFICATE----",
                                       "0",        "00",
                                       "\x30\x80", "<?xml version=\"1.0\"?>",
                                       "\n",       "-----BEGIN -----\n-----END -----\n" };
  g_autoptr (FlSecret) request = cert_read ("request.pem");
  g_autoptr (FlSecret) public_key = cert_read ("public-key.pem");
  g_autoptr (FlSecret) zeros = fl_secret_new_zeroed (4096);
  g_autoptr (FlSecret) empty = fl_secret_new_zeroed (0);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FlSecret) contents = fl_secret_new_from_string (texts[i]);

      assert_refused (contents, NULL, FL_ERROR_INVALID_INPUT, "");
    }
  assert_refused (request, NULL, FL_ERROR_INVALID_INPUT, "neither a certificate nor a key");
  assert_refused (public_key, NULL, FL_ERROR_INVALID_INPUT, "neither a certificate nor a key");
  assert_refused (zeros, NULL, FL_ERROR_INVALID_INPUT, "neither a certificate nor a key");
  assert_refused (empty, NULL, FL_ERROR_INVALID_INPUT, "is empty");
}

static void
test_unknown_block (void)
{
  g_autoptr (FlSecret) contents = fl_secret_new_from_string (
      "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n");

  assert_refused (contents, NULL, FL_ERROR_INVALID_INPUT, "OPENSSH PRIVATE KEY");
}

static FlSecret *
repeat (const char *name, guint n_times)
{
  g_autoptr (FlSecret) once = cert_read (name);
  const gsize size = fl_secret_get_size (once);
  FlSecret *all = fl_secret_new_zeroed (size * n_times);

  for (guint i = 0; i < n_times; i++)
    memcpy (fl_secret_get_writable (all) + i * size, fl_secret_get_data (once), size);
  return all;
}

static void
test_many (void)
{
  g_autoptr (FlSecret) enough = repeat ("client.pem", FL_CERT_FILE_MAX_ITEMS);
  g_autoptr (FlSecret) too_many = repeat ("client.pem", FL_CERT_FILE_MAX_ITEMS + 1);
  g_autoptr (FlSecret) keys = repeat ("client-ec-key.pem", FL_CERT_FILE_MAX_ITEMS + 1);
  g_autoptr (FlSecret) requests = repeat ("public-key.pem", 1000);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlCertFile) file = fl_cert_file_parse (enough, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fl_cert_file_get_certificates (file)->len, ==, FL_CERT_FILE_MAX_ITEMS);
  assert_refused (too_many, NULL, FL_ERROR_INVALID_INPUT, "too many certificates");
  assert_refused (keys, NULL, FL_ERROR_INVALID_INPUT, "too many keys");
  assert_refused (requests, NULL, FL_ERROR_INVALID_INPUT, "too many");
}

static void
test_large (void)
{
  g_autoptr (FlSecret) ten_megabytes = fl_secret_new_zeroed (10 * 1024 * 1024);
  g_autoptr (FlSecret) certificates = repeat ("client.pem", 1 + FL_CERT_FILE_MAX_BYTES / 1326);

  assert_refused (ten_megabytes, NULL, FL_ERROR_INVALID_INPUT, "too large");
  assert_refused (certificates, NULL, FL_ERROR_INVALID_INPUT, "too large");
}

/* A megabyte that is as tedious as it can be: it is refused, and soon. */
static void
test_tedious (void)
{
  static const char *const pieces[] = {
    "-----BEGIN CERTIFICATE-----\n",
    "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
    "-----BEGIN",
    "\n",
    "A: b\n",
    "\x30\x80",
    "\x30\x84\x00\x0f\xff\xf0",
    "-----END X-----\n"
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (FlSecret) contents = fl_secret_new_zeroed (FL_CERT_FILE_MAX_BYTES);
      guint8 *out = fl_secret_get_writable (contents);
      const gsize length = strlen (pieces[i]);

      for (gsize at = 0; at + length <= FL_CERT_FILE_MAX_BYTES; at += length)
        memcpy (out + at, pieces[i], length);
      assert_refused (contents, CERT_WORD, FL_ERROR_INVALID_INPUT, "");
    }
}

static void
test_order_is_kept (void)
{
  g_autoptr (FlCertFile) file = cert_open ("client-chain-odd.pem", NULL);
  GPtrArray *found = fl_cert_file_get_certificates (file);

  g_assert_cmpstr (fl_certificate_get_name (found->pdata[0]), ==, "Harbour School Root CA");
  g_assert_cmpstr (fl_certificate_get_name (found->pdata[1]), ==, "Anna Berg");
  g_assert_cmpstr (fl_certificate_get_name (found->pdata[2]), ==, "Harbour School Network CA");
}

/* The same certificates from every form. */
static void
test_forms_agree (void)
{
  static const char *const names[] = { "client.der", "client-trusted.pem", "client-text.pem",
                                       "client.p12", "client-old.p12",     "client-plain.p12" };
  g_autoptr (FlCertificate) client = cert_get ("client.pem");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FlCertificate) same = cert_get (names[i]);

      g_assert_true (fl_certificate_equal (client, same));
    }
}

static void
add_for_all_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *opens = g_strconcat ("/cert-file/opens/", good[i].name, NULL);
      g_autofree char *cut = g_strconcat ("/cert-file/cut-at-each-64-bytes/", good[i].name, NULL);

      g_test_add_data_func (opens, &good[i], test_good);
      g_test_add_data_func (cut, &good[i], test_cut);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_for_all_files ();
  g_test_add_func ("/cert-file/passphrase/wrong-is-said", test_wrong_passphrase);
  g_test_add_func ("/cert-file/passphrase/of-100000-letters", test_long_passphrase);
  g_test_add_func ("/cert-file/passphrase/does-not-end-at-a-nul", test_nul_in_passphrase);
  g_test_add_func ("/cert-file/passphrase/missing-is-asked-for", test_missing_passphrase);
  g_test_add_func ("/cert-file/passphrase/only-missing-is-asked-for", test_wants_passphrase);
  g_test_add_func ("/cert-file/passphrase/needless-does-no-harm", test_needless_passphrase);
  g_test_add_func ("/cert-file/encryption/unknown-is-said", test_unknown_encryption);
  g_test_add_func ("/cert-file/rounds/bomb-is-refused", test_bombs);
  g_test_add_func ("/cert-file/rounds/are-summed", test_rounds_are_summed);
  g_test_add_func ("/cert-file/block/broken-one-is-named", test_broken_block);
  g_test_add_func ("/cert-file/block/wrong-label-is-refused", test_wrong_label);
  g_test_add_func ("/cert-file/block/unknown-one-is-named", test_unknown_block);
  g_test_add_func ("/cert-file/swapped/key-as-certificate", test_swapped_files);
  g_test_add_func ("/cert-file/nothing/inside-is-said", test_nothing_inside);
  g_test_add_func ("/cert-file/size/many-items-are-refused", test_many);
  g_test_add_func ("/cert-file/size/ten-megabytes-are-refused", test_large);
  g_test_add_func ("/cert-file/size/tedious-megabyte-is-refused-soon", test_tedious);
  g_test_add_func ("/cert-file/contents/keep-their-order", test_order_is_kept);
  g_test_add_func ("/cert-file/contents/are-the-same-from-every-form", test_forms_agree);
  return g_test_run ();
}
