/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* posix_openpt() */
#include "pty.h"

#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

Pty *
pty_new (void)
{
  Pty *self = g_new0 (Pty, 1);

  self->master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (self->master, >=, 0);
  g_assert_cmpint (unlockpt (self->master), ==, 0);
  g_assert_true (g_unix_set_fd_nonblocking (self->master, TRUE, NULL));
  self->path = g_strdup (ptsname (self->master));
  g_assert_nonnull (self->path);
  return self;
}

void
pty_hang_up (Pty *self)
{
  if (self->master >= 0)
    close (self->master);
  self->master = -1;
}

void
pty_free (Pty *self)
{
  pty_hang_up (self);
  g_free (self->path);
  g_free (self);
}

GByteArray *
pty_take (Pty *self, gsize max_bytes)
{
  GByteArray *taken = g_byte_array_sized_new ((guint) max_bytes);
  gssize n_bytes = 1;

  while (n_bytes > 0 && taken->len < max_bytes)
    {
      guint before = taken->len;

      g_byte_array_set_size (taken, (guint) max_bytes);
      n_bytes = read (self->master, taken->data + before, max_bytes - before);
      g_byte_array_set_size (taken, before + (guint) MAX (n_bytes, 0));
    }
  return taken;
}

gsize
pty_write (Pty *self, const void *data, gsize size_bytes)
{
  gssize n_bytes = write (self->master, data, size_bytes);

  return n_bytes > 0 ? (gsize) n_bytes : 0;
}

guint
pty_get_rate (Pty *self)
{
  struct termios2 mode;

  g_assert_cmpint (ioctl (self->master, TCGETS2, &mode), ==, 0);
  g_assert_cmpuint (mode.c_ispeed, ==, mode.c_ospeed);
  return mode.c_ospeed;
}

void
pty_set_rate (Pty *self, guint bits_per_second)
{
  struct termios2 mode;

  g_assert_cmpint (ioctl (self->master, TCGETS2, &mode), ==, 0);
  mode.c_cflag = (mode.c_cflag & ~(tcflag_t) CBAUD) | BOTHER;
  mode.c_ispeed = bits_per_second;
  mode.c_ospeed = bits_per_second;
  g_assert_cmpint (ioctl (self->master, TCSETS2, &mode), ==, 0);
}

gboolean
pty_has_echo (Pty *self)
{
  struct termios2 mode;

  g_assert_cmpint (ioctl (self->master, TCGETS2, &mode), ==, 0);
  return (mode.c_lflag & (ECHO | ICANON)) != 0;
}

int
pty_open (Pty *self)
{
  return open (self->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
}

void
pty_drop_privileges (void)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct data[2];
  const guint32 dropped = 1U << CAP_DAC_OVERRIDE | 1U << CAP_SYS_ADMIN;

  g_assert_cmpint (syscall (SYS_capget, &header, data), ==, 0);
  data[0].effective &= ~dropped;
  data[0].permitted &= ~dropped;
  data[0].inheritable &= ~dropped;
  g_assert_cmpint (syscall (SYS_capset, &header, data), ==, 0);
}

guint
pty_count_open (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (target != NULL &&
          (g_str_has_prefix (target, "/dev/pts/") || g_str_has_suffix (target, "/ptmx")))
        n++;
    }
  return n;
}
