/* SPDX-License-Identifier: Apache-2.0 */

#include "usb-pair.h"

#include "fl-error.h"

typedef struct
{
  guint index;
  gint64 at_us;
  gint32 result;
  FlSecret *payload;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->payload, fl_secret_unref);
  g_free (answer);
}

static FlSecret *
echo (UsbPair *pair, guint16 type, FlSecret *data, gint32 *result)
{
  return data != NULL ? fl_secret_ref (data) : NULL;
}

UsbPair *
usb_pair_new (gboolean single_transfer)
{
  UsbPair *self = g_new0 (UsbPair, 1);

  self->session = fl_usb_session_new (single_transfer);
  self->server = fl_usb_server_new ();
  self->now_us = G_USEC_PER_SEC;
  self->answer_us = USB_PAIR_FRAME_US;
  self->handler = echo;
  self->answers = g_queue_new ();
  return self;
}

void
usb_pair_free (UsbPair *self)
{
  g_clear_pointer (&self->session, fl_usb_session_free);
  g_clear_pointer (&self->server, fl_usb_server_free);
  g_queue_free_full (self->answers, answer_free);
  g_free (self);
}

FlSecret *
usb_pair_make_payload (gsize size_bytes)
{
  FlSecret *payload = fl_secret_new_zeroed (size_bytes);
  guint8 *data = fl_secret_get_writable (payload);

  for (gsize i = 0; i < size_bytes; i++)
    data[i] = (guint8) (i * 7 + i / 251);
  return payload;
}

/* What the system thread does, up to the present. */
static void
run_device (UsbPair *self)
{
  FlUsbServerRequest request = { 0 };
  Answer *answer = NULL;

  fl_usb_server_run (self->server);
  while (fl_usb_server_take_request (self->server, &request))
    {
      answer = g_new0 (Answer, 1);
      answer->index = request.index;
      answer->at_us = self->answer_us == G_MAXINT64 ? G_MAXINT64 : self->now_us + self->answer_us;
      answer->payload = self->handler (self, request.type, request.data, &answer->result);
      g_queue_push_tail (self->answers, answer);
      self->n_handled++;
      fl_usb_server_request_clear (&request);
    }
  while ((answer = g_queue_peek_head (self->answers)) != NULL && answer->at_us <= self->now_us)
    {
      fl_usb_server_reply (self->server, answer->index, answer->result, answer->payload);
      self->last_answer_us = answer->at_us;
      answer_free (g_queue_pop_head (self->answers));
    }
}

static void
make_transfer (UsbPair *self, const FlUsbTransfer *transfer)
{
  UsbPairEnd end = { .outcome = FL_USB_DONE };
  gsize size_bytes = transfer->data != NULL ? fl_secret_get_size (transfer->data) : 0;
  const guint8 *data = size_bytes > 0 ? fl_secret_get_data (transfer->data) : NULL;

  g_assert_cmpuint (transfer->setup.length, <=, FL_USB_MAX_TRANSFER);
  g_assert_cmpuint (transfer->setup.request, <, G_N_ELEMENTS (self->n_by_service));
  self->n_transfers++;
  self->n_by_service[transfer->setup.request]++;
  if (transfer->setup.request == FL_USB_SERVICE_RESET)
    self->last_reset_id = transfer->setup.index;

  if (self->hook == NULL || !self->hook (self, &transfer->setup, &end))
    end.outcome =
        fl_usb_server_control (self->server, &transfer->setup, data, size_bytes, &end.reply);
  self->n_active_most = MAX (self->n_active_most, fl_usb_server_get_n_active (self->server));
  self->now_us += USB_PAIR_FRAME_US;
  run_device (self);

  data = end.reply != NULL ? g_bytes_get_data (end.reply, &size_bytes) : NULL;
  fl_usb_session_feed (self->session, end.outcome, data, end.reply != NULL ? size_bytes : 0,
                       end.error, self->now_us);
  g_clear_pointer (&end.reply, g_bytes_unref);
  g_clear_error (&end.error);
}

gboolean
usb_pair_step (UsbPair *self)
{
  FlUsbTransfer transfer;
  Answer *answer = g_queue_peek_head (self->answers);
  gint64 next_us = 0;

  if (fl_usb_session_take_transfer (self->session, &transfer, self->now_us))
    {
      make_transfer (self, &transfer);
      return TRUE;
    }
  next_us = fl_usb_session_get_deadline (self->session);
  if (next_us == G_MAXINT64)
    return FALSE;
  g_assert_cmpint (next_us, >, self->now_us); /* else it would turn on the spot */
  if (answer != NULL)
    next_us = MIN (next_us, MAX (answer->at_us, self->now_us));
  self->now_us = next_us;
  run_device (self);
  fl_usb_session_tick (self->session, self->now_us);
  return TRUE;
}

void
usb_pair_wait (UsbPair *self, FlUsbEvent *event)
{
  while (TRUE)
    {
      while (fl_usb_session_take_event (self->session, event))
        if (event->kind != FL_USB_EVENT_SENT)
          return;
      g_assert_true (usb_pair_step (self));
    }
}

void
usb_pair_settle (UsbPair *self)
{
  while (usb_pair_step (self))
    ;
}

guint32
usb_pair_submit (UsbPair *pair, guint16 type, gsize size_bytes)
{
  g_autoptr (FlSecret) payload = size_bytes > 0 ? usb_pair_make_payload (size_bytes) : NULL;

  return fl_usb_session_submit (pair->session, type, payload, USB_PAIR_LIMIT_MS, pair->now_us);
}

void
usb_pair_expect_reply (UsbPair *pair, guint32 handle, gint32 result, gsize size_bytes)
{
  g_autoptr (FlSecret) expected = usb_pair_make_payload (size_bytes);
  FlUsbEvent event;

  usb_pair_wait (pair, &event);
  g_assert_no_error (event.error);
  g_assert_cmpint (event.kind, ==, FL_USB_EVENT_REPLY);
  g_assert_cmpuint (event.handle, ==, handle);
  g_assert_cmpint (event.result, ==, result);
  g_assert_cmpmem (g_bytes_get_data (event.payload, NULL), g_bytes_get_size (event.payload),
                   fl_secret_get_data (expected), size_bytes);
  fl_usb_event_clear (&event);
}

void
usb_pair_expect_failure (UsbPair *pair, guint32 handle, int code)
{
  FlUsbEvent event;

  usb_pair_wait (pair, &event);
  g_assert_cmpint (event.kind, ==, FL_USB_EVENT_FAILED);
  g_assert_cmpuint (event.handle, ==, handle);
  g_assert_error (event.error, FL_ERROR, code);
  fl_usb_event_clear (&event);
}

void
usb_pair_expect_no_event (UsbPair *pair)
{
  FlUsbEvent event;

  g_assert_false (fl_usb_session_take_event (pair->session, &event));
}

void
usb_pair_expect_in_order (UsbPair *pair)
{
  usb_pair_settle (pair);
  g_assert_cmpuint (fl_usb_server_get_n_active (pair->server), ==, 0);
  pair->hook = NULL;
  pair->answer_us = USB_PAIR_FRAME_US;
  usb_pair_expect_reply (pair, usb_pair_submit (pair, USB_PAIR_SOME, 10), 0, 10);
}

gboolean
usb_pair_break_transfer (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  if (pair->hook_left == 0 || --pair->hook_left > 0)
    return FALSE;
  end->error = g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_SILENT, "No end in 5 s");
  return TRUE;
}

void
usb_pair_drain (UsbPair *self)
{
  FlUsbEvent event;

  while (fl_usb_session_take_event (self->session, &event))
    fl_usb_event_clear (&event);
}
