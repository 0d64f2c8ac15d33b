/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-key-file.h"

#include <string.h>

#include "fl-error.h"

static void
test_key_file_lines_are_counted (void)
{
  static const char text[] = "# comment\r\n\n[One]\n a b = c=d \nempty=\n  [Two]\na b=last";
  g_autoptr (GError) error = NULL;
  g_autoptr (FlKeyFile) file = fl_key_file_parse (text, strlen (text), "x", &error);
  const FlKeyFileEntry *entry;

  g_assert_no_error (error);
  g_assert_cmpuint (fl_key_file_get_n_entries (file), ==, 5);

  entry = fl_key_file_lookup (file, "One", "a b");
  g_assert_cmpstr (entry->value, ==, "c=d");
  g_assert_cmpuint (entry->line, ==, 4);
  g_assert_cmpstr (fl_key_file_lookup (file, "One", "empty")->value, ==, "");
  g_assert_cmpuint (fl_key_file_lookup (file, "Two", NULL)->line, ==, 6);
  g_assert_true (fl_key_file_get_entry (file, 4) == fl_key_file_lookup (file, "Two", "a b"));
  g_assert_null (fl_key_file_lookup (file, "Two", "empty"));
  g_assert_null (fl_key_file_lookup (file, "Three", NULL));
}

static void
test_key_file_broken_line_is_named (void)
{
  static const struct
  {
    const char *text;
    gsize size_bytes; /* 0: that of the text */
    const char *message;
  } rows[] = {
    { "[A]\nnothing", 0, "f:2: neither a group, a key nor a comment" },
    { "a=b", 0, "f:1: the key stands before the first group" },
    { "[A\n", 0, "f:1: the group has no closing bracket" },
    { "[", 0, "f:1: the group has no closing bracket" },
    { "[]", 0, "f:1: this is no name of a group" },
    { "[A]B]", 0, "f:1: this is no name of a group" },
    { "[A]\n=b", 0, "f:2: this is no name of a key" },
    { "[A]\nk[de]=b", 0, "f:2: this is no name of a key" },
    { "[A]\n[B]\n[A]", 0, "f:3: the group is there twice" },
    { "[A]\nb=1\n\nb=2", 0, "f:4: the key is there twice" },
    { "[A]\nb=\xff", 0, "f:2: the text is not UTF-8" },
    { "[A]\nb=x\0y", 9, "f:2: the text is not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize size_bytes = rows[i].size_bytes != 0 ? rows[i].size_bytes : strlen (rows[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (fl_key_file_parse (rows[i].text, size_bytes, "f", &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
      g_assert_cmpstr (error->message, ==, rows[i].message);
    }
}

static void
test_key_file_empty_text_has_no_entries (void)
{
  g_autoptr (FlKeyFile) file = fl_key_file_parse (NULL, 0, "f", NULL);

  g_assert_nonnull (file);
  g_assert_cmpuint (fl_key_file_get_n_entries (file), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key-file/lines/are-counted", test_key_file_lines_are_counted);
  g_test_add_func ("/key-file/broken-line/is-named", test_key_file_broken_line_is_named);
  g_test_add_func ("/key-file/empty-text/has-no-entries", test_key_file_empty_text_has_no_entries);
  return g_test_run ();
}
