/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-tty-port"
#include "config.h"

#include "fl-tty-port.h"

#include "fl-error.h"
#include "fl-tty-mode.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define DRAIN_STEP_MS 10
#define DRAIN_STEPS   50

struct _FlTtyPort
{
  int fd;
  FlTtyMode *found;
};

static GError *
make_error (const char *path, int number)
{
  FlErrorCode code = FL_ERROR_CONNECT_FAILED;

  if (number == EBUSY || number == EWOULDBLOCK)
    code = FL_ERROR_SERIAL_BUSY;
  else if (number == EACCES || number == EPERM)
    code = FL_ERROR_USB_ACCESS;
  else if (number == ENOENT || number == ENXIO || number == ENODEV || number == EIO)
    code = FL_ERROR_DEVICE_OUT_OF_REACH;
  else if (number == ENOTTY)
    code = FL_ERROR_INVALID_INPUT;
  return g_error_new (FL_ERROR, code, "Opening %s: %s", path, g_strerror (number));
}

/* Opening something else may have effects. */
static gboolean
is_character_device (const char *path)
{
  struct stat info;

  if (stat (path, &info) != 0)
    return FALSE;
  errno = ENOTTY;
  return S_ISCHR (info.st_mode);
}

/* TIOCEXCL keeps out those who open the port later, and finds those who came first with the same;
 * it says nothing to root. Serial programs that run as root hold a lock besides. */
static gboolean
claim (int fd)
{
  return isatty (fd) && flock (fd, LOCK_EX | LOCK_NB) == 0 && ioctl (fd, TIOCEXCL) == 0;
}

/* The device talks only to a program that is there. A pseudo-terminal has no such line. */
static void
raise_ready (int fd)
{
  int lines = TIOCM_DTR | TIOCM_RTS;

  if (ioctl (fd, TIOCMBIS, &lines) != 0)
    g_debug ("no modem lines: %s", g_strerror (errno));
}

FlTtyPort *
fl_tty_port_open (const char *path, GError **error)
{
  g_autoptr (FlTtyMode) found = NULL;
  FlTtyPort *self;
  int number, fd = -1;

  if (is_character_device (path))
    fd = open (path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd >= 0 && claim (fd))
    {
      found = fl_tty_mode_read (fd);
      if (found != NULL && fl_tty_mode_make_raw (found, fd))
        {
          raise_ready (fd);
          self = g_new0 (FlTtyPort, 1);
          self->fd = fd;
          self->found = g_steal_pointer (&found);
          return self;
        }
    }
  number = errno;
  if (fd >= 0)
    close (fd);
  g_propagate_error (error, make_error (path, number));
  return NULL;
}

/* On a pseudo-terminal the exclusive right stays with the terminal, not with who had it. */
static void
let_go (FlTtyPort *self)
{
  fl_tty_mode_restore (self->found, self->fd);
  ioctl (self->fd, TIOCNXCL);
  close (self->fd);
  fl_tty_mode_free (self->found);
  g_free (self);
}

static gboolean
is_drained (FlTtyPort *self)
{
  int n_bytes = 0;

  return ioctl (self->fd, TIOCOUTQ, &n_bytes) != 0 || n_bytes == 0;
}

static gpointer
drain (gpointer data)
{
  FlTtyPort *self = data;

  for (guint i = 0; i < DRAIN_STEPS && !is_drained (self); i++)
    g_usleep (DRAIN_STEP_MS * 1000);
  if (!is_drained (self))
    tcflush (self->fd, TCOFLUSH); /* close() would wait half a minute for it */
  let_go (self);
  return NULL;
}

void
fl_tty_port_close (FlTtyPort *self)
{
  GThread *thread;

  if (is_drained (self))
    {
      let_go (self);
      return;
    }
  thread = g_thread_try_new ("fl-tty-drain", drain, self, NULL);
  if (thread != NULL)
    g_thread_unref (thread);
  else
    let_go (self);
}

int
fl_tty_port_get_fd (FlTtyPort *self)
{
  return self->fd;
}

gboolean
fl_tty_port_set_rate (FlTtyPort *self, FlSerialRate rate, GError **error)
{
  int number;

  if (fl_tty_mode_set_rate (self->fd, rate))
    return TRUE;
  number = errno;
  g_set_error (error, FL_ERROR, number == EINVAL ? FL_ERROR_UNSUPPORTED : FL_ERROR_LINK_LOST,
               "Setting the speed: %s", g_strerror (number));
  return FALSE;
}
