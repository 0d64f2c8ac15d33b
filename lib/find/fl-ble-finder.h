/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez.h"
#include "fl-finder.h"
#include "fl-product.h"

G_BEGIN_DECLS

/**
 * FlBleFinder:
 *
 * Finds devices with Bluetooth LE, over every adapter of this computer. Problems are E01 to E07.
 */
#define FL_TYPE_BLE_FINDER (fl_ble_finder_get_type ())
G_DECLARE_FINAL_TYPE (FlBleFinder, fl_ble_finder, FL, BLE_FINDER, GObject)

FlBleFinder *fl_ble_finder_new (FlBluez *bluez, FlClock *clock, FlProduct *product);
/* Devices of another product count too; before start. */
void fl_ble_finder_add_product (FlBleFinder *self, FlProduct *product);

G_END_DECLS
