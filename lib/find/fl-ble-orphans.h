/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez.h"

G_BEGIN_DECLS

/**
 * FlBleOrphans:
 *
 * Devices that cannot be found because of what bluetoothd has of them. A program that is killed
 * leaves its links up, bluetoothd ends none for it, and a device that is connected is not heard: a
 * link to one of our services over which no program gets notifications or writes through a socket
 * for a while is ended, and the device forgotten. So is one that bluetoothd has half stored,
 * because it was killed meanwhile (store_device_info_cb in BlueZ src/device.c leaves an empty file
 * first), and does not hear any more. What is paired, trusted or blocked belongs to this computer,
 * and stays.
 */
typedef struct _FlBleOrphans FlBleOrphans;

FlBleOrphans *fl_ble_orphans_new (FlBluez *bluez);
void fl_ble_orphans_free (FlBleOrphans *self);
/* To be called every now and then. */
void fl_ble_orphans_check (FlBleOrphans *self, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlBleOrphans, fl_ble_orphans_free)

G_END_DECLS
