/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-doctor"
#include "config.h"

#include "fl-doctor-private.h"

/* A service that is there answers at once. */
#define LIMIT_MS 3000

#define BLUEZ                  "org.bluez"
#define MODEM_MANAGER          "org.freedesktop.ModemManager1"
#define NETWORK_MANAGER        "org.freedesktop.NetworkManager"
#define NETWORK_MANAGER_OBJECT "/org/freedesktop/NetworkManager"

typedef struct
{
  GDBusConnection *bus; /* (nullable) until it is there */
  FlDoctorServices services;
  guint n_open; /* questions without an answer */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_clear_object (&asking->bus);
  g_free (asking);
}

/* Each question holds a reference on the task; the last answer ends it. */
static void
end_question (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (--asking->n_open == 0)
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* Nothing is started by being asked. */
static void
ask (GTask *task,
     const char *service,
     const char *path,
     const char *interface,
     const char *method,
     GVariant *parameters,
     GAsyncReadyCallback callback)
{
  Asking *asking = g_task_get_task_data (task);

  asking->n_open++;
  g_dbus_connection_call (asking->bus, service, path, interface, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, LIMIT_MS, g_task_get_cancellable (task),
                          callback, g_object_ref (task));
}

static GVariant *
finish_question (GObject *source,
                 GAsyncResult *result,
                 GTask *task,
                 const char *type,
                 GError **error)
{
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, error);

  if (answer == NULL && error != NULL && *error != NULL)
    g_debug ("%s", (*error)->message);
  if (answer != NULL && !g_variant_is_of_type (answer, G_VARIANT_TYPE (type)))
    g_clear_pointer (&answer, g_variant_unref);
  return answer;
}

static void
count_adapter (FlDoctorServices *services, GVariant *properties)
{
  gboolean powered = FALSE;

  services->n_adapters++;
  g_variant_lookup (properties, "Powered", "b", &powered);
  services->n_powered += powered ? 1 : 0;
}

static void
on_objects (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = g_task_get_task_data (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = finish_question (source, result, data, "(a{oa{sa{sv}}})", &error);
  g_autoptr (GVariantIter) objects = NULL;
  GVariant *interfaces = NULL;

  if (answer == NULL)
    {
      asking->services.bluetooth = g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED)
                                       ? FL_SERVICE_DENIED
                                       : FL_SERVICE_ABSENT;
      end_question (data);
      return;
    }
  asking->services.bluetooth = FL_SERVICE_RUNS;
  g_variant_get (answer, "(a{oa{sa{sv}}})", &objects);
  while (g_variant_iter_next (objects, "{o@a{sa{sv}}}", NULL, &interfaces))
    {
      g_autoptr (GVariant) adapter =
          g_variant_lookup_value (interfaces, "org.bluez.Adapter1", G_VARIANT_TYPE_VARDICT);

      if (adapter != NULL)
        count_adapter (&asking->services, adapter);
      g_variant_unref (interfaces);
    }
  end_question (data);
}

static gboolean
has_name (GVariant *answer, const char *name)
{
  g_autofree const char **names = NULL;

  g_variant_get (answer, "(^a&s)", &names);
  return g_strv_contains (names, name);
}

/* Of two lists: what runs, and what can be started. */
static void
note_names (FlDoctorServices *services, GVariant *answer, FlServiceState state)
{
  if (has_name (answer, BLUEZ))
    services->bluetooth = MAX (services->bluetooth, state);
  if (has_name (answer, MODEM_MANAGER))
    services->modem_manager = MAX (services->modem_manager, state);
}

static void
on_running (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = g_task_get_task_data (data);
  g_autoptr (GVariant) answer = finish_question (source, result, data, "(as)", NULL);

  if (answer == NULL)
    {
      end_question (data);
      return;
    }
  asking->services.bluetooth = MAX (asking->services.bluetooth, FL_SERVICE_ABSENT);
  asking->services.modem_manager = MAX (asking->services.modem_manager, FL_SERVICE_ABSENT);
  note_names (&asking->services, answer, FL_SERVICE_RUNS);
  if (has_name (answer, BLUEZ))
    ask (data, BLUEZ, "/", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", NULL,
         on_objects);
  end_question (data);
}

static void
on_activatable (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = g_task_get_task_data (data);
  g_autoptr (GVariant) answer = finish_question (source, result, data, "(as)", NULL);

  if (answer != NULL)
    note_names (&asking->services, answer, FL_SERVICE_SLEEPS);
  end_question (data);
}

static void
on_connectivity (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = g_task_get_task_data (data);
  g_autoptr (GVariant) answer = finish_question (source, result, data, "(v)", NULL);
  g_autoptr (GVariant) value = NULL;

  if (answer != NULL)
    g_variant_get (answer, "(v)", &value);
  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32) &&
      g_variant_get_uint32 (value) <= FL_CONNECTIVITY_FULL)
    asking->services.connectivity = (FlConnectivity) g_variant_get_uint32 (value);
  end_question (data);
}

static void
ask_all (GTask *task)
{
  static const char bus_name[] = "org.freedesktop.DBus";
  static const char bus_path[] = "/org/freedesktop/DBus";

  ask (task, bus_name, bus_path, bus_name, "ListNames", NULL, on_running);
  ask (task, bus_name, bus_path, bus_name, "ListActivatableNames", NULL, on_activatable);
  ask (task, NETWORK_MANAGER, NETWORK_MANAGER_OBJECT, "org.freedesktop.DBus.Properties", "Get",
       g_variant_new ("(ss)", NETWORK_MANAGER, "Connectivity"), on_connectivity);
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  asking->bus = g_bus_get_finish (result, &error);
  if (asking->bus != NULL)
    {
      ask_all (task);
      return;
    }
  g_debug ("%s", error->message);
  g_task_return_boolean (task, TRUE);
}

void
fl_doctor_services_ask_async (GDBusConnection *bus,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Asking *asking = g_new0 (Asking, 1);

  g_task_set_source_tag (task, fl_doctor_services_ask_async);
  g_task_set_check_cancellable (task, FALSE); /* what is known then is known */
  g_task_set_task_data (task, asking, asking_free);
  if (bus == NULL)
    {
      g_bus_get (G_BUS_TYPE_SYSTEM, cancellable, on_bus, g_object_ref (task));
      return;
    }
  asking->bus = g_object_ref (bus);
  ask_all (task);
}

void
fl_doctor_services_ask_finish (GAsyncResult *result, FlDoctorServices *services)
{
  const Asking *asking = g_task_get_task_data (G_TASK (result));

  *services = asking->services;
}
