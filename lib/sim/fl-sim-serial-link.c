/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-serial-link"
#include "config.h"

#include "fl-sim-serial-link.h"

#include "fl-error.h"
#include "fl-sim-console.h"
#include "fl-source.h"

#define MAX_SEND      4096
#define PACKET_BYTES  64                         /* of the device's bulk endpoint */
#define FRAME_US      G_GINT64_CONSTANT (1000)   /* of full-speed USB */
#define BUSY_PAUSE_US G_GINT64_CONSTANT (250000) /* as FlTtyLink waits */
#define BUSY_LIMIT_US G_GINT64_CONSTANT (25000000)
#define RATE_TALK     9600
#define RATE_LISTEN   28800

struct _FlSimSerialLink
{
  GObject parent_instance;

  FlSimWorld *world; /* keeps the device */
  FlSimDevice *device;
  guint attachment;
  FlClock *clock;
  gulong changed_id;
  FlSimConsole *console; /* (nullable): closed */
  guint timer_id;        /* the console has something to do, or the next attempt to open */

  GTask *opening; /* (nullable) */
  gint64 give_up_us;
  GSource *cancelling;
};

static void fl_sim_serial_link_link_init (FlLinkInterface *iface);
static void fl_sim_serial_link_iface_init (FlSerialLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSimSerialLink,
                               fl_sim_serial_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_LINK, fl_sim_serial_link_link_init)
                                   G_IMPLEMENT_INTERFACE (FL_TYPE_SERIAL_LINK,
                                                          fl_sim_serial_link_iface_init))

/* The one exit of an opening. (transfer full) (nullable) @error */
static void
finish_opening (FlSimSerialLink *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->opening);

  fl_source_clear (&self->cancelling);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Closed from now on. (transfer full) (nullable) @reason */
static void
shut (FlSimSerialLink *self, GError *reason)
{
  g_autoptr (FlSimSerialLink) keep = g_object_ref (self);
  g_autoptr (GError) owned = reason;
  gboolean was_open = self->console != NULL;

  fl_clock_clear (self->clock, &self->timer_id);
  g_clear_signal_handler (&self->changed_id, self->world);
  g_clear_pointer (&self->console, fl_sim_console_free);
  if (self->opening != NULL)
    finish_opening (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Closed"));
  if (was_open)
    fl_link_emit_closed (FL_LINK (self), owned);
}

static void
deliver (FlSimSerialLink *self, GBytes *bytes)
{
  gsize size_bytes = g_bytes_get_size (bytes);

  for (gsize i = 0; i < size_bytes && self->console != NULL; i += PACKET_BYTES)
    {
      g_autoptr (GBytes) packet =
          g_bytes_new_from_bytes (bytes, i, MIN (PACKET_BYTES, size_bytes - i));

      fl_link_emit_received (FL_LINK (self), packet);
    }
}

static void on_timer (gpointer data);

static void
schedule (FlSimSerialLink *self, gint64 at_us)
{
  fl_clock_clear (self->clock, &self->timer_id);
  if (at_us != G_MAXINT64)
    self->timer_id = fl_clock_add_at (self->clock, at_us, on_timer, self);
}

/* Whoever hears of a piece may close the link, or send something. */
static void
pump (FlSimSerialLink *self)
{
  g_autoptr (FlSimSerialLink) keep = g_object_ref (self);
  gint64 now_us = fl_clock_now_us (self->clock);
  GBytes *bytes;

  fl_sim_console_tick (self->console, now_us);
  while (self->console != NULL && (bytes = fl_sim_console_take (self->console)) != NULL)
    {
      deliver (self, bytes);
      g_bytes_unref (bytes);
    }
  if (self->console == NULL)
    return;
  if (fl_sim_console_is_closed (self->console, now_us))
    shut (self, g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST,
                                     "The simulated port is not there any more"));
  else
    schedule (self, fl_sim_console_get_deadline (self->console));
}

/* The world is busy at this moment; a little later it can be asked. */
static void
on_changed (FlSimWorld *world, FlSimSerialLink *self)
{
  schedule (self, fl_clock_now_us (self->clock));
}

static void
open_now (FlSimSerialLink *self, gint64 now_us)
{
  self->console = fl_sim_console_new (self->device, now_us);
  self->changed_id = g_signal_connect (self->world, "changed", G_CALLBACK (on_changed), self);
  schedule (self, now_us + FRAME_US);
  finish_opening (self, NULL);
}

static void
try_to_open (FlSimSerialLink *self)
{
  gint64 now_us = fl_clock_now_us (self->clock);

  if (self->attachment == 0 ||
      fl_sim_console_get_attachment (self->device, now_us) != self->attachment)
    {
      finish_opening (self, g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH,
                                                 "The simulated port is not there any more"));
      return;
    }
  switch (fl_sim_console_get_access (self->device, now_us))
    {
    case FL_SIM_CONSOLE_FREE:
      open_now (self, now_us);
      break;
    case FL_SIM_CONSOLE_REFUSED:
      finish_opening (self, g_error_new_literal (FL_ERROR, FL_ERROR_USB_ACCESS,
                                                 "The simulated port may not be opened"));
      break;
    case FL_SIM_CONSOLE_BUSY:
      if (now_us >= self->give_up_us)
        finish_opening (self, g_error_new_literal (FL_ERROR, FL_ERROR_SERIAL_BUSY,
                                                   "Something else has the simulated port open"));
      else
        schedule (self, now_us + BUSY_PAUSE_US);
      break;
    }
}

static void
on_timer (gpointer data)
{
  FlSimSerialLink *self = data;

  self->timer_id = 0;
  if (self->opening != NULL)
    try_to_open (self);
  else if (self->console != NULL)
    pump (self);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  shut (data, NULL);
  return G_SOURCE_REMOVE;
}

static void
fl_sim_serial_link_open_async (FlLink *link,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  FlSimSerialLink *self = FL_SIM_SERIAL_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_sim_serial_link_open_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->console != NULL || self->opening != NULL)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_BUSY, "The link is open");
      return;
    }
  g_task_set_check_cancellable (task, FALSE);
  self->opening = g_object_ref (task);
  if (cancellable != NULL)
    {
      self->cancelling = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelling, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_attach (self->cancelling, g_main_context_get_thread_default ());
    }
  self->give_up_us = fl_clock_now_us (self->clock) + BUSY_LIMIT_US;
  try_to_open (self);
}

static gboolean
fl_sim_serial_link_finish (FlLink *link, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What the device says to it arrives with a later frame. */
static void
fl_sim_serial_link_send_async (FlLink *link,
                               GBytes *bytes,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  FlSimSerialLink *self = FL_SIM_SERIAL_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gint64 now_us = fl_clock_now_us (self->clock);
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &size_bytes);

  g_task_set_source_tag (task, fl_sim_serial_link_send_async);
  if (g_cancellable_is_cancelled (cancellable))
    {
      shut (self, NULL);
      g_task_return_error_if_cancelled (task);
    }
  else if (self->console == NULL)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The link is not open");
  else if (size_bytes > MAX_SEND)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_UNEXPECTED, "Too much to send at once");
  else
    {
      fl_sim_console_feed (self->console, data, size_bytes, now_us);
      schedule (self, now_us + FRAME_US);
      g_task_return_boolean (task, TRUE);
    }
}

static void
fl_sim_serial_link_close (FlLink *link)
{
  shut (FL_SIM_SERIAL_LINK (link), NULL);
}

static gsize
fl_sim_serial_link_get_max_send (FlLink *link)
{
  return MAX_SEND;
}

static gboolean
fl_sim_serial_link_set_rate (FlSerialLink *link, FlSerialRate rate, GError **error)
{
  FlSimSerialLink *self = FL_SIM_SERIAL_LINK (link);
  gint64 now_us = fl_clock_now_us (self->clock);

  if (self->console == NULL)
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_LINK_LOST, "The link is not open");
      return FALSE;
    }
  fl_sim_console_set_rate (self->console, rate == FL_SERIAL_RATE_LISTEN ? RATE_LISTEN : RATE_TALK,
                           now_us);
  schedule (self, now_us + FRAME_US);
  return TRUE;
}

static void
fl_sim_serial_link_link_init (FlLinkInterface *iface)
{
  iface->open_async = fl_sim_serial_link_open_async;
  iface->open_finish = fl_sim_serial_link_finish;
  iface->send_async = fl_sim_serial_link_send_async;
  iface->send_finish = fl_sim_serial_link_finish;
  iface->close = fl_sim_serial_link_close;
  iface->get_max_send = fl_sim_serial_link_get_max_send;
}

static void
fl_sim_serial_link_iface_init (FlSerialLinkInterface *iface)
{
  iface->set_rate = fl_sim_serial_link_set_rate;
}

static void
fl_sim_serial_link_dispose (GObject *object)
{
  FlSimSerialLink *self = FL_SIM_SERIAL_LINK (object);

  if (self->clock != NULL)
    fl_clock_clear (self->clock, &self->timer_id);
  if (self->world != NULL)
    g_clear_signal_handler (&self->changed_id, self->world);
  g_clear_pointer (&self->console, fl_sim_console_free);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  G_OBJECT_CLASS (fl_sim_serial_link_parent_class)->dispose (object);
}

static void
fl_sim_serial_link_class_init (FlSimSerialLinkClass *class)
{
  G_OBJECT_CLASS (class)->dispose = fl_sim_serial_link_dispose;
}

static void
fl_sim_serial_link_init (FlSimSerialLink *self)
{
}

FlSerialLink *
fl_sim_serial_link_new (FlSimDevice *device, guint attachment, FlClock *clock)
{
  FlSimSerialLink *self;

  g_return_val_if_fail (device != NULL, NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_SIM_SERIAL_LINK, NULL);
  self->device = device;
  self->world = g_object_ref (fl_sim_device_get_world (device));
  self->attachment = attachment;
  self->clock = g_object_ref (clock);
  return FL_SERIAL_LINK (self);
}
