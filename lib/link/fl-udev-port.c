/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-udev-port"
#include "config.h"

#include "fl-udev-port.h"

#define STABLE_FOLDER "/dev/serial/by-id/"

/* Of the attribute in hexadecimal digits; 0: none. */
static guint16
read_number (GUdevDevice *usb, const char *attribute)
{
  const char *text = g_udev_device_get_sysfs_attr (usb, attribute);
  guint64 number = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT16, &number, NULL))
    return 0;
  return (guint16) number;
}

/* As the device says it: ID_SERIAL_SHORT is without the characters that udev does not like. */
static char *
read_serial (GUdevDevice *device, GUdevDevice *usb)
{
  const char *text = g_udev_device_get_sysfs_attr (usb, "serial");
  g_autofree char *serial = NULL;

  if (text == NULL)
    text = g_udev_device_get_property (device, "ID_SERIAL_SHORT");
  if (text == NULL)
    return NULL;
  serial = g_utf8_make_valid (text, -1);
  g_strstrip (serial);
  return *serial != '\0' ? g_steal_pointer (&serial) : NULL;
}

static const char *
find_stable_path (GUdevDevice *device)
{
  const char *const *links = g_udev_device_get_property_as_strv (device, "DEVLINKS");

  for (gsize i = 0; links != NULL && links[i] != NULL; i++)
    if (g_str_has_prefix (links[i], STABLE_FOLDER))
      return links[i];
  return NULL;
}

FlSerialPort *
fl_udev_port_new (GUdevDevice *device)
{
  const char *path = g_udev_device_get_device_file (device);
  g_autoptr (GUdevDevice) usb =
      g_udev_device_get_parent_with_subsystem (device, "usb", "usb_device");
  g_autofree char *serial = NULL;

  if (path == NULL || usb == NULL)
    return NULL;
  serial = read_serial (device, usb);
  /* The kernel's name of the device is where it is plugged in. */
  return fl_serial_port_new (path, find_stable_path (device), g_udev_device_get_name (usb),
                             read_number (usb, "idVendor"), read_number (usb, "idProduct"), serial);
}
