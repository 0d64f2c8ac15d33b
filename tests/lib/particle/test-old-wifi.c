/* SPDX-License-Identifier: Apache-2.0 */

/* Requests 110 to 115. The bytes were put together by hand from the field numbers of
 * device-os-protobuf, control/wifi.proto. */

#include <string.h>

#include "fl-old-wifi.h"
#include "fl-reply-body.h"

static GBytes *
bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
assert_packed (FlSecret *packed, const char *wanted, gsize size_bytes)
{
  g_assert_cmpmem (fl_secret_get_data (packed), fl_secret_get_size (packed), wanted, size_bytes);
}

static FlCredentials *
unpack (FlSecret *packed, FlOldCipher *cipher)
{
  g_autoptr (GError) error = NULL;
  FlCredentials *credentials =
      fl_old_wifi_unpack_credentials (fl_secret_get_data (packed), fl_secret_get_size (packed),
                                      cipher, &error);

  g_assert_no_error (error);
  return credentials;
}

static void
test_personal (void)
{
  static const char wanted[] = "\x0a\x15"          /* ap */
                               "\x0a\x05MyNet"     /* ssid */
                               "\x18\x03\x20\x01"  /* WPA2, AES */
                               "\x42\x08password"; /* password */
  g_autoptr (GBytes) ssid = bytes ("MyNet");
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("password");
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_WPA2, password, FALSE, NULL);
  g_autoptr (FlSecret) packed = fl_old_wifi_pack_credentials (credentials, FL_OLD_CIPHER_AES);
  g_autoptr (FlCredentials) back = NULL;
  FlOldCipher cipher = FL_OLD_CIPHER_NONE;

  assert_packed (packed, wanted, sizeof wanted - 1);
  back = unpack (packed, &cipher);
  g_assert_cmpint (cipher, ==, FL_OLD_CIPHER_AES);
  g_assert_true (g_bytes_equal (fl_credentials_get_ssid (back), ssid));
  g_assert_cmpint (fl_credentials_get_security (back), ==, FL_SECURITY_WPA2);
  g_assert_true (fl_secret_equal (fl_credentials_get_password (back), password));
  g_assert_null (fl_credentials_get_enterprise (back));
}

static void
test_open (void)
{
  g_autoptr (GBytes) ssid = bytes ("MyNet");
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("left over");
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new (ssid, FL_SECURITY_OPEN, password, FALSE, NULL);
  g_autoptr (FlSecret) packed = fl_old_wifi_pack_credentials (credentials, FL_OLD_CIPHER_NONE);

  assert_packed (packed, "\x0a\x07\x0a\x05MyNet", 9);
}

static void
test_peap (void)
{
  static const char wanted[] = "\x0a\x23" /* ap */
                               "\x0a\x03"
                               "edu"            /* ssid */
                               "\x18\x05"       /* WPA2-Enterprise */
                               "\x42\x06secret" /* password */
                               "\x48\x19"       /* PEAP */
                               "\x52\x05me@ed"  /* inner identity */
                               "\x5a\x04"
                               "@edu"         /* outer identity */
                               "\x72\x03-CA"; /* certificate authority */
  g_autoptr (GBytes) ssid = bytes ("edu");
  g_autoptr (GBytes) ca = bytes ("-CA");
  g_autoptr (FlSecret) password = fl_secret_new_from_string ("secret");
  g_autoptr (FlEnterprise) enterprise =
      fl_enterprise_new (FL_EAP_PEAP, "me@ed", "@edu", ca, NULL, NULL);
  g_autoptr (FlCredentials) credentials =
      fl_credentials_new_enterprise (ssid, enterprise, password);
  g_autoptr (FlSecret) packed = fl_old_wifi_pack_credentials (credentials, FL_OLD_CIPHER_NONE);
  g_autoptr (FlCredentials) back = NULL;
  const FlEnterprise *read = NULL;
  FlOldCipher cipher = FL_OLD_CIPHER_AES;

  assert_packed (packed, wanted, sizeof wanted - 1);
  back = unpack (packed, &cipher);
  read = fl_credentials_get_enterprise (back);
  g_assert_cmpint (cipher, ==, FL_OLD_CIPHER_NONE);
  g_assert_cmpint (fl_credentials_get_security (back), ==, FL_SECURITY_ENTERPRISE);
  g_assert_cmpint (fl_enterprise_get_method (read), ==, FL_EAP_PEAP);
  g_assert_cmpstr (fl_enterprise_get_identity (read), ==, "me@ed");
  g_assert_cmpstr (fl_enterprise_get_anonymous_identity (read), ==, "@edu");
  g_assert_true (g_bytes_equal (fl_enterprise_get_ca_certificate (read), ca));
  g_assert_null (fl_enterprise_get_client_certificate (read));
  g_assert_null (fl_enterprise_get_private_key (read));
}

static void
test_tls (void)
{
  static const char wanted[] = "\x0a\x14" /* ap */
                               "\x0a\x03"
                               "edu"         /* ssid */
                               "\x18\x05"    /* WPA2-Enterprise */
                               "\x48\x0d"    /* TLS */
                               "\x62\x03KEY" /* private key */
                               "\x6a\x04"
                               "CERT"; /* certificate */
  g_autoptr (GBytes) ssid = bytes ("edu");
  g_autoptr (GBytes) certificate = bytes ("CERT");
  g_autoptr (FlSecret) key = fl_secret_new_from_string ("KEY");
  g_autoptr (FlEnterprise) enterprise =
      fl_enterprise_new (FL_EAP_TLS, NULL, NULL, NULL, certificate, key);
  g_autoptr (FlCredentials) credentials = fl_credentials_new_enterprise (ssid, enterprise, NULL);
  g_autoptr (FlSecret) packed = fl_old_wifi_pack_credentials (credentials, FL_OLD_CIPHER_NONE);
  g_autoptr (FlCredentials) back = NULL;
  const FlEnterprise *read = NULL;
  FlOldCipher cipher = FL_OLD_CIPHER_NONE;

  assert_packed (packed, wanted, sizeof wanted - 1);
  back = unpack (packed, &cipher);
  read = fl_credentials_get_enterprise (back);
  g_assert_cmpint (fl_enterprise_get_method (read), ==, FL_EAP_TLS);
  g_assert_null (fl_enterprise_get_identity (read));
  g_assert_true (g_bytes_equal (fl_enterprise_get_client_certificate (read), certificate));
  g_assert_true (fl_secret_equal (fl_enterprise_get_private_key (read), key));
  g_assert_null (fl_credentials_get_password (back));
}

static void
test_names_that_cannot_be (void)
{
  static const struct
  {
    const char *data;
    gsize size_bytes;
  } bad[] = {
    { "", 0 },
    { "\x0a\x00", 2 },
    { "\x0a\x02\x0a\x00", 4 },
    { "\x0a\x05\x0a\x03"
      "a\0b",
      7 },
    { "\x0a\x23\x0a\x21"
      "123456789012345678901234567890123",
      37 },
    { "\x0a\x7f", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      FlOldCipher cipher = FL_OLD_CIPHER_AES;

      g_assert_null (fl_old_wifi_unpack_credentials ((const guint8 *) bad[i].data,
                                                     bad[i].size_bytes, &cipher, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
      g_assert_cmpint (cipher, ==, FL_OLD_CIPHER_NONE);
    }
}

static void
test_scan_recorded (void)
{
  static const char reply[] = "\x0a\x3e" /* list */
                              "\x0a\x23" /* ap */
                              "\x0a\x05MyNet\x12\x06\x02\x11\x22\x33\x44\x55"
                              "\x18\x03\x20\x01\x28\x06\x30\x82\x01" /* WPA2, AES, channel 6, 130 */
                              "\x38\xc8\xff\xff\xff\xff\xff\xff\xff\xff\x01"
                              "\x0a\x09\x0a\x03"
                              "edu\x18\x05\x28\x0b"          /* WPA2-Enterprise, channel 11 */
                              "\x0a\x05\x18\xff\x01\x28\x01" /* no name */
                              "\x0a\x05\x0a\x03"
                              "old";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) networks =
      fl_old_wifi_unpack_networks ((const guint8 *) reply, sizeof reply - 1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (networks->len, ==, 3);
  g_assert_cmpstr (fl_network_get_name (networks->pdata[0]), ==, "MyNet");
  g_assert_cmpint (fl_network_get_security (networks->pdata[0]), ==, FL_SECURITY_WPA2);
  g_assert_cmpint (fl_network_get_channel (networks->pdata[0]), ==, 6);
  g_assert_cmpint (fl_network_get_rssi (networks->pdata[0]), ==, -56);
  g_assert_cmpstr (fl_network_get_name (networks->pdata[1]), ==, "edu");
  g_assert_cmpint (fl_network_get_security (networks->pdata[1]), ==, FL_SECURITY_ENTERPRISE);
  g_assert_cmpint (fl_network_get_security (networks->pdata[2]), ==, FL_SECURITY_OPEN);
}

static void
test_networks_there_and_back (void)
{
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (FlSecret) packed = NULL;

  for (int i = 0; i <= FL_SECURITY_UNKNOWN; i++)
    {
      g_autofree char *name = g_strdup_printf ("net %d", i);
      g_autoptr (GBytes) ssid = bytes (name);

      g_ptr_array_add (networks, fl_network_new (ssid, (FlSecurity) i, 11, -40 - i));
    }
  packed = fl_old_wifi_pack_networks (networks);
  back =
      fl_old_wifi_unpack_networks (fl_secret_get_data (packed), fl_secret_get_size (packed), NULL);
  g_assert_cmpuint (back->len, ==, networks->len);
  for (guint i = 0; i < back->len; i++)
    {
      FlSecurity security = fl_network_get_security (networks->pdata[i]);
      int number = fl_old_wifi_security_to_particle (security);

      g_assert_cmpstr (fl_network_get_name (back->pdata[i]), ==,
                       fl_network_get_name (networks->pdata[i]));
      g_assert_cmpint (fl_network_get_rssi (back->pdata[i]), ==, -40 - (int) i);
      g_assert_cmpint (fl_network_get_security (back->pdata[i]), ==,
                       fl_old_wifi_security_from_particle (number));
    }
}

static void
test_no_networks (void)
{
  g_autoptr (GPtrArray) none = fl_old_wifi_unpack_networks (NULL, 0, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (fl_old_wifi_unpack_networks ((const guint8 *) "\x0a\x09", 2, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

static void
test_too_many_networks (void)
{
  g_autoptr (GByteArray) list = g_byte_array_new ();
  g_autoptr (GByteArray) reply = g_byte_array_new ();
  g_autoptr (GPtrArray) networks = NULL;
  guint8 size[] = { 0x0a, 0x80 | (6000 & 0x7f), 6000 >> 7 };

  for (guint i = 0; i < 1200; i++)
    g_byte_array_append (list, (const guint8 *) "\x0a\x03\x0a\x01x", 5);
  g_byte_array_append (reply, size, sizeof size);
  g_byte_array_append (reply, list->data, list->len);
  networks = fl_old_wifi_unpack_networks (reply->data, reply->len, NULL);
  g_assert_nonnull (networks);
  g_assert_cmpuint (networks->len, ==, FL_REPLY_MAX_NETWORKS);
}

static void
test_antenna (void)
{
  g_autoptr (FlSecret) packed = fl_old_wifi_pack_antenna (FL_OLD_ANTENNA_EXTERNAL);
  FlOldAntenna antenna = FL_OLD_ANTENNA_AUTO;

  assert_packed (packed, "\x08\x02", 2);
  g_assert_true (fl_old_wifi_unpack_antenna ((const guint8 *) "\x08\x03", 2, &antenna, NULL));
  g_assert_cmpint (antenna, ==, FL_OLD_ANTENNA_AUTO);
  g_assert_true (fl_old_wifi_unpack_antenna ((const guint8 *) "\x08\x09", 2, &antenna, NULL));
  g_assert_cmpint (antenna, ==, FL_OLD_ANTENNA_NONE);
  g_assert_false (fl_old_wifi_unpack_antenna ((const guint8 *) "\x08", 1, &antenna, NULL));
}

static void
test_wpa3 (void)
{
  g_assert_cmpint (fl_old_wifi_security_to_particle (FL_SECURITY_WPA3), ==, -1);
  g_assert_cmpint (fl_old_wifi_security_to_particle (FL_SECURITY_WPA2_WPA3), ==, 3);
  g_assert_cmpint (fl_old_wifi_security_from_particle (4), ==, FL_SECURITY_ENTERPRISE);
  g_assert_cmpint (fl_old_wifi_security_from_particle (-1), ==, FL_SECURITY_UNKNOWN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/old-wifi/credentials/personal", test_personal);
  g_test_add_func ("/old-wifi/credentials/open-sends-no-password", test_open);
  g_test_add_func ("/old-wifi/credentials/peap", test_peap);
  g_test_add_func ("/old-wifi/credentials/tls", test_tls);
  g_test_add_func ("/old-wifi/credentials/refuses-names-that-cannot-be", test_names_that_cannot_be);
  g_test_add_func ("/old-wifi/networks/reads-a-scan", test_scan_recorded);
  g_test_add_func ("/old-wifi/networks/there-and-back", test_networks_there_and_back);
  g_test_add_func ("/old-wifi/networks/none", test_no_networks);
  g_test_add_func ("/old-wifi/networks/bounded", test_too_many_networks);
  g_test_add_func ("/old-wifi/antenna/there-and-back", test_antenna);
  g_test_add_func ("/old-wifi/security/no-wpa3", test_wpa3);
  return g_test_run ();
}
