/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez-gatt.h"
#include "fl-bluez.h"

G_BEGIN_DECLS

/**
 * FlBluezTable:
 *
 * The characteristics of one device, read off the known objects.
 */
typedef struct _FlBluezTable FlBluezTable;

FlBluezTable *fl_bluez_table_new (FlBluez *bluez, const char *device_path);
void fl_bluez_table_free (FlBluezTable *table);
/* See fl_gatt_choose(). */
gboolean
fl_bluez_table_choose (FlBluezTable *table, const FlGattProfile *profile, FlGattChoice *choice);
const char *fl_bluez_table_get_path (FlBluezTable *table, int index);
FlGattFlags fl_bluez_table_get_flags (FlBluezTable *table, int index);

/* The object of the device with @address on @adapter, unless it is being removed. (transfer full)
 * (nullable) */
char *fl_bluez_find_device (FlBluez *bluez, const char *adapter, const char *address);

G_END_DECLS
