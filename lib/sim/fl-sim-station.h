/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-device.h"

G_BEGIN_DECLS

/* How an attempt to associate ends, before a firmware turns it into a number. */
typedef enum
{
  FL_SIM_JOIN_OK,
  FL_SIM_JOIN_NOT_FOUND,
  FL_SIM_JOIN_KEY_LENGTH,
  FL_SIM_JOIN_REFUSED,         /* wrong password, wrong security, MAC filter */
  FL_SIM_JOIN_NO_ANSWER,       /* too far */
  FL_SIM_JOIN_LOGIN_REFUSED,   /* by the network's server */
  FL_SIM_JOIN_SERVER_DOUBTFUL, /* by the device, which does not trust the server */
  FL_SIM_JOIN_SKIPPED,         /* the stored entry is not understood */
} FlSimJoinOutcome;

/**
 * FlSimStation:
 *
 * The Wi-Fi of a simulated device, where it is a real radio and not the scenario's networks: what
 * it finds, whether it can join, which address it gets, and whether it reaches its service. The
 * firmware above it stays the simulated one, with its own numbers and quirks. scan(), join() and
 * reach() each end in one fl_sim_device_hear_…(), never from within the call. A new join() or
 * leave() ends the join() and the network before, part() or a new reach() the reach() before, and
 * these are not heard of any more. A device never asks to scan and to join at once.
 */
#define FL_TYPE_SIM_STATION (fl_sim_station_get_type ())
G_DECLARE_INTERFACE (FlSimStation, fl_sim_station, FL, SIM_STATION, GObject)

struct _FlSimStationInterface
{
  GTypeInterface parent_interface;

  void (*scan) (FlSimStation *self);
  /* Association with the network's login or password; then an address. */
  void (*join) (FlSimStation *self, const FlSimKnown *wanted);
  void (*leave) (FlSimStation *self);
  /* Over the network it is in: connect to the service, and stay; @device_id is told to it. */
  void (*reach) (FlSimStation *self, const char *device_id);
  void (*part) (FlSimStation *self);
};

void fl_sim_station_scan (FlSimStation *self);
void fl_sim_station_join (FlSimStation *self, const FlSimKnown *wanted);
void fl_sim_station_leave (FlSimStation *self);
void fl_sim_station_reach (FlSimStation *self, const char *device_id);
void fl_sim_station_part (FlSimStation *self);

/* Before the device starts. (nullable): the scenario's networks, as at first */
void fl_sim_device_set_station (FlSimDevice *self, FlSimStation *station);

/* What the radio tells the device. Of FlSimNetworkSpec, (transfer full). */
void fl_sim_device_hear_scan (FlSimDevice *self, GPtrArray *networks, gint64 now_us);
/* @network: (nullable) (transfer full) the access point, with FL_SIM_JOIN_OK. */
void fl_sim_device_hear_join (FlSimDevice *self,
                              FlSimJoinOutcome outcome,
                              FlSimNetworkSpec *network,
                              gint64 now_us);
/* IPv4 in network order; 0: it has lost it. */
void fl_sim_device_hear_address (FlSimDevice *self, guint32 address, guint8 prefix, gint64 now_us);
void fl_sim_device_hear_loss (FlSimDevice *self, gint64 now_us); /* of the network it was in */
void fl_sim_device_hear_service (FlSimDevice *self, gboolean is_reached, gint64 now_us);

G_END_DECLS
