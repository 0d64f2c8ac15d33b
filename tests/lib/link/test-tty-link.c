/* SPDX-License-Identifier: Apache-2.0 */
#include "tty-fixture.h"

static void
test_every_byte_arrives_as_it_was (TtyFixture *f, gconstpointer data)
{
  guint8 all[256];

  for (guint i = 0; i < sizeof all; i++)
    all[i] = (guint8) i;
  tty_fixture_open (f);
  tty_fixture_send (f, all, sizeof all);
  tty_fixture_expect (f, all, sizeof all);
  g_assert_cmpuint (pty_write (f->pty, all, sizeof all), ==, sizeof all);
  WAIT_FOR (f->received->len >= sizeof all);
  g_assert_cmpmem (f->received->data, f->received->len, all, sizeof all);
  /* Nothing was echoed, and no line end was translated. */
  tty_fixture_expect (f, "", 0);
}

static void
test_what_comes_is_not_echoed (TtyFixture *f, gconstpointer data)
{
  tty_fixture_open (f);
  pty_write (f->pty, "SSID: \r\n", 8);
  WAIT_FOR (f->received->len == 8);
  tty_fixture_expect (f, "", 0);
  g_assert_false (pty_has_echo (f->pty));
}

static void
test_closing_gives_the_port_back (TtyFixture *f, gconstpointer data)
{
  int other;

  pty_set_rate (f->pty, 115200);
  g_assert_true (pty_has_echo (f->pty));
  tty_fixture_open (f);
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
test_closing_twice_tells_once (TtyFixture *f, gconstpointer data)
{
  fl_link_close (f->link);
  g_assert_cmpuint (f->n_closed, ==, 0);
  tty_fixture_open (f);
  fl_link_close (f->link);
  fl_link_close (f->link);
  g_assert_cmpuint (f->n_closed, ==, 1);
}

static void
test_opens_again (TtyFixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      tty_fixture_open (f);
      f->n_closed = 0;
      tty_fixture_send (f, "w", 1);
      tty_fixture_expect (f, "w", 1);
      fl_link_close (f->link);
      g_assert_cmpuint (f->n_closed, ==, 1);
    }
}

static void
test_last_bytes_survive_closing (TtyFixture *f, gconstpointer data)
{
  tty_fixture_open (f);
  tty_fixture_send (f, "x", 1);
  fl_link_close (f->link);
  tty_fixture_expect (f, "x", 1);
}

static void
test_freed_while_open (TtyFixture *f, gconstpointer data)
{
  int other;

  tty_fixture_open (f);
  f->link = NULL;
  g_assert_finalize_object (g_steal_pointer (&f->serial));
  other = pty_open (f->pty);
  g_assert_cmpint (other, >=, 0);
  close (other);
}

static void
test_rates (TtyFixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (fl_serial_link_set_rate (f->serial, FL_SERIAL_RATE_LISTEN, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_clear_error (&error);

  tty_fixture_open (f);
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 9600);
  g_assert_true (fl_serial_link_set_rate (f->serial, FL_SERIAL_RATE_LISTEN, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 28800);
  g_assert_true (fl_serial_link_set_rate (f->serial, FL_SERIAL_RATE_TALK, &error));
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 9600);
  g_assert_false (pty_has_echo (f->pty));
}

static void
test_closed_at_listening_rate (TtyFixture *f, gconstpointer data)
{
  pty_set_rate (f->pty, 28800);
  tty_fixture_open (f);
  g_assert_true (fl_serial_link_set_rate (f->serial, FL_SERIAL_RATE_LISTEN, NULL));
  fl_link_close (f->link);
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 9600);
}

/* 14400 restarts a device into its bootloader. */
static void
test_no_number_asks_for_the_bootloader (TtyFixture *f, gconstpointer data)
{
  guint n_taken = 0;

  tty_fixture_open (f);
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
test_port_left_at_bootloader_rate (TtyFixture *f, gconstpointer data)
{
  pty_set_rate (f->pty, 14400);
  tty_fixture_open (f);
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 9600);
  fl_link_close (f->link);
  g_assert_cmpuint (pty_get_rate (f->pty), ==, 9600);
}

static void
on_received_close (FlLink *link, GBytes *chunk, gpointer data)
{
  fl_link_close (link);
}

static void
test_closed_while_receiving (TtyFixture *f, gconstpointer data)
{
  g_autofree guint8 *pattern = tty_fixture_make_pattern (4096);

  tty_fixture_open (f);
  g_signal_connect (f->link, "received", G_CALLBACK (on_received_close), NULL);
  while (pty_write (f->pty, pattern, 4096) > 0)
    ;
  WAIT_FOR (f->n_closed == 1);
  g_assert_cmpuint (f->received->len, <=, 4096);
}

static void
test_closed_while_sending (TtyFixture *f, gconstpointer data)
{
  g_autofree guint8 *pattern = tty_fixture_make_pattern (65536);
  g_auto (TtyEnd) end = { 0 };

  tty_fixture_open (f);
  tty_fixture_start_send (f, pattern, 65536, NULL, &end);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fl_link_close (f->link);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_no_error (f->closed);
}

/* With a device that takes 100 bytes at a time. */
static void
test_slow_reader (TtyFixture *f, gconstpointer data)
{
  const gsize size_bytes = fl_link_get_max_send (f->link);
  g_autofree guint8 *pattern = tty_fixture_make_pattern (size_bytes);
  g_autoptr (GByteArray) taken = g_byte_array_new ();
  g_auto (TtyEnd) end = { 0 };

  tty_fixture_open (f);
  tty_fixture_start_send (f, pattern, size_bytes, NULL, &end);
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
test_both_ways_at_once (TtyFixture *f, gconstpointer data)
{
  const gsize size_bytes = 65536;
  g_autofree guint8 *pattern = tty_fixture_make_pattern (size_bytes);
  g_autoptr (GByteArray) taken = g_byte_array_new ();
  g_auto (TtyEnd) end = { 0 };
  gsize n_written = 0;

  tty_fixture_open (f);
  tty_fixture_start_send (f, pattern, size_bytes, NULL, &end);
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
test_one_thing_at_a_time (TtyFixture *f, gconstpointer data)
{
  g_auto (TtyEnd) first = { 0 };
  g_autofree guint8 *pattern = tty_fixture_make_pattern (65536);
  g_auto (TtyEnd) second = { 0 };
  g_autoptr (GError) error = NULL;

  tty_fixture_start_open (f, NULL, &first);
  tty_fixture_start_send (f, "w", 1, NULL, &second);
  WAIT_FOR (first.is_done && second.is_done);
  g_assert_no_error (first.error);
  g_assert_error (second.error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  tty_end_clear (&second);

  error = tty_fixture_try_open (f->link);
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_BUSY);

  first.is_done = FALSE;
  tty_fixture_start_send (f, pattern, 65536, NULL, &first);
  tty_fixture_start_send (f, "w", 1, NULL, &second);
  WAIT_FOR (second.is_done);
  g_assert_error (second.error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  g_assert_false (first.is_done);
  fl_link_close (f->link);
  WAIT_FOR (first.is_done);
}

static void
test_sends_nothing_and_not_too_much (TtyFixture *f, gconstpointer data)
{
  const gsize size_bytes = fl_link_get_max_send (f->link) + 1;
  g_autofree guint8 *pattern = tty_fixture_make_pattern (size_bytes);
  g_auto (TtyEnd) end = { 0 };

  tty_fixture_open (f);
  tty_fixture_send (f, "", 0);
  tty_fixture_expect (f, "", 0);
  tty_fixture_start_send (f, pattern, size_bytes, NULL, &end);
  WAIT_FOR (end.is_done);
  g_assert_error (end.error, FL_ERROR, FL_ERROR_UNEXPECTED);
  tty_fixture_expect (f, "", 0);
  g_assert_cmpuint (f->n_closed, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pty_drop_privileges ();

  tty_fixture_add ("/tty-link/bytes/as-they-were", test_every_byte_arrives_as_it_was);
  tty_fixture_add ("/tty-link/bytes/not-echoed", test_what_comes_is_not_echoed);
  tty_fixture_add ("/tty-link/bytes/slow-reader", test_slow_reader);
  tty_fixture_add ("/tty-link/bytes/both-ways-at-once", test_both_ways_at_once);
  tty_fixture_add ("/tty-link/bytes/none-and-too-many", test_sends_nothing_and_not_too_much);
  tty_fixture_add ("/tty-link/close/gives-port-back", test_closing_gives_the_port_back);
  tty_fixture_add ("/tty-link/close/twice", test_closing_twice_tells_once);
  tty_fixture_add ("/tty-link/close/opens-again", test_opens_again);
  tty_fixture_add ("/tty-link/close/last-bytes-survive", test_last_bytes_survive_closing);
  tty_fixture_add ("/tty-link/close/freed-while-open", test_freed_while_open);
  tty_fixture_add ("/tty-link/close/while-receiving", test_closed_while_receiving);
  tty_fixture_add ("/tty-link/close/while-sending", test_closed_while_sending);
  tty_fixture_add ("/tty-link/rate/talk-and-listen", test_rates);
  tty_fixture_add ("/tty-link/rate/closed-at-listening-rate", test_closed_at_listening_rate);
  tty_fixture_add ("/tty-link/rate/no-number-asks-for-bootloader",
                   test_no_number_asks_for_the_bootloader);
  tty_fixture_add ("/tty-link/rate/left-at-bootloader-rate", test_port_left_at_bootloader_rate);
  tty_fixture_add ("/tty-link/misuse/one-thing-at-a-time", test_one_thing_at_a_time);
  return g_test_run ();
}
