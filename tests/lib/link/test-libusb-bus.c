/* SPDX-License-Identifier: Apache-2.0 */
#include "usb-fixture.h"

#include <glib/gstdio.h>

#include "fl-error.h"

static FlUsbPort *
find_port (UsbFixture *f, const char *location)
{
  for (guint i = 0; i < usb_fixture_get_n_ports (f); i++)
    if (g_str_equal (fl_usb_port_get_location (usb_fixture_get_port (f, i)), location))
      return usb_fixture_get_port (f, i);
  return NULL;
}

static void
test_what_is_there_at_start (UsbFixture *f)
{
  const MockUsbIdentity other = { .location = "1-1", .vendor_id = 0x046d, .product_id = 0xc077 };
  const MockUsbIdentity bare = { .location = "2-1", .vendor_id = FIXTURE_VENDOR };
  FlUsbPort *port;

  usb_fixture_plug (f, "1-2.3", NULL);
  mock_usb_plug (f->usb, &other, NULL, NULL);
  mock_usb_plug (f->usb, &bare, NULL, NULL);
  usb_fixture_start (f, 2);
  port = find_port (f, "1-2.3");
  g_assert_nonnull (port);
  g_assert_cmphex (fl_usb_port_get_vendor_id (port), ==, FIXTURE_VENDOR);
  g_assert_cmphex (fl_usb_port_get_product_id (port), ==, FIXTURE_PRODUCT);
  g_assert_cmpstr (fl_usb_port_get_serial (port), ==, FIXTURE_SERIAL);
  g_assert_cmpstr (fl_usb_port_get_product (port), ==, "P2");
  g_assert_no_error (fl_usb_port_get_problem (port));
  g_assert_no_error (fl_usb_bus_get_problem (f->bus));

  port = find_port (f, "2-1");
  g_assert_nonnull (port);
  g_assert_null (fl_usb_port_get_serial (port));
  g_assert_null (fl_usb_port_get_product (port));
}

static void
test_hot_plug (UsbFixture *f)
{
  MockUsbDevice *first, *second;
  gint64 plugged_us;

  usb_fixture_start (f, 0);
  plugged_us = g_get_monotonic_time ();
  first = usb_fixture_plug (f, "1-1", "one");
  WAIT_FOR (usb_fixture_get_n_ports (f) == 1);
  g_test_message ("a port %.2f ms after it was plugged in",
                  (g_get_monotonic_time () - plugged_us) / 1000.0);
  g_assert_cmpstr (fl_usb_port_get_serial (usb_fixture_get_port (f, 0)), ==, "one");
  second = usb_fixture_plug (f, "1-2.7", "two");
  WAIT_FOR (usb_fixture_get_n_ports (f) == 2);
  mock_usb_unplug (first);
  WAIT_FOR (usb_fixture_get_n_ports (f) == 1);
  g_assert_cmpstr (fl_usb_port_get_location (usb_fixture_get_port (f, 0)), ==, "1-2.7");
  mock_usb_unplug (second);
  WAIT_FOR (usb_fixture_get_n_ports (f) == 0);
}

static void
test_eight_at_once (UsbFixture *f)
{
  MockUsbDevice *devices[8];

  usb_fixture_start (f, 0);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *location = g_strdup_printf ("3-1.4.%u", i + 1);

      devices[i] = usb_fixture_plug (f, location, location);
    }
  WAIT_FOR (usb_fixture_get_n_ports (f) == 8);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *location = g_strdup_printf ("3-1.4.%u", i + 1);

      g_assert_cmpstr (fl_usb_port_get_serial (find_port (f, location)), ==, location);
    }
  for (guint i = 0; i < 8; i++)
    mock_usb_unplug (devices[i]);
  WAIT_FOR (usb_fixture_get_n_ports (f) == 0);
}

/* A reset device comes back as a new port at the same place. */
static void
test_comes_back (UsbFixture *f)
{
  MockUsbDevice *device = usb_fixture_plug (f, "1-2", NULL);
  g_autoptr (FlUsbPort) before = NULL;
  FlUsbLink *old, *new;
  g_autoptr (GError) error = NULL, new_error = NULL;

  usb_fixture_start (f, 1);
  before = g_object_ref (usb_fixture_get_port (f, 0));
  mock_usb_unplug (device);
  usb_fixture_plug (f, "1-2", NULL);
  WAIT_FOR (usb_fixture_get_n_ports (f) == 1 && usb_fixture_get_port (f, 0) != before);
  g_assert_cmpstr (fl_usb_port_get_location (usb_fixture_get_port (f, 0)), ==, "1-2");
  g_assert_cmpstr (fl_usb_port_get_serial (usb_fixture_get_port (f, 0)), ==, FIXTURE_SERIAL);

  old = fl_usb_bus_create_link (f->bus, before);
  error = usb_fixture_try_open (old);
  g_assert_error (error, FL_ERROR, FL_ERROR_DEVICE_OUT_OF_REACH);
  g_assert_finalize_object (old);
  new = usb_fixture_create_link (f);
  new_error = usb_fixture_try_open (new);
  g_assert_no_error (new_error);
  fl_link_close (FL_LINK (new));
  g_assert_finalize_object (new);
}

static void
test_same_serial_twice (UsbFixture *f)
{
  usb_fixture_plug (f, "1-1", "same");
  usb_fixture_plug (f, "1-2", "same");
  usb_fixture_start (f, 2);
  g_assert_nonnull (find_port (f, "1-1"));
  g_assert_nonnull (find_port (f, "1-2"));
}

static void
count (guint *n)
{
  (*n)++;
}

static MockUsbDevice *
plug_refused (UsbFixture *f)
{
  const MockUsbIdentity identity = {
    .location = "1-2", .vendor_id = FIXTURE_VENDOR, .serial = "x", .is_refused = TRUE
  };

  return mock_usb_plug (f->usb, &identity, NULL, NULL);
}

static void
test_refused_until_recheck (UsbFixture *f)
{
  MockUsbDevice *device = plug_refused (f);
  FlUsbPort *port;
  guint n_notified = 0;

  usb_fixture_start (f, 1);
  port = usb_fixture_get_port (f, 0);
  g_assert_error (fl_usb_port_get_problem (port), FL_ERROR, FL_ERROR_USB_ACCESS);
  g_assert_cmpstr (fl_usb_port_get_serial (port), ==, "x");
  g_signal_connect_swapped (port, "notify::problem", G_CALLBACK (count), &n_notified);
  fl_usb_bus_recheck (f->bus);
  g_assert_error (fl_usb_port_get_problem (port), FL_ERROR, FL_ERROR_USB_ACCESS);
  g_assert_cmpuint (n_notified, ==, 0);
  mock_usb_device_set_refused (device, FALSE);
  fl_usb_bus_recheck (f->bus);
  g_assert_no_error (fl_usb_port_get_problem (port));
  g_assert_cmpuint (n_notified, ==, 1);
}

static void
test_refused_until_rule (UsbFixture *f)
{
  MockUsbDevice *device = plug_refused (f);

  usb_fixture_start (f, 1);
  mock_usb_device_set_refused (device, FALSE);
  WAIT_FOR (fl_usb_port_get_problem (usb_fixture_get_port (f, 0)) == NULL);
}

static void
test_strings_only_the_device_tells (UsbFixture *f)
{
  MockUsbIdentity identity = {
    .location = "1-2",
    .vendor_id = FIXTURE_VENDOR,
    .serial = "a1b2",
    .product = "Boron",
    .no_strings = TRUE,
  };
  MockUsbDevice *devices[2];

  devices[0] = mock_usb_plug (f->usb, &identity, NULL, NULL);
  usb_fixture_start (f, 1);
  g_assert_cmpstr (fl_usb_port_get_serial (usb_fixture_get_port (f, 0)), ==, "a1b2");
  g_assert_cmpstr (fl_usb_port_get_product (usb_fixture_get_port (f, 0)), ==, "Boron");

  /* Gone again while it is asked, or not: either way nothing of it stays. */
  identity.location = "1-3";
  devices[1] = mock_usb_plug (f->usb, &identity, NULL, NULL);
  mock_usb_unplug (devices[1]);
  mock_usb_unplug (devices[0]);
  WAIT_FOR (usb_fixture_get_n_ports (f) == 0);
  g_assert_cmpuint (mock_usb_device_get_n_open (devices[0]), ==, 0);
}

static void
test_stop_and_start (UsbFixture *f)
{
  MockUsbDevice *goes = usb_fixture_plug (f, "1-1", "goes");
  g_autoptr (FlUsbPort) stays = NULL;

  usb_fixture_plug (f, "1-2", "stays");
  usb_fixture_start (f, 2);
  fl_usb_bus_start (f->bus);
  stays = g_object_ref (find_port (f, "1-2"));
  fl_usb_bus_stop (f->bus);
  fl_usb_bus_stop (f->bus);
  mock_usb_unplug (goes);
  usb_fixture_plug (f, "1-3", "comes");
  g_assert_cmpuint (usb_fixture_get_n_ports (f), ==, 2);
  fl_usb_bus_start (f->bus);
  WAIT_FOR (find_port (f, "1-1") == NULL && find_port (f, "1-3") != NULL);
  g_assert_true (find_port (f, "1-2") == stays);
  g_assert_cmpuint (usb_fixture_get_n_ports (f), ==, 2);
}

static void
test_freed_right_away (UsbFixture *f)
{
  usb_fixture_plug (f, NULL, NULL);
  fl_usb_bus_start (f->bus);
  g_assert_finalize_object (g_steal_pointer (&f->bus));
}

static void
test_freed_before_its_port (UsbFixture *f)
{
  g_autoptr (FlUsbPort) port = NULL;

  usb_fixture_plug (f, NULL, NULL);
  usb_fixture_start (f, 1);
  port = g_object_ref (usb_fixture_get_port (f, 0));
  g_assert_finalize_object (g_steal_pointer (&f->bus));
  g_assert_cmpstr (fl_usb_port_get_serial (port), ==, FIXTURE_SERIAL);
}

static void
test_sandbox (void)
{
  static const struct
  {
    const char *text;
    gboolean is_forbidden;
  } cases[] = {
    { "[Application]\nname=x\n", TRUE },
    { "[Context]\ndevices=dri;\n", TRUE },
    { "[Context]\ndevices=dri;all;\n", FALSE },
    { "[Context]\ndevices=usb;\n", FALSE },
    { "no key file", FALSE },
  };
  g_autofree char *root = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (root, ".flatpak-info", NULL);

  g_assert_false (fl_libusb_is_forbidden (root));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (g_file_set_contents (path, cases[i].text, -1, NULL));
      g_assert_cmpint (fl_libusb_is_forbidden (root), ==, cases[i].is_forbidden);
    }
  g_remove (path);
  g_rmdir (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  usb_fixture_add ("/libusb/bus/what-is-there-at-start", test_what_is_there_at_start);
  usb_fixture_add ("/libusb/bus/hot-plug", test_hot_plug);
  usb_fixture_add ("/libusb/bus/eight-at-once", test_eight_at_once);
  usb_fixture_add ("/libusb/bus/comes-back", test_comes_back);
  usb_fixture_add ("/libusb/bus/same-serial-twice", test_same_serial_twice);
  usb_fixture_add ("/libusb/bus/refused-until-recheck", test_refused_until_recheck);
  usb_fixture_add ("/libusb/bus/refused-until-rule", test_refused_until_rule);
  usb_fixture_add ("/libusb/bus/strings-only-the-device-tells", test_strings_only_the_device_tells);
  usb_fixture_add ("/libusb/bus/stop-and-start", test_stop_and_start);
  usb_fixture_add ("/libusb/bus/freed-right-away", test_freed_right_away);
  usb_fixture_add ("/libusb/bus/freed-before-its-port", test_freed_before_its_port);
  g_test_add_func ("/libusb/bus/sandbox", test_sandbox);
  return g_test_run ();
}
