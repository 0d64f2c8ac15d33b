/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A stand-in for bluetoothd from the side of a peripheral: one adapter, hci0, with
 * org.bluez.GattManager1 and org.bluez.LEAdvertisingManager1, and centrals that connect to it and
 * use what was registered. Names: BlueZ doc/gatt-api.txt, doc/advertising-api.txt. */

#define MOCK_ADAPTER "/org/bluez/hci0"
#define MOCK_ADDRESS "00:11:22:33:44:55"
#define MOCK_CENTRAL MOCK_ADAPTER "/dev_02_00_00_00_00_07"
#define MOCK_OTHER   MOCK_ADAPTER "/dev_02_00_00_00_00_08"

typedef struct
{
  /* Before start. */
  gboolean has_adapter, powered, has_managers, is_discoverable;
  const char *const *roles; /* (nullable): an adapter that does not tell */
  const char *power_state;
  const char *gatt_error, *advert_error; /* (nullable) names: registering ends so */

  /* What it has of its client. */
  GVariant *objects; /* (nullable) a{oa{sa{sv}}} of the application */
  GVariant *advert;  /* (nullable) a{sv} */
  guint n_adverts;   /* ever registered */
  guint n_disconnects;
  GPtrArray *received; /* of GBytes: notifications */

  GDBusConnection *connection;
  struct _MockObjects *tree;
  struct _MockObject *adapter;
  GHashTable *centrals; /* path → MockObject */
  char *client;         /* (nullable) bus name */
  char *application, *broadcast;
  guint watch_id, value_id;
} MockManagers;

MockManagers *mock_managers_new (GDBusConnection *connection);
void mock_managers_free (MockManagers *self);
void mock_managers_start (MockManagers *self); /* takes the name */
/* As a crash: it has forgotten everything. */
void mock_managers_stop (MockManagers *self);
void mock_managers_set_powered (MockManagers *self, gboolean powered);

/* A central's link comes up and goes. @path: MOCK_CENTRAL or another one below the adapter. */
void mock_managers_connect (MockManagers *self, const char *path, gboolean is_paired);
void mock_managers_disconnect (MockManagers *self, const char *path);
/* The path of a characteristic by UUID; NULL: it is not registered. (transfer full) */
char *mock_managers_find (MockManagers *self, const char *uuid);
/* Calls a method of it as bluetoothd does. The result: (nullable) (transfer full), NULL: @error. */
GVariant *mock_managers_read (MockManagers *self,
                              const char *uuid,
                              const char *central,
                              guint16 mtu,
                              guint16 offset,
                              GError **error);
gboolean mock_managers_write (MockManagers *self,
                              const char *uuid,
                              const char *central,
                              guint16 mtu,
                              GBytes *value,
                              GError **error);
void mock_managers_notify (MockManagers *self, const char *uuid, gboolean on);
/* Takes the next notification. (transfer full) (nullable) */
GBytes *mock_managers_take (MockManagers *self);

G_END_DECLS
