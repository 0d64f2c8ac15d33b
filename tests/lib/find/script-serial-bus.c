/* SPDX-License-Identifier: Apache-2.0 */
#include "script-serial-bus.h"

#include "fl-tty-link.h"

static void script_serial_bus_init_bus (FlSerialBusInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ScriptSerialBus,
                               script_serial_bus,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_SERIAL_BUS,
                                                      script_serial_bus_init_bus))

static void
bus_start (FlSerialBus *bus)
{
  SCRIPT_SERIAL_BUS (bus)->n_starts++;
}

static void
bus_stop (FlSerialBus *bus)
{
  SCRIPT_SERIAL_BUS (bus)->n_stops++;
}

static GListModel *
bus_get_ports (FlSerialBus *bus)
{
  return G_LIST_MODEL (SCRIPT_SERIAL_BUS (bus)->ports);
}

static FlSerialLink *
bus_create_link (FlSerialBus *bus, FlSerialPort *port)
{
  return fl_tty_link_new (fl_serial_port_get_path (port), SCRIPT_SERIAL_BUS (bus)->clock);
}

static const GError *
bus_get_problem (FlSerialBus *bus)
{
  return SCRIPT_SERIAL_BUS (bus)->problem;
}

static void
bus_recheck (FlSerialBus *bus)
{
  ScriptSerialBus *self = SCRIPT_SERIAL_BUS (bus);

  self->n_rechecks++;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->ports)); i++)
    {
      g_autoptr (FlSerialPort) port = g_list_model_get_item (G_LIST_MODEL (self->ports), i);

      fl_serial_port_take_problem (port, NULL);
    }
}

static void
script_serial_bus_init_bus (FlSerialBusInterface *iface)
{
  iface->start = bus_start;
  iface->stop = bus_stop;
  iface->get_ports = bus_get_ports;
  iface->create_link = bus_create_link;
  iface->get_problem = bus_get_problem;
  iface->recheck = bus_recheck;
}

static void
script_serial_bus_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boxed (value, SCRIPT_SERIAL_BUS (object)->problem);
}

static void
script_serial_bus_finalize (GObject *object)
{
  ScriptSerialBus *self = SCRIPT_SERIAL_BUS (object);

  g_clear_object (&self->ports);
  g_clear_error (&self->problem);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (script_serial_bus_parent_class)->finalize (object);
}

static void
script_serial_bus_class_init (ScriptSerialBusClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = script_serial_bus_get_property;
  object_class->finalize = script_serial_bus_finalize;
  g_object_class_override_property (object_class, 1, "problem");
}

static void
script_serial_bus_init (ScriptSerialBus *self)
{
  self->ports = g_list_store_new (FL_TYPE_SERIAL_PORT);
}

ScriptSerialBus *
script_serial_bus_new (FlClock *clock)
{
  ScriptSerialBus *self = g_object_new (SCRIPT_TYPE_SERIAL_BUS, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

void
script_serial_bus_plug (ScriptSerialBus *self, const ScriptSerialPort *port)
{
  g_autoptr (FlSerialPort) made =
      fl_serial_port_new (port->path, port->stable_path, port->location, port->vendor_id,
                          port->product_id, port->serial);

  if (port->is_named)
    fl_serial_port_set_is_named (made);
  if (port->is_forbidden)
    fl_serial_port_take_problem (made, g_error_new_literal (FL_ERROR, FL_ERROR_USB_ACCESS,
                                                            "by the test"));
  g_list_store_append (self->ports, made);
}

void
script_serial_bus_unplug (ScriptSerialBus *self, const char *path)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->ports)); i++)
    {
      g_autoptr (FlSerialPort) port = g_list_model_get_item (G_LIST_MODEL (self->ports), i);

      if (g_str_equal (fl_serial_port_get_path (port), path))
        {
          g_list_store_remove (self->ports, i);
          return;
        }
    }
  g_assert_not_reached ();
}

void
script_serial_bus_take_problem (ScriptSerialBus *self, GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = problem;
  g_object_notify (G_OBJECT (self), "problem");
}
