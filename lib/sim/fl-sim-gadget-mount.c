/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-gadget-mount"
#include "config.h"

#include "fl-sim-gadget-mount.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/mount.h>
#include <unistd.h>

struct _FlSimGadgetMount
{
  char *folder;
  gboolean is_mounted;
  int fd;
};

static gboolean
set_error (const char *what, const char *path, GError **error)
{
  int number = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s %s: %s", what, path,
               g_strerror (number));
  return FALSE;
}

static gboolean
prepare (FlSimGadgetMount *self, const char *name, GError **error)
{
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("firstlight-sim-XXXXXX", error);
  if (self->folder == NULL)
    return FALSE;
  if (mount (name, self->folder, "functionfs", 0, NULL) != 0)
    return set_error ("Mounting functionfs on", self->folder, error);
  self->is_mounted = TRUE;
  path = g_build_filename (self->folder, "ep0", NULL);
  self->fd = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  return self->fd >= 0 || set_error ("Opening", path, error);
}

FlSimGadgetMount *
fl_sim_gadget_mount_new (const char *name, GError **error)
{
  g_autoptr (FlSimGadgetMount) self = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_new0 (FlSimGadgetMount, 1);
  self->fd = -1;
  return prepare (self, name, error) ? g_steal_pointer (&self) : NULL;
}

void
fl_sim_gadget_mount_free (FlSimGadgetMount *self)
{
  g_return_if_fail (self != NULL);

  if (self->fd >= 0)
    close (self->fd);
  if (self->is_mounted && umount2 (self->folder, MNT_DETACH) != 0)
    g_warning ("Unmounting %s: %s", self->folder, g_strerror (errno));
  if (self->folder != NULL && g_rmdir (self->folder) != 0)
    g_debug ("Removing %s: %s", self->folder, g_strerror (errno));
  g_free (self->folder);
  g_free (self);
}

int
fl_sim_gadget_mount_get_fd (FlSimGadgetMount *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->fd;
}

gboolean
fl_sim_gadget_mount_write (FlSimGadgetMount *self, GBytes *bytes, GError **error)
{
  gsize size_bytes;
  const void *data;

  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);

  data = g_bytes_get_data (bytes, &size_bytes);
  return write (self->fd, data, size_bytes) == (gssize) size_bytes ||
         set_error ("Writing to functionfs on", self->folder, error);
}
