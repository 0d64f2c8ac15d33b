/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-nm-wifi"
#include "config.h"

#include "fl-nm-wifi.h"

#include "fl-nm-access-point.h"
#include "fl-nm-logins.h"

#define SERVICE      "org.freedesktop.NetworkManager"
#define ROOT         "/org/freedesktop"
#define ACCESS_POINT SERVICE ".AccessPoint"
#define WIRELESS     SERVICE ".Device.Wireless"

/* What NetworkManager does by itself while its own window is open. */
#define SCAN_SECONDS 15

struct _FlNmWifi
{
  GObject parent_instance;

  GDBusConnection *bus; /* (nullable) until it is there */
  gboolean started;
  GCancellable *cancellable;   /* of starting */
  GDBusObjectManager *objects; /* (nullable) */
  GListStore *networks;
  GHashTable *by_ssid; /* GBytes → FlNetwork, both owned */
  gboolean available;
  guint refresh_id;
  guint scan_id;
};

typedef enum
{
  PROP_AVAILABLE = 1,
} Property;

static void fl_nm_wifi_iface_init (FlComputerWifiInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlNmWifi,
                               fl_nm_wifi,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_COMPUTER_WIFI, fl_nm_wifi_iface_init))

/* (transfer full) "a{sv}" of what is known of it without asking. */
static GVariant *
get_properties (GDBusProxy *proxy)
{
  g_auto (GStrv) names = g_dbus_proxy_get_cached_property_names (proxy);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (GVariant) value = g_dbus_proxy_get_cached_property (proxy, names[i]);

      if (value != NULL)
        g_variant_dict_insert_value (&dict, names[i], value);
    }
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* Several access points of one name are one network. The strongest stands for it, but one on
 * 2.4 GHz before those that many devices cannot hear. */
static gboolean
is_better (FlNetwork *network, FlNetwork *than)
{
  if (fl_network_is_5ghz (network) != fl_network_is_5ghz (than))
    return !fl_network_is_5ghz (network);
  return fl_network_get_rssi (network) > fl_network_get_rssi (than);
}

static void
collect (GHashTable *best, GDBusProxy *proxy)
{
  g_autoptr (GVariant) properties = get_properties (proxy);
  g_autoptr (FlNetwork) network = fl_nm_access_point_read (properties);
  FlNetwork *other = NULL;

  if (network == NULL)
    return;
  other = g_hash_table_lookup (best, fl_network_get_ssid (network));
  if (other != NULL && !is_better (network, other))
    return;
  g_hash_table_replace (best, g_bytes_ref (fl_network_get_ssid (network)), g_object_ref (network));
}

static gboolean
is_same (FlNetwork *a, FlNetwork *b)
{
  return fl_network_get_security (a) == fl_network_get_security (b) &&
         fl_network_get_channel (a) == fl_network_get_channel (b);
}

static void
remove_network (FlNmWifi *self, FlNetwork *network)
{
  guint position = 0;

  if (g_list_store_find (self->networks, network, &position))
    g_list_store_remove (self->networks, position);
}

/* Only what changed moves, so that a list on the screen stays still. */
static void
show (FlNmWifi *self, GHashTable *best)
{
  GHashTableIter iter;
  gpointer ssid, network;

  g_hash_table_iter_init (&iter, self->by_ssid);
  while (g_hash_table_iter_next (&iter, &ssid, &network))
    {
      FlNetwork *now = g_hash_table_lookup (best, ssid);

      if (now != NULL && is_same (network, now))
        {
          fl_network_set_rssi (network, fl_network_get_rssi (now));
          g_hash_table_remove (best, ssid);
          continue;
        }
      remove_network (self, network);
      g_hash_table_iter_remove (&iter);
    }

  g_hash_table_iter_init (&iter, best);
  while (g_hash_table_iter_next (&iter, &ssid, &network))
    {
      g_list_store_append (self->networks, network);
      g_hash_table_insert (self->by_ssid, g_bytes_ref (ssid), g_object_ref (network));
    }
}

static void
refresh (FlNmWifi *self)
{
  g_autolist (GDBusObject) objects =
      self->objects != NULL ? g_dbus_object_manager_get_objects (self->objects) : NULL;
  g_autoptr (GHashTable) best =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                             g_object_unref);
  gboolean available = FALSE;

  for (GList *l = objects; l != NULL; l = l->next)
    {
      g_autoptr (GDBusInterface) point = g_dbus_object_get_interface (l->data, ACCESS_POINT);
      g_autoptr (GDBusInterface) radio = g_dbus_object_get_interface (l->data, WIRELESS);

      if (point != NULL)
        collect (best, G_DBUS_PROXY (point));
      available = available || radio != NULL;
    }
  show (self, best);
  if (available == self->available)
    return;
  self->available = available;
  g_object_notify (G_OBJECT (self), "available");
}

static gboolean
on_refresh (gpointer data)
{
  FlNmWifi *self = data;

  self->refresh_id = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* A scan changes dozens of objects at once. */
static void
refresh_soon (FlNmWifi *self)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_idle_add (on_refresh, self);
}

static void
on_scan_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  if (reply == NULL) /* not allowed, or one has just been made: what is known is shown */
    g_debug ("RequestScan: %s", error->message);
}

static void
ask_for_scan (FlNmWifi *self)
{
  g_autolist (GDBusObject) objects = g_dbus_object_manager_get_objects (self->objects);

  for (GList *l = objects; l != NULL; l = l->next)
    {
      g_autoptr (GDBusInterface) radio = g_dbus_object_get_interface (l->data, WIRELESS);

      if (radio != NULL)
        g_dbus_proxy_call (G_DBUS_PROXY (radio), "RequestScan", g_variant_new ("(a{sv})", NULL),
                           G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, on_scan_asked, NULL);
    }
}

static gboolean
on_scan (gpointer data)
{
  ask_for_scan (data);
  return G_SOURCE_CONTINUE;
}

/* The service may come, or come back, later. */
static void
on_owner (FlNmWifi *self)
{
  refresh_soon (self);
  ask_for_scan (self);
}

static void
on_objects (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlNmWifi) self = data;
  g_autoptr (GError) error = NULL;
  GDBusObjectManager *objects = g_dbus_object_manager_client_new_finish (result, &error);

  if (objects == NULL)
    {
      g_debug ("No NetworkManager: %s", error->message);
      return;
    }
  if (!self->started)
    {
      g_object_unref (objects);
      return;
    }
  self->objects = objects;
  g_signal_connect_object (objects, "object-added", G_CALLBACK (refresh_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (objects, "object-removed", G_CALLBACK (refresh_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (objects, "interface-proxy-properties-changed", G_CALLBACK (refresh_soon),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (objects, "notify::name-owner", G_CALLBACK (on_owner), self,
                           G_CONNECT_SWAPPED);
  self->scan_id = g_timeout_add_seconds (SCAN_SECONDS, on_scan, self);
  ask_for_scan (self);
  refresh (self);
}

static void
watch (FlNmWifi *self)
{
  g_dbus_object_manager_client_new (self->bus, G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_DO_NOT_AUTO_START,
                                    SERVICE, ROOT, NULL, NULL, NULL, self->cancellable, on_objects,
                                    g_object_ref (self));
}

static void
on_bus (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (FlNmWifi) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_finish (result, &error);

  if (bus == NULL)
    {
      g_debug ("No system bus: %s", error->message);
      return;
    }
  g_set_object (&self->bus, bus);
  if (self->started && self->objects == NULL)
    watch (self);
}

static gboolean
fl_nm_wifi_is_available (FlComputerWifi *wifi)
{
  return FL_NM_WIFI (wifi)->available;
}

static GListModel *
fl_nm_wifi_get_networks (FlComputerWifi *wifi)
{
  return G_LIST_MODEL (FL_NM_WIFI (wifi)->networks);
}

static void
fl_nm_wifi_start (FlComputerWifi *wifi)
{
  FlNmWifi *self = FL_NM_WIFI (wifi);

  if (self->started)
    return;
  self->started = TRUE;
  self->cancellable = g_cancellable_new ();
  if (self->bus != NULL)
    watch (self);
  else
    g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_bus, g_object_ref (self));
}

static void
fl_nm_wifi_stop (FlComputerWifi *wifi)
{
  FlNmWifi *self = FL_NM_WIFI (wifi);

  if (!self->started)
    return;
  self->started = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->scan_id, g_source_remove);
  if (self->objects != NULL)
    g_signal_handlers_disconnect_by_data (self->objects, self);
  g_clear_object (&self->objects);
}

static void
fl_nm_wifi_list_logins_async (FlComputerWifi *wifi,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (wifi, cancellable, callback, user_data);

  fl_nm_logins_list (FL_NM_WIFI (wifi)->objects, task);
}

static void
fl_nm_wifi_read_login_async (FlComputerWifi *wifi,
                             const char *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (wifi, cancellable, callback, user_data);

  fl_nm_logins_read (FL_NM_WIFI (wifi)->objects, id, task);
}

static void
fl_nm_wifi_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((Property) id)
    {
    case PROP_AVAILABLE:
      g_value_set_boolean (value, FL_NM_WIFI (object)->available);
      break;
    }
}

static void
fl_nm_wifi_dispose (GObject *object)
{
  FlNmWifi *self = FL_NM_WIFI (object);

  fl_nm_wifi_stop (FL_COMPUTER_WIFI (self));
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (fl_nm_wifi_parent_class)->dispose (object);
}

static void
fl_nm_wifi_finalize (GObject *object)
{
  FlNmWifi *self = FL_NM_WIFI (object);

  g_clear_object (&self->networks);
  g_clear_pointer (&self->by_ssid, g_hash_table_unref);

  G_OBJECT_CLASS (fl_nm_wifi_parent_class)->finalize (object);
}

static void
fl_nm_wifi_iface_init (FlComputerWifiInterface *iface)
{
  iface->is_available = fl_nm_wifi_is_available;
  iface->start = fl_nm_wifi_start;
  iface->stop = fl_nm_wifi_stop;
  iface->get_networks = fl_nm_wifi_get_networks;
  iface->list_logins_async = fl_nm_wifi_list_logins_async;
  iface->read_login_async = fl_nm_wifi_read_login_async;
}

static void
fl_nm_wifi_class_init (FlNmWifiClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fl_nm_wifi_get_property;
  object_class->dispose = fl_nm_wifi_dispose;
  object_class->finalize = fl_nm_wifi_finalize;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "available");
}

static void
fl_nm_wifi_init (FlNmWifi *self)
{
  self->networks = g_list_store_new (FL_TYPE_NETWORK);
  self->by_ssid = g_hash_table_new_full (g_bytes_hash, g_bytes_equal,
                                         (GDestroyNotify) g_bytes_unref, g_object_unref);
}

FlComputerWifi *
fl_nm_wifi_new (GDBusConnection *bus)
{
  FlNmWifi *self = g_object_new (FL_TYPE_NM_WIFI, NULL);

  g_set_object (&self->bus, bus);
  return FL_COMPUTER_WIFI (self);
}
