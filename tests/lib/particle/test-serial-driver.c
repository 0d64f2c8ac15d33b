/* SPDX-License-Identifier: Apache-2.0 */
/* What a console driver tells of its device, and how it opens one. */
#include "config.h"

#include <string.h>

#include "fl-error.h"
#include "serial-fixture.h"

#define DEVICE_ID "0a10aced202194944a042f04"

static void
test_info_by_console (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", -1);
  info = serial_fixture_open (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->device_id, ==, DEVICE_ID);
  g_assert_cmpstr (info->serial, ==, "PHHTAB245AB12CD");
  g_assert_cmpstr (info->firmware, ==, "2.3.1");
  g_assert_cmpstr (info->product, ==, "Photon");
  g_assert_cmpint (info->platform_id, ==, PHOTON);
  g_assert_cmpint (info->mode, ==, FL_MODE_LISTENING);
}

static void
test_info_by_old_console (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "0.4.4", -1);
  fixture.link->is_old_format = TRUE;
  info = serial_fixture_open (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->device_id, ==, DEVICE_ID);
  g_assert_null (info->firmware); /* it does not know that letter */
  g_assert_cmpint (info->mode, ==, FL_MODE_LISTENING);
}

static void
test_info_in_bytes (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "1.5.4", -1);
  fixture.link->chunk_bytes = 1;
  info = serial_fixture_open (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->device_id, ==, DEVICE_ID);
  g_assert_cmpstr (info->firmware, ==, "1.5.4");
}

/* A port that a person named tells no numbers of USB. */
static void
test_info_of_any_port (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, 0, "6.2.0", -1);
  fixture.link->platform_id = P2;
  info = serial_fixture_open (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->platform_id, ==, P2);
  g_assert_false (fl_driver_get_capabilities (fixture.driver) & FL_CAN_ENTERPRISE);
}

static void
test_info_with_companion (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  info = serial_fixture_open (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->device_id, ==, DEVICE_ID);
  g_assert_cmpint (info->mode, ==, FL_MODE_LISTENING);
  g_assert_cmpuint (fixture.link->n_bytes, ==, 1); /* "v": it is there */
}

/* Its port is its application's. */
static void
test_running_is_not_written_to (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", RUNNING);
  info = serial_fixture_open (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->mode, ==, FL_MODE_RUNNING);
  g_assert_cmpstr (info->firmware, ==, "2.3.1");
  serial_fixture_run_ms (&fixture, 60000);
  g_assert_cmpuint (fixture.link->n_bytes, ==, 0);
}

static void
test_silent (gconstpointer data)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", GPOINTER_TO_INT (data));
  fixture.ignores = 70;
  fl_serial_server_set_listening (fixture.link->server, FALSE);
  info = serial_fixture_open (&fixture, &error);
  g_assert_null (info);
  g_assert_error (error, FL_ERROR, FL_ERROR_NOT_LISTENING);
}

static void
test_refused (gconstpointer data)
{
  g_auto (SerialFixture) fixture = { 0 };

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  fixture.link->refusal =
      g_error_new_literal (FL_ERROR, GPOINTER_TO_INT (data), "refused by the test");
  serial_fixture_connect (&fixture, GPOINTER_TO_INT (data));
}

/* It is enough that the console answers. */
static void
test_companion_gone (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  script_channel_forget (fixture.channel, 20);
  script_channel_answer (fixture.channel, 20, SCRIPT_LOST, NULL);
  info = serial_fixture_open (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->firmware, ==, "2.3.1");
  g_assert_false (fl_driver_get_capabilities (fixture.driver) & FL_CAN_PROVE_CLOUD);
}

static void
test_unplugged_while_reading (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", -1);
  serial_fixture_connect (&fixture, 0);
  fl_driver_read_info_async (fixture.driver, NULL, serial_fixture_on_result, &result);
  console_link_unplug (fixture.link);
  serial_fixture_run_ms (&fixture, 10);
  g_assert_nonnull (result);
  info = fl_driver_read_info_finish (fixture.driver, result, &error);
  g_assert_null (info);
  g_assert_error (error, FL_ERROR, FL_ERROR_LINK_LOST);
  g_assert_cmpuint (fixture.n_closed, ==, 1);
}

/* An earlier program was killed in the middle of a dialogue. */
static void
test_stuck (gconstpointer data)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", -1);
  fixture.link->in_sight = FALSE;
  fixture.link->rate_listens = TRUE; /* some answers end listening mode */
  fl_serial_server_get_stuck (fixture.link->server, (FlSerialSaying) GPOINTER_TO_INT (data));
  info = serial_fixture_open (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->device_id, ==, DEVICE_ID);
  /* Later than that the simulated dialogue is one for an open network, which nothing refuses. */
  if (GPOINTER_TO_INT (data) <= FL_SERIAL_SAYS_SECURITY_ENTERPRISE)
    g_assert_cmpuint (fixture.link->n_saved, ==, 0);
}

static void
test_stuck_freed_by_request (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  fl_serial_server_get_stuck (fixture.link->server, FL_SERIAL_SAYS_PASSWORD);
  info = serial_fixture_open (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture.link->n_bytes, ==, 2); /* "v", and again */
  g_assert_nonnull (strstr (fixture.channel->log->str, "71 70"));
}

/* What waits in a question may keep the device from hearing requests. */
static void
test_stuck_and_deaf (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  fixture.ignores = 71;
  script_channel_forget (fixture.channel, 71);
  script_channel_answer (fixture.channel, 71, SCRIPT_SILENT, NULL);
  fl_serial_server_get_stuck (fixture.link->server, FL_SERIAL_SAYS_SSID);
  info = serial_fixture_open (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->device_id, ==, DEVICE_ID);
  g_assert_cmpuint (fixture.link->n_saved, ==, 0);
}

typedef struct
{
  int platform_id;
  const char *version;
  FlCapabilities has, lacks;
} Ability;

static const Ability abilities[] = {
  { PHOTON, "0.6.4", FL_CAN_JOIN | FL_CAN_HIDDEN | FL_CAN_WEP, FL_CAN_ENTERPRISE | FL_CAN_SCAN },
  { PHOTON, "0.7.0", FL_CAN_ENTERPRISE | FL_CAN_LISTEN, FL_CAN_WPA3 | FL_CAN_5GHZ },
  { PHOTON, "3.3.1", FL_CAN_ENTERPRISE | FL_CAN_READ_MODULES, FL_CAN_SAVE | FL_CAN_LIST_KNOWN },
  { 8, "2.3.1", FL_CAN_ENTERPRISE, FL_CAN_PROVE_CLOUD | FL_CAN_RESET | FL_CAN_IDENTIFY },
  { ARGON, "6.2.0", FL_CAN_JOIN, FL_CAN_ENTERPRISE | FL_CAN_WPA3 | FL_CAN_LISTEN },
  { P2, "5.4.0", FL_CAN_JOIN | FL_CAN_5GHZ | FL_CAN_LISTEN, FL_CAN_ENTERPRISE | FL_CAN_WPA3 },
  { P2, "5.5.0", FL_CAN_WPA3, FL_CAN_ENTERPRISE },
};

static void
test_abilities (gconstpointer data)
{
  const Ability *ability = data;
  g_auto (SerialFixture) fixture = { 0 };
  FlCapabilities can = 0;

  serial_fixture_start (&fixture, ability->platform_id, ability->version, -1);
  serial_fixture_open_well (&fixture);
  can = fl_driver_get_capabilities (fixture.driver);
  g_assert_cmphex (can & ability->has, ==, ability->has);
  g_assert_cmphex (can & ability->lacks, ==, 0);
  if (can & FL_CAN_ENTERPRISE)
    g_assert_cmpuint (fl_driver_get_enterprise_limits (fixture.driver)->key_bytes, ==, 2047);
  else
    g_assert_null (fl_driver_get_enterprise_limits (fixture.driver));
}

static void
test_unknown_version_may_all (void)
{
  g_auto (SerialFixture) fixture = { 0 };

  serial_fixture_start (&fixture, PHOTON, "2.3.1", -1);
  g_assert_true (fl_driver_get_capabilities (fixture.driver) & FL_CAN_ENTERPRISE);
}

static void
test_companion_adds (void)
{
  const FlCapabilities more =
      FL_CAN_PROVE_CLOUD | FL_CAN_RESET | FL_CAN_IDENTIFY | FL_CAN_LISTEN | FL_CAN_REQUEST;
  g_auto (SerialFixture) fixture = { 0 };
  FlCapabilities can = 0;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  serial_fixture_open_well (&fixture);
  can = fl_driver_get_capabilities (fixture.driver);
  g_assert_cmphex (can & more, ==, more);
  g_assert_false (can & (FL_CAN_SCAN | FL_CAN_SAVE | FL_CAN_LIST_KNOWN));
}

static void
test_modules (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) modules = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", LISTENING);
  serial_fixture_open_well (&fixture);
  fl_driver_read_modules_async (fixture.driver, NULL, serial_fixture_on_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  modules = fl_driver_read_modules_finish (fixture.driver, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (modules->len, ==, 1);
}

static void
test_listens_by_rate (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDeviceInfo) info = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", -1);
  fl_serial_server_set_listening (fixture.link->server, FALSE);
  fixture.link->rate_listens = TRUE;
  info = serial_fixture_open (&fixture, &error);
  g_assert_error (error, FL_ERROR, FL_ERROR_NOT_LISTENING);
  fl_driver_listen_async (fixture.driver, TRUE, NULL, serial_fixture_on_result, &result);
  serial_fixture_finish (&fixture, &result, 0);
  g_assert_cmpstr (fixture.link->rates->str, ==, "talk listen talk ");
}

static void
test_does_not_listen_by_rate (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  serial_fixture_start (&fixture, P2, "5.8.2", -1);
  fl_serial_server_set_listening (fixture.link->server, FALSE);
  serial_fixture_connect (&fixture, 0);
  fl_driver_listen_async (fixture.driver, TRUE, NULL, serial_fixture_on_result, &result);
  serial_fixture_finish (&fixture, &result, FL_ERROR_NOT_LISTENING);
}

static void
test_listens_no_more_by_rate (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  serial_fixture_start (&fixture, P2, "6.2.0", -1);
  serial_fixture_open_well (&fixture);
  fl_driver_listen_async (fixture.driver, TRUE, NULL, serial_fixture_on_result, &result);
  serial_fixture_finish (&fixture, &result, FL_ERROR_UNSUPPORTED);
  g_assert_cmpstr (fixture.link->rates->str, ==, "");
}

static void
test_leaves_by_letter (void)
{
  g_auto (SerialFixture) fixture = { 0 };
  g_autoptr (GAsyncResult) result = NULL;

  serial_fixture_start (&fixture, PHOTON, "2.3.1", -1);
  serial_fixture_open_well (&fixture);
  fl_driver_leave_async (fixture.driver, NULL, serial_fixture_on_result, &result);
  serial_fixture_finish (&fixture, &result, 0);
  g_assert_cmpuint (fixture.link->n_left, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/serial-driver/info/by-console", test_info_by_console);
  g_test_add_func ("/serial-driver/info/by-old-console", test_info_by_old_console);
  g_test_add_func ("/serial-driver/info/byte-by-byte", test_info_in_bytes);
  g_test_add_func ("/serial-driver/info/of-any-port", test_info_of_any_port);
  g_test_add_func ("/serial-driver/info/with-companion", test_info_with_companion);
  g_test_add_func ("/serial-driver/info/running-is-not-written-to", test_running_is_not_written_to);
  g_test_add_data_func ("/serial-driver/info/silent", GINT_TO_POINTER (-1), test_silent);
  g_test_add_data_func ("/serial-driver/info/says-it-listens-and-is-silent",
                        GINT_TO_POINTER (LISTENING), test_silent);
  g_test_add_func ("/serial-driver/info/unplugged", test_unplugged_while_reading);
  g_test_add_func ("/serial-driver/info/companion-gone", test_companion_gone);
  g_test_add_data_func ("/serial-driver/open/busy", GINT_TO_POINTER (FL_ERROR_SERIAL_BUSY),
                        test_refused);
  g_test_add_data_func ("/serial-driver/open/no-permission", GINT_TO_POINTER (FL_ERROR_USB_ACCESS),
                        test_refused);
  for (int i = FL_SERIAL_SAYS_SSID; i <= FL_SERIAL_SAYS_ROOT_CA; i++)
    {
      g_autofree char *path = g_strdup_printf ("/serial-driver/stuck/question-%d", i);

      if (i != FL_SERIAL_SAYS_SECURITY)
        g_test_add_data_func (path, GINT_TO_POINTER (i), test_stuck);
    }
  g_test_add_func ("/serial-driver/stuck/freed-by-request", test_stuck_freed_by_request);
  g_test_add_func ("/serial-driver/stuck/and-deaf", test_stuck_and_deaf);
  for (gsize i = 0; i < G_N_ELEMENTS (abilities); i++)
    {
      g_autofree char *path = g_strdup_printf ("/serial-driver/abilities/%d-%s",
                                               abilities[i].platform_id, abilities[i].version);

      g_test_add_data_func (path, &abilities[i], test_abilities);
    }
  g_test_add_func ("/serial-driver/abilities/unknown-version", test_unknown_version_may_all);
  g_test_add_func ("/serial-driver/abilities/with-companion", test_companion_adds);
  g_test_add_func ("/serial-driver/modules", test_modules);
  g_test_add_func ("/serial-driver/listen/by-rate", test_listens_by_rate);
  g_test_add_func ("/serial-driver/listen/in-vain", test_does_not_listen_by_rate);
  g_test_add_func ("/serial-driver/listen/not-from-6-on", test_listens_no_more_by_rate);
  g_test_add_func ("/serial-driver/leave/by-letter", test_leaves_by_letter);
  return g_test_run ();
}
