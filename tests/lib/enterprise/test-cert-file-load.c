/* SPDX-License-Identifier: Apache-2.0 */
#include "cert-files.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("cert-file-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

static char *
find (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", "certificates", name, NULL);
}

static void
assert_refused (const char *path, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fl_cert_file_load (path, NULL, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_load (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find ("client.p12");
  g_autoptr (FlSecret) word = fl_secret_new_from_string (CERT_WORD);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlCertFile) file = fl_cert_file_load (path, word, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fl_cert_file_get_keys (file)->len, ==, 1);
}

static void
test_not_there (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "nothing.pem", NULL);

  assert_refused (path, "does not exist");
  assert_refused ("", "does not exist");
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture->folder, "folder");
}

/* Nobody writes to it: a reader that waits would wait for ever. */
static void
test_pipe (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "pipe.pem", NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (path, "ordinary file");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_endless (Fixture *fixture, gconstpointer data)
{
  assert_refused ("/dev/zero", "ordinary file");
}

static void
test_ten_megabytes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "large.pem", NULL);
  const int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL, 0600);

  g_assert_cmpint (fd, !=, -1);
  g_assert_cmpint (ftruncate (fd, 10 * 1024 * 1024), ==, 0);
  g_assert_cmpint (close (fd), ==, 0);
  assert_refused (path, "too large");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "empty.pem", NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_refused (path, "is empty");
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* Runs with standard input being @fd. */
static FlCertFile *
load_from_input (int fd, GError **error)
{
  const int saved = dup (STDIN_FILENO);
  FlCertFile *file;

  g_assert_cmpint (dup2 (fd, STDIN_FILENO), ==, STDIN_FILENO);
  g_assert_cmpint (close (fd), ==, 0);
  file = fl_cert_file_load ("-", NULL, error);
  if (saved != -1)
    {
      g_assert_cmpint (dup2 (saved, STDIN_FILENO), ==, STDIN_FILENO);
      g_assert_cmpint (close (saved), ==, 0);
    }
  return file;
}

static void
test_standard_input (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FlSecret) contents = cert_read ("client.pem");
  g_autoptr (GError) error = NULL;
  g_autoptr (FlCertFile) file = NULL;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_cmpint (write (ends[1], fl_secret_get_data (contents), fl_secret_get_size (contents)),
                   ==, (gssize) fl_secret_get_size (contents)); /* less than a pipe holds */
  g_assert_cmpint (close (ends[1]), ==, 0);
  file = load_from_input (ends[0], &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fl_cert_file_get_certificates (file)->len, ==, 1);
}

static void
test_endless_input (Fixture *fixture, gconstpointer data)
{
  const int fd = g_open ("/dev/zero", O_RDONLY, 0);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (fd, !=, -1);
  g_assert_null (load_from_input (fd, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT);
  g_assert_nonnull (strstr (error->message, "too large"));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  GPtrArray *results = data;

  g_ptr_array_add (results, g_object_ref (result));
}

static void
run_until (GPtrArray *results, guint n_results)
{
  while (results->len < n_results)
    g_main_context_iteration (NULL, TRUE);
}

/* Many at once: each has a thread of its own. */
static void
test_async (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "client.p12", "client-old.p12", "client-all.pem",
                                       "client-key-pbes2.pem" };
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FlSecret) word = fl_secret_new_from_string (CERT_WORD);

  for (guint i = 0; i < 4 * G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = find (names[i % G_N_ELEMENTS (names)]);

      fl_cert_file_load_async (path, word, NULL, on_loaded, results);
    }
  run_until (results, 4 * G_N_ELEMENTS (names));
  for (guint i = 0; i < results->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FlCertFile) file = fl_cert_file_load_finish (results->pdata[i], &error);

      g_assert_no_error (error);
      g_assert_cmpuint (fl_cert_file_get_keys (file)->len, ==, 1);
    }
}

static void
test_async_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *path = find ("client.p12");
  g_autoptr (GError) error = NULL;

  fl_cert_file_load_async (path, NULL, NULL, on_loaded, results);
  run_until (results, 1);
  g_assert_null (fl_cert_file_load_finish (results->pdata[0], &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_PKCS12_PASSWORD);
  g_assert_true (fl_cert_file_wants_passphrase (error));
}

static void
test_async_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FlSecret) word = fl_secret_new_from_string (CERT_WORD);
  g_autofree char *path = find ("client.p12");
  g_autoptr (GError) error = NULL;

  fl_cert_file_load_async (path, word, cancellable, on_loaded, results);
  g_cancellable_cancel (cancellable);
  run_until (results, 1);
  g_assert_null (fl_cert_file_load_finish (results->pdata[0], &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/cert-file-load/file/is-read", test_load);
  add ("/cert-file-load/file/not-there-is-said", test_not_there);
  add ("/cert-file-load/file/folder-is-said", test_folder);
  add ("/cert-file-load/file/pipe-does-not-hang", test_pipe);
  add ("/cert-file-load/file/endless-one-does-not-hang", test_endless);
  add ("/cert-file-load/file/ten-megabytes-are-refused", test_ten_megabytes);
  add ("/cert-file-load/file/empty-is-said", test_empty);
  add ("/cert-file-load/input/is-read", test_standard_input);
  add ("/cert-file-load/input/endless-one-is-refused", test_endless_input);
  add ("/cert-file-load/async/many-at-once", test_async);
  add ("/cert-file-load/async/tells-what-is-missing", test_async_error);
  add ("/cert-file-load/async/can-be-cancelled", test_async_cancelled);
  return g_test_run ();
}
