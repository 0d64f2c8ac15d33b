/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-sim-computer.h"

#include <glib/gi18n-lib.h>

#include "fl-error.h"

struct _FlSimComputer
{
  GObject parent_instance;

  FlSimWorld *world;
  GListStore *networks;
  gboolean started;
};

typedef enum
{
  PROP_AVAILABLE = 1,
} Property;

static void fl_sim_computer_iface_init (FlComputerWifiInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FlSimComputer,
                               fl_sim_computer,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FL_TYPE_COMPUTER_WIFI,
                                                      fl_sim_computer_iface_init))

/* As FlNmWifi: what all devices can hear stands for a name first, then the strongest. */
static gboolean
is_better (FlNetwork *network, FlNetwork *than)
{
  if (fl_network_is_5ghz (network) != fl_network_is_5ghz (than))
    return !fl_network_is_5ghz (network);
  return fl_network_get_rssi (network) > fl_network_get_rssi (than);
}

static void
add (GHashTable *best, const FlSimNetworkSpec *spec)
{
  FlNetwork *other = g_hash_table_lookup (best, spec->ssid);
  g_autoptr (FlNetwork) network = NULL;

  if (spec->hidden || g_bytes_get_size (spec->ssid) == 0)
    return;
  network = fl_network_new (spec->ssid, (FlSecurity) spec->security, spec->channel, spec->rssi_dbm);
  if (other == NULL || is_better (network, other))
    g_hash_table_replace (best, g_bytes_ref (spec->ssid), g_steal_pointer (&network));
}

static void
fl_sim_computer_start (FlComputerWifi *wifi)
{
  FlSimComputer *self = FL_SIM_COMPUTER (wifi);
  GPtrArray *specs = fl_sim_world_get_scenario (self->world)->networks;
  g_autoptr (GHashTable) best =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref,
                             g_object_unref);
  GHashTableIter iter;
  gpointer network;

  if (self->started)
    return;
  self->started = TRUE;
  for (guint i = 0; i < specs->len; i++)
    add (best, specs->pdata[i]);
  g_hash_table_iter_init (&iter, best);
  while (g_hash_table_iter_next (&iter, NULL, &network))
    g_list_store_append (self->networks, network);
}

static void
fl_sim_computer_stop (FlComputerWifi *wifi)
{
  FlSimComputer *self = FL_SIM_COMPUTER (wifi);

  self->started = FALSE;
  g_list_store_remove_all (self->networks);
}

static gboolean
fl_sim_computer_is_available (FlComputerWifi *wifi)
{
  return TRUE;
}

static GListModel *
fl_sim_computer_get_networks (FlComputerWifi *wifi)
{
  return G_LIST_MODEL (FL_SIM_COMPUTER (wifi)->networks);
}

static void
fl_sim_computer_list_logins_async (FlComputerWifi *wifi,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (wifi, cancellable, callback, user_data);

  g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
}

static void
fl_sim_computer_read_login_async (FlComputerWifi *wifi,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (wifi, cancellable, callback, user_data);

  g_task_return_new_error (task, FL_ERROR, FL_ERROR_INVALID_INPUT, "%s",
                           _ ("This computer does not have that login any more."));
}

static void
fl_sim_computer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((Property) id)
    {
    case PROP_AVAILABLE:
      g_value_set_boolean (value, TRUE);
      break;
    }
}

static void
fl_sim_computer_finalize (GObject *object)
{
  FlSimComputer *self = FL_SIM_COMPUTER (object);

  g_clear_object (&self->world);
  g_clear_object (&self->networks);

  G_OBJECT_CLASS (fl_sim_computer_parent_class)->finalize (object);
}

static void
fl_sim_computer_iface_init (FlComputerWifiInterface *iface)
{
  iface->is_available = fl_sim_computer_is_available;
  iface->start = fl_sim_computer_start;
  iface->stop = fl_sim_computer_stop;
  iface->get_networks = fl_sim_computer_get_networks;
  iface->list_logins_async = fl_sim_computer_list_logins_async;
  iface->read_login_async = fl_sim_computer_read_login_async;
}

static void
fl_sim_computer_class_init (FlSimComputerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fl_sim_computer_get_property;
  object_class->finalize = fl_sim_computer_finalize;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "available");
}

static void
fl_sim_computer_init (FlSimComputer *self)
{
  self->networks = g_list_store_new (FL_TYPE_NETWORK);
}

FlComputerWifi *
fl_sim_computer_new (FlSimWorld *world)
{
  FlSimComputer *self = g_object_new (FL_TYPE_SIM_COMPUTER, NULL);

  self->world = g_object_ref (world);
  return FL_COMPUTER_WIFI (self);
}
