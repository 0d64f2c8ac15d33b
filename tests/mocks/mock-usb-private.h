/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "mock-usb.h"

#include <umockdev.h>

G_BEGIN_DECLS

/* Shared by the files of the mock, see mock-usb.h. */

struct _MockUsb
{
  UMockdevTestbed *testbed;
  char *root;
  GRecMutex mutex;    /* over all devices */
  GPtrArray *devices; /* of MockUsbDevice */
  GHashTable *hubs;   /* locations */
  guint last_number;
  int n_claims, n_cancelled; /* atomic */

  GMutex open_mutex;
  GCond open_changed;
  guint n_open; /* nodes; umockdev's thread must have seen all of them closed before it ends */
};

struct _MockUsbDevice
{
  MockUsb *usb;
  UMockdevIoctlBase *handler;
  char *serial, *product;
  char *syspath, *node;
  int master, slave; /* -1: unplugged, hung up */
  MockUsbControl control;
  gpointer user_data;
  guint n_open;
  GQueue pending, done; /* of Urb */
};

#define MOCK_USB_PRODUCT 2 /* index of the string descriptor */
#define MOCK_USB_SERIAL  3

UMockdevIoctlBase *mock_usb_handler_new (MockUsbDevice *device);
void mock_usb_device_set_ready (MockUsbDevice *device, gboolean is_ready);
/* As when a cable is pulled: every transfer ends, then the node hangs up. */
void mock_usb_device_end_all (MockUsbDevice *device);
void mock_usb_device_free (MockUsbDevice *device);

G_END_DECLS
