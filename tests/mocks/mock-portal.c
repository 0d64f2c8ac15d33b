/* SPDX-License-Identifier: Apache-2.0 */
#include "mock-portal.h"

#include <gio/gunixfdlist.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wait.h"

#define NAME      "org.freedesktop.portal.Desktop"
#define PATH      "/org/freedesktop/portal/desktop"
#define INTERFACE "org.freedesktop.portal.Camera"
#define REQUEST   "org.freedesktop.portal.Request"

/* xdg-desktop-portal 1.16, data/org.freedesktop.portal.Camera.xml and .Request.xml */
static const char xml[] = "<node>"
                          "<interface name='" INTERFACE "'>"
                          "<method name='AccessCamera'>"
                          "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/>"
                          "</method>"
                          "<method name='OpenPipeWireRemote'>"
                          "<arg type='a{sv}' direction='in'/><arg type='h' direction='out'/>"
                          "</method>"
                          "<property name='IsCameraPresent' type='b' access='read'/>"
                          "<property name='version' type='u' access='read'/>"
                          "</interface>"
                          "<interface name='" REQUEST "'><method name='Close'/></interface>"
                          "</node>";

static void
on_request_call (GDBusConnection *bus,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *method,
                 GVariant *arguments,
                 GDBusMethodInvocation *invocation,
                 gpointer user_data)
{
  ((MockPortal *) user_data)->n_closed++;
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
respond (MockPortal *self, const char *sender, const char *handle, guint32 answer)
{
  g_dbus_connection_emit_signal (self->bus, sender, handle, REQUEST, "Response",
                                 g_variant_new ("(ua{sv})", answer, NULL), NULL);
}

static char *
choose_handle (MockPortal *self, const char *sender, GVariant *arguments)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (arguments, 0);
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  const char *token = NULL;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  return g_strdup_printf (PATH "/request/%s/%s", name,
                          self->mood == MOCK_PORTAL_OLD ? "of_my_own" : token);
}

static void
access_camera (MockPortal *self,
               const char *sender,
               GVariant *arguments,
               GDBusMethodInvocation *call)
{
  static const GDBusInterfaceVTable request_vtable = { .method_call = on_request_call };
  g_autofree char *handle = choose_handle (self, sender, arguments);
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (xml, NULL);

  self->n_asked++;
  if (self->mood == MOCK_PORTAL_NOT_ALLOWED)
    {
      g_dbus_method_invocation_return_dbus_error (call, "org.freedesktop.portal.Error.NotAllowed",
                                                  "Not allowed");
      return;
    }
  /* The answer of an older portal comes after the handle, that of a newer one may come before. */
  if (self->mood == MOCK_PORTAL_OLD)
    g_dbus_method_invocation_return_value (call, g_variant_new ("(o)", handle));
  if (self->mood == MOCK_PORTAL_ASKS)
    g_dbus_connection_register_object (self->bus, handle,
                                       g_dbus_node_info_lookup_interface (info, REQUEST),
                                       &request_vtable, self, NULL, NULL);
  else
    respond (self, sender, handle,
             self->mood == MOCK_PORTAL_CANCELS   ? 1
             : self->mood == MOCK_PORTAL_REFUSES ? 2
                                                 : 0);
  if (self->mood != MOCK_PORTAL_OLD)
    g_dbus_method_invocation_return_value (call, g_variant_new ("(o)", handle));
}

static void
open_remote (MockPortal *self, GDBusMethodInvocation *call)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  int ends[2] = { -1, -1 };
  int index = -1;

  if (self->mood == MOCK_PORTAL_NO_FILE)
    {
      g_dbus_method_invocation_return_value (call, g_variant_new ("(h)", 7));
      return;
    }
  if (self->socket >= 0)
    index = g_unix_fd_list_append (fds, self->socket, NULL);
  else
    {
      g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
      index = g_unix_fd_list_append (fds, ends[0], NULL);
      close (ends[0]);
      close (ends[1]);
    }
  g_dbus_method_invocation_return_value_with_unix_fd_list (call, g_variant_new ("(h)", index), fds);
}

static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *arguments,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  if (g_str_equal (method, "AccessCamera"))
    access_camera (user_data, sender, arguments, invocation);
  else
    open_remote (user_data, invocation);
}

static GVariant *
on_get (GDBusConnection *bus,
        const char *sender,
        const char *path,
        const char *interface,
        const char *property,
        GError **error,
        gpointer user_data)
{
  if (g_str_equal (property, "version"))
    return g_variant_new_uint32 (1);
  return g_variant_new_boolean (((MockPortal *) user_data)->is_present);
}

static void
on_name (GDBusConnection *bus, const char *name, gpointer user_data)
{
  ((MockPortal *) user_data)->has_name = TRUE;
}

void
mock_portal_start (MockPortal *self)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_call, .get_property = on_get };
  g_autoptr (GDBusNodeInfo) info = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr (GError) error = NULL;

  self->mood = MOCK_PORTAL_GRANTS;
  self->is_present = TRUE;
  self->socket = -1;
  self->n_asked = 0;
  self->n_closed = 0;
  self->has_name = FALSE;
  self->daemon = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->daemon);
  self->bus =
      g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (self->daemon),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);
  g_assert_no_error (error);
  self->object_id =
      g_dbus_connection_register_object (self->bus, PATH,
                                         g_dbus_node_info_lookup_interface (info, INTERFACE),
                                         &vtable, self, NULL, &error);
  g_assert_no_error (error);
  self->name_id = g_bus_own_name_on_connection (self->bus, NAME, G_BUS_NAME_OWNER_FLAGS_NONE,
                                                on_name, NULL, self, NULL);
  WAIT_FOR (self->has_name);
}

void
mock_portal_leave (MockPortal *self)
{
  g_clear_handle_id (&self->name_id, g_bus_unown_name);
}

void
mock_portal_stop (MockPortal *self)
{
  mock_portal_leave (self);
  g_dbus_connection_unregister_object (self->bus, self->object_id);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
  g_test_dbus_down (self->daemon);
  g_clear_object (&self->daemon);
}

void
mock_portal_set_present (MockPortal *self, gboolean present)
{
  GVariantBuilder changed;

  self->is_present = present;
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", "IsCameraPresent", g_variant_new_boolean (present));
  g_dbus_connection_emit_signal (self->bus, NULL, PATH, "org.freedesktop.DBus.Properties",
                                 "PropertiesChanged",
                                 g_variant_new ("(sa{sv}as)", INTERFACE, &changed, NULL), NULL);
}
