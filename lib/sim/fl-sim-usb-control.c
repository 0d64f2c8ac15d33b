/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-usb.h"

#include <string.h>

#include "fl-requests.h"
#include "fl-sim-usb-private.h"
#include "fl-sim-wifi.h"
#include "fl-sim-world-private.h"

#define FIRST_REQUESTS FL_SIM_VERSION (0, 8, 0) /* of USB; before, there is only the console */

/* Raw requests (particle-iot/device-os, system/src/usb_control_request_channel.cpp), which work
 * even while the system thread is busy. */
static FlSimUsbEnd
read_raw (FlSimDevice *device, const FlUsbSetup *setup, GBytes **reply)
{
  g_autofree char *text = NULL;

  if (setup->index == FL_REQUEST_GET_DEVICE_ID)
    text = g_ascii_strup (device->spec->device_id, -1);
  else if (setup->index == FL_REQUEST_GET_SYSTEM_VERSION)
    text = g_strdup (device->spec->firmware);
  if (text == NULL || setup->length < strlen (text) || setup->length > FL_USB_SERVICE_REPLY_BYTES)
    return FL_SIM_USB_STALLED;
  *reply = g_bytes_new (text, strlen (text));
  return FL_SIM_USB_DONE;
}

/* Gen 4 does what is asked and then does not complete the transfer if it has no data. */
static FlSimUsbEnd
write_raw (FlSimDevice *device, const FlUsbSetup *setup, gint64 now_us)
{
  if (setup->index == FL_REQUEST_RESET)
    fl_sim_device_reset_at (device, FL_SIM_RESET_NORMAL, now_us + 1);
  else if (setup->index == FL_REQUEST_CLOUD_DISCONNECT &&
           device->spec->version >= FL_SIM_VERSION (2, 0, 0))
    fl_sim_course_want_cloud (device, FALSE, now_us);
  else
    return FL_SIM_USB_STALLED;
  return setup->length == 0 && fl_sim_device_get_generation (device) == 4 ? FL_SIM_USB_PENDING
                                                                          : FL_SIM_USB_DONE;
}

static FlSimUsbEnd
control_vendor (FlSimDevice *device,
                const FlUsbSetup *setup,
                const guint8 *data,
                gsize size_bytes,
                gint64 now_us,
                GBytes **reply)
{
  if (device->power != FL_SIM_POWER_RUNNING || device->spec->version < FIRST_REQUESTS)
    return FL_SIM_USB_STALLED;
  if (setup->request != FL_USB_SERVICE_RAW)
    return fl_sim_usb_control_service (device, setup, data, size_bytes, now_us, reply);
  if (setup->request_type == FL_USB_SERVICE_IN)
    return read_raw (device, setup, reply);
  if (setup->request_type == FL_USB_SERVICE_OUT)
    return write_raw (device, setup, now_us);
  return FL_SIM_USB_STALLED;
}

static FlSimUsbEnd
control_class (FlSimDevice *device,
               const FlUsbSetup *setup,
               const guint8 *data,
               gsize size_bytes,
               gint64 now_us,
               GBytes **reply)
{
  FlSimDfu *dfu = &device->usb->dfu;

  if (device->power != FL_SIM_POWER_DFU ||
      fl_sim_dfu_control (dfu, setup, data, size_bytes, reply) == FL_USB_STALLED)
    return FL_SIM_USB_STALLED;
  if (dfu->is_left)
    fl_sim_device_reset_at (device, FL_SIM_RESET_NORMAL, now_us + 1);
  return FL_SIM_USB_DONE;
}

/* TRUE: the transfer does not get to the device's programs. */
static gboolean
stop_by_fault (FlSimDevice *device, gint64 now_us, FlSimUsbEnd *end)
{
  guint n = ++device->usb->n_transfers;

  if (fl_sim_device_fire_value (device, FL_SIM_FAULT_USB_UNPLUG, n))
    {
      fl_sim_usb_unplug (device, now_us);
      *end = FL_SIM_USB_GONE;
    }
  else if (fl_sim_device_fire_value (device, FL_SIM_FAULT_USB_RESET, n))
    {
      fl_sim_device_press_reset (device, now_us);
      *end = FL_SIM_USB_GONE;
    }
  else if (fl_sim_device_fire_value (device, FL_SIM_FAULT_USB_STALL, n))
    *end = FL_SIM_USB_STALLED;
  else if (fl_sim_device_fire_value (device, FL_SIM_FAULT_USB_SILENT, n))
    *end = FL_SIM_USB_PENDING;
  else
    return FALSE;
  return TRUE;
}

/* A device can send less than asked for, or other things, but never more. */
static void
spoil_reply (FlSimDevice *device, const FlUsbSetup *setup, GBytes **reply)
{
  guint n = device->usb->n_transfers;
  GRand *random = fl_sim_world_get_rand (device->world);
  gsize have_bytes = g_bytes_get_size (*reply), size_bytes = have_bytes, from = have_bytes;
  g_autofree guint8 *data = NULL;

  if (fl_sim_device_fire_value (device, FL_SIM_FAULT_USB_SHORT, n))
    size_bytes /= 2;
  else if (fl_sim_device_fire_value (device, FL_SIM_FAULT_USB_LONG, n))
    size_bytes = setup->length;
  else if (fl_sim_device_fire_value (device, FL_SIM_FAULT_USB_GARBAGE, n))
    from = 0;
  else
    return;

  data = g_malloc0 (MAX (have_bytes, size_bytes));
  memcpy (data, g_bytes_get_data (*reply, NULL), have_bytes);
  for (gsize i = from; i < size_bytes; i++)
    data[i] = (guint8) g_rand_int_range (random, 0, 256);
  g_bytes_unref (*reply);
  *reply = g_bytes_new (data, size_bytes);
}

FlSimUsbEnd
fl_sim_usb_control (FlSimDevice *device,
                    guint attachment,
                    const FlUsbSetup *setup,
                    const guint8 *data,
                    gsize size_bytes,
                    gint64 now_us,
                    GBytes **reply)
{
  FlSimUsbEnd end;

  g_return_val_if_fail (device != NULL && setup != NULL && reply != NULL, FL_SIM_USB_GONE);

  *reply = NULL;
  if (attachment == 0 || fl_sim_usb_get_attachment (device, now_us) != attachment)
    return FL_SIM_USB_GONE;
  if ((setup->request_type & FL_SIM_USB_TYPE_MASK) == FL_SIM_USB_STANDARD)
    return fl_sim_usb_control_standard (device, setup, reply);
  if (stop_by_fault (device, now_us, &end))
    return end;
  if ((setup->request_type & FL_SIM_USB_TYPE_MASK) == FL_SIM_USB_VENDOR)
    end = control_vendor (device, setup, data, size_bytes, now_us, reply);
  else
    end = control_class (device, setup, data, size_bytes, now_us, reply);
  if (*reply != NULL)
    spoil_reply (device, setup, reply);
  return end;
}
