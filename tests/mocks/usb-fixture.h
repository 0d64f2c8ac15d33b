/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-libusb-bus.h"
#include "mock-usb.h"
#include "wait.h"

G_BEGIN_DECLS

#define FIXTURE_VENDOR  0x2b04
#define FIXTURE_PRODUCT 0xc020
#define FIXTURE_SERIAL  "0a10aced202194944a0001a0"

/**
 * UsbFixture:
 *
 * A mock of USB below libusb and an FlLibusbBus, not started, which shows devices of one vendor. A
 * transfer in the fixture ends as the fields say and counts.
 */
typedef struct
{
  MockUsb *usb;
  FlUsbBus *bus;     /* (nullable) when a test freed it */
  GListModel *ports; /* borrowed */

  GMutex mutex; /* what follows is read by the mock's thread */
  MockUsbEnd end;
  GBytes *reply; /* (nullable) */
  GBytes *got;   /* (nullable) of the last host-to-device transfer */
  guint n_requests;

  guint n_closed;          /* of usb_fixture_open() */
  guint n_ports_at_closed; /* what the bus showed then */
  GError *closed;
} UsbFixture;

typedef void (*UsbTest) (UsbFixture *f);

/* Runs @test five times, each with a fixture of its own, or 45 times with -m thorough. */
void usb_fixture_add (const char *path, UsbTest test);

/* @location, @serial: (nullable): the usual ones */
MockUsbDevice *usb_fixture_plug (UsbFixture *f, const char *location, const char *serial);
/* Starts the bus and waits until it shows @n ports. */
void usb_fixture_start (UsbFixture *f, guint n_ports);
FlUsbPort *usb_fixture_get_port (UsbFixture *f, guint position); /* borrowed */
guint usb_fixture_get_n_ports (UsbFixture *f);
/* (transfer full) Of the first port. "closed" is counted. */
FlUsbLink *usb_fixture_create_link (UsbFixture *f);
FlUsbLink *usb_fixture_open (UsbFixture *f);
void usb_fixture_answer (UsbFixture *f, MockUsbEnd end, const void *reply, gsize size_bytes);
/* (transfer full) (nullable) */
GError *usb_fixture_try_open (FlUsbLink *link);

typedef struct
{
  gboolean is_done;
  GBytes *bytes; /* (nullable) */
  FlUsbOutcome outcome;
  GError *error; /* (nullable) */
} UsbEnd;

void usb_end_clear (UsbEnd *end);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UsbEnd, usb_end_clear)

/* Device to host, @length bytes at most; fills @end when it has ended. */
void usb_fixture_read (FlUsbLink *link,
                       guint16 length,
                       guint limit_ms,
                       GCancellable *cancellable,
                       UsbEnd *end);
void usb_fixture_write (FlUsbLink *link, const void *data, gsize size_bytes, UsbEnd *end);

G_END_DECLS
