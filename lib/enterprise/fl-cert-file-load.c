/* SPDX-License-Identifier: Apache-2.0 */

/* FlCertFile from a file's path. */

#include "config.h"

#include "fl-cert-file.h"
#include "fl-small-file.h"

typedef struct
{
  char *path;
  FlSecret *passphrase; /* (nullable) */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->path);
  g_clear_pointer (&load->passphrase, fl_secret_unref);
  g_free (load);
}

FlCertFile *
fl_cert_file_load (const char *path, FlSecret *passphrase, GError **error)
{
  g_autoptr (FlSecret) contents = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  contents = fl_small_file_read (path, FL_CERT_FILE_MAX_BYTES, error);
  return contents != NULL ? fl_cert_file_parse (contents, passphrase, error) : NULL;
}

static void
run_load (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Load *load = data;
  GError *error = NULL;
  FlCertFile *file = fl_cert_file_load (load->path, load->passphrase, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) fl_cert_file_unref);
  else
    g_task_return_error (task, error);
}

void
fl_cert_file_load_async (const char *path,
                         FlSecret *passphrase,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Load *load;

  g_return_if_fail (path != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  load = g_new0 (Load, 1);
  load->path = g_strdup (path);
  load->passphrase = passphrase != NULL ? fl_secret_ref (passphrase) : NULL;
  g_task_set_source_tag (task, fl_cert_file_load_async);
  g_task_set_task_data (task, load, load_free);
  g_task_set_return_on_cancel (task, TRUE); /* stretching a passphrase cannot be stopped */
  g_task_run_in_thread (task, run_load);
}

FlCertFile *
fl_cert_file_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
