/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-device-state.h"

static void
test_state_copy_shares_no_memory (void)
{
  g_autoptr (FlDeviceState) state = fl_device_state_new ();
  g_autoptr (FlDeviceState) copy = NULL;

  state->mode = FL_MODE_LISTENING;
  state->wifi_known = state->wifi_link = TRUE;
  state->addresses = g_strsplit ("192.168.1.10 fe80::1", " ", -1);
  state->mac = g_strdup ("02:11:22:33:44:55");
  state->ssid = g_bytes_new ("Home", 4);
  state->cloud = FL_CLOUD_CONNECTED;

  copy = g_boxed_copy (FL_TYPE_DEVICE_STATE, state);
  g_clear_pointer (&state->addresses, g_strfreev);
  g_clear_pointer (&state->mac, g_free);
  g_clear_pointer (&state->ssid, g_bytes_unref);

  g_assert_cmpint (copy->mode, ==, FL_MODE_LISTENING);
  g_assert_true (copy->wifi_link);
  g_assert_cmpstr (copy->addresses[1], ==, "fe80::1");
  g_assert_cmpstr (copy->mac, ==, "02:11:22:33:44:55");
  g_assert_cmpuint (g_bytes_get_size (copy->ssid), ==, 4);
  g_assert_cmpint (copy->cloud, ==, FL_CLOUD_CONNECTED);
}

static void
test_state_copy_of_nothing_known (void)
{
  g_autoptr (FlDeviceState) state = fl_device_state_new ();
  g_autoptr (FlDeviceState) copy = fl_device_state_copy (state);

  g_assert_cmpint (copy->mode, ==, FL_MODE_UNKNOWN);
  g_assert_false (copy->wifi_known);
  g_assert_null (copy->addresses);
  g_assert_null (copy->ssid);
}

static void
test_info_copy_shares_no_memory (void)
{
  g_autoptr (FlDeviceInfo) info = fl_device_info_new ();
  g_autoptr (FlDeviceInfo) copy = NULL;

  info->device_id = g_strdup ("0a10aced202194944a04f2a1");
  info->serial = g_strdup ("P046AB12CD4F2A1");
  info->firmware = g_strdup ("6.2.0");
  info->product = g_strdup ("P2");
  info->platform_id = 32;
  info->protected_known = TRUE;

  copy = g_boxed_copy (FL_TYPE_DEVICE_INFO, info);
  g_clear_pointer (&info->device_id, g_free);
  g_clear_pointer (&info->serial, g_free);

  g_assert_cmpstr (copy->device_id, ==, "0a10aced202194944a04f2a1");
  g_assert_cmpstr (copy->serial, ==, "P046AB12CD4F2A1");
  g_assert_cmpstr (copy->firmware, ==, "6.2.0");
  g_assert_null (copy->ncp_firmware);
  g_assert_cmpint (copy->platform_id, ==, 32);
  g_assert_true (copy->protected_known);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/device-state/copy/shares-no-memory", test_state_copy_shares_no_memory);
  g_test_add_func ("/device-state/copy/of-nothing-known", test_state_copy_of_nothing_known);
  g_test_add_func ("/device-info/copy/shares-no-memory", test_info_copy_shares_no_memory);
  return g_test_run ();
}
