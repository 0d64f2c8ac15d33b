/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-serial-bus"
#include "config.h"

#include "fl-sim-serial-bus.h"

#include "fl-error.h"
#include "fl-sim-console.h"
#include "fl-sim-serial-link.h"
#include "fl-sim-usb.h"

/* What the computer knows of one device. */
typedef struct
{
  FlSimDevice *device;
  guint attachment;   /* that it knows of; 0: none */
  FlSerialPort *port; /* (nullable) */
} Socket;

struct _FlSimSerialBus
{
  GObject parent_instance;

  FlSimWorld *world;
  FlClock *clock;
  GListStore *ports;
  Socket *sockets;
  gulong changed_id;
  guint timer_id;
  gboolean running;
};

static void fl_sim_serial_bus_iface_init (FlSerialBusInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSimSerialBus,
                               fl_sim_serial_bus,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_SERIAL_BUS,
                                                      fl_sim_serial_bus_iface_init))

typedef enum
{
  PROP_PROBLEM = 1,
} FlSimSerialBusProperty;

static void
remove_port (FlSimSerialBus *self, Socket *socket)
{
  guint position;

  if (socket->port != NULL && g_list_store_find (self->ports, socket->port, &position))
    g_list_store_remove (self->ports, position);
  g_clear_object (&socket->port);
}

static GError *
create_problem (FlSimDevice *device, gint64 now_us)
{
  FlSimUsbIdentity identity;

  /* One rule opens both the device and its port. */
  fl_sim_usb_get_identity (device, &identity);
  if (!identity.is_refused && fl_sim_console_get_access (device, now_us) != FL_SIM_CONSOLE_REFUSED)
    return NULL;
  return g_error_new_literal (FL_ERROR, FL_ERROR_USB_ACCESS,
                              "The simulated port may not be opened");
}

/* Names as a Linux computer with these devices has them. */
static void
add_port (FlSimSerialBus *self, Socket *socket, guint index, gint64 now_us)
{
  g_autofree char *path = g_strdup_printf ("/dev/ttyACM%u", index);
  g_autofree char *product = NULL;
  g_autofree char *link = NULL;
  FlSimUsbIdentity identity;

  fl_sim_usb_get_identity (socket->device, &identity);
  product = g_strdelimit (g_strdup (identity.product), " ", '_');
  link = g_strdup_printf ("/dev/serial/by-id/usb-Particle_%s_%s-if00", product, identity.serial);
  socket->port = fl_serial_port_new (path, link, identity.location, identity.vendor_id,
                                     identity.product_id, identity.serial);
  fl_serial_port_take_problem (socket->port, create_problem (socket->device, now_us));
  g_list_store_append (self->ports, socket->port);
}

static void schedule (FlSimSerialBus *self, gint64 at_us);

static void
check (FlSimSerialBus *self)
{
  g_autoptr (FlSimSerialBus) keep = g_object_ref (self); /* whoever hears may let go of it */
  gint64 now_us = fl_clock_now_us (self->clock);
  gint64 next_us = G_MAXINT64;

  for (guint i = 0; i < fl_sim_world_get_n_devices (self->world); i++)
    {
      Socket *socket = &self->sockets[i];
      guint attachment;

      if (!fl_sim_device_get_spec (socket->device)->has_serial_port ||
          (!fl_sim_usb_has_cable (socket->device) && socket->attachment == 0))
        continue;
      attachment = fl_sim_console_get_attachment (socket->device, now_us);
      next_us = MIN (next_us, fl_sim_device_get_deadline (socket->device));
      if (attachment == socket->attachment)
        continue;
      remove_port (self, socket);
      socket->attachment = attachment;
      if (attachment != 0)
        add_port (self, socket, i, now_us);
    }
  if (self->running)
    schedule (self, next_us);
}

static void
on_timer (gpointer data)
{
  FlSimSerialBus *self = data;

  self->timer_id = 0;
  check (self);
}

static void
schedule (FlSimSerialBus *self, gint64 at_us)
{
  fl_clock_clear (self->clock, &self->timer_id);
  if (at_us != G_MAXINT64)
    self->timer_id = fl_clock_add_at (self->clock, at_us, on_timer, self);
}

/* The world is busy at this moment; a little later it can be asked. */
static void
on_changed (FlSimWorld *world, FlSimSerialBus *self)
{
  schedule (self, fl_clock_now_us (self->clock));
}

static void
fl_sim_serial_bus_start (FlSerialBus *bus)
{
  FlSimSerialBus *self = FL_SIM_SERIAL_BUS (bus);

  if (self->running)
    return;
  self->running = TRUE;
  self->changed_id = g_signal_connect (self->world, "changed", G_CALLBACK (on_changed), self);
  schedule (self, fl_clock_now_us (self->clock));
}

static void
fl_sim_serial_bus_stop (FlSerialBus *bus)
{
  FlSimSerialBus *self = FL_SIM_SERIAL_BUS (bus);

  self->running = FALSE;
  fl_clock_clear (self->clock, &self->timer_id);
  g_clear_signal_handler (&self->changed_id, self->world);
}

static GListModel *
fl_sim_serial_bus_get_ports (FlSerialBus *bus)
{
  return G_LIST_MODEL (FL_SIM_SERIAL_BUS (bus)->ports);
}

/* A port that is gone gives a link that cannot be opened. A device without a cable has a location,
 * too, but one in which another may be. */
static FlSerialLink *
fl_sim_serial_bus_create_link (FlSerialBus *bus, FlSerialPort *port)
{
  FlSimSerialBus *self = FL_SIM_SERIAL_BUS (bus);
  Socket *found = NULL;

  for (guint i = 0; i < fl_sim_world_get_n_devices (self->world); i++)
    {
      Socket *socket = &self->sockets[i];
      const FlSimDeviceSpec *spec = fl_sim_device_get_spec (socket->device);

      if (g_strcmp0 (spec->location, fl_serial_port_get_location (port)) == 0 &&
          (found == NULL || fl_sim_usb_has_cable (socket->device)))
        found = socket;
    }
  g_return_val_if_fail (found != NULL, NULL);
  return fl_sim_serial_link_new (found->device, found->port == port ? found->attachment : 0,
                                 self->clock);
}

static const GError *
fl_sim_serial_bus_get_problem (FlSerialBus *bus)
{
  return NULL;
}

static void
fl_sim_serial_bus_recheck (FlSerialBus *bus)
{
  FlSimSerialBus *self = FL_SIM_SERIAL_BUS (bus);
  gint64 now_us = fl_clock_now_us (self->clock);

  for (guint i = 0; i < fl_sim_world_get_n_devices (self->world); i++)
    {
      Socket *socket = &self->sockets[i];

      if (socket->port == NULL || fl_serial_port_get_problem (socket->port) == NULL)
        continue;
      fl_sim_console_recheck (socket->device);
      fl_serial_port_take_problem (socket->port, create_problem (socket->device, now_us));
    }
  check (self);
}

static void
fl_sim_serial_bus_iface_init (FlSerialBusInterface *iface)
{
  iface->start = fl_sim_serial_bus_start;
  iface->stop = fl_sim_serial_bus_stop;
  iface->get_ports = fl_sim_serial_bus_get_ports;
  iface->create_link = fl_sim_serial_bus_create_link;
  iface->get_problem = fl_sim_serial_bus_get_problem;
  iface->recheck = fl_sim_serial_bus_recheck;
}

static void
fl_sim_serial_bus_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlSimSerialBusProperty) id)
    {
    case PROP_PROBLEM:
      g_value_set_boxed (value, NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fl_sim_serial_bus_dispose (GObject *object)
{
  FlSimSerialBus *self = FL_SIM_SERIAL_BUS (object);

  if (self->clock != NULL)
    fl_sim_serial_bus_stop (FL_SERIAL_BUS (self));
  for (guint i = 0; self->sockets != NULL && i < fl_sim_world_get_n_devices (self->world); i++)
    g_clear_object (&self->sockets[i].port);
  g_clear_pointer (&self->sockets, g_free);
  g_clear_object (&self->ports);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  G_OBJECT_CLASS (fl_sim_serial_bus_parent_class)->dispose (object);
}

static void
fl_sim_serial_bus_class_init (FlSimSerialBusClass *class)
{
  G_OBJECT_CLASS (class)->get_property = fl_sim_serial_bus_get_property;
  G_OBJECT_CLASS (class)->dispose = fl_sim_serial_bus_dispose;
  g_object_class_override_property (G_OBJECT_CLASS (class), PROP_PROBLEM, "problem");
}

static void
fl_sim_serial_bus_init (FlSimSerialBus *self)
{
  self->ports = g_list_store_new (FL_TYPE_SERIAL_PORT);
}

FlSerialBus *
fl_sim_serial_bus_new (FlSimWorld *world, FlClock *clock)
{
  FlSimSerialBus *self;
  guint n_devices;

  g_return_val_if_fail (FL_IS_SIM_WORLD (world), NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_SIM_SERIAL_BUS, NULL);
  self->world = g_object_ref (world);
  self->clock = g_object_ref (clock);
  n_devices = fl_sim_world_get_n_devices (world);
  self->sockets = g_new0 (Socket, MAX (n_devices, 1));
  for (guint i = 0; i < n_devices; i++)
    self->sockets[i].device = fl_sim_world_get_device (world, i);
  return FL_SERIAL_BUS (self);
}
