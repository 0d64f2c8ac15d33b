/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-sim-attributes"
#include "config.h"

#include "fl-sim-attributes.h"

#define MANAGER        "org.freedesktop.DBus.ObjectManager"
#define PROPERTIES     "org.freedesktop.DBus.Properties"
#define SERVICE        "org.bluez.GattService1"
#define CHARACTERISTIC "org.bluez.GattCharacteristic1"
#define BLUEZ_ERROR    "org.bluez.Error."

typedef struct
{
  FlSimAttributes *owner;
  char *path;
  char *service;               /* (nullable) path, of a characteristic */
  FlSimCharacteristic content; /* of a service: the UUID only */
  guint id;
} Node;

struct _FlSimAttributes
{
  GDBusConnection *bus;
  char *root;
  GDBusNodeInfo *info;
  const FlSimAttributesFuncs *funcs;
  gpointer data;
  char *signature;
  GPtrArray *nodes; /* of Node; a service comes before what is in it */
  guint manager_id;
};

static const char xml[] =
    "<node><interface name='" MANAGER "'>"
    "<method name='GetManagedObjects'><arg type='a{oa{sa{sv}}}' direction='out'/></method>"
    "</interface>"
    "<interface name='" SERVICE "'>"
    "<property name='UUID' type='s' access='read'/>"
    "<property name='Primary' type='b' access='read'/>"
    "</interface>"
    "<interface name='" CHARACTERISTIC "'>"
    "<method name='ReadValue'><arg type='a{sv}' direction='in'/>"
    "<arg type='ay' direction='out'/></method>"
    "<method name='WriteValue'><arg type='ay' direction='in'/><arg type='a{sv}' direction='in'/>"
    "</method>"
    "<method name='StartNotify'/><method name='StopNotify'/>"
    "<property name='UUID' type='s' access='read'/>"
    "<property name='Service' type='o' access='read'/>"
    "<property name='Flags' type='as' access='read'/>"
    "</interface></node>";

static void
node_free (Node *node)
{
  if (node->id != 0)
    g_dbus_connection_unregister_object (node->owner->bus, node->id);
  g_free (node->path);
  g_free (node->service);
  g_free (node);
}

static const char *
get_interface (const Node *node)
{
  return node->service != NULL ? CHARACTERISTIC : SERVICE;
}

static GVariant *
build_flags (guint properties)
{
  static const struct
  {
    FlSimGattProperty property;
    const char *name;
  } flags[] = {
    { FL_SIM_GATT_READ, "read" },
    { FL_SIM_GATT_WRITE_WITHOUT_RESPONSE, "write-without-response" },
    { FL_SIM_GATT_WRITE, "write" },
    { FL_SIM_GATT_NOTIFY, "notify" },
  };
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if ((properties & flags[i].property) != 0)
      g_variant_builder_add (&builder, "s", flags[i].name);
  return g_variant_builder_end (&builder);
}

static GVariant *
build_properties (const Node *node)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "UUID", g_variant_new_string (node->content.uuid));
  if (node->service == NULL)
    g_variant_builder_add (&builder, "{sv}", "Primary", g_variant_new_boolean (TRUE));
  else
    {
      g_variant_builder_add (&builder, "{sv}", "Service",
                             g_variant_new_object_path (node->service));
      g_variant_builder_add (&builder, "{sv}", "Flags", build_flags (node->content.properties));
    }
  return g_variant_builder_end (&builder);
}

static void
on_manager_call (GDBusConnection *bus,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *method,
                 GVariant *parameters,
                 GDBusMethodInvocation *invocation,
                 gpointer user_data)
{
  FlSimAttributes *self = user_data;
  GVariantBuilder objects;

  g_variant_builder_init (&objects, G_VARIANT_TYPE ("a{oa{sa{sv}}}"));
  for (guint i = 0; i < self->nodes->len; i++)
    {
      const Node *node = g_ptr_array_index (self->nodes, i);

      g_variant_builder_open (&objects, G_VARIANT_TYPE ("{oa{sa{sv}}}"));
      g_variant_builder_add (&objects, "o", node->path);
      g_variant_builder_open (&objects, G_VARIANT_TYPE ("a{sa{sv}}"));
      g_variant_builder_add (&objects, "{s@a{sv}}", get_interface (node), build_properties (node));
      g_variant_builder_close (&objects);
      g_variant_builder_close (&objects);
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a{oa{sa{sv}}})", &objects));
}

typedef struct
{
  char *central;
  guint16 offset, mtu;
} Asked;

static void
asked_clear (Asked *asked)
{
  g_free (asked->central);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

/* @parameters: its last part is a{sv} */
static void
read_options (Asked *asked, GVariant *parameters)
{
  g_autoptr (GVariant) options =
      g_variant_get_child_value (parameters, g_variant_n_children (parameters) - 1);

  g_variant_lookup (options, "device", "o", &asked->central);
  g_variant_lookup (options, "offset", "q", &asked->offset);
  g_variant_lookup (options, "mtu", "q", &asked->mtu);
}

static void
refuse (GDBusMethodInvocation *invocation, const char *name)
{
  g_dbus_method_invocation_return_dbus_error (invocation, name, "Refused by the simulated device");
}

static void
read_value (Node *node, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  FlSimAttributes *self = node->owner;
  g_auto (Asked) asked = { NULL };
  g_autoptr (GBytes) value = NULL;
  g_autoptr (GBytes) rest = NULL;

  read_options (&asked, parameters);
  if ((node->content.properties & FL_SIM_GATT_READ) != 0)
    value = self->funcs->read (node->content.role, asked.central, asked.mtu, self->data);
  if (value == NULL)
    refuse (invocation, BLUEZ_ERROR "NotPermitted");
  else if (asked.offset > g_bytes_get_size (value))
    refuse (invocation, BLUEZ_ERROR "InvalidOffset");
  else
    {
      rest = g_bytes_new_from_bytes (value, asked.offset, g_bytes_get_size (value) - asked.offset);
      g_dbus_method_invocation_return_value (
          invocation, g_variant_new ("(@ay)", g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING,
                                                                        rest, TRUE)));
    }
}

static void
write_value (Node *node, GVariant *parameters, GDBusMethodInvocation *invocation)
{
  FlSimAttributes *self = node->owner;
  g_auto (Asked) asked = { NULL };
  g_autoptr (GVariant) content = g_variant_get_child_value (parameters, 0);
  g_autoptr (GBytes) value = g_variant_get_data_as_bytes (content);

  read_options (&asked, parameters);
  if ((node->content.properties & (FL_SIM_GATT_WRITE | FL_SIM_GATT_WRITE_WITHOUT_RESPONSE)) == 0)
    refuse (invocation, BLUEZ_ERROR "NotPermitted");
  else if (asked.offset != 0) /* the firmware has no long writes */
    refuse (invocation, BLUEZ_ERROR "InvalidOffset");
  else if (self->funcs->write (node->content.role, asked.central, asked.mtu, value, self->data))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    refuse (invocation, BLUEZ_ERROR "Failed");
}

static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Node *node = user_data;
  FlSimAttributes *self = node->owner;

  if (g_str_equal (method, "ReadValue"))
    read_value (node, parameters, invocation);
  else if (g_str_equal (method, "WriteValue"))
    write_value (node, parameters, invocation);
  else if ((node->content.properties & FL_SIM_GATT_NOTIFY) == 0)
    refuse (invocation, BLUEZ_ERROR "NotSupported");
  else
    {
      self->funcs->subscribe (node->content.role, g_str_equal (method, "StartNotify"), self->data);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static GVariant *
on_get (GDBusConnection *bus,
        const char *sender,
        const char *path,
        const char *interface,
        const char *name,
        GError **error,
        gpointer user_data)
{
  g_autoptr (GVariant) properties = g_variant_ref_sink (build_properties (user_data));

  return g_variant_lookup_value (properties, name, NULL);
}

/* @service: (nullable) path */
static Node *
add_node (FlSimAttributes *self,
          char *path,
          const char *service,
          const FlSimCharacteristic *content,
          GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call, .get_property = on_get };
  Node *node = g_new0 (Node, 1);

  node->owner = self;
  node->path = path;
  node->service = g_strdup (service);
  node->content = *content;
  g_ptr_array_add (self->nodes, node);
  node->id =
      g_dbus_connection_register_object (self->bus, path,
                                         g_dbus_node_info_lookup_interface (self->info,
                                                                            get_interface (node)),
                                         &vtable, node, NULL, error);
  return node->id != 0 ? node : NULL;
}

static gboolean
add_service (FlSimAttributes *self, guint number, const FlSimService *service, GError **error)
{
  FlSimCharacteristic head = { .uuid = service->uuid };
  const Node *node =
      add_node (self, g_strdup_printf ("%s/service%u", self->root, number), NULL, &head, error);

  for (guint i = 0; node != NULL && i < service->n_characteristics; i++)
    if (add_node (self, g_strdup_printf ("%s/char%u", node->path, i), node->path,
                  &service->characteristics[i], error) == NULL)
      return FALSE;
  return node != NULL;
}

static char *
describe (const FlSimService *services, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%s:", services[i].uuid);
      for (guint j = 0; j < services[i].n_characteristics; j++)
        g_string_append_printf (text, "%s=%x,", services[i].characteristics[j].uuid,
                                services[i].characteristics[j].properties);
    }
  return g_string_free (text, FALSE);
}

FlSimAttributes *
fl_sim_attributes_new (GDBusConnection *bus,
                       const char *root,
                       const FlSimService *services,
                       guint n_services,
                       const FlSimAttributesFuncs *funcs,
                       gpointer data,
                       GError **error)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_manager_call };
  g_autoptr (FlSimAttributes) self = g_new0 (FlSimAttributes, 1);

  self->bus = g_object_ref (bus);
  self->root = g_strdup (root);
  self->info = g_dbus_node_info_new_for_xml (xml, NULL);
  self->funcs = funcs;
  self->data = data;
  self->signature = describe (services, n_services);
  self->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) node_free);
  self->manager_id =
      g_dbus_connection_register_object (bus, root,
                                         g_dbus_node_info_lookup_interface (self->info, MANAGER),
                                         &vtable, self, NULL, error);
  if (self->manager_id == 0)
    return NULL;
  for (guint i = 0; i < n_services; i++)
    if (!add_service (self, i, &services[i], error))
      return NULL;
  return g_steal_pointer (&self);
}

void
fl_sim_attributes_free (FlSimAttributes *self)
{
  if (self->manager_id != 0)
    g_dbus_connection_unregister_object (self->bus, self->manager_id);
  g_ptr_array_unref (self->nodes);
  g_dbus_node_info_unref (self->info);
  g_object_unref (self->bus);
  g_free (self->signature);
  g_free (self->root);
  g_free (self);
}

gboolean
fl_sim_attributes_are (FlSimAttributes *self, const FlSimService *services, guint n)
{
  g_autofree char *signature = describe (services, n);

  return g_str_equal (signature, self->signature);
}

static const Node *
find_node (FlSimAttributes *self, FlSimRole role)
{
  for (guint i = 0; i < self->nodes->len; i++)
    {
      const Node *node = g_ptr_array_index (self->nodes, i);

      if (node->service != NULL && node->content.role == role)
        return node;
    }
  return NULL;
}

/* BlueZ sends each "Value" that is told, also one that is as it was (BlueZ src/gatt-database.c,
 * property_changed_cb). */
void
fl_sim_attributes_notify (FlSimAttributes *self, FlSimRole role, GBytes *value)
{
  const Node *node = find_node (self, role);
  GVariantBuilder changed;

  if (node == NULL)
    return;
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "Value",
                         g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, value, TRUE));
  g_dbus_connection_emit_signal (self->bus, NULL, node->path, PROPERTIES, "PropertiesChanged",
                                 g_variant_new ("(sa{sv}@as)", CHARACTERISTIC, &changed,
                                                g_variant_new_strv (NULL, 0)),
                                 NULL);
}
