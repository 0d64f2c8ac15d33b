/* SPDX-License-Identifier: Apache-2.0 */
#include "usb-fixture.h"

#include "fl-error.h"

#define LONG_MS 20000

static void
close_link (FlUsbLink *link)
{
  fl_link_close (FL_LINK (link));
  g_assert_finalize_object (link);
}

static void
assert_bytes (GBytes *bytes, const void *data, gsize size_bytes)
{
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), data, size_bytes);
}

static void
test_open_and_close (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (mock_usb_device_get_n_open (device), ==, 1);
  fl_link_close (FL_LINK (link));
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_no_error (f->closed);
  fl_link_close (FL_LINK (link));
  g_assert_cmpuint (f->n_closed, ==, 1);
  WAIT_FOR (mock_usb_device_get_n_open (device) == 0);

  error = usb_fixture_try_open (link);
  g_assert_no_error (error);
  close_link (link);
  g_assert_cmpuint (f->n_closed, ==, 2);
  WAIT_FOR (mock_usb_device_get_n_open (device) == 0);
}

static void
test_transfers (UsbFixture *f)
{
  FlUsbLink *link;
  g_auto (UsbEnd) in = { 0 }, out = { 0 }, empty = { 0 }, big = { 0 };
  g_autofree guint8 *most = g_malloc (FL_USB_MAX_TRANSFER);

  usb_fixture_plug (f, NULL, NULL);
  link = usb_fixture_open (f);
  usb_fixture_answer (f, MOCK_USB_DONE, "hello", 5);
  usb_fixture_read (link, 5, LONG_MS, NULL, &in);
  WAIT_FOR (in.is_done);
  g_assert_no_error (in.error);
  g_assert_cmpint (in.outcome, ==, FL_USB_DONE);
  assert_bytes (in.bytes, "hello", 5);

  usb_fixture_write (link, "there", 5, &out);
  WAIT_FOR (out.is_done);
  g_assert_no_error (out.error);
  assert_bytes (out.bytes, "", 0);
  assert_bytes (f->got, "there", 5);

  usb_fixture_write (link, NULL, 0, &empty);
  WAIT_FOR (empty.is_done);
  g_assert_no_error (empty.error);
  assert_bytes (f->got, "", 0);

  memset (most, 0xa5, FL_USB_MAX_TRANSFER);
  usb_fixture_write (link, most, FL_USB_MAX_TRANSFER, &big);
  WAIT_FOR (big.is_done);
  g_assert_no_error (big.error);
  assert_bytes (f->got, most, FL_USB_MAX_TRANSFER);
  close_link (link);
}

static void
test_short_transfer (UsbFixture *f)
{
  FlUsbLink *link;
  g_auto (UsbEnd) some = { 0 }, none = { 0 }, more = { 0 };

  usb_fixture_plug (f, NULL, NULL);
  link = usb_fixture_open (f);
  usb_fixture_answer (f, MOCK_USB_DONE, "abc", 3);
  usb_fixture_read (link, 64, LONG_MS, NULL, &some);
  WAIT_FOR (some.is_done);
  assert_bytes (some.bytes, "abc", 3);

  usb_fixture_answer (f, MOCK_USB_DONE, "", 0);
  usb_fixture_read (link, 64, LONG_MS, NULL, &none);
  WAIT_FOR (none.is_done);
  assert_bytes (none.bytes, "", 0);

  usb_fixture_answer (f, MOCK_USB_DONE, "abcdef", 6);
  usb_fixture_read (link, 2, LONG_MS, NULL, &more);
  WAIT_FOR (more.is_done);
  assert_bytes (more.bytes, "ab", 2);
  close_link (link);
}

static void
test_stall (UsbFixture *f)
{
  FlUsbLink *link;
  g_auto (UsbEnd) stalled = { 0 }, next = { 0 };

  usb_fixture_plug (f, NULL, NULL);
  link = usb_fixture_open (f);
  usb_fixture_answer (f, MOCK_USB_STALLED, "no", 2);
  usb_fixture_read (link, 64, LONG_MS, NULL, &stalled);
  WAIT_FOR (stalled.is_done);
  g_assert_no_error (stalled.error);
  g_assert_cmpint (stalled.outcome, ==, FL_USB_STALLED);
  assert_bytes (stalled.bytes, "", 0);

  usb_fixture_answer (f, MOCK_USB_DONE, "yes", 3);
  usb_fixture_read (link, 64, LONG_MS, NULL, &next);
  WAIT_FOR (next.is_done);
  assert_bytes (next.bytes, "yes", 3);
  g_assert_cmpuint (f->n_closed, ==, 0);
  close_link (link);
}

static void
test_time_out (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_auto (UsbEnd) silent = { 0 }, next = { 0 };

  usb_fixture_answer (f, MOCK_USB_PENDING, NULL, 0);
  usb_fixture_read (link, 64, 5, NULL, &silent);
  WAIT_FOR (silent.is_done);
  g_assert_error (silent.error, FL_ERROR, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpuint (mock_usb_get_n_cancelled (f->usb), ==, 1);
  g_assert_cmpuint (mock_usb_device_get_n_pending (device), ==, 0);
  g_assert_cmpuint (f->n_closed, ==, 0);

  usb_fixture_answer (f, MOCK_USB_DONE, "late", 4);
  usb_fixture_read (link, 64, LONG_MS, NULL, &next);
  WAIT_FOR (next.is_done);
  assert_bytes (next.bytes, "late", 4);
  close_link (link);
}

/* The port has gone by the time the link is lost, so that nobody tries it again. */
static void
test_unplug_during_transfer (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_auto (UsbEnd) end = { 0 };
  g_autoptr (GError) again = NULL;

  usb_fixture_answer (f, MOCK_USB_PENDING, NULL, 0);
  usb_fixture_read (link, 64, LONG_MS, NULL, &end);
  WAIT_FOR (mock_usb_device_get_n_pending (device) == 1);
  mock_usb_unplug (device);
  WAIT_FOR (end.is_done);
  g_assert_cmpuint (f->n_ports_at_closed, ==, 0);
  g_assert_error (end.error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_assert_error (f->closed, FL_ERROR, FL_ERROR_LINK_LOST);
  g_assert_cmpuint (f->n_closed, ==, 1);

  again = usb_fixture_try_open (link);
  g_assert_error (again, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
  g_assert_cmpuint (f->n_closed, ==, 1);
  close_link (link);
}

/* What a pulled plug gives before the hub notices. */
static void
test_broken_packets_before_unplug (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_auto (UsbEnd) end = { 0 };

  usb_fixture_answer (f, MOCK_USB_BROKEN, NULL, 0);
  usb_fixture_read (link, 64, LONG_MS, NULL, &end);
  mock_usb_unplug (device);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_cmpuint (f->n_ports_at_closed, ==, 0);
  close_link (link);
}

static void
test_close_after_broken_packets (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_auto (UsbEnd) end = { 0 };

  usb_fixture_answer (f, MOCK_USB_BROKEN, NULL, 0);
  usb_fixture_read (link, 64, LONG_MS, NULL, &end);
  for (guint i = 0; i < 3; i++) /* the news may be here, or not yet */
    g_main_context_iteration (NULL, FALSE);
  fl_link_close (FL_LINK (link));
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 1);
  WAIT_FOR (mock_usb_device_get_n_open (device) == 0);
  close_link (link);
}

static void
test_unplug_between_transfers (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_auto (UsbEnd) end = { 0 };

  fl_usb_bus_stop (f->bus); /* links see for themselves */
  mock_usb_unplug (device);
  WAIT_FOR (f->n_closed == 1);
  g_assert_error (f->closed, FL_ERROR, FL_ERROR_LINK_LOST);
  WAIT_FOR (mock_usb_device_get_n_open (device) == 0);

  usb_fixture_read (link, 64, LONG_MS, NULL, &end);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_assert_cmpuint (f->n_closed, ==, 1);
  close_link (link);
}

static void
test_unplug_while_opening (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link;
  g_autoptr (GError) error = NULL;

  usb_fixture_start (f, 1);
  link = usb_fixture_create_link (f);
  mock_usb_unplug (device);
  error = usb_fixture_try_open (link);
  if (error == NULL)
    WAIT_FOR (f->n_closed == 1);
  else
    g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
  WAIT_FOR (mock_usb_device_get_n_open (device) == 0);
  close_link (link);
}

static void
test_cancel_during_transfer (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (UsbEnd) end = { 0 }, next = { 0 };
  g_autoptr (GError) error = NULL;

  usb_fixture_answer (f, MOCK_USB_PENDING, NULL, 0);
  usb_fixture_read (link, 64, LONG_MS, cancellable, &end);
  WAIT_FOR (mock_usb_device_get_n_pending (device) == 1);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_no_error (f->closed);
  WAIT_FOR (mock_usb_device_get_n_open (device) == 0);
  g_assert_cmpuint (mock_usb_get_n_cancelled (f->usb), ==, 1);

  error = usb_fixture_try_open (link);
  g_assert_no_error (error);
  usb_fixture_answer (f, MOCK_USB_DONE, "ok", 2);
  usb_fixture_read (link, 64, LONG_MS, NULL, &next);
  WAIT_FOR (next.is_done);
  assert_bytes (next.bytes, "ok", 2);
  close_link (link);
}

/* At no time in particular: before it is submitted, on its way, done but not yet told. */
static void
test_cancel_at_once (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (UsbEnd) end = { 0 }, before = { 0 };

  usb_fixture_answer (f, MOCK_USB_DONE, "ok", 2);
  usb_fixture_read (link, 64, LONG_MS, cancellable, &end);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  usb_fixture_read (link, 64, LONG_MS, cancellable, &before);
  WAIT_FOR (before.is_done);
  g_assert_error (before.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  WAIT_FOR (mock_usb_device_get_n_open (device) == 0);
  close_link (link);
}

static void
on_open_end (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UsbEnd *end = user_data;

  fl_link_open_finish (FL_LINK (source), result, &end->error);
  end->is_done = TRUE;
}

static void
test_cancel_while_opening (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  FlUsbLink *link;
  g_auto (UsbEnd) end = { 0 };

  usb_fixture_start (f, 1);
  link = usb_fixture_create_link (f);
  fl_link_open_async (FL_LINK (link), cancellable, on_open_end, &end);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 0);
  close_link (link);
  g_assert_finalize_object (g_steal_pointer (&f->bus)); /* waits for the end of the opening */
  WAIT_FOR (mock_usb_device_get_n_open (device) == 0);
}

static void
test_close_during_transfer (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_auto (UsbEnd) end = { 0 };

  usb_fixture_answer (f, MOCK_USB_PENDING, NULL, 0);
  usb_fixture_read (link, 64, LONG_MS, NULL, &end);
  WAIT_FOR (mock_usb_device_get_n_pending (device) == 1);
  fl_link_close (FL_LINK (link));
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  WAIT_FOR (mock_usb_device_get_n_open (device) == 0);
  g_assert_cmpuint (mock_usb_get_n_cancelled (f->usb), ==, 1);
  close_link (link);
}

static void
test_bus_freed_with_transfer_out (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_auto (UsbEnd) end = { 0 };

  usb_fixture_answer (f, MOCK_USB_PENDING, NULL, 0);
  usb_fixture_read (link, 64, LONG_MS, NULL, &end);
  g_assert_finalize_object (g_steal_pointer (&f->bus));
  WAIT_FOR (mock_usb_device_get_n_pending (device) == 1);
  mock_usb_device_finish (device, MOCK_USB_DONE, g_bytes_new_static ("alive", 5));
  WAIT_FOR (end.is_done);
  assert_bytes (end.bytes, "alive", 5);
  close_link (link);
}

/* The program ends in the middle of it. */
static void
test_all_freed_with_transfer_out (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_auto (UsbEnd) end = { 0 };

  usb_fixture_answer (f, MOCK_USB_PENDING, NULL, 0);
  usb_fixture_read (link, 64, LONG_MS, NULL, &end);
  fl_link_close (FL_LINK (link));
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_finalize_object (link);
  g_assert_finalize_object (g_steal_pointer (&f->bus));
  WAIT_FOR (mock_usb_device_get_n_open (device) == 0);
}

static void
test_one_at_a_time (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link = usb_fixture_open (f);
  g_auto (UsbEnd) first = { 0 }, second = { 0 };

  usb_fixture_answer (f, MOCK_USB_PENDING, NULL, 0);
  usb_fixture_read (link, 64, LONG_MS, NULL, &first);
  usb_fixture_read (link, 64, LONG_MS, NULL, &second);
  WAIT_FOR (second.is_done);
  g_assert_error (second.error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  WAIT_FOR (mock_usb_device_get_n_pending (device) == 1);
  g_assert_true (mock_usb_device_finish (device, MOCK_USB_DONE, NULL));
  WAIT_FOR (first.is_done);
  g_assert_no_error (first.error);
  g_assert_cmpuint (f->n_requests, ==, 1);
  close_link (link);
}

static void
test_broken_packets (UsbFixture *f)
{
  FlUsbLink *link;
  g_auto (UsbEnd) babble = { 0 }, broken = { 0 };

  usb_fixture_plug (f, NULL, NULL);
  link = usb_fixture_open (f);
  usb_fixture_answer (f, MOCK_USB_BABBLE, NULL, 0);
  usb_fixture_read (link, 64, LONG_MS, NULL, &babble);
  WAIT_FOR (babble.is_done);
  g_assert_error (babble.error, FL_ERROR, FL_ERROR_UNEXPECTED);
  g_assert_cmpuint (f->n_closed, ==, 0);

  usb_fixture_answer (f, MOCK_USB_BROKEN, NULL, 0);
  usb_fixture_read (link, 64, LONG_MS, NULL, &broken);
  WAIT_FOR (broken.is_done);
  g_assert_error (broken.error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_assert_error (f->closed, FL_ERROR, FL_ERROR_LINK_LOST);
  g_assert_cmpuint (f->n_closed, ==, 1);
  close_link (link);
}

static void
test_access_refused (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, NULL, NULL);
  FlUsbLink *link;
  g_autoptr (GError) refused = NULL;
  g_autoptr (GError) allowed = NULL;

  usb_fixture_start (f, 1);
  link = usb_fixture_create_link (f);
  mock_usb_device_set_refused (device, TRUE);
  refused = usb_fixture_try_open (link);
  g_assert_error (refused, FL_ERROR, FL_ERROR_USB_ACCESS);
  mock_usb_device_set_refused (device, FALSE);
  allowed = usb_fixture_try_open (link);
  g_assert_no_error (allowed);
  close_link (link);
}

/* A hub with eight devices, one of which says nothing: the others are served meanwhile. */
static void
test_one_of_eight_hangs (UsbFixture *f)
{
  MockUsbDevice *devices[8];
  FlUsbLink *links[8] = { NULL };
  UsbEnd ends[8] = { 0 };

  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *location = g_strdup_printf ("1-4.%u", i + 1);

      devices[i] = usb_fixture_plug (f, location, location);
    }
  usb_fixture_start (f, 8);
  for (guint i = 0; i < 8; i++)
    {
      g_autoptr (GError) error = NULL;
      FlUsbPort *port = usb_fixture_get_port (f, i);
      guint number = fl_usb_port_get_location (port)[4] - '1'; /* in no order */

      links[number] = fl_usb_bus_create_link (f->bus, port);
      error = usb_fixture_try_open (links[number]);
      g_assert_no_error (error);
    }
  usb_fixture_answer (f, MOCK_USB_PENDING, NULL, 0);
  for (guint i = 0; i < 8; i++)
    usb_fixture_read (links[i], 64, LONG_MS, NULL, &ends[i]);
  for (guint i = 1; i < 8; i++)
    WAIT_FOR (mock_usb_device_finish (devices[i], MOCK_USB_DONE, g_bytes_new_static ("fine", 4)));
  for (guint i = 1; i < 8; i++)
    {
      WAIT_FOR (ends[i].is_done);
      assert_bytes (ends[i].bytes, "fine", 4);
    }
  g_assert_false (ends[0].is_done);
  for (guint i = 0; i < 8; i++)
    {
      fl_link_close (FL_LINK (links[i]));
      WAIT_FOR (ends[i].is_done);
      usb_end_clear (&ends[i]);
      g_assert_finalize_object (links[i]);
    }
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UsbEnd *end = user_data;

  g_assert_false (fl_link_send_finish (FL_LINK (source), result, &end->error));
  end->is_done = TRUE;
}

static void
test_takes_no_stream (UsbFixture *f)
{
  FlUsbLink *link;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_auto (UsbEnd) end = { 0 };

  usb_fixture_plug (f, NULL, NULL);
  link = usb_fixture_open (f);
  fl_link_send_async (FL_LINK (link), bytes, NULL, on_sent, &end);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, FL_ERROR, FL_ERROR_UNSUPPORTED);
  g_assert_cmpuint (fl_link_get_max_send (FL_LINK (link)), ==, 0);
  close_link (link);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  usb_fixture_add ("/libusb/link/open-and-close", test_open_and_close);
  usb_fixture_add ("/libusb/link/transfers", test_transfers);
  usb_fixture_add ("/libusb/link/short-transfer", test_short_transfer);
  usb_fixture_add ("/libusb/link/stall", test_stall);
  usb_fixture_add ("/libusb/link/time-out", test_time_out);
  usb_fixture_add ("/libusb/link/unplug-during-transfer", test_unplug_during_transfer);
  usb_fixture_add ("/libusb/link/broken-packets-before-unplug", test_broken_packets_before_unplug);
  usb_fixture_add ("/libusb/link/close-after-broken-packets", test_close_after_broken_packets);
  usb_fixture_add ("/libusb/link/unplug-between-transfers", test_unplug_between_transfers);
  usb_fixture_add ("/libusb/link/unplug-while-opening", test_unplug_while_opening);
  usb_fixture_add ("/libusb/link/cancel-during-transfer", test_cancel_during_transfer);
  usb_fixture_add ("/libusb/link/cancel-at-once", test_cancel_at_once);
  usb_fixture_add ("/libusb/link/cancel-while-opening", test_cancel_while_opening);
  usb_fixture_add ("/libusb/link/close-during-transfer", test_close_during_transfer);
  usb_fixture_add ("/libusb/link/bus-freed-with-transfer-out", test_bus_freed_with_transfer_out);
  usb_fixture_add ("/libusb/link/all-freed-with-transfer-out", test_all_freed_with_transfer_out);
  usb_fixture_add ("/libusb/link/one-at-a-time", test_one_at_a_time);
  usb_fixture_add ("/libusb/link/broken-packets", test_broken_packets);
  usb_fixture_add ("/libusb/link/access-refused", test_access_refused);
  usb_fixture_add ("/libusb/link/one-of-eight-hangs", test_one_of_eight_hangs);
  usb_fixture_add ("/libusb/link/takes-no-stream", test_takes_no_stream);
  return g_test_run ();
}
