/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-bluez.h"

#include "mock-bluez-private.h"

static const char xml[] =
    "<node>"
    "<interface name='org.freedesktop.DBus.ObjectManager'>"
    "<method name='GetManagedObjects'><arg type='a{oa{sa{sv}}}' direction='out'/></method>"
    "</interface>"
    "<interface name='org.bluez.Adapter1'>"
    "<method name='StartDiscovery'/><method name='StopDiscovery'/>"
    "<method name='SetDiscoveryFilter'><arg type='a{sv}' direction='in'/></method>"
    "<method name='RemoveDevice'><arg type='o' direction='in'/></method>"
    "<property name='Address' type='s' access='read'/>"
    "<property name='Powered' type='b' access='readwrite'/>"
    "<property name='PowerState' type='s' access='read'/>"
    "<property name='Discovering' type='b' access='read'/>"
    "</interface>"
    "<interface name='org.bluez.Device1'>"
    "<method name='Connect'/><method name='Disconnect'/>"
    "<property name='Address' type='s' access='read'/>"
    "<property name='Name' type='s' access='read'/>"
    "<property name='RSSI' type='n' access='read'/>"
    "<property name='UUIDs' type='as' access='read'/>"
    "<property name='ManufacturerData' type='a{qv}' access='read'/>"
    "<property name='Connected' type='b' access='read'/>"
    "<property name='Paired' type='b' access='read'/>"
    "<property name='ServicesResolved' type='b' access='read'/>"
    "</interface>"
    "<interface name='org.bluez.GattService1'>"
    "<property name='UUID' type='s' access='read'/>"
    "</interface>"
    "<interface name='org.bluez.GattCharacteristic1'>"
    "<method name='ReadValue'><arg type='a{sv}' direction='in'/>"
    "<arg type='ay' direction='out'/></method>"
    "<method name='WriteValue'><arg type='ay' direction='in'/><arg type='a{sv}' direction='in'/>"
    "</method>"
    "<method name='AcquireWrite'><arg type='a{sv}' direction='in'/>"
    "<arg type='h' direction='out'/><arg type='q' direction='out'/></method>"
    "<method name='AcquireNotify'><arg type='a{sv}' direction='in'/>"
    "<arg type='h' direction='out'/><arg type='q' direction='out'/></method>"
    "<method name='StartNotify'/><method name='StopNotify'/>"
    "<property name='UUID' type='s' access='read'/>"
    "<property name='Service' type='o' access='read'/>"
    "<property name='Flags' type='as' access='read'/>"
    "<property name='MTU' type='q' access='read'/>"
    "<property name='Value' type='ay' access='read'/>"
    "<property name='Notifying' type='b' access='read'/>"
    "</interface></node>";

static void
bus_call (GDBusConnection *connection, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus", method, parameters, NULL,
                                   G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

static void
stop_listening (MockAdapter *adapter)
{
  g_clear_pointer (&adapter->listener, g_free);
  if (adapter->object != NULL)
    mock_object_set (adapter->object, ADAPTER, "Discovering", g_variant_new_boolean (FALSE));
}

static void
advertise_all (MockBluez *bluez)
{
  for (guint i = 0; i < bluez->devices->len; i++)
    mock_device_advertise (g_ptr_array_index (bluez->devices, i));
}

static void
start_listening (MockAdapter *adapter, GDBusMethodInvocation *invocation)
{
  adapter->n_starts++;
  if (adapter->start_error != NULL)
    mock_fail (invocation, adapter->start_error);
  else if (!adapter->powered)
    mock_fail (invocation, BLUEZ_ERROR "NotReady");
  else if (adapter->listener != NULL || adapter->n_starts <= adapter->n_busy)
    mock_fail (invocation, BLUEZ_ERROR "InProgress");
  else
    {
      adapter->listener = g_strdup (g_dbus_method_invocation_get_sender (invocation));
      mock_object_set (adapter->object, ADAPTER, "Discovering", g_variant_new_boolean (TRUE));
      mock_succeed (invocation);
      advertise_all (adapter->bluez);
    }
}

static void
take_filter (MockAdapter *adapter, GVariant *parameters)
{
  g_autoptr (GVariant) filter = g_variant_get_child_value (parameters, 0);
  const char *transport = "auto";

  g_clear_pointer (&adapter->filter_services, g_strfreev);
  adapter->filter_has_duplicates = FALSE;
  g_variant_lookup (filter, "Transport", "&s", &transport);
  g_variant_lookup (filter, "UUIDs", "^as", &adapter->filter_services);
  g_variant_lookup (filter, "DuplicateData", "b", &adapter->filter_has_duplicates);
  adapter->filter_is_le = g_str_equal (transport, "le");
}

static void
remove_device (MockAdapter *adapter, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *path;

  g_variant_get (parameters, "(&o)", &path);
  for (guint i = 0; i < adapter->bluez->devices->len; i++)
    {
      MockDevice *device = g_ptr_array_index (adapter->bluez->devices, i);
      MockNode *node = mock_device_find_node (device, adapter);

      if (node == NULL || !g_str_equal (mock_object_get_path (node->object), path))
        continue;
      device->socket_open_at_disconnect |= mock_gatt_has_sockets (node);
      if (device->slow_disconnect && node->connected)
        g_set_object (&node->removing, invocation);
      else
        mock_node_remove (node, invocation);
      return;
    }
  mock_fail (invocation, BLUEZ_ERROR "DoesNotExist");
}

static void
set_power (MockAdapter *adapter, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) value = NULL;

  g_variant_get_child (parameters, 2, "v", &value);
  adapter->n_power++;
  if (adapter->power_error != NULL)
    mock_fail (invocation, adapter->power_error);
  else if (adapter->blocked)
    mock_fail (invocation, BLUEZ_ERROR "Blocked");
  else
    {
      mock_adapter_set_powered (adapter, g_variant_get_boolean (value));
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static void
on_adapter_call (MockObject *object,
                 const char *interface,
                 const char *method,
                 GVariant *parameters,
                 GDBusMethodInvocation *invocation)
{
  MockAdapter *adapter = mock_object_get_owner (object);

  if (adapter->bluez->denied)
    mock_fail (invocation, "org.freedesktop.DBus.Error.AccessDenied");
  else if (g_str_equal (method, "Set"))
    set_power (adapter, parameters, invocation);
  else if (g_str_equal (method, "SetDiscoveryFilter"))
    {
      take_filter (adapter, parameters);
      mock_succeed (invocation);
    }
  else if (g_str_equal (method, "StartDiscovery"))
    start_listening (adapter, invocation);
  else if (g_str_equal (method, "RemoveDevice"))
    remove_device (adapter, parameters, invocation);
  else if (adapter->listener == NULL)
    mock_fail (invocation, BLUEZ_ERROR "Failed"); /* StopDiscovery: none was started */
  else
    {
      adapter->n_stops++;
      stop_listening (adapter);
      mock_succeed (invocation);
    }
}

static const char *
get_power_state (MockAdapter *adapter)
{
  return adapter->blocked ? "off-blocked" : adapter->powered ? "on" : "off";
}

static void
export_adapter (MockAdapter *adapter)
{
  g_autofree char *path = g_strdup_printf ("/org/bluez/hci%u", adapter->index);
  g_autofree char *address = g_strdup_printf ("00:00:00:00:00:%02X", adapter->index);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "Address", g_variant_new_string (address));
  g_variant_builder_add (&builder, "{sv}", "Powered", g_variant_new_boolean (adapter->powered));
  g_variant_builder_add (&builder, "{sv}", "Discovering", g_variant_new_boolean (FALSE));
  if (!adapter->hides_state)
    g_variant_builder_add (&builder, "{sv}", "PowerState",
                           g_variant_new_string (get_power_state (adapter)));
  adapter->object = mock_object_new (adapter->bluez->objects, path, on_adapter_call, adapter);
  mock_object_add (adapter->object, ADAPTER, g_variant_builder_end (&builder));
  mock_object_announce (adapter->object);
}

static void
adapter_free (gpointer data)
{
  MockAdapter *adapter = data;

  g_strfreev (adapter->filter_services);
  g_free (adapter->listener);
  g_free (adapter);
}

static void
forget_nodes (MockBluez *bluez, MockAdapter *adapter)
{
  for (guint i = 0; i < bluez->devices->len; i++)
    {
      MockDevice *device = g_ptr_array_index (bluez->devices, i);
      MockNode *node = mock_device_find_node (device, adapter);

      if (node != NULL)
        g_ptr_array_remove (device->nodes, node);
    }
}

/* BlueZ stops what a client started when the client leaves the bus. */
static void
on_owner_changed (GDBusConnection *connection,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal_name,
                  GVariant *parameters,
                  gpointer user_data)
{
  MockBluez *bluez = user_data;
  const char *name, *new_owner;

  g_variant_get (parameters, "(&s&s&s)", &name, NULL, &new_owner);
  for (guint i = 0; *new_owner == '\0' && i < bluez->adapters->len; i++)
    {
      MockAdapter *adapter = g_ptr_array_index (bluez->adapters, i);

      if (g_strcmp0 (adapter->listener, name) == 0)
        stop_listening (adapter);
    }
}

MockBluez *
mock_bluez_new (GDBusConnection *connection)
{
  MockBluez *bluez = g_new0 (MockBluez, 1);

  bluez->connection = g_object_ref (connection);
  bluez->adapters = g_ptr_array_new_with_free_func (adapter_free);
  bluez->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) mock_device_free);
  bluez->watch_id =
      g_dbus_connection_signal_subscribe (connection, "org.freedesktop.DBus",
                                          "org.freedesktop.DBus", "NameOwnerChanged", NULL, NULL,
                                          G_DBUS_SIGNAL_FLAGS_NONE, on_owner_changed, bluez, NULL);
  return bluez;
}

void
mock_bluez_free (MockBluez *bluez)
{
  mock_bluez_stop (bluez);
  g_dbus_connection_signal_unsubscribe (bluez->connection, bluez->watch_id);
  g_ptr_array_unref (bluez->devices);
  g_ptr_array_unref (bluez->adapters);
  g_object_unref (bluez->connection);
  g_free (bluez);
}

void
mock_bluez_start (MockBluez *bluez)
{
  g_assert_null (bluez->objects);
  bluez->objects = mock_objects_new (bluez->connection, "/", xml);
  mock_bluez_set_denied (bluez, bluez->denied);
  for (guint i = 0; i < bluez->adapters->len; i++)
    export_adapter (g_ptr_array_index (bluez->adapters, i));
  bus_call (bluez->connection, "RequestName", g_variant_new ("(su)", "org.bluez", 0));
}

void
mock_bluez_stop (MockBluez *bluez)
{
  if (bluez->objects == NULL)
    return;

  bus_call (bluez->connection, "ReleaseName", g_variant_new ("(s)", "org.bluez"));
  for (guint i = 0; i < bluez->adapters->len; i++)
    {
      MockAdapter *adapter = g_ptr_array_index (bluez->adapters, i);

      forget_nodes (bluez, adapter);
      mock_object_remove (g_steal_pointer (&adapter->object));
      g_clear_pointer (&adapter->listener, g_free);
    }
  g_clear_pointer (&bluez->objects, mock_objects_free);
}

void
mock_bluez_set_denied (MockBluez *bluez, gboolean denied)
{
  bluez->denied = denied;
  if (bluez->objects != NULL)
    mock_objects_set_refusal (bluez->objects,
                              denied ? "org.freedesktop.DBus.Error.AccessDenied" : NULL);
}

MockAdapter *
mock_bluez_add_adapter (MockBluez *bluez, gboolean powered)
{
  MockAdapter *adapter = g_new0 (MockAdapter, 1);

  g_assert_cmpuint (bluez->adapters->len, <, MOCK_MAX_ADAPTERS);
  adapter->bluez = bluez;
  adapter->powered = powered;
  adapter->index = bluez->adapters->len;
  g_ptr_array_add (bluez->adapters, adapter);
  if (bluez->objects != NULL)
    export_adapter (adapter);
  return adapter;
}

void
mock_adapter_remove (MockAdapter *adapter)
{
  forget_nodes (adapter->bluez, adapter);
  if (adapter->object != NULL)
    mock_object_remove (adapter->object);
  g_ptr_array_remove (adapter->bluez->adapters, adapter);
}

static void
tell_power (MockAdapter *adapter)
{
  GVariantBuilder builder;

  if (adapter->object == NULL)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "Powered", g_variant_new_boolean (adapter->powered));
  if (!adapter->hides_state)
    g_variant_builder_add (&builder, "{sv}", "PowerState",
                           g_variant_new_string (get_power_state (adapter)));
  mock_object_set_all (adapter->object, ADAPTER, g_variant_builder_end (&builder));
}

void
mock_adapter_set_powered (MockAdapter *adapter, gboolean powered)
{
  adapter->powered = powered;
  if (!powered && adapter->object != NULL)
    {
      for (guint i = 0; i < adapter->bluez->devices->len; i++)
        {
          MockNode *node =
              mock_device_find_node (g_ptr_array_index (adapter->bluez->devices, i), adapter);

          if (node != NULL)
            mock_node_disconnect (node);
        }
      stop_listening (adapter);
    }
  tell_power (adapter);
}

void
mock_adapter_set_blocked (MockAdapter *adapter, gboolean blocked)
{
  adapter->blocked = blocked;
  if (blocked)
    mock_adapter_set_powered (adapter, FALSE);
  else
    tell_power (adapter);
}

void
mock_fail (GDBusMethodInvocation *invocation, const char *error_name)
{
  g_dbus_method_invocation_return_dbus_error (invocation, error_name, "As the test wants it");
}

void
mock_succeed (GDBusMethodInvocation *invocation)
{
  g_dbus_method_invocation_return_value (invocation, NULL);
}
