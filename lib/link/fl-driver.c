/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-driver"
#include "config.h"

#include "fl-driver.h"

G_DEFINE_INTERFACE (FlDriver, fl_driver, G_TYPE_OBJECT)

enum
{
  SIGNAL_NETWORK_FOUND,
  SIGNAL_SENT,
  SIGNAL_CLOSED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
fl_driver_default_init (FlDriverInterface *iface)
{
  signals[SIGNAL_NETWORK_FOUND] =
      g_signal_new ("network-found", FL_TYPE_DRIVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, FL_TYPE_NETWORK);
  signals[SIGNAL_SENT] =
      g_signal_new ("sent", FL_TYPE_DRIVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", FL_TYPE_DRIVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

FlCapabilities
fl_driver_get_capabilities (FlDriver *self)
{
  g_return_val_if_fail (FL_IS_DRIVER (self), 0);

  return FL_DRIVER_GET_IFACE (self)->get_capabilities (self);
}

int
fl_driver_get_max_known (FlDriver *self)
{
  g_return_val_if_fail (FL_IS_DRIVER (self), 0);

  return FL_DRIVER_GET_IFACE (self)->get_max_known (self);
}

gboolean
fl_driver_finish (FlDriver *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

FlDeviceInfo *
fl_driver_read_info_finish (FlDriver *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GPtrArray *
fl_driver_list_known_finish (FlDriver *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

FlDeviceState *
fl_driver_read_state_finish (FlDriver *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
fl_driver_connect_async (FlDriver *self, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->connect_async (self, cancellable, callback, user_data);
}

void
fl_driver_secure_async (FlDriver *self, FlSecret *secret, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->secure_async (self, secret, cancellable, callback, user_data);
}

void
fl_driver_read_info_async (FlDriver *self, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->read_info_async (self, cancellable, callback, user_data);
}

void
fl_driver_scan_async (FlDriver *self, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->scan_async (self, cancellable, callback, user_data);
}

void
fl_driver_join_async (FlDriver *self, FlCredentials *credentials, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->join_async (self, credentials, cancellable, callback, user_data);
}

void
fl_driver_save_async (FlDriver *self, FlCredentials *credentials, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->save_async (self, credentials, cancellable, callback, user_data);
}

void
fl_driver_list_known_async (FlDriver *self, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->list_known_async (self, cancellable, callback, user_data);
}

void
fl_driver_remove_known_async (FlDriver *self, GBytes *ssid, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->remove_known_async (self, ssid, cancellable, callback, user_data);
}

void
fl_driver_identify_async (FlDriver *self, gboolean on, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->identify_async (self, on, cancellable, callback, user_data);
}

void
fl_driver_read_state_async (FlDriver *self, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->read_state_async (self, cancellable, callback, user_data);
}

void
fl_driver_listen_async (FlDriver *self, gboolean on, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->listen_async (self, on, cancellable, callback, user_data);
}

void
fl_driver_reset_async (FlDriver *self, FlResetKind kind, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->reset_async (self, kind, cancellable, callback, user_data);
}

void
fl_driver_leave_async (FlDriver *self, FL_DRIVER_ARGS)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->leave_async (self, cancellable, callback, user_data);
}

void
fl_driver_close (FlDriver *self)
{
  g_return_if_fail (FL_IS_DRIVER (self));

  FL_DRIVER_GET_IFACE (self)->close (self);
}

void
fl_driver_emit_network_found (FlDriver *self, FlNetwork *network)
{
  g_signal_emit (self, signals[SIGNAL_NETWORK_FOUND], 0, network);
}

void
fl_driver_emit_sent (FlDriver *self)
{
  g_signal_emit (self, signals[SIGNAL_SENT], 0);
}

void
fl_driver_emit_closed (FlDriver *self, const GError *reason)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, reason);
}
