/* SPDX-License-Identifier: Apache-2.0 */
/* Gen 2: scan, stored networks and state. */
#define G_LOG_DOMAIN "fl-control-driver"
#include "config.h"

#include "fl-control-old.h"

#include "fl-old-wifi.h"
#include "fl-reply-body.h"

gboolean
fl_control_old_return_failure (GTask *task, guint16 type, int code, GError *error)
{
  FlControlDriver *self = g_task_get_source_object (task);

  if (error == NULL && code == FL_RESULT_NOT_SUPPORTED)
    {
      self->device.old_wifi_refused = TRUE;
      return fl_control_old_return_unable (task, FL_CAN_SCAN);
    }
  return fl_control_driver_return_failure (task, type, code, error);
}

gboolean
fl_control_old_return_unable (GTask *task, FlCapabilities capability)
{
  FlControlDriver *self = g_task_get_source_object (task);
  FlCapabilities can = fl_control_get_capabilities (&self->device);

  if ((can & capability) != 0 || self->device.is_protected || (can & FL_CAN_SCAN) != 0)
    return fl_control_driver_return_unable (task, capability);
  g_task_return_new_error (task, FL_ERROR, FL_ERROR_UNSUPPORTED,
                           "Device OS 2.0 and later of a Photon or P1 takes networks by its serial "
                           "port in listening mode, or by its own access point");
  return TRUE;
}

static void
on_scan_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  FlDriver *driver = g_task_get_source_object (task);
  g_autoptr (GPtrArray) networks = NULL;

  if (fl_control_old_return_failure (task, type, code, error))
    return;
  networks = fl_old_wifi_unpack_networks (g_bytes_get_data (payload, NULL),
                                          g_bytes_get_size (payload), &error);
  if (networks == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < networks->len; i++)
    fl_driver_emit_network_found (driver, networks->pdata[i]);
  g_task_return_boolean (task, TRUE);
}

static void
old_scan_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, old_scan_async);
  if (!fl_control_old_return_unable (task, FL_CAN_SCAN))
    fl_control_driver_send (task, FL_REQUEST_OLD_SCAN, NULL, FL_CONTROL_OLD_LIMIT_MS,
                            on_scan_reply);
}

static void
on_known_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  GPtrArray *networks = NULL;

  if (fl_control_old_return_failure (task, type, code, error))
    return;
  networks = fl_old_wifi_unpack_networks (g_bytes_get_data (payload, NULL),
                                          g_bytes_get_size (payload), &error);
  if (networks != NULL)
    g_task_return_pointer (task, networks, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
old_list_known_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, old_list_known_async);
  if (!fl_control_old_return_unable (task, FL_CAN_LIST_KNOWN))
    fl_control_driver_send (task, FL_REQUEST_OLD_GET_CREDENTIALS, NULL, FL_CONTROL_LIMIT_MS,
                            on_known_reply);
}

static void
on_cleared (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  if (!fl_control_old_return_failure (task, type, code, error))
    g_task_return_boolean (task, TRUE);
}

/* All or nothing; and what was removed cannot be put back, for the device keeps the passwords to
 * itself. */
static void
old_remove_known_async (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, old_remove_known_async);
  if (ssid != NULL)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_UNSUPPORTED,
                             "This device forgets all its networks, or none");
  else if (!fl_control_old_return_unable (task, FL_CAN_LIST_KNOWN))
    fl_control_driver_send (task, FL_REQUEST_OLD_CLEAR_CREDENTIALS, NULL, FL_CONTROL_LIMIT_MS,
                            on_cleared);
}

/* It tries what it has stored in its own order. */
static void
old_join_known_async (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, old_join_known_async);
  fl_control_old_return_unable (task, FL_CAN_JOIN_KNOWN);
}

typedef struct
{
  FlDeviceState *state;
  guint n_pending;
  gboolean any;
  int refusal;
  guint16 refused_type;
  GError *error; /* (nullable) the first of the channel */
} ReadState;

static void
read_state_free (gpointer data)
{
  ReadState *op = data;

  g_clear_pointer (&op->state, fl_device_state_free);
  g_clear_error (&op->error);
  g_free (op);
}

static void
finish_state (GTask *task)
{
  FlControlDriver *self = g_task_get_source_object (task);
  ReadState *op = g_task_get_task_data (task);

  if (op->error != NULL)
    g_task_return_error (task, g_steal_pointer (&op->error));
  else if (!op->any)
    g_task_return_error (task, fl_result_to_error (op->refusal, op->refused_type));
  else
    {
      if (op->state->mode != FL_MODE_UNKNOWN)
        self->mode = op->state->mode;
      g_task_return_pointer (task, g_steal_pointer (&op->state),
                             (GDestroyNotify) fl_device_state_free);
    }
}

static void
on_state_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  ReadState *op = g_task_get_task_data (task);
  int value = -1;

  if (error != NULL && op->error == NULL)
    op->error = g_steal_pointer (&error);
  g_clear_error (&error);
  if (payload != NULL && code < 0)
    {
      op->refusal = code;
      op->refused_type = type;
    }
  else if (payload != NULL)
    {
      op->any = TRUE;
      fl_reply_unpack_number (type, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload),
                              &value, NULL);
      if (type == FL_REQUEST_GET_DEVICE_MODE)
        op->state->mode = fl_control_mode_from_particle (value);
      else
        op->state->cloud = fl_control_cloud_from_particle (value);
    }
  if (--op->n_pending == 0)
    finish_state (task);
}

/* Of Wi-Fi it tells nothing; both numbers since 1.1.0. */
static void
old_read_state_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);
  ReadState *op = g_new0 (ReadState, 1);

  g_task_set_source_tag (task, old_read_state_async);
  g_task_set_task_data (task, op, read_state_free);
  op->state = fl_device_state_new ();
  op->n_pending = 2;
  fl_control_driver_send (task, FL_REQUEST_GET_DEVICE_MODE, NULL, FL_CONTROL_LIMIT_MS,
                          on_state_reply);
  fl_control_driver_send (task, FL_REQUEST_CLOUD_GET_STATUS, NULL, FL_CONTROL_LIMIT_MS,
                          on_state_reply);
}

const FlControlGeneration fl_control_old = {
  .max_known = FL_OLD_WIFI_MAX_KNOWN,
  .scan_async = old_scan_async,
  .join_async = fl_control_old_join_async,
  .save_async = fl_control_old_save_async,
  .list_known_async = old_list_known_async,
  .remove_known_async = old_remove_known_async,
  .join_known_async = old_join_known_async,
  .read_state_async = old_read_state_async,
};
