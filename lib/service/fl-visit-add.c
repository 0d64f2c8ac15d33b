/* SPDX-License-Identifier: Apache-2.0 */
/* A network more, in the safe order: it is added and proven before an old one goes. */
#define G_LOG_DOMAIN "fl-visit-add"
#include "config.h"

#include "fl-visit-private.h"

#include "fl-error.h"

#include <glib/gi18n-lib.h>

enum
{
  PHASE_ADDING,
  PHASE_REMOVING,
};

static gboolean
is_replacing_last (FlVisitOrder *order)
{
  GListModel *known = G_LIST_MODEL (order->visit->known);
  guint n_known = g_list_model_get_n_items (known);
  g_autoptr (FlNetwork) last = NULL;

  if (order->ssid == NULL || n_known == 0)
    return FALSE;
  last = g_list_model_get_item (known, n_known - 1);
  return g_bytes_equal (fl_network_get_ssid (last), order->ssid);
}

static gboolean
is_full (FlVisitOrder *order)
{
  int most = fl_driver_get_max_known (fl_visit_order_get_driver (order));

  return most > 0 && !order->was_known &&
         (int) g_list_model_get_n_items (G_LIST_MODEL (order->visit->known)) >= most;
}

/* Why it failed, and first what that means for the device. */
static GError *
explain (FlVisitOrder *order, const GError *cause)
{
  gboolean is_stored = (fl_setup_get_proof (order->visit->setup) & FL_PROOF_STORED) != 0;
  const char *what_stays;

  if (is_stored && order->takes_last)
    what_stays = _ ("The device has the new network in the last one's place, as it was full.");
  else if (is_stored && order->was_known)
    what_stays = _ ("The device keeps its networks, this one with what was entered now.");
  else if (is_stored)
    what_stays =
        _ ("The device still has the networks it had, and the new one. Nothing was removed.");
  else if (g_error_matches (cause, FL_ERROR, FL_ERROR_LINK_LOST) ||
           g_error_matches (cause, FL_ERROR, FL_ERROR_DEVICE_SILENT))
    what_stays = _ ("The device still has the networks it had, and may have the new one.");
  else
    what_stays = _ ("The device still has the networks it had. Nothing was removed.");
  return g_error_new (FL_ERROR, cause->domain == FL_ERROR ? cause->code : FL_ERROR_UNEXPECTED,
                      "%s (%s)", what_stays, cause->message);
}

static void
fail (FlVisitOrder *order, const GError *cause)
{
  GError *error = explain (order, cause);

  fl_setup_choose_again (order->visit->setup);
  fl_visit_order_end (order, error);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  FlVisitOrder *order = data;
  GError *error = NULL;

  fl_driver_finish (FL_DRIVER (source), result, &error);
  if (!fl_visit_order_heard (order, &error))
    return;
  if (g_error_matches (error, FL_ERROR, FL_ERROR_LINK_LOST) && order->count++ == 0)
    {
      g_error_free (error); /* goes on when the link is back */
      order->asked = FALSE;
      return;
    }
  if (error != NULL)
    g_prefix_error (&error, "%s ", _ ("The new network works; the old one could not be removed."));
  else
    fl_visit_note (order->visit, "replaced", _ ("replaced: 1 network"));
  fl_visit_order_end (order, error);
}

static void
remove_old (FlVisitOrder *order)
{
  if (order->asked || !fl_setup_is_ready (order->visit->setup))
    return;
  order->asked = TRUE;
  fl_driver_remove_known_async (fl_visit_order_get_driver (order), order->ssid, order->op,
                                on_removed, fl_visit_order_ref (order));
}

/* Proven, or stored as asked. */
static void
added (FlVisitOrder *order)
{
  GBytes *ssid = fl_credentials_get_ssid (order->credentials);

  fl_setup_choose_again (order->visit->setup);
  if (order->ssid == NULL || order->takes_last || g_bytes_equal (order->ssid, ssid) ||
      fl_visit_find_known (order->visit, order->ssid) == NULL)
    {
      if (order->ssid != NULL)
        fl_visit_note (order->visit, "replaced", _ ("replaced: 1 network"));
      fl_visit_order_end (order, NULL);
      return;
    }
  order->phase = PHASE_REMOVING;
  remove_old (order);
}

/* A device whose application leaves its service alone proves a network by its address; one that
 * tried in vain does not. */
static gboolean
is_proven (FlSetup *setup)
{
  if (fl_setup_get_stage (setup) == FL_STAGE_ONLINE)
    return TRUE;
  return (fl_setup_get_proof (setup) & FL_PROOF_ADDRESS) != 0 &&
         fl_setup_get_failed_stage (setup) == FL_STAGE_REACHING &&
         g_error_matches (fl_setup_get_error (setup), FL_ERROR, FL_ERROR_NOT_REPORTED);
}

static void
settle_removing (FlVisitOrder *order)
{
  FlSetup *setup = order->visit->setup;

  if (fl_setup_get_stage (setup) == FL_STAGE_FAILED)
    fl_visit_order_end (order,
                        g_error_new (FL_ERROR, fl_setup_get_error (setup)->code, "%s (%s)",
                                     _ ("The new network works; the old one could not be removed."),
                                     fl_setup_get_error (setup)->message));
  else
    remove_old (order);
}

static void
settle_add (FlVisitOrder *order)
{
  FlSetup *setup = order->visit->setup;
  const GError *error = fl_setup_get_error (setup);
  gboolean is_stored = (fl_setup_get_proof (setup) & FL_PROOF_STORED) != 0;

  if (order->phase == PHASE_REMOVING)
    settle_removing (order);
  else if (fl_setup_is_sending (setup))
    return;
  else if (is_proven (setup) || (!order->test && error == NULL && is_stored))
    added (order);
  else if (error != NULL)
    fail (order, error);
  else /* somebody took the journey back */
    fl_visit_order_end (order,
                        g_error_new_literal (FL_ERROR, FL_ERROR_CANCELLED,
                                             _ ("Cancelled. The device keeps what it has.")));
}

static void
stop_add (FlVisitOrder *order)
{
  if (order->phase == PHASE_ADDING)
    fl_setup_choose_again (order->visit->setup);
}

static void
start_add (FlVisitOrder *order)
{
  FlVisit *self = order->visit;
  GBytes *ssid = fl_credentials_get_ssid (order->credentials);

  order->was_known = fl_visit_find_known (self, ssid) != NULL;
  if (is_full (order) && !is_replacing_last (order))
    {
      fl_visit_order_end (order,
                          g_error_new (FL_ERROR, FL_ERROR_NETWORKS_FULL,
                                       "The device keeps %u networks already",
                                       g_list_model_get_n_items (G_LIST_MODEL (self->known))));
      return;
    }

  order->takes_last = is_full (order);
  if (order->takes_last)
    fl_setup_trust_room (self->setup);
  if (order->test)
    fl_setup_join (self->setup, order->credentials);
  else
    fl_setup_save (self->setup, order->credentials);
}

static FlVisitOrder *
order_new (FlVisit *self,
           gpointer tag,
           const char *name,
           FlCredentials *credentials,
           gboolean test,
           FL_VISIT_ARGS)
{
  FlVisitOrder *order = fl_visit_order_new (self, tag, name, cancellable, callback, user_data);

  order->credentials = fl_credentials_ref (credentials);
  order->test = test;
  order->start = start_add;
  order->settle = settle_add;
  order->stop = stop_add;
  order->needs = FL_VISIT_SET (FL_VISIT_NETWORKS);
  order->reread = FL_VISIT_SET (FL_VISIT_NETWORKS) | FL_VISIT_SET (FL_VISIT_STATE);
  return order;
}

void
fl_visit_add_async (FlVisit *self, FlCredentials *credentials, gboolean test, FL_VISIT_ARGS)
{
  g_return_if_fail (FL_IS_VISIT (self));
  g_return_if_fail (credentials != NULL);

  fl_visit_order_queue (order_new (self, fl_visit_add_async, "add", credentials, test, cancellable,
                                   callback, user_data));
}

void
fl_visit_replace_async (FlVisit *self,
                        GBytes *ssid,
                        FlCredentials *credentials,
                        gboolean test,
                        FL_VISIT_ARGS)
{
  FlVisitOrder *order;

  g_return_if_fail (FL_IS_VISIT (self));
  g_return_if_fail (ssid != NULL);
  g_return_if_fail (credentials != NULL);

  order = order_new (self, fl_visit_replace_async, "replace", credentials, test, cancellable,
                     callback, user_data);
  order->ssid = g_bytes_ref (ssid);
  fl_visit_order_queue (order);
}
