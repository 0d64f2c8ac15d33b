/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-vhci"
#include "config.h"

#include "fl-sim-vhci.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Linux, drivers/usb/usbip/vhci_sysfs.c: the columns of "status" are hub, port, state, speed,
 * device, socket and local bus ID; "attach" takes port, socket, device and speed. */
#define STATE_FREE      4 /* VDEV_ST_NULL */
#define SPEED_FULL      2 /* USB_SPEED_FULL: as the descriptors of these devices */
#define BUS_NUMBER      1 /* of the far computer, which is none */
#define ROOT_SPEED      "480"
#define MAX_PORTS       1024
#define MAX_CONTROLLERS 128

struct _FlSimVhci
{
  GObject parent_instance;

  char *folder;
};

static void fl_sim_vhci_iface_init (FlSimUsbipHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSimVhci,
                               fl_sim_vhci,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_SIM_USBIP_HOST,
                                                      fl_sim_vhci_iface_init))

static gboolean
write_file (FlSimVhci *self, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gssize n_bytes = fd >= 0 ? write (fd, text, strlen (text)) : -1;
  int number = errno; /* before close() has its own */

  if (fd >= 0)
    close (fd);
  if (n_bytes >= 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "Writing “%s” to %s: %s",
               text, path, g_strerror (number));
  return FALSE;
}

/* The ports for devices of USB 2 that nobody uses. */
static void
read_free (const char *text, guint8 is_free[MAX_PORTS])
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char hub[8];
      guint port, state;

      if (sscanf (lines[i], "%7s %u %u", hub, &port, &state) == 3 && strcmp (hub, "hs") == 0 &&
          port < MAX_PORTS)
        is_free[port] = state == STATE_FREE;
    }
}

/* The first controller has "status", the next ones "status.1" and so on, all in its folder. */
static void
find_free (FlSimVhci *self, guint8 is_free[MAX_PORTS])
{
  memset (is_free, FALSE, MAX_PORTS);
  for (guint i = 0; i < MAX_CONTROLLERS; i++)
    {
      g_autofree char *name = i == 0 ? g_strdup ("status") : g_strdup_printf ("status.%u", i);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autofree char *text = NULL;

      if (!g_file_get_contents (path, &text, NULL, NULL))
        return;
      read_free (text, is_free);
    }
}

/* -1: none. */
static int
choose (const guint8 is_free[MAX_PORTS], int wanted)
{
  if (wanted >= 0 && wanted < MAX_PORTS && is_free[wanted])
    return wanted;
  for (int port = 0; port < MAX_PORTS; port++)
    if (is_free[port])
      return port;
  return -1;
}

/* Another program may take the chosen port meanwhile: then the next one. */
static int
fl_sim_vhci_attach (FlSimUsbipHost *host, int socket, int wanted, GError **error)
{
  FlSimVhci *self = FL_SIM_VHCI (host);
  guint8 is_free[MAX_PORTS];
  int port;

  find_free (self, is_free);
  while ((port = choose (is_free, wanted)) >= 0)
    {
      g_autofree char *line =
          g_strdup_printf ("%d %d %d %d", port, socket, BUS_NUMBER << 16 | (port + 1), SPEED_FULL);
      g_autoptr (GError) problem = NULL;

      if (write_file (self, "attach", line, &problem))
        return port;
      is_free[port] = FALSE;
      if (!g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_FAILED)) /* as EBUSY becomes */
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return -1;
        }
    }
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "No port of vhci_hcd is free");
  return -1;
}

/* The kernel may have done so already. */
static void
fl_sim_vhci_detach (FlSimUsbipHost *host, int port)
{
  g_autofree char *line = g_strdup_printf ("%d", port);
  g_autoptr (GError) error = NULL;

  if (!write_file (FL_SIM_VHCI (host), "detach", line, &error))
    g_debug ("%s", error->message);
}

/* Port numbers of the kernel's file go on over both hubs of all controllers; those of a root hub,
 * which are in the names of devices, begin with 1. */
static void
find_controller (FlSimVhci *self, int port, char **folder, guint *number)
{
  guint hub_ports = 0;
  g_autofree char *path = g_build_filename (self->folder, "status", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint controller;

  g_file_get_contents (path, &text, NULL, NULL);
  lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    hub_ports += g_str_has_prefix (lines[i], "hs ");
  hub_ports = MAX (1, hub_ports);
  controller = (guint) port / (2 * hub_ports);
  *number = (guint) port % (2 * hub_ports) + 1;
  if (controller == 0)
    *folder = g_strdup (self->folder);
  else
    *folder = g_strdup_printf ("%s/../vhci_hcd.%u", self->folder, controller);
}

/* Bus number of the controller's hub for USB 2. (nullable) */
static char *
find_bus (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, "speed", NULL);
      g_autofree char *speed = NULL;

      if (g_str_has_prefix (name, "usb") && g_file_get_contents (path, &speed, NULL, NULL) &&
          strcmp (g_strstrip (speed), ROOT_SPEED) == 0)
        return g_strdup (name + strlen ("usb"));
    }
  return NULL;
}

static char *
fl_sim_vhci_dup_place (FlSimUsbipHost *host, int port)
{
  g_autofree char *folder = NULL, *bus = NULL;
  guint number;

  find_controller (FL_SIM_VHCI (host), port, &folder, &number);
  bus = find_bus (folder);
  return bus != NULL ? g_strdup_printf ("%s-%u", bus, number) : g_strdup_printf ("%d", port);
}

static void
fl_sim_vhci_iface_init (FlSimUsbipHostInterface *iface)
{
  iface->attach = fl_sim_vhci_attach;
  iface->detach = fl_sim_vhci_detach;
  iface->dup_place = fl_sim_vhci_dup_place;
}

static void
fl_sim_vhci_finalize (GObject *object)
{
  g_free (FL_SIM_VHCI (object)->folder);
  G_OBJECT_CLASS (fl_sim_vhci_parent_class)->finalize (object);
}

static void
fl_sim_vhci_class_init (FlSimVhciClass *class)
{
  G_OBJECT_CLASS (class)->finalize = fl_sim_vhci_finalize;
}

static void
fl_sim_vhci_init (FlSimVhci *self)
{
}

FlSimUsbipHost *
fl_sim_vhci_new (const char *folder, GError **error)
{
  g_autoptr (FlSimVhci) self = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (FL_TYPE_SIM_VHCI, NULL);
  self->folder = g_strdup (folder);
  path = g_build_filename (folder, "attach", NULL);
  if (access (path, W_OK) == 0)
    return FL_SIM_USBIP_HOST (g_steal_pointer (&self));
  if (errno == ENOENT || errno == ENOTDIR)
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                         "The kernel's module vhci_hcd is not loaded: modprobe vhci-hcd");
  else
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 "Only root may attach devices to the kernel: %s: %s", path, g_strerror (errno));
  return NULL;
}
