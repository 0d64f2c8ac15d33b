/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-udev-serial-bus"
#include "config.h"

#include "fl-udev-serial-bus.h"

#include "fl-error.h"
#include "fl-named-port.h"
#include "fl-tty-link.h"
#include "fl-udev-port.h"

#include <errno.h>
#include <unistd.h>

struct _FlUdevSerialBus
{
  GObject parent_instance;

  FlClock *clock;
  char *extra;         /* (nullable) */
  gboolean only_extra; /* nothing else is of interest */
  gboolean is_started;
  GUdevClient *client; /* (nullable) while stopped */
  FlNamedPort *named;  /* (nullable) while stopped, or without one */
  GListStore *ports;
};

static void fl_udev_serial_bus_iface_init (FlSerialBusInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlUdevSerialBus,
                               fl_udev_serial_bus,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_SERIAL_BUS,
                                                      fl_udev_serial_bus_iface_init))

enum
{
  PROP_PROBLEM = 1
};

/* Of a port's data: its GUdevDevice; none: udev does not know the port. */
#define DEVICE_KEY "fl-udev-device"
/* Of a port's data: GFileMonitor while it may not be opened. */
#define MONITOR_KEY "fl-udev-monitor"

static void check_port (FlSerialPort *port);

static gboolean
may_open (const char *path)
{
  return access (path, R_OK | W_OK) == 0 || errno != EACCES;
}

static void
monitor_free (gpointer data)
{
  g_file_monitor_cancel (data);
  g_object_unref (data);
}

static void
on_node_changed (GFileMonitor *monitor,
                 GFile *file,
                 GFile *other,
                 GFileMonitorEvent event,
                 FlSerialPort *port)
{
  check_port (port);
}

/* The node's rights change when a rule is added, without another arrival. */
static void
watch_node (FlSerialPort *port)
{
  g_autoptr (GFile) file = g_file_new_for_path (fl_serial_port_get_path (port));
  GFileMonitor *monitor;

  if (g_object_get_data (G_OBJECT (port), MONITOR_KEY) != NULL)
    return;
  monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (monitor == NULL)
    return;
  g_signal_connect_object (monitor, "changed", G_CALLBACK (on_node_changed), port, 0);
  g_object_set_data_full (G_OBJECT (port), MONITOR_KEY, monitor, monitor_free);
}

static void
check_port (FlSerialPort *port)
{
  if (may_open (fl_serial_port_get_path (port)))
    {
      g_object_set_data (G_OBJECT (port), MONITOR_KEY, NULL);
      fl_serial_port_take_problem (port, NULL);
      return;
    }
  watch_node (port);
  if (fl_serial_port_get_problem (port) == NULL)
    fl_serial_port_take_problem (port,
                                 g_error_new (FL_ERROR, FL_ERROR_USB_ACCESS, "%s may not be opened",
                                              fl_serial_port_get_path (port)));
}

/* Borrowed: the list keeps it. */
static FlSerialPort *
peek_port (FlUdevSerialBus *self, guint position)
{
  g_autoptr (FlSerialPort) port = g_list_model_get_item (G_LIST_MODEL (self->ports), position);

  return port;
}

static guint
count_ports (FlUdevSerialBus *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->ports));
}

static const char *
get_sysfs_path (FlSerialPort *port)
{
  GUdevDevice *device = g_object_get_data (G_OBJECT (port), DEVICE_KEY);

  return device != NULL ? g_udev_device_get_sysfs_path (device) : NULL;
}

static gboolean
find_by_sysfs_path (FlUdevSerialBus *self, const char *sysfs_path, guint *position)
{
  for (*position = 0; *position < count_ports (self); (*position)++)
    if (g_strcmp0 (get_sysfs_path (peek_port (self, *position)), sysfs_path) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_named (FlUdevSerialBus *self, const char *path)
{
  return self->named != NULL && fl_named_port_leads_by (self->named, path);
}

static FlSerialPort *
create_port (FlUdevSerialBus *self, GUdevDevice *device)
{
  FlSerialPort *port = fl_udev_port_new (device);

  if (port == NULL)
    return NULL;
  g_object_set_data_full (G_OBJECT (port), DEVICE_KEY, g_object_ref (device), g_object_unref);
  if (is_named (self, fl_serial_port_get_path (port)))
    fl_serial_port_set_is_named (port);
  return port;
}

static gboolean
is_same_port (FlSerialPort *a, FlSerialPort *b)
{
  return fl_serial_port_get_is_named (a) == fl_serial_port_get_is_named (b) &&
         fl_serial_port_get_vendor_id (a) == fl_serial_port_get_vendor_id (b) &&
         fl_serial_port_get_product_id (a) == fl_serial_port_get_product_id (b) &&
         g_str_equal (fl_serial_port_get_path (a), fl_serial_port_get_path (b)) &&
         g_strcmp0 (fl_serial_port_get_location (a), fl_serial_port_get_location (b)) == 0 &&
         g_strcmp0 (fl_serial_port_get_serial (a), fl_serial_port_get_serial (b)) == 0;
}

/* At @position instead of what is there. */
static void
replace_port (FlUdevSerialBus *self, guint position, FlSerialPort *port)
{
  g_list_store_remove (self->ports, position);
  check_port (port);
  g_list_store_insert (self->ports, position, port);
}

static void
add_device (FlUdevSerialBus *self, GUdevDevice *device)
{
  g_autoptr (FlSerialPort) port = create_port (self, device);
  guint position;

  if (port == NULL)
    return;
  if (!find_by_sysfs_path (self, g_udev_device_get_sysfs_path (device), &position))
    {
      check_port (port);
      g_list_store_append (self->ports, port);
    }
  else if (is_same_port (peek_port (self, position), port))
    check_port (peek_port (self, position));
  else
    replace_port (self, position, port);
}

/* Those that udev knows say whether they are the named one. Returns whether one is. */
static gboolean
mark_named (FlUdevSerialBus *self)
{
  gboolean is_known = FALSE;

  for (guint i = 0; i < count_ports (self); i++)
    {
      FlSerialPort *port = peek_port (self, i);
      GUdevDevice *device = g_object_get_data (G_OBJECT (port), DEVICE_KEY);
      gboolean is_target = is_named (self, fl_serial_port_get_path (port));

      if (device == NULL)
        continue;
      is_known = is_known || is_target;
      if (is_target != fl_serial_port_get_is_named (port))
        add_device (self, device);
    }
  return is_known;
}

/* Lists the named port when udev does not know it. */
static void
settle_named (FlUdevSerialBus *self)
{
  gboolean is_known = mark_named (self);
  const char *target = self->named != NULL ? fl_named_port_get_target (self->named) : NULL;
  const char *wanted = is_known ? NULL : target;
  g_autoptr (FlSerialPort) port = NULL;
  guint position;

  if (find_by_sysfs_path (self, NULL, &position))
    {
      if (g_strcmp0 (fl_serial_port_get_path (peek_port (self, position)), wanted) == 0)
        return;
      g_list_store_remove (self->ports, position);
    }
  if (wanted == NULL)
    return;
  port = fl_serial_port_new (wanted, self->extra, NULL, 0, 0, NULL);
  fl_serial_port_set_is_named (port);
  check_port (port);
  g_list_store_append (self->ports, port);
}

static void
on_named_changed (gpointer owner)
{
  settle_named (FL_UDEV_SERIAL_BUS (owner));
}

static void
on_uevent (GUdevClient *client, const char *action, GUdevDevice *device, FlUdevSerialBus *self)
{
  guint position;

  if (!g_str_equal (action, "remove"))
    {
      if (self->named != NULL)
        fl_named_port_look (self->named); /* its link may be as new as the port */
      add_device (self, device);
    }
  else if (find_by_sysfs_path (self, g_udev_device_get_sysfs_path (device), &position))
    g_list_store_remove (self->ports, position);
  settle_named (self);
}

static gboolean
is_among (GList *devices, const char *sysfs_path)
{
  for (GList *link = devices; link != NULL; link = link->next)
    if (g_str_equal (g_udev_device_get_sysfs_path (link->data), sysfs_path))
      return TRUE;
  return FALSE;
}

static void
list_all (FlUdevSerialBus *self)
{
  g_autolist (GUdevDevice) devices = g_udev_client_query_by_subsystem (self->client, "tty");

  for (guint i = count_ports (self); i > 0; i--)
    {
      const char *sysfs_path = get_sysfs_path (peek_port (self, i - 1));

      if (sysfs_path != NULL && !is_among (devices, sysfs_path))
        g_list_store_remove (self->ports, i - 1);
    }
  for (GList *link = devices; link != NULL; link = link->next)
    add_device (self, link->data);
}

static void
watch_udev (FlUdevSerialBus *self)
{
  static const char *const subsystems[] = { "tty", NULL };

  self->client = g_udev_client_new (subsystems);
  g_signal_connect (self->client, "uevent", G_CALLBACK (on_uevent), self);
  list_all (self);
}

static void
fl_udev_serial_bus_start (FlSerialBus *bus)
{
  FlUdevSerialBus *self = FL_UDEV_SERIAL_BUS (bus);

  if (self->is_started)
    return;

  self->is_started = TRUE;
  if (self->extra != NULL)
    self->named = fl_named_port_new (self->extra, on_named_changed, self);
  if (!self->only_extra)
    watch_udev (self);
  settle_named (self);
}

static void
fl_udev_serial_bus_stop (FlSerialBus *bus)
{
  FlUdevSerialBus *self = FL_UDEV_SERIAL_BUS (bus);

  self->is_started = FALSE;
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
  g_clear_pointer (&self->named, fl_named_port_free);
}

static GListModel *
fl_udev_serial_bus_get_ports (FlSerialBus *bus)
{
  return G_LIST_MODEL (FL_UDEV_SERIAL_BUS (bus)->ports);
}

static FlSerialLink *
fl_udev_serial_bus_create_link (FlSerialBus *bus, FlSerialPort *port)
{
  return fl_tty_link_new (fl_serial_port_get_path (port), FL_UDEV_SERIAL_BUS (bus)->clock);
}

/* Where USB is hidden, the USB finder says so; one voice is enough. */
static const GError *
fl_udev_serial_bus_get_problem (FlSerialBus *bus)
{
  return NULL;
}

static void
fl_udev_serial_bus_recheck (FlSerialBus *bus)
{
  FlUdevSerialBus *self = FL_UDEV_SERIAL_BUS (bus);

  for (guint i = 0; i < count_ports (self); i++)
    check_port (peek_port (self, i));
}

static void
fl_udev_serial_bus_iface_init (FlSerialBusInterface *iface)
{
  iface->start = fl_udev_serial_bus_start;
  iface->stop = fl_udev_serial_bus_stop;
  iface->get_ports = fl_udev_serial_bus_get_ports;
  iface->create_link = fl_udev_serial_bus_create_link;
  iface->get_problem = fl_udev_serial_bus_get_problem;
  iface->recheck = fl_udev_serial_bus_recheck;
}

static void
fl_udev_serial_bus_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boxed (value, NULL);
}

static void
fl_udev_serial_bus_finalize (GObject *object)
{
  FlUdevSerialBus *self = FL_UDEV_SERIAL_BUS (object);

  fl_udev_serial_bus_stop (FL_SERIAL_BUS (self));
  g_clear_object (&self->ports);
  g_clear_object (&self->clock);
  g_free (self->extra);
  G_OBJECT_CLASS (fl_udev_serial_bus_parent_class)->finalize (object);
}

static void
fl_udev_serial_bus_class_init (FlUdevSerialBusClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_udev_serial_bus_get_property;
  object_class->finalize = fl_udev_serial_bus_finalize;
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");
}

static void
fl_udev_serial_bus_init (FlUdevSerialBus *self)
{
  self->ports = g_list_store_new (FL_TYPE_SERIAL_PORT);
}

FlSerialBus *
fl_udev_serial_bus_new (FlClock *clock, const char *extra)
{
  FlUdevSerialBus *self;

  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_UDEV_SERIAL_BUS, NULL);
  self->clock = g_object_ref (clock);
  self->extra = g_strdup (extra);
  return FL_SERIAL_BUS (self);
}

FlSerialBus *
fl_udev_serial_bus_new_for_port (FlClock *clock, const char *path)
{
  FlSerialBus *bus;

  g_return_val_if_fail (path != NULL, NULL);

  bus = fl_udev_serial_bus_new (clock, path);
  if (bus != NULL)
    FL_UDEV_SERIAL_BUS (bus)->only_extra = TRUE;
  return bus;
}
