/* SPDX-License-Identifier: Apache-2.0 */
#include "bluez-link-fixture.h"
#include "fl-bluez-connect.h"

static void
test_connects (LinkFixture *f, gconstpointer bus)
{
  link_fixture_open (f);
  g_assert_no_error (f->open_error);
  g_assert_cmpuint (f->base.device->n_connects, ==, 1);
  g_assert_cmpuint (f->base.n_subscriptions, ==, 1);
  link_fixture_echo (f, "hello", 5);
}

static void
test_connects_quietly (LinkFixture *f, gconstpointer bus)
{
  f->base.device->connects_quietly = TRUE;
  link_fixture_open (f);
  g_assert_no_error (f->open_error);
  g_assert_cmpuint (f->base.device->n_connects, ==, 1);
  link_fixture_echo (f, "hello", 5);
}

static void
test_late_services (LinkFixture *f, gconstpointer bus)
{
  f->base.device->late_services = TRUE;
  link_fixture_open (f);
  g_assert_no_error (f->open_error);
  g_assert_cmpuint (f->base.device->n_connects, ==, 1);
  g_assert_cmpuint (f->base.device->n_removed, ==, 0);
  link_fixture_echo (f, "hello", 5);
}

static void
test_stops_discovery (LinkFixture *f, gconstpointer bus)
{
  link_fixture_open (f);
  g_assert_no_error (f->open_error);
  g_assert_false (f->base.adapter->connected_while_listening);
  g_assert_null (f->base.adapter->listener);
  mock_clock_advance (f->base.clock, 10000);
  WAIT_FOR (f->base.adapter->listener != NULL);
  link_fixture_echo (f, "still there", 11);
}

static void
test_fifth_try (LinkFixture *f, gconstpointer bus)
{
  gint64 before_us = fl_clock_now_us (FL_CLOCK (f->base.clock));
  gint64 pauses_ms;

  f->base.device->connect_failures = 4;
  link_fixture_open (f);
  g_assert_no_error (f->open_error);
  g_assert_cmpuint (f->base.device->n_connects, ==, 5);
  pauses_ms = (fl_clock_now_us (FL_CLOCK (f->base.clock)) - before_us) / 1000;
  g_assert_cmpint (pauses_ms, >=, 200 + 500 + 1000 + 2000);
  g_assert_cmpint (pauses_ms, <=, 200 + 500 + 1000 + 2000 + 4 * 64);
}

static void
test_five_failures (LinkFixture *f, gconstpointer bus)
{
  f->base.device->connect_failures = 6;
  link_fixture_open (f);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_CONNECT_FAILED);
  g_assert_cmpuint (f->base.device->n_connects, ==, 5);
  g_assert_cmpuint (f->n_closed, ==, 0);
  WAIT_FOR (f->base.device->n_removed == 1);
}

static void
test_busy (LinkFixture *f, gconstpointer bus)
{
  f->base.device->connect_error = "org.bluez.Error.InProgress";
  f->base.device->connect_failures = 5;
  link_fixture_open (f);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_BLUETOOTH_BUSY);
}

static void
test_denied (LinkFixture *f, gconstpointer bus)
{
  f->base.device->connect_error = "org.freedesktop.DBus.Error.AccessDenied";
  f->base.device->connect_failures = 5;
  link_fixture_open (f);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_BLUETOOTH_PERMISSION);
  g_assert_cmpuint (f->base.device->n_connects, ==, 1);
}

static void
test_silent (LinkFixture *f, gconstpointer bus)
{
  f->base.device->connect_silent = TRUE;
  link_fixture_start_open (f, NULL);
  for (guint try = 1; try <= 5; try++)
    {
      WAIT_FOR (f->base.device->n_connects == try);
      g_assert_false (f->open_done);
      mock_clock_advance (f->base.clock, 10000);
    }
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_CONNECT_FAILED);
  bluez_fixture_settle (&f->base);
  g_assert_cmpuint (f->base.device->n_disconnects, >=, 5); /* each attempt is called off */
}

static void
test_vanished (LinkFixture *f, gconstpointer bus)
{
  f->base.device->vanishes = TRUE;
  f->base.device->advertising = FALSE;
  link_fixture_start_open (f, NULL);
  WAIT_FOR (f->base.device->n_connects == 1);
  WAIT_FOR (f->base.adapter->listener != NULL); /* looks for it */
  g_assert_false (f->open_done);
  f->base.device->advertising = TRUE;
  mock_device_advertise (f->base.device);
  WAIT_FOR (f->open_done);
  g_assert_no_error (f->open_error);
}

static void
test_vanished_for_good (LinkFixture *f, gconstpointer bus)
{
  f->base.device->advertising = FALSE;
  mock_device_forget (f->base.device);
  WAIT_FOR (!fl_bluez_has (f->base.bluez, FIXTURE_PATH, FL_BLUEZ_DEVICE));
  link_fixture_start_open (f, NULL);
  mock_clock_advance (f->base.clock, 9000);
  g_assert_false (f->open_done);
  mock_clock_advance (f->base.clock, 1000);
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
}

static void
test_vanished_without_finder (LinkFixture *f, gconstpointer bus)
{
  fl_bluez_radio_want (bluez_fixture_get_radio (&f->base), -1);
  mock_device_forget (f->base.device);
  WAIT_FOR (f->base.adapter->listener == NULL);
  bluez_fixture_settle (&f->base);
  link_fixture_open (f);
  g_assert_no_error (f->open_error);
  mock_clock_advance (f->base.clock, 10000);
  bluez_fixture_settle (&f->base);
  g_assert_null (f->base.adapter->listener); /* it wanted discovery only while it needed it */
}

static void
test_drops (LinkFixture *f, gconstpointer bus)
{
  f->base.device->drops_on_connect = TRUE;
  link_fixture_start_open (f, NULL);
  WAIT_FOR (f->base.device->n_connects == 2);
  f->base.device->drops_on_connect = FALSE;
  WAIT_FOR (f->open_done);
  g_assert_no_error (f->open_error);
}

static void
test_never_resolves (LinkFixture *f, gconstpointer bus)
{
  f->base.device->never_resolves = TRUE;
  link_fixture_start_open (f, NULL);
  WAIT_FOR (mock_device_is_connected (f->base.device));
  bluez_fixture_settle (&f->base);
  f->base.device->never_resolves = FALSE;
  mock_clock_advance (f->base.clock, 10000);
  WAIT_FOR (f->open_done);
  g_assert_no_error (f->open_error);
  g_assert_cmpuint (f->base.device->n_connects, ==, 2);
}

/* A second try within the 2 s that BlueZ takes to disconnect would seem to work and then be cut. */
static void
test_slow_disconnect (LinkFixture *f, gconstpointer bus)
{
  f->base.device->never_resolves = TRUE;
  f->base.device->slow_disconnect = TRUE;
  link_fixture_start_open (f, NULL);
  WAIT_FOR (mock_device_is_connected (f->base.device));
  bluez_fixture_settle (&f->base);
  f->base.device->never_resolves = FALSE;
  mock_clock_advance (f->base.clock, 10000);
  WAIT_FOR (mock_device_is_leaving (f->base.device));
  mock_clock_advance (f->base.clock, 2000);
  bluez_fixture_settle (&f->base);
  g_assert_cmpuint (f->base.device->n_connects, ==, 1);
  mock_device_let_go (f->base.device);
  WAIT_FOR (f->open_done);
  g_assert_no_error (f->open_error);
  g_assert_cmpuint (f->base.device->n_connects, ==, 2);
  f->base.device->slow_disconnect = FALSE;
  link_fixture_echo (f, "again", 5);
}

static void
test_stale_cache (LinkFixture *f, gconstpointer bus)
{
  f->base.device->stale = TRUE;
  link_fixture_open (f);
  g_assert_no_error (f->open_error);
  g_assert_cmpuint (f->base.device->n_removed, ==, 1);
  g_assert_cmpuint (f->base.device->n_connects, ==, 2);
  link_fixture_echo (f, "clean", 5);
}

static void
test_strange_services (LinkFixture *f, gconstpointer bus)
{
  f->base.device->strange = TRUE;
  link_fixture_open (f);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_UNEXPECTED_SERVICES);
  g_assert_cmpuint (f->base.device->n_connects, ==, 2); /* cleaned up once */
}

static void
test_other_version (LinkFixture *f, gconstpointer bus)
{
  f->base.device->version_value = 3;
  link_fixture_open (f);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_UNEXPECTED_SERVICES);
  g_assert_cmpuint (f->base.device->n_connects, ==, 1);
  WAIT_FOR (!mock_device_is_connected (f->base.device));
}

static void
test_adapter_off (LinkFixture *f, gconstpointer bus)
{
  f->base.device->connect_silent = TRUE;
  link_fixture_start_open (f, NULL);
  WAIT_FOR (f->base.device->n_connects == 1);
  mock_adapter_set_powered (f->base.adapter, FALSE);
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_BLUETOOTH_OFF);
  link_fixture_open (f);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_BLUETOOTH_OFF);
}

static void
test_adapter_blocked (LinkFixture *f, gconstpointer bus)
{
  f->base.device->never_resolves = TRUE;
  link_fixture_start_open (f, NULL);
  WAIT_FOR (mock_device_is_connected (f->base.device));
  mock_adapter_set_blocked (f->base.adapter, TRUE);
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_BLUETOOTH_BLOCKED);
}

/* As the kernel has it: it goes off first. */
static void
test_adapter_off_and_unplugged (LinkFixture *f, gconstpointer bus)
{
  mock_clock_skip_up_to (f->base.clock, 0);
  f->base.device->connect_silent = TRUE;
  link_fixture_start_open (f, NULL);
  WAIT_FOR (f->base.device->n_connects == 1);
  mock_adapter_set_powered (f->base.adapter, FALSE);
  bluez_fixture_settle (&f->base);
  g_assert_false (f->open_done);
  mock_adapter_remove (f->base.adapter);
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_NO_BLUETOOTH);
}

/* The adapter goes off while the device is still looked for, before the first try. */
static void
turn_off_before_a_try (LinkFixture *f)
{
  mock_clock_skip_up_to (f->base.clock, 0);
  f->base.device->advertising = FALSE;
  mock_device_forget (f->base.device);
  WAIT_FOR (!fl_bluez_has (f->base.bluez, FIXTURE_PATH, FL_BLUEZ_DEVICE));
  link_fixture_start_open (f, NULL);
  mock_adapter_set_powered (f->base.adapter, FALSE);
  bluez_fixture_settle (&f->base);
  g_assert_false (f->open_done);
}

static void
test_adapter_unplugged_before_a_try (LinkFixture *f, gconstpointer bus)
{
  turn_off_before_a_try (f);
  mock_adapter_remove (f->base.adapter);
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_NO_BLUETOOTH);
}

/* It was pulled out a moment before: it is off already, and has not gone. */
static void
test_adapter_off_at_first_and_unplugged (LinkFixture *f, gconstpointer bus)
{
  mock_clock_skip_up_to (f->base.clock, 0);
  mock_adapter_set_powered (f->base.adapter, FALSE);
  bluez_fixture_settle (&f->base);
  link_fixture_start_open (f, NULL);
  bluez_fixture_settle (&f->base);
  g_assert_false (f->open_done);
  mock_adapter_remove (f->base.adapter);
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_NO_BLUETOOTH);
}

static void
test_adapter_off_and_on_before_a_try (LinkFixture *f, gconstpointer bus)
{
  turn_off_before_a_try (f);
  mock_adapter_set_powered (f->base.adapter, TRUE);
  bluez_fixture_settle (&f->base);
  mock_clock_advance (f->base.clock, FL_BLUEZ_OFF_MS);
  WAIT_FOR (f->base.adapter->listener != NULL); /* looks for it */
  f->base.device->advertising = TRUE;
  mock_device_advertise (f->base.device);
  WAIT_FOR (f->open_done);
  g_assert_no_error (f->open_error);
}

static void
test_adapter_unplugged (LinkFixture *f, gconstpointer bus)
{
  f->base.device->connect_silent = TRUE;
  link_fixture_start_open (f, NULL);
  WAIT_FOR (f->base.device->n_connects == 1);
  mock_adapter_remove (f->base.adapter);
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_NO_BLUETOOTH);
  link_fixture_open (f);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_NO_BLUETOOTH);
}

static void
test_service_gone (LinkFixture *f, gconstpointer bus)
{
  f->base.device->connect_silent = TRUE;
  link_fixture_start_open (f, NULL);
  WAIT_FOR (f->base.device->n_connects == 1);
  mock_bluez_stop (f->base.mock);
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_BLUETOOTH_SERVICE);
  link_fixture_open (f);
  g_assert_error (f->open_error, FL_ERROR, FL_ERROR_BLUETOOTH_SERVICE);
}

/* Cancels after @n turns of the main loop, so that every step is met once. */
static gboolean
cancel_after (LinkFixture *f, guint n_turns)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  link_fixture_start_open (f, cancellable);
  for (guint i = 0; i < n_turns && !f->open_done; i++)
    g_main_context_iteration (NULL, TRUE);
  if (f->open_done)
    return FALSE;
  g_cancellable_cancel (cancellable);
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  bluez_fixture_settle (&f->base);
  g_assert_false (mock_device_is_connected (f->base.device));
  g_assert_false (mock_device_is_subscribed (f->base.device));
  g_assert_cmpuint (f->n_closed, ==, 0);
  return TRUE;
}

static void
test_cancel_anywhere (LinkFixture *f, gconstpointer bus)
{
  guint n_turns = 0;

  while (cancel_after (f, n_turns))
    n_turns++;
  g_assert_no_error (f->open_error); /* the one that was not cancelled */
  g_assert_cmpuint (n_turns, >, 5);
  link_fixture_echo (f, "works", 5);
}

/* An attempt that succeeds at that moment is not cut short: Linux would lose the link. */
static void
test_cancel_as_it_connects (LinkFixture *f, gconstpointer bus)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  f->base.device->connect_silent = TRUE;
  link_fixture_start_open (f, cancellable);
  WAIT_FOR (f->base.device->n_connects == 1);
  mock_clock_skip_up_to (f->base.clock, 0);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (f->open_done);
  mock_clock_advance (f->base.clock, 900);
  bluez_fixture_settle (&f->base);
  g_assert_cmpuint (f->base.device->n_disconnects, ==, 0);
  g_assert_cmpuint (f->base.device->n_removed, ==, 0);
  mock_device_accept (f->base.device);
  WAIT_FOR (f->base.device->n_removed == 1);
  g_assert_cmpuint (f->base.device->n_disconnects, ==, 0);
}

static void
test_cancel_before (LinkFixture *f, gconstpointer bus)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  link_fixture_start_open (f, cancellable);
  WAIT_FOR (f->open_done);
  g_assert_error (f->open_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->base.device->n_connects, ==, 0);
}

static void
on_other_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  fl_link_open_finish (FL_LINK (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
test_two_devices (LinkFixture *f, gconstpointer bus)
{
  MockDevice *second = mock_bluez_add_device (f->base.mock, "AA:BB:CC:DD:EE:02", "EF34GH");
  g_autoptr (FlLink) other = FL_LINK (
      fl_bluez_link_new (f->base.bluez, FIXTURE_ADAPTER, second->address, &fixture_profile));
  gboolean other_done = FALSE;

  f->base.device->connect_silent = TRUE;
  link_fixture_start_open (f, NULL);
  fl_link_open_async (other, NULL, on_other_open, &other_done);
  WAIT_FOR (f->base.device->n_connects == 1);
  bluez_fixture_settle (&f->base);
  g_assert_cmpuint (second->n_connects, ==, 0);
  f->base.device->connect_silent = FALSE;
  mock_clock_advance (f->base.clock, 10000);
  WAIT_FOR (f->open_done && other_done);
  g_assert_no_error (f->open_error);
  g_assert_cmpuint (f->base.adapter->n_collisions, ==, 0);
  fl_link_close (other);
}

static void
add_tests (const char *bus)
{
#define ADD(path, function)                                                                        \
  g_test_add (path, LinkFixture, bus, link_fixture_set_up, function, link_fixture_tear_down)
  ADD ("/connect/plain/connects", test_connects);
  ADD ("/connect/plain/not-signalled", test_connects_quietly);
  ADD ("/connect/plain/services-after-the-signal", test_late_services);
  ADD ("/connect/plain/stops-discovery-for-a-while", test_stops_discovery);
  ADD ("/connect/tries/fifth-succeeds", test_fifth_try);
  ADD ("/connect/tries/five-failures-are-e21", test_five_failures);
  ADD ("/connect/tries/busy-is-e06", test_busy);
  ADD ("/connect/tries/denied-is-e05-at-once", test_denied);
  ADD ("/connect/tries/silence-is-e21-in-bounded-time", test_silent);
  ADD ("/connect/tries/drop-before-services", test_drops);
  ADD ("/connect/tries/services-never-resolve", test_never_resolves);
  ADD ("/connect/tries/waits-for-a-slow-disconnect", test_slow_disconnect);
  ADD ("/connect/vanished/waits-for-it", test_vanished);
  ADD ("/connect/vanished/for-good-is-e20", test_vanished_for_good);
  ADD ("/connect/vanished/looks-without-a-finder", test_vanished_without_finder);
  ADD ("/connect/services/stale-cache-is-cleaned-once", test_stale_cache);
  ADD ("/connect/services/strange-is-e25", test_strange_services);
  ADD ("/connect/services/other-version-is-e25", test_other_version);
  ADD ("/connect/adapter/off-is-e02", test_adapter_off);
  ADD ("/connect/adapter/blocked-is-e03", test_adapter_blocked);
  ADD ("/connect/adapter/unplugged-is-e01", test_adapter_unplugged);
  ADD ("/connect/adapter/off-then-unplugged-is-e01", test_adapter_off_and_unplugged);
  ADD ("/connect/adapter/off-at-first-then-unplugged", test_adapter_off_at_first_and_unplugged);
  ADD ("/connect/adapter/unplugged-before-a-try", test_adapter_unplugged_before_a_try);
  ADD ("/connect/adapter/off-and-on-before-a-try", test_adapter_off_and_on_before_a_try);
  ADD ("/connect/service/gone-is-e04", test_service_gone);
  ADD ("/connect/cancel/at-every-step", test_cancel_anywhere);
  ADD ("/connect/cancel/as-it-connects", test_cancel_as_it_connects);
  ADD ("/connect/cancel/before", test_cancel_before);
  ADD ("/connect/two/one-at-a-time", test_two_devices);
#undef ADD
}

int
main (int argc, char **argv)
{
  return bluez_fixture_run (argc, argv, add_tests);
}
