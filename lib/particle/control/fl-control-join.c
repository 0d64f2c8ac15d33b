/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-control-driver"
#include "config.h"

#include "fl-control-driver-private.h"

#include <string.h>

#include "fl-request-body.h"

/* Between tries of a busy device: 10 s in all, after which a person is told. */
static const guint waits_ms[] = { 2000, 3000, 5000 };

typedef struct
{
  guint16 type;
  FlSecret *payload;
  guint n_retries;
  gboolean scan_first; /* the radio is off, or may be */
} Join;

static void
join_free (gpointer data)
{
  Join *op = data;

  g_clear_pointer (&op->payload, fl_secret_unref);
  g_free (op);
}

static GError *
check_credentials (FlControlDriver *self, const FlCredentials *credentials)
{
  FlCapabilities can = fl_control_get_capabilities (&self->device);
  gsize size_bytes = 0;
  const char *ssid = g_bytes_get_data (fl_credentials_get_ssid (credentials), &size_bytes);
  FlSecurity security = fl_credentials_get_security (credentials);

  if (size_bytes == 0 || size_bytes > FL_SSID_MAX_BYTES || memchr (ssid, 0, size_bytes) != NULL)
    return g_error_new_literal (FL_ERROR, FL_ERROR_INVALID_INPUT, "No network has that name");
  if (security == FL_SECURITY_ENTERPRISE)
    return g_error_new_literal (FL_ERROR, FL_ERROR_NETWORK_ENTERPRISE,
                                "Device OS has no enterprise networks");
  if (security != FL_SECURITY_OPEN && fl_credentials_get_password (credentials) == NULL)
    return g_error_new_literal (FL_ERROR, FL_ERROR_INVALID_INPUT, "This network has a password");
  if (fl_credentials_get_hidden (credentials) && (can & FL_CAN_HIDDEN) == 0)
    return g_error_new_literal (FL_ERROR, FL_ERROR_UNSUPPORTED, "Hidden networks need 5.7.0");
  return NULL;
}

/* (transfer full) what requests 500 and 507 carry, or NULL with @error. */
static FlSecret *
pack_credentials (FlControlDriver *self, const FlCredentials *credentials, GError **error)
{
  gboolean hidden = fl_credentials_get_hidden (credentials);
  GError *refused = check_credentials (self, credentials);
  int security = 0;

  if (refused != NULL)
    {
      g_propagate_error (error, refused);
      return NULL;
    }
  security = fl_control_choose_security (&self->device, fl_credentials_get_security (credentials),
                                         &hidden);
  if (security < 0)
    {
      /* The router can mend it, and on Argon no newer software does. */
      g_set_error_literal (error, FL_ERROR, FL_ERROR_NETWORK_WPA3,
                           "WPA3 needs a Gen 4 device with 5.5.0");
      return NULL;
    }
  return fl_request_pack_join (credentials, security, hidden);
}

static void send_join (GTask *task);

/* Whatever came of it, the radio is on now. */
static void
on_scan_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  FlControlDriver *self = g_task_get_source_object (task);
  Join *op = g_task_get_task_data (task);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->scanned = TRUE;
  op->scan_first = FALSE;
  send_join (task);
}

static void
on_join_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  FlControlDriver *self = g_task_get_source_object (task);
  Join *op = g_task_get_task_data (task);
  gboolean radio_off = code == FL_RESULT_INVALID_STATE && fl_control_is_gen4 (&self->device);

  if (error == NULL && (code == FL_RESULT_BUSY || radio_off) &&
      op->n_retries < G_N_ELEMENTS (waits_ms))
    {
      op->scan_first = radio_off;
      fl_control_driver_wait (task, waits_ms[op->n_retries++], send_join);
      return;
    }
  if (g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_SILENT))
    {
      /* The link lives, so it is the radio that still tries. */
      g_clear_error (&error);
      error = g_error_new_literal (FL_ERROR, FL_ERROR_JOIN_TIMEOUT, "No result of the join");
    }
  if (!fl_control_driver_return_failure (task, type, code, error))
    g_task_return_boolean (task, TRUE);
}

static void
send_join (GTask *task)
{
  Join *op = g_task_get_task_data (task);

  if (op->scan_first)
    fl_control_driver_send (task, FL_REQUEST_SCAN_NETWORKS, NULL, FL_CONTROL_SCAN_LIMIT_MS,
                            on_scan_reply);
  else
    fl_control_driver_send (task, op->type, op->payload, FL_CONTROL_JOIN_LIMIT_MS, on_join_reply);
}

static void
start_join (GTask *task, guint16 type, FlSecret *payload) /* (transfer full) payload */
{
  FlControlDriver *self = g_task_get_source_object (task);
  Join *op = g_new0 (Join, 1);

  op->type = type;
  op->payload = payload;
  op->scan_first = !self->scanned && fl_control_needs_scan (&self->device);
  g_task_set_task_data (task, op, join_free);
  send_join (task);
}

void
fl_control_driver_join_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS)
{
  FlControlDriver *self = FL_CONTROL_DRIVER (driver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  FlSecret *payload = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, fl_control_driver_join_async);
  if (fl_control_driver_return_unable (task, FL_CAN_JOIN))
    return;
  payload = pack_credentials (self, credentials, &error);
  if (payload == NULL)
    g_task_return_error (task, error);
  else
    start_join (task, FL_REQUEST_JOIN_NEW_NETWORK, payload);
}

/* Without a name the device would join some other stored network. */
void
fl_control_driver_join_known_async (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_driver_join_known_async);
  if (!fl_control_driver_return_unable (task, FL_CAN_JOIN_KNOWN) &&
      fl_control_driver_check_ssid (task, ssid))
    start_join (task, FL_REQUEST_JOIN_KNOWN_NETWORK, fl_request_pack_ssid (ssid));
}

void
fl_control_driver_save_async (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS)
{
  FlControlDriver *self = FL_CONTROL_DRIVER (driver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (FlSecret) payload = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, fl_control_driver_save_async);
  if (self->device.is_protected && fl_control_driver_return_unable (task, FL_CAN_SAVE))
    return;
  payload = pack_credentials (self, credentials, &error);
  if (payload != NULL && (fl_control_get_capabilities (&self->device) & FL_CAN_SAVE) == 0)
    error = g_error_new_literal (FL_ERROR, FL_ERROR_UNSUPPORTED,
                                 "Saving without a try needs 5.8.2, or 6.1.0");
  if (error != NULL)
    g_task_return_error (task, error);
  else
    fl_control_driver_send_only (task, FL_REQUEST_SET_NETWORK_CREDENTIALS, payload,
                                 FL_CONTROL_LIMIT_MS);
}
