/* SPDX-License-Identifier: Apache-2.0 */
#include "bluez-fixture.h"
#include "fl-error.h"

#define SERVICE "6fa90001-5c4e-48a8-94f4-8030546f36fc"

static gboolean
has_problem (BluezFixture *f, FlErrorCode code)
{
  return g_error_matches (fl_bluez_radio_get_problem (bluez_fixture_get_radio (f)), FL_ERROR, code);
}

static gboolean
is_listening (BluezFixture *f)
{
  return fl_bluez_radio_get_listening (bluez_fixture_get_radio (f));
}

static void
start_listening (BluezFixture *f)
{
  bluez_fixture_start (f);
  fl_bluez_add_service (f->bluez, SERVICE);
  fl_bluez_radio_want (bluez_fixture_get_radio (f), 1);
  WAIT_FOR (is_listening (f));
  bluez_fixture_settle (f);
}

static void
test_filter (BluezFixture *f, gconstpointer bus)
{
  static const char *const services[] = { SERVICE, NULL };

  start_listening (f);
  g_assert_true (f->adapter->filter_is_le);
  g_assert_true (f->adapter->filter_has_duplicates);
  g_assert_cmpstrv (f->adapter->filter_services, services);
  g_assert_null (fl_bluez_radio_get_problem (bluez_fixture_get_radio (f)));
}

static void
test_filter_grows (BluezFixture *f, gconstpointer bus)
{
  start_listening (f);
  fl_bluez_add_service (f->bluez, "6e400021-b5a3-f393-e0a9-e50e24dcca9e");
  WAIT_FOR (f->adapter->n_starts == 2 && is_listening (f));
  g_assert_cmpuint (g_strv_length (f->adapter->filter_services), ==, 2);
}

static void
test_hold (BluezFixture *f, gconstpointer bus)
{
  FlBluezRadio *radio;

  start_listening (f);
  radio = bluez_fixture_get_radio (f);
  fl_bluez_radio_hold (radio, 1);
  fl_bluez_radio_hold (radio, 1);
  WAIT_FOR (fl_bluez_radio_is_quiet (radio));
  g_assert_null (f->adapter->listener);
  fl_bluez_radio_hold (radio, -1);
  bluez_fixture_settle (f);
  g_assert_null (f->adapter->listener);
  fl_bluez_radio_hold (radio, -1);
  WAIT_FOR (is_listening (f));
}

static void
test_turns (BluezFixture *f, gconstpointer bus)
{
  FlBluezRadio *radio;
  int a, b;

  bluez_fixture_start (f);
  radio = bluez_fixture_get_radio (f);
  fl_bluez_radio_enqueue (radio, &a);
  fl_bluez_radio_enqueue (radio, &b);
  g_assert_true (fl_bluez_radio_has_turn (radio, &a));
  g_assert_false (fl_bluez_radio_has_turn (radio, &b));
  fl_bluez_radio_leave (radio, &a);
  g_assert_true (fl_bluez_radio_has_turn (radio, &b));
  fl_bluez_radio_leave (radio, &b);
  g_assert_false (fl_bluez_radio_has_turn (radio, &b));
}

static void
test_off (BluezFixture *f, gconstpointer bus)
{
  start_listening (f);
  mock_adapter_set_powered (f->adapter, FALSE);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_OFF));
  g_assert_false (is_listening (f));
  mock_adapter_set_powered (f->adapter, TRUE);
  WAIT_FOR (is_listening (f));
  g_assert_null (fl_bluez_radio_get_problem (bluez_fixture_get_radio (f)));
}

/* The answer to the first start comes when the second one is under way already. */
static void
test_off_and_on_while_starting (BluezFixture *f, gconstpointer bus)
{
  FlBluezRadio *radio;

  bluez_fixture_start (f);
  radio = bluez_fixture_get_radio (f);
  for (int i = 0; i < 5; i++)
    {
      fl_bluez_radio_want (radio, 1);
      mock_adapter_set_powered (f->adapter, FALSE);
      mock_adapter_set_powered (f->adapter, TRUE);
    }
  WAIT_FOR (is_listening (f));
  bluez_fixture_settle (f);
  g_assert_true (is_listening (f));
  g_assert_nonnull (f->adapter->listener);
}

static void
test_turn_on (BluezFixture *f, gconstpointer bus)
{
  mock_adapter_set_powered (f->adapter, FALSE);
  bluez_fixture_start (f);
  g_assert_true (has_problem (f, FL_ERROR_BLUETOOTH_OFF));
  fl_bluez_radio_want (bluez_fixture_get_radio (f), 1);
  fl_bluez_radio_turn_on (bluez_fixture_get_radio (f));
  WAIT_FOR (is_listening (f));
}

static void
test_turn_on_denied (BluezFixture *f, gconstpointer bus)
{
  mock_adapter_set_powered (f->adapter, FALSE);
  f->adapter->power_error = "org.freedesktop.DBus.Error.AccessDenied";
  bluez_fixture_start (f);
  fl_bluez_radio_turn_on (bluez_fixture_get_radio (f));
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_PERMISSION));
}

static void
test_turn_on_blocked (BluezFixture *f, gconstpointer bus)
{
  f->adapter->hides_state = TRUE;
  mock_adapter_set_blocked (f->adapter, TRUE);
  bluez_fixture_start (f);
  g_assert_true (has_problem (f, FL_ERROR_BLUETOOTH_OFF)); /* nothing says more */
  fl_bluez_radio_turn_on (bluez_fixture_get_radio (f));
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_BLOCKED));
}

static void
test_blocked_by_state (BluezFixture *f, gconstpointer bus)
{
  start_listening (f);
  mock_adapter_set_blocked (f->adapter, TRUE);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_BLOCKED));
  mock_adapter_set_blocked (f->adapter, FALSE);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_OFF));
}

static void
test_blocked_by_rfkill (BluezFixture *f, gconstpointer bus)
{
  f->adapter->hides_state = TRUE;
  mock_adapter_set_blocked (f->adapter, TRUE);
  bluez_fixture_write_rfkill (f, "hci0", TRUE);
  bluez_fixture_start (f);
  g_assert_true (has_problem (f, FL_ERROR_BLUETOOTH_BLOCKED));
  fl_bluez_radio_want (bluez_fixture_get_radio (f), 1);
  bluez_fixture_write_rfkill (f, "hci0", FALSE);
  mock_clock_advance (f->clock, 2000);
  g_assert_true (has_problem (f, FL_ERROR_BLUETOOTH_OFF));
}

static void
test_blocked_other_switch (BluezFixture *f, gconstpointer bus)
{
  f->adapter->hides_state = TRUE;
  mock_adapter_set_powered (f->adapter, FALSE);
  bluez_fixture_write_rfkill (f, "hci7", TRUE);
  bluez_fixture_start (f);
  g_assert_true (has_problem (f, FL_ERROR_BLUETOOTH_OFF));
  g_assert_true (fl_bluez_is_blocked (f->bluez, NULL));
}

static void
test_busy (BluezFixture *f, gconstpointer bus)
{
  f->adapter->start_error = "org.bluez.Error.InProgress";
  bluez_fixture_start (f);
  fl_bluez_radio_want (bluez_fixture_get_radio (f), 1);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_BUSY));
  f->adapter->start_error = NULL;
  mock_clock_advance (f->clock, 1000);
  WAIT_FOR (is_listening (f));
  g_assert_null (fl_bluez_radio_get_problem (bluez_fixture_get_radio (f)));
}

static void
test_busy_try_now (BluezFixture *f, gconstpointer bus)
{
  f->adapter->start_error = "org.bluez.Error.InProgress";
  bluez_fixture_start (f);
  fl_bluez_radio_want (bluez_fixture_get_radio (f), 1);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_BUSY));
  f->adapter->start_error = NULL;
  fl_bluez_radio_retry (bluez_fixture_get_radio (f));
  WAIT_FOR (is_listening (f));
}

static void
test_denied (BluezFixture *f, gconstpointer bus)
{
  f->adapter->start_error = "org.freedesktop.DBus.Error.AccessDenied";
  bluez_fixture_start (f);
  fl_bluez_radio_want (bluez_fixture_get_radio (f), 1);
  WAIT_FOR (has_problem (f, FL_ERROR_BLUETOOTH_PERMISSION));
}

/* Silence: first a look whether anything at all is there, then the verdict. */
static void
test_deaf (BluezFixture *f, gconstpointer bus)
{
  f->device->advertising = FALSE;
  start_listening (f);
  mock_clock_advance (f->clock, 20000);
  WAIT_FOR (f->adapter->n_starts == 2 && is_listening (f));
  g_assert_null (f->adapter->filter_services);
  g_assert_null (fl_bluez_radio_get_problem (bluez_fixture_get_radio (f)));
  mock_clock_advance (f->clock, 20000);
  g_assert_true (has_problem (f, FL_ERROR_BLUETOOTH_DEAF));

  f->device->advertising = TRUE;
  mock_device_advertise (f->device);
  WAIT_FOR (fl_bluez_radio_get_problem (bluez_fixture_get_radio (f)) == NULL);
  WAIT_FOR (f->adapter->n_starts == 3 && is_listening (f));
  g_assert_cmpuint (g_strv_length (f->adapter->filter_services), ==, 1);
}

static void
test_deaf_not_in_company (BluezFixture *f, gconstpointer bus)
{
  MockDevice *watch = mock_bluez_add_device (f->mock, "AA:BB:CC:DD:EE:02", "WATCH1");

  f->device->advertising = FALSE;
  g_free (watch->service);
  watch->service = g_strdup ("0000180d-0000-1000-8000-00805f9b34fb");
  start_listening (f);
  g_assert_cmpuint (watch->nodes->len, ==, 0); /* not our service, so not reported */
  mock_clock_advance (f->clock, 20000);
  WAIT_FOR (f->adapter->n_starts == 3 && is_listening (f)); /* heard it, filter is back */
  g_assert_nonnull (f->adapter->filter_services);
  mock_clock_advance (f->clock, 59000);
  g_assert_null (fl_bluez_radio_get_problem (bluez_fixture_get_radio (f)));
}

static void
test_restart (BluezFixture *f, gconstpointer bus)
{
  start_listening (f);
  fl_bluez_radio_restart (bluez_fixture_get_radio (f));
  g_assert_null (fl_bluez_radio_get_problem (bluez_fixture_get_radio (f)));
  WAIT_FOR (f->adapter->n_power == 2 && f->adapter->n_starts == 2 && is_listening (f));
}

static void
test_unplugged (BluezFixture *f, gconstpointer bus)
{
  g_autoptr (FlBluezRadio) radio = NULL;

  start_listening (f);
  radio = g_object_ref (bluez_fixture_get_radio (f));
  mock_adapter_remove (f->adapter);
  WAIT_FOR (!fl_bluez_radio_is_present (radio));
  g_assert_false (fl_bluez_radio_get_listening (radio));
  fl_bluez_radio_want (radio, -1);
}

static void
add_tests (const char *bus)
{
#define ADD(path, function)                                                                        \
  g_test_add (path, BluezFixture, bus, bluez_fixture_set_up, function, bluez_fixture_tear_down)
  ADD ("/radio/filter/le-duplicates-and-services", test_filter);
  ADD ("/radio/filter/grows", test_filter_grows);
  ADD ("/radio/hold/stops-discovery", test_hold);
  ADD ("/radio/turns/one-at-a-time", test_turns);
  ADD ("/radio/off/is-e02-until-on", test_off);
  ADD ("/radio/off/and-on-while-starting", test_off_and_on_while_starting);
  ADD ("/radio/turn-on/listens", test_turn_on);
  ADD ("/radio/turn-on/denied-is-e05", test_turn_on_denied);
  ADD ("/radio/turn-on/blocked-is-e03", test_turn_on_blocked);
  ADD ("/radio/blocked/by-state-is-e03", test_blocked_by_state);
  ADD ("/radio/blocked/by-rfkill-is-e03-until-open", test_blocked_by_rfkill);
  ADD ("/radio/blocked/other-switch-does-not-count", test_blocked_other_switch);
  ADD ("/radio/busy/is-e06-then-tries-again", test_busy);
  ADD ("/radio/busy/try-now", test_busy_try_now);
  ADD ("/radio/denied/is-e05", test_denied);
  ADD ("/radio/deaf/is-e07-after-one-restart", test_deaf);
  ADD ("/radio/deaf/not-while-others-are-heard", test_deaf_not_in_company);
  ADD ("/radio/restart/powers-off-and-on", test_restart);
  ADD ("/radio/unplugged/is-absent", test_unplugged);
#undef ADD
}

int
main (int argc, char **argv)
{
  return bluez_fixture_run (argc, argv, add_tests);
}
