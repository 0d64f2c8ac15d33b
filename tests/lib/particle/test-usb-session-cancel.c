/* SPDX-License-Identifier: Apache-2.0 */

#include "usb-pair.h"

#include "fl-error.h"
#include "fl-requests.h"

/* limits */

static void
silence_ends_in_time_and_frees_the_place (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  const gint64 start_us = pair->now_us;

  pair->answer_us = G_MAXINT64;
  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 10), FL_ERROR_DEVICE_SILENT);
  g_assert_cmpint (pair->now_us - start_us, >=, USB_PAIR_LIMIT_MS * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpint (pair->now_us - start_us, <, (USB_PAIR_LIMIT_MS + 10) * G_TIME_SPAN_MILLISECOND);
  usb_pair_settle (pair);
  g_assert_cmpuint (pair->last_reset_id, ==, 1);
}

static void
the_limit_counts_while_a_transfer_is_out (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  const FlUsbServiceReply late = { .has_id = TRUE, .id = 5 };
  g_autoptr (GBytes) reply = fl_usb_service_reply_encode (&late);
  guint32 handle = 0;
  FlUsbTransfer transfer;
  FlUsbEvent event;

  usb_pair_settle (pair);
  handle = usb_pair_submit (pair, USB_PAIR_SOME, 10);
  g_assert_true (fl_usb_session_take_transfer (pair->session, &transfer, pair->now_us));
  pair->now_us = fl_usb_session_get_deadline (pair->session);
  fl_usb_session_tick (pair->session, pair->now_us);
  g_assert_true (fl_usb_session_take_event (pair->session, &event));
  g_assert_cmpuint (event.handle, ==, handle);
  g_assert_error (event.error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
  fl_usb_event_clear (&event);
  fl_usb_session_feed (pair->session, FL_USB_DONE, g_bytes_get_data (reply, NULL),
                       g_bytes_get_size (reply), NULL, pair->now_us);
  g_assert_true (fl_usb_session_take_transfer (pair->session, &transfer, pair->now_us));
  g_assert_cmpint (transfer.setup.request, ==, FL_USB_SERVICE_RESET);
  g_assert_cmpint (transfer.setup.index, ==, 5);
  usb_pair_expect_no_event (pair);
}

static void
the_limit_counts_while_it_waits (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  guint32 handles[5];

  pair->answer_us = G_MAXINT64;
  for (guint i = 0; i < G_N_ELEMENTS (handles); i++)
    handles[i] = usb_pair_submit (pair, USB_PAIR_SOME, 0);
  for (guint i = 0; i < G_N_ELEMENTS (handles); i++)
    usb_pair_expect_failure (pair, handles[i], FL_ERROR_DEVICE_SILENT);
  usb_pair_settle (pair);
  g_assert_cmpuint (pair->n_handled, ==, 4);
  g_assert_cmpuint (fl_usb_server_get_n_active (pair->server), ==, 0);
}

/* cancelling */

static void
cancelled_in_the_queue_never_reaches_the_device (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  fl_usb_session_cancel (pair->session, usb_pair_submit (pair, USB_PAIR_SOME, 10), pair->now_us);
  usb_pair_settle (pair);
  usb_pair_expect_no_event (pair);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_INIT], ==, 0);
}

static void
cancelled_at_any_transfer_frees_the_place (void)
{
  for (guint n_steps = 1; n_steps < 12; n_steps++)
    {
      g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
      const guint32 handle = usb_pair_submit (pair, USB_PAIR_SOME, 5000);

      for (guint i = 0; i < n_steps; i++)
        usb_pair_step (pair);
      usb_pair_drain (pair);
      fl_usb_session_cancel (pair->session, handle, pair->now_us);
      usb_pair_settle (pair);
      usb_pair_expect_no_event (pair);
      usb_pair_expect_in_order (pair);
    }
}

static void
cancelled_while_its_transfer_is_out (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  g_autoptr (GBytes) reply = NULL;
  guint32 handle = 0;
  FlUsbTransfer transfer;

  usb_pair_settle (pair);
  handle = usb_pair_submit (pair, USB_PAIR_SOME, 10);
  g_assert_true (fl_usb_session_take_transfer (pair->session, &transfer, pair->now_us));
  fl_usb_session_cancel (pair->session, handle, pair->now_us);
  g_assert_false (fl_usb_session_take_transfer (pair->session, &transfer, pair->now_us));
  fl_usb_server_control (pair->server,
                         &(FlUsbSetup){ FL_USB_SERVICE_IN, FL_USB_SERVICE_INIT, 10, USB_PAIR_SOME,
                                        64 },
                         NULL, 0, &reply);
  fl_usb_session_feed (pair->session, FL_USB_DONE, g_bytes_get_data (reply, NULL),
                       g_bytes_get_size (reply), NULL, pair->now_us);
  usb_pair_expect_in_order (pair);
}

static void
a_running_join_is_not_reset (gconstpointer data)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  guint32 join = 0;

  pair->answer_us = 5 * G_USEC_PER_SEC;
  join = usb_pair_submit (pair, (guint16) GPOINTER_TO_UINT (data), 28);
  while (pair->n_handled == 0)
    g_assert_true (usb_pair_step (pair));
  usb_pair_drain (pair);
  fl_usb_session_cancel (pair->session, join, pair->now_us);
  usb_pair_settle (pair);
  usb_pair_expect_no_event (pair);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_RESET], ==, 1); /* that of opening */
  usb_pair_expect_in_order (pair);
}

static void
a_join_not_yet_sent_is_reset (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  guint32 join = usb_pair_submit (pair, FL_REQUEST_JOIN_NEW_NETWORK, 5000);

  while (pair->n_by_service[FL_USB_SERVICE_SEND] == 0)
    g_assert_true (usb_pair_step (pair));
  usb_pair_drain (pair);
  fl_usb_session_cancel (pair->session, join, pair->now_us);
  usb_pair_settle (pair);
  g_assert_cmpuint (pair->last_reset_id, ==, 1);
  g_assert_cmpuint (pair->n_handled, ==, 0);
  usb_pair_expect_in_order (pair);
}

static void
a_forgotten_join_does_not_stay_for_ever (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  guint32 join = usb_pair_submit (pair, FL_REQUEST_JOIN_NEW_NETWORK, 28);

  pair->answer_us = G_MAXINT64;
  while (pair->n_handled == 0)
    g_assert_true (usb_pair_step (pair));
  usb_pair_drain (pair);
  fl_usb_session_cancel (pair->session, join, pair->now_us);
  usb_pair_settle (pair);
  usb_pair_expect_no_event (pair);
  g_assert_cmpuint (fl_usb_server_get_n_active (pair->server), ==, 0);
}

static void
cancelling_nothing_does_nothing (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  fl_usb_session_cancel (pair->session, 77, pair->now_us);
  usb_pair_expect_in_order (pair);
}

static gboolean
give_id_0 (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = fl_usb_service_reply_encode (&(FlUsbServiceReply){ .has_id = TRUE });
  return setup->request == FL_USB_SERVICE_INIT && pair->n_by_service[FL_USB_SERVICE_INIT] == 1;
}

/* RESET would take 0 for all of them. */
static void
the_id_0_is_not_reset_beside_others (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  const guint32 zero = usb_pair_submit (pair, USB_PAIR_SOME, 10);
  const guint32 other = usb_pair_submit (pair, USB_PAIR_SOME, 10);

  pair->hook = give_id_0;
  pair->answer_us = 20 * G_TIME_SPAN_MILLISECOND;
  while (pair->n_by_service[FL_USB_SERVICE_INIT] < 2)
    g_assert_true (usb_pair_step (pair));
  fl_usb_session_cancel (pair->session, zero, pair->now_us);
  usb_pair_expect_reply (pair, other, 0, 10);
  usb_pair_expect_in_order (pair);
}

#define ADD(path, func)            g_test_add_func ("/usb-session/" path, func)
#define ADD_DATA(path, func, data) g_test_add_data_func ("/usb-session/" path, data, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("limit/silence-ends-in-time-and-frees-the-place", silence_ends_in_time_and_frees_the_place);
  ADD ("limit/counts-while-a-transfer-is-out", the_limit_counts_while_a_transfer_is_out);
  ADD ("limit/counts-while-it-waits", the_limit_counts_while_it_waits);
  ADD ("cancel/in-the-queue-never-reaches-the-device",
       cancelled_in_the_queue_never_reaches_the_device);
  ADD ("cancel/at-any-transfer-frees-the-place", cancelled_at_any_transfer_frees_the_place);
  ADD ("cancel/while-its-transfer-is-out", cancelled_while_its_transfer_is_out);
  ADD_DATA ("cancel/running-join-is-not-reset", a_running_join_is_not_reset,
            GUINT_TO_POINTER (FL_REQUEST_JOIN_NEW_NETWORK));
  ADD_DATA ("cancel/running-join-of-a-known-network-is-not-reset", a_running_join_is_not_reset,
            GUINT_TO_POINTER (FL_REQUEST_JOIN_KNOWN_NETWORK));
  ADD ("cancel/join-not-yet-sent-is-reset", a_join_not_yet_sent_is_reset);
  ADD ("cancel/forgotten-join-does-not-stay-for-ever", a_forgotten_join_does_not_stay_for_ever);
  ADD ("cancel/unknown-handle-does-nothing", cancelling_nothing_does_nothing);
  ADD ("cancel/id-0-is-not-reset-beside-others", the_id_0_is_not_reset_beside_others);

  return g_test_run ();
}
