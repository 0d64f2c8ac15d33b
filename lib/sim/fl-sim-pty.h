/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-shell.h"

G_BEGIN_DECLS

/**
 * FlSimPty:
 *
 * The console of a simulated device on a real pseudo-terminal, so that any program can open it. The
 * line coding is taken from the terminal's speed. When the device resets or is unplugged the
 * terminal hangs up, and @link leads to a new one when it is back. Its place is the terminal's
 * path. @clock: of real time.
 */
#define FL_TYPE_SIM_PTY (fl_sim_pty_get_type ())
G_DECLARE_FINAL_TYPE (FlSimPty, fl_sim_pty, FL, SIM_PTY, FlSimShell)

/* @link: (nullable) path of a symbolic link to make and keep, so that the port has one name. */
FlSimPty *fl_sim_pty_new (FlSimWorld *world,
                          FlSimDevice *device,
                          FlClock *clock,
                          const char *link,
                          GError **error);

G_END_DECLS
