/* SPDX-License-Identifier: Apache-2.0 */

#include "fl-usb-service.h"

static void
assert_refused (const guint8 *data, gsize size_bytes)
{
  FlUsbServiceReply reply;
  g_autoptr (GError) error = NULL;

  g_assert_false (fl_usb_service_reply_decode (data, size_bytes, &reply, &error));
  g_assert_error (error, FL_ERROR, FL_ERROR_UNEXPECTED);
}

static void
reply_survives_the_wire (void)
{
  for (guint fields = 0; fields < 8; fields++)
    {
      const FlUsbServiceReply sent = {
        .status = FL_USB_STATUS_NOT_FOUND,
        .has_id = (fields & 1) != 0,
        .has_size = (fields & 2) != 0,
        .has_result = (fields & 4) != 0,
        .id = (fields & 1) != 0 ? 0xfedc : 0,
        .size_bytes = (fields & 2) != 0 ? 0x89abcdef : 0,
        .result = (fields & 4) != 0 ? G_MININT32 : 0,
      };
      g_autoptr (GBytes) bytes = fl_usb_service_reply_encode (&sent);
      g_autoptr (GError) error = NULL;
      FlUsbServiceReply got;
      gsize size_bytes = 0;
      const guint8 *data = g_bytes_get_data (bytes, &size_bytes);

      g_assert_true (fl_usb_service_reply_decode (data, size_bytes, &got, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (got.status, ==, sent.status);
      g_assert_cmpint (got.has_id, ==, sent.has_id);
      g_assert_cmpint (got.has_size, ==, sent.has_size);
      g_assert_cmpint (got.has_result, ==, sent.has_result);
      g_assert_cmpuint (got.id, ==, sent.id);
      g_assert_cmpuint (got.size_bytes, ==, sent.size_bytes);
      g_assert_cmpint (got.result, ==, sent.result);
      for (gsize shorter = 0; shorter < size_bytes; shorter++)
        assert_refused (data, shorter);
    }
}

static void
reply_without_status_is_refused (void)
{
  static const guint8 data[] = { 2, 0, 0, 0, 1, 0 };

  assert_refused (data, sizeof data);
}

static void
reply_with_bytes_to_spare_is_refused (void)
{
  static const guint8 data[] = { 1, 0, 0, 0, 0, 0, 0 };

  assert_refused (data, sizeof data);
}

static void
reply_with_unknown_fields_is_refused (void)
{
  static const guint8 low[] = { 0x11, 0, 0, 0, 0, 0 };
  static const guint8 high[] = { 1, 0, 0, 0x80, 0, 0 };

  assert_refused (low, sizeof low);
  assert_refused (high, sizeof high);
}

static void
no_reply_at_all_is_refused (void)
{
  assert_refused (NULL, 0);
}

static void
setup_is_little_endian (void)
{
  const FlUsbSetup setup = { 0xc0, 2, 0x1234, 0x5678, 0x9abc };
  static const guint8 expected[8] = { 0xc0, 2, 0x34, 0x12, 0x78, 0x56, 0xbc, 0x9a };
  FlUsbSetup back;
  guint8 packet[8];

  fl_usb_setup_encode (&setup, packet);
  g_assert_cmpmem (packet, sizeof packet, expected, sizeof expected);
  fl_usb_setup_decode (packet, &back);
  g_assert_cmpuint (back.request_type, ==, setup.request_type);
  g_assert_cmpuint (back.request, ==, setup.request);
  g_assert_cmpuint (back.value, ==, setup.value);
  g_assert_cmpuint (back.index, ==, setup.index);
  g_assert_cmpuint (back.length, ==, setup.length);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/usb-service/reply/survives-the-wire", reply_survives_the_wire);
  g_test_add_func ("/usb-service/reply/without-status-is-refused", reply_without_status_is_refused);
  g_test_add_func ("/usb-service/reply/with-bytes-to-spare-is-refused",
                   reply_with_bytes_to_spare_is_refused);
  g_test_add_func ("/usb-service/reply/with-unknown-fields-is-refused",
                   reply_with_unknown_fields_is_refused);
  g_test_add_func ("/usb-service/reply/nothing-is-refused", no_reply_at_all_is_refused);
  g_test_add_func ("/usb-service/setup/is-little-endian", setup_is_little_endian);

  return g_test_run ();
}
