/* SPDX-License-Identifier: Apache-2.0 */
#include "fl-sim-gadget-tree.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fl-sim-ffs.h"

#define P2     "[Device a]\nplatform=p2\nusb=yes\ndevice-id=0a10aced202194944a5b0515\n"
#define PHOTON "[Device a]\nplatform=photon\nfirmware=2.3.1\nusb=yes\n"
#define DFU    P2 "mode=dfu\n"
#define NOW_US 1000

static FlSimWorld *
create_world (const char *scenario)
{
  g_autoptr (GError) error = NULL;
  FlSimWorld *world = fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);

  g_assert_no_error (error);
  return world;
}

static void
read_facts (const char *scenario, FlSimFfsFacts *facts)
{
  g_autoptr (FlSimWorld) world = create_world (scenario);
  FlSimDevice *device = fl_sim_world_get_device (world, 0);

  g_assert_true (
      fl_sim_ffs_facts_read (facts, device, fl_sim_usb_get_attachment (device, NOW_US), NOW_US));
}

static void
test_facts_running (void)
{
  g_auto (FlSimFfsFacts) facts = { 0 };

  read_facts (P2, &facts);
  g_assert_cmphex (facts.vendor_id, ==, 0x2b04);
  g_assert_cmphex (facts.product_id, ==, 0xc020);
  g_assert_cmphex (facts.usb_release, ==, 0x0200);
  g_assert_cmphex (facts.interface_class, ==, 0xff);
  g_assert_cmpuint (facts.max_power_ma, ==, 500);
  g_assert_cmpstr (facts.manufacturer, ==, "Particle");
  g_assert_cmpstr (facts.serial, ==, "0a10aced202194944a5b0515");
  g_assert_cmpstr (facts.interface, ==, "Control Interface");
}

/* There the interface for control is behind those of the serial port. */
static void
test_facts_photon (void)
{
  g_auto (FlSimFfsFacts) facts = { 0 };

  read_facts (PHOTON, &facts);
  g_assert_cmphex (facts.product_id, ==, 0xc006);
  g_assert_cmphex (facts.interface_class, ==, 0xff);
}

static void
test_facts_bootloader (void)
{
  g_auto (FlSimFfsFacts) facts = { 0 };

  read_facts (DFU, &facts);
  g_assert_cmphex (facts.product_id, ==, 0xd020);
  g_assert_cmphex (facts.interface_class, ==, 0xfe);
  g_assert_true (g_str_has_prefix (facts.interface, "@Internal Flash"));
}

static void
test_facts_unplugged (void)
{
  g_autoptr (FlSimWorld) world = create_world (P2);
  FlSimDevice *device = fl_sim_world_get_device (world, 0);
  guint attachment = fl_sim_usb_get_attachment (device, NOW_US);
  g_auto (FlSimFfsFacts) facts = { 0 };

  fl_sim_usb_unplug (device, NOW_US);
  g_assert_false (fl_sim_ffs_facts_read (&facts, device, attachment, NOW_US));
}

/* Byte by byte as include/uapi/linux/usb/functionfs.h has it. */
static void
test_descriptors (void)
{
  static const guint8 expected[] = {
    3, 0, 0, 0, 38, 0, 0,    0,    195,  0, 0, 0, 1, 0, 0, 0,    1,    0,    0,
    0, 9, 4, 0, 0,  0, 0xff, 0xff, 0xff, 1, 9, 4, 0, 0, 0, 0xff, 0xff, 0xff, 1,
  };
  static const guint8 names[] = "\2\0\0\0\x24\0\0\0\1\0\0\0\1\0\0\0\x09\x04"
                                "Control Interface";
  g_auto (FlSimFfsFacts) facts = { 0 };
  g_autoptr (GBytes) descriptors = NULL, strings = NULL;

  read_facts (P2, &facts);
  descriptors = fl_sim_ffs_create_descriptors (&facts);
  g_assert_cmpmem (g_bytes_get_data (descriptors, NULL), g_bytes_get_size (descriptors), expected,
                   sizeof expected);
  strings = fl_sim_ffs_create_strings (&facts);
  g_assert_cmpmem (g_bytes_get_data (strings, NULL), g_bytes_get_size (strings), names,
                   sizeof names); /* its end included */
}

static void
test_events (void)
{
  static const guint8 request[12] = { 0xc0, 0x50, 2, 1, 30, 0, 64, 0, 4 };
  static const guint8 enable[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 2 };
  FlUsbSetup setup;

  g_assert_true (fl_sim_ffs_event_decode (request, &setup));
  g_assert_cmphex (setup.request_type, ==, 0xc0);
  g_assert_cmphex (setup.request, ==, 0x50);
  g_assert_cmphex (setup.value, ==, 0x102);
  g_assert_cmpuint (setup.index, ==, 30);
  g_assert_cmpuint (setup.length, ==, 64);
  g_assert_false (fl_sim_ffs_event_decode (enable, &setup));
}

static void
assert_file (const char *folder, const char *name, const char *expected)
{
  g_autofree char *path = g_build_filename (folder, "unit", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_strchomp (text), ==, expected);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        g_assert_cmpint (g_unlink (child), ==, 0);
      else
        remove_all (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

/* In an ordinary folder, which keeps the files that configfs takes away by itself. */
static void
test_tree (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("sim-gadget-XXXXXX", &error);
  g_autofree char *link = g_build_filename (folder, "unit/configs/c.1/ffs.unit", NULL);
  g_autofree char *function = g_build_filename (folder, "unit/functions/ffs.unit", NULL);
  g_auto (FlSimFfsFacts) facts = { 0 };
  FlSimGadgetTree *tree;

  read_facts (P2, &facts);
  tree = fl_sim_gadget_tree_new (folder, "unit", &facts, &error);
  g_assert_no_error (error);
  assert_file (folder, "idVendor", "0x2b04");
  assert_file (folder, "idProduct", "0xc020");
  assert_file (folder, "bDeviceClass", "0x00ef");
  assert_file (folder, "strings/0x409/serialnumber", "0a10aced202194944a5b0515");
  assert_file (folder, "configs/c.1/MaxPower", "500");
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (fl_sim_gadget_tree_bind (tree, "a.udc", &error));
  assert_file (folder, "UDC", "a.udc");
  fl_sim_gadget_tree_unbind (tree);
  assert_file (folder, "UDC", "");
  fl_sim_gadget_tree_free (tree);
  g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_false (g_file_test (function, G_FILE_TEST_EXISTS));
  remove_all (folder);
}

static void
test_no_configfs (void)
{
  g_auto (FlSimFfsFacts) facts = { 0 };
  g_autoptr (GError) error = NULL;

  read_facts (P2, &facts);
  g_assert_null (fl_sim_gadget_tree_new ("/nowhere/usb_gadget", "unit", &facts, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (error->message, "modprobe libcomposite"));
}

static void
test_controllers (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("sim-gadget-XXXXXX", &error);
  g_auto (GStrv) none = fl_sim_gadget_tree_list_controllers ("/nowhere/udc");
  g_auto (GStrv) names = NULL;
  const char *made[] = { "dummy_udc.1", "dummy_udc.0" };

  for (guint i = 0; i < G_N_ELEMENTS (made); i++)
    {
      g_autofree char *path = g_build_filename (folder, made[i], NULL);

      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
    }
  names = fl_sim_gadget_tree_list_controllers (folder);
  g_assert_cmpuint (g_strv_length (names), ==, 2);
  g_assert_cmpstr (names[0], ==, "dummy_udc.0");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  remove_all (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sim-gadget/facts/running", test_facts_running);
  g_test_add_func ("/sim-gadget/facts/photon", test_facts_photon);
  g_test_add_func ("/sim-gadget/facts/bootloader", test_facts_bootloader);
  g_test_add_func ("/sim-gadget/facts/unplugged", test_facts_unplugged);
  g_test_add_func ("/sim-gadget/functionfs/descriptors", test_descriptors);
  g_test_add_func ("/sim-gadget/functionfs/events", test_events);
  g_test_add_func ("/sim-gadget/tree/made-and-removed", test_tree);
  g_test_add_func ("/sim-gadget/tree/no-configfs", test_no_configfs);
  g_test_add_func ("/sim-gadget/controllers/sorted", test_controllers);

  return g_test_run ();
}
