/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-sim-world.h"

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
G_DECLARE_DERIVABLE_TYPE (FlSimShell, fl_sim_shell, FL, SIM_SHELL, GObject)

struct _FlSimShellClass
{
  GObjectClass parent_class;

  const char *(*get_place) (FlSimShell *self);
  /* Does what is due. @next_us: when it wants to look again, whatever it asked for meanwhile;
   * G_MAXINT64, as it was: not by itself. FALSE: the road is gone for good. */
  gboolean (*look) (FlSimShell *self, gint64 now_us, gint64 *next_us, GError **error);
  /* Lets go of all that is outside, at the end or before a failure is told. It looks no more, and
   * this may come again. */
  void (*close) (FlSimShell *self);
};

/* Where others find the device on this road at present: the path of a port, a Bluetooth address, a
 * USB port. (nullable): nowhere, borrowed */
const char *fl_sim_shell_get_place (FlSimShell *self);

/* --- For implementations. */

/* An object of @type, a shell's. It keeps @world, which owns @device. (transfer full) */
gpointer fl_sim_shell_create (GType type, FlSimWorld *world, FlSimDevice *device, FlClock *clock);
/* Looks for the first time, and from then on when it said, and when the world has changed. FALSE:
 * it failed at once, which is told nobody else. */
gboolean fl_sim_shell_begin (FlSimShell *self, GError **error);
FlSimDevice *fl_sim_shell_get_device (FlSimShell *self);
gint64 fl_sim_shell_get_now (FlSimShell *self);
void fl_sim_shell_look (FlSimShell *self); /* now */
/* The world may be busy at this moment; a little later it can be asked. */
void fl_sim_shell_look_soon (FlSimShell *self);
void fl_sim_shell_notify_place (FlSimShell *self);
/* Ends it; who hears of it may let go of it. */
void fl_sim_shell_fail (FlSimShell *self, const GError *error);

G_END_DECLS
