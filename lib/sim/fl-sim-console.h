/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device.h"

G_BEGIN_DECLS

/**
 * FlSimConsole:
 *
 * The serial port of a simulated device, seen from the computer. Pure: a shell (a link in the
 * process, a pseudo-terminal) tells it the time and moves the bytes. What is sent while no cable is
 * plugged in is lost; when the device resets, the port is another one (fl_sim_console_is_closed()).
 */
typedef struct _FlSimConsole FlSimConsole;

/* Whether somebody can open the port now. */
typedef enum
{
  FL_SIM_CONSOLE_FREE,
  FL_SIM_CONSOLE_BUSY,    /* it is open, or by fault something else has it open */
  FL_SIM_CONSOLE_REFUSED, /* by fault this computer may not */
} FlSimConsoleAccess;

/* There is a port: counts up with each time that one appears; 0: none at the moment. */
guint fl_sim_console_get_attachment (FlSimDevice *device, gint64 now_us);
FlSimConsoleAccess fl_sim_console_get_access (FlSimDevice *device, gint64 now_us);
/* Somebody did something about not being allowed to open it. */
void fl_sim_console_recheck (FlSimDevice *device);

FlSimConsole *fl_sim_console_new (FlSimDevice *device, gint64 now_us); /* opens the port */
void fl_sim_console_free (FlSimConsole *self);                         /* closes it */
/* SET_LINE_CODING: 14400 restarts into the bootloader, 28800 makes it listen. */
void fl_sim_console_set_rate (FlSimConsole *self, guint bits_per_second, gint64 now_us);
void fl_sim_console_feed (FlSimConsole *self, const guint8 *data, gsize size_bytes, gint64 now_us);
GBytes *fl_sim_console_take (FlSimConsole *self); /* (transfer full) (nullable) */
void fl_sim_console_tick (FlSimConsole *self, gint64 now_us);
gint64 fl_sim_console_get_deadline (FlSimConsole *self);
gboolean fl_sim_console_is_closed (FlSimConsole *self, gint64 now_us); /* unplugged, or reset */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimConsole, fl_sim_console_free)

G_END_DECLS
