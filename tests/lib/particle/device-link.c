/* SPDX-License-Identifier: Apache-2.0 */
#include "device-link.h"

#include "fl-error.h"
#include "secure-pair.h"

static void link_iface_init (FlLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DeviceLink,
                               device_link,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_LINK, link_iface_init))

static void
shut (DeviceLink *self)
{
  fl_clock_clear (self->clock, &self->timer_id);
  g_clear_pointer (&self->device, fl_secure_session_free);
}

void
device_link_drop (DeviceLink *self, int error)
{
  g_autoptr (GError) reason = g_error_new_literal (FL_ERROR, error, "dropped by the test");

  shut (self);
  fl_link_emit_closed (FL_LINK (self), reason);
}

/* TRUE: the packet may pass. */
static gboolean
count_packet (DeviceLink *self)
{
  if (self->n_packets++ != self->drop_at)
    return TRUE;
  device_link_drop (self, FL_ERROR_LINK_LOST);
  return FALSE;
}

static void arm (DeviceLink *self);

static void
on_timer (gpointer data)
{
  g_autoptr (DeviceLink) self = g_object_ref (data);
  g_autoptr (GBytes) bytes = NULL;

  self->timer_id = 0;
  fl_secure_session_tick (self->device, fl_clock_now_us (self->clock));
  bytes = fl_secure_session_take (self->device, self->packet_size, fl_clock_now_us (self->clock));
  if (bytes == NULL)
    {
      /* As the firmware does on any fault, once its answer has left. */
      if (fl_secure_session_get_state (self->device) == FL_SECURE_FAILED)
        device_link_drop (self, FL_ERROR_LINK_LOST);
      return;
    }
  arm (self);
  if (count_packet (self))
    fl_link_emit_received (FL_LINK (self), bytes);
}

static void
arm (DeviceLink *self)
{
  if (self->device != NULL && self->timer_id == 0)
    self->timer_id = fl_clock_add_ms (self->clock, 1, on_timer, self);
}

void
device_link_reply (DeviceLink *self, guint16 id, int code, const void *data, gsize size_bytes)
{
  g_autoptr (FlSecret) payload = size_bytes > 0 ? fl_secret_new (data, size_bytes) : NULL;

  g_assert_true (fl_secure_session_send_reply (self->device, id, code, payload));
  arm (self);
}

void
device_link_inject (DeviceLink *self, const void *data, gsize size_bytes)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size_bytes);

  fl_link_emit_received (FL_LINK (self), bytes);
}

static void
device_link_open_async (FlLink *link,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  DeviceLink *self = DEVICE_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->n_openings++;
  self->device = fl_secure_session_new (FL_SECURE_DEVICE, self->secret, secure_pair_random,
                                        &self->seed, fl_clock_now_us (self->clock));
  arm (self);
  g_task_return_boolean (task, TRUE);
}

static gboolean
device_link_finish (FlLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
answer_requests (DeviceLink *self)
{
  g_autoptr (FlSecureMessage) request = NULL;

  while (self->device != NULL && (request = fl_secure_session_pop (self->device)) != NULL)
    {
      if (self->handler != NULL)
        self->handler (self, request, self->handler_data);
      g_clear_pointer (&request, fl_secure_message_free);
    }
}

static void
device_link_send_async (FlLink *link,
                        GBytes *bytes,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  DeviceLink *self = DEVICE_LINK (link);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gsize size_bytes = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size_bytes);

  g_assert_cmpuint (size_bytes, <=, self->packet_size);
  if (self->device == NULL || !count_packet (self))
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "closed");
      return;
    }
  if (!self->deaf)
    fl_secure_session_feed (self->device, data, size_bytes, fl_clock_now_us (self->clock));
  answer_requests (self);
  arm (self);
  g_task_return_boolean (task, TRUE);
}

static void
device_link_close (FlLink *link)
{
  DeviceLink *self = DEVICE_LINK (link);
  gboolean was_open = self->device != NULL;

  shut (self);
  if (was_open)
    fl_link_emit_closed (link, NULL);
}

static gsize
device_link_get_max_send (FlLink *link)
{
  return DEVICE_LINK (link)->packet_size;
}

static void
link_iface_init (FlLinkInterface *iface)
{
  iface->open_async = device_link_open_async;
  iface->open_finish = device_link_finish;
  iface->send_async = device_link_send_async;
  iface->send_finish = device_link_finish;
  iface->close = device_link_close;
  iface->get_max_send = device_link_get_max_send;
}

static void
device_link_finalize (GObject *object)
{
  DeviceLink *self = DEVICE_LINK (object);

  shut (self);
  g_clear_pointer (&self->secret, fl_secret_unref);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (device_link_parent_class)->finalize (object);
}

static void
device_link_class_init (DeviceLinkClass *class)
{
  G_OBJECT_CLASS (class)->finalize = device_link_finalize;
}

static void
device_link_init (DeviceLink *self)
{
  self->drop_at = -1;
  self->seed = 4711;
}

DeviceLink *
device_link_new (FlClock *clock, const char *secret, gsize packet_size)
{
  DeviceLink *self = g_object_new (DEVICE_TYPE_LINK, NULL);

  self->clock = g_object_ref (clock);
  self->secret = fl_secret_new_from_string (secret);
  self->packet_size = packet_size;
  return self;
}
