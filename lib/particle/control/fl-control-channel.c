/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-control-channel"
#include "config.h"

#include "fl-control-channel.h"

G_DEFINE_INTERFACE (FlControlChannel, fl_control_channel, G_TYPE_OBJECT)

static guint sent_signal;
static guint closed_signal;

static void
fl_control_channel_default_init (FlControlChannelInterface *iface)
{
  sent_signal = g_signal_new ("sent", FL_TYPE_CONTROL_CHANNEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  closed_signal = g_signal_new ("closed", FL_TYPE_CONTROL_CHANNEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

FlRoadKind
fl_control_channel_get_road (FlControlChannel *self)
{
  FlControlChannelInterface *iface = FL_CONTROL_CHANNEL_GET_IFACE (self);

  g_return_val_if_fail (FL_IS_CONTROL_CHANNEL (self), FL_ROAD_BLUETOOTH);

  return iface->get_road != NULL ? iface->get_road (self) : FL_ROAD_BLUETOOTH;
}

void
fl_control_channel_connect_async (FlControlChannel *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (FL_IS_CONTROL_CHANNEL (self));

  FL_CONTROL_CHANNEL_GET_IFACE (self)->connect_async (self, cancellable, callback, user_data);
}

void
fl_control_channel_secure_async (FlControlChannel *self,
                                 FlSecret *secret,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_return_if_fail (FL_IS_CONTROL_CHANNEL (self));

  FL_CONTROL_CHANNEL_GET_IFACE (self)->secure_async (self, secret, cancellable, callback,
                                                     user_data);
}

gboolean
fl_control_channel_finish (FlControlChannel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
fl_control_channel_request_async (FlControlChannel *self,
                                  guint16 type,
                                  FlSecret *payload,
                                  guint limit_ms,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (FL_IS_CONTROL_CHANNEL (self));

  FL_CONTROL_CHANNEL_GET_IFACE (self)->request_async (self, type, payload, limit_ms, cancellable,
                                                      callback, user_data);
}

GBytes *
fl_control_channel_request_finish (FlControlChannel *self,
                                   GAsyncResult *result,
                                   int *code,
                                   GError **error)
{
  g_return_val_if_fail (FL_IS_CONTROL_CHANNEL (self), NULL);

  return FL_CONTROL_CHANNEL_GET_IFACE (self)->request_finish (self, result, code, error);
}

void
fl_control_channel_close (FlControlChannel *self)
{
  g_return_if_fail (FL_IS_CONTROL_CHANNEL (self));

  FL_CONTROL_CHANNEL_GET_IFACE (self)->close (self);
}

void
fl_control_channel_emit_sent (FlControlChannel *self, guint16 type)
{
  g_signal_emit (self, sent_signal, 0, (guint) type);
}

void
fl_control_channel_emit_closed (FlControlChannel *self, const GError *reason)
{
  g_signal_emit (self, closed_signal, 0, reason);
}
