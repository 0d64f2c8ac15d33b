/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <glib.h>

#include "fl-product.h"

G_BEGIN_DECLS

typedef enum
{
  FL_GATT_READ = 1 << 0,
  FL_GATT_WRITE = 1 << 1,
  FL_GATT_WRITE_WITHOUT_RESPONSE = 1 << 2,
  FL_GATT_NOTIFY = 1 << 3,
  FL_GATT_INDICATE = 1 << 4,
} FlGattFlags;

typedef struct
{
  const char *uuid;    /* lower case, 128 bits, dashed */
  const char *service; /* UUID of the service it is in */
  FlGattFlags flags;
} FlGattEntry;

typedef struct
{
  int rx, tx, version; /* index; version -1: none */
} FlGattChoice;

/* Flags by their names in org.bluez.GattCharacteristic1; unknown names count nothing. */
FlGattFlags fl_gatt_flags_parse (const char *const *names);

/**
 * fl_gatt_choose:
 * @entries: all characteristics of the device, in any order
 * @profile: what the product says
 * @choice: (out)
 *
 * Picks the characteristics of @profile's service by what they can do. The profile's UUIDs decide
 * only among several that can do the same: vendors' examples disagree about which of two UUIDs is
 * "TX" (the phone's or the device's view). Pure.
 *
 * Returns: FALSE when the service has nothing to write to or to subscribe to
 */
gboolean fl_gatt_choose (const FlGattEntry *entries,
                         gsize n_entries,
                         const FlGattProfile *profile,
                         FlGattChoice *choice);

/* The value of the version characteristic: 1, 2 or 4 bytes LE (rn-ble-setup accepts all three).
 * -1: another length. */
gint64 fl_gatt_parse_version (const guint8 *data, gsize size_bytes);

G_END_DECLS
