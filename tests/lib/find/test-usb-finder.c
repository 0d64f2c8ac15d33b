/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-meta-finder.h"
#include "fl-usb-finder.h"

#include "hand-finder.h"
#include "script-usb-bus.h"

#include <string.h>

#define P2_ID        "0A10ACED202194944A4F2A1C"
#define P2_ID_LOWER  "0a10aced202194944a4f2a1c"
#define P2_SERIAL    "P046AB12C4F2A1C"
#define ARGON_ID     "e00fce68f2a1c0ffee012345"
#define ARGON_SERIAL "ARNKAB12C77XY34"

static const ScriptUsbDevice p2 = {
  .location = "1-2",
  .product_id = 0xc020,
  .serial_text = P2_ID,
  .product = "P2",
  .serial = P2_SERIAL,
  .firmware = "6.2.0",
  .mode = 1,
};

static const ScriptUsbDevice argon = {
  .location = "1-3",
  .product_id = 0xc00c,
  .serial_text = ARGON_ID,
  .product = "Argon",
  .serial = ARGON_SERIAL,
  .firmware = "5.9.0",
};

typedef struct
{
  FlClock *clock;
  ScriptUsbBus *bus;
  FlFinder *finder;
  FlHandFinder *bluetooth;
  GListModel *sightings;
  FlMetaFinder *meta;
  GListModel *devices;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlProduct) product = fl_product_new_factory ();

  f->clock = fl_virtual_clock_new ();
  f->bus = script_usb_bus_new (f->clock);
  f->finder = FL_FINDER (fl_usb_finder_new (FL_USB_BUS (f->bus), f->clock, product));
  f->sightings = fl_finder_get_sightings (f->finder);
  f->meta = fl_meta_finder_new (f->clock);
  f->bluetooth = g_object_new (FL_TYPE_HAND_FINDER, NULL);
  fl_meta_finder_add (f->meta, f->finder);
  fl_meta_finder_add (f->meta, FL_FINDER (f->bluetooth));
  f->devices = fl_meta_finder_get_devices (f->meta);
  fl_meta_finder_start (f->meta);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_assert_finalize_object (f->meta);
  g_assert_finalize_object (f->bluetooth);
  g_assert_finalize_object (f->finder);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (f->bus->n_open, ==, 0);
  g_assert_finalize_object (f->bus);
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

static FlRoad *
hear_bluetooth (const char *name, const char *code, int platform_id)
{
  FlRoad *road = fl_road_new (FL_ROAD_BLUETOOTH, "AA:BB:CC:DD:EE:FF");

  fl_road_set_name (road, name);
  fl_road_set_setup_code (road, code);
  fl_road_set_platform_id (road, platform_id);
  fl_road_set_signal_dbm (road, -50);
  return road;
}

static void
test_shows_at_once (Fixture *f, gconstpointer unused)
{
  FlRoad *road;

  script_usb_bus_plug (f->bus, &p2);
  g_assert_cmpuint (g_list_model_get_n_items (f->sightings), ==, 1);
  road = get_road (f, 0);
  g_assert_cmpint ((int) fl_road_get_kind (road), ==, FL_ROAD_USB);
  g_assert_cmpstr (fl_road_get_address (road), ==, "1-2");
  g_assert_cmpstr (fl_road_get_device_id (road), ==, P2_ID_LOWER);
  g_assert_cmpint (fl_road_get_platform_id (road), ==, 32);
  g_assert_cmpstr (fl_road_get_name (road), ==, "P2-4F2A1C");
  g_assert_true (fl_road_get_reachable (road));
  g_assert_null (fl_road_get_problem (road));
  g_assert_cmpuint (f->bus->n_transfers, ==, 0);
  g_assert_cmpstr (fl_device_get_ending (get_device (f, 0)), ==, "4F2A1C");
}

static void
test_asks_who_it_is (Fixture *f, gconstpointer unused)
{
  FlRoad *road;

  script_usb_bus_plug (f->bus, &p2);
  run_ms (f, 1000);
  road = get_road (f, 0);
  g_assert_cmpstr (fl_road_get_serial (road), ==, P2_SERIAL);
  g_assert_cmpstr (fl_road_get_firmware (road), ==, "6.2.0");
  g_assert_cmpint ((int) fl_road_get_mode (road), ==, FL_MODE_LISTENING);
  g_assert_cmpuint (f->bus->n_open, ==, 0);
  g_assert_cmpuint (f->bus->n_opened, ==, 1);
}

/* No timer runs, and nothing is said, while nothing happens. */
static void
test_does_not_poll (Fixture *f, gconstpointer unused)
{
  guint n_transfers;

  script_usb_bus_plug (f->bus, &p2);
  run_ms (f, 1000);
  n_transfers = f->bus->n_transfers;
  run_ms (f, 60 * 1000);
  g_assert_cmpuint (f->bus->n_transfers, ==, n_transfers);
}

static void
test_other_vendor (Fixture *f, gconstpointer unused)
{
  static const ScriptUsbDevice mouse = { .location = "1-9", .product_id = 0x0001 };

  script_usb_bus_plug (f->bus, &mouse);
  g_assert_cmpuint (g_list_model_get_n_items (f->sightings), ==, 0);
  script_usb_bus_unplug (f->bus, "1-9");
}

/* Protected devices refuse; that is no problem of the road. */
static void
test_refuses_to_say (Fixture *f, gconstpointer unused)
{
  static const ScriptUsbDevice shy = {
    .location = "1-2", .product_id = 0xc020, .serial_text = P2_ID, .refusal = -1801
  };

  script_usb_bus_plug (f->bus, &shy);
  run_ms (f, 10 * 1000);
  g_assert_null (fl_road_get_problem (get_road (f, 0)));
  g_assert_null (fl_road_get_serial (get_road (f, 0)));
  g_assert_cmpint ((int) fl_road_get_mode (get_road (f, 0)), ==, FL_MODE_UNKNOWN);
  g_assert_cmpuint (f->bus->n_open, ==, 0);
}

static void
test_never_answers (Fixture *f, gconstpointer unused)
{
  static const ScriptUsbDevice deaf = {
    .location = "1-2", .product_id = 0xc020, .serial_text = P2_ID, .is_silent = TRUE
  };

  script_usb_bus_plug (f->bus, &deaf);
  script_usb_bus_plug (f->bus, &argon);
  run_ms (f, 1000);
  g_assert_cmpstr (fl_road_get_serial (get_road (f, 1)), ==, ARGON_SERIAL);
  run_ms (f, 20 * 1000);
  g_assert_null (fl_road_get_problem (get_road (f, 0)));
  g_assert_cmpuint (f->bus->n_open, ==, 0);
}

static void
test_update_mode (Fixture *f, gconstpointer unused)
{
  static const ScriptUsbDevice bootloader = {
    .location = "1-2", .product_id = 0xd020, .serial_text = P2_ID, .product = "P2 DFU Mode"
  };
  FlRoad *road;

  script_usb_bus_plug (f->bus, &bootloader);
  run_ms (f, 1000);
  road = get_road (f, 0);
  g_assert_cmpint ((int) fl_road_get_mode (road), ==, FL_MODE_UPDATE);
  g_assert_error (fl_road_get_problem (road), FL_ERROR, FL_ERROR_UPDATE_MODE);
  g_assert_error (fl_device_get_problem (get_device (f, 0)), FL_ERROR, FL_ERROR_UPDATE_MODE);
  g_assert_cmpuint (f->bus->n_opened, ==, 0);

  /* Out of it, it is the same road, and asked. */
  script_usb_bus_unplug (f->bus, "1-2");
  script_usb_bus_plug (f->bus, &p2);
  g_assert_true (get_road (f, 0) == road);
  g_assert_cmpuint (g_list_model_get_n_items (f->sightings), ==, 1);
  g_assert_null (fl_road_get_problem (road));
  run_ms (f, 1000);
  g_assert_cmpstr (fl_road_get_serial (road), ==, P2_SERIAL);

  script_usb_bus_unplug (f->bus, "1-2");
  script_usb_bus_plug (f->bus, &bootloader);
  g_assert_true (get_road (f, 0) == road);
  g_assert_error (fl_road_get_problem (road), FL_ERROR, FL_ERROR_UPDATE_MODE);
}

static void
test_access_refused (Fixture *f, gconstpointer unused)
{
  FlUsbPort *port = script_usb_bus_plug (f->bus, &p2);

  fl_usb_port_take_problem (port, g_error_new (FL_ERROR, FL_ERROR_USB_ACCESS, "no rule"));
  run_ms (f, 1000);
  g_assert_error (fl_road_get_problem (get_road (f, 0)), FL_ERROR, FL_ERROR_USB_ACCESS);

  fl_finder_repair (f->finder, FL_ACTION_ADD_RULE);
  g_assert_cmpuint (f->bus->n_rechecks, ==, 1);
  run_ms (f, 1000);
  g_assert_null (fl_road_get_problem (get_road (f, 0)));
  g_assert_cmpstr (fl_road_get_serial (get_road (f, 0)), ==, P2_SERIAL);
}

/* The bus cannot know that before somebody opens it. */
static void
test_claimed_elsewhere (Fixture *f, gconstpointer unused)
{
  ScriptUsbDevice claimed = p2;

  claimed.refused = FL_ERROR_USB_CLAIMED;
  script_usb_bus_plug (f->bus, &claimed);
  run_ms (f, 1000);
  g_assert_error (fl_road_get_problem (get_road (f, 0)), FL_ERROR, FL_ERROR_USB_CLAIMED);
  run_ms (f, 10 * 1000);

  claimed.refused = 0;
  fl_finder_repair (f->finder, FL_ACTION_TRY_AGAIN);
  g_assert_null (fl_road_get_problem (get_road (f, 0)));
  run_ms (f, 1000);
  g_assert_cmpstr (fl_road_get_serial (get_road (f, 0)), ==, P2_SERIAL);
  script_usb_bus_unplug (f->bus, "1-2");
}

static void
test_bus_problem (Fixture *f, gconstpointer unused)
{
  g_assert_null (fl_finder_get_problem (f->finder));
  script_usb_bus_take_problem (f->bus, g_error_new (FL_ERROR, FL_ERROR_USB_PERMISSION, "sandbox"));
  g_assert_error (fl_finder_get_problem (f->finder), FL_ERROR, FL_ERROR_USB_PERMISSION);
  script_usb_bus_take_problem (f->bus, NULL);
  g_assert_null (fl_finder_get_problem (f->finder));
}

/* Two conversations at once would end each other's requests. */
static void
test_link_ends_the_probe (Fixture *f, gconstpointer unused)
{
  FlRoad *road;
  FlLink *link;
  guint n_transfers;

  script_usb_bus_plug (f->bus, &p2);
  road = get_road (f, 0);
  run_ms (f, 5); /* in the middle of it */
  g_assert_cmpuint (f->bus->n_open, ==, 1);
  link = fl_finder_create_link (f->finder, road);
  g_assert_cmpuint (f->bus->n_open, ==, 0);
  n_transfers = f->bus->n_transfers;
  run_ms (f, 20 * 1000);
  g_assert_cmpuint (f->bus->n_transfers, ==, n_transfers);
  g_assert_null (fl_road_get_serial (road));

  /* Nobody wants it any more: what was not said yet is asked. */
  g_assert_finalize_object (link);
  run_ms (f, 1000);
  g_assert_cmpstr (fl_road_get_serial (road), ==, P2_SERIAL);
}

static void
test_no_link_to_what_is_unplugged (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) other = fl_road_new (FL_ROAD_USB, "1-2");

  script_usb_bus_plug (f->bus, &p2);
  run_ms (f, 1000);
  g_assert_null (fl_finder_create_link (f->finder, other));
  script_usb_bus_unplug (f->bus, "1-2");
  g_assert_false (fl_road_get_reachable (get_road (f, 0)));
  g_assert_null (fl_finder_create_link (f->finder, get_road (f, 0)));
}

static void
test_unplugged_while_asked (Fixture *f, gconstpointer unused)
{
  for (guint ms = 0; ms < 20; ms++)
    {
      script_usb_bus_plug (f->bus, &p2);
      run_ms (f, ms);
      script_usb_bus_unplug (f->bus, "1-2");
      g_assert_cmpuint (f->bus->n_open, ==, 0);
      g_assert_cmpuint (g_list_model_get_n_items (f->sightings), ==, 1);
    }
  script_usb_bus_plug (f->bus, &p2);
  run_ms (f, 1000);
  g_assert_cmpstr (fl_road_get_serial (get_road (f, 0)), ==, P2_SERIAL);
}

static void
test_other_socket (Fixture *f, gconstpointer unused)
{
  ScriptUsbDevice elsewhere = p2;
  FlRoad *road;
  FlDevice *device;

  elsewhere.location = "3-1.4";
  script_usb_bus_plug (f->bus, &p2);
  run_ms (f, 1000);
  road = get_road (f, 0);
  device = get_device (f, 0);
  script_usb_bus_unplug (f->bus, "1-2");
  script_usb_bus_plug (f->bus, &elsewhere);
  g_assert_cmpuint (g_list_model_get_n_items (f->sightings), ==, 1);
  g_assert_true (get_road (f, 0) == road);
  g_assert_cmpstr (fl_road_get_address (road), ==, "3-1.4");
  g_assert_true (fl_road_get_reachable (road));
  g_assert_true (get_device (f, 0) == device);
  run_ms (f, 1000);
  script_usb_bus_unplug (f->bus, "3-1.4");
}

/* Another device where one was. */
static void
test_other_device_in_the_socket (Fixture *f, gconstpointer unused)
{
  ScriptUsbDevice other = argon;

  other.location = "1-2";
  script_usb_bus_plug (f->bus, &p2);
  run_ms (f, 1000);
  script_usb_bus_unplug (f->bus, "1-2");
  script_usb_bus_plug (f->bus, &other);
  g_assert_cmpuint (g_list_model_get_n_items (f->sightings), ==, 2);
  g_assert_false (fl_road_get_reachable (get_road (f, 0)));
  run_ms (f, 1000);
  g_assert_cmpstr (fl_road_get_serial (get_road (f, 1)), ==, ARGON_SERIAL);
  g_assert_cmpuint (g_list_model_get_n_items (f->devices), ==, 2);
  script_usb_bus_unplug (f->bus, "1-2");
}

static void
test_without_serial_text (Fixture *f, gconstpointer unused)
{
  static const ScriptUsbDevice nameless = { .location = "1-2",
                                            .product_id = 0xc020,
                                            .firmware = "6.2.0" };

  script_usb_bus_plug (f->bus, &nameless);
  g_assert_cmpuint (g_list_model_get_n_items (f->sightings), ==, 1);
  g_assert_null (fl_road_get_device_id (get_road (f, 0)));
  script_usb_bus_unplug (f->bus, "1-2");
  g_assert_cmpuint (g_list_model_get_n_items (f->sightings), ==, 0);
}

/* Hostile and broken texts name nobody. */
static void
test_odd_serial_texts (Fixture *f, gconstpointer unused)
{
  static const char *const odd[] = { "", "0123", "zz10aced202194944a4f2a1c",
                                     "0a10aced202194944a4f2a1c00" };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      ScriptUsbDevice device = p2;

      device.serial_text = odd[i];
      device.serial = "P046AB12CXXXXXX"; /* what a device without serial number says */
      script_usb_bus_plug (f->bus, &device);
      run_ms (f, 1000);
      g_assert_null (fl_road_get_device_id (get_road (f, i)));
      g_assert_null (fl_road_get_serial (get_road (f, i)));
      script_usb_bus_unplug (f->bus, "1-2");
    }
}

/* Both at the same time: two rows, also when both answer with the same serial number. */
static void
test_same_serial_twice (Fixture *f, gconstpointer unused)
{
  ScriptUsbDevice twin = p2;
  FlDevice *first, *second;

  twin.location = "1-4";
  script_usb_bus_plug (f->bus, &p2);
  script_usb_bus_plug (f->bus, &twin);
  run_ms (f, 1000);
  g_assert_cmpuint (g_list_model_get_n_items (f->sightings), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (f->devices), ==, 2);
  first = get_device (f, 0);
  second = get_device (f, 1);
  g_assert_true (fl_device_get_has_twin (first));
  g_assert_true (fl_device_get_has_twin (second));

  /* A reset of one leaves both where they are. */
  script_usb_bus_unplug (f->bus, "1-2");
  run_ms (f, 2000);
  script_usb_bus_plug (f->bus, &p2);
  run_ms (f, 2000);
  g_assert_cmpuint (g_list_model_get_n_items (f->devices), ==, 2);
  g_assert_true (get_device (f, 0) == first);
  g_assert_true (get_device (f, 1) == second);
  g_assert_cmpstr (fl_road_get_address (fl_device_get_road (first, FL_ROAD_USB)), ==, "1-2");
  g_assert_cmpstr (fl_road_get_address (fl_device_get_road (second, FL_ROAD_USB)), ==, "1-4");

  /* Away for so long that its row went; the other one stays what it is. */
  script_usb_bus_unplug (f->bus, "1-2");
  run_ms (f, 40 * 1000);
  g_assert_cmpuint (g_list_model_get_n_items (f->devices), ==, 1);
  script_usb_bus_plug (f->bus, &p2);
  run_ms (f, 1000);
  g_assert_cmpuint (g_list_model_get_n_items (f->devices), ==, 2);
  script_usb_bus_unplug (f->bus, "1-4");
}

/* Eight on a hub, one of which takes long: the others have said who they are by then. */
static void
test_hub_of_eight (Fixture *f, gconstpointer unused)
{
  ScriptUsbDevice devices[8];
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      devices[i] = p2;
      devices[i].location = g_strdup_printf ("1-1.%u", i + 1);
      devices[i].serial_text = g_strdup_printf ("0a10aced202194944a4f2a%02x", i);
      devices[i].serial = g_strdup_printf ("P046AB12C4F2A%02X", i);
      devices[i].is_silent = i == 3;
      g_ptr_array_add (texts, (gpointer) devices[i].location);
      g_ptr_array_add (texts, (gpointer) devices[i].serial_text);
      g_ptr_array_add (texts, (gpointer) devices[i].serial);
      script_usb_bus_plug (f->bus, &devices[i]);
    }
  g_assert_cmpuint (g_list_model_get_n_items (f->sightings), ==, 8);
  run_ms (f, 2000);
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    g_assert_cmpstr (fl_road_get_serial (get_road (f, i)), ==, i == 3 ? NULL : devices[i].serial);
  g_assert_cmpuint (f->bus->most_open, <=, 4);
  g_assert_cmpuint (f->bus->most_open, >, 1);
  fl_finder_stop (f->finder);
  g_assert_cmpuint (f->bus->n_open, ==, 0);
}

static void
test_stopped (Fixture *f, gconstpointer unused)
{
  script_usb_bus_plug (f->bus, &p2);
  run_ms (f, 3);
  fl_finder_stop (f->finder);
  g_assert_cmpuint (f->bus->n_open, ==, 0);
  g_assert_cmpuint (f->bus->n_stops, ==, 1);
  run_ms (f, 1000);
  g_assert_null (fl_road_get_serial (get_road (f, 0)));
  fl_finder_start (f->finder);
  run_ms (f, 1000);
  g_assert_cmpstr (fl_road_get_serial (get_road (f, 0)), ==, P2_SERIAL);
}

typedef struct
{
  const char *name; /* test path */
  const ScriptUsbDevice *device;
  const char *heard; /* name over Bluetooth */
  const char *code;
  int platform_id;
  gboolean usb_first;
} Meeting;

/* P2's set-up code is in its device ID; Argon says it only when asked. */
static const Meeting meetings[] = {
  { "p2/usb-first", &p2, "P2-4F2A1C", "4F2A1C", 32, TRUE },
  { "p2/bluetooth-first", &p2, "P2-4F2A1C", "4F2A1C", 32, FALSE },
  { "argon/usb-first", &argon, "Argon-77XY34", "77XY34", 12, TRUE },
  { "argon/bluetooth-first", &argon, "Argon-77XY34", "77XY34", 12, FALSE },
};

static void
test_one_row (Fixture *f, gconstpointer data)
{
  const Meeting *meeting = data;
  g_autoptr (FlRoad) road = hear_bluetooth (meeting->heard, meeting->code, meeting->platform_id);
  g_autoptr (FlRoad) stranger = hear_bluetooth ("P2-AAAAAA", "AAAAAA", 32);
  FlDevice *device;

  if (meeting->usb_first)
    script_usb_bus_plug (f->bus, meeting->device);
  g_list_store_append (f->bluetooth->roads, road);
  if (!meeting->usb_first)
    script_usb_bus_plug (f->bus, meeting->device);
  run_ms (f, 1000);

  g_assert_cmpuint (g_list_model_get_n_items (f->devices), ==, 1);
  device = get_device (f, 0);
  g_assert_cmpuint (g_list_model_get_n_items (fl_device_get_roads (device)), ==, 2);
  g_assert_cmpstr (fl_device_get_name (device), ==, meeting->heard);
  g_assert_cmpstr (fl_device_get_ending (device), ==, meeting->code);
  g_assert_cmpstr (fl_device_get_serial (device), ==, meeting->device->serial);
  g_assert_cmpint ((int) fl_road_get_kind (fl_device_get_best_road (device)), ==, FL_ROAD_USB);
  g_assert_true (fl_meta_finder_get_device (f->meta, road) == device);
  g_assert_true (fl_meta_finder_get_device (f->meta, get_road (f, 0)) == device);

  g_list_store_append (f->bluetooth->roads, stranger);
  g_assert_cmpuint (g_list_model_get_n_items (f->devices), ==, 2);
}

/* Who does not say its serial number is another row until it is open. */
static void
test_serial_learned_late (Fixture *f, gconstpointer unused)
{
  static const ScriptUsbDevice shy = {
    .location = "1-3", .product_id = 0xc00c, .serial_text = ARGON_ID, .refusal = -1801
  };
  g_autoptr (FlRoad) road = hear_bluetooth ("Argon-77XY34", "77XY34", 12);
  g_autoptr (FlDevice) cable = NULL;

  g_list_store_append (f->bluetooth->roads, road);
  script_usb_bus_plug (f->bus, &shy);
  run_ms (f, 1000);
  g_assert_cmpuint (g_list_model_get_n_items (f->devices), ==, 2);
  cable = g_object_ref (get_device (f, 1));
  fl_device_set_serial (cable, ARGON_SERIAL);
  g_assert_cmpuint (g_list_model_get_n_items (f->devices), ==, 1);

  /* Whoever holds the row that went finds the one that stayed. */
  g_assert_true (fl_meta_finder_get_device (f->meta, get_road (f, 0)) == get_device (f, 0));
  g_assert_true (get_device (f, 0) != cable);
}

/* Its Bluetooth goes to one of the two; no third row, and not both in one. */
static void
test_same_serial_twice_and_bluetooth (Fixture *f, gconstpointer unused)
{
  g_autoptr (FlRoad) road = hear_bluetooth ("P2-4F2A1C", "4F2A1C", 32);
  ScriptUsbDevice twin = p2;

  twin.location = "1-4";
  g_list_store_append (f->bluetooth->roads, road);
  script_usb_bus_plug (f->bus, &p2);
  script_usb_bus_plug (f->bus, &twin);
  run_ms (f, 1000);
  g_assert_cmpuint (g_list_model_get_n_items (f->devices), ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_nonnull (fl_device_get_road (get_device (f, i), FL_ROAD_USB));
  script_usb_bus_unplug (f->bus, "1-4");
}

#define ADD(path, func) g_test_add ("/usb-finder/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sighting/shows-at-once", test_shows_at_once);
  ADD ("sighting/other-vendor", test_other_vendor);
  ADD ("sighting/without-serial-text", test_without_serial_text);
  ADD ("sighting/odd-serial-texts", test_odd_serial_texts);
  ADD ("sighting/same-serial-twice", test_same_serial_twice);
  ADD ("sighting/same-serial-twice-and-bluetooth", test_same_serial_twice_and_bluetooth);
  ADD ("sighting/serial-learned-late", test_serial_learned_late);
  ADD ("sighting/other-socket", test_other_socket);
  ADD ("sighting/other-device-in-the-socket", test_other_device_in_the_socket);
  ADD ("sighting/update-mode", test_update_mode);
  ADD ("probe/asks-who-it-is", test_asks_who_it_is);
  ADD ("probe/does-not-poll", test_does_not_poll);
  ADD ("probe/refuses-to-say", test_refuses_to_say);
  ADD ("probe/never-answers", test_never_answers);
  ADD ("probe/unplugged-while-asked", test_unplugged_while_asked);
  ADD ("probe/hub-of-eight", test_hub_of_eight);
  ADD ("probe/stopped", test_stopped);
  ADD ("link/ends-the-probe", test_link_ends_the_probe);
  ADD ("link/none-to-what-is-unplugged", test_no_link_to_what_is_unplugged);
  ADD ("problem/access-refused", test_access_refused);
  ADD ("problem/claimed-elsewhere", test_claimed_elsewhere);
  ADD ("problem/of-the-bus", test_bus_problem);
  for (gsize i = 0; i < G_N_ELEMENTS (meetings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/usb-finder/one-row/%s", meetings[i].name);

      g_test_add (path, Fixture, &meetings[i], set_up, test_one_row, tear_down);
    }
  return g_test_run ();
}
