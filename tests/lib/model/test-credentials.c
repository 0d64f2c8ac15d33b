/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-credentials.h"

#include <string.h>

static void
test_credentials_keep_what_they_were_given (void)
{
  static const guint8 address[6] = { 2, 0x11, 0x22, 0x33, 0x44, 0x55 };
  g_autoptr (GBytes) ssid = g_bytes_new_static (" Home\xff", 6);
  g_autoptr (GBytes) bssid = g_bytes_new_static (address, sizeof address);
  g_autoptr (FlSecret) password = fl_secret_new_from_string (" hunter22 ");
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, password, TRUE, bssid);

  g_assert_true (g_bytes_equal (fl_credentials_get_ssid (credentials), ssid));
  g_assert_cmpstr (fl_credentials_get_name (credentials), ==, " Home\\xff");
  g_assert_cmpint (fl_credentials_get_security (credentials), ==, FL_SECURITY_WPA2);
  g_assert_true (fl_credentials_get_password (credentials) == password);
  g_assert_true (fl_credentials_get_hidden (credentials));
  g_assert_true (g_bytes_equal (fl_credentials_get_bssid (credentials), bssid));
}

static void
test_credentials_of_open_network_have_no_password (void)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("Cafe", 4);
  FlCredentials *credentials = fl_credentials_new (ssid, FL_SECURITY_OPEN, NULL, FALSE, NULL);
  FlCredentials *copy = g_boxed_copy (FL_TYPE_CREDENTIALS, credentials);

  fl_credentials_unref (credentials);
  g_assert_null (fl_credentials_get_password (copy));
  g_assert_null (fl_credentials_get_bssid (copy));
  g_assert_false (fl_credentials_get_hidden (copy));
  g_boxed_free (FL_TYPE_CREDENTIALS, copy);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/credentials/new/keep-what-they-were-given",
                   test_credentials_keep_what_they_were_given);
  g_test_add_func ("/credentials/open-network/has-no-password",
                   test_credentials_of_open_network_have_no_password);
  return g_test_run ();
}
