/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-serial-link.h"

G_BEGIN_DECLS

/**
 * FlTtyLink:
 *
 * A serial port of this computer, by termios. Opening never waits for a carrier. A port that is
 * busy is tried again for 25 s, which is longer than ModemManager looks at a new modem; then
 * FL_ERROR_SERIAL_BUSY. Closing gives the port back as it was found.
 */
#define FL_TYPE_TTY_LINK (fl_tty_link_get_type ())
G_DECLARE_FINAL_TYPE (FlTtyLink, fl_tty_link, FL, TTY_LINK, GObject)

/* @path: "/dev/ttyACM0", "/dev/serial/by-id/…", a pseudo-terminal. */
FlSerialLink *fl_tty_link_new (const char *path, FlClock *clock);

G_END_DECLS
