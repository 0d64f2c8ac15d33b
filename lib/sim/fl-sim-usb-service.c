/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-usb-private.h"

#include "fl-sim-request.h"
#include "fl-sim-wifi.h"
#include "fl-sim-world-private.h"

#define LOOP_US      G_GINT64_CONSTANT (1000) /* until the system thread looks at what came */
#define TAIL_BYTES   8                        /* what the fault "truncate-at" takes away */
#define WRONG_ID     0x4000                   /* what the fault "usb-wrong-id" adds */
#define ONE_TRANSFER FL_SIM_VERSION (1, 5, 0) /* before, payloads went in one transfer only */

static FlSimUsbSizes *
find_sizes (FlSimUsb *self, guint16 id)
{
  for (guint i = 0; i < self->n_sizes; i++)
    if (self->sizes[i].id == id)
      return &self->sizes[i];
  return NULL;
}

/* Remembers the latest requests; no more than these can be active. */
static void
note_payload (FlSimUsb *self, guint16 id, guint payload_bytes)
{
  if (self->n_sizes == G_N_ELEMENTS (self->sizes))
    {
      self->n_sizes--;
      memmove (&self->sizes[0], &self->sizes[1], sizeof self->sizes[0] * self->n_sizes);
    }
  self->sizes[self->n_sizes++] = (FlSimUsbSizes){ .id = id, .payload_bytes = payload_bytes };
}

/* FALSE: old firmware does not take or give a part of a payload. */
static gboolean
is_whole (FlSimDevice *device, const FlUsbSetup *setup)
{
  const FlSimUsbSizes *sizes = find_sizes (device->usb, setup->index);

  if (device->spec->version >= ONE_TRANSFER || sizes == NULL)
    return TRUE;
  if (setup->request == FL_USB_SERVICE_SEND)
    return setup->length == sizes->payload_bytes;
  return setup->request != FL_USB_SERVICE_RECV || setup->length == sizes->reply_bytes;
}

/* What the reply of a service request told the host. */
static void
note_reply (FlSimDevice *device, const FlUsbSetup *setup, GBytes *reply)
{
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (reply, &size_bytes);
  FlUsbServiceReply message;
  FlSimUsbSizes *sizes;

  if ((setup->request != FL_USB_SERVICE_INIT && setup->request != FL_USB_SERVICE_CHECK) ||
      !fl_usb_service_reply_decode (data, size_bytes, &message, NULL))
    return;
  if (setup->request == FL_USB_SERVICE_INIT && message.has_id)
    note_payload (device->usb, message.id, setup->value);
  sizes = find_sizes (device->usb, setup->index);
  if (setup->request == FL_USB_SERVICE_CHECK && message.has_size && sizes != NULL)
    sizes->reply_bytes = message.size_bytes;
}

/* Some requests break an attempt to connect before the system thread has seen them. */
static void
apply_effects (FlSimDevice *device, gint64 now_us)
{
  FlUsbServerEffects effects = fl_usb_server_take_effects (device->usb->server);

  if (effects & FL_USB_SERVER_STOPS_CLOUD)
    fl_sim_course_want_cloud (device, FALSE, now_us);
  if ((effects & FL_USB_SERVER_CANCELS_CONNECTING) && device->wifi == FL_SIM_WIFI_CONNECTING)
    fl_sim_course_stop (device);
}

static GBytes *
create_status (FlUsbStatus status)
{
  return fl_usb_service_reply_encode (&(FlUsbServiceReply){ .status = (guint16) status });
}

/* By fault the device answers without having looked. (transfer full) (nullable) */
static GBytes *
answer_by_fault (FlSimDevice *device, const FlUsbSetup *setup)
{
  FlUsbSetup reset = { FL_USB_SERVICE_IN, FL_USB_SERVICE_RESET, 0, setup->index,
                       FL_USB_SERVICE_REPLY_BYTES };
  g_autoptr (GBytes) nothing = NULL;

  if (setup->request == FL_USB_SERVICE_INIT)
    {
      if (fl_sim_device_fire (device, FL_SIM_FAULT_USB_BUSY) != NULL)
        return create_status (FL_USB_STATUS_BUSY);
      if (fl_sim_device_fire (device, FL_SIM_FAULT_USB_NO_MEMORY) != NULL)
        return create_status (FL_USB_STATUS_NO_MEMORY);
    }
  if (setup->request == FL_USB_SERVICE_CHECK &&
      fl_sim_device_fire (device, FL_SIM_FAULT_USB_NOT_FOUND) != NULL)
    {
      fl_usb_server_control (device->usb->server, &reset, NULL, 0, &nothing);
      return create_status (FL_USB_STATUS_NOT_FOUND);
    }
  return NULL;
}

static void
spoil_id (FlSimDevice *device, const FlUsbSetup *setup, GBytes **reply)
{
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (*reply, &size_bytes);
  FlUsbServiceReply message;

  if (setup->request != FL_USB_SERVICE_INIT ||
      !fl_usb_service_reply_decode (data, size_bytes, &message, NULL) || !message.has_id ||
      fl_sim_device_fire (device, FL_SIM_FAULT_USB_WRONG_ID) == NULL)
    return;
  message.id ^= WRONG_ID;
  g_bytes_unref (*reply);
  *reply = fl_usb_service_reply_encode (&message);
}

FlSimUsbEnd
fl_sim_usb_control_service (FlSimDevice *device,
                            const FlUsbSetup *setup,
                            const guint8 *data,
                            gsize size_bytes,
                            gint64 now_us,
                            GBytes **reply)
{
  FlSimUsb *self = device->usb;

  *reply = setup->request_type == FL_USB_SERVICE_IN ? answer_by_fault (device, setup) : NULL;
  if (*reply != NULL)
    return FL_SIM_USB_DONE;
  if (!is_whole (device, setup) ||
      fl_usb_server_control (self->server, setup, data, size_bytes, reply) == FL_USB_STALLED)
    return FL_SIM_USB_STALLED;
  apply_effects (device, now_us);
  if (*reply != NULL)
    {
      note_reply (device, setup, *reply);
      spoil_id (device, setup, reply);
    }
  fl_sim_usb_wake (device, now_us + LOOP_US);
  return FL_SIM_USB_DONE;
}

static FlSecret *
spoil_payload (FlSimDevice *device, guint16 type, FlSecret *payload)
{
  FlSimPlace place = { FL_SIM_PLACE_REQUEST, type };
  gsize size_bytes = fl_secret_get_size (payload);
  GRand *random = fl_sim_world_get_rand (device->world);
  FlSecret *spoilt;
  guint8 *data;

  if (fl_sim_device_fire_at (device, FL_SIM_FAULT_TRUNCATE_AT, place) != NULL)
    return fl_secret_new (fl_secret_get_data (payload),
                          size_bytes - MIN (size_bytes, (gsize) TAIL_BYTES));
  if (fl_sim_device_fire_at (device, FL_SIM_FAULT_GARBAGE_AT, place) == NULL)
    return fl_secret_ref (payload);
  spoilt = fl_secret_new_zeroed (size_bytes);
  data = fl_secret_get_writable (spoilt);
  for (gsize i = 0; i < size_bytes; i++)
    data[i] = (guint8) g_rand_int_range (random, 0, 256);
  return spoilt;
}

/* FALSE: it does not come to that. */
static gboolean
reach (FlSimDevice *device, guint16 type, gint64 now_us)
{
  FlSimPlace place = { FL_SIM_PLACE_REQUEST, type };

  if (fl_sim_device_fire_at (device, FL_SIM_FAULT_SILENT_AT, place) != NULL)
    device->usb->is_mute = TRUE;
  if (fl_sim_device_fire_at (device, FL_SIM_FAULT_RESET_AT, place) != NULL)
    {
      fl_sim_device_reset_at (device, FL_SIM_RESET_NORMAL, now_us);
      device->usb->is_mute = TRUE;
    }
  return !device->usb->is_mute;
}

/* Whatever is at the device's disposal: one request at a time. */
static void
begin_next (FlSimDevice *device, gint64 now_us)
{
  FlSimUsb *self = device->usb;
  FlUsbServerRequest request;

  while (!device->request.active && fl_usb_server_take_request (self->server, &request))
    {
      if (reach (device, request.type, now_us))
        {
          self->has_request = TRUE;
          self->request_index = request.index;
          fl_sim_device_begin_request (device, FL_SIM_BY_USB, request.type,
                                       request.data != NULL ? fl_secret_get_data (request.data)
                                                            : NULL,
                                       request.data != NULL ? fl_secret_get_size (request.data) : 0,
                                       now_us);
        }
      fl_usb_server_request_clear (&request);
    }
}

void
fl_sim_usb_run_service (FlSimDevice *device, gint64 now_us)
{
  FlSimUsb *self = device->usb;

  self->loop_us = G_MAXINT64;
  if (self->server == NULL)
    return;
  fl_usb_server_run (self->server);
  begin_next (device, now_us);
}

void
fl_sim_usb_wake (FlSimDevice *device, gint64 now_us)
{
  if (device->usb->server != NULL)
    device->usb->loop_us = MIN (device->usb->loop_us, now_us);
}

void
fl_sim_usb_finish_request (FlSimDevice *device, gint64 now_us)
{
  FlSimUsb *self = device->usb;
  guint16 type = device->request.type;
  FlSimReply reply;

  if (!fl_sim_device_take_reply (device, FL_SIM_BY_USB, &reply))
    return;
  if (self->has_request && self->server != NULL)
    {
      g_autoptr (FlSecret) payload =
          reply.payload != NULL ? spoil_payload (device, type, reply.payload) : NULL;

      fl_usb_server_reply (self->server, self->request_index, reply.result, payload);
    }
  self->has_request = FALSE;
  fl_sim_reply_clear (&reply);
  fl_sim_usb_wake (device, now_us);
}
