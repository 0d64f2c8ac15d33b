/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-finder.h"
#include "fl-product.h"
#include "fl-serial-bus.h"

G_BEGIN_DECLS

/**
 * FlSerialFinder:
 *
 * Particle devices that have a console on a serial port. The road's address is the port's path; its
 * device ID and its location make it one row with the same device's USB. Ports of other makers are
 * not shown; a port without USB numbers that a person named is. Nothing is written to a port to
 * find out more: it may be anybody's.
 */
#define FL_TYPE_SERIAL_FINDER (fl_serial_finder_get_type ())
G_DECLARE_FINAL_TYPE (FlSerialFinder, fl_serial_finder, FL, SERIAL_FINDER, GObject)

FlSerialFinder *fl_serial_finder_new (FlSerialBus *bus, FlClock *clock, FlProduct *product);

G_END_DECLS
