/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-clock.h"
#include "fl-control-channel.h"

G_BEGIN_DECLS

/**
 * ScriptChannel:
 *
 * A control channel that answers as the test says, each request after 10 ms of virtual time. What
 * the script does not mention is not supported (-120).
 */
#define SCRIPT_TYPE_CHANNEL (script_channel_get_type ())
G_DECLARE_FINAL_TYPE (ScriptChannel, script_channel, SCRIPT, CHANNEL, GObject)

/* Instead of a result. */
#define SCRIPT_SILENT 1000 /* no answer */
#define SCRIPT_LOST   1001 /* the link goes away */

struct _ScriptChannel
{
  GObject parent_instance;

  FlClock *clock;
  GHashTable *answers;  /* type → GQueue of Answer */
  GString *log;         /* types, in order: "20 21 30" */
  GHashTable *payloads; /* type → FlSecret: the last one sent */
  GQueue *calls;        /* in flight */
  guint n_most;         /* most requests in flight at once */
  FlRoadKind road;
  guint n_rounds; /* times that something was sent with nothing in flight */
};

ScriptChannel *script_channel_new (FlClock *clock);
/* Answers to one type are given in the order in which they are added; the last one stays. @payload:
 * (transfer full) (nullable) */
void script_channel_answer (ScriptChannel *self, guint16 type, int code, FlSecret *payload);
/* Forgets all answers to @type. */
void script_channel_forget (ScriptChannel *self, guint16 type);
void script_channel_clear_log (ScriptChannel *self);

G_END_DECLS
