/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez-radio.h"
#include "fl-bluez-stream.h"

G_BEGIN_DECLS

/**
 * fl_bluez_connect_async:
 * @radio: the adapter to use
 * @address: the device's address, "AA:BB:CC:DD:EE:FF"
 * @profile: its service; must stay until the end
 *
 * From an advertising device to a stream through its characteristics, with up to five tries. It
 * waits for its turn on the adapter, stops discovery, connects, waits for the services, cleans a
 * stale cache once, compares the version, and starts notifications.
 *
 * Finishes with a stream and a hold on @radio that the caller releases, or with FL_ERROR_: the
 * BLUETOOTH ones, NO_BLUETOOTH, DEVICE_OUT_OF_REACH, CONNECT_FAILED, UNEXPECTED_SERVICES; or
 * G_IO_ERROR_CANCELLED. After a failure the device is disconnected and its object removed.
 */
void fl_bluez_connect_async (FlBluez *bluez,
                             FlBluezRadio *radio,
                             const char *address,
                             const FlGattProfile *profile,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* (transfer full) */
FlBluezStream *fl_bluez_connect_finish (FlBluez *bluez, GAsyncResult *result, GError **error);

/* An adapter that is pulled out goes off first, and then goes: so long FL_ERROR_BLUETOOTH_OFF is
 * not the last word. */
#define FL_BLUEZ_OFF_MS 1000

/* Why Bluetooth itself cannot carry a link over @radio now; NULL when it can. (transfer full) */
GError *fl_bluez_find_obstacle (FlBluez *bluez, FlBluezRadio *radio);

G_END_DECLS
