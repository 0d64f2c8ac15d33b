/* SPDX-License-Identifier: Apache-2.0 */
/* Leaving the service view: every device is let go, and none is left blinking. */
#define G_LOG_DOMAIN "fl-service-guide-close"
#include "config.h"

#include "fl-service-guide-private.h"

#define CLOSE_MS 3000 /* a device that does not answer the good-bye is left alone */

void
fl_service_guide_close_visits (FlServiceGuide *self)
{
  GListModel *visits = G_LIST_MODEL (self->visits);

  for (guint i = 0; visits != NULL && i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (FlVisit) visit = g_list_model_get_item (visits, i);

      fl_visit_close (visit);
    }
  if (self->visit != NULL)
    fl_visit_close (self->visit);
}

static gboolean
has_open (FlServiceGuide *self)
{
  GListModel *visits = G_LIST_MODEL (self->visits);

  for (guint i = 0; visits != NULL && i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (FlVisit) visit = g_list_model_get_item (visits, i);

      if (fl_visit_get_open (visit))
        return TRUE;
    }
  return self->visit != NULL && fl_visit_get_open (self->visit);
}

static void
on_limit (gpointer data)
{
  FlServiceGuide *self = data;

  self->close_id = 0;
  g_signal_emit_by_name (self, "closed");
}

static void
on_open (FlServiceGuide *self)
{
  if (self->close_id == 0 || has_open (self))
    return;

  fl_clock_clear (fl_engine_get_clock (self->engine), &self->close_id);
  g_signal_emit_by_name (self, "closed");
}

static void
watch (FlServiceGuide *self, FlVisit *visit)
{
  g_signal_connect_object (visit, "notify::open", G_CALLBACK (on_open), self, G_CONNECT_SWAPPED);
}

gboolean
fl_service_guide_close (FlServiceGuide *self)
{
  GListModel *visits = G_LIST_MODEL (self->visits);

  g_return_val_if_fail (FL_IS_SERVICE_GUIDE (self), TRUE);

  if (self->close_id != 0)
    return FALSE;

  g_cancellable_cancel (self->cancellable);
  fl_service_guide_close_visits (self);
  if (!has_open (self))
    return TRUE;

  for (guint i = 0; visits != NULL && i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (FlVisit) visit = g_list_model_get_item (visits, i);

      watch (self, visit);
    }
  if (self->visit != NULL)
    watch (self, self->visit);
  self->close_id = fl_clock_add_ms (fl_engine_get_clock (self->engine), CLOSE_MS, on_limit, self);
  return FALSE;
}
