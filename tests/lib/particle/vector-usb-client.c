/* SPDX-License-Identifier: Apache-2.0 */

#include "vector-usb.h"

#include "fl-error.h"
#include "fl-usb-session.h"

#define LIMIT_MS 10000

/* What the recorded device made of one request, and what our session did. */
typedef struct
{
  guint16 type;
  guint16 id;
  gsize size_bytes; /* of the payload, also when it was never sent */
  GByteArray *payload;
  GByteArray *reply;
  gint32 result;
  guint8 last_status; /* of INIT and CHECK */
  gboolean replied;
  guint32 handle; /* ours */
} Call;

typedef struct
{
  FlUsbSession *session;
  GPtrArray *transfers; /* VectorTransfer, NULL once used */
  GPtrArray *calls;     /* Call, in the order of their INIT */
  gint64 now_us;
} Replay;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_byte_array_unref (call->payload);
  g_byte_array_unref (call->reply);
  g_free (call);
}

static void
transfer_clear (gpointer data)
{
  g_clear_pointer (&data, vector_transfer_free);
}

static Call *
find_call (Replay *self, guint16 id)
{
  for (guint i = self->calls->len; i > 0; i--)
    {
      Call *call = g_ptr_array_index (self->calls, i - 1);

      if (call->id == id)
        return call;
    }
  return NULL;
}

static void
append (GByteArray *array, GBytes *bytes)
{
  g_byte_array_append (array, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
}

static FlUsbServiceReply
decode_reply (const VectorTransfer *transfer)
{
  FlUsbServiceReply reply;
  g_autoptr (GError) error = NULL;

  fl_usb_service_reply_decode (g_bytes_get_data (transfer->data_in, NULL),
                               g_bytes_get_size (transfer->data_in), &reply, &error);
  g_assert_no_error (error);
  return reply;
}

static void
learn_init (Replay *self, const VectorTransfer *transfer)
{
  const FlUsbServiceReply reply = decode_reply (transfer);
  Call *call = NULL;

  if (!reply.has_id)
    return; /* BUSY: a client that keeps to four places does not see it */
  call = g_new0 (Call, 1);
  call->type = transfer->setup.index;
  call->id = reply.id;
  call->payload = g_byte_array_new ();
  call->reply = g_byte_array_new ();
  call->last_status = (guint8) reply.status;
  call->size_bytes = transfer->setup.value;
  g_ptr_array_add (self->calls, call);
}

/* What was called, and what came of it, from the recorded transfers. */
static void
learn (Replay *self, const VectorTransfer *transfer)
{
  Call *call = find_call (self, transfer->setup.index);
  FlUsbServiceReply reply;

  switch (transfer->setup.request)
    {
    case FL_USB_SERVICE_INIT:
      learn_init (self, transfer);
      break;
    case FL_USB_SERVICE_CHECK:
      if (call == NULL || call->replied)
        break;
      reply = decode_reply (transfer);
      call->last_status = (guint8) reply.status;
      call->replied = reply.has_result;
      call->result = reply.result;
      break;
    case FL_USB_SERVICE_SEND:
      append (call->payload, transfer->data_out);
      break;
    case FL_USB_SERVICE_RECV:
      append (call->reply, transfer->data_in);
      break;
    case FL_USB_SERVICE_RESET:
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
read_session (Replay *self, JsonArray *steps)
{
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);
      g_autoptr (VectorTransfer) transfer = NULL;

      if (!g_str_equal (json_object_get_string_member (step, "t"), "setup"))
        continue;
      transfer = vector_transfer_new (step);
      if (transfer->setup.request == FL_USB_SERVICE_RAW) /* the channel's affair */
        continue;
      learn (self, transfer);
      g_ptr_array_add (self->transfers, g_steal_pointer (&transfer));
    }
}

static gboolean
is_same (const VectorTransfer *recorded, const FlUsbTransfer *made)
{
  guint8 packet[8];

  fl_usb_setup_encode (&made->setup, packet);
  if (memcmp (packet, recorded->packet, sizeof packet) != 0)
    return FALSE;
  if (recorded->data_out == NULL || made->data == NULL)
    return recorded->data_out == NULL && made->data == NULL;
  return g_bytes_get_size (recorded->data_out) == fl_secret_get_size (made->data) &&
         memcmp (g_bytes_get_data (recorded->data_out, NULL), fl_secret_get_data (made->data),
                 fl_secret_get_size (made->data)) == 0;
}

/* Recorded answers are used in their order. After the last one, a device that had no memory still
 * has none, and one that worked still does. */
static void
answer (Replay *self, const FlUsbTransfer *made)
{
  const FlUsbServiceReply none = { .status = made->setup.request == FL_USB_SERVICE_INIT
                                                 ? FL_USB_STATUS_NO_MEMORY
                                                 : FL_USB_STATUS_PENDING };
  g_autoptr (GBytes) filler = NULL;

  for (guint i = 0; i < self->transfers->len; i++)
    {
      g_autoptr (VectorTransfer) recorded = g_ptr_array_index (self->transfers, i);
      GBytes *data = recorded != NULL ? recorded->data_in : NULL;

      if (recorded == NULL || !is_same (recorded, made))
        {
          g_steal_pointer (&recorded);
          continue;
        }
      self->transfers->pdata[i] = NULL;
      fl_usb_session_feed (self->session, recorded->outcome,
                           data != NULL ? g_bytes_get_data (data, NULL) : NULL,
                           data != NULL ? g_bytes_get_size (data) : 0, NULL, self->now_us);
      return;
    }

  g_assert_true (made->setup.request == FL_USB_SERVICE_INIT ||
                 made->setup.request == FL_USB_SERVICE_CHECK);
  filler = fl_usb_service_reply_encode (&none);
  fl_usb_session_feed (self->session, FL_USB_DONE, g_bytes_get_data (filler, NULL),
                       g_bytes_get_size (filler), NULL, self->now_us);
}

static void
run (Replay *self)
{
  FlUsbTransfer transfer;

  while (TRUE)
    {
      if (fl_usb_session_take_transfer (self->session, &transfer, self->now_us))
        {
          answer (self, &transfer);
          self->now_us += G_TIME_SPAN_MILLISECOND;
        }
      else if (fl_usb_session_get_deadline (self->session) != G_MAXINT64)
        self->now_us = MAX (self->now_us, fl_usb_session_get_deadline (self->session));
      else
        break;
    }
}

static void
check_event (Call *call, const FlUsbEvent *event)
{
  if (call->replied)
    {
      g_assert_cmpint (event->kind, ==, FL_USB_EVENT_REPLY);
      g_assert_cmpint (event->result, ==, call->result);
      g_assert_cmpmem (g_bytes_get_data (event->payload, NULL), g_bytes_get_size (event->payload),
                       call->reply->data, call->reply->len);
      return;
    }
  g_assert_cmpint (event->kind, ==, FL_USB_EVENT_FAILED);
  if (call->last_status == FL_USB_STATUS_NOT_FOUND)
    g_assert_error (event->error, FL_ERROR, FL_ERROR_LINK_LOST);
  else if (call->last_status == FL_USB_STATUS_NO_MEMORY)
    g_assert_error (event->error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  else
    g_assert_error (event->error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
}

static void
check_events (Replay *self)
{
  guint n_ends = 0;
  FlUsbEvent event;

  while (fl_usb_session_take_event (self->session, &event))
    {
      for (guint i = 0; i < self->calls->len && event.kind != FL_USB_EVENT_SENT; i++)
        {
          Call *call = g_ptr_array_index (self->calls, i);

          if (call->handle != event.handle)
            continue;
          check_event (call, &event);
          n_ends++;
        }
      fl_usb_event_clear (&event);
    }
  g_assert_cmpuint (n_ends, ==, self->calls->len);
}

/* The recorded client did things that need not be done: it tried a fifth request, and reset what
 * the device had forgotten. Recordings by hand ask once more after a request is over. */
static gboolean
may_be_left (const VectorTransfer *transfer)
{
  const FlUsbServiceReply reply = decode_reply (transfer);

  return reply.status == FL_USB_STATUS_BUSY || reply.status == FL_USB_STATUS_NOT_FOUND;
}

void
vector_usb_replay_client (JsonObject *session)
{
  g_autoptr (FlUsbSession) client = fl_usb_session_new (FALSE);
  g_autoptr (GPtrArray) transfers = g_ptr_array_new_with_free_func (transfer_clear);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func (call_free);
  Replay self = { client, transfers, calls, 0 };
  FlUsbTransfer first;

  read_session (&self, json_object_get_array_member (session, "steps"));
  for (guint i = 0; i < calls->len; i++)
    {
      Call *call = g_ptr_array_index (calls, i);
      g_autoptr (FlSecret) payload = fl_secret_new_zeroed (call->size_bytes);

      g_assert_cmpuint (call->payload->len, <=, call->size_bytes);
      if (call->payload->len > 0)
        memcpy (fl_secret_get_writable (payload), call->payload->data, call->payload->len);
      call->handle = fl_usb_session_submit (client, call->type, payload, LIMIT_MS, 0);
    }

  /* Recordings of a client begin with this one; those by hand have none. */
  g_assert_true (fl_usb_session_take_transfer (client, &first, 0));
  g_assert_cmpint (first.setup.request, ==, FL_USB_SERVICE_RESET);
  if (transfers->len > 0 && is_same (g_ptr_array_index (transfers, 0), &first))
    answer (&self, &first);
  else
    fl_usb_session_feed (client, FL_USB_STALLED, NULL, 0, NULL, 0);

  run (&self);
  check_events (&self);
  for (guint i = 0; i < transfers->len; i++)
    {
      const VectorTransfer *left = g_ptr_array_index (transfers, i);

      g_assert_true (left == NULL || may_be_left (left));
    }
}
