/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-serial-driver.h"

#include "fl-control-capabilities.h"
#include "fl-error.h"
#include "fl-serial-session.h"

G_BEGIN_DECLS

typedef void (*FlSerialStep) (FlSerialDriver *self);
typedef void (*FlSerialOnEvent) (FlSerialDriver *self, FlSerialEvent *event);

/**
 * One operation at a time: fl-serial-driver.c (object, what the companion does), -talk.c
 * (operation, session and link), -open.c (connect, information), -listen.c (into listening mode,
 * out of a question), -join.c (the dialogue), -state.c (what came of it).
 */
struct _FlSerialDriver
{
  GObject parent_instance;

  FlSerialLink *link;
  FlDriver *companion; /* (nullable) */
  FlClock *clock;

  /* the device */
  int platform_id;
  FlFirmwareVersion version;
  FlDeviceMode mode; /* as last told */
  gboolean is_open;
  gboolean companion_is_open;
  gboolean is_stuck;         /* a dialogue was left in the middle of a question */
  gboolean led_to_listening; /* it ran before */

  /* the session over the link */
  FlSerialSession *session;
  FlSecret *out; /* (nullable) what is to be sent */
  gsize out_bytes;
  gboolean sending;
  guint generation; /* changes when the link goes: what was started before is stale */
  guint deadline_id;

  /* the operation */
  GTask *task; /* (nullable) */
  GSource *cancel;
  FlSerialOnEvent on_event; /* (nullable) */
  FlSerialStep on_lost;     /* (nullable): the port went; the operation goes on without */
  FlSerialStep next;        /* after a wait */
  FlSerialStep after;       /* of several steps */
  guint wait_id;
  guint n_asked;
  guint n_freed;        /* times that it was led out of a question */
  gboolean was_asked;   /* the dialogue had its first question */
  FlDeviceInfo *info;   /* (nullable) being read */
  FlDeviceState *state; /* (nullable) being read */

  /* the network */
  FlCredentials *credentials; /* (nullable) last sent, or being sent */
  gboolean is_saved;          /* the device has them, and went to try them */
  gboolean was_running;       /* it was seen out of listening mode since */
  gint64 saved_us;
  int log_code;  /* of the last join that the log tells of; 0 none */
  guint n_fails; /* joins in vain that it told of */
};

/* fl-serial-driver-talk.c: the operation. */
/* @task: (transfer full). FALSE: it ended at once, as the driver is busy or closed. */
gboolean fl_serial_driver_begin (FlSerialDriver *self, GTask *task);
/* @error: (transfer full) (nullable) */
void fl_serial_driver_end (FlSerialDriver *self, GError *error);
/* (transfer full) To be returned from by the caller. */
GTask *fl_serial_driver_steal_task (FlSerialDriver *self);
void fl_serial_driver_wait (FlSerialDriver *self, guint delay_ms, FlSerialStep next);
/* Whether @task is still the operation. */
gboolean fl_serial_driver_is_wanted (FlSerialDriver *self, GTask *task);
/* Moves what the session has to say, and its events. */
void fl_serial_driver_pump (FlSerialDriver *self);
void fl_serial_driver_ask (FlSerialDriver *self, FlSerialAsk what, FlSerialOnEvent on_event);
void fl_serial_driver_renew_session (FlSerialDriver *self);
void fl_serial_driver_on_received (FlLink *link, GBytes *chunk, FlSerialDriver *self);
void fl_serial_driver_on_closed (FlLink *link, const GError *reason, FlSerialDriver *self);

/* fl-serial-driver.c */
gboolean fl_serial_driver_has_companion (FlSerialDriver *self);
void fl_serial_driver_drop_companion (FlSerialDriver *self);
/* By the companion, without which it is refused. */
gboolean fl_serial_driver_tells_wifi (FlSerialDriver *self);

/* fl-serial-driver-open.c */
void fl_serial_driver_connect_async (FlDriver *driver, FL_DRIVER_ARGS);
void fl_serial_driver_read_info_async (FlDriver *driver, FL_DRIVER_ARGS);
void fl_serial_driver_read_modules_async (FlDriver *driver, FL_DRIVER_ARGS);

/* fl-serial-driver-listen.c */
/* Then @next, in listening mode as far as one can know, or the operation ends with an error. */
void fl_serial_driver_make_listen (FlSerialDriver *self, FlSerialStep next);
/* The console waits in a question: out of it, then @next. First by a request, then by answers. */
gboolean fl_serial_driver_can_free (FlSerialDriver *self);
void fl_serial_driver_free_console (FlSerialDriver *self, FlSerialStep next);
void fl_serial_driver_listen_async (FlDriver *driver, gboolean on, FL_DRIVER_ARGS);
void fl_serial_driver_leave_async (FlDriver *driver, FL_DRIVER_ARGS);
/* Leaves the device as it was, after the driver is gone. */
void fl_serial_driver_bid_farewell (FlSerialDriver *self);

/* fl-serial-driver-join.c */
void fl_serial_driver_join_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS);

/* fl-serial-driver-state.c */
void fl_serial_driver_read_state_async (FlDriver *driver, FL_DRIVER_ARGS);
/* A line of the application's log. */
void fl_serial_driver_take_log (FlSerialDriver *self, const char *line);

G_END_DECLS
