/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-label.h"

#include <string.h>

#include "fl-error.h"

#define SERIAL "P046AB12CD4F2A1"
#define SECRET "aB3$efGhIj1k2L~"

static void
test_label_accepts_any_white_space (void)
{
  static const char *const texts[] = {
    SERIAL " " SECRET,         SERIAL "\n" SECRET,          SERIAL "\r\n" SECRET "\r\n",
    SERIAL "\t \v\f  " SECRET, "  " SERIAL " " SECRET "\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FlLabel) label = fl_label_parse (texts[i], -1, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (fl_label_get_serial (label), ==, SERIAL);
      g_assert_cmpstr (fl_label_get_setup_code (label), ==, "D4F2A1");
      g_assert_cmpstr (fl_secret_get_text (fl_label_get_secret (label)), ==, SECRET);
    }
}

static void
test_label_serial_becomes_upper_case_secret_does_not (void)
{
  g_autoptr (FlLabel) label = fl_label_parse ("p046ab12cd4f2a1 abcdefghijklmno", -1, NULL);

  g_assert_cmpstr (fl_label_get_serial (label), ==, SERIAL);
  g_assert_cmpstr (fl_label_get_setup_code (label), ==, "D4F2A1");
  g_assert_cmpstr (fl_secret_get_text (fl_label_get_secret (label)), ==, "abcdefghijklmno");
}

static void
test_label_with_serial_only_has_no_secret (void)
{
  g_autoptr (FlLabel) label = fl_label_parse (SERIAL "\n", -1, NULL);

  g_assert_cmpstr (fl_label_get_serial (label), ==, SERIAL);
  g_assert_null (fl_label_get_secret (label));
}

static void
test_label_size_limits_what_is_read (void)
{
  g_autoptr (FlLabel) label = fl_label_parse (SERIAL " " SECRET "garbage", 31, NULL);

  g_assert_cmpstr (fl_secret_get_text (fl_label_get_secret (label)), ==, SECRET);
}

static void
test_label_rejects_other_codes (void)
{
  static const struct
  {
    const char *text;
    gssize size_bytes;
  } rows[] = {
    { "", -1 },
    { " \n ", -1 },
    { "https://example.com/device/" SERIAL, -1 },
    { "P046AB12CD4F2A", -1 },
    { "P046AB12CD4F2A12", -1 },
    { "P046-B12CD4F2A1 " SECRET, -1 },
    { SERIAL SECRET, -1 },
    { SERIAL " " SECRET "x", -1 },
    { SERIAL " 12345678901", -1 },
    { SERIAL " " SECRET " more", -1 },
    { SERIAL " 1234567890123\xc3\xa9", -1 },
    { SERIAL " 12345678901234\x7f", -1 },
    { SERIAL "\0" SECRET, 31 },
    { SERIAL " 1234567\0"
             "9012345",
      31 },
    { "\xff\xfe\x00\x01", 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fl_label_parse (rows[i].text, rows[i].size_bytes, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_LABEL_OTHER_CODE);
    }
}

static void
test_label_short_secret_is_told_from_other_codes (void)
{
  static const char *const secrets[] = { "123456789012", "1234567890123", "12345678901234" };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autofree char *text = g_strconcat (SERIAL " ", secrets[i], NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (fl_label_parse (text, -1, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_LABEL_OTHER_CODE);
      g_assert_nonnull (strstr (error->message, "short secret"));
      g_assert_null (strstr (error->message, secrets[i]));
    }
}

static void
test_label_error_never_repeats_the_text (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fl_label_parse (SERIAL "x topsecret12345", -1, &error));
  g_assert_null (strstr (error->message, "topsecret"));
  g_assert_null (strstr (error->message, "P046"));
}

static void
test_label_text_over_4096_bytes_is_rejected (void)
{
  g_autofree char *text = g_strnfill (4097, ' ');
  g_autoptr (FlLabel) largest = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (text, SERIAL " " SECRET, 31);
  g_assert_null (fl_label_parse (text, 4097, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LABEL_OTHER_CODE);
  largest = fl_label_parse (text, 4096, NULL);
  g_assert_nonnull (largest);
}

static void
test_label_typed_code_and_secret (void)
{
  g_autoptr (FlLabel) label = fl_label_new_typed (" d4f2a1\t", " " SECRET " ", NULL);
  g_autoptr (FlLabel) by_serial = fl_label_new_typed ("p046ab12cd4f2a1", NULL, NULL);
  g_autoptr (FlLabel) without = fl_label_new_typed ("D4F2A1", "", NULL);

  g_assert_cmpstr (fl_label_get_setup_code (label), ==, "D4F2A1");
  g_assert_null (fl_label_get_serial (label));
  g_assert_cmpstr (fl_secret_get_text (fl_label_get_secret (label)), ==, SECRET);
  g_assert_cmpstr (fl_label_get_serial (by_serial), ==, SERIAL);
  g_assert_cmpstr (fl_label_get_setup_code (by_serial), ==, "D4F2A1");
  g_assert_null (fl_label_get_secret (without));
}

static void
test_label_typed_rejects_wrong_lengths (void)
{
  static const char *const rows[][2] = {
    { "", NULL },
    { "D4F2A", NULL },
    { "D4F2A11", NULL },
    { "D4F2-1", NULL },
    { "D4F 2A1", NULL },
    { "D4F2A\xc3\xa9", NULL },
    { "D4F2A1", "12345678901234" },
    { "D4F2A1", "1234567890123456" },
    { "D4F2A1", "1234567 8901234" },
    { "D4F2A1", "1234567890123\xc3\xa9" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fl_label_new_typed (rows[i][0], rows[i][1], &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
    }
}

static void
test_label_is_a_boxed_type (void)
{
  g_autoptr (FlLabel) label = fl_label_parse (SERIAL, -1, NULL);
  FlLabel *copy = g_boxed_copy (FL_TYPE_LABEL, label);

  g_assert_true (copy == label);
  g_boxed_free (FL_TYPE_LABEL, copy);
  g_assert_cmpstr (fl_label_get_serial (label), ==, SERIAL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label/parse/accepts-any-white-space", test_label_accepts_any_white_space);
  g_test_add_func ("/label/parse/makes-the-serial-upper-case-only",
                   test_label_serial_becomes_upper_case_secret_does_not);
  g_test_add_func ("/label/parse/serial-only-has-no-secret",
                   test_label_with_serial_only_has_no_secret);
  g_test_add_func ("/label/parse/size-limits-what-is-read", test_label_size_limits_what_is_read);
  g_test_add_func ("/label/parse/rejects-other-codes", test_label_rejects_other_codes);
  g_test_add_func ("/label/parse/tells-a-short-secret",
                   test_label_short_secret_is_told_from_other_codes);
  g_test_add_func ("/label/error/never-repeats-the-text", test_label_error_never_repeats_the_text);
  g_test_add_func ("/label/parse/rejects-over-4096-bytes",
                   test_label_text_over_4096_bytes_is_rejected);
  g_test_add_func ("/label/typed/code-and-secret", test_label_typed_code_and_secret);
  g_test_add_func ("/label/typed/rejects-wrong-lengths", test_label_typed_rejects_wrong_lengths);
  g_test_add_func ("/label/boxed/shares-it", test_label_is_a_boxed_type);
  return g_test_run ();
}
