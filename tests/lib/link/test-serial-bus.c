/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-error.h"
#include "fl-udev-serial-bus.h"
#include "pty.h"
#include "wait.h"

#include <glib/gstdio.h>
#include <umockdev.h>
#include <unistd.h>

#define DEVICE_ID "e00fce68aabbccddeeff0011"

/* A computer with USB sockets, its serial bus, and a folder for names of ports. */
typedef struct
{
  UMockdevTestbed *testbed;
  char *root; /* of its files */
  FlClock *clock;
  FlSerialBus *bus;
  GListModel *ports;
  char *folder;
} Fixture;

typedef struct
{
  const char *location; /* "1-2" */
  guint vendor_id, product_id;
  const char *serial; /* (nullable) */
  const char *tty;    /* "ttyACM0" */
} Device;

static const Device photon = { "1-2", 0x2b04, 0xc006, DEVICE_ID, "ttyACM0" };
static const Device other_photon = { "1-3", 0x2b04, 0xc006, "e00fce680000000000000002", "ttyACM1" };
static const Device adapter = { "1-4", 0x0403, 0x6001, "A10", "ttyUSB0" };

static void
make_bus (Fixture *f, const char *extra)
{
  f->bus = fl_udev_serial_bus_new (f->clock, extra);
  f->ports = fl_serial_bus_get_ports (f->bus);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->testbed = umockdev_testbed_new ();
  g_assert_false (g_file_test ("/sys/kernel", G_FILE_TEST_EXISTS)); /* else: no preload */
  f->root = umockdev_testbed_get_root_dir (f->testbed);
  f->folder = g_dir_make_tmp ("fl-serial-XXXXXX", NULL);
  f->clock = fl_clock_new ();
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->bus != NULL)
    g_assert_finalize_object (f->bus);
  g_clear_object (&f->clock);
  remove_files (f->folder);
  g_free (f->folder);
  g_object_unref (f->testbed);
  g_free (f->root);
}

static char *
dup_usb_path (const Device *device)
{
  return g_strdup_printf ("/devices/pci0/usb1/%s", device->location);
}

static char *
dup_tty_path (const Device *device)
{
  return g_strdup_printf ("/devices/pci0/usb1/%s/%s:1.0/tty/%s", device->location, device->location,
                          device->tty);
}

/* (transfer full) The node in the testbed is this link to a real terminal. */
static char *
dup_node (Fixture *f, const Device *device)
{
  return g_build_filename (f->root, "dev", device->tty, NULL);
}

static void
plug (Fixture *f, const Device *device, Pty *pty)
{
  g_autofree char *usb = dup_usb_path (device);
  g_autofree char *tty = dup_tty_path (device);
  g_autofree char *node = dup_node (f, device);
  g_autofree char *folder = g_path_get_dirname (node);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_cmpint (symlink (pty->path, node), ==, 0);
  g_string_append_printf (text,
                          "P: %s\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\n"
                          "A: idVendor=%04x\\n\nA: idProduct=%04x\\n\n",
                          usb, device->vendor_id, device->product_id);
  if (device->serial != NULL)
    g_string_append_printf (text, "A: serial=%s\\n\n", device->serial);
  g_string_append_printf (text,
                          "\nP: %s\nE: SUBSYSTEM=tty\nE: DEVNAME=/dev/%s\n"
                          "E: DEVLINKS=/dev/serial/by-path/x-%s /dev/serial/by-id/usb-%s\n",
                          tty, device->tty, device->location, device->location);
  umockdev_testbed_add_from_string (f->testbed, text->str, &error);
  g_assert_no_error (error);
}

static void
unplug (Fixture *f, const Device *device)
{
  g_autofree char *usb = dup_usb_path (device);
  g_autofree char *tty = dup_tty_path (device);
  g_autofree char *node = dup_node (f, device);
  g_autofree char *usb_sysfs = g_strconcat ("/sys", usb, NULL);
  g_autofree char *tty_sysfs = g_strconcat ("/sys", tty, NULL);

  umockdev_testbed_uevent (f->testbed, tty_sysfs, "remove");
  umockdev_testbed_uevent (f->testbed, usb_sysfs, "remove");
  umockdev_testbed_remove_device (f->testbed, tty_sysfs);
  umockdev_testbed_remove_device (f->testbed, usb_sysfs);
  g_unlink (node);
}

/* Borrowed. */
static FlSerialPort *
get_port (Fixture *f, guint position)
{
  g_autoptr (FlSerialPort) port = g_list_model_get_item (f->ports, position);

  return port;
}

static guint
count (Fixture *f)
{
  return g_list_model_get_n_items (f->ports);
}

static FlSerialPort *
find (Fixture *f, const char *path)
{
  for (guint i = 0; i < count (f); i++)
    if (g_str_equal (fl_serial_port_get_path (get_port (f, i)), path))
      return get_port (f, i);
  return NULL;
}

static void
test_what_is_there_at_start (Fixture *f, gconstpointer data)
{
  g_autoptr (Pty) pty = pty_new ();
  g_autoptr (Pty) other = pty_new ();
  FlSerialPort *port;

  plug (f, &photon, pty);
  plug (f, &adapter, other);
  make_bus (f, NULL);
  g_assert_cmpuint (count (f), ==, 0);
  fl_serial_bus_start (f->bus);
  fl_serial_bus_start (f->bus);
  g_assert_cmpuint (count (f), ==, 2);
  port = find (f, "/dev/ttyACM0");
  g_assert_nonnull (port);
  g_assert_cmpstr (fl_serial_port_get_stable_path (port), ==, "/dev/serial/by-id/usb-1-2");
  g_assert_cmpstr (fl_serial_port_get_location (port), ==, "1-2");
  g_assert_cmphex (fl_serial_port_get_vendor_id (port), ==, 0x2b04);
  g_assert_cmphex (fl_serial_port_get_product_id (port), ==, 0xc006);
  g_assert_cmpstr (fl_serial_port_get_serial (port), ==, DEVICE_ID);
  g_assert_no_error (fl_serial_port_get_problem (port));
  g_assert_false (fl_serial_port_get_is_named (port));
  g_assert_no_error (fl_serial_bus_get_problem (f->bus));
}

static void
test_terminals_that_are_not_on_usb (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  umockdev_testbed_add_from_string (f->testbed,
                                    "P: /devices/platform/serial8250/tty/ttyS0\n"
                                    "E: SUBSYSTEM=tty\nE: DEVNAME=/dev/ttyS0\n\n"
                                    "P: /devices/virtual/tty/tty1\n"
                                    "E: SUBSYSTEM=tty\nE: DEVNAME=/dev/tty1\n",
                                    &error);
  g_assert_no_error (error);
  make_bus (f, NULL);
  fl_serial_bus_start (f->bus);
  g_assert_cmpuint (count (f), ==, 0);
}

static void
test_no_serial_text (Fixture *f, gconstpointer data)
{
  g_autoptr (Pty) pty = pty_new ();
  Device bare = photon;

  bare.serial = NULL;
  plug (f, &bare, pty);
  make_bus (f, NULL);
  fl_serial_bus_start (f->bus);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_null (fl_serial_port_get_serial (get_port (f, 0)));
}

static void
test_hot_plug (Fixture *f, gconstpointer data)
{
  g_autoptr (Pty) pty = pty_new ();
  g_autoptr (Pty) other = pty_new ();
  g_autoptr (FlSerialPort) first = NULL;

  make_bus (f, NULL);
  fl_serial_bus_start (f->bus);
  plug (f, &photon, pty);
  WAIT_FOR (count (f) == 1);
  g_assert_cmpstr (fl_serial_port_get_serial (get_port (f, 0)), ==, DEVICE_ID);
  first = g_object_ref (get_port (f, 0));
  plug (f, &other_photon, other);
  WAIT_FOR (count (f) == 2);
  unplug (f, &photon);
  WAIT_FOR (count (f) == 1);
  g_assert_cmpstr (fl_serial_port_get_path (get_port (f, 0)), ==, "/dev/ttyACM1");
  plug (f, &photon, pty);
  WAIT_FOR (count (f) == 2);
  g_assert_true (find (f, "/dev/ttyACM0") != first); /* a new one whenever one appears */
}

static void
test_another_device_under_the_same_name (Fixture *f, gconstpointer data)
{
  g_autoptr (Pty) pty = pty_new ();
  Device successor = other_photon;

  successor.tty = "ttyACM0";
  make_bus (f, NULL);
  fl_serial_bus_start (f->bus);
  plug (f, &photon, pty);
  WAIT_FOR (count (f) == 1);
  unplug (f, &photon);
  plug (f, &successor, pty);
  WAIT_FOR (count (f) == 1 &&
            g_strcmp0 (fl_serial_port_get_location (get_port (f, 0)), "1-3") == 0);
  g_assert_cmpstr (fl_serial_port_get_serial (get_port (f, 0)), ==, other_photon.serial);
}

static void
test_changes_while_stopped (Fixture *f, gconstpointer data)
{
  g_autoptr (Pty) pty = pty_new ();
  g_autoptr (Pty) other = pty_new ();
  g_autoptr (Pty) third = pty_new ();
  FlSerialPort *kept;

  plug (f, &photon, pty);
  plug (f, &other_photon, other);
  make_bus (f, NULL);
  fl_serial_bus_start (f->bus);
  kept = find (f, "/dev/ttyACM1");
  fl_serial_bus_stop (f->bus);
  fl_serial_bus_stop (f->bus);
  unplug (f, &photon);
  plug (f, &adapter, third);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_nonnull (find (f, "/dev/ttyACM0"));
  fl_serial_bus_start (f->bus);
  g_assert_cmpuint (count (f), ==, 2);
  g_assert_null (find (f, "/dev/ttyACM0"));
  g_assert_true (find (f, "/dev/ttyACM1") == kept);
  g_assert_nonnull (find (f, "/dev/ttyUSB0"));
}

static void
test_not_allowed_until_a_rule_is_added (Fixture *f, gconstpointer data)
{
  g_autoptr (Pty) pty = pty_new ();

  g_assert_cmpint (g_chmod (pty->path, 0), ==, 0);
  plug (f, &photon, pty);
  make_bus (f, NULL);
  fl_serial_bus_start (f->bus);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_error (fl_serial_port_get_problem (get_port (f, 0)), FL_ERROR, FL_ERROR_USB_ACCESS);
  fl_serial_bus_recheck (f->bus);
  g_assert_error (fl_serial_port_get_problem (get_port (f, 0)), FL_ERROR, FL_ERROR_USB_ACCESS);
  g_assert_cmpint (g_chmod (pty->path, 0600), ==, 0);
  fl_serial_bus_recheck (f->bus);
  g_assert_no_error (fl_serial_port_get_problem (get_port (f, 0)));
}

/* udev runs the rules anew: "change". */
static void
test_allowed_by_event (Fixture *f, gconstpointer data)
{
  g_autoptr (Pty) pty = pty_new ();
  g_autofree char *tty = dup_tty_path (&photon);
  g_autofree char *sysfs = g_strconcat ("/sys", tty, NULL);

  g_assert_cmpint (g_chmod (pty->path, 0), ==, 0);
  make_bus (f, NULL);
  fl_serial_bus_start (f->bus);
  plug (f, &photon, pty);
  WAIT_FOR (count (f) == 1);
  g_assert_error (fl_serial_port_get_problem (get_port (f, 0)), FL_ERROR, FL_ERROR_USB_ACCESS);
  g_assert_cmpint (g_chmod (pty->path, 0600), ==, 0);
  umockdev_testbed_uevent (f->testbed, sysfs, "change");
  WAIT_FOR (fl_serial_port_get_problem (get_port (f, 0)) == NULL);
}

static void
test_named_pseudo_terminal (Fixture *f, gconstpointer data)
{
  g_autoptr (Pty) pty = pty_new ();

  make_bus (f, pty->path);
  fl_serial_bus_start (f->bus);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_cmpstr (fl_serial_port_get_path (get_port (f, 0)), ==, pty->path);
  g_assert_true (fl_serial_port_get_is_named (get_port (f, 0)));
  g_assert_cmphex (fl_serial_port_get_vendor_id (get_port (f, 0)), ==, 0);
  g_assert_null (fl_serial_port_get_location (get_port (f, 0)));
  pty_hang_up (pty);
  WAIT_FOR (count (f) == 0);
}

static void
test_named_link_comes_moves_and_goes (Fixture *f, gconstpointer data)
{
  g_autoptr (Pty) first = pty_new ();
  g_autoptr (Pty) second = pty_new ();
  g_autofree char *path = g_build_filename (f->folder, "photon", NULL);
  g_autofree char *temporary = g_build_filename (f->folder, "new", NULL);

  make_bus (f, path);
  fl_serial_bus_start (f->bus);
  g_assert_cmpuint (count (f), ==, 0);
  g_assert_cmpint (symlink (first->path, path), ==, 0);
  WAIT_FOR (count (f) == 1);
  g_assert_cmpstr (fl_serial_port_get_path (get_port (f, 0)), ==, first->path);
  g_assert_cmpstr (fl_serial_port_get_stable_path (get_port (f, 0)), ==, path);
  /* What a simulated device does when it resets. */
  g_assert_cmpint (symlink (second->path, temporary), ==, 0);
  g_assert_cmpint (g_rename (temporary, path), ==, 0);
  WAIT_FOR (count (f) == 1 &&
            g_str_equal (fl_serial_port_get_path (get_port (f, 0)), second->path));
  /* The terminal goes before its link. */
  pty_hang_up (second);
  WAIT_FOR (count (f) == 0);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_named_is_no_terminal (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "file", NULL);

  g_assert_true (g_file_set_contents (path, "text", -1, NULL));
  make_bus (f, path);
  fl_serial_bus_start (f->bus);
  g_assert_cmpuint (count (f), ==, 0);
}

static void
test_named_by_links_in_a_circle (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "a", NULL);
  g_autofree char *other = g_build_filename (f->folder, "b", NULL);

  g_assert_cmpint (symlink (other, path), ==, 0);
  g_assert_cmpint (symlink (path, other), ==, 0);
  make_bus (f, path);
  fl_serial_bus_start (f->bus);
  g_assert_cmpuint (count (f), ==, 0);
}

/* One port, though both udev and a person tell of it. */
static void
test_named_and_known (Fixture *f, gconstpointer data)
{
  g_autoptr (Pty) pty = pty_new ();

  plug (f, &adapter, pty);
  make_bus (f, "/dev/ttyUSB0");
  fl_serial_bus_start (f->bus);
  g_assert_cmpuint (count (f), ==, 1);
  g_assert_true (fl_serial_port_get_is_named (get_port (f, 0)));
  unplug (f, &adapter);
  WAIT_FOR (count (f) == 0);
  plug (f, &adapter, pty);
  WAIT_FOR (count (f) == 1 && fl_serial_port_get_vendor_id (get_port (f, 0)) == 0x0403);
  g_assert_true (fl_serial_port_get_is_named (get_port (f, 0)));
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  pty_drop_privileges ();

  ADD ("/serial-bus/usb/at-start", test_what_is_there_at_start);
  ADD ("/serial-bus/usb/other-terminals", test_terminals_that_are_not_on_usb);
  ADD ("/serial-bus/usb/no-serial-text", test_no_serial_text);
  ADD ("/serial-bus/usb/hot-plug", test_hot_plug);
  ADD ("/serial-bus/usb/same-name-another-device", test_another_device_under_the_same_name);
  ADD ("/serial-bus/usb/changes-while-stopped", test_changes_while_stopped);
  ADD ("/serial-bus/permission/recheck", test_not_allowed_until_a_rule_is_added);
  ADD ("/serial-bus/permission/event", test_allowed_by_event);
  ADD ("/serial-bus/named/pseudo-terminal", test_named_pseudo_terminal);
  ADD ("/serial-bus/named/link", test_named_link_comes_moves_and_goes);
  ADD ("/serial-bus/named/no-terminal", test_named_is_no_terminal);
  ADD ("/serial-bus/named/circle", test_named_by_links_in_a_circle);
  ADD ("/serial-bus/named/known-to-udev", test_named_and_known);
  return g_test_run ();
}
