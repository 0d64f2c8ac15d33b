/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-sim-usbip-host.h"
#include "fl-usb-link.h"

/* A computer with USB ports that speaks USB/IP, for tests of devices on them. It has its own idea
 * of the protocol: nothing here is the device's code. Waiting runs the default main context. */
#define USBIP_TYPE_COMPUTER (usbip_computer_get_type ())
G_DECLARE_FINAL_TYPE (UsbipComputer, usbip_computer, USBIP, COMPUTER, GObject)

typedef struct
{
  guint32 command, sequence; /* 3: of a transfer, 4: of an unlink */
  gint32 status;
  guint length;
  GBytes *data; /* (nullable) */
} UsbipAnswer;

#define USBIP_IN  TRUE
#define USBIP_OUT FALSE

UsbipComputer *usbip_computer_new (guint n_ports);
/* Makes a port unusable. */
void usbip_computer_block (UsbipComputer *self, guint port);
gboolean usbip_computer_is_attached (UsbipComputer *self, guint port);
/* Hangs up by itself. */
void usbip_computer_hang_up (UsbipComputer *self, guint port);
/* @setup: (nullable) of endpoint 0. Returns the sequence. */
guint32 usbip_computer_submit (UsbipComputer *self,
                               guint port,
                               guint endpoint,
                               gboolean is_in,
                               const FlUsbSetup *setup,
                               const void *data,
                               guint size_bytes);
guint32 usbip_computer_unlink (UsbipComputer *self, guint port, guint32 victim);
void usbip_computer_send_raw (UsbipComputer *self, guint port, const void *data, gsize size_bytes);
/* The answer to it, if it is there. (nullable), borrowed until the computer goes */
const UsbipAnswer *usbip_computer_look (UsbipComputer *self, guint port, guint32 sequence);
/* Waits for it. */
const UsbipAnswer *usbip_computer_wait (UsbipComputer *self, guint port, guint32 sequence);
/* A control transfer to its end. */
const UsbipAnswer *usbip_computer_control (UsbipComputer *self,
                                           guint port,
                                           guint8 request_type,
                                           guint8 request,
                                           guint16 value,
                                           guint16 index,
                                           guint16 length,
                                           const void *data);
