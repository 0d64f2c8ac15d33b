/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

#include "fl-road.h"
#include "fl-secret.h"

G_BEGIN_DECLS

/**
 * FlControlChannel:
 *
 * Particle's request and reply, over the secure Bluetooth session or USB service requests. Several
 * requests may be in flight; each has its own time limit.
 *
 * Signals: "sent" (guint type), when the last byte of a request has left this computer; "closed"
 * (GError *reason, (nullable)).
 */
#define FL_TYPE_CONTROL_CHANNEL (fl_control_channel_get_type ())
G_DECLARE_INTERFACE (FlControlChannel, fl_control_channel, FL, CONTROL_CHANNEL, GObject)

struct _FlControlChannelInterface
{
  GTypeInterface g_iface;

  void (*connect_async) (FlControlChannel *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  void (*secure_async) (FlControlChannel *self,
                        FlSecret *secret,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  void (*request_async) (FlControlChannel *self,
                         guint16 type,
                         FlSecret *payload,
                         guint limit_ms,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
  GBytes *(*request_finish) (FlControlChannel *self,
                             GAsyncResult *result,
                             int *code,
                             GError **error);
  void (*close) (FlControlChannel *self);
  FlRoadKind (*get_road) (FlControlChannel *self); /* NULL: Bluetooth */
};

/* What a device answers while it is protected differs by road. */
FlRoadKind fl_control_channel_get_road (FlControlChannel *self);

/* Opens the link. */
void fl_control_channel_connect_async (FlControlChannel *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* Handshake; at once done on roads that need none. */
void fl_control_channel_secure_async (FlControlChannel *self,
                                      FlSecret *secret,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean fl_control_channel_finish (FlControlChannel *self, GAsyncResult *result, GError **error);
/* @payload: (nullable) message bytes; an FlSecret because some carry passwords. No reply in
 * @limit_ms gives FL_ERROR_DEVICE_SILENT, a link that goes away FL_ERROR_LINK_LOST. */
void fl_control_channel_request_async (FlControlChannel *self,
                                       guint16 type,
                                       FlSecret *payload,
                                       guint limit_ms,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* @code: the device's result, 0 or negative. Returns the reply's payload (never NULL, may be
 * empty), (transfer full). */
GBytes *fl_control_channel_request_finish (FlControlChannel *self,
                                           GAsyncResult *result,
                                           int *code,
                                           GError **error);
void fl_control_channel_close (FlControlChannel *self);
void fl_control_channel_emit_sent (FlControlChannel *self, guint16 type);
void fl_control_channel_emit_closed (FlControlChannel *self, const GError *reason);

G_END_DECLS
