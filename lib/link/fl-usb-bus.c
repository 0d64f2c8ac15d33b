/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-usb-bus"
#include "config.h"

#include "fl-usb-bus.h"

G_DEFINE_INTERFACE (FlUsbBus, fl_usb_bus, G_TYPE_OBJECT)

static void
fl_usb_bus_default_init (FlUsbBusInterface *iface)
{
  g_object_interface_install_property (iface,
                                       g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR,
                                                           G_PARAM_READABLE |
                                                               G_PARAM_EXPLICIT_NOTIFY |
                                                               G_PARAM_STATIC_STRINGS));
}

void
fl_usb_bus_start (FlUsbBus *self)
{
  g_return_if_fail (FL_IS_USB_BUS (self));

  FL_USB_BUS_GET_IFACE (self)->start (self);
}

void
fl_usb_bus_stop (FlUsbBus *self)
{
  g_return_if_fail (FL_IS_USB_BUS (self));

  FL_USB_BUS_GET_IFACE (self)->stop (self);
}

GListModel *
fl_usb_bus_get_ports (FlUsbBus *self)
{
  g_return_val_if_fail (FL_IS_USB_BUS (self), NULL);

  return FL_USB_BUS_GET_IFACE (self)->get_ports (self);
}

FlUsbLink *
fl_usb_bus_create_link (FlUsbBus *self, FlUsbPort *port)
{
  g_return_val_if_fail (FL_IS_USB_BUS (self), NULL);
  g_return_val_if_fail (FL_IS_USB_PORT (port), NULL);

  return FL_USB_BUS_GET_IFACE (self)->create_link (self, port);
}

const GError *
fl_usb_bus_get_problem (FlUsbBus *self)
{
  g_return_val_if_fail (FL_IS_USB_BUS (self), NULL);

  return FL_USB_BUS_GET_IFACE (self)->get_problem (self);
}

void
fl_usb_bus_recheck (FlUsbBus *self)
{
  g_return_if_fail (FL_IS_USB_BUS (self));

  FL_USB_BUS_GET_IFACE (self)->recheck (self);
}
