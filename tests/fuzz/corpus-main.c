/* SPDX-License-Identifier: Apache-2.0 */

/* Stands in for libFuzzer: runs a fuzz target once with each file of a folder, with no bytes, and
 * with each file cut at many lengths, so that old findings stay found. */

#include "fuzz.h"

#define MAX_CUTS 200 /* longer files are cut at this many lengths, evenly spread */

static void
run_with (const guint8 *data, gsize size_bytes)
{
  g_autofree guint8 *exact = g_memdup2 (data, size_bytes); /* so that the sanitizer sees the end */

  LLVMFuzzerTestOneInput (exact, size_bytes);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n_files = 0;

  g_assert_cmpint (argc, ==, 2);
  dir = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);

  run_with (NULL, 0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *data = NULL;
      gsize size_bytes;

      g_file_get_contents (path, &data, &size_bytes, &error);
      g_assert_no_error (error);
      for (gsize cut = 0; cut < size_bytes; cut += 1 + size_bytes / MAX_CUTS)
        run_with ((const guint8 *) data, cut);
      run_with ((const guint8 *) data, size_bytes);
      n_files++;
    }

  g_assert_cmpuint (n_files, >, 0);
  return 0;
}
