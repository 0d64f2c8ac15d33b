/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-control-driver"
#include "config.h"

#include "fl-control-driver-private.h"

#include <string.h>

typedef struct
{
  GTask *task;
  guint16 type;
  FlControlReplyFunc func;
} Call;

static void
on_reply (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Call *call = data;
  g_autoptr (GTask) task = call->task;
  g_autoptr (GBytes) payload = NULL;
  GError *error = NULL;
  int code = 0;

  payload = fl_control_channel_request_finish (FL_CONTROL_CHANNEL (source), result, &code, &error);
  call->func (task, call->type, payload, code, error);
}

void
fl_control_driver_send (GTask *task,
                        guint16 type,
                        FlSecret *payload,
                        guint limit_ms,
                        FlControlReplyFunc func)
{
  FlControlDriver *self = g_task_get_source_object (task);
  Call *call = g_new0 (Call, 1);

  call->task = g_object_ref (task);
  call->type = type;
  call->func = func;
  fl_control_channel_request_async (self->channel, type, payload, limit_ms,
                                    g_task_get_cancellable (task), on_reply, call);
}

typedef struct
{
  GTask *task;
  guint timer_id;
  GSource *cancel; /* (nullable) */
  FlControlWaitFunc func;
} Wait;

static void
end_wait (Wait *wait)
{
  g_autoptr (GTask) task = wait->task;
  FlControlWaitFunc func = wait->func;
  FlControlDriver *self = g_task_get_source_object (task);

  fl_clock_clear (self->clock, &wait->timer_id);
  if (wait->cancel != NULL)
    g_source_destroy (wait->cancel);
  g_clear_pointer (&wait->cancel, g_source_unref);
  g_free (wait);
  if (!g_task_return_error_if_cancelled (task))
    func (task);
}

static void
on_waited (gpointer data)
{
  Wait *wait = data;

  wait->timer_id = 0;
  end_wait (wait);
}

static gboolean
on_wait_cancelled (GCancellable *cancellable, gpointer data)
{
  end_wait (data);
  return G_SOURCE_REMOVE;
}

void
fl_control_driver_wait (GTask *task, guint delay_ms, FlControlWaitFunc func)
{
  FlControlDriver *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Wait *wait = g_new0 (Wait, 1);

  wait->task = g_object_ref (task);
  wait->func = func;
  wait->timer_id = fl_clock_add_ms (self->clock, delay_ms, on_waited, wait);
  if (cancellable != NULL)
    {
      wait->cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (wait->cancel, G_SOURCE_FUNC (on_wait_cancelled), wait, NULL);
      g_source_attach (wait->cancel, g_task_get_context (task));
    }
}

gboolean
fl_control_driver_return_failure (GTask *task, guint16 type, int code, GError *error)
{
  if (error == NULL)
    error = fl_result_to_error (code, type);
  if (error == NULL)
    return FALSE;
  g_task_return_error (task, error);
  return TRUE;
}

static void
on_only_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  if (!fl_control_driver_return_failure (task, type, code, error))
    g_task_return_boolean (task, TRUE);
}

void
fl_control_driver_send_only (GTask *task, guint16 type, FlSecret *payload, guint limit_ms)
{
  fl_control_driver_send (task, type, payload, limit_ms, on_only_reply);
}

guint
fl_control_get_limit_ms (guint16 type)
{
  if (type == FL_REQUEST_JOIN_NEW_NETWORK || type == FL_REQUEST_JOIN_KNOWN_NETWORK)
    return FL_CONTROL_JOIN_LIMIT_MS;
  if (type == FL_REQUEST_SCAN_NETWORKS)
    return FL_CONTROL_SCAN_LIMIT_MS;
  if (type == FL_REQUEST_OLD_SCAN || type == FL_REQUEST_OLD_SET_CREDENTIALS)
    return FL_CONTROL_OLD_LIMIT_MS;
  return FL_CONTROL_LIMIT_MS;
}

gboolean
fl_control_driver_return_unable (GTask *task, FlCapabilities capability)
{
  FlControlDriver *self = g_task_get_source_object (task);

  if ((fl_control_get_capabilities (&self->device) & capability) != 0)
    return FALSE;
  if (self->device.is_protected)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_PROTECTED, "The device is protected");
  else
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_UNSUPPORTED,
                             fl_control_is_gen2 (&self->device)
                                 ? "Not by control requests of this device"
                                 : "Not by this version of Device OS");
  return TRUE;
}

gboolean
fl_control_driver_check_ssid (GTask *task, GBytes *ssid)
{
  gsize size_bytes = 0;
  const char *data = g_bytes_get_data (ssid, &size_bytes);

  if (size_bytes > 0 && size_bytes <= FL_SSID_MAX_BYTES && memchr (data, 0, size_bytes) == NULL)
    return TRUE;
  g_task_return_new_error (task, FL_ERROR, FL_ERROR_INVALID_INPUT, "No network has that name");
  return FALSE;
}
