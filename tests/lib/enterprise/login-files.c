/* SPDX-License-Identifier: Apache-2.0 */
#include "login-files.h"

GBytes *
login_file_read (const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, "+", -1);
  g_autoptr (GByteArray) all = g_byte_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *path =
          g_test_build_filename (G_TEST_DIST, "data", "certificates", parts[i], NULL);
      g_autofree char *text = NULL;
      gsize size_bytes;
      g_autoptr (GError) error = NULL;

      g_file_get_contents (path, &text, &size_bytes, &error);
      g_assert_no_error (error);
      g_byte_array_append (all, (const guint8 *) text, (guint) size_bytes);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

FlSecret *
login_file_read_secret (const char *names)
{
  g_autoptr (GBytes) bytes = login_file_read (names);
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &size_bytes);

  return fl_secret_new (data, size_bytes);
}

FlCertFile *
login_file_parse (const char *names, const char *passphrase)
{
  g_autoptr (FlSecret) contents = login_file_read_secret (names);
  g_autoptr (FlSecret) secret = passphrase != NULL ? fl_secret_new_from_string (passphrase) : NULL;
  g_autoptr (GError) error = NULL;
  FlCertFile *file = fl_cert_file_parse (contents, secret, &error);

  g_assert_no_error (error);
  return file;
}
