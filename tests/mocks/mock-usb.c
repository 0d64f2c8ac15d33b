/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* posix_openpt() */
#include "mock-usb-private.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

/* Descriptors: USB 2.0, 9.6. One configuration with one vendor interface without endpoints. */
#define DESCRIPTORS                                                                                \
  "12010002ffffff40%02x%02x%02x%02x00010102%02x01"                                                 \
  "09021200010100800a"                                                                             \
  "0904000000ff000000"
#define HUB_DESCRIPTORS                                                                            \
  "12010002090000406b1d020001010000"                                                               \
  "00010902120001010080000904000000090000"                                                         \
  "00"

/* Root is refused by nothing; this makes it an ordinary user of device nodes, children included. */
static void
drop_override (void)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct data[2];

  prctl (PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);
  g_assert_cmpint (syscall (SYS_capget, &header, data), ==, 0);
  data[0].effective &= ~(1U << CAP_DAC_OVERRIDE);
  data[0].permitted &= ~(1U << CAP_DAC_OVERRIDE);
  data[0].inheritable &= ~(1U << CAP_DAC_OVERRIDE);
  g_assert_cmpint (syscall (SYS_capset, &header, data), ==, 0);
}

MockUsb *
mock_usb_new (void)
{
  MockUsb *self;

  drop_override ();
  /* A node may become the controlling terminal of a process that has none, see open_terminal(). */
  signal (SIGHUP, SIG_IGN);
  self = g_new0 (MockUsb, 1);
  g_rec_mutex_init (&self->mutex);
  g_mutex_init (&self->open_mutex);
  g_cond_init (&self->open_changed);
  self->testbed = umockdev_testbed_new ();
  g_assert_false (g_file_test ("/sys/kernel", G_FILE_TEST_EXISTS)); /* else: no preload */
  self->root = umockdev_testbed_get_root_dir (self->testbed);
  self->devices = g_ptr_array_new ();
  self->hubs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
mock_usb_free (MockUsb *self)
{
  for (guint i = 0; i < self->devices->len; i++)
    mock_usb_unplug (g_ptr_array_index (self->devices, i));
  g_mutex_lock (&self->open_mutex);
  while (self->n_open > 0)
    g_cond_wait (&self->open_changed, &self->open_mutex);
  g_mutex_unlock (&self->open_mutex);
  g_object_unref (self->testbed);
  g_ptr_array_foreach (self->devices, (GFunc) (void (*) (void)) mock_usb_device_free, NULL);
  g_ptr_array_unref (self->devices);
  g_hash_table_unref (self->hubs);
  g_rec_mutex_clear (&self->mutex);
  g_mutex_clear (&self->open_mutex);
  g_cond_clear (&self->open_changed);
  g_free (self->root);
  g_free (self);
}

/* The device node is a terminal: poll() finds it writable exactly while there is something to reap,
 * by flow control, and broken once the device is gone, by hanging up. usbfs behaves so. */
static char *
open_terminal (MockUsbDevice *device)
{
  const char *name;

  device->master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (device->master, >=, 0);
  g_assert_cmpint (unlockpt (device->master), ==, 0);
  name = ptsname (device->master);
  g_assert_nonnull (name);
  device->slave = open (name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_assert_cmpint (device->slave, >=, 0);
  return g_strdup (name);
}

void
mock_usb_device_set_ready (MockUsbDevice *device, gboolean is_ready)
{
  tcflow (device->slave, is_ready ? TCOON : TCOOFF);
}

static void
make_node (MockUsbDevice *device, const char *target)
{
  g_autofree char *path = g_build_filename (device->usb->root, device->node, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  unlink (path);
  g_assert_cmpint (symlink (target, path), ==, 0);
}

/* "1-2.3": "/devices/usb1/1-2/1-2.3"; "usb1": "/devices/usb1" */
static char *
dup_devpath (const char *location)
{
  GString *path = g_string_new ("/devices/usb");

  if (g_str_has_prefix (location, "usb"))
    g_string_append (path, location + 3);
  else
    g_string_append_len (path, location, strcspn (location, "-"));
  for (const char *p = location; *p != '\0' && !g_str_has_prefix (location, "usb"); p++)
    if (p[1] == '.' || p[1] == '\0')
      g_string_append_printf (path, "/%.*s", (int) (p + 1 - location), location);
  return g_string_free (path, FALSE);
}

static void
add_text (GString *text, const char *name, const char *value)
{
  if (value != NULL)
    g_string_append_printf (text, "A: %s=%s\\n\n", name, value);
}

static void
add_to_testbed (MockUsb *self,
                const char *devpath,
                guint bus,
                guint number,
                const char *descriptors,
                const MockUsbIdentity *identity)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_string_append_printf (text,
                          "P: %s\nE: SUBSYSTEM=usb\nE: DRIVER=usb\nE: DEVTYPE=usb_device\n"
                          "E: BUSNUM=%03u\nE: DEVNUM=%03u\nE: DEVNAME=/dev/bus/usb/%03u/%03u\n"
                          "A: busnum=%u\\n\nA: devnum=%u\\n\nA: bConfigurationValue=1\\n\n"
                          "A: speed=12\\n\nH: descriptors=%s\n",
                          devpath, bus, number, bus, number, bus, number, descriptors);
  if (identity != NULL)
    {
      g_autofree char *vendor = g_strdup_printf ("%04x", identity->vendor_id);
      g_autofree char *product = g_strdup_printf ("%04x", identity->product_id);

      add_text (text, "idVendor", vendor);
      add_text (text, "idProduct", product);
      if (!identity->no_strings)
        {
          add_text (text, "serial", identity->serial);
          add_text (text, "product", identity->product);
        }
    }
  umockdev_testbed_add_from_string (self->testbed, text->str, &error);
  g_assert_no_error (error);
}

static void
add_hub (MockUsb *self, const char *location, guint bus)
{
  g_autofree char *devpath = NULL;

  if (!g_hash_table_add (self->hubs, g_strdup (location)))
    return;
  devpath = dup_devpath (location);
  add_to_testbed (self, devpath, bus, ++self->last_number, HUB_DESCRIPTORS, NULL);
}

static void
add_hubs (MockUsb *self, const char *location, guint bus)
{
  g_autofree char *root = g_strdup_printf ("usb%u", bus);

  add_hub (self, root, bus);
  for (const char *p = strchr (location, '.'); p != NULL; p = strchr (p + 1, '.'))
    {
      g_autofree char *hub = g_strndup (location, p - location);

      add_hub (self, hub, bus);
    }
}

MockUsbDevice *
mock_usb_plug (MockUsb *self,
               const MockUsbIdentity *identity,
               MockUsbControl control,
               gpointer user_data)
{
  MockUsbDevice *device = g_new0 (MockUsbDevice, 1);
  guint bus = (guint) g_ascii_strtoull (identity->location, NULL, 10);
  g_autofree char *devpath = dup_devpath (identity->location);
  g_autofree char *descriptors = NULL;
  g_autofree char *target = NULL;
  g_autoptr (GError) error = NULL;

  g_rec_mutex_lock (&self->mutex);
  add_hubs (self, identity->location, bus);
  device->usb = self;
  device->serial = g_strdup (identity->serial);
  device->product = g_strdup (identity->product);
  device->control = control;
  device->user_data = user_data;
  device->syspath = g_strconcat ("/sys", devpath, NULL);
  device->node = g_strdup_printf ("/dev/bus/usb/%03u/%03u", bus, ++self->last_number);
  g_queue_init (&device->pending);
  g_queue_init (&device->done);
  target = open_terminal (device);
  mock_usb_device_set_ready (device, FALSE);
  mock_usb_device_set_refused (device, identity->is_refused);
  make_node (device, target);
  device->handler = mock_usb_handler_new (device);
  umockdev_testbed_attach_ioctl (self->testbed, device->node, device->handler, &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->devices, device);
  g_rec_mutex_unlock (&self->mutex);

  descriptors = g_strdup_printf (DESCRIPTORS, identity->vendor_id & 0xff, identity->vendor_id >> 8,
                                 identity->product_id & 0xff, identity->product_id >> 8,
                                 identity->serial == NULL ? 0 : MOCK_USB_SERIAL);
  add_to_testbed (self, devpath, bus, self->last_number, descriptors, identity);
  return device;
}

void
mock_usb_unplug (MockUsbDevice *device)
{
  MockUsb *self = device->usb;
  g_autofree char *path = g_build_filename (self->root, device->node, NULL);
  gboolean was_plugged;

  g_rec_mutex_lock (&self->mutex);
  was_plugged = device->slave >= 0;
  mock_usb_device_end_all (device);
  g_rec_mutex_unlock (&self->mutex);
  if (!was_plugged)
    return;
  umockdev_testbed_uevent (self->testbed, device->syspath, "remove");
  umockdev_testbed_remove_device (self->testbed, device->syspath);
  unlink (path);
}

void
mock_usb_device_set_refused (MockUsbDevice *device, gboolean is_refused)
{
  g_assert_cmpint (fchmod (device->slave, is_refused ? 0 : 0600), ==, 0);
}

void
mock_usb_lock (MockUsb *self)
{
  g_rec_mutex_lock (&self->mutex);
}

void
mock_usb_unlock (MockUsb *self)
{
  g_rec_mutex_unlock (&self->mutex);
}

guint
mock_usb_get_n_claims (MockUsb *self)
{
  return (guint) g_atomic_int_get (&self->n_claims);
}

guint
mock_usb_get_n_cancelled (MockUsb *self)
{
  return (guint) g_atomic_int_get (&self->n_cancelled);
}
