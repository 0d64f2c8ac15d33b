/* SPDX-License-Identifier: Apache-2.0 */
#include "control-fixture.h"

#include "fl-error.h"
#include "fl-reply-body.h"

static FlDeviceState *
read_state (ControlFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fl_driver_read_state_async (fixture->driver, NULL, control_fixture_on_result, &result);
  control_fixture_wait (&result);
  return fl_driver_read_state_finish (fixture->driver, result, error);
}

static void
answer_interfaces (ControlFixture *fixture, guint32 wifi_index, guint n_addresses)
{
  FlInterface list[3] = { { .index = 1, .name = "lo0", .type = FL_INTERFACE_LOOPBACK },
                          { .index = 3, .name = "en2", .type = FL_INTERFACE_ETHERNET },
                          { .index = wifi_index,
                            .name = "wl3",
                            .type = FL_INTERFACE_WIFI,
                            .flags = 0x41,
                            .mac = { 2, 0x11, 0x22, 0x33, 0x44, 0x55 },
                            .has_mac = TRUE,
                            .addresses = { { 192, 168, 1, 10 }, { 0xfe, 0x80, [15] = 1 } },
                            .address_sizes = { 4, 16 },
                            .n_addresses = n_addresses } };

  script_channel_forget (fixture->channel, 400);
  script_channel_forget (fixture->channel, 401);
  script_channel_answer (fixture->channel, 400, 0, fl_reply_pack_interfaces (list, 3));
  script_channel_answer (fixture->channel, 401, 0, fl_reply_pack_interface (&list[2]));
}

static void
test_state_online (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceState) first = NULL;
  g_autoptr (FlDeviceState) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) ssid = g_bytes_new_static ("MyNet", 5);
  g_autoptr (FlNetwork) network = fl_network_new (ssid, FL_SECURITY_WPA2, 36, -61);

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 0);
  answer_interfaces (&fixture, 4, 2);
  script_channel_answer (fixture.channel, 505, 0, fl_reply_pack_current (network, NULL));
  script_channel_answer (fixture.channel, 300, 0, fl_reply_pack_number (300, 2));
  first = read_state (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fixture.channel->log->str, ==, "72 400 505 300 401");
  control_fixture_assert_sent (&fixture, 401, "\x08\x04", 2);
  g_assert_cmpint (first->mode, ==, FL_MODE_RUNNING);
  g_assert_true (first->wifi_known && first->wifi_up && first->wifi_link && first->has_ipv4);
  g_assert_cmpstr (first->addresses[0], ==, "192.168.1.10");
  g_assert_cmpstr (first->addresses[1], ==, "fe80::1");
  g_assert_null (first->addresses[2]);
  g_assert_cmpstr (first->mac, ==, "02:11:22:33:44:55");
  g_assert_true (g_bytes_equal (first->ssid, ssid));
  g_assert_cmpint (first->channel, ==, 36);
  g_assert_cmpint (first->rssi_dbm, ==, -61);
  g_assert_cmpint (first->cloud, ==, FL_CLOUD_CONNECTED);

  script_channel_clear_log (fixture.channel);
  second = read_state (&fixture, &error);
  g_assert_cmpstr (fixture.channel->log->str, ==, "72 401 505 300");
  g_assert_cmpuint (fixture.channel->n_rounds, ==, 1);
}

static void
test_state_not_associated (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceState) state = NULL;
  g_autoptr (GError) error = NULL;

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 1);
  answer_interfaces (&fixture, 5, 0);
  script_channel_answer (fixture.channel, 505, -210, NULL);
  script_channel_answer (fixture.channel, 300, 0, NULL); /* empty: disconnected */
  state = read_state (&fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (state->mode, ==, FL_MODE_LISTENING);
  g_assert_true (state->wifi_known);
  g_assert_false (state->has_ipv4);
  g_assert_null (state->ssid);
  g_assert_cmpint (state->cloud, ==, FL_CLOUD_DISCONNECTED);
}

/* A device in the middle of something answers what it can. */
static void
test_state_in_part (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceState) state = NULL;
  g_autoptr (GError) error = NULL;

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 1);
  script_channel_answer (fixture.channel, 505, -110, NULL);
  script_channel_answer (fixture.channel, 300, 0, fl_secret_new ("\x08\x63", 2)); /* 99 */
  state = read_state (&fixture, &error);
  g_assert_no_error (error);
  g_assert_false (state->wifi_known);
  g_assert_cmpint (state->cloud, ==, FL_CLOUD_UNKNOWN);
  g_clear_pointer (&state, fl_device_state_free);

  script_channel_forget (fixture.channel, 72);
  script_channel_forget (fixture.channel, 300);
  g_assert_null (read_state (&fixture, &error)); /* nothing at all */
  g_assert_error (error, FL_ERROR, FL_ERROR_UNSUPPORTED);
  g_clear_error (&error);

  script_channel_answer (fixture.channel, 300, SCRIPT_LOST, NULL);
  g_assert_null (read_state (&fixture, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_LINK_LOST);
}

static void
test_interface_that_moved (void)
{
  g_auto (ControlFixture) fixture = { 0 };
  g_autoptr (FlDeviceState) state = NULL;
  FlInterface other = { .index = 4, .name = "pp3", .type = FL_INTERFACE_PPP, .flags = 0x41 };

  control_fixture_start_with_version (&fixture, P2, "6.2.0", 1);
  answer_interfaces (&fixture, 4, 1);
  fl_device_state_free (read_state (&fixture, NULL));
  script_channel_forget (fixture.channel, 401);
  script_channel_answer (fixture.channel, 401, 0, fl_reply_pack_interface (&other));
  state = read_state (&fixture, NULL);
  g_assert_false (state->wifi_known);
  g_clear_pointer (&state, fl_device_state_free);

  answer_interfaces (&fixture, 5, 1);
  script_channel_clear_log (fixture.channel);
  state = read_state (&fixture, NULL);
  g_assert_true (state->wifi_known);
  control_fixture_assert_sent (&fixture, 401, "\x08\x05", 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control-driver/state/online", test_state_online);
  g_test_add_func ("/control-driver/state/not-associated", test_state_not_associated);
  g_test_add_func ("/control-driver/state/in-part", test_state_in_part);
  g_test_add_func ("/control-driver/state/interface-that-moved", test_interface_that_moved);
  return g_test_run ();
}
