/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-serial-session.h"

#include "fl-serial-session-answers.h"
#include "fl-serial-session-input.h"

G_BEGIN_DECLS

typedef enum
{
  FL_SERIAL_STATE_IDLE,
  FL_SERIAL_STATE_ASKING,   /* a command of one letter */
  FL_SERIAL_STATE_DRAINING, /* before "w" */
  FL_SERIAL_STATE_OPENING,  /* "w" was sent */
  FL_SERIAL_STATE_DIALOGUE, /* questions come */
  FL_SERIAL_STATE_SAVING,
  FL_SERIAL_STATE_THANKS, /* it is saved; the rest of the text comes */
  FL_SERIAL_STATE_RECOVERING,
} FlSerialState;

struct _FlSerialSession
{
  FlSerialState state;
  gint64 last_us;  /* when something came last */
  gint64 limit_us; /* of the state; G_MAXINT64: none */
  gboolean stuck;
  gboolean saving;

  FlSerialInput input;
  FlSecret *out; /* (nullable) what is being sent */
  gsize out_sent;
  GQueue *events; /* FlSerialEvent */
  guint n_logs;   /* of the events */

  FlSerialAsk ask;

  /* The dialogue. */
  FlSerialAnswers answers;
  guint n_opened;          /* how often "w" was sent */
  FlSerialSaying question; /* answered last, FL_SERIAL_N_SAYINGS: none */
  guint n_asked[FL_SERIAL_N_SAYINGS];

  /* Recovering. */
  guint n_rounds;
  gboolean is_blind; /* what was typed last was no answer to a question that has been seen */
  gboolean heard;    /* and its line end has come back */
};

/* The only place where the state changes. */
void fl_serial_session_enter (FlSerialSession *self, FlSerialState state, gint64 limit_us);
void fl_serial_session_send (FlSerialSession *self, FlSecret *text); /* no echo is expected */
void fl_serial_session_send_letter (FlSerialSession *self, char letter);
FlSerialEvent *fl_serial_session_push (FlSerialSession *self, FlSerialEventKind kind);
/* @error: (transfer full) */
void fl_serial_session_fail (FlSerialSession *self, GError *error);
/* Lines of others become events; what may be the beginning of a saying stays. */
void fl_serial_session_log (FlSerialSession *self, gsize size_bytes);

/* The states of the "w" dialogue. */
void fl_serial_session_begin_dialogue (FlSerialSession *self, gint64 now_us);
void fl_serial_session_read_dialogue (FlSerialSession *self, gint64 now_us);
void fl_serial_session_tick_dialogue (FlSerialSession *self, gint64 now_us);
gint64 fl_serial_session_get_dialogue_deadline (FlSerialSession *self);

void fl_serial_session_read_recovery (FlSerialSession *self, gint64 now_us);
void fl_serial_session_tick_recovery (FlSerialSession *self, gint64 now_us);

G_END_DECLS
