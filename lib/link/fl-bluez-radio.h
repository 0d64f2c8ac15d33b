/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez.h"

G_BEGIN_DECLS

/**
 * FlBluezRadio:
 *
 * One Bluetooth adapter: its power, discovery on it, and whose turn it is to connect. Discovery
 * runs while somebody wants it and nobody holds it: connections need the air for themselves.
 *
 * Signals: "changed", when any of the answers below may have changed.
 */
#define FL_TYPE_BLUEZ_RADIO (fl_bluez_radio_get_type ())
G_DECLARE_FINAL_TYPE (FlBluezRadio, fl_bluez_radio, FL, BLUEZ_RADIO, GObject)

FlBluezRadio *fl_bluez_radio_new (FlBluez *bluez, const char *path);
void fl_bluez_radio_detach (FlBluezRadio *self); /* the adapter is gone */

const char *fl_bluez_radio_get_path (FlBluezRadio *self);
gboolean fl_bluez_radio_is_present (FlBluezRadio *self); /* FALSE after detach */
gboolean fl_bluez_radio_get_powered (FlBluezRadio *self);
gboolean fl_bluez_radio_get_listening (FlBluezRadio *self); /* our discovery runs */
/* Clock time since when it listens without a break; 0 when it does not. */
gint64 fl_bluez_radio_get_listening_since_us (FlBluezRadio *self);
/* (nullable) FL_ERROR: why it cannot be used now: off, blocked, busy, no permission, deaf. */
const GError *fl_bluez_radio_get_problem (FlBluezRadio *self);

/* Counted. Want: somebody likes to see devices. Search: a device that is about to be connected has
 * to be found. Rest: a fresh link would rather have the air for itself, but a search goes first.
 * Hold: a connection is being made; nothing goes before it. */
void fl_bluez_radio_want (FlBluezRadio *self, int change);
void fl_bluez_radio_search (FlBluezRadio *self, int change);
void fl_bluez_radio_rest (FlBluezRadio *self, int change);
void fl_bluez_radio_hold (FlBluezRadio *self, int change);
/* No discovery of ours runs or starts, and a hold keeps it so. */
gboolean fl_bluez_radio_is_quiet (FlBluezRadio *self);
/* The list of services changed. */
void fl_bluez_radio_listen_anew (FlBluezRadio *self);

/* BlueZ makes one connection at a time on an adapter: @owner queues for it. */
void fl_bluez_radio_enqueue (FlBluezRadio *self, gpointer owner);
gboolean fl_bluez_radio_has_turn (FlBluezRadio *self, gpointer owner);
void fl_bluez_radio_leave (FlBluezRadio *self, gpointer owner);
gboolean fl_bluez_radio_is_connecting (FlBluezRadio *self); /* somebody has, or waits for, it */

/* The result shows in the problem. */
void fl_bluez_radio_turn_on (FlBluezRadio *self);
void fl_bluez_radio_restart (FlBluezRadio *self);
void fl_bluez_radio_retry (FlBluezRadio *self);

G_END_DECLS
