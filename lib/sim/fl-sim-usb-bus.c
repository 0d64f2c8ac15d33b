/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-usb-bus"
#include "config.h"

#include "fl-sim-usb-bus.h"

#include "fl-error.h"
#include "fl-sim-usb-link.h"
#include "fl-sim-usb.h"

/* What the computer knows of one device. */
typedef struct
{
  FlSimDevice *device;
  guint attachment; /* that it knows of; 0: none */
  guint missed;     /* attachment whose coming, or going, it did not hear of, by fault */
  gboolean is_missed;
  FlUsbPort *port; /* (nullable) */
} Socket;

struct _FlSimUsbBus
{
  GObject parent_instance;

  FlSimWorld *world;
  FlClock *clock;
  GListStore *ports;
  Socket *sockets;
  gulong changed_id;
  guint timer_id;
  gboolean running;
  guint *counter; /* of transfers, shared with the links */
  GError *problem;
};

static void fl_sim_usb_bus_iface_init (FlUsbBusInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSimUsbBus,
                               fl_sim_usb_bus,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_USB_BUS, fl_sim_usb_bus_iface_init))

typedef enum
{
  PROP_PROBLEM = 1,
} FlSimUsbBusProperty;

static void
remove_port (FlSimUsbBus *self, Socket *socket)
{
  guint position;

  if (socket->port != NULL && g_list_store_find (self->ports, socket->port, &position))
    g_list_store_remove (self->ports, position);
  g_clear_object (&socket->port);
}

static GError *
create_problem (const FlSimUsbIdentity *identity)
{
  return identity->is_refused ? g_error_new_literal (FL_ERROR, FL_ERROR_USB_ACCESS,
                                                     "The simulated device may not be opened")
                              : NULL;
}

static void
add_port (FlSimUsbBus *self, Socket *socket)
{
  FlSimUsbIdentity identity;

  fl_sim_usb_get_identity (socket->device, &identity);
  socket->port = fl_usb_port_new (identity.location, identity.vendor_id, identity.product_id,
                                  identity.serial, identity.product);
  fl_usb_port_take_problem (socket->port, create_problem (&identity));
  g_list_store_append (self->ports, socket->port);
}

/* Who missed one event stays with what it knew until the next. */
static gboolean
is_missed (Socket *socket, guint attachment)
{
  if (socket->is_missed && socket->missed == attachment)
    return TRUE;
  socket->is_missed = fl_sim_usb_misses_event (socket->device);
  socket->missed = attachment;
  return socket->is_missed;
}

static void
check_socket (FlSimUsbBus *self, Socket *socket, gint64 now_us)
{
  guint attachment = fl_sim_usb_get_attachment (socket->device, now_us);

  if (self->problem != NULL)
    attachment = 0;
  if (attachment == socket->attachment)
    return;
  if (is_missed (socket, attachment))
    return;
  remove_port (self, socket);
  socket->attachment = attachment;
  if (attachment != 0)
    add_port (self, socket);
}

static void
check_problem (FlSimUsbBus *self)
{
  gboolean is_hidden = fl_sim_world_is_usb_hidden (self->world);

  if (is_hidden == (self->problem != NULL))
    return;
  g_clear_error (&self->problem);
  if (is_hidden)
    g_set_error_literal (&self->problem, FL_ERROR, FL_ERROR_USB_PERMISSION,
                         "The simulated computer shows no USB");
  g_object_notify (G_OBJECT (self), "problem");
}

static void schedule (FlSimUsbBus *self, gint64 at_us);

static void
check (FlSimUsbBus *self)
{
  g_autoptr (FlSimUsbBus) keep = g_object_ref (self); /* whoever hears of it may let go of it */
  gint64 now_us = fl_clock_now_us (self->clock);
  gint64 next_us = G_MAXINT64;

  check_problem (self);
  for (guint i = 0; i < fl_sim_world_get_n_devices (self->world); i++)
    {
      Socket *socket = &self->sockets[i];

      if (!fl_sim_usb_has_cable (socket->device) && socket->attachment == 0)
        continue;
      check_socket (self, socket, now_us);
      next_us = MIN (next_us, fl_sim_device_get_deadline (socket->device));
    }
  if (self->running)
    schedule (self, next_us);
}

static void
on_timer (gpointer data)
{
  FlSimUsbBus *self = data;

  self->timer_id = 0;
  check (self);
}

static void
schedule (FlSimUsbBus *self, gint64 at_us)
{
  fl_clock_clear (self->clock, &self->timer_id);
  if (at_us != G_MAXINT64)
    self->timer_id = fl_clock_add_at (self->clock, at_us, on_timer, self);
}

/* The world is busy at this moment; a little later it can be asked. */
static void
on_changed (FlSimWorld *world, FlSimUsbBus *self)
{
  schedule (self, fl_clock_now_us (self->clock));
}

static void
fl_sim_usb_bus_start (FlUsbBus *bus)
{
  FlSimUsbBus *self = FL_SIM_USB_BUS (bus);

  if (self->running)
    return;
  self->running = TRUE;
  self->changed_id = g_signal_connect (self->world, "changed", G_CALLBACK (on_changed), self);
  schedule (self, fl_clock_now_us (self->clock));
}

static void
fl_sim_usb_bus_stop (FlUsbBus *bus)
{
  FlSimUsbBus *self = FL_SIM_USB_BUS (bus);

  self->running = FALSE;
  fl_clock_clear (self->clock, &self->timer_id);
  g_clear_signal_handler (&self->changed_id, self->world);
}

static GListModel *
fl_sim_usb_bus_get_ports (FlUsbBus *bus)
{
  return G_LIST_MODEL (FL_SIM_USB_BUS (bus)->ports);
}

/* A port that is gone gives a link that cannot be opened. A device without a cable has a location,
 * too, but one in which another may be. */
static FlUsbLink *
fl_sim_usb_bus_create_link (FlUsbBus *bus, FlUsbPort *port)
{
  FlSimUsbBus *self = FL_SIM_USB_BUS (bus);
  const char *location = fl_usb_port_get_location (port);
  Socket *found = NULL;

  for (guint i = 0; i < fl_sim_world_get_n_devices (self->world); i++)
    {
      Socket *socket = &self->sockets[i];
      const FlSimDeviceSpec *spec = fl_sim_device_get_spec (socket->device);

      if (g_strcmp0 (spec->location, location) == 0 &&
          (found == NULL || fl_sim_usb_has_cable (socket->device)))
        found = socket;
    }
  g_return_val_if_fail (found != NULL, NULL);
  return fl_sim_usb_link_new (found->device, found->port == port ? found->attachment : 0,
                              self->clock, self->counter);
}

static const GError *
fl_sim_usb_bus_get_problem (FlUsbBus *bus)
{
  return FL_SIM_USB_BUS (bus)->problem;
}

static void
fl_sim_usb_bus_recheck (FlUsbBus *bus)
{
  FlSimUsbBus *self = FL_SIM_USB_BUS (bus);

  fl_sim_world_recheck_usb (self->world);
  for (guint i = 0; i < fl_sim_world_get_n_devices (self->world); i++)
    {
      Socket *socket = &self->sockets[i];
      FlSimUsbIdentity identity;

      socket->is_missed = FALSE;
      if (socket->port == NULL || fl_usb_port_get_problem (socket->port) == NULL)
        continue;
      fl_sim_usb_recheck (socket->device);
      fl_sim_usb_get_identity (socket->device, &identity);
      fl_usb_port_take_problem (socket->port, create_problem (&identity));
    }
  check (self);
}

static void
fl_sim_usb_bus_iface_init (FlUsbBusInterface *iface)
{
  iface->start = fl_sim_usb_bus_start;
  iface->stop = fl_sim_usb_bus_stop;
  iface->get_ports = fl_sim_usb_bus_get_ports;
  iface->create_link = fl_sim_usb_bus_create_link;
  iface->get_problem = fl_sim_usb_bus_get_problem;
  iface->recheck = fl_sim_usb_bus_recheck;
}

static void
fl_sim_usb_bus_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((FlSimUsbBusProperty) id)
    {
    case PROP_PROBLEM:
      g_value_set_boxed (value, FL_SIM_USB_BUS (object)->problem);
      break;
    }
}

static void
fl_sim_usb_bus_dispose (GObject *object)
{
  FlSimUsbBus *self = FL_SIM_USB_BUS (object);

  if (self->clock != NULL)
    fl_sim_usb_bus_stop (FL_USB_BUS (self));
  for (guint i = 0; self->sockets != NULL && i < fl_sim_world_get_n_devices (self->world); i++)
    g_clear_object (&self->sockets[i].port);
  g_clear_pointer (&self->sockets, g_free);
  g_clear_pointer (&self->counter, g_rc_box_release);
  g_clear_object (&self->ports);
  g_clear_object (&self->clock);
  g_clear_object (&self->world);
  G_OBJECT_CLASS (fl_sim_usb_bus_parent_class)->dispose (object);
}

static void
fl_sim_usb_bus_finalize (GObject *object)
{
  g_clear_error (&FL_SIM_USB_BUS (object)->problem);
  G_OBJECT_CLASS (fl_sim_usb_bus_parent_class)->finalize (object);
}

static void
fl_sim_usb_bus_class_init (FlSimUsbBusClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = fl_sim_usb_bus_get_property;
  object_class->dispose = fl_sim_usb_bus_dispose;
  object_class->finalize = fl_sim_usb_bus_finalize;
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");
}

static void
fl_sim_usb_bus_init (FlSimUsbBus *self)
{
  self->ports = g_list_store_new (FL_TYPE_USB_PORT);
  self->counter = g_rc_box_new0 (guint);
}

FlUsbBus *
fl_sim_usb_bus_new (FlSimWorld *world, FlClock *clock)
{
  FlSimUsbBus *self;

  g_return_val_if_fail (FL_IS_SIM_WORLD (world), NULL);
  g_return_val_if_fail (FL_IS_CLOCK (clock), NULL);

  self = g_object_new (FL_TYPE_SIM_USB_BUS, NULL);
  self->world = g_object_ref (world);
  self->clock = g_object_ref (clock);
  self->sockets = g_new0 (Socket, MAX (1, fl_sim_world_get_n_devices (world)));
  for (guint i = 0; i < fl_sim_world_get_n_devices (world); i++)
    self->sockets[i].device = fl_sim_world_get_device (world, i);
  return FL_USB_BUS (self);
}

guint
fl_sim_usb_bus_get_n_transfers (FlSimUsbBus *self)
{
  g_return_val_if_fail (FL_IS_SIM_USB_BUS (self), 0);

  return *self->counter;
}
