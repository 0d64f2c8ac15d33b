/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-credentials.h"
#include "fl-serial-prompt.h"

G_BEGIN_DECLS

/* Commands of one letter that answer; PROTOCOL.md, "Command letters". */
typedef enum
{
  FL_SERIAL_ASK_IDENTITY = 'i',
  FL_SERIAL_ASK_VERSION = 'v',
  FL_SERIAL_ASK_MAC = 'm',
  FL_SERIAL_ASK_MODULES = 's',
  FL_SERIAL_ASK_CLAIMED = 'c',
  FL_SERIAL_ASK_DIAGNOSTICS = 'd',
} FlSerialAsk;

typedef enum
{
  FL_SERIAL_EVENT_ANSWER,   /* to fl_serial_session_ask(): text */
  FL_SERIAL_EVENT_QUESTION, /* the dialogue asks saying; for progress */
  FL_SERIAL_EVENT_SAVING,   /* everything was said, the device stores */
  FL_SERIAL_EVENT_SAVED,
  FL_SERIAL_EVENT_FREE,   /* after recover: the console takes commands again */
  FL_SERIAL_EVENT_FAILED, /* error; the command is over */
  FL_SERIAL_EVENT_LOG, /* text: a whole line that is none of ours, bounded, no secret of ours in it
                        */
} FlSerialEventKind;

/* Owned by the reader: fl_serial_event_clear(). */
typedef struct
{
  FlSerialEventKind kind;
  FlSerialAsk ask;       /* of an answer */
  FlSerialSaying saying; /* of a question */
  FlSecret *text;        /* (nullable): answers may hold the device's secret */
  GError *error;         /* (nullable) */
} FlSerialEvent;

void fl_serial_event_clear (FlSerialEvent *event);

/**
 * FlSerialSession:
 *
 * Our half of a device's console in listening mode, driven by its prompts: the device decides after
 * a search of its own what it asks. Pure: bytes and time in, bytes and events out. One command at a
 * time. What is echoed is taken out byte by byte and never shown; answers are never sent before
 * their prompt.
 *
 * Errors: FL_ERROR_NOT_LISTENING (no first prompt), FL_ERROR_DEVICE_SILENT, FL_ERROR_INVALID_INPUT
 * (a sentence: what the device refused, or asked for that the credentials do not have),
 * FL_ERROR_UNEXPECTED (a prompt that is not known, too many repeats), FL_ERROR_UNSUPPORTED (an
 * enterprise network on a device without), FL_ERROR_DEVICE_BUSY (out of memory).
 */
typedef struct _FlSerialSession FlSerialSession;

FlSerialSession *fl_serial_session_new (void);
void fl_serial_session_free (FlSerialSession *self);

void fl_serial_session_ask (FlSerialSession *self, FlSerialAsk what, gint64 now_us);
/* The "w" dialogue. Everything is checked against the console's rules before the first byte is
 * sent: lengths, control bytes, PEM lines and budgets. FALSE: FL_ERROR_INVALID_INPUT, nothing was
 * sent. */
gboolean fl_serial_session_join (FlSerialSession *self,
                                 FlCredentials *credentials,
                                 gint64 now_us,
                                 GError **error);
/* 'x': leaves listening mode; 'L': restarts into it. No answer. */
void fl_serial_session_leave (FlSerialSession *self, gint64 now_us);
void fl_serial_session_restart (FlSerialSession *self, gint64 now_us);
/* A console that is stuck in a prompt: empty lines until it takes commands again. It may store
 * nonsense for an open or enterprise network, so a reset is to be preferred where there is one. */
void fl_serial_session_recover (FlSerialSession *self, gint64 now_us);
gboolean fl_serial_session_is_busy (FlSerialSession *self); /* a command runs */
/* A dialogue was begun and not finished: the console is in the middle of a prompt. */
gboolean fl_serial_session_is_stuck (FlSerialSession *self);
/* The credentials are all there, and may be stored whatever happens to the link now. */
gboolean fl_serial_session_is_saving (FlSerialSession *self);

void
fl_serial_session_feed (FlSerialSession *self, const guint8 *data, gsize size_bytes, gint64 now_us);
void fl_serial_session_tick (FlSerialSession *self, gint64 now_us);
gint64 fl_serial_session_get_deadline (FlSerialSession *self); /* G_MAXINT64: none */
/* (transfer full) (nullable) What to send now; at most 512 bytes at a time. */
FlSecret *fl_serial_session_take (FlSerialSession *self);
/* FALSE: none. */
gboolean fl_serial_session_next_event (FlSerialSession *self, FlSerialEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FlSerialSession, fl_serial_session_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FlSerialEvent, fl_serial_event_clear)

G_END_DECLS
