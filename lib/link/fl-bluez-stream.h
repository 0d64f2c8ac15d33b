/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez-gatt.h"
#include "fl-bluez.h"

G_BEGIN_DECLS

/**
 * FlBluezStream:
 *
 * Bytes through two characteristics of a connected device. What it says comes by signals of
 * bluetoothd: there is a socket for that, too (AcquireNotify), but when a program is killed that
 * holds one, bluetoothd 5.66 frees the same thing twice and is gone for everybody (BlueZ
 * src/gatt-client.c, notify_client_disconnect and notify_io_destroy). What it is told goes over a
 * socket (AcquireWrite), which has no such fault, or, where there is none, over method calls.
 *
 * Signals: "received" (GBytes), "lost", at most once, when bytes cannot flow any more.
 */
#define FL_TYPE_BLUEZ_STREAM (fl_bluez_stream_get_type ())
G_DECLARE_FINAL_TYPE (FlBluezStream, fl_bluez_stream, FL, BLUEZ_STREAM, GObject)

/* @device, @rx, @tx: object paths; @rx_flags: how @rx can be written. */
FlBluezStream *fl_bluez_stream_new (FlBluez *bluez,
                                    const char *device,
                                    const char *rx,
                                    FlGattFlags rx_flags,
                                    const char *tx);
/* Errors are as they came over the bus. */
void fl_bluez_stream_open_async (FlBluezStream *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean fl_bluez_stream_open_finish (FlBluezStream *self, GAsyncResult *result, GError **error);
/* FL_ERROR_LINK_LOST, or G_IO_ERROR_CANCELLED after close. One at a time. */
void fl_bluez_stream_send_async (FlBluezStream *self,
                                 GBytes *bytes,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean fl_bluez_stream_send_finish (FlBluezStream *self, GAsyncResult *result, GError **error);
/* At once; no signal after it. */
void fl_bluez_stream_close (FlBluezStream *self);
gsize fl_bluez_stream_get_max_send (FlBluezStream *self);
const char *fl_bluez_stream_get_device (FlBluezStream *self);
/* (nullable) the characteristic to stop notifying, when it was started. */
const char *fl_bluez_stream_get_notifying (FlBluezStream *self);

G_END_DECLS
