/* SPDX-License-Identifier: Apache-2.0 */

#include "usb-pair.h"

#include "fl-error.h"

/* open */

static void
opening_resets_what_was_left (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  const FlUsbSetup stale = { FL_USB_SERVICE_IN, FL_USB_SERVICE_INIT, 8, USB_PAIR_SOME, 64 };
  g_autoptr (GBytes) reply = NULL;
  FlUsbTransfer transfer;

  fl_usb_server_control (pair->server, &stale, NULL, 0, &reply);
  g_assert_cmpint (fl_usb_session_get_deadline (pair->session), <=, pair->now_us);
  g_assert_true (fl_usb_session_take_transfer (pair->session, &transfer, pair->now_us));
  g_assert_cmpuint (transfer.setup.request_type, ==, FL_USB_SERVICE_IN);
  g_assert_cmpuint (transfer.setup.request, ==, FL_USB_SERVICE_RESET);
  g_assert_cmpuint (transfer.setup.index, ==, 0);
  g_assert_cmpuint (transfer.setup.length, ==, 64);
  g_clear_pointer (&reply, g_bytes_unref);
  fl_usb_server_control (pair->server, &transfer.setup, NULL, 0, &reply);
  fl_usb_session_feed (pair->session, FL_USB_DONE, g_bytes_get_data (reply, NULL),
                       g_bytes_get_size (reply), NULL, pair->now_us);
  g_assert_cmpuint (fl_usb_server_get_n_active (pair->server), ==, 0);
  g_assert_cmpint (fl_usb_session_get_deadline (pair->session), ==, G_MAXINT64);
  g_assert_false (fl_usb_session_take_transfer (pair->session, &transfer, pair->now_us));
}

static gboolean
stall_reset (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->outcome = FL_USB_STALLED;
  return setup->request == FL_USB_SERVICE_RESET;
}

static void
a_stalled_reset_is_no_obstacle (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  pair->hook = stall_reset;
  usb_pair_expect_reply (pair, usb_pair_submit (pair, USB_PAIR_SOME, 3), 0, 3);
}

static void
a_broken_reset_fails_what_waits (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  const guint32 first = usb_pair_submit (pair, USB_PAIR_SOME, 3);
  const guint32 second = usb_pair_submit (pair, USB_PAIR_SOME, 0);

  pair->hook = usb_pair_break_transfer;
  pair->hook_left = 1;
  usb_pair_expect_failure (pair, first, FL_ERROR_DEVICE_SILENT);
  usb_pair_expect_failure (pair, second, FL_ERROR_DEVICE_SILENT);
  g_assert_false (usb_pair_step (pair)); /* it does not try on its own */
  g_assert_cmpuint (pair->n_transfers, ==, 1);
  usb_pair_expect_reply (pair, usb_pair_submit (pair, USB_PAIR_SOME, 3), 0, 3);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_RESET], ==, 2);
}

/* requests */

static void
payloads_of_every_kind_come_back (void)
{
  static const gsize sizes[] = { 0, 1, 63, 64, 65, 4095, 4096, 4097, 8192, 10000, 65535 };
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    usb_pair_expect_reply (pair, usb_pair_submit (pair, USB_PAIR_SOME, sizes[i]), 0, sizes[i]);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_RESET], ==, 1);
  usb_pair_settle (pair);
  g_assert_cmpuint (fl_usb_server_get_n_active (pair->server), ==, 0);
}

static FlSecret *
answer_negative (UsbPair *pair, guint16 type, FlSecret *data, gint32 *result)
{
  *result = -270;
  return usb_pair_make_payload (70);
}

static void
data_is_read_with_a_negative_result_too (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  pair->handler = answer_negative;
  usb_pair_expect_reply (pair, usb_pair_submit (pair, USB_PAIR_SOME, 0), -270, 70);
}

static void
sent_comes_with_the_last_byte (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  const guint32 handle = usb_pair_submit (pair, USB_PAIR_SOME, 5000);
  FlUsbEvent event;

  while (!fl_usb_session_take_event (pair->session, &event))
    g_assert_true (usb_pair_step (pair));
  g_assert_cmpint (event.kind, ==, FL_USB_EVENT_SENT);
  g_assert_cmpuint (event.handle, ==, handle);
  g_assert_cmpuint (event.type, ==, USB_PAIR_SOME);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_SEND], ==, 2);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_RECV], ==, 0);
  usb_pair_expect_reply (pair, handle, 0, 5000);
}

static void
what_is_too_long_is_refused (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 65536),
                           FL_ERROR_UNSUPPORTED);
  usb_pair_expect_in_order (pair);
}

static FlSecret *
answer_long (UsbPair *pair, guint16 type, FlSecret *data, gint32 *result)
{
  return usb_pair_make_payload (4097);
}

static void
old_firmware_takes_one_piece (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (TRUE);

  usb_pair_expect_reply (pair, usb_pair_submit (pair, USB_PAIR_SOME, 4096), 0, 4096);
  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 4097), FL_ERROR_UNSUPPORTED);
  pair->handler = answer_long;
  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 0), FL_ERROR_UNSUPPORTED);
  usb_pair_settle (pair);
  g_assert_cmpuint (fl_usb_server_get_n_active (pair->server), ==, 0);
}

/* places and memory */

static void
there_are_never_more_than_four (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  guint32 handles[7];

  pair->answer_us = 50 * G_TIME_SPAN_MILLISECOND;
  for (guint i = 0; i < G_N_ELEMENTS (handles); i++)
    handles[i] = usb_pair_submit (pair, USB_PAIR_SOME, i);
  for (guint i = 0; i < G_N_ELEMENTS (handles); i++)
    usb_pair_expect_reply (pair, handles[i], 0, i);
  g_assert_cmpuint (pair->n_active_most, ==, 4);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_INIT], ==, G_N_ELEMENTS (handles));
}

/* A device that has room for two. */
static gboolean
be_busy_above_two (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  if (setup->request != FL_USB_SERVICE_INIT || fl_usb_server_get_n_active (pair->server) < 2)
    return FALSE;
  end->reply = fl_usb_service_reply_encode (&(FlUsbServiceReply){ .status = FL_USB_STATUS_BUSY });
  return TRUE;
}

static void
busy_lowers_how_many_there_are (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  guint32 handles[6];

  pair->hook = be_busy_above_two;
  pair->answer_us = 20 * G_TIME_SPAN_MILLISECOND;
  for (guint i = 0; i < G_N_ELEMENTS (handles); i++)
    handles[i] = usb_pair_submit (pair, USB_PAIR_SOME, 10);
  for (guint i = 0; i < G_N_ELEMENTS (handles); i++)
    usb_pair_expect_reply (pair, handles[i], 0, 10);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_INIT], ==, G_N_ELEMENTS (handles) + 1);
}

/* Another program takes all four while the session is open. */
static void
busy_with_none_of_ours_resets (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  const FlUsbSetup other = { FL_USB_SERVICE_IN, FL_USB_SERVICE_INIT, 8, USB_PAIR_SOME, 64 };

  usb_pair_settle (pair);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GBytes) reply = NULL;

      fl_usb_server_control (pair->server, &other, NULL, 0, &reply);
    }
  usb_pair_expect_reply (pair, usb_pair_submit (pair, USB_PAIR_SOME, 10), 0, 10);
}

static gboolean
be_busy (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = fl_usb_service_reply_encode (&(FlUsbServiceReply){ .status = FL_USB_STATUS_BUSY });
  return setup->request == FL_USB_SERVICE_INIT;
}

static void
busy_for_ever_says_so_in_time (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  pair->hook = be_busy;
  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 10), FL_ERROR_DEVICE_BUSY);
  g_assert_cmpuint (pair->n_transfers, <, 40);
  usb_pair_expect_in_order (pair);
}

static void
no_memory_for_the_request_is_tried_again (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  fl_usb_server_fail_pool (pair->server, 0, 2);
  usb_pair_expect_reply (pair, usb_pair_submit (pair, USB_PAIR_SOME, 0), 0, 0);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_INIT], ==, 3);
}

static void
no_memory_for_the_payload_is_tried_again (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  fl_usb_server_fail_heap (pair->server, 0, 2);
  usb_pair_expect_reply (pair, usb_pair_submit (pair, USB_PAIR_SOME, 5000), 0, 5000);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_INIT], ==, 3);
}

static void
no_memory_at_last_says_busy (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  fl_usb_server_fail_heap (pair->server, 0, 1000);
  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 5000), FL_ERROR_DEVICE_BUSY);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_INIT], ==, 6);
  usb_pair_expect_in_order (pair);
}

/* pace */

static void
an_answer_is_seen_within_a_quarter (void)
{
  static const guint times_ms[] = { 20, 50, 100, 300, 1000, 2000 };

  for (guint i = 0; i < G_N_ELEMENTS (times_ms); i++)
    {
      g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
      guint32 handle = 0;

      usb_pair_settle (pair);
      pair->answer_us = times_ms[i] * G_TIME_SPAN_MILLISECOND;
      handle = usb_pair_submit (pair, USB_PAIR_SOME, 0);
      usb_pair_expect_reply (pair, handle, 0, 0);
      g_assert_cmpint (pair->now_us - pair->last_answer_us, <=, pair->answer_us / 4);
    }
}

static void
asking_after_is_seldom_in_the_long_run (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  pair->answer_us = 9 * G_USEC_PER_SEC;
  usb_pair_expect_reply (pair, usb_pair_submit (pair, USB_PAIR_SOME, 0), 0, 0);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_CHECK], <, 60);
}

#define ADD(path, func) g_test_add_func ("/usb-session/" path, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("open/resets-what-was-left", opening_resets_what_was_left);
  ADD ("open/stalled-reset-is-no-obstacle", a_stalled_reset_is_no_obstacle);
  ADD ("open/broken-reset-fails-what-waits", a_broken_reset_fails_what_waits);
  ADD ("request/payloads-of-every-kind-come-back", payloads_of_every_kind_come_back);
  ADD ("request/data-is-read-with-a-negative-result-too", data_is_read_with_a_negative_result_too);
  ADD ("request/sent-comes-with-the-last-byte", sent_comes_with_the_last_byte);
  ADD ("request/too-long-is-refused", what_is_too_long_is_refused);
  ADD ("request/old-firmware-takes-one-piece", old_firmware_takes_one_piece);
  ADD ("places/never-more-than-four", there_are_never_more_than_four);
  ADD ("places/busy-lowers-how-many-there-are", busy_lowers_how_many_there_are);
  ADD ("places/busy-with-none-of-ours-resets", busy_with_none_of_ours_resets);
  ADD ("places/busy-for-ever-says-so-in-time", busy_for_ever_says_so_in_time);
  ADD ("memory/none-for-the-request-is-tried-again", no_memory_for_the_request_is_tried_again);
  ADD ("memory/none-for-the-payload-is-tried-again", no_memory_for_the_payload_is_tried_again);
  ADD ("memory/none-at-last-says-busy", no_memory_at_last_says_busy);
  ADD ("pace/answer-is-seen-within-a-quarter", an_answer_is_seen_within_a_quarter);
  ADD ("pace/asking-after-is-seldom-in-the-long-run", asking_after_is_seldom_in_the_long_run);

  return g_test_run ();
}
