/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-usb-link.h"

G_BEGIN_DECLS

/**
 * FlSimUsbipRequest:
 *
 * What a computer says to a device over USB/IP once the device is attached: Linux,
 * Documentation/usb/usbip_protocol.rst, USBIP_CMD_SUBMIT and USBIP_CMD_UNLINK. Pure.
 */
typedef enum
{
  FL_SIM_USBIP_SUBMIT, /* a transfer */
  FL_SIM_USBIP_UNLINK, /* is not wanted any more */
} FlSimUsbipCommand;

typedef struct
{
  FlSimUsbipCommand command;
  guint32 sequence; /* names it */
  gboolean is_in;   /* device to host */
  guint endpoint;   /* 0 to 15 */
  guint size_bytes; /* to send, or at most to receive */
  FlUsbSetup setup; /* of endpoint 0 */
  guint32 victim;   /* of an unlink: the sequence of the transfer */
} FlSimUsbipRequest;

#define FL_SIM_USBIP_HEADER_BYTES 48
/* Ours; a Linux host sends no transfer to a device like these that is longer. */
#define FL_SIM_USBIP_MAX_BYTES 65536

/* FALSE: it is none, or for no device like these: isochronous, or too long. */
gboolean fl_sim_usbip_request_decode (const guint8 header[FL_SIM_USBIP_HEADER_BYTES],
                                      FlSimUsbipRequest *request);
/* What follows the header. */
gsize fl_sim_usbip_request_get_payload_bytes (const FlSimUsbipRequest *request);

/* How a transfer ended; on the wire these are Linux' error numbers (asm-generic/errno.h). */
typedef enum
{
  FL_SIM_USBIP_DONE = 0,
  FL_SIM_USBIP_STALLED = -32,   /* EPIPE */
  FL_SIM_USBIP_UNLINKED = -104, /* ECONNRESET */
} FlSimUsbipStatus;

/* USBIP_RET_SUBMIT. @data: (nullable) of device-to-host; @done_bytes: that were moved, either way.
 */
void fl_sim_usbip_append_done (GByteArray *out,
                               guint32 sequence,
                               FlSimUsbipStatus status,
                               guint done_bytes,
                               const guint8 *data);
/* USBIP_RET_UNLINK. */
void fl_sim_usbip_append_unlinked (GByteArray *out, guint32 sequence, FlSimUsbipStatus status);

G_END_DECLS
