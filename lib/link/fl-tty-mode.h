/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-serial-link.h"

G_BEGIN_DECLS

/**
 * FlTtyMode:
 *
 * How a terminal is set: its flags and its speed. Functions return FALSE with errno.
 *
 * The kernel keeps the mode of a serial port when it is closed and sends its speed to whatever
 * device is opened under the same name next (Linux, drivers/usb/class/cdc-acm.c,
 * acm_port_activate()). Speeds are commands to Particle devices, so a port that another program
 * left at 14400 restarts the next one into its bootloader, before anybody could do something about
 * it. Hence no mode of ours leaves a port at such a speed, and one found at it is not given back
 * so.
 */
typedef struct _FlTtyMode FlTtyMode;

FlTtyMode *fl_tty_mode_read (int fd); /* (nullable): NULL with errno */
/* Sets @fd to raw bytes, 8N1, no flow control, no carrier needed, FL_SERIAL_RATE_TALK. Whether
 * closing lets go of the line (HUPCL) stays as it was. */
gboolean fl_tty_mode_make_raw (const FlTtyMode *self, int fd);
/* FALSE with EINVAL for what is no FlSerialRate. */
gboolean fl_tty_mode_set_rate (int fd, FlSerialRate rate);
/* As it was read, but for a speed that is a command: FL_SERIAL_RATE_TALK then. */
gboolean fl_tty_mode_restore (const FlTtyMode *self, int fd);
void fl_tty_mode_free (FlTtyMode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlTtyMode, fl_tty_mode_free)

G_END_DECLS
