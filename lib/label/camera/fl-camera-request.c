/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-camera-request"
#include "config.h"

#include "fl-camera-request.h"

#include "fl-error.h"

#define REQUEST_INTERFACE "org.freedesktop.portal.Request"

/* Answers of the signal Response (data/org.freedesktop.portal.Request.xml): 0 granted, 1 the person
 * said no, 2 it ended some other way. */
#define GRANTED 0

#define CLOSE_MS 1000 /* for the portal to hear that nobody asks any more */

struct _FlCameraRequest
{
  GDBusConnection *bus;
  char *portal_name;
  char *mark;
  char *handle;
  GMainContext *context;
  guint response_id;
  guint owner_id;
  gboolean is_over;
  gboolean is_lost; /* the portal went away */
  guint32 response;
};

static void
on_response (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *arguments,
             gpointer data)
{
  FlCameraRequest *self = data;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(ua{sv})")))
    return;
  g_variant_get_child (arguments, 0, "u", &self->response);
  self->is_over = TRUE;
}

static void
on_owner_changed (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *signal,
                  GVariant *arguments,
                  gpointer data)
{
  FlCameraRequest *self = data;
  const char *owner = NULL;

  if (!g_variant_is_of_type (arguments, G_VARIANT_TYPE ("(sss)")))
    return;
  g_variant_get_child (arguments, 2, "&s", &owner);
  self->is_lost = self->is_lost || *owner == '\0';
}

/* The path that a portal since version 0.9 gives a request. */
static char *
predict_handle (GDBusConnection *bus, const char *portal_path, const char *mark)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);

  g_strdelimit (sender, ".", '_');
  return g_strdup_printf ("%s/request/%s/%s", portal_path, sender, mark);
}

static void
listen (FlCameraRequest *self, const char *handle)
{
  if (self->response_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->response_id);
  g_free (self->handle);
  self->handle = g_strdup (handle);
  self->response_id =
      g_dbus_connection_signal_subscribe (self->bus, self->portal_name, REQUEST_INTERFACE,
                                          "Response", handle, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                          on_response, self, NULL);
}

FlCameraRequest *
fl_camera_request_new (GDBusConnection *bus, const char *portal_name, const char *portal_path)
{
  FlCameraRequest *self = g_new0 (FlCameraRequest, 1);
  g_autofree char *handle = NULL;

  self->bus = g_object_ref (bus);
  self->portal_name = g_strdup (portal_name);
  self->mark = g_strdup_printf ("first_light_%u", g_random_int ());
  self->context = g_main_context_ref_thread_default ();
  handle = predict_handle (bus, portal_path, self->mark);
  listen (self, handle);
  self->owner_id =
      g_dbus_connection_signal_subscribe (bus, "org.freedesktop.DBus", "org.freedesktop.DBus",
                                          "NameOwnerChanged", "/org/freedesktop/DBus", portal_name,
                                          G_DBUS_SIGNAL_FLAGS_NONE, on_owner_changed, self, NULL);
  return self;
}

void
fl_camera_request_free (FlCameraRequest *self)
{
  g_dbus_connection_signal_unsubscribe (self->bus, self->response_id);
  g_dbus_connection_signal_unsubscribe (self->bus, self->owner_id);
  while (g_main_context_iteration (self->context, FALSE)) /* what is on its way to us */
    continue;
  g_main_context_unref (self->context);
  g_object_unref (self->bus);
  g_free (self->portal_name);
  g_free (self->mark);
  g_free (self->handle);
  g_free (self);
}

const char *
fl_camera_request_get_token (FlCameraRequest *self)
{
  return self->mark;
}

static void
on_cancelled (GCancellable *cancellable, gpointer context)
{
  g_main_context_wakeup (context);
}

static void
close_question (FlCameraRequest *self)
{
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_sync (self->bus, self->portal_name, self->handle, REQUEST_INTERFACE,
                                   "Close", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, CLOSE_MS, NULL,
                                   NULL);
}

gboolean
fl_camera_request_wait (FlCameraRequest *self,
                        const char *handle,
                        GCancellable *cancellable,
                        GError **error)
{
  gulong id = 0;

  if (handle != NULL && g_strcmp0 (handle, self->handle) != 0)
    listen (self, handle);
  if (cancellable != NULL)
    id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self->context, NULL);
  while (!self->is_over && !self->is_lost && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (self->context, TRUE);
  g_cancellable_disconnect (cancellable, id);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      close_question (self);
      return FALSE;
    }
  if (self->is_over && self->response == GRANTED)
    return TRUE;
  if (self->is_over)
    g_set_error (error, FL_ERROR, FL_ERROR_CAMERA_REFUSED, "The camera was not allowed (%u)",
                 self->response);
  else
    g_set_error_literal (error, FL_ERROR, FL_ERROR_UNEXPECTED, "The camera portal went away");
  return FALSE;
}
