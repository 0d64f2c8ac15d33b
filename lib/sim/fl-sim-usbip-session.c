/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-usbip-session.h"

#include "fl-sim-cdc.h"
#include "fl-sim-usbip-pdu.h"

#define MAX_WAITING 256 /* transfers; Linux' driver for serial ports has seventeen */

/* A transfer that ends when there is something to send, or never. */
typedef struct
{
  guint32 sequence;
  guint endpoint; /* 0: never */
  guint size_bytes;
} Waiting;

struct _FlSimUsbipSession
{
  FlSimDevice *device;
  guint attachment;
  FlSimCdc *serial;
  GByteArray *in, *out; /* not understood yet; to be taken */
  GArray *waiting;
};

FlSimUsbipSession *
fl_sim_usbip_session_new (FlSimDevice *device, guint attachment)
{
  FlSimUsbipSession *self;

  g_return_val_if_fail (device != NULL, NULL);

  self = g_new0 (FlSimUsbipSession, 1);
  self->device = device;
  self->attachment = attachment;
  self->serial = fl_sim_cdc_new (device);
  self->in = g_byte_array_new ();
  self->out = g_byte_array_new ();
  self->waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  return self;
}

/* Passwords come by cable. */
static void
drop (GByteArray *array, guint size_bytes)
{
  if (size_bytes == 0)
    return;
  g_byte_array_remove_range (array, 0, size_bytes);
  fl_wipe (array->data + array->len, size_bytes);
}

void
fl_sim_usbip_session_free (FlSimUsbipSession *self)
{
  g_return_if_fail (self != NULL);

  fl_sim_cdc_free (self->serial);
  drop (self->in, self->in->len);
  drop (self->out, self->out->len);
  g_byte_array_unref (self->in);
  g_byte_array_unref (self->out);
  g_array_unref (self->waiting);
  g_free (self);
}

/* FALSE: too many. */
static gboolean
wait_for (FlSimUsbipSession *self, const FlSimUsbipRequest *request)
{
  const Waiting waiting = { request->sequence, request->endpoint, request->size_bytes };

  if (self->waiting->len >= MAX_WAITING)
    return FALSE;
  g_array_append_val (self->waiting, waiting);
  return TRUE;
}

static void
finish_control (FlSimUsbipSession *self, const FlSimUsbipRequest *request, GBytes *reply)
{
  gsize size_bytes = 0;
  const guint8 *data = reply != NULL ? g_bytes_get_data (reply, &size_bytes) : NULL;

  if (request->is_in)
    fl_sim_usbip_append_done (self->out, request->sequence, FL_SIM_USBIP_DONE,
                              (guint) MIN (size_bytes, request->size_bytes), data);
  else
    fl_sim_usbip_append_done (self->out, request->sequence, FL_SIM_USBIP_DONE, request->size_bytes,
                              NULL);
}

static gboolean
control (FlSimUsbipSession *self,
         const FlSimUsbipRequest *request,
         const guint8 *data,
         gint64 now_us)
{
  const FlUsbSetup *setup = &request->setup;
  gsize size_bytes = fl_sim_usbip_request_get_payload_bytes (request);
  gboolean is_in = (setup->request_type & FL_USB_IN) != 0;
  FlSimUsbEnd end = FL_SIM_USB_STALLED;
  g_autoptr (GBytes) reply = NULL;

  if (setup->length != request->size_bytes || (setup->length > 0 && is_in != request->is_in))
    end = FL_SIM_USB_STALLED; /* the two halves of the request are at odds */
  else if (fl_sim_cdc_takes (self->serial, setup))
    end = fl_sim_cdc_control (self->serial, setup, data, size_bytes, now_us, &reply);
  else
    end = fl_sim_usb_control (self->device, self->attachment, setup, data, size_bytes, now_us,
                              &reply);
  switch (end)
    {
    case FL_SIM_USB_DONE:
      finish_control (self, request, reply);
      return TRUE;
    case FL_SIM_USB_STALLED:
      fl_sim_usbip_append_done (self->out, request->sequence, FL_SIM_USBIP_STALLED, 0, NULL);
      return TRUE;
    case FL_SIM_USB_PENDING:
    case FL_SIM_USB_GONE: /* it ends with the attachment */
      return wait_for (self, request);
    }
  g_return_val_if_reached (FALSE);
}

/* The bootloader has no endpoints besides the first. */
static gboolean
submit (FlSimUsbipSession *self,
        const FlSimUsbipRequest *request,
        const guint8 *data,
        gint64 now_us)
{
  gboolean is_data = request->endpoint == FL_SIM_CDC_DATA_ENDPOINT;

  if (request->endpoint == 0)
    return control (self, request, data, now_us);
  if (is_data && !request->is_in)
    {
      fl_sim_cdc_feed (self->serial, data, request->size_bytes, now_us);
      fl_sim_usbip_append_done (self->out, request->sequence, FL_SIM_USBIP_DONE,
                                request->size_bytes, NULL);
      return TRUE;
    }
  if (is_data || (request->endpoint == FL_SIM_CDC_NOTICE_ENDPOINT && request->is_in))
    return wait_for (self, request);
  fl_sim_usbip_append_done (self->out, request->sequence, FL_SIM_USBIP_STALLED, 0, NULL);
  return TRUE;
}

/* What is not here any more was answered: the answer is on its way. */
static void
unlink_transfer (FlSimUsbipSession *self, const FlSimUsbipRequest *request)
{
  FlSimUsbipStatus status = FL_SIM_USBIP_DONE;

  for (guint i = 0; i < self->waiting->len && status == FL_SIM_USBIP_DONE; i++)
    if (g_array_index (self->waiting, Waiting, i).sequence == request->victim)
      {
        g_array_remove_index (self->waiting, i);
        status = FL_SIM_USBIP_UNLINKED;
      }
  fl_sim_usbip_append_unlinked (self->out, request->sequence, status);
}

/* In the order in which they were asked for. */
static void
serve_waiting (FlSimUsbipSession *self)
{
  guint i = 0;

  while (i < self->waiting->len)
    {
      Waiting *waiting = &g_array_index (self->waiting, Waiting, i);
      g_autoptr (GBytes) bytes =
          waiting->endpoint != 0
              ? fl_sim_cdc_take (self->serial, waiting->endpoint, waiting->size_bytes)
              : NULL;

      if (bytes == NULL)
        {
          i++;
          continue;
        }
      fl_sim_usbip_append_done (self->out, waiting->sequence, FL_SIM_USBIP_DONE,
                                (guint) g_bytes_get_size (bytes), g_bytes_get_data (bytes, NULL));
      g_array_remove_index (self->waiting, i);
    }
}

/* How much of what has come was understood; 0: it is not all there. -1: it is no USB/IP. */
static gssize
serve_next (FlSimUsbipSession *self, gsize offset, gint64 now_us)
{
  gsize size_bytes = self->in->len - offset, needed_bytes;
  FlSimUsbipRequest request;
  const guint8 *data;

  if (size_bytes < FL_SIM_USBIP_HEADER_BYTES)
    return 0;
  data = self->in->data + offset;
  if (!fl_sim_usbip_request_decode (data, &request))
    return -1;
  needed_bytes = FL_SIM_USBIP_HEADER_BYTES + fl_sim_usbip_request_get_payload_bytes (&request);
  if (size_bytes < needed_bytes)
    return 0;
  if (request.command == FL_SIM_USBIP_UNLINK)
    unlink_transfer (self, &request);
  else if (!submit (self, &request, data + FL_SIM_USBIP_HEADER_BYTES, now_us))
    return -1;
  return (gssize) needed_bytes;
}

gboolean
fl_sim_usbip_session_feed (FlSimUsbipSession *self,
                           const guint8 *data,
                           gsize size_bytes,
                           gint64 now_us)
{
  gsize done_bytes = 0;
  gssize step;

  g_return_val_if_fail (self != NULL, FALSE);

  if (size_bytes > 0)
    g_byte_array_append (self->in, data, (guint) size_bytes);
  while ((step = serve_next (self, done_bytes, now_us)) > 0)
    done_bytes += (gsize) step;
  drop (self->in, (guint) done_bytes);
  serve_waiting (self);
  return step == 0;
}

void
fl_sim_usbip_session_tick (FlSimUsbipSession *self, gint64 now_us)
{
  g_return_if_fail (self != NULL);

  fl_sim_device_tick (self->device, now_us);
  fl_sim_cdc_tick (self->serial, now_us);
  serve_waiting (self);
}

gint64
fl_sim_usbip_session_get_deadline (FlSimUsbipSession *self)
{
  g_return_val_if_fail (self != NULL, G_MAXINT64);

  return MIN (fl_sim_device_get_deadline (self->device), fl_sim_cdc_get_deadline (self->serial));
}

GBytes *
fl_sim_usbip_session_take (FlSimUsbipSession *self)
{
  GBytes *bytes;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->out->len == 0)
    return NULL;
  bytes = g_bytes_new (self->out->data, self->out->len);
  drop (self->out, self->out->len);
  return bytes;
}
