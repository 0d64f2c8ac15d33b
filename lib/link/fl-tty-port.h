/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-serial-link.h"

G_BEGIN_DECLS

/**
 * FlTtyPort:
 *
 * A serial port that is open, and nobody else's meanwhile. Raw, at FL_SERIAL_RATE_TALK, DTR on.
 */
typedef struct _FlTtyPort FlTtyPort;

/* Waits for no carrier, but as long as the USB driver takes to tell the device, which is a few
 * seconds with one that hangs: for a thread. Errors: FL_ERROR_SERIAL_BUSY, FL_ERROR_USB_ACCESS,
 * FL_ERROR_DEVICE_OUT_OF_REACH, FL_ERROR_INVALID_INPUT when it is no serial port, else
 * FL_ERROR_CONNECT_FAILED. */
FlTtyPort *fl_tty_port_open (const char *path, GError **error);
/* Gives the port back as it was found. What the system has not sent yet gets another half second,
 * in the background. */
void fl_tty_port_close (FlTtyPort *self);
int fl_tty_port_get_fd (FlTtyPort *self);
gboolean fl_tty_port_set_rate (FlTtyPort *self, FlSerialRate rate, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlTtyPort, fl_tty_port_close)

G_END_DECLS
