/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-firmware-version.h"

static FlFirmwareVersion
parse (const char *text)
{
  FlFirmwareVersion version;

  g_assert_true (fl_firmware_version_parse (text, &version));
  g_assert_true (version.known);
  return version;
}

static void
test_reads_what_devices_say (void)
{
  FlFirmwareVersion version = parse ("6.2.0");

  g_assert_cmpuint (version.major, ==, 6);
  g_assert_cmpuint (version.minor, ==, 2);
  g_assert_cmpuint (version.patch, ==, 0);
  g_assert_cmpstr (version.prerelease, ==, "");

  version = parse ("5.3.1-rc.1");
  g_assert_cmpuint (version.patch, ==, 1);
  g_assert_cmpstr (version.prerelease, ==, "rc.1");

  version = parse ("v4.0.0-alpha.2+debug");
  g_assert_cmpuint (version.major, ==, 4);
  g_assert_cmpstr (version.prerelease, ==, "alpha.2");
  parse ("5.8.2+7");
}

static void
test_refuses_anything_else (void)
{
  static const char *const bad[] = {
    "",           "6",
    "6.2",        "6.2.",
    "6..0",       "6.2.x",
    "6.2.0-",     "6.2.0.1",
    "6.2.0 ",     "six",
    "-1.0.0",     "6.2.0-rc_1",
    "999999.0.0", "6.2.0-abcdefghijklmnopqrstuvwxyz.0123456789",
    "6.2.0-+a",   " 6.2.0",
  };
  FlFirmwareVersion version;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      version = parse ("1.2.3");
      g_assert_false (fl_firmware_version_parse (bad[i], &version));
      g_assert_false (version.known);
    }
  g_assert_false (fl_firmware_version_parse (NULL, &version));
}

/* The order of semver.org, section 11, and of Device OS. */
static void
test_order (void)
{
  static const char *const rising[] = {
    "0.9.0",      "1.0.0-alpha",  "1.0.0-alpha.1", "1.0.0-alpha.beta",
    "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
    "1.0.0",      "3.3.0",        "5.3.1-rc.1",    "5.3.1",
    "5.8.2-rc.1", "5.8.2",        "5.9.0",         "5.10.0",
    "6.0.0",      "6.2.0",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rising); i++)
    for (guint j = 0; j < G_N_ELEMENTS (rising); j++)
      {
        FlFirmwareVersion a = parse (rising[i]), b = parse (rising[j]);
        int order = fl_firmware_version_compare (&a, &b);

        g_test_message ("%s, %s", rising[i], rising[j]);
        g_assert_cmpint ((order > 0) - (order < 0), ==, (i > j) - (i < j));
      }
}

static void
test_build_data_does_not_count (void)
{
  FlFirmwareVersion a = parse ("6.2.0+1"), b = parse ("6.2.0+2");

  g_assert_cmpint (fl_firmware_version_compare (&a, &b), ==, 0);
}

static void
test_at_least (void)
{
  FlFirmwareVersion version = parse ("5.8.2-rc.1"), unknown = { 0 };

  g_assert_true (fl_firmware_version_at_least (&version, 5, 8, 1));
  g_assert_false (fl_firmware_version_at_least (&version, 5, 8, 2));
  version = parse ("5.8.2");
  g_assert_true (fl_firmware_version_at_least (&version, 5, 8, 2));
  g_assert_false (fl_firmware_version_at_least (&version, 5, 9, 0));
  g_assert_false (fl_firmware_version_at_least (&version, 6, 0, 0));
  g_assert_false (fl_firmware_version_at_least (&unknown, 0, 0, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/firmware-version/parse/reads-what-devices-say", test_reads_what_devices_say);
  g_test_add_func ("/firmware-version/parse/refuses-anything-else", test_refuses_anything_else);
  g_test_add_func ("/firmware-version/compare/order-of-semantic-versioning", test_order);
  g_test_add_func ("/firmware-version/compare/build-data-does-not-count",
                   test_build_data_does_not_count);
  g_test_add_func ("/firmware-version/at-least/release-candidates-come-before", test_at_least);
  return g_test_run ();
}
