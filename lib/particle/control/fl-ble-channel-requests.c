/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-ble-channel"
#include "config.h"

#include "fl-ble-channel-private.h"

#include "fl-error.h"

/* The session's frame around a request: size 2, head 6, tag 8. PROTOCOL.md, "Secure channel". */
#define FRAME_OVERHEAD_BYTES 16

typedef struct
{
  FlBleChannel *channel; /* not owned: the channel owns the request */
  GTask *task;
  guint16 id;
  guint16 type;
  guint limit_id;
  GSource *cancel;
  guint64 end_bytes; /* count of sent bytes that includes all of this request */
} Request;

void
fl_ble_channel_request_free (gpointer data)
{
  Request *request = data;

  fl_clock_clear (request->channel->clock, &request->limit_id);
  if (request->cancel != NULL)
    g_source_destroy (request->cancel);
  g_clear_pointer (&request->cancel, g_source_unref);
  g_queue_remove (request->channel->unsent, request);
  g_clear_object (&request->task);
  g_free (request);
}

/* Takes the request out, so that whatever its callback does finds the channel in order.
 * (transfer full) */
static GTask *
take_task (Request *request)
{
  GTask *task = g_steal_pointer (&request->task);

  g_hash_table_remove (request->channel->requests, GUINT_TO_POINTER (request->id));
  return task;
}

static void
on_limit (gpointer data)
{
  Request *request = data;
  guint16 type = request->type;
  g_autoptr (GTask) task = NULL;

  request->limit_id = 0;
  task = take_task (request);
  g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_SILENT, "No reply to request %u", type);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  g_autoptr (GTask) task = take_task (data);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* 0 is left out, as the vendor's application does. */
static guint16
next_id (FlBleChannel *self)
{
  do
    self->last_id++;
  while (self->last_id == 0 ||
         g_hash_table_contains (self->requests, GUINT_TO_POINTER (self->last_id)));
  return self->last_id;
}

void
fl_ble_channel_start_request (FlBleChannel *self,
                              GTask *task,
                              guint16 type,
                              FlSecret *payload,
                              guint limit_ms)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  gsize size_bytes = payload != NULL ? fl_secret_get_size (payload) : 0;
  Request *request = NULL;
  guint16 id = 0;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->state != CHANNEL_OPEN || g_hash_table_size (self->requests) >= G_MAXUINT16 - 1)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_LINK_LOST, "The channel is not open");
      return;
    }

  id = next_id (self);
  if (!fl_secure_session_send_request (self->session, id, type, payload))
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_UNEXPECTED,
                               "Request %u of %" G_GSIZE_FORMAT " bytes cannot be sent", type,
                               size_bytes);
      return;
    }

  request = g_new0 (Request, 1);
  request->channel = self;
  request->task = g_object_ref (task);
  request->id = id;
  request->type = type;
  request->limit_id = fl_clock_add_ms (self->clock, limit_ms, on_limit, request);
  self->queued_bytes += size_bytes + FRAME_OVERHEAD_BYTES;
  request->end_bytes = self->queued_bytes;
  if (cancellable != NULL)
    {
      request->cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (request->cancel, G_SOURCE_FUNC (on_cancelled), request, NULL);
      g_source_attach (request->cancel, g_task_get_context (task));
    }
  g_hash_table_insert (self->requests, GUINT_TO_POINTER (id), request);
  g_queue_push_tail (self->unsent, request);
  g_debug ("request %u: type %u, %" G_GSIZE_FORMAT " bytes", id, type, size_bytes);
}

void
fl_ble_channel_note_sent (FlBleChannel *self, gsize n_bytes)
{
  Request *request = NULL;

  self->sent_bytes += n_bytes;
  while ((request = g_queue_peek_head (self->unsent)) != NULL &&
         request->end_bytes <= self->sent_bytes)
    {
      g_queue_pop_head (self->unsent);
      fl_control_channel_emit_sent (FL_CONTROL_CHANNEL (self), request->type);
    }
}

typedef struct
{
  GBytes *payload;
  int code;
} Reply;

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_bytes_unref (reply->payload);
  g_free (reply);
}

void
fl_ble_channel_dispatch (FlBleChannel *self, FlSecureMessage *message)
{
  Request *request = g_hash_table_lookup (self->requests, GUINT_TO_POINTER (message->id));
  g_autoptr (GTask) task = NULL;
  Reply *reply = NULL;
  gboolean overtook = FALSE;
  guint16 type = 0;

  if (request == NULL)
    {
      g_debug ("a reply to %u that nobody waits for", message->id);
      return;
    }
  g_debug ("reply %u: result %d, %" G_GSIZE_FORMAT " bytes", message->id, message->result,
           fl_secret_get_size (message->payload));
  type = request->type;
  overtook = g_queue_find (self->unsent, request) != NULL;
  task = take_task (request);
  if (overtook) /* the answer came before the news that all was sent */
    fl_control_channel_emit_sent (FL_CONTROL_CHANNEL (self), type);
  reply = g_new0 (Reply, 1);
  reply->code = message->result;
  reply->payload =
      g_bytes_new (fl_secret_get_data (message->payload), fl_secret_get_size (message->payload));
  g_task_return_pointer (task, reply, reply_free);
}

void
fl_ble_channel_fail_requests (FlBleChannel *self, const GError *error)
{
  GHashTableIter iter;
  gpointer request;

  /* A callback may start or cancel others, so look anew each time. */
  while (g_hash_table_iter_init (&iter, self->requests),
         g_hash_table_iter_next (&iter, NULL, &request))
    {
      g_autoptr (GTask) task = take_task (request);

      g_task_return_error (task, g_error_copy (error));
    }
}

GBytes *
fl_ble_channel_take_reply (GTask *task, int *code, GError **error)
{
  Reply *reply = g_task_propagate_pointer (task, error);
  GBytes *payload = NULL;

  if (reply == NULL)
    return NULL;
  if (code != NULL)
    *code = reply->code;
  payload = g_bytes_ref (reply->payload);
  reply_free (reply);
  return payload;
}
