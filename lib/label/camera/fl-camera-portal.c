/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-portal"
#include "config.h"

#include "fl-camera-portal.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "fl-camera-error.h"
#include "fl-camera-request.h"
#include "fl-frame.h"

#define PORTAL_NAME      "org.freedesktop.portal.Desktop"
#define PORTAL_PATH      "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Camera"
#define PROPERTIES       "org.freedesktop.DBus.Properties"
#define FLATPAK_INFO     "/.flatpak-info"

gboolean
fl_camera_portal_is_needed (void)
{
  return g_file_test (FLATPAK_INFO, G_FILE_TEST_EXISTS);
}

GDBusConnection *
fl_camera_portal_connect (GCancellable *cancellable, GError **error)
{
  g_autofree char *address =
      g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, cancellable, error);

  if (address == NULL)
    return NULL;
  return g_dbus_connection_new_for_address_sync (address,
                                                 G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                     G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                 NULL, cancellable, error);
}

static GVariant *
call (GDBusConnection *bus,
      const char *interface,
      const char *method,
      GVariant *arguments,
      GUnixFDList **fds,
      GCancellable *cancellable,
      GError **error)
{
  return g_dbus_connection_call_with_unix_fd_list_sync (bus, PORTAL_NAME, PORTAL_PATH, interface,
                                                        method, arguments, NULL,
                                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, fds,
                                                        cancellable, error);
}

gboolean
fl_camera_portal_has_camera (GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = fl_camera_portal_connect (cancellable, &error);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) value = NULL;

  if (bus != NULL)
    reply =
        call (bus, PROPERTIES, "Get", g_variant_new ("(ss)", PORTAL_INTERFACE, "IsCameraPresent"),
              NULL, cancellable, &error);
  if (reply == NULL)
    {
      g_debug ("no camera portal: %s", error->message);
      return FALSE;
    }
  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("(v)")))
    return FALSE;
  g_variant_get (reply, "(v)", &value);
  return g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN) && g_variant_get_boolean (value);
}

guint
fl_camera_portal_watch (GDBusConnection *bus, GDBusSignalCallback func, gpointer data)
{
  return g_dbus_connection_signal_subscribe (bus, PORTAL_NAME, PROPERTIES, "PropertiesChanged",
                                             PORTAL_PATH, PORTAL_INTERFACE,
                                             G_DBUS_SIGNAL_FLAGS_NONE, func, data, NULL);
}

/* What D-Bus says as one of ours. */
static GError *
translate (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  g_debug ("%s", error->message);
  if (g_strcmp0 (name, "org.freedesktop.portal.Error.NotAllowed") == 0 ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED))
    return g_error_new_literal (FL_ERROR, FL_ERROR_CAMERA_REFUSED,
                                "The desktop does not allow the camera");
  if (g_strcmp0 (name, "org.freedesktop.portal.Error.NotFound") == 0 ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE))
    return g_error_new_literal (FL_ERROR, FL_ERROR_NO_CAMERA, "The desktop has no camera for us");
  return g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED, "The camera portal failed: %s",
                      name != NULL ? name : g_quark_to_string (error->domain));
}

static gboolean
ask_permission (GDBusConnection *bus, GCancellable *cancellable, GError **error)
{
  g_autoptr (FlCameraRequest) request = fl_camera_request_new (bus, PORTAL_NAME, PORTAL_PATH);
  GVariantBuilder options;
  g_autoptr (GVariant) reply = NULL;
  const char *handle = NULL;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token",
                         g_variant_new_string (fl_camera_request_get_token (request)));
  /* Not cancelled itself: the question would stay on the screen. It returns before the answer. */
  reply = call (bus, PORTAL_INTERFACE, "AccessCamera", g_variant_new ("(a{sv})", &options), NULL,
                NULL, error);
  if (reply == NULL)
    return FALSE;
  if (g_variant_is_of_type (reply, G_VARIANT_TYPE ("(o)")))
    g_variant_get (reply, "(&o)", &handle);
  return fl_camera_request_wait (request, handle, cancellable, error);
}

/* The file of PipeWire's socket, on which there is nothing but the camera; -1 on failure. */
static int
open_remote (GDBusConnection *bus, GCancellable *cancellable, GError **error)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GVariant) reply = NULL;
  GVariantBuilder options;
  gint32 index = -1;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  reply = call (bus, PORTAL_INTERFACE, "OpenPipeWireRemote", g_variant_new ("(a{sv})", &options),
                &fds, cancellable, error);
  if (reply == NULL)
    return -1;
  if (g_variant_is_of_type (reply, G_VARIANT_TYPE ("(h)")))
    g_variant_get (reply, "(h)", &index);
  if (fds == NULL || index < 0 || index >= g_unix_fd_list_get_length (fds))
    {
      g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED,
                           "The camera portal gave no connection");
      return -1;
    }
  return g_unix_fd_list_get (fds, index, error);
}

static void
close_fd (gpointer fd)
{
  close (GPOINTER_TO_INT (fd));
}

/* @fd: taken; stays open as long as the element, which knows its connection by the number. */
static GstElement *
create_element (int fd, GError **error)
{
  GstElement *element = fl_camera_make_element ("pipewiresrc", error);
  g_autoptr (GstStructure) properties = NULL;

  if (element == NULL)
    {
      close (fd);
      return NULL;
    }
  /* The session manager links it by these. */
  properties =
      gst_structure_new ("properties", "media.type", G_TYPE_STRING, "Video", "media.category",
                         G_TYPE_STRING, "Capture", "media.role", G_TYPE_STRING, "Camera", NULL);
  /* A copy at once: when PipeWire goes away, it takes the memory of pictures that are still being
   * read with it (0.3.65, seen as a crash). */
  g_object_set (element, "fd", fd, "stream-properties", properties, "always-copy", TRUE, NULL);
  g_object_set_data_full (G_OBJECT (element), "fl-camera-fd", GINT_TO_POINTER (fd), close_fd);
  return element;
}

static int
connect_camera (GCancellable *cancellable, GError **error)
{
  g_autoptr (GDBusConnection) bus = fl_camera_portal_connect (cancellable, error);

  if (bus == NULL || !ask_permission (bus, cancellable, error))
    return -1;
  return open_remote (bus, cancellable, error);
}

/* D-Bus delivers a thread its signals in a main context of its own. */
static GstElement *
make_remote (gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GError) reason = NULL;
  int fd = -1;

  g_main_context_push_thread_default (context);
  fd = connect_camera (cancellable, &reason);
  g_main_context_pop_thread_default (context);
  if (fd >= 0)
    return create_element (fd, error);
  g_propagate_error (error,
                     reason->domain == FL_ERROR ? g_steal_pointer (&reason) : translate (reason));
  return NULL;
}

/* What can be had is only known once both sides agreed, and that only once: the first of these that
 * the camera can do is taken. */
static GPtrArray *
list_remote_formats (gpointer data)
{
  static const char wanted[] =
      "video/x-raw, format=" FL_FRAME_FORMATS ", width=1920, height=1080, "
      "framerate=[ 15/1, 60/1 ]; "
      "image/jpeg, width=1920, height=1080, framerate=[ 15/1, 60/1 ]; "
      "video/x-raw, format=" FL_FRAME_FORMATS ", width=1280, height=720, "
      "framerate=[ 15/1, 60/1 ]; "
      "image/jpeg, width=1280, height=720, framerate=[ 15/1, 60/1 ]; " FL_CAMERA_FORMATS;
  GPtrArray *formats = g_ptr_array_new_with_free_func ((GDestroyNotify) gst_caps_unref);

  g_ptr_array_add (formats, gst_caps_from_string (wanted));
  return formats;
}

static gboolean
is_remote_gone (gpointer data, GCancellable *cancellable)
{
  return !fl_camera_portal_has_camera (cancellable);
}

static const FlCameraSourceClass remote_class = {
  .is_gone = is_remote_gone,
  .make = make_remote,
  .list_formats = list_remote_formats,
};

FlCameraSource *
fl_camera_portal_new (void)
{
  return fl_camera_source_new (&remote_class, "portal", _ ("Camera"), NULL);
}
