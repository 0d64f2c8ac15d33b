/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-supplicant.h"

#include <string.h>

#include "wait.h"

#define NAME      "fi.w1.wpa_supplicant1"
#define ROOT      "/fi/w1/wpa_supplicant1"
#define RADIO     ROOT "/Interfaces/0"
#define INTERFACE NAME ".Interface"
#define BSS       NAME ".BSS"

/* w1.fi/wpa_supplicant/devel/dbus.html */
static const char xml[] =
    "<node>"
    "<interface name='org.freedesktop.DBus.ObjectManager'>"
    "<method name='GetManagedObjects'>"
    "<arg type='a{oa{sa{sv}}}' direction='out'/></method>"
    "</interface>"
    "<interface name='" NAME "'>"
    "<method name='GetInterface'><arg type='s' direction='in'/>"
    "<arg type='o' direction='out'/></method>"
    "<method name='CreateInterface'><arg type='a{sv}' direction='in'/>"
    "<arg type='o' direction='out'/></method>"
    "</interface>"
    "<interface name='" INTERFACE "'>"
    "<method name='Scan'><arg type='a{sv}' direction='in'/></method>"
    "<method name='AddNetwork'><arg type='a{sv}' direction='in'/>"
    "<arg type='o' direction='out'/></method>"
    "<method name='SelectNetwork'><arg type='o' direction='in'/></method>"
    "<method name='RemoveAllNetworks'/>"
    "<method name='AddBlob'><arg type='s' direction='in'/><arg type='ay' direction='in'/></method>"
    "<method name='RemoveBlob'><arg type='s' direction='in'/></method>"
    "<signal name='ScanDone'><arg type='b'/></signal>"
    "<signal name='EAP'><arg type='s'/><arg type='s'/></signal>"
    "<property name='State' type='s' access='read'/>"
    "<property name='BSSs' type='ao' access='read'/>"
    "<property name='CurrentBSS' type='o' access='read'/>"
    "<property name='DisconnectReason' type='i' access='read'/>"
    "<property name='AuthStatusCode' type='i' access='read'/>"
    "</interface>"
    "<interface name='" BSS "'>"
    "<property name='SSID' type='ay' access='read'/>"
    "<property name='BSSID' type='ay' access='read'/>"
    "<property name='RSN' type='a{sv}' access='read'/>"
    "<property name='Privacy' type='b' access='read'/>"
    "<property name='Frequency' type='q' access='read'/>"
    "<property name='Signal' type='n' access='read'/>"
    "<property name='Age' type='u' access='read'/>"
    "</interface>"
    "</node>";

static void
on_root_call (MockObject *object,
              const char *interface,
              const char *method,
              GVariant *parameters,
              GDBusMethodInvocation *call)
{
  MockSupplicant *self = mock_object_get_owner (object);

  if (g_str_equal (method, "CreateInterface"))
    {
      self->n_created++;
      self->knows_radio = TRUE;
    }
  if (self->knows_radio)
    g_dbus_method_invocation_return_value (call, g_variant_new ("(o)", RADIO));
  else
    g_dbus_method_invocation_return_dbus_error (call, NAME ".InterfaceUnknown", "Unknown");
}

static void
take_network (MockSupplicant *self, GVariant *parameters, GDBusMethodInvocation *call)
{
  g_clear_pointer (&self->network, g_variant_unref);
  self->network = g_variant_get_child_value (parameters, 0);
  g_dbus_method_invocation_return_value (call, g_variant_new ("(o)", RADIO "/Networks/0"));
}

static void
add_blob (MockSupplicant *self, GVariant *parameters, GDBusMethodInvocation *call)
{
  g_autoptr (GVariant) contents = NULL;
  char *name;

  g_variant_get (parameters, "(s@ay)", &name, &contents);
  g_assert_true (g_hash_table_insert (self->blobs, name, g_variant_get_data_as_bytes (contents)));
  g_dbus_method_invocation_return_value (call, NULL);
}

static void
remove_blob (MockSupplicant *self, GVariant *parameters, GDBusMethodInvocation *call)
{
  const char *name;

  g_variant_get (parameters, "(&s)", &name);
  if (g_hash_table_remove (self->blobs, name))
    g_dbus_method_invocation_return_value (call, NULL);
  else
    g_dbus_method_invocation_return_dbus_error (call, NAME ".BlobUnknown", "Unknown");
}

static void
scan (MockSupplicant *self, GDBusMethodInvocation *call)
{
  self->n_scans++;
  if (self->refuses_scan)
    g_dbus_method_invocation_return_dbus_error (call, INTERFACE ".ScanError", "Busy");
  else
    g_dbus_method_invocation_return_value (call, NULL);
}

static void
on_radio_call (MockObject *object,
               const char *interface,
               const char *method,
               GVariant *parameters,
               GDBusMethodInvocation *call)
{
  MockSupplicant *self = mock_object_get_owner (object);

  if (g_str_equal (method, "AddNetwork"))
    take_network (self, parameters, call);
  else if (g_str_equal (method, "AddBlob"))
    add_blob (self, parameters, call);
  else if (g_str_equal (method, "RemoveBlob"))
    remove_blob (self, parameters, call);
  else if (g_str_equal (method, "Scan"))
    scan (self, call);
  else
    {
      self->n_selected += g_str_equal (method, "SelectNetwork");
      self->n_removed += g_str_equal (method, "RemoveAllNetworks");
      g_dbus_method_invocation_return_value (call, NULL);
    }
}

static void
on_name (GDBusConnection *bus, const char *name, gpointer data)
{
  ((MockSupplicant *) data)->has_name = TRUE;
}

static void
own_name (MockSupplicant *self)
{
  self->has_name = FALSE;
  self->name_id = g_bus_own_name_on_connection (self->bus, NAME, G_BUS_NAME_OWNER_FLAGS_NONE,
                                                on_name, NULL, self, NULL);
  WAIT_FOR (self->has_name);
}

void
mock_supplicant_start (MockSupplicant *self)
{
  g_autoptr (GError) error = NULL;

  memset (self, 0, sizeof *self);
  self->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->daemon);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (self->daemon), TRUE);
  self->bus =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (self->daemon),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  self->objects = mock_objects_new (self->bus, "/mock", xml);
  self->blobs =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->points = g_ptr_array_new ();
  mock_object_add (mock_object_new (self->objects, ROOT, on_root_call, self), NAME,
                   g_variant_new ("a{sv}", NULL));
  self->radio = mock_object_new (self->objects, RADIO, on_radio_call, self);
  mock_object_add (self->radio, INTERFACE, g_variant_new ("a{sv}", NULL));
  mock_supplicant_clear (self);
  own_name (self);
}

void
mock_supplicant_stop (MockSupplicant *self)
{
  mock_supplicant_clear (self);
  if (self->name_id != 0)
    g_bus_unown_name (self->name_id);
  mock_objects_free (self->objects);
  g_ptr_array_unref (self->points);
  g_hash_table_unref (self->blobs);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  g_test_dbus_stop (self->daemon);
  g_clear_object (&self->daemon);
}

static void
set (MockSupplicant *self, const char *property, GVariant *value)
{
  mock_object_set (self->radio, INTERFACE, property, value);
}

static void
update_points (MockSupplicant *self)
{
  GVariantBuilder paths;

  g_variant_builder_init (&paths, G_VARIANT_TYPE ("ao"));
  for (guint i = 0; i < self->points->len; i++)
    g_variant_builder_add (&paths, "o", mock_object_get_path (self->points->pdata[i]));
  set (self, "BSSs", g_variant_builder_end (&paths));
}

void
mock_supplicant_clear (MockSupplicant *self)
{
  for (guint i = 0; i < self->points->len; i++)
    mock_object_remove (self->points->pdata[i]);
  g_ptr_array_set_size (self->points, 0);
  update_points (self);
  g_clear_pointer (&self->network, g_variant_unref);
  g_hash_table_remove_all (self->blobs);
  set (self, "CurrentBSS", g_variant_new_object_path ("/"));
  set (self, "State", g_variant_new_string ("inactive"));
  self->knows_radio = TRUE;
  self->refuses_scan = FALSE;
  self->n_created = self->n_scans = self->n_selected = self->n_removed = 0;
}

void
mock_supplicant_add_point (MockSupplicant *self,
                           const char *ssid,
                           const char *rsn,
                           guint16 mhz,
                           gint16 signal_dbm,
                           guint32 age_s)
{
  g_autofree char *path = g_strdup_printf (RADIO "/BSSs/%u", self->points->len);
  const char *management[] = { rsn, NULL };
  const guint8 bssid[] = { 2, 0, 0, 0, 0, (guint8) self->points->len };
  MockObject *point = mock_object_new (self->objects, path, NULL, self);
  GVariantDict element, dict;

  g_variant_dict_init (&element, NULL);
  if (rsn != NULL)
    g_variant_dict_insert (&element, "KeyMgmt", "^as", management);
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, "SSID",
                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, ssid, strlen (ssid),
                                                          1));
  g_variant_dict_insert_value (&dict, "BSSID",
                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bssid, sizeof bssid,
                                                          1));
  g_variant_dict_insert_value (&dict, "RSN", g_variant_dict_end (&element));
  g_variant_dict_insert (&dict, "Privacy", "b", rsn != NULL);
  g_variant_dict_insert (&dict, "Frequency", "q", mhz);
  g_variant_dict_insert (&dict, "Signal", "n", signal_dbm);
  g_variant_dict_insert (&dict, "Age", "u", age_s);
  mock_object_add (point, BSS, g_variant_dict_end (&dict));
  g_ptr_array_add (self->points, point);
  update_points (self);
  set (self, "CurrentBSS", g_variant_new_object_path (path));
}

static void
emit (MockSupplicant *self, const char *signal, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (self->bus, NULL, RADIO, INTERFACE, signal, parameters, &error);
  g_assert_no_error (error);
}

void
mock_supplicant_end_scan (MockSupplicant *self, gboolean is_whole)
{
  emit (self, "ScanDone", g_variant_new ("(b)", is_whole));
}

void
mock_supplicant_set_state (MockSupplicant *self, const char *state)
{
  set (self, "State", g_variant_new_string (state));
}

void
mock_supplicant_set_number (MockSupplicant *self, const char *property, gint32 value)
{
  set (self, property, g_variant_new_int32 (value));
}

void
mock_supplicant_say_eap (MockSupplicant *self, const char *status, const char *parameter)
{
  emit (self, "EAP", g_variant_new ("(ss)", status, parameter));
}

void
mock_supplicant_leave (MockSupplicant *self)
{
  g_bus_unown_name (self->name_id);
  self->name_id = 0;
}
