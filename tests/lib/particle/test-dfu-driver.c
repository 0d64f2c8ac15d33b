/* SPDX-License-Identifier: Apache-2.0 */

#include "fl-dfu-driver.h"
#include "fl-dfu-session.h"
#include "fl-error.h"
#include "usb-device-link.h"

#define DFU_UPLOAD_IDLE 9

/* A bootloader as the vendor's. */
typedef struct
{
  FlClock *clock;
  UsbDeviceLink *link;
  FlDriver *driver;

  guint8 state;
  guint8 end_state; /* once it was told to leave */
  guint n_sync;     /* how often it says that it is busy before */
  guint wait_ms;    /* bwPollTimeout of that */
  gboolean refuses; /* to leave */
  guint n_clears, n_leaves;
  gint64 last_status_us;
  guint n_closed;
} Fixture;

static GBytes *
make_status (Fixture *fixture, guint8 state, guint wait_ms)
{
  const guint8 status[] = { 0, wait_ms & 0xff, (wait_ms >> 8) & 0xff, (wait_ms >> 16) & 0xff, state,
                            0 };

  return g_bytes_new (status, sizeof status);
}

static FlUsbOutcome
get_status (Fixture *fixture, GBytes **reply)
{
  const gint64 now_us = fl_clock_now_us (fixture->clock);

  if (fixture->n_leaves > 0 && fixture->n_sync > 0)
    {
      if (fixture->last_status_us > 0)
        g_assert_cmpint (now_us - fixture->last_status_us, >=,
                         fixture->wait_ms * G_TIME_SPAN_MILLISECOND);
      fixture->last_status_us = now_us;
      fixture->n_sync--;
      *reply = make_status (fixture, FL_DFU_DEVICE_MANIFEST_SYNC, fixture->wait_ms);
      return FL_USB_DONE;
    }
  *reply = make_status (fixture, fixture->state, 0);
  return FL_USB_DONE;
}

static FlUsbOutcome
clear_status (Fixture *fixture)
{
  fixture->n_clears++;
  if (fixture->state == FL_DFU_DEVICE_ERROR)
    {
      fixture->state = FL_DFU_DEVICE_IDLE;
      return FL_USB_DONE;
    }
  fixture->state = FL_DFU_DEVICE_ERROR; /* as DFU 1.1 wants: refused, and an error */
  return FL_USB_STALLED;
}

static FlUsbOutcome
bootloader (UsbDeviceLink *link, const FlUsbSetup *setup, GBytes **reply)
{
  Fixture *fixture = link->control_data;

  g_assert_cmpuint (setup->index, ==, 0);
  if (setup->request_type == 0xa1 && setup->request == FL_DFU_GETSTATUS)
    {
      g_assert_cmpuint (setup->length, ==, 6);
      return get_status (fixture, reply);
    }
  g_assert_cmpuint (setup->request_type, ==, 0x21);
  g_assert_cmpuint (setup->length, ==, 0);
  if (setup->request == FL_DFU_CLRSTATUS)
    return clear_status (fixture);

  g_assert_cmpuint (setup->request, ==, FL_DFU_DNLOAD);
  g_assert_cmpuint (setup->value, ==, 2);
  if (fixture->refuses ||
      (fixture->state != FL_DFU_DEVICE_IDLE && fixture->state != FL_DFU_DEVICE_DNLOAD_IDLE))
    return FL_USB_STALLED;
  fixture->n_leaves++;
  fixture->state = fixture->end_state;
  return FL_USB_DONE;
}

static void
on_closed (FlDriver *driver, const GError *reason, Fixture *fixture)
{
  fixture->n_closed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = fl_virtual_clock_new ();
  fixture->link = usb_device_link_new (fixture->clock);
  fixture->link->version = NULL;
  fixture->link->control = bootloader;
  fixture->link->control_data = fixture;
  fixture->driver = fl_dfu_driver_new (FL_USB_LINK (fixture->link), fixture->clock);
  g_signal_connect (fixture->driver, "closed", G_CALLBACK (on_closed), fixture);
  fixture->state = FL_DFU_DEVICE_IDLE;
  fixture->end_state = FL_DFU_DEVICE_MANIFEST;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (fixture->driver, fixture);
  fl_driver_close (fixture->driver);
  while (g_main_context_iteration (NULL, FALSE)) /* what was on its way when the test ended */
    ;
  g_assert_finalize_object (fixture->driver);
  g_assert_finalize_object (fixture->link);
  g_assert_finalize_object (fixture->clock);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_null (*(GAsyncResult **) data); /* exactly once */
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
finish (Fixture *fixture, GAsyncResult **result, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  fl_driver_finish (fixture->driver, *result, &error);
  if (code == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, domain, code);
}

static void
connect_driver (Fixture *fixture, int code)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_driver_connect_async (fixture->driver, NULL, on_result, &result);
  finish (fixture, &result, FL_ERROR, code);
}

static void
leave (Fixture *fixture, int code)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_driver_reset_async (fixture->driver, FL_RESET_NORMAL, NULL, on_result, &result);
  finish (fixture, &result, FL_ERROR, code);
}

static void
it_leaves (Fixture *fixture, gconstpointer end_state)
{
  fixture->end_state = (guint8) GPOINTER_TO_UINT (end_state);
  connect_driver (fixture, 0);
  leave (fixture, 0);
  g_assert_cmpuint (fixture->n_leaves, ==, 1);
  g_assert_cmpuint (fixture->n_clears, ==, 0);
  usb_device_link_unplug (fixture->link);
  g_assert_cmpuint (fixture->n_closed, ==, 1);
}

static void
it_waits_as_long_as_it_is_told (Fixture *fixture, gconstpointer data)
{
  fixture->n_sync = 3;
  fixture->wait_ms = 700;
  connect_driver (fixture, 0);
  leave (fixture, 0);
  g_assert_cmpuint (fixture->n_sync, ==, 0);
}

static void
a_huge_wait_has_an_end (Fixture *fixture, gconstpointer data)
{
  const gint64 start_us = fl_clock_now_us (fixture->clock);

  fixture->n_sync = 3;
  fixture->wait_ms = 0xffffff;
  connect_driver (fixture, 0);
  leave (fixture, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpint (fl_clock_now_us (fixture->clock) - start_us, <, 16 * G_USEC_PER_SEC);
}

static void
an_error_is_cleared_first (Fixture *fixture, gconstpointer data)
{
  fixture->state = FL_DFU_DEVICE_ERROR;
  connect_driver (fixture, 0);
  leave (fixture, 0);
  g_assert_cmpuint (fixture->n_clears, ==, 1);
}

static void
another_state_is_cleared_first (Fixture *fixture, gconstpointer data)
{
  fixture->state = DFU_UPLOAD_IDLE;
  connect_driver (fixture, 0);
  leave (fixture, 0);
  g_assert_cmpuint (fixture->n_clears, ==, 2);
}

static void
refusing_to_leave_is_unexpected (Fixture *fixture, gconstpointer data)
{
  fixture->refuses = TRUE;
  connect_driver (fixture, 0);
  leave (fixture, FL_ERROR_UNEXPECTED);
  fixture->refuses = FALSE;
  leave (fixture, 0); /* it may be tried again */
}

static void
an_error_after_all_is_unexpected (Fixture *fixture, gconstpointer data)
{
  fixture->end_state = FL_DFU_DEVICE_ERROR;
  connect_driver (fixture, 0);
  leave (fixture, FL_ERROR_UNEXPECTED);
}

static void
stalling_everything_is_unexpected (Fixture *fixture, gconstpointer data)
{
  fixture->link->fault = USB_DEVICE_STALLS;
  fixture->link->fault_at = 0;
  connect_driver (fixture, 0);
  leave (fixture, FL_ERROR_UNEXPECTED);
  g_assert_cmpint (fixture->link->n_transfers, ==, 7);
}

/* GETSTATUS, DNLOAD, GETSTATUS: gone before it was told to leave is a loss, after it a success. */
static void
it_may_go_away_at_any_transfer (Fixture *fixture, gconstpointer data)
{
  for (int nth = 0; nth < 3; nth++)
    {
      fixture->link->fault = USB_DEVICE_UNPLUGS;
      fixture->link->fault_at = fixture->link->n_transfers + nth;
      fixture->state = FL_DFU_DEVICE_IDLE;
      fixture->n_closed = 0;
      connect_driver (fixture, 0);
      leave (fixture, nth == 0 ? FL_ERROR_LINK_LOST : 0);
      g_assert_cmpuint (fixture->n_closed, ==, 1);
    }
}

/* The last transfers of a device that resets may have no end. */
static void
silence_ends_in_time (Fixture *fixture, gconstpointer nth)
{
  const gint64 start_us = fl_clock_now_us (fixture->clock);

  fixture->link->fault = USB_DEVICE_HANGS;
  fixture->link->fault_at = GPOINTER_TO_INT (nth);
  connect_driver (fixture, 0);
  leave (fixture, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpint (fl_clock_now_us (fixture->clock) - start_us, <=, 16 * G_USEC_PER_SEC);
}

static void
leaving_can_be_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second = NULL;

  connect_driver (fixture, 0);
  fl_driver_reset_async (fixture->driver, FL_RESET_NORMAL, cancellable, on_result, &result);
  fl_driver_reset_async (fixture->driver, FL_RESET_NORMAL, NULL, on_result, &second);
  finish (fixture, &second, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  g_cancellable_cancel (cancellable);
  finish (fixture, &result, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
closing_ends_leaving (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  connect_driver (fixture, 0);
  fl_driver_reset_async (fixture->driver, FL_RESET_NORMAL, NULL, on_result, &result);
  fl_driver_close (fixture->driver);
  finish (fixture, &result, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (fixture->link->open);
}

static void
not_opened_says_why (Fixture *fixture, gconstpointer data)
{
  fixture->link->open_error = FL_ERROR_USB_ACCESS;
  connect_driver (fixture, FL_ERROR_USB_ACCESS);
  leave (fixture, FL_ERROR_LINK_LOST);
}

static void
anything_else_says_update_mode (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) safe_mode = NULL;
  g_autoptr (GAsyncResult) scan = NULL;
  g_autoptr (GAsyncResult) info = NULL;
  g_autoptr (GAsyncResult) listen = NULL;

  connect_driver (fixture, 0);
  g_assert_cmpint (fl_driver_get_capabilities (fixture->driver), ==, FL_CAN_RESET);
  fl_driver_reset_async (fixture->driver, FL_RESET_SAFE_MODE, NULL, on_result, &safe_mode);
  finish (fixture, &safe_mode, FL_ERROR, FL_ERROR_UPDATE_MODE);
  fl_driver_scan_async (fixture->driver, NULL, on_result, &scan);
  finish (fixture, &scan, FL_ERROR, FL_ERROR_UPDATE_MODE);
  fl_driver_read_info_async (fixture->driver, NULL, on_result, &info);
  finish (fixture, &info, FL_ERROR, FL_ERROR_UPDATE_MODE);
  fl_driver_listen_async (fixture->driver, TRUE, NULL, on_result, &listen);
  finish (fixture, &listen, FL_ERROR, FL_ERROR_UPDATE_MODE);
}

static void
answers_of_wrong_length_are_none (void)
{
  for (gsize size_bytes = 0; size_bytes < 9; size_bytes++)
    {
      static const guint8 idle[9] = { 0, 0, 0, 0, FL_DFU_DEVICE_IDLE };
      g_autoptr (FlDfuSession) session = fl_dfu_session_new (1000, 0);
      FlUsbSetup setup;

      g_assert_true (fl_dfu_session_take_transfer (session, &setup, 0));
      fl_dfu_session_feed (session, FL_USB_DONE, idle, size_bytes, NULL, 0);
      g_assert_true (fl_dfu_session_take_transfer (session, &setup, 0));
      g_assert_cmpuint (setup.request, ==,
                        size_bytes == FL_DFU_STATUS_BYTES ? FL_DFU_DNLOAD : FL_DFU_CLRSTATUS);
    }
}

#define ADD(path, func) ADD_DATA (path, func, NULL)
#define ADD_DATA(path, func, data)                                                                 \
  g_test_add ("/dfu-driver/" path, Fixture, data, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD_DATA ("leave/gen-3-and-4", it_leaves, GUINT_TO_POINTER (FL_DFU_DEVICE_MANIFEST));
  ADD_DATA ("leave/gen-2", it_leaves, GUINT_TO_POINTER (FL_DFU_DEVICE_DNLOAD_IDLE));
  ADD_DATA ("leave/waiting-for-a-reset", it_leaves,
            GUINT_TO_POINTER (FL_DFU_DEVICE_MANIFEST_WAIT_RESET));
  ADD ("leave/waits-as-long-as-told", it_waits_as_long_as_it_is_told);
  ADD ("leave/huge-wait-has-an-end", a_huge_wait_has_an_end);
  ADD ("leave/error-is-cleared-first", an_error_is_cleared_first);
  ADD ("leave/another-state-is-cleared-first", another_state_is_cleared_first);
  ADD ("leave/refused-is-unexpected", refusing_to_leave_is_unexpected);
  ADD ("leave/error-after-all-is-unexpected", an_error_after_all_is_unexpected);
  ADD ("leave/stalling-everything-is-unexpected", stalling_everything_is_unexpected);
  ADD ("leave/gone-at-any-transfer", it_may_go_away_at_any_transfer);
  ADD_DATA ("leave/silent-before", silence_ends_in_time, GINT_TO_POINTER (0));
  ADD_DATA ("leave/silent-while-told", silence_ends_in_time, GINT_TO_POINTER (1));
  ADD_DATA ("leave/silent-after", silence_ends_in_time, GINT_TO_POINTER (2));
  ADD ("leave/cancelled", leaving_can_be_cancelled);
  ADD ("leave/closed", closing_ends_leaving);
  ADD ("open/not-opened-says-why", not_opened_says_why);
  ADD ("other/says-update-mode", anything_else_says_update_mode);
  g_test_add_func ("/dfu-session/status/wrong-length-is-no-answer",
                   answers_of_wrong_length_are_none);

  return g_test_run ();
}
