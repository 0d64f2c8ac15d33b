/* SPDX-License-Identifier: Apache-2.0 */
#include "bluez-link-fixture.h"

#include <string.h>

static void
test_sockets (LinkFixture *f, gconstpointer bus)
{
  guint8 packet[244];

  memset (packet, 0xa5, sizeof packet);
  link_fixture_open (f);
  g_assert_cmpuint (fl_link_get_max_send (f->link), ==, sizeof packet);
  for (int i = 0; i < 20; i++)
    {
      packet[0] = (guint8) i;
      link_fixture_echo (f, packet, sizeof packet);
    }
  g_assert_cmpuint (f->base.device->n_packets, ==, 20);
  g_assert_cmpuint (f->base.device->n_write_values, ==, 0);
}

static void
test_no_sockets (LinkFixture *f, gconstpointer bus)
{
  f->base.device->no_sockets = TRUE;
  link_fixture_open (f);
  g_assert_no_error (f->open_error);
  g_assert_cmpuint (f->base.device->n_start_notify, ==, 1);
  g_assert_cmpuint (fl_link_get_max_send (f->link), ==, 244);
  link_fixture_echo (f, "same", 4);
  link_fixture_echo (f, "same", 4); /* an equal value is news too */
  g_assert_cmpuint (f->base.device->n_write_values, ==, 2);
  g_assert_true (f->base.device->was_request);

  fl_link_close (f->link);
  WAIT_FOR (f->base.device->n_removed == 1);
  g_assert_cmpuint (f->base.device->n_stop_notify, ==, 1);
}

/* bluetoothd 5.66 does not survive a program that is killed with a socket of notifications. */
static void
test_no_notify_socket (LinkFixture *f, gconstpointer bus)
{
  link_fixture_open (f);
  link_fixture_echo (f, "same", 4);
  link_fixture_echo (f, "same", 4); /* an equal value is news too */
  g_assert_cmpuint (f->base.device->n_acquire_notify, ==, 0);
  g_assert_cmpuint (f->base.device->n_start_notify, ==, 1);
  g_assert_cmpuint (f->base.device->n_packets, ==, 2);
  fl_link_close (f->link);
  WAIT_FOR (f->base.device->n_removed == 1);
  g_assert_cmpuint (f->base.device->n_stop_notify, ==, 1);
}

static void
test_unknown_mtu (LinkFixture *f, gconstpointer bus)
{
  f->base.device->no_sockets = TRUE;
  f->base.device->hides_mtu = TRUE;
  link_fixture_open (f);
  g_assert_cmpuint (fl_link_get_max_send (f->link), ==, 20);
}

static void
test_odd_mtu (LinkFixture *f, gconstpointer bus)
{
  f->base.device->mtu = 65535;
  link_fixture_open (f);
  g_assert_cmpuint (fl_link_get_max_send (f->link), ==, 514);
  fl_link_close (f->link);
  WAIT_FOR (f->base.device->n_removed == 1);
  f->base.device->mtu = 3;
  link_fixture_open (f);
  g_assert_no_error (f->open_error);
  g_assert_cmpuint (fl_link_get_max_send (f->link), ==, 20);
}

static void
test_too_long (LinkFixture *f, gconstpointer bus)
{
  guint8 packet[245] = { 0 };

  link_fixture_open (f);
  link_fixture_start_send (f, packet, sizeof packet, NULL);
  WAIT_FOR (f->send_done);
  g_assert_error (f->send_error, FL_ERROR, FL_ERROR_UNEXPECTED);
  link_fixture_echo (f, packet, 244);
}

static void
test_full_socket (LinkFixture *f, gconstpointer bus)
{
  guint8 packet[244] = { 0 };
  guint n_sent = 0;

  /* The mock reads only when the main loop runs, which it does not until a send has to wait. */
  link_fixture_open (f);
  do
    {
      link_fixture_start_send (f, packet, sizeof packet, NULL);
      n_sent++;
      for (int i = 0; i < 3 && !f->send_done; i++)
        g_main_context_iteration (NULL, FALSE);
    }
  while (f->send_done && n_sent < 50);
  WAIT_FOR (f->send_done);
  g_assert_no_error (f->send_error);
  WAIT_FOR (f->received->len == n_sent * sizeof packet);
}

static void
test_not_open (LinkFixture *f, gconstpointer bus)
{
  link_fixture_start_send (f, "x", 1, NULL);
  WAIT_FOR (f->send_done);
  g_assert_error (f->send_error, FL_ERROR, FL_ERROR_LINK_LOST);
  fl_link_close (f->link);
  g_assert_cmpuint (f->n_closed, ==, 0);
}

static void
test_open_twice (LinkFixture *f, gconstpointer bus)
{
  link_fixture_open (f);
  link_fixture_open (f);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_DEVICE_BUSY);
  link_fixture_echo (f, "x", 1);
}

static void
test_close (LinkFixture *f, gconstpointer bus)
{
  link_fixture_open (f);
  fl_link_close (f->link);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_no_error (f->closed_reason);
  fl_link_close (f->link);
  g_assert_cmpuint (f->n_closed, ==, 1);
  WAIT_FOR (f->base.device->n_removed == 1);
  g_assert_false (f->base.device->socket_open_at_disconnect);
  g_assert_false (mock_device_is_connected (f->base.device));
  bluez_fixture_settle (&f->base);
  g_assert_nonnull (f->base.adapter->listener); /* discovery goes on */
}

static void
test_close_while_opening (LinkFixture *f, gconstpointer bus)
{
  f->base.device->connect_silent = TRUE;
  link_fixture_start_open (f, NULL);
  WAIT_FOR (f->base.device->n_connects == 1);
  fl_link_close (f->link);
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 0);
}

static void
test_reopen (LinkFixture *f, gconstpointer bus)
{
  for (guint i = 1; i <= 3; i++)
    {
      link_fixture_open (f); /* at once: the farewell of the last time still runs */
      g_assert_no_error (f->open_error);
      fl_link_close (f->link);
      g_assert_cmpuint (f->n_closed, ==, i);
    }
  g_assert_cmpuint (f->base.device->n_connects, ==, 3);
}

static void
test_dropped_object (LinkFixture *f, gconstpointer bus)
{
  link_fixture_open (f);
  g_clear_object (&f->link);
  WAIT_FOR (f->base.device->n_removed == 1);
  g_assert_false (f->base.device->socket_open_at_disconnect);
  g_assert_cmpuint (f->n_closed, ==, 0);
}

static void
test_lost (LinkFixture *f, gconstpointer bus)
{
  link_fixture_open (f);
  mock_device_drop (f->base.device);
  WAIT_FOR (f->n_closed == 1);
  g_assert_error (f->closed_reason, FL_ERROR, FL_ERROR_LINK_LOST);
  link_fixture_start_send (f, "x", 1, NULL);
  WAIT_FOR (f->send_done);
  g_assert_error (f->send_error, FL_ERROR, FL_ERROR_LINK_LOST);
}

static void
test_lost_without_sockets (LinkFixture *f, gconstpointer bus)
{
  f->base.device->no_sockets = TRUE;
  link_fixture_open (f);
  mock_device_drop (f->base.device);
  WAIT_FOR (f->n_closed == 1);
  g_assert_error (f->closed_reason, FL_ERROR, FL_ERROR_LINK_LOST);
}

static void
test_lost_then_reopened (LinkFixture *f, gconstpointer bus)
{
  link_fixture_open (f);
  mock_device_drop (f->base.device);
  WAIT_FOR (f->n_closed == 1);
  link_fixture_open (f);
  g_assert_no_error (f->open_error);
  f->n_closed = 0;
  link_fixture_echo (f, "again", 5);
}

/* As an adapter that is pulled out, and a bluetoothd that is stopped. */
static void
test_adapter_off_first (LinkFixture *f, gconstpointer bus)
{
  mock_clock_skip_up_to (f->base.clock, 0);
  link_fixture_open (f);
  mock_adapter_set_powered (f->base.adapter, FALSE);
  bluez_fixture_settle (&f->base);
  mock_adapter_remove (f->base.adapter);
  bluez_fixture_settle (&f->base);
  g_assert_cmpuint (f->n_closed, ==, 0);
  mock_bluez_stop (f->base.mock);
  WAIT_FOR (f->n_closed == 1);
  g_assert_error (f->closed_reason, FL_ERROR, FL_ERROR_BLUETOOTH_SERVICE);
}

static void
test_adapter_off (LinkFixture *f, gconstpointer bus)
{
  mock_clock_skip_up_to (f->base.clock, 0); /* the verdict waits for the cause */
  link_fixture_open (f);
  mock_adapter_set_powered (f->base.adapter, FALSE);
  bluez_fixture_settle (&f->base);
  mock_clock_advance (f->base.clock, 1200);
  g_assert_cmpuint (f->n_closed, ==, 0);
  mock_clock_advance (f->base.clock, 100);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_error (f->closed_reason, FL_ERROR, FL_ERROR_BLUETOOTH_OFF);
}

/* One that is pulled out goes off first. */
static void
test_adapter_off_and_unplugged (LinkFixture *f, gconstpointer bus)
{
  mock_clock_skip_up_to (f->base.clock, 0);
  link_fixture_open (f);
  mock_adapter_set_powered (f->base.adapter, FALSE);
  bluez_fixture_settle (&f->base);
  mock_clock_advance (f->base.clock, 900);
  mock_adapter_remove (f->base.adapter);
  bluez_fixture_settle (&f->base);
  mock_clock_advance (f->base.clock, 400);
  WAIT_FOR (f->n_closed == 1);
  g_assert_error (f->closed_reason, FL_ERROR, FL_ERROR_NO_BLUETOOTH);
}

static void
test_adapter_blocked (LinkFixture *f, gconstpointer bus)
{
  mock_clock_skip_up_to (f->base.clock, 0); /* the verdict waits for the cause */
  link_fixture_open (f);
  mock_adapter_set_blocked (f->base.adapter, TRUE);
  WAIT_FOR (f->n_closed == 1);
  g_assert_error (f->closed_reason, FL_ERROR, FL_ERROR_BLUETOOTH_BLOCKED);
}

static void
test_adapter_unplugged (LinkFixture *f, gconstpointer bus)
{
  mock_clock_skip_up_to (f->base.clock, 0); /* the verdict waits for the cause */
  link_fixture_open (f);
  mock_adapter_remove (f->base.adapter);
  bluez_fixture_settle (&f->base);
  mock_clock_advance (f->base.clock, 300);
  g_assert_cmpuint (f->n_closed, ==, 1);
  g_assert_error (f->closed_reason, FL_ERROR, FL_ERROR_NO_BLUETOOTH);
}

static void
test_service_restarts (LinkFixture *f, gconstpointer bus)
{
  mock_clock_skip_up_to (f->base.clock, 0); /* the verdict waits for the cause */
  link_fixture_open (f);
  mock_bluez_stop (f->base.mock);
  WAIT_FOR (f->n_closed == 1);
  g_assert_error (f->closed_reason, FL_ERROR, FL_ERROR_BLUETOOTH_SERVICE);

  mock_bluez_start (f->base.mock);
  WAIT_FOR (fl_bluez_get_state (f->base.bluez) == FL_BLUEZ_READY);
  link_fixture_open (f);
  g_assert_no_error (f->open_error);
  f->n_closed = 0;
  link_fixture_echo (f, "back", 4);
}

static void
test_cancelled_send (LinkFixture *f, gconstpointer bus)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  f->base.device->no_sockets = TRUE; /* a method call takes its time */
  link_fixture_open (f);
  link_fixture_start_send (f, "x", 1, cancellable);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (f->send_done);
  g_assert_error (f->send_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->n_closed, ==, 1);
}

static void
on_shut_down (GObject *source, GAsyncResult *result, gpointer user_data)
{
  fl_bluez_shutdown_finish (FL_BLUEZ (source), result);
  *(gboolean *) user_data = TRUE;
}

static void
test_shutdown (LinkFixture *f, gconstpointer bus)
{
  gboolean done = FALSE;

  mock_clock_skip_up_to (f->base.clock, 0); /* else its limit would end it */
  link_fixture_open (f);
  fl_bluez_shutdown_async (f->base.bluez, on_shut_down, &done);
  g_assert_cmpuint (f->n_closed, ==, 1);
  WAIT_FOR (done);
  g_assert_cmpuint (f->base.device->n_removed, ==, 1);
  g_assert_false (f->base.device->socket_open_at_disconnect);
}

/* The attempt is cancelled from the main loop, so its farewell comes after the shutdown began. */
static void
test_shutdown_while_opening (LinkFixture *f, gconstpointer bus)
{
  gboolean done = FALSE;

  mock_clock_skip_up_to (f->base.clock, 0);
  f->base.device->connect_silent = TRUE;
  link_fixture_start_open (f, NULL);
  WAIT_FOR (f->base.device->n_connects == 1);
  fl_bluez_shutdown_async (f->base.bluez, on_shut_down, &done);
  WAIT_FOR (f->open_done);
  mock_clock_advance (f->base.clock, 1000); /* in which it could have succeeded */
  WAIT_FOR (done);
  g_assert_cmpuint (f->base.device->n_removed, ==, 1);
  g_assert_error (f->open_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What a program that ends asked for has to suffice without it. */
static void
test_shutdown_slow (LinkFixture *f, gconstpointer bus)
{
  gboolean done = FALSE;

  mock_clock_skip_up_to (f->base.clock, 0);
  link_fixture_open (f);
  f->base.device->slow_disconnect = TRUE;
  fl_bluez_shutdown_async (f->base.bluez, on_shut_down, &done);
  WAIT_FOR (mock_device_is_leaving (f->base.device));
  mock_clock_advance (f->base.clock, 3000);
  bluez_fixture_settle (&f->base);
  g_assert_false (done);
  mock_device_let_go (f->base.device);
  g_assert_cmpuint (f->base.device->n_removed, ==, 1);
  WAIT_FOR (done);
  g_assert_false (f->base.device->socket_open_at_disconnect);
}

static void
test_shutdown_limit (LinkFixture *f, gconstpointer bus)
{
  gboolean done = FALSE;

  mock_clock_skip_up_to (f->base.clock, 0);
  link_fixture_open (f);
  f->base.device->slow_disconnect = TRUE;
  fl_bluez_shutdown_async (f->base.bluez, on_shut_down, &done);
  WAIT_FOR (mock_device_is_leaving (f->base.device));
  mock_clock_advance (f->base.clock, 4000);
  WAIT_FOR (done);
  g_assert_true (mock_device_is_leaving (f->base.device));
  mock_device_let_go (f->base.device);
}

static void
test_shutdown_idle (LinkFixture *f, gconstpointer bus)
{
  gboolean done = FALSE;

  fl_bluez_shutdown_async (f->base.bluez, on_shut_down, &done);
  WAIT_FOR (done);
}

static void
add_tests (const char *bus)
{
#define ADD(path, function)                                                                        \
  g_test_add (path, LinkFixture, bus, link_fixture_set_up, function, link_fixture_tear_down)
  ADD ("/bluez-link/bytes/through-sockets", test_sockets);
  ADD ("/bluez-link/bytes/without-sockets", test_no_sockets);
  ADD ("/bluez-link/bytes/without-notify-socket", test_no_notify_socket);
  ADD ("/bluez-link/bytes/full-socket-waits", test_full_socket);
  ADD ("/bluez-link/mtu/unknown-is-20-bytes", test_unknown_mtu);
  ADD ("/bluez-link/mtu/odd-values-are-bounded", test_odd_mtu);
  ADD ("/bluez-link/send/too-long-is-refused", test_too_long);
  ADD ("/bluez-link/send/not-open", test_not_open);
  ADD ("/bluez-link/send/cancelled-closes", test_cancelled_send);
  ADD ("/bluez-link/open/twice-is-refused", test_open_twice);
  ADD ("/bluez-link/close/sockets-first-then-removes-object", test_close);
  ADD ("/bluez-link/close/while-opening", test_close_while_opening);
  ADD ("/bluez-link/close/open-again-at-once", test_reopen);
  ADD ("/bluez-link/close/by-dropping-the-object", test_dropped_object);
  ADD ("/bluez-link/lost/is-e24", test_lost);
  ADD ("/bluez-link/lost/without-sockets-is-e24", test_lost_without_sockets);
  ADD ("/bluez-link/lost/opens-again", test_lost_then_reopened);
  ADD ("/bluez-link/adapter/off-is-e02", test_adapter_off);
  ADD ("/bluez-link/adapter/off-then-unplugged-is-e01", test_adapter_off_and_unplugged);
  ADD ("/bluez-link/adapter/off-may-be-the-beginning", test_adapter_off_first);
  ADD ("/bluez-link/adapter/blocked-is-e03", test_adapter_blocked);
  ADD ("/bluez-link/adapter/unplugged-is-e01", test_adapter_unplugged);
  ADD ("/bluez-link/service/restarts-is-e04", test_service_restarts);
  ADD ("/bluez-link/shutdown/ends-links", test_shutdown);
  ADD ("/bluez-link/shutdown/waits-for-a-slow-disconnect", test_shutdown_slow);
  ADD ("/bluez-link/shutdown/waits-4-s-at-most", test_shutdown_limit);
  ADD ("/bluez-link/shutdown/nothing-to-do", test_shutdown_idle);
  ADD ("/bluez-link/shutdown/waits-for-a-cancelled-attempt", test_shutdown_while_opening);
#undef ADD
}

int
main (int argc, char **argv)
{
  return bluez_fixture_run (argc, argv, add_tests);
}
