/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-dfu-driver"
#include "config.h"

#include "fl-dfu-driver.h"

#include "fl-dfu-session.h"
#include "fl-error.h"

/* particle-usb, src/usb-device-node.js: the client's limit of one transfer */
#define TRANSFER_LIMIT_MS 5000
#define LEAVE_LIMIT_MS    15000

struct _FlDfuDriver
{
  GObject parent_instance;

  FlUsbLink *link;
  FlClock *clock;
  gboolean open;
  guint generation; /* changes when the link goes: what was started before is stale */

  GTask *reset_task;     /* (nullable) */
  GSource *cancel;       /* (nullable) of it */
  FlDfuSession *session; /* while that runs */
  guint deadline_id;
};

static void driver_iface_init (FlDriverInterface *iface);
static void pump (FlDfuDriver *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlDfuDriver,
                               fl_dfu_driver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_DRIVER, driver_iface_init))

/* The one place that ends leaving. @error: (transfer full) (nullable) */
static void
finish_reset (FlDfuDriver *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->reset_task);

  if (self->cancel != NULL)
    g_source_destroy (self->cancel);
  g_clear_pointer (&self->cancel, g_source_unref);
  g_clear_pointer (&self->session, fl_dfu_session_free);
  fl_clock_clear (self->clock, &self->deadline_id);
  self->generation++;
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
finish_when_over (FlDfuDriver *self)
{
  const GError *error = NULL;

  if (fl_dfu_session_get_state (self->session) == FL_DFU_RUNNING)
    return FALSE;
  error = fl_dfu_session_get_error (self->session);
  finish_reset (self, error != NULL ? g_error_copy (error) : NULL);
  return TRUE;
}

typedef struct
{
  FlDfuDriver *driver;
  guint generation;
} Transfer;

static void
on_transferred (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Transfer *transfer = data;
  g_autoptr (FlDfuDriver) self = transfer->driver;
  g_autoptr (GError) error = NULL;
  FlUsbOutcome outcome = FL_USB_DONE;
  g_autoptr (GBytes) bytes =
      fl_usb_link_transfer_finish (FL_USB_LINK (source), result, &outcome, &error);
  gsize size_bytes = 0;
  const guint8 *bytes_data = bytes != NULL ? g_bytes_get_data (bytes, &size_bytes) : NULL;

  if (transfer->generation != self->generation)
    return;
  fl_dfu_session_feed (self->session, outcome, bytes_data, size_bytes, error,
                       fl_clock_now_us (self->clock));
  pump (self);
}

static void
on_deadline (gpointer data)
{
  FlDfuDriver *self = data;

  self->deadline_id = 0;
  pump (self);
}

static void
pump (FlDfuDriver *self)
{
  G_GNUC_UNUSED g_autoptr (FlDfuDriver) alive = g_object_ref (self);
  const guint generation = self->generation;
  FlUsbSetup setup;
  gint64 deadline_us = 0;

  if (fl_dfu_session_take_transfer (self->session, &setup, fl_clock_now_us (self->clock)))
    {
      Transfer *transfer = g_new0 (Transfer, 1);

      transfer->driver = g_object_ref (self);
      transfer->generation = generation;
      fl_usb_link_transfer_async (self->link, &setup, NULL, TRANSFER_LIMIT_MS, NULL, on_transferred,
                                  transfer);
    }
  if (generation != self->generation || finish_when_over (self))
    return;
  deadline_us = fl_dfu_session_get_deadline (self->session);
  fl_clock_clear (self->clock, &self->deadline_id);
  self->deadline_id = fl_clock_add_at (self->clock, deadline_us, on_deadline, self);
}

static void
on_link_closed (FlLink *link, const GError *reason, FlDfuDriver *self)
{
  G_GNUC_UNUSED g_autoptr (FlDfuDriver) alive = g_object_ref (self);

  if (!self->open)
    return;
  self->open = FALSE;
  if (self->session != NULL)
    {
      fl_dfu_session_link_closed (self->session, reason);
      finish_when_over (self);
    }
  fl_driver_emit_closed (FL_DRIVER (self), reason);
}

static FlCapabilities
fl_dfu_driver_get_capabilities (FlDriver *driver)
{
  return FL_CAN_RESET;
}

static int
fl_dfu_driver_get_max_known (FlDriver *driver)
{
  return 0;
}

static void
on_link_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlDfuDriver *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->open = fl_link_open_finish (FL_LINK (source), result, &error);
  if (self->open)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
fl_dfu_driver_connect_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  FlDfuDriver *self = FL_DFU_DRIVER (driver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_dfu_driver_connect_async);
  fl_link_open_async (FL_LINK (self->link), cancellable, on_link_opened, g_object_ref (task));
}

static void
succeed (FlDriver *driver, FL_DRIVER_ARGS)
{
  g_autoptr (GTask) task = g_task_new (driver, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

static void
fl_dfu_driver_secure_async (FlDriver *driver, FlSecret *secret, FL_DRIVER_ARGS)
{
  succeed (driver, cancellable, callback, user_data);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  GError *error = NULL;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  finish_reset (data, error);
  return G_SOURCE_REMOVE;
}

static gboolean
check_reset (FlDfuDriver *self, FlResetKind kind, GError **error)
{
  if (kind != FL_RESET_NORMAL)
    g_set_error (error, FL_ERROR, FL_ERROR_UPDATE_MODE, "Update mode can only be left normally");
  else if (!self->open)
    g_set_error (error, FL_ERROR, FL_ERROR_LINK_LOST, "The link is not open");
  else if (self->reset_task != NULL)
    g_set_error (error, FL_ERROR, FL_ERROR_DEVICE_BUSY, "It is leaving already");
  else
    return TRUE;
  return FALSE;
}

static void
fl_dfu_driver_reset_async (FlDriver *driver, FlResetKind kind, FL_DRIVER_ARGS)
{
  FlDfuDriver *self = FL_DFU_DRIVER (driver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, fl_dfu_driver_reset_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (!check_reset (self, kind, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->reset_task = g_object_ref (task);
  if (cancellable != NULL)
    {
      self->cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancel, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_attach (self->cancel, g_task_get_context (task));
    }
  self->session = fl_dfu_session_new (LEAVE_LIMIT_MS, fl_clock_now_us (self->clock));
  pump (self);
}

/* There is no set-up to end. */
static void
fl_dfu_driver_leave_async (FlDriver *driver, FL_DRIVER_ARGS)
{
  succeed (driver, cancellable, callback, user_data);
}

static void
fl_dfu_driver_close (FlDriver *driver)
{
  FlDfuDriver *self = FL_DFU_DRIVER (driver);

  finish_reset (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED,
                                           "The driver was closed here"));
  fl_link_close (FL_LINK (self->link));
}

/* Why nothing else works is what a person has to know. */
static void
refuse (FlDriver *driver, FL_DRIVER_ARGS)
{
  g_task_report_new_error (driver, callback, user_data, refuse, FL_ERROR, FL_ERROR_UPDATE_MODE,
                           "The device is in its bootloader");
}

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
refuse_switch (FlDriver *driver, gboolean on, FL_DRIVER_ARGS)
{
  refuse (driver, cancellable, callback, user_data);
}

static void
refuse_request (FlDriver *driver, guint16 type, FlSecret *payload, FL_DRIVER_ARGS)
{
  refuse (driver, cancellable, callback, user_data);
}

static void
driver_iface_init (FlDriverInterface *iface)
{
  iface->get_capabilities = fl_dfu_driver_get_capabilities;
  iface->get_max_known = fl_dfu_driver_get_max_known;
  iface->connect_async = fl_dfu_driver_connect_async;
  iface->secure_async = fl_dfu_driver_secure_async;
  iface->reset_async = fl_dfu_driver_reset_async;
  iface->leave_async = fl_dfu_driver_leave_async;
  iface->close = fl_dfu_driver_close;
  iface->read_info_async = refuse;
  iface->scan_async = refuse;
  iface->join_async = refuse_credentials;
  iface->save_async = refuse_credentials;
  iface->list_known_async = refuse;
  iface->remove_known_async = refuse_ssid;
  iface->identify_async = refuse_switch;
  iface->read_state_async = refuse;
  iface->listen_async = refuse_switch;
  iface->join_known_async = refuse_ssid;
  iface->read_modules_async = refuse;
  iface->read_setup_done_async = refuse;
  iface->set_setup_done_async = refuse_switch;
  iface->request_async = refuse_request;
}

static void
fl_dfu_driver_dispose (GObject *object)
{
  FlDfuDriver *self = FL_DFU_DRIVER (object);

  fl_clock_clear (self->clock, &self->deadline_id);
  if (self->cancel != NULL)
    g_source_destroy (self->cancel);
  g_clear_pointer (&self->cancel, g_source_unref);
  g_clear_pointer (&self->session, fl_dfu_session_free);
  self->open = FALSE;
  fl_link_close (FL_LINK (self->link));
  G_OBJECT_CLASS (fl_dfu_driver_parent_class)->dispose (object);
}

static void
fl_dfu_driver_finalize (GObject *object)
{
  FlDfuDriver *self = FL_DFU_DRIVER (object);

  g_clear_object (&self->link);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_dfu_driver_parent_class)->finalize (object);
}

static void
fl_dfu_driver_class_init (FlDfuDriverClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = fl_dfu_driver_dispose;
  object_class->finalize = fl_dfu_driver_finalize;
}

static void
fl_dfu_driver_init (FlDfuDriver *self)
{
}

FlDriver *
fl_dfu_driver_new (FlUsbLink *link, FlClock *clock)
{
  FlDfuDriver *self = NULL;

  g_return_val_if_fail (FL_IS_USB_LINK (link), NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_DFU_DRIVER, NULL);
  self->link = g_object_ref (link);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (link, "closed", G_CALLBACK (on_link_closed), self, 0);
  return FL_DRIVER (self);
}
