/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-profile-text.h"
#include "fl-profile.h"
#include "fl-small-file.h"

typedef struct
{
  char *path;
  FlSecret *passphrase; /* (nullable) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_clear_pointer (&job->passphrase, fl_secret_unref);
  g_free (job);
}

/* (transfer full) (nullable) */
static FlSecret *
read_file (const char *path, GError **error)
{
  g_autoptr (GError) fault = NULL;
  FlSecret *contents = fl_small_file_read (path, FL_PROFILE_MAX_BYTES, &fault);

  if (contents == NULL)
    fl_profile_refuse (error, "%s", fault->message);
  return contents;
}

FlProfile *
fl_profile_load (const char *path, FlSecret *passphrase, GError **error)
{
  g_autoptr (FlSecret) contents = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  contents = read_file (path, error);
  return contents != NULL ? fl_profile_parse (contents, passphrase, error) : NULL;
}

static void
load_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  FlProfile *profile = fl_profile_load (job->path, job->passphrase, &error);

  if (profile != NULL)
    g_task_return_pointer (task, profile, (GDestroyNotify) fl_profile_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
fl_profile_load_async (const char *path,
                       FlSecret *passphrase,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (path != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, fl_profile_load_async);
  job = g_new0 (Job, 1);
  job->path = g_strdup (path);
  job->passphrase = passphrase != NULL ? fl_secret_ref (passphrase) : NULL;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, load_thread);
}

FlProfile *
fl_profile_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
