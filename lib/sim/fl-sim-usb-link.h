/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-sim-world.h"
#include "fl-usb-link.h"

G_BEGIN_DECLS

/**
 * FlSimUsbLink:
 *
 * Control transfers to a simulated device; each takes a frame of a millisecond.
 */
#define FL_TYPE_SIM_USB_LINK (fl_sim_usb_link_get_type ())
G_DECLARE_FINAL_TYPE (FlSimUsbLink, fl_sim_usb_link, FL, SIM_USB_LINK, GObject)

/* To one attachment of @device: after that one the link cannot be opened any more. @counter:
 * (nullable) a box of its own (g_rc_box_new()), counts transfers. */
FlUsbLink *
fl_sim_usb_link_new (FlSimDevice *device, guint attachment, FlClock *clock, guint *counter);

G_END_DECLS
