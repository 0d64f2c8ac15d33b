/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-channel"
#include "config.h"

#include "fl-usb-channel-private.h"

#include "fl-error.h"
#include "fl-firmware-version.h"
#include "fl-requests.h"

/* particle-usb, src/usb-device-node.js: the client's limit of one transfer */
#define TRANSFER_LIMIT_MS 5000
/* Before this a payload goes in one transfer: PROTOCOL.md, "USB service requests". */
#define CHUNKS_SINCE 1, 5, 0

static void channel_iface_init (FlControlChannelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlUsbChannel,
                               fl_usb_channel,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_CONTROL_CHANNEL, channel_iface_init))

/* Ends everything under way with @error. @reason: (nullable) what "closed" carries. */
static void
shut (FlUsbChannel *self, const GError *error, const GError *reason)
{
  G_GNUC_UNUSED g_autoptr (FlUsbChannel) alive = g_object_ref (self);
  g_autoptr (GTask) connect_task = NULL;
  const gboolean was_open = self->state == CHANNEL_OPEN;

  if (self->state == CHANNEL_CLOSED)
    return;

  g_debug ("closed: %s", error->message);
  self->state = CHANNEL_CLOSED;
  self->generation++;
  self->transferring = FALSE;
  g_clear_pointer (&self->session, fl_usb_session_free);
  fl_clock_clear (self->clock, &self->deadline_id);
  fl_link_close (FL_LINK (self->link));

  connect_task = g_steal_pointer (&self->connect_task);
  if (connect_task != NULL)
    g_task_return_error (connect_task, g_error_copy (error));
  fl_usb_channel_fail_requests (self, error);
  if (was_open)
    fl_control_channel_emit_closed (FL_CONTROL_CHANNEL (self), reason);
}

static void
on_link_closed (FlLink *link, const GError *reason, FlUsbChannel *self)
{
  g_autoptr (GError) error =
      reason != NULL ? g_error_copy (reason)
                     : g_error_new_literal (FL_ERROR, FL_ERROR_LINK_LOST, "The link was closed");

  if (self->state >= CHANNEL_GREETING)
    shut (self, error, error);
}

/* One transfer on its way, with what is needed to see that it is stale. */
typedef struct
{
  FlUsbChannel *channel;
  guint generation;
} Transfer;

static Transfer *
transfer_new (FlUsbChannel *self)
{
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->channel = g_object_ref (self);
  transfer->generation = self->generation;
  return transfer;
}

/* A transfer that took too long concerns its request; anything else is the end of the link, which
 * says so itself, but perhaps later. */
static gboolean
is_end_of_link (const GError *error)
{
  return error != NULL && !g_error_matches (error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
}

static void
on_transferred (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Transfer *transfer = data;
  g_autoptr (FlUsbChannel) self = transfer->channel;
  g_autoptr (GError) error = NULL;
  FlUsbOutcome outcome = FL_USB_DONE;
  g_autoptr (GBytes) bytes =
      fl_usb_link_transfer_finish (FL_USB_LINK (source), result, &outcome, &error);
  gsize size_bytes = 0;
  const guint8 *bytes_data = bytes != NULL ? g_bytes_get_data (bytes, &size_bytes) : NULL;

  if (transfer->generation != self->generation)
    return;
  if (is_end_of_link (error))
    {
      shut (self, error, error);
      return;
    }
  self->transferring = FALSE;
  fl_usb_session_feed (self->session, outcome, bytes_data, size_bytes, error,
                       fl_clock_now_us (self->clock));
  fl_usb_channel_pump (self);
}

static void
on_deadline (gpointer data)
{
  FlUsbChannel *self = data;

  self->deadline_id = 0;
  fl_usb_session_tick (self->session, fl_clock_now_us (self->clock));
  fl_usb_channel_pump (self);
}

/* Moves everything that can move. Callbacks may close the channel, which is asked after each. */
void
fl_usb_channel_pump (FlUsbChannel *self)
{
  G_GNUC_UNUSED g_autoptr (FlUsbChannel) alive = g_object_ref (self);
  FlUsbTransfer transfer;
  FlUsbEvent event;
  gint64 deadline_us = 0;

  while (self->session != NULL && fl_usb_session_take_event (self->session, &event))
    {
      fl_usb_channel_dispatch (self, &event);
      fl_usb_event_clear (&event);
    }
  if (self->session == NULL)
    return;

  if (!self->transferring &&
      fl_usb_session_take_transfer (self->session, &transfer, fl_clock_now_us (self->clock)))
    {
      self->transferring = TRUE;
      fl_usb_link_transfer_async (self->link, &transfer.setup, transfer.data, TRANSFER_LIMIT_MS,
                                  NULL, on_transferred, transfer_new (self));
    }
  if (self->session == NULL) /* the link went away at once */
    return;
  deadline_us = fl_usb_session_get_deadline (self->session);
  fl_clock_clear (self->clock, &self->deadline_id);
  if (deadline_us != G_MAXINT64)
    self->deadline_id = fl_clock_add_at (self->clock, deadline_us, on_deadline, self);
}

/* Devices that do not tell their version this way take payloads in pieces, as all do since 1.5.0.
 */
static gboolean
needs_single_transfers (GBytes *text)
{
  gsize size_bytes = 0;
  const char *data = text != NULL ? g_bytes_get_data (text, &size_bytes) : NULL;
  g_autofree char *copy = g_strndup (data, size_bytes);
  FlFirmwareVersion version;

  return fl_firmware_version_parse (copy, &version) &&
         !fl_firmware_version_at_least (&version, CHUNKS_SINCE);
}

static void
on_greeted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Transfer *transfer = data;
  g_autoptr (FlUsbChannel) self = transfer->channel;
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  FlUsbOutcome outcome = FL_USB_DONE;
  g_autoptr (GBytes) text =
      fl_usb_link_transfer_finish (FL_USB_LINK (source), result, &outcome, &error);

  if (transfer->generation != self->generation)
    return;
  if (error != NULL)
    {
      shut (self, error, error);
      return;
    }
  task = g_steal_pointer (&self->connect_task);
  self->state = CHANNEL_OPEN;
  self->session = fl_usb_session_new (needs_single_transfers (text));
  g_task_return_boolean (task, TRUE);
  fl_usb_channel_pump (self);
}

static void
on_link_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  static const FlUsbSetup ask_version = {
    .request_type = FL_USB_SERVICE_IN,
    .request = FL_USB_SERVICE_RAW,
    .index = FL_REQUEST_GET_SYSTEM_VERSION,
    .length = FL_USB_SERVICE_REPLY_BYTES,
  };
  g_autoptr (GTask) task = data;
  FlUsbChannel *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  const gboolean opened = fl_link_open_finish (FL_LINK (source), result, &error);

  if (self->connect_task != task)
    return; /* closed meanwhile, which closed the link too */
  if (!opened)
    {
      g_clear_object (&self->connect_task);
      self->state = CHANNEL_CLOSED;
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->state = CHANNEL_GREETING;
  fl_usb_link_transfer_async (self->link, &ask_version, NULL, TRANSFER_LIMIT_MS,
                              g_task_get_cancellable (task), on_greeted, transfer_new (self));
}

static void
fl_usb_channel_connect_async (FlControlChannel *channel,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  FlUsbChannel *self = FL_USB_CHANNEL (channel);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_usb_channel_connect_async);
  if (self->state != CHANNEL_CLOSED)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_BUSY, "The channel is in use");
      return;
    }
  self->state = CHANNEL_OPENING;
  self->connect_task = g_object_ref (task);
  fl_link_open_async (FL_LINK (self->link), cancellable, on_link_opened, g_object_ref (task));
}

static void
fl_usb_channel_secure_async (FlControlChannel *channel,
                             FlSecret *secret,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  FlUsbChannel *self = FL_USB_CHANNEL (channel);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, fl_usb_channel_secure_async);
  if (self->state == CHANNEL_OPEN)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The link is not open");
}

/* What still runs on the device goes when the next session opens: it begins with a RESET. */
static void
fl_usb_channel_close (FlControlChannel *channel)
{
  g_autoptr (GError) error =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The channel was closed here");

  shut (FL_USB_CHANNEL (channel), error, NULL);
}

static FlRoadKind
fl_usb_channel_get_road (FlControlChannel *channel)
{
  return FL_ROAD_USB;
}

static void
channel_iface_init (FlControlChannelInterface *iface)
{
  iface->connect_async = fl_usb_channel_connect_async;
  iface->secure_async = fl_usb_channel_secure_async;
  iface->request_async = fl_usb_channel_request_async;
  iface->request_finish = fl_usb_channel_request_finish;
  iface->close = fl_usb_channel_close;
  iface->get_road = fl_usb_channel_get_road;
}

static void
fl_usb_channel_dispose (GObject *object)
{
  FlUsbChannel *self = FL_USB_CHANNEL (object);

  fl_clock_clear (self->clock, &self->deadline_id);
  g_clear_pointer (&self->session, fl_usb_session_free);
  g_hash_table_remove_all (self->requests);
  if (self->state != CHANNEL_CLOSED)
    {
      self->state = CHANNEL_CLOSED;
      fl_link_close (FL_LINK (self->link));
    }
  G_OBJECT_CLASS (fl_usb_channel_parent_class)->dispose (object);
}

static void
fl_usb_channel_finalize (GObject *object)
{
  FlUsbChannel *self = FL_USB_CHANNEL (object);

  g_clear_pointer (&self->requests, g_hash_table_unref);
  g_clear_object (&self->link);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_usb_channel_parent_class)->finalize (object);
}

static void
fl_usb_channel_class_init (FlUsbChannelClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = fl_usb_channel_dispose;
  object_class->finalize = fl_usb_channel_finalize;
}

static void
fl_usb_channel_init (FlUsbChannel *self)
{
  self->requests = g_hash_table_new_full (NULL, NULL, NULL, fl_usb_channel_request_free);
}

FlControlChannel *
fl_usb_channel_new (FlUsbLink *link, FlClock *clock)
{
  FlUsbChannel *self = NULL;

  g_return_val_if_fail (FL_IS_USB_LINK (link), NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_USB_CHANNEL, NULL);
  self->link = g_object_ref (link);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (link, "closed", G_CALLBACK (on_link_closed), self, 0);
  return FL_CONTROL_CHANNEL (self);
}
