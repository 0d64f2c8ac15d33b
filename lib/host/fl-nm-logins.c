/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-nm-logins"
#include "config.h"

#include "fl-nm-logins.h"

#include <glib/gi18n-lib.h>

#include "fl-error.h"
#include "fl-nm-login.h"

#define CONNECTION "org.freedesktop.NetworkManager.Settings.Connection"
#define LOGIN      "802-1x"

/* A connection that has nothing stored, or leaves it to somebody else, is no failure:
 * NetworkManager, src/libnm-core-public/nm-errors.h */
#define NO_SECRETS "org.freedesktop.NetworkManager.AgentManager.NoSecrets"
#define NO_SETTING "org.freedesktop.NetworkManager.Settings.Connection.SettingNotFound"

#define ANSWER_MS 5000

typedef struct
{
  GPtrArray *logins; /* of FlComputerLogin */
  guint n_open;
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_clear_pointer (&listing->logins, g_ptr_array_unref);
  g_free (listing);
}

static void
end_answer (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);

  if (--listing->n_open == 0)
    g_task_return_pointer (task, g_steal_pointer (&listing->logins),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Listing *listing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  const char *path = g_dbus_proxy_get_object_path (G_DBUS_PROXY (source));

  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sa{sv}})")))
    {
      g_autoptr (GVariant) settings = g_variant_get_child_value (reply, 0);
      FlComputerLogin *login = fl_nm_login_read (path, settings);

      if (login != NULL)
        g_ptr_array_add (listing->logins, login);
    }
  end_answer (task);
}

void
fl_nm_logins_list (GDBusObjectManager *manager, GTask *task)
{
  g_autolist (GDBusObject) objects =
      manager != NULL ? g_dbus_object_manager_get_objects (manager) : NULL;
  Listing *listing = g_new0 (Listing, 1);

  listing->logins = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_computer_login_free);
  listing->n_open = 1; /* our own */
  g_task_set_task_data (task, listing, listing_free);
  for (GList *l = objects; l != NULL; l = l->next)
    {
      g_autoptr (GDBusInterface) stored = g_dbus_object_get_interface (l->data, CONNECTION);

      if (stored == NULL)
        continue;
      listing->n_open++;
      g_dbus_proxy_call (G_DBUS_PROXY (stored), "GetSettings", NULL,
                         G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_MS, g_task_get_cancellable (task),
                         on_listed, g_object_ref (task));
    }
  end_answer (task);
}

static GError *
explain (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  g_debug ("%s: %s", name != NULL ? name : "?", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  return g_error_new_literal (
      FL_ERROR, FL_ERROR_INVALID_INPUT,
      _ ("This computer did not hand over the login. An administrator can allow it."));
}

static void
on_secrets (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autoptr (GVariant) secrets = NULL;
  g_autofree char *name = error != NULL ? g_dbus_error_get_remote_error (error) : NULL;

  if (error != NULL && g_strcmp0 (name, NO_SECRETS) != 0 && g_strcmp0 (name, NO_SETTING) != 0)
    {
      g_task_return_error (task, explain (error));
      return;
    }
  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sa{sv}})")))
    secrets = g_variant_get_child_value (reply, 0);
  g_task_return_pointer (task, fl_nm_login_to_key_file (g_task_get_task_data (task), secrets),
                         (GDestroyNotify) fl_secret_unref);
}

static void
on_settings (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sa{sv}})")))
    {
      g_task_return_error (task, error != NULL
                                     ? explain (error)
                                     : g_error_new (FL_ERROR, FL_ERROR_UNEXPECTED,
                                                    "GetSettings answered without settings"));
      return;
    }
  g_task_set_task_data (task, g_variant_get_child_value (reply, 0),
                        (GDestroyNotify) g_variant_unref);
  /* The desktop may ask the person, who takes their time. */
  g_dbus_proxy_call (G_DBUS_PROXY (source), "GetSecrets", g_variant_new ("(s)", LOGIN),
                     G_DBUS_CALL_FLAGS_NO_AUTO_START |
                         G_DBUS_CALL_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION,
                     G_MAXINT, g_task_get_cancellable (task), on_secrets, g_object_ref (task));
}

void
fl_nm_logins_read (GDBusObjectManager *manager, const char *id, GTask *task)
{
  g_autoptr (GDBusInterface) stored =
      manager != NULL ? g_dbus_object_manager_get_interface (manager, id, CONNECTION) : NULL;

  if (stored == NULL)
    {
      g_task_return_new_error (task, FL_ERROR, FL_ERROR_INVALID_INPUT, "%s",
                               _ ("This computer does not have that login any more."));
      return;
    }
  g_dbus_proxy_call (G_DBUS_PROXY (stored), "GetSettings", NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                     ANSWER_MS, g_task_get_cancellable (task), on_settings, g_object_ref (task));
}
