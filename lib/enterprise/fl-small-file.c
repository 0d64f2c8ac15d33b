/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-small-file.h"
#include "fl-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static FlSecret *
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, FL_ERROR, FL_ERROR_INVALID_INPUT, sentence);
  return NULL;
}

static FlSecret *
refuse_errno (GError **error, int reason)
{
  if (reason == ENOENT || reason == ENOTDIR)
    return refuse (error, _ ("The file does not exist."));
  if (reason == EACCES || reason == EPERM)
    return refuse (error, _ ("No permission to read the file."));
  return refuse (error, _ ("The file cannot be read."));
}

/* One byte more than allowed is asked for, so that a file that grew meanwhile is noticed. */
static FlSecret *
read_all (int fd, gsize max_bytes, GError **error)
{
  g_autoptr (FlSecret) buffer = fl_secret_new_zeroed (max_bytes + 1);
  guint8 *out = fl_secret_get_writable (buffer);
  gsize used = 0;

  while (used <= max_bytes)
    {
      const gssize n_bytes = read (fd, out + used, max_bytes + 1 - used);

      if (n_bytes == 0)
        break;
      if (n_bytes < 0 && errno != EINTR)
        return refuse_errno (error, errno);
      if (n_bytes > 0)
        used += (gsize) n_bytes;
    }
  if (used > max_bytes)
    return refuse (error, _ ("The file is too large to hold certificates or networks."));
  return fl_secret_new (out, used);
}

FlSecret *
fl_small_file_read (const char *path, gsize max_bytes, GError **error)
{
  FlSecret *contents = NULL;
  struct stat status;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_str_equal (path, "-"))
    return read_all (STDIN_FILENO, max_bytes, error);

  /* Opening a pipe would wait for its writer. */
  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  if (fd == -1)
    return refuse_errno (error, errno);
  if (fstat (fd, &status) == -1)
    refuse_errno (error, errno);
  else if (S_ISDIR (status.st_mode))
    refuse (error, _ ("This is a folder, not a file."));
  else if (!S_ISREG (status.st_mode))
    refuse (error, _ ("This is not an ordinary file."));
  else
    contents = read_all (fd, max_bytes, error);
  g_close (fd, NULL);
  return contents;
}
