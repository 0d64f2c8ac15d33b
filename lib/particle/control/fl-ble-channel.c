/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-ble-channel"
#include "config.h"

#include "fl-ble-channel-private.h"

#include "fl-error.h"

/* Device OS, system/src/ble_control_request_channel.cpp: 15 characters */
#define SECRET_BYTES 15
/* A whole handshake is under 1 KiB; nothing honest sends more while we compute. */
#define INBOX_MAX_BYTES 65536

static void channel_iface_init (FlControlChannelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlBleChannel,
                               fl_ble_channel,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_CONTROL_CHANNEL, channel_iface_init))

/* The one place that ends securing; the source goes first, its callback may free the task. */
static GTask *
take_secure_task (FlBleChannel *self)
{
  if (self->secure_cancel != NULL)
    g_source_destroy (self->secure_cancel);
  g_clear_pointer (&self->secure_cancel, g_source_unref);
  return g_steal_pointer (&self->secure_task);
}

void
fl_ble_channel_shut (FlBleChannel *self, const GError *error, const GError *reason)
{
  G_GNUC_UNUSED g_autoptr (FlBleChannel) alive = g_object_ref (self);
  g_autoptr (GTask) connect_task = NULL;
  g_autoptr (GTask) secure_task = NULL;
  gboolean was_linked = self->state >= CHANNEL_LINKED;

  if (self->state == CHANNEL_CLOSED)
    return;

  g_debug ("closed: %s", error->message);
  self->state = CHANNEL_CLOSED;
  self->generation++;
  self->computing = FALSE;
  self->link_closed = FALSE;
  self->sending = FALSE;
  g_clear_error (&self->link_reason);
  g_clear_pointer (&self->session, fl_secure_session_free);
  g_byte_array_set_size (self->inbox, 0);
  fl_clock_clear (self->clock, &self->deadline_id);
  fl_link_close (self->link);

  connect_task = g_steal_pointer (&self->connect_task);
  secure_task = take_secure_task (self);
  if (connect_task != NULL)
    g_task_return_error (connect_task, g_error_copy (error));
  if (secure_task != NULL)
    g_task_return_error (secure_task, g_error_copy (error));
  fl_ble_channel_fail_requests (self, error);
  if (was_linked)
    fl_control_channel_emit_closed (FL_CONTROL_CHANNEL (self), reason);
}

/* The session knows what a closed link means in a handshake; a reason like "Bluetooth was turned
 * off" says more than it can. */
void
fl_ble_channel_handle_link_closed (FlBleChannel *self, const GError *reason)
{
  g_autoptr (GError) error = NULL;

  if (self->computing)
    {
      self->link_closed = TRUE;
      if (reason != NULL && self->link_reason == NULL)
        self->link_reason = g_error_copy (reason);
      return;
    }

  if (reason != NULL && !g_error_matches (reason, FL_ERROR, FL_ERROR_LINK_LOST))
    error = g_error_copy (reason);
  else if (self->session != NULL)
    error = fl_secure_session_explain_disconnect (self->session);
  if (error == NULL)
    error = g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST, "The link was closed");
  fl_ble_channel_shut (self, error, error);
}

static void
on_link_closed (FlLink *link, const GError *reason, FlBleChannel *self)
{
  if (self->state >= CHANNEL_LINKED)
    fl_ble_channel_handle_link_closed (self, reason);
}

static void
on_link_received (FlLink *link, GBytes *chunk, FlBleChannel *self)
{
  gsize size_bytes = 0;
  const guint8 *data = g_bytes_get_data (chunk, &size_bytes);

  if (self->state == CHANNEL_OPEN)
    {
      fl_secure_session_feed (self->session, data, size_bytes, fl_clock_now_us (self->clock));
      fl_ble_channel_pump (self);
      return;
    }
  if (self->state < CHANNEL_LINKED)
    return;
  if (size_bytes > INBOX_MAX_BYTES - self->inbox->len)
    {
      g_autoptr (GError) error =
          g_error_new_literal (FL_ERROR, FL_ERROR_UNEXPECTED, "Far too much before the handshake");

      fl_ble_channel_shut (self, error, error);
      return;
    }
  g_byte_array_append (self->inbox, data, (guint) size_bytes);
  if (self->state == CHANNEL_SECURING && !self->computing)
    fl_ble_channel_start_step (self, NULL);
}

typedef struct
{
  FlBleChannel *channel;
  guint generation;
  gsize size_bytes;
  gboolean counts; /* bytes of requests, not of the handshake */
} Send;

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Send *send = data;
  g_autoptr (FlBleChannel) self = send->channel;
  g_autoptr (GError) error = NULL;
  gboolean sent = fl_link_send_finish (FL_LINK (source), result, &error);

  if (send->generation != self->generation)
    return;

  self->sending = FALSE;
  if (!sent)
    {
      fl_ble_channel_handle_link_closed (self, error);
      return;
    }
  if (send->counts)
    fl_ble_channel_note_sent (self, send->size_bytes);
  fl_ble_channel_pump (self);
}

static void
send_next (FlBleChannel *self)
{
  g_autoptr (GBytes) bytes = NULL;
  Send *send = NULL;

  if (self->sending || self->link_closed)
    return;
  bytes = fl_secure_session_take (self->session, fl_link_get_max_send (self->link),
                                  fl_clock_now_us (self->clock));
  if (bytes == NULL)
    return;

  send = g_new0 (Send, 1);
  send->channel = g_object_ref (self);
  send->generation = self->generation;
  send->size_bytes = g_bytes_get_size (bytes);
  send->counts = self->state == CHANNEL_OPEN;
  self->sending = TRUE;
  fl_link_send_async (self->link, bytes, NULL, on_sent, send);
}

static void
on_deadline (gpointer data)
{
  FlBleChannel *self = data;

  self->deadline_id = 0;
  fl_secure_session_tick (self->session, fl_clock_now_us (self->clock));
  fl_ble_channel_pump (self);
}

static void
arm_deadline (FlBleChannel *self)
{
  gint64 deadline_us = fl_secure_session_get_deadline (self->session);

  fl_clock_clear (self->clock, &self->deadline_id);
  if (deadline_us != G_MAXINT64)
    self->deadline_id = fl_clock_add_at (self->clock, deadline_us, on_deadline, self);
}

/* Moves everything that can move. Callbacks may close the channel or hand the session to a thread,
 * which is asked after each. */
void
fl_ble_channel_pump (FlBleChannel *self)
{
  G_GNUC_UNUSED g_autoptr (FlBleChannel) alive = g_object_ref (self);
  g_autoptr (FlSecureMessage) message = NULL;

  if (self->session == NULL)
    return;
  if (self->state == CHANNEL_SECURING &&
      fl_secure_session_get_state (self->session) == FL_SECURE_OPEN)
    {
      g_autoptr (GTask) task = take_secure_task (self);

      self->state = CHANNEL_OPEN;
      g_task_return_boolean (task, TRUE);
    }

  while (self->session != NULL && (message = fl_secure_session_pop (self->session)) != NULL)
    {
      fl_ble_channel_dispatch (self, message);
      g_clear_pointer (&message, fl_secure_message_free);
    }
  if (self->session == NULL)
    return;
  if (fl_secure_session_get_state (self->session) == FL_SECURE_FAILED)
    {
      g_autoptr (GError) error = g_error_copy (fl_secure_session_get_error (self->session));

      fl_ble_channel_shut (self, error, error);
      return;
    }

  if (self->state == CHANNEL_SECURING && self->inbox->len > 0)
    {
      fl_ble_channel_start_step (self, NULL);
      return;
    }
  if (self->inbox->len > 0) /* came with the end of the handshake */
    {
      g_autoptr (GByteArray) rest = g_steal_pointer (&self->inbox);

      self->inbox = g_byte_array_new ();
      fl_secure_session_feed (self->session, rest->data, rest->len, fl_clock_now_us (self->clock));
      fl_ble_channel_pump (self);
      return;
    }
  send_next (self);
  if (self->session != NULL)
    arm_deadline (self);
}

static void
on_link_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  FlBleChannel *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gboolean opened = fl_link_open_finish (FL_LINK (source), result, &error);

  if (self->connect_task != task)
    return; /* closed meanwhile, which closed the link too */

  g_clear_object (&self->connect_task);
  self->state = opened ? CHANNEL_LINKED : CHANNEL_CLOSED;
  if (opened)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
fl_ble_channel_connect_async (FlControlChannel *channel,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  FlBleChannel *self = FL_BLE_CHANNEL (channel);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_ble_channel_connect_async);
  if (self->state != CHANNEL_CLOSED)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_BUSY, "The channel is in use");
      return;
    }
  self->state = CHANNEL_OPENING;
  self->queued_bytes = 0;
  self->sent_bytes = 0;
  self->connect_task = g_object_ref (task);
  fl_link_open_async (self->link, cancellable, on_link_opened, g_object_ref (task));
}

static gboolean
on_secure_cancelled (GCancellable *cancellable, gpointer data)
{
  FlBleChannel *self = data;
  g_autoptr (GError) error = NULL;

  g_cancellable_set_error_if_cancelled (cancellable, &error);
  fl_ble_channel_shut (self, error, NULL);
  return G_SOURCE_REMOVE;
}

static void
fl_ble_channel_secure_async (FlControlChannel *channel,
                             FlSecret *secret,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  FlBleChannel *self = FL_BLE_CHANNEL (channel);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_ble_channel_secure_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->state != CHANNEL_LINKED)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The link is not open");
      return;
    }
  if (secret == NULL || fl_secret_get_size (secret) != SECRET_BYTES)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_WRONG_SECRET, "A secret has %d characters",
                               SECRET_BYTES);
      return;
    }

  self->state = CHANNEL_SECURING;
  self->secure_task = g_object_ref (task);
  if (cancellable != NULL)
    {
      self->secure_cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->secure_cancel, G_SOURCE_FUNC (on_secure_cancelled), self, NULL);
      g_source_attach (self->secure_cancel, g_task_get_context (task));
    }
  fl_ble_channel_start_step (self, secret);
}

static void
fl_ble_channel_request_async (FlControlChannel *channel,
                              guint16 type,
                              FlSecret *payload,
                              guint limit_ms,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  FlBleChannel *self = FL_BLE_CHANNEL (channel);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_ble_channel_request_async);
  fl_ble_channel_start_request (self, task, type, payload, limit_ms);
  fl_ble_channel_pump (self);
}

static GBytes *
fl_ble_channel_request_finish (FlControlChannel *channel,
                               GAsyncResult *result,
                               int *code,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, channel), NULL);

  return fl_ble_channel_take_reply (G_TASK (result), code, error);
}

static void
fl_ble_channel_close (FlControlChannel *channel)
{
  g_autoptr (GError) error =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The channel was closed here");

  fl_ble_channel_shut (FL_BLE_CHANNEL (channel), error, NULL);
}

static void
channel_iface_init (FlControlChannelInterface *iface)
{
  iface->connect_async = fl_ble_channel_connect_async;
  iface->secure_async = fl_ble_channel_secure_async;
  iface->request_async = fl_ble_channel_request_async;
  iface->request_finish = fl_ble_channel_request_finish;
  iface->close = fl_ble_channel_close;
}

static void
fl_ble_channel_dispose (GObject *object)
{
  FlBleChannel *self = FL_BLE_CHANNEL (object);

  fl_clock_clear (self->clock, &self->deadline_id);
  g_clear_pointer (&self->session, fl_secure_session_free);
  g_hash_table_remove_all (self->requests);
  if (self->state != CHANNEL_CLOSED)
    {
      self->state = CHANNEL_CLOSED;
      fl_link_close (self->link);
    }
  G_OBJECT_CLASS (fl_ble_channel_parent_class)->dispose (object);
}

static void
fl_ble_channel_finalize (GObject *object)
{
  FlBleChannel *self = FL_BLE_CHANNEL (object);

  g_clear_pointer (&self->requests, g_hash_table_unref);
  g_clear_pointer (&self->unsent, g_queue_free);
  g_clear_pointer (&self->inbox, g_byte_array_unref);
  g_clear_error (&self->link_reason);
  g_clear_object (&self->link);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_ble_channel_parent_class)->finalize (object);
}

static void
fl_ble_channel_class_init (FlBleChannelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = fl_ble_channel_dispose;
  object_class->finalize = fl_ble_channel_finalize;
}

static void
fl_ble_channel_init (FlBleChannel *self)
{
  self->requests = g_hash_table_new_full (NULL, NULL, NULL, fl_ble_channel_request_free);
  self->unsent = g_queue_new ();
  self->inbox = g_byte_array_new ();
}

FlControlChannel *
fl_ble_channel_new (FlLink *link, FlClock *clock, FlRandomFunc random, gpointer random_data)
{
  FlBleChannel *self = NULL;

  g_return_val_if_fail (FL_IS_LINK (link), NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (random != NULL, NULL);

  self = g_object_new (FL_TYPE_BLE_CHANNEL, NULL);
  self->link = g_object_ref (link);
  self->clock = g_object_ref (clock);
  self->random = random;
  self->random_data = random_data;
  g_signal_connect_object (link, "received", G_CALLBACK (on_link_received), self, 0);
  g_signal_connect_object (link, "closed", G_CALLBACK (on_link_closed), self, 0);
  return FL_CONTROL_CHANNEL (self);
}
