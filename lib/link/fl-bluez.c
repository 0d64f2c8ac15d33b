/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-bluez"
#include "config.h"

#include "fl-bluez.h"

#include "fl-bluez-cache.h"
#include "fl-bluez-error.h"
#include "fl-bluez-host.h"
#include "fl-bluez-private.h"
#include "fl-bluez-radio.h"

#define BLUEZ_NAME     "org.bluez"
#define OBJECT_MANAGER "org.freedesktop.DBus.ObjectManager"
#define PROPERTIES     "org.freedesktop.DBus.Properties"

/* A bluetoothd that does not list its objects in this time does not work. */
#define LIST_LIMIT_MS   10000
#define N_SUBSCRIPTIONS 3

struct _FlBluez
{
  GObject parent_instance;

  FlClock *clock;
  char *root;
  GDBusConnection *connection; /* (nullable) */
  gboolean given;              /* the connection came with the constructor */
  GCancellable *cancellable;
  guint watch_id;
  guint subscriptions[N_SUBSCRIPTIONS];
  gulong closed_id;
  char *owner; /* (nullable) unique name of the running bluetoothd */
  guint generation;

  FlBluezState state;
  GError *error;
  FlBluezCache *cache;
  GPtrArray *radios;
  GPtrArray *services; /* UUIDs, with a NULL at the end */
  GHashTable *leaving; /* device paths */
};

G_DEFINE_FINAL_TYPE (FlBluez, fl_bluez, G_TYPE_OBJECT)

enum
{
  SIGNAL_STATE_CHANGED,
  SIGNAL_INTERFACE_ADDED,
  SIGNAL_INTERFACE_REMOVED,
  SIGNAL_PROPERTIES_CHANGED,
  SIGNAL_RADIO_ADDED,
  SIGNAL_RADIO_REMOVED,
  SIGNAL_LEFT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const char *const used_interfaces[] = { FL_BLUEZ_ADAPTER, FL_BLUEZ_DEVICE, FL_BLUEZ_SERVICE,
                                               FL_BLUEZ_CHARACTERISTIC, NULL };

static void
enter (FlBluez *self, FlBluezState state, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  self->state = state;
  g_debug ("state %d%s%s", state, error ? ": " : "", error ? error->message : "");
  g_signal_emit (self, signals[SIGNAL_STATE_CHANGED], 0);
}

static void
add_radio (FlBluez *self, const char *path)
{
  FlBluezRadio *radio = fl_bluez_radio_new (self, path);

  g_ptr_array_add (self->radios, radio);
  g_signal_emit (self, signals[SIGNAL_RADIO_ADDED], 0, radio);
}

static void
remove_radio (FlBluez *self, const char *path)
{
  FlBluezRadio *radio = fl_bluez_get_radio (self, path);

  if (radio == NULL)
    return;

  g_object_ref (radio);
  g_ptr_array_remove (self->radios, radio);
  fl_bluez_radio_detach (radio);
  g_signal_emit (self, signals[SIGNAL_RADIO_REMOVED], 0, radio);
  g_object_unref (radio);
}

static void
add_interface (FlBluez *self, const char *path, const char *interface, GVariant *properties)
{
  if (!g_strv_contains (used_interfaces, interface))
    return;
  if (!fl_bluez_cache_add (self->cache, path, interface, properties))
    {
      g_signal_emit (self, signals[SIGNAL_PROPERTIES_CHANGED], 0, path, interface, properties);
      return;
    }

  if (g_str_equal (interface, FL_BLUEZ_ADAPTER))
    add_radio (self, path);
  g_signal_emit (self, signals[SIGNAL_INTERFACE_ADDED], 0, path, interface);
}

static void
remove_interface (FlBluez *self, const char *path, const char *interface)
{
  if (!fl_bluez_cache_remove (self->cache, path, interface))
    return;

  if (g_str_equal (interface, FL_BLUEZ_ADAPTER))
    remove_radio (self, path);
  g_signal_emit (self, signals[SIGNAL_INTERFACE_REMOVED], 0, path, interface);
}

static void
add_object (FlBluez *self, const char *path, GVariant *interfaces)
{
  GVariantIter iter;
  const char *interface;
  GVariant *properties;

  g_variant_iter_init (&iter, interfaces);
  while (g_variant_iter_next (&iter, "{&s@a{sv}}", &interface, &properties))
    {
      add_interface (self, path, interface, properties);
      g_variant_unref (properties);
    }
}

/* Innermost first: who watches a device hears of its characteristics before. */
static void
clear_objects (FlBluez *self)
{
  for (gsize i = G_N_ELEMENTS (used_interfaces) - 1; i-- > 0;)
    {
      g_auto (GStrv) paths = fl_bluez_cache_list (self->cache, used_interfaces[i], NULL);

      for (gsize j = 0; paths[j] != NULL; j++)
        remove_interface (self, paths[j], used_interfaces[i]);
    }
}

static void
on_signal (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *name,
           GVariant *parameters,
           gpointer user_data)
{
  FlBluez *self = FL_BLUEZ (user_data);

  /* GLib does not check the owner of a well-known name; before the list came, it tells anyway. */
  if (self->state != FL_BLUEZ_READY || g_strcmp0 (sender, self->owner) != 0)
    return;

  g_object_ref (self);
  if (g_str_equal (name, "PropertiesChanged") &&
      g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    {
      const char *changed_interface;
      g_autoptr (GVariant) changed = NULL;
      g_autofree const char **invalidated = NULL;

      g_variant_get (parameters, "(&s@a{sv}^a&s)", &changed_interface, &changed, &invalidated);
      if (fl_bluez_cache_change (self->cache, path, changed_interface, changed, invalidated))
        g_signal_emit (self, signals[SIGNAL_PROPERTIES_CHANGED], 0, path, changed_interface,
                       changed);
    }
  else if (g_str_equal (name, "InterfacesAdded") &&
           g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oa{sa{sv}})")))
    {
      const char *object;
      g_autoptr (GVariant) interfaces = NULL;

      g_variant_get (parameters, "(&o@a{sa{sv}})", &object, &interfaces);
      add_object (self, object, interfaces);
    }
  else if (g_str_equal (name, "InterfacesRemoved") &&
           g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oas)")))
    {
      const char *object;
      g_autofree const char **removed = NULL;

      g_variant_get (parameters, "(&o^a&s)", &object, &removed);
      for (gsize i = 0; removed[i] != NULL; i++)
        remove_interface (self, object, removed[i]);
    }
  g_object_unref (self);
}

static void
on_objects (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FlBluez) self = FL_BLUEZ (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) objects = NULL;
  GVariantIter iter;
  const char *path;
  GVariant *interfaces;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      enter (self, FL_BLUEZ_GONE, fl_bluez_error_translate (error, FL_ERROR_BLUETOOTH_SERVICE));
      return;
    }

  self->state = FL_BLUEZ_READY;
  objects = g_variant_get_child_value (reply, 0);
  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_next (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      add_object (self, path, interfaces);
      g_variant_unref (interfaces);
    }
  enter (self, FL_BLUEZ_READY, NULL); /* told when all is known, lest it looks empty */
}

static void
reset_cancellable (FlBluez *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

static void
on_name_appeared (GDBusConnection *connection,
                  const char *name,
                  const char *owner,
                  gpointer user_data)
{
  FlBluez *self = FL_BLUEZ (user_data);

  g_free (self->owner);
  self->owner = g_strdup (owner);
  reset_cancellable (self);
  clear_objects (self);
  enter (self, FL_BLUEZ_STARTING, NULL);
  g_dbus_connection_call (connection, owner, "/", OBJECT_MANAGER, "GetManagedObjects", NULL,
                          G_VARIANT_TYPE ("(a{oa{sa{sv}}})"), G_DBUS_CALL_FLAGS_NO_AUTO_START,
                          LIST_LIMIT_MS, self->cancellable, on_objects, g_object_ref (self));
}

static void
lose_service (FlBluez *self, const char *message)
{
  FlErrorCode code = fl_bluez_host_is_forbidden (self->root) ? FL_ERROR_BLUETOOTH_PERMISSION
                                                             : FL_ERROR_BLUETOOTH_SERVICE;

  g_object_ref (self);
  reset_cancellable (self);
  g_clear_pointer (&self->owner, g_free);
  /* The state first: who loses an object can ask why. */
  enter (self, FL_BLUEZ_GONE, g_error_new_literal (FL_ERROR, code, message));
  clear_objects (self);
  g_object_unref (self);
}

static void
on_name_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  lose_service (FL_BLUEZ (user_data), "org.bluez is not on the message bus");
}

static void
on_bus_closed (GDBusConnection *connection, gboolean remote, GError *error, gpointer user_data)
{
  lose_service (FL_BLUEZ (user_data), "The message bus closed the connection");
}

static void
watch (FlBluez *self)
{
  static const char *const members[N_SUBSCRIPTIONS][2] = { { OBJECT_MANAGER, "InterfacesAdded" },
                                                           { OBJECT_MANAGER, "InterfacesRemoved" },
                                                           { PROPERTIES, "PropertiesChanged" } };

  for (gsize i = 0; i < N_SUBSCRIPTIONS; i++)
    self->subscriptions[i] =
        g_dbus_connection_signal_subscribe (self->connection, BLUEZ_NAME, members[i][0],
                                            members[i][1], NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                            on_signal, self, NULL);
  self->closed_id =
      g_signal_connect_object (self->connection, "closed", G_CALLBACK (on_bus_closed), self, 0);
  self->watch_id = g_bus_watch_name_on_connection (self->connection, BLUEZ_NAME,
                                                   G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
                                                   on_name_appeared, on_name_vanished, self, NULL);
}

static void
unwatch (FlBluez *self)
{
  g_clear_handle_id (&self->watch_id, g_bus_unwatch_name);
  for (gsize i = 0; self->connection != NULL && i < N_SUBSCRIPTIONS; i++)
    if (self->subscriptions[i] != 0)
      g_dbus_connection_signal_unsubscribe (self->connection, self->subscriptions[i]);
  memset (self->subscriptions, 0, sizeof self->subscriptions);
  if (self->connection != NULL)
    g_clear_signal_handler (&self->closed_id, self->connection);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FlBluez) self = FL_BLUEZ (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) connection = g_bus_get_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL)
    {
      enter (self, FL_BLUEZ_GONE, fl_bluez_error_translate (error, FL_ERROR_BLUETOOTH_SERVICE));
      return;
    }

  /* The system bus may restart; this program goes on. */
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  g_set_object (&self->connection, connection);
  watch (self);
}

static void
fl_bluez_dispose (GObject *object)
{
  FlBluez *self = FL_BLUEZ (object);

  g_cancellable_cancel (self->cancellable);
  unwatch (self);
  for (guint i = 0; i < self->radios->len; i++)
    fl_bluez_radio_detach (g_ptr_array_index (self->radios, i));
  g_ptr_array_set_size (self->radios, 0);
  g_clear_object (&self->connection);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (fl_bluez_parent_class)->dispose (object);
}

static void
fl_bluez_finalize (GObject *object)
{
  FlBluez *self = FL_BLUEZ (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->cache, fl_bluez_cache_free);
  g_clear_pointer (&self->radios, g_ptr_array_unref);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_pointer (&self->leaving, g_hash_table_unref);
  g_free (self->owner);
  g_free (self->root);
  G_OBJECT_CLASS (fl_bluez_parent_class)->finalize (object);
}

static guint
new_signal (const char *name, guint n_params, GType first, GType second, GType third)
{
  return g_signal_new (name, FL_TYPE_BLUEZ, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_params, first, second, third);
}

static void
fl_bluez_class_init (FlBluezClass *class)
{
  GType text = G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE;
  GType none = G_TYPE_NONE;

  G_OBJECT_CLASS (class)->dispose = fl_bluez_dispose;
  G_OBJECT_CLASS (class)->finalize = fl_bluez_finalize;

  signals[SIGNAL_STATE_CHANGED] = new_signal ("state-changed", 0, none, none, none);
  signals[SIGNAL_INTERFACE_ADDED] = new_signal ("interface-added", 2, text, text, none);
  signals[SIGNAL_INTERFACE_REMOVED] = new_signal ("interface-removed", 2, text, text, none);
  signals[SIGNAL_PROPERTIES_CHANGED] =
      new_signal ("properties-changed", 3, text, text, G_TYPE_VARIANT);
  signals[SIGNAL_RADIO_ADDED] = new_signal ("radio-added", 1, FL_TYPE_BLUEZ_RADIO, none, none);
  signals[SIGNAL_RADIO_REMOVED] = new_signal ("radio-removed", 1, FL_TYPE_BLUEZ_RADIO, none, none);
  signals[SIGNAL_LEFT] = new_signal ("left", 1, text, none, none);
  new_signal ("shutdown", 0, none, none, none);
}

static void
fl_bluez_init (FlBluez *self)
{
  self->root = g_strdup ("");
  self->cancellable = g_cancellable_new ();
  self->cache = fl_bluez_cache_new ();
  self->radios = g_ptr_array_new_with_free_func (g_object_unref);
  self->services = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->services, NULL);
  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

FlBluez *
fl_bluez_new (GDBusConnection *connection, FlClock *clock)
{
  FlBluez *self = g_object_new (FL_TYPE_BLUEZ, NULL);

  self->clock = g_object_ref (clock);
  self->given = connection != NULL;
  g_set_object (&self->connection, connection);
  return self;
}

void
fl_bluez_set_root (FlBluez *self, const char *root)
{
  g_return_if_fail (FL_IS_BLUEZ (self));

  g_free (self->root);
  self->root = g_strdup (root);
}

void
fl_bluez_start (FlBluez *self)
{
  g_return_if_fail (FL_IS_BLUEZ (self));

  if (self->generation++ > 0)
    return;
  if (self->connection != NULL)
    watch (self);
  else
    g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_bus, g_object_ref (self));
}

void
fl_bluez_retry (FlBluez *self)
{
  g_return_if_fail (FL_IS_BLUEZ (self));

  if (self->state != FL_BLUEZ_GONE)
    return;

  unwatch (self);
  reset_cancellable (self);
  if (!self->given && self->connection != NULL && g_dbus_connection_is_closed (self->connection))
    g_clear_object (&self->connection);
  self->generation = 0;
  fl_bluez_start (self);
}

FlClock *
fl_bluez_get_clock (FlBluez *self)
{
  return self->clock;
}

FlBluezState
fl_bluez_get_state (FlBluez *self)
{
  return self->state;
}

const GError *
fl_bluez_get_error (FlBluez *self)
{
  return self->error;
}

GPtrArray *
fl_bluez_get_radios (FlBluez *self)
{
  return self->radios;
}

FlBluezRadio *
fl_bluez_get_radio (FlBluez *self, const char *path)
{
  for (guint i = 0; i < self->radios->len; i++)
    {
      FlBluezRadio *radio = g_ptr_array_index (self->radios, i);

      if (g_str_equal (fl_bluez_radio_get_path (radio), path))
        return radio;
    }
  return NULL;
}

gboolean
fl_bluez_is_blocked (FlBluez *self, const char *name)
{
  return fl_bluez_host_is_blocked (self->root, name);
}

void
fl_bluez_add_service (FlBluez *self, const char *uuid)
{
  const char *const *services = fl_bluez_get_services (self);

  if (g_strv_contains (services, uuid))
    return;

  g_ptr_array_insert (self->services, 0, g_strdup (uuid));
  for (guint i = 0; i < self->radios->len; i++)
    fl_bluez_radio_listen_anew (g_ptr_array_index (self->radios, i));
}

const char *const *
fl_bluez_get_services (FlBluez *self)
{
  return (const char *const *) self->services->pdata;
}

gboolean
fl_bluez_has (FlBluez *self, const char *path, const char *interface)
{
  return fl_bluez_cache_has (self->cache, path, interface);
}

GVariant *
fl_bluez_get (FlBluez *self,
              const char *path,
              const char *interface,
              const char *property,
              const GVariantType *type)
{
  return fl_bluez_cache_get (self->cache, path, interface, property, type);
}

gboolean
fl_bluez_get_boolean (FlBluez *self, const char *path, const char *interface, const char *property)
{
  g_autoptr (GVariant) value =
      fl_bluez_cache_get (self->cache, path, interface, property, G_VARIANT_TYPE_BOOLEAN);

  return value != NULL && g_variant_get_boolean (value);
}

GStrv
fl_bluez_list (FlBluez *self, const char *interface, const char *under)
{
  return fl_bluez_cache_list (self->cache, interface, under);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GUnixFDList) descriptors = NULL;
  GError *error = NULL;
  GVariant *reply = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source),
                                                                     &descriptors, result, &error);

  if (descriptors != NULL)
    g_task_set_task_data (task, g_steal_pointer (&descriptors), g_object_unref);
  if (reply == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, reply, (GDestroyNotify) g_variant_unref);
}

void
fl_bluez_call_async (FlBluez *self,
                     const char *path,
                     const char *interface,
                     const char *method,
                     GVariant *parameters,
                     int limit_ms,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GVariant) sunk = parameters == NULL ? NULL : g_variant_ref_sink (parameters);

  g_task_set_source_tag (task, fl_bluez_call_async);
  if (self->owner == NULL || self->connection == NULL)
    {
      g_task_return_new_error (task, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN,
                               "org.bluez is not there");
      return;
    }
  g_dbus_connection_call_with_unix_fd_list (self->connection, self->owner, path, interface, method,
                                            sunk, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, limit_ms,
                                            NULL, cancellable, on_called, g_steal_pointer (&task));
}

GVariant *
fl_bluez_call_finish (FlBluez *self,
                      GAsyncResult *result,
                      GUnixFDList **descriptors,
                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (descriptors != NULL)
    {
      GUnixFDList *list = g_task_get_task_data (G_TASK (result));

      *descriptors = list == NULL ? NULL : g_object_ref (list);
    }
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
fl_bluez_set_async (FlBluez *self,
                    const char *path,
                    const char *interface,
                    const char *property,
                    GVariant *value,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  fl_bluez_call_async (self, path, PROPERTIES, "Set",
                       g_variant_new ("(ssv)", interface, property, value), -1, cancellable,
                       callback, user_data);
}

void
fl_bluez_replace_properties (FlBluez *self,
                             const char *path,
                             const char *interface,
                             GVariant *properties)
{
  if (fl_bluez_cache_has (self->cache, path, interface))
    add_interface (self, path, interface, properties);
}

gboolean
fl_bluez_is_leaving (FlBluez *self, const char *device_path)
{
  return g_hash_table_contains (self->leaving, device_path);
}

void
fl_bluez_forget_device (FlBluez *self, const char *device_path)
{
  static const char *const inner[] = { FL_BLUEZ_CHARACTERISTIC, FL_BLUEZ_SERVICE };

  for (gsize i = 0; i < G_N_ELEMENTS (inner); i++)
    {
      g_auto (GStrv) paths = fl_bluez_cache_list (self->cache, inner[i], device_path);

      for (gsize j = 0; paths[j] != NULL; j++)
        remove_interface (self, paths[j], inner[i]);
    }
  remove_interface (self, device_path, FL_BLUEZ_DEVICE);
}

void
fl_bluez_set_leaving (FlBluez *self, const char *device_path, gboolean leaving)
{
  if (leaving)
    {
      g_hash_table_add (self->leaving, g_strdup (device_path));
      return;
    }
  g_hash_table_remove (self->leaving, device_path);
  g_signal_emit (self, signals[SIGNAL_LEFT], 0, device_path);
}

guint
fl_bluez_get_n_leaving (FlBluez *self)
{
  return g_hash_table_size (self->leaving);
}
