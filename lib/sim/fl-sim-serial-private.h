/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-serial-server.h"
#include "fl-sim-device-private.h"
#include "fl-sim-wifi.h"

G_BEGIN_DECLS

/* For the serial side of the simulated device only: its insides, which stay when nobody has the
 * port open. */
struct _FlSimSerial
{
  FlSerialServer *server; /* (nullable): nobody has opened the port since it started */
  gboolean was_stuck;     /* the fault has done its work */
  gint64 now_us;          /* while the server is at work */
  gint64 leave_us;        /* when it leaves listening mode */
  int network_error;      /* of the latest vain attempt to join; 0: none */
  gboolean is_open;       /* somebody reads what the application prints */
  GString *printed;
};

FlSimSerial *fl_sim_serial_new (void);
void fl_sim_serial_free (FlSimSerial *self);
/* A reset: the console begins anew. */
void fl_sim_serial_power_off (FlSimDevice *device);
gint64 fl_sim_serial_get_deadline (FlSimSerial *self);
void fl_sim_serial_run (FlSimDevice *device, gint64 now_us); /* at the deadline */
/* An attempt to join ended. */
void fl_sim_serial_note_join (FlSimDevice *device,
                              const FlSimKnown *known,
                              FlSimJoinOutcome outcome,
                              gint64 now_us);
/* Borrowed; knows whether it listens. */
FlSerialServer *fl_sim_serial_get_server (FlSimDevice *device, gint64 now_us);
/* Whether the fault's prompt is @saying; the two questions about security have one name. */
gboolean fl_sim_serial_is_prompt (const FlSimFault *fault, FlSerialSaying saying);

/* fl-sim-serial-save.c */
FlSerialSave fl_sim_serial_save (FlSimDevice *device, const FlSerialTyped *typed);
/* fl-sim-serial-answer.c: (transfer full) */
FlSecret *fl_sim_serial_answer (FlSimDevice *device, char letter, gint64 now_us);

G_END_DECLS
