/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "mock-bluez.h"
#include "mock-object.h"

G_BEGIN_DECLS

#define ADAPTER        "org.bluez.Adapter1"
#define DEVICE         "org.bluez.Device1"
#define SERVICE        "org.bluez.GattService1"
#define CHARACTERISTIC "org.bluez.GattCharacteristic1"
#define BLUEZ_ERROR    "org.bluez.Error."

struct _MockBluez
{
  GDBusConnection *connection;
  MockObjects *objects; /* (nullable) while stopped */
  GPtrArray *adapters, *devices;
  guint watch_id;
  gboolean denied;
};

/* One device as one adapter knows it: a Device1 object. */
struct _MockNode
{
  MockDevice *device;
  MockAdapter *adapter;
  MockObject *object;
  gboolean connected;
  gboolean connecting;
  GDBusMethodInvocation *pending;            /* (nullable) Connect without an answer */
  GDBusMethodInvocation *leaving, *removing; /* (nullable) slow ones, see slow_disconnect */
  guint resolve_id;
  MockObject *service, *version, *tx, *rx; /* (nullable) */
  gboolean notifying;                      /* by StartNotify */
  int write_fd;                            /* our end, -1 none */
  guint write_watch;
};

MockNode *mock_node_new (MockDevice *device, MockAdapter *adapter, gboolean heard);
void mock_node_free (MockNode *node); /* removes its object */
void mock_node_disconnect (MockNode *node);
void mock_node_remove (MockNode *node, GDBusMethodInvocation *invocation); /* frees it */
MockNode *mock_device_find_node (MockDevice *device, MockAdapter *adapter);
void mock_device_free (MockDevice *device);

void mock_gatt_add (MockNode *node);
void mock_gatt_remove (MockNode *node);
void mock_gatt_pump (MockNode *node);
gboolean mock_gatt_is_subscribed (MockNode *node);
gboolean mock_gatt_has_sockets (MockNode *node); /* that the client has not closed */

void mock_fail (GDBusMethodInvocation *invocation, const char *error_name);
void mock_succeed (GDBusMethodInvocation *invocation);

G_END_DECLS
