/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-device.h"

G_BEGIN_DECLS

/**
 * FlDeviceIndex:
 *
 * Devices by serial number, device ID, set-up code, Bluetooth address and the USB socket that they
 * are plugged into, so that a sighting finds its device among hundreds without a walk through the
 * list.
 */
typedef struct _FlDeviceIndex FlDeviceIndex;

FlDeviceIndex *fl_device_index_new (void);
void fl_device_index_free (FlDeviceIndex *self);

/* Adds @device, or finds out anew what it is known by. Holds no reference. */
void fl_device_index_update (FlDeviceIndex *self, FlDevice *device);
void fl_device_index_remove (FlDeviceIndex *self, FlDevice *device);
gboolean fl_device_index_contains (FlDeviceIndex *self, FlDevice *device);

/* (transfer container) Devices that share something with @road: candidates, not an answer. */
GPtrArray *fl_device_index_find_by_road (FlDeviceIndex *self, FlRoad *road);
/* (transfer container) The others that share something with @device. */
GPtrArray *fl_device_index_find_twins (FlDeviceIndex *self, FlDevice *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlDeviceIndex, fl_device_index_free)

G_END_DECLS
