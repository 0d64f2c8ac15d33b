/* SPDX-License-Identifier: Apache-2.0 */
#include "tty-fixture.h"

#include "fl-udev-serial-bus.h"

#include <glib/gstdio.h>
#include <errno.h>
#include <sys/file.h>
#include <unistd.h>

static void
test_nobody_else_can_open (TtyFixture *f, gconstpointer data)
{
  tty_fixture_open (f);
  g_assert_cmpint (pty_open (f->pty), ==, -1);
  g_assert_cmpint (errno, ==, EBUSY);
}

/* What ModemManager does. */
static void
test_busy_for_long (TtyFixture *f, gconstpointer data)
{
  g_autoptr (FlSerialLink) other = fl_tty_link_new (f->pty->path, f->clock);
  g_autoptr (GError) error = NULL;
  gint64 begin_us;

  tty_fixture_open (f);
  begin_us = fl_clock_now_us (f->clock);
  error = tty_fixture_try_open (FL_LINK (other));
  g_assert_error (error, FL_ERROR, FL_ERROR_SERIAL_BUSY);
  g_assert_cmpint (fl_clock_now_us (f->clock) - begin_us, >=, 25 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (fl_clock_now_us (f->clock) - begin_us, <, 26 * G_TIME_SPAN_SECOND);
}

static void
close_descriptor (gpointer data)
{
  close (GPOINTER_TO_INT (data));
}

static void
test_busy_for_a_while (TtyFixture *f, gconstpointer data)
{
  int other = pty_open (f->pty);
  gint64 begin_us = fl_clock_now_us (f->clock);

  g_assert_cmpint (flock (other, LOCK_EX | LOCK_NB), ==, 0);
  fl_clock_add_ms (f->clock, 20000, close_descriptor, GINT_TO_POINTER (other));
  tty_fixture_open (f);
  g_assert_cmpint (fl_clock_now_us (f->clock) - begin_us, >=, 20 * G_TIME_SPAN_SECOND);
  tty_fixture_send (f, "w", 1);
  tty_fixture_expect (f, "w", 1);
}

static void
hang_up (gpointer data)
{
  pty_hang_up (data);
}

static void
test_unplugged_while_busy (TtyFixture *f, gconstpointer data)
{
  int other = pty_open (f->pty);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (flock (other, LOCK_EX | LOCK_NB), ==, 0);
  fl_clock_add_ms (f->clock, 5000, hang_up, f->pty);
  error = tty_fixture_try_open (f->link);
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
  g_assert_cmpuint (f->n_closed, ==, 0);
  close (other);
}

static void
close_link (gpointer data)
{
  fl_link_close (data);
}

static void
test_closed_while_busy (TtyFixture *f, gconstpointer data)
{
  int other = pty_open (f->pty);
  g_autoptr (GError) error = NULL;
  gint64 begin_us = fl_clock_now_us (f->clock);

  g_assert_cmpint (flock (other, LOCK_EX | LOCK_NB), ==, 0);
  fl_clock_add_ms (f->clock, 5000, close_link, f->link);
  error = tty_fixture_try_open (f->link);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (fl_clock_now_us (f->clock) - begin_us, <, 6 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (f->n_closed, ==, 0);
  close (other);
}

static void
test_unplugged_before_opening (TtyFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  pty_hang_up (f->pty);
  error = tty_fixture_try_open (f->link);
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
}

static void
test_unplugged_while_idle (TtyFixture *f, gconstpointer data)
{
  g_auto (TtyEnd) end = { 0 };

  tty_fixture_open (f);
  pty_hang_up (f->pty);
  WAIT_FOR (f->n_closed == 1);
  g_assert_error (f->closed, FL_ERROR, FL_ERROR_LINK_LOST);
  tty_fixture_start_send (f, "w", 1, NULL, &end);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, FL_ERROR, FL_ERROR_LINK_LOST);
}

static void
test_unplugged_while_sending (TtyFixture *f, gconstpointer data)
{
  g_autofree guint8 *pattern = tty_fixture_make_pattern (65536);
  g_auto (TtyEnd) end = { 0 };

  tty_fixture_open (f);
  tty_fixture_start_send (f, pattern, 65536, NULL, &end);
  while (g_main_context_iteration (NULL, FALSE)) /* until the port is full */
    ;
  g_assert_false (end.is_done);
  pty_hang_up (f->pty);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_error (f->closed, FL_ERROR, FL_ERROR_LINK_LOST);
}

static void
test_cancelled_while_sending (TtyFixture *f, gconstpointer data)
{
  g_autofree guint8 *pattern = tty_fixture_make_pattern (65536);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (TtyEnd) end = { 0 };

  tty_fixture_open (f);
  tty_fixture_start_send (f, pattern, 65536, cancellable, &end);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_cancellable_cancel (cancellable);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 1);
}

static void
test_cancelled_before_opening (TtyFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (TtyEnd) end = { 0 };

  g_cancellable_cancel (cancellable);
  tty_fixture_start_open (f, cancellable, &end);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  tty_fixture_open (f);
}

static void
test_cancelled_while_opening (TtyFixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (TtyEnd) end = { 0 };

  tty_fixture_start_open (f, cancellable, &end);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 0);
  /* What the thread opened is closed again: it is free. */
  tty_fixture_open (f);
}

static void
test_not_allowed (TtyFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_chmod (f->pty->path, 0), ==, 0);
  error = tty_fixture_try_open (f->link);
  g_assert_error (error, FL_ERROR, FL_ERROR_USB_ACCESS);
  g_assert_cmpint (g_chmod (f->pty->path, 0600), ==, 0);
  tty_fixture_open (f);
}

static void
expect_open_error (TtyFixture *f, const char *path, FlErrorCode code)
{
  g_autoptr (FlSerialLink) link = fl_tty_link_new (path, f->clock);
  g_autoptr (GError) error = tty_fixture_try_open (FL_LINK (link));

  g_assert_error (error, FL_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_what_is_no_port (TtyFixture *f, gconstpointer data)
{
  expect_open_error (f, "/nowhere/ttyACM0", FL_ERROR_DEVICE_OUT_OF_REACH);
  expect_open_error (f, "/dev/null", FL_ERROR_INVALID_INPUT);
  expect_open_error (f, "/proc/self/status", FL_ERROR_INVALID_INPUT);
  expect_open_error (f, "/tmp", FL_ERROR_INVALID_INPUT);
}

static void
test_link_outlives_its_bus (TtyFixture *f, gconstpointer data)
{
  g_autoptr (FlSerialBus) bus = fl_udev_serial_bus_new_for_port (f->clock, f->pty->path);
  GListModel *ports = fl_serial_bus_get_ports (bus);
  g_autoptr (FlSerialPort) port = NULL;
  g_autoptr (FlLink) link = NULL;
  g_autoptr (GError) error = NULL;

  fl_serial_bus_start (bus);
  g_assert_cmpuint (g_list_model_get_n_items (ports), ==, 1);
  port = g_list_model_get_item (ports, 0);
  link = FL_LINK (fl_serial_bus_create_link (bus, port));
  fl_serial_bus_stop (bus);
  error = tty_fixture_try_open (link);
  g_assert_no_error (error);
  g_assert_cmpint (pty_open (f->pty), ==, -1);
  fl_link_close (link);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pty_drop_privileges ();

  tty_fixture_add_virtual ("/tty-trouble/close/while-busy", test_closed_while_busy);
  tty_fixture_add ("/tty-trouble/exclusive/nobody-else", test_nobody_else_can_open);
  tty_fixture_add_virtual ("/tty-trouble/exclusive/busy-for-long", test_busy_for_long);
  tty_fixture_add_virtual ("/tty-trouble/exclusive/busy-for-a-while", test_busy_for_a_while);
  tty_fixture_add ("/tty-trouble/unplugged/before-opening", test_unplugged_before_opening);
  tty_fixture_add_virtual ("/tty-trouble/unplugged/while-busy", test_unplugged_while_busy);
  tty_fixture_add ("/tty-trouble/unplugged/while-idle", test_unplugged_while_idle);
  tty_fixture_add ("/tty-trouble/unplugged/while-sending", test_unplugged_while_sending);
  tty_fixture_add ("/tty-trouble/cancel/before-opening", test_cancelled_before_opening);
  tty_fixture_add ("/tty-trouble/cancel/while-opening", test_cancelled_while_opening);
  tty_fixture_add ("/tty-trouble/cancel/while-sending", test_cancelled_while_sending);
  tty_fixture_add ("/tty-trouble/refused/not-allowed", test_not_allowed);
  tty_fixture_add ("/tty-trouble/refused/no-port", test_what_is_no_port);
  tty_fixture_add ("/tty-trouble/bus/link-outlives-it", test_link_outlives_its_bus);
  return g_test_run ();
}
