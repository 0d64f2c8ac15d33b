/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-serial-driver"
#include "config.h"

#include "fl-serial-driver-private.h"

#include "fl-old-wifi.h"
#include "fl-serial-limits.h"

/* What the console does, whatever the firmware. */
#define CONSOLE (FL_CAN_JOIN | FL_CAN_HIDDEN | FL_CAN_INFO | FL_CAN_WEP | FL_CAN_READ_MODULES)

/* What only control requests do. */
#define BY_COMPANION                                                                               \
  (FL_CAN_IDENTIFY | FL_CAN_PROVE_ADDRESS | FL_CAN_PROVE_CLOUD | FL_CAN_LISTEN | FL_CAN_RESET |    \
   FL_CAN_CLAIM | FL_CAN_SETUP_DONE | FL_CAN_SAFE_MODE | FL_CAN_REQUEST)

static void driver_iface_init (FlDriverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSerialDriver,
                               fl_serial_driver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_DRIVER, driver_iface_init))

gboolean
fl_serial_driver_has_companion (FlSerialDriver *self)
{
  return self->companion != NULL && self->companion_is_open;
}

gboolean
fl_serial_driver_tells_wifi (FlSerialDriver *self)
{
  return fl_serial_driver_has_companion (self) &&
         (fl_driver_get_capabilities (self->companion) & FL_CAN_PROVE_ADDRESS) != 0;
}

/* Their ends come one after the other; the device is gone when both are. */
static void
on_companion_closed (FlDriver *companion, const GError *reason, FlSerialDriver *self)
{
  G_GNUC_UNUSED g_autoptr (FlSerialDriver) alive = g_object_ref (self);

  if (!self->companion_is_open)
    return;
  self->companion_is_open = FALSE;
  if (!self->is_open && self->is_saved)
    fl_driver_emit_closed (FL_DRIVER (self), reason);
}

void
fl_serial_driver_drop_companion (FlSerialDriver *self)
{
  self->companion_is_open = FALSE;
  if (self->companion == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->companion, self);
  fl_driver_close (self->companion);
  g_clear_object (&self->companion);
}

static FlControlDevice
get_device (FlSerialDriver *self)
{
  FlControlDevice device = { 0 };

  device.platform_id = self->platform_id;
  device.version = self->version;
  return device;
}

/* A version that the device did not tell is taken for new: the device itself then refuses. */
static gboolean
at_least (FlSerialDriver *self, guint major, guint minor, guint patch)
{
  return !self->version.known || fl_firmware_version_at_least (&self->version, major, minor, patch);
}

/* Logins: PROTOCOL.md, "Order per generation". The rest is the radio's. */
static FlCapabilities
get_wifi (FlSerialDriver *self)
{
  FlControlDevice device = get_device (self);
  FlCapabilities can = 0;

  if (fl_control_is_gen2 (&device) || self->platform_id == 0)
    can |= at_least (self, 0, 7, 0) ? FL_CAN_ENTERPRISE : 0;
  /* PROTOCOL.md, "Order per generation": what it stores is then no kind of network that it knows.
   */
  if (fl_control_is_gen2 (&device) && at_least (self, 1, 5, 0))
    can |= FL_DOUBTS_OPEN;
  if (fl_control_is_gen4 (&device))
    can |= FL_CAN_5GHZ | (at_least (self, 5, 5, 0) ? FL_CAN_WPA3 : 0);
  return can;
}

static FlCapabilities
fl_serial_driver_get_capabilities (FlDriver *driver)
{
  FlSerialDriver *self = FL_SERIAL_DRIVER (driver);
  FlCapabilities can = CONSOLE | get_wifi (self);

  if (fl_serial_driver_has_companion (self))
    return can | (fl_driver_get_capabilities (self->companion) & BY_COMPANION);
  return can | (!self->version.known || !at_least (self, 6, 0, 0) ? FL_CAN_LISTEN : 0);
}

static int
fl_serial_driver_get_max_known (FlDriver *driver)
{
  FlControlDevice device = get_device (FL_SERIAL_DRIVER (driver));

  return fl_control_is_gen2 (&device) ? FL_OLD_WIFI_MAX_KNOWN : FL_CONTROL_MAX_KNOWN;
}

static const FlEnterpriseLimits *
fl_serial_driver_get_enterprise_limits (FlDriver *driver)
{
  return fl_serial_enterprise_limits ();
}

/* The port is its own proof. */
static void
fl_serial_driver_secure_async (FlDriver *driver, FlSecret *secret, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

static void
refuse (FlDriver *driver, FL_DRIVER_ARGS)
{
  g_task_report_new_error (driver, callback, user_data, refuse, FL_ERROR, FL_ERROR_UNSUPPORTED,
                           "The console cannot do this");
}

/* It stores a network and tries it in one. */
static void
refuse_credentials (FlDriver *driver, FlCredentials *credentials, FL_DRIVER_ARGS)
{
  refuse (driver, cancellable, callback, user_data);
}

static void
refuse_ssid (FlDriver *driver, GBytes *ssid, FL_DRIVER_ARGS)
{
  refuse (driver, cancellable, callback, user_data);
}

static void
on_passed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (fl_driver_finish (FL_DRIVER (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* (transfer full) (nullable) NULL: it ended, for want of a companion. */
static GTask *
pass_on (FlDriver *driver, FL_DRIVER_ARGS)
{
  if (fl_serial_driver_has_companion (FL_SERIAL_DRIVER (driver)))
    return g_task_new (driver, cancellable, callback, user_data);
  refuse (driver, cancellable, callback, user_data);
  return NULL;
}

static void
fl_serial_driver_identify_async (FlDriver *driver, gboolean on, FL_DRIVER_ARGS)
{
  GTask *task = pass_on (driver, cancellable, callback, user_data);

  if (task != NULL)
    fl_driver_identify_async (FL_SERIAL_DRIVER (driver)->companion, on, cancellable, on_passed,
                              task);
}

static void
fl_serial_driver_reset_async (FlDriver *driver, FlResetKind kind, FL_DRIVER_ARGS)
{
  GTask *task = pass_on (driver, cancellable, callback, user_data);

  if (task != NULL)
    fl_driver_reset_async (FL_SERIAL_DRIVER (driver)->companion, kind, cancellable, on_passed,
                           task);
}

static void
fl_serial_driver_set_setup_done_async (FlDriver *driver, gboolean done, FL_DRIVER_ARGS)
{
  GTask *task = pass_on (driver, cancellable, callback, user_data);

  if (task != NULL)
    fl_driver_set_setup_done_async (FL_SERIAL_DRIVER (driver)->companion, done, cancellable,
                                    on_passed, task);
}

static void
on_setup_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  gboolean done = FALSE;

  if (fl_driver_read_setup_done_finish (FL_DRIVER (source), result, &done, &error))
    g_task_return_int (task, done);
  else
    g_task_return_error (task, error);
}

static void
fl_serial_driver_read_setup_done_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  GTask *task = pass_on (driver, cancellable, callback, user_data);

  if (task != NULL)
    fl_driver_read_setup_done_async (FL_SERIAL_DRIVER (driver)->companion, cancellable,
                                     on_setup_done, task);
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  int code = 0;
  GBytes *reply = fl_driver_request_finish (FL_DRIVER (source), result, &code, &error);

  if (reply == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, GINT_TO_POINTER (code), NULL);
  g_task_return_pointer (task, reply, (GDestroyNotify) g_bytes_unref);
}

static void
fl_serial_driver_request_async (FlDriver *driver, guint16 type, FlSecret *payload, FL_DRIVER_ARGS)
{
  GTask *task = pass_on (driver, cancellable, callback, user_data);

  if (task != NULL)
    fl_driver_request_async (FL_SERIAL_DRIVER (driver)->companion, type, payload, cancellable,
                             on_reply, task);
}

static void
fl_serial_driver_close (FlDriver *driver)
{
  FlSerialDriver *self = FL_SERIAL_DRIVER (driver);
  G_GNUC_UNUSED g_autoptr (FlSerialDriver) alive = g_object_ref (self);

  fl_serial_driver_end (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                                   "The driver was closed here"));
  fl_serial_driver_bid_farewell (self);
  fl_serial_driver_drop_companion (self);
  self->is_open = FALSE;
  self->sending = FALSE;
  self->generation++;
  fl_clock_clear (self->clock, &self->deadline_id);
  g_clear_pointer (&self->out, fl_secret_unref);
  g_clear_pointer (&self->session, fl_serial_session_free);
  fl_link_close (FL_LINK (self->link));
}

static void
driver_iface_init (FlDriverInterface *iface)
{
  iface->get_capabilities = fl_serial_driver_get_capabilities;
  iface->get_max_known = fl_serial_driver_get_max_known;
  iface->get_enterprise_limits = fl_serial_driver_get_enterprise_limits;
  iface->connect_async = fl_serial_driver_connect_async;
  iface->secure_async = fl_serial_driver_secure_async;
  iface->read_info_async = fl_serial_driver_read_info_async;
  iface->scan_async = refuse;
  iface->join_async = fl_serial_driver_join_async;
  iface->save_async = refuse_credentials;
  iface->list_known_async = refuse;
  iface->remove_known_async = refuse_ssid;
  iface->identify_async = fl_serial_driver_identify_async;
  iface->read_state_async = fl_serial_driver_read_state_async;
  iface->listen_async = fl_serial_driver_listen_async;
  iface->reset_async = fl_serial_driver_reset_async;
  iface->read_modules_async = fl_serial_driver_read_modules_async;
  iface->read_setup_done_async = fl_serial_driver_read_setup_done_async;
  iface->set_setup_done_async = fl_serial_driver_set_setup_done_async;
  iface->request_async = fl_serial_driver_request_async;
  iface->leave_async = fl_serial_driver_leave_async;
  iface->close = fl_serial_driver_close;
}

static void
fl_serial_driver_dispose (GObject *object)
{
  FlSerialDriver *self = FL_SERIAL_DRIVER (object);

  if (self->link != NULL)
    fl_serial_driver_close (FL_DRIVER (self));
  G_OBJECT_CLASS (fl_serial_driver_parent_class)->dispose (object);
}

static void
fl_serial_driver_finalize (GObject *object)
{
  FlSerialDriver *self = FL_SERIAL_DRIVER (object);

  g_clear_pointer (&self->credentials, fl_credentials_unref);
  g_clear_object (&self->link);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_serial_driver_parent_class)->finalize (object);
}

static void
fl_serial_driver_class_init (FlSerialDriverClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = fl_serial_driver_dispose;
  object_class->finalize = fl_serial_driver_finalize;
}

static void
fl_serial_driver_init (FlSerialDriver *self)
{
}

FlDriver *
fl_serial_driver_new (FlSerialLink *link, FlDriver *companion, FlClock *clock, int platform_id)
{
  FlSerialDriver *self = NULL;

  g_return_val_if_fail (FL_IS_SERIAL_LINK (link), NULL);
  g_return_val_if_fail (companion == NULL || FL_IS_DRIVER (companion), NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_SERIAL_DRIVER, NULL);
  self->link = g_object_ref (link);
  self->clock = g_object_ref (clock);
  self->platform_id = platform_id;
  g_signal_connect_object (link, "received", G_CALLBACK (fl_serial_driver_on_received), self, 0);
  g_signal_connect_object (link, "closed", G_CALLBACK (fl_serial_driver_on_closed), self, 0);
  if (companion != NULL)
    {
      self->companion = g_object_ref (companion);
      g_signal_connect_object (companion, "closed", G_CALLBACK (on_companion_closed), self, 0);
    }
  return FL_DRIVER (self);
}
