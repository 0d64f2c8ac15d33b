/* SPDX-License-Identifier: Apache-2.0 */
#include "control-fixture.h"

#include "fl-error.h"
#include "fl-reply-body.h"

static void
test_info_in_one_round (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  control_fixture_start (&fixture, P2, FALSE);
  control_fixture_answer_info (&fixture, "5.8.2", 1);
  info = control_fixture_read_info (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture.channel->log->str, ==, "20 21 30 72 76 201");
  g_assert_cmpuint (fixture.channel->n_rounds, ==, 1);
  g_assert_cmpstr (info->device_id, ==, "0a10aced202194944a042f04");
  g_assert_cmpstr (info->serial, ==, "P046AB23CDEF123");
  g_assert_cmpstr (info->firmware, ==, "5.8.2");
  g_assert_cmpstr (info->product, ==, "P2");
  g_assert_cmpint (info->platform_id, ==, P2);
  g_assert_cmpint (info->mode, ==, FL_MODE_LISTENING);
  g_assert_true (info->claimed_known && info->is_claimed);
  g_assert_true (info->protected_known && !info->is_protected); /* 76 was not supported */
  g_assert_null (info->ncp_firmware);
}

static void
test_info_of_an_argon (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceInfo) info = NULL;

  control_fixture_start (&fixture, ARGON, FALSE);
  script_channel_answer (fixture.channel, 30, 0, fl_reply_pack_text (30, "3.3.0"));
  script_channel_answer (fixture.channel, 31, 0, fl_reply_pack_text (31, "0.0.7"));
  info = control_fixture_read_info (&fixture, NULL);
  g_assert_nonnull (info);
  g_assert_cmpstr (info->ncp_firmware, ==, "0.0.7");
  g_assert_cmpstr (info->product, ==, "Argon");
  g_assert_null (info->serial);
  g_assert_null (info->device_id);
  g_assert_cmpint (info->mode, ==, FL_MODE_UNKNOWN);
  g_assert_false (info->claimed_known);
}

static void
test_platform_from_serial (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceInfo) info = NULL;

  control_fixture_start (&fixture, 0, FALSE);
  script_channel_answer (fixture.channel, 21, 0, fl_reply_pack_text (21, "ARNHAB23CDEF123"));
  info = control_fixture_read_info (&fixture, NULL);
  g_assert_cmpint (info->platform_id, ==, ARGON);
  g_assert_cmpint (fl_driver_get_capabilities (fixture.driver) & FL_CAN_5GHZ, ==, 0);
}

static void
test_protected_device (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceInfo) info = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  static const guint16 refused[] = { 21, 30, 72, 201, 400, 505, 300, 502 };
  FlCapabilities can = 0;

  control_fixture_start (&fixture, P2, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    script_channel_answer (fixture.channel, refused[i], -1801, NULL);
  script_channel_answer (fixture.channel, 76, 0, fl_reply_pack_protected (TRUE, FALSE));
  script_channel_answer (fixture.channel, 506, 0, control_fixture_pack_networks (2));
  script_channel_answer (fixture.channel, 500, 0, NULL);
  info = control_fixture_read_info (&fixture, &error);
  g_assert_no_error (error);
  g_assert_true (info->protected_known && info->is_protected);
  can = fl_driver_get_capabilities (fixture.driver);
  g_assert_true (can & FL_CAN_JOIN && can & FL_CAN_SCAN);
  g_assert_false (can & FL_CAN_SAVE || can & FL_CAN_LIST_KNOWN || can & FL_CAN_PROVE_CLOUD);

  control_fixture_scan (&fixture, 0);
  control_fixture_join (&fixture, FL_SECURITY_WPA2, "password", FALSE, FALSE, 0);
  fl_driver_list_known_async (fixture.driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  g_assert_null (fl_driver_list_known_finish (fixture.driver, result, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_PROTECTED);
  g_clear_error (&error);
  g_clear_object (&result);
  fl_driver_read_state_async (fixture.driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  g_assert_null (fl_driver_read_state_finish (fixture.driver, result, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_PROTECTED);
}

static void
test_service_mode_is_open (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceInfo) info = NULL;

  control_fixture_start (&fixture, P2, FALSE);
  control_fixture_answer_info (&fixture, "6.2.0", 0);
  script_channel_answer (fixture.channel, 76, 0, fl_reply_pack_protected (TRUE, TRUE));
  info = control_fixture_read_info (&fixture, NULL);
  g_assert_true (info->protected_known);
  g_assert_false (info->is_protected);
}

static void
test_info_fails_with_the_link (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;

  control_fixture_start (&fixture, P2, FALSE);
  control_fixture_answer_info (&fixture, "6.2.0", 0);
  script_channel_answer (fixture.channel, 76, SCRIPT_LOST, NULL);
  g_assert_null (control_fixture_read_info (&fixture, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_assert_cmpuint (fixture.n_closed, ==, 1);
}

static void
test_what_versions_can (void)
{
  static const struct
  {
    int platform_id;
    const char *version;
    FlCapabilities expected;
  } rows[] = {
    { ARGON, "3.3.0", 0 },
    { ARGON, "6.2.0", FL_CAN_HIDDEN | FL_CAN_SAVE },
    { P2, "5.3.1", FL_CAN_5GHZ },
    { P2, "5.5.0", FL_CAN_5GHZ | FL_CAN_WPA3 },
    { P2, "5.7.0", FL_CAN_5GHZ | FL_CAN_WPA3 | FL_CAN_HIDDEN },
    { P2, "5.8.2-rc.1", FL_CAN_5GHZ | FL_CAN_WPA3 | FL_CAN_HIDDEN },
    { P2, "5.8.2", FL_CAN_5GHZ | FL_CAN_WPA3 | FL_CAN_HIDDEN | FL_CAN_SAVE },
    { P2, "6.0.0", FL_CAN_5GHZ | FL_CAN_WPA3 | FL_CAN_HIDDEN },
    { P2, "6.2.0", FL_CAN_5GHZ | FL_CAN_WPA3 | FL_CAN_HIDDEN | FL_CAN_SAVE },
    { P2, "nonsense", FL_CAN_5GHZ | FL_CAN_WPA3 | FL_CAN_HIDDEN | FL_CAN_SAVE },
  };
  FlCapabilities asked = FL_CAN_5GHZ | FL_CAN_WPA3 | FL_CAN_HIDDEN | FL_CAN_SAVE;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (ControlFixture) fixture = { 0 };
      FlCapabilities can = 0;

      g_test_message ("%d %s", rows[i].platform_id, rows[i].version);
      control_fixture_start_with_version (&fixture, rows[i].platform_id, rows[i].version, 0);
      /* the serial number says P2, the advertisement is believed */
      can = fl_driver_get_capabilities (fixture.driver);
      g_assert_cmpint (can & asked, ==, rows[i].expected);
      g_assert_true (can & FL_CAN_JOIN && can & FL_CAN_WEP && can & FL_CAN_PROVE_CLOUD);
      g_assert_false (can & FL_CAN_ENTERPRISE);
      g_assert_cmpint (fl_driver_get_max_known (fixture.driver), ==, 10);
    }
}

static void
leave (ControlFixture *fixture, int expected)
{
  g_autoptr (GAsyncResult) result = NULL;

  script_channel_clear_log (fixture->channel);
  fl_driver_leave_async (fixture->driver, NULL, control_fixture_on_result, &result);
  control_fixture_finish (fixture, &result, expected);
}

static void
identify (ControlFixture *fixture, gboolean on)
{
  g_autoptr (GAsyncResult) result = NULL;

  script_channel_answer (fixture->channel, 230, 0, NULL);
  script_channel_answer (fixture->channel, 231, 0, NULL);
  fl_driver_identify_async (fixture->driver, on, NULL, control_fixture_on_result, &result);
  control_fixture_finish (fixture, &result, 0);
}

static void
test_leave_listening (void)
{
  g_auto (ControlFixture) fixture = { 0 };

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 1);
  identify (&fixture, TRUE);
  script_channel_answer (fixture.channel, 71, 0, NULL);
  leave (&fixture, 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "231 71");
  leave (&fixture, 0); /* nothing is left to do */
  g_assert_cmpstr (fixture.channel->log->str, ==, "");
}

static void
test_leave_without_answer (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_auto (ControlFixture) silent = { 0 };

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 1);
  script_channel_answer (fixture.channel, 71, SCRIPT_LOST, NULL);
  leave (&fixture, 0);
  g_assert_cmpuint (fixture.n_closed, ==, 1);

  control_fixture_start_with_version (&silent, P2, "6.2.0", 1);
  script_channel_answer (silent.channel, 71, SCRIPT_SILENT, NULL);
  leave (&silent, FL_ERROR_DEVICE_SILENT);
}

static void
test_leave_provisioning (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceInfo) info = NULL;

  control_fixture_start (&fixture, P2, TRUE);
  control_fixture_answer_info (&fixture, "6.2.0", 1);
  info = control_fixture_read_info (&fixture, NULL);
  leave (&fixture, 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "");
  identify (&fixture, TRUE);
  leave (&fixture, 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "231");
  identify (&fixture, TRUE);
  identify (&fixture, FALSE);
  leave (&fixture, 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "");
}

static void
test_listen_and_reset (void)
{
  static const guint16 types[] = { 40, 60, 41, 50 };
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 0);
  script_channel_answer (fixture.channel, 70, -130, NULL);
  fl_driver_listen_async (fixture.driver, TRUE, NULL, control_fixture_on_result, &result);
  control_fixture_finish (&fixture, &result, FL_ERROR_UNSUPPORTED);
  script_channel_forget (fixture.channel, 70);
  script_channel_answer (fixture.channel, 70, 0, NULL);
  script_channel_answer (fixture.channel, 71, 0, NULL);
  fl_driver_listen_async (fixture.driver, TRUE, NULL, control_fixture_on_result, &result);
  control_fixture_finish (&fixture, &result, 0);
  leave (&fixture, 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "71");
  fl_driver_listen_async (fixture.driver, FALSE, NULL, control_fixture_on_result, &result);
  control_fixture_finish (&fixture, &result, 0);

  for (int kind = FL_RESET_NORMAL; kind <= FL_RESET_BOOTLOADER; kind++)
    {
      g_autofree char *log = g_strdup_printf ("%u", types[kind]);

      script_channel_clear_log (fixture.channel);
      script_channel_answer (fixture.channel, types[kind], kind % 2 == 0 ? 0 : SCRIPT_LOST, NULL);
      fl_driver_reset_async (fixture.driver, (FlResetKind) kind, NULL, control_fixture_on_result,
                             &result);
      control_fixture_finish (&fixture, &result, 0);
      g_assert_cmpstr (fixture.channel->log->str, ==, log);
    }
}

static void
test_connect_and_secure (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FlSecret) secret = fl_secret_new_from_string ("AAAAAAAAAAAAAAA");

  control_fixture_start (&fixture, P2, FALSE);
  fl_driver_connect_async (fixture.driver, NULL, control_fixture_on_result, &result);
  control_fixture_finish (&fixture, &result, 0);
  fl_driver_secure_async (fixture.driver, NULL, NULL, control_fixture_on_result, &result);
  control_fixture_finish (&fixture, &result, FL_ERROR_WRONG_SECRET);
  fl_driver_secure_async (fixture.driver, secret, NULL, control_fixture_on_result, &result);
  control_fixture_finish (&fixture, &result, 0);
  fl_driver_close (fixture.driver);
  g_assert_cmpuint (fixture.n_closed, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control-driver/info/in-one-round", test_info_in_one_round);
  g_test_add_func ("/control-driver/info/of-an-argon", test_info_of_an_argon);
  g_test_add_func ("/control-driver/info/platform-from-serial", test_platform_from_serial);
  g_test_add_func ("/control-driver/protected/says-so", test_protected_device);
  g_test_add_func ("/control-driver/info/service-mode-is-open", test_service_mode_is_open);
  g_test_add_func ("/control-driver/info/fails-with-the-link", test_info_fails_with_the_link);
  g_test_add_func ("/control-driver/capabilities/by-version", test_what_versions_can);
  g_test_add_func ("/control-driver/leave/listening", test_leave_listening);
  g_test_add_func ("/control-driver/leave/lost-link-is-an-answer", test_leave_without_answer);
  g_test_add_func ("/control-driver/leave/provisioning", test_leave_provisioning);
  g_test_add_func ("/control-driver/others/listen-and-reset", test_listen_and_reset);
  g_test_add_func ("/control-driver/others/connect-and-secure", test_connect_and_secure);
  return g_test_run ();
}
