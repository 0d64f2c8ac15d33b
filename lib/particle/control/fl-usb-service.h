/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-error.h"
#include "fl-usb-link.h"

G_BEGIN_DECLS

/* The codec of USB service requests, from which both halves are built. Pure. PROTOCOL.md, "USB
 * service requests"; device-os, system/src/usb_control_request_channel.cpp. */

typedef enum
{
  FL_USB_SERVICE_INIT = 1,
  FL_USB_SERVICE_CHECK = 2,
  FL_USB_SERVICE_SEND = 3,
  FL_USB_SERVICE_RECV = 4,
  FL_USB_SERVICE_RESET = 5,
  FL_USB_SERVICE_RAW = 0x50, /* no service request: wIndex is the type of a raw vendor request */
} FlUsbServiceCode;

typedef enum
{
  FL_USB_STATUS_OK = 0,
  FL_USB_STATUS_ERROR = 1,
  FL_USB_STATUS_PENDING = 2,
  FL_USB_STATUS_BUSY = 3,
  FL_USB_STATUS_NO_MEMORY = 4,
  FL_USB_STATUS_NOT_FOUND = 5,
} FlUsbStatus;

/* bmRequestType: vendor request to the device. USB 2.0, table 9-2 */
#define FL_USB_SERVICE_OUT 0x40
#define FL_USB_SERVICE_IN  (FL_USB_SERVICE_OUT | FL_USB_IN)

#define FL_USB_SERVICE_REPLY_BYTES 64 /* wLength of INIT, CHECK and RESET, exactly */
#define FL_USB_SERVICE_MAX_ACTIVE  4  /* requests the device keeps at once */
#define FL_USB_SERVICE_MAX_INLINE  64 /* bytes of a request that may be sent right after INIT */
#define FL_USB_SERVICE_MAX_PAYLOAD 65535

typedef struct
{
  guint16 status; /* FlUsbStatus, or one of a later version */
  gboolean has_id, has_size, has_result;
  guint16 id;
  guint32 size_bytes; /* of the reply's data */
  gint32 result;
} FlUsbServiceReply;

/* (transfer full) at most FL_USB_SERVICE_REPLY_BYTES */
GBytes *fl_usb_service_reply_encode (const FlUsbServiceReply *reply);
/* FL_ERROR_UNEXPECTED for what is too short, lacks its status or has bytes to spare. */
gboolean fl_usb_service_reply_decode (const guint8 *data,
                                      gsize size_bytes,
                                      FlUsbServiceReply *reply,
                                      GError **error);

/* 8 bytes as on the wire. */
void fl_usb_setup_encode (const FlUsbSetup *setup, guint8 out[8]);
void fl_usb_setup_decode (const guint8 data[8], FlUsbSetup *setup);

G_END_DECLS
