/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-usb-link"
#include "config.h"

#include "fl-sim-usb-link.h"

#include "fl-error.h"
#include "fl-sim-usb.h"
#include "fl-source.h"

#define FRAME_US G_GINT64_CONSTANT (1000)

struct _FlSimUsbLink
{
  GObject parent_instance;

  FlSimWorld *world; /* keeps the device */
  FlSimDevice *device;
  guint attachment;
  FlClock *clock;
  guint *counter; /* (nullable) */
  gulong changed_id;
  gboolean is_open;
  guint watch_id; /* looks whether the device is still there */

  GTask *transfer; /* (nullable) */
  FlUsbSetup setup;
  FlSecret *data;  /* (nullable) */
  gint64 limit_us; /* when the transfer is given up */
  guint timer_id;  /* its end */
  GSource *cancelling;
  FlUsbOutcome outcome; /* of the last one */
};

static void fl_sim_usb_link_link_init (FlLinkInterface *iface);
static void fl_sim_usb_link_iface_init (FlUsbLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSimUsbLink,
                               fl_sim_usb_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_LINK, fl_sim_usb_link_link_init)
                                   G_IMPLEMENT_INTERFACE (FL_TYPE_USB_LINK,
                                                          fl_sim_usb_link_iface_init))

static gboolean
is_attached (FlSimUsbLink *self)
{
  return fl_sim_usb_get_attachment (self->device, fl_clock_now_us (self->clock)) ==
         self->attachment;
}

static GError *
create_lost (void)
{
  return g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST, "The simulated device was unplugged");
}

/* The one exit of a transfer. (transfer full) @error, @reply: one of them */
static void
finish (FlSimUsbLink *self, GError *error, FlUsbOutcome outcome, GBytes *reply)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->transfer);

  fl_clock_clear (self->clock, &self->timer_id);
  g_clear_pointer (&self->data, fl_secret_unref);
  fl_source_clear (&self->cancelling);
  self->outcome = outcome;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, reply, (GDestroyNotify) g_bytes_unref);
}

/* The link is closed from now on. (transfer full) (nullable) @reason */
static void
shut (FlSimUsbLink *self, GError *reason)
{
  g_autoptr (FlSimUsbLink) keep = g_object_ref (self);
  g_autoptr (GError) owned = reason;

  if (!self->is_open)
    return;
  self->is_open = FALSE;
  fl_clock_clear (self->clock, &self->watch_id);
  g_clear_signal_handler (&self->changed_id, self->world);
  if (self->transfer != NULL)
    finish (self,
            owned != NULL ? g_error_copy (owned)
                          : g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Closed"),
            FL_USB_STALLED, NULL);
  fl_link_emit_closed (FL_LINK (self), owned);
}

static void watch (FlSimUsbLink *self, gint64 at_us);

static void
on_watch (gpointer data)
{
  FlSimUsbLink *self = data;

  self->watch_id = 0;
  if (is_attached (self))
    watch (self, fl_sim_device_get_deadline (self->device));
  else
    shut (self, create_lost ());
}

static void
watch (FlSimUsbLink *self, gint64 at_us)
{
  fl_clock_clear (self->clock, &self->watch_id);
  if (at_us != G_MAXINT64)
    self->watch_id = fl_clock_add_at (self->clock, at_us, on_watch, self);
}

/* The world is busy at this moment; a little later it can be asked. */
static void
on_changed (FlSimWorld *world, FlSimUsbLink *self)
{
  watch (self, fl_clock_now_us (self->clock));
}

static void
on_limit (gpointer data)
{
  FlSimUsbLink *self = data;

  self->timer_id = 0;
  finish (self,
          g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_SILENT,
                               "The simulated device did not complete the transfer"),
          FL_USB_STALLED, NULL);
}

/* The frame is over: what the device made of it. */
static void
on_frame (gpointer data)
{
  FlSimUsbLink *self = data;
  g_autoptr (FlSimUsbLink) keep = g_object_ref (self);
  g_autoptr (GBytes) reply = NULL;
  const guint8 *bytes = self->data != NULL ? fl_secret_get_data (self->data) : NULL;
  gsize size_bytes = self->data != NULL ? fl_secret_get_size (self->data) : 0;
  FlSimUsbEnd end;

  self->timer_id = 0;
  if (self->counter != NULL)
    (*self->counter)++;
  end = fl_sim_usb_control (self->device, self->attachment, &self->setup, bytes, size_bytes,
                            fl_clock_now_us (self->clock), &reply);
  switch (end)
    {
    case FL_SIM_USB_DONE:
      finish (self, NULL, FL_USB_DONE,
              reply != NULL ? g_steal_pointer (&reply) : g_bytes_new (NULL, 0));
      break;
    case FL_SIM_USB_STALLED:
      finish (self, NULL, FL_USB_STALLED, g_bytes_new (NULL, 0));
      break;
    case FL_SIM_USB_PENDING:
      self->timer_id = fl_clock_add_at (self->clock, self->limit_us, on_limit, self);
      break;
    case FL_SIM_USB_GONE:
      shut (self, create_lost ());
      break;
    }
  if (self->is_open)
    watch (self, fl_sim_device_get_deadline (self->device));
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  shut (FL_SIM_USB_LINK (data),
        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled"));
  return G_SOURCE_REMOVE;
}

static void
follow_cancellable (FlSimUsbLink *self)
{
  GCancellable *cancellable = g_task_get_cancellable (self->transfer);

  if (cancellable == NULL)
    return;
  self->cancelling = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancelling, G_SOURCE_FUNC (on_cancelled), self, NULL);
  g_source_attach (self->cancelling, g_main_context_get_thread_default ());
}

static void
fl_sim_usb_link_transfer_async (FlUsbLink *link,
                                const FlUsbSetup *setup,
                                FlSecret *data,
                                guint limit_ms,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  FlSimUsbLink *self = FL_SIM_USB_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gint64 now_us = fl_clock_now_us (self->clock);

  g_task_set_source_tag (task, fl_sim_usb_link_transfer_async);
  if (!self->is_open)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The link is not open");
      return;
    }
  if (self->transfer != NULL)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_BUSY,
                               "Another transfer is under way");
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    {
      shut (self,
            g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled"));
      return;
    }
  self->transfer = g_steal_pointer (&task);
  self->setup = *setup;
  self->data = data != NULL ? fl_secret_ref (data) : NULL;
  self->limit_us = now_us + MAX (FRAME_US, (gint64) limit_ms * 1000);
  self->timer_id = fl_clock_add_at (self->clock, now_us + FRAME_US, on_frame, self);
  follow_cancellable (self);
}

static GBytes *
fl_sim_usb_link_transfer_finish (FlUsbLink *link,
                                 GAsyncResult *result,
                                 FlUsbOutcome *outcome,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), NULL);

  if (outcome != NULL)
    *outcome = FL_SIM_USB_LINK (link)->outcome;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GError *
get_refusal (FlSimUsbLink *self)
{
  FlSimUsbIdentity identity;

  if (fl_sim_world_is_usb_hidden (self->world))
    return g_error_new_literal (FL_ERROR, FL_ERROR_USB_PERMISSION,
                                "The simulated computer shows no USB");
  if (!is_attached (self))
    return g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH,
                                "The simulated device is not plugged in any more");
  fl_sim_usb_get_identity (self->device, &identity);
  if (fl_sim_usb_open (self->device, fl_clock_now_us (self->clock)))
    return NULL;
  if (identity.is_refused)
    return g_error_new_literal (FL_ERROR, FL_ERROR_USB_ACCESS,
                                "The simulated device may not be opened");
  return g_error_new_literal (FL_ERROR, FL_ERROR_USB_CLAIMED,
                              "Something else has the simulated device open");
}

static void
fl_sim_usb_link_open_async (FlLink *link,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  FlSimUsbLink *self = FL_SIM_USB_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error;

  g_task_set_source_tag (task, fl_sim_usb_link_open_async);
  if (self->is_open)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_UNEXPECTED, "The link is open already");
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;
  error = get_refusal (self);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  self->is_open = TRUE;
  self->changed_id = g_signal_connect (self->world, "changed", G_CALLBACK (on_changed), self);
  watch (self, fl_sim_device_get_deadline (self->device));
  g_task_return_boolean (task, TRUE);
}

static gboolean
fl_sim_usb_link_finish (FlLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fl_sim_usb_link_send_async (FlLink *link,
                            GBytes *bytes,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_task_report_new_error (link, callback, user_data, fl_sim_usb_link_send_async, FL_ERROR,
                           FL_ERROR_UNSUPPORTED, "A cable carries control transfers only");
}

static void
fl_sim_usb_link_close (FlLink *link)
{
  shut (FL_SIM_USB_LINK (link), NULL);
}

static gsize
fl_sim_usb_link_get_max_send (FlLink *link)
{
  return 0;
}

static void
fl_sim_usb_link_link_init (FlLinkInterface *iface)
{
  iface->open_async = fl_sim_usb_link_open_async;
  iface->open_finish = fl_sim_usb_link_finish;
  iface->send_async = fl_sim_usb_link_send_async;
  iface->send_finish = fl_sim_usb_link_finish;
  iface->close = fl_sim_usb_link_close;
  iface->get_max_send = fl_sim_usb_link_get_max_send;
}

static void
fl_sim_usb_link_iface_init (FlUsbLinkInterface *iface)
{
  iface->transfer_async = fl_sim_usb_link_transfer_async;
  iface->transfer_finish = fl_sim_usb_link_transfer_finish;
}

static void
fl_sim_usb_link_dispose (GObject *object)
{
  FlSimUsbLink *self = FL_SIM_USB_LINK (object);

  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->watch_id);
  if (self->world != NULL)
    g_clear_signal_handler (&self->changed_id, self->world);
  g_clear_pointer (&self->counter, g_rc_box_release);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  G_OBJECT_CLASS (fl_sim_usb_link_parent_class)->dispose (object);
}

static void
fl_sim_usb_link_class_init (FlSimUsbLinkClass *class)
{
  G_OBJECT_CLASS (class)->dispose = fl_sim_usb_link_dispose;
}

static void
fl_sim_usb_link_init (FlSimUsbLink *self)
{
}

FlUsbLink *
fl_sim_usb_link_new (FlSimDevice *device, guint attachment, FlClock *clock, guint *counter)
{
  FlSimUsbLink *self;

  g_return_val_if_fail (device != NULL, NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_SIM_USB_LINK, NULL);
  self->device = device;
  self->world = g_object_ref (fl_sim_device_get_world (device));
  self->attachment = attachment;
  self->clock = g_object_ref (clock);
  self->counter = counter != NULL ? g_rc_box_acquire (counter) : NULL;
  return FL_USB_LINK (self);
}
