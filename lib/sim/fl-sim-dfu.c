/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-dfu.h"

/* USB Device Firmware Upgrade 1.1, table 3.2 */
#define REQUEST_OUT       0x21
#define REQUEST_IN        0xa1
#define REQUEST_DNLOAD    1
#define REQUEST_GETSTATUS 3
#define REQUEST_CLRSTATUS 4
#define REQUEST_GETSTATE  5
#define REQUEST_ABORT     6

/* 6.1.2 */
#define STATUS_OK          0x00
#define STATUS_TARGET      0x01
#define STATUS_STALLED     0x0f
#define STATUS_BYTES       6
#define POLL_MS            10
#define COMMAND_ADDRESS    0x21 /* AN3156, "Set address pointer" */
#define COMMAND_SIZE_BYTES 5

static FlUsbOutcome
fail (FlSimDfu *self, guint8 status)
{
  self->state = FL_SIM_DFU_ERROR;
  self->status = status;
  return FL_USB_STALLED;
}

/* Nothing to write: the host has done and lets the bootloader go. With data it is a command, or
 * firmware, which nobody in this world has. */
static FlUsbOutcome
download (FlSimDfu *self, const FlUsbSetup *setup, const guint8 *data, gsize size_bytes)
{
  if (self->state != FL_SIM_DFU_IDLE && self->state != FL_SIM_DFU_DNLOAD_IDLE)
    return fail (self, STATUS_STALLED);
  if (size_bytes == 0)
    {
      self->state = FL_SIM_DFU_MANIFEST_SYNC;
      return FL_USB_DONE;
    }
  if (setup->value != 0 || data[0] != COMMAND_ADDRESS || size_bytes != COMMAND_SIZE_BYTES)
    return fail (self, STATUS_TARGET);
  self->state = FL_SIM_DFU_DNLOAD_SYNC;
  return FL_USB_DONE;
}

/* Asking for the status is what moves the states on. */
static guint8
advance (FlSimDfu *self)
{
  switch (self->state)
    {
    case FL_SIM_DFU_DNLOAD_SYNC:
      self->state = FL_SIM_DFU_DNBUSY;
      break;
    case FL_SIM_DFU_DNBUSY:
      self->state = FL_SIM_DFU_DNLOAD_IDLE;
      break;
    case FL_SIM_DFU_MANIFEST_SYNC:
      self->state = FL_SIM_DFU_MANIFEST;
      G_GNUC_FALLTHROUGH;
    case FL_SIM_DFU_MANIFEST:
      self->is_left = TRUE;
      /* particle-iot/particle-usb, src/dfu.js, leave(): Gen 2 says so to please dfu-util */
      return self->is_gen2 ? FL_SIM_DFU_DNLOAD_IDLE : FL_SIM_DFU_MANIFEST;
    case FL_SIM_DFU_IDLE:
    case FL_SIM_DFU_DNLOAD_IDLE:
    case FL_SIM_DFU_ERROR:
      break;
    }
  return (guint8) self->state;
}

static FlUsbOutcome
get_status (FlSimDfu *self, const FlUsbSetup *setup, GBytes **reply)
{
  guint8 status[STATUS_BYTES] = { self->status, POLL_MS };

  status[4] = advance (self);
  *reply = g_bytes_new (status, MIN (setup->length, sizeof status));
  return FL_USB_DONE;
}

static FlUsbOutcome
control_in (FlSimDfu *self, const FlUsbSetup *setup, GBytes **reply)
{
  guint8 state = (guint8) self->state;

  switch (setup->request)
    {
    case REQUEST_GETSTATUS:
      return get_status (self, setup, reply);
    case REQUEST_GETSTATE:
      *reply = g_bytes_new (&state, MIN (setup->length, sizeof state));
      return FL_USB_DONE;
    default: /* a number from outside */
      return fail (self, STATUS_STALLED);
    }
}

static FlUsbOutcome
control_out (FlSimDfu *self, const FlUsbSetup *setup, const guint8 *data, gsize size_bytes)
{
  switch (setup->request)
    {
    case REQUEST_DNLOAD:
      return download (self, setup, data, size_bytes);
    case REQUEST_CLRSTATUS:
      if (self->state != FL_SIM_DFU_ERROR)
        return fail (self, STATUS_STALLED);
      self->state = FL_SIM_DFU_IDLE;
      self->status = STATUS_OK;
      return FL_USB_DONE;
    case REQUEST_ABORT:
      if (self->state != FL_SIM_DFU_IDLE && self->state != FL_SIM_DFU_DNLOAD_IDLE)
        return fail (self, STATUS_STALLED);
      self->state = FL_SIM_DFU_IDLE;
      return FL_USB_DONE;
    default: /* a number from outside */
      return fail (self, STATUS_STALLED);
    }
}

void
fl_sim_dfu_start (FlSimDfu *self, gboolean is_gen2)
{
  *self = (FlSimDfu){ .state = FL_SIM_DFU_IDLE, .is_gen2 = is_gen2 };
}

FlUsbOutcome
fl_sim_dfu_control (FlSimDfu *self,
                    const FlUsbSetup *setup,
                    const guint8 *data,
                    gsize size_bytes,
                    GBytes **reply)
{
  *reply = NULL;
  if (setup->index != 0) /* its only interface */
    return FL_USB_STALLED;
  if (setup->request_type == REQUEST_IN)
    return control_in (self, setup, reply);
  if (setup->request_type == REQUEST_OUT && size_bytes == setup->length)
    return control_out (self, setup, data, size_bytes);
  return FL_USB_STALLED;
}
