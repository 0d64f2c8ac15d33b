/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-bluez-private.h"

#include <string.h>

/* Bluetooth Assigned Numbers, 3.4.1 */
#define GENERIC_ACCESS "00001800-0000-1000-8000-00805f9b34fb"
#define ENVIRONMENT    "0000181a-0000-1000-8000-00805f9b34fb"
/* Listening mode of Device OS: hal/inc/hal_platform.h and
 * system/src/ble_control_request_channel.cpp. */
#define DEFAULT_UUID(n) "6fa9000" n "-5c4e-48a8-94f4-8030546f36fc"

static GVariant *
build_manufacturer (MockDevice *device)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{qv}"));
  if (device->company_id >= 0 && device->manufacturer != NULL)
    g_variant_builder_add (&builder, "{qv}", (guint16) device->company_id,
                           g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING,
                                                     device->manufacturer, TRUE));
  return g_variant_builder_end (&builder);
}

static GVariant *
build_properties (MockNode *node, gboolean heard)
{
  MockDevice *device = node->device;
  const char *services[] = { device->service, NULL };
  const char *found[] = { GENERIC_ACCESS, ENVIRONMENT, NULL };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "Address", g_variant_new_string (device->address));
  g_variant_builder_add (&builder, "{sv}", "AddressType",
                         g_variant_new_string (device->half_stored ? "public" : "random"));
  if (device->name != NULL)
    g_variant_builder_add (&builder, "{sv}", "Name", g_variant_new_string (device->name));
  g_variant_builder_add (&builder, "{sv}", "UUIDs",
                         g_variant_new_strv (device->visited ? found : services,
                                             device->left_early ? 0 : -1));
  g_variant_builder_add (&builder, "{sv}", "Paired", g_variant_new_boolean (device->paired));
  g_variant_builder_add (&builder, "{sv}", "Blocked", g_variant_new_boolean (device->blocked));
  g_variant_builder_add (&builder, "{sv}", "Connected", g_variant_new_boolean (FALSE));
  g_variant_builder_add (&builder, "{sv}", "ServicesResolved", g_variant_new_boolean (FALSE));
  if (device->company_id >= 0 && !device->half_stored)
    g_variant_builder_add (&builder, "{sv}", "ManufacturerData", build_manufacturer (device));
  if (heard)
    g_variant_builder_add (&builder, "{sv}", "RSSI",
                           g_variant_new_int16 ((gint16) device->rssi[node->adapter->index]));
  return g_variant_builder_end (&builder);
}

static void
end_connecting (MockNode *node)
{
  if (node->connecting)
    node->adapter->n_connecting--;
  node->connecting = FALSE;
}

static gboolean
on_late (gpointer user_data)
{
  MockNode *node = user_data;

  node->resolve_id = 0;
  mock_gatt_add (node);
  return G_SOURCE_REMOVE;
}

static gboolean
on_resolved (gpointer user_data)
{
  MockNode *node = user_data;

  node->resolve_id = 0;
  if (node->device->drops_on_connect)
    {
      mock_device_drop (node->device);
      return G_SOURCE_REMOVE;
    }
  if (node->device->late_services)
    node->resolve_id = g_idle_add_full (G_PRIORITY_HIGH, on_late, node, NULL);
  else
    mock_gatt_add (node);
  mock_object_set (node->object, DEVICE, "ServicesResolved", g_variant_new_boolean (TRUE));
  return G_SOURCE_REMOVE;
}

static void
accept_connection (MockNode *node, GDBusMethodInvocation *invocation)
{
  MockDevice *device = node->device;

  end_connecting (node);
  node->connected = TRUE;
  device->link = node;
  if (device->connects_quietly)
    mock_object_set_quietly (node->object, DEVICE, "Connected", g_variant_new_boolean (TRUE));
  else
    mock_object_set (node->object, DEVICE, "Connected", g_variant_new_boolean (TRUE));
  mock_succeed (invocation);
  if (device->peer.connected != NULL)
    device->peer.connected (device->peer_data, TRUE);
  if (!device->never_resolves)
    node->resolve_id = g_idle_add (on_resolved, node);
}

static void
connect_node (MockNode *node, GDBusMethodInvocation *invocation)
{
  MockDevice *device = node->device;
  MockAdapter *adapter = node->adapter;

  device->n_connects++;
  adapter->connected_while_listening |= adapter->listener != NULL;
  adapter->n_collisions += adapter->n_connecting > 0;
  if (node->leaving != NULL || node->removing != NULL)
    mock_succeed (invocation);
  else if (device->link != NULL)
    mock_fail (invocation, BLUEZ_ERROR "AlreadyConnected");
  else if (device->vanishes)
    {
      device->vanishes = FALSE;
      mock_fail (invocation, "org.freedesktop.DBus.Error.UnknownObject");
      g_ptr_array_remove (device->nodes, node);
    }
  else if (device->connect_failures > 0)
    {
      device->connect_failures--;
      mock_fail (invocation, device->connect_error);
    }
  else if (device->peer.accept != NULL && !device->peer.accept (device->peer_data))
    mock_fail (invocation, device->connect_error);
  else
    {
      node->connecting = TRUE;
      adapter->n_connecting++;
      if (device->connect_silent)
        g_set_object (&node->pending, invocation);
      else
        accept_connection (node, invocation);
    }
}

static void
on_device_call (MockObject *object,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation)
{
  MockNode *node = mock_object_get_owner (object);

  if (node->adapter->bluez->denied)
    mock_fail (invocation, "org.freedesktop.DBus.Error.AccessDenied");
  else if (g_str_equal (method, "Connect"))
    connect_node (node, invocation);
  else if (g_str_equal (method, "Disconnect"))
    {
      node->device->n_disconnects++;
      node->device->socket_open_at_disconnect |= mock_gatt_has_sockets (node);
      if (node->device->slow_disconnect && node->connected)
        g_set_object (&node->leaving, invocation);
      else
        {
          mock_node_disconnect (node);
          mock_succeed (invocation);
        }
    }
  else
    mock_fail (invocation, "org.freedesktop.DBus.Error.UnknownMethod");
}

MockNode *
mock_node_new (MockDevice *device, MockAdapter *adapter, gboolean heard)
{
  MockNode *node = g_new0 (MockNode, 1);
  g_autofree char *path = NULL;
  g_autofree char *tail = g_strdelimit (g_strdup (device->address), ":", '_');

  node->device = device;
  node->adapter = adapter;
  node->write_fd = -1;
  path = g_strdup_printf ("/org/bluez/hci%u/dev_%s", adapter->index, tail);
  node->object = mock_object_new (adapter->bluez->objects, path, on_device_call, node);
  mock_object_add (node->object, DEVICE, build_properties (node, heard));
  mock_object_announce (node->object);
  g_ptr_array_add (device->nodes, node);
  return node;
}

void
mock_node_disconnect (MockNode *node)
{
  MockDevice *device = node->device;

  if (node->pending != NULL)
    mock_fail (g_steal_pointer (&node->pending), BLUEZ_ERROR "Failed");
  end_connecting (node);
  if (!node->connected)
    return;

  node->connected = FALSE;
  device->link = NULL;
  g_clear_handle_id (&node->resolve_id, g_source_remove);
  mock_gatt_remove (node);
  if (device->peer.connected != NULL)
    device->peer.connected (device->peer_data, FALSE);
  mock_object_set (node->object, DEVICE, "ServicesResolved", g_variant_new_boolean (FALSE));
  mock_object_set (node->object, DEVICE, "Connected", g_variant_new_boolean (FALSE));
}

void
mock_node_remove (MockNode *node, GDBusMethodInvocation *invocation)
{
  MockDevice *device = node->device;

  device->n_removed++;
  device->stale = device->visited = device->left_early = device->half_stored = FALSE;
  /* As BlueZ: the reply first, the signal from an idle call. */
  mock_succeed (invocation);
  g_ptr_array_remove (device->nodes, node);
  mock_device_advertise (device);
}

void
mock_node_free (MockNode *node)
{
  mock_node_disconnect (node);
  if (node->leaving != NULL)
    mock_fail (g_steal_pointer (&node->leaving), BLUEZ_ERROR "Failed");
  if (node->removing != NULL)
    mock_fail (g_steal_pointer (&node->removing), BLUEZ_ERROR "Failed");
  mock_object_remove (node->object);
  g_free (node);
}

MockNode *
mock_device_find_node (MockDevice *device, MockAdapter *adapter)
{
  for (guint i = 0; i < device->nodes->len; i++)
    {
      MockNode *node = g_ptr_array_index (device->nodes, i);

      if (node->adapter == adapter)
        return node;
    }
  return NULL;
}

static GBytes *
build_data (guint16 platform_id, const char *code)
{
  guint8 data[8] = { platform_id & 0xff, platform_id >> 8 };

  memcpy (data + 2, code, MIN (strlen (code), 6));
  return g_bytes_new (data, 2 + MIN (strlen (code), 6));
}

MockDevice *
mock_bluez_add_device (MockBluez *bluez, const char *address, const char *code)
{
  MockDevice *device = g_new0 (MockDevice, 1);

  device->bluez = bluez;
  device->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) mock_node_free);
  device->address = g_strdup (address);
  device->name = g_strdup_printf ("P2-%s", code);
  device->company_id = 0x0662;
  device->manufacturer = build_data (32, code);
  device->service = g_strdup (DEFAULT_UUID ("1"));
  device->version = g_strdup (DEFAULT_UUID ("2"));
  device->tx = g_strdup (DEFAULT_UUID ("3"));
  device->rx = g_strdup (DEFAULT_UUID ("4"));
  device->version_value = 2;
  device->mtu = 247;
  device->rssi[0] = -60;
  device->advertising = TRUE;
  device->connect_error = BLUEZ_ERROR "Failed";
  g_ptr_array_add (bluez->devices, device);
  return device;
}

guint
mock_bluez_get_n_devices (MockBluez *bluez)
{
  return bluez->devices->len;
}

MockDevice *
mock_bluez_get_device (MockBluez *bluez, guint index)
{
  return g_ptr_array_index (bluez->devices, index);
}

void
mock_device_free (MockDevice *device)
{
  g_ptr_array_unref (device->nodes);
  g_clear_pointer (&device->manufacturer, g_bytes_unref);
  g_free (device->address);
  g_free (device->name);
  g_free (device->service);
  g_free (device->rx);
  g_free (device->tx);
  g_free (device->version);
  g_free (device);
}

static gboolean
hears (MockAdapter *adapter, MockDevice *device)
{
  return adapter->object != NULL && adapter->powered && adapter->listener != NULL &&
         device->rssi[adapter->index] != 0 &&
         (adapter->filter_services == NULL ||
          g_strv_contains ((const char *const *) adapter->filter_services, device->service));
}

static void
hear (MockAdapter *adapter, MockDevice *device)
{
  MockNode *node = mock_device_find_node (device, adapter);
  GVariantBuilder builder;

  if (node == NULL)
    {
      mock_node_new (device, adapter, TRUE);
      return;
    }
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "RSSI",
                         g_variant_new_int16 ((gint16) device->rssi[adapter->index]));
  if (device->company_id >= 0)
    g_variant_builder_add (&builder, "{sv}", "ManufacturerData", build_manufacturer (device));
  mock_object_set_all (node->object, DEVICE, g_variant_builder_end (&builder));
}

void
mock_device_advertise (MockDevice *device)
{
  MockBluez *bluez = device->bluez;

  if (!device->advertising || device->half_stored || device->link != NULL)
    return;
  for (guint i = 0; i < bluez->adapters->len; i++)
    {
      MockAdapter *adapter = g_ptr_array_index (bluez->adapters, i);

      if (hears (adapter, device))
        hear (adapter, device);
    }
}

void
mock_device_remember (MockDevice *device, MockAdapter *adapter)
{
  mock_node_new (device, adapter, FALSE);
}

void
mock_device_occupy (MockDevice *device, MockAdapter *adapter, gboolean notifying)
{
  MockNode *node = mock_node_new (device, adapter, FALSE);

  node->connected = TRUE;
  device->link = node;
  mock_object_set (node->object, DEVICE, "Connected", g_variant_new_boolean (TRUE));
  mock_gatt_add (node);
  mock_object_set (node->tx, CHARACTERISTIC, "Notifying", g_variant_new_boolean (notifying));
  mock_object_set (node->object, DEVICE, "ServicesResolved", g_variant_new_boolean (TRUE));
}

void
mock_device_accept (MockDevice *device)
{
  for (guint i = 0; i < device->nodes->len; i++)
    {
      MockNode *node = g_ptr_array_index (device->nodes, i);

      if (node->pending != NULL)
        accept_connection (node, g_steal_pointer (&node->pending));
    }
}

void
mock_device_forget (MockDevice *device)
{
  g_ptr_array_set_size (device->nodes, 0);
}

void
mock_device_drop (MockDevice *device)
{
  if (device->link != NULL)
    mock_node_disconnect (device->link);
  mock_device_advertise (device);
}

gboolean
mock_device_is_leaving (MockDevice *device)
{
  return device->link != NULL && (device->link->leaving != NULL || device->link->removing != NULL);
}

void
mock_device_let_go (MockDevice *device)
{
  MockNode *node = device->link;
  GDBusMethodInvocation *removing = g_steal_pointer (&node->removing);

  mock_node_disconnect (node);
  if (node->leaving != NULL)
    mock_succeed (g_steal_pointer (&node->leaving));
  if (removing != NULL)
    mock_node_remove (node, removing);
  else
    mock_device_advertise (device);
}

void
mock_device_pump (MockDevice *device)
{
  if (device->link != NULL)
    mock_gatt_pump (device->link);
}

gboolean
mock_device_is_connected (MockDevice *device)
{
  return device->link != NULL;
}

gboolean
mock_device_is_subscribed (MockDevice *device)
{
  return device->link != NULL && mock_gatt_is_subscribed (device->link);
}
