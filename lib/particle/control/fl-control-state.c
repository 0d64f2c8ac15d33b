/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-control-driver"
#include "config.h"

#include "fl-control-driver-private.h"

#include "fl-reply-body.h"

typedef struct
{
  FlDeviceState *state;
  guint n_pending;
  gboolean any;  /* something was learned */
  GError *error; /* (nullable) the first of the channel */
  int refusal;   /* first negative result that means trouble */
  guint16 refused_type;
} ReadState;

static void
read_state_free (gpointer data)
{
  ReadState *op = data;

  g_clear_pointer (&op->state, fl_device_state_free);
  g_clear_error (&op->error);
  g_free (op);
}

FlDeviceMode
fl_control_mode_from_particle (int value)
{
  if (value == 0)
    return FL_MODE_RUNNING;
  return value == 1 ? FL_MODE_LISTENING : FL_MODE_UNKNOWN;
}

FlDeviceMode
fl_control_driver_weigh_mode (FlControlDriver *self, int value)
{
  FlDeviceMode mode = fl_control_mode_from_particle (value);

  return mode == FL_MODE_RUNNING && self->in_safe_mode ? FL_MODE_SAFE : mode;
}

FlCloudState
fl_control_cloud_from_particle (int value)
{
  static const FlCloudState states[] = { FL_CLOUD_DISCONNECTED, FL_CLOUD_CONNECTING,
                                         FL_CLOUD_CONNECTED, FL_CLOUD_DISCONNECTING };

  return value >= 0 && value < (int) G_N_ELEMENTS (states) ? states[value] : FL_CLOUD_UNKNOWN;
}

static void
finish (GTask *task)
{
  FlControlDriver *self = g_task_get_source_object (task);
  ReadState *op = g_task_get_task_data (task);

  if (op->error != NULL)
    g_task_return_error (task, g_steal_pointer (&op->error));
  else if (op->refusal == FL_RESULT_PROTECTED || (!op->any && op->refusal < 0))
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
take_interface (FlDeviceState *state, const FlInterface *interface)
{
  const guint8 *mac = interface->mac;
  g_autoptr (GStrvBuilder) addresses = g_strv_builder_new ();

  state->wifi_known = TRUE;
  state->wifi_up = (interface->flags & FL_INTERFACE_FLAG_UP) != 0;
  state->wifi_link = (interface->flags & FL_INTERFACE_FLAG_LOWER_UP) != 0;
  state->has_ipv4 = fl_interface_has_ipv4 (interface);
  for (guint i = 0; i < interface->n_addresses; i++)
    {
      g_autofree char *address = fl_interface_dup_address (interface, i);

      g_strv_builder_add (addresses, address);
    }
  state->addresses = g_strv_builder_end (addresses);
  if (interface->has_mac)
    state->mac = g_strdup_printf ("%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3],
                                  mac[4], mac[5]);
}

static void
read_current (FlDeviceState *state, const guint8 *data, gsize size_bytes)
{
  g_autoptr (FlNetwork) network = fl_reply_unpack_current (data, size_bytes, NULL);

  if (network == NULL)
    return;
  state->ssid = g_bytes_ref (fl_network_get_ssid (network));
  state->channel = fl_network_get_channel (network);
  state->rssi_dbm = fl_network_get_rssi (network);
}

static void ask_interface (GTask *task);

static void
read_interface (GTask *task, const guint8 *data, gsize size_bytes)
{
  FlControlDriver *self = g_task_get_source_object (task);
  ReadState *op = g_task_get_task_data (task);
  FlInterface interface;

  if (!fl_reply_unpack_interface (data, size_bytes, &interface, NULL))
    return;
  if (interface.type == FL_INTERFACE_WIFI)
    take_interface (op->state, &interface);
  else
    self->wifi_index = 0; /* it moved: look for it the next time */
}

static void
read_reply (GTask *task, guint16 type, GBytes *payload)
{
  FlControlDriver *self = g_task_get_source_object (task);
  ReadState *op = g_task_get_task_data (task);
  gsize size_bytes = 0;
  const guint8 *data = g_bytes_get_data (payload, &size_bytes);
  int value = -1;

  op->any = TRUE;
  if (type == FL_REQUEST_GET_INTERFACE)
    read_interface (task, data, size_bytes);
  else if (type == FL_REQUEST_GET_CURRENT_NETWORK)
    read_current (op->state, data, size_bytes);
  else if (type == FL_REQUEST_GET_INTERFACE_LIST)
    {
      if (fl_reply_find_interface (data, size_bytes, FL_INTERFACE_WIFI, &self->wifi_index, NULL) &&
          self->wifi_index != 0)
        ask_interface (task);
    }
  else if (!fl_reply_unpack_number (type, data, size_bytes, &value, NULL))
    return;
  else if (type == FL_REQUEST_GET_DEVICE_MODE)
    op->state->mode = fl_control_driver_weigh_mode (self, value);
  else
    op->state->cloud = fl_control_cloud_from_particle (value);
}

static void
on_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  ReadState *op = g_task_get_task_data (task);

  if (error != NULL && op->error == NULL)
    op->error = g_steal_pointer (&error);
  g_clear_error (&error);

  /* Not associated is an answer too. */
  if (payload != NULL && type == FL_REQUEST_GET_CURRENT_NETWORK && code == FL_RESULT_INVALID_STATE)
    op->any = TRUE;
  else if (payload != NULL && code >= 0)
    read_reply (task, type, payload);
  else if (payload != NULL && (op->refusal == 0 || code == FL_RESULT_PROTECTED))
    {
      op->refusal = code;
      op->refused_type = type;
    }
  if (--op->n_pending == 0)
    finish (task);
}

static void
ask (GTask *task, guint16 type, FlSecret *payload)
{
  ReadState *op = g_task_get_task_data (task);

  op->n_pending++;
  fl_control_driver_send (task, type, payload, FL_CONTROL_LIMIT_MS, on_reply);
}

static void
ask_interface (GTask *task)
{
  FlControlDriver *self = g_task_get_source_object (task);
  g_autoptr (FlSecret) payload = fl_request_pack_interface (self->wifi_index);

  ask (task, FL_REQUEST_GET_INTERFACE, payload);
}

/* One round once the number of the Wi-Fi interface is known. */
void
fl_control_driver_read_state_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  FlControlDriver *self = FL_CONTROL_DRIVER (driver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  ReadState *op = g_new0 (ReadState, 1);

  g_task_set_source_tag (task, fl_control_driver_read_state_async);
  g_task_set_task_data (task, op, read_state_free);
  op->state = fl_device_state_new ();
  ask (task, FL_REQUEST_GET_DEVICE_MODE, NULL);
  if (self->wifi_index == 0)
    ask (task, FL_REQUEST_GET_INTERFACE_LIST, NULL);
  else
    ask_interface (task);
  ask (task, FL_REQUEST_GET_CURRENT_NETWORK, NULL);
  ask (task, FL_REQUEST_CLOUD_GET_STATUS, NULL);
}
