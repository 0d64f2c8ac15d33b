/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-channel"
#include "config.h"

#include "fl-usb-channel-private.h"

#include "fl-error.h"

typedef struct
{
  FlUsbChannel *channel; /* not owned: the channel owns the request */
  GTask *task;
  guint32 handle;
  GSource *cancel; /* (nullable) */
} Request;

typedef struct
{
  GBytes *payload;
  int code;
} Reply;

void
fl_usb_channel_request_free (gpointer data)
{
  Request *request = data;

  if (request->cancel != NULL)
    g_source_destroy (request->cancel);
  g_clear_pointer (&request->cancel, g_source_unref);
  g_clear_object (&request->task);
  g_free (request);
}

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_clear_pointer (&reply->payload, g_bytes_unref);
  g_free (reply);
}

/* Takes the request out, so that whatever its callback does finds the channel in order.
 * (transfer full) */
static GTask *
take_task (Request *request)
{
  GTask *task = g_steal_pointer (&request->task);

  g_hash_table_remove (request->channel->requests, GUINT_TO_POINTER (request->handle));
  return task;
}

void
fl_usb_channel_fail_requests (FlUsbChannel *self, const GError *error)
{
  GHashTableIter iter;
  gpointer request = NULL;

  /* A callback may start or cancel others, so look anew each time. */
  while (g_hash_table_iter_init (&iter, self->requests),
         g_hash_table_iter_next (&iter, NULL, &request))
    {
      g_autoptr (GTask) task = take_task (request);

      g_task_return_error (task, g_error_copy (error));
    }
}

void
fl_usb_channel_dispatch (FlUsbChannel *self, const FlUsbEvent *event)
{
  Request *request = g_hash_table_lookup (self->requests, GUINT_TO_POINTER (event->handle));
  g_autoptr (GTask) task = NULL;
  Reply *reply = NULL;

  if (request == NULL)
    return;
  switch (event->kind)
    {
    case FL_USB_EVENT_SENT:
      fl_control_channel_emit_sent (FL_CONTROL_CHANNEL (self), event->type);
      break;
    case FL_USB_EVENT_REPLY:
      task = take_task (request);
      reply = g_new0 (Reply, 1);
      reply->code = event->result;
      reply->payload = g_bytes_ref (event->payload);
      g_task_return_pointer (task, reply, reply_free);
      break;
    case FL_USB_EVENT_FAILED:
      task = take_task (request);
      g_task_return_error (task, g_error_copy (event->error));
      break;
    case FL_USB_EVENT_NONE:
      break;
    }
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  Request *request = data;
  g_autoptr (FlUsbChannel) self = g_object_ref (request->channel);
  g_autoptr (GTask) task = NULL;

  fl_usb_session_cancel (self->session, request->handle, fl_clock_now_us (self->clock));
  task = take_task (request);
  g_task_return_error_if_cancelled (task);
  fl_usb_channel_pump (self);
  return G_SOURCE_REMOVE;
}

void
fl_usb_channel_request_async (FlControlChannel *channel,
                              guint16 type,
                              FlSecret *payload,
                              guint limit_ms,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  FlUsbChannel *self = FL_USB_CHANNEL (channel);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Request *request = NULL;

  g_task_set_source_tag (task, fl_usb_channel_request_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->state != CHANNEL_OPEN)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The channel is not open");
      return;
    }

  request = g_new0 (Request, 1);
  request->channel = self;
  request->task = g_object_ref (task);
  request->handle =
      fl_usb_session_submit (self->session, type, payload, limit_ms, fl_clock_now_us (self->clock));
  if (cancellable != NULL)
    {
      request->cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (request->cancel, G_SOURCE_FUNC (on_cancelled), request, NULL);
      g_source_attach (request->cancel, g_task_get_context (task));
    }
  g_hash_table_insert (self->requests, GUINT_TO_POINTER (request->handle), request);
  fl_usb_channel_pump (self);
}

GBytes *
fl_usb_channel_request_finish (FlControlChannel *channel,
                               GAsyncResult *result,
                               int *code,
                               GError **error)
{
  Reply *reply = NULL;
  GBytes *payload = NULL;

  g_return_val_if_fail (g_task_is_valid (result, channel), NULL);

  reply = g_task_propagate_pointer (G_TASK (result), error);
  if (reply == NULL)
    return NULL;
  if (code != NULL)
    *code = reply->code;
  payload = g_steal_pointer (&reply->payload);
  reply_free (reply);
  return payload;
}
