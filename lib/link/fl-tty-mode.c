/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-tty-mode"
#include "config.h"

#include "fl-tty-mode.h"

#include <errno.h>

/* A file of its own: the kernel's struct termios2, which has speeds in numbers, cannot be had
 * together with <termios.h>. */
#include <asm/ioctls.h>
#include <asm/termbits.h>
#include <sys/ioctl.h>

/* particle-iot/device-os, system/src/system_mode.cpp and wiring: speeds that are commands. */
#define RATE_TALK       9600
#define RATE_LISTEN     28800
#define RATE_BOOTLOADER 14400 /* only to be recognised */

struct _FlTtyMode
{
  struct termios2 found;
};

/* BOTHER takes the speed from the number. The input speed is the output speed when its bits are
 * zero: Linux, drivers/tty/tty_baudrate.c, tty_termios_input_baud_rate(). */
static void
put_rate (struct termios2 *mode, speed_t bits_per_second)
{
  mode->c_cflag &= ~(tcflag_t) (CBAUD | (CBAUD << IBSHIFT));
  mode->c_cflag |= BOTHER;
  mode->c_ispeed = bits_per_second;
  mode->c_ospeed = bits_per_second;
}

FlTtyMode *
fl_tty_mode_read (int fd)
{
  struct termios2 found;
  FlTtyMode *self;

  if (ioctl (fd, TCGETS2, &found) != 0)
    return NULL;
  self = g_new0 (FlTtyMode, 1);
  self->found = found;
  return self;
}

gboolean
fl_tty_mode_make_raw (const FlTtyMode *self, int fd)
{
  struct termios2 mode = self->found;

  mode.c_iflag &= ~(tcflag_t) (IGNBRK | BRKINT | IGNPAR | PARMRK | INPCK | ISTRIP | INLCR | IGNCR |
                               ICRNL | IXON | IXANY | IXOFF);
  mode.c_oflag &= ~(tcflag_t) OPOST;
  mode.c_lflag &= ~(tcflag_t) (ECHO | ECHONL | ICANON | ISIG | IEXTEN);
  mode.c_cflag &= ~(tcflag_t) (CSIZE | CSTOPB | PARENB | CRTSCTS);
  mode.c_cflag |= CS8 | CREAD | CLOCAL;
  mode.c_cc[VMIN] = 1; /* so that 0 bytes are an end */
  mode.c_cc[VTIME] = 0;
  put_rate (&mode, RATE_TALK);
  return ioctl (fd, TCSETS2, &mode) == 0;
}

gboolean
fl_tty_mode_set_rate (int fd, FlSerialRate rate)
{
  struct termios2 mode;

  if (ioctl (fd, TCGETS2, &mode) != 0)
    return FALSE;
  switch (rate)
    {
    case FL_SERIAL_RATE_TALK:
      put_rate (&mode, RATE_TALK);
      return ioctl (fd, TCSETS2, &mode) == 0;
    case FL_SERIAL_RATE_LISTEN:
      put_rate (&mode, RATE_LISTEN);
      return ioctl (fd, TCSETS2, &mode) == 0;
    }
  errno = EINVAL;
  return FALSE;
}

gboolean
fl_tty_mode_restore (const FlTtyMode *self, int fd)
{
  struct termios2 mode = self->found;

  if (mode.c_ospeed == RATE_BOOTLOADER || mode.c_ospeed == RATE_LISTEN)
    put_rate (&mode, RATE_TALK);
  return ioctl (fd, TCSETS2, &mode) == 0;
}

void
fl_tty_mode_free (FlTtyMode *self)
{
  g_free (self);
}
