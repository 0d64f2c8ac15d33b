/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-link.h"
#include "fl-product.h"
#include "fl-sim-device.h"

G_BEGIN_DECLS

/**
 * FlSimLink:
 *
 * The Bluetooth link to a simulated device, with the same care as the real one: up to five tries to
 * connect, services chosen by UUID and properties, the version read before anything is sent.
 */
#define FL_TYPE_SIM_LINK (fl_sim_link_get_type ())
G_DECLARE_FINAL_TYPE (FlSimLink, fl_sim_link, FL, SIM_LINK, GObject)

FlSimLink *fl_sim_link_new (FlSimDevice *device, FlClock *clock, FlProduct *product);

G_END_DECLS
