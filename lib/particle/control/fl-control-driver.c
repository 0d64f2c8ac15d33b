/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-control-driver"
#include "config.h"

#include "fl-control-driver-private.h"

#include "fl-serial-limits.h"

static void driver_iface_init (FlDriverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlControlDriver,
                               fl_control_driver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_DRIVER, driver_iface_init))

static void
on_channel_sent (FlControlChannel *channel, guint type, FlControlDriver *self)
{
  if (type == FL_REQUEST_JOIN_NEW_NETWORK || type == FL_REQUEST_JOIN_KNOWN_NETWORK ||
      type == FL_REQUEST_SET_NETWORK_CREDENTIALS || type == FL_REQUEST_OLD_SET_CREDENTIALS)
    fl_driver_emit_sent (FL_DRIVER (self));
}

static void
on_channel_closed (FlControlChannel *channel, const GError *reason, FlControlDriver *self)
{
  fl_driver_emit_closed (FL_DRIVER (self), reason);
}

static FlCapabilities
fl_control_driver_get_capabilities (FlDriver *driver)
{
  return fl_control_get_capabilities (&FL_CONTROL_DRIVER (driver)->device);
}

/* Those of its console: the same storage takes them. */
static const FlEnterpriseLimits *
fl_control_driver_get_enterprise_limits (FlDriver *driver)
{
  return fl_serial_enterprise_limits ();
}

static void
on_channel_step (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (fl_control_channel_finish (FL_CONTROL_CHANNEL (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
fl_control_driver_connect_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  FlControlDriver *self = FL_CONTROL_DRIVER (driver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_driver_connect_async);
  self->scanned = FALSE; /* it may have been reset since */
  self->identifying = FALSE;
  self->in_safe_mode = FALSE;
  self->wifi_index = 0;
  fl_control_channel_connect_async (self->channel, cancellable, on_channel_step, task);
}

static void
fl_control_driver_secure_async (FlDriver *driver, FlSecret *secret, FL_DRIVER_ARGS)
{
  FlControlDriver *self = FL_CONTROL_DRIVER (driver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_driver_secure_async);
  fl_control_channel_secure_async (self->channel, secret, cancellable, on_channel_step, task);
}

static void
fl_control_driver_identify_async (FlDriver *driver, gboolean on, FL_DRIVER_ARGS)
{
  FlControlDriver *self = FL_CONTROL_DRIVER (driver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_driver_identify_async);
  self->identifying = on;
  fl_control_driver_send_only (task, on ? FL_REQUEST_START_NYAN : FL_REQUEST_STOP_NYAN, NULL,
                               FL_CONTROL_LIMIT_MS);
}

/* For the requests after which a device may be gone before its answer is: the link that goes away
 * is the answer. */
static void
on_last_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  FlControlDriver *self = g_task_get_source_object (task);

  if (g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST))
    g_clear_error (&error);
  else if (fl_control_driver_return_failure (task, type, code, error))
    return;

  if (type == FL_REQUEST_STOP_LISTENING)
    self->mode = FL_MODE_RUNNING;
  g_task_return_boolean (task, TRUE);
}

static void
on_listening (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  FlControlDriver *self = g_task_get_source_object (task);

  if (fl_control_driver_return_failure (task, type, code, error))
    return;
  self->mode = FL_MODE_LISTENING;
  g_task_return_boolean (task, TRUE);
}

static void
fl_control_driver_listen_async (FlDriver *driver, gboolean on, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_driver_listen_async);
  if (on)
    fl_control_driver_send (task, FL_REQUEST_START_LISTENING, NULL, FL_CONTROL_LIMIT_MS,
                            on_listening);
  else
    fl_control_driver_send (task, FL_REQUEST_STOP_LISTENING, NULL, FL_CONTROL_LEAVE_LIMIT_MS,
                            on_last_reply);
}

static guint16
choose_reset (FlResetKind kind)
{
  switch (kind)
    {
    case FL_RESET_NORMAL:
      return FL_REQUEST_RESET;
    case FL_RESET_SAFE_MODE:
      return FL_REQUEST_SAFE_MODE;
    case FL_RESET_FACTORY:
      return FL_REQUEST_FACTORY_RESET;
    case FL_RESET_BOOTLOADER:
      return FL_REQUEST_DFU_MODE;
    }
  return FL_REQUEST_RESET;
}

static void
fl_control_driver_reset_async (FlDriver *driver, FlResetKind kind, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_control_driver_reset_async);
  fl_control_driver_send (task, choose_reset (kind), NULL, FL_CONTROL_LIMIT_MS, on_last_reply);
}

/* The device works in order, so only the last answer matters. */
static void
on_earlier_reply (GTask *task, guint16 type, GBytes *payload, int code, GError *error)
{
  if (error != NULL)
    g_debug ("request %u: %s", type, error->message);
  g_clear_error (&error);
}

static void
fl_control_driver_leave_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  FlControlDriver *self = FL_CONTROL_DRIVER (driver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gboolean stop_listening = self->mode == FL_MODE_LISTENING && !self->provisioning;

  g_task_set_source_tag (task, fl_control_driver_leave_async);
  if (self->identifying)
    fl_control_driver_send (task, FL_REQUEST_STOP_NYAN, NULL, FL_CONTROL_LEAVE_LIMIT_MS,
                            stop_listening ? on_earlier_reply : on_last_reply);
  if (stop_listening)
    fl_control_driver_send (task, FL_REQUEST_STOP_LISTENING, NULL, FL_CONTROL_LEAVE_LIMIT_MS,
                            on_last_reply);
  if (!self->identifying && !stop_listening)
    g_task_return_boolean (task, TRUE);
  self->identifying = FALSE;
}

static void
fl_control_driver_close (FlDriver *driver)
{
  fl_control_channel_close (FL_CONTROL_DRIVER (driver)->channel);
}

static void
driver_iface_init (FlDriverInterface *iface)
{
  fl_control_generation_iface_init (iface);
  iface->get_capabilities = fl_control_driver_get_capabilities;
  iface->get_enterprise_limits = fl_control_driver_get_enterprise_limits;
  iface->connect_async = fl_control_driver_connect_async;
  iface->secure_async = fl_control_driver_secure_async;
  iface->read_info_async = fl_control_driver_read_info_async;
  iface->identify_async = fl_control_driver_identify_async;
  iface->listen_async = fl_control_driver_listen_async;
  iface->reset_async = fl_control_driver_reset_async;
  iface->read_modules_async = fl_control_driver_read_modules_async;
  iface->read_setup_done_async = fl_control_driver_read_setup_done_async;
  iface->set_setup_done_async = fl_control_driver_set_setup_done_async;
  iface->request_async = fl_control_driver_request_async;
  iface->leave_async = fl_control_driver_leave_async;
  iface->close = fl_control_driver_close;
}

static void
fl_control_driver_finalize (GObject *object)
{
  FlControlDriver *self = FL_CONTROL_DRIVER (object);

  g_clear_object (&self->channel);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_control_driver_parent_class)->finalize (object);
}

static void
fl_control_driver_class_init (FlControlDriverClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_control_driver_finalize;
}

static void
fl_control_driver_init (FlControlDriver *self)
{
}

FlDriver *
fl_control_driver_new (FlControlChannel *channel,
                       FlClock *clock,
                       int platform_id,
                       gboolean provisioning)
{
  FlControlDriver *self = NULL;

  g_return_val_if_fail (FL_IS_CONTROL_CHANNEL (channel), NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_CONTROL_DRIVER, NULL);
  self->channel = g_object_ref (channel);
  self->clock = g_object_ref (clock);
  self->device.platform_id = platform_id;
  self->device.road = fl_control_channel_get_road (channel);
  self->provisioning = provisioning;
  g_signal_connect_object (channel, "sent", G_CALLBACK (on_channel_sent), self, 0);
  g_signal_connect_object (channel, "closed", G_CALLBACK (on_channel_closed), self, 0);
  return FL_DRIVER (self);
}
