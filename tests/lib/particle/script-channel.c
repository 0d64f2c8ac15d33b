/* SPDX-License-Identifier: Apache-2.0 */
#include "script-channel.h"

#include "fl-error.h"

#define DELAY_MS 10

typedef struct
{
  int code;
  FlSecret *payload; /* (nullable) */
} Answer;

typedef struct
{
  ScriptChannel *channel;
  GTask *task;
  guint16 type;
  int code;
  GBytes *reply;
  guint timer_id;
  GSource *cancel; /* (nullable) */
} Call;

static void channel_iface_init (FlControlChannelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScriptChannel,
                               script_channel,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_CONTROL_CHANNEL, channel_iface_init))

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->payload, fl_secret_unref);
  g_free (answer);
}

static void
answers_free (gpointer data)
{
  g_queue_free_full (data, answer_free);
}

/* (transfer full) the task; the call is gone. */
static GTask *
end_call (Call *call)
{
  GTask *task = call->task;

  g_queue_remove (call->channel->calls, call);
  fl_clock_clear (call->channel->clock, &call->timer_id);
  if (call->cancel != NULL)
    g_source_destroy (call->cancel);
  g_clear_pointer (&call->cancel, g_source_unref);
  g_clear_pointer (&call->reply, g_bytes_unref);
  g_free (call);
  return task;
}

static void
lose_link (ScriptChannel *self, int error_code)
{
  g_autoptr (GError) error = g_error_new_literal (FL_ERROR, error_code, "lost by the script");

  while (!g_queue_is_empty (self->calls))
    {
      g_autoptr (GTask) task = end_call (g_queue_peek_head (self->calls));

      g_task_return_error (task, g_error_copy (error));
    }
  fl_control_channel_emit_closed (FL_CONTROL_CHANNEL (self), error);
}

static void
on_time (gpointer data)
{
  Call *call = data;
  int code = call->code;
  g_autoptr (GBytes) reply = g_bytes_ref (call->reply);
  g_autoptr (GTask) task = NULL;

  call->timer_id = 0;
  if (code == SCRIPT_LOST)
    {
      lose_link (call->channel, FL_ERROR_LINK_LOST);
      return;
    }
  task = end_call (call);
  if (code == SCRIPT_SILENT)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_DEVICE_SILENT, "silent by the script");
      return;
    }
  g_object_set_data (G_OBJECT (task), "code", GINT_TO_POINTER (code));
  g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) g_bytes_unref);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  g_autoptr (GTask) task = end_call (data);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
choose_answer (ScriptChannel *self, Call *call)
{
  GQueue *queue = g_hash_table_lookup (self->answers, GUINT_TO_POINTER (call->type));
  Answer *answer = queue != NULL ? g_queue_peek_head (queue) : NULL;

  call->code = answer != NULL ? answer->code : -120;
  call->reply =
      answer != NULL && answer->payload != NULL
          ? g_bytes_new (fl_secret_get_data (answer->payload), fl_secret_get_size (answer->payload))
          : g_bytes_new (NULL, 0);
  if (queue != NULL && g_queue_get_length (queue) > 1)
    answer_free (g_queue_pop_head (queue));
}

static void
script_channel_request_async (FlControlChannel *channel,
                              guint16 type,
                              FlSecret *payload,
                              guint limit_ms,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  ScriptChannel *self = SCRIPT_CHANNEL (channel);
  Call *call = g_new0 (Call, 1);

  g_assert_cmpuint (limit_ms, >, 0);
  g_assert_cmpuint (limit_ms, <=, 90000);
  g_string_append_printf (self->log, "%s%u", self->log->len > 0 ? " " : "", type);
  g_hash_table_replace (self->payloads, GUINT_TO_POINTER (type),
                        payload != NULL ? fl_secret_ref (payload) : fl_secret_new ("", 0));
  self->n_rounds += g_queue_is_empty (self->calls) ? 1 : 0;
  call->channel = self;
  call->task = g_task_new (self, cancellable, callback, user_data);
  call->type = type;
  choose_answer (self, call);
  call->timer_id = fl_clock_add_ms (self->clock, call->code == SCRIPT_SILENT ? limit_ms : DELAY_MS,
                                    on_time, call);
  if (cancellable != NULL)
    {
      call->cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (call->cancel, G_SOURCE_FUNC (on_cancelled), call, NULL);
      g_source_attach (call->cancel, NULL);
    }
  g_queue_push_tail (self->calls, call);
  self->n_most = MAX (self->n_most, g_queue_get_length (self->calls));
  fl_control_channel_emit_sent (channel, type);
}

static GBytes *
script_channel_request_finish (FlControlChannel *channel,
                               GAsyncResult *result,
                               int *code,
                               GError **error)
{
  *code = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (result), "code"));
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
script_channel_connect_async (FlControlChannel *channel,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (channel, cancellable, callback, user_data);

  g_task_return_boolean (task, TRUE);
}

static void
script_channel_secure_async (FlControlChannel *channel,
                             FlSecret *secret,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (channel, cancellable, callback, user_data);

  if (secret != NULL || SCRIPT_CHANNEL (channel)->road == FL_ROAD_USB) /* a cable needs none */
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_WRONG_SECRET, "none");
}

static void
script_channel_close (FlControlChannel *channel)
{
  lose_link (SCRIPT_CHANNEL (channel), FL_ERROR_LINK_LOST);
}

static FlRoadKind
script_channel_get_road (FlControlChannel *channel)
{
  return SCRIPT_CHANNEL (channel)->road;
}

static void
channel_iface_init (FlControlChannelInterface *iface)
{
  iface->connect_async = script_channel_connect_async;
  iface->secure_async = script_channel_secure_async;
  iface->request_async = script_channel_request_async;
  iface->request_finish = script_channel_request_finish;
  iface->close = script_channel_close;
  iface->get_road = script_channel_get_road;
}

static void
script_channel_finalize (GObject *object)
{
  ScriptChannel *self = SCRIPT_CHANNEL (object);

  g_assert_true (g_queue_is_empty (self->calls));
  g_queue_free (self->calls);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->payloads);
  g_string_free (self->log, TRUE);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (script_channel_parent_class)->finalize (object);
}

static void
script_channel_class_init (ScriptChannelClass *class)
{
  G_OBJECT_CLASS (class)->finalize = script_channel_finalize;
}

static void
script_channel_init (ScriptChannel *self)
{
  self->answers = g_hash_table_new_full (NULL, NULL, NULL, answers_free);
  self->payloads = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) fl_secret_unref);
  self->calls = g_queue_new ();
  self->log = g_string_new (NULL);
}

ScriptChannel *
script_channel_new (FlClock *clock)
{
  ScriptChannel *self = g_object_new (SCRIPT_TYPE_CHANNEL, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

void
script_channel_answer (ScriptChannel *self, guint16 type, int code, FlSecret *payload)
{
  GQueue *queue = g_hash_table_lookup (self->answers, GUINT_TO_POINTER (type));
  Answer *answer = g_new0 (Answer, 1);

  answer->code = code;
  answer->payload = payload;
  if (queue == NULL)
    {
      queue = g_queue_new ();
      g_hash_table_insert (self->answers, GUINT_TO_POINTER (type), queue);
    }
  g_queue_push_tail (queue, answer);
}

void
script_channel_forget (ScriptChannel *self, guint16 type)
{
  g_hash_table_remove (self->answers, GUINT_TO_POINTER (type));
}

void
script_channel_clear_log (ScriptChannel *self)
{
  g_string_truncate (self->log, 0);
  self->n_most = 0;
  self->n_rounds = 0;
}
