/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-usb-channel.h"
#include "fl-usb-session.h"

G_BEGIN_DECLS

typedef enum
{
  CHANNEL_CLOSED,
  CHANNEL_OPENING,
  CHANNEL_GREETING, /* the link is open; the version is asked for */
  CHANNEL_OPEN,
} ChannelState;

struct _FlUsbChannel
{
  GObject parent_instance;

  FlUsbLink *link;
  FlClock *clock;
  ChannelState state;
  guint generation; /* changes when the channel closes: what was started before is stale */

  GTask *connect_task;   /* (nullable) */
  FlUsbSession *session; /* when open */
  gboolean transferring;
  guint deadline_id;
  GHashTable *requests; /* handle → Request */
};

/* fl-usb-channel.c */
void fl_usb_channel_pump (FlUsbChannel *self);

/* fl-usb-channel-requests.c */
void fl_usb_channel_dispatch (FlUsbChannel *self, const FlUsbEvent *event);
void fl_usb_channel_fail_requests (FlUsbChannel *self, const GError *error);
void fl_usb_channel_request_free (gpointer data);
void fl_usb_channel_request_async (FlControlChannel *channel,
                                   guint16 type,
                                   FlSecret *payload,
                                   guint limit_ms,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GBytes *fl_usb_channel_request_finish (FlControlChannel *channel,
                                       GAsyncResult *result,
                                       int *code,
                                       GError **error);

G_END_DECLS
