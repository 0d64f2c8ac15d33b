/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-secret.h"

#include <string.h>

static void
test_secret_printable_never_shows_it (void)
{
  g_autoptr (FlSecret) secret = fl_secret_new_from_string ("correct horse");

  g_assert_cmpstr (fl_secret_to_printable (secret), ==, "‹secret›");
  g_assert_cmpstr (fl_secret_to_printable (NULL), ==, "‹none›");
}

static void
test_secret_equal_compares_size_and_bytes (void)
{
  g_autoptr (FlSecret) a = fl_secret_new_from_string ("hunter22");
  g_autoptr (FlSecret) same = fl_secret_new_from_string ("hunter22");
  g_autoptr (FlSecret) first = fl_secret_new_from_string ("Hunter22");
  g_autoptr (FlSecret) last = fl_secret_new_from_string ("hunter23");
  g_autoptr (FlSecret) longer = fl_secret_new_from_string ("hunter222");
  g_autoptr (FlSecret) empty = fl_secret_new (NULL, 0);

  g_assert_true (fl_secret_equal (a, a));
  g_assert_true (fl_secret_equal (a, same));
  g_assert_false (fl_secret_equal (a, first));
  g_assert_false (fl_secret_equal (a, last));
  g_assert_false (fl_secret_equal (a, longer));
  g_assert_false (fl_secret_equal (a, empty));
  g_assert_false (fl_secret_equal (a, NULL));
  g_assert_false (fl_secret_equal (NULL, empty));
  g_assert_true (fl_secret_equal (NULL, NULL));
}

static void
test_secret_data_ends_with_nul (void)
{
  const guint8 bytes[] = { 'a', 0, 'b', 0xff };
  g_autoptr (FlSecret) secret = fl_secret_new (bytes, sizeof bytes);
  g_autoptr (FlSecret) empty = fl_secret_new (NULL, 0);

  g_assert_cmpmem (fl_secret_get_data (secret), fl_secret_get_size (secret), bytes, sizeof bytes);
  g_assert_cmpuint (fl_secret_get_data (secret)[sizeof bytes], ==, 0);
  g_assert_cmpuint (fl_secret_get_size (empty), ==, 0);
  g_assert_cmpstr (fl_secret_get_text (empty), ==, "");
}

static void
test_secret_zeroed_is_filled_in_place (void)
{
  g_autoptr (FlSecret) secret = fl_secret_new_zeroed (4);
  g_autoptr (FlSecret) expected = fl_secret_new_from_string ("abcd");

  g_assert_cmpmem (fl_secret_get_data (secret), 4, "\0\0\0\0", 4);
  memcpy (fl_secret_get_writable (secret), "abcd", 4);
  g_assert_true (fl_secret_equal (secret, expected));
}

static void
test_secret_is_shared_until_the_last_reference (void)
{
  FlSecret *secret = fl_secret_new_from_string ("shared");
  FlSecret *second = g_boxed_copy (FL_TYPE_SECRET, secret);

  g_assert_true (second == secret);
  fl_secret_unref (secret);
  g_assert_cmpstr (fl_secret_get_text (second), ==, "shared");
  g_boxed_free (FL_TYPE_SECRET, second);
}

static void
test_secret_larger_than_a_page_is_kept_whole (void)
{
  g_autofree guint8 *bytes = g_malloc (10000);
  g_autoptr (FlSecret) secret = NULL;

  for (guint i = 0; i < 10000; i++)
    bytes[i] = (guint8) (i * 7);
  secret = fl_secret_new (bytes, 10000);
  g_assert_cmpmem (fl_secret_get_data (secret), fl_secret_get_size (secret), bytes, 10000);
}

static void
test_secret_wipe_overwrites (void)
{
  char text[] = "password";

  fl_wipe (text, 4);
  g_assert_cmpmem (text, sizeof text, "\0\0\0\0word", 9);
  fl_wipe (NULL, 0);
}

/* Freed memory is used again: nothing of the last secret is in it. */
static void
test_secret_reused_memory_is_zero (void)
{
  static const gsize sizes[] = { 0, 1, 15, 4095, 4096, 70000 };

  for (guint round = 0; round < 100; round++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autoptr (FlSecret) secret = fl_secret_new_zeroed (sizes[i]);
        guint8 *data = fl_secret_get_writable (secret);

        g_assert_cmpuint (fl_secret_get_size (secret), ==, sizes[i]);
        for (gsize byte = 0; byte <= sizes[i]; byte++)
          g_assert_cmpint (data[byte], ==, 0);
        memset (data, 0xa5, sizes[i]);
      }
}

/* More alive at once than are kept for reuse, of one size. */
static void
test_secret_many_at_once_are_apart (void)
{
  g_autoptr (GPtrArray) secrets = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_secret_unref);

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < 50; i++)
        {
          const guint8 data[] = { round, i };

          g_ptr_array_add (secrets, fl_secret_new (data, sizeof data));
        }
      for (guint i = 0; i < 50; i++)
        {
          const guint8 data[] = { round, i };
          FlSecret *secret = g_ptr_array_index (secrets, i);

          g_assert_cmpmem (fl_secret_get_data (secret), fl_secret_get_size (secret), data,
                           sizeof data);
        }
      g_ptr_array_set_size (secrets, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/printable/never-shows-it", test_secret_printable_never_shows_it);
  g_test_add_func ("/secret/equal/compares-size-and-bytes",
                   test_secret_equal_compares_size_and_bytes);
  g_test_add_func ("/secret/data/ends-with-nul", test_secret_data_ends_with_nul);
  g_test_add_func ("/secret/zeroed/is-filled-in-place", test_secret_zeroed_is_filled_in_place);
  g_test_add_func ("/secret/references/share-it-until-the-last",
                   test_secret_is_shared_until_the_last_reference);
  g_test_add_func ("/secret/larger-than-a-page/is-kept-whole",
                   test_secret_larger_than_a_page_is_kept_whole);
  g_test_add_func ("/secret/wipe/overwrites", test_secret_wipe_overwrites);
  g_test_add_func ("/secret/reused-memory/is-zero", test_secret_reused_memory_is_zero);
  g_test_add_func ("/secret/many-at-once/are-apart", test_secret_many_at_once_are_apart);

  return g_test_run ();
}
