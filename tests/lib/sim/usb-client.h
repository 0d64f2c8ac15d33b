/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-message.h"
#include "fl-request-body.h"
#include "fl-requests.h"
#include "fl-sim-usb.h"
#include "fl-usb-service.h"

/* A computer for tests of the USB side of simulated devices: control transfers by hand, in time
 * that it keeps itself. */
typedef struct
{
  FlSimWorld *world;
  FlSimDevice *device; /* the first one of the world */
  guint attachment;    /* that transfers belong to; set by usb_client_attach() */
  gint64 now_us;
  gint32 result; /* of the latest request */
} UsbClient;

UsbClient *usb_client_new (const char *scenario);
void usb_client_free (UsbClient *self);
/* Takes the present attachment; asserts that there is one. */
void usb_client_attach (UsbClient *self);
/* Lets time pass. */
void usb_client_wait (UsbClient *self, gint64 time_us);
/* One control transfer, a millisecond. @data: (nullable). @reply: (out) (optional). */
FlSimUsbEnd usb_client_control (UsbClient *self,
                                guint8 request_type,
                                guint8 request,
                                guint16 value,
                                guint16 index,
                                guint16 length,
                                const guint8 *data,
                                GBytes **reply);
/* INIT, CHECK or RESET; asserts that it is done. */
FlUsbServiceReply
usb_client_service (UsbClient *self, guint8 request, guint16 value, guint16 index);
/* A whole request, with at most @chunk bytes a transfer; asserts that each works. @reply: (out)
 * (optional) (transfer full), never NULL. Returns its result. */
gint32
usb_client_request (UsbClient *self, guint16 type, FlSecret *payload, guint chunk, GBytes **reply);
/* The same, its reply as a message; asserts result 0. Free with fl_message_free(). */
ProtobufCMessage *usb_client_read (UsbClient *self, guint16 type, FlSecret *payload);
int usb_client_ask (UsbClient *self, guint16 type, FlSecret *payload);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UsbClient, usb_client_free)

#define SECONDS(n) ((gint64) ((n) *1000000))
