/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FlSimShell:
 *
 * A road from a simulated device to the outside: a pseudo-terminal, a radio, a cable. It lives from
 * its creation until it is let go; then nothing of it is left on this computer. It ticks the world
 * by itself as often as its own road needs it.
 *
 * Property: "place" (notified). Signal: "failed" (a #GError), when the road is gone for good.
 */
#define FL_TYPE_SIM_SHELL (fl_sim_shell_get_type ())
G_DECLARE_INTERFACE (FlSimShell, fl_sim_shell, FL, SIM_SHELL, GObject)

struct _FlSimShellInterface
{
  GTypeInterface parent_interface;

  const char *(*get_place) (FlSimShell *self);
};

/* Where others find the device on this road at present: the path of a port, a Bluetooth address, a
 * USB port. (nullable): nowhere, borrowed */
const char *fl_sim_shell_get_place (FlSimShell *self);

/* For implementations. */
void fl_sim_shell_notify_place (FlSimShell *self);
void fl_sim_shell_fail (FlSimShell *self, const GError *error);

G_END_DECLS
