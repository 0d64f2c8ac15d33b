/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-bluez-private.h"

#define PROPERTIES "org.freedesktop.DBus.Properties"
#define LIMIT_MS   5000

typedef struct
{
  char *path;
  char *interface;
} Place;

static void
place_free (Place *place)
{
  g_free (place->path);
  g_free (place->interface);
  g_free (place);
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  FlBluez *self = FL_BLUEZ (source);
  const Place *place = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) reply = fl_bluez_call_finish (self, result, NULL, &error);
  g_autoptr (GVariant) properties = NULL;

  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sv})")))
    {
      properties = g_variant_get_child_value (reply, 0);
      fl_bluez_replace_properties (self, place->path, place->interface, properties);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
fl_bluez_refresh_async (FlBluez *self,
                        const char *path,
                        const char *interface,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Place *place = g_new0 (Place, 1);

  place->path = g_strdup (path);
  place->interface = g_strdup (interface);
  g_task_set_source_tag (task, fl_bluez_refresh_async);
  g_task_set_task_data (task, place, (GDestroyNotify) place_free);
  fl_bluez_call_async (self, path, PROPERTIES, "GetAll", g_variant_new ("(s)", interface), LIMIT_MS,
                       cancellable, on_got, task);
}

gboolean
fl_bluez_refresh_finish (FlBluez *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
