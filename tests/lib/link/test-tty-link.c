/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-error.h"
#include "fl-tty-link.h"
#include "pty.h"
#include "wait.h"

#include <glib/gstdio.h>
#include <errno.h>
#include <sys/file.h>
#include <unistd.h>

typedef struct
{
  Pty *pty;
  FlClock *clock;
  FlSerialLink *serial;
  FlLink *link; /* the same */
  GByteArray *received;
  guint n_closed;
  GError *closed; /* (nullable) */
  guint n_descriptors;
} Fixture;

typedef struct
{
  gboolean is_done;
  GError *error;
} End;

static void
end_clear (End *end)
{
  g_clear_error (&end->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (End, end_clear)

static void
on_received (FlLink *link, GBytes *chunk, Fixture *f)
{
  gsize size_bytes;
  const guint8 *bytes = g_bytes_get_data (chunk, &size_bytes);

  g_assert_cmpuint (f->n_closed, ==, 0);
  g_assert_cmpuint (size_bytes, >, 0);
  g_byte_array_append (f->received, bytes, (guint) size_bytes);
}

static void
on_closed (FlLink *link, const GError *reason, Fixture *f)
{
  f->n_closed++;
  g_clear_error (&f->closed);
  f->closed = reason != NULL ? g_error_copy (reason) : NULL;
}

static void
make_link (Fixture *f, FlClock *clock)
{
  f->clock = clock;
  f->serial = fl_tty_link_new (f->pty->path, f->clock);
  f->link = FL_LINK (f->serial);
  g_signal_connect (f->link, "received", G_CALLBACK (on_received), f);
  g_signal_connect (f->link, "closed", G_CALLBACK (on_closed), f);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->n_descriptors = pty_count_open ();
  f->pty = pty_new ();
  f->received = g_byte_array_new ();
  make_link (f, fl_clock_new ());
}

/* Waiting costs nothing. */
static void
set_up_virtual (Fixture *f, gconstpointer data)
{
  f->n_descriptors = pty_count_open ();
  f->pty = pty_new ();
  f->received = g_byte_array_new ();
  make_link (f, fl_virtual_clock_new ());
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->pty, pty_free);
  if (f->serial != NULL)
    g_assert_finalize_object (f->serial);
  g_clear_object (&f->clock);
  g_byte_array_unref (f->received);
  g_clear_error (&f->closed);
  WAIT_FOR (pty_count_open () == f->n_descriptors);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  End *end = data;

  g_assert_false (end->is_done);
  end->is_done = TRUE;
  g_assert_true (fl_link_open_finish (FL_LINK (source), result, &end->error) ==
                 (end->error == NULL));
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  End *end = data;

  g_assert_false (end->is_done);
  end->is_done = TRUE;
  g_assert_true (fl_link_send_finish (FL_LINK (source), result, &end->error) ==
                 (end->error == NULL));
}

static void
start_send (Fixture *f, const void *data, gsize size_bytes, End *end)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size_bytes);

  *end = (End){ 0 };
  fl_link_send_async (f->link, bytes, NULL, on_sent, end);
}

/* (transfer full) (nullable) */
static GError *
try_open (FlLink *link)
{
  End end = { 0 };

  fl_link_open_async (link, NULL, on_opened, &end);
  WAIT_FOR (end.is_done);
  return end.error;
}

static void
open_link (Fixture *f)
{
  g_autoptr (GError) error = try_open (f->link);

  g_assert_no_error (error);
}

static void
send (Fixture *f, const void *data, gsize size_bytes)
{
  g_auto (End) end = { 0 };

  start_send (f, data, size_bytes, &end);
  WAIT_FOR (end.is_done);
  g_assert_no_error (end.error);
}

static void
expect_at_device (Fixture *f, const void *data, gsize size_bytes)
{
  g_autoptr (GByteArray) taken = pty_take (f->pty, size_bytes + 16);

  g_assert_cmpmem (taken->data, taken->len, data, size_bytes);
}

static guint8 *
make_pattern (gsize size_bytes)
{
  guint8 *pattern = g_malloc (size_bytes);

  for (gsize i = 0; i < size_bytes; i++)
    pattern[i] = (guint8) (i * 7 + i / 256);
  return pattern;
}

static void
test_every_byte_arrives_as_it_was (Fixture *f, gconstpointer data)
{
  guint8 all[256];

  for (guint i = 0; i < sizeof all; i++)
    all[i] = (guint8) i;
  open_link (f);
  send (f, all, sizeof all);
  expect_at_device (f, all, sizeof all);
  g_assert_cmpuint (pty_write (f->pty, all, sizeof all), ==, sizeof all);
  WAIT_FOR (f->received->len >= sizeof all);
  g_assert_cmpmem (f->received->data, f->received->len, all, sizeof all);
  /* Nothing was echoed, and no line end was translated. */
  expect_at_device (f, "", 0);
}

static void
test_what_comes_is_not_echoed (Fixture *f, gconstpointer data)
{
  open_link (f);
  pty_write (f->pty, "SSID: \r\n", 8);
  WAIT_FOR (f->received->len == 8);
  expect_at_device (f, "", 0);
  g_assert_false (pty_has_echo (f->pty));
}

static void
test_closing_gives_the_port_back (Fixture *f, gconstpointer data)
{
  int other;

  pty_set_rate (f->pty, 115200);
  g_assert_true (pty_has_echo (f->pty));
  open_link (f);
  fl_link_close (f->link);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_no_error (f->closed);
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 115200);
  g_assert_true (pty_has_echo (f->pty));
  other = pty_open (f->pty);
  g_assert_cmpint (other, >=, 0);
  close (other);
}

static void
test_closing_twice_tells_once (Fixture *f, gconstpointer data)
{
  fl_link_close (f->link);
  g_assert_cmpuint (f->n_closed, ==, 0);
  open_link (f);
  fl_link_close (f->link);
  fl_link_close (f->link);
  g_assert_cmpuint (f->n_closed, ==, 1);
}

static void
test_opens_again (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      open_link (f);
      f->n_closed = 0;
      send (f, "w", 1);
      expect_at_device (f, "w", 1);
      fl_link_close (f->link);
      g_assert_cmpuint (f->n_closed, ==, 1);
    }
}

static void
test_last_bytes_survive_closing (Fixture *f, gconstpointer data)
{
  open_link (f);
  send (f, "x", 1);
  fl_link_close (f->link);
  expect_at_device (f, "x", 1);
}

static void
test_freed_while_open (Fixture *f, gconstpointer data)
{
  int other;

  open_link (f);
  f->link = NULL;
  g_assert_finalize_object (g_steal_pointer (&f->serial));
  other = pty_open (f->pty);
  g_assert_cmpint (other, >=, 0);
  close (other);
}

static void
test_rates (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fl_serial_link_set_rate (f->serial, FL_SERIAL_RATE_LISTEN, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_clear_error (&error);

  open_link (f);
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 9600);
  g_assert_true (fl_serial_link_set_rate (f->serial, FL_SERIAL_RATE_LISTEN, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 28800);
  g_assert_true (fl_serial_link_set_rate (f->serial, FL_SERIAL_RATE_TALK, &error));
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 9600);
  g_assert_false (pty_has_echo (f->pty));
}

static void
test_closed_at_listening_rate (Fixture *f, gconstpointer data)
{
  pty_set_rate (f->pty, 28800);
  open_link (f);
  g_assert_true (fl_serial_link_set_rate (f->serial, FL_SERIAL_RATE_LISTEN, NULL));
  fl_link_close (f->link);
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 9600);
}

/* 14400 restarts a device into its bootloader. */
static void
test_no_number_asks_for_the_bootloader (Fixture *f, gconstpointer data)
{
  guint n_taken = 0;

  open_link (f);
  for (int rate = -10; rate <= 40000; rate++)
    {
      g_autoptr (GError) error = NULL;
      guint set;

      if (fl_serial_link_set_rate (f->serial, (FlSerialRate) rate, &error))
        n_taken++;
      else
        g_assert_error (error, FL_ERROR, FL_ERROR_UNSUPPORTED);
      set = pty_get_rate (f->pty);
      g_assert_true (set == 9600 || set == 28800);
    }
  g_assert_cmpuint (n_taken, ==, 2);
}

static void
test_port_left_at_bootloader_rate (Fixture *f, gconstpointer data)
{
  pty_set_rate (f->pty, 14400);
  open_link (f);
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 9600);
  fl_link_close (f->link);
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 9600);
}

static void
test_nobody_else_can_open (Fixture *f, gconstpointer data)
{
  open_link (f);
  g_assert_cmpint (pty_open (f->pty), ==, -1);
  g_assert_cmpint (errno, ==, EBUSY);
}

/* What ModemManager does. */
static void
test_busy_for_long (Fixture *f, gconstpointer data)
{
  g_autoptr (FlSerialLink) other = fl_tty_link_new (f->pty->path, f->clock);
  g_autoptr (GError) error = NULL;
  gint64 begin_us;

  open_link (f);
  begin_us = fl_clock_now_us (f->clock);
  error = try_open (FL_LINK (other));
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
test_busy_for_a_while (Fixture *f, gconstpointer data)
{
  int other = pty_open (f->pty);
  gint64 begin_us = fl_clock_now_us (f->clock);

  g_assert_cmpint (flock (other, LOCK_EX | LOCK_NB), ==, 0);
  fl_clock_add_ms (f->clock, 20000, close_descriptor, GINT_TO_POINTER (other));
  open_link (f);
  g_assert_cmpint (fl_clock_now_us (f->clock) - begin_us, >=, 20 * G_TIME_SPAN_SECOND);
  send (f, "w", 1);
  expect_at_device (f, "w", 1);
}

static void
hang_up (gpointer data)
{
  pty_hang_up (data);
}

static void
test_unplugged_while_busy (Fixture *f, gconstpointer data)
{
  int other = pty_open (f->pty);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (flock (other, LOCK_EX | LOCK_NB), ==, 0);
  fl_clock_add_ms (f->clock, 5000, hang_up, f->pty);
  error = try_open (f->link);
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
test_closed_while_busy (Fixture *f, gconstpointer data)
{
  int other = pty_open (f->pty);
  g_autoptr (GError) error = NULL;
  gint64 begin_us = fl_clock_now_us (f->clock);

  g_assert_cmpint (flock (other, LOCK_EX | LOCK_NB), ==, 0);
  fl_clock_add_ms (f->clock, 5000, close_link, f->link);
  error = try_open (f->link);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (fl_clock_now_us (f->clock) - begin_us, <, 6 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (f->n_closed, ==, 0);
  close (other);
}

static void
test_unplugged_before_opening (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  pty_hang_up (f->pty);
  error = try_open (f->link);
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
}

static void
test_unplugged_while_idle (Fixture *f, gconstpointer data)
{
  g_auto (End) end = { 0 };

  open_link (f);
  pty_hang_up (f->pty);
  WAIT_FOR (f->n_closed == 1);
  g_assert_error (f->closed, FL_ERROR, FL_ERROR_LINK_LOST);
  start_send (f, "w", 1, &end);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, FL_ERROR, FL_ERROR_LINK_LOST);
}

static void
test_unplugged_while_sending (Fixture *f, gconstpointer data)
{
  g_autofree guint8 *pattern = make_pattern (65536);
  g_auto (End) end = { 0 };

  open_link (f);
  start_send (f, pattern, 65536, &end);
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
on_received_close (FlLink *link, GBytes *chunk, gpointer data)
{
  fl_link_close (link);
}

static void
test_closed_while_receiving (Fixture *f, gconstpointer data)
{
  g_autofree guint8 *pattern = make_pattern (4096);

  open_link (f);
  g_signal_connect (f->link, "received", G_CALLBACK (on_received_close), NULL);
  while (pty_write (f->pty, pattern, 4096) > 0)
    ;
  WAIT_FOR (f->n_closed == 1);
  g_assert_cmpuint (f->received->len, <=, 4096);
}

static void
test_closed_while_sending (Fixture *f, gconstpointer data)
{
  g_autofree guint8 *pattern = make_pattern (65536);
  g_auto (End) end = { 0 };

  open_link (f);
  start_send (f, pattern, 65536, &end);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fl_link_close (f->link);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_no_error (f->closed);
}

static void
test_cancelled_while_sending (Fixture *f, gconstpointer data)
{
  g_autofree guint8 *pattern = make_pattern (65536);
  g_autoptr (GBytes) bytes = g_bytes_new (pattern, 65536);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (End) end = { 0 };

  open_link (f);
  fl_link_send_async (f->link, bytes, cancellable, on_sent, &end);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_cancellable_cancel (cancellable);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 1);
}

/* With a device that takes 100 bytes at a time. */
static void
test_slow_reader (Fixture *f, gconstpointer data)
{
  const gsize size_bytes = fl_link_get_max_send (f->link);
  g_autofree guint8 *pattern = make_pattern (size_bytes);
  g_autoptr (GByteArray) taken = g_byte_array_new ();
  g_auto (End) end = { 0 };

  open_link (f);
  start_send (f, pattern, size_bytes, &end);
  while (!end.is_done || taken->len < size_bytes)
    {
      g_autoptr (GByteArray) some = pty_take (f->pty, 100);

      g_byte_array_append (taken, some->data, some->len);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_no_error (end.error);
  g_assert_cmpmem (taken->data, taken->len, pattern, size_bytes);
}

static void
test_both_ways_at_once (Fixture *f, gconstpointer data)
{
  const gsize size_bytes = 65536;
  g_autofree guint8 *pattern = make_pattern (size_bytes);
  g_autoptr (GByteArray) taken = g_byte_array_new ();
  g_auto (End) end = { 0 };
  gsize n_written = 0;

  open_link (f);
  start_send (f, pattern, size_bytes, &end);
  while (!end.is_done || taken->len < size_bytes || f->received->len < size_bytes)
    {
      g_autoptr (GByteArray) some = pty_take (f->pty, 4096);

      g_byte_array_append (taken, some->data, some->len);
      n_written += pty_write (f->pty, pattern + n_written, size_bytes - n_written);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_no_error (end.error);
  g_assert_cmpmem (taken->data, taken->len, pattern, size_bytes);
  g_assert_cmpmem (f->received->data, f->received->len, pattern, size_bytes);
}

static void
test_cancelled_before_opening (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (End) end = { 0 };

  g_cancellable_cancel (cancellable);
  fl_link_open_async (f->link, cancellable, on_opened, &end);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  open_link (f);
}

static void
test_cancelled_while_opening (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (End) end = { 0 };

  fl_link_open_async (f->link, cancellable, on_opened, &end);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 0);
  /* What the thread opened is closed again: it is free. */
  open_link (f);
}

static void
test_one_thing_at_a_time (Fixture *f, gconstpointer data)
{
  g_auto (End) first = { 0 };
  g_autofree guint8 *pattern = make_pattern (65536);
  g_auto (End) second = { 0 };
  g_autoptr (GError) error = NULL;

  fl_link_open_async (f->link, NULL, on_opened, &first);
  start_send (f, "w", 1, &second);
  WAIT_FOR (first.is_done && second.is_done);
  g_assert_no_error (first.error);
  g_assert_error (second.error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  end_clear (&second);

  error = try_open (f->link);
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_BUSY);

  first.is_done = FALSE;
  start_send (f, pattern, 65536, &first);
  start_send (f, "w", 1, &second);
  WAIT_FOR (second.is_done);
  g_assert_error (second.error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  g_assert_false (first.is_done);
  fl_link_close (f->link);
  WAIT_FOR (first.is_done);
}

static void
test_sends_nothing_and_not_too_much (Fixture *f, gconstpointer data)
{
  const gsize size_bytes = fl_link_get_max_send (f->link) + 1;
  g_autofree guint8 *pattern = make_pattern (size_bytes);
  g_auto (End) end = { 0 };

  open_link (f);
  send (f, "", 0);
  expect_at_device (f, "", 0);
  start_send (f, pattern, size_bytes, &end);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, FL_ERROR, FL_ERROR_UNEXPECTED);
  expect_at_device (f, "", 0);
  g_assert_cmpuint (f->n_closed, ==, 0);
}

static void
test_not_allowed (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_chmod (f->pty->path, 0), ==, 0);
  error = try_open (f->link);
  g_assert_error (error, FL_ERROR, FL_ERROR_USB_ACCESS);
  g_assert_cmpint (g_chmod (f->pty->path, 0600), ==, 0);
  open_link (f);
}

static void
expect_open_error (Fixture *f, const char *path, FlErrorCode code)
{
  g_autoptr (FlSerialLink) link = fl_tty_link_new (path, f->clock);
  g_autoptr (GError) error = try_open (FL_LINK (link));

  g_assert_error (error, FL_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_what_is_no_port (Fixture *f, gconstpointer data)
{
  expect_open_error (f, "/nowhere/ttyACM0", FL_ERROR_DEVICE_OUT_OF_REACH);
  expect_open_error (f, "/dev/null", FL_ERROR_INVALID_INPUT);
  expect_open_error (f, "/proc/self/status", FL_ERROR_INVALID_INPUT);
  expect_open_error (f, "/tmp", FL_ERROR_INVALID_INPUT);
}

#define ADD(path, test)         g_test_add (path, Fixture, NULL, set_up, test, tear_down)
#define ADD_VIRTUAL(path, test) g_test_add (path, Fixture, NULL, set_up_virtual, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pty_drop_privileges ();

  ADD ("/tty-link/bytes/as-they-were", test_every_byte_arrives_as_it_was);
  ADD ("/tty-link/bytes/not-echoed", test_what_comes_is_not_echoed);
  ADD ("/tty-link/bytes/slow-reader", test_slow_reader);
  ADD ("/tty-link/bytes/both-ways-at-once", test_both_ways_at_once);
  ADD ("/tty-link/bytes/none-and-too-many", test_sends_nothing_and_not_too_much);
  ADD ("/tty-link/close/gives-port-back", test_closing_gives_the_port_back);
  ADD ("/tty-link/close/twice", test_closing_twice_tells_once);
  ADD ("/tty-link/close/opens-again", test_opens_again);
  ADD ("/tty-link/close/last-bytes-survive", test_last_bytes_survive_closing);
  ADD ("/tty-link/close/freed-while-open", test_freed_while_open);
  ADD ("/tty-link/close/while-receiving", test_closed_while_receiving);
  ADD ("/tty-link/close/while-sending", test_closed_while_sending);
  ADD_VIRTUAL ("/tty-link/close/while-busy", test_closed_while_busy);
  ADD ("/tty-link/rate/talk-and-listen", test_rates);
  ADD ("/tty-link/rate/closed-at-listening-rate", test_closed_at_listening_rate);
  ADD ("/tty-link/rate/no-number-asks-for-bootloader", test_no_number_asks_for_the_bootloader);
  ADD ("/tty-link/rate/left-at-bootloader-rate", test_port_left_at_bootloader_rate);
  ADD ("/tty-link/exclusive/nobody-else", test_nobody_else_can_open);
  ADD_VIRTUAL ("/tty-link/exclusive/busy-for-long", test_busy_for_long);
  ADD_VIRTUAL ("/tty-link/exclusive/busy-for-a-while", test_busy_for_a_while);
  ADD ("/tty-link/unplugged/before-opening", test_unplugged_before_opening);
  ADD_VIRTUAL ("/tty-link/unplugged/while-busy", test_unplugged_while_busy);
  ADD ("/tty-link/unplugged/while-idle", test_unplugged_while_idle);
  ADD ("/tty-link/unplugged/while-sending", test_unplugged_while_sending);
  ADD ("/tty-link/cancel/before-opening", test_cancelled_before_opening);
  ADD ("/tty-link/cancel/while-opening", test_cancelled_while_opening);
  ADD ("/tty-link/cancel/while-sending", test_cancelled_while_sending);
  ADD ("/tty-link/misuse/one-thing-at-a-time", test_one_thing_at_a_time);
  ADD ("/tty-link/refused/not-allowed", test_not_allowed);
  ADD ("/tty-link/refused/no-port", test_what_is_no_port);
  return g_test_run ();
}
