/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-doctor"
#include "config.h"

#include "fl-doctor-private.h"

#include <fcntl.h>
#include <unistd.h>

#define MAX_PORTS 32
#define MAX_NAME  80 /* bytes; Linux has 16 */

void
fl_doctor_serial_free (gpointer data)
{
  FlDoctorSerial *port = data;

  g_free (port->node);
  g_free (port->product);
  g_free (port->user);
  g_free (port);
}

static gboolean
has_open (const char *root, const char *process, const char *node)
{
  g_autofree char *folder = g_build_filename (root, "proc", process, "fd", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (g_strcmp0 (target, node) == 0)
        return TRUE;
    }
  return FALSE;
}

/* (transfer full) (nullable) The name of a program that has @node open: one of this person's, since
 * nobody else's can be seen. The port itself is left alone: opening it would be felt by the
 * device. */
static char *
find_user (const char *root, const char *node)
{
  g_autofree char *folder = g_build_filename (root, "proc", NULL);
  g_autofree char *self = g_strdup_printf ("%d", (int) getpid ());
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, "comm", NULL);
      g_autofree char *text = NULL;

      if (!g_ascii_isdigit (*name) || g_str_equal (name, self) || !has_open (root, name, node))
        continue;
      if (!g_file_get_contents (path, &text, NULL, NULL) || !g_utf8_validate (text, -1, NULL))
        return g_strdup ("?");
      g_strstrip (text);
      return g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_NAME));
    }
  return NULL;
}

static void
add_port (GPtrArray *ports, const char *root, const FlDoctorPlugged *plugged, const char *name)
{
  FlDoctorSerial *port = g_new0 (FlDoctorSerial, 1);
  g_autofree char *path = g_build_filename (root, "dev", name, NULL);

  port->node = g_strdup_printf ("/dev/%s", name);
  port->product = g_strdup (plugged->product);
  port->is_openable = faccessat (AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0;
  port->user = find_user (root, port->node);
  g_ptr_array_add (ports, port);
}

/* Linux, Documentation/ABI/testing/sysfs-bus-usb: an interface is "1-2:1.0"; its terminals are
 * below "tty". */
static void
add_ports (GPtrArray *ports,
           const char *root,
           const FlDoctorPlugged *plugged,
           const char *interface)
{
  g_autofree char *folder = g_build_filename (root, "sys/bus/usb/devices", interface, "tty", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL && ports->len < MAX_PORTS)
    add_port (ports, root, plugged, name);
}

static int
compare_ports (gconstpointer a, gconstpointer b)
{
  const FlDoctorSerial *const *left = a;
  const FlDoctorSerial *const *right = b;

  return g_strcmp0 ((*left)->node, (*right)->node);
}

GPtrArray *
fl_doctor_serial_read (const char *root, GPtrArray *plugged)
{
  GPtrArray *ports = g_ptr_array_new_with_free_func (fl_doctor_serial_free);
  g_autofree char *class = g_build_filename (root, "sys/bus/usb/devices", NULL);
  g_autoptr (GDir) dir = g_dir_open (class, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    for (guint i = 0; i < plugged->len; i++)
      {
        const FlDoctorPlugged *device = g_ptr_array_index (plugged, i);
        gsize size = strlen (device->location);

        if (strncmp (name, device->location, size) == 0 && name[size] == ':')
          add_ports (ports, root, device, name);
      }
  g_ptr_array_sort (ports, compare_ports);
  return ports;
}
