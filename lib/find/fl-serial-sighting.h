/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-road.h"
#include "fl-serial-bus.h"

G_BEGIN_DECLS

/**
 * FlSerialSighting:
 *
 * One device whose serial port is, or was, there: its road, which stays the same over resets, under
 * another name of the port and when the cable goes into another socket.
 */
typedef struct
{
  FlRoad *road;       /* owned */
  FlSerialPort *port; /* (nullable) owned; NULL: not plugged in at the moment */
  char *serial_text;  /* (nullable) of its USB, which tells it from others */
  gboolean is_named;
} FlSerialSighting;

/* NULL: not one of ours. */
FlSerialSighting *fl_serial_sighting_new (FlSerialPort *port);
void fl_serial_sighting_free (gpointer sighting);

/* Whether what was unplugged came back with @port: in the same socket, or in another one (in which
 * case *@moved). Never without a serial text, but for the port that a person named: any device
 * could be the one. */
gboolean fl_serial_sighting_fits (FlSerialSighting *self, FlSerialPort *port, gboolean *moved);
gboolean fl_serial_sighting_may_return (FlSerialSighting *self);
void fl_serial_sighting_plug (FlSerialSighting *self, FlSerialPort *port);
void fl_serial_sighting_unplug (FlSerialSighting *self);
void fl_serial_sighting_update_problem (FlSerialSighting *self);

G_END_DECLS
