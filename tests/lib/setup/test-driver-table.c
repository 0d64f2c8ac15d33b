/* SPDX-License-Identifier: Apache-2.0 */

#include "../particle/usb-device-link.h"
#include "fl-control-driver.h"
#include "fl-dfu-driver.h"
#include "fl-driver-table.h"
#include "fl-error.h"

static FlDriver *
create (FlRoadKind kind, const char *family, FlDeviceMode mode, GError **error)
{
  g_autoptr (FlClock) clock = fl_virtual_clock_new ();
  g_autoptr (UsbDeviceLink) link = usb_device_link_new (clock);
  g_autoptr (FlRoad) road = fl_road_new (kind, "1-2");
  const FlDriverContext context = { .clock = clock };

  fl_road_set_family (road, family);
  fl_road_set_mode (road, mode);
  return fl_driver_table_create (&context, road, FL_LINK (link), error);
}

static void
usb_has_control_requests (void)
{
  static const FlDeviceMode modes[] = { FL_MODE_UNKNOWN, FL_MODE_RUNNING, FL_MODE_LISTENING,
                                        FL_MODE_SAFE };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FlDriver) driver = create (FL_ROAD_USB, "particle", modes[i], &error);

      g_assert_no_error (error);
      g_assert_true (FL_IS_CONTROL_DRIVER (driver));
    }
}

static void
update_mode_has_its_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FlDriver) driver = create (FL_ROAD_USB, "particle", FL_MODE_UPDATE, &error);

  g_assert_no_error (error);
  g_assert_true (FL_IS_DFU_DRIVER (driver));
}

static void
others_are_unsupported (void)
{
  g_autoptr (GError) family_error = NULL;
  g_autoptr (GError) kind_error = NULL;

  g_assert_null (create (FL_ROAD_USB, "toaster", FL_MODE_RUNNING, &family_error));
  g_assert_error (family_error, FL_ERROR, FL_ERROR_UNSUPPORTED);
  g_assert_null (create (FL_ROAD_ACCESS_POINT, "particle", FL_MODE_RUNNING, &kind_error));
  g_assert_error (kind_error, FL_ERROR, FL_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/driver-table/usb/has-control-requests", usb_has_control_requests);
  g_test_add_func ("/driver-table/usb/update-mode-has-its-own", update_mode_has_its_own);
  g_test_add_func ("/driver-table/other/is-unsupported", others_are_unsupported);

  return g_test_run ();
}
