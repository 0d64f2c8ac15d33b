/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "fl-bluez-radio.h"
#include "mock-bluez.h"
#include "mock-clock.h"
#include "wait.h"

G_BEGIN_DECLS

/**
 * BluezFixture:
 *
 * A private message bus with a mock BlueZ (one adapter, on; one device) on one connection and an
 * FlBluez, not started, on another.
 */
typedef struct
{
  GDBusConnection *server, *client;
  MockBluez *mock;
  MockAdapter *adapter;
  MockDevice *device;
  GByteArray *echo;      /* what the device got and sends back */
  guint n_subscriptions; /* how often the device was subscribed to */
  char *root;            /* empty folder in place of "/" */
  MockClock *clock;
  FlBluez *bluez;
} BluezFixture;

#define FIXTURE_ADAPTER "/org/bluez/hci0"
#define FIXTURE_ADDRESS "AA:BB:CC:DD:EE:01"
#define FIXTURE_PATH    FIXTURE_ADAPTER "/dev_AA_BB_CC_DD_EE_01"

/* For g_test_add (…, address of the bus, …). */
void bluez_fixture_set_up (BluezFixture *f, gconstpointer bus_address);
void bluez_fixture_tear_down (BluezFixture *f, gconstpointer bus_address);
/* Starts both and waits until FlBluez knows the adapter. */
void bluez_fixture_start (BluezFixture *f);
FlBluezRadio *bluez_fixture_get_radio (BluezFixture *f);
/* All messages that are under way have arrived, and what they caused too. */
void bluez_fixture_settle (BluezFixture *f);
/* A kill switch in the files of this computer. */
void bluez_fixture_write_rfkill (BluezFixture *f, const char *name, gboolean blocked);
void bluez_fixture_write_file (BluezFixture *f, const char *path, const char *text);
/* g_test_run() between the start and the end of a private bus; @add adds the tests. */
int bluez_fixture_run (int argc, char **argv, void (*add) (const char *bus_address));

G_END_DECLS
