/* SPDX-License-Identifier: Apache-2.0 */
#include "usb-device-link.h"

#include <string.h>

#include "fl-error.h"
#include "fl-usb-service.h"

#define TRANSFER_MS 1

static void link_iface_init (FlLinkInterface *iface);
static void usb_link_iface_init (FlUsbLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UsbDeviceLink,
                               usb_device_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_LINK, link_iface_init)
                                   G_IMPLEMENT_INTERFACE (FL_TYPE_USB_LINK, usb_link_iface_init))

typedef struct
{
  guint index;
  gint64 at_us;
  FlSecret *data; /* (nullable) */
} Answer;

/* What a transfer will come to. */
typedef struct
{
  FlUsbOutcome outcome;
  GBytes *reply; /* never NULL */
} End;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->data, fl_secret_unref);
  g_free (answer);
}

static void
end_free (gpointer data)
{
  End *end = data;

  g_clear_pointer (&end->reply, g_bytes_unref);
  g_free (end);
}

static void
end_transfer (UsbDeviceLink *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->transfer);

  fl_clock_clear (self->clock, &self->end_id);
  fl_clock_clear (self->clock, &self->limit_id);
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
shut (UsbDeviceLink *self, GError *reason) /* (transfer full) (nullable) */
{
  const gboolean was_open = self->open;

  self->open = FALSE;
  end_transfer (self, reason != NULL ? g_error_copy (reason)
                                     : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, ""));
  if (was_open)
    fl_link_emit_closed (FL_LINK (self), reason);
  g_clear_error (&reason);
}

void
usb_device_link_unplug (UsbDeviceLink *self)
{
  fl_usb_server_bus_reset (self->server, TRUE);
  shut (self, g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST, "pulled by the test"));
}

static void on_answer (gpointer data);

static void
run_device (UsbDeviceLink *self)
{
  FlUsbServerRequest request = { 0 };
  Answer *answer = NULL;

  fl_usb_server_run (self->server);
  while (fl_usb_server_take_request (self->server, &request))
    {
      answer = g_new0 (Answer, 1);
      answer->index = request.index;
      answer->at_us = fl_clock_now_us (self->clock) + self->answer_ms * G_TIME_SPAN_MILLISECOND;
      answer->data = g_steal_pointer (&request.data);
      if (self->is_mute)
        answer_free (answer);
      else
        g_queue_push_tail (self->answers, answer);
    }
  answer = g_queue_peek_head (self->answers);
  if (answer != NULL && self->answer_id == 0)
    self->answer_id = fl_clock_add_at (self->clock, answer->at_us, on_answer, self);
}

static void
on_answer (gpointer data)
{
  UsbDeviceLink *self = data;
  Answer *answer = g_queue_pop_head (self->answers);

  self->answer_id = 0;
  fl_usb_server_reply (self->server, answer->index, 0, answer->data);
  answer_free (answer);
  run_device (self);
}

static void
on_end (gpointer data)
{
  UsbDeviceLink *self = data;

  self->end_id = 0;
  run_device (self);
  end_transfer (self, NULL);
}

static void
on_limit (gpointer data)
{
  UsbDeviceLink *self = data;

  self->limit_id = 0;
  end_transfer (self, g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_SILENT, "No end in time"));
}

static FlUsbOutcome
control (UsbDeviceLink *self, const FlUsbSetup *setup, FlSecret *data, GBytes **reply)
{
  if (setup->request_type == FL_USB_SERVICE_IN && setup->request == FL_USB_SERVICE_RAW &&
      setup->index == 30 && self->version != NULL)
    {
      *reply = g_bytes_new_static (self->version, strlen (self->version));
      return FL_USB_DONE;
    }
  if (self->control != NULL)
    return self->control (self, setup, reply);
  return fl_usb_server_control (self->server, setup,
                                data != NULL ? fl_secret_get_data (data) : NULL,
                                data != NULL ? fl_secret_get_size (data) : 0, reply);
}

static void
start_transfer (UsbDeviceLink *self, const FlUsbSetup *setup, FlSecret *data, End *end)
{
  const gboolean is_faulty = self->fault_at >= 0 && self->n_transfers >= self->fault_at;

  self->n_transfers++;
  switch (is_faulty ? self->fault : USB_DEVICE_ANSWERS)
    {
    case USB_DEVICE_ANSWERS:
      end->outcome = control (self, setup, data, &end->reply);
      break;
    case USB_DEVICE_STALLS:
      end->outcome = FL_USB_STALLED;
      break;
    case USB_DEVICE_HANGS:
      return;
    case USB_DEVICE_UNPLUGS:
      usb_device_link_unplug (self);
      return;
    }
  if (end->reply == NULL)
    end->reply = g_bytes_new (NULL, 0);
  self->end_id = fl_clock_add_ms (self->clock, TRANSFER_MS, on_end, self);
}

static void
usb_device_link_transfer_async (FlUsbLink *link,
                                const FlUsbSetup *setup,
                                FlSecret *data,
                                guint limit_ms,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  UsbDeviceLink *self = USB_DEVICE_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  End *end = g_new0 (End, 1);

  g_task_set_task_data (task, end, end_free);
  g_assert_null (self->transfer); /* one at a time */
  if (setup->request_type & FL_USB_IN)
    g_assert_null (data);
  else
    g_assert_cmpuint (data != NULL ? fl_secret_get_size (data) : 0, ==, setup->length);
  if (!self->open)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "closed");
      return;
    }
  self->transfer = g_object_ref (task);
  self->limit_id = fl_clock_add_ms (self->clock, limit_ms, on_limit, self);
  start_transfer (self, setup, data, end);
}

static GBytes *
usb_device_link_transfer_finish (FlUsbLink *link,
                                 GAsyncResult *result,
                                 FlUsbOutcome *outcome,
                                 GError **error)
{
  End *end = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  *outcome = end->outcome;
  return g_steal_pointer (&end->reply);
}

static void
usb_device_link_open_async (FlLink *link,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  UsbDeviceLink *self = USB_DEVICE_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->n_openings++;
  self->open = self->open_error == 0;
  if (self->open)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, FL_ERROR, self->open_error, "not opened by the test");
}

static gboolean
usb_device_link_open_finish (FlLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
usb_device_link_close (FlLink *link)
{
  shut (USB_DEVICE_LINK (link), NULL);
}

static void
link_iface_init (FlLinkInterface *iface)
{
  iface->open_async = usb_device_link_open_async;
  iface->open_finish = usb_device_link_open_finish;
  iface->close = usb_device_link_close;
}

static void
usb_link_iface_init (FlUsbLinkInterface *iface)
{
  iface->transfer_async = usb_device_link_transfer_async;
  iface->transfer_finish = usb_device_link_transfer_finish;
}

static void
usb_device_link_finalize (GObject *object)
{
  UsbDeviceLink *self = USB_DEVICE_LINK (object);

  fl_clock_clear (self->clock, &self->answer_id);
  g_queue_free_full (self->answers, answer_free);
  g_clear_pointer (&self->server, fl_usb_server_free);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (usb_device_link_parent_class)->finalize (object);
}

static void
usb_device_link_class_init (UsbDeviceLinkClass *class)
{
  G_OBJECT_CLASS (class)->finalize = usb_device_link_finalize;
}

static void
usb_device_link_init (UsbDeviceLink *self)
{
  self->server = fl_usb_server_new ();
  self->answers = g_queue_new ();
  self->fault_at = -1;
  self->version = "6.2.0";
  self->answer_ms = 1;
}

UsbDeviceLink *
usb_device_link_new (FlClock *clock)
{
  UsbDeviceLink *self = g_object_new (USB_DEVICE_TYPE_LINK, NULL);

  self->clock = g_object_ref (clock);
  return self;
}
