/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
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
 * device came back to blinking blue because it could not join. With it nothing is written to the
 * port of a running application, and a device that runs is led to listening mode when a network is
 * to be sent.
 */
#define FL_TYPE_SERIAL_DRIVER (fl_serial_driver_get_type ())
G_DECLARE_FINAL_TYPE (FlSerialDriver, fl_serial_driver, FL, SERIAL_DRIVER, GObject)

/* @companion: (nullable): a driver of the same device's control requests, which needs no secret and
 * which nobody else uses; a device that refuses it is one without. @platform_id: 0 unknown. */
FlDriver *
fl_serial_driver_new (FlSerialLink *link, FlDriver *companion, FlClock *clock, int platform_id);

G_END_DECLS
