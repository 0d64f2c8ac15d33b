/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "fl-network-source.h"

#include "fl-network.h"

/* Whether @networks has one of the name of @network and of @security. */
static gboolean
has (GListModel *networks, FlNetwork *network, FlSecurity security)
{
  for (guint i = 0; i < g_list_model_get_n_items (networks); i++)
    {
      g_autoptr (FlNetwork) other = g_list_model_get_item (networks, i);

      if (fl_network_get_security (other) == security &&
          g_bytes_equal (fl_network_get_ssid (other), fl_network_get_ssid (network)))
        return TRUE;
    }
  return FALSE;
}

/* What the device calls "secured, somehow" the computer knows better. */
static gboolean
is_given (gpointer network, gpointer computer)
{
  return fl_network_get_security (network) != FL_SECURITY_UNKNOWN ||
         !has (computer, network, FL_SECURITY_ENTERPRISE);
}

/* Nothing to explain while the device has seen nothing. */
static gboolean
is_missing (gpointer network, gpointer given)
{
  return g_list_model_get_n_items (given) > 0 &&
         fl_network_get_security (network) == FL_SECURITY_ENTERPRISE &&
         !has (given, network, FL_SECURITY_ENTERPRISE);
}

static void
on_changed (GtkFilter *filter)
{
  gtk_filter_changed (filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/* @list without those that @filter, which looks at @other, refuses. (transfer full) */
static GListModel *
filter_by (GListModel *list, GListModel *other, GtkCustomFilterFunc func)
{
  GtkFilter *filter =
      GTK_FILTER (gtk_custom_filter_new (func, g_object_ref (other), g_object_unref));

  g_signal_connect_object (other, "items-changed", G_CALLBACK (on_changed), filter,
                           G_CONNECT_SWAPPED);
  return G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (list), filter));
}

GListModel *
fl_network_source_new (GListModel *given, GListModel *computer)
{
  GListStore *parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GListModel) seen = filter_by (given, computer, is_given);
  g_autoptr (GListModel) missing = filter_by (computer, given, is_missing);

  g_list_store_append (parts, seen);
  g_list_store_append (parts, missing);
  return G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (parts)));
}
