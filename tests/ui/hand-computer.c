/* SPDX-License-Identifier: Apache-2.0 */
#include "hand-computer.h"

#include "fl-error.h"

struct _HandComputer
{
  GObject parent_instance;

  GListStore *networks;
  char *key_file;
};

enum
{
  PROP_AVAILABLE = 1
};

static void iface_init (FlComputerWifiInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HandComputer,
                               hand_computer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_COMPUTER_WIFI, iface_init))

static gboolean
is_available (FlComputerWifi *wifi)
{
  return TRUE;
}

static void
start_or_stop (FlComputerWifi *wifi)
{
}

static GListModel *
get_networks (FlComputerWifi *wifi)
{
  return G_LIST_MODEL (HAND_COMPUTER (wifi)->networks);
}

static void
list_logins_async (FlComputerWifi *wifi,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (wifi, cancellable, callback, user_data);
  GPtrArray *logins = g_ptr_array_new_with_free_func ((GDestroyNotify) fl_computer_login_free);
  FlComputerLogin *login = g_new0 (FlComputerLogin, 1);

  login->id = g_strdup ("/login/1");
  login->name = g_strdup ("School");
  login->ssid = g_bytes_new_static ("eduroam", 7);
  g_ptr_array_add (logins, login);
  g_task_return_pointer (task, logins, (GDestroyNotify) g_ptr_array_unref);
}

static void
read_login_async (FlComputerWifi *wifi,
                  const char *id,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  HandComputer *self = HAND_COMPUTER (wifi);
  g_autoptr (GTask) task = g_task_new (wifi, cancellable, callback, user_data);

  g_assert_cmpstr (id, ==, "/login/1");
  if (self->key_file == NULL)
    g_task_return_new_error (task, FL_ERROR, FL_ERROR_INVALID_INPUT, "Not allowed.");
  else
    g_task_return_pointer (task, fl_secret_new_from_string (self->key_file),
                           (GDestroyNotify) fl_secret_unref);
}

static void
iface_init (FlComputerWifiInterface *iface)
{
  iface->is_available = is_available;
  iface->start = start_or_stop;
  iface->stop = start_or_stop;
  iface->get_networks = get_networks;
  iface->list_logins_async = list_logins_async;
  iface->read_login_async = read_login_async;
}

static void
hand_computer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, TRUE);
}

static void
hand_computer_finalize (GObject *object)
{
  HandComputer *self = HAND_COMPUTER (object);

  g_clear_object (&self->networks);
  g_free (self->key_file);
  G_OBJECT_CLASS (hand_computer_parent_class)->finalize (object);
}

static void
hand_computer_class_init (HandComputerClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = hand_computer_get_property;
  G_OBJECT_CLASS (klass)->finalize = hand_computer_finalize;
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_AVAILABLE, "available");
}

static void
hand_computer_init (HandComputer *self)
{
  self->networks = g_list_store_new (FL_TYPE_NETWORK);
}

FlComputerWifi *
hand_computer_new (const char *key_file)
{
  HandComputer *self = g_object_new (HAND_TYPE_COMPUTER, NULL);

  self->key_file = g_strdup (key_file);
  return FL_COMPUTER_WIFI (self);
}
