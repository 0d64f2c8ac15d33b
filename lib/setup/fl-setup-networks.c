/* SPDX-License-Identifier: Apache-2.0 */
#define G_LOG_DOMAIN "fl-setup-networks"
#include "config.h"

#include "fl-setup-private.h"

#include "fl-error.h"

FlNetwork *
fl_setup_find_network (FlSetup *self, GBytes *ssid)
{
  return g_hash_table_lookup (self->networks_by_ssid, ssid);
}

static gboolean
is_stronger (FlNetwork *left, FlNetwork *right)
{
  /* 0 is "unknown", weaker than any real figure. */
  int left_dbm = fl_network_get_rssi (left) != 0 ? fl_network_get_rssi (left) : -127;
  int right_dbm = fl_network_get_rssi (right) != 0 ? fl_network_get_rssi (right) : -127;

  return left_dbm > right_dbm;
}

/* One row a name: several access points of one network show as the strongest of them. */
static void
on_network_found (FlDriver *driver, FlNetwork *network, FlSetup *self)
{
  GBytes *ssid = fl_network_get_ssid (network);
  FlNetwork *known = g_hash_table_lookup (self->networks_by_ssid, ssid);
  gboolean is_first = g_hash_table_add (self->ssids_seen, g_bytes_ref (ssid));
  guint position;

  if (g_bytes_get_size (ssid) == 0)
    return;

  if (known != NULL && !is_first && !is_stronger (network, known))
    return;

  if (known != NULL && fl_network_get_security (known) == fl_network_get_security (network) &&
      fl_network_is_5ghz (known) == fl_network_is_5ghz (network))
    {
      fl_network_set_rssi (known, fl_network_get_rssi (network));
      return;
    }

  if (known == NULL)
    g_list_store_append (self->networks, network);
  else if (g_list_store_find (self->networks, known, &position))
    g_list_store_splice (self->networks, position, 1, (gpointer *) &network, 1);
  g_hash_table_replace (self->networks_by_ssid, g_bytes_ref (ssid), g_object_ref (network));
}

/* After a whole scan that saw something: what it did not see any more goes. */
static void
forget_unseen (FlSetup *self)
{
  GListModel *networks = G_LIST_MODEL (self->networks);

  if (g_hash_table_size (self->ssids_seen) == 0)
    return;

  for (guint i = g_list_model_get_n_items (networks); i > 0; i--)
    {
      g_autoptr (FlNetwork) network = g_list_model_get_item (networks, i - 1);

      if (g_hash_table_contains (self->ssids_seen, fl_network_get_ssid (network)))
        continue;
      g_hash_table_remove (self->networks_by_ssid, fl_network_get_ssid (network));
      g_list_store_remove (self->networks, i - 1);
    }
}

typedef struct
{
  FlSetup *setup;
  GCancellable *cancellable;
} ScanOp;

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer data)
{
  ScanOp *op = data;
  FlSetup *self = op->setup;
  g_autoptr (FlSetup) owned = self;
  g_autoptr (GCancellable) cancellable = op->cancellable;
  g_autoptr (GError) error = NULL;

  g_free (op);
  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (self->scan_op != cancellable)
    return;

  g_clear_object (&self->scan_op);
  fl_setup_scanning_changed (self);
  /* A lost link is reported by the driver too, and looked for again there. */
  if (error != NULL && g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST))
    return;
  if (error == NULL)
    forget_unseen (self);
  if (error == NULL && g_list_model_get_n_items (G_LIST_MODEL (self->networks)) == 0)
    error = g_error_new (FL_ERROR, FL_ERROR_SCAN_EMPTY, "The scan found no network");
  if (error == NULL)
    return;

  if (self->stage == FL_STAGE_CHOOSING)
    fl_setup_take_choice_error (self, g_steal_pointer (&error));
  else if (self->stage == FL_STAGE_READING && self->scan_error == NULL)
    self->scan_error = g_steal_pointer (&error);
}

void
fl_setup_scan (FlSetup *self)
{
  ScanOp *op;

  if (self->scan_op != NULL || self->driver == NULL ||
      (fl_driver_get_capabilities (self->driver) & FL_CAN_SCAN) == 0)
    return;

  op = g_new0 (ScanOp, 1);
  op->setup = g_object_ref (self);
  op->cancellable = g_cancellable_new ();
  self->scan_op = g_object_ref (op->cancellable);
  g_hash_table_remove_all (self->ssids_seen);
  g_clear_error (&self->scan_error);
  g_signal_handlers_disconnect_by_func (self->driver, on_network_found, self);
  g_signal_connect (self->driver, "network-found", G_CALLBACK (on_network_found), self);
  fl_setup_scanning_changed (self);
  fl_driver_scan_async (self->driver, op->cancellable, on_scanned, op);
}

void
fl_setup_stop_scan (FlSetup *self)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&self->scan_op);

  if (cancellable == NULL)
    return;
  g_cancellable_cancel (cancellable);
  fl_setup_scanning_changed (self);
}
