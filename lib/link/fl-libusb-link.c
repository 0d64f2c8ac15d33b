/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-libusb-link"
#include "config.h"

#include "fl-libusb-link.h"

#include "fl-libusb-error.h"
#include "fl-libusb-pipe.h"

/* How long a transfer that broke waits to hear that the device was unplugged: whoever is told of a
 * lost link may look at the ports right away. Hubs are asked every 255 ms or more often (USB 2.0,
 * 11.12.1). */
#define UNPLUGGED_MS 300

struct _FlLibusbLink
{
  GObject parent_instance;

  FlLibusbThread *thread;
  GMainContext *context;
  libusb_device *device;
  char *location;

  FlLibusbPipe *pipe; /* (nullable) while not closed */
  gboolean is_open;
  GTask *task;      /* (nullable) the opening or the transfer */
  GError *reason;   /* (nullable) the link is lost, and the cause may follow */
  GSource *waiting; /* (nullable) for it */
};

static void fl_libusb_link_iface_init (FlLinkInterface *iface);
static void fl_libusb_link_usb_iface_init (FlUsbLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlLibusbLink,
                               fl_libusb_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_LINK, fl_libusb_link_iface_init)
                                   G_IMPLEMENT_INTERFACE (FL_TYPE_USB_LINK,
                                                          fl_libusb_link_usb_iface_init))

typedef struct
{
  FlUsbOutcome outcome;
  GBytes *bytes;
} Reply;

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_bytes_unref (reply->bytes);
  g_free (reply);
}

static GTask *
take_task (FlLibusbLink *self)
{
  GTask *task = g_steal_pointer (&self->task);

  if (task != NULL && g_task_get_cancellable (task) != NULL)
    g_signal_handlers_disconnect_by_data (g_task_get_cancellable (task), self);
  return task;
}

/* @reason: (nullable): closed by us */
static void
end (FlLibusbLink *self, const GError *reason)
{
  g_autoptr (FlLibusbLink) alive = g_object_ref (self);
  g_autoptr (GTask) task = take_task (self);
  gboolean was_open = self->is_open;

  self->is_open = FALSE;
  if (self->waiting != NULL)
    g_source_destroy (self->waiting);
  g_clear_pointer (&self->waiting, g_source_unref);
  g_clear_error (&self->reason);
  g_clear_pointer (&self->pipe, fl_libusb_pipe_close);
  /* Before the task's end, which may open the link again. */
  if (was_open)
    fl_link_emit_closed (FL_LINK (self), reason);
  if (task != NULL && reason != NULL)
    g_task_return_error (task, g_error_copy (reason));
  else if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The link was closed");
}

static void
on_opened (gpointer owner, int code)
{
  FlLibusbLink *self = FL_LIBUSB_LINK (owner);
  g_autoptr (GTask) task = take_task (self);

  if (code != 0)
    {
      g_clear_pointer (&self->pipe, fl_libusb_pipe_close);
      g_task_return_error (task, fl_libusb_error_from_open (code, self->location));
      return;
    }
  self->is_open = TRUE;
  g_task_return_boolean (task, TRUE);
}

static gboolean
on_waited (gpointer data)
{
  FlLibusbLink *self = FL_LIBUSB_LINK (data);
  g_autoptr (GError) reason = g_steal_pointer (&self->reason);

  end (self, reason);
  return G_SOURCE_REMOVE;
}

static void
wait_for_unplugging (FlLibusbLink *self, GError *reason)
{
  self->reason = reason;
  self->waiting = g_timeout_source_new (UNPLUGGED_MS);
  g_source_set_callback (self->waiting, on_waited, self, NULL);
  g_source_attach (self->waiting, self->context);
}

static void
on_transferred (gpointer owner, int code, enum libusb_transfer_status status, GBytes *bytes)
{
  FlLibusbLink *self = FL_LIBUSB_LINK (owner);
  g_autoptr (GError) error = code != 0 ? fl_libusb_error_from_submit (code, self->location)
                                       : fl_libusb_error_from_status (status, self->location);
  g_autoptr (GTask) task = NULL;
  Reply *reply;

  if (g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST))
    {
      wait_for_unplugging (self, g_steal_pointer (&error));
      return;
    }
  task = take_task (self);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  reply = g_new0 (Reply, 1);
  reply->outcome = status == LIBUSB_TRANSFER_STALL ? FL_USB_STALLED : FL_USB_DONE;
  reply->bytes = g_bytes_ref (bytes);
  g_task_return_pointer (task, reply, reply_free);
}

static void
on_left (gpointer owner)
{
  FlLibusbLink *self = FL_LIBUSB_LINK (owner);
  g_autoptr (GError) error = NULL;

  error = fl_libusb_error_from_status (LIBUSB_TRANSFER_NO_DEVICE, self->location);
  end (self, error);
}

static const FlLibusbPipeEvents events = { on_opened, on_transferred, on_left };

/* FALSE: it has ended already. */
static gboolean
begin (FlLibusbLink *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_task_set_check_cancellable (task, FALSE);
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
      fl_link_close (FL_LINK (self));
      return FALSE;
    }
  if (self->task != NULL)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_BUSY, "One thing at a time");
      return FALSE;
    }
  return TRUE;
}

static void
keep_task (FlLibusbLink *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->task = g_object_ref (task);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (fl_link_close), self,
                             G_CONNECT_SWAPPED);
}

static void
fl_libusb_link_open_async (FlLink *link,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  FlLibusbLink *self = FL_LIBUSB_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_libusb_link_open_async);
  if (!begin (self, task))
    return;
  if (self->pipe != NULL)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_BUSY, "The link is open");
      return;
    }
  keep_task (self, task);
  self->pipe = fl_libusb_pipe_open (self->thread, self->device, &events, self);
}

static gboolean
fl_libusb_link_open_finish (FlLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fl_libusb_link_send_async (FlLink *link,
                           GBytes *bytes,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_task_report_new_error (link, callback, user_data, fl_libusb_link_send_async, FL_ERROR,
                           FL_ERROR_UNSUPPORTED, "USB has control transfers only");
}

static gboolean
fl_libusb_link_send_finish (FlLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fl_libusb_link_close (FlLink *link)
{
  FlLibusbLink *self = FL_LIBUSB_LINK (link);

  if (self->pipe != NULL)
    end (self, NULL);
}

static gsize
fl_libusb_link_get_max_send (FlLink *link)
{
  return 0;
}

static void
fl_libusb_link_transfer_async (FlUsbLink *link,
                               const FlUsbSetup *setup,
                               FlSecret *data,
                               guint limit_ms,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  FlLibusbLink *self = FL_LIBUSB_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gsize wanted = (setup->request_type & FL_USB_IN) != 0 ? 0 : setup->length;

  g_task_set_source_tag (task, fl_libusb_link_transfer_async);
  if (!begin (self, task))
    return;
  if (!self->is_open)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The link is not open");
  else if ((data == NULL ? 0 : fl_secret_get_size (data)) != wanted)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_UNEXPECTED, "The data is not as announced");
  else
    {
      keep_task (self, task);
      fl_libusb_pipe_transfer (self->pipe, setup, data, limit_ms);
    }
}

static GBytes *
fl_libusb_link_transfer_finish (FlUsbLink *link,
                                GAsyncResult *result,
                                FlUsbOutcome *outcome,
                                GError **error)
{
  Reply *reply;
  GBytes *bytes;

  g_return_val_if_fail (g_task_is_valid (result, link), NULL);

  reply = g_task_propagate_pointer (G_TASK (result), error);
  if (reply == NULL)
    return NULL;
  if (outcome != NULL)
    *outcome = reply->outcome;
  bytes = g_bytes_ref (reply->bytes);
  reply_free (reply);
  return bytes;
}

static void
fl_libusb_link_iface_init (FlLinkInterface *iface)
{
  iface->open_async = fl_libusb_link_open_async;
  iface->open_finish = fl_libusb_link_open_finish;
  iface->send_async = fl_libusb_link_send_async;
  iface->send_finish = fl_libusb_link_send_finish;
  iface->close = fl_libusb_link_close;
  iface->get_max_send = fl_libusb_link_get_max_send;
}

static void
fl_libusb_link_usb_iface_init (FlUsbLinkInterface *iface)
{
  iface->transfer_async = fl_libusb_link_transfer_async;
  iface->transfer_finish = fl_libusb_link_transfer_finish;
}

static void
fl_libusb_link_finalize (GObject *object)
{
  FlLibusbLink *self = FL_LIBUSB_LINK (object);

  /* A task keeps its link, so none is left here, and nothing is waited for. */
  g_clear_pointer (&self->pipe, fl_libusb_pipe_close);
  libusb_unref_device (self->device);
  fl_libusb_thread_unref (self->thread);
  g_main_context_unref (self->context);
  g_free (self->location);
  G_OBJECT_CLASS (fl_libusb_link_parent_class)->finalize (object);
}

static void
fl_libusb_link_class_init (FlLibusbLinkClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_libusb_link_finalize;
}

static void
fl_libusb_link_init (FlLibusbLink *self)
{
}

FlLibusbLink *
fl_libusb_link_new (FlLibusbThread *thread, libusb_device *device, const char *location)
{
  FlLibusbLink *self = g_object_new (FL_TYPE_LIBUSB_LINK, NULL);

  self->thread = fl_libusb_thread_ref (thread);
  self->context = g_main_context_ref_thread_default ();
  self->device = libusb_ref_device (device);
  self->location = g_strdup (location);
  return self;
}
