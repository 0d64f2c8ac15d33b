/* SPDX-License-Identifier: Apache-2.0 */
/* A network through the console, and what becomes of it. */
#include "config.h"

#include <string.h>

#include "fl-error.h"
#include "serial-fixture.h"

static void
test_home (gconstpointer data)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = serial_fixture_home ();

  serial_fixture_start (&fixture, PHOTON, "2.3.1", GPOINTER_TO_INT (data));
  serial_fixture_open_well (&fixture);
  serial_fixture_join (&fixture, home, 0);
  g_assert_cmpuint (fixture.n_sent, ==, 1);
  g_assert_cmpuint (fixture.link->n_saved, ==, 1);
  g_assert_true (g_bytes_equal (fixture.link->ssid, fl_credentials_get_ssid (home)));
  g_assert_true (fl_secret_equal (fixture.link->password, fl_credentials_get_password (home)));
  g_assert_cmpuint (fixture.n_closed, ==, 0);
}

static void
test_school (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) school = serial_fixture_school ();

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  fixture.link->in_sight = FALSE;
  fixture.link->chunk_bytes = 1;
  serial_fixture_open_well (&fixture);
  serial_fixture_join (&fixture, school, 0);
  g_assert_cmpint (fixture.link->security, ==, 5);
  g_assert_cmpstr (fixture.link->identity, ==, "me@school");
}

static void
test_two_slow_searches (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) school = serial_fixture_school ();

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  fixture.link->in_sight = FALSE;
  fixture.link->scan_us = 30 * G_USEC_PER_SEC;
  serial_fixture_open_well (&fixture);
  serial_fixture_join (&fixture, school, 0);
  g_assert_cmpuint (fixture.link->n_saved, ==, 1);
}

/* A login is not typed into a device that has no use for it. */
static void
test_no_login (gconstpointer data)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) school = serial_fixture_school ();
  guint n_bytes = 0;

  serial_fixture_start (&fixture, GPOINTER_TO_INT (data),
                        GPOINTER_TO_INT (data) == PHOTON ? "0.6.4" : "5.8.2", -1);
  serial_fixture_open_well (&fixture);
  n_bytes = fixture.link->n_bytes;
  serial_fixture_join (&fixture, school, FL_ERROR_NETWORK_ENTERPRISE);
  g_assert_cmpuint (fixture.link->n_bytes, ==, n_bytes);
}

static void
test_refused_then_again (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = serial_fixture_home ();

  serial_fixture_start (&fixture, PHOTON, "2.3.1", -1);
  serial_fixture_open_well (&fixture);
  fixture.link->saves = FL_SERIAL_SAVE_REFUSED;
  serial_fixture_join (&fixture, home, FL_ERROR_INVALID_INPUT);
  fixture.link->saves = FL_SERIAL_SAVE_DONE;
  serial_fixture_join (&fixture, home, 0);
}

/* It runs, and is led to where it can be told. */
static void
test_led_to_listening (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = serial_fixture_home ();

  serial_fixture_start (&fixture, PHOTON, "2.3.1", RUNNING);
  serial_fixture_open_well (&fixture);
  script_channel_clear_log (fixture.channel);
  serial_fixture_join (&fixture, home, 0);
  g_assert_nonnull (strstr (fixture.channel->log->str, "70"));
  g_assert_cmpuint (fixture.link->n_saved, ==, 1);
}

static void
test_never_listens (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = serial_fixture_home ();

  serial_fixture_start (&fixture, PHOTON, "2.3.1", RUNNING);
  fixture.ignores = 70;
  serial_fixture_open_well (&fixture);
  serial_fixture_join (&fixture, home, FL_ERROR_NOT_LISTENING);
  g_assert_cmpuint (fixture.link->n_bytes, ==, 0);
}

typedef struct
{
  SerialFixture *fixture;
  GCancellable *cancellable;
} Moment;

static void
unplug (gpointer data)
{
  console_link_unplug (((Moment *) data)->fixture->link);
}

static void
cancel (gpointer data)
{
  g_cancellable_cancel (((Moment *) data)->cancellable);
}

/* Questions of a hidden network with a login. */
static const FlSerialSaying questions[] = {
  FL_SERIAL_SAYS_SSID,           FL_SERIAL_SAYS_SECURITY_ENTERPRISE,
  FL_SERIAL_SAYS_CIPHER,         FL_SERIAL_SAYS_EAP_TYPE,
  FL_SERIAL_SAYS_USERNAME,       FL_SERIAL_SAYS_PASSWORD,
  FL_SERIAL_SAYS_OUTER_IDENTITY, FL_SERIAL_SAYS_ROOT_CA,
};

static void
start_at (SerialFixture *fixture, Moment *moment, FlSerialSaying at, ConsoleHook hook, int mode)
{
  moment->fixture = fixture;
  serial_fixture_start (fixture, PHOTON, "2.3.1", mode);
  fixture->link->in_sight = FALSE;
  fixture->link->rate_listens = TRUE;
  serial_fixture_open_well (fixture);
  fixture->link->hook_at = at;
  fixture->link->hook = hook;
  fixture->link->hook_data = moment;
}

static void
test_unplugged_at_question (gconstpointer data)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) school = serial_fixture_school ();
  Moment moment = { 0 };

  start_at (&fixture, &moment, (FlSerialSaying) GPOINTER_TO_INT (data), unplug, -1);
  serial_fixture_join (&fixture, school, FL_ERROR_LINK_LOST);
  g_assert_cmpuint (fixture.n_sent, ==, 0);
  g_assert_cmpuint (fixture.n_closed, ==, 1);
}

static void
test_cancelled_at_question (gconstpointer data)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) school = serial_fixture_school ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  Moment moment = { NULL, cancellable };
  g_autoptr (GError) error = NULL;

  start_at (&fixture, &moment, (FlSerialSaying) GPOINTER_TO_INT (data), cancel, LISTENING);
  fl_driver_join_async (fixture.driver, school, cancellable, serial_fixture_on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (fl_driver_finish (fixture.driver, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  script_channel_clear_log (fixture.channel);
  fl_driver_close (fixture.driver);
  serial_fixture_run_ms (&fixture, 5000);
  g_assert_nonnull (strstr (fixture.channel->log->str, "71 70")); /* as it was: blinking blue */
  g_assert_cmpint (fl_serial_server_get_question (fixture.link->server), ==, FL_SERIAL_N_SAYINGS);
  g_assert_cmpuint (fixture.link->n_saved, ==, 0);
}

/* Chosen again with the port still open: the question of before comes first. */
static void
test_again_after_cancel (gconstpointer data)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) school = serial_fixture_school ();
  g_autoptr (FlCredentials) home = serial_fixture_home ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  Moment moment = { NULL, cancellable };

  start_at (&fixture, &moment, FL_SERIAL_SAYS_USERNAME, cancel, GPOINTER_TO_INT (data));
  fl_driver_join_async (fixture.driver, school, cancellable, serial_fixture_on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  serial_fixture_join (&fixture, home, 0);
  g_assert_cmpint (fixture.link->security, ==, 3);
}

/* A device that ran when somebody came runs again when that one goes. */
static void
test_runs_again_after_cancel (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) school = serial_fixture_school ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  Moment moment = { NULL, cancellable };

  start_at (&fixture, &moment, FL_SERIAL_SAYS_PASSWORD, cancel, RUNNING);
  fl_driver_join_async (fixture.driver, school, cancellable, serial_fixture_on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  script_channel_clear_log (fixture.channel);
  fl_driver_close (fixture.driver);
  serial_fixture_run_ms (&fixture, 5000);
  g_assert_nonnull (strstr (fixture.channel->log->str, "71"));
  g_assert_null (strstr (fixture.channel->log->str, "70"));
}

static void
on_sent_unplug (FlDriver *driver, SerialFixture *fixture)
{
  console_link_unplug (fixture->link);
}

/* It stores, and the port goes: only the companion knows. */
static void
test_unplugged_while_saving (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = serial_fixture_home ();

  serial_fixture_start (&fixture, PHOTON, "2.3.1", -1);
  serial_fixture_open_well (&fixture);
  g_signal_connect (fixture.driver, "sent", G_CALLBACK (on_sent_unplug), &fixture);
  serial_fixture_join (&fixture, home, FL_ERROR_LINK_LOST);
  g_assert_cmpuint (fixture.n_sent, ==, 1);
}

static void
test_port_gone_while_saving (gconstpointer data)
{
  gboolean is_saved = GPOINTER_TO_INT (data);
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = serial_fixture_home ();

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  serial_fixture_open_well (&fixture);
  if (!is_saved)
    fixture.link->on_saved = NULL; /* it goes on saying that it listens */
  g_signal_connect (fixture.driver, "sent", G_CALLBACK (on_sent_unplug), &fixture);
  serial_fixture_join (&fixture, home, is_saved ? 0 : FL_ERROR_LINK_LOST);
}

static void
test_unplugged_after_saving (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = serial_fixture_home ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  serial_fixture_open_well (&fixture);
  serial_fixture_join (&fixture, home, 0);
  console_link_unplug (fixture.link);
  g_assert_cmpuint (fixture.n_closed, ==, 0); /* the companion goes on */
  serial_fixture_tell (&fixture, RUNNING, 2);
  state = serial_fixture_read_state (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state->cloud, ==, FL_CLOUD_CONNECTED);
}

static void
join_and_come_back (SerialFixture *fixture, FlCredentials *credentials, int mode)
{
  g_autoptr (FlDeviceState) state = NULL;

  serial_fixture_start (fixture, PHOTON, "2.3.1", mode);
  fixture->link->in_sight = FALSE;
  serial_fixture_open_well (fixture);
  serial_fixture_join (fixture, credentials, 0);
  serial_fixture_run_ms (fixture, 3000); /* the rest of its thanks */
  state = serial_fixture_read_state (fixture, NULL);
  g_assert_nonnull (state);
}

typedef struct
{
  gboolean enterprise;
  int code;
  FlErrorCode expected;
} Failure;

static const Failure failures[] = {
  { FALSE, 0, FL_ERROR_JOIN_UNCLEAR },       { TRUE, 0, FL_ERROR_LOGIN_REJECTED },
  { FALSE, 1024, FL_ERROR_NETWORK_TOO_FAR }, { TRUE, 1006, FL_ERROR_LOGIN_REJECTED },
  { TRUE, 1007, FL_ERROR_LOGIN_REJECTED },
};

static void
test_blue_again (gconstpointer data)
{
  const Failure *failure = data;
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) credentials =
      failure->enterprise ? serial_fixture_school () : serial_fixture_home ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state = NULL;

  join_and_come_back (&fixture, credentials, LISTENING);
  fixture.link->network_error = failure->code;
  fl_serial_server_set_listening (fixture.link->server, TRUE);
  serial_fixture_tell (&fixture, LISTENING, 0);
  state = serial_fixture_read_state (&fixture, &error);
  g_assert_null (state);
  g_assert_error (error, FL_ERROR, (int) failure->expected);
  if (failure->code != 0)
    g_assert_nonnull (strstr (error->message, "(10"));
  /* And it takes another one. */
  serial_fixture_join (&fixture, credentials, 0);
}

/* It listens for a moment more before it goes. */
static void
test_listens_on_at_first (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = serial_fixture_home ();
  g_autoptr (FlDeviceState) state = NULL, later = NULL;
  g_autoptr (GError) error = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  fixture.link->on_saved = NULL;
  serial_fixture_open_well (&fixture);
  serial_fixture_join (&fixture, home, 0);
  state = serial_fixture_read_state (&fixture, NULL);
  g_assert_cmpint (state->mode, ==, FL_MODE_LISTENING);
  serial_fixture_run_ms (&fixture, 11000);
  later = serial_fixture_read_state (&fixture, &error);
  g_assert_error (error, FL_ERROR, FL_ERROR_JOIN_UNCLEAR);
}

/* What its application logs is read, and explains the blue light. */
static void
test_log_tells_why (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) school = serial_fixture_school ();
  g_autoptr (FlDeviceState) state = NULL;
  g_autoptr (GError) error = NULL;

  join_and_come_back (&fixture, school, LISTENING);
  console_link_print (fixture.link, "0000012345 [hal.wlan] ERROR: wiced_join_ap_specific(), "
                                    "result: 1006\r\n");
  serial_fixture_run_ms (&fixture, 100);
  serial_fixture_tell (&fixture, LISTENING, 0);
  state = serial_fixture_read_state (&fixture, &error);
  g_assert_error (error, FL_ERROR, FL_ERROR_LOGIN_REJECTED);
  g_assert_nonnull (strstr (error->message, "1006"));
}

static void
test_busy_joining (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = serial_fixture_home ();
  g_autoptr (FlDeviceState) state = NULL;
  g_autoptr (GError) error = NULL;

  join_and_come_back (&fixture, home, LISTENING);
  script_channel_forget (fixture.channel, 72);
  script_channel_answer (fixture.channel, 72, SCRIPT_SILENT, NULL);
  state = serial_fixture_read_state (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state->cloud, ==, FL_CLOUD_UNKNOWN);
}

/* Nobody asks the port of an application. */
static void
test_alone_it_tells_nothing (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = serial_fixture_home ();
  g_autoptr (FlDeviceState) state = NULL;
  guint n_bytes = 0;

  join_and_come_back (&fixture, home, -1);
  n_bytes = fixture.link->n_bytes;
  serial_fixture_run_ms (&fixture, 60000);
  state = serial_fixture_read_state (&fixture, NULL);
  g_assert_cmpint (state->mode, ==, FL_MODE_UNKNOWN);
  g_assert_cmpint (state->cloud, ==, FL_CLOUD_UNKNOWN);
  g_assert_cmpuint (fixture.link->n_bytes, ==, n_bytes);
}

static void
test_alone_its_log_tells (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (FlCredentials) home = serial_fixture_home ();
  g_autoptr (FlDeviceState) first = NULL, last = NULL;
  g_autoptr (GError) error = NULL;
  const char *line = "0000012345 [hal.wlan] ERROR: wiced_join_ap_specific(), result: 1024\r\n";

  join_and_come_back (&fixture, home, -1);
  console_link_print (fixture.link, line);
  serial_fixture_run_ms (&fixture, 100);
  first = serial_fixture_read_state (&fixture, &error);
  g_assert_no_error (error); /* it tries three times */
  console_link_print (fixture.link, line);
  console_link_print (fixture.link, line);
  serial_fixture_run_ms (&fixture, 100);
  last = serial_fixture_read_state (&fixture, &error);
  g_assert_error (error, FL_ERROR, FL_ERROR_NETWORK_TOO_FAR);
}

static void
add_questions (const char *path, GTestDataFunc func)
{
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s/question-%d", path, (int) questions[i]);

      g_test_add_data_func (name, GINT_TO_POINTER (questions[i]), func);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/serial-join/home/alone", GINT_TO_POINTER (-1), test_home);
  g_test_add_data_func ("/serial-join/home/with-companion", GINT_TO_POINTER (LISTENING), test_home);
  g_test_add_func ("/serial-join/school/byte-by-byte", test_school);
  g_test_add_func ("/serial-join/school/two-slow-searches", test_two_slow_searches);
  g_test_add_data_func ("/serial-join/school/not-before-0.7", GINT_TO_POINTER (PHOTON),
                        test_no_login);
  g_test_add_data_func ("/serial-join/school/not-on-p2", GINT_TO_POINTER (P2), test_no_login);
  g_test_add_func ("/serial-join/refused/then-again", test_refused_then_again);
  g_test_add_func ("/serial-join/running/is-led", test_led_to_listening);
  g_test_add_func ("/serial-join/running/never-listens", test_never_listens);
  add_questions ("/serial-join/unplugged", test_unplugged_at_question);
  add_questions ("/serial-join/cancelled", test_cancelled_at_question);
  g_test_add_data_func ("/serial-join/cancelled/then-again/alone", GINT_TO_POINTER (-1),
                        test_again_after_cancel);
  g_test_add_data_func ("/serial-join/cancelled/then-again/with-companion",
                        GINT_TO_POINTER (LISTENING), test_again_after_cancel);
  g_test_add_func ("/serial-join/cancelled/runs-again", test_runs_again_after_cancel);
  g_test_add_func ("/serial-join/unplugged/while-saving", test_unplugged_while_saving);
  g_test_add_data_func ("/serial-join/port-gone/while-saving-and-saved", GINT_TO_POINTER (TRUE),
                        test_port_gone_while_saving);
  g_test_add_data_func ("/serial-join/port-gone/while-saving-and-not", GINT_TO_POINTER (FALSE),
                        test_port_gone_while_saving);
  g_test_add_func ("/serial-join/port-gone/after-saving", test_unplugged_after_saving);
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("/serial-join/blue-again/%s-%d",
                           failures[i].enterprise ? "login" : "password", failures[i].code);

      g_test_add_data_func (path, &failures[i], test_blue_again);
    }
  g_test_add_func ("/serial-join/after/listens-on-at-first", test_listens_on_at_first);
  g_test_add_func ("/serial-join/after/log-tells-why", test_log_tells_why);
  g_test_add_func ("/serial-join/after/busy", test_busy_joining);
  g_test_add_func ("/serial-join/after/alone-tells-nothing", test_alone_it_tells_nothing);
  g_test_add_func ("/serial-join/after/alone-log-tells", test_alone_its_log_tells);
  return g_test_run ();
}
