/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-error.h"

#include <string.h>
#include <gio/gio.h>

static GError *
make_error (int code)
{
  return g_error_new_literal (FL_ERROR, code, "for the log");
}

/* Words that stay small inside a title in header capitals. */
static gboolean
is_small_word (const char *word)
{
  static const char *const words[] = { "a",  "an", "and", "by", "for", "in",  "of",
                                       "on", "or", "the", "to", "is",  "not", NULL };

  return g_strv_contains (words, word);
}

static void
assert_header_capitals (const char *title)
{
  g_auto (GStrv) words = g_strsplit (title, " ", -1);

  g_assert_cmpuint (strlen (title), >, 0);
  g_assert_false (g_str_has_suffix (title, "."));
  for (guint i = 0; words[i] != NULL; i++)
    if (!g_ascii_isupper (words[i][0]) && !g_ascii_isdigit (words[i][0]))
      {
        g_assert_cmpuint (i, >, 0);
        g_assert_true (is_small_word (words[i]));
      }
}

static void
assert_buttons (const FlErrorText *text)
{
  g_autoptr (GHashTable) mnemonics = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < FL_ERROR_MAX_ACTIONS && text->buttons[i].action != FL_ACTION_NONE; i++)
    {
      const char *label = text->buttons[i].label, *underscore;

      g_assert_nonnull (label);
      underscore = strchr (label, '_');
      g_assert_nonnull (underscore);
      g_assert_null (strchr (underscore + 1, '_'));
      g_assert_true (
          g_hash_table_add (mnemonics, GINT_TO_POINTER (g_ascii_tolower (underscore[1]))));
    }
}

static void
test_error_text_of_every_code_is_complete (void)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_ERROR_CODE);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (class->n_values, ==, 61); /* E01 to E57, E29 twice, E32 three times, usage */
  for (guint i = 0; i < class->n_values; i++)
    {
      g_autoptr (GError) error = make_error (class->values[i].value);
      FlErrorText text;

      fl_error_describe (error, &text);
      g_test_message ("%s %s", fl_error_get_id (error), text.title);
      assert_header_capitals (text.title);
      g_assert_true (g_str_has_suffix (text.advice, "."));
      g_assert_null (strchr (text.advice, '!'));
      g_assert_cmpint (text.buttons[0].action == FL_ACTION_NONE, ==,
                       error->code == FL_ERROR_CANCELLED);
      assert_buttons (&text);
      g_assert_true (g_hash_table_add (ids, (gpointer) fl_error_get_id (error)));
      g_assert_true (g_hash_table_add (titles, (gpointer) text.title));
    }
}

static void
test_error_id_follows_from_the_code (void)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_ERROR_CODE);

  for (guint i = 0; i < class->n_values; i++)
    {
      int code = class->values[i].value, variant = code % 10;
      g_autoptr (GError) error = make_error (code);
      g_autofree char *id = NULL;

      if (code == FL_ERROR_INVALID_INPUT)
        id = g_strdup ("usage");
      else if (variant > 0)
        id = g_strdup_printf ("E%02d%c", code / 10, 'a' + variant - 1);
      else
        id = g_strdup_printf ("E%02d", code / 10);
      g_assert_cmpstr (fl_error_get_id (error), ==, id);
    }
}

static void
test_error_exit_status_is_10_plus_the_number (void)
{
  g_autoptr (GEnumClass) class = g_type_class_ref (FL_TYPE_ERROR_CODE);

  for (guint i = 0; i < class->n_values; i++)
    {
      int code = class->values[i].value, status = 10 + code / 10;
      g_autoptr (GError) error = make_error (code);

      if (code == FL_ERROR_UNEXPECTED)
        status = 1;
      else if (code == FL_ERROR_INVALID_INPUT)
        status = 2;
      else if (code == FL_ERROR_CANCELLED)
        status = 130;
      g_assert_cmpint (fl_error_get_exit_status (error), ==, status);
    }
  g_assert_cmpint (fl_error_get_exit_status (NULL), ==, 0);
}

static void
test_error_cancelled_operation_is_e56 (void)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");

  g_assert_cmpstr (fl_error_get_id (error), ==, "E56");
  g_assert_cmpint (fl_error_get_exit_status (error), ==, 130);
}

static void
test_error_of_other_domains_is_e57 (void)
{
  g_autoptr (GError) io = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "late");
  g_autoptr (GError) other = g_error_new_literal (G_KEY_FILE_ERROR, 19, "as cancelled, elsewhere");
  g_autoptr (GError) unknown = make_error (1234);
  const GError *errors[] = { io, other, unknown };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      FlErrorText text;

      fl_error_describe (errors[i], &text);
      g_assert_cmpstr (text.title, ==, "Something Unexpected Happened");
      g_assert_cmpstr (fl_error_get_id (errors[i]), ==, "E57");
      g_assert_cmpint (fl_error_get_exit_status (errors[i]), ==, 1);
    }
}

static void
test_error_buttons_have_words_of_the_row (void)
{
  g_autoptr (GError) error = make_error (FL_ERROR_NO_ADDRESS);
  FlErrorText text;

  fl_error_describe (error, &text);
  g_assert_cmpint (text.buttons[0].action, ==, FL_ACTION_WAIT);
  g_assert_cmpstr (text.buttons[0].label, ==, "_Wait Longer");
  g_assert_cmpint (text.buttons[1].action, ==, FL_ACTION_TRY_AGAIN);
  g_assert_cmpstr (text.buttons[1].label, ==, "_Try Again");
  g_assert_cmpint (text.buttons[2].action, ==, FL_ACTION_CHOOSE_ANOTHER);
}

static void
test_error_unclear_join_names_the_network (void)
{
  g_autoptr (GError) unclear = make_error (FL_ERROR_JOIN_UNCLEAR);
  g_autoptr (GError) password = make_error (FL_ERROR_WRONG_PASSWORD);
  g_autofree char *named = fl_error_dup_title (unclear, "100 %s");
  g_autofree char *unnamed = fl_error_dup_title (unclear, NULL);
  g_autofree char *other = fl_error_dup_title (password, "Home 2");

  g_assert_cmpstr (named, ==, "The Device Could Not Join “100 %s”");
  g_assert_cmpstr (unnamed, ==, "The Device Could Not Join the Network");
  g_assert_cmpstr (other, ==, "The Network Did Not Accept the Password");
}

static void
test_error_password_is_only_sure_when_the_device_says_so (void)
{
  g_autoptr (GError) wrong = make_error (FL_ERROR_WRONG_PASSWORD);
  g_autoptr (GError) unclear = make_error (FL_ERROR_JOIN_UNCLEAR);
  FlErrorText text;

  fl_error_describe (wrong, &text);
  g_assert_true (text.sure);
  fl_error_describe (unclear, &text);
  g_assert_false (text.sure);
  g_assert_nonnull (strstr (text.advice, "may"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/text/of-every-code-is-complete",
                   test_error_text_of_every_code_is_complete);
  g_test_add_func ("/error/id/follows-from-the-code", test_error_id_follows_from_the_code);
  g_test_add_func ("/error/exit-status/is-10-plus-the-number",
                   test_error_exit_status_is_10_plus_the_number);
  g_test_add_func ("/error/cancelled-operation/is-e56", test_error_cancelled_operation_is_e56);
  g_test_add_func ("/error/other-domains/are-e57", test_error_of_other_domains_is_e57);
  g_test_add_func ("/error/buttons/have-words-of-the-row",
                   test_error_buttons_have_words_of_the_row);
  g_test_add_func ("/error/unclear-join/names-the-network",
                   test_error_unclear_join_names_the_network);
  g_test_add_func ("/error/password/is-only-sure-when-the-device-says-so",
                   test_error_password_is_only_sure_when_the_device_says_so);
  return g_test_run ();
}
