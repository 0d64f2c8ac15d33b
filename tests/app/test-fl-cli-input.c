/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-cli-input.h"
#include "fl-error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static char *
write_file (const char *data, gsize size_bytes)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("fl-cli-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (write (fd, data, size_bytes), ==, (gssize) size_bytes);
  close (fd);
  return path;
}

static void
test_exact_bytes (void)
{
  static const struct
  {
    const char *file;
    const char *expected;
  } cases[] = {
    { "hunter22", "hunter22" },
    { "hunter22\n", "hunter22" },
    { "hunter22\n\n", "hunter22\n" },
    { " hunter22 \n", " hunter22 " },
    { "hunter22\r\n", "hunter22\r" },
    { "", "" },
    { "\n", "" },
    { "naïve pässwörd", "naïve pässwörd" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = write_file (cases[i].file, strlen (cases[i].file));
      g_autoptr (FlSecret) text = fl_cli_read_secret (path, 64, &error);

      g_unlink (path);
      g_assert_no_error (error);
      g_assert_cmpmem (fl_secret_get_data (text), fl_secret_get_size (text), cases[i].expected,
                       strlen (cases[i].expected));
    }
}

static void
test_limit (void)
{
  g_autofree char *fits = write_file ("12345678\n", 9);
  g_autofree char *long_one = write_file ("123456789\n", 10);
  g_autofree char *nul = write_file ("12\0", 3);
  const char *bad[] = { long_one, nul, "/nonexistent/password" };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlSecret) good = fl_cli_read_secret (fits, 8, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fl_secret_get_size (good), ==, 8);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (FlSecret) text = fl_cli_read_secret (bad[i], 8, &error);

      g_assert_null (text);
      g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
      g_assert_null (strstr (error->message, "1234"));
      g_clear_error (&error);
    }
  g_unlink (fits);
  g_unlink (long_one);
  g_unlink (nul);
}

static void
test_bssid (void)
{
  static const char *const bad[] = { "",
                                     "02:11:22:33:44",
                                     "02:11:22:33:44:55:66",
                                     "02-11-22-33-44-55",
                                     "02:11:22:33:44:5g",
                                     "021122334455     " };
  g_autoptr (GBytes) good = fl_cli_parse_bssid ("02:11:22:aA:44:ff");

  g_assert_nonnull (good);
  g_assert_cmpmem (g_bytes_get_data (good, NULL), g_bytes_get_size (good),
                   "\x02\x11\x22\xaa\x44\xff", 6);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (fl_cli_parse_bssid (bad[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli-input/read-secret/keeps-every-byte-but-one-line-end", test_exact_bytes);
  g_test_add_func ("/cli-input/read-secret/refuses-long-binary-and-absent-files", test_limit);
  g_test_add_func ("/cli-input/bssid/accepts-six-pairs-only", test_bssid);
  return g_test_run ();
}
