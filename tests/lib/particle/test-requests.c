/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "fl-reply-body.h"
#include "fl-requests.h"
#include "fl-result.h"

static void
assert_bytes (FlSecret *packed, const char *expected, gsize size_bytes)
{
  g_assert_cmpmem (fl_secret_get_data (packed), fl_secret_get_size (packed), expected, size_bytes);
}

static FlCredentials *
make_credentials (const char *ssid, gsize ssid_size, FlSecurity security, const char *password)
{
  g_autoptr (GBytes) name = g_bytes_new (ssid, ssid_size);
  g_autoptr (FlSecret) secret = password != NULL ? fl_secret_new_from_string (password) : NULL;

  return fl_credentials_new (name, security, secret, FALSE, NULL);
}

static void
test_table_is_in_order (void)
{
  guint n_rows = 0;
  const FlRequestInfo *rows = fl_request_get_table (&n_rows);

  g_assert_cmpuint (n_rows, >, 50);
  for (guint i = 0; i < n_rows; i++)
    {
      g_assert_true (i == 0 || rows[i - 1].type < rows[i].type);
      g_assert_true (fl_request_get_info ((guint16) rows[i].type) == &rows[i]);
      g_assert_cmpint (rows[i].request == NULL, ==, rows[i].reply == NULL);
    }
  g_assert_null (fl_request_get_info (0));
  g_assert_null (fl_request_get_info (499));
  g_assert_null (fl_request_get_info (65535));
}

/* The example of PROTOCOL.md, "Requests". */
static void
test_join_is_packed_as_documented (void)
{
  g_autoptr (FlCredentials) credentials =
      make_credentials ("MyNet", 5, FL_SECURITY_WPA2, "password");
  g_autoptr (FlSecret) packed = fl_request_pack_join (credentials, 3, FALSE);

  assert_bytes (packed,
                "\x0a\x05MyNet"                     /* ssid */
                "\x18\x03"                          /* security */
                "\x22\x0c\x08\x01\x12\x08password", /* credentials */
                23);
}

static void
test_open_join_has_no_credentials (void)
{
  g_autoptr (FlCredentials) credentials = make_credentials ("x", 1, FL_SECURITY_OPEN, "left over");
  g_autoptr (FlSecret) packed = fl_request_pack_join (credentials, 0, FALSE);

  assert_bytes (packed, "\x0a\x01x", 3);
}

static void
test_join_keeps_every_byte (void)
{
  static const char ssid[] = "\x01\xff\xc3 \"\\\n\t caf\xc3\xa9";
  static const char password[] = " \xfe\xff\x01\"\\ ends with a space ";
  g_autoptr (FlCredentials) credentials =
      make_credentials (ssid, strlen (ssid), FL_SECURITY_WPA2_WPA3, password);
  g_autoptr (FlSecret) packed = fl_request_pack_join (credentials, 6, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (FlCredentials) unpacked = NULL;
  int type = -1;

  unpacked = fl_request_unpack_join (fl_secret_get_data (packed), fl_secret_get_size (packed),
                                     &type, &error);
  g_assert_no_error (error);
  g_assert_cmpint (type, ==, 1);
  g_assert_true (
      g_bytes_equal (fl_credentials_get_ssid (unpacked), fl_credentials_get_ssid (credentials)));
  g_assert_true (fl_secret_equal (fl_credentials_get_password (unpacked),
                                  fl_credentials_get_password (credentials)));
  g_assert_cmpint (fl_credentials_get_security (unpacked), ==, FL_SECURITY_WPA2_WPA3);
  g_assert_true (fl_credentials_get_hidden (unpacked));
}

static void
test_join_of_a_device_refuses (void)
{
  static const struct
  {
    const char *data;
    gsize size_bytes;
  } bad[] = {
    { "", 0 }, /* no name */
    { "\x0a\x21"
      "0123456789012345678901234567890123",
      35 }, /* 33 bytes and a tail */
    { "\x0a\x03"
      "a\0b",
      5 }, /* NUL */
    { "\x0a\x05"
      "abc",
      5 }, /* cut short */
    { "\x0a\x01"
      "a\x12\x05"
      "12345",
      10 }, /* an address of 5 bytes */
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      int type = 0;

      g_test_message ("%u", i);
      g_assert_null (
          fl_request_unpack_join ((const guint8 *) bad[i].data, bad[i].size_bytes, &type, &error));
      g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
    }
}

static void
test_names_go_and_come (void)
{
  g_autoptr (GBytes) ssid = g_bytes_new_static ("\xff \x80", 3);
  g_autoptr (FlSecret) packed = fl_request_pack_ssid (ssid);
  g_autoptr (GBytes) unpacked =
      fl_request_unpack_ssid (fl_secret_get_data (packed), fl_secret_get_size (packed), NULL);
  g_autoptr (FlSecret) index = fl_request_pack_interface (4);
  g_autoptr (FlSecret) code = fl_request_pack_claim_code ("abc");
  g_autofree char *text =
      fl_request_unpack_claim_code (fl_secret_get_data (code), fl_secret_get_size (code), NULL);
  guint32 value = 0;

  g_assert_true (g_bytes_equal (ssid, unpacked));
  g_assert_true (fl_request_unpack_interface (fl_secret_get_data (index),
                                              fl_secret_get_size (index), &value, NULL));
  g_assert_cmpuint (value, ==, 4);
  g_assert_cmpstr (text, ==, "abc");
}

static void
test_texts_are_printable (void)
{
  g_autoptr (FlSecret) packed = fl_reply_pack_text (FL_REQUEST_GET_SYSTEM_VERSION, "6.2.0");
  g_autofree char *text =
      fl_reply_unpack_text (FL_REQUEST_GET_SYSTEM_VERSION, fl_secret_get_data (packed),
                            fl_secret_get_size (packed), NULL);
  g_autoptr (GError) error = NULL;

  assert_bytes (packed,
                "\x0a\x05"
                "6.2.0",
                7);
  g_assert_cmpstr (text, ==, "6.2.0");
  g_assert_null (fl_reply_unpack_text (FL_REQUEST_GET_DEVICE_ID, NULL, 0, &error));
  g_assert_no_error (error);
  g_assert_null (
      fl_reply_unpack_text (FL_REQUEST_GET_DEVICE_ID, (const guint8 *) "\x0a\x02\x1b[", 4, &error));
  g_assert_no_error (error);
  g_assert_null (
      fl_reply_unpack_text (FL_REQUEST_GET_DEVICE_ID, (const guint8 *) "\x0a\x7f", 2, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

static void
test_numbers (void)
{
  static const guint16 types[] = { FL_REQUEST_GET_DEVICE_MODE, FL_REQUEST_IS_CLAIMED,
                                   FL_REQUEST_CLOUD_GET_STATUS, FL_REQUEST_GET_PROTECTED_STATE };
  int value = -1;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    for (int n = 0; n <= 1; n++)
      {
        g_autoptr (FlSecret) packed = fl_reply_pack_number (types[i], n);

        g_assert_cmpuint (fl_secret_get_size (packed), ==, n == 0 ? 0 : 2);
        g_assert_true (fl_reply_unpack_number (types[i], fl_secret_get_data (packed),
                                               fl_secret_get_size (packed), &value, NULL));
        g_assert_cmpint (value, ==, n);
      }
  /* a status of later firmware survives */
  g_assert_true (fl_reply_unpack_number (FL_REQUEST_CLOUD_GET_STATUS, (const guint8 *) "\x08\x63",
                                         2, &value, NULL));
  g_assert_cmpint (value, ==, 99);
}

static void
add_network (GPtrArray *networks, const char *ssid, FlSecurity security, int channel, int rssi_dbm)
{
  g_autoptr (GBytes) name = g_bytes_new (ssid, strlen (ssid));

  g_ptr_array_add (networks, fl_network_new (name, security, channel, rssi_dbm));
}

static void
test_scan_goes_and_comes (void)
{
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) unpacked = NULL;
  g_autoptr (FlSecret) packed = NULL;

  for (int i = FL_SECURITY_OPEN; i <= FL_SECURITY_WPA2_WPA3; i++)
    add_network (networks, " \xff\xf0\x9f\x9a\x80", (FlSecurity) i, 36, -40 - i);
  add_network (networks, "", FL_SECURITY_WPA2, 1, -30);
  packed = fl_reply_pack_scan (networks);
  unpacked = fl_reply_unpack_scan (fl_secret_get_data (packed), fl_secret_get_size (packed),
                                   FL_WIFI_GEN4, NULL);

  g_assert_cmpuint (unpacked->len, ==, networks->len - 1); /* the one without a name is gone */
  for (guint i = 0; i < unpacked->len; i++)
    {
      FlNetwork *a = networks->pdata[i], *b = unpacked->pdata[i];

      g_assert_true (g_bytes_equal (fl_network_get_ssid (a), fl_network_get_ssid (b)));
      g_assert_cmpint (fl_network_get_security (a), ==, fl_network_get_security (b));
      g_assert_cmpint (fl_network_get_channel (b), ==, 36);
      g_assert_cmpint (fl_network_get_rssi (b), ==, fl_network_get_rssi (a));
    }
}

/* The example of PROTOCOL.md, "Requests", and impossible numbers. */
static void
test_scan_of_a_device (void)
{
  static const char example[] = "\x0a\x1e\x0a\x05MyNet\x12\x06\x02\x11\x22\x33\x44\x55\x18\x03\x20"
                                "\x06\x28\xc8\xff\xff\xff\xff\xff\xff\xff\xff\x01"
                                "\x0a\x0a\x0a\x01z\x18\x07\x20\xff\x0f\x28\x7f"; /* 7, 2047, 127 */
  g_autoptr (GPtrArray) networks =
      fl_reply_unpack_scan ((const guint8 *) example, sizeof example - 1, FL_WIFI_GEN4, NULL);
  FlNetwork *network = NULL;

  g_assert_nonnull (networks);
  g_assert_cmpuint (networks->len, ==, 2);
  network = networks->pdata[0];
  g_assert_cmpstr (fl_network_get_name (network), ==, "MyNet");
  g_assert_cmpint (fl_network_get_security (network), ==, FL_SECURITY_WPA2);
  g_assert_cmpint (fl_network_get_channel (network), ==, 6);
  g_assert_cmpint (fl_network_get_rssi (network), ==, -56);
  network = networks->pdata[1];
  g_assert_cmpint (fl_network_get_security (network), ==, FL_SECURITY_UNKNOWN);
  g_assert_cmpint (fl_network_get_channel (network), ==, 0);
  g_assert_cmpint (fl_network_get_rssi (network), ==, 0);
}

static void
test_argon_numbers_are_not_trusted (void)
{
  for (int value = -1; value < 12; value++)
    {
      FlSecurity argon = fl_security_from_particle (value, FL_WIFI_ARGON);
      FlSecurity gen4 = fl_security_from_particle (value, FL_WIFI_GEN4);

      g_assert_cmpint (argon == FL_SECURITY_UNKNOWN, ==, value < 0 || value > 4);
      g_assert_cmpint (gen4 == FL_SECURITY_UNKNOWN, ==, value < 0 || value > 6);
      g_assert_true (argon == gen4 || value == 5 || value == 6);
      if (gen4 != FL_SECURITY_UNKNOWN)
        g_assert_cmpint (fl_security_to_particle (gen4), ==, value);
    }
  g_assert_cmpint (fl_security_to_particle (FL_SECURITY_ENTERPRISE), ==, -1);
  g_assert_cmpint (fl_security_to_particle (FL_SECURITY_UNKNOWN), ==, 3);
}

static void
test_a_reply_of_very_many_is_cut (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GPtrArray) networks = NULL;

  for (guint i = 0; i < 13000; i++)
    g_byte_array_append (bytes, (const guint8 *) "\x0a\x03\x0a\x01z", 5);
  networks = fl_reply_unpack_scan (bytes->data, bytes->len, FL_WIFI_GEN4, NULL);
  g_assert_cmpuint (networks->len, ==, FL_REPLY_MAX_NETWORKS);

  g_byte_array_set_size (bytes, FL_MESSAGE_MAX_BYTES + 1);
  g_assert_null (fl_reply_unpack_scan (bytes->data, bytes->len, FL_WIFI_GEN4, NULL));
}

static void
test_known_and_current (void)
{
  g_autoptr (GPtrArray) networks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (FlSecret) known = NULL;
  g_autoptr (FlSecret) current = NULL;
  g_autoptr (GPtrArray) unpacked = NULL;
  g_autoptr (FlNetwork) network = NULL;
  g_autoptr (GBytes) bssid = g_bytes_new_static ("\x02\x11\x22\x33\x44\x55", 6);
  g_autoptr (GError) error = NULL;

  add_network (networks, "first", FL_SECURITY_WPA3, 11, -50);
  add_network (networks, "open", FL_SECURITY_OPEN, 0, 0);
  known = fl_reply_pack_known (networks);
  unpacked = fl_reply_unpack_known (fl_secret_get_data (known), fl_secret_get_size (known), NULL);
  g_assert_cmpuint (unpacked->len, ==, 2);
  g_assert_cmpstr (fl_network_get_name (unpacked->pdata[0]), ==, "first");
  g_assert_cmpint (fl_network_get_security (unpacked->pdata[0]), ==, FL_SECURITY_WPA3);
  g_assert_cmpint (fl_network_get_security (unpacked->pdata[1]), ==, FL_SECURITY_OPEN);

  current = fl_reply_pack_current (networks->pdata[0], bssid);
  network =
      fl_reply_unpack_current (fl_secret_get_data (current), fl_secret_get_size (current), NULL);
  g_assert_cmpstr (fl_network_get_name (network), ==, "first");
  g_assert_cmpint (fl_network_get_channel (network), ==, 11);
  g_assert_cmpint (fl_network_get_rssi (network), ==, -50);
  g_assert_null (fl_reply_unpack_current (NULL, 0, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

static void
test_interface_goes_and_comes (void)
{
  FlInterface interface = { .index = 4,
                            .name = "wl3",
                            .type = FL_INTERFACE_WIFI,
                            .flags = FL_INTERFACE_FLAG_UP | FL_INTERFACE_FLAG_LOWER_UP,
                            .mtu = 1500,
                            .mac = { 2, 0x11, 0x22, 0x33, 0x44, 0x55 },
                            .has_mac = TRUE,
                            .addresses = { { 192, 168, 1, 10 }, { 0xfe, 0x80, [15] = 1 } },
                            .address_sizes = { 4, 16 },
                            .n_addresses = 2 };
  FlInterface list[2] = { { .index = 1, .name = "lo0", .type = FL_INTERFACE_LOOPBACK }, interface };
  FlInterface got;
  g_autoptr (FlSecret) packed = fl_reply_pack_interface (&interface);
  g_autoptr (FlSecret) packed_list = fl_reply_pack_interfaces (list, 2);
  g_autofree char *v4 = NULL;
  g_autofree char *v6 = NULL;
  guint32 index = 0;

  g_assert_true (fl_reply_unpack_interface (fl_secret_get_data (packed),
                                            fl_secret_get_size (packed), &got, NULL));
  g_assert_cmpmem (&got, sizeof got, &interface, sizeof interface);
  v4 = fl_interface_dup_address (&got, 0);
  v6 = fl_interface_dup_address (&got, 1);
  g_assert_cmpstr (v4, ==, "192.168.1.10");
  g_assert_cmpstr (v6, ==, "fe80::1");

  g_assert_true (fl_reply_find_interface (fl_secret_get_data (packed_list),
                                          fl_secret_get_size (packed_list), FL_INTERFACE_WIFI,
                                          &index, NULL));
  g_assert_cmpuint (index, ==, 4);
  g_assert_true (fl_reply_find_interface (fl_secret_get_data (packed_list),
                                          fl_secret_get_size (packed_list), FL_INTERFACE_PPP,
                                          &index, NULL));
  g_assert_cmpuint (index, ==, 0);
}

static void
test_only_given_addresses_count (void)
{
  FlInterface interface = { .n_addresses = 1, .address_sizes = { 4 } };

  g_assert_false (fl_interface_has_ipv4 (&interface));
  memcpy (interface.addresses[0], "\xa9\xfe\x01\x01", 4); /* 169.254.1.1 */
  g_assert_false (fl_interface_has_ipv4 (&interface));
  memcpy (interface.addresses[0], "\x0a\x00\x00\x01", 4);
  g_assert_true (fl_interface_has_ipv4 (&interface));
  interface.address_sizes[0] = 16;
  g_assert_false (fl_interface_has_ipv4 (&interface));
}

static void
test_results (void)
{
  static const struct
  {
    int code;
    guint16 type;
    FlErrorCode error;
  } rows[] = {
    { -110, 506, FL_ERROR_DEVICE_BUSY },   { -110, 500, FL_ERROR_DEVICE_BUSY },
    { -120, 507, FL_ERROR_UNSUPPORTED },   { -130, 70, FL_ERROR_UNSUPPORTED },
    { -1801, 502, FL_ERROR_PROTECTED },    { -1802, 77, FL_ERROR_PROTECTED },
    { -250, 500, FL_ERROR_JOIN_UNCLEAR },  { -270, 500, FL_ERROR_JOIN_UNCLEAR },
    { -1200, 500, FL_ERROR_JOIN_UNCLEAR }, { -170, 500, FL_ERROR_JOIN_UNCLEAR },
    { -160, 500, FL_ERROR_JOIN_TIMEOUT },  { -160, 506, FL_ERROR_DEVICE_BUSY },
    { -210, 506, FL_ERROR_DEVICE_BUSY },   { -260, 500, FL_ERROR_UNEXPECTED },
    { -270, 507, FL_ERROR_UNEXPECTED },    { -4321, 30, FL_ERROR_UNEXPECTED },
    { -4321, 500, FL_ERROR_JOIN_UNCLEAR }, { -170, 501, FL_ERROR_JOIN_UNCLEAR },
  };

  g_assert_null (fl_result_to_error (0, 500));
  g_assert_null (fl_result_to_error (7, 500));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = fl_result_to_error (rows[i].code, rows[i].type);

      g_test_message ("%d for %u", rows[i].code, rows[i].type);
      g_assert_error (error, FL_ERROR, (int) rows[i].error);
    }
  g_assert_cmpstr (fl_result_get_name (-250), ==, "INTERNAL");
  g_assert_cmpstr (fl_result_get_name (-4321), ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/requests/table/is-in-order", test_table_is_in_order);
  g_test_add_func ("/requests/join/is-packed-as-documented", test_join_is_packed_as_documented);
  g_test_add_func ("/requests/join/open-has-no-credentials", test_open_join_has_no_credentials);
  g_test_add_func ("/requests/join/keeps-every-byte", test_join_keeps_every_byte);
  g_test_add_func ("/requests/join/device-refuses-what-cannot-be", test_join_of_a_device_refuses);
  g_test_add_func ("/requests/others/go-and-come", test_names_go_and_come);
  g_test_add_func ("/replies/text/is-printable-or-nothing", test_texts_are_printable);
  g_test_add_func ("/replies/number/zero-is-an-empty-reply", test_numbers);
  g_test_add_func ("/replies/scan/goes-and-comes", test_scan_goes_and_comes);
  g_test_add_func ("/replies/scan/impossible-numbers-are-unknown", test_scan_of_a_device);
  g_test_add_func ("/replies/scan/argon-numbers-are-not-trusted",
                   test_argon_numbers_are_not_trusted);
  g_test_add_func ("/replies/scan/very-many-are-cut", test_a_reply_of_very_many_is_cut);
  g_test_add_func ("/replies/known/goes-and-comes", test_known_and_current);
  g_test_add_func ("/replies/interface/goes-and-comes", test_interface_goes_and_comes);
  g_test_add_func ("/replies/interface/only-given-addresses-count",
                   test_only_given_addresses_count);
  g_test_add_func ("/results/errors/by-code-and-request", test_results);
  return g_test_run ();
}
