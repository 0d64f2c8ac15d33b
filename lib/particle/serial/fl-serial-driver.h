/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-control-channel.h"
#include "fl-driver.h"
#include "fl-serial-link.h"

G_BEGIN_DECLS

/**
 * FlSerialDriver:
 *
 * A Particle device by its console in listening mode: takes networks, enterprise ones on Photon and
 * P1 included. The console lists no networks, and says nothing once the device has left set-up
 * mode. Where the same device has control requests over USB, @companion asks by them what the
 * console cannot tell: the mode, identities, whether the service was reached, and whether the
 * device came back to blinking blue because it could not join.
 */
#define FL_TYPE_SERIAL_DRIVER (fl_serial_driver_get_type ())
G_DECLARE_FINAL_TYPE (FlSerialDriver, fl_serial_driver, FL, SERIAL_DRIVER, GObject)

/* @companion: (nullable); a device that refuses it is one without. @platform_id: 0 unknown. */
FlDriver *fl_serial_driver_new (FlSerialLink *link,
                                FlControlChannel *companion,
                                FlClock *clock,
                                int platform_id);

G_END_DECLS
