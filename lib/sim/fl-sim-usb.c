/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-usb.h"

#include "fl-sim-usb-private.h"
#include "fl-sim-world-private.h"

#define PRODUCT_NORMAL 0xc000 /* of product IDs; the low byte is the platform */
#define PRODUCT_DFU    0xd000
#define NO_ID          "00000000050C" /* the USB library's own, as in its examples */

FlSimUsb *
fl_sim_usb_new (void)
{
  FlSimUsb *self = g_new0 (FlSimUsb, 1);

  self->plug_us = self->unplug_us = self->loop_us = G_MAXINT64;
  return self;
}

void
fl_sim_usb_free (FlSimUsb *self)
{
  g_clear_pointer (&self->server, fl_usb_server_free);
  g_free (self);
}

static void
attach (FlSimDevice *device, gint64 now_us)
{
  FlSimUsb *self = device->usb;
  gboolean is_dfu = device->power == FL_SIM_POWER_DFU;

  self->is_attached = TRUE;
  self->attachment++;
  self->attached_us = now_us;
  self->n_transfers = 0;
  g_snprintf (self->product, sizeof self->product, "%s%s",
              fl_sim_platform_get_usb_product ((FlSimPlatform) device->spec->platform,
                                               device->spec->version),
              is_dfu ? " DFU Mode" : "");
  if (is_dfu)
    fl_sim_dfu_start (&self->dfu, fl_sim_device_get_generation (device) == 2);
  else if (self->server == NULL)
    self->server = fl_usb_server_new ();
  else /* only the cable was out meanwhile */
    fl_usb_server_bus_reset (self->server, fl_sim_device_get_generation (device) < 4);
}

void
fl_sim_usb_update (FlSimDevice *device, gint64 now_us)
{
  FlSimUsb *self = device->usb;
  gboolean is_there = self->is_plugged &&
                      (device->power == FL_SIM_POWER_RUNNING || device->power == FL_SIM_POWER_DFU);

  if (is_there == self->is_attached)
    return;
  if (is_there)
    attach (device, now_us);
  self->is_attached = is_there;
  fl_sim_world_tell_changed (device->world);
}

void
fl_sim_usb_power_off (FlSimDevice *device, gint64 now_us)
{
  FlSimUsb *self = device->usb;

  g_clear_pointer (&self->server, fl_usb_server_free);
  self->loop_us = G_MAXINT64;
  self->has_request = self->is_mute = FALSE;
  self->n_sizes = 0;
  fl_sim_usb_update (device, now_us);
}

void
fl_sim_usb_start (FlSimDevice *device, gint64 now_us)
{
  FlSimUsb *self = device->usb;
  const FlSimFault *unplug = fl_sim_device_get_fault (device, FL_SIM_FAULT_USB_UNPLUG_AT);

  if (device->spec->usb_us > 0)
    self->plug_us = now_us + device->spec->usb_us;
  if (unplug != NULL)
    self->unplug_us = now_us + unplug->value;
  self->is_plugged = device->spec->usb_us == 0;
  fl_sim_usb_update (device, now_us);
}

gint64
fl_sim_usb_get_deadline (FlSimUsb *self)
{
  return MIN (self->loop_us, MIN (self->plug_us, self->unplug_us));
}

static void
set_plugged (FlSimDevice *device, gboolean is_plugged, gint64 now_us)
{
  if (is_plugged)
    device->usb->plug_us = G_MAXINT64;
  else
    device->usb->unplug_us = G_MAXINT64;
  device->usb->is_plugged = is_plugged;
  fl_sim_usb_update (device, now_us);
}

void
fl_sim_usb_run (FlSimDevice *device, gint64 now_us)
{
  FlSimUsb *self = device->usb;

  if (self->unplug_us <= now_us)
    {
      const FlSimFault *replug = fl_sim_device_get_fault (device, FL_SIM_FAULT_USB_REPLUG_AFTER);

      if (replug != NULL)
        self->plug_us = now_us + replug->value;
      set_plugged (device, FALSE, now_us);
    }
  else if (self->plug_us <= now_us)
    set_plugged (device, TRUE, now_us);
  if (self->loop_us <= now_us)
    fl_sim_usb_run_service (device, now_us);
}

gboolean
fl_sim_usb_has_cable (FlSimDevice *device)
{
  g_return_val_if_fail (device != NULL, FALSE);

  return device->spec->usb_us >= 0 || device->usb->is_plugged;
}

guint
fl_sim_usb_get_attachment (FlSimDevice *device, gint64 now_us)
{
  g_return_val_if_fail (device != NULL, 0);

  fl_sim_device_tick (device, now_us);
  return device->usb->is_attached ? device->usb->attachment : 0;
}

void
fl_sim_usb_get_identity (FlSimDevice *device, FlSimUsbIdentity *identity)
{
  const FlSimDeviceSpec *spec;

  g_return_if_fail (device != NULL);

  spec = device->spec;
  *identity = (FlSimUsbIdentity){
    .vendor_id = FL_SIM_USB_VENDOR_ID,
    .product_id = (guint16) (device->power == FL_SIM_POWER_DFU ? PRODUCT_DFU : PRODUCT_NORMAL),
    .serial = spec->tells_id ? spec->device_id : NO_ID,
    .product = device->usb->product,
    .location = spec->location,
    .is_refused = fl_sim_device_get_fault (device, FL_SIM_FAULT_USB_REFUSED) != NULL,
    .is_claimed = fl_sim_device_get_fault (device, FL_SIM_FAULT_USB_CLAIMED) != NULL,
  };
  identity->product_id |=
      (guint16) fl_sim_platform_get_info ((FlSimPlatform) spec->platform)->platform_id;
}

gboolean
fl_sim_usb_open (FlSimDevice *device, gint64 now_us)
{
  g_return_val_if_fail (device != NULL, FALSE);

  fl_sim_device_tick (device, now_us);
  return device->usb->is_attached &&
         fl_sim_device_get_fault (device, FL_SIM_FAULT_USB_REFUSED) == NULL &&
         fl_sim_device_fire (device, FL_SIM_FAULT_USB_CLAIMED) == NULL;
}

void
fl_sim_usb_recheck (FlSimDevice *device)
{
  g_return_if_fail (device != NULL);

  fl_sim_device_fire (device, FL_SIM_FAULT_USB_REFUSED);
}

gboolean
fl_sim_usb_misses_event (FlSimDevice *device)
{
  g_return_val_if_fail (device != NULL, FALSE);

  return fl_sim_device_fire (device, FL_SIM_FAULT_USB_LOST_EVENT) != NULL;
}

void
fl_sim_usb_plug (FlSimDevice *device, gint64 now_us)
{
  g_return_if_fail (device != NULL);

  fl_sim_device_tick (device, now_us);
  set_plugged (device, TRUE, now_us);
}

void
fl_sim_usb_unplug (FlSimDevice *device, gint64 now_us)
{
  g_return_if_fail (device != NULL);

  fl_sim_device_tick (device, now_us);
  device->usb->unplug_us = now_us;
  fl_sim_usb_run (device, now_us);
}
