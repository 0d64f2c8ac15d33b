/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-login-file.h"

#include "fl-error.h"

typedef struct
{
  char *path;
  FlSecret *passphrase; /* (nullable) */
  GError *no_profile;   /* why it is no profile */
  FlProfile *profile;
  FlCertFile *certificates;
} Load;

static void
load_free (Load *load)
{
  g_clear_pointer (&load->path, g_free);
  g_clear_pointer (&load->passphrase, fl_secret_unref);
  g_clear_error (&load->no_profile);
  g_clear_pointer (&load->profile, fl_profile_unref);
  g_clear_pointer (&load->certificates, fl_cert_file_unref);
  g_free (load);
}

static void
finish (GTask *task, GError *error) /* (transfer full) both */
{
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
on_certificates (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->certificates = fl_cert_file_load_finish (result, &error);
  /* A file that is neither is told about as what was asked for. */
  if (load->no_profile != NULL && g_error_matches (error, FL_ERROR, FL_ERROR_INVALID_INPUT))
    {
      g_clear_error (&error);
      error = g_steal_pointer (&load->no_profile);
    }
  finish (task, error);
}

static void
load_certificates (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  fl_cert_file_load_async (load->path, load->passphrase, g_task_get_cancellable (task),
                           on_certificates, task);
}

static void
on_profile (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->profile = fl_profile_load_finish (result, &error);
  if (!g_error_matches (error, FL_ERROR, FL_ERROR_PROFILE_UNREADABLE))
    {
      finish (task, error);
      return;
    }
  load->no_profile = error;
  load_certificates (task);
}

void
fl_login_file_load_async (const char *path,
                          gboolean profiles,
                          FlSecret *passphrase,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, fl_login_file_load_async);
  load->path = g_strdup (path);
  load->passphrase = passphrase != NULL ? fl_secret_ref (passphrase) : NULL;
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  if (profiles)
    fl_profile_load_async (path, passphrase, cancellable, on_profile, task);
  else
    load_certificates (task);
}

gboolean
fl_login_file_load_finish (GAsyncResult *result,
                           FlProfile **profile,
                           FlCertFile **certificates,
                           GError **error)
{
  Load *load;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  load = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  *profile = g_steal_pointer (&load->profile);
  *certificates = g_steal_pointer (&load->certificates);
  return TRUE;
}
