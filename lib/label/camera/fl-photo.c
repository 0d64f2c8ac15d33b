/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-photo"
#include "config.h"

#include "fl-photo.h"

#include <glib/gi18n-lib.h>

#include "fl-photo-load.h"
#include "fl-photo-read.h"
#include "fl-scan-private.h"

/* For who does not wait any more the time is over. */
static gint64
now_us (gpointer cancellable)
{
  return g_cancellable_is_cancelled (cancellable) ? G_MAXINT64 : g_get_monotonic_time ();
}

static GPtrArray *
read_scans (FlPhotoPicture *picture, GCancellable *cancellable)
{
  gint64 begin_us = g_get_monotonic_time ();
  const FlBudget budget = { .now_us = now_us,
                            .clock = cancellable,
                            .until_us = begin_us + FL_PHOTO_LIMIT_MS * 1000 };
  g_autoptr (GPtrArray) matrices = fl_photo_read_picture (picture, &budget);
  double elapsed_ms = (double) (g_get_monotonic_time () - begin_us) / 1000;
  GPtrArray *scans = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_scan_unref);

  for (guint i = 0; i < matrices->len; i++)
    g_ptr_array_add (scans,
                     fl_scan_new (matrices->pdata[i], picture->width, picture->height, elapsed_ms));
  return scans;
}

static GPtrArray *
read_bytes (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_auto (FlPhotoPicture) picture = { 0 };
  g_autoptr (GPtrArray) scans = NULL;

  if (!fl_photo_load_picture (bytes, cancellable, &picture, error))
    return NULL;
  scans = read_scans (&picture, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (scans->len > 0)
    return g_steal_pointer (&scans);
  g_set_error_literal (error, FL_ERROR, FL_ERROR_LABEL_UNREADABLE,
                       _ ("No code in this picture can be read."));
  return NULL;
}

/* @data: a GFile or a GBytes, as the tag says. */
static void
run_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) scans = NULL;
  g_autoptr (GError) error = NULL;

  if (g_task_get_source_tag (task) == fl_photo_read_async)
    bytes = fl_photo_load_file (data, cancellable, &error);
  else
    bytes = g_bytes_ref (data);
  if (bytes != NULL)
    scans = read_bytes (bytes, cancellable, &error);
  if (scans != NULL)
    g_task_return_pointer (task, g_steal_pointer (&scans), (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
fl_photo_read_async (GFile *file,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_return_if_fail (G_IS_FILE (file));

  g_task_set_source_tag (task, fl_photo_read_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, run_in_thread);
}

void
fl_photo_read_bytes_async (GBytes *bytes,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_return_if_fail (bytes != NULL);

  g_task_set_source_tag (task, fl_photo_read_bytes_async);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, run_in_thread);
}

GPtrArray *
fl_photo_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
