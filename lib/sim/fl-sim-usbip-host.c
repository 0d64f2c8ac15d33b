/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-usbip-host.h"

G_DEFINE_INTERFACE (FlSimUsbipHost, fl_sim_usbip_host, G_TYPE_OBJECT)

static void
fl_sim_usbip_host_default_init (FlSimUsbipHostInterface *iface)
{
}

int
fl_sim_usbip_host_attach (FlSimUsbipHost *self, int socket, int wanted, GError **error)
{
  g_return_val_if_fail (FL_IS_SIM_USBIP_HOST (self), -1);
  g_return_val_if_fail (socket >= 0, -1);

  return FL_SIM_USBIP_HOST_GET_IFACE (self)->attach (self, socket, wanted, error);
}

void
fl_sim_usbip_host_detach (FlSimUsbipHost *self, int port)
{
  g_return_if_fail (FL_IS_SIM_USBIP_HOST (self));

  FL_SIM_USBIP_HOST_GET_IFACE (self)->detach (self, port);
}

char *
fl_sim_usbip_host_dup_place (FlSimUsbipHost *self, int port)
{
  g_return_val_if_fail (FL_IS_SIM_USBIP_HOST (self), NULL);

  return FL_SIM_USBIP_HOST_GET_IFACE (self)->dup_place (self, port);
}
