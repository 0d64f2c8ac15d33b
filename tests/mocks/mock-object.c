/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-object.h"

#define MANAGER    "org.freedesktop.DBus.ObjectManager"
#define PROPERTIES "org.freedesktop.DBus.Properties"

struct _MockObjects
{
  GDBusConnection *connection;
  char *root;
  GDBusNodeInfo *info;
  GHashTable *objects; /* path → MockObject */
  guint manager_id;
  char *refusal;
};

struct _MockObject
{
  MockObjects *objects;
  char *path;
  MockCallFunc call;
  gpointer owner;
  GHashTable *interfaces; /* name → GVariantDict */
  GArray *ids;
};

static GVariant *
copy_properties (GVariantDict *dict)
{
  GVariant *values = g_variant_ref_sink (g_variant_dict_end (dict));

  g_variant_dict_init (dict, values);
  return values; /* owned by the caller */
}

static GVariant *
build_interfaces (MockObject *object)
{
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer name, dict;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sa{sv}}"));
  g_hash_table_iter_init (&iter, object->interfaces);
  while (g_hash_table_iter_next (&iter, &name, &dict))
    {
      g_autoptr (GVariant) values = copy_properties (dict);

      g_variant_builder_add (&builder, "{s@a{sv}}", (const char *) name, values);
    }
  return g_variant_builder_end (&builder);
}

static void
on_manager_call (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *method,
                 GVariant *parameters,
                 GDBusMethodInvocation *invocation,
                 gpointer user_data)
{
  MockObjects *objects = user_data;
  GVariantBuilder builder;
  GHashTableIter iter;
  gpointer key, object;

  if (objects->refusal != NULL)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, objects->refusal, "Refused");
      return;
    }

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{oa{sa{sv}}}"));
  g_hash_table_iter_init (&iter, objects->objects);
  while (g_hash_table_iter_next (&iter, &key, &object))
    g_variant_builder_add (&builder, "{o@a{sa{sv}}}", (const char *) key,
                           build_interfaces (object));
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{oa{sa{sv}}})", &builder));
}

static void
get_all (MockObject *object, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *interface;
  GVariantDict *dict;
  g_autoptr (GVariant) values = NULL;

  g_variant_get (parameters, "(&s)", &interface);
  dict = g_hash_table_lookup (object->interfaces, interface);
  values = copy_properties (dict);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@a{sv})", values));
}

static void
get_one (MockObject *object, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  const char *interface, *name;
  GVariantDict *dict;
  g_autoptr (GVariant) value = NULL;

  g_variant_get (parameters, "(&s&s)", &interface, &name);
  dict = g_hash_table_lookup (object->interfaces, interface);
  value = g_variant_dict_lookup_value (dict, name, NULL);
  if (value != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(v)", value));
  else
    g_dbus_method_invocation_return_error (invocation, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY,
                                           "No %s", name);
}

static void
on_call (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  MockObject *object = user_data;

  if (g_str_equal (interface, PROPERTIES) && g_str_equal (method, "GetAll"))
    get_all (object, parameters, invocation);
  else if (g_str_equal (interface, PROPERTIES) && g_str_equal (method, "Get"))
    get_one (object, parameters, invocation);
  else
    object->call (object, interface, method, parameters, invocation);
}

static void
dict_free (gpointer dict)
{
  g_variant_dict_unref (dict);
}

static void
object_free (gpointer data)
{
  MockObject *object = data;

  for (guint i = 0; i < object->ids->len; i++)
    g_dbus_connection_unregister_object (object->objects->connection,
                                         g_array_index (object->ids, guint, i));
  g_array_unref (object->ids);
  g_hash_table_unref (object->interfaces);
  g_free (object->path);
  g_free (object);
}

MockObjects *
mock_objects_new (GDBusConnection *connection, const char *root, const char *xml)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_manager_call };
  MockObjects *objects = g_new0 (MockObjects, 1);
  g_autoptr (GError) error = NULL;

  objects->connection = g_object_ref (connection);
  objects->root = g_strdup (root);
  objects->objects = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, object_free);
  objects->info = g_dbus_node_info_new_for_xml (xml, &error);
  g_assert_no_error (error);
  objects->manager_id =
      g_dbus_connection_register_object (connection, root,
                                         g_dbus_node_info_lookup_interface (objects->info, MANAGER),
                                         &vtable, objects, NULL, &error);
  g_assert_no_error (error);
  return objects;
}

void
mock_objects_free (MockObjects *objects)
{
  g_dbus_connection_unregister_object (objects->connection, objects->manager_id);
  g_hash_table_unref (objects->objects);
  g_dbus_node_info_unref (objects->info);
  g_object_unref (objects->connection);
  g_free (objects->refusal);
  g_free (objects->root);
  g_free (objects);
}

void
mock_objects_set_refusal (MockObjects *objects, const char *error_name)
{
  g_free (objects->refusal);
  objects->refusal = g_strdup (error_name);
}

MockObject *
mock_object_new (MockObjects *objects, const char *path, MockCallFunc call, gpointer owner)
{
  MockObject *object = g_new0 (MockObject, 1);

  object->objects = objects;
  object->path = g_strdup (path);
  object->call = call;
  object->owner = owner;
  object->interfaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dict_free);
  object->ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_assert_true (g_hash_table_insert (objects->objects, object->path, object));
  return object;
}

void
mock_object_add (MockObject *object, const char *interface, GVariant *properties)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call };
  g_autoptr (GVariant) sunk = g_variant_ref_sink (properties);
  GDBusInterfaceInfo *info = g_dbus_node_info_lookup_interface (object->objects->info, interface);
  g_autoptr (GError) error = NULL;
  guint id = g_dbus_connection_register_object (object->objects->connection, object->path, info,
                                                &vtable, object, NULL, &error);

  g_assert_no_error (error);
  g_array_append_val (object->ids, id);
  g_hash_table_insert (object->interfaces, g_strdup (interface), g_variant_dict_new (sunk));
}

void
mock_object_announce (MockObject *object)
{
  g_dbus_connection_emit_signal (
      object->objects->connection, NULL, object->objects->root, MANAGER, "InterfacesAdded",
      g_variant_new ("(o@a{sa{sv}})", object->path, build_interfaces (object)), NULL);
}

void
mock_object_remove (MockObject *object)
{
  MockObjects *objects = object->objects;
  g_autofree const char **names =
      (const char **) g_hash_table_get_keys_as_array (object->interfaces, NULL);

  g_dbus_connection_emit_signal (objects->connection, NULL, objects->root, MANAGER,
                                 "InterfacesRemoved", g_variant_new ("(o^as)", object->path, names),
                                 NULL);
  g_hash_table_remove (objects->objects, object->path);
}

void
mock_object_set_quietly (MockObject *object,
                         const char *interface,
                         const char *property,
                         GVariant *value)
{
  g_variant_dict_insert_value (g_hash_table_lookup (object->interfaces, interface), property,
                               value);
}

void
mock_object_set_all (MockObject *object, const char *interface, GVariant *values)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (values);
  GVariantDict *dict = g_hash_table_lookup (object->interfaces, interface);
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, sunk);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      g_variant_dict_insert_value (dict, name, value);
      g_variant_unref (value);
    }
  g_dbus_connection_emit_signal (
      object->objects->connection, NULL, object->path, PROPERTIES, "PropertiesChanged",
      g_variant_new ("(s@a{sv}@as)", interface, sunk, g_variant_new_strv (NULL, 0)), NULL);
}

void
mock_object_set (MockObject *object, const char *interface, const char *property, GVariant *value)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", property, value);
  mock_object_set_all (object, interface, g_variant_builder_end (&builder));
}

const char *
mock_object_get_path (MockObject *object)
{
  return object->path;
}

gpointer
mock_object_get_owner (MockObject *object)
{
  return object->owner;
}
