/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-usb-link.h"

G_BEGIN_DECLS

/**
 * MockUsb:
 *
 * A USB host below libusb: sysfs, device nodes, uevents and usbfs of a umockdev testbed, for this
 * process and for those it starts. The program must run with libumockdev-preload. One per process,
 * made before any other thread. Its functions may be called by any thread.
 */
typedef struct _MockUsb MockUsb;
typedef struct _MockUsbDevice MockUsbDevice;

typedef enum
{
  MOCK_USB_DONE,
  MOCK_USB_STALLED,
  MOCK_USB_PENDING, /* until cancelled, unplugged or mock_usb_device_finish() */
  MOCK_USB_BROKEN,  /* a damaged packet */
  MOCK_USB_BABBLE,  /* more than was asked for */
} MockUsbEnd;

/* A request that is not for a string descriptor. Called in the mock's thread, one at a time for all
 * devices. @data: of host-to-device. @reply: (out) (transfer full) of device-to-host; it is cut at
 * what was asked for. */
typedef MockUsbEnd (*MockUsbControl) (MockUsbDevice *device,
                                      const FlUsbSetup *setup,
                                      const guint8 *data,
                                      GBytes **reply,
                                      gpointer user_data);

typedef struct
{
  const char *location; /* "1-2.3"; the hubs on the way are made */
  guint16 vendor_id, product_id;
  const char *serial, *product; /* (nullable) */
  gboolean is_refused;          /* this user may not open it */
  gboolean no_strings;          /* the kernel could not read them: only the device tells */
} MockUsbIdentity;

MockUsb *mock_usb_new (void);
/* Unplugs everything. */
void mock_usb_free (MockUsb *self);

MockUsbDevice *mock_usb_plug (MockUsb *self,
                              const MockUsbIdentity *identity,
                              MockUsbControl control,
                              gpointer user_data);
/* What was under way ends as the kernel ends it. @device lives as long as the mock, to be asked. */
void mock_usb_unplug (MockUsbDevice *device);
void mock_usb_device_set_refused (MockUsbDevice *device, gboolean is_refused);
/* Ends the oldest transfer that is pending. FALSE: there is none. @reply: (transfer full)
 * (nullable) */
gboolean mock_usb_device_finish (MockUsbDevice *device, MockUsbEnd end, GBytes *reply);

/* Keeps the mock's thread from calling any MockUsbControl. */
void mock_usb_lock (MockUsb *self);
void mock_usb_unlock (MockUsb *self);

guint mock_usb_device_get_n_open (MockUsbDevice *device);
guint mock_usb_device_get_n_pending (MockUsbDevice *device);
/* Since the mock was made. */
guint mock_usb_get_n_claims (MockUsb *self);
guint mock_usb_get_n_cancelled (MockUsb *self);

G_END_DECLS
