/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-managers.h"

#include "mock-object.h"
#include "wait.h"

#define ADAPTER             "org.bluez.Adapter1"
#define DEVICE              "org.bluez.Device1"
#define GATT_MANAGER        "org.bluez.GattManager1"
#define ADVERTISING_MANAGER "org.bluez.LEAdvertisingManager1"
#define CHARACTERISTIC      "org.bluez.GattCharacteristic1"
#define PROPERTIES          "org.freedesktop.DBus.Properties"
#define DBUS                "org.freedesktop.DBus"

static const char xml[] =
    "<node>"
    "<interface name='org.freedesktop.DBus.ObjectManager'>"
    "<method name='GetManagedObjects'><arg type='a{oa{sa{sv}}}' direction='out'/></method>"
    "</interface>"
    "<interface name='" ADAPTER "'>"
    "<property name='Address' type='s' access='read'/>"
    "<property name='Powered' type='b' access='readwrite'/>"
    "<property name='PowerState' type='s' access='read'/>"
    "<property name='Discoverable' type='b' access='readwrite'/>"
    "<property name='Roles' type='as' access='read'/>"
    "</interface>"
    "<interface name='" DEVICE "'>"
    "<method name='Disconnect'/>"
    "<property name='Connected' type='b' access='read'/>"
    "<property name='Paired' type='b' access='read'/>"
    "</interface>"
    "<interface name='" GATT_MANAGER "'>"
    "<method name='RegisterApplication'><arg type='o' direction='in'/>"
    "<arg type='a{sv}' direction='in'/></method>"
    "<method name='UnregisterApplication'><arg type='o' direction='in'/></method>"
    "</interface>"
    "<interface name='" ADVERTISING_MANAGER "'>"
    "<method name='RegisterAdvertisement'><arg type='o' direction='in'/>"
    "<arg type='a{sv}' direction='in'/></method>"
    "<method name='UnregisterAdvertisement'><arg type='o' direction='in'/></method>"
    "</interface></node>";

static void
forget_advert (MockManagers *self)
{
  g_clear_pointer (&self->advert, g_variant_unref);
  g_clear_pointer (&self->broadcast, g_free);
}

static void
forget_application (MockManagers *self)
{
  g_clear_pointer (&self->objects, g_variant_unref);
  g_clear_pointer (&self->application, g_free);
  if (self->value_id != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->value_id);
  self->value_id = 0;
}

static void
on_value (GDBusConnection *connection,
          const char *sender,
          const char *path,
          const char *interface,
          const char *name,
          GVariant *parameters,
          gpointer data)
{
  MockManagers *self = data;
  g_autoptr (GVariant) changed = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) value = g_variant_lookup_value (changed, "Value", G_VARIANT_TYPE_BYTESTRING);

  if (value != NULL)
    g_ptr_array_add (self->received, g_variant_get_data_as_bytes (value));
}

typedef struct
{
  MockManagers *self;
  GDBusMethodInvocation *invocation;
  char *path;
} Registering;

static void
registering_free (Registering *registering)
{
  g_object_unref (registering->invocation);
  g_free (registering->path);
  g_free (registering);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Registering, registering_free)

static void
on_objects (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Registering) registering = data;
  MockManagers *self = registering->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  g_assert_no_error (error);
  g_assert_null (self->application);
  self->objects = g_variant_get_child_value (reply, 0);
  self->application = g_strdup (registering->path);
  g_free (self->client);
  self->client = g_strdup (g_dbus_method_invocation_get_sender (registering->invocation));
  self->value_id =
      g_dbus_connection_signal_subscribe (self->connection, self->client, PROPERTIES,
                                          "PropertiesChanged", NULL, CHARACTERISTIC,
                                          G_DBUS_SIGNAL_FLAGS_NONE, on_value, self, NULL);
  g_dbus_method_invocation_return_value (g_object_ref (registering->invocation), NULL);
}

static void
on_properties (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Registering) registering = data;
  MockManagers *self = registering->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  g_assert_no_error (error);
  g_assert_null (self->broadcast);
  self->advert = g_variant_get_child_value (reply, 0);
  self->broadcast = g_strdup (registering->path);
  self->n_adverts++;
  g_dbus_method_invocation_return_value (g_object_ref (registering->invocation), NULL);
}

static void
ask (MockManagers *self,
     GDBusMethodInvocation *invocation,
     const char *path,
     const char *interface,
     const char *method,
     GVariant *parameters,
     GAsyncReadyCallback callback)
{
  Registering *registering = g_new0 (Registering, 1);

  registering->self = self;
  registering->invocation = g_object_ref (invocation);
  registering->path = g_strdup (path);
  g_dbus_connection_call (self->connection, g_dbus_method_invocation_get_sender (invocation), path,
                          interface, method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          callback, registering);
  g_object_unref (invocation);
}

static void
refuse (GDBusMethodInvocation *invocation, const char *name)
{
  g_dbus_method_invocation_return_dbus_error (invocation, name, "Refused by the mock");
}

static void
on_adapter_call (MockObject *object,
                 const char *interface,
                 const char *method,
                 GVariant *parameters,
                 GDBusMethodInvocation *invocation)
{
  MockManagers *self = mock_object_get_owner (object);
  g_autofree char *path = NULL;

  g_variant_get_child (parameters, 0, "o", &path);
  if (g_str_equal (method, "RegisterApplication"))
    {
      if (self->gatt_error != NULL)
        refuse (invocation, self->gatt_error);
      else
        ask (self, invocation, path, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects",
             NULL, on_objects);
    }
  else if (g_str_equal (method, "RegisterAdvertisement"))
    {
      if (self->advert_error != NULL)
        refuse (invocation, self->advert_error);
      else
        ask (self, invocation, path, PROPERTIES, "GetAll",
             g_variant_new ("(s)", "org.bluez.LEAdvertisement1"), on_properties);
    }
  else
    {
      gboolean is_advert = g_str_equal (method, "UnregisterAdvertisement");

      g_assert_cmpstr (path, ==, is_advert ? self->broadcast : self->application);
      if (is_advert)
        forget_advert (self);
      else
        forget_application (self);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static void
on_central_call (MockObject *object,
                 const char *interface,
                 const char *method,
                 GVariant *parameters,
                 GDBusMethodInvocation *invocation)
{
  MockManagers *self = mock_object_get_owner (object);

  self->n_disconnects++;
  mock_object_set (object, DEVICE, "Connected", g_variant_new_boolean (FALSE));
  g_dbus_method_invocation_return_value (invocation, NULL);
}

/* BlueZ forgets what belonged to a client that left the bus. */
static void
on_owner_changed (GDBusConnection *connection,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal_name,
                  GVariant *parameters,
                  gpointer data)
{
  MockManagers *self = data;
  const char *name, *new_owner;

  g_variant_get (parameters, "(&s&s&s)", &name, NULL, &new_owner);
  if (*new_owner != '\0' || g_strcmp0 (name, self->client) != 0)
    return;
  forget_advert (self);
  forget_application (self);
}

MockManagers *
mock_managers_new (GDBusConnection *connection)
{
  static const char *const roles[] = { "central", "peripheral", NULL };
  MockManagers *self = g_new0 (MockManagers, 1);

  self->connection = g_object_ref (connection);
  self->has_adapter = self->powered = self->has_managers = TRUE;
  self->roles = roles;
  self->received = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->centrals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->watch_id =
      g_dbus_connection_signal_subscribe (connection, DBUS, DBUS, "NameOwnerChanged", NULL, NULL,
                                          G_DBUS_SIGNAL_FLAGS_NONE, on_owner_changed, self, NULL);
  return self;
}

void
mock_managers_free (MockManagers *self)
{
  mock_managers_stop (self);
  g_dbus_connection_signal_unsubscribe (self->connection, self->watch_id);
  g_hash_table_unref (self->centrals);
  g_ptr_array_unref (self->received);
  g_object_unref (self->connection);
  g_free (self->client);
  g_free (self);
}

static void
call_bus (MockManagers *self, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (self->connection, DBUS, "/org/freedesktop/DBus", DBUS, method,
                                   parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

static void
export_adapter (MockManagers *self)
{
  GVariantBuilder properties;

  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&properties, "{sv}", "Address", g_variant_new_string (MOCK_ADDRESS));
  g_variant_builder_add (&properties, "{sv}", "Powered", g_variant_new_boolean (self->powered));
  g_variant_builder_add (&properties, "{sv}", "Discoverable",
                         g_variant_new_boolean (self->is_discoverable));
  if (self->roles != NULL)
    g_variant_builder_add (&properties, "{sv}", "Roles", g_variant_new_strv (self->roles, -1));
  if (self->power_state != NULL)
    g_variant_builder_add (&properties, "{sv}", "PowerState",
                           g_variant_new_string (self->power_state));
  self->adapter = mock_object_new (self->tree, MOCK_ADAPTER, on_adapter_call, self);
  mock_object_add (self->adapter, ADAPTER, g_variant_builder_end (&properties));
  if (self->has_managers)
    {
      mock_object_add (self->adapter, GATT_MANAGER, g_variant_new ("a{sv}", NULL));
      mock_object_add (self->adapter, ADVERTISING_MANAGER, g_variant_new ("a{sv}", NULL));
    }
  mock_object_announce (self->adapter);
}

void
mock_managers_start (MockManagers *self)
{
  self->tree = mock_objects_new (self->connection, "/", xml);
  if (self->has_adapter)
    export_adapter (self);
  call_bus (self, "RequestName", g_variant_new ("(su)", "org.bluez", 0));
}

void
mock_managers_stop (MockManagers *self)
{
  if (self->tree == NULL)
    return;
  call_bus (self, "ReleaseName", g_variant_new ("(s)", "org.bluez"));
  forget_advert (self);
  forget_application (self);
  g_hash_table_remove_all (self->centrals);
  g_clear_pointer (&self->tree, mock_objects_free);
  self->adapter = NULL;
}

void
mock_managers_set_powered (MockManagers *self, gboolean powered)
{
  self->powered = powered;
  mock_object_set (self->adapter, ADAPTER, "Powered", g_variant_new_boolean (powered));
}

void
mock_managers_connect (MockManagers *self, const char *path, gboolean is_paired)
{
  MockObject *object = g_hash_table_lookup (self->centrals, path);
  GVariantBuilder properties;

  if (object != NULL)
    {
      mock_object_set (object, DEVICE, "Connected", g_variant_new_boolean (TRUE));
      return;
    }
  g_variant_builder_init (&properties, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&properties, "{sv}", "Connected", g_variant_new_boolean (TRUE));
  g_variant_builder_add (&properties, "{sv}", "Paired", g_variant_new_boolean (is_paired));
  object = mock_object_new (self->tree, path, on_central_call, self);
  mock_object_add (object, DEVICE, g_variant_builder_end (&properties));
  mock_object_announce (object);
  g_hash_table_insert (self->centrals, g_strdup (path), object);
}

void
mock_managers_disconnect (MockManagers *self, const char *path)
{
  mock_object_set (g_hash_table_lookup (self->centrals, path), DEVICE, "Connected",
                   g_variant_new_boolean (FALSE));
}

char *
mock_managers_find (MockManagers *self, const char *uuid)
{
  GVariantIter iter;
  const char *path;
  GVariant *interfaces;
  char *found = NULL;

  if (self->objects == NULL)
    return NULL;
  g_variant_iter_init (&iter, self->objects);
  while (found == NULL && g_variant_iter_next (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      g_autoptr (GVariant) owned = interfaces;
      g_autoptr (GVariant) properties =
          g_variant_lookup_value (owned, CHARACTERISTIC, G_VARIANT_TYPE_VARDICT);
      const char *name;

      if (properties != NULL && g_variant_lookup (properties, "UUID", "&s", &name) &&
          g_str_equal (name, uuid))
        found = g_strdup (path);
    }
  return found;
}

typedef struct
{
  gboolean is_done;
  GVariant *reply;
  GError *error;
} Answer;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &answer->error);
  answer->is_done = TRUE;
}

static GVariant *
call_client (MockManagers *self,
             const char *uuid,
             const char *method,
             GVariant *parameters,
             GError **error)
{
  g_autofree char *path = mock_managers_find (self, uuid);
  Answer answer = { FALSE, NULL, NULL };

  g_assert_nonnull (path);
  g_dbus_connection_call (self->connection, self->client, path, CHARACTERISTIC, method, parameters,
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_answer, &answer);
  WAIT_FOR (answer.is_done);
  if (answer.error != NULL)
    g_propagate_error (error, answer.error);
  return answer.reply;
}

static GVariant *
build_options (const char *central, guint16 mtu, guint16 offset)
{
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "device", g_variant_new_object_path (central));
  g_variant_builder_add (&options, "{sv}", "link", g_variant_new_string ("LE"));
  g_variant_builder_add (&options, "{sv}", "mtu", g_variant_new_uint16 (mtu));
  if (offset != 0)
    g_variant_builder_add (&options, "{sv}", "offset", g_variant_new_uint16 (offset));
  return g_variant_builder_end (&options);
}

GVariant *
mock_managers_read (MockManagers *self,
                    const char *uuid,
                    const char *central,
                    guint16 mtu,
                    guint16 offset,
                    GError **error)
{
  g_autoptr (GVariant) reply =
      call_client (self, uuid, "ReadValue",
                   g_variant_new ("(@a{sv})", build_options (central, mtu, offset)), error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

gboolean
mock_managers_write (MockManagers *self,
                     const char *uuid,
                     const char *central,
                     guint16 mtu,
                     GBytes *value,
                     GError **error)
{
  GVariant *content = g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, value, TRUE);
  g_autoptr (GVariant) reply =
      call_client (self, uuid, "WriteValue",
                   g_variant_new ("(@ay@a{sv})", content, build_options (central, mtu, 0)), error);

  return reply != NULL;
}

void
mock_managers_notify (MockManagers *self, const char *uuid, gboolean on)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      call_client (self, uuid, on ? "StartNotify" : "StopNotify", NULL, &error);

  g_assert_no_error (error);
}

GBytes *
mock_managers_take (MockManagers *self)
{
  return self->received->len > 0 ? g_ptr_array_steal_index (self->received, 0) : NULL;
}
