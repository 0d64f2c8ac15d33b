/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-doctor"
#include "config.h"

#include "fl-doctor-private.h"

/* Files of a computer whose disk or USB hangs; its thread may go on, nobody waits for it. */
#define FILES_LIMIT_MS 3000

typedef struct
{
  FlDoctorFiles *files; /* (nullable) until they were read */
  FlDoctorServices services;
  GCancellable *files_limit; /* cancelled when they take too long */
  guint limit_id;
  guint n_open; /* looks that are not over */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_handle_id (&run->limit_id, g_source_remove);
  g_clear_pointer (&run->files, fl_doctor_files_free);
  g_clear_object (&run->files_limit);
  g_free (run);
}

static void
end_look (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (--run->n_open > 0)
    return;
  if (g_task_return_error_if_cancelled (task))
    return;
  if (run->files == NULL) /* not even the files of this computer can be read */
    run->files = fl_doctor_files_new_blind ();
  g_task_return_pointer (task, fl_doctor_make_findings (run->files, &run->services),
                         g_object_unref);
}

static void
read_files (GTask *task, gpointer source, gpointer root, GCancellable *cancellable)
{
  g_task_return_pointer (task, fl_doctor_files_read (root), (GDestroyNotify) fl_doctor_files_free);
}

static void
on_files (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);

  g_clear_handle_id (&run->limit_id, g_source_remove);
  run->files = g_task_propagate_pointer (G_TASK (result), NULL);
  end_look (task);
}

static gboolean
on_files_limit (gpointer data)
{
  Run *run = data;

  run->limit_id = 0;
  g_cancellable_cancel (run->files_limit);
  return G_SOURCE_REMOVE;
}

static void
start_files (GTask *task, const char *root)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GTask) look = NULL;

  run->n_open++;
  run->files_limit = g_cancellable_new ();
  run->limit_id = g_timeout_add (FILES_LIMIT_MS, on_files_limit, run);
  look = g_task_new (NULL, run->files_limit, on_files, g_object_ref (task));
  g_task_set_source_tag (look, start_files);
  g_task_set_return_on_cancel (look, TRUE);
  g_task_set_task_data (look, g_strdup (root), g_free);
  g_task_run_in_thread (look, read_files);
}

static void
on_services (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);

  fl_doctor_services_ask_finish (result, &run->services);
  end_look (task);
}

void
fl_doctor_run_async (const FlDoctorContext *context,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_task_set_source_tag (task, fl_doctor_run_async);
  g_task_set_task_data (task, run, run_free);
  start_files (task, context->root != NULL ? context->root : "/");
  run->n_open++;
  fl_doctor_services_ask_async (context->system_bus, cancellable, on_services, g_object_ref (task));
}

GListModel *
fl_doctor_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
