/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device.h"
#include "fl-sim-gatt.h"

G_BEGIN_DECLS

typedef enum
{
  FL_SIM_OPEN,
  FL_SIM_CLOSED_BY_CLIENT,
  FL_SIM_CLOSED_BY_DEVICE,
  FL_SIM_CLOSED_TIMEOUT, /* out of reach: the supervision time-out of the link */
} FlSimClosed;

/**
 * FlSimConnection:
 *
 * One Bluetooth connection to a simulated device, seen from the central's side of the radio. Pure:
 * a shell tells it the time and moves the packets.
 *
 * Packets move only at connection events, every "interval-ms" from the moment of connecting, at
 * most "packets" of them in each direction: those that the client had written before the event, one
 * after another at the speed of the air, and those that the device had ready before it. So a
 * question that is written before one event is answered at the next at the earliest. The device
 * looks at what it got a millisecond later, unless it is busy.
 *
 * A shell's loop: connect, exchange the MTU, list the services, read the version, subscribe, then
 * write; after each call and at each deadline: tick, take until NULL, ask whether it is closed.
 */
typedef struct _FlSimConnection FlSimConnection;

/* How long the shell waits before it calls fl_sim_device_connect(): what connecting takes. */
gint64 fl_sim_device_get_connect_time (FlSimDevice *device);
/* FL_ERROR_CONNECT_FAILED: not there, taken, or a fault; FL_ERROR_BLUETOOTH_BUSY: the computer's
 * adapter holds no more links. */
FlSimConnection *fl_sim_device_connect (FlSimDevice *device, gint64 now_us, GError **error);
/* Closes it, too. */
void fl_sim_connection_free (FlSimConnection *self);
void fl_sim_connection_close (FlSimConnection *self, gint64 now_us); /* by the client */

guint fl_sim_connection_list_services (FlSimConnection *self,
                                       FlSimService services[FL_SIM_MAX_SERVICES]);
/* Value of the version characteristic; the other readable ones have none. (transfer full) */
GBytes *fl_sim_connection_read_version (FlSimConnection *self);
/* ATT_MTU becomes the smaller of both; it is 23 before. Returns it. */
guint fl_sim_connection_exchange_mtu (FlSimConnection *self, guint client_mtu);
guint fl_sim_connection_get_mtu (FlSimConnection *self);
/* The CCCD of TX: nothing is sent while it is off, it waits. */
void fl_sim_connection_subscribe (FlSimConnection *self, gboolean on);
/* A write to RX, with or without response. FALSE: closed, or longer than ATT_MTU - 3 bytes. */
gboolean fl_sim_connection_write (FlSimConnection *self,
                                  const guint8 *data,
                                  gsize size_bytes,
                                  gint64 now_us);
guint fl_sim_connection_get_n_unsent (FlSimConnection *self); /* writes that wait for an event */
/* The next notification that has arrived, or NULL. (transfer full) */
GBytes *fl_sim_connection_take (FlSimConnection *self);

void fl_sim_connection_tick (FlSimConnection *self, gint64 now_us);
gint64 fl_sim_connection_get_deadline (FlSimConnection *self);
FlSimClosed fl_sim_connection_is_closed (FlSimConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSimConnection, fl_sim_connection_free)

G_END_DECLS
