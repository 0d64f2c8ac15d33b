/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-meta-finder.h"
#include "fl-serial-finder.h"
#include "fl-usb-finder.h"

#include "script-serial-bus.h"
#include "script-usb-bus.h"

#define PARTICLE 0x2b04
#define ID       "E00FCE68F2A1C0FFEE012345"
#define ID_LOWER "e00fce68f2a1c0ffee012345"

static const ScriptUsbDevice photon_usb = {
  .location = "1-2",
  .product_id = 0xc006,
  .serial_text = ID,
  .firmware = "2.3.1",
};
static const ScriptSerialPort photon_port = {
  .path = "/dev/ttyACM0",
  .stable_path = "/dev/serial/by-id/usb-Particle_Photon-if00",
  .location = "1-2",
  .vendor_id = PARTICLE,
  .product_id = 0xc006,
  .serial = ID,
};

/* Those whose firmware says nothing of itself. */
static const ScriptUsbDevice old_usb = { .location = "1-2", .product_id = 0xc006 };
static const ScriptSerialPort old_port = {
  .path = "/dev/ttyACM0",
  .location = "1-2",
  .vendor_id = PARTICLE,
  .product_id = 0xc006,
};
static const ScriptUsbDevice second_old_usb = { .location = "1-3", .product_id = 0xc006 };
static const ScriptSerialPort second_old_port = {
  .path = "/dev/ttyACM1",
  .location = "1-3",
  .vendor_id = PARTICLE,
  .product_id = 0xc006,
};

typedef struct
{
  FlClock *clock;
  ScriptSerialBus *bus;
  ScriptUsbBus *usb;
  FlFinder *finder, *usb_finder;
  GListModel *sightings;
  FlMetaFinder *meta;
  GListModel *devices;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlProduct) product = fl_product_new_factory ();

  f->clock = fl_virtual_clock_new ();
  f->bus = script_serial_bus_new (f->clock);
  f->usb = script_usb_bus_new (f->clock);
  f->finder = FL_FINDER (fl_serial_finder_new (FL_SERIAL_BUS (f->bus), f->clock, product));
  f->usb_finder = FL_FINDER (fl_usb_finder_new (FL_USB_BUS (f->usb), f->clock, product));
  f->sightings = fl_finder_get_sightings (f->finder);
  f->meta = fl_meta_finder_new (f->clock);
  fl_meta_finder_add (f->meta, f->finder);
  fl_meta_finder_add (f->meta, f->usb_finder);
  f->devices = fl_meta_finder_get_devices (f->meta);
  fl_meta_finder_start (f->meta);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_assert_finalize_object (f->meta);
  g_assert_finalize_object (f->finder);
  g_assert_finalize_object (f->usb_finder);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->bus);
  g_assert_finalize_object (f->usb);
  g_assert_finalize_object (f->clock);
}

static void
set_flag (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
run_ms (Fixture *f, guint ms)
{
  gboolean done = FALSE;

  fl_clock_add_ms (f->clock, ms, set_flag, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/* Borrowed. */
static FlRoad *
get_road (Fixture *f, guint index)
{
  g_autoptr (FlRoad) road = g_list_model_get_item (f->sightings, index);

  return road;
}

static FlDevice *
get_device (Fixture *f, guint index)
{
  g_autoptr (FlDevice) device = g_list_model_get_item (f->devices, index);

  return device;
}

static guint
count_roads (Fixture *f)
{
  return g_list_model_get_n_items (f->sightings);
}

static guint
count_devices (Fixture *f)
{
  return g_list_model_get_n_items (f->devices);
}

/* One row with both cables, which end in @location. */
static void
expect_one_row (FlDevice *device, const char *location)
{
  FlRoad *usb = fl_device_get_road (device, FL_ROAD_USB);
  FlRoad *serial = fl_device_get_road (device, FL_ROAD_SERIAL);

  g_assert_nonnull (usb);
  g_assert_nonnull (serial);
  g_assert_cmpuint (g_list_model_get_n_items (fl_device_get_roads (device)), ==, 2);
  g_assert_true (fl_road_get_reachable (usb));
  g_assert_true (fl_road_get_reachable (serial));
  g_assert_cmpstr (fl_road_get_location (usb), ==, location);
  g_assert_cmpstr (fl_road_get_location (serial), ==, location);
  g_assert_true (fl_device_get_best_road (device) == usb);
  g_assert_false (fl_device_get_has_twin (device));
}

static void
test_shows_what_udev_says (Fixture *f, gconstpointer unused)
{
  FlRoad *road;

  g_assert_cmpuint (f->bus->n_starts, ==, 1);
  script_serial_bus_plug (f->bus, &photon_port);
  g_assert_cmpuint (count_roads (f), ==, 1);
  road = get_road (f, 0);
  g_assert_cmpint ((int) fl_road_get_kind (road), ==, FL_ROAD_SERIAL);
  g_assert_cmpstr (fl_road_get_address (road), ==, "/dev/ttyACM0");
  g_assert_cmpstr (fl_road_get_location (road), ==, "1-2");
  g_assert_cmpstr (fl_road_get_device_id (road), ==, ID_LOWER);
  g_assert_cmpint (fl_road_get_platform_id (road), ==, 6);
  g_assert_cmpstr (fl_road_get_family (road), ==, "particle");
  g_assert_true (fl_road_get_reachable (road));
  g_assert_null (fl_road_get_problem (road));
  g_assert_true (fl_device_matches (get_device (f, 0), "/dev/ttyACM0"));
  g_assert_true (fl_device_matches (get_device (f, 0), photon_port.stable_path));
  g_assert_false (fl_device_matches (get_device (f, 0), "/dev/ttyACM1"));
  g_assert_cmpstr (fl_device_get_product (get_device (f, 0)), ==, "Photon");
}

static void
test_device_id_in_other_text (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *serial, *device_id;
  } texts[] = {
    { "Photon_" ID "_x", ID_LOWER },
    { "abc-" ID_LOWER, ID_LOWER },
    { "00000000001A", NULL },
    { "E00FCE68F2A1C0FFEE01234", NULL },
    { "", NULL },
    { "E00FCE68F2A1 C0FFEE012345", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      ScriptSerialPort port = photon_port;

      port.serial = texts[i].serial;
      script_serial_bus_plug (f->bus, &port);
      g_assert_cmpstr (fl_road_get_device_id (get_road (f, count_roads (f) - 1)), ==,
                       texts[i].device_id);
      script_serial_bus_unplug (f->bus, port.path);
      run_ms (f, 60 * 1000);
    }
}

static void
test_only_wifi_consoles (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    guint16 vendor_id, product_id;
    int platform_id; /* 0: not shown */
  } rows[] = {
    { PARTICLE, 0xc006, 6 },
    { PARTICLE, 0xc008, 8 },
    { PARTICLE, 0xc00c, 12 },
    { PARTICLE, 0xc016, 22 },
    { PARTICLE, 0xc020, 32 },
    { PARTICLE, 0xc023, 35 },
    { PARTICLE, 0xc00a, 0 },
    { PARTICLE, 0xc00d, 0 },
    { PARTICLE, 0xc017, 0 },
    { PARTICLE, 0xc019, 0 },
    { PARTICLE, 0xc01a, 0 },
    { PARTICLE, 0xc02a, 0 },
    { PARTICLE, 0xd006, 0 },
    { PARTICLE, 0xd020, 0 },
    { PARTICLE, 0x0001, 0 },
    { 0x1d50, 0x607d, 0 },
    { 0x1d50, 0x607f, 0 },
    { 0x0403, 0x6001, 0 },
    { 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ScriptSerialPort port = old_port;

      port.vendor_id = rows[i].vendor_id;
      port.product_id = rows[i].product_id;
      script_serial_bus_plug (f->bus, &port);
      g_assert_cmpuint (count_roads (f), ==, rows[i].platform_id != 0 ? 1 : 0);
      if (rows[i].platform_id != 0)
        g_assert_cmpint (fl_road_get_platform_id (get_road (f, 0)), ==, rows[i].platform_id);
      script_serial_bus_unplug (f->bus, port.path);
      g_assert_cmpuint (count_roads (f), ==, 0);
    }
}

static void
test_second_port_of_a_device (Fixture *f, gconstpointer unused)
{
  ScriptSerialPort second = photon_port;

  second.path = "/dev/ttyACM1";
  script_serial_bus_plug (f->bus, &photon_port);
  script_serial_bus_plug (f->bus, &second);
  g_assert_cmpuint (count_roads (f), ==, 1);
  g_assert_cmpstr (fl_road_get_address (get_road (f, 0)), ==, "/dev/ttyACM0");
  script_serial_bus_unplug (f->bus, "/dev/ttyACM1");
  g_assert_true (fl_road_get_reachable (get_road (f, 0)));
}

static void
test_back_under_another_name (Fixture *f, gconstpointer unused)
{
  ScriptSerialPort renamed = photon_port;
  g_autoptr (FlRoad) road = NULL;

  script_serial_bus_plug (f->bus, &photon_port);
  road = g_object_ref (get_road (f, 0));
  script_serial_bus_unplug (f->bus, "/dev/ttyACM0");
  g_assert_cmpuint (count_roads (f), ==, 1);
  g_assert_false (fl_road_get_reachable (road));
  g_assert_null (fl_finder_create_link (f->finder, road));
  renamed.path = "/dev/ttyACM3";
  script_serial_bus_plug (f->bus, &renamed);
  g_assert_cmpuint (count_roads (f), ==, 1);
  g_assert_true (get_road (f, 0) == road);
  g_assert_true (fl_road_get_reachable (road));
  g_assert_cmpstr (fl_road_get_address (road), ==, "/dev/ttyACM3");
  g_assert_cmpuint (count_devices (f), ==, 1);
}

static void
test_link (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) strange = fl_road_new (FL_ROAD_SERIAL, "/dev/ttyACM0");
  g_autoptr (FlLink) link = NULL;

  script_serial_bus_plug (f->bus, &photon_port);
  link = fl_meta_finder_create_link (f->meta, get_road (f, 0));
  g_assert_true (FL_IS_SERIAL_LINK (link));
  g_assert_null (fl_finder_create_link (f->finder, strange));
}

static void
test_permission (Fixture *f, gconstpointer unused)
{
  ScriptSerialPort port = photon_port;

  port.is_forbidden = TRUE;
  script_serial_bus_plug (f->bus, &port);
  g_assert_error (fl_road_get_problem (get_road (f, 0)), FL_ERROR, FL_ERROR_USB_ACCESS);
  fl_finder_repair (f->finder, FL_ACTION_TURN_ON_BLUETOOTH);
  g_assert_cmpuint (f->bus->n_rechecks, ==, 0);
  fl_finder_repair (f->finder, FL_ACTION_ADD_RULE);
  g_assert_cmpuint (f->bus->n_rechecks, ==, 1);
  g_assert_no_error (fl_road_get_problem (get_road (f, 0)));
}

static void
count_notify (guint *n)
{
  (*n)++;
}

static void
test_problem_of_the_bus (Fixture *f, gconstpointer unused)
{
  guint n = 0;

  g_signal_connect_swapped (f->finder, "notify::problem", G_CALLBACK (count_notify), &n);
  script_serial_bus_take_problem (f->bus, g_error_new (FL_ERROR, FL_ERROR_USB_PERMISSION, "test"));
  g_assert_cmpuint (n, ==, 1);
  g_assert_error (fl_finder_get_problem (f->finder), FL_ERROR, FL_ERROR_USB_PERMISSION);
}

static void
test_named_port (Fixture *f, gconstpointer unused)
{
  ScriptSerialPort port = { .path = "/dev/pts/3", .is_named = TRUE };
  g_autoptr (FlRoad) road = NULL;

  script_serial_bus_plug (f->bus, &port);
  g_assert_cmpuint (count_roads (f), ==, 1);
  road = g_object_ref (get_road (f, 0));
  g_assert_cmpstr (fl_road_get_family (road), ==, "particle");
  g_assert_cmpint (fl_road_get_platform_id (road), ==, 0);
  g_assert_null (fl_road_get_device_id (road));
  g_assert_null (fl_road_get_location (road));
  /* It reset: another terminal under the same link. */
  script_serial_bus_unplug (f->bus, "/dev/pts/3");
  g_assert_false (fl_road_get_reachable (road));
  port.path = "/dev/pts/7";
  script_serial_bus_plug (f->bus, &port);
  g_assert_true (get_road (f, 0) == road);
  g_assert_true (fl_road_get_reachable (road));
  g_assert_cmpstr (fl_road_get_address (road), ==, "/dev/pts/7");
}

static void
test_named_adapter (Fixture *f, gconstpointer unused)
{
  const ScriptSerialPort port = { .path = "/dev/ttyUSB0",
                                  .location = "1-4",
                                  .vendor_id = 0x0403,
                                  .product_id = 0x6001,
                                  .serial = ID,
                                  .is_named = TRUE };

  script_serial_bus_plug (f->bus, &port);
  g_assert_cmpuint (count_roads (f), ==, 1);
  g_assert_cmpint (fl_road_get_platform_id (get_road (f, 0)), ==, 0);
  g_assert_null (fl_road_get_device_id (get_road (f, 0))); /* that is the adapter's */
}

static void
test_product_of_another_family (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  static const char text[] = "[Product]\nid=x\nname=X\nfamilies=blynk\n";
  g_autoptr (FlProduct) product = fl_product_parse (text, sizeof text - 1, "test", NULL, &error);
  g_autoptr (FlSerialFinder) finder = NULL;

  g_assert_no_error (error);
  script_serial_bus_plug (f->bus, &photon_port);
  finder = fl_serial_finder_new (FL_SERIAL_BUS (f->bus), f->clock, product);
  g_assert_cmpuint (g_list_model_get_n_items (fl_finder_get_sightings (FL_FINDER (finder))), ==, 0);
}

static void
test_one_row_by_device_id (Fixture *f, gconstpointer unused)
{
  script_serial_bus_plug (f->bus, &photon_port);
  script_usb_bus_plug (f->usb, &photon_usb);
  run_ms (f, 1000);
  g_assert_cmpuint (count_devices (f), ==, 1);
  expect_one_row (get_device (f, 0), "1-2");
}

static void
test_one_row_by_place (Fixture *f, gconstpointer unused)
{
  script_usb_bus_plug (f->usb, &old_usb);
  script_serial_bus_plug (f->bus, &old_port);
  run_ms (f, 1000);
  g_assert_cmpuint (count_devices (f), ==, 1);
  expect_one_row (get_device (f, 0), "1-2");
}

static void
test_two_old_ones (Fixture *f, gconstpointer unused)
{
  script_usb_bus_plug (f->usb, &old_usb);
  script_usb_bus_plug (f->usb, &second_old_usb);
  script_serial_bus_plug (f->bus, &second_old_port);
  script_serial_bus_plug (f->bus, &old_port);
  run_ms (f, 1000);
  g_assert_cmpuint (count_devices (f), ==, 2);
  expect_one_row (get_device (f, 0), "1-2");
  expect_one_row (get_device (f, 1), "1-3");
}

static void
test_moved_with_device_id (Fixture *f, gconstpointer unused)
{
  ScriptUsbDevice usb = photon_usb;
  ScriptSerialPort port = photon_port;
  FlDevice *device;

  script_usb_bus_plug (f->usb, &photon_usb);
  script_serial_bus_plug (f->bus, &photon_port);
  run_ms (f, 1000);
  device = get_device (f, 0);
  /* The serial bus hears of it late. */
  script_usb_bus_unplug (f->usb, "1-2");
  usb.location = "1-4";
  script_usb_bus_plug (f->usb, &usb);
  script_serial_bus_unplug (f->bus, "/dev/ttyACM0");
  port.location = "1-4";
  port.path = "/dev/ttyACM1";
  script_serial_bus_plug (f->bus, &port);
  run_ms (f, 1000);
  g_assert_cmpuint (count_devices (f), ==, 1);
  g_assert_true (get_device (f, 0) == device);
  expect_one_row (device, "1-4");
}

static void
test_moved_without_device_id (Fixture *f, gconstpointer unused)
{
  script_usb_bus_plug (f->usb, &old_usb);
  script_serial_bus_plug (f->bus, &old_port);
  run_ms (f, 1000);
  script_usb_bus_unplug (f->usb, "1-2");
  script_usb_bus_plug (f->usb, &second_old_usb);
  script_serial_bus_unplug (f->bus, "/dev/ttyACM0");
  script_serial_bus_plug (f->bus, &second_old_port);
  run_ms (f, 60 * 1000); /* nobody can know that it is the same: a new row, the old one goes */
  g_assert_cmpuint (count_devices (f), ==, 1);
  expect_one_row (get_device (f, 0), "1-3");
}

/* Another device goes into the socket before the serial bus has heard that the first one left. */
static void
test_another_one_in_the_same_socket (Fixture *f, gconstpointer unused)
{
  static const char other_id[] = "e00fce680000000000000002";
  ScriptUsbDevice usb = photon_usb;
  ScriptSerialPort port = photon_port;
  FlDevice *first;

  script_usb_bus_plug (f->usb, &photon_usb);
  script_serial_bus_plug (f->bus, &photon_port);
  run_ms (f, 1000);
  first = get_device (f, 0);
  script_usb_bus_unplug (f->usb, "1-2");
  usb.serial_text = other_id;
  script_usb_bus_plug (f->usb, &usb);
  g_assert_cmpuint (count_devices (f), ==, 2);
  script_serial_bus_unplug (f->bus, "/dev/ttyACM0");
  port.serial = other_id;
  script_serial_bus_plug (f->bus, &port);
  g_assert_cmpuint (count_devices (f), ==, 2);
  g_assert_false (fl_device_get_reachable (first));
  g_assert_cmpstr (fl_device_get_device_id (first), ==, ID_LOWER);
  expect_one_row (get_device (f, 1), "1-2");
  g_assert_cmpstr (fl_device_get_device_id (get_device (f, 1)), ==, other_id);
  run_ms (f, 60 * 1000);
  g_assert_cmpuint (count_devices (f), ==, 1);
}

static void
test_two_swapped (Fixture *f, gconstpointer unused)
{
  ScriptUsbDevice usb[2] = { photon_usb, photon_usb };
  ScriptSerialPort ports[2] = { photon_port, photon_port };
  FlDevice *first, *second;

  usb[1].location = ports[1].location = "1-3";
  usb[1].serial_text = ports[1].serial = "e00fce680000000000000002";
  ports[1].path = "/dev/ttyACM1";
  for (guint i = 0; i < 2; i++)
    {
      script_usb_bus_plug (f->usb, &usb[i]);
      script_serial_bus_plug (f->bus, &ports[i]);
    }
  run_ms (f, 1000);
  g_assert_cmpuint (count_devices (f), ==, 2);
  first = get_device (f, 0);
  second = get_device (f, 1);
  expect_one_row (first, "1-2");
  expect_one_row (second, "1-3");

  for (guint i = 0; i < 2; i++)
    {
      script_serial_bus_unplug (f->bus, ports[i].path);
      script_usb_bus_unplug (f->usb, usb[i].location);
    }
  usb[0].location = ports[0].location = "1-3";
  usb[1].location = ports[1].location = "1-2";
  for (guint i = 2; i > 0; i--)
    {
      script_usb_bus_plug (f->usb, &usb[i - 1]);
      script_serial_bus_plug (f->bus, &ports[i - 1]);
    }
  run_ms (f, 1000);
  g_assert_cmpuint (count_devices (f), ==, 2);
  expect_one_row (first, "1-3");
  expect_one_row (second, "1-2");
  g_assert_cmpstr (fl_device_get_device_id (first), ==, ID_LOWER);
}

/* Both say of themselves that they are the same. */
static void
test_twins (Fixture *f, gconstpointer unused)
{
  ScriptUsbDevice usb = photon_usb;
  ScriptSerialPort port = photon_port;

  usb.location = port.location = "1-3";
  port.path = "/dev/ttyACM1";
  script_usb_bus_plug (f->usb, &photon_usb);
  script_usb_bus_plug (f->usb, &usb);
  script_serial_bus_plug (f->bus, &port);
  script_serial_bus_plug (f->bus, &photon_port);
  run_ms (f, 1000);
  g_assert_cmpuint (count_devices (f), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      FlDevice *device = get_device (f, i);

      g_assert_true (fl_device_get_has_twin (device));
      g_assert_cmpstr (fl_road_get_location (fl_device_get_road (device, FL_ROAD_USB)), ==,
                       fl_road_get_location (fl_device_get_road (device, FL_ROAD_SERIAL)));
    }
}

static void
test_reset_keeps_the_row (Fixture *f, gconstpointer unused)
{
  FlDevice *device;

  script_usb_bus_plug (f->usb, &photon_usb);
  script_serial_bus_plug (f->bus, &photon_port);
  run_ms (f, 1000);
  device = get_device (f, 0);
  for (guint i = 0; i < 3; i++)
    {
      script_serial_bus_unplug (f->bus, "/dev/ttyACM0");
      script_usb_bus_unplug (f->usb, "1-2");
      run_ms (f, 2000);
      g_assert_false (fl_device_get_reachable (device));
      script_serial_bus_plug (f->bus, &photon_port);
      run_ms (f, 100);
      script_usb_bus_plug (f->usb, &photon_usb);
      run_ms (f, 1000);
      g_assert_cmpuint (count_devices (f), ==, 1);
      g_assert_true (get_device (f, 0) == device);
      expect_one_row (device, "1-2");
    }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/serial-finder/sighting/shows-what-udev-says", test_shows_what_udev_says);
  ADD ("/serial-finder/sighting/device-id-in-other-text", test_device_id_in_other_text);
  ADD ("/serial-finder/sighting/only-wifi-consoles", test_only_wifi_consoles);
  ADD ("/serial-finder/sighting/second-port", test_second_port_of_a_device);
  ADD ("/serial-finder/sighting/back-under-another-name", test_back_under_another_name);
  ADD ("/serial-finder/sighting/link", test_link);
  ADD ("/serial-finder/sighting/other-family", test_product_of_another_family);
  ADD ("/serial-finder/problem/permission", test_permission);
  ADD ("/serial-finder/problem/of-the-bus", test_problem_of_the_bus);
  ADD ("/serial-finder/named/pseudo-terminal", test_named_port);
  ADD ("/serial-finder/named/adapter", test_named_adapter);
  ADD ("/serial-finder/one-row/by-device-id", test_one_row_by_device_id);
  ADD ("/serial-finder/one-row/by-place", test_one_row_by_place);
  ADD ("/serial-finder/one-row/two-old-ones", test_two_old_ones);
  ADD ("/serial-finder/one-row/moved-with-device-id", test_moved_with_device_id);
  ADD ("/serial-finder/one-row/moved-without-device-id", test_moved_without_device_id);
  ADD ("/serial-finder/one-row/another-in-same-socket", test_another_one_in_the_same_socket);
  ADD ("/serial-finder/one-row/two-swapped", test_two_swapped);
  ADD ("/serial-finder/one-row/twins", test_twins);
  ADD ("/serial-finder/one-row/reset", test_reset_keeps_the_row);
  return g_test_run ();
}
