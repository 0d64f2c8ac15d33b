/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-credentials.h"

#include <string.h>

#include "fl-error.h"

typedef struct
{
  FlSecurity security;
  const char *password;
  guint fill; /* instead of a password: so many times "a" */
  gboolean is_good;
} Row;

#define HEX_63 "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcde"

static const Row rows[] = {
  { FL_SECURITY_OPEN, NULL, 0, TRUE },
  { FL_SECURITY_OPEN, "", 0, TRUE },
  { FL_SECURITY_OPEN, "x", 0, FALSE },
  { FL_SECURITY_WPA2, NULL, 0, FALSE },
  { FL_SECURITY_WPA2, "", 0, FALSE },
  { FL_SECURITY_WPA2, NULL, 7, FALSE },
  { FL_SECURITY_WPA2, NULL, 8, TRUE },
  { FL_SECURITY_WPA2, NULL, 63, TRUE },
  { FL_SECURITY_WPA2, NULL, 64, TRUE }, /* a is a hexadecimal digit */
  { FL_SECURITY_WPA2, NULL, 65, FALSE },
  { FL_SECURITY_WPA2, HEX_63 "f", 0, TRUE },
  { FL_SECURITY_WPA2, HEX_63 "g", 0, FALSE },
  { FL_SECURITY_WPA2, " \"'\\;:, \xf0\x9f\x98\x80", 0, TRUE },
  { FL_SECURITY_WPA2, "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", 0, TRUE }, /* 4 characters, 8 bytes */
  { FL_SECURITY_WPA, NULL, 7, FALSE },
  { FL_SECURITY_WPA, NULL, 8, TRUE },
  { FL_SECURITY_WPA_WPA2, NULL, 64, TRUE },
  { FL_SECURITY_WPA2_WPA3, NULL, 64, TRUE },
  { FL_SECURITY_WPA2_WPA3, NULL, 7, FALSE },
  { FL_SECURITY_WPA3, NULL, 7, FALSE },
  { FL_SECURITY_WPA3, NULL, 8, TRUE },
  { FL_SECURITY_WPA3, NULL, 63, TRUE },
  { FL_SECURITY_WPA3, NULL, 64, FALSE },
  { FL_SECURITY_WPA3, "", 0, FALSE },
  { FL_SECURITY_WEP, "", 0, FALSE },
  { FL_SECURITY_WEP, "12 45", 0, TRUE },
  { FL_SECURITY_WEP, NULL, 6, FALSE },
  { FL_SECURITY_WEP, NULL, 10, TRUE },
  { FL_SECURITY_WEP, "012345678g", 0, FALSE },
  { FL_SECURITY_WEP, "ghijklmnopqrs", 0, TRUE },
  { FL_SECURITY_WEP, NULL, 26, TRUE },
  { FL_SECURITY_WEP, "0123456789012345678901234g", 0, FALSE },
  { FL_SECURITY_WEP, NULL, 27, FALSE },
  { FL_SECURITY_ENTERPRISE, "", 0, FALSE },
  { FL_SECURITY_ENTERPRISE, "x", 0, TRUE },
  { FL_SECURITY_UNKNOWN, "", 0, FALSE },
  { FL_SECURITY_UNKNOWN, NULL, 5, TRUE },
  { FL_SECURITY_UNKNOWN, NULL, 7, FALSE },
  { FL_SECURITY_UNKNOWN, NULL, 8, TRUE },
};

static void
test_password_length_follows_the_security (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *filled = rows[i].fill > 0 ? g_strnfill (rows[i].fill, 'a') : NULL;
      const char *password = filled != NULL ? filled : rows[i].password;
      g_autoptr (GError) error = NULL;

      g_test_message ("row %u, %s", i, fl_security_to_string (rows[i].security));
      g_assert_cmpint (fl_password_check (password, rows[i].security, &error), ==, rows[i].is_good);
      if (rows[i].is_good)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
      g_assert_true (g_str_has_suffix (error->message, "."));
    }
}

static void
test_password_fault_is_a_sentence_for_the_person (void)
{
  g_autoptr (GError) error = NULL, empty = NULL;

  fl_password_check ("short", FL_SECURITY_WPA2, &error);
  g_assert_cmpstr (error->message, ==, "The password has 8 to 63 characters.");
  fl_password_check ("", FL_SECURITY_WPA2, &empty);
  g_assert_cmpstr (empty->message, ==, "This network needs a password.");
}

static void
test_password_fault_never_repeats_the_password (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      if (rows[i].password == NULL || strlen (rows[i].password) < 4 ||
          fl_password_check (rows[i].password, rows[i].security, &error))
        continue;
      g_assert_null (strstr (error->message, rows[i].password));
    }
}

static void
test_password_spaces_are_told_never_trimmed (void)
{
  g_assert_cmpint (fl_password_get_spaces (NULL), ==, FL_SPACE_NONE);
  g_assert_cmpint (fl_password_get_spaces (""), ==, FL_SPACE_NONE);
  g_assert_cmpint (fl_password_get_spaces ("a b"), ==, FL_SPACE_NONE);
  g_assert_cmpint (fl_password_get_spaces (" a"), ==, FL_SPACE_START);
  g_assert_cmpint (fl_password_get_spaces ("a\t"), ==, FL_SPACE_END);
  g_assert_cmpint (fl_password_get_spaces (" a "), ==, FL_SPACE_START | FL_SPACE_END);
  g_assert_cmpint (fl_password_get_spaces (" "), ==, FL_SPACE_START | FL_SPACE_END);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/password/length/follows-the-security",
                   test_password_length_follows_the_security);
  g_test_add_func ("/password/fault/is-a-sentence-for-the-person",
                   test_password_fault_is_a_sentence_for_the_person);
  g_test_add_func ("/password/fault/never-repeats-the-password",
                   test_password_fault_never_repeats_the_password);
  g_test_add_func ("/password/spaces/are-told", test_password_spaces_are_told_never_trimmed);
  return g_test_run ();
}
