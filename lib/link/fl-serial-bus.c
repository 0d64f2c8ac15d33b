/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-serial-bus"
#include "config.h"

#include "fl-serial-bus.h"

G_DEFINE_INTERFACE (FlSerialBus, fl_serial_bus, G_TYPE_OBJECT)

static void
fl_serial_bus_default_init (FlSerialBusInterface *iface)
{
  g_object_interface_install_property (iface,
                                       g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR,
                                                           G_PARAM_READABLE |
                                                               G_PARAM_EXPLICIT_NOTIFY |
                                                               G_PARAM_STATIC_STRINGS));
}

void
fl_serial_bus_start (FlSerialBus *self)
{
  g_return_if_fail (FL_IS_SERIAL_BUS (self));

  FL_SERIAL_BUS_GET_IFACE (self)->start (self);
}

void
fl_serial_bus_stop (FlSerialBus *self)
{
  g_return_if_fail (FL_IS_SERIAL_BUS (self));

  FL_SERIAL_BUS_GET_IFACE (self)->stop (self);
}

GListModel *
fl_serial_bus_get_ports (FlSerialBus *self)
{
  g_return_val_if_fail (FL_IS_SERIAL_BUS (self), NULL);

  return FL_SERIAL_BUS_GET_IFACE (self)->get_ports (self);
}

FlSerialLink *
fl_serial_bus_create_link (FlSerialBus *self, FlSerialPort *port)
{
  g_return_val_if_fail (FL_IS_SERIAL_BUS (self), NULL);
  g_return_val_if_fail (FL_IS_SERIAL_PORT (port), NULL);

  return FL_SERIAL_BUS_GET_IFACE (self)->create_link (self, port);
}

const GError *
fl_serial_bus_get_problem (FlSerialBus *self)
{
  g_return_val_if_fail (FL_IS_SERIAL_BUS (self), NULL);

  return FL_SERIAL_BUS_GET_IFACE (self)->get_problem (self);
}

void
fl_serial_bus_recheck (FlSerialBus *self)
{
  g_return_if_fail (FL_IS_SERIAL_BUS (self));

  FL_SERIAL_BUS_GET_IFACE (self)->recheck (self);
}
