/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-bluez-gatt.h"

/* Device OS: system/src/ble_control_request_channel.cpp; order of the attributes as there. */
#define SERVICE "6fa90001-5c4e-48a8-94f4-8030546f36fc"
#define VERSION "6fa90002-5c4e-48a8-94f4-8030546f36fc"
#define TX      "6fa90003-5c4e-48a8-94f4-8030546f36fc"
#define RX      "6fa90004-5c4e-48a8-94f4-8030546f36fc"
#define OTHER   "0000180a-0000-1000-8000-00805f9b34fb"
#define WRITES  (FL_GATT_WRITE | FL_GATT_WRITE_WITHOUT_RESPONSE)

static const FlGattProfile profile = { .service = (char *) SERVICE,
                                       .rx = (char *) RX,
                                       .tx = (char *) TX,
                                       .version = (char *) VERSION,
                                       .version_value = 2 };

static void
test_choose_default_service (void)
{
  const FlGattEntry entries[] = { { VERSION, SERVICE, FL_GATT_READ },
                                  { TX, SERVICE, FL_GATT_NOTIFY },
                                  { RX, SERVICE, WRITES } };
  FlGattChoice choice;

  g_assert_true (fl_gatt_choose (entries, G_N_ELEMENTS (entries), &profile, &choice));
  g_assert_cmpint (choice.version, ==, 0);
  g_assert_cmpint (choice.tx, ==, 1);
  g_assert_cmpint (choice.rx, ==, 2);
}

static void
test_choose_swapped_names (void)
{
  const FlGattEntry entries[] = { { TX, SERVICE, WRITES },
                                  { RX, SERVICE, FL_GATT_NOTIFY },
                                  { VERSION, SERVICE, FL_GATT_READ } };
  FlGattChoice choice;

  g_assert_true (fl_gatt_choose (entries, G_N_ELEMENTS (entries), &profile, &choice));
  g_assert_cmpint (choice.rx, ==, 0);
  g_assert_cmpint (choice.tx, ==, 1);
}

static void
test_choose_names_among_several (void)
{
  const FlGattEntry entries[] = {
    { OTHER, SERVICE, WRITES },           { RX, SERVICE, FL_GATT_WRITE },
    { OTHER, SERVICE, FL_GATT_INDICATE }, { TX, SERVICE, FL_GATT_NOTIFY },
    { OTHER, SERVICE, FL_GATT_READ },     { VERSION, SERVICE, FL_GATT_READ }
  };
  FlGattChoice choice;

  g_assert_true (fl_gatt_choose (entries, G_N_ELEMENTS (entries), &profile, &choice));
  g_assert_cmpint (choice.rx, ==, 1);
  g_assert_cmpint (choice.tx, ==, 3);
  g_assert_cmpint (choice.version, ==, 5);
}

static void
test_choose_ignores_case (void)
{
  const FlGattEntry entries[] = { { OTHER, "6FA90001-5C4E-48A8-94F4-8030546F36FC", FL_GATT_NOTIFY },
                                  { OTHER, SERVICE, FL_GATT_WRITE } };
  FlGattChoice choice;

  g_assert_true (fl_gatt_choose (entries, G_N_ELEMENTS (entries), &profile, &choice));
  g_assert_cmpint (choice.tx, ==, 0);
  g_assert_cmpint (choice.version, ==, -1);
}

static void
test_choose_only_in_the_service (void)
{
  const FlGattEntry entries[] = { { TX, OTHER, FL_GATT_NOTIFY }, { RX, OTHER, WRITES } };
  FlGattChoice choice;

  g_assert_false (fl_gatt_choose (entries, G_N_ELEMENTS (entries), &profile, &choice));
}

static void
test_choose_refuses_half_a_service (void)
{
  const FlGattEntry no_rx[] = { { TX, SERVICE, FL_GATT_NOTIFY }, { RX, SERVICE, FL_GATT_READ } };
  const FlGattEntry no_tx[] = { { TX, SERVICE, FL_GATT_READ }, { RX, SERVICE, WRITES } };
  FlGattChoice choice;

  g_assert_false (fl_gatt_choose (no_rx, G_N_ELEMENTS (no_rx), &profile, &choice));
  g_assert_false (fl_gatt_choose (no_tx, G_N_ELEMENTS (no_tx), &profile, &choice));
  g_assert_false (fl_gatt_choose (NULL, 0, &profile, &choice));
}

static void
test_choose_no_version_wanted (void)
{
  const FlGattEntry entries[] = { { VERSION, SERVICE, FL_GATT_READ },
                                  { TX, SERVICE, FL_GATT_NOTIFY },
                                  { RX, SERVICE, WRITES } };
  FlGattProfile without = profile;
  FlGattChoice choice;

  without.version = NULL;
  g_assert_true (fl_gatt_choose (entries, G_N_ELEMENTS (entries), &without, &choice));
  g_assert_cmpint (choice.version, ==, -1);
}

static void
test_flags_names (void)
{
  static const char *const names[] = { "read",   "write",    "write-without-response",
                                       "notify", "indicate", "authorize",
                                       NULL };

  g_assert_cmpint (fl_gatt_flags_parse (names), ==,
                   FL_GATT_READ | WRITES | FL_GATT_NOTIFY | FL_GATT_INDICATE);
  g_assert_cmpint (fl_gatt_flags_parse (names + 5), ==, 0);
  g_assert_cmpint (fl_gatt_flags_parse (NULL), ==, 0);
}

static void
test_version_sizes (void)
{
  static const guint8 value[] = { 2, 0, 0, 1, 0 };

  g_assert_cmpint (fl_gatt_parse_version (value, 1), ==, 2);
  g_assert_cmpint (fl_gatt_parse_version (value, 2), ==, 2);
  g_assert_cmpint (fl_gatt_parse_version (value, 4), ==, 0x01000002);
  g_assert_cmpint (fl_gatt_parse_version (value, 0), ==, -1);
  g_assert_cmpint (fl_gatt_parse_version (value, 3), ==, -1);
  g_assert_cmpint (fl_gatt_parse_version (value, 5), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gatt/choose/default-service", test_choose_default_service);
  g_test_add_func ("/gatt/choose/swapped-names-do-not-matter", test_choose_swapped_names);
  g_test_add_func ("/gatt/choose/names-decide-among-several", test_choose_names_among_several);
  g_test_add_func ("/gatt/choose/ignores-case", test_choose_ignores_case);
  g_test_add_func ("/gatt/choose/only-in-the-service", test_choose_only_in_the_service);
  g_test_add_func ("/gatt/choose/refuses-half-a-service", test_choose_refuses_half_a_service);
  g_test_add_func ("/gatt/choose/no-version-wanted", test_choose_no_version_wanted);
  g_test_add_func ("/gatt/flags/names", test_flags_names);
  g_test_add_func ("/gatt/version/one-two-or-four-bytes", test_version_sizes);
  return g_test_run ();
}
