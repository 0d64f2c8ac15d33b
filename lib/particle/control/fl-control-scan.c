/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-control-driver"
#include "config.h"

#include "fl-control-driver-private.h"

#include "fl-reply-body.h"

/* A radio that resets after an empty scan needs 2 to 5 s: three tries. */
static const guint waits_ms[] = { 3000, 5000 };

static void send_scan (GTask *task);

/* 0 is "unknown", weaker than any real figure. */
static int
compare_signal (gconstpointer a, gconstpointer b)
{
  int left_dbm = fl_network_get_rssi (*(FlNetwork *const *) a);
  int right_dbm = fl_network_get_rssi (*(FlNetwork *const *) b);

  return (right_dbm != 0 ? right_dbm : G_MININT16) - (left_dbm != 0 ? left_dbm : G_MININT16);
}

static void
on_scan_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  FlControlDriver *self = g_task_get_source_object (task);
  guint *n_tries = g_task_get_task_data (task);
  FlWifiKind kind = self->device.platform_id == FL_PLATFORM_ARGON ? FL_WIFI_ARGON : FL_WIFI_GEN4;
  g_autoptr (GPtrArray) networks = NULL;

  if (error == NULL && (code == FL_RESULT_BUSY || code == FL_RESULT_INVALID_STATE) &&
      *n_tries < G_N_ELEMENTS (waits_ms))
    {
      fl_control_driver_wait (task, waits_ms[(*n_tries)++], send_scan);
      return;
    }
  if (fl_control_driver_return_failure (task, type, code, error))
    return;

  networks = fl_reply_unpack_scan (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload),
                                   kind, &error);
  if (networks == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->scanned = TRUE;
  g_ptr_array_sort (networks, compare_signal); /* rows keep the place they appear in */
  for (guint i = 0; i < networks->len; i++)
    fl_driver_emit_network_found (FL_DRIVER (self), networks->pdata[i]);
  g_task_return_boolean (task, TRUE);
}

static void
send_scan (GTask *task)
{
  fl_control_driver_send (task, FL_REQUEST_SCAN_NETWORKS, NULL, FL_CONTROL_SCAN_LIMIT_MS,
                          on_scan_reply);
}

void
fl_control_driver_scan_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_driver_scan_async);
  g_task_set_task_data (task, g_new0 (guint, 1), g_free);
  send_scan (task);
}

static void
on_known_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  GPtrArray *networks = NULL;

  if (fl_control_driver_return_failure (task, type, code, error))
    return;
  networks =
      fl_reply_unpack_known (g_bytes_get_data (payload, NULL), g_bytes_get_size (payload), &error);
  if (networks != NULL)
    g_task_return_pointer (task, networks, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
fl_control_driver_list_known_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_driver_list_known_async);
  fl_control_driver_send (task, FL_REQUEST_GET_KNOWN_NETWORKS, NULL, FL_CONTROL_LIMIT_MS,
                          on_known_reply);
}

/* An empty name must not reach the device: Device OS passes a null pointer on. */
void
fl_control_driver_remove_known_async (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);
  g_autoptr (FlSecret) payload = NULL;

  g_task_set_source_tag (task, fl_control_driver_remove_known_async);
  if (ssid == NULL)
    {
      fl_control_driver_send_only (task, FL_REQUEST_CLEAR_KNOWN_NETWORKS, NULL,
                                   FL_CONTROL_LIMIT_MS);
      return;
    }
  if (!fl_control_driver_check_ssid (task, ssid))
    return;
  payload = fl_request_pack_ssid (ssid);
  fl_control_driver_send_only (task, FL_REQUEST_REMOVE_KNOWN_NETWORK, payload, FL_CONTROL_LIMIT_MS);
}
