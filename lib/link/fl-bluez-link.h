/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez.h"
#include "fl-link.h"
#include "fl-product.h"

G_BEGIN_DECLS

/**
 * FlBluezLink:
 *
 * An FlLink to a device with Bluetooth LE: writes one characteristic, is notified by another.
 */
#define FL_TYPE_BLUEZ_LINK (fl_bluez_link_get_type ())
G_DECLARE_FINAL_TYPE (FlBluezLink, fl_bluez_link, FL, BLUEZ_LINK, GObject)

/* @adapter: object path of the adapter to use; @address: "AA:BB:CC:DD:EE:FF"; @profile is copied.
 */
FlBluezLink *fl_bluez_link_new (FlBluez *bluez,
                                const char *adapter,
                                const char *address,
                                const FlGattProfile *profile);

G_END_DECLS
