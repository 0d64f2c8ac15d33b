/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-cli-photo"
#include "config.h"

#include "fl-cli-photo.h"

#include "fl-error.h"
#include "fl-photo-format.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define BEGINNING_BYTES 16

GPtrArray *
fl_cli_photo_read (FlCli *cli, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  fl_photo_read_async (file, cli->cancellable, fl_cli_on_ready, &result);
  return fl_photo_read_finish (fl_cli_await (cli, &result), error);
}

gboolean
fl_cli_photo_is_one (const char *path)
{
  guint8 data[BEGINNING_BYTES];
  gboolean is_one;
  gssize n;
  int fd;

  /* A pipe is not even opened: its writer would find nobody when it is closed again. */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  n = fd >= 0 ? pread (fd, data, sizeof data, 0) : -1;
  is_one = n > 0 && fl_photo_format_get_mime_type (data, (gsize) n) != NULL;
  if (fd >= 0)
    close (fd);
  fl_wipe (data, sizeof data);
  return is_one;
}

static GPtrArray *
pick_labels (GPtrArray *scans, GError **error)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_label_unref);

  for (guint i = 0; i < scans->len; i++)
    {
      FlLabel *label = fl_label_text_get_label (fl_scan_get_text (scans->pdata[i]));

      if (label != NULL)
        g_ptr_array_add (labels, fl_label_ref (label));
    }
  if (labels->len > 0)
    return g_steal_pointer (&labels);
  fl_label_text_check (fl_scan_get_text (scans->pdata[0]), FL_LABEL_USE_FIND | FL_LABEL_USE_PROVE,
                       error);
  return NULL;
}

GPtrArray *
fl_cli_photo_read_labels (FlCli *cli, const char *path, guint max, GError **error)
{
  g_autoptr (GPtrArray) scans = fl_cli_photo_read (cli, path, error);
  g_autoptr (GPtrArray) labels = scans != NULL ? pick_labels (scans, error) : NULL;

  if (labels == NULL || labels->len <= max)
    return g_steal_pointer (&labels);
  g_set_error (error, FL_ERROR, FL_ERROR_INVALID_INPUT, _ ("There are more than %u labels"), max);
  return NULL;
}
