/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h> /* GListModel only */

#include "fl-road.h"

G_BEGIN_DECLS

/**
 * FlDevice:
 *
 * One physical device, however many roads lead to it. Properties: name, ending, signal-dbm,
 * reachable (any road is), n-roads, best-road, problem, has-twin.
 */
#define FL_TYPE_DEVICE (fl_device_get_type ())
G_DECLARE_FINAL_TYPE (FlDevice, fl_device, FL, DEVICE, GObject)

FlDevice *fl_device_new (void);
GListModel *fl_device_get_roads (FlDevice *self); /* borrowed; of FlRoad */
void fl_device_add_road (FlDevice *self, FlRoad *road);
void fl_device_remove_road (FlDevice *self, FlRoad *road);
/* The road to try first: USB before Bluetooth, usable before not, then the strongest. (nullable),
 * borrowed. */
FlRoad *fl_device_get_best_road (FlDevice *self);
FlRoad *fl_device_get_road (FlDevice *self, FlRoadKind kind); /* (nullable), borrowed */

const char *fl_device_get_family (FlDevice *self);
const char *fl_device_get_product (
    FlDevice *self); /* "P2 / Photon 2", "Argon"; from platform or serial; never NULL */
const char *fl_device_get_name (FlDevice *self);      /* what a row shows; never NULL */
const char *fl_device_get_ending (FlDevice *self);    /* set-up code in upper case, or "" */
const char *fl_device_get_serial (FlDevice *self);    /* (nullable) */
const char *fl_device_get_device_id (FlDevice *self); /* (nullable) */
int fl_device_get_platform_id (FlDevice *self);
int fl_device_get_signal_dbm (FlDevice *self);
gboolean fl_device_get_reachable (FlDevice *self);
/* (nullable), borrowed: of the best road, while it can be reached by no other. */
const GError *fl_device_get_problem (FlDevice *self);
/* Another device on a cable says that it is this one: only their places tell them apart. Never
 * taken back, so that rows do not change when one of them goes. */
gboolean fl_device_get_has_twin (FlDevice *self);
void fl_device_set_has_twin (FlDevice *self);
void fl_device_set_serial (FlDevice *self,
                           const char *serial); /* learned from the device or the label */
void fl_device_set_device_id (FlDevice *self, const char *device_id);

/* Whether @road leads to this device: same serial, device ID, or set-up code and platform. */
gboolean fl_device_owns_road (FlDevice *self, FlRoad *road);
/* DEVICE of the command line: set-up code, serial, device ID, or the address of a
 * road or its alias; without case. */
gboolean fl_device_matches (FlDevice *self, const char *text);

G_END_DECLS
