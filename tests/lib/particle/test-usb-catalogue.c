/* SPDX-License-Identifier: Apache-2.0 */

#include <string.h>

#include "fl-usb-catalogue.h"

static void
assert_row (guint16 vendor_id,
            guint16 product_id,
            const char *product,
            int platform_id,
            FlDeviceMode mode,
            gboolean has_control_requests)
{
  const FlUsbCatalogueRow *row = fl_usb_catalogue_lookup (vendor_id, product_id);

  g_assert_nonnull (row);
  g_assert_cmpstr (row->product, ==, product);
  g_assert_cmpint (row->platform_id, ==, platform_id);
  g_assert_cmpint (row->mode, ==, mode);
  g_assert_cmpint (row->has_control_requests, ==, has_control_requests);
}

static void
devices_are_known (void)
{
  assert_row (0x2b04, 0xc006, "Photon", 6, FL_MODE_UNKNOWN, TRUE);
  assert_row (0x2b04, 0xc008, "P1", 8, FL_MODE_UNKNOWN, TRUE);
  assert_row (0x2b04, 0xc00a, "Electron", 10, FL_MODE_UNKNOWN, TRUE);
  assert_row (0x2b04, 0xc00c, "Argon", 12, FL_MODE_UNKNOWN, TRUE);
  assert_row (0x2b04, 0xc020, "P2 / Photon 2", 32, FL_MODE_UNKNOWN, TRUE);
  assert_row (0x2b04, 0xc023, "M-SoM", 35, FL_MODE_UNKNOWN, TRUE);
  assert_row (0x2b04, 0xc026, "Sulu", 38, FL_MODE_UNKNOWN, TRUE);
}

static void
bootloaders_are_in_update_mode (void)
{
  assert_row (0x2b04, 0xd006, "Photon", 6, FL_MODE_UPDATE, FALSE);
  assert_row (0x2b04, 0xd00c, "Argon", 12, FL_MODE_UPDATE, FALSE);
  assert_row (0x2b04, 0xd020, "P2 / Photon 2", 32, FL_MODE_UPDATE, FALSE);
  assert_row (0x1d50, 0x607f, "Spark Core", 0, FL_MODE_UPDATE, FALSE);
}

static void
some_have_no_control_requests (void)
{
  assert_row (0x2b04, 0xc02a, "Tachyon", 42, FL_MODE_UNKNOWN, FALSE);
  assert_row (0x1d50, 0x607d, "Spark Core", 0, FL_MODE_UNKNOWN, FALSE);
}

static void
others_are_not_known (void)
{
  g_assert_null (fl_usb_catalogue_lookup (0x2b04, 0x0000));
  g_assert_null (fl_usb_catalogue_lookup (0x2b04, 0xe00c));
  g_assert_null (fl_usb_catalogue_lookup (0x1d50, 0xc00c));
  g_assert_null (fl_usb_catalogue_lookup (0x0000, 0xc00c));
}

static void
table_is_consistent (void)
{
  guint n_rows = 0;
  const FlUsbCatalogueRow *table = fl_usb_catalogue_get_table (&n_rows);

  g_assert_cmpuint (n_rows, ==, 33);
  for (guint i = 0; i < n_rows; i++)
    {
      /* The first of its numbers: there is no second. */
      g_assert_true (fl_usb_catalogue_lookup (table[i].vendor_id, table[i].product_id) ==
                     &table[i]);
      g_assert_true (table[i].mode == FL_MODE_UNKNOWN || table[i].mode == FL_MODE_UPDATE);
      g_assert_false (table[i].mode == FL_MODE_UPDATE && table[i].has_control_requests);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/usb-catalogue/device/is-known", devices_are_known);
  g_test_add_func ("/usb-catalogue/bootloader/is-in-update-mode", bootloaders_are_in_update_mode);
  g_test_add_func ("/usb-catalogue/device/without-control-requests", some_have_no_control_requests);
  g_test_add_func ("/usb-catalogue/other/is-not-known", others_are_not_known);
  g_test_add_func ("/usb-catalogue/table/is-consistent", table_is_consistent);

  return g_test_run ();
}
