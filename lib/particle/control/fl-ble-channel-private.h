/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-ble-channel.h"
#include "fl-secure-session.h"

G_BEGIN_DECLS

typedef enum
{
  CHANNEL_CLOSED,
  CHANNEL_OPENING,
  CHANNEL_LINKED, /* the link is open, nothing proven yet */
  CHANNEL_SECURING,
  CHANNEL_OPEN,
} ChannelState;

struct _FlBleChannel
{
  GObject parent_instance;

  FlLink *link;
  FlClock *clock;
  FlRandomFunc random;
  gpointer random_data;

  ChannelState state;
  guint generation; /* changes when the channel closes: what was started before is stale */

  GTask *connect_task; /* (nullable) */
  GTask *secure_task;  /* (nullable) */
  GSource *secure_cancel;

  FlSecureSession *session; /* NULL while a thread has it */
  gboolean computing;
  GByteArray *inbox;    /* what arrived while nobody could read it */
  gboolean link_closed; /* while computing */
  GError *link_reason;  /* (nullable) the reason then */

  gboolean sending;
  guint deadline_id;

  GHashTable *requests; /* id → Request */
  GQueue *unsent;       /* Request, not yet wholly sent, in order; borrowed */
  guint16 last_id;
  guint64 queued_bytes, sent_bytes; /* of request frames, since the channel opened */
};

/* fl-ble-channel.c */
void fl_ble_channel_pump (FlBleChannel *self);
/* Ends everything under way with @error. @reason: (nullable) what "closed" carries. */
void fl_ble_channel_shut (FlBleChannel *self, const GError *error, const GError *reason);

/* (nullable) reason of the link. A thread that computes is waited for first. */
void fl_ble_channel_handle_link_closed (FlBleChannel *self, const GError *reason);

/* fl-ble-channel-step.c: makes the session from @secret, or goes on with it when that is NULL, and
 * feeds it the inbox, in a thread. */
void fl_ble_channel_start_step (FlBleChannel *self, FlSecret *secret);

/* fl-ble-channel-requests.c */
void fl_ble_channel_start_request (FlBleChannel *self,
                                   GTask *task,
                                   guint16 type,
                                   FlSecret *payload,
                                   guint limit_ms);
void fl_ble_channel_note_sent (FlBleChannel *self, gsize n_bytes);
void fl_ble_channel_dispatch (FlBleChannel *self, FlSecureMessage *message);
void fl_ble_channel_fail_requests (FlBleChannel *self, const GError *error);
void fl_ble_channel_request_free (gpointer data);
/* (transfer full) (nullable) */
GBytes *fl_ble_channel_take_reply (GTask *task, int *code, GError **error);

G_END_DECLS
