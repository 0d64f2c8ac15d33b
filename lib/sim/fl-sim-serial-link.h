/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-serial-link.h"
#include "fl-sim-device.h"

G_BEGIN_DECLS

/**
 * FlSimSerialLink:
 *
 * A link to the console of a simulated device, within the process. Bytes travel by the clock, and
 * arrive in pieces as over USB.
 */
#define FL_TYPE_SIM_SERIAL_LINK (fl_sim_serial_link_get_type ())
G_DECLARE_FINAL_TYPE (FlSimSerialLink, fl_sim_serial_link, FL, SIM_SERIAL_LINK, GObject)

/* @attachment: of fl_sim_console_get_attachment(); 0: cannot be opened */
FlSerialLink *fl_sim_serial_link_new (FlSimDevice *device, guint attachment, FlClock *clock);

G_END_DECLS
