/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-road.h"
#include "fl-usb-bus.h"
#include "fl-usb-probe.h"

G_BEGIN_DECLS

/**
 * FlUsbSighting:
 *
 * One device that is, or was, plugged in: its road, which stays the same over resets and when the
 * cable goes into another socket.
 */
typedef struct
{
  FlRoad *road;        /* owned */
  FlUsbPort *port;     /* (nullable) owned; NULL: not plugged in at the moment */
  char *serial_text;   /* (nullable) the string descriptor, which tells it from others */
  GError *refusal;     /* (nullable) why a link could not be opened, where the port does not know */
  FlUsbProbe *probe;   /* (nullable) running */
  gboolean was_probed; /* since it was plugged in */
  guint n_links;       /* that others hold; the device takes one conversation at a time */
} FlUsbSighting;

/* NULL: not one of ours. */
FlUsbSighting *fl_usb_sighting_new (FlUsbPort *port);
void fl_usb_sighting_free (gpointer sighting);

/* Whether what was unplugged came back with @port: in the same socket, or in another one (in which
 * case *@moved). Never without a serial text: any device could be the one. */
gboolean fl_usb_sighting_fits (FlUsbSighting *self, FlUsbPort *port, gboolean *moved);
void fl_usb_sighting_plug (FlUsbSighting *self, FlUsbPort *port);
void fl_usb_sighting_unplug (FlUsbSighting *self);
/* The road's problem out of what is known. */
void fl_usb_sighting_update_problem (FlUsbSighting *self);
void fl_usb_sighting_take_answer (FlUsbSighting *self, const FlUsbAnswer *answer);
/* Whether there is something to ask and nobody else talks to it. */
gboolean fl_usb_sighting_wants_probe (FlUsbSighting *self);

G_END_DECLS
