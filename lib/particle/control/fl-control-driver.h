/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-control-channel.h"
#include "fl-driver.h"

G_BEGIN_DECLS

/**
 * FlControlDriver:
 *
 * What a Particle device can do through control requests, over Bluetooth or USB. PROTOCOL.md,
 * "Requests" and "Behaviour".
 */
#define FL_TYPE_CONTROL_DRIVER (fl_control_driver_get_type ())
G_DECLARE_FINAL_TYPE (FlControlDriver, fl_control_driver, FL, CONTROL_DRIVER, GObject)

/* @platform_id: as advertised, 0 unknown. @provisioning: the device's application offers set-up
 * while it runs: there is no listening mode to leave. */
FlDriver *fl_control_driver_new (FlControlChannel *channel,
                                 FlClock *clock,
                                 int platform_id,
                                 gboolean provisioning);

G_END_DECLS
