/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-control-channel.h"
#include "fl-link.h"
#include "fl-random.h"

G_BEGIN_DECLS

/**
 * FlBleChannel:
 *
 * The control channel over the secure session of a Bluetooth link. The arithmetic of the handshake
 * runs in a thread, so that the main loop never waits for it.
 */
#define FL_TYPE_BLE_CHANNEL (fl_ble_channel_get_type ())
G_DECLARE_FINAL_TYPE (FlBleChannel, fl_ble_channel, FL, BLE_CHANNEL, GObject)

/* @random is called in another thread, never in two at once; @random_data must live as long as the
 * channel and its operations. */
FlControlChannel *
fl_ble_channel_new (FlLink *link, FlClock *clock, FlRandomFunc random, gpointer random_data);

G_END_DECLS
