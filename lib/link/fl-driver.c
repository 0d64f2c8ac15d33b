/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-driver"
#include "config.h"

#include "fl-driver.h"

#include "fl-error.h"

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

const FlEnterpriseLimits *
fl_driver_get_enterprise_limits (FlDriver *self)
{
  FlDriverInterface *iface = NULL;

  g_return_val_if_fail (FL_IS_DRIVER (self), NULL);

  iface = FL_DRIVER_GET_IFACE (self);
  if (iface->get_enterprise_limits == NULL ||
      (fl_driver_get_capabilities (self) & FL_CAN_ENTERPRISE) == 0)
    return NULL;
  return iface->get_enterprise_limits (self);
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

static gboolean
refuse (FlDriver *self, gboolean has, FL_DRIVER_ARGS)
{
  if (has)
    return FALSE;
  g_task_report_new_error (self, callback, user_data, refuse, FL_ERROR, FL_ERROR_UNSUPPORTED,
                           "%s cannot do this", G_OBJECT_TYPE_NAME (self));
  return TRUE;
}

void
fl_driver_join_known_async (FlDriver *self, GBytes *ssid, FL_DRIVER_ARGS)
{
  FlDriverInterface *iface = FL_DRIVER_GET_IFACE (self);

  g_return_if_fail (ssid != NULL);

  if (!refuse (self, iface->join_known_async != NULL, cancellable, callback, user_data))
    iface->join_known_async (self, ssid, cancellable, callback, user_data);
}

void
fl_driver_read_modules_async (FlDriver *self, FL_DRIVER_ARGS)
{
  FlDriverInterface *iface = FL_DRIVER_GET_IFACE (self);

  if (!refuse (self, iface->read_modules_async != NULL, cancellable, callback, user_data))
    iface->read_modules_async (self, cancellable, callback, user_data);
}

GPtrArray *
fl_driver_read_modules_finish (FlDriver *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
fl_driver_read_setup_done_async (FlDriver *self, FL_DRIVER_ARGS)
{
  FlDriverInterface *iface = FL_DRIVER_GET_IFACE (self);

  if (!refuse (self, iface->read_setup_done_async != NULL, cancellable, callback, user_data))
    iface->read_setup_done_async (self, cancellable, callback, user_data);
}

/* Implementations return the bit as an int. */
gboolean
fl_driver_read_setup_done_finish (FlDriver *self,
                                  GAsyncResult *result,
                                  gboolean *done,
                                  GError **error)
{
  gssize value;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  value = g_task_propagate_int (G_TASK (result), error);
  *done = value > 0;
  return value >= 0;
}

void
fl_driver_set_setup_done_async (FlDriver *self, gboolean done, FL_DRIVER_ARGS)
{
  FlDriverInterface *iface = FL_DRIVER_GET_IFACE (self);

  if (!refuse (self, iface->set_setup_done_async != NULL, cancellable, callback, user_data))
    iface->set_setup_done_async (self, done, cancellable, callback, user_data);
}

void
fl_driver_request_async (FlDriver *self, guint16 type, FlSecret *payload, FL_DRIVER_ARGS)
{
  FlDriverInterface *iface = FL_DRIVER_GET_IFACE (self);

  if (!refuse (self, iface->request_async != NULL, cancellable, callback, user_data))
    iface->request_async (self, type, payload, cancellable, callback, user_data);
}

/* Implementations put the device's result into the task's data, GINT_TO_POINTER(). */
GBytes *
fl_driver_request_finish (FlDriver *self, GAsyncResult *result, int *code, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (code != NULL)
    *code = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_pointer (G_TASK (result), error);
}
