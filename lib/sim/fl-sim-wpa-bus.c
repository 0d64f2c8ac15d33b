/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-wpa-bus.h"

#define NO_LIMIT (-1) /* but that of GDBus */

struct _FlSimWpaList
{
  const FlSimWpaBus *bus;
  FlSimWpaListFunc func;
  gpointer data;
  GCancellable *cancellable;
  GPtrArray *found; /* of GVariant */
  guint n_under_way;
};

void
fl_sim_wpa_bus_clear (FlSimWpaBus *self)
{
  /* What was said last is still on its way when a program ends. */
  if (self->connection != NULL)
    g_dbus_connection_flush_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->path, g_free);
}

void
fl_sim_wpa_bus_call (const FlSimWpaBus *self,
                     const char *method,
                     GVariant *parameters,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_dbus_connection_call (self->connection, FL_SIM_WPA_SERVICE, self->path, FL_SIM_WPA_INTERFACE,
                          method, parameters, NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, NO_LIMIT,
                          cancellable, callback, user_data);
}

void
fl_sim_wpa_bus_get (const FlSimWpaBus *self,
                    const char *property,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_dbus_connection_call (self->connection, FL_SIM_WPA_SERVICE, self->path, FL_SIM_WPA_PROPERTIES,
                          "Get", g_variant_new ("(ss)", FL_SIM_WPA_INTERFACE, property),
                          G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, NO_LIMIT,
                          cancellable, callback, user_data);
}

GVariant *
fl_sim_wpa_bus_get_finish (GObject *source, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, error);
  GVariant *value = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(v)", &value);
  return value;
}

void
fl_sim_wpa_bus_get_bss (const FlSimWpaBus *self,
                        const char *path,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_dbus_connection_call (self->connection, FL_SIM_WPA_SERVICE, path, FL_SIM_WPA_PROPERTIES,
                          "GetAll", g_variant_new ("(s)", FL_SIM_WPA_BSS),
                          G_VARIANT_TYPE ("(a{sv})"), G_DBUS_CALL_FLAGS_NO_AUTO_START, NO_LIMIT,
                          cancellable, callback, user_data);
}

guint
fl_sim_wpa_bus_listen (const FlSimWpaBus *self,
                       const char *interface,
                       const char *signal,
                       GDBusSignalCallback callback,
                       gpointer user_data)
{
  return g_dbus_connection_signal_subscribe (self->connection, FL_SIM_WPA_SERVICE, interface,
                                             signal, self->path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                             callback, user_data, NULL);
}

void
fl_sim_wpa_bus_stop_listening (const FlSimWpaBus *self, guint *id)
{
  if (*id != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, *id);
  *id = 0;
}

static void
finish_one (FlSimWpaList *self)
{
  if (--self->n_under_way == 0)
    self->func (self->found, self->data);
}

static void
on_bss (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  FlSimWpaList *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply != NULL)
    g_ptr_array_add (self->found, g_variant_get_child_value (reply, 0));
  finish_one (self);
}

static void
on_paths (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) paths = fl_sim_wpa_bus_get_finish (source, result, &error);
  FlSimWpaList *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (paths != NULL && g_variant_is_of_type (paths, G_VARIANT_TYPE ("ao")))
    for (gsize i = 0; i < g_variant_n_children (paths); i++)
      {
        const char *path;

        g_variant_get_child (paths, i, "&o", &path);
        self->n_under_way++;
        fl_sim_wpa_bus_get_bss (self->bus, path, self->cancellable, on_bss, self);
      }
  finish_one (self);
}

FlSimWpaList *
fl_sim_wpa_list_new (const FlSimWpaBus *bus, FlSimWpaListFunc func, gpointer data)
{
  FlSimWpaList *self = g_new0 (FlSimWpaList, 1);

  self->bus = bus;
  self->func = func;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  self->n_under_way = 1;
  fl_sim_wpa_bus_get (bus, "BSSs", self->cancellable, on_paths, self);
  return self;
}

void
fl_sim_wpa_list_free (FlSimWpaList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->found);
  g_free (self);
}
