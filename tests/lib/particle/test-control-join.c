/* SPDX-License-Identifier: Apache-2.0 */
#include "control-fixture.h"

#include "fl-error.h"
#include "fl-reply-body.h"

static void
test_scan_emits_networks (void)
{
  g_auto (ControlFixture) fixture = { 0 };

  control_fixture_start (&fixture, P2, FALSE);
  script_channel_answer (fixture.channel, 506, 0, control_fixture_pack_networks (200));
  control_fixture_scan (&fixture, 0);
  g_assert_cmpuint (fixture.found->len, ==, 200);
  g_assert_cmpstr (fl_network_get_name (fixture.found->pdata[199]), ==, "net 199");
}

static void
test_empty_scan_is_no_error (void)
{
  g_auto (ControlFixture) fixture = { 0 };

  control_fixture_start (&fixture, P2, FALSE);
  script_channel_answer (fixture.channel, 506, 0, NULL);
  control_fixture_scan (&fixture, 0);
  g_assert_cmpuint (fixture.found->len, ==, 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "506");
}

static void
test_scan_waits_for_a_busy_radio (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  gint64 start_us = 0;

  control_fixture_start (&fixture, P2, FALSE);
  script_channel_answer (fixture.channel, 506, -110, NULL);
  script_channel_answer (fixture.channel, 506, -210, NULL);
  script_channel_answer (fixture.channel, 506, 0, control_fixture_pack_networks (1));
  start_us = fl_clock_now_us (fixture.clock);
  control_fixture_scan (&fixture, 0);
  g_assert_cmpuint (fixture.found->len, ==, 1);
  g_assert_cmpint (fl_clock_now_us (fixture.clock) - start_us, ==, 8030 * 1000);

  script_channel_forget (fixture.channel, 506);
  script_channel_answer (fixture.channel, 506, -110, NULL);
  script_channel_clear_log (fixture.channel);
  control_fixture_scan (&fixture, FL_ERROR_DEVICE_BUSY);
  g_assert_cmpstr (fixture.channel->log->str, ==, "506 506 506");
}

static void
test_scan_failures (void)
{
  g_auto (ControlFixture) fixture = { 0 };

  control_fixture_start (&fixture, P2, FALSE);
  script_channel_answer (fixture.channel, 506, 0,
                         fl_secret_new ("\x0a\x05"
                                        "abc",
                                        5));
  control_fixture_scan (&fixture, FL_ERROR_UNEXPECTED); /* cut short */
  script_channel_forget (fixture.channel, 506);
  script_channel_answer (fixture.channel, 506, SCRIPT_SILENT, NULL);
  control_fixture_scan (&fixture, FL_ERROR_DEVICE_SILENT);
  script_channel_forget (fixture.channel, 506);
  script_channel_answer (fixture.channel, 506, SCRIPT_LOST, NULL);
  control_fixture_scan (&fixture, FL_ERROR_LINK_LOST);
  script_channel_forget (fixture.channel, 506);
  control_fixture_scan (&fixture, FL_ERROR_UNSUPPORTED);
}

static void
test_cancel_while_waiting (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start_us = 0;

  control_fixture_start (&fixture, P2, FALSE);
  script_channel_answer (fixture.channel, 506, -110, NULL);
  start_us = fl_clock_now_us (fixture.clock);
  fl_driver_scan_async (fixture.driver, cancellable, control_fixture_on_result, &result);
  while (!g_queue_is_empty (fixture.channel->calls))
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  control_fixture_wait (&result);
  g_assert_false (fl_driver_finish (fixture.driver, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (fl_clock_now_us (fixture.clock) - start_us, ==, 10 * 1000);
  g_assert_cmpstr (fixture.channel->log->str, ==, "506");
}

/* The radio of Gen 4 before 5.8 must be on, which a scan does. */
static void
test_join_scans_first_where_needed (void)
{
  static const struct
  {
    int platform_id;
    const char *version;
    const char *log;
  } rows[] = {
    { ARGON, "3.3.0", "500" },       { P2, "5.3.1", "506 500" }, { P2, "5.7.0", "506 500" },
    { P2, "5.8.2", "500" },          { P2, "6.0.0", "506 500" }, { P2, "6.2.0", "500" },
    { P2, "5.8.0-rc.1", "506 500" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (ControlFixture) fixture = { 0 };

      g_test_message ("%d %s", rows[i].platform_id, rows[i].version);
      control_fixture_start_with_version (&fixture, rows[i].platform_id, rows[i].version, 1);
      script_channel_answer (fixture.channel, 506, 0, NULL);
      script_channel_answer (fixture.channel, 500, 0, NULL);
      control_fixture_join (&fixture, FL_SECURITY_WPA2, "password", FALSE, FALSE, 0);
      g_assert_cmpstr (fixture.channel->log->str, ==, rows[i].log);
      g_assert_cmpuint (fixture.n_sent, ==, 1);

      /* not again in this session */
      script_channel_clear_log (fixture.channel);
      control_fixture_join (&fixture, FL_SECURITY_WPA2, "password", FALSE, FALSE, 0);
      g_assert_cmpstr (fixture.channel->log->str, ==, "500");
    }
}

static void
test_join_sends_what_it_should (void)
{
  g_auto (ControlFixture) fixture = { 0 };

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 1);
  script_channel_answer (fixture.channel, 500, 0, NULL);
  control_fixture_join (&fixture, FL_SECURITY_WPA2, "password", FALSE, FALSE, 0);
  control_fixture_assert_sent (&fixture, 500,
                               "\x0a\x05MyNet\x18\x03\x22\x0c\x08\x01\x12\x08password", 23);
  control_fixture_join (&fixture, FL_SECURITY_OPEN, NULL, FALSE, FALSE, 0);
  control_fixture_assert_sent (&fixture, 500, "\x0a\x05MyNet", 7);
  control_fixture_join (&fixture, FL_SECURITY_WPA3, "password", TRUE, FALSE, 0);
  control_fixture_assert_sent (&fixture, 500,
                               "\x0a\x05MyNet\x18\x05\x22\x0c\x08\x01\x12\x08password\x30\x01", 25);
  control_fixture_join (&fixture, FL_SECURITY_WEP, "abcde", FALSE, FALSE, 0);
  control_fixture_assert_sent (&fixture, 500,
                               "\x0a\x05MyNet\x18\x01\x22\x09\x08\x01\x12\x05"
                               "abcde",
                               20);
}

static void
test_join_of_older_firmware (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_auto (ControlFixture) older = { 0 };

  control_fixture_start_with_version (&fixture, P2, "5.6.0", 1);
  script_channel_answer (fixture.channel, 506, 0, NULL);
  script_channel_answer (fixture.channel, 500, 0, NULL);
  /* it takes the security of a request only for hidden networks */
  control_fixture_join (&fixture, FL_SECURITY_WPA3, "password", FALSE, FALSE, 0);
  control_fixture_assert_sent (&fixture, 500,
                               "\x0a\x05MyNet\x18\x05\x22\x0c\x08\x01\x12\x08password\x30\x01", 25);
  control_fixture_join (&fixture, FL_SECURITY_WPA2, "password", TRUE, FALSE, FL_ERROR_UNSUPPORTED);

  control_fixture_start_with_version (&older, P2, "5.3.1", 1);
  script_channel_answer (older.channel, 506, 0, NULL);
  script_channel_answer (older.channel, 500, 0, NULL);
  control_fixture_join (&older, FL_SECURITY_WPA3, "password", FALSE, FALSE, FL_ERROR_NETWORK_WPA3);
  g_assert_cmpstr (older.channel->log->str, ==, "");
  control_fixture_join (&older, FL_SECURITY_WPA2_WPA3, "password", FALSE, FALSE, 0);
  control_fixture_assert_sent (&older, 500, "\x0a\x05MyNet\x18\x03\x22\x0c\x08\x01\x12\x08password",
                               23);
}

static void
test_join_refuses_before_sending (void)
{
  g_auto (ControlFixture) fixture = { 0 };

  control_fixture_start_with_version (&fixture, ARGON, "6.2.0", 1);
  control_fixture_join (&fixture, FL_SECURITY_ENTERPRISE, "password", FALSE, FALSE,
                        FL_ERROR_NETWORK_ENTERPRISE);
  control_fixture_join (&fixture, FL_SECURITY_WPA3, "password", FALSE, FALSE,
                        FL_ERROR_NETWORK_WPA3);
  control_fixture_join (&fixture, FL_SECURITY_WPA2, NULL, FALSE, FALSE, FL_ERROR_INVALID_INPUT);
  g_assert_cmpstr (fixture.channel->log->str, ==, "");
  g_assert_cmpuint (fixture.n_sent, ==, 0);
}

static void
test_join_failures (void)
{
  static const struct
  {
    int code;
    FlErrorCode expected;
    const char *log;
  } rows[] = {
    { -250, FL_ERROR_JOIN_UNCLEAR, "500" },
    { -270, FL_ERROR_JOIN_UNCLEAR, "500" },
    { -170, FL_ERROR_JOIN_UNCLEAR, "500" },
    { -1200, FL_ERROR_JOIN_UNCLEAR, "500" },
    { -160, FL_ERROR_JOIN_TIMEOUT, "500" },
    { SCRIPT_SILENT, FL_ERROR_JOIN_TIMEOUT, "500" },
    { SCRIPT_LOST, FL_ERROR_LINK_LOST, "500" },
    { -110, FL_ERROR_DEVICE_BUSY, "500 500 500 500" },
    { -210, FL_ERROR_JOIN_UNCLEAR, "500 506 500 506 500 506 500" },
    { -1801, FL_ERROR_PROTECTED, "500" },
    { -260, FL_ERROR_UNEXPECTED, "500" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (ControlFixture) fixture = { 0 };

      g_test_message ("%d", rows[i].code);
      control_fixture_start_with_version (&fixture, P2, "6.2.0", 1);
      script_channel_answer (fixture.channel, 506, 0, NULL);
      script_channel_answer (fixture.channel, 500, rows[i].code, NULL);
      control_fixture_join (&fixture, FL_SECURITY_WPA2, "wrong password", FALSE, FALSE,
                            (int) rows[i].expected);
      g_assert_cmpstr (fixture.channel->log->str, ==, rows[i].log);
    }
}

static void
test_second_password (void)
{
  g_auto (ControlFixture) fixture = { 0 };

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 1);
  script_channel_answer (fixture.channel, 500, -250, NULL);
  script_channel_answer (fixture.channel, 500, 0, NULL);
  control_fixture_join (&fixture, FL_SECURITY_WPA2, "wrong password", FALSE, FALSE,
                        FL_ERROR_JOIN_UNCLEAR);
  control_fixture_join (&fixture, FL_SECURITY_WPA2, "right password", FALSE, FALSE, 0);
  g_assert_cmpuint (fixture.n_closed, ==, 0);
}

static void
test_save (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_auto (ControlFixture) older = { 0 };

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 1);
  script_channel_answer (fixture.channel, 507, 0, NULL);
  control_fixture_join (&fixture, FL_SECURITY_WPA2, "password", FALSE, TRUE, 0);
  g_assert_cmpuint (fixture.n_sent, ==, 1);
  control_fixture_assert_sent (&fixture, 507,
                               "\x0a\x05MyNet\x18\x03\x22\x0c\x08\x01\x12\x08password", 23);
  script_channel_forget (fixture.channel, 507);
  control_fixture_join (&fixture, FL_SECURITY_WPA2, "password", FALSE, TRUE, FL_ERROR_UNSUPPORTED);

  control_fixture_start_with_version (&older, P2, "6.0.0", 1);
  control_fixture_join (&older, FL_SECURITY_WPA2, "password", FALSE, TRUE, FL_ERROR_UNSUPPORTED);
  g_assert_cmpstr (older.channel->log->str, ==, "");
}

static void
test_known_networks (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) known = NULL;
  g_autoptr (GBytes) ssid = g_bytes_new_static ("\xff net", 5);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_object_unref);

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 1);
  g_ptr_array_add (networks, fl_network_new (ssid, FL_SECURITY_WPA3, 0, 0));
  script_channel_answer (fixture.channel, 502, 0, fl_reply_pack_known (networks));
  fl_driver_list_known_async (fixture.driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  known = fl_driver_list_known_finish (fixture.driver, result, NULL);
  g_clear_object (&result);
  g_assert_cmpuint (known->len, ==, 1);
  g_assert_true (g_bytes_equal (fl_network_get_ssid (known->pdata[0]), ssid));

  script_channel_answer (fixture.channel, 503, 0, NULL);
  script_channel_answer (fixture.channel, 504, 0, NULL);
  script_channel_clear_log (fixture.channel);
  fl_driver_remove_known_async (fixture.driver, ssid, NULL, control_fixture_on_result, &result);
  control_fixture_finish (&fixture, &result, 0);
  control_fixture_assert_sent (&fixture, 503, "\x0a\x05\xff net", 7);
  fl_driver_remove_known_async (fixture.driver, NULL, NULL, control_fixture_on_result, &result);
  control_fixture_finish (&fixture, &result, 0);
  fl_driver_remove_known_async (fixture.driver, empty, NULL, control_fixture_on_result, &result);
  control_fixture_finish (&fixture, &result, FL_ERROR_INVALID_INPUT);
  g_assert_cmpstr (fixture.channel->log->str, ==, "503 504");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control-driver/scan/emits-networks", test_scan_emits_networks);
  g_test_add_func ("/control-driver/scan/empty-is-no-error", test_empty_scan_is_no_error);
  g_test_add_func ("/control-driver/scan/waits-for-a-busy-radio", test_scan_waits_for_a_busy_radio);
  g_test_add_func ("/control-driver/scan/failures", test_scan_failures);
  g_test_add_func ("/control-driver/scan/cancelled-while-waiting", test_cancel_while_waiting);
  g_test_add_func ("/control-driver/join/scans-first-where-needed",
                   test_join_scans_first_where_needed);
  g_test_add_func ("/control-driver/join/sends-what-it-should", test_join_sends_what_it_should);
  g_test_add_func ("/control-driver/join/older-firmware", test_join_of_older_firmware);
  g_test_add_func ("/control-driver/join/refuses-before-sending", test_join_refuses_before_sending);
  g_test_add_func ("/control-driver/join/failures", test_join_failures);
  g_test_add_func ("/control-driver/join/second-password", test_second_password);
  g_test_add_func ("/control-driver/save/where-it-exists", test_save);
  g_test_add_func ("/control-driver/known/list-and-remove", test_known_networks);
  return g_test_run ();
}
