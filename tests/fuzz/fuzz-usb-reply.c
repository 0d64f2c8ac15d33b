/* SPDX-License-Identifier: Apache-2.0 */

/* A hostile device against the client of USB requests. The bytes are commands: submit, cancel, let
 * time pass, make a transfer and how it ends. Every request that was not cancelled must end exactly
 * once, and the session must come to rest when the device only refuses any more. */

#include <string.h>

#include "fl-error.h"
#include "fl-usb-session.h"

#include "fuzz.h"

#define MAX_REQUESTS 64
#define LIMIT_MS     2000
#define MAX_STEPS    10000 /* to come to rest */

typedef struct
{
  FlUsbSession *session;
  const guint8 *data;
  gsize left_bytes;
  gint64 now_us;
  guint n_submitted;
  guint n_ends[MAX_REQUESTS + 1]; /* by handle */
  gboolean cancelled[MAX_REQUESTS + 1];
} Fuzz;

/* 0 when there are no more. */
static guint
take (Fuzz *fuzz)
{
  if (fuzz->left_bytes == 0)
    return 0;
  fuzz->left_bytes--;
  return *fuzz->data++;
}

static guint
take_two (Fuzz *fuzz)
{
  const guint low = take (fuzz);

  return low | take (fuzz) << 8;
}

static void
submit (Fuzz *fuzz)
{
  const guint16 type = (guint16) (take (fuzz) * 2);
  const gsize size_bytes = take_two (fuzz) * 17 / 16;
  g_autoptr (FlSecret) payload = fl_secret_new_zeroed (size_bytes);
  guint32 handle = 0;

  if (fuzz->n_submitted == MAX_REQUESTS)
    return;
  handle = fl_usb_session_submit (fuzz->session, type, payload, LIMIT_MS, fuzz->now_us);
  g_assert_cmpuint (handle, ==, ++fuzz->n_submitted);
}

static void
collect (Fuzz *fuzz)
{
  FlUsbEvent event;

  while (fl_usb_session_take_event (fuzz->session, &event))
    {
      g_assert_cmpuint (event.handle, >, 0);
      g_assert_cmpuint (event.handle, <=, fuzz->n_submitted);
      g_assert_false (fuzz->cancelled[event.handle]);
      g_assert_cmpuint (fuzz->n_ends[event.handle], ==, 0);
      g_assert_cmpint (event.kind == FL_USB_EVENT_REPLY, ==, event.payload != NULL);
      g_assert_cmpint (event.kind == FL_USB_EVENT_FAILED, ==, event.error != NULL);
      if (event.payload != NULL)
        g_assert_cmpuint (g_bytes_get_size (event.payload), <=, FL_USB_SERVICE_MAX_PAYLOAD);
      if (event.error != NULL)
        g_assert_true (event.error->domain == FL_ERROR);
      fuzz->n_ends[event.handle] += event.kind != FL_USB_EVENT_SENT ? 1 : 0;
      fl_usb_event_clear (&event);
    }
}

static void
cancel (Fuzz *fuzz)
{
  const guint32 handle = take (fuzz) % (MAX_REQUESTS + 1);

  collect (fuzz);
  fl_usb_session_cancel (fuzz->session, handle, fuzz->now_us);
  if (handle <= fuzz->n_submitted && fuzz->n_ends[handle] == 0)
    fuzz->cancelled[handle] = TRUE;
}

static void
check_transfer (const FlUsbTransfer *transfer)
{
  const FlUsbSetup *setup = &transfer->setup;

  g_assert_cmpuint (setup->length, <=, FL_USB_MAX_TRANSFER);
  g_assert_cmpuint (setup->length, >, 0);
  if (setup->request == FL_USB_SERVICE_SEND)
    {
      g_assert_cmpuint (setup->request_type, ==, FL_USB_SERVICE_OUT);
      g_assert_cmpuint (fl_secret_get_size (transfer->data), ==, setup->length);
      return;
    }
  g_assert_cmpuint (setup->request_type, ==, FL_USB_SERVICE_IN);
  g_assert_null (transfer->data);
  if (setup->request != FL_USB_SERVICE_RECV)
    g_assert_cmpuint (setup->length, ==, FL_USB_SERVICE_REPLY_BYTES);
}

static void
feed (Fuzz *fuzz, FlUsbOutcome outcome, const guint8 *data, gsize size_bytes, const GError *error)
{
  g_autofree guint8 *exact = g_memdup2 (data, size_bytes); /* so that the sanitizer sees the end */

  fl_usb_session_feed (fuzz->session, outcome, exact, size_bytes, error, fuzz->now_us);
}

/* A reply with a right form. */
static void
feed_reply (Fuzz *fuzz)
{
  const guint fields = take (fuzz);
  FlUsbServiceReply reply = {
    .has_id = (fields & 1) != 0,
    .has_size = (fields & 2) != 0,
    .has_result = (fields & 4) != 0,
  };
  g_autoptr (GBytes) bytes = NULL;

  reply.status = (guint16) (take (fuzz) % 7);
  reply.id = (guint16) (take (fuzz) % 6);
  reply.size_bytes = take_two (fuzz) * ((fields & 8) != 0 ? 77 : 1);
  reply.result = (gint32) take (fuzz) - 128;
  bytes = fl_usb_service_reply_encode (&reply);
  feed (fuzz, FL_USB_DONE, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
}

/* As many bytes as were asked for, or one more or less. */
static void
feed_bytes (Fuzz *fuzz, gsize asked_bytes)
{
  const gsize size_bytes = asked_bytes - 1 + take (fuzz) % 3;
  g_autofree guint8 *bytes = g_malloc0 (size_bytes + 1);

  feed (fuzz, FL_USB_DONE, bytes, size_bytes, NULL);
}

static void
feed_garbage (Fuzz *fuzz)
{
  gsize size_bytes = take (fuzz);

  size_bytes = MIN (size_bytes, fuzz->left_bytes);
  feed (fuzz, FL_USB_DONE, fuzz->data, size_bytes, NULL);
  fuzz->data += size_bytes;
  fuzz->left_bytes -= size_bytes;
}

static void
transfer_one (Fuzz *fuzz)
{
  g_autoptr (GError) error = NULL;
  FlUsbTransfer transfer;

  if (!fl_usb_session_take_transfer (fuzz->session, &transfer, fuzz->now_us))
    return;
  check_transfer (&transfer);
  if (take (fuzz) % 4 == 0) /* meanwhile */
    cancel (fuzz);
  switch (take (fuzz) % 6)
    {
    case 0:
      feed (fuzz, FL_USB_STALLED, NULL, 0, NULL);
      break;
    case 1:
      error = g_error_new_literal (FL_ERROR, FL_ERROR_DEVICE_SILENT, "");
      feed (fuzz, FL_USB_DONE, NULL, 0, error);
      break;
    case 2:
      feed_garbage (fuzz);
      break;
    case 3:
      feed_bytes (fuzz, transfer.setup.length);
      break;
    default:
      feed_reply (fuzz);
      break;
    }
}

static void
run_commands (Fuzz *fuzz)
{
  while (fuzz->left_bytes > 0)
    {
      switch (take (fuzz) % 8)
        {
        case 0:
          submit (fuzz);
          break;
        case 1:
          cancel (fuzz);
          break;
        case 2:
          fuzz->now_us += take (fuzz) * 10 * G_TIME_SPAN_MILLISECOND;
          fl_usb_session_tick (fuzz->session, fuzz->now_us);
          break;
        default:
          fuzz->now_us += G_TIME_SPAN_MILLISECOND;
          transfer_one (fuzz);
          break;
        }
      collect (fuzz);
    }
}

static void
come_to_rest (Fuzz *fuzz)
{
  FlUsbTransfer transfer;
  guint n_steps = 0;

  while (TRUE)
    {
      g_assert_cmpuint (++n_steps, <, MAX_STEPS);
      if (fl_usb_session_take_transfer (fuzz->session, &transfer, fuzz->now_us))
        {
          check_transfer (&transfer);
          feed (fuzz, FL_USB_STALLED, NULL, 0, NULL);
          continue;
        }
      if (fl_usb_session_get_deadline (fuzz->session) == G_MAXINT64)
        break;
      g_assert_cmpint (fl_usb_session_get_deadline (fuzz->session), >, fuzz->now_us);
      fuzz->now_us = fl_usb_session_get_deadline (fuzz->session);
    }
  collect (fuzz);
  for (guint handle = 1; handle <= fuzz->n_submitted; handle++)
    g_assert_cmpuint (fuzz->n_ends[handle], ==, fuzz->cancelled[handle] ? 0 : 1);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  Fuzz fuzz = { .data = data, .left_bytes = size_bytes };

  fuzz.session = fl_usb_session_new (take (&fuzz) % 2 == 1);
  run_commands (&fuzz);
  come_to_rest (&fuzz);
  fl_usb_session_free (fuzz.session);
  return 0;
}
