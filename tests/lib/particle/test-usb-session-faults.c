/* SPDX-License-Identifier: Apache-2.0 */

#include "usb-pair.h"

#include "fl-error.h"

static gboolean
forget_all (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  if (setup->request == FL_USB_SERVICE_CHECK)
    fl_usb_server_bus_reset (pair->server, TRUE);
  return FALSE;
}

static void
a_forgotten_request_is_a_lost_link (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  pair->hook = forget_all;
  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 10), FL_ERROR_LINK_LOST);
  g_assert_cmpuint (pair->n_by_service[FL_USB_SERVICE_RESET], ==, 1); /* there is nothing to free */
  usb_pair_expect_in_order (pair);
}

static gboolean
stall_service (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->outcome = FL_USB_STALLED;
  return setup->request == pair->hook_left;
}

static void
a_stall_is_unexpected (gconstpointer data)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  pair->hook = stall_service;
  pair->hook_left = GPOINTER_TO_UINT (data);
  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 100), FL_ERROR_UNEXPECTED);
  usb_pair_expect_in_order (pair);
}

static gboolean
stall_all (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->outcome = FL_USB_STALLED;
  return TRUE;
}

static void
no_service_at_all_is_unsupported (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  pair->hook = stall_all;
  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 0), FL_ERROR_UNSUPPORTED);
  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 9), FL_ERROR_UNSUPPORTED);
  g_assert_cmpuint (pair->n_transfers, ==, 3);
}

/* The device refuses a short SEND, yet its USB layer acknowledges it. */
static gboolean
swallow_send (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  return setup->request == FL_USB_SERVICE_SEND;
}

static void
a_swallowed_send_is_unexpected (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  pair->hook = swallow_send;
  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 64), FL_ERROR_UNEXPECTED);
  usb_pair_expect_in_order (pair);
}

static gboolean
recv_one_less (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = g_bytes_new_take (g_malloc0 (setup->length), setup->length - 1);
  return setup->request == FL_USB_SERVICE_RECV;
}

static gboolean
recv_one_more (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = g_bytes_new_take (g_malloc0 (setup->length + 1), setup->length + 1);
  return setup->request == FL_USB_SERVICE_RECV;
}

static gboolean
recv_nothing (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  return setup->request == FL_USB_SERVICE_RECV;
}

static gboolean
check_garbage (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = g_bytes_new_static ("garbage that goes on", 20);
  return setup->request == FL_USB_SERVICE_CHECK;
}

static gboolean
check_other_id (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = fl_usb_service_reply_encode (
      &(FlUsbServiceReply){ .has_id = TRUE, .id = setup->index + 1, .has_result = TRUE });
  return setup->request == FL_USB_SERVICE_CHECK;
}

static gboolean
check_huge (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = fl_usb_service_reply_encode (
      &(FlUsbServiceReply){ .has_size = TRUE, .size_bytes = 65536, .has_result = TRUE });
  return setup->request == FL_USB_SERVICE_CHECK;
}

static gboolean
check_status_of_tomorrow (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = fl_usb_service_reply_encode (&(FlUsbServiceReply){ .status = 77 });
  return setup->request == FL_USB_SERVICE_CHECK;
}

static gboolean
check_error (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = fl_usb_service_reply_encode (&(FlUsbServiceReply){ .status = FL_USB_STATUS_ERROR });
  return setup->request == FL_USB_SERVICE_CHECK;
}

static gboolean
check_late_memory (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply =
      fl_usb_service_reply_encode (&(FlUsbServiceReply){ .status = FL_USB_STATUS_NO_MEMORY });
  return setup->request == FL_USB_SERVICE_CHECK;
}

static gboolean
init_error (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = fl_usb_service_reply_encode (&(FlUsbServiceReply){ .status = FL_USB_STATUS_ERROR });
  return setup->request == FL_USB_SERVICE_INIT;
}

/* The device has made a request, but what it says of it is spoiled. */
static gboolean
init_garbage (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  g_autoptr (GBytes) real = NULL;

  if (setup->request != FL_USB_SERVICE_INIT)
    return FALSE;
  fl_usb_server_control (pair->server, setup, NULL, 0, &real);
  end->reply = g_bytes_new_static ("garbage", 7);
  return TRUE;
}

static gboolean
init_without_id (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = fl_usb_service_reply_encode (&(FlUsbServiceReply){ 0 });
  return setup->request == FL_USB_SERVICE_INIT;
}

static void
misbehaviour_is_unexpected (gconstpointer data)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);

  pair->hook = (UsbPairHook) data;
  usb_pair_expect_failure (pair, usb_pair_submit (pair, USB_PAIR_SOME, 10), FL_ERROR_UNEXPECTED);
  usb_pair_expect_in_order (pair);
}

static gboolean
same_id_twice (UsbPair *pair, const FlUsbSetup *setup, UsbPairEnd *end)
{
  end->reply = fl_usb_service_reply_encode (&(FlUsbServiceReply){ .has_id = TRUE, .id = 1 });
  return setup->request == FL_USB_SERVICE_INIT && pair->n_by_service[FL_USB_SERVICE_INIT] > 1;
}

static void
an_id_given_twice_spares_the_first (void)
{
  g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
  const guint32 first = usb_pair_submit (pair, USB_PAIR_SOME, 10);
  const guint32 second = usb_pair_submit (pair, USB_PAIR_SOME, 10);

  pair->hook = same_id_twice;
  pair->answer_us = 20 * G_TIME_SPAN_MILLISECOND;
  usb_pair_expect_failure (pair, second, FL_ERROR_UNEXPECTED);
  usb_pair_expect_reply (pair, first, 0, 10);
  usb_pair_expect_in_order (pair);
}

static void
any_transfer_may_break (void)
{
  for (guint nth = 2; nth < 12; nth++)
    {
      g_autoptr (UsbPair) pair = usb_pair_new (FALSE);
      FlUsbEvent event;

      usb_pair_submit (pair, USB_PAIR_SOME, 5000);
      pair->hook = usb_pair_break_transfer;
      pair->hook_left = nth;
      usb_pair_wait (pair, &event);
      if (event.kind == FL_USB_EVENT_FAILED)
        g_assert_error (event.error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
      else
        g_assert_cmpuint (pair->n_transfers, <, nth);
      fl_usb_event_clear (&event);
      usb_pair_expect_in_order (pair);
    }
}

#define ADD(path, func)            g_test_add_func ("/usb-session/" path, func)
#define ADD_DATA(path, func, data) g_test_add_data_func ("/usb-session/" path, data, func)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("misbehaviour/forgotten-request-is-a-lost-link", a_forgotten_request_is_a_lost_link);
  ADD_DATA ("misbehaviour/stalled-init-is-unexpected", a_stall_is_unexpected,
            GUINT_TO_POINTER (FL_USB_SERVICE_INIT));
  ADD_DATA ("misbehaviour/stalled-check-is-unexpected", a_stall_is_unexpected,
            GUINT_TO_POINTER (FL_USB_SERVICE_CHECK));
  ADD_DATA ("misbehaviour/stalled-send-is-unexpected", a_stall_is_unexpected,
            GUINT_TO_POINTER (FL_USB_SERVICE_SEND));
  ADD_DATA ("misbehaviour/stalled-recv-is-unexpected", a_stall_is_unexpected,
            GUINT_TO_POINTER (FL_USB_SERVICE_RECV));
  ADD ("misbehaviour/no-service-at-all-is-unsupported", no_service_at_all_is_unsupported);
  ADD ("misbehaviour/swallowed-send-is-unexpected", a_swallowed_send_is_unexpected);
  ADD_DATA ("misbehaviour/shorter-reply-is-unexpected", misbehaviour_is_unexpected, recv_one_less);
  ADD_DATA ("misbehaviour/longer-reply-is-unexpected", misbehaviour_is_unexpected, recv_one_more);
  ADD_DATA ("misbehaviour/empty-reply-is-unexpected", misbehaviour_is_unexpected, recv_nothing);
  ADD_DATA ("misbehaviour/garbage-in-check-is-unexpected", misbehaviour_is_unexpected,
            check_garbage);
  ADD_DATA ("misbehaviour/other-id-is-unexpected", misbehaviour_is_unexpected, check_other_id);
  ADD_DATA ("misbehaviour/huge-reply-is-unexpected", misbehaviour_is_unexpected, check_huge);
  ADD_DATA ("misbehaviour/unknown-status-is-unexpected", misbehaviour_is_unexpected,
            check_status_of_tomorrow);
  ADD_DATA ("misbehaviour/error-in-check-is-unexpected", misbehaviour_is_unexpected, check_error);
  ADD_DATA ("misbehaviour/no-memory-while-running-is-unexpected", misbehaviour_is_unexpected,
            check_late_memory);
  ADD_DATA ("misbehaviour/error-in-init-is-unexpected", misbehaviour_is_unexpected, init_error);
  ADD_DATA ("misbehaviour/garbage-in-init-is-unexpected", misbehaviour_is_unexpected, init_garbage);
  ADD_DATA ("misbehaviour/init-without-id-is-unexpected", misbehaviour_is_unexpected,
            init_without_id);
  ADD ("misbehaviour/id-given-twice-spares-the-first", an_id_given_twice_spares_the_first);
  ADD ("misbehaviour/any-transfer-may-break", any_transfer_may_break);

  return g_test_run ();
}
