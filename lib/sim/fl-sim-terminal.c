/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* ptsname_r() */
#include "config.h"

#include "fl-sim-terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* The kernel's struct termios2, which has speeds in numbers, cannot be had together with
 * <termios.h>. */
#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <sys/ioctl.h>

#define RATE_TALK  9600
#define OWNER_MODE 0600
#define PATH_BYTES 64

struct _FlSimTerminal
{
  int fd;     /* of the far end */
  int holder; /* of the near end; -1: nobody holds it */
  gboolean is_forbidden;
  char path[PATH_BYTES];
};

static void
set_error (const char *what, GError **error)
{
  int number = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s", what,
               g_strerror (number));
}

static gboolean
make_raw (int fd)
{
  struct termios2 mode;

  if (ioctl (fd, TCGETS2, &mode) != 0)
    return FALSE;
  mode.c_iflag = 0;
  mode.c_oflag = 0;
  mode.c_lflag = 0;
  mode.c_cflag = CS8 | CREAD | CLOCAL | BOTHER;
  mode.c_cc[VMIN] = 1;
  mode.c_cc[VTIME] = 0;
  mode.c_ispeed = mode.c_ospeed = RATE_TALK;
  return ioctl (fd, TCSETS2, &mode) == 0;
}

/* Only what was open once hangs up when it is closed. */
static gboolean
prepare (FlSimTerminal *self)
{
  int near_end;

  if (grantpt (self->fd) != 0 || unlockpt (self->fd) != 0 ||
      ptsname_r (self->fd, self->path, sizeof self->path) != 0)
    return FALSE;
  near_end = open (self->path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (near_end < 0)
    return FALSE;
  if (!make_raw (near_end))
    {
      close (near_end);
      return FALSE;
    }
  close (near_end);
  return TRUE;
}

FlSimTerminal *
fl_sim_terminal_new (GError **error)
{
  g_autoptr (FlSimTerminal) self = g_new0 (FlSimTerminal, 1);

  self->holder = -1;
  self->fd = open ("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (self->fd < 0 || !prepare (self))
    {
      set_error ("Making a pseudo-terminal", error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
fl_sim_terminal_free (FlSimTerminal *self)
{
  fl_sim_terminal_set_held (self, FALSE);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

const char *
fl_sim_terminal_get_path (FlSimTerminal *self)
{
  return self->path;
}

int
fl_sim_terminal_get_fd (FlSimTerminal *self)
{
  return self->fd;
}

gboolean
fl_sim_terminal_is_open (FlSimTerminal *self)
{
  struct pollfd end = { .fd = self->fd };

  return self->holder < 0 && poll (&end, 1, 0) >= 0 && (end.revents & POLLHUP) == 0;
}

guint
fl_sim_terminal_get_rate (FlSimTerminal *self)
{
  struct termios2 mode;

  return ioctl (self->fd, TCGETS2, &mode) == 0 ? mode.c_ospeed : 0;
}

void
fl_sim_terminal_set_held (FlSimTerminal *self, gboolean is_held)
{
  if (is_held == (self->holder >= 0))
    return;
  if (!is_held)
    {
      close (self->holder);
      self->holder = -1;
      return;
    }
  self->holder = open (self->path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (self->holder < 0)
    return;
  flock (self->holder, LOCK_EX | LOCK_NB);
}

void
fl_sim_terminal_set_allowed (FlSimTerminal *self, gboolean is_allowed)
{
  if (is_allowed != self->is_forbidden)
    return;
  self->is_forbidden = !is_allowed;
  if (chmod (self->path, is_allowed ? OWNER_MODE : 0) != 0)
    g_debug ("%s: %s", self->path, g_strerror (errno));
}
