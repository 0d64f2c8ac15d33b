/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez.h"

G_BEGIN_DECLS

/**
 * FlBleOrphans:
 *
 * Devices whose link nobody uses: a program that is killed leaves its links up, bluetoothd ends
 * none for it, and a device that is connected is not heard. A link to one of our services over
 * which no program gets notifications or writes through a socket for a while is ended, and the
 * device forgotten, so that it can be found. The same for a device of which bluetoothd knows no
 * more than address and name, and that has no link: it was killed while it wrote the file of a new
 * device (store_device_info_cb in BlueZ src/device.c leaves an empty one), and does not hear such a
 * device any more. What is paired, trusted or blocked belongs to this computer, and stays.
 */
typedef struct _FlBleOrphans FlBleOrphans;

FlBleOrphans *fl_ble_orphans_new (FlBluez *bluez);
void fl_ble_orphans_free (FlBleOrphans *self);
/* To be called every now and then. */
void fl_ble_orphans_check (FlBleOrphans *self, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlBleOrphans, fl_ble_orphans_free)

G_END_DECLS
