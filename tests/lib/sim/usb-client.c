/* SPDX-License-Identifier: Apache-2.0 */
#include "usb-client.h"

#include <string.h>

#define FRAME_US 1000
#define PAUSE_US 20000 /* between two CHECKs */
#define LIMIT_US SECONDS (90)

UsbClient *
usb_client_new (const char *scenario)
{
  g_autoptr (GError) error = NULL;
  UsbClient *self = g_new0 (UsbClient, 1);

  self->world = fl_sim_world_parse (scenario, strlen (scenario), "test", 0, &error);
  g_assert_no_error (error);
  self->device = fl_sim_world_get_device (self->world, 0);
  self->now_us = SECONDS (1000);
  self->attachment = fl_sim_usb_get_attachment (self->device, self->now_us);
  return self;
}

void
usb_client_free (UsbClient *self)
{
  g_assert_finalize_object (self->world);
  g_free (self);
}

void
usb_client_attach (UsbClient *self)
{
  self->attachment = fl_sim_usb_get_attachment (self->device, self->now_us);
  g_assert_cmpuint (self->attachment, >, 0);
}

void
usb_client_wait (UsbClient *self, gint64 time_us)
{
  self->now_us += time_us;
  fl_sim_world_tick (self->world, self->now_us);
}

FlSimUsbEnd
usb_client_control (UsbClient *self,
                    guint8 request_type,
                    guint8 request,
                    guint16 value,
                    guint16 index,
                    guint16 length,
                    const guint8 *data,
                    GBytes **reply)
{
  FlUsbSetup setup = { request_type, request, value, index, length };
  g_autoptr (GBytes) bytes = NULL;
  FlSimUsbEnd end;

  self->now_us += FRAME_US;
  end = fl_sim_usb_control (self->device, self->attachment, &setup, data,
                            (request_type & FL_USB_IN) != 0 ? 0 : length, self->now_us, &bytes);
  g_assert_true (bytes == NULL || g_bytes_get_size (bytes) <= length);
  g_assert_true ((bytes != NULL) == (end == FL_SIM_USB_DONE && (request_type & FL_USB_IN) != 0));
  if (reply != NULL)
    *reply = g_steal_pointer (&bytes);
  return end;
}

FlUsbServiceReply
usb_client_service (UsbClient *self, guint8 request, guint16 value, guint16 index)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  FlUsbServiceReply reply = { 0 };
  FlSimUsbEnd end = usb_client_control (self, FL_USB_SERVICE_IN, request, value, index,
                                        FL_USB_SERVICE_REPLY_BYTES, NULL, &bytes);

  g_assert_cmpint (end, ==, FL_SIM_USB_DONE);
  fl_usb_service_reply_decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &reply,
                               &error);
  g_assert_no_error (error);
  return reply;
}

/* Asks until the answer is no longer "pending". */
static FlUsbServiceReply
check (UsbClient *self, guint16 id)
{
  gint64 end_us = self->now_us + LIMIT_US;
  FlUsbServiceReply reply;

  while (self->now_us < end_us)
    {
      reply = usb_client_service (self, FL_USB_SERVICE_CHECK, 0, id);
      if (reply.status != FL_USB_STATUS_PENDING)
        return reply;
      usb_client_wait (self, PAUSE_US);
    }
  g_assert_not_reached ();
}

static void
send (UsbClient *self, guint16 id, FlSecret *payload, guint chunk)
{
  gsize size_bytes = fl_secret_get_size (payload);

  for (gsize at = 0; at < size_bytes; at += chunk)
    g_assert_cmpint (usb_client_control (self, FL_USB_SERVICE_OUT, FL_USB_SERVICE_SEND, 0, id,
                                         (guint16) MIN (chunk, size_bytes - at),
                                         fl_secret_get_data (payload) + at, NULL),
                     ==, FL_SIM_USB_DONE);
}

static GBytes *
receive (UsbClient *self, guint16 id, gsize size_bytes, guint chunk)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();

  while (all->len < size_bytes)
    {
      g_autoptr (GBytes) bytes = NULL;

      g_assert_cmpint (usb_client_control (self, FL_USB_SERVICE_IN, FL_USB_SERVICE_RECV, 0, id,
                                           (guint16) MIN (chunk, size_bytes - all->len), NULL,
                                           &bytes),
                       ==, FL_SIM_USB_DONE);
      g_assert_cmpuint (g_bytes_get_size (bytes), >, 0);
      g_byte_array_append (all, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

gint32
usb_client_request (UsbClient *self, guint16 type, FlSecret *payload, guint chunk, GBytes **reply)
{
  gsize size_bytes = payload != NULL ? fl_secret_get_size (payload) : 0;
  FlUsbServiceReply service =
      usb_client_service (self, FL_USB_SERVICE_INIT, (guint16) size_bytes, type);
  guint16 id = service.id;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_true (service.has_id);
  if (service.status == FL_USB_STATUS_PENDING)
    service = check (self, id);
  g_assert_cmpuint (service.status, ==, FL_USB_STATUS_OK);
  if (size_bytes > 0)
    send (self, id, payload, chunk);
  service = check (self, id);
  g_assert_cmpuint (service.status, ==, FL_USB_STATUS_OK);
  g_assert_true (service.has_result);
  bytes = receive (self, id, service.has_size ? service.size_bytes : 0, chunk);
  if (reply != NULL)
    *reply = g_steal_pointer (&bytes);
  return service.result;
}

ProtobufCMessage *
usb_client_read (UsbClient *self, guint16 type, FlSecret *payload)
{
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;
  ProtobufCMessage *message;

  g_assert_cmpint (usb_client_request (self, type, payload, FL_USB_MAX_TRANSFER, &reply), ==, 0);
  message = fl_message_unpack (fl_request_get_info (type)->reply, g_bytes_get_data (reply, NULL),
                               g_bytes_get_size (reply), &error);
  g_assert_no_error (error);
  return message;
}

int
usb_client_ask (UsbClient *self, guint16 type, FlSecret *payload)
{
  return usb_client_request (self, type, payload, FL_USB_MAX_TRANSFER, NULL);
}
