/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-network-manager.h"

#include <string.h>

#include "wait.h"

#define NAME         "org.freedesktop.NetworkManager"
#define ROOT         "/org/freedesktop"
#define ACCESS_POINT NAME ".AccessPoint"
#define WIRELESS     NAME ".Device.Wireless"
#define CONNECTION   NAME ".Settings.Connection"

/* NetworkManager 1.42, introspection/org.freedesktop.NetworkManager.*.xml */
static const char xml[] =
    "<node>"
    "<interface name='org.freedesktop.DBus.ObjectManager'>"
    "<method name='GetManagedObjects'>"
    "<arg type='a{oa{sa{sv}}}' direction='out'/></method>"
    "<signal name='InterfacesAdded'><arg type='o'/><arg type='a{sa{sv}}'/></signal>"
    "<signal name='InterfacesRemoved'><arg type='o'/><arg type='as'/></signal>"
    "</interface>"
    "<interface name='" ACCESS_POINT "'>"
    "<property name='Ssid' type='ay' access='read'/>"
    "<property name='Flags' type='u' access='read'/>"
    "<property name='WpaFlags' type='u' access='read'/>"
    "<property name='RsnFlags' type='u' access='read'/>"
    "<property name='Frequency' type='u' access='read'/>"
    "<property name='Strength' type='y' access='read'/>"
    "</interface>"
    "<interface name='" WIRELESS "'>"
    "<method name='RequestScan'><arg type='a{sv}' direction='in'/></method>"
    "</interface>"
    "<interface name='" CONNECTION "'>"
    "<method name='GetSettings'><arg type='a{sa{sv}}' direction='out'/></method>"
    "<method name='GetSecrets'><arg type='s' direction='in'/>"
    "<arg type='a{sa{sv}}' direction='out'/></method>"
    "</interface>"
    "</node>";

static void
get_secrets (MockNetworkManager *self, GVariant *parameters, GDBusMethodInvocation *call)
{
  const char *setting = NULL;

  g_variant_get (parameters, "(&s)", &setting);
  g_assert_cmpstr (setting, ==, "802-1x");
  if (self->is_slow)
    return;
  if (self->refusal != NULL)
    g_dbus_method_invocation_return_dbus_error (call, self->refusal, "Refused");
  else
    g_dbus_method_invocation_return_value (call, g_variant_new ("(@a{sa{sv}})", self->secrets));
}

static void
on_connection_call (MockObject *object,
                    const char *interface,
                    const char *method,
                    GVariant *parameters,
                    GDBusMethodInvocation *call)
{
  MockNetworkManager *self = mock_object_get_owner (object);
  g_autofree char *key = g_strconcat ("settings:", mock_object_get_path (object), NULL);

  if (g_str_equal (method, "GetSecrets"))
    get_secrets (self, parameters, call);
  else
    g_dbus_method_invocation_return_value (
        call, g_variant_new ("(@a{sa{sv}})", g_object_get_data (G_OBJECT (self->bus), key)));
}

static void
on_radio_call (MockObject *object,
               const char *interface,
               const char *method,
               GVariant *parameters,
               GDBusMethodInvocation *call)
{
  ((MockNetworkManager *) mock_object_get_owner (object))->n_scans++;
  g_dbus_method_invocation_return_value (call, NULL);
}

static void
on_name (GDBusConnection *bus, const char *name, gpointer data)
{
  ((MockNetworkManager *) data)->has_name = TRUE;
}

void
mock_network_manager_return (MockNetworkManager *self)
{
  self->has_name = FALSE;
  self->name_id = g_bus_own_name_on_connection (self->bus, NAME, G_BUS_NAME_OWNER_FLAGS_NONE,
                                                on_name, NULL, self, NULL);
  WAIT_FOR (self->has_name);
}

void
mock_network_manager_leave (MockNetworkManager *self)
{
  g_bus_unown_name (self->name_id);
}

void
mock_network_manager_start (MockNetworkManager *self)
{
  g_autoptr (GError) error = NULL;

  memset (self, 0, sizeof *self);
  self->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->daemon);
  self->bus =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (self->daemon),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  self->objects = mock_objects_new (self->bus, ROOT, xml);
  self->radio =
      mock_object_new (self->objects, ROOT "/NetworkManager/Devices/3", on_radio_call, self);
  mock_object_add (self->radio, WIRELESS, g_variant_new ("a{sv}", NULL));
  mock_network_manager_return (self);
}

void
mock_network_manager_stop (MockNetworkManager *self)
{
  g_bus_unown_name (self->name_id);
  mock_objects_free (self->objects);
  g_clear_pointer (&self->secrets, g_variant_unref);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  g_test_dbus_down (self->daemon);
  g_clear_object (&self->daemon);
}

MockObject *
mock_network_manager_add_point (MockNetworkManager *self,
                                guint number,
                                const char *ssid,
                                guint32 flags,
                                guint32 wpa,
                                guint32 rsn,
                                guint32 mhz,
                                guint8 strength)
{
  g_autofree char *path = g_strdup_printf (ROOT "/NetworkManager/AccessPoint/%u", number);
  MockObject *point = mock_object_new (self->objects, path, NULL, self);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "Ssid",
                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, ssid, strlen (ssid),
                                                          1));
  g_variant_dict_insert (&dict, "Flags", "u", flags);
  g_variant_dict_insert (&dict, "WpaFlags", "u", wpa);
  g_variant_dict_insert (&dict, "RsnFlags", "u", rsn);
  g_variant_dict_insert (&dict, "Frequency", "u", mhz);
  g_variant_dict_insert (&dict, "Strength", "y", strength);
  mock_object_add (point, ACCESS_POINT, g_variant_dict_end (&dict));
  mock_object_announce (point);
  return point;
}

void
mock_network_manager_add_connection (MockNetworkManager *self, guint number, GVariant *settings)
{
  g_autofree char *path = g_strdup_printf (ROOT "/NetworkManager/Settings/%u", number);
  g_autofree char *key = g_strconcat ("settings:", path, NULL);
  MockObject *connection = mock_object_new (self->objects, path, on_connection_call, self);

  g_object_set_data_full (G_OBJECT (self->bus), key, g_variant_ref_sink (settings),
                          (GDestroyNotify) g_variant_unref);
  mock_object_add (connection, CONNECTION, g_variant_new ("a{sv}", NULL));
  mock_object_announce (connection);
}
