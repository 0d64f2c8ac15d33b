/* SPDX-License-Identifier: Apache-2.0 */

/* What the driver does for service, over Bluetooth and over a cable. */

#include "control-fixture.h"

#include <string.h>

#include "fl-error.h"
#include "fl-reply-body.h"
#include "fl-reply-modules.h"

static void
join_known (ControlFixture *fixture, const char *name, int expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) ssid = g_bytes_new (name, strlen (name));

  fl_driver_join_known_async (fixture->driver, ssid, NULL, control_fixture_on_result, &result);
  control_fixture_finish (fixture, &result, expected);
}

static void
test_join_known (void)
{
  static const struct
  {
    int code, expected;
  } rows[] = {
    { 0, 0 },
    { -170, FL_ERROR_JOIN_UNCLEAR },
    { -250, FL_ERROR_JOIN_UNCLEAR },
    { -160, FL_ERROR_JOIN_TIMEOUT },
    { -120, FL_ERROR_UNSUPPORTED },
    { -1801, FL_ERROR_PROTECTED },
    { SCRIPT_SILENT, FL_ERROR_JOIN_TIMEOUT },
    { SCRIPT_LOST, FL_ERROR_LINK_LOST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (ControlFixture) fixture = { 0 };

      control_fixture_start_with_version (&fixture, P2, "6.2.0", 0);
      script_channel_answer (fixture.channel, 501, rows[i].code, NULL);
      join_known (&fixture, "MyNet", rows[i].expected);
      g_assert_cmpstr (fixture.channel->log->str, ==, "501");
      control_fixture_assert_sent (&fixture, 501, "\x0a\x05MyNet", 7);
    }
}

static void
test_join_known_scans_first_where_needed (void)
{
  g_auto (ControlFixture) fixture = { 0 };

  control_fixture_start_with_version (&fixture, P2, "5.3.1", 1);
  script_channel_answer (fixture.channel, 501, 0, NULL);
  join_known (&fixture, "MyNet", 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "506 501");
}

static void
test_join_known_needs_a_name (void)
{
  g_auto (ControlFixture) fixture = { 0 };

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 0);
  join_known (&fixture, "", FL_ERROR_INVALID_INPUT);
  join_known (&fixture, "123456789012345678901234567890123", FL_ERROR_INVALID_INPUT);
  g_assert_cmpstr (fixture.channel->log->str, ==, "");
}

static FlSecret *
pack_modules (gboolean is_sound, gboolean dependencies_met, gboolean checked)
{
  g_autoptr (GPtrArray) modules = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_module_free);
  FlModuleKind kinds[] = { FL_MODULE_BOOTLOADER, FL_MODULE_SYSTEM_PART, FL_MODULE_USER_PART };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      FlModule *module = fl_module_new ();
      gboolean last = kinds[i] == FL_MODULE_USER_PART;

      module->kind = kinds[i];
      module->checked = !last || checked;
      module->is_sound = !last || is_sound;
      module->dependencies_met = !last || dependencies_met;
      g_ptr_array_add (modules, module);
    }
  return fl_reply_pack_modules (modules);
}

static FlDeviceMode
read_mode (ControlFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceState) state = NULL;

  fl_driver_read_state_async (fixture->driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  state = fl_driver_read_state_finish (fixture->driver, result, &error);
  g_assert_no_error (error);
  return state->mode;
}

static GPtrArray *
read_modules (ControlFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_driver_read_modules_async (fixture->driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  return fl_driver_read_modules_finish (fixture->driver, result, error);
}

static void
test_modules_tell_safe_mode (void)
{
  static const struct
  {
    gboolean is_sound, dependencies_met, checked;
    FlDeviceMode mode;
  } rows[] = {
    { TRUE, TRUE, TRUE, FL_MODE_RUNNING },
    { FALSE, TRUE, TRUE, FL_MODE_SAFE },
    { TRUE, FALSE, TRUE, FL_MODE_SAFE },
    { TRUE, TRUE, FALSE, FL_MODE_RUNNING },
  };
  g_auto (ControlFixture) fixture = { 0 };

  control_fixture_start_usb_with_version (&fixture, P2, "6.2.0", 0);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) modules = NULL;
      g_autoptr (FlDeviceInfo) info = NULL;

      script_channel_forget (fixture.channel, 90);
      script_channel_answer (fixture.channel, 90, 0,
                             pack_modules (rows[i].is_sound, rows[i].dependencies_met,
                                           rows[i].checked));
      modules = read_modules (&fixture, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (modules->len, ==, 3);
      g_assert_cmpint (read_mode (&fixture), ==, rows[i].mode);
      info = control_fixture_read_info (&fixture, &error);
      g_assert_cmpint (info->mode, ==, rows[i].mode);
    }
}

static void
test_modules_failures (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 0);
  script_channel_answer (fixture.channel, 90, 0, fl_secret_new ("\x12\x7f", 2));
  g_assert_null (read_modules (&fixture, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
  g_clear_error (&error);
  script_channel_forget (fixture.channel, 90);
  g_assert_null (read_modules (&fixture, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNSUPPORTED);
}

static gboolean
read_done (ControlFixture *fixture, gboolean *done, int expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok = FALSE;

  fl_driver_read_setup_done_async (fixture->driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  ok = fl_driver_read_setup_done_finish (fixture->driver, result, done, &error);
  if (expected != 0)
    g_assert_error (error, FL_ERROR, expected);
  return ok;
}

static void
set_done (ControlFixture *fixture, gboolean done, int expected)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_driver_set_setup_done_async (fixture->driver, done, NULL, control_fixture_on_result, &result);
  control_fixture_finish (fixture, &result, expected);
}

static void
test_setup_done_where_it_exists (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  gboolean done = FALSE;

  control_fixture_start_with_version (&fixture, ARGON, "3.3.0", 0);
  g_assert_true (fl_driver_get_capabilities (fixture.driver) & FL_CAN_SETUP_DONE);
  script_channel_answer (fixture.channel, 74, 0, fl_reply_pack_number (74, 1));
  script_channel_answer (fixture.channel, 74, 0, NULL); /* a default value: empty */
  script_channel_answer (fixture.channel, 73, 0, NULL);
  g_assert_true (read_done (&fixture, &done, 0));
  g_assert_true (done);
  g_assert_true (read_done (&fixture, &done, 0));
  g_assert_false (done);
  set_done (&fixture, TRUE, 0);
  control_fixture_assert_sent (&fixture, 73, "\x08\x01", 2);
  set_done (&fixture, FALSE, 0);
  control_fixture_assert_sent (&fixture, 73, "", 0);
}

static void
test_setup_done_went_away (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  gboolean done = FALSE;

  control_fixture_start_with_version (&fixture, ARGON, "4.0.0", 0);
  g_assert_false (fl_driver_get_capabilities (fixture.driver) & FL_CAN_SETUP_DONE);
  g_assert_false (read_done (&fixture, &done, FL_ERROR_UNSUPPORTED));
  set_done (&fixture, FALSE, FL_ERROR_UNSUPPORTED);
  g_assert_cmpstr (fixture.channel->log->str, ==, "");
}

static void
test_request_as_it_is (void)
{
  static const struct
  {
    int code;
    const char *reply;
  } rows[] = { { 0, "{\"ok\":true}" }, { 0, "" }, { -120, "" }, { -42, "no" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (ControlFixture) fixture = { 0 };
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) reply = NULL;
      g_autoptr (FlSecret) payload = fl_secret_new_from_string ("{}");
      int code = 1;

      control_fixture_start (&fixture, P2, FALSE);
      script_channel_answer (fixture.channel, 10, rows[i].code,
                             fl_secret_new_from_string (rows[i].reply));
      fl_driver_request_async (fixture.driver, 10, payload, NULL, control_fixture_on_result,
                               &result);
      control_fixture_wait (&result);
      reply = fl_driver_request_finish (fixture.driver, result, &code, &error);
      g_assert_no_error (error);
      g_assert_cmpint (code, ==, rows[i].code);
      g_assert_cmpmem (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply), rows[i].reply,
                       strlen (rows[i].reply));
      control_fixture_assert_sent (&fixture, 10, "{}", 2);
    }
}

static void
request_fails (ControlFixture *fixture, FlSecret *payload, int expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fl_driver_request_async (fixture->driver, 10, payload, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  g_assert_null (fl_driver_request_finish (fixture->driver, result, NULL, &error));
  g_assert_error (error, FL_ERROR, expected);
}

static void
test_request_failures (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlSecret) large = fl_secret_new_zeroed (65536);
  gint64 start_us = 0;

  control_fixture_start (&fixture, P2, FALSE);
  request_fails (&fixture, large, FL_ERROR_INVALID_INPUT);
  g_assert_cmpstr (fixture.channel->log->str, ==, "");
  script_channel_answer (fixture.channel, 10, SCRIPT_SILENT, NULL);
  start_us = fl_clock_now_us (fixture.clock);
  request_fails (&fixture, NULL, FL_ERROR_DEVICE_SILENT);
  g_assert_cmpint (fl_clock_now_us (fixture.clock) - start_us, ==, 15 * G_USEC_PER_SEC);
  script_channel_forget (fixture.channel, 10);
  script_channel_answer (fixture.channel, 10, SCRIPT_LOST, NULL);
  request_fails (&fixture, NULL, FL_ERROR_LINK_LOST);
}

static void
test_resets (void)
{
  static const struct
  {
    FlResetKind kind;
    guint16 type;
  } rows[] = {
    { FL_RESET_NORMAL, 40 },
    { FL_RESET_SAFE_MODE, 60 },
    { FL_RESET_FACTORY, 41 },
    { FL_RESET_BOOTLOADER, 50 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (int code = 0; code <= SCRIPT_LOST; code += SCRIPT_LOST)
      {
        g_auto (ControlFixture) fixture = { 0 };
        g_autoptr (GAsyncResult) result = NULL;
        g_autofree char *log = g_strdup_printf ("%u", rows[i].type);

        control_fixture_start_usb_with_version (&fixture, P2, "6.2.0", 0);
        script_channel_answer (fixture.channel, rows[i].type, code, NULL);
        fl_driver_reset_async (fixture.driver, rows[i].kind, NULL, control_fixture_on_result,
                               &result);
        control_fixture_finish (&fixture, &result, 0);
        g_assert_cmpstr (fixture.channel->log->str, ==, log);
      }
}

static void
test_protected_by_cable (void)
{
  static const guint16 refused[] = { 21, 30, 31, 72, 201, 500, 501, 502, 504, 506, 90 };
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  control_fixture_start_usb (&fixture, ARGON);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    script_channel_answer (fixture.channel, refused[i], -1801, NULL);
  script_channel_answer (fixture.channel, 20, 0,
                         fl_reply_pack_text (20, "e00fce68aabbccddeeff0011"));
  script_channel_answer (fixture.channel, 76, 0, fl_reply_pack_protected (TRUE, FALSE));
  info = control_fixture_read_info (&fixture, &error);
  g_assert_no_error (error);
  g_assert_true (info->is_protected);
  g_assert_cmpstr (info->device_id, ==, "e00fce68aabbccddeeff0011");
  g_assert_null (info->firmware);
  g_assert_cmpint (fl_driver_get_capabilities (fixture.driver), ==, FL_CAN_INFO | FL_CAN_REQUEST);
  control_fixture_scan (&fixture, FL_ERROR_PROTECTED);
  script_channel_clear_log (fixture.channel);
  control_fixture_join (&fixture, FL_SECURITY_WPA2, "password", FALSE, FALSE, FL_ERROR_PROTECTED);
  control_fixture_join (&fixture, FL_SECURITY_WPA2, "password", FALSE, TRUE, FL_ERROR_PROTECTED);
  join_known (&fixture, "MyNet", FL_ERROR_PROTECTED);
  g_assert_null (read_modules (&fixture, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_PROTECTED);
  g_assert_cmpstr (fixture.channel->log->str, ==, ""); /* nothing secret went out */
}

/* 76 itself may be refused by a firmware of its own: one refusal is enough to know. */
static void
test_one_refusal_tells_protection (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  control_fixture_start_usb (&fixture, P2);
  control_fixture_answer_info (&fixture, "6.2.0", 0);
  script_channel_forget (fixture.channel, 72);
  script_channel_answer (fixture.channel, 72, -1801, NULL);
  info = control_fixture_read_info (&fixture, &error);
  g_assert_no_error (error);
  g_assert_true (info->protected_known && info->is_protected);
  g_assert_cmpstr (info->firmware, ==, "6.2.0");
  g_assert_false (fl_driver_get_capabilities (fixture.driver) & FL_CAN_JOIN);
}

static void
test_leave_by_cable_keeps_the_link (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  control_fixture_start_usb_with_version (&fixture, P2, "6.2.0", 1);
  script_channel_answer (fixture.channel, 500, 0, NULL);
  script_channel_answer (fixture.channel, 71, 0, NULL);
  control_fixture_join (&fixture, FL_SECURITY_WPA2, "password", FALSE, FALSE, 0);
  fl_driver_leave_async (fixture.driver, NULL, control_fixture_on_result, &result);
  control_fixture_finish (&fixture, &result, 0);
  g_assert_cmpstr (fixture.channel->log->str, ==, "500 71");
  g_assert_cmpuint (fixture.n_closed, ==, 0);
  g_assert_cmpint (read_mode (&fixture), ==, FL_MODE_LISTENING); /* the script still says so */
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/control-service/join-known/results", test_join_known);
  g_test_add_func ("/control-service/join-known/scans-first-where-needed",
                   test_join_known_scans_first_where_needed);
  g_test_add_func ("/control-service/join-known/needs-a-name", test_join_known_needs_a_name);
  g_test_add_func ("/control-service/modules/tell-safe-mode", test_modules_tell_safe_mode);
  g_test_add_func ("/control-service/modules/failures", test_modules_failures);
  g_test_add_func ("/control-service/setup-done/where-it-exists", test_setup_done_where_it_exists);
  g_test_add_func ("/control-service/setup-done/went-away", test_setup_done_went_away);
  g_test_add_func ("/control-service/request/as-it-is", test_request_as_it_is);
  g_test_add_func ("/control-service/request/failures", test_request_failures);
  g_test_add_func ("/control-service/reset/every-kind", test_resets);
  g_test_add_func ("/control-service/protected/by-cable-only-identified", test_protected_by_cable);
  g_test_add_func ("/control-service/protected/one-refusal-tells",
                   test_one_refusal_tells_protection);
  g_test_add_func ("/control-service/leave/by-cable-keeps-the-link",
                   test_leave_by_cable_keeps_the_link);
  return g_test_run ();
}
